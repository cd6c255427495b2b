"""The command that makes a picture anew from itself: rework."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.pictures import IN, LIST, OUT, SEED, Large, Quality, Values, described, values_of
from studio.commands.say import Bar, Wrong, words_of
from studio.project.export import format_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.rework import WAYS

WAY = QT_TRANSLATE_NOOP("cli", "How: scale, quilt, seamless or cut-out")
KEEP = QT_TRANSLATE_NOOP(
    "cli", "A picture of the same size: what is white in it stays as it is, or is the foreground"
)
REMOVE = QT_TRANSLATE_NOOP("cli", "A picture of the same size: what is white in it goes first")
NO_WAY = QT_TRANSLATE_NOOP("cli", "there is no way “{name}”; there are: {known}")
NEEDED = QT_TRANSLATE_NOOP("cli", "WAY, IN and OUT are needed, or --list")
NO_MASK = QT_TRANSLATE_NOOP("cli", "{name} takes no mask with {option}")


def rework(
    context: typer.Context,
    way: Annotated[str | None, typer.Argument(metavar="WAY", help=WAY)] = None,
    source: Annotated[Path | None, typer.Argument(metavar="IN", help=IN)] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help=OUT)] = None,
    values: Values = None,
    keep: Annotated[Path | None, typer.Option(metavar="MASK", help=KEEP)] = None,
    remove: Annotated[Path | None, typer.Option(metavar="MASK", help=REMOVE)] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**53 - 1, help=SEED)] = None,
    quality: Quality = 92,
    large: Large = False,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        for kind in WAYS.values():
            lines = described(kind.name, kind.title, kind.parameters, words, kind.description)
            typer.echo("\n".join(lines))
        return
    if way is not None and way not in WAYS:
        raise Wrong(NO_WAY, name=way, known=", ".join(WAYS))
    if way is None or source is None or target is None:
        raise Wrong(NEEDED)
    kind = WAYS[way]
    for option, given, takes in (("--keep", keep, kind.keeps), ("--remove", remove, kind.removes)):
        if given is not None and not takes:
            raise Wrong(NO_MASK, name=way, option=option)
    plain = values_of(way, kind.parameters, values)
    if seed is not None and "seed" in kind.parameters.__struct_fields__:
        plain["seed"] = seed
    format_of(target)
    artwork = api.open(source, allow_large=large)
    masks = [
        None if one is None else api.whiteness(api.open(one, allow_large=large)) for one in (keep, remove)
    ]
    with Bar(words(kind.title, "recipe")) as bar:
        made = api.rework(
            artwork,
            way,
            keep=masks[0],
            remove=masks[1],
            progress=lambda done: bar.show(round(100 * done), 100),
            **plain,
        )
    api.export(made, target, quality=quality)
