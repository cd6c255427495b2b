"""Levels against their formula."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import exposure

from studio import recipe
from studio.filters import FILTERS
from studio.filters.planes import from_light, to_light
from tests.filters.tones import colours, filtered

FIVE = {"black": 0.1, "gamma": 1.7, "white": 0.8, "darkest": 0.05, "lightest": 0.9}


def expected(v: np.ndarray, b: float, g: float, w: float, lo: float, hi: float) -> np.ndarray:
    t = (v - b) / (w - b)
    return lo + (hi - lo) * np.sign(t) * np.abs(t) ** (1 / g)


def test_one_pixel_from_the_description() -> None:
    got = filtered("levels", [0.5, 0.05, 1.5], **FIVE)
    np.testing.assert_allclose(got, expected(np.array([0.5, 0.05, 1.5]), 0.1, 1.7, 0.8, 0.05, 0.9), atol=1e-5)


def test_in_linear_light_the_same_happens_to_light() -> None:
    got = filtered("levels", [0.5, 0.05, 1.5], space="linear-light", **FIVE)
    light = to_light(np.array([0.5, 0.05, 1.5], np.float32)).astype(np.float64)
    wanted = from_light(expected(light, 0.1, 1.7, 0.8, 0.05, 0.9).astype(np.float32))
    np.testing.assert_allclose(got, wanted, atol=1e-5)


def test_a_stretch_is_that_of_scikit_image() -> None:
    rgb = colours()
    got = filtered("levels", rgb, black=0.2, white=0.7, darkest=0.1, lightest=0.6, clip=True)
    wanted = exposure.rescale_intensity(rgb, in_range=(0.2, 0.7), out_range=(0.1, 0.6))
    np.testing.assert_allclose(got, wanted, atol=1e-6)


def test_values_above_one_survive_unless_clipped() -> None:
    assert filtered("levels", [2.0, 0.1, 0.3], white=0.5)[0] == pytest.approx(4.0)
    assert filtered("levels", [2.0, 0.1, 0.3], white=0.5, clip=True)[0] == 1.0


def test_separate_channels_come_before_the_shared_one() -> None:
    got = filtered(
        "levels", [0.5, 0.5, 0.5], channels="separate", red_black=0.25, green_lightest=0.4, gamma=2.0
    )
    np.testing.assert_allclose(got, [(1 / 3) ** 0.5, 0.2**0.5, 0.5**0.5], atol=1e-6)
    together = filtered("levels", [0.5, 0.5, 0.5], red_black=0.25, gamma=2.0)
    np.testing.assert_allclose(together, [0.5**0.5] * 3, atol=1e-6)


def test_black_above_white_turns_round_and_black_at_white_is_a_step() -> None:
    np.testing.assert_allclose(
        filtered("levels", [0.0, 0.5, 1.0], black=1.0, white=0.0), [1, 0.5, 0], atol=1e-6
    )
    got = filtered("levels", [0.4, 0.6, 0.9], black=0.5, white=0.5, clip=True)
    np.testing.assert_array_equal(got, [0, 1, 1])


def test_opacity_keeps_colours() -> None:
    kind = FILTERS["levels"]
    pixels = np.array([[[0.1, 0.2, 0.3, 0.5], [0, 0, 0, 0], [0.4, 0.4, 0.2, 0.8]]], np.float32)
    parameters = recipe.from_plain(
        kind.parameters, {"channels": "opacity", "white": 0.8, "darkest": 0.2, "clip": True}
    )
    out = kind.apply(pixels, parameters)
    np.testing.assert_allclose(out[0, :, 3], [0.2 + 0.8 * 0.5 / 0.8, 0, 1], atol=1e-6)
    np.testing.assert_allclose(out[0, 0, :3] / out[0, 0, 3], [0.2, 0.4, 0.6], atol=1e-6)
    assert not out[0, 1].any()
