"""Lesson zero: digits are drawn once, and each of the three tasks is ticked when it was done on the real training, not before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio import paths
from studio.messages.events import Checkpoint, Event, Failed, Finished, Inside, Insides, Progress, Sample
from studio.messages.pixels import Pixels
from studio.messages.requests import LookInside, MakeSet, Train
from studio.workspace.lesson_zero import LISTED, LessonZero
from tests.ui import fakes
from tests.workspace.conftest import Bench


def waiting(bench: Bench, kind: type) -> tuple[int, Any, Callable[[Event], None]]:
    """The newest request of a kind with the way its events go."""
    return next(one for one in reversed(bench.engine._waiting) if isinstance(one[1], kind))


@pytest.fixture
def lesson(bench: Bench) -> LessonZero:
    folder = paths.data() / "lessons" / "digits"
    folder.mkdir(parents=True)
    (folder / LISTED).touch()
    bench.studio.lesson_zero.begin()
    return bench.studio.lesson_zero


def learning(bench: Bench, data: str):
    """A run of the Training panel that has begun; returns the way of its events."""
    bench.studio.training.start("digits-gan", data, checkpoint_every=200)
    _, request, tell = waiting(bench, Train)
    assert request.checkpoint_every == 200
    return tell


def test_the_digits_are_drawn_once_and_whole_or_not_at_all(bench: Bench) -> None:
    lesson, folder = bench.studio.lesson_zero, paths.data() / "lessons" / "digits"
    lesson.begin()
    job, request, tell = waiting(bench, MakeSet)
    assert request.rule == "digits" and Path(request.folder) != folder and lesson.state.making
    lesson.begin()
    assert waiting(bench, MakeSet)[0] == job, "not twice at a time"
    Path(request.folder).mkdir(parents=True)
    tell(Failed(job=job, kind="disk_full", message="The disk is full."))
    assert lesson.state.problem and not lesson.state.folder
    Path(request.folder).rmdir()
    tell(Finished(seconds=1.0))
    assert "data folder" in lesson.state.problem, "nothing is there to be laid"
    lesson.begin()
    _, _, tell = waiting(bench, MakeSet)
    Path(request.folder).mkdir(parents=True)
    Path(request.folder, LISTED).touch()
    tell(Progress(done=1, total=2))
    tell(Finished(seconds=1.0))
    assert lesson.state.folder == str(folder) and (folder / LISTED).exists()
    assert not bench.studio.jobs.lines


def test_each_task_is_ticked_when_it_was_done(bench: Bench, lesson: LessonZero) -> None:
    assert lesson.state.done == frozenset()
    tell = learning(bench, lesson.state.folder)
    assert lesson.state.done == {"learn"}
    for step in (50, 100):
        tell(Progress(done=step, total=400, values={"discriminator": 1.0, "generator": 2.0, "margin": 0.1}))
        tell(Sample(step=step, pixels=Pixels.of(np.zeros((8, 8, 3), np.uint8))))
    assert lesson.state.curves == {
        "discriminator": ((50, 1.0), (100, 1.0)),
        "generator": ((50, 2.0), (100, 2.0)),
    }
    bench.studio.training.show_moment(100)
    assert "scrub" not in lesson.state.done, "the newest moment is where one is anyway"
    bench.studio.training.show_moment(50)
    assert lesson.state.done == {"learn", "scrub"}
    run = Path(lesson.state.run, "checkpoints", "step-00000100.safetensors")
    own = fakes.model("digits-gan", path=str(run), digest="d" * 64, embedded=False)
    bench.studio.generating.set_models((fakes.model(), own))
    bench.studio.new_picture(64, 64)
    bench.studio.generating.choose_model("shanshui-gan")
    bench.studio.generating.generate()
    bench.engine.answer()
    assert "draw" not in lesson.state.done, "landscapes are no digits"
    bench.studio.new_picture(64, 64)
    bench.studio.generating.choose_model("digits-gan", "d" * 64)
    bench.studio.generating.generate()
    bench.engine.answer()
    assert "draw" in lesson.state.done


def test_a_run_on_other_pictures_is_not_the_lesson(bench: Bench, lesson: LessonZero, tmp_path: Path) -> None:
    tell = learning(bench, str(tmp_path))
    tell(Progress(done=5, total=10, values={"generator": 1.0}))
    assert lesson.state.done == frozenset() and not lesson.state.curves and not lesson.state.run


def test_the_networks_are_looked_into_at_each_checkpoint(bench: Bench, lesson: LessonZero) -> None:
    tell = learning(bench, lesson.state.folder)
    tell(Checkpoint(step=200, path="/run/step-00000200.safetensors", pictures_seen=1))
    _, asked, answer = waiting(bench, LookInside)
    assert asked.model == "/run/step-00000200.safetensors"
    pixels = Pixels.of(np.zeros((4, 4, 3), np.uint8))
    told = Insides(
        model=asked.model, picture=pixels, layers=(Inside(network="generator", layer="dense-1", maps=pixels),)
    )
    answer(told)
    assert lesson.state.inside == told
    count = sum(isinstance(one, LookInside) for one in bench.engine.requests)
    tell(Progress(done=201, total=400, values={"generator": 1.0}))
    assert sum(isinstance(one, LookInside) for one in bench.engine.requests) == count, "once for each"
    answer(Failed(kind="model_missing", message="gone"))
    assert lesson.state.inside == told and not bench.sentences("error")


def test_a_run_that_goes_back_has_one_curve(bench: Bench, lesson: LessonZero) -> None:
    tell = learning(bench, lesson.state.folder)
    for step in (1, 2, 3, 2):
        tell(Progress(done=step, total=9, values={"error": float(step)}))
    assert lesson.state.curves["error"] == ((1, 1.0), (2, 2.0))
    lesson.choose("dense-vae")
    assert lesson.state.recipe == "dense-vae" and lesson.state.curves
