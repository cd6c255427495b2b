"""Unsharp mask and high pass against their formulas."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from studio.filters import FILTERS
from studio.filters.sharpen import HighPass, UnsharpMask
from tests.filters.pictures import grey, noise

LUMA = np.array([0.2126, 0.7152, 0.0722])


def blur(values: np.ndarray, sigma: float) -> np.ndarray:
    return ndimage.gaussian_filter(values.astype(np.float64), sigma, mode="nearest", truncate=6, axes=(0, 1))


def test_unsharp_mask_equals_its_formula() -> None:
    source = noise(opaque=True)
    rgb = source[..., :3].astype(np.float64)
    difference = rgb - blur(rgb, 2)
    kind = FILTERS["unsharp-mask"]
    out = kind.apply(source, UnsharpMask(sigma=2, amount=1.5))
    np.testing.assert_allclose(out[..., :3], rgb + 1.5 * difference, atol=3e-3)  # the blur ends at 3 σ
    out = kind.apply(source, UnsharpMask(sigma=2, amount=1.5, threshold=0.1))
    expected = rgb + 1.5 * np.sign(difference) * np.maximum(0, np.abs(difference) - 0.1)
    np.testing.assert_allclose(out[..., :3], expected, atol=3e-3)
    out = kind.apply(source, UnsharpMask(sigma=2, amount=1.5, channels="shared"))
    np.testing.assert_allclose(out[..., :3], rgb + 1.5 * (difference @ LUMA)[..., None], atol=3e-3)


def test_high_pass_equals_its_formula() -> None:
    source = noise(opaque=True)
    rgb = source[..., :3].astype(np.float64)
    difference = rgb - blur(rgb, 4)
    out = FILTERS["high-pass"].apply(source, HighPass(sigma=4, contrast=0.7))
    np.testing.assert_allclose(out[..., :3], 0.5 + 0.7 * difference, atol=2e-3)
    out = FILTERS["high-pass"].apply(source, HighPass(sigma=4, contrast=0.7, channels="shared"))
    np.testing.assert_allclose(
        out[..., :3], 0.5 + 0.7 * np.repeat((difference @ LUMA)[..., None], 3, -1), atol=2e-3
    )


def test_no_amount_changes_nothing_and_grain_below_the_threshold_stays() -> None:
    source = noise()
    np.testing.assert_array_equal(FILTERS["unsharp-mask"].apply(source, UnsharpMask(amount=0)), source)
    fine = grey(0.5 + np.random.default_rng(0).uniform(-0.01, 0.01, (40, 40)))
    out = FILTERS["unsharp-mask"].apply(fine, UnsharpMask(amount=3, threshold=0.03))
    np.testing.assert_array_equal(out, fine)
