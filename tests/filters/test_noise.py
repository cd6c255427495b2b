"""The noise filters' statistics, and what they are at smaller levels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from studio.filters import FILTERS
from studio.filters.noise import GaussianNoise, UniformNoise
from studio.raster import resample
from studio.raster.geometry import Rect

GAUSSIAN, UNIFORM = FILTERS["gaussian-noise"], FILTERS["uniform-noise"]


def grey(size: int = 256, alpha: float = 1.0) -> np.ndarray:
    pixels = np.full((size, size, 4), 0.5 * alpha, np.float32)
    pixels[..., 3] = alpha
    return pixels


@pytest.mark.parametrize("seed", [*range(20), 123456789])
def test_gaussian_noise_has_the_declared_mean_sigma_and_density(seed: int) -> None:
    out = GAUSSIAN.apply(grey(), GaussianNoise(mean=0.1, sigma=0.08, seed=seed))
    for channel in range(3):
        noise = (out[..., channel] - 0.5).ravel()
        assert noise.mean() == pytest.approx(0.1, abs=4 * 0.08 / 256)
        assert noise.std() == pytest.approx(0.08, rel=0.012)
        assert 0.001 <= stats.kstest(noise, "norm", (0.1, 0.08)).pvalue <= 0.999


@pytest.mark.parametrize("seed", [*range(20), 123456789])
def test_uniform_noise_is_uniform_within_the_amount(seed: int) -> None:
    out = UNIFORM.apply(grey(), UniformNoise(amount=0.3, seed=seed))
    for channel in range(3):
        noise = (out[..., channel] - 0.5).ravel()
        assert np.abs(noise).max() <= 0.3 + 1e-6
        assert 0.001 <= stats.kstest(noise, "uniform", (-0.3, 0.6)).pvalue <= 0.999


@pytest.mark.parametrize(("kind", "struct"), [(GAUSSIAN, GaussianNoise), (UNIFORM, UniformNoise)])
def test_channels_share_or_do_not_share_their_noise(kind, struct) -> None:
    shared = kind.apply(grey(), struct(channels="shared"))
    np.testing.assert_array_equal(shared[..., 0], shared[..., 1])
    np.testing.assert_array_equal(shared[..., 0], shared[..., 2])
    own = kind.apply(grey(), struct())
    assert abs(np.corrcoef(own[..., 0].ravel(), own[..., 1].ravel())[0, 1]) < 0.02


def test_noise_is_added_to_the_straight_colour() -> None:
    """Half transparent pixels get half the premultiplied noise, which is the same noise."""
    parameters = GaussianNoise(sigma=0.1, seed=4)
    full = GAUSSIAN.apply(grey(), parameters) - grey()
    half = GAUSSIAN.apply(grey(alpha=0.5), parameters) - grey(alpha=0.5)
    np.testing.assert_allclose(half[..., :3], full[..., :3] / 2, atol=1e-6)


def test_the_place_in_the_picture_chooses_the_noise() -> None:
    parameters = GaussianNoise(seed=4)
    here = GAUSSIAN.apply(grey(64), parameters, rect=Rect(-40, 100, 24, 164))
    there = GAUSSIAN.apply(grey(64), parameters, rect=Rect(-39, 101, 25, 165))
    np.testing.assert_array_equal(here[1:, 1:], there[:-1, :-1])
    assert not np.array_equal(here, there)


def test_the_seed_of_the_call_goes_before_that_of_the_parameters() -> None:
    expected = GAUSSIAN.apply(grey(32), GaussianNoise(seed=9))
    np.testing.assert_array_equal(GAUSSIAN.apply(grey(32), GaussianNoise(), seed=9), expected)
    assert not np.array_equal(GAUSSIAN.apply(grey(32), GaussianNoise()), expected)


@pytest.mark.parametrize("level", [1, 3])
def test_exactly_at_a_level_is_level_0_averaged(level: int) -> None:
    parameters = GaussianNoise(mean=0.05, sigma=0.2, seed=3)
    fine = GAUSSIAN.apply(grey(), parameters)
    side = 256 >> level
    coarse = GAUSSIAN.apply(grey(side), parameters, scale=level, exact=True)
    np.testing.assert_allclose(coarse, resample.mip_chain(fine, level)[level], atol=1e-5)


@pytest.mark.parametrize("level", [1, 2, 4])
def test_the_quick_preview_of_a_level_has_the_same_strength(level: int) -> None:
    quick = GAUSSIAN.apply(grey(), GaussianNoise(mean=0.05, sigma=0.2, seed=3), scale=level)
    assert quick[..., 0].std() == pytest.approx(0.2 / 2**level, rel=0.02)
    assert quick[..., 0].mean() == pytest.approx(0.55, abs=0.005)
