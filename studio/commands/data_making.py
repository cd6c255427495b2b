"""``danqing data make`` and ``danqing data layers``: labelled sets from rules, from makers and from layered pictures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.data_labelled import written
from studio.commands.models import COUNT, FOLDER, HIGHEST_SEED, SIDE
from studio.commands.pictures import SEED, Values, pairs, values_of
from studio.commands.say import FAILED, Bar, Stopped, Wrong, sentence, stoppable, words_of, write_error
from studio.filters.kind import finished
from studio.project import labelled, layered_set
from studio.project.errors import DecodeError, StoreError
from studio.project.labelled import Labelled, can_vary, captions, drawn
from studio.recipe import QT_TRANSLATE_NOOP, parameters

RULE = QT_TRANSLATE_NOOP(
    "cli",
    "shanshui (landscapes), digits, shapes, textures, leaves (discs that fall on each other), scenes (surfaces in light, as photographs have), or what “make” makes",
)
VARY = QT_TRANSLATE_NOOP(
    "cli", "A parameter that each picture draws anew within its range; as often as needed"
)
LAYERED = QT_TRANSLATE_NOOP("cli", "Pictures with layers: projects or OpenRaster files")
NO_RULE = QT_TRANSLATE_NOOP("cli", "there is no rule “{name}”; there are: {known}")
NOT_VARIED = QT_TRANSLATE_NOOP("cli", "“{name}” cannot be varied; these can: {known}")
NO_VALUES = QT_TRANSLATE_NOOP("cli", "“{name}” draws all by itself; -p and --vary are for what “make” makes")
NO_LAYERS = QT_TRANSLATE_NOOP("cli", "“{file}” has no layer that covers anything")
AT_ONCE = 16
"""Landscapes that are painted together."""


def make_data(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=RULE)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=FOLDER)],
    count: Annotated[int, typer.Option(min=1, max=10_000_000, help=COUNT)] = 1000,
    size: Annotated[int, typer.Option(min=16, max=2048, help=SIDE)] = 128,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED, help=SEED)] = 1,
    values: Values = None,
    vary: Annotated[list[str] | None, typer.Option(metavar="NAME", help=VARY)] = None,
) -> None:
    """``danqing data make``: a labelled set by a rule, picture n from seed n alone. Raises Wrong, ExportError, Stopped."""
    from studio.engine.datasets.rules import RULES

    known = (api.LANDSCAPE.name, *RULES, *(name for name in api.MAKERS if name != api.LANDSCAPE.name))
    if rule not in known:
        raise Wrong(NO_RULE, name=rule, known=", ".join(known))
    own = rule == api.LANDSCAPE.name or rule in RULES
    if own and (values or vary):
        raise Wrong(NO_VALUES, name=rule)
    if rule == api.LANDSCAPE.name:
        _make_landscapes(folder, count, size, seed)
    elif rule in RULES:
        from studio.engine.datasets.rules import writing

        with stoppable() as stop, Bar(rule) as bar:
            for event in writing.write_set(rule, folder, count=count, size=size, seed=seed):
                bar.show(event.done, event.total)
                if stop:
                    raise Stopped
    else:
        _make_varied(rule, folder, count, size, seed, values, vary or [])


def _make_landscapes(folder: Path, count: int, size: int, seed: int) -> None:
    written(folder, _landscapes(range(seed, seed + count), size), count, api.LANDSCAPE.name)


def _landscapes(numbers: range, size: int) -> Iterator[Labelled]:
    """Of each seed the picture, its style as its class, factors and captions."""
    from studio.engine.datasets import shanshui

    for first in range(0, len(numbers), AT_ONCE):
        seeds = numbers[first : first + AT_ONCE]
        z = shanshui.latents(seeds)
        painted = (shanshui.paint(z, size) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy()
        factors = {name: values.tolist() for name, values in shanshui.factors(z).items()}
        known = zip(seeds, painted, shanshui.styles(z), shanshui.captions(z), strict=True)
        for row, (seed, pixels, style, caption) in enumerate(known):
            yield (
                pixels,
                {
                    "file": f"{seed:08d}.png",
                    "seed": seed,
                    "class": style,
                    "caption": caption.en,
                    "caption_zh": caption.zh,
                    "factors": {name: round(values[row], 4) for name, values in factors.items()},
                },
            )


def _make_varied(
    name: str, folder: Path, count: int, size: int, seed: int, texts: list[str] | None, vary: list[str]
) -> None:
    """Pictures of one maker; picture n has seed n, and what is varied is drawn from (name, n) alone."""
    maker = api.MAKERS[name]
    free = {one.name: one for one in parameters(maker.parameters) if can_vary(one)}
    wanted = [word.replace("-", "_") for word in vary]
    for word in wanted:
        if word not in free:
            raise Wrong(NOT_VARIED, name=word, known=", ".join(free) or "–")
    checked = values_of(name, maker.parameters, texts)
    fixed = {key: checked[key] for key in pairs(texts)}  # what is not said may follow the size of the picture

    def made() -> Iterator[Labelled]:
        for number in range(seed, seed + count):
            draw = random.Random(f"{name} {number}")
            factors = {word: drawn(free[word], draw) for word in wanted}
            picture = api.render(api.make(name, size, size, seed=number, **{**fixed, **factors}))
            said = {"file": f"{number:08d}.png", "seed": number, "class": name}
            yield picture, {**said, **captions((maker.title,), free, factors), "factors": factors}

    written(folder, made(), count, name)


def layer_masks(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="PICTURE… DIR", help=LAYERED)],
) -> None:
    """Flattened pictures, the coverage of each layer, and for each pixel the topmost layer that covers half of it."""
    if len(files) < 2 or files[-1].is_file():
        raise Wrong(QT_TRANSLATE_NOOP("cli", "PICTURE and DIR are needed"))
    *sources, folder = files
    words = words_of(context)
    left = 0
    with labelled.described(folder) as note, stoppable() as stop, Bar("layers") as bar:
        for done, source in enumerate(sources):
            stem = f"{done:05d}-{labelled.safe(source.stem)}"
            try:
                said = finished(layered_set.write_layered(folder, stem, api.open(source), api.render))
                if said is None:
                    raise Wrong(NO_LAYERS, file=source.name)
                note(said)
            except (DecodeError, StoreError, Wrong) as error:  # the others are made all the same
                left += 1
                write_error(f"danqing: {sentence(error, words)}")
            bar.show(done + 1, len(sources))
            if stop:
                raise Stopped
    if left:
        raise typer.Exit(FAILED)
