"""``danqing models evaluate``: what a model's pictures are like, in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.models import MODEL, Device, checked_device
from studio.commands.say import Bar, Stopped, Words, stoppable, words_of
from studio.messages.events import Evaluated, Progress
from studio.messages.requests import Evaluate
from studio.recipe import QT_TRANSLATE_NOOP

DATA = QT_TRANSLATE_NOOP("cli", "The folder of pictures it learnt from; without it those that its run noted")
OUT = QT_TRANSLATE_NOOP("cli", "A folder for the numbers (JSON) and the nearest pictures side by side (PNG)")
COUNT = QT_TRANSLATE_NOOP("cli", "How many pictures are made and measured")
BESIDE = QT_TRANSLATE_NOOP("cli", "{count} pictures of {name} (step {step}) beside {real}")
VARIETY = QT_TRANSLATE_NOOP("cli", "variety: {value} of theirs (0 always the same, 1 as varied)")
DISTANCE = QT_TRANSLATE_NOOP("cli", "Fréchet distance: {value} (two halves of theirs: {halves})")
FIDELITY = QT_TRANSLATE_NOOP("cli", "like theirs: {precision} of its pictures; covered: {recall} of theirs")
COPIES = QT_TRANSLATE_NOOP("cli", "near copies: {value} (of pictures it never saw: {held})")
COPIES_ALONE = QT_TRANSLATE_NOOP("cli", "near copies: {value} (theirs are so to each other: 5 %)")
CLASS = QT_TRANSLATE_NOOP("cli", "class {name}: {value} look like it")


def lines(report: Evaluated, words: Words) -> list[str]:
    """What was measured, to be read."""
    share = "{:.0%}".format
    found = [
        words(BESIDE, count=report.count, name=report.name, step=report.step, real=report.real),
        words(VARIETY, value=f"{report.variety:.2f}"),
        words(DISTANCE, value=f"{report.distance:.2f}", halves=f"{report.distance_of_halves:.2f}"),
        words(FIDELITY, precision=share(report.precision), recall=share(report.recall)),
    ]
    if report.copies_held_out >= 0:
        found.append(words(COPIES, value=share(report.copies), held=share(report.copies_held_out)))
    elif report.copies >= 0:
        found.append(words(COPIES_ALONE, value=share(report.copies)))
    named = report.agreement.items()
    return found + [words(CLASS, name=name, value=share(value)) for name, value in named]


def evaluate(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    data: Annotated[Path | None, typer.Argument(metavar="[DATA_DIR]", help=DATA)] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=OUT)] = None,
    count: Annotated[int, typer.Option(min=8, max=10_000, help=COUNT)] = 256,
    device: Device = "auto",
) -> None:
    words = words_of(context)
    request = Evaluate(model=model, data=str(data or ""), out=str(out or ""), count=count)
    report: Evaluated | None = None
    with stoppable() as stop, Bar(model) as bar:
        for event in api.ask(request, device=checked_device(device)):
            if isinstance(event, Progress):
                bar.show(event.done, event.total)
            elif isinstance(event, Evaluated):
                report = event
            if stop:
                raise Stopped
    for line in lines(report, words) if report is not None else ():
        typer.echo(line)
