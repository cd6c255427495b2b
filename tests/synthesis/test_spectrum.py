"""Histogram and spectrum against noise whose law is known; noise like a picture against what it was measured from."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import random
from studio.raster.geometry import Rect
from studio.synthesis import likeness, spectrum

SIDE = 256


def power_law(beta: float, seed: int, height: int = SIDE, width: int = SIDE) -> np.ndarray:
    """Periodic normal noise whose power is f^−beta."""
    white = np.fft.rfft2(random.normal(seed, Rect(0, 0, width, height))[..., 0])
    away = np.hypot(np.fft.rfftfreq(width)[None, :], np.fft.fftfreq(height)[:, None])
    away[0, 0] = np.inf
    return np.fft.irfft2(white * away ** (-beta / 2), s=(height, width))


@pytest.mark.parametrize("beta", [0.0, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("seed", range(5))
def test_the_slope_of_a_power_law_is_found(beta: float, seed: int) -> None:
    plane = power_law(beta, seed)
    assert spectrum.spectrum(plane, periodic=True).slope == pytest.approx(-beta, abs=0.08)
    # A part of it does not repeat.
    assert spectrum.spectrum(plane[:200, :180]).slope == pytest.approx(-beta, abs=0.25)


def test_white_noise_has_its_variance_at_every_frequency() -> None:
    plane = random.normal(3, Rect(0, 0, 512, 300))[..., 0] * 0.2
    for periodic in (True, False):
        found = spectrum.spectrum(plane, periodic=periodic)
        np.testing.assert_allclose(found.power[10:], 0.04, rtol=0.25)
        assert found.power[-8:].mean() == pytest.approx(0.04, rel=0.05)
    np.testing.assert_allclose(np.log10(found.fitted(found.frequency)), np.log10(0.04), atol=0.1)


def test_a_wave_stands_at_its_frequency() -> None:
    plane = np.broadcast_to(np.sin(2 * np.pi * np.arange(SIDE) / 8), (SIDE, SIDE))
    found = spectrum.spectrum(plane)
    assert found.frequency[np.argmax(found.power)] == pytest.approx(1 / 8, rel=0.1)


def test_planes_that_say_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="16"):
        spectrum.spectrum(np.zeros((8, 100)))
    with pytest.raises(ValueError, match="rings"):
        spectrum.spectrum(np.zeros((64, 64)))
    with pytest.raises(ValueError, match="finite"):
        spectrum.histogram(np.array([np.nan]))


def test_a_histogram_counts_shares() -> None:
    values = np.array([0.0, 0.24, 0.25, 1.0, 1.5, -0.1])
    found = spectrum.histogram(values, 4)
    np.testing.assert_allclose(found.shares, np.array([2, 1, 0, 1]) / 6)
    assert found.outside == pytest.approx(2 / 6)
    assert found.mean == pytest.approx(values.mean())
    assert found.sigma == pytest.approx(values.std())


def sample() -> np.ndarray:
    """Reddish noise with a steep spectrum, streaks from left to right."""
    planes = np.stack([power_law(2.0, seed) for seed in (1, 2, 3)], -1)
    planes = sum(np.roll(planes, shift, 1) for shift in range(6))
    planes /= planes.std((0, 1))  # type: ignore[attr-defined]
    mixing = np.array([[0.12, 0.02, 0.0], [0.08, 0.05, 0.01], [0.05, 0.0, 0.04]])
    return (planes @ mixing.T + (0.6, 0.4, 0.3)).astype(np.float32)


@pytest.mark.parametrize("size", [(256, 256), (300, 200), (513, 640)])
def test_noise_like_a_picture_has_its_covariance_and_spectrum(size: tuple[int, int]) -> None:
    source = sample()
    made = likeness.synthesise(likeness.measure(source), *size, seed=4)
    assert made.shape == (size[1], size[0], 3)
    np.testing.assert_allclose(made.mean((0, 1)), source.mean((0, 1)), atol=1e-4)
    wanted, got = np.cov(source.reshape(-1, 3).T), np.cov(made.reshape(-1, 3).T)
    # Steep noise has few large features, so one picture's covariance differs from the law's.
    np.testing.assert_allclose(got, wanted, atol=0.25 * wanted.max())
    for channel in range(3):
        slopes = [
            spectrum.spectrum(plane[..., channel], low=0.03, high=0.1).slope for plane in (source, made)
        ]
        assert slopes[1] == pytest.approx(slopes[0], abs=0.5)


def test_it_keeps_the_direction_of_streaks() -> None:
    made = likeness.synthesise(likeness.measure(sample()), 256, 256)[..., 0]
    assert np.diff(made, axis=1).std() < 0.75 * np.diff(made, axis=0).std()


def test_the_law_has_the_measured_covariance() -> None:
    found = likeness.measure(sample())
    np.testing.assert_allclose(found.components @ found.components.T, found.covariance, atol=1e-9)
    assert found.power.mean() == pytest.approx(1)
    made = [np.cov(likeness.synthesise(found, 128, 128, seed).reshape(-1, 3).T) for seed in range(20)]
    np.testing.assert_allclose(np.mean(made, 0), found.covariance, atol=0.12 * found.covariance.max())


def test_it_repeats_without_a_seam() -> None:
    made = likeness.synthesise(likeness.measure(sample()), 200, 160, seed=2)
    inside = np.abs(np.diff(made, axis=1)).mean()
    assert np.abs(made[:, 0] - made[:, -1]).mean() == pytest.approx(inside, rel=0.25)


def test_samples_that_say_nothing() -> None:
    flat = np.full((20, 20, 3), 0.4, np.float32)
    np.testing.assert_allclose(likeness.synthesise(likeness.measure(flat), 30, 20), 0.4, atol=1e-6)
    assert likeness.synthesise(likeness.measure(flat), 1, 1).shape == (1, 1, 3)
    with pytest.raises(ValueError, match="8 × 8"):
        likeness.measure(np.zeros((4, 40, 3), np.float32))
    with pytest.raises(ValueError, match="seen"):
        likeness.measure(np.zeros((40, 40, 4), np.float32))


def test_transparent_pixels_do_not_count() -> None:
    source = np.concatenate([sample(), np.ones((SIDE, SIDE, 1), np.float32)], -1)
    source[:64] = 0
    found = likeness.measure(source)
    np.testing.assert_allclose(found.mean, source[64:, :, :3].mean((0, 1)), atol=1e-5)
