"""Brightness and contrast, exposure, gamma and invert against their formulas and scikit-image."""

from __future__ import annotations

import math

import numpy as np
import pytest
from skimage import exposure, util

from studio.raster.colour import oklch_to_rgb, rgb_to_hsv, rgb_to_oklch
from tests.filters.tones import colours, decoded, encoded, filtered

PIXEL = np.array([0.2, 0.55, 0.9])


def test_brightness_and_contrast_of_one_pixel() -> None:
    lighter = PIXEL + 0.15 * (1 - PIXEL)
    slope = math.tan(1.2 * math.pi / 4)
    got = filtered("brightness-contrast", PIXEL, brightness=0.3, contrast=0.2, pivot=0.4)
    np.testing.assert_allclose(got, 0.4 + (lighter - 0.4) * slope, atol=1e-6)
    darker = filtered("brightness-contrast", PIXEL, brightness=-0.4)
    np.testing.assert_allclose(darker, PIXEL * 0.8, atol=1e-6)


@pytest.mark.parametrize("contrast", [0.5, -0.5, 1.0, -1.0])
def test_the_s_curve_is_that_of_scikit_image_between_black_and_white(contrast: float) -> None:
    rgb = colours()
    k, pivot = 10 * abs(contrast), 0.4
    ends = exposure.adjust_sigmoid(np.array([0.0, 1.0]), cutoff=pivot, gain=k)

    def forwards(v: np.ndarray) -> np.ndarray:
        return (exposure.adjust_sigmoid(v, cutoff=pivot, gain=k) - ends[0]) / (ends[1] - ends[0])

    got = filtered("brightness-contrast", rgb, contrast=contrast, pivot=pivot, method="s-curve")
    if contrast > 0:
        np.testing.assert_allclose(got, forwards(rgb), atol=2e-6)
    else:
        np.testing.assert_allclose(forwards(np.clip(got, 0, 1)), rgb, atol=2e-5)


def test_the_s_curve_keeps_the_ends_and_what_lies_beyond() -> None:
    got = filtered("brightness-contrast", [0.0, 1.0, 2.5], brightness=0.5, contrast=0.6, method="s-curve")
    np.testing.assert_allclose(got, [0, 1, 2.5], atol=1e-6)


def test_exposure_of_one_pixel() -> None:
    light = (decoded(PIXEL) - 0.02) / (2**-1.5 - 0.02) + 0.03
    got = filtered("exposure", PIXEL, exposure=1.5, black=0.02, offset=0.03, gamma=1.2)
    np.testing.assert_allclose(got, encoded(light ** (1 / 1.2)), rtol=1e-5)


def test_one_more_doubles_the_light_beyond_one_too() -> None:
    rgb = colours(high=4.0)
    got = filtered("exposure", rgb, exposure=1.0)
    np.testing.assert_allclose(decoded(got), 2 * decoded(rgb), rtol=2e-5)


def test_gamma_is_that_of_scikit_image() -> None:
    rgb = colours()
    np.testing.assert_allclose(
        filtered("gamma", rgb, gamma=2.2), exposure.adjust_gamma(rgb, 1 / 2.2), atol=2e-6
    )
    got = filtered("gamma", PIXEL, gamma=2.0, green=0.5)
    np.testing.assert_allclose(got, [0.2**0.5, 0.55, 0.9**0.5], atol=1e-6)
    np.testing.assert_allclose(filtered("gamma", [4.0, 1.0, -4.0], gamma=2.0), [2, 1, -2], atol=1e-6)


def test_invert() -> None:
    rgb = colours()
    np.testing.assert_allclose(filtered("invert", rgb), util.invert(rgb), atol=1e-6)
    np.testing.assert_allclose(
        filtered("invert", rgb, what="linear-light"), encoded(1 - decoded(rgb)), atol=5e-6
    )
    twice = filtered("invert", np.clip(filtered("invert", rgb), 0, 1))
    np.testing.assert_allclose(twice, rgb, atol=1e-6)


def test_invert_keeps_hue_where_it_says_so() -> None:
    rgb = colours()
    before, after = rgb_to_hsv(rgb), rgb_to_hsv(filtered("invert", rgb, what="value"))
    np.testing.assert_allclose(after[..., 2], 1 - before[..., 2], atol=1e-5)
    off = (after[..., 0] - before[..., 0] + 0.5) % 1 - 0.5
    assert np.abs(off[(before[..., 1] > 0.05) & (after[..., 2] > 0.02)]).max() < 1e-3
    lch = rgb_to_oklch(rgb)
    lch[..., 0] = 1 - lch[..., 0]
    np.testing.assert_allclose(filtered("invert", rgb, what="lightness"), oklch_to_rgb(lch), atol=3e-5)
    np.testing.assert_allclose(filtered("invert", [0, 0, 0], what="value"), 1, atol=1e-6)
