"""The jobs of an engine in the process where they are worked on: a Lane, its context, and who hears the events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from studio.engine.context import Context
from studio.engine.failures import BUG, CANCELLED
from studio.engine.run import of_job, run
from studio.jobs.job import Job, JobFailed, JobState, Priority
from studio.jobs.lane import Lane
from studio.messages.events import Event, Failed, Finished
from studio.messages.requests import Request


class Desk:
    """``emit`` hears every event in the thread that steps the lane, or in the one that cancels a waiting job.

    Each job ends with at least one Finished or Failed; after the first of them the others are to be ignored.
    """

    def __init__(self, lane: Lane, context: Context, emit: Callable[[Event], None]):
        self._lane = lane
        self._context = context
        self._emit = emit
        self._jobs: dict[int, Job] = {}

    def submit(
        self, job: int, request: Request, priority: Priority, on_start: Callable[[int], None] | None = None
    ) -> None:
        """Queues ``request``; ``on_start`` is called when its first step begins."""

        def work() -> Iterator[Event]:
            if on_start is not None:
                on_start(job)
            try:
                yield from run(request, self._context)
            except GeneratorExit:  # cancelled: what the run had to put away is put away by now
                self._emit(_cancelled(job))
                raise

        label = type(request).__name__
        self._jobs[job] = self._lane.submit(
            work, label=label, priority=priority, on_event=lambda event: self._report(job, event)
        )

    def begun(self, job: int) -> bool:
        """Whether the job has taken a step or has ended."""
        known = self._jobs.get(job)
        return known is None or known.state is not JobState.waiting

    def cancel(self, job: int) -> None:
        """A waiting job ends at once, a running one after its present step."""
        known = self._jobs.get(job)
        if known is None:
            return
        self._lane.cancel(known)
        if known.state is JobState.cancelled:
            self._jobs.pop(job, None)
            self._emit(_cancelled(job))

    def cancel_all(self) -> None:
        for job in tuple(self._jobs):
            self.cancel(job)

    def pause(self, job: int) -> None:
        if job in self._jobs:
            self._lane.pause(self._jobs[job])

    def resume(self, job: int) -> None:
        if job in self._jobs:
            self._lane.resume(self._jobs[job])

    def _report(self, job: int, event: object) -> None:
        if isinstance(event, JobFailed):
            event = Failed(kind="bug", message=BUG, details=event.details)
        if isinstance(event, Finished | Failed):
            self._jobs.pop(job, None)
        if isinstance(event, Event):
            self._emit(of_job(event, job))


def _cancelled(job: int) -> Failed:
    return Failed(job=job, kind="cancelled", message=CANCELLED)
