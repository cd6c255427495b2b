"""Everything that makes a picture without an input; a maker is in here by being in the registry."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from scipy import stats

from studio import recipe
from studio.filters import FILTERS
from studio.synthesis import MAKERS, SCENES, Maker
from studio.synthesis.noise import GaussianPicture, UniformPicture

GOLDEN = {
    "gaussian-noise@1": [
        [0.59919, 0.40319, 0.52548],
        [0.49281, 0.44415, 0.62864],
        [0.47385, 0.27156, 0.37296],
    ],
    "uniform-noise@1": [
        [0.76598, 0.38748, 0.73050],
        [0.52969, 0.94401, 0.36127],
        [0.92497, 0.84844, 0.60908],
    ],
    "perlin@1": [
        [0.56802, 0.56802, 0.56802],
        [0.60505, 0.60505, 0.60505],
        [0.44151, 0.44151, 0.44151],
    ],
    "simplex@1": [
        [0.79556, 0.79556, 0.79556],
        [0.77486, 0.77486, 0.77486],
        [0.27287, 0.27287, 0.27287],
    ],
    "fbm@1": [
        [0.49305, 0.49305, 0.49305],
        [0.48321, 0.48321, 0.48321],
        [0.76338, 0.76338, 0.76338],
    ],
    "turbulence@1": [
        [0.33132, 0.33132, 0.33132],
        [0.34638, 0.34638, 0.34638],
        [0.13143, 0.13143, 0.13143],
    ],
    "ridged@1": [
        [0.44452, 0.44452, 0.44452],
        [0.40453, 0.40453, 0.40453],
        [0.00000, 0.00000, 0.00000],
    ],
    "warped@1": [
        [0.46773, 0.46773, 0.46773],
        [0.40528, 0.40528, 0.40528],
        [0.67509, 0.67509, 0.67509],
    ],
    "curl@1": [
        [0.58220, 0.30000, 0.71780],
        [0.57303, 0.30000, 0.72697],
        [0.57434, 0.30000, 0.72566],
    ],
    "plasma@1": [
        [0.46299, 0.08376, 0.24421],
        [0.45864, 0.08390, 0.24853],
        [0.52363, 0.09884, 0.35912],
    ],
    "worley@1": [
        [0.46034, 0.46034, 0.46034],
        [0.50794, 0.50794, 0.50794],
        [0.25203, 0.25203, 0.25203],
    ],
    "voronoi@1": [
        [0.66017, 0.66017, 0.66017],
        [0.66017, 0.66017, 0.66017],
        [0.33100, 0.33100, 0.33100],
    ],
    "blue-noise@1": [
        [0.59140, 0.59140, 0.59140],
        [0.56442, 0.56442, 0.56442],
        [0.15939, 0.15939, 0.15939],
    ],
    "reaction-diffusion@1": [
        [0.06178, 0.06178, 0.06178],
        [0.16075, 0.16075, 0.16075],
        [0.26241, 0.26241, 0.26241],
    ],
    "marble@1": [
        [0.63511, 0.61556, 0.61467],
        [0.66558, 0.64692, 0.64424],
        [0.80916, 0.79472, 0.78360],
    ],
    "wood@1": [
        [0.79865, 0.59566, 0.37313],
        [0.82588, 0.62549, 0.39647],
        [0.82972, 0.62969, 0.39976],
    ],
    "clouds@1": [
        [0.27000, 0.50000, 0.80000],
        [0.27000, 0.50000, 0.80000],
        [0.27000, 0.50000, 0.80000],
    ],
}
"""Pixels (0, 0), (3, 1) and (39, 59) of a 60 × 40 picture with seed 5; new pixels need a new version."""

FIELDS = {name: maker for name, maker in MAKERS.items() if name not in SCENES}
"""Scenes have a size and a place of their own: test_scenes.py."""
makers = pytest.mark.parametrize("maker", FIELDS.values(), ids=list(FIELDS))


@makers
def test_a_maker_declares_itself_completely(maker: Maker) -> None:
    assert MAKERS[maker.name] is maker
    assert maker.title
    assert len(maker.description.split()) > 12
    assert all(parameter.title != parameter.name for parameter in recipe.parameters(maker.parameters))


@makers
def test_pictures_are_opaque_and_repeatable(maker: Maker) -> None:
    one = maker.make(60, 40, maker.parameters(), 5)
    assert one.shape == (40, 60, 4)
    assert one.dtype == np.float32
    assert (one[..., 3] == 1).all()
    np.testing.assert_array_equal(one, maker.make(60, 40, maker.parameters(), 5))
    assert not np.array_equal(one, maker.make(60, 40, maker.parameters(), 6))
    assert maker.make(1, 1, maker.parameters(), 0).shape == (1, 1, 4)


@makers
def test_a_larger_picture_holds_the_smaller_one(maker: Maker) -> None:
    small = maker.make(50, 30, maker.parameters(), 5)
    np.testing.assert_array_equal(maker.make(333, 280, maker.parameters(), 5)[:30, :50], small)


@makers
def test_wrong_sizes_and_parameters_are_refused(maker: Maker) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        maker.make(0, 5, maker.parameters(), 0)
    for parameter in recipe.parameters(maker.parameters):
        value: Any = "no such choice" if parameter.high is None else parameter.high + 1
        with pytest.raises(recipe.RecipeError, match=parameter.name):
            maker.make(4, 4, msgspec.structs.replace(maker.parameters(), **{parameter.name: value}), 0)


@makers
def test_pixels_of_this_version(maker: Maker) -> None:
    pixels = maker.make(60, 40, maker.parameters(), 5)
    got = [pixels[0, 0, :3], pixels[3, 1, :3], pixels[39, 59, :3]]
    np.testing.assert_allclose(got, GOLDEN[maker.key], atol=1 / 1024)


def test_gaussian_picture_statistics() -> None:
    pixels = MAKERS["gaussian-noise"].make(256, 256, GaussianPicture(mean=0.4, sigma=0.1), 2)
    for channel in range(3):
        assert 0.001 <= stats.kstest(pixels[..., channel].ravel(), "norm", (0.4, 0.1)).pvalue <= 0.999
    shared = MAKERS["gaussian-noise"].make(16, 16, GaussianPicture(channels="shared"), 2)
    np.testing.assert_array_equal(shared[..., 0], shared[..., 2])


def test_uniform_picture_statistics() -> None:
    pixels = MAKERS["uniform-noise"].make(256, 256, UniformPicture(mean=0.4, amount=0.2), 2)
    for channel in range(3):
        assert 0.001 <= stats.kstest(pixels[..., channel].ravel(), "uniform", (0.2, 0.4)).pvalue <= 0.999


def test_it_draws_the_numbers_that_the_filter_adds() -> None:
    grey = np.full((32, 32, 4), 0.5, np.float32)
    grey[..., 3] = 1
    kind = FILTERS["gaussian-noise"]
    filtered = kind.apply(grey, kind.parameters(sigma=0.15, seed=8))
    np.testing.assert_allclose(
        MAKERS["gaussian-noise"].make(32, 32, GaussianPicture(), 8), filtered, atol=1e-6
    )
