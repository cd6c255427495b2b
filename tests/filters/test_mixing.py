"""Colour balance, channel mixer and white balance against their formulas, scikit-image and known whites."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.color import colorconv

from studio.filters.mixing import WhiteBalance, adaptation, chromaticity, white
from tests.filters.tones import colours, decoded, encoded, filtered

LUMA = np.array([0.2126, 0.7152, 0.0722])


def test_colour_balance_of_one_pixel() -> None:
    rgb = np.array([0.3, 0.4, 0.5])
    y = rgb @ LUMA
    s, h = np.clip(3 * (0.5 - y), 0, 1), np.clip(3 * (y - 0.5), 0, 1)
    m = 1 - s - h
    moved = rgb + 0.3 * np.array([s * 0.5, m * -0.4, h * 1.0 + s * 0.2])
    settings = {"shadows_red": 0.5, "midtones_green": -0.4, "highlights_blue": 1.0, "shadows_blue": 0.2}
    got = filtered("colour-balance", rgb, keep_luminosity=False, **settings)
    np.testing.assert_allclose(got, moved, atol=1e-6)
    kept = filtered("colour-balance", rgb, **settings)
    np.testing.assert_allclose(kept, moved + (y - moved @ LUMA), atol=1e-6)


def test_colour_balance_keeps_luma() -> None:
    rgb = colours()
    got = filtered("colour-balance", rgb, shadows_red=1.0, highlights_blue=-1.0)
    np.testing.assert_allclose(got @ LUMA, rgb @ LUMA, atol=1e-6)


def test_a_mix_is_a_matrix() -> None:
    rgb = colours(high=2.0)
    got = filtered("channel-mixer", rgb, red_from_green=0.5, green_from_blue=-0.3, blue_constant=0.2)
    matrix = np.array([[1, 0.5, 0], [0, 1, -0.3], [0, 0, 1]])
    np.testing.assert_allclose(got, rgb @ matrix.T + [0, 0, 0.2], atol=1e-6)
    light = filtered("channel-mixer", rgb, red_from_green=0.5, space="linear-light")
    wanted = decoded(rgb) @ np.array([[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]).T
    np.testing.assert_allclose(light, encoded(wanted), atol=2e-5)


def test_a_mix_that_keeps_white_and_a_monochrome_one() -> None:
    kept = {"red_from_red": 0.5, "red_from_green": 1.5, "keep_luminosity": True}
    np.testing.assert_allclose(filtered("channel-mixer", [0.2, 0.6, 0.4], **kept), [0.5, 0.6, 0.4], atol=1e-6)
    grey = filtered("channel-mixer", [0.2, 0.6, 0.4], monochrome=True, **kept)
    np.testing.assert_allclose(grey, 0.5, atol=1e-6)


@pytest.mark.parametrize(
    ("kelvin", "x", "y"),
    # a black body, CIE 1931 (Wyszecki and Stiles, table 1(3.11) and CIE illuminant A)
    [
        (2000, 0.5267, 0.4133),
        (2856, 0.4475, 0.4074),
        (4000, 0.3805, 0.3768),
        (6500, 0.3135, 0.3237),
        (10000, 0.2807, 0.2884),
    ],
)
def test_the_white_of_a_black_body(kelvin: float, x: float, y: float) -> None:
    np.testing.assert_allclose(chromaticity(kelvin), (x, y), atol=6e-4)


def test_the_cubics_meet() -> None:
    for kelvin in (2222.0, 4000.0):
        np.testing.assert_allclose(chromaticity(kelvin - 0.01), chromaticity(kelvin + 0.01), atol=2e-4)


@pytest.mark.parametrize("method", ["bradford", "cat16", "camera"])
def test_the_white_there_was_becomes_the_wanted_one(method) -> None:
    to_rgb = np.linalg.inv(colorconv.xyz_from_rgb)
    before, after = to_rgb @ white(3200), to_rgb @ white(5000)
    matrix = np.array(adaptation(WhiteBalance(taken=3200, shown=5000, method=method)))
    np.testing.assert_allclose(matrix @ before, after, atol=2e-3)
    np.testing.assert_allclose(adaptation(WhiteBalance(method=method)), np.eye(3), atol=1e-9)


def test_lamp_light_becomes_neutral_and_bradford_is_the_published_one() -> None:
    lamp = np.linalg.inv(colorconv.xyz_from_rgb) @ white(2856)
    got = filtered("white-balance", encoded(lamp * 0.3), taken=2856, shown=6504)
    assert np.ptp(decoded(got)) < 1e-3
    # Bradford from illuminant A to D65 in XYZ, Lindbloom
    wanted = np.array([[0.8447, -0.1179, 0.3948], [-0.1366, 1.1042, 0.1292], [0.0799, -0.1349, 3.1924]])
    matrix = np.array(adaptation(WhiteBalance(taken=2856, shown=6504)))
    to_xyz = colorconv.xyz_from_rgb
    got = to_xyz @ matrix @ np.linalg.inv(to_xyz)
    np.testing.assert_allclose(got, wanted, atol=0.04)


def test_white_balance_keeps_light_where_asked_and_tint_is_magenta_upwards() -> None:
    rgb = colours() * 0.4 + 0.4
    got = filtered("white-balance", rgb, taken=4500, tint=0.4, keep_luminosity=True)
    np.testing.assert_allclose(decoded(got) @ LUMA, decoded(rgb) @ LUMA, rtol=1e-3)
    red, green, blue = filtered("white-balance", [0.5, 0.5, 0.5], tint=0.5)
    assert green < min(red, blue)
