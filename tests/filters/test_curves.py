"""Curves against the brush's curve, SciPy's monotone cubic and straight lines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from studio.filters.curves import bent
from studio.raster.dynamics import curve_pieces, curve_values
from tests.filters.tones import colours, decoded, encoded, filtered

SOME = ((0.0, 0.1), (0.2, 0.15), (0.5, 0.7), (0.75, 0.72), (1.0, 0.95))
part = st.integers(0, 200).map(lambda number: number / 200)


@given(st.lists(st.tuples(part, part), min_size=1, max_size=12))
def test_the_sum_of_pieces_is_the_curve(points: list[tuple[float, float]]) -> None:
    places = np.linspace(0, 1, 401, dtype=np.float32)[None]
    if tuple(points) == ((0.0, 0.0), (1.0, 1.0)):
        return
    np.testing.assert_allclose(bent(places, tuple(points)), curve_values(points, places), atol=1e-5)


def test_inner_pieces_are_those_of_scipy() -> None:
    places = np.linspace(0.2, 0.75, 300, dtype=np.float32)[None]
    wanted = PchipInterpolator(*np.array(SOME).T)(places)
    np.testing.assert_allclose(bent(places, SOME), wanted, atol=1e-6)


def test_a_rising_curve_never_falls() -> None:
    values = bent(np.linspace(0, 1, 4001, dtype=np.float32)[None], SOME)[0]
    assert (np.diff(values) > -1e-6).all()


def test_straight_lines() -> None:
    rgb = colours()
    got = filtered("curves", rgb, curve=SOME, between="straight-lines")
    np.testing.assert_allclose(got, np.interp(rgb, *np.array(SOME).T), atol=1e-6)


def test_a_channel_goes_first_and_then_all() -> None:
    rgb = colours()
    red, every = ((0.0, 0.5), (1.0, 1.0)), ((0.0, 1.0), (1.0, 0.0))
    got = filtered("curves", rgb, curve=every, red=red)
    np.testing.assert_allclose(got[..., 0], 1 - (0.5 + 0.5 * rgb[..., 0]), atol=1e-6)
    np.testing.assert_allclose(got[..., 1:], 1 - rgb[..., 1:], atol=1e-6)


def test_linear_light() -> None:
    rgb = colours()
    half = ((0.0, 0.0), (1.0, 0.5))
    got = filtered("curves", rgb, curve=half, space="linear-light")
    np.testing.assert_allclose(got, encoded(decoded(rgb) / 2), atol=5e-6)


def test_beyond_the_ends() -> None:
    points = ((0.0, 0.0), (0.5, 0.6), (1.0, 0.9))
    slope = curve_pieces(points).after
    assert slope == pytest.approx(0.6)
    got = filtered("curves", [-0.5, 1.0, 3.0], curve=points)
    np.testing.assert_allclose(got, [-0.5 * 1.2, 0.9, 0.9 + 2 * slope], atol=1e-5)
    level = filtered("curves", [-0.5, 0.05, 3.0], curve=((0.1, 0.2), (0.8, 0.7)))
    np.testing.assert_allclose(level, [0.2, 0.2, 0.7], atol=1e-6)


def test_one_point_is_a_level_line_and_none_the_straight_one() -> None:
    np.testing.assert_allclose(filtered("curves", [0.1, 0.5, 0.9], curve=[[0.3, 0.4]]), 0.4, atol=1e-6)
    np.testing.assert_allclose(filtered("curves", [0.1, 0.5, 2.0], curve=[]), [0.1, 0.5, 2.0], atol=1e-6)
