"""What points, layers and strokes snap to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.aids import Aids, Assistant, Grid, Guide
from studio.raster.geometry import Rect
from studio.workspace import snapping
from studio.workspace.snapping import StrokeKeeper, Targets, ellipse_of, snap_move, snap_point, targets
from studio.workspace.tools import Pointer

numbers = st.floats(-2000, 2000)


@given(numbers, numbers)
def test_a_point_snaps_to_what_is_near_and_stays_elsewhere(x: float, y: float):
    found = targets(Aids(guides=(Guide("x", 100.0),)), Rect(0, 0, 400, 300), [])
    new_x, new_y = snap_point(x, y, found, 8.0)
    nearest = min((0, 100, 200, 400), key=lambda line: abs(line - x))
    assert new_x == (nearest if abs(nearest - x) <= 8 else x)
    assert abs(new_y - y) <= 8


@given(numbers, numbers)
def test_grid_points_lie_on_the_grid(x: float, y: float):
    grid = Grid(width=64, height=32, subdivisions=4, left=3, top=5)
    new_x, new_y = snap_point(x, y, Targets(grid=grid), 100.0)
    assert (new_x - 3) / 16 == pytest.approx(round((new_x - 3) / 16), abs=1e-6)
    assert (new_y - 5) / 8 == pytest.approx(round((new_y - 5) / 8), abs=1e-6)


@given(numbers, numbers)
def test_isometric_corners_lie_on_all_three_families(x: float, y: float):
    grid = Grid(kind="isometric", width=60, subdivisions=1)
    cx, cy = snapping.isometric_corner(x, y, grid)
    assert cx / 60 == pytest.approx(round(cx / 60), abs=1e-6)
    for side in (1, -1):
        rise = (cy - side * cx * math.tan(math.radians(30))) / (2 * 60 * math.tan(math.radians(30)))
        assert rise == pytest.approx(round(rise), abs=1e-6)
    assert math.hypot(cx - x, cy - y) <= 60


def test_a_moved_layer_snaps_by_its_nearest_edge_or_middle():
    found = Targets(xs=(0.0, 200.0), ys=(150.0,))
    assert snap_move(Rect(10, 10, 60, 40), -7, 0, found, 8) == (-10, 0)
    assert snap_move(Rect(10, 10, 60, 40), 138, 0, found, 8) == (140, 0)
    assert snap_move(Rect(10, 10, 60, 40), 0, 123, found, 8) == (0, 125)


@given(st.floats(20, 300), st.floats(20, 300), st.floats(-400, 400), st.floats(-400, 400), st.floats(0, 6.2))
def test_the_nearest_point_of_an_ellipse_is_on_it_and_nearest(
    a: float, b: float, x: float, y: float, turn: float
):
    axes = ((0.0, 0.0), (a * math.cos(turn), a * math.sin(turn)), (-b * math.sin(turn), b * math.cos(turn)))
    ellipse = ellipse_of(Assistant("ellipse", axes))
    assert ellipse is not None
    px, py = ellipse.nearest(x, y)
    assert ellipse.level(px, py) == pytest.approx(1.0, abs=1e-3)
    around = [
        ellipse._document(a * math.cos(t), b * math.sin(t)) for t in (k * math.tau / 720 for k in range(720))
    ]
    best = min(math.dist(one, (x, y)) for one in around)
    assert math.dist((px, py), (x, y)) <= best + 0.02 * max(a, b)


def stroke(assistant: Assistant, path: list[tuple[float, float]]) -> list[Pointer]:
    keeper = StrokeKeeper((assistant,))
    first, *rest = [Pointer(x, y, pressure=0.3) for x, y in path]
    found = [keeper.press(first)]
    for one in rest:
        found += keeper.move(one)
    return [*found, *keeper.release()]


@given(st.floats(-1, 1), st.floats(200, 900))
def test_strokes_run_to_the_vanishing_point_that_they_aim_at(bend: float, length: float):
    vanishing = (1000.0, 0.0)
    assistant = Assistant("perspective", ((-1000.0, 0.0), vanishing))
    start = (0.0, 400.0)
    aim = math.atan2(vanishing[1] - start[1], vanishing[0] - start[0]) + 0.1 * bend
    path = [
        (start[0] + step * math.cos(aim), start[1] + step * math.sin(aim))
        for step in range(0, int(length), 5)
    ]
    kept = stroke(assistant, path)
    assert len(kept) == len(path)
    for one in kept:
        cross = (one.x - start[0]) * (vanishing[1] - start[1]) - (one.y - start[1]) * (
            vanishing[0] - start[0]
        )
        assert abs(cross) / math.dist(start, vanishing) < 1e-6
    assert all(one.pressure == 0.3 for one in kept)


def test_upright_lines_stay_upright_in_two_point_perspective():
    assistant = Assistant("perspective", ((-1000.0, 0.0), (1000.0, 0.0)))
    kept = stroke(assistant, [(10.0 + step / 20, 300.0 + step) for step in range(0, 200, 4)])
    assert {round(one.x, 6) for one in kept} == {10.0}


def test_concentric_strokes_keep_their_distance():
    assistant = Assistant("concentric", ((0.0, 0.0), (50.0, 0.0), (0.0, 50.0)))
    path = [(120 * math.cos(turn / 50) + 3, 120 * math.sin(turn / 50)) for turn in range(60)]
    kept = stroke(assistant, path)
    radius = math.hypot(kept[0].x, kept[0].y)
    assert all(math.hypot(one.x, one.y) == pytest.approx(radius, abs=1e-3) for one in kept)


def test_a_ruler_takes_only_strokes_that_begin_near_it():
    ruler = Assistant("ruler", ((0.0, 0.0), (100.0, 0.0)))
    near = stroke(ruler, [(10.0, 12.0), (40.0, 30.0), (90.0, -9.0)])
    assert [one.y for one in near] == [0.0, 0.0, 0.0]
    far = stroke(ruler, [(10.0, 300.0), (40.0, 330.0)])
    assert [(one.x, one.y) for one in far] == [(10.0, 300.0), (40.0, 330.0)]


def test_a_dot_stays_a_dot():
    assistant = Assistant("parallel", ((0.0, 0.0), (1.0, 0.0)))
    kept = stroke(assistant, [(5.0, 5.0), (6.0, 6.0)])
    assert [(one.x, one.y) for one in kept] == [(5.0, 5.0), (6.0, 6.0)]
