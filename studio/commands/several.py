"""Commands from several pictures to one: stitch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.pictures import LIST, Large, Quality, Values, described, values_of
from studio.commands.say import Bar, Wrong, words_of, write_error
from studio.project.export import format_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.stitch import STAGE_TITLES
from studio.synthesis.stitch_values import NAME, TITLE, Stitch

FILES = QT_TRANSLATE_NOOP(
    "cli",
    "Two to forty pictures, and last the panorama to write: .png, .jpg, .tif or .webp; with its layers: .ora or .danqing",
)
NEEDED = QT_TRANSLATE_NOOP("cli", "at least two pictures and OUT are needed, or --list")
LEFT_OUT = QT_TRANSLATE_NOOP("cli", "left out, because they overlap with no other picture: {names}")


def stitch(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="IN… OUT", help=FILES)] = None,
    values: Values = None,
    quality: Quality = 92,
    large: Large = False,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        typer.echo("\n".join(described(NAME, TITLE, Stitch, words)))
        return
    if files is None or len(files) < 3:
        raise Wrong(NEEDED)
    *pictures, target = files
    plain = values_of(NAME, Stitch, values)
    layered = target.suffix.lower() in (api.PROJECT, api.LAYERED)
    if not layered:
        format_of(target)
    with Bar(words(TITLE, "recipe")) as bar:

        def progress(stage: str, done: float) -> None:
            bar.show(round(done * 100), 100, words(STAGE_TITLES[stage], "recipe"))

        made, unmatched = api.stitch(pictures, layered=layered, allow_large=large, progress=progress, **plain)
        if layered:
            api.save(made, target)
        else:
            api.export(made, target, quality=quality)
    if unmatched:
        write_error(f"danqing: {words(LEFT_OUT, names=', '.join(unmatched))}")
