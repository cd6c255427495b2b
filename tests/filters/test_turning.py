"""Rotational symmetry and the offset."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from tests.filters.case import picture


def filtered(name: str, pixels: np.ndarray, **settings: Any) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(pixels, recipe.from_plain(kind.parameters, settings))


def smooth(side: int = 96) -> np.ndarray:
    y, x = np.mgrid[0:side, 0:side] / side
    out = np.ones((side, side, 4), np.float32)
    out[..., 0] = 0.5 + 0.4 * np.sin(5 * x + 2 * y)
    out[..., 1] = x
    out[..., 2] = y * y
    return out


@pytest.mark.parametrize("how", ["sector", "mean", "lightest", "darkest"])
@pytest.mark.parametrize("folds", [2, 4])
def test_the_result_looks_the_same_turned(how: str, folds: int) -> None:
    got = filtered("rotational-symmetry", smooth(), how=how, folds=folds)
    turned = np.rot90(got, 4 // folds)
    assert np.abs(got - turned).mean() < 0.01
    assert np.abs(got - smooth()).mean() > 0.01


def test_mean_is_the_mean_of_the_turned_copies() -> None:
    source = smooth()
    got = filtered("rotational-symmetry", source, how="mean", folds=4)
    expected = np.mean([np.rot90(source, index) for index in range(4)], axis=0)
    np.testing.assert_allclose(got, expected, atol=1e-3)
    luma = np.stack([np.rot90(source, index)[..., :3] @ (0.2126, 0.7152, 0.0722) for index in range(4)])
    light = filtered("rotational-symmetry", source, how="lightest", folds=4)[..., :3] @ (
        0.2126,
        0.7152,
        0.0722,
    )
    np.testing.assert_allclose(light, luma.max(0), atol=2e-3)


def test_a_transparent_copy_is_not_the_darkest() -> None:
    source = np.zeros((40, 40, 4), np.float32)
    source[:, 20:] = (0.5, 0.5, 0.5, 1)
    got = filtered("rotational-symmetry", source, how="darkest", folds=2)
    assert (got[:, 3:17, 3] == 1).all()


def test_an_offset_is_a_roll() -> None:
    source = picture()
    height, width = source.shape[:2]
    np.testing.assert_array_equal(
        filtered("offset", source), np.roll(source, (height // 2, width // 2), (0, 1))
    )
    np.testing.assert_array_equal(
        filtered("offset", source, across=-0.25, down=0.1), np.roll(source, (28, -75), (0, 1))
    )
    there = filtered("offset", source, across=0.5, down=0.5)
    np.testing.assert_array_equal(filtered("offset", there, across=-0.5, down=-0.5), source)
    assert not filtered("offset", source, edge="transparent")[:10].any()
