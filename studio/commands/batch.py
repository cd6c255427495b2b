"""``danqing batch``: a recipe of filters over a folder of pictures."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.pictures import Large, Quality
from studio.commands.say import FAILED, Bar, Stopped, Words, Wrong, sentence, stoppable, words_of, write_error
from studio.project import filter_batch, filter_recipes
from studio.project.export import FORMATS
from studio.project.filter_batch import REPORT, Outcome
from studio.project.load import DecodeError
from studio.project.options import ExportOptions
from studio.recipe import QT_TRANSLATE_NOOP

RECIPE = QT_TRANSLATE_NOOP("cli", "A recipe: a JSON list of filters, as the studio saves them")
FROM = QT_TRANSLATE_NOOP("cli", "The folder of pictures; those in folders inside it too")
TO = QT_TRANSLATE_NOOP("cli", "The folder to write to, and to keep the report in")
FORMAT = QT_TRANSLATE_NOOP("cli", "Format of the outputs: png, jpg, tif or webp; else that of each picture")
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
    quality: Quality = 92,
    large: Large = False,
) -> None:
    words = words_of(context)
    ending = f".{kind.lower().lstrip('.')}" if kind else ""
    if ending and ending not in FORMATS:
        raise Wrong(NO_FORMAT, name=kind, known=", ".join(one[1:] for one in FORMATS))
    if not folder.is_dir():
        raise DecodeError("missing", folder)
    if folder.resolve() == target.resolve():
        raise Wrong(SAME)
    steps = filter_recipes.read(recipe)
    outcomes = filter_batch.run(
        steps, folder, target, api.flatten, ending=ending, options=ExportOptions(quality=quality), allow_large=large
    )  # fmt: skip
    counts = _followed(outcomes, words)
    typer.echo(words(SUMMARY, **counts, report=str(target / REPORT)))
    if counts["failed"]:
        raise typer.Exit(FAILED)


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
