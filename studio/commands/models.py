"""Commands around models: generate, the catalogue."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from studio import api
from studio.commands.pictures import RATE, SEED, pairs
from studio.commands.say import Bar, Stopped, Words, Wrong, stoppable, words_of
from studio.messages.events import Directions, Picture, Progress
from studio.messages.models import GIFT, ModelEntry, Slider, is_found, told_of
from studio.messages.requests import (
    BANDS,
    MOST_DETAIL,
    Band,
    ExportModel,
    FindDirections,
    Generate,
    ImportModel,
    Interpolate,
    Part,
    Station,
)
from studio.project import atomic
from studio.project.direction_file import ENDING, read_direction
from studio.project.png import encode_png
from studio.recipe import QT_TRANSLATE_NOOP

DEVICE = QT_TRANSLATE_NOOP("cli", "auto, cpu, cuda, cuda:1, xpu or mps")
COUNT = QT_TRANSLATE_NOOP("cli", "How many pictures")
SLIDER = QT_TRANSLATE_NOOP(
    "cli",
    "A slider of the model, name=value in standard deviations, or a direction file=value; as often as needed",
)
VARIETY = QT_TRANSLATE_NOOP("cli", "How far from the average picture, 0 to 1.5")
DETAIL = QT_TRANSLATE_NOOP(
    "cli", "Added detail: 1 for four times the pixels a side that the model draws, 2 for sixteen times"
)
SIDE = QT_TRANSLATE_NOOP("cli", "Side of the pictures in pixels")
FOLDER = QT_TRANSLATE_NOOP("cli", "The folder for the pictures; it is made at need")
MODEL = QT_TRANSLATE_NOOP("cli", "A model's name or a safetensors file")
CLASS = QT_TRANSLATE_NOOP("cli", "One of the model's classes; without it any")
TOWARD = QT_TRANSLATE_NOOP("cli", "Another of the model's classes, to mix with")
BLEND = QT_TRANSLATE_NOOP("cli", "How far on the way to the other class, 0 to 1")
MIX = QT_TRANSLATE_NOOP(
    "cli",
    "One picture made of several instead: a seed and its share, such as --mix 3=0.5 --mix 8=0.5, or of a class 3:ink=0.5; "
    "the shares add up to 1 and may be negative",
)
TAKE = QT_TRANSLATE_NOOP(
    "cli",
    "Layers of another seed in the one picture: coarse (composition), middle (shapes) or fine (colour and detail), such as "
    "--take fine=8; as often as needed",
)
BAND_VARIETY = QT_TRANSLATE_NOOP(
    "cli", "The variety of some layers, such as coarse=0.4; coarse, middle or fine; as often as needed"
)
NO_BAND = QT_TRANSLATE_NOOP("cli", "“{text}” names no layers; known are: {known}")
NO_PART = QT_TRANSLATE_NOOP("cli", "“{text}” is no seed and its share, such as 3=0.5 or 3:ink=0.5")
NO_CLASS = QT_TRANSLATE_NOOP("cli", "the model has no class “{name}”; it has: {known}")
NO_SLIDER = QT_TRANSLATE_NOOP("cli", "the model has no slider “{name}”; it has: {known}")
NOT_A_NUMBER = QT_TRANSLATE_NOOP("cli", "{name}: “{text}” is not a number")
OUT_OF_RANGE = QT_TRANSLATE_NOOP("cli", "{name}: {value} is outside {low} … {high}")
NO_DEVICE = QT_TRANSLATE_NOOP("cli", "“{name}” is no device; give auto, cpu, cuda, cuda:1, xpu or mps")
NO_MODELS = QT_TRANSLATE_NOOP("cli", "there are no models yet; “danqing models import FILE” brings one in")
GIVEN = QT_TRANSLATE_NOOP("cli", "The file to write; it gets the ending .danqing-model")
LICENCE = QT_TRANSLATE_NOOP("cli", "The licence that stands in the file, instead of the model's own")
EXPORTED = QT_TRANSLATE_NOOP("cli", "“{name}” is in {path}")
IMPORTED = QT_TRANSLATE_NOOP("cli", "“{name}” is in your models folder: {path}")

FILM = QT_TRANSLATE_NOOP(
    "cli", "The film to write: .webp, .apng, .gif, .mp4, .webm, or .png for numbered files"
)
SEEDS = QT_TRANSLATE_NOOP("cli", "A seed on the way, two or more, in this order; as often as needed")
BETWEEN = QT_TRANSLATE_NOOP("cli", "Frames from each seed to the next")
CLOSED = QT_TRANSLATE_NOOP("cli", "Whether the film leads back to its first seed")
TWO_SEEDS = QT_TRANSLATE_NOOP("cli", "a film needs two seeds or more, such as --seed 1 --seed 8")
DIRECTIONS = QT_TRANSLATE_NOOP("cli", "How many directions at most")
CHANGE = QT_TRANSLATE_NOOP("cli", "changes a picture by {value} of 255 at an amount of 2")
ALSO = QT_TRANSLATE_NOOP("cli", "it also changes {others}")
NO_DIRECTIONS = QT_TRANSLATE_NOOP("cli", "no direction changes its pictures visibly")

Device = Annotated[str, typer.Option(help=DEVICE)]
HIGHEST_SEED = 2**31 - 1


def checked_device(device: str) -> str:
    if not re.fullmatch(r"auto|cpu|mps|(cuda|xpu)(:\d+)?", device):
        raise Wrong(NO_DEVICE, name=device)
    return device


def sliders_of(texts: list[str] | None, entry: ModelEntry) -> dict[str, float]:
    """Checked slider values. Raises Wrong naming the slider."""
    known = {slider.name: slider for slider in entry.card.sliders}
    found = {}
    for name, text in pairs(texts).items():
        name = name if name in known else name.replace("_", "-")
        if name not in known and is_found(name):
            known[name] = Slider(name=name, title=name, title_zh="")
        if name not in known:
            raise Wrong(NO_SLIDER, name=name, known=told_of(name, known))
        try:
            value = float(text)
        except ValueError:
            raise Wrong(NOT_A_NUMBER, name=name, text=text) from None
        low, high = known[name].low, known[name].high
        if not low <= value <= high:
            raise Wrong(OUT_OF_RANGE, name=name, value=text, low=f"{low:g}", high=f"{high:g}")
        found[name] = value
    return found


def moved_of(texts: list[str] | None, entry: ModelEntry) -> dict[str, Any]:
    """Checked sliders, those of direction files among them (``FILE=value``, without a value 1), and ``vectors`` of these: fields of
    a request. Raises Wrong, DecodeError."""
    plain, taught, vectors = [], {}, {}
    for text in texts or ():
        path, equals, amount = text.rpartition("=") if not text.lower().endswith(ENDING) else (text, "", "1")
        if not path.lower().endswith(ENDING):
            plain.append(text)
            continue
        found, _ = read_direction(path, (entry,))
        own = Slider(name=found.name, title=found.title, title_zh=found.title_zh)
        card = msgspec.structs.replace(entry.card, sliders=(own,))
        pair = [f"{found.name}={amount if equals else 1}"]
        taught |= sliders_of(pair, msgspec.structs.replace(entry, card=card))
        vectors[found.name] = found.vector
    return {"sliders": sliders_of(plain, entry) | taught, "vectors": vectors}


def parts_of(texts: list[str] | None) -> tuple[Part, ...]:
    """``seed=share`` or ``seed:class=share`` texts as parts of one picture. Raises Wrong."""
    found = []
    for text in texts or ():
        match = re.fullmatch(r"\s*(\d{1,10})(?::([^=]+))?=\s*([-+\d.e]+)\s*", text)
        if match is None or int(match[1]) > HIGHEST_SEED:
            raise Wrong(NO_PART, text=text)
        try:
            weight = float(match[3])
        except ValueError:
            raise Wrong(NO_PART, text=text) from None
        found.append(Part(seed=int(match[1]), weight=weight, label=(match[2] or "").strip()))
    return tuple(found)


def taken_of(texts: list[str]) -> tuple[Part, ...]:
    """``band=seed`` or ``band=seed:class`` texts as parts of these layers. Raises Wrong."""
    found = []
    for text in texts:
        match = re.fullmatch(rf"\s*({'|'.join(BANDS)})=(\d{{1,10}})(?::(.+))?", text)
        if match is None or int(match[2]) > HIGHEST_SEED:
            raise Wrong(NO_BAND, text=text, known=", ".join(BANDS))
        part = {"seed": int(match[2]), "weight": 1.0, "label": (match[3] or "").strip(), "band": match[1]}
        found.append(msgspec.convert(part, Part))
    return tuple(found)


def varieties_of(texts: list[str] | None) -> dict[Band, float]:
    """``band=value`` texts as the variety of these layers. Raises Wrong."""
    found: dict[Band, float] = {}
    for name, text in pairs(texts).items():
        band: Band | None = next((one for one in BANDS if one == name), None)
        if band is None:
            raise Wrong(NO_BAND, text=name, known=", ".join(BANDS))
        try:
            found[band] = float(text)
        except ValueError:
            raise Wrong(NOT_A_NUMBER, name=name, text=text) from None
        if not 0 <= found[band] <= 1.5:
            raise Wrong(OUT_OF_RANGE, name=name, value=text, low="0", high="1.5")
    return found


def generate(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    folder: Annotated[Path, typer.Argument(metavar="OUT_DIR", help=FOLDER)],
    count: Annotated[int, typer.Option(min=1, max=100_000, help=COUNT)] = 4,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED, help=SEED)] = 1,
    slider: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help=SLIDER)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    toward: Annotated[str, typer.Option(metavar="NAME", help=TOWARD)] = "",
    blend: Annotated[float, typer.Option(min=0.0, max=1.0, help=BLEND)] = 0.5,
    variety: Annotated[float, typer.Option(min=0.0, max=1.5, help=VARIETY)] = 0.7,
    mix: Annotated[list[str] | None, typer.Option(metavar="SEED=SHARE", help=MIX)] = None,
    take: Annotated[list[str] | None, typer.Option(metavar="BAND=SEED", help=TAKE)] = None,
    band_variety: Annotated[list[str] | None, typer.Option(metavar="BAND=VALUE", help=BAND_VARIETY)] = None,
    size: Annotated[int, typer.Option(min=32, max=4096, help=SIDE)] = 512,
    detail: Annotated[int, typer.Option(min=0, max=MOST_DETAIL, help=DETAIL)] = 0,
    device: Device = "auto",
) -> None:
    """``danqing generate``: PNG files, one for each seed or one of a mixture. Raises Wrong, EngineError, OSError, Stopped."""
    from studio.engine.library.catalog import Catalog

    words, parts = words_of(context), parts_of(mix)
    if take:
        parts = (*(parts or (Part(seed=seed, weight=1.0, label=label),)), *taken_of(take))
    entry = Catalog().find(model)
    for wanted in (label, toward, *(part.label for part in parts)):
        need_class(entry, wanted)
    seeds = (parts[0].seed,) if parts else tuple(range(seed, seed + count))
    request = Generate(
        model=model, digest=entry.digest, seeds=seeds, size=size, variety=variety, parts=parts, varieties=varieties_of(band_variety),
        label=label, toward=toward, blend=blend if toward else 0.0, detail=detail, **moved_of(slider, entry),
    )  # fmt: skip
    checked_device(device)
    folder.mkdir(parents=True, exist_ok=True)
    with stoppable() as stop, Bar(title_of(entry, words)) as bar:
        bar.show(0, len(seeds))
        for event in api.ask(request, device=device):
            if isinstance(event, Picture):
                name = "-".join(f"{one.seed:06d}" for one in parts) or f"{event.seed:06d}"
                path = folder / f"{entry.card.name}-{name}.png"
                atomic.write(path, encode_png(event.pixels.array()))
                typer.echo(path)
                bar.show(event.index + 1, len(seeds))
            if stop:
                raise Stopped


def interpolate(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=FILM)],
    seed: Annotated[list[int], typer.Option(min=0, max=HIGHEST_SEED, help=SEEDS)],
    between: Annotated[int, typer.Option(min=1, max=1000, help=BETWEEN)] = 24,
    closed: Annotated[bool, typer.Option("--loop/--no-loop", help=CLOSED)] = True,
    rate: Annotated[int, typer.Option(min=1, max=60, help=RATE)] = 12,
    slider: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help=SLIDER)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    variety: Annotated[float, typer.Option(min=0.0, max=1.5, help=VARIETY)] = 0.7,
    size: Annotated[int, typer.Option(min=32, max=4096, help=SIDE)] = 512,
    device: Device = "auto",
) -> None:
    """``danqing interpolate``: a film from seed to seed in the format of its file's ending. Raises Wrong, EngineError, Stopped."""
    from studio.engine.library.catalog import Catalog
    from studio.project.animation import over_white, write_animation

    words, entry = words_of(context), Catalog().find(model)
    need_class(entry, label)
    if len(seed) < 2:
        raise Wrong(TWO_SEEDS)
    moved = moved_of(slider, entry)
    ways = tuple(Station(seed=one, label=label, variety=variety, **moved) for one in seed)
    request = Interpolate(
        model=model, digest=entry.digest, stations=ways, between=between, closed=closed, size=size
    )
    total = between * len(seed) if closed else between * (len(seed) - 1) + 1
    events = api.ask(request, device=checked_device(device))
    frames = (over_white(event.pixels.array()) for event in events if isinstance(event, Picture))
    with stoppable() as stop, Bar(title_of(entry, words)) as bar:
        for done in write_animation(out, frames, size, size, rate):
            bar.show(done, total)
            if stop:
                raise Stopped
    typer.echo(out)


def title_of(entry: ModelEntry, words: Words) -> str:
    chinese = words.language.startswith("zh") and entry.card.title_zh
    return entry.card.title_zh if chinese else entry.card.title


def titled(slider: Slider, words: Words) -> str:
    return slider.title_zh if words.language.startswith("zh") else slider.title


def list_models(context: typer.Context) -> None:
    """``danqing models list``: a line for each model that is there, or what is wrong with its file."""
    from studio.engine.library.catalog import Catalog

    words = words_of(context)
    entries = Catalog().entries()
    if not entries:
        typer.echo(words(NO_MODELS))
    for entry in entries:
        card = entry.card
        if entry.problem:
            typer.echo(f"{card.name}  —  {entry.path}: {entry.problem}")
            continue
        sliders = ", ".join(slider.name for slider in card.sliders)
        typer.echo(f"{card.name}  {title_of(entry, words)}  {card.learned_size} px  {sliders}".rstrip())


def show_model(
    context: typer.Context, model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)]
) -> None:
    """``danqing models show``: the card of a model, its sliders with their ranges. Raises EngineError."""
    from studio.engine.library.catalog import Catalog

    entry, words = Catalog().find(model), words_of(context)
    card = entry.card
    rows = {
        "name": card.name,
        "title": title_of(entry, words),
        "file": entry.path,
        "bytes": entry.bytes,
        "digest": entry.digest,
        "kind": card.kind,
        "size": f"{card.size} → {card.learned_size} px",
        "parameters": card.parameters,
        "pictures seen": card.pictures_seen,
        "steps": card.steps,
        "trained on": card.trained_on,
        "trained with": card.trained_with,
        "licence": card.licence,
        "abilities": ", ".join(card.abilities),
        "classes": ", ".join(card.classes),
        "note": card.note,
    }
    for name, value in rows.items():
        if value not in ("", 0):
            typer.echo(f"{name}: {value}")
    for slider in card.sliders:
        said = f"slider {slider.name}: {slider.low:g} … {slider.high:g}  {titled(slider, words)}"
        typer.echo("; ".join((said, *also_changes(slider.also or {}, entry, words))))


def need_class(entry: ModelEntry, label: str) -> None:
    """Raises Wrong for a class that the model has not; nothing named is any class."""
    if label and label not in entry.card.classes:
        raise Wrong(NO_CLASS, name=label, known=told_of(label, entry.card.classes))


def find_directions(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    count: Annotated[int, typer.Option(min=1, max=20, help=DIRECTIONS)] = 8,
    device: Device = "auto",
) -> None:
    """``danqing models directions``: directions that nobody taught, those that change most first. Raises EngineError, Stopped."""
    from studio.engine.library.catalog import Catalog

    words, entry = words_of(context), Catalog().find(model)
    request = FindDirections(model=model, digest=entry.digest, count=count)
    with stoppable() as stop, Bar(title_of(entry, words)) as bar:
        for event in api.ask(request, device=checked_device(device)):
            if isinstance(event, Progress) and event.total:
                bar.show(event.done, event.total)
            elif isinstance(event, Directions):
                for name, change, also in zip(event.names, event.changes, event.also, strict=True):
                    said = f"{name}  {words(CHANGE, value=f'{change:.1f}')}"
                    typer.echo("; ".join((said, *also_changes(also, entry, words))))
                if not event.names:
                    typer.echo(words(NO_DIRECTIONS))
            if stop:
                raise Stopped


def also_changes(also: dict[str, float], entry: ModelEntry, words: Words) -> tuple[str, ...]:
    """``it also changes Night 0.31``, or nothing."""
    titles = {one.name: titled(one, words) for one in entry.card.sliders}
    others = Slider(name="", title="", title_zh="", also=also).cross_talk
    told = ", ".join(f"{titles.get(name, name)} {part:.2f}" for name, part in others)
    return (words(ALSO, others=told),) if told else ()


def import_model(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help=MODEL)]
) -> None:
    from studio.engine.library.catalog import Catalog

    for _event in api.ask(ImportModel(path=str(file.absolute())), device="cpu"):
        pass  # its weights are looked at before it is taken in
    entry = Catalog().bring_in(file)
    typer.echo(words_of(context)(IMPORTED, name=entry.card.name, path=entry.path))


def export_model(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=GIVEN)],
    licence: Annotated[str, typer.Option(metavar="TEXT", help=LICENCE)] = "",
) -> None:
    """``danqing models export``: one ``.danqing-model`` file, the artist's names of directions with it. Raises EngineError, OSError."""
    from studio import settings
    from studio.engine.library.catalog import Catalog
    from studio.workspace.giving import named_directions

    words, entry = words_of(context), Catalog().find(model)
    named = named_directions(settings.load().settings, entry.card.name)
    path = file if file.suffix.lower() == GIFT else file.with_name(file.name + GIFT)
    request = ExportModel(model=entry.path, digest=entry.digest, path=str(path), licence=licence, named=named)
    for _event in api.ask(request, device="cpu"):
        pass
    typer.echo(words(EXPORTED, name=title_of(entry, words), path=path))
