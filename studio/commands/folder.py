"""Commands that make one picture of a folder of them: mosaic and collage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from studio import api
from studio.commands.pictures import BITS, LIST, NO_BITS, OUT, Large, Quality, Values, described, values_of
from studio.commands.say import Bar, Stopped, Words, Wrong, sentence, stoppable, words_of, write_error
from studio.project.assembling import Assembled
from studio.project.export import format_of
from studio.project.folder_pictures import Met
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import collage as collages
from studio.synthesis import photomosaic

PICTURE = QT_TRANSLATE_NOOP("cli", "The picture that is put together")
FOLDER = QT_TRANSLATE_NOOP("cli", "The folder of pictures; those in folders inside it too")
THREE = QT_TRANSLATE_NOOP("cli", "PICTURE, FOLDER and OUT are needed, or --list")
TWO = QT_TRANSLATE_NOOP("cli", "FOLDER and OUT are needed, or --list")
LEFT_OUT = QT_TRANSLATE_NOOP("cli", "files left out because they could not be opened: {count}")
Bits = Annotated[int, typer.Option(help=BITS)]
Listing = Annotated[bool, typer.Option("--list", help=LIST)]
Make = Callable[[Callable[[float], None]], Assembled]


def mosaic(
    context: typer.Context,
    picture: Annotated[Path | None, typer.Argument(metavar="PICTURE", help=PICTURE)] = None,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help=FOLDER)] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help=OUT)] = None,
    values: Values = None,
    bits: Bits = 0,
    quality: Quality = 92,
    large: Large = False,
    listing: Listing = False,
) -> None:
    words = words_of(context)
    if listing:
        typer.echo("\n".join(described(photomosaic.NAME, photomosaic.TITLE, photomosaic.Mosaic, words)))
        return
    if picture is None or folder is None or target is None:
        raise Wrong(THREE)
    plain = values_of(photomosaic.NAME, photomosaic.Mosaic, values)

    def make(told: Callable[[float], None]) -> Assembled:
        opened = api.open(picture, allow_large=large)
        return api.mosaic(opened, folder, without=(target,), allow_large=large, told=told, **plain)

    _written(make, photomosaic.TITLE, target, bits, quality, words)


def collage(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help=FOLDER)] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help=OUT)] = None,
    values: Values = None,
    bits: Bits = 0,
    quality: Quality = 92,
    large: Large = False,
    listing: Listing = False,
) -> None:
    words = words_of(context)
    if listing:
        typer.echo("\n".join(described(collages.NAME, collages.TITLE, collages.Collage, words)))
        return
    if folder is None or target is None:
        raise Wrong(TWO)
    plain = values_of(collages.NAME, collages.Collage, values)

    def make(told: Callable[[float], None]) -> Assembled:
        return api.collage(folder, without=(target,), allow_large=large, told=told, **plain)

    _written(make, collages.TITLE, target, bits, quality, words)


def _written(make: Make, title: str, target: Path, bits: int, quality: int, words: Words) -> None:
    """Makes the picture, writes it, and names the files that were left out."""
    if bits not in (0, 8, 16):
        raise Wrong(NO_BITS)
    layered = target.suffix.lower() in (api.PROJECT, api.LAYERED)
    if not layered:
        format_of(target)
    with stoppable() as stop, Bar(words(title, "recipe")) as bar:

        def told(part: float) -> None:
            if stop:
                raise Stopped
            bar.show(round(100 * part), 100)

        made = make(told)
    options: dict[str, Any] = {} if layered else {"bits": bits, "quality": quality}
    (api.save if layered else api.export)(made.artwork, target, **options)
    tell_left_out(made.failed, words)


def tell_left_out(failed: Sequence[Met], words: Words) -> None:
    """Names the files that could not be opened, each with why."""
    for met in failed:
        assert met.error is not None
        write_error(f"danqing: {met.path}: {sentence(met.error, words)}")
    if failed:
        write_error(f"danqing: {words(LEFT_OUT, count=str(len(failed)))}")
