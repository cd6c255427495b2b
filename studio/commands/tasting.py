"""``danqing models taste``: walls of nine by taste, as picture files; the marks are kept in a file beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from studio import api
from studio.commands.models import HIGHEST_SEED, MODEL, Device, checked_device, need_class, title_of, titled
from studio.commands.pictures import SEED
from studio.commands.say import Bar, Stopped, Words, Wrong, stoppable, words_of
from studio.document.layer import Round, Taste
from studio.messages.events import Picture
from studio.messages.models import ModelEntry
from studio.messages.pixels import Pixels
from studio.messages.requests import Generate, Station
from studio.project import atomic
from studio.project.png import encode_png
from studio.project.taste_file import ENDING, read_taste, write_taste
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.taste import COUNT, DISLIKE, LIKE, NOTHING
from studio.workspace.tasting import (
    BETWEEN,
    LESS,
    LIKES,
    MORE,
    directions_of,
    liked_of,
    points_of,
    problem_of,
    states_of,
    wall_of,
)
from studio.workspace.walk import State, asked_of

MARKS = QT_TRANSLATE_NOOP(
    "cli",
    "The file that keeps the marks (.danqing-taste); it is begun where there is none, else gone on with",
)
LIKED = QT_TRANSLATE_NOOP("cli", "A picture of the wall that pleases: 1 to 9, row by row; as often as needed")
UNLIKED = QT_TRANSLATE_NOOP("cli", "One that does not please; as often as needed")
BACK = QT_TRANSLATE_NOOP("cli", "Go back to the wall before; its marks are forgotten")
WALL = QT_TRANSLATE_NOOP("cli", "The PNG file of the wall; without it one beside the marks")
KEEP = QT_TRANSLATE_NOOP("cli", "Also write what should please most, alone and large, as this PNG file")
CLASS = QT_TRANSLATE_NOOP("cli", "One of the model's classes, at the beginning; without it any")
SIDE = QT_TRANSLATE_NOOP("cli", "Side of each of the nine in pixels")
NOT_AT_FIRST = QT_TRANSLATE_NOOP(
    "cli", "“{file}” is not there yet: begin without marks, look at the wall, then mark"
)
BEGUN = QT_TRANSLATE_NOOP(
    "cli", "“{file}” has begun already with its seed and class; choose another name to begin anew"
)
BOTH = QT_TRANSLATE_NOOP(
    "cli", "picture {numbers} is both liked and not: these marks contradict each other, so none was kept"
)
FIRST = QT_TRANSLATE_NOOP("cli", "“{file}” is at its first wall; there is none before it")
NUMBER = QT_TRANSLATE_NOOP("cli", "wall {number}: {path}")
LARGE = 512


def taste(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=MARKS)],
    like: Annotated[list[int] | None, typer.Option(min=1, max=COUNT, metavar="1-9", help=LIKED)] = None,
    unlike: Annotated[list[int] | None, typer.Option(min=1, max=COUNT, metavar="1-9", help=UNLIKED)] = None,
    back: Annotated[bool, typer.Option("--back", help=BACK)] = False,
    wall: Annotated[Path | None, typer.Option(metavar="OUT", help=WALL)] = None,
    keep: Annotated[Path | None, typer.Option(metavar="OUT", help=KEEP)] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=HIGHEST_SEED, help=SEED)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    size: Annotated[int, typer.Option(min=32, max=1024, help=SIDE)] = 256,
    device: Device = "auto",
) -> None:
    """``danqing models taste``: the next wall of nine after marks of the last one, kept in a file. Raises Wrong, EngineError, Stopped."""
    from studio.engine.library.catalog import Catalog

    words, entry = words_of(context), Catalog().find(model)
    need_class(entry, label)
    checked_device(device)
    file = file if file.suffix.lower() == ENDING else file.with_name(file.name + ENDING)
    marks = _marks(like or [], unlike or [])
    if not file.exists():
        if back or any(marks):
            raise Wrong(NOT_AT_FIRST, file=file.name)
        base = Station(seed=1 if seed is None else seed, label=label)
        told = Taste(names=directions_of(entry.card), base=base, seed=base.seed)
    else:
        if label or seed is not None:
            raise Wrong(BEGUN, file=file.name)
        told = _gone_on(read_taste(file, entry), marks, back, file)
    with stoppable() as stop, Bar(title_of(entry, words)) as bar:
        states = states_of(told, Round(points=points_of(told), marks=(NOTHING,) * COUNT))
        wanted = [(state, size) for state in states] + [(states[0], LARGE)] * (keep is not None)
        made = []
        for picture in _pictures(entry, wanted, device):
            made.append(picture)
            bar.show(len(made), len(wanted))
            if stop:
                raise Stopped
    write_taste(file, entry, told)  # first: a wall is drawn again from its marks, never the other way round
    wall = wall or file.with_suffix(".png")
    atomic.write(wall, encode_png(wall_of([one.array() for one in made[:COUNT]])))
    if keep is not None:
        atomic.write(keep, encode_png(made[COUNT].array()))
    typer.echo(words(NUMBER, number=len(told.rounds) + 1, path=wall))
    if keep is not None:
        typer.echo(keep)
    for said in _said(told, entry, words):
        typer.echo(said)


def _marks(like: list[int], unlike: list[int]) -> tuple[int, ...]:
    """Of the nine. Raises Wrong where one is liked and not liked."""
    both = sorted({*like} & {*unlike})
    if both:
        raise Wrong(BOTH, numbers=", ".join(map(str, both)))
    places = range(1, COUNT + 1)
    return tuple(LIKE if one in like else DISLIKE if one in unlike else NOTHING for one in places)


def _gone_on(told: Taste, marks: tuple[int, ...], back: bool, file: Path) -> Taste:
    """A wall back, then the marks as a further round; without either the same wall again. Raises Wrong."""
    if back:
        if not told.rounds:
            raise Wrong(FIRST, file=file.name)
        told = replace(told, rounds=told.rounds[:-1])
    if any(marks):
        told = replace(told, rounds=(*told.rounds, Round(points=points_of(told), marks=marks)))
    return told


def _pictures(entry: ModelEntry, wanted: list[tuple[State, int]], device: str) -> Iterator[Pixels]:
    """Of each state at its side, in order."""
    from studio.engine.context import Context

    context = Context()
    for state, side in wanted:
        request = Generate(
            model=entry.path, digest=entry.digest, seeds=(state.seed,), size=side, **asked_of(state)
        )
        for event in api.ask(request, device=device, context=context):
            if isinstance(event, Picture):
                yield event.pixels


def _said(told: Taste, entry: ModelEntry, words: Words) -> list[str]:
    """What seems to please, and what is odd about the marks."""
    parts = [
        words(MORE if more else LESS, "Taste", name=titled(one, words))
        for one, more in liked_of(told, entry.card)
    ]
    said = [words(LIKES, "Taste", parts=words(BETWEEN, "Taste").join(parts))] if parts else []
    text, values = problem_of(told)
    return said + ([words(text, "Taste", **values)] if text else [])
