"""One long call in the midst of a job's step, such as a filter over one tile: a stop is heard all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as waited
from typing import TypeVar

from studio.raster.stopping import Stopped, heard, stop_here

Result = TypeVar("Result")

LOOK = 0.02
"""Seconds between two looks whether the call is still wanted."""
LEFT = 2
"""Calls that may run on unseen after a stop; a stop beyond them waits until one has ended."""


_places = threading.Semaphore(LEFT)


def apart(call: Callable[[], Result]) -> Result:
    """What ``call`` gives or raises. Where a stop can be heard, a thread of its own computes it: Stopped is raised here at a
    stop, and the call ends unseen, at the latest where it next heeds a stop. So it must touch nothing that others change.
    """
    stop = stop_here()
    if stop is None:
        return call()
    left = threading.Event()

    def heeding() -> Result:
        with heard(left.is_set):
            return call()

    worker = ThreadPoolExecutor(1, "apart")
    future = worker.submit(heeding)
    worker.shutdown(wait=False)
    while not waited((future,), LOOK).done:
        if stop() and _places.acquire(blocking=False):
            future.add_done_callback(lambda _: _places.release())
            left.set()
            raise Stopped
    return future.result()
