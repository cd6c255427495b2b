"""Judging by eye: the interval of a vote, sides nobody can guess, the lesson, measurements found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.stats import binomtest

from studio.messages.events import ClassesLearnt, Classified, Failed, Finished, Progress
from studio.messages.requests import Classify, Generate, LearnClasses
from studio.workspace import judging
from studio.workspace.judging import BlindVote
from studio.workspace.measured_files import measured_files
from tests.ui import fakes
from tests.workspace.conftest import Bench


@pytest.mark.parametrize(("won", "count"), [(0, 5), (14, 20), (20, 20), (51, 100)])
def test_the_interval_is_wilsons(won: int, count: int):
    expected = binomtest(won, count).proportion_ci(0.95, method="wilson")
    found = judging.share_of(won, count)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_nothing_is_known_without_votes():
    assert judging.share_of(0, 0)[1:] == (0.0, 1.0, 0)


def test_a_difference_is_of_colour_alone():
    one = np.full((2, 2, 4), 200, np.uint8)
    other = np.full((2, 2, 3), 190, np.uint8)
    apart, mean = judging.difference(one, other)
    assert apart.shape == (2, 2, 3) and mean == 10.0


def test_a_vote_draws_its_sides_and_counts_for_whose_picture_it_was(bench: Bench):
    bench.engine.at_once = False
    models = bench.studio.generating.models[0], fakes.model("mine", digest="1" * 64)
    vote = BlindVote(bench.studio)
    vote.begin(*models, count=40, seed=3)
    first, second = bench.engine.requests[-2:]
    assert isinstance(first, Generate) and isinstance(second, Generate)
    assert first.seeds == second.seeds == tuple(range(3, 43)), "pairs are of one seed"
    assert vote.pair() is None
    bench.engine.answer()
    made = vote._made
    for index in made[0]:  # whose pictures they are can be told by their first number
        made[0][index], made[1][index] = np.zeros((1, 1, 3), np.uint8), np.ones((1, 1, 3), np.uint8)
    swapped = 0
    while (pair := vote.pair()) is not None:
        swapped += int(pair[0][0, 0, 0])
        number = len(vote.answers)
        vote.vote("none" if number < 4 else "left" if pair[0][0, 0, 0] == 0 else "right")
    assert 10 < swapped < 30, "neither model keeps a side"
    assert vote.over and vote.result().value == 1.0 and vote.result().count == 36
    vote.vote("left")
    assert len(vote.answers) == 40, "the end is the end"


def test_both_of_a_pair_are_shown_at_one_size(bench: Bench):
    models = bench.studio.generating.models[0], fakes.model("mine", digest="1" * 64)
    vote = BlindVote(bench.studio)
    vote.begin(*models, count=1, seed=3)
    small, large = np.full((8, 8, 3), 90, np.uint8), np.full((32, 32, 4), 200, np.uint8)
    vote._made[0][0], vote._made[1][0] = small, large
    pair = vote.pair()
    assert pair is not None and {one.shape[:2] for one in pair} == {(32, 32)}, "pixels tell whose it is"
    assert {int(one[5, 5, 0]) for one in pair} == {90, 200}


def test_a_vote_that_is_left_is_ended(bench: Bench):
    bench.engine.at_once = False
    models = bench.studio.generating.models[0], fakes.model("mine", digest="1" * 64)
    vote = BlindVote(bench.studio)
    vote.begin(*models, count=5, seed=3)
    vote.stop()
    assert len(bench.engine.cancelled) == 2


def test_the_lesson_is_taught_looked_at_and_stopped(bench: Bench):
    bench.engine.at_once = False
    lesson = bench.studio.lesson
    lesson.teach("/pictures/shapes", 30)
    ((job, request, on_event),) = bench.engine._waiting
    assert isinstance(request, LearnClasses) and request.out.endswith("shapes.safetensors")
    on_event(Progress(job=job, done=3, total=9, text="getting ready"))
    assert not lesson.state.curve
    on_event(Progress(job=job, done=1, total=30, values={"loss": 0.7, "right": 0.5}))
    on_event(Progress(job=job, done=2, total=30, values={"loss": 0.6, "right": 0.75}))
    assert lesson.state.curve == ((1, 0.7), (2, 0.6)) and lesson.state.step == 2
    lesson.teach("/pictures/other", 30)
    assert len(bench.engine.requests) == 1, "one at a time"
    learnt = ClassesLearnt(job=job, path=request.out, classes=("a", "b"), pictures=9, held_out=0, right=-1.0)
    on_event(learnt)
    on_event(Finished(job=job))
    assert not lesson.state.running and not bench.studio.jobs.lines
    lesson.look("/a.png")
    job, request, on_event = bench.engine._waiting[-1]
    assert isinstance(request, Classify) and request.maps
    on_event(Classified(job=job, file="/a.png", shares={"a": 1.0}))
    assert lesson.state.seen is not None
    on_event(
        Failed(job=job, kind="bad_request", message="“/a.png” cannot be read as a picture; leave it out.")
    )
    assert "cannot be read" in lesson.state.problem and lesson.state.learnt == learnt


def test_measurements_of_runs_are_found_and_broken_ones_left_out(tmp_path: Path):
    folder = tmp_path / "ink" / "evaluation"
    folder.mkdir(parents=True)
    (folder / "step-00000005.json").write_text('{"name": "ink", "step": 5, "pictures": 8, "real": 9}')
    (folder / "broken.json").write_text("{")
    work, found = measured_files(tmp_path), None
    while found is None:
        try:
            next(work)
        except StopIteration as end:
            found = end.value
    ((path, run, measurement),) = found
    assert (run, measurement.step) == ("ink", 5) and path.endswith("05.json")


def test_measuring_takes_the_weights_that_were_chosen(bench: Bench):
    training = bench.studio.training
    training.start("shanshui-gan", name="lake")
    bench.engine.answer()
    assert training.state is not None
    training.state = replace(training.state, running=False)
    bench.studio.change_settings(inception="/weights.pth")
    training.measure()
    assert bench.engine.requests[-1].inception == "/weights.pth"  # type: ignore[attr-defined]
