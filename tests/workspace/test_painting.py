"""Strokes: where they land, one undo step each, and nothing at all when cancelled."""

from __future__ import annotations

import numpy as np

from studio.document import edits
from studio.document.layer import Generated, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def test_a_stroke_is_one_step_and_undo_takes_it_back(bench: Bench) -> None:
    bench.studio.new_picture(128, 96)
    before = flat(bench)
    bench.stroke()
    assert bench.labels() == ["New picture", "Paint"]
    assert np.abs(flat(bench) - before).max() > 0.3
    bench.studio.undo()
    assert np.array_equal(flat(bench), before)
    bench.studio.redo()
    assert np.abs(flat(bench) - before).max() > 0.3


def test_escape_leaves_everything_as_it_was(bench: Bench) -> None:
    picture = bench.studio.new_picture(128, 96)
    artwork = picture.document.artwork
    gesture = bench.studio.painting.begin(picture, Pointer(20, 20))
    assert gesture is not None
    gesture.send(Pointer(60, 40, t=0.1))
    assert picture.document.artwork is not artwork
    gesture.cancel()
    assert picture.document.artwork is artwork and not picture.document.gesture_open
    assert bench.labels() == ["New picture"]


def test_a_locked_layer_refuses_with_a_sentence(bench: Bench) -> None:
    picture = bench.studio.new_picture(128, 96)
    assert picture.document.artwork.active is not None
    bench.studio.layers.set_lock(picture.document.artwork.active, all=True)
    assert bench.studio.painting.begin(picture, Pointer(20, 20)) is None
    assert not picture.document.gesture_open
    assert len(bench.sentences("info")) == 1


def test_the_selection_holds_the_stroke(bench: Bench) -> None:
    picture = bench.studio.new_picture(128, 96)
    left_half = np.zeros((96, 128), np.float16)
    left_half[:, :40] = 1
    artwork = edits.set_selection(picture.document.artwork, Mask.from_pixels(left_half))
    picture.document.commit("Select", artwork)
    before = flat(bench)
    bench.studio.painting.choose_tool("eraser")
    bench.stroke()
    changed = np.abs(flat(bench) - before).max(axis=(0, 2))
    assert changed[20:40].max() > 0.1 and changed[40:].max() == 0
    assert picture.document.history[-1].label == "Erase"


def test_the_selection_holds_the_eraser_on_an_enlarged_generated_layer(bench: Bench) -> None:
    picture = bench.studio.new_picture(256, 192)
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    layer = picture.document.artwork.active_layer
    assert isinstance(layer, Generated) and layer.transform[0] > 1
    document = picture.document
    left = edits.rectangle_selection(Rect(0, 0, 100, 192))
    document.commit("Select", edits.set_selection(document.artwork, left))
    before = flat(bench)
    bench.studio.painting.choose_tool("eraser")
    bench.stroke(40, 90, 160)
    changed = np.abs(flat(bench) - before).max(axis=2) > 0.02
    assert changed[:, :96].any(), "erased inside"
    assert not changed[:, 108:].any(), "and not outside"


def test_strokes_land_on_the_new_layer_and_nowhere_else(bench: Bench) -> None:
    picture = bench.studio.new_picture(128, 96)
    paper = picture.document.artwork.layers[0]
    bench.studio.layers.add_paint()
    bench.stroke()
    art = picture.document.artwork
    assert art.layers[0] is paper
    assert isinstance(art.layers[1], Paint) and art.layers[1].surface.tiles
    bench.studio.layers.set_opacity(0.6)
    bench.studio.layers.set_mode("multiply")
    assert (bench.active.mode, bench.active.opacity) == ("multiply", 0.6)
    bench.studio.layers.remove()
    assert [layer.id for layer in picture.document.artwork.layers] == [paper.id]


def test_undo_waits_for_the_pen(bench: Bench) -> None:
    picture = bench.studio.new_picture(128, 96)
    bench.stroke()
    gesture = bench.studio.painting.begin(picture, Pointer(20, 60))
    assert gesture is not None
    bench.studio.undo()
    assert picture.document.cursor == 1
    gesture.finish()
    assert picture.document.cursor == 2
