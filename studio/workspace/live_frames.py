"""Pictures under the hand that are computed on the render lane: as many as it can do, always of the newest place."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from studio.document.artwork import Artwork
from studio.jobs.job import Job, JobFinished, Priority

if TYPE_CHECKING:
    from studio.jobs.lane import Lane

Frame = Generator[None, None, "Artwork | None"]


class LiveFrames:
    """Asks for frames and shows them: of those that wait only the newest is solved, so the hand is never waited for."""

    def __init__(self, lane: Lane, name: str, show: Callable[[Artwork], None]) -> None:
        """``name``: of whatever drags, unique to it. ``show`` is called on the calling thread."""
        self._lane, self._name, self._show = lane, name, show
        self._job: Job | None = None
        self._open = True
        self.last: Artwork | None = None

    def ask(self, frame: Callable[[], Frame]) -> None:
        """Solves ``frame`` as soon as the one before is done; None as its result shows nothing new."""
        self._open = True
        self._job = self._lane.submit(
            frame, label=self._name, priority=Priority.live, replace=self._name, on_event=self._arrived
        )

    def _arrived(self, event: object) -> None:
        if isinstance(event, JobFinished) and event.result is not None and self._open:
            self.last = event.result
            self._show(event.result)

    def stop(self) -> None:
        """Nothing more is shown."""
        self._open = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
