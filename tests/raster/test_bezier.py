"""Bézier paths and SVG path data."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster import bezier, path_data, shapes
from studio.raster.bezier import Contour, Node

COORDINATE = st.floats(-2000, 2000).map(lambda value: round(value, 3) + 0.0)
POINT = st.tuples(COORDINATE, COORDINATE)
NODE = st.one_of(
    st.builds(lambda at: Node.corner(*at), POINT),
    st.builds(Node, POINT, POINT, POINT),
)
CONTOUR = st.builds(
    lambda nodes, closed: Contour(tuple(nodes), closed), st.lists(NODE, min_size=2, max_size=6), st.booleans()
)


def samples(shape: bezier.Path) -> np.ndarray:
    return np.concatenate(
        [[bezier.point_at(c, t) for c in one.cubics() for t in np.linspace(0, 1, 9)] for one in shape]
    )


@given(st.lists(CONTOUR, min_size=1, max_size=3))
def test_path_data_comes_back(contours: list[Contour]) -> None:
    shape = tuple(contours)
    data = path_data.written(shape)
    again = path_data.parse(data)
    assert bezier.bounds(again) == pytest.approx(bezier.bounds(shape), abs=1e-3)
    assert len(again) == len(shape)
    for one, other in zip(shape, again, strict=True):
        old, new = bezier.flattened((one,), 0.5)[0], bezier.flattened((other,), 0.5)[0]
        np.testing.assert_allclose(old[0], new[0], atol=1e-3)
        assert one.closed == other.closed


def test_every_command_of_the_standard_is_read() -> None:
    shape = path_data.parse(
        "M10 10h10v10H10z m20,0 l5 5-5 5t10 0q5-5 10 0T60 20 S70 0 80 10c1 1 2 2 3 3A5 5 0 0 1 90 20"
    )
    assert [contour.closed for contour in shape] == [True, False]
    assert shape[0].nodes[2].at == (20, 20)
    assert shape[1].nodes[0].at == (30, 10)
    assert shape[1].nodes[-1].at == (90, 20)


def test_numbers_without_spaces_are_read() -> None:
    assert path_data.parse("M.5.5-1-2L1e1,2")[0].nodes[1].at == (-1, -2)


@pytest.mark.parametrize("bad", ["L1 1", "M1", "M1 1 L2", "M1 1 X", "M1 1 Z 5", "hello", "M nan 1"])
def test_damaged_data_is_named(bad: str) -> None:
    with pytest.raises(path_data.PathError):
        path_data.parse(bad)


def test_nothing_is_an_empty_path() -> None:
    assert path_data.parse("") == ()
    assert bezier.bounds(()) is None


@given(st.floats(1, 300), st.floats(1, 300), st.floats(-180, 180), st.booleans(), st.booleans())
def test_an_arc_lies_on_its_ellipse(rx: float, ry: float, turn: float, large: bool, sweep: bool) -> None:
    start = (0.0, 0.0)
    end = (rx * 0.7, ry * 0.4)
    cubics, pen = [], start
    for first, second, to in path_data.arc_cubics(start, end, rx, ry, turn, large, sweep):
        cubics.append((pen, first, second, to))
        pen = to
    assert pen == end
    points = np.array([bezier.point_at(c, t) for c in cubics for t in np.linspace(0, 1, 9)])
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    unit = np.stack(
        [(points[:, 0] * cos + points[:, 1] * sin) / rx, (-points[:, 0] * sin + points[:, 1] * cos) / ry], 1
    )
    # points of one circle of radius 1 (or larger, where the ends are too far apart)
    system = np.column_stack([2 * unit, np.ones(len(unit))])
    middle = np.linalg.lstsq(system, (unit**2).sum(1), rcond=None)[0]
    radius = np.sqrt(((unit - middle[:2]) ** 2).sum(1))
    assert np.ptp(radius) < 1e-3 * radius.mean()
    assert radius.mean() > 0.99


def test_an_ellipse_is_round_to_three_in_ten_thousand() -> None:
    points = samples(shapes.ellipse(-100, -100, 200, 200))
    assert np.abs(np.hypot(*points.T) - 100).max() < 0.03


@given(CONTOUR)
def test_bounds_hold_all_points_and_are_tight(contour: Contour) -> None:
    box = bezier.bounds((contour,))
    assert box is not None
    points = bezier.flattened((contour,), 0.05)[0]
    np.testing.assert_allclose([*points.min(0), *points.max(0)], box, atol=1.0)
    assert (points.min(0) >= np.array(box[:2]) - 1e-6).all() and (
        points.max(0) <= np.array(box[2:]) + 1e-6
    ).all()


@given(CONTOUR, st.floats(0.05, 0.95), st.integers(0, 10))
def test_a_node_more_changes_no_curve(contour: Contour, t: float, which: int) -> None:
    cubics = list(contour.cubics())
    segment = which % len(cubics)
    more = bezier.inserted(contour, segment, t)
    assert len(more.nodes) == len(contour.nodes) + 1
    after = list(more.cubics())
    for share in (0.0, 0.3, 0.8, 1.0):
        one = bezier.point_at(cubics[segment], share * t)
        other = bezier.point_at(after[segment], share)
        straight = cubics[segment][0] == cubics[segment][1] and cubics[segment][2] == cubics[segment][3]
        if not straight:
            assert math.dist(one, other) < 1e-6 * 4000


@given(CONTOUR, st.floats(0, 1), st.integers(0, 10))
def test_the_nearest_place_to_a_point_of_the_path_is_itself(contour: Contour, t: float, which: int) -> None:
    cubics = list(contour.cubics())
    x, y = bezier.point_at(cubics[which % len(cubics)], t)
    spot = bezier.nearest((contour,), x, y)
    assert spot is not None and spot.distance < 40


def test_the_nearest_place_on_a_line() -> None:
    spot = bezier.nearest(shapes.line((0, 0), (100, 0)), 30, 12)
    assert spot is not None
    assert spot.at[0] == pytest.approx(30, abs=0.01)
    assert spot.distance == pytest.approx(12)


def test_a_smooth_node_turns_its_other_handle_along() -> None:
    node = Node.curved((10, 10), (20, 10)).with_handle("after", (10, 30))
    assert node.before == pytest.approx((10, 0))
    alone = Node.curved((10, 10), (20, 10)).with_handle("after", (10, 30), alone=True)
    assert alone.before == (0, 10) and not alone.smooth


def test_converting_goes_both_ways() -> None:
    contour = shapes.through([(0, 0), (30, 30), (60, 0)])[0]
    smooth = bezier.converted(contour, 1)
    assert smooth.nodes[1].smooth and smooth.nodes[1].after[0] > 30
    assert bezier.converted(smooth, 1) == contour


@given(st.floats(1, 500), st.floats(1, 500), st.floats(0, 400))
def test_ready_shapes_fill_their_box(width: float, height: float, radius: float) -> None:
    for shape in (
        shapes.rectangle(5, 7, width, height, radius), shapes.ellipse(5, 7, width, height),
        shapes.polygon(5, 7, width, height, 5), shapes.polygon(5, 7, width, height, 5, 0.4),
    ):  # fmt: skip
        assert bezier.bounds(shape) == pytest.approx((5, 7, 5 + width, 7 + height), abs=1e-6)


def test_a_star_has_twice_as_many_corners() -> None:
    assert len(shapes.polygon(0, 0, 10, 10, 7, 0.5)[0].nodes) == 14


@given(CONTOUR)
def test_a_transform_moves_every_point_of_the_curve(contour: Contour) -> None:
    matrix = (0.5, 0.2, -0.3, 1.5, 12.0, -7.0)
    plain, moved = samples((contour,)), samples(bezier.transformed((contour,), matrix))
    np.testing.assert_allclose(moved, [bezier.mapped(matrix, tuple(p)) for p in plain], atol=1e-6)


@given(CONTOUR)
def test_a_reversed_contour_is_the_same_curve(contour: Contour) -> None:
    turned = bezier.reversed_(contour)
    assert bezier.reversed_(turned) == contour
    assert bezier.bounds((turned,)) == pytest.approx(bezier.bounds((contour,)), abs=1e-6)
    assert turned.nodes[0].at == contour.nodes[-1].at
