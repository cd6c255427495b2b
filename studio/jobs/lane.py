"""A lane: advances the most urgent generator by one step at a time. Who calls ``step`` owns the thread."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from studio.jobs.job import Job, JobFailed, JobFinished, JobState, Priority, Work
from studio.raster.stopping import Stopped, heard

Deliver = Callable[[Callable[[], None]], None]


def at_once(call: Callable[[], None]) -> None:
    """Delivers in the lane's own thread: tests, command line."""
    call()


def _ignore(event: Any) -> None:
    """For jobs nobody listens to."""


class Lane:
    """Jobs by priority, then by age; ``submit``, ``cancel``, ``pause`` from any thread, ``step`` from the lane's.

    Events reach ``on_event`` through ``deliver`` (a queued call onto the UI thread in the studio); whatever was
    cancelled before its delivery is dropped there. ``short_of_memory`` is delivered before the failure of a job that could
    not have what it asked for. ``wake`` is called after each change that may give ``step``
    something to do.
    """

    def __init__(self, name: str = "lane", deliver: Deliver = at_once) -> None:
        self.name = name
        self.wake: Callable[[], None] | None = None
        self.short_of_memory: Callable[[], None] | None = None
        self._deliver = deliver
        self._jobs: list[Job] = []
        self._condition = threading.Condition()
        self._closed = False

    def deliver(self, call: Callable[[], None]) -> None:
        """Runs ``call`` where the events of this lane arrive (in the studio: soon, on the UI thread). From any thread."""
        self._deliver(call)

    def submit(
        self,
        work: Work,
        *,
        label: str = "",
        priority: Priority = Priority.normal,
        replace: str | None = None,
        patience: float | None = None,
        on_event: Callable[[Any], None] = _ignore,
    ) -> Job:
        """Queues ``work`` and returns at once. A job of the key ``replace`` that still waits is dropped, a running
        one is not: at most one runs and one waits per key. With ``patience`` the running one is given so many seconds,
        after which a call that hears a stop (:func:`stopping.apart`) ends it without an event. The last event is JobFinished
        or JobFailed otherwise."""
        job = Job(label, priority, replace, work, on_event, self.cancel)
        with self._condition:
            if self._closed:
                raise RuntimeError(f"the lane {self.name} is closed")
            if replace is not None:
                for other in self._jobs:
                    if other.key == replace and other.state is JobState.waiting:
                        other.cancelled = True
                        other.state = JobState.cancelled
                    elif other.key == replace and patience is not None and other.given is None:
                        other.given = time.monotonic() + patience
                self._jobs = [other for other in self._jobs if other.state is not JobState.cancelled]
            self._jobs.append(job)
        self._changed()
        return job

    def cancel(self, job: Job) -> None:
        """Drops a waiting job; a running one is closed by the next ``step``. Its events are no longer delivered."""
        with self._condition:
            if job.over:
                return
            job.cancelled = True
            if job.state is JobState.waiting:
                job.state = JobState.cancelled
                if job in self._jobs:
                    self._jobs.remove(job)
        self._changed()

    def pause(self, job: Job) -> None:
        """The job takes no step until it is resumed; others go on."""
        with self._condition:
            job.paused = True
            if job.state is JobState.running:
                job.state = JobState.paused

    def resume(self, job: Job) -> None:
        with self._condition:
            job.paused = False
            if job.state is JobState.paused:
                job.state = JobState.running
        self._changed()

    @property
    def has_work(self) -> bool:
        """True when ``step`` would do something."""
        with self._condition:
            return self._next() is not None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Jobs that are not over, in the order of submission."""
        with self._condition:
            return tuple(self._jobs)

    def wait(self, timeout: float | None = None) -> bool:
        """Blocks the lane's thread until there is work, the lane is closed or ``timeout`` seconds are over; true with work."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._next() is not None, timeout)
            return self._next() is not None

    def close(self) -> None:
        """Cancels everything and refuses new jobs. The lane's thread still has to ``drain`` to close the generators."""
        with self._condition:
            self._closed = True
            jobs = tuple(self._jobs)
        for job in jobs:
            self.cancel(job)
        self._changed()

    @property
    def closed(self) -> bool:
        return self._closed

    def drain(self, limit: int | None = None) -> int:
        """Steps in this thread until nothing is left to do (or ``limit`` steps are done); returns how many were done."""
        steps = 0
        while (limit is None or steps < limit) and self.step():
            steps += 1
        return steps

    def step(self) -> bool:
        """Advances the most urgent job by one event. Returns False, at once, when there is nothing to do."""
        with self._condition:
            job = self._next()
            if job is None:
                return False
            if not job.cancelled and job.state is JobState.waiting:
                job.state = JobState.running
        try:
            if job.cancelled:
                self._end(job, JobState.cancelled, _closed(job))
                return True
            if job.started is None:
                # the factory only makes the generator: nothing of the work has run yet
                job.started = iter(job.work())
            with heard(lambda: job.unwanted):
                event = next(job.started)
        except StopIteration as end:
            self._end(job, JobState.finished, JobFinished(end.value))
        except Stopped:
            self._end(job, JobState.cancelled, None)
        except Exception as error:  # noqa: BLE001 - whatever a job raises ends that job alone
            if isinstance(error, MemoryError) and self.short_of_memory is not None:
                self._deliver(self.short_of_memory)
            self._end(job, JobState.failed, JobFailed(error, traceback.format_exc()))
        else:
            self._send(job, event)
        return True

    def _next(self) -> Job | None:
        """The job to advance: cancelled ones first, then priority, then age; per key the one that has begun."""
        best: Job | None = None
        begun = {job.key for job in self._jobs if job.key is not None and job.state is not JobState.waiting}
        for job in self._jobs:
            if job.cancelled:
                return job
            if job.paused or (job.state is JobState.waiting and job.key in begun):
                continue
            if best is None or job.priority < best.priority:
                best = job
        return best

    def _end(self, job: Job, state: JobState, event: Any) -> None:
        with self._condition:
            job.state = JobState.cancelled if job.cancelled else state
            job.started = None
            if job in self._jobs:
                self._jobs.remove(job)
        if event is not None:
            self._send(job, event)

    def _send(self, job: Job, event: Any) -> None:
        def arrive() -> None:
            # looked at again on arrival: what was cancelled while the event travelled must not show
            if not job.cancelled:
                job.on_event(event)

        if not job.cancelled:
            self._deliver(arrive)

    def _changed(self) -> None:
        with self._condition:
            self._condition.notify_all()
        if self.wake is not None:
            self.wake()


def _closed(job: Job) -> None:
    """Runs the generator's ``finally`` blocks, on the lane's thread."""
    close = getattr(job.started, "close", None)
    if close is not None:
        close()
