"""The command that makes one picture of several: fuse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.pictures import BITS, LARGE, LIST, NO_BITS, QUALITY, VALUES, described, values_of
from studio.commands.say import Bar, Stopped, Wrong, stoppable, words_of
from studio.project.export import format_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.fuse import FUSIONS

METHOD = QT_TRANSLATE_NOOP("cli", "How: one of those that --list shows")
PICTURES = QT_TRANSLATE_NOOP("cli", "The pictures, the lowest first, and the picture to write")
MASK_FILE = QT_TRANSLATE_NOOP("cli", "A picture whose lightness says where the upper pictures count")
NO_METHOD = QT_TRANSLATE_NOOP("cli", "there is no method “{name}”; there are: {known}")
SEVERAL = QT_TRANSLATE_NOOP("cli", "METHOD, two or more IN and OUT are needed, or --list")


def fuse(
    context: typer.Context,
    method: Annotated[str | None, typer.Argument(metavar="METHOD", help=METHOD)] = None,
    pictures: Annotated[list[Path] | None, typer.Argument(metavar="IN… OUT", help=PICTURES)] = None,
    values: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", metavar="KEY=VALUE", help=VALUES)
    ] = None,
    mask: Annotated[Path | None, typer.Option("--mask", metavar="FILE", help=MASK_FILE)] = None,
    bits: Annotated[int, typer.Option(help=BITS)] = 0,
    quality: Annotated[int, typer.Option(min=1, max=100, help=QUALITY)] = 92,
    large: Annotated[bool, typer.Option("--large", help=LARGE)] = False,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        for fusion in FUSIONS.values():
            lines = described(fusion.name, fusion.title, fusion.parameters, words, fusion.description)
            typer.echo("\n".join(lines))
        return
    if method is not None and method not in FUSIONS:
        raise Wrong(NO_METHOD, name=method, known=", ".join(FUSIONS))
    if method is None or pictures is None or len(pictures) < 3:
        raise Wrong(SEVERAL)
    if bits not in (0, 8, 16):
        raise Wrong(NO_BITS)
    plain = values_of(method, FUSIONS[method].parameters, values)
    *sources, target = pictures
    layered = target.suffix.lower() in (api.PROJECT, api.LAYERED)
    if not layered:
        format_of(target)
    with stoppable() as stop, Bar(words(FUSIONS[method].title, "recipe")) as bar:

        def told(part: float) -> None:
            if stop:
                raise Stopped
            bar.show(round(100 * part), 100)

        opened = []
        for source in sources:
            told(0.0)
            opened.append(api.open(source, allow_large=large))
        shape = None if mask is None else api.open(mask, allow_large=large)
        names = tuple(source.name for source in sources)
        done = api.fuse(method, opened, mask=shape, names=names, told=told, **plain)
    if layered:
        api.save(done, target)
    else:
        api.export(done, target, bits=bits, quality=quality)
