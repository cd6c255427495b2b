"""A stroke whose rest is too much for the moment at which the pen is lifted: the lane lays it, and nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from studio.document.layer import Paint
from studio.raster import stroke as strokes
from studio.raster.geometry import Rect
from studio.workspace.tools import Pointer, ending
from tests.workspace.conftest import Bench

SIDE = 700
WHOLE = Rect(0, 0, SIDE, SIDE)


@pytest.fixture
def slow(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A machine on which next to nothing is computed while the pen moves."""
    lay = strokes.Stroke.lay
    monkeypatch.setattr(
        strokes.Stroke, "lay", lambda self, seconds=None: lay(self, None if seconds is None else 0.0)
    )
    monkeypatch.setattr(ending, "LITTLE", 1000)
    picture = bench.studio.new_picture(SIDE, SIDE)
    painting = bench.studio.painting
    painting.choose_tool("brush")
    painting.set_colour((0.9, 0.1, 0.2))
    painting.change_brush(size=200.0, hardness=0.5, dynamics=())
    ink(bench)
    bench.settle()
    painting.set_colour((0.1, 0.3, 0.9))
    painting.change_brush(size=240.0, smudge=0.6, wetness=0.5)
    assert len(picture.document.history) == 2
    return bench


def ink(bench: Bench, y: float = 300.0, count: int = 12) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(150, y))
    assert gesture is not None
    for index in range(1, count):
        gesture.send(Pointer(150 + 30 * index, y + 5 * index, t=index / 100))
    gesture.finish()


def steps(bench: Bench) -> int:
    return bench.picture.document.cursor


def seen(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.compose(bench.picture.document.artwork, WHOLE)


def whole(bench: Bench, monkeypatch: pytest.MonkeyPatch, draw: Callable[[Bench], None] = ink) -> np.ndarray:
    """What the stroke is where all of it is laid at once; it is undone again."""
    with monkeypatch.context() as patch:
        patch.setattr(ending, "LITTLE", 1 << 40)
        before = steps(bench)
        draw(bench)
        result = seen(bench)
        while steps(bench) > before:
            bench.studio.undo()
    return result


def test_the_rest_comes_later_and_is_the_same_one_step(slow: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, before = whole(slow, monkeypatch), seen(slow)
    ink(slow)
    assert slow.studio.painting.ending.pends and slow.labels()[-1] == "Paint"
    assert not np.array_equal(seen(slow), wanted), "the pen's end does not wait for it"
    assert slow.studio.render_lane.drain(3) == 3 and slow.studio.painting.ending.pends, "in steps"
    slow.settle()
    assert not slow.studio.painting.ending.pends and steps(slow) == 2
    assert np.array_equal(seen(slow), wanted)
    slow.studio.undo()
    assert np.array_equal(seen(slow), before)


def test_undo_at_once_takes_the_whole_stroke_back_and_redo_brings_it(
    slow: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, before = whole(slow, monkeypatch), seen(slow)
    ink(slow)
    slow.studio.undo()
    slow.settle()
    assert np.array_equal(seen(slow), before) and steps(slow) == 1
    slow.studio.redo()
    assert np.array_equal(seen(slow), wanted)


def test_a_command_finds_the_whole_stroke(slow: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = whole(slow, monkeypatch)
    ink(slow)
    layer = slow.active
    slow.studio.layers.duplicate()
    assert not slow.studio.painting.ending.pends
    assert slow.labels()[-2] == "Paint" and slow.active.id != layer.id
    slow.settle()
    assert steps(slow) == 3
    slow.studio.undo()
    assert np.array_equal(seen(slow), wanted)


def test_what_is_saved_waits_for_the_stroke_and_the_window_for_nothing(
    slow: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = whole(slow, monkeypatch)
    ink(slow)
    path = str(tmp_path / "stroke.danqing")
    slow.studio.filing.save(slow.picture, path)
    assert slow.studio.painting.ending.pends and not writes(slow), "the lane lays it"
    slow.settle()
    assert np.array_equal(seen(slow), wanted) and not slow.picture.document.modified
    slow.studio.close(slow.picture)
    slow.studio.open(path)
    slow.settle()
    assert np.array_equal(seen(slow), wanted)


@pytest.mark.parametrize("one_layer", [False, True])
def test_what_is_exported_waits_for_it_too(slow: Bench, tmp_path: Path, one_layer: bool) -> None:
    def export(name: str) -> bytes:
        path, filing = tmp_path / name, slow.studio.filing
        if one_layer:
            filing.export_layer(slow.picture, slow.active.id, str(path))
        else:
            filing.export(slow.picture, str(path))
        assert slow.studio.painting.ending.pends != writes(slow), "the lane lays the stroke first"
        slow.settle()
        return path.read_bytes()

    before = export("before.png")
    ink(slow)
    at_once = export("at once.png")
    assert at_once == export("later.png") != before


def writes(bench: Bench) -> bool:
    return bool({"save", "export"} & {job.label for job in bench.studio.files_lane.jobs})


def test_a_picture_that_is_closed_before_it_is_saved_is_saved_whole(
    slow: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = whole(slow, monkeypatch)
    ink(slow)
    path = tmp_path / "stroke.danqing"
    slow.studio.filing.save(slow.picture, str(path))
    slow.studio.close(slow.picture)
    slow.settle()
    slow.studio.open(str(path))
    slow.settle()
    assert np.array_equal(seen(slow), wanted)


def test_a_stroke_that_begins_meanwhile_misses_nothing(slow: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def both(bench: Bench) -> None:
        ink(bench)
        ink(bench, y=420.0)

    wanted = whole(slow, monkeypatch, both)
    ink(slow)
    gesture = slow.studio.painting.begin(slow.picture, Pointer(150, 420.0))
    assert gesture is not None
    for index in range(1, 12):
        gesture.send(Pointer(150 + 30 * index, 420.0 + 5 * index, t=index / 100))
        if index == 6:
            assert slow.studio.painting.ending.pends
            slow.settle()
            assert steps(slow) == 2, "the one before is a step now"
    gesture.finish()
    slow.settle()
    assert steps(slow) == 3
    assert np.abs(seen(slow) - wanted).max() < 2e-3  # samples that came together are rounded otherwise
    slow.studio.undo()
    slow.studio.undo()
    ink(slow)
    ink(slow, y=420.0)  # lifted before the first one is done
    slow.settle()
    assert steps(slow) == 3 and np.abs(seen(slow) - wanted).max() < 2e-3


def test_where_a_stroke_that_waited_cannot_begin_it_is_said(slow: Bench) -> None:
    ink(slow)
    gesture = slow.studio.painting.begin(slow.picture, Pointer(150, 420.0))
    assert gesture is not None
    layer = slow.active
    assert isinstance(layer, Paint)
    slow.studio.layers.set_visible(layer.id, False)
    gesture.send(Pointer(160, 420.0))
    assert any("hidden" in sentence for sentence in slow.sentences("warn", "info", "error"))
    gesture.finish()
    slow.settle()
    assert not slow.picture.document.gesture_open and slow.labels()[2] == "Paint"


def test_the_lane_works_behind_the_pen_and_the_stroke_is_the_same(
    slow: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, before = whole(slow, monkeypatch), seen(slow)
    monkeypatch.setattr(ending, "LITTLE", 60_000)
    lane = slow.studio.render_lane
    gesture = slow.studio.painting.begin(slow.picture, Pointer(150, 300.0))
    assert gesture is not None
    for index in range(1, 12):
        gesture.send(Pointer(150 + 30 * index, 300.0 + 5 * index, t=index / 100))
    assert [job.label for job in lane.jobs] == ["behind the brush"]
    lane.drain()
    shown = seen(slow)
    assert not np.array_equal(shown, before), "it is seen while the pen is still down"
    gesture.finish()
    slow.settle()
    assert np.array_equal(seen(slow), wanted) and steps(slow) == 2
    assert np.abs(shown - wanted).mean() < 0.25 * np.abs(before - wanted).mean(), "little is left"


def test_a_stroke_that_is_given_up_leaves_nothing_behind(slow: Bench) -> None:
    before = seen(slow)
    lane = slow.studio.render_lane
    gesture = slow.studio.painting.begin(slow.picture, Pointer(150, 300.0))
    assert gesture is not None
    for index in range(1, 12):
        gesture.send(Pointer(150 + 30 * index, 300.0 + 5 * index, t=index / 100))
    lane.drain(2)
    gesture.cancel()
    slow.settle()
    assert np.array_equal(seen(slow), before) and not lane.jobs and steps(slow) == 1
