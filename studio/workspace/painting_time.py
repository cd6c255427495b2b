"""The painting time of a picture by days, as a table for an invoice (CSV)."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from studio.document.history import worked_seconds
from studio.jobs.job import JobFailed, JobFinished
from studio.project import atomic
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice
from studio.workspace.process import painting_seconds

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

COLUMNS = (
    QT_TRANSLATE_NOOP("notices", "Picture"),
    QT_TRANSLATE_NOOP("notices", "Day"),
    QT_TRANSLATE_NOOP("notices", "From"),
    QT_TRANSLATE_NOOP("notices", "To"),
    QT_TRANSLATE_NOOP("notices", "Steps"),
    QT_TRANSLATE_NOOP("notices", "Seconds"),
    QT_TRANSLATE_NOOP("notices", "Hours"),
)
UNDATED = QT_TRANSLATE_NOOP("notices", "Undone and earlier steps")
TOTAL = QT_TRANSLATE_NOOP("notices", "Total")
WRITTEN = QT_TRANSLATE_NOOP("notices", "The painting time was written: {file}.")
NOT_WRITTEN = QT_TRANSLATE_NOOP("notices", "The painting time was not written. {reason}")


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day's work: ``date`` as YYYY-MM-DD, ``begin`` and ``end`` as HH:MM of its first and last step, local time."""

    date: str
    begin: str
    end: str
    steps: int
    seconds: float


def days(times: Sequence[float]) -> list[Day]:
    """The work between steps at ``times`` (seconds since 1970, in their order), each time between two on the later one's day;
    together as many seconds as ``worked_seconds`` of them all."""
    found: dict[str, list[int]] = {}
    for index, moment in enumerate(times):
        found.setdefault(time.strftime("%Y-%m-%d", time.localtime(moment)), []).append(index)
    return [
        Day(
            date=date,
            begin=_clock(min(times[index] for index in indices)),
            end=_clock(max(times[index] for index in indices)),
            steps=len(indices),
            seconds=sum(worked_seconds(times[max(index - 1, 0) : index + 1]) for index in indices),
        )
        for date, indices in sorted(found.items())
    ]


def _clock(moment: float) -> str:
    return time.strftime("%H:%M", time.localtime(moment))


def table(picture: Picture, words: dict[str, str]) -> bytes:
    """UTF-8 with a mark that tells spreadsheets so; ``words`` translates the texts of this module.

    A row for each day, one without a date for steps that are gone (undone, or more than a project holds), and the total.
    """
    lines: list[tuple[object, ...]] = [
        (day.date, day.begin, day.end, day.steps, round(day.seconds), f"{day.seconds / 3600:.2f}")
        for day in days([entry.time for entry in picture.document.history])
    ]
    gone = picture.earlier.seconds + picture.document.undone_seconds
    if gone:
        lines.append((words[UNDATED], "", "", "", round(gone), f"{gone / 3600:.2f}"))
    whole = painting_seconds(picture)
    lines.append((words[TOTAL], "", "", "", round(whole), f"{whole / 3600:.2f}"))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([words[column] for column in COLUMNS])
    writer.writerows((_harmless(picture.title), *line) for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(title: str) -> str:
    """A title that a spreadsheet would take for a formula is marked as text."""
    return f"'{title}" if title.startswith(("=", "+", "-", "@", "\t", "\r")) else title


def write(studio: Studio, picture: Picture, path: str) -> None:
    """Writes the table as ``path`` in the background and says so."""
    studio.settle()
    texts = (*COLUMNS, UNDATED, TOTAL)
    data = table(picture, {text: studio.translate("notices", text) for text in texts})
    name = Path(path).name

    def writing() -> Generator[None, None, None]:
        yield None
        atomic.write(path, [data])

    def arrived(event: object) -> None:
        if isinstance(event, JobFinished):
            studio.tell(Notice(kind="done", text=WRITTEN, arguments={"file": name}))
        elif isinstance(event, JobFailed):
            reason = {"reason": studio.filing.sentence(event.error, name)}
            studio.tell(Notice(kind="error", text=NOT_WRITTEN, arguments=reason, details=event.details))

    studio.files_lane.submit(writing, label="painting time", on_event=arrived)
