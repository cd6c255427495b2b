"""One long call in the midst of a job's step, such as a filter over one tile: a stop is heard all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as waited
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")

LOOK = 0.02
"""Seconds between two looks whether the call is still wanted."""
LEFT = 2
"""Calls that may run on unseen after a stop; a stop beyond them waits until one has ended."""


class Stopped(BaseException):
    """Nobody waits for this step any more. No ``Exception``: who catches what went wrong does not catch this."""


class _Here(threading.local):
    stop: Callable[[], bool] | None = None


_here = _Here()
_places = threading.Semaphore(LEFT)


@contextmanager
def heard(stop: Callable[[], bool]) -> Iterator[None]:
    """Inside, :func:`apart` in this thread ends as soon as ``stop`` says so."""
    before, _here.stop = _here.stop, stop
    try:
        yield
    finally:
        _here.stop = before


def apart(call: Callable[[], Result]) -> Result:
    """What ``call`` gives or raises. Where a stop can be heard, a thread of its own computes it: Stopped is raised here at a
    stop, and the call ends unseen. So it must touch nothing that others change.
    """
    stop = _here.stop
    if stop is None:
        return call()
    worker = ThreadPoolExecutor(1, "apart")
    future = worker.submit(call)
    worker.shutdown(wait=False)
    while not waited((future,), LOOK).done:
        if stop() and _places.acquire(blocking=False):
            future.add_done_callback(lambda _: _places.release())
            raise Stopped
    return future.result()
