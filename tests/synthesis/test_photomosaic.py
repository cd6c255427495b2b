"""Photomosaics: the nearest candidate, far enough apart, tinted as far as asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio.raster.colour import oklab_to_rgb, rgb_to_oklab
from studio.recipe import RecipeError
from studio.synthesis import photomosaic
from studio.synthesis.photomosaic import Mosaic


def drained(work: Any) -> tuple[np.ndarray, list[float]]:
    parts = []
    while True:
        try:
            parts.append(next(work))
        except StopIteration as end:
            return end.value, parts


def plain(rgb: Any, side: int = 20) -> np.ndarray:
    out = np.ones((side, side, 4), np.float32)
    out[..., :3] = rgb
    return out


def candidates(parameters: Mosaic, count: int = 30, seed: int = 1) -> photomosaic.Tiles:
    colours = np.random.default_rng(seed).random((count, 3))
    return photomosaic.tiles_of([photomosaic.cut(plain(one), parameters) for one in colours], parameters)


def picture(width: int = 90, height: int = 60) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width]
    out = np.ones((height, width, 4), np.float32)
    out[..., 0], out[..., 1], out[..., 2] = x / width, y / height, 0.4
    return out


def test_each_place_gets_the_nearest_candidate_when_nothing_limits_it() -> None:
    parameters = Mosaic(columns=9, tile=8, detail=2, apart=0, tint=0.0)
    tiles = candidates(parameters)
    made, parts = drained(photomosaic.assembled(picture(), tiles, parameters))
    assert made.shape == (6 * 8, 9 * 8, 3)
    assert parts == sorted(parts) and parts[-1] == 1
    for row in range(6):
        for column in range(9):
            block = picture()[row * 10 : row * 10 + 10, column * 10 : column * 10 + 10, :3]
            # Flat candidates: the nearest to the mean of the four blocks.
            blocks = block.reshape(2, 5, 2, 5, 3).mean((1, 3)).reshape(-1, 3)
            away = ((rgb_to_oklab(blocks)[None] - tiles.lab[:, :1, 0]) ** 2).sum((1, 2))
            expected = oklab_to_rgb(tiles.lab[away.argmin(), 0, 0])
            np.testing.assert_allclose(made[row * 8 + 4, column * 8 + 4], expected, atol=1e-3)


@pytest.mark.parametrize("apart", [1, 2])
def test_the_same_picture_does_not_come_again_nearby(apart: int) -> None:
    parameters = Mosaic(columns=12, tile=4, detail=1, apart=apart)
    tiles = candidates(parameters, 40)
    places = np.zeros((8, 12, 3), np.float32) + tiles.blocks[7]
    which, _ = drained(photomosaic.chosen(places, tiles, parameters))
    assert which[0, 0] == 7
    for row in range(8):
        for column in range(12):
            near = which[max(0, row - apart) : row + apart + 1, max(0, column - apart) : column + apart + 1]
            assert (near == which[row, column]).sum() == 1


def test_a_picture_is_used_no_more_often_than_asked() -> None:
    parameters = Mosaic(columns=10, tile=4, detail=1, apart=0, most=4)
    tiles = candidates(parameters, 25)
    places = np.zeros((10, 10, 3), np.float32) + tiles.blocks[3]
    which, _ = drained(photomosaic.chosen(places, tiles, parameters))
    assert np.bincount(which.ravel(), minlength=25).max() == 4


def test_too_few_pictures_are_spread_evenly_and_not_side_by_side() -> None:
    parameters = Mosaic(columns=10, tile=4, detail=1, apart=5)
    tiles = candidates(parameters, 3)
    places = np.zeros((6, 10, 3), np.float32) + tiles.blocks[0]
    which, _ = drained(photomosaic.chosen(places, tiles, parameters))
    assert (which[:, 1:] != which[:, :-1]).all()
    assert np.ptp(np.bincount(which.ravel(), minlength=3)) <= 12
    one = candidates(parameters, 1)
    which, _ = drained(photomosaic.chosen(places, one, parameters))
    assert not which.any()


def test_full_tint_shows_the_colours_of_the_picture() -> None:
    parameters = Mosaic(columns=9, tile=8, detail=4, tint=100.0)
    made, _ = drained(photomosaic.assembled(picture(), candidates(parameters), parameters))
    means = made.reshape(6, 8, 9, 8, 3).mean((1, 3))
    expected = picture()[..., :3].reshape(6, 10, 9, 10, 3).mean((1, 3))
    np.testing.assert_allclose(means, expected, atol=0.02)


def test_shapes_are_cut_from_the_middle_and_transparent_places_are_white() -> None:
    wide = np.zeros((10, 40, 4), np.float32)
    wide[:, 15:25] = (1, 0, 0, 1)
    square = photomosaic.cut(wide, Mosaic(tile=6))
    np.testing.assert_allclose(square, np.broadcast_to((1, 0, 0), (6, 6, 3)))
    assert photomosaic.cut(wide, Mosaic(tile=8, shape="portrait")).shape == (8, 6, 3)
    np.testing.assert_array_equal(photomosaic.cut(np.zeros((9, 9, 4), np.float32), Mosaic(tile=4)), 1)


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (60, 1), (5, 3)])
def test_tiny_pictures_and_tiles(size: tuple[int, int]) -> None:
    parameters = Mosaic(columns=3, tile=4, detail=8)
    tiles = photomosaic.tiles_of([photomosaic.cut(plain((0.2, 0.3, 0.4), 1), parameters)], parameters)
    made, _ = drained(photomosaic.assembled(picture(*size), tiles, parameters))
    assert np.isfinite(made).all() and made.shape[1] == 12


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(RecipeError, match="at least one picture"):
        photomosaic.tiles_of([], Mosaic())
    with pytest.raises(RecipeError, match="fewer columns"):
        photomosaic.grid_of(Mosaic(columns=500, tile=512), 1000, 1000)


def test_a_seed_varies_what_is_taken_within_the_variety() -> None:
    """Each place takes one whose sum of squares is no more than detail² · v² above the least; without variety seeds are alike."""
    parameters = Mosaic(columns=12, tile=8, apart=0, tint=0.0)
    tiles = candidates(parameters)
    places = np.random.default_rng(5).random((6, 12, tiles.blocks.shape[1]), np.float32)

    def taken(**values: Any) -> np.ndarray:
        return drained(photomosaic.chosen(places, tiles, Mosaic(columns=12, tile=8, apart=0, **values)))[0]

    np.testing.assert_array_equal(taken(seed=1), taken(seed=2))
    varied = taken(variety=0.4, seed=1)
    np.testing.assert_array_equal(varied, taken(variety=0.4, seed=1))
    assert (varied != taken(variety=0.4, seed=2)).any() and (varied != taken()).any()
    costs = ((places[:, :, None] - tiles.blocks) ** 2).sum(-1)
    over = np.take_along_axis(costs, varied[..., None], -1)[..., 0] - costs.min(-1)
    assert 0 < over.max() <= (parameters.detail * 0.4) ** 2 + 1e-4
