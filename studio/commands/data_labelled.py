"""``danqing data model`` and ``danqing data filters``: labelled sets of what a model makes and of what a chain of filters makes of pictures."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.models import (
    CLASS,
    COUNT,
    FOLDER,
    HIGHEST_SEED,
    MODEL,
    NO_SLIDER,
    SIDE,
    VARIETY,
    Device,
    checked_device,
    need_class,
)
from studio.commands.pictures import SEED
from studio.commands.say import FAILED, Bar, Stopped, Wrong, sentence, stoppable, words_of, write_error
from studio.messages.events import Picture
from studio.messages.models import ModelEntry, Slider, told_of
from studio.messages.requests import Generate
from studio.project import filter_recipes, labelled
from studio.project.errors import DecodeError, ProjectError
from studio.project.filter_batch import pictures_in
from studio.project.labelled import Labelled
from studio.recipe import QT_TRANSLATE_NOOP

SLIDERS = QT_TRANSLATE_NOOP(
    "cli",
    "A slider that each picture draws anew within its range; as often as needed, without it all of them",
)
FILTERS = QT_TRANSLATE_NOOP("cli", "A recipe of filters, a JSON list as the studio saves them")
FROM = QT_TRANSLATE_NOOP("cli", "The folder of pictures; those in folders inside it too")
VARY = QT_TRANSLATE_NOOP(
    "cli",
    "A parameter that each picture draws anew within its declared range, such as radius, or 2.radius of the second filter; "
    "as often as needed, without it all",
)
EACH = QT_TRANSLATE_NOOP("cli", "How many pictures are made of each")
NOT_VARIED = QT_TRANSLATE_NOOP("cli", "“{name}” cannot be varied; these can: {known}")
NO_PICTURES = QT_TRANSLATE_NOOP("cli", "there are no pictures in “{folder}”")
MADE = QT_TRANSLATE_NOOP("cli", "Pictures in “{folder}”: {count}; files that could not be read: {left}.")
INSIDE = QT_TRANSLATE_NOOP(
    "cli", "“{folder}” is the folder of the pictures itself; choose another one for the set"
)


def model_set(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=FOLDER)],
    count: Annotated[int, typer.Option(min=1, max=10_000_000, help=COUNT)] = 1000,
    size: Annotated[int, typer.Option(min=32, max=4096, help=SIDE)] = 128,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED, help=SEED)] = 1,
    vary: Annotated[list[str] | None, typer.Option(metavar="NAME", help=SLIDERS)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    variety: Annotated[float, typer.Option(min=0.0, max=1.5, help=VARIETY)] = 0.7,
    device: Device = "auto",
) -> None:
    """Pictures of a model with the class and the sliders that they were made with; classes take turns."""
    from studio.engine.library.catalog import Catalog

    entry = Catalog().find(model)
    known = {slider.name: slider for slider in entry.card.sliders}
    for name in vary or ():
        if name not in known:
            raise Wrong(NO_SLIDER, name=name, known=told_of(name, known))
    need_class(entry, label)
    checked_device(device)
    moved = [known[name] for name in dict.fromkeys(vary or known)]
    made = _made(entry, moved, label, range(seed, seed + count), size, variety, device)
    written(folder, made, count, entry.card.name)


def _made(
    entry: ModelEntry, moved: list[Slider], label: str, seeds: range, size: int, variety: float, device: str
) -> Iterator[Labelled]:
    from studio.engine.context import Context

    context = Context()  # the model is loaded once
    kinds = (label,) if label else entry.card.classes or ("",)
    for place, seed in enumerate(seeds):
        draw = random.Random(f"{entry.card.name} {seed}")
        factors = {one.name: round(draw.uniform(one.low, one.high), 4) for one in moved}
        kind = kinds[place % len(kinds)]
        request = Generate(
            model=entry.path, digest=entry.digest, seeds=(seed,), sliders=factors, label=kind, size=size, variety=variety
        )  # fmt: skip
        for event in api.ask(request, device=device, context=context):
            if isinstance(event, Picture):
                said = {
                    "file": f"{seed:08d}.png",
                    "seed": seed,
                    "class": kind,
                    **_captions(entry, kind, moved, factors),
                }
                yield event.pixels.array(), {**said, "factors": factors}


def _captions(entry: ModelEntry, kind: str, moved: list[Slider], factors: dict[str, float]) -> dict[str, str]:
    """``Ink, Mist +1.8, Night −0.3`` in both languages."""
    card, place = entry.card, entry.card.classes.index(kind) if kind else -1
    named = card.class_titles[place] if 0 <= place < len(card.class_titles) else None
    english = [named.title if named else kind, *(f"{one.title} {factors[one.name]:+.2f}" for one in moved)]
    chinese = [
        named.title_zh or named.title if named else kind,
        *(f"{one.title_zh or one.title} {factors[one.name]:+.2f}" for one in moved),
    ]
    return {"caption": ", ".join(filter(None, english)), "caption_zh": "，".join(filter(None, chinese))}


def filter_set(
    context: typer.Context,
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help=FILTERS)],
    pictures: Annotated[Path, typer.Argument(metavar="IN_DIR", help=FROM)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=FOLDER)],
    each: Annotated[int, typer.Option(min=1, max=100_000, help=EACH)] = 4,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED, help=SEED)] = 1,
    vary: Annotated[list[str] | None, typer.Option(metavar="NAME", help=VARY)] = None,
) -> None:
    """What a chain of filters makes of pictures, with the parameters that it was done with; the recipe's name is the class."""
    steps = filter_recipes.read(recipe)
    if not pictures.is_dir():
        raise DecodeError("missing", pictures)
    if pictures.resolve() == folder.resolve():
        raise Wrong(INSIDE, folder=str(folder))
    files = pictures_in(pictures, folder)
    if not files:
        raise Wrong(NO_PICTURES, folder=str(pictures))
    free = labelled.free_of(steps)
    names = [word.replace("-", "_") for word in dict.fromkeys(vary or free)]
    for name in names:
        if name not in free:
            raise Wrong(NOT_VARIED, name=name, known=", ".join(free) or "–")
    words = words_of(context)
    left: list[ProjectError] = []

    def unread(error: ProjectError) -> None:
        left.append(error)
        write_error(f"danqing: {sentence(error, words)}")

    made = labelled.filtered_set(
        steps, files, api.render, vary=names, each=each, seed=seed, kind=recipe.stem, unread=unread
    )
    written(folder, made, len(files) * each, recipe.stem, counted=True)
    made_count = (len(files) - len(left)) * each
    typer.echo(words(MADE, folder=str(folder), count=made_count, left=len(left)))
    if left:
        raise typer.Exit(FAILED)


def written(folder: Path, made: Iterator[Labelled], total: int, title: str, *, counted: bool = False) -> None:
    """Writes a labelled set with its progress; ``counted``: told in lines, too, where there is no terminal. Raises Stopped after Ctrl+C,
    ExportError, OSError."""
    with stoppable() as stop, Bar(title) as bar:
        for done in labelled.write_set(folder, made):
            bar.show(done, total)
            if counted and not sys.stdout.isatty():
                typer.echo(f"[{done}/{total}]")
            if stop:
                raise Stopped
