"""The engine in this process: command line and tests. Whoever calls ``drain`` does the work."""

from __future__ import annotations

from collections.abc import Callable

from studio.engine.context import Context
from studio.engine.host.desk import Desk
from studio.engine.run import warm
from studio.jobs.job import Priority
from studio.jobs.lane import Deliver, Lane, at_once
from studio.messages.events import Device, Event, Failed, Finished, Hello
from studio.messages.requests import Request


class InlineEngine:
    """An EngineDoor without a process of its own. ``lane``: drive it elsewhere instead of by ``drain``."""

    def __init__(
        self, context: Context | None = None, *, deliver: Deliver = at_once, lane: Lane | None = None
    ):
        self.context = context or Context()
        self.lane = lane or Lane("engine")
        self._own_lane = lane is None
        self._deliver = deliver
        self._device: Hello | Device | None = None
        self._next = 0
        self._listeners: dict[int, Callable[[Event], None]] = {}
        self._lines: dict[str, int] = {}
        self._desk = Desk(self.lane, self.context, self._hear)

    @property
    def device(self) -> Hello | Device | None:
        return self._device

    @property
    def running(self) -> tuple[int, ...]:
        return tuple(self._listeners)

    def start(self) -> None:
        """Queues the warming up; failures show when a picture is asked for."""
        self.lane.submit(lambda: warm(self.context), label="warm", priority=Priority.background)

    def submit(
        self,
        request: Request,
        *,
        priority: Priority = Priority.normal,
        replace: str | None = None,
        on_event: Callable[[Event], None],
    ) -> int:
        """Queues ``request``. ``replace``: a job of this key that has not begun ends as Failed(cancelled)."""
        self._next += 1
        job = self._next
        self._listeners[job] = on_event
        if replace is not None:
            earlier = self._lines.get(replace)
            if earlier is not None and not self._desk.begun(earlier):
                self.cancel(earlier)
            self._lines[replace] = job
        self._desk.submit(job, request, priority)
        return job

    def cancel(self, job: int) -> None:
        self._desk.cancel(job)

    def pause(self, job: int) -> None:
        self._desk.pause(job)

    def resume(self, job: int) -> None:
        self._desk.resume(job)

    def drain(self) -> int:
        """Works in this thread until nothing is left; returns the number of steps."""
        return self.lane.drain()

    def close(self) -> None:
        """Cancels everything that is left and closes it; nothing is delivered any more."""
        self._listeners.clear()
        self._desk.cancel_all()
        if self._own_lane:
            self.lane.close()
            self.lane.drain()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Device):
            self._device = event
        listener = self._listeners.get(event.job)
        if listener is None:
            return
        if isinstance(event, Finished | Failed):
            del self._listeners[event.job]
        self._deliver(lambda: listener(event))
