"""Strokes have no gap and no blob at any speed: every preset that draws a line, straight on and around bends.

Coverage is read along the path that the dabs took: on the middle line, and as the sum across the stroke. Left out is what
varies on purpose (jitter, scatter, texture, grain, time, speed) and presets that stamp; of pictures as tips, whose bristles
cross pixels everywhere, only upright and level lines are asked.
"""

from __future__ import annotations

import itertools
import math

import cv2
import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.hand import Sample
from studio.raster.path import Path
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.workspace.brush_files import built_in

MOST = 0.02
MOST_PIXELS = 0.35
"""Of the width: what the pixel grid makes of a narrow stroke's edges."""
SPAN = 8
"""Pixels along the path over which the sum is averaged: bristles and the pixel grid show at less, gaps and blobs do not."""
STEP = 0.5
Places = list[tuple[float, float]]
LINES = {one.id: one.brush for one in built_in() if one.brush.spacing <= 0.12 and not one.brush.scatter}
SMOOTH = [name for name, brush in LINES.items() if brush.tip != "image" and not brush.aliased]
PICTURES = [name for name, brush in LINES.items() if brush.tip == "image"]
HARD_PIXELS = [one.id for one in built_in() if one.brush.aliased]
STEPS = st.lists(st.floats(1, 200), min_size=4, max_size=6)
UNEVEN = [200.0, 1.0, 200.0, 1.0, 3.0, 200.0]


def steadied(name: str, size: float | None = None) -> Brush:
    """The preset without what varies on purpose."""
    brush = next(one.brush for one in built_in() if one.id == name)
    kept = tuple(one for one in brush.dynamics if one.sensor not in ("speed", "fade", "random"))
    fields = [field for field in Brush.__struct_fields__ if field.startswith("jitter_")]
    return msgspec.structs.replace(
        brush, mode="paint", blend="normal", texture="none", grain=0.0, smudge=0.0, airbrush=0.0, smoothing=0.0,
        stabiliser="none", size=size or min(max(brush.size, 24.0), 60.0), dynamics=kept, **dict.fromkeys(fields, 0.0),
    )  # fmt: skip


def profile(brush: Brush, places: Places, pressure: float) -> tuple[np.ndarray, np.ndarray]:
    """Coverage on the middle line, and its sum across the stroke in pixels, each half pixel along the dabs' path."""
    samples = [Sample(x, y, pressure, 0.005 * index) for index, (x, y) in enumerate(places)]
    stroke, path = Stroke(brush, (0.0, 0.0, 0.0), Surface(dtype=np.float32), seed=1), Path(brush, 1)
    for sample in samples:
        stroke.add(*sample)
    stroke.finish()
    dabs = [*path.extend(samples), *path.finish()]
    x, y = (np.concatenate([getattr(one, axis) for one in dabs]) for axis in "xy")
    way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    at = np.arange(brush.size, way[-1] - brush.size, STEP)
    across = np.arange(-0.75 * brush.size - 3, 0.75 * brush.size + 3, 0.25)
    along = [np.interp(at + 2, way, one) - np.interp(at - 2, way, one) for one in (x, y)]
    length = np.hypot(*along)
    here = [np.interp(at, way, one)[:, None] for one in (x, y)]
    columns = here[0] - (along[1] / length)[:, None] * across
    rows = here[1] + (along[0] / length)[:, None] * across
    around = Rect(
        *(math.floor(v.min() - 2) for v in (columns, rows)),
        *(math.ceil(v.max() + 3) for v in (columns, rows)),
    )
    plane = stroke.surface().read(around)[..., 3]
    found = np.concatenate(
        [
            cv2.remap(
                plane, (columns[i : i + 2000] - around.left - 0.5).astype(np.float32),
                (rows[i : i + 2000] - around.top - 0.5).astype(np.float32), cv2.INTER_LINEAR,
            )
            for i in range(0, len(at), 2000)
        ]
    )  # fmt: skip
    return found[:, np.argmin(abs(across))], found.sum(1) * 0.25


def assert_even(brush: Brush, places: Places, pressure: float, *, middle: bool = True) -> None:
    length = sum(math.dist(one, other) for one, other in itertools.pairwise(places))
    if length < 2 * brush.size + 4 * SPAN:
        return
    line, sums = profile(brush, places, pressure)
    if middle:
        assert np.ptp(line) <= MOST * line.max()
    span = round(SPAN / STEP)
    sums = np.convolve(sums, np.full(span, 1 / span), "valid")
    assert np.ptp(sums) <= max(MOST * sums.mean(), MOST_PIXELS)


def straight(steps: list[float], slope: float, y: float = 300.0) -> Places:
    ways = np.concatenate(([0.0], np.cumsum(steps)))
    return [(float(w * math.cos(slope)), float(y + w * math.sin(slope))) for w in ways]


@pytest.mark.parametrize("name", SMOOTH)
@settings(deadline=None, max_examples=4)
@given(STEPS, st.floats(-3.0, 3.0), st.sampled_from([0.3, 0.7, 1.0]))
@example(UNEVEN, 0.0, 0.7)
@example(UNEVEN, 0.4, 1.0)
def test_straight_lines_are_even(name: str, steps: list[float], slope: float, pressure: float) -> None:
    assert_even(steadied(name), straight(steps, slope), pressure)


@pytest.mark.parametrize("name", ["flat-pen", "marker", "gouache"])
@pytest.mark.parametrize("y", [300.0, 300.25, 300.125, 300.1])
def test_narrow_tips_are_even_wherever_in_a_pixel_the_line_lies(name: str, y: float) -> None:
    """A mouse moves along whole pixels, a line on the border of two places within a pixel must not fall to either."""
    _, sums = profile(steadied(name, 24.0), straight(UNEVEN, 0.0, y), 0.7)
    assert np.ptp(sums) <= MOST * sums.mean()


@pytest.mark.parametrize("name", PICTURES)
@settings(deadline=None, max_examples=3)
@given(STEPS, st.sampled_from([0.0, math.pi / 2]), st.sampled_from([0.3, 1.0]))
@example(UNEVEN, 0.0, 0.7)
def test_tips_of_bristles_are_even(name: str, steps: list[float], slope: float, pressure: float) -> None:
    assert_even(steadied(name), straight(steps, slope), pressure, middle=False)


def follows(name: str) -> bool:
    """Whether the width is the same whichever way the stroke goes."""
    brush = LINES[name]
    turns = any(one.parameter == "angle" and one.sensor == "direction" for one in brush.dynamics)
    return brush.tip == "round" and (brush.roundness == 1 or turns)


@pytest.mark.parametrize("name", [name for name in SMOOTH if follows(name)])
@settings(deadline=None, max_examples=4)
@given(
    st.floats(1, 100), st.lists(st.floats(0.7, 1.4), min_size=3, max_size=6), st.floats(200, 500),
    st.sampled_from([0.3, 0.7, 1.0]),
)  # fmt: skip
@example(90.0, [0.7, 1.4, 1.0], 200.0, 0.7)
@example(1.0, [1.0], 300.0, 1.0)
def test_bends_are_even(name: str, step: float, pace: list[float], radius: float, pressure: float) -> None:
    """The hand's pace changes by half; a sample next to one far away is a corner to any curve through both."""
    count = math.ceil(500 / step)
    ways = np.cumsum(np.resize(pace, count)) * step / radius
    arc = [(float(radius * math.cos(turn)), float(radius * math.sin(turn))) for turn in ways]
    assert_even(steadied(name), arc, pressure)


@pytest.mark.parametrize("name", HARD_PIXELS)
def test_hard_pixels_make_lines_of_one_width(name: str) -> None:
    brush = steadied(name, 24.0)
    stroke = Stroke(brush, (0.0, 0.0, 0.0), Surface(dtype=np.float32))
    for index, (x, y) in enumerate(straight(UNEVEN, 0.0, 100.0)):
        stroke.add(x, y, 1.0, 0.005 * index)
    stroke.finish()
    widths = (stroke.surface().read(Rect(24, 60, 580, 140))[..., 3] > 0.5).sum(0)
    assert np.ptp(widths) <= 1
