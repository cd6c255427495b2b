"""What runs now, as the status bar and the jobs panel show it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

from psygnal import Signal


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """One running job. ``label`` is source text in context ``jobs`` filled with ``arguments``; total 0 is unknown."""

    id: int
    label: str
    arguments: dict[str, str]
    done: int = 0
    total: int = 0
    seconds_left: float = -1.0
    text: str = ""
    stop: Callable[[], None] | None = None


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
        self, label: str, arguments: dict[str, str] | None = None, stop: Callable[[], None] | None = None
    ) -> int:
        """Adds a line and returns its id."""
        number = next(self._numbers)
        self._lines[number] = JobLine(id=number, label=label, arguments=arguments or {}, stop=stop)
        self.changed.emit()
        return number

    def progress(
        self, number: int, done: int, total: int, seconds_left: float = -1.0, text: str = ""
    ) -> None:
        if line := self._lines.get(number):
            self._lines[number] = replace(line, done=done, total=total, seconds_left=seconds_left, text=text)
            self.changed.emit()

    def end(self, number: int) -> None:
        if self._lines.pop(number, None):
            self.changed.emit()

    def stop_all(self) -> None:
        for line in self.lines:
            if line.stop:
                line.stop()
