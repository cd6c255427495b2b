"""Quilting and making seamless: cuts of least cost, joints that go on as the inside does."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from studio.synthesis import quilting
from studio.synthesis.heal import finished
from studio.synthesis.problems import HealError
from studio.synthesis.seamless import seamless
from tests.synthesis.scenes import scenes


@pytest.mark.parametrize("seed", range(10))
def test_the_cut_is_the_cheapest_of_all_cuts(seed: int) -> None:
    cost = np.random.default_rng(seed).random((6, 4))
    cut = quilting.cheapest_cut(cost)
    ways = itertools.product(range(4), *[(-1, 0, 1)] * 5)
    cuts = (np.array(tuple(itertools.accumulate(way))) for way in ways)
    cheapest = min(cost[np.arange(6), one].sum() for one in cuts if one.min() >= 0 and one.max() < 4)
    assert np.abs(np.diff(cut)).max() <= 1
    assert cost[np.arange(6), cut].sum() == pytest.approx(cheapest)


def test_a_quilt_holds_pixels_of_the_texture_alone_and_its_joints_are_as_smooth_as_the_inside() -> None:
    texture = scenes()["weave"]
    found = finished(quilting.quilted(texture, 300, 200, block=48, seed=3))
    assert found.shape == (200, 300, 4)
    known = {pixel.tobytes() for pixel in texture.reshape(-1, 4)}
    assert all(pixel.tobytes() in known for pixel in found.reshape(-1, 4))
    inside = np.abs(np.diff(texture[..., :3], axis=1)).mean()
    assert np.abs(np.diff(found[..., :3], axis=1)).mean() < inside * 1.1
    spread = found[..., :3].std((0, 1)) / np.maximum(texture[..., :3].std((0, 1)), 1e-6)
    assert 0.85 < spread[0] < 1.15


def test_quilts_are_as_their_seed_says_and_of_any_size() -> None:
    texture = scenes()["hills"][100:164, :64]
    one, same, other = (finished(quilting.quilted(texture, 90, 70, seed=seed)) for seed in (4, 4, 5))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    for shape, size in (((1, 1), (5, 4)), ((1, 7), (9, 9)), ((7, 1), (1, 1))):
        found = finished(quilting.quilted(np.ascontiguousarray(texture[: shape[0], : shape[1]]), *size))
        assert found.shape == (size[1], size[0], 4)


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.reshape(-1), other.reshape(-1))[0, 1])


@pytest.mark.parametrize("way", ["repair", "blend"])
def test_neighbours_across_the_borders_are_as_alike_as_inside(way: str) -> None:
    meadow = scenes()["hills"][120:, :, :3]
    grain = np.concatenate((meadow, np.ones((*meadow.shape[:2], 1), np.float32)), 2)
    found = finished(seamless(grain, band=24, way=way))  # type: ignore[arg-type]
    inside = np.mean([correlation(grain[:, x, 1], grain[:, x + 1, 1]) for x in range(20, 170)])
    assert correlation(found[:, 0, 1], found[:, -1, 1]) > inside - 0.06
    assert correlation(found[0, :, 1], found[-1, :, 1]) > inside - 0.06
    middle = np.s_[14:-14, 14:-14]
    assert np.array_equal(found[middle], grain[middle])


def test_one_direction_alone_and_pictures_too_small() -> None:
    pixels = scenes()["waves"]
    found = finished(seamless(pixels, band=16, edges="across"))
    assert np.array_equal(found[:, 10:-10], pixels[:, 10:-10])
    assert np.array_equal(finished(seamless(pixels[:1, :1])), pixels[:1, :1])
    with pytest.raises(HealError):
        finished(seamless(pixels[:8, :8], band=64))
    assert finished(seamless(pixels[:3, :5], way="blend")).shape == (3, 5, 4)
