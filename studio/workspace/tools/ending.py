"""The pen is up, and the rest of a large stroke is computed on the render lane: still one undo step, only later."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import msgspec

from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.jobs.lane import Lane
from studio.workspace.tools import Pointer

if TYPE_CHECKING:
    from studio.raster.stroke import Stroke

OWNER = "stroke"
LITTLE = 1 << 19
"""Pixels of dabs and tiles that are laid at once, in the time of a frame or two."""
_A_STEP = 0.004
"""Seconds of one step on the lane; views are composed in between."""


def is_little(stroke: Stroke) -> bool:
    """Whether what is left to lay can be laid in the thread that asks."""
    return stroke.left <= LITTLE


class _Rest(msgspec.Struct, frozen=True, eq=False):
    """``show`` shows the stroke as far as it was laid; ``commit`` lays what is left of it and makes it a step."""

    stroke: Stroke
    show: Callable[[], Any]
    commit: Callable[[], None]


class Ending:
    """At most one stroke whose rest is being computed. It pends as a preview of OWNER until it is committed: by itself when it
    is done, or by :meth:`now` before something else begins."""

    def __init__(self) -> None:
        self._rest: _Rest | None = None
        self._job: Job | None = None
        self._lock = threading.Lock()

    @property
    def pends(self) -> bool:
        return self._rest is not None

    def begin(
        self, lane: Lane, stroke: Stroke, show: Callable[[], Any], commit: Callable[[], None], label: str
    ) -> None:
        """From now on only the lane, or :meth:`now`, touches the stroke, which has taken its last sample."""
        rest = self._rest = _Rest(stroke, show, commit)

        def arrived(event: object) -> None:
            if self._rest is rest and isinstance(event, JobFinished | JobFailed):
                self.now()  # what could not be laid for want of memory is tried once more
            elif self._rest is rest and event is True:
                rest.show()

        self._job = lane.submit(
            lambda: self._laying(rest), label=label, priority=Priority.live, on_event=arrived
        )

    def _laying(self, rest: _Rest) -> Generator[bool, None, None]:
        """Yields whether something was laid: dabs first, so that no tile is laid twice."""
        while True:
            with self._lock:
                if self._rest is not rest:
                    return
                behind = rest.stroke.compute(_A_STEP)
                laid = not behind and bool(rest.stroke.lay(_A_STEP))
                if not rest.stroke.left:
                    return
            yield laid

    def now(self) -> None:
        """Commits the stroke that pends, with what is left of it."""
        rest, self._rest = self._rest, None
        if rest is None:
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        with self._lock:  # the step that the lane is in
            pass
        rest.commit()

    def waited(self, pointer: Pointer) -> Generator[None, Pointer | None, tuple[list[Pointer], bool]]:
        """For a stroke that begins meanwhile: waits until the one before is a step. The samples so far, and whether the pen was
        lifted already, which ends the wait."""
        samples = [pointer]
        while self.pends:
            sample = yield
            if sample is None:
                self.now()
                return samples, True
            samples.append(sample)
        return samples, False
