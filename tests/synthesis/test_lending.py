"""Which pictures of a folder are taken to lend detail: those that resemble, each for what the others lack."""

from __future__ import annotations

import numpy as np
import pytest

from studio.recipe import RecipeError
from studio.synthesis import lending
from tests.synthesis.test_detail import texture


def stripes(seed: int, colour: tuple[float, float, float], period: int) -> np.ndarray:
    x = np.arange(192)
    wave = 0.5 + 0.4 * np.sin(2 * np.pi * x / period)
    out = np.ones((128, 192, 4), np.float32)
    noise = np.random.default_rng(seed).normal(0, 0.02, (128, 192))
    out[..., :3] = np.clip(wave[None, :] + noise, 0, 1)[..., None] * np.array(colour, np.float32)
    return out


def chosen(picture: np.ndarray, candidates: list[np.ndarray], most: int) -> list[int]:
    look = lending.wanted(picture, 4.0)
    return lending.chosen([lending.costs(look, lending.offered(one)) for one in candidates], most)


def test_what_resembles_is_taken_first() -> None:
    others = [stripes(3, (1, 0.2, 0.2), 40), texture(7, 128, 192), stripes(4, (0.1, 0.3, 1), 60)]
    assert chosen(texture(1, 128, 192), others, 1) == [1]
    assert chosen(stripes(9, (1, 0.2, 0.2), 40), others, 1) == [0]
    assert chosen(stripes(9, (0.1, 0.3, 1), 60), others, 1) == [2]


def test_a_picture_of_two_parts_gets_one_of_each_before_a_second_of_the_same() -> None:
    red, blue = stripes(1, (1, 0.2, 0.2), 40), stripes(2, (0.1, 0.3, 1), 60)
    both = np.concatenate((red[:, :96], blue[:, 96:]), axis=1)
    found = chosen(
        both, [stripes(5, (1, 0.2, 0.2), 40), stripes(6, (1, 0.2, 0.2), 40), stripes(7, (0.1, 0.3, 1), 60)], 2
    )
    assert 2 in found and len(found) == 2


def test_a_copy_adds_nothing_and_is_not_opened() -> None:
    one = texture(3, 128, 192)
    assert chosen(texture(1, 128, 192), [one, one, one], 3) == [0]


def test_what_is_transparent_or_tiny_lends_nothing() -> None:
    glass, tiny = texture(3), texture(4, 3, 3)
    glass[...] = 0
    assert chosen(texture(1), [glass, tiny, texture(5)], 3) == [2]
    with pytest.raises(RecipeError):
        chosen(texture(1), [glass, tiny], 3)
    with pytest.raises(RecipeError):
        chosen(texture(1), [], 3)


def test_costs_are_the_nearest_patches() -> None:
    look, other = lending.wanted(texture(1), 4.0), lending.offered(texture(2))
    found = lending.costs(look, other)
    direct = ((look.patches[:9, None] - other.patches[None]) ** 2).sum(-1).min(1)
    assert np.allclose(found[:9], direct, rtol=1e-3, atol=1e-3)
    assert 100 <= len(look.patches) <= 400 and look.patches.shape[1] == 100
