"""The one door to the models: the application says ``submit`` and receives events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from studio.jobs.job import Priority
from studio.messages.events import Device, Event, Hello
from studio.messages.requests import Request


class EngineDoor(Protocol):
    """A child process (the studio) or this process (command line, tests): same requests, same events.

    Called from one thread (the UI thread in the studio); events come back through the ``deliver`` that the
    implementation was given. Every job ends with exactly one Finished or Failed; a dropped or cancelled one with
    ``Failed(kind="cancelled")``.
    """

    @property
    def device(self) -> Hello | Device | None:
        """What the engine works on; None before it has answered."""
        ...

    @property
    def running(self) -> tuple[int, ...]:
        """Jobs that were submitted and have not ended."""
        ...

    def start(self) -> None:
        """Warms the engine up in the background, so that the first request does not wait for it."""
        ...

    def submit(
        self,
        request: Request,
        *,
        priority: Priority = Priority.normal,
        replace: str | None = None,
        on_event: Callable[[Event], None],
    ) -> int:
        """Hands in ``request``, returns its job number at once. ``replace``: a waiting job of this key is dropped."""
        ...

    def cancel(self, job: int) -> None: ...

    def pause(self, job: int) -> None: ...

    def resume(self, job: int) -> None: ...

    def close(self) -> None:
        """Ends the engine; no event is delivered afterwards."""
        ...
