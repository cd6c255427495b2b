"""Non-local means and total variation against scikit-image, wavelet shrinkage against its formula."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from skimage import restoration

from studio.filters import FILTERS
from studio.filters.denoise import (
    B3_SPLINE,
    NOISE_OF_SCALE,
    OPPONENT,
    NonLocalMeans,
    TotalVariation,
    WaveletDenoise,
)
from tests.filters.pictures import noise, psnr, steps_with_noise


def test_non_local_means_removes_as_much_noise_as_scikit_image() -> None:
    clean, noisy = steps_with_noise(150, 0.08)
    inner = (slice(8, -8), slice(8, -8))
    out = FILTERS["non-local-means"].apply(noisy, NonLocalMeans(strength=0.08, noise=0.08))
    settings = {"patch_size": 5, "patch_distance": 6, "h": 0.08, "sigma": 0.08, "channel_axis": -1}
    expected = restoration.denoise_nl_means(noisy[..., :3], fast_mode=False, **settings)
    assert psnr(clean[inner], out[inner]) == pytest.approx(psnr(clean[inner], expected[inner]), abs=0.1)
    assert psnr(clean, out) > psnr(clean, noisy) + 11
    # its fast mode weighs all of a patch alike, and is best at a lower strength
    faster = [
        restoration.denoise_nl_means(noisy[..., :3], fast_mode=True, **settings | {"h": h})
        for h in (0.04, 0.05, 0.06)
    ]
    assert psnr(clean, out) > max(psnr(clean, picture) for picture in faster)


def test_non_local_means_equals_its_formula() -> None:
    source = noise(21, 21)
    straight, alpha = (source[..., :3] / source[..., 3:]).astype(np.float64), source[..., 3]
    total, weights = np.zeros(3), 0.0
    patch = np.exp(-2 * np.array([[2, 1, 2], [1, 0, 1], [2, 1, 2]]))[..., None] / 3
    patch /= patch.sum() * 3
    here = straight[9:12, 9:12]
    for y in range(7, 14):
        for x in range(7, 14):
            distance = (patch * (straight[y - 1 : y + 2, x - 1 : x + 2] - here) ** 2).sum()
            weight = alpha[y, x] * np.exp(-max(0, distance - 2 * 0.2**2) / 0.3**2)
            total, weights = total + weight * straight[y, x], weights + weight
    out = FILTERS["non-local-means"].apply(source, NonLocalMeans(strength=0.3, noise=0.2, patch=1, search=3))
    np.testing.assert_allclose(out[10, 10, :3] / alpha[10, 10], total / weights, atol=2e-5)


@pytest.mark.parametrize("channels", ["per-channel", "shared"])
def test_total_variation_equals_scikit_image(channels: str) -> None:
    """Its ``channel_axis`` takes each channel alone."""
    _, noisy = steps_with_noise(70)
    if channels == "shared":  # three equal channels have √3 times the gradient of one
        noisy[..., 1:3] = noisy[..., :1]
    weight = 0.15 if channels == "per-channel" else 0.15 / np.sqrt(3)
    out = FILTERS["total-variation"].apply(noisy, TotalVariation(weight=0.15, rounds=40, channels=channels))
    expected = restoration.denoise_tv_chambolle(
        noisy[..., :3].astype(np.float64), weight=weight, eps=0, max_num_iter=41, channel_axis=-1
    )
    np.testing.assert_allclose(out[..., :3], expected, atol=2e-5 if channels == "per-channel" else 5e-3)


def test_total_variation_falls_and_noise_goes() -> None:
    clean, noisy = steps_with_noise(120, 0.1)
    out = FILTERS["total-variation"].apply(noisy, TotalVariation(weight=0.15, rounds=80))

    def variation(pixels: np.ndarray) -> float:
        return float(np.abs(np.diff(pixels, axis=0)).sum() + np.abs(np.diff(pixels, axis=1)).sum())

    assert variation(out) < 0.3 * variation(noisy)
    assert psnr(clean, out) > psnr(clean, noisy) + 7


@pytest.mark.parametrize("shrinkage", ["soft", "hard"])
def test_wavelet_shrinkage_equals_its_formula(shrinkage: str) -> None:
    source = noise(60, 70, opaque=True)
    coarse = source[..., :3].astype(np.float64) @ OPPONENT.T
    total = np.zeros_like(coarse)
    for scale in range(3):
        kernel = np.zeros(4 * 2**scale + 1)
        kernel[:: 2**scale] = B3_SPLINE
        # the picture is widened once, not anew at each scale, so its middle is compared
        smoother = ndimage.correlate1d(
            ndimage.correlate1d(coarse, kernel, 0, mode="nearest"), kernel, 1, mode="nearest"
        )
        detail, coarse = coarse - smoother, smoother
        limit = 0.1 * NOISE_OF_SCALE[scale] * np.array([1.5, 2, 2])
        soft = np.sign(detail) * np.maximum(0, np.abs(detail) - limit)
        total += soft if shrinkage == "soft" else np.where(np.abs(detail) > limit, detail, 0)
    expected = (total + coarse) @ OPPONENT
    settings = WaveletDenoise(noise=0.1, lightness=1.5, colour=2, scales=3, shrinkage=shrinkage)
    out = FILTERS["wavelet-denoise"].apply(source, settings)
    np.testing.assert_allclose(out[14:-14, 14:-14, :3], expected[14:-14, 14:-14], atol=2e-5)


def test_the_scales_know_how_much_noise_they_keep() -> None:
    values = np.random.default_rng(0).normal(size=(512, 512))
    for scale in range(4):
        kernel = np.zeros(4 * 2**scale + 1)
        kernel[:: 2**scale] = B3_SPLINE
        smoother = ndimage.correlate1d(ndimage.correlate1d(values, kernel, 0), kernel, 1)
        assert (values - smoother).std() == pytest.approx(NOISE_OF_SCALE[scale], rel=0.03)
        values = smoother


def test_wavelet_shrinkage_removes_noise_and_none_changes_nothing() -> None:
    clean, noisy = steps_with_noise(200, 0.1)
    out = FILTERS["wavelet-denoise"].apply(noisy, WaveletDenoise(noise=0.1, lightness=1.2, colour=1.2))
    assert psnr(clean, out) > psnr(clean, noisy) + 5
    out = FILTERS["wavelet-denoise"].apply(noisy, WaveletDenoise(noise=0))
    np.testing.assert_allclose(out, noisy, atol=2e-6)
