"""A stop that is heard in the midst of a long computation: who computes asks, between small parts, whether it is still wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Stop = Callable[[], bool]
"""Whether nobody waits for the result any more; asked from any thread."""


class Stopped(BaseException):
    """Nobody waits for this any more. No ``Exception``: who catches what went wrong does not catch this."""


class _Here(threading.local):
    stop: Stop | None = None


_here = _Here()


def stop_here() -> Stop | None:
    """What this thread listens to."""
    return _here.stop


@contextmanager
def heard(stop: Stop | None) -> Iterator[None]:
    """Inside, :func:`heed` in this thread asks ``stop``; with None nothing is asked."""
    before, _here.stop = _here.stop, stop
    try:
        yield
    finally:
        _here.stop = before


def heed() -> None:
    """Raises Stopped where nobody waits any more. To be called between parts that take some milliseconds each."""
    stop = _here.stop
    if stop is not None and stop():
        raise Stopped
