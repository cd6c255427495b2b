"""A picture that is placed in a selection shows inside it and nowhere else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Generated, Group
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from tests.workspace.conftest import Bench

WIDTH, HEIGHT = 320, 240


def disc() -> np.ndarray:
    """A round selection [HEIGHT, WIDTH], float16, of radius 60 about (200, 100)."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    return (np.hypot(x - 200, y - 100) < 60).astype(np.float16)


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def press(bench: Bench) -> Generated:
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    layer = bench.active
    assert isinstance(layer, Generated)
    return layer


def select(bench: Bench, selection: Mask) -> None:
    document = bench.picture.document
    document.commit("Select", edits.set_selection(document.artwork, selection))


def changed(bench: Bench, before: np.ndarray) -> np.ndarray:
    return np.abs(flat(bench) - before).max(axis=2) > 0.05


@pytest.mark.parametrize("group", [False, True])
def test_it_stays_in_the_selection(bench: Bench, group: bool) -> None:
    bench.studio.new_picture(WIDTH, HEIGHT)
    if group:
        moved = Group(name="Moved", transform=(1.5, 0.0, 0.0, 1.5, 40.0, -25.0))
        document = bench.picture.document
        document.commit("Group", edits.add_layer(document.artwork, moved))
    select(bench, Mask.from_pixels(disc()))
    assert bench.studio.generating.button().text == "Place in selection"
    assert bench.studio.generating.button().shown_pixels == 120, "what it covers, not the canvas"
    steps, before = bench.labels(), flat(bench)
    layer = press(bench)
    assert layer.mask is not None and len(layer.variants) == 4
    there = changed(bench, before)
    # the mask lies in the picture's own pixels, of which each is so large here
    apart = 2 * int(np.ceil(120 / layer.variants[0].width)) + 1
    kernel = np.ones((apart, apart), np.uint8)
    assert not there[cv2.dilate(disc().astype(np.uint8), kernel) == 0].any(), "outside it is as it was"
    assert there[cv2.erode(disc().astype(np.uint8), kernel) == 1].all(), "inside there is the picture"
    assert bench.labels() == [*steps, "Generate"]
    bench.studio.undo()
    assert not changed(bench, before).any()


def test_a_soft_edge_stays_soft(bench: Bench) -> None:
    bench.studio.new_picture(WIDTH, HEIGHT)
    select(bench, Mask.from_pixels(np.full((HEIGHT, WIDTH), 0.5, np.float16)))
    layer = press(bench)
    assert layer.mask is not None
    inside = layer.mask.read(Rect(4, 12, layer.variants[0].width - 4, layer.variants[0].height - 12))
    np.testing.assert_allclose(inside, 0.5, atol=1e-3)


def test_a_ramp_is_shown_as_a_ramp_where_the_picture_is_enlarged(bench: Bench) -> None:
    bench.studio.new_picture(WIDTH * 4, HEIGHT * 4)
    across = np.clip((np.arange(WIDTH * 4) - 400) / 240, 0, 1).astype(np.float16)
    select(bench, Mask.from_pixels(np.broadcast_to(across, (HEIGHT * 4, WIDTH * 4)).copy()))
    layer = press(bench)
    assert layer.mask is not None and layer.transform[0] > 4
    row = layer.mask.read(Rect(0, 20, layer.variants[0].width, 21))[0].astype(np.float32)
    places = layer.transform[0] * (np.arange(len(row)) + 0.5) + layer.transform[4]
    inside = (places > 420) & (places < 620)
    np.testing.assert_allclose(row[inside], (places[inside] - 0.5 - 400) / 240, atol=2e-3)


@pytest.mark.parametrize("rect", [Rect(0, 0, WIDTH, HEIGHT), Rect(WIDTH + 10, 0, WIDTH + 50, 30)])
def test_all_or_nothing_of_the_canvas_is_no_mask(bench: Bench, rect: Rect) -> None:
    bench.studio.new_picture(WIDTH, HEIGHT)
    select(bench, edits.rectangle_selection(rect))
    layer = press(bench)
    assert layer.mask is None
    assert bench.studio.generating.button().shown_pixels == WIDTH


def test_all_but_a_hole_is_placed_over_the_canvas(bench: Bench) -> None:
    bench.studio.new_picture(WIDTH, HEIGHT)
    select(bench, Mask(default=1.0).write(Rect(0, 0, 40, 30), np.zeros((30, 40), np.float16)))
    before = flat(bench)
    press(bench)
    there = changed(bench, before)
    assert not there[6:24, 6:34].any() and there[40:, :].all() and there[:, 50:].all()
