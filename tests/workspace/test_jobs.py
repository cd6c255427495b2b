"""The lines of what runs: how much is done, and how long it will take."""

from __future__ import annotations

import pytest

from studio.workspace import jobs
from studio.workspace.jobs import Jobs


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: now[0])
    return now


def test_the_time_left_follows_from_what_was_done(clock: list[float]) -> None:
    lines = Jobs()
    number = lines.begin("Saving {file}", {"file": "a"})
    assert lines.lines[0].part is None and lines.lines[0].seconds_left < 0
    clock[0] += 0.1
    lines.progress(number, 10, 100)
    assert lines.lines[0].part == 0.1 and lines.lines[0].seconds_left < 0, "too early to judge"
    clock[0] += 1.9
    lines.progress(number, 25, 100)
    assert lines.lines[0].seconds_left == pytest.approx(6.0)
    lines.progress(number, 50, 100, 1.5)
    assert lines.lines[0].seconds_left == 1.5, "the job knows better"


def test_a_job_waits_for_those_before_it_in_its_queue(clock: list[float]) -> None:
    lines = Jobs()
    first, other = lines.begin("Measuring", queue="model"), lines.begin("Saving {file}")
    second, third = (lines.begin(name, queue="model") for name in ("Training", "Teaching"))
    assert lines.ahead_of(first) is None and lines.ahead_of(other) is None
    for number in (second, third):
        ahead = lines.ahead_of(number)
        assert ahead is not None and ahead.id == first, "what is worked on now"
    clock[0] += 100
    lines.end(first)
    ahead = lines.ahead_of(third)
    assert lines.ahead_of(second) is None and ahead is not None and ahead.id == second
    lines.progress(second, 0, 10)
    clock[0] += 4
    lines.progress(second, 5, 10)
    assert lines.lines[1].seconds_left == pytest.approx(4), "waiting is no part of what it takes"
    lines.progress(third, 1, 9)
    assert lines.ahead_of(third) is None, "it was heard of"


def test_nothing_done_is_nothing_known(clock: list[float]) -> None:
    lines = Jobs()
    number = lines.begin("Opening {file}", {"file": "a"})
    clock[0] += 5
    lines.progress(number, 0, 1000)
    assert lines.lines[0].part is None and lines.lines[0].seconds_left < 0
