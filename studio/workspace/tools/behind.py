"""Large dabs that take along what they go over are computed on the render lane while the pen still moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.jobs.lane import Lane
from studio.workspace.tools.ending import is_little

if TYPE_CHECKING:
    from studio.raster.stroke import Stroke

NAME = "behind the brush"
_A_STEP = 0.004
"""Seconds of one step on the lane; views are composed in between."""


def _nothing() -> None: ...


class Behind:
    """Works off what the hand has no time for. New samples may be added to the stroke meanwhile, for they only append dabs
    that wait; whoever computes or lays them has taken ``lock`` before.

    ``arrived`` is called where the lane delivers, whenever something more was laid. ``helped``: whether the lane lays some of
    the stroke, so that nobody else knows all that changed.
    """

    def __init__(self, lane: Lane, stroke: Stroke, arrived: Callable[[], None]) -> None:
        self._lane, self._stroke, self._arrived = lane, stroke, arrived
        self._job: Job | None = None
        self._over = False
        self.lock = threading.Lock()
        self.helped = False

    def follow(self) -> None:
        """Asks the lane for help where much waits; what waits for pixels that are composed just now waits on."""
        stroke = self._stroke
        if self._job is not None or self._over or not stroke.behind or is_little(stroke):
            return
        if stroke.ready is None:
            self.helped = True
            self._job = self._lane.submit(
                self._working, label=NAME, priority=Priority.live, on_event=self._told
            )

    def _working(self) -> Generator[bool, None, None]:
        while True:
            with self.lock:
                if self._over or is_little(self._stroke):
                    return
                laid = bool(self._stroke.lay(_A_STEP))
            yield laid

    def _told(self, event: object) -> None:
        if isinstance(event, JobFinished | JobFailed):
            self._job = None
        if event is True or isinstance(event, JobFinished):
            self._arrived()

    def stop(self) -> None:
        """Nothing more is computed or told here; comes back when the step that runs is done. Who listened is let go of, so that a closed
        picture leaves the memory at once."""
        self._over, self._arrived = True, _nothing
        if self._job is not None:
            self._job.cancel()
            self._job = None
        with self.lock:
            pass
