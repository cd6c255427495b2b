"""``danqing data check``: the data set doctor on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from studio import api
from studio.commands.say import Bar, Stopped, Words, stoppable, words_of
from studio.messages.data import (
    LONELY,
    ONE,
    SENTENCES,
    Checked,
    DataReport,
    Examined,
    PictureFacts,
    aspect_bars,
    lightness_bars,
    size_bars,
)
from studio.messages.data import (
    Bar as Column,
)
from studio.messages.requests import CheckData
from studio.recipe import QT_TRANSLATE_NOOP

FOLDER = QT_TRANSLATE_NOOP(
    "cli", "A folder of pictures, flat or with a folder for each class; it is only read"
)
TEST = QT_TRANSLATE_NOOP("cli", "A folder of pictures that are never trained on")
SIDE = QT_TRANSLATE_NOOP("cli", "Side of the training pictures in pixels; smaller ones are told")
JSON = QT_TRANSLATE_NOOP("cli", "Write the whole report as JSON")
ALL = QT_TRANSLATE_NOOP("cli", "Name every file, not only the first of each finding")

HEAD = QT_TRANSLATE_NOOP(
    "cli", "files: {count}, pictures among them: {good}; for training: {stay}, left out: {left}"
)
CLASSES = QT_TRANSLATE_NOOP("cli", "classes: {classes}")
TESTS = QT_TRANSLATE_NOOP("cli", "held out: {count}")
NOTHING = QT_TRANSLATE_NOOP("cli", "nothing is wrong with them")
MORE = QT_TRANSLATE_NOOP("cli", "… and {count} more (--all names them)")
SHORTER = QT_TRANSLATE_NOOP("cli", "Shorter side, px")
ASPECT = QT_TRANSLATE_NOOP("cli", "Width : height")
LIGHTNESS = QT_TRANSLATE_NOOP("cli", "Mean lightness, 0–255")
FEW, WIDE = 5, 32


def check_data(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=FOLDER)],
    test_dir: Annotated[Path | None, typer.Option(metavar="DIR", help=TEST)] = None,
    size: Annotated[int, typer.Option(min=8, max=1024, help=SIDE)] = 64,
    as_json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
    every: Annotated[bool, typer.Option("--all", help=ALL)] = False,
) -> None:
    """``danqing data check``: what the doctor finds in a folder, as sentences or as JSON. Raises EngineError, Stopped."""
    words = words_of(context)
    request = CheckData(folder=str(folder), test_folder=str(test_dir or ""), side=size)
    pictures: list[PictureFacts] = []
    report: DataReport | None = None
    with stoppable() as stop, Bar(folder.name) as bar:
        for event in api.ask(request):
            if isinstance(event, Examined):
                pictures += event.pictures
                bar.show(len(pictures), event.total)
            elif isinstance(event, Checked):
                report = DataReport.of(pictures, event)
            if stop:
                raise Stopped
    if report is None:
        return
    if as_json:
        typer.echo(msgspec.json.encode(report).decode())
        return
    for line in _lines(report, words, every):
        typer.echo(line)


def _lines(report: DataReport, words: Words, every: bool) -> list[str]:
    """The report as a person reads it."""
    good = [one for one in report.pictures if one.usable]
    left = report.left_out
    held = [one for one in good if one.split != "train" and one.file not in left]
    stay = sum(one.file not in left for one in good) - len(held)
    lines = [words(HEAD, good=len(good), count=len(report.pictures), left=len(left), stay=stay)]
    if held:
        lines.append(words(TESTS, count=len(held)))
    classes = {name: count for name, count in report.classes.items() if name}
    if classes:
        named = ", ".join(f"{name} {count}" for name, count in classes.items())
        lines.append(words(CLASSES, classes=named))
    lines += [words(LONELY, "data", name=name) for name in report.lonely()]
    counts = report.counts
    if not counts:
        lines.append(words(NOTHING))
    for kind, count in counts.items():
        sentence = words(ONE[kind] if count == 1 else SENTENCES[kind], "data", count=count, side=report.side)
        lines += ["", sentence]
        files = [_file_line(one, kind) for one in report.pictures if one.has(kind)]
        lines += files if every else files[:FEW]
        if len(files) > FEW and not every:
            lines.append(f"  {words(MORE, count=len(files) - FEW)}")
    for title, bars in (
        (SHORTER, size_bars(good)),
        (ASPECT, aspect_bars(good)),
        (LIGHTNESS, lightness_bars(good)),
    ):
        lines += ["", words(title), *_drawn(bars)]
    return lines


def _file_line(picture: PictureFacts, kind: str) -> str:
    finding = next(one for one in picture.findings if one.kind == kind)
    more = f" = {finding.other}" if finding.other else f" ({finding.reason})" if finding.reason else ""
    size = f"  {picture.width} × {picture.height}" if picture.usable else ""
    return f"  {picture.file}{size}{more}"


def _drawn(bars: tuple[Column, ...]) -> list[str]:
    """A histogram in characters; empty ends are left out."""
    filled = [index for index, bar in enumerate(bars) if bar.count]
    if not filled:
        return []
    shown = bars[filled[0] : filled[-1] + 1]
    most = max(bar.count for bar in shown)
    labels = [_range(bar) for bar in shown]
    width = max(len(label) for label in labels)
    return [
        f"  {label:>{width}}  {'█' * max(round(bar.count / most * WIDE), bar.count > 0):<{WIDE}} {bar.count}"
        for label, bar in zip(labels, shown, strict=True)
    ]


def _range(bar: Column) -> str:
    low, high = (f"{value:.2f}".rstrip("0").rstrip(".") for value in (bar.low, bar.high))
    return f"≥ {low}" if bar.high > 1e6 else f"< {high}" if bar.low == 0 else f"{low} – {high}"
