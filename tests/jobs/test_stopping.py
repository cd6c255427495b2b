"""A call in the midst of a step hears that nobody waits for it any more, and what it left behind does no harm."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from studio.jobs.aside import beside
from studio.jobs.job import JobState
from studio.jobs.lane import Lane
from studio.jobs.stopping import LEFT, apart
from studio.raster.stopping import Stopped, heard, heed
from studio.raster.strips import side_by_side

FOREVER = 20.0


class Slow:
    """A call that lasts until it is let go, and says when it has begun."""

    def __init__(self) -> None:
        self.begun, self.go, self.over = threading.Event(), threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        self.go.wait(FOREVER)
        self.over.set()
        return "made"


@pytest.fixture
def slow() -> Iterator[Slow]:
    call = Slow()
    yield call
    call.go.set()
    assert not call.begun.is_set() or call.over.wait(FOREVER)


def test_without_a_lane_the_call_is_just_made() -> None:
    assert apart(threading.get_ident) == threading.get_ident()


def test_what_the_call_gives_or_raises_arrives() -> None:
    def broken() -> None:
        raise MemoryError

    with heard(lambda: False):
        assert apart(lambda: 3) == 3
        assert apart(threading.get_ident) != threading.get_ident()
        with pytest.raises(MemoryError):
            apart(broken)


def test_a_cancelled_job_ends_in_the_midst_of_its_step(slow: Slow) -> None:
    lane, told, ended = Lane(), [], []

    def work() -> Iterator[str]:
        try:
            yield apart(slow)
        finally:
            ended.append("closed")

    job = lane.submit(work, on_event=told.append)
    thread = threading.Thread(target=lane.drain)
    thread.start()
    assert slow.begun.wait(FOREVER)
    job.cancel()
    thread.join(FOREVER)
    assert not thread.is_alive() and not slow.over.is_set(), "the lane is free while the call runs on"
    assert job.state is JobState.cancelled and ended == ["closed"] and not told


def test_a_newer_job_of_the_same_key_takes_over_when_the_patience_is_at_its_end(slow: Slow) -> None:
    lane, told = Lane(), []

    def first() -> Iterator[str]:
        yield apart(slow)

    def second() -> Iterator[str]:
        yield apart(lambda: "newer")

    lane.submit(first, replace="view", on_event=told.append)
    thread = threading.Thread(target=lane.drain)
    thread.start()
    assert slow.begun.wait(FOREVER)
    lane.submit(second, replace="view", patience=0.0, on_event=told.append)
    thread.join(FOREVER)
    assert not thread.is_alive() and told[0] == "newer" and not slow.over.is_set()


def test_without_patience_a_running_job_goes_on_to_its_end(slow: Slow) -> None:
    lane, told = Lane(), []
    lane.submit(lambda: iter([apart(slow)]), replace="view", on_event=told.append)
    thread = threading.Thread(target=lane.drain)
    thread.start()
    assert slow.begun.wait(FOREVER)
    lane.submit(lambda: iter(["newer"]), replace="view", on_event=told.append)
    slow.go.set()
    thread.join(FOREVER)
    assert "made" in told


def test_only_few_calls_run_on_unseen() -> None:
    calls = [Slow() for _ in range(LEFT + 1)]
    stop = threading.Event()
    stop.set()
    for call in calls[:LEFT]:
        with heard(stop.is_set), pytest.raises(Stopped):
            apart(call)
    result: list[object] = []

    def last() -> None:
        with heard(stop.is_set):
            try:
                result.append(apart(calls[LEFT]))
            except Stopped:
                result.append(Stopped)

    thread = threading.Thread(target=last)
    thread.start()
    assert calls[LEFT].begun.wait(FOREVER) and not result
    calls[0].go.set()
    thread.join(FOREVER)
    assert result == [Stopped], "it stops as soon as one of the others has ended"
    for call in calls:
        call.go.set()
        assert call.over.wait(FOREVER)


class Heeding:
    """Work that never ends by itself, and asks before each of its parts."""

    def __init__(self) -> None:
        self.begun, self.over = threading.Event(), threading.Event()

    def __call__(self) -> None:
        try:
            while True:
                heed()
                self.begun.set()
        finally:
            self.over.set()


def test_a_call_that_was_left_ends_where_it_next_heeds_the_stop() -> None:
    work = Heeding()
    with heard(work.begun.is_set), pytest.raises(Stopped):
        apart(work)
    assert work.over.wait(FOREVER)


def test_a_long_step_beside_the_lane_ends_where_it_next_heeds_the_close() -> None:
    work = Heeding()
    steps = beside(work, None)
    next(steps)
    assert work.begun.wait(FOREVER) and not work.over.is_set()
    steps.close()
    assert work.over.wait(FOREVER)


def test_the_parts_of_a_picture_are_not_begun_after_a_stop() -> None:
    done: list[int] = []
    with heard(lambda: len(done) >= 2), pytest.raises(Stopped):
        side_by_side(done.append, range(1000))
    assert 2 <= len(done) < 1000
