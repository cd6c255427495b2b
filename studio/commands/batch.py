"""``danqing batch``: a recipe of filters, fusions and sizes over a folder of pictures."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from studio import api
from studio.commands.pictures import QUALITY, Large
from studio.commands.say import FAILED, Bar, Stopped, Words, Wrong, sentence, stoppable, words_of, write_error
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project import batch_recipes, filter_batch
from studio.project.batch_recipes import Fuse, Heal, More, Resize
from studio.project.errors import DecodeError
from studio.project.export import FORMATS
from studio.project.filter_batch import REPORT, Outcome
from studio.raster.colour import as_type
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.fuse import FUSIONS

RECIPE = QT_TRANSLATE_NOOP(
    "cli",
    "A recipe: a JSON list of filters, as the studio saves them; also with resize, fuse, heal, rework and export",
)
FROM = QT_TRANSLATE_NOOP("cli", "The folder of pictures; those in folders inside it too")
TO = QT_TRANSLATE_NOOP("cli", "The folder to write to, and to keep the report in")
FORMAT = QT_TRANSLATE_NOOP(
    "cli", "Format of the outputs: png, jpg, tif or webp; else the recipe's, or that of each picture"
)
NO_FORMAT = QT_TRANSLATE_NOOP("cli", "there is no format “{name}”; there are: {known}")
SAME = QT_TRANSLATE_NOOP("cli", "IN_DIR and OUT_DIR are the same folder; the pictures would be lost")
SUMMARY = QT_TRANSLATE_NOOP("cli", "{done} done, {kept} there already, {failed} failed; report: {report}")
TITLE = QT_TRANSLATE_NOOP("cli", "Pictures")


def batch(
    context: typer.Context,
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help=RECIPE)],
    folder: Annotated[Path, typer.Argument(metavar="IN_DIR", help=FROM)],
    target: Annotated[Path, typer.Argument(metavar="OUT_DIR", help=TO)],
    kind: Annotated[str, typer.Option("--format", help=FORMAT)] = "",
    quality: Annotated[int | None, typer.Option(min=1, max=100, help=QUALITY)] = None,
    large: Large = False,
) -> None:
    """``danqing batch``: a recipe over a folder; exits with 1 where a picture failed. Raises Wrong, DecodeError, Stopped after Ctrl+C."""
    words = words_of(context)
    ending = f".{kind.lower().lstrip('.')}" if kind else ""
    if ending and ending not in FORMATS:
        raise Wrong(NO_FORMAT, name=kind, known=", ".join(one[1:] for one in FORMATS))
    if not folder.is_dir():
        raise DecodeError("missing", folder)
    if folder.resolve() == target.resolve():
        raise Wrong(SAME)
    found = batch_recipes.read(recipe)
    options = (found.export or batch_recipes.Export()).options
    if quality is not None:
        options = msgspec.structs.replace(options, quality=quality)
    outcomes = filter_batch.run(
        found, folder, target, api.flatten, _performer(large), ending=ending, options=options, allow_large=large
    )  # fmt: skip
    counts = _followed(outcomes, words)
    typer.echo(words(SUMMARY, **counts, report=str(target / REPORT)))
    if counts["failed"]:
        raise typer.Exit(FAILED)


def _performer(allow_large: bool) -> filter_batch.Perform:
    """What is more than a filter, done to one picture after another; the pictures that the recipe names are opened once."""
    opened: dict[str, Artwork] = {}

    def picture(path: str, like: Artwork | None, kernel: str = "lanczos") -> Artwork:
        found = opened.get(path)
        if found is None:
            found = opened[path] = api.open(path, allow_large=allow_large)
        if like is None or (found.width, found.height) == (like.width, like.height):
            return found
        return api.resize(found, like.width, like.height, kernel)

    def marked(path: str, like: Artwork) -> Any:
        # a kernel that overshoots would mark what lies far from the white
        return api.whiteness(picture(path, like, "linear")) if path else None

    def resized(artwork: Artwork, what: Resize) -> Artwork:
        width, height = what.size(artwork.width, artwork.height)
        if (width, height) == (artwork.width, artwork.height):
            return artwork
        return api.resize(_flattened(artwork), width, height, what.kernel)

    def fused(artwork: Artwork, what: Fuse) -> Artwork:
        other = picture(what.other, artwork if FUSIONS[what.method].same_size else None)
        order = [other, artwork] if what.under else [artwork, other]
        weight = picture(what.mask, order[0]) if what.mask else None
        made = api.fuse(what.method, order, mask=weight, **what.parameters)
        return made.with_(metadata=artwork.metadata, ppi=artwork.ppi)

    def perform(artwork: Artwork, what: More) -> Artwork:
        if isinstance(what, Resize):
            return resized(artwork, what)
        if isinstance(what, Fuse):
            return fused(artwork, what)
        if isinstance(what, Heal):
            hole, sampled = marked(what.mask, artwork), marked(what.sample, artwork)
            return api.heal(artwork, hole, what.method, sampled=sampled, **what.parameters)
        keep, remove = marked(what.keep, artwork), marked(what.remove, artwork)
        return api.rework(artwork, what.way, keep=keep, remove=remove, **what.parameters)

    return perform


def _flattened(artwork: Artwork) -> Artwork:
    """The artwork with one paint layer in place of all: what is seen of it, its filters done at the size they were meant for."""
    layer = Paint(name="", surface=Surface.from_pixels(as_type(api.flatten(artwork), artwork.dtype)))
    return artwork.with_(layers=(layer,), active=layer.id, selected=(), mask_edited="", selection=None)


def _followed(outcomes: Generator[Outcome, None, None], words: Words) -> dict[str, int]:
    """Goes through the pictures, shows how far it is and says at once what failed; raises Stopped after Ctrl+C."""
    counts = {"done": 0, "kept": 0, "failed": 0}
    with Bar(words(TITLE)) as bar, stoppable() as heard:
        for outcome in outcomes:
            counts[outcome.entry.state] += 1
            bar.show(outcome.done, outcome.total, outcome.entry.source)
            if not sys.stdout.isatty():
                typer.echo(f"[{outcome.done}/{outcome.total}] {outcome.entry.source}")
            if outcome.error is not None:
                write_error(f"danqing: {outcome.entry.source}: {sentence(outcome.error, words)}")
            if heard:
                outcomes.close()
                raise Stopped
    return counts
