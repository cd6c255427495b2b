"""Hue, saturation and vibrance against colorsys, scikit-image and the formulas of the descriptions."""

from __future__ import annotations

import colorsys
import math

import numpy as np
import pytest
from skimage import color

from studio.filters.colour import _OKLCH_CENTRES, from_hsl, to_hsl, weights
from studio.raster.colour import oklch_to_rgb, rgb_to_oklch
from tests.filters.tones import colours, filtered


def in_hsl(rgb: np.ndarray) -> np.ndarray:
    """[n, 3] of hue, lightness, saturation by the standard library."""
    return np.array([colorsys.rgb_to_hls(*one) for one in rgb.reshape(-1, 3).astype(float)])


def from_hls(hls: np.ndarray) -> np.ndarray:
    return np.array([colorsys.hls_to_rgb(*one) for one in hls])


def test_hsl_is_that_of_the_standard_library() -> None:
    rgb = colours(1024)
    planes = [np.ascontiguousarray(rgb[..., channel]) for channel in range(3)]
    hue, chroma, lightness = to_hsl(planes)
    wanted = in_hsl(rgb)
    np.testing.assert_allclose(hue.ravel() / 6 % 1, wanted[:, 0], atol=1e-5)
    np.testing.assert_allclose(lightness.ravel(), wanted[:, 1], atol=1e-6)
    np.testing.assert_allclose(np.dstack(from_hsl(hue, chroma, lightness)), rgb, atol=1e-6)


def test_turned_paler_and_lighter_in_hsl() -> None:
    rgb = colours(1024)
    hls = in_hsl(rgb)
    hls[:, 0] = (hls[:, 0] + 100 / 360) % 1
    hls[:, 1] += 0.2 * (1 - hls[:, 1])
    hls[:, 2] *= 0.6
    got = filtered("hue-saturation", rgb, hue=100, saturation=-0.4, lightness=0.2)
    np.testing.assert_allclose(got.reshape(-1, 3), from_hls(hls), atol=2e-5)


def test_more_saturation_ends_at_one() -> None:
    rgb = colours(1024)
    hls = in_hsl(rgb)
    hls[:, 2] = np.minimum(hls[:, 2] * 1.8, 1)
    np.testing.assert_allclose(
        filtered("hue-saturation", rgb, saturation=0.8).reshape(-1, 3), from_hls(hls), atol=2e-5
    )


def test_oklch() -> None:
    rgb = colours(1024)
    lch = rgb_to_oklch(rgb)
    lch[..., 0] *= 0.7
    lch[..., 1] *= 1.5
    lch[..., 2] = (lch[..., 2] - 0.25) % 1
    got = filtered("hue-saturation", rgb, space="oklch", hue=-90, saturation=0.5, lightness=-0.3)
    np.testing.assert_allclose(got, oklch_to_rgb(lch), atol=5e-5)


@pytest.mark.parametrize("space", ["hsl", "oklch"])
def test_no_colour_is_grey_and_nothing_leaves_colours(space: str) -> None:
    rgb = colours(1024)
    grey = filtered("hue-saturation", rgb, space=space, saturation=-1.0)
    assert np.ptp(grey, axis=-1).max() < 2e-5
    np.testing.assert_allclose(filtered("hue-saturation", rgb, space=space), rgb, atol=3e-5)


@pytest.mark.parametrize("centres", [tuple(index / 6 for index in range(6)), _OKLCH_CENTRES])
@pytest.mark.parametrize("overlap", [0.0, 0.4, 1.0])
def test_the_ranges_share_every_hue(centres: tuple[float, ...], overlap: float) -> None:
    hues = np.random.default_rng(5).random((1, 20000)).astype(np.float32)
    shares = weights(hues, centres, overlap)
    np.testing.assert_allclose(sum(shares), 1, atol=1e-5)
    for centre, share in zip(centres, shares, strict=True):
        near = np.abs((hues - centre + 0.5) % 1 - 0.5) < 0.002
        assert share[near].min() > 0.9


def test_one_range_leaves_the_others() -> None:
    red, green, blue = [0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]
    kept = {"ranges": True, "greens_saturation": -1.0}
    np.testing.assert_allclose(filtered("hue-saturation", red, **kept), red, atol=1e-5)
    np.testing.assert_allclose(filtered("hue-saturation", green, **kept), [0.45] * 3, atol=1e-5)
    np.testing.assert_allclose(filtered("hue-saturation", blue, **kept), blue, atol=1e-5)
    yellow = filtered("hue-saturation", [0.8, 0.8, 0.1], ranges=True, yellows_hue=60.0)
    np.testing.assert_allclose(yellow, [0.1, 0.8, 0.1], atol=1e-5)


def test_the_pure_colours_in_oklch() -> None:
    pure = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1], [1, 0, 1]], float)
    np.testing.assert_allclose(rgb_to_oklch(pure)[:, 2], _OKLCH_CENTRES, atol=3e-4)


def test_light_above_one_keeps_its_hue() -> None:
    got = filtered("hue-saturation", [3.0, 1.0, 0.5], hue=120.0)
    np.testing.assert_allclose(got, [0.5, 3.0, 1.0], atol=1e-5)


def test_vibrance_of_one_pixel() -> None:
    rgb = np.array([0.6, 0.5, 0.4])
    lightness, chroma, hue = rgb_to_oklch(rgb)
    near = 2 ** ((math.cos(2 * math.pi * hue - math.radians(55)) - 1) / (1 - math.cos(math.radians(35))))
    factor = 1.1 * (1 + 0.7 * (1 - chroma / 0.3) * (1 - 0.4 * near))
    wanted = oklch_to_rgb(np.array([lightness, chroma * factor, hue]))
    got = filtered("vibrance", rgb, vibrance=0.7, saturation=0.1, skin=0.4)
    np.testing.assert_allclose(got, wanted, atol=2e-5)


def test_vibrance_changes_pale_colours_most_and_skin_least() -> None:
    pale, strong = [0.45, 0.55, 0.45], [0.1, 0.9, 0.1]

    def grown(rgb: list[float], **settings: float) -> float:
        new = rgb_to_oklch(filtered("vibrance", rgb, vibrance=0.8, **settings))[1]
        return float(new / rgb_to_oklch(np.array(rgb))[1])

    assert grown(pale) > grown(strong) >= 1
    skin = [0.8, 0.62, 0.52]
    assert grown(skin, skin=1.0) < grown(skin, skin=0.0)


def test_hue_of_hsv_agrees_with_scikit_image() -> None:
    rgb = colours(1024)
    before, after = (
        color.rgb2hsv(rgb),
        color.rgb2hsv(np.clip(filtered("hue-saturation", rgb, hue=30.0), 0, 1)),
    )
    seen = before[..., 1] > 0.05
    off = (after[..., 0] - before[..., 0] - 30 / 360 + 0.5) % 1 - 0.5
    assert np.abs(off[seen]).max() < 1e-3
