"""Commands about this computer: how fast the studio is here, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.commands.say import FAILED, Bar, Words, Wrong, words_of
from studio.recipe import QT_TRANSLATE_NOOP

NAMES = QT_TRANSLATE_NOOP(
    "cli", "What to measure; without a name everything but “large”, which takes minutes"
)
JSON = QT_TRANSLATE_NOOP("cli", "Write the figures to this file, too")
QUICK = QT_TRANSLATE_NOOP("cli", "Few repetitions: shows that it works, not how fast it is")
BENCH_MODEL = QT_TRANSLATE_NOOP("cli", "A model file to measure with instead of the one that is shipped")
NO_ROW = QT_TRANSLATE_NOOP("cli", "there is nothing to measure called “{name}”; there are: {known}")
ALL_WELL = QT_TRANSLATE_NOOP("cli", "everything is there")


def bench(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME…]", help=NAMES)] = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help=JSON)] = None,
    quick: Annotated[bool, typer.Option("--quick", help=QUICK)] = False,
    model: Annotated[Path | None, typer.Option(metavar="FILE", help=BENCH_MODEL)] = None,
) -> None:
    from studio.bench import figures, run
    from studio.bench.rows import ONLY_BY_NAME, ROWS

    for name in names or ():
        if name not in ROWS:
            raise Wrong(NO_ROW, name=name, known=", ".join(ROWS))
    wanted = tuple(names or (name for name in ROWS if name not in ONLY_BY_NAME))
    measured: list[figures.Figure] = []
    with Bar("bench") as bar:
        for figure in run.measure(wanted, quick=quick, model=model):
            measured.append(figure)
            bar.show(wanted.index(figure.row) + 1, len(wanted), figure.row)
            typer.echo(figures.line(figure))
    if json is not None:
        json.write_bytes(figures.document(measured, quick=quick))


def doctor(context: typer.Context) -> None:
    from studio.bench.doctor import findings

    words: Words = words_of(context)
    bad = 0
    for finding in findings():
        mark = "✓" if finding.well else "✗"
        text = words(finding.text, "doctor", **finding.arguments)
        typer.echo(f"{mark} {text}")
        if finding.remedy:
            typer.echo(f"    {words(finding.remedy, 'doctor', **finding.arguments)}")
        bad += not finding.well
    if bad:
        raise typer.Exit(FAILED)
    typer.echo(words(ALL_WELL))
