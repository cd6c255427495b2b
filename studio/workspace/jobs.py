"""What runs now, as the status bar and the jobs panel show it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import msgspec
from msgspec.structs import replace
from psygnal import Signal

SAYS_AFTER = 0.5
"""Seconds after which the time that is left is judged by what was done."""


ONE_MODEL = "one model learns"
"""The queue of all that teaches or measures a model."""


class JobLine(msgspec.Struct, frozen=True, kw_only=True):
    """One running job. ``label`` is source text in context ``jobs`` filled with ``arguments``; total 0 is unknown.

    ``began``: on the monotonic clock, seconds. ``seconds_left`` below 0 is unknown. ``queue``: jobs of one name are worked on one after
    the other. ``started``: when it was heard of first, 0 before.
    """

    id: int
    label: str
    arguments: dict[str, str]
    done: int = 0
    total: int = 0
    seconds_left: float = -1.0
    text: str = ""
    stop: Callable[[], None] | None = None
    began: float = 0.0
    queue: str = ""
    started: float = 0.0

    @property
    def part(self) -> float | None:
        """What is done, 0–1; None where nobody knows."""
        return min(1.0, self.done / self.total) if self.total and self.done else None


class Jobs:
    """The lines of everything that runs; only the UI thread touches it."""

    changed = Signal()

    def __init__(self) -> None:
        self._lines: dict[int, JobLine] = {}
        self._numbers = itertools.count(1)

    @property
    def lines(self) -> tuple[JobLine, ...]:
        return tuple(self._lines.values())

    def begin(
        self,
        label: str,
        arguments: dict[str, str] | None = None,
        stop: Callable[[], None] | None = None,
        *,
        queue: str = "",
    ) -> int:
        """Adds a line and returns its id."""
        number = next(self._numbers)
        self._lines[number] = JobLine(
            id=number,
            label=label,
            arguments=arguments or {},
            stop=stop,
            began=time.monotonic(),
            queue=queue,
        )
        self.changed.emit()
        return number

    def ahead_of(self, number: int) -> JobLine | None:
        """What a job waits for: the one in its queue that is worked on now; None once something was heard of it."""
        line = self._lines.get(number)
        if line is None or line.started or not line.queue:
            return None
        return next((one for one in self.lines if one.queue == line.queue and one.id < number), None)

    def progress(
        self, number: int, done: int, total: int, seconds_left: float = -1.0, text: str = ""
    ) -> None:
        """``seconds_left`` is judged from what was done so far where the job does not say it itself."""
        if line := self._lines.get(number):
            now = time.monotonic()
            line = line if line.started else replace(line, started=now)
            elapsed = now - (line.started if line.queue else line.began)  # it did nothing while it waited
            if seconds_left < 0 and 0 < done <= total and elapsed >= SAYS_AFTER:
                seconds_left = elapsed * (total - done) / done
            self._lines[number] = replace(line, done=done, total=total, seconds_left=seconds_left, text=text)
            self.changed.emit()

    def end(self, number: int) -> None:
        if self._lines.pop(number, None):
            self.changed.emit()

    def stop_all(self) -> None:
        for line in self.lines:
            if line.stop:
                line.stop()
