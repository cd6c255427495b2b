"""Shapes drawn as pixels, against the areas geometry gives."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster import shapes, vector
from studio.raster.geometry import Rect
from studio.raster.vector import ShapeStyle

HERE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
RECT = Rect(0, 0, 200, 160)
LINE = ShapeStyle(fill=None, stroke=(0.0, 0.0, 0.0, 1.0), width=6.0)


def area(pixels: np.ndarray) -> float:
    return float(pixels[..., 3].astype(np.float64).sum())


@given(st.floats(5, 80), st.floats(5, 80), st.floats(10, 100), st.floats(10, 60))
def test_a_rectangle_covers_its_area(left: float, top: float, width: float, height: float) -> None:
    pixels = vector.draw_shape(shapes.rectangle(left, top, width, height), ShapeStyle(), RECT, HERE)
    assert area(pixels) == pytest.approx(width * height, rel=0.01, abs=2)


@given(st.floats(10, 100), st.floats(10, 60))
def test_an_ellipse_covers_its_area(width: float, height: float) -> None:
    pixels = vector.draw_shape(shapes.ellipse(20, 20, width, height), ShapeStyle(), RECT, HERE)
    assert area(pixels) == pytest.approx(math.pi / 4 * width * height, rel=0.01, abs=2)


def test_colours_are_premultiplied_and_exact() -> None:
    style = ShapeStyle(fill=(0.25, 0.5, 0.75, 0.5))
    pixels = vector.draw_shape(shapes.rectangle(10, 10, 50, 50), style, RECT, HERE)
    np.testing.assert_allclose(pixels[30, 30], (0.125, 0.25, 0.375, 0.5), atol=1e-6)


def test_any_tile_is_part_of_the_whole() -> None:
    shape = shapes.polygon(10, 8, 150, 120, 5, 0.5)
    whole = vector.draw_shape(shape, LINE, RECT, HERE)
    part = vector.draw_shape(shape, LINE, Rect(64, 32, 128, 96), HERE)
    np.testing.assert_allclose(part, whole[32:96, 64:128], atol=0.03)


def test_a_shape_under_a_transform_is_as_sharp_as_one_drawn_there() -> None:
    shape, larger = shapes.ellipse(2, 2, 20, 12), shapes.ellipse(12, 12, 120, 72)
    scaled = vector.draw_shape(shape, ShapeStyle(), RECT, (6.0, 0.0, 0.0, 6.0, 0.0, 0.0))
    drawn = vector.draw_shape(larger, ShapeStyle(), RECT, HERE)
    assert np.abs(scaled - drawn).max() < 0.02


def test_a_line_covers_length_times_width() -> None:
    pixels = vector.draw_shape(shapes.line((20, 80), (180, 80)), LINE, RECT, HERE)
    assert area(pixels) == pytest.approx(160 * 6, rel=0.01)
    square = msgspec.structs.replace(LINE, cap="square")
    assert area(vector.draw_shape(shapes.line((20, 80), (180, 80)), square, RECT, HERE)) == pytest.approx(
        166 * 6, rel=0.01
    )


def test_dashes_leave_their_share() -> None:
    dashed = msgspec.structs.replace(LINE, dash=1.0, space=1.0, width=4.0)
    pixels = vector.draw_shape(shapes.line((20, 80), (180, 80)), dashed, RECT, HERE)
    assert area(pixels) == pytest.approx(80 * 4, rel=0.02)


def test_an_arrow_ends_in_its_point_and_nothing_sticks_out() -> None:
    style = msgspec.structs.replace(LINE, end="arrow", width=8.0)
    pixels = vector.draw_shape(shapes.line((20, 80), (180, 80)), style, RECT, HERE)
    columns = pixels[..., 3].sum(0)
    assert columns[180:].sum() == 0
    assert columns[176] < 4.5 and columns[150] > 20 and columns[100] == pytest.approx(8, abs=0.1)
    box = vector.painted_bounds(shapes.line((20, 80), (180, 80)), style)
    assert box is not None and box[1] <= 80 - 1.6 * 8


def test_a_translucent_arrow_is_even() -> None:
    style = msgspec.structs.replace(LINE, end="arrow", stroke=(1.0, 0.0, 0.0, 0.5), width=8.0)
    alpha = vector.draw_shape(shapes.line((20, 80), (180, 80)), style, RECT, HERE)[..., 3]
    assert alpha.max() == pytest.approx(0.5, abs=0.003)


@pytest.mark.parametrize("head", ["arrow", "open-arrow", "dot", "bar"])
def test_every_head_adds_something(head: vector.Head) -> None:
    plain = area(vector.draw_shape(shapes.line((40, 80), (160, 80)), LINE, RECT, HERE))
    style = msgspec.structs.replace(LINE, start=head)
    assert area(vector.draw_shape(shapes.line((40, 80), (160, 80)), style, RECT, HERE)) > plain + 10


@given(
    st.sampled_from(["miter", "round", "bevel"]), st.integers(3, 9), st.floats(0.05, 1.0), st.floats(0, 20)
)
def test_nothing_is_drawn_outside_the_painted_bounds(
    join: vector.Join, sides: int, inner: float, width: float
) -> None:
    style = ShapeStyle(stroke=(0, 0, 0, 1), width=width, join=join)
    shape = shapes.polygon(60, 50, 70, 50, sides, inner)
    pixels = vector.draw_shape(shape, style, RECT, HERE)
    box = vector.painted_bounds(shape, style)
    assert box is not None
    rows, columns = np.nonzero(pixels[..., 3])
    assert columns.min() >= math.floor(box[0]) - 1 and columns.max() <= math.ceil(box[2]) + 1
    assert rows.min() >= math.floor(box[1]) - 1 and rows.max() <= math.ceil(box[3]) + 1


def test_even_odd_leaves_the_inside_open() -> None:
    both = shapes.rectangle(10, 10, 100, 100) + shapes.rectangle(30, 30, 50, 50)
    assert vector.mask_of(both, RECT, HERE, even_odd=True)[50, 50] == 0
    assert vector.mask_of(both, RECT, HERE)[50, 50] == 1


def test_a_style_comes_back_from_plain_values_and_survives_other_versions() -> None:
    style = ShapeStyle(fill=None, stroke=(1, 0, 0, 1), kind="star", box=(1, 2, 3, 4), sides=7)
    assert vector.style_of(msgspec.to_builtins(style)) == style
    assert vector.style_of({"width": 3.0, "join": "wobbly", "glitter": 5}) == ShapeStyle(width=3.0)


def test_damaged_path_data_draws_nothing() -> None:
    assert vector.path_of("M 1") == ()
