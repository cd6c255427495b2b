"""Flood fill and gap closing, on drawn line art."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster import flood, gap


def paper(height: int = 120, width: int = 160) -> np.ndarray:
    return np.full((height, width), 255, np.uint8)


def as_pixels(grey: np.ndarray) -> np.ndarray:
    pixels = np.ones((*grey.shape, 4), np.float32)
    pixels[..., :3] = grey[..., None] / 255
    return pixels


def apart_of(grey: np.ndarray, x: int, y: int) -> np.ndarray:
    pixels = as_pixels(grey)
    return flood.difference(pixels, pixels[y, x])


def iou(one: np.ndarray, other: np.ndarray) -> float:
    one, other = one > 127, other > 0
    return float((one & other).sum() / (one | other).sum())


def blob(seed: int, height: int = 240, width: int = 240) -> np.ndarray:
    """Points of a wobbly closed outline, as a hand draws it."""
    random = np.random.default_rng(seed)
    at = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    radius = 80 + sum(random.normal(0, 14 / k) * np.cos(k * at + random.random() * 6) for k in range(2, 7))
    return np.stack([width / 2 + radius * np.cos(at), height / 2 + radius * np.sin(at)], 1)


def drawn(points: np.ndarray, gaps: list[tuple[int, int]], thickness: int = 2) -> np.ndarray:
    """The outline in anti-aliased ink, without the points of ``gaps`` (first, count)."""
    grey = paper(240, 240)
    for index in range(len(points)):
        if any((index - first) % len(points) < count for first, count in gaps):
            continue
        a, b = points[index], points[(index + 1) % len(points)]
        cv2.line(grey, _fixed(a), _fixed(b), 0, thickness, cv2.LINE_AA, 4)
    return grey


def _fixed(point: np.ndarray) -> tuple[int, int]:
    return int(round(point[0] * 16)), int(round(point[1] * 16))


def inside_of(points: np.ndarray) -> np.ndarray:
    out = np.zeros((240, 240), np.uint8)
    cv2.fillPoly(out, [np.round(points).astype(np.int32)], 1)
    return out


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.2, 0.8))
def test_the_component_is_what_a_search_finds(seed: int, density: float) -> None:
    random = np.random.default_rng(seed)
    free = (random.random((17, 23)) < density).astype(np.uint8)
    y, x = int(random.integers(17)), int(random.integers(23))
    expected, stack = np.zeros_like(free), [(y, x)]
    while stack:
        row, column = stack.pop()
        if 0 <= row < 17 and 0 <= column < 23 and free[row, column] and not expected[row, column]:
            expected[row, column] = 1
            stack += [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
    np.testing.assert_array_equal(gap.component(free, x, y), expected)


def test_a_diagonal_line_of_one_pixel_holds() -> None:
    free = 1 - np.eye(40, dtype=np.uint8)
    found = gap.component(free, 30, 5)
    np.testing.assert_array_equal(found, np.triu(np.ones((40, 40), np.uint8), 1))


@pytest.mark.parametrize("width", [2, 4, 8, 12])
@pytest.mark.parametrize("seed", range(4))
def test_a_gap_no_wider_than_asked_is_closed(seed: int, width: int) -> None:
    points = blob(seed)
    step = float(np.linalg.norm(np.diff(points, axis=0), axis=1).mean())
    missing = max(1, round(width / step))
    grey = drawn(points, [(30, missing), (150, missing)])
    apart = apart_of(grey, 120, 120)
    leaked = flood.coverage(apart, 120, 120, tolerance=40)
    held = flood.coverage(apart, 120, 120, tolerance=40, gap=round(missing * step * 1.6) + 4, grow=1)
    assert iou(held, inside_of(points)) > 0.94, iou(held, inside_of(points))
    if width >= 8:
        assert iou(leaked, inside_of(points)) < 0.6


def test_a_gap_wider_than_asked_leaks() -> None:
    points = blob(1)
    grey = drawn(points, [(30, 16)])
    apart = apart_of(grey, 120, 120)
    assert iou(flood.coverage(apart, 120, 120, tolerance=40, gap=4), inside_of(points)) < 0.6


def test_corners_are_filled_up_to_the_line() -> None:
    grey = paper(200, 200)
    triangle = np.array([[20, 180], [100, 20], [180, 180]])
    cv2.polylines(grey, [triangle], True, 0, 1)
    grey[178:182, 95:103] = 255  # a gap of eight pixels in the lower side
    free = (grey > 127).astype(np.uint8)
    found = gap.enclosed(free, 100, 120, 10)
    expected = np.zeros((200, 200), np.uint8)
    cv2.fillPoly(expected, [triangle], 1)
    expected &= free
    assert iou(found * 255, expected) > 0.985
    assert not found[190:].any()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 20))
def test_closing_gaps_only_takes_away_and_keeps_the_seed(seed: int, width: int) -> None:
    random = np.random.default_rng(seed)
    grey = paper()
    for _ in range(6):
        ends = random.integers(0, 120, 4)
        cv2.line(
            grey, (int(ends[0]), int(ends[1])), (int(ends[2]), int(ends[3])), 0, int(random.integers(1, 4))
        )
    free = (grey > 127).astype(np.uint8)
    y, x = (int(part[0]) for part in np.nonzero(free))
    whole, held = gap.component(free, x, y), gap.enclosed(free, x, y, width)
    assert held[y, x]
    assert not (held & ~whole & 1).any()


def test_two_rooms_with_a_door_are_two_regions_and_together_all() -> None:
    free = np.ones((100, 200), np.uint8)
    free[:, 100] = 0
    free[45:53, 100] = 1
    left, right = gap.enclosed(free, 20, 20, 8), gap.enclosed(free, 180, 80, 8)
    assert not (left & right)[:, :100].any()  # the door itself is a tie
    assert not (left & right)[:, 101:].any()
    assert (left | right)[free > 0].mean() > 0.998
    assert left[:, :99].all() and right[:, 102:].all()


def test_a_small_chamber_is_filled_though_the_gap_asked_for_is_wider() -> None:
    free = np.ones((100, 100), np.uint8)
    cv2.rectangle(free, (40, 40), (52, 52), 0, 1)
    free[40, 45:48] = 1  # a door of three into a chamber of eleven
    found = gap.enclosed(free, 46, 50, 30)
    assert found[41:52, 41:52].all()
    assert not found[:39].any()


def test_tolerance_counts_the_largest_channel_and_transparent_is_alike() -> None:
    pixels = np.zeros((1, 4, 4), np.float32)
    pixels[0, 1] = (0.2, 0.0, 0.1, 1.0)
    pixels[0, 2] = (0.0, 0.0, 0.0, 0.1)
    np.testing.assert_array_equal(flood.difference(pixels, pixels[0, 0]), [[0, 255, 26, 0]])


def test_everywhere_takes_islands_too() -> None:
    grey = paper()
    grey[:, 60:63] = 0
    apart = apart_of(grey, 10, 10)
    assert flood.coverage(apart, 10, 10, contiguous=False)[5, 100] == 255
    assert flood.coverage(apart, 10, 10)[5, 100] == 0


@pytest.mark.parametrize("grow", [1, 2, 3, 8])
def test_growing_goes_under_the_line_and_never_over_it(grow: int) -> None:
    grey = paper()
    cv2.line(grey, (0, 30), (159, 90), 0, 3, cv2.LINE_AA)
    apart = apart_of(grey, 80, 110)
    region = gap.component((apart <= 10).astype(np.uint8), 80, 110)
    more = flood.grown(region, apart, grow, 10)
    assert more.sum() > region.sum() + 100
    assert not more[apart_of(grey, 80, 5) <= 10][region[apart_of(grey, 80, 5) <= 10] == 0].any()


def test_half_tones_of_the_line_are_filled_by_half() -> None:
    grey = paper(5, 9)
    grey[:, 4], grey[:, 3], grey[:, 5] = 0, 128, 128
    cover = flood.coverage(apart_of(grey, 0, 2), 0, 2, tolerance=10)
    assert list(cover[2]) == [255, 255, 255, 128, 0, 0, 0, 0, 0]
    assert list(flood.coverage(apart_of(grey, 0, 2), 0, 2, tolerance=10, smooth=False)[2, 3:]) == [0] * 6


def test_growing_negatively_keeps_a_distance() -> None:
    grey = paper()
    grey[:, 60] = 0
    cover = flood.coverage(apart_of(grey, 10, 10), 10, 10, grow=-3)
    assert not cover[:, 57:].any()
    assert cover[:, :57].all()


def test_the_border_is_seen_only_where_there_is_more() -> None:
    region = np.zeros((10, 10), np.uint8)
    region[4, 0] = 1
    assert flood.touches_border(region, (True, False, False, False))
    assert not flood.touches_border(region, (False, True, True, True))
    region[4, 0], region[4, 7] = 0, 1
    assert not flood.touches_border(region, (True, True, True, True))
    assert flood.touches_border(region, (False, False, True, False), margin=2)


def test_a_border_across_an_open_gap_is_soft() -> None:
    region = np.triu(np.ones((20, 20), np.uint8))
    cover = flood.softened(region, np.zeros((20, 20), np.uint8))
    below = cover[np.arange(1, 20), np.arange(19)]
    assert (below[1:-1] > 40).all() and (below[1:-1] < 215).all()
    assert not cover[10, :8].any() and (cover[10, 10:] == 255).all()
