"""The outline of a brush's print is where the print is."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster.brush import Brush
from studio.raster.outline import outline, reach
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.tip import Tip

ARROW = np.zeros((40, 60), np.uint8)
cv2.fillPoly(ARROW, [np.array([[2, 20], [40, 2], [40, 14], [58, 14], [58, 26], [40, 26], [40, 38]])], 255)


def test_a_round_brush_is_a_circle():
    (loop,) = outline(Brush())
    assert all(math.hypot(x, y) == pytest.approx(0.5) for x, y in loop)


@given(st.floats(0.05, 1.0), st.floats(-180, 180))
def test_a_flat_brush_is_as_wide_and_high_as_it_says(roundness: float, angle: float):
    (loop,) = outline(Brush(roundness=roundness, angle=angle))
    turn = math.radians(-angle)
    along = [x * math.cos(turn) - y * math.sin(turn) for x, y in loop]
    across = [x * math.sin(turn) + y * math.cos(turn) for x, y in loop]
    assert max(along) - min(along) == pytest.approx(1.0, abs=0.01)
    assert max(across) - min(across) == pytest.approx(roundness, abs=0.01)


@pytest.mark.parametrize("angle", [0.0, 30.0, -75.0])
def test_the_outline_of_a_picture_lies_on_its_print(angle: float):
    brush = Brush(tip="image", tips=(Tip.of(ARROW),), size=60.0, hardness=1.0, angle=angle)
    stroke = Stroke(brush, (0.0, 0.0, 0.0), Surface())
    stroke.add(64.5, 64.5, 1.0, 0.0)
    stroke.finish()
    from studio.raster.geometry import Rect

    printed = stroke.surface().read(Rect(0, 0, 129, 129))[..., 3].astype(np.float32) > 0.5
    drawn = np.zeros(printed.shape, np.uint8)
    loops = [np.round(np.array(loop) * 60 + 64).astype(np.int32) for loop in outline(brush)]
    cv2.fillPoly(drawn, loops, 1)
    union, both = (drawn > 0) | printed, (drawn > 0) & printed
    assert both.sum() / union.sum() > 0.88


def test_a_tip_of_several_parts_has_several_loops_none_beyond_reach():
    parts = np.zeros((50, 50), np.uint8)
    parts[0:12, 0:12], parts[30:50, 30:50] = 255, 200
    brush = Brush(tip="image", tips=(Tip.of(parts),))
    loops = outline(brush)
    assert len(loops) == 2
    assert all(math.hypot(x, y) <= reach(brush) + 0.02 for loop in loops for x, y in loop)


def test_an_empty_or_broken_tip_is_round():
    empty = Brush(tip="image", tips=(Tip.of(np.zeros((5, 5), np.uint8)),))
    broken = Brush(tip="image", tips=(Tip(9, 9, 1, b"no"),))
    assert outline(empty) == outline(broken) == outline(Brush())
