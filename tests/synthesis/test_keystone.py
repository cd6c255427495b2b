"""Keystone: photographed façades made by a known camera stand upright again, within half a degree."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.filters import FILTERS
from studio.filters.distort import Perspective
from studio.synthesis import keystone
from studio.synthesis.problems import HealError

WIDTH, HEIGHT = 800, 600


def camera(pitch: float, roll: float, yaw: float, focal: float) -> np.ndarray:
    """[3, 3], façade pixels to photograph pixels, degrees; ``focal`` in longer sides."""
    f = focal * max(WIDTH, HEIGHT)
    inner = np.array([[f, 0, WIDTH / 2], [0, f, HEIGHT / 2], [0, 0, 1.0]])
    turn = np.eye(3)
    for axis, degrees in (((0, 1, 0), yaw), ((1, 0, 0), pitch), ((0, 0, 1), roll)):
        turn = cv2.Rodrigues(np.array(axis, float) * np.radians(degrees))[0] @ turn
    return inner @ turn @ np.linalg.inv(inner)


def facade(matrix: np.ndarray, noise: float = 0.02) -> np.ndarray:
    """Float32 [600, 800, 4]: a wall of windows as that camera sees it."""
    wall = np.full((3 * HEIGHT, 3 * WIDTH, 3), (0.75, 0.7, 0.6), np.float32)
    for top in range(20, 3 * HEIGHT, 90):
        for left in range(30, 3 * WIDTH, 110):
            wall[top : top + 55, left : left + 60] = (0.15, 0.2, 0.3)
            wall[top + 5 : top + 25, left + 5 : left + 28] = (0.5, 0.6, 0.7)
    shift = np.array([[1, 0, -WIDTH], [0, 1, -HEIGHT], [0, 0, 1.0]])
    seen = cv2.warpPerspective(wall, matrix @ shift, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    seen = cv2.GaussianBlur(seen, (0, 0), 0.7)
    seen += noise * np.random.default_rng(1).standard_normal(seen.shape).astype(np.float32)
    return np.dstack([seen, np.ones(seen.shape[:2], np.float32)]).astype(np.float32)


def angles_after(matrix: np.ndarray, places: keystone.Corners, *, upright: bool) -> np.ndarray:
    """Degrees by which true uprights (or levels) of the wall miss their direction after the correction."""
    frame = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    target = np.array(places, np.float32) * (WIDTH, HEIGHT)
    laid = cv2.getPerspectiveTransform(frame, target.astype(np.float32)) @ matrix
    missed = []
    for part in (0.2, 0.5, 0.8):
        ends = [(part * WIDTH, 0.2 * HEIGHT), (part * WIDTH, 0.8 * HEIGHT)]
        if not upright:
            ends = [(0.2 * WIDTH, part * HEIGHT), (0.8 * WIDTH, part * HEIGHT)]
        one, two = (laid @ (*end, 1.0) for end in ends)
        across, down = two[:2] / two[2] - one[:2] / one[2]
        missed.append(np.degrees(np.arctan2(across, down) if upright else np.arctan2(down, across)))
    return np.array(missed)


CAMERAS = [
    (12, 0, 0, 1.0),
    (-10, 3, 0, 0.8),
    (15, -4, 8, 1.2),
    (8, 2, -15, 1.0),
    (0, 5, 0, 1.0),
    (0, 0, 0, 1.0),
]


@pytest.mark.parametrize("turned", CAMERAS)
def test_uprights_stand_within_half_a_degree(turned: tuple[float, float, float, float]) -> None:
    matrix = camera(*turned)
    places = keystone.corners(facade(matrix))
    assert np.abs(angles_after(matrix, places, upright=True)).max() <= 0.5


@pytest.mark.parametrize(
    "turned", [(12, 0, 10, 1.0), (15, -4, 8, 1.2), (-9, 2, -15, 1.0), (10, 3, 0, 1.0), (0, 2, 14, 1.0)]
)
def test_a_facade_faces_the_camera_within_half_a_degree(turned: tuple[float, float, float, float]) -> None:
    matrix = camera(*turned)
    places = keystone.corners(facade(matrix), level=True)
    assert np.abs(angles_after(matrix, places, upright=True)).max() <= 0.5
    assert np.abs(angles_after(matrix, places, upright=False)).max() <= 0.5


def test_the_middle_keeps_its_place_and_the_same_seed_gives_the_same() -> None:
    photo = facade(camera(12, 2, 0, 1.0))
    places = keystone.corners(photo)
    assert places == keystone.corners(photo)
    frame = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    laid = cv2.getPerspectiveTransform(frame, (np.array(places) * (WIDTH, HEIGHT)).astype(np.float32))
    x, y, w = laid @ (WIDTH / 2, HEIGHT / 2, 1.0)
    assert abs(x / w - WIDTH / 2) < 0.1 and abs(y / w - HEIGHT / 2) < 0.1
    assert np.abs(np.array(places) - 0.5).max() <= 1.5


def test_the_filter_stands_the_windows_upright() -> None:
    photo = facade(camera(12, 2, 0, 1.0))
    names = [
        f"{corner}_{axis}"
        for corner in ("left_top", "right_top", "right_bottom", "left_bottom")
        for axis in "xy"
    ]
    flat = [value for place in keystone.corners(photo) for value in place]
    values = Perspective(**dict(zip(names, flat, strict=True)))
    done = FILTERS["perspective"].apply(photo, values)
    point = keystone.vanishing_point(keystone.segments(done), upright=True)
    assert point is not None
    assert abs(np.degrees(np.arctan2(point[0], abs(point[1])))) < 0.5 and abs(point[2] / point[1]) < 0.02


@pytest.mark.parametrize("level", [False, True])
def test_without_lines_a_sentence_says_so(level: bool) -> None:
    rng = np.random.default_rng(3)
    cloud = cv2.GaussianBlur(rng.random((200, 300)).astype(np.float32), (0, 0), 12)
    soft = np.dstack([cloud, cloud, cloud, np.ones_like(cloud)])
    for pixels in (soft, np.zeros((1, 1, 4), np.float32), np.full((5, 400, 4), np.nan, np.float32)):
        with pytest.raises(HealError) as refused:
            keystone.corners(pixels, level=level)
        assert refused.value.text == keystone.NO_UPRIGHTS


def test_poles_without_levels_are_refused_where_a_facade_is_asked_for() -> None:
    wall = np.full((400, 500, 4), 0.8, np.float32)
    wall[..., 3] = 1
    for left in range(40, 480, 60):
        wall[:, left : left + 12, :3] = 0.2
    assert keystone.corners(wall)[0] == pytest.approx((0, 0), abs=0.01)
    with pytest.raises(HealError) as refused:
        keystone.corners(wall, level=True)
    assert refused.value.text == keystone.NO_LEVELS
