"""Guides, grid and assistants as values, and in the file."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from studio.document import aids
from studio.document.aids import Aids, Assistant, Grid, Guide

numbers = st.floats(-5000, 5000)
points = st.tuples(numbers, numbers)
assistants = st.sampled_from(sorted(aids.POINTS)).flatmap(
    lambda kind: st.builds(
        Assistant,
        st.just(kind),
        st.lists(points, min_size=aids.POINTS[kind][0], max_size=aids.POINTS[kind][1]).map(tuple),
        st.booleans(),
    )
)
everything = st.builds(
    Aids,
    guides=st.lists(st.builds(Guide, st.sampled_from(["x", "y"]), numbers), max_size=4).map(tuple),
    locked=st.booleans(),
    grid=st.builds(
        Grid, kind=st.sampled_from(["square", "isometric"]), width=st.floats(1, 900), subdivisions=st.integers(1, 64)
    ),
    assistants=st.lists(assistants, max_size=3).map(tuple),
    samplers=st.lists(points, max_size=3).map(tuple),
)  # fmt: skip


@given(everything)
def test_files_give_back_what_was_kept(value: Aids):
    assert aids.from_plain(aids.to_plain(value)) == value


@given(st.recursive(st.none() | st.booleans() | numbers | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["guides", "grid", "assistants", "samplers", "kind", "points", "axis", "position", "width"]), inner, max_size=4), max_leaves=12))  # fmt: skip
def test_damaged_values_never_raise(plain: object):
    assert isinstance(aids.from_plain(plain), Aids)


@given(points, points, st.integers(0, 2))
def test_half_axes_of_an_ellipse_stay_square(
    centre: tuple[float, float], to: tuple[float, float], index: int
):
    one = Assistant("ellipse", (centre, (centre[0] + 40, centre[1]), (centre[0], centre[1] + 25)))
    (cx, cy), (ax, ay), (bx, by) = one.moved(index, to).points
    first, second = (ax - cx, ay - cy), (bx - cx, by - cy)
    lengths = math.hypot(*first) * math.hypot(*second)
    assert abs(first[0] * second[0] + first[1] * second[1]) <= 1e-6 * max(lengths, 1.0)


def test_columns_and_gutters():
    places = [one.position for one in aids.layout(1000, 500, 2, 0, 100, 50) if one.axis == "x"]
    assert places == [100, 475, 525, 900]
    assert [one.position for one in aids.layout(900, 500, 3, 0)] == [300, 600]
    assert aids.layout(10, 10, 4, 4, 20) == ()


def test_resizing_takes_everything_along():
    value = Aids(guides=(Guide("x", 10), Guide("y", 20)), assistants=(Assistant("ruler", ((0, 0), (4, 8))),))
    moved = value.transformed(2, 0.5, 100, -1)
    assert [one.position for one in moved.guides] == [120, 9]
    assert moved.assistants[0].points == ((100, -1), (108, 3))
    assert moved.grid.width == 128 and moved.grid.left == 100


def test_samplers_go_with_the_picture():
    moved = Aids(samplers=((10.0, 20.0),)).transformed(2.0, 3.0, 5.0, -1.0)
    assert moved.samplers == ((25.0, 59.0),)
    assert aids.from_plain({"samplers": [[1, 2], [3], ["a", 4], [float("nan"), 1]]}).samplers == ((1.0, 2.0),)


def test_the_frame_says_where_the_first_canvas_lies_and_is_read_again() -> None:
    moved = Aids().transformed(2, 3, 0, 0).transformed(1, 1, -10, 5)
    assert moved.frame == (2, 0, 0, 3, -10, 5)
    assert aids.from_plain(aids.to_plain(moved)).frame == moved.frame
    for damaged in (None, [1, 0, 0], [0, 0, 0, 0, 1, 1], ["a", 0, 0, 1, 0, 0], [1, 0, 0, float("nan"), 0, 0]):
        assert aids.from_plain({"frame": damaged}).frame == Aids().frame
