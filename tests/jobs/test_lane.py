"""The lane: order, replacing, cancelling, pausing, failing — and threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from studio.jobs.job import JobFailed, JobFinished, JobState, Priority
from studio.jobs.lane import Lane


def count(name: str, steps: int, log: list[str]) -> Callable[[], Iterator[str]]:
    def work() -> Iterator[str]:
        try:
            for number in range(steps):
                log.append(f"{name}{number}")
                yield f"{name}{number}"
        finally:
            log.append(f"{name} closed")

    return work


def test_urgent_jobs_come_between_the_steps_of_others() -> None:
    lane, log = Lane(), []
    lane.submit(count("b", 2, log), priority=Priority.background)
    lane.step()
    lane.submit(count("n", 2, log), priority=Priority.normal)
    lane.step()
    lane.submit(count("l", 1, log), priority=Priority.live)
    lane.drain()
    assert log == ["b0", "n0", "l0", "l closed", "n1", "n closed", "b1", "b closed"]


def test_equal_priority_goes_by_age() -> None:
    lane, log = Lane(), []
    lane.submit(count("a", 2, log))
    lane.submit(count("b", 1, log))
    lane.drain()
    assert log == ["a0", "a1", "a closed", "b0", "b closed"]


def test_events_arrive_in_order_and_end_with_the_result() -> None:
    def work() -> Iterator[int]:
        yield 1
        yield 2
        return "done"

    lane, events = Lane(), []
    job = lane.submit(work, on_event=events.append)
    assert job.state is JobState.waiting
    assert lane.drain() == 3
    assert events == [1, 2, JobFinished("done")]
    assert job.state is JobState.finished
    assert lane.jobs == ()


def test_replace_drops_the_waiting_job_never_the_running_one() -> None:
    lane, log = Lane(), []
    first = lane.submit(count("first", 2, log), replace="explore")
    lane.step()
    second = lane.submit(count("second", 1, log), replace="explore")
    third = lane.submit(count("third", 1, log), replace="explore")
    other = lane.submit(count("other", 1, log), replace="else")
    assert (first.state, second.state, third.state) == (
        JobState.running,
        JobState.cancelled,
        JobState.waiting,
    )
    lane.drain()
    assert log == ["first0", "first1", "first closed", "third0", "third closed", "other0", "other closed"]
    assert other.state is JobState.finished


def test_a_more_urgent_job_of_the_same_key_waits_for_the_running_one() -> None:
    lane, log = Lane(), []
    lane.submit(count("slow", 2, log), replace="key", priority=Priority.background)
    lane.step()
    lane.submit(count("live", 1, log), replace="key", priority=Priority.live)
    lane.drain()
    assert log == ["slow0", "slow1", "slow closed", "live0", "live closed"]


def test_cancelling_a_running_job_closes_it_in_the_lane() -> None:
    lane, log, events = Lane(), [], []
    job = lane.submit(count("a", 9, log), on_event=events.append)
    lane.step()
    job.cancel()
    assert log == ["a0"]
    lane.drain()
    assert log == ["a0", "a closed"]
    assert events == ["a0"]
    assert job.state is JobState.cancelled


def test_cancelling_a_waiting_job_never_starts_it() -> None:
    lane, log = Lane(), []
    job = lane.submit(count("a", 1, log))
    job.cancel()
    assert not lane.has_work
    assert not lane.step()
    assert (log, job.state) == ([], JobState.cancelled)


def test_events_under_way_when_a_job_is_cancelled_are_dropped() -> None:
    queue: list[Callable[[], None]] = []
    lane, events = Lane(deliver=queue.append), []
    job = lane.submit(count("a", 3, []), on_event=events.append)
    lane.step()
    lane.step()
    queue.pop(0)()
    job.cancel()
    for call in queue:
        call()
    assert events == ["a0"]


def test_a_paused_job_lets_others_pass() -> None:
    lane, log = Lane(), []
    job = lane.submit(count("a", 2, log), priority=Priority.live)
    lane.step()
    lane.pause(job)
    assert (job.state, lane.has_work) == (JobState.paused, False)
    lane.submit(count("b", 1, log), priority=Priority.background)
    lane.drain()
    lane.resume(job)
    lane.drain()
    assert log == ["a0", "b0", "b closed", "a1", "a closed"]


def test_a_paused_job_can_be_cancelled() -> None:
    lane, log = Lane(), []
    job = lane.submit(count("a", 2, log))
    lane.step()
    lane.pause(job)
    job.cancel()
    lane.drain()
    assert log == ["a0", "a closed"]


def test_a_failing_job_ends_alone_with_its_details() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise ValueError("the picture is upside down")

    lane, events, log = Lane(), [], []
    job = lane.submit(work, on_event=events.append)
    lane.submit(count("b", 1, log))
    lane.drain()
    assert events[0] == 1
    assert isinstance(events[1], JobFailed)
    assert str(events[1].error) == "the picture is upside down"
    assert "in work" in events[1].details
    assert (job.state, log) == (JobState.failed, ["b0", "b closed"])


def test_work_that_cannot_start_fails() -> None:
    def work() -> Iterator[int]:
        raise OSError("no such file")

    lane, events = Lane(), []
    lane.submit(work, on_event=events.append)
    lane.drain()
    assert [type(event) for event in events] == [JobFailed]


def test_close_ends_every_generator_and_refuses_more() -> None:
    lane, log = Lane("files"), []
    lane.submit(count("a", 5, log))
    lane.step()
    lane.submit(count("b", 5, log))
    lane.close()
    lane.drain()
    assert log == ["a0", "a closed"]
    with pytest.raises(RuntimeError, match="files is closed"):
        lane.submit(count("c", 1, log))


def test_wake_is_called_when_there_may_be_work() -> None:
    lane, calls = Lane(), []
    lane.wake = lambda: calls.append(1)
    job = lane.submit(count("a", 2, []))
    lane.step()
    lane.pause(job)
    assert len(calls) == 1
    lane.resume(job)
    job.cancel()
    assert len(calls) == 3


def test_wait_returns_at_once_with_work_and_in_time_without() -> None:
    lane = Lane()
    assert not lane.wait(0.0)
    lane.submit(count("a", 1, []))
    assert lane.wait(None)
    lane.drain()
    lane.close()
    assert not lane.wait(None)


def test_submitting_and_cancelling_from_many_threads() -> None:
    lane, ended = Lane(), []
    lock = threading.Lock()

    def pump() -> None:
        while lane.wait() or not lane.closed:
            lane.step()

    def closes(name: int) -> Callable[[], Iterator[Any]]:
        def work() -> Iterator[int]:
            try:
                yield from range(3)
            finally:
                with lock:
                    ended.append((name, threading.current_thread() is lane_thread))

        return work

    def submit(first: int) -> None:
        for name in range(first, first + 100):
            job = lane.submit(closes(name), replace=str(name % 7) if name % 2 else None)
            if name % 5 == 0:
                job.cancel()

    lane_thread = threading.Thread(target=pump)
    lane_thread.start()
    others = [threading.Thread(target=submit, args=(first * 100,)) for first in range(4)]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    last = threading.Event()
    lane.submit(lambda: iter(()), priority=Priority.background, on_event=lambda event: last.set())
    assert last.wait(60)
    lane.close()
    lane_thread.join(60)
    assert not lane_thread.is_alive()
    names = [name for name, _ in ended]
    assert len(names) == len(set(names))
    assert all(in_lane for _, in_lane in ended)
    # those without a key and never cancelled all ran
    assert {name for name in range(400) if name % 2 == 0 and name % 5} <= set(names)
