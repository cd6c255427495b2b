"""Black and white against scikit-image and the formulas of its description."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import color

from studio.raster.colour import rgb_to_oklch
from tests.filters.tones import colours, decoded, encoded, filtered


def test_luma_is_that_of_scikit_image() -> None:
    rgb = colours()
    got = filtered("black-and-white", rgb, method="luma")
    # scikit-image has the weights with fewer digits: 0.2125, 0.7154, 0.0721
    np.testing.assert_allclose(got[..., 0], color.rgb2gray(rgb), atol=5e-4)
    assert np.ptp(got, axis=-1).max() == 0


def test_luminance_is_y_of_ciexyz() -> None:
    rgb = colours()
    got = filtered("black-and-white", rgb)
    # scikit-image has this matrix with six digits
    np.testing.assert_allclose(decoded(got[..., 0]), color.rgb2xyz(rgb)[..., 1], atol=2e-4)


@pytest.mark.parametrize(
    ("method", "wanted"),
    [
        ("lightness", lambda rgb: (rgb.max(-1) + rgb.min(-1)) / 2),
        ("average", lambda rgb: rgb.mean(-1)),
        ("value", lambda rgb: rgb.max(-1)),
        ("oklch", lambda rgb: encoded(rgb_to_oklch(rgb)[..., 0] ** 3)),
    ],
)
def test_other_greys(method: str, wanted) -> None:
    rgb = colours()
    got = filtered("black-and-white", rgb, method=method)
    np.testing.assert_allclose(got, np.repeat(wanted(rgb)[..., None], 3, -1), atol=1e-5)


def test_weights_of_one_pixel() -> None:
    # least blue 0.2, then 0.3 of yellow, then 0.2 of red
    got = filtered("black-and-white", [0.7, 0.5, 0.2], method="colour-weights", reds=0.5, yellows=1.2)
    np.testing.assert_allclose(got, 0.2 + 0.2 * 0.5 + 0.3 * 1.2, atol=1e-6)
    pure = {"reds": 0.1, "yellows": 0.2, "greens": 0.3, "cyans": 0.4, "blues": 0.5, "magentas": 0.6}
    every = [[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1], [1, 0, 1]]
    for rgb, weight in zip(every, pure.values(), strict=True):
        np.testing.assert_allclose(
            filtered("black-and-white", rgb, method="colour-weights", **pure), weight, atol=1e-6
        )


def test_strength_mixes_and_tint_keeps_the_ends() -> None:
    rgb = colours()
    grey = filtered("black-and-white", rgb)
    np.testing.assert_allclose(
        filtered("black-and-white", rgb, strength=0.25), rgb + 0.25 * (grey - rgb), atol=1e-6
    )
    ends = filtered("black-and-white", np.array([[[0.0, 0, 0], [1.0, 1, 1], [0.5, 0.5, 0.5]]]), tint=1.0)[0]
    np.testing.assert_allclose(ends[:2], [[0, 0, 0], [1, 1, 1]], atol=2e-4)
    assert ends[2, 0] > ends[2, 1] > ends[2, 2]
