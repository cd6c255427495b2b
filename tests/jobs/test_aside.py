"""Work driven beside the lane: same events, same result, stopped without waiting for a long step."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from studio.jobs.aside import aside, beside


def collected(steps: Generator[float, None, object]) -> tuple[list[float], object]:
    events = []
    while True:
        try:
            events.append(next(steps))
        except StopIteration as end:
            return events, end.value


def test_events_come_once_and_in_order_and_the_result_at_the_end() -> None:
    def work() -> Generator[float | str, None, str]:
        for number in range(20):
            yield number / 20
            yield f"seen {number}"
        return "done"

    events, result = collected(aside(work(), 0.0))  # type: ignore[arg-type]
    assert result == "done"
    assert [one for one in events if isinstance(one, str)] == [f"seen {number}" for number in range(20)]
    told = [one for one in events if isinstance(one, float)]
    assert told == sorted(told)
    assert set(told) == {0.0} | {number / 20 for number in range(20)}


def test_what_the_work_raises_is_raised() -> None:
    def work() -> Generator[float, None, None]:
        yield 0.5
        raise ValueError("no pixels")

    with pytest.raises(ValueError, match="no pixels"):
        collected(aside(work(), 0.0))


def test_a_stop_is_heard_in_the_middle_of_a_step_and_nothing_follows_it() -> None:
    go_on, ended = threading.Event(), threading.Event()
    begun = []

    def work() -> Generator[float, None, None]:
        try:
            begun.append(1)
            go_on.wait(30)
            yield 0.5
            begun.append(2)
            yield 1.0
        finally:
            ended.set()

    steps = aside(work(), 0.0)
    assert [next(steps) for _ in range(3)] == [0.0, 0.0, 0.0]
    steps.close()  # comes back although the step is not over
    assert not ended.is_set()
    go_on.set()
    assert ended.wait(30)
    assert begun == [1]


def test_one_call_is_made_beside() -> None:
    free = threading.Event()

    def call() -> str:
        free.wait(10)
        return "made"

    steps = beside(call, 0.25)
    assert next(steps) == 0.25
    free.set()
    assert collected(steps)[1] == "made"


def test_a_call_that_fails_is_told() -> None:
    def call() -> None:
        raise ValueError("no pixels")

    with pytest.raises(ValueError, match="no pixels"):
        collected(beside(call, 0.0))
