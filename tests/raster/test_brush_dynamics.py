"""Curves of the brush's sensors, and tips made of pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.raster.dynamics import Dynamic, curve_values, fitted_points
from studio.raster.tip import Tip, TipError

PLACES = st.floats(0, 1)
POINTS = st.lists(
    st.tuples(PLACES, PLACES), min_size=1, max_size=6, unique_by=lambda point: round(point[0], 3)
)


@given(POINTS)
def test_a_curve_goes_through_its_points_and_never_beyond_them(points: list[tuple[float, float]]) -> None:
    x, y = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    np.testing.assert_allclose(curve_values(points, x), y, atol=1e-9)
    values = curve_values(points, np.linspace(-0.5, 1.5, 301))
    assert values.min() >= y.min() - 1e-9
    assert values.max() <= y.max() + 1e-9


@given(st.lists(PLACES, min_size=2, max_size=6))
@example([0.0, 1.0, 5e-324])
def test_a_rising_curve_has_no_dip(heights: list[float]) -> None:
    points = [(index / 5, height) for index, height in enumerate(sorted(heights))]
    assert (np.diff(curve_values(points, np.linspace(0, 1, 200))) >= -1e-12).all()


def test_the_straight_curve_is_the_identity_and_low_and_high_scale_it() -> None:
    places = np.linspace(0, 1, 11)
    np.testing.assert_allclose(Dynamic().value(places), places, atol=1e-12)
    np.testing.assert_allclose(Dynamic(low=0.4, high=0.2).value(places), 0.4 - 0.2 * places, atol=1e-12)


@pytest.mark.parametrize("shape", [(3, 5), (4, 2, 4)])
def test_a_tip_keeps_its_pixels(shape: tuple[int, ...]) -> None:
    pixels = (np.arange(np.prod(shape)) * 7 % 256).astype(np.uint8).reshape(shape)
    tip = Tip.of(pixels)
    np.testing.assert_array_equal(tip.pixels(), pixels)
    assert tip.digest == Tip.of(pixels).digest != Tip.of(255 - pixels).digest


@pytest.mark.parametrize(
    "tip",
    [Tip(4, 4, 1, b"nonsense"), Tip(9, 9, 1, Tip.of(np.zeros((4, 4), np.uint8)).data), Tip(0, 4, 1, b"")],
)
def test_a_damaged_tip_is_refused(tip: Tip) -> None:
    with pytest.raises(TipError):
        tip.pixels()


def test_a_tip_too_large_or_of_another_type_is_refused() -> None:
    with pytest.raises(TipError, match="4096"):
        Tip.of(np.zeros((1, 5000), np.uint8))
    with pytest.raises(TipError, match="float"):
        Tip.of(np.zeros((4, 4)))


def test_points_are_fitted_along_heights() -> None:
    places = np.linspace(0, 1, 257)
    for heights in (places, places**2, 0.5 + 0.4 * np.sin(9 * places), (places > 0.4).astype(float)):
        points = fitted_points(heights, 16)
        assert len(points) <= 16
        away = np.abs(curve_values(points, places) - heights)
        assert np.quantile(away, 0.97) <= 0.01
    assert fitted_points(places, 16) == ((0.0, 0.0), (1.0, 1.0))
