"""Gradients against their formulas."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster import gradient
from studio.raster.geometry import Rect

BLACK_WHITE = ((0.0, 0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0))
POINT = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


def at(kind: gradient.GradientKind, x: float, y: float, start: tuple, end: tuple) -> float:
    return float(gradient.along(kind, np.array(x), np.array(y), start, end))


@given(POINT, POINT, st.floats(-1, 2))
def test_along_the_line_the_share_of_the_way_is_given(start: tuple, end: tuple, t: float) -> None:
    length = np.hypot(end[0] - start[0], end[1] - start[1])
    if length < 1:
        return
    x, y = start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])
    assert at("linear", x, y, start, end) == pytest.approx(t, abs=2e-3)
    assert at("reflected", x, y, start, end) == pytest.approx(abs(t), abs=2e-3)
    assert at("radial", x, y, start, end) == pytest.approx(abs(t), abs=2e-3)


@given(st.floats(0.01, 0.99))
def test_the_angle_turns_once_clockwise(turn: float) -> None:
    x, y = 50 + 30 * np.cos(2 * np.pi * turn), 60 + 30 * np.sin(2 * np.pi * turn)
    assert at("angle", x, y, (50, 60), (90, 60)) == pytest.approx(turn, abs=1e-5)


@given(st.floats(-5, 5))
def test_the_ends_are_held_repeated_or_mirrored(t: float) -> None:
    array = np.array([t])
    assert gradient.extended(array, "pad")[0] == min(max(t, 0), 1)
    assert gradient.extended(array, "repeat")[0] == pytest.approx(t % 1)
    assert gradient.extended(array, "mirror")[0] == pytest.approx(abs((t - 1) % 2 - 1), abs=1e-9)


def test_a_gradient_without_length_is_its_last_colour() -> None:
    pixels = gradient.paint(BLACK_WHITE, "linear", (5, 5), (5, 5), Rect(0, 0, 4, 4), dither=False)
    assert (pixels == 1).all()


def test_a_fade_to_nothing_keeps_its_colour() -> None:
    stops = ((0.0, 1.0, 0.0, 0.0, 1.0), (1.0, 0.0, 0.0, 1.0, 0.0))
    colours = gradient.colours_at(stops, np.array([0.0, 0.5, 0.9]))
    np.testing.assert_allclose(colours[:, :3], [[1, 0, 0]] * 3, atol=1e-9)
    np.testing.assert_allclose(colours[:, 3], [1, 0.5, 0.1])


@pytest.mark.parametrize("space", ["encoded", "oklab", "linear-light"])
def test_stops_are_met_exactly_in_every_space(space: gradient.Space) -> None:
    stops = ((0.0, 0.1, 0.2, 0.9, 1.0), (0.25, 0.9, 0.1, 0.3, 1.0), (1.0, 0.4, 0.8, 0.2, 1.0))
    colours = gradient.colours_at(stops, np.array([0.0, 0.25, 1.0]), space)
    np.testing.assert_allclose(colours, [stop[1:] for stop in stops], atol=1e-6)


def test_the_middle_of_black_and_white_in_each_space() -> None:
    middle = {
        space: gradient.colours_at(BLACK_WHITE, np.array([0.5]), space)[0, 0]
        for space in ("encoded", "linear-light")
    }
    assert middle["encoded"] == pytest.approx(0.5)
    assert middle["linear-light"] == pytest.approx(0.735357, abs=1e-5)  # 0.5 of the light, IEC 61966-2-1


def test_blue_to_yellow_is_no_grey_in_oklab() -> None:
    stops = ((0.0, 0.0, 0.0, 1.0, 1.0), (1.0, 1.0, 1.0, 0.0, 1.0))
    encoded = gradient.colours_at(stops, np.array([0.5]))[0, :3]
    perceptual = gradient.colours_at(stops, np.array([0.5]), "oklab")[0, :3]
    assert np.ptp(encoded) < 1e-9
    assert np.ptp(perceptual) > 0.05


def test_equal_offsets_make_a_hard_edge() -> None:
    stops = ((0.0, 0, 0, 0, 1.0), (0.5, 0, 0, 0, 1.0), (0.5, 1, 1, 1, 1.0), (1.0, 1, 1, 1, 1.0))
    colours = gradient.colours_at(stops, np.array([0.499, 0.501]))
    assert colours[0, 0] == 0 and colours[1, 0] == 1


@cache
def _whole() -> np.ndarray:
    return gradient.paint(BLACK_WHITE, "radial", (10.0, 20.0), (200.0, 90.0), Rect(-100, -100, 140, 140))


@given(st.integers(-100, 100), st.integers(-100, 100))
def test_any_rectangle_is_part_of_the_whole(left: int, top: int) -> None:
    rect = Rect(left, top, left + 20, top + 9)
    part = gradient.paint(BLACK_WHITE, "radial", (10.0, 20.0), (200.0, 90.0), rect)
    np.testing.assert_allclose(part, _whole()[top + 100 : top + 109, left + 100 : left + 120], atol=1e-6)


def test_dither_keeps_the_mean_and_breaks_the_steps() -> None:
    stops = ((0.0, 0.5, 0.5, 0.5, 1.0), (1.0, 0.51, 0.51, 0.51, 1.0))
    rect = Rect(0, 0, 512, 64)
    plain = gradient.paint(stops, "linear", (0, 0), (512, 0), rect, dither=False)
    noisy = gradient.paint(stops, "linear", (0, 0), (512, 0), rect)
    assert np.abs(noisy - plain).max() <= 0.5 / 255 + 1e-6
    eight = np.round(noisy[..., 0] * 255)
    columns = eight.mean(0)
    assert np.corrcoef(columns, plain[0, :, 0])[0, 1] > 0.97
    assert len(np.unique(np.round(plain[..., 0] * 255), return_counts=True)[0]) <= 4
    assert noisy.mean() == pytest.approx(float(plain.mean()), abs=2e-5)


def test_dithered_pixels_stay_valid() -> None:
    stops = ((0.0, 1.0, 1.0, 1.0, 1.0), (1.0, 0.0, 0.0, 0.0, 0.0))
    pixels = gradient.paint(stops, "linear", (0, 0), (100, 0), Rect(-10, 0, 120, 40))
    assert pixels.min() >= 0
    assert (pixels[..., :3] <= pixels[..., 3:] + 1e-7).all()


def test_a_transformed_rectangle_shows_the_same_gradient_elsewhere() -> None:
    plain = gradient.paint(BLACK_WHITE, "linear", (0, 0), (64, 0), Rect(0, 0, 64, 8), dither=False)
    moved = gradient.paint(
        BLACK_WHITE, "linear", (0, 0), (64, 0), Rect(100, 50, 164, 58), to_gradient=(1, 0, 0, 1, -100, -50), dither=False
    )  # fmt: skip
    np.testing.assert_array_equal(plain, moved)
