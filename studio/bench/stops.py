"""A job that is stopped, as the studio stops it, and how long that takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

from studio.jobs.job import JobFailed
from studio.jobs.lane import Lane

Work = Callable[[], Iterator[object]]


class Stop(msgspec.Struct, frozen=True):
    """In milliseconds: ``waited`` until the lane is free, ``worked`` of the processor meanwhile, all threads together, and
    ``left`` until what was left of a step has ended, too, of which nothing is seen."""

    waited: float
    worked: float
    left: float


class _Now(NamedTuple):
    clock: float
    processor: float


def stopped(work: Work, seconds: float, *, looks: bool = True) -> Stop:
    """Of a job stopped after so many seconds, or half way where it ends before. Raises what the job raises.

    ``looks``: the longest time between two looks of the lane whether it is to stop is added, since the stop could have come at
    its beginning.
    """
    found, took = _stopped(work, seconds, looks)
    if took is None:
        return found
    again, _ = _stopped(work, took / 2, looks)
    return max(found, again, key=lambda one: one.waited)


def _stopped(work: Work, seconds: float, looks: bool) -> tuple[Stop, float | None]:
    """(the stop, how many seconds the job took that ended before)."""
    lane, moments, failures = Lane(), [_now()], []

    def told(event: object) -> None:
        moments.append(_now())
        if isinstance(event, JobFailed):
            failures.append(event)

    before = set(threading.enumerate())
    job = lane.submit(work, on_event=told)
    thread = threading.Thread(target=lane.drain)
    thread.start()
    thread.join(seconds)
    took = moments[-1].clock - moments[0].clock if job.over else None
    asked = _now()
    looked = [*moments, asked] if took is None else list(moments)
    job.cancel()
    thread.join()
    free = _now()
    for other in set(threading.enumerate()) - before:
        other.join()
    left = time.perf_counter() - asked.clock
    if failures:
        raise failures[0].error
    longest = max(_since(*pair) for pair in pairwise(looked)) if looks else _Now(0, 0)
    end = _since(asked, free)
    waited, worked = longest.clock + end.clock, longest.processor + end.processor
    return Stop(1000 * waited, 1000 * worked, 1000 * left), took


def _now() -> _Now:
    return _Now(time.perf_counter(), time.process_time())


def _since(one: _Now, other: _Now) -> _Now:
    return _Now(other.clock - one.clock, other.processor - one.processor)
