"""What brushes take from is composed on the render lane ahead of them, where filters read far around each pixel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable

from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.jobs.lane import Lane
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.workspace.tools.sampling import Snapshot

NAME = "ahead of the brush"


class Ahead:
    """Says whether what is read for a part of a stroke is there, and asks the lane for what is not and for what lies around.

    ``reads``: what of ``source`` is read for a rectangle. ``arrived`` is called after each tile, where the lane delivers.
    """

    def __init__(self, lane: Lane, source: Snapshot, reads: Callable[[Rect], Rect]) -> None:
        self._lane, self._source, self._reads = lane, source, reads
        self._asked: set[TileKey] = set()
        self._waiting: deque[TileKey] = deque()
        self._job: Job | None = None
        self.arrived: Callable[[], None] | None = None

    def __call__(self, rect: Rect) -> bool:
        area = self._reads(rect)
        missing = [key for key in tile_keys(area) if not self._source.holds(key)]
        self._ask(missing)
        self._ask(tile_keys(area.grow(TILE // 2)))
        return not missing

    def _ask(self, keys: Iterable[TileKey]) -> None:
        for key in keys:
            if key not in self._asked and not self._source.holds(key):
                self._asked.add(key)
                self._waiting.append(key)
        if self._waiting and self._job is None:
            self._job = self._lane.submit(
                self._composing, label=NAME, priority=Priority.live, on_event=self._told
            )

    def _composing(self) -> Generator[None, None, None]:
        while True:
            try:
                key = self._waiting.popleft()
            except IndexError:  # all are there, or the stroke was ended meanwhile
                return
            self._source.fetch(key)
            yield

    def _told(self, event: object) -> None:
        if isinstance(event, JobFinished | JobFailed):
            self._job = None
            self._ask(())
        if self.arrived is not None:
            self.arrived()

    def stop(self) -> None:
        """Nothing more is composed."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None
