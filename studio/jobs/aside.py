"""Work whose single steps are long, driven beside the lane: the lane stays free for others and hears a stop at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as waited
from typing import Any, TypeVar

from studio.raster.stopping import heard

Event = TypeVar("Event")
Result = TypeVar("Result")

WAIT = 0.004
"""Seconds that a step waits for the work before it lets others have their turn."""
GRACE = 0.03
"""Seconds that a stop waits for the work; its present step then ends unseen, at the latest where it next heeds a stop, and
nothing after it is begun."""


def aside(steps: Generator[Event, None, Result], idle: Event) -> Generator[Event, None, Result]:
    """The same events and result, each step of ``steps`` being taken by a thread of its own.

    While a step takes longer than :data:`WAIT`, the last event of the type of ``idle``, at first itself, is told again.
    What ``steps`` raise is raised here. For array work, which lets go of the interpreter's lock; ``steps`` must touch
    nothing that others change.
    """
    worker, closing = ThreadPoolExecutor(1, "aside"), threading.Event()
    last = idle
    try:
        while True:
            taken = worker.submit(_step, steps, closing)
            while not waited((taken,), WAIT).done:
                yield last
            event, over = taken.result()
            if over is not None:
                return over[0]
            if isinstance(event, type(idle)):
                last = event  # type: ignore[assignment]
            yield event  # type: ignore[misc]
            del event, taken  # room for the next step
    finally:
        closing.set()
        # a generator can be closed by the thread alone that is in it
        waited((worker.submit(steps.close),), GRACE)
        worker.shutdown(wait=False)


def beside(call: Callable[[], Result], idle: Event) -> Generator[Event, None, Result]:
    """What one long call gives, made beside the lane as :func:`aside` does; ``idle`` is told meanwhile."""
    return aside(_called(call), idle)


def _called(call: Callable[[], Result]) -> Generator[Any, None, Result]:
    return call()
    yield  # a generator without events


def _step(
    steps: Generator[Event, None, Result], closing: threading.Event
) -> tuple[Event | None, tuple[Result] | None]:
    """(event, None), or (None, the result alone) at the end."""
    try:
        with heard(closing.is_set):
            return next(steps), None
    except StopIteration as end:
        return None, (end.value,)
