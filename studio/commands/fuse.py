"""The command that makes one picture of several: fuse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.folder import tell_left_out
from studio.commands.pictures import BITS, LARGE, LIST, NO_BITS, QUALITY, VALUES, described, values_of
from studio.commands.say import Bar, Stopped, Words, Wrong, stoppable, unknown, words_of
from studio.project.export import format_of
from studio.project.folder_pictures import Met
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.lending import FolderDetail

DETAIL = "patch-detail"
METHOD = QT_TRANSLATE_NOOP("cli", "How: one of those that --list shows")
PICTURES = QT_TRANSLATE_NOOP("cli", "The pictures, the lowest first, and the picture to write")
MASK_FILE = QT_TRANSLATE_NOOP("cli", "A picture whose lightness says where the upper pictures count")
NO_METHOD = QT_TRANSLATE_NOOP("cli", "there is no method “{name}”; there are: {known}")
FROM = QT_TRANSLATE_NOOP(
    "cli", "For patch-detail: a folder whose most similar pictures lend the detail, in place of further IN"
)
ONLY_DETAIL = QT_TRANSLATE_NOOP(
    "cli",
    "--from works with patch-detail alone, which takes one IN and OUT then: danqing fuse patch-detail IN OUT --from FOLDER",
)
NOT_MASKED = QT_TRANSLATE_NOOP("cli", "--mask does nothing with “{name}”; it works with: {known}")
SEVERAL = QT_TRANSLATE_NOOP("cli", "METHOD, two or more IN and OUT are needed, or --list")


def fuse(
    context: typer.Context,
    method: Annotated[str | None, typer.Argument(metavar="METHOD", help=METHOD)] = None,
    pictures: Annotated[list[Path] | None, typer.Argument(metavar="IN… OUT", help=PICTURES)] = None,
    values: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", metavar="KEY=VALUE", help=VALUES)
    ] = None,
    mask: Annotated[Path | None, typer.Option("--mask", metavar="FILE", help=MASK_FILE)] = None,
    folder: Annotated[Path | None, typer.Option("--from", metavar="FOLDER", help=FROM)] = None,
    bits: Annotated[int, typer.Option(help=BITS)] = 0,
    quality: Annotated[int, typer.Option(min=1, max=100, help=QUALITY)] = 92,
    large: Annotated[bool, typer.Option("--large", help=LARGE)] = False,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        _list(words)
        return
    if method is not None and method not in FUSIONS:
        raise unknown(NO_METHOD, method, FUSIONS)
    if folder is not None and (method != DETAIL or pictures is None or len(pictures) != 2):
        raise Wrong(ONLY_DETAIL)
    if method is None or pictures is None or len(pictures) < (3 if folder is None else 2):
        raise Wrong(SEVERAL)
    if mask is not None and not FUSIONS[method].masked:
        known = ", ".join(one.name for one in FUSIONS.values() if one.masked)
        raise Wrong(NOT_MASKED, name=method, known=known)
    if bits not in (0, 8, 16):
        raise Wrong(NO_BITS)
    plain = values_of(method, FolderDetail if folder else FUSIONS[method].parameters, values)
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
        failed: tuple[Met, ...] = ()
        if folder is None:
            done = api.fuse(method, opened, mask=shape, names=names, told=told, **plain)
        else:
            own = (sources[0], target)
            made = api.folder_detail(
                opened[0], folder, without=own, mask=shape, allow_large=large, told=told, **plain
            )
            done, failed = made.artwork, made.failed
    options = {} if layered else {"bits": bits, "quality": quality}
    (api.save if layered else api.export)(done, target, **options)
    tell_left_out(failed, words)


def _list(words: Words) -> None:
    for fusion in FUSIONS.values():
        lines = described(fusion.name, fusion.title, fusion.parameters, words, fusion.description)
        typer.echo("\n".join(lines))
