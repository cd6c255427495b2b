"""Histograms that are asked for again and again, on a lane: a first rough answer is never lost to the next question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from studio.jobs.job import Job, JobFinished, Priority
from studio.raster.statistics import Histogram

if TYPE_CHECKING:
    from studio.jobs.lane import Lane


class Counting:
    """One asker's counts. While a drag asks faster than pixels are counted, each rough answer is shown and the rest of that
    count is given up."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._job: Job | None = None
        self._answered = False

    def ask(self, work: Callable[[], Iterator[Histogram | None]], take: Callable[[Histogram], None]) -> None:
        """``take`` gets what ``work`` yields and returns, on the thread of the window."""
        if self._answered:
            self.stop()
        self._answered = False
        asked: list[Job] = []

        def arrived(event: object) -> None:
            found = event.result if isinstance(event, JobFinished) else event
            if not isinstance(found, Histogram):
                return
            take(found)
            if not asked or asked[0] is self._job:
                self._answered = True
            else:
                asked[0].cancel()

        self._job = self._lane.submit(
            work,
            label="histogram",
            priority=Priority.background,
            replace=f"histogram-{id(self)}",
            on_event=arrived,
        )
        asked.append(self._job)

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
