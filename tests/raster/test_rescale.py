"""Other sizes tile by tile: kernels by their formulas, cuts that do not show, exact turns."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster import rescale
from studio.raster.geometry import TILE, Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface

KERNELS = ("nearest", "area", "linear", "mitchell", "lanczos")


def done(steps):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def noise(width, height, seed=1):
    pixels = np.random.default_rng(seed).random((height, width, 4), np.float32)
    pixels[..., 3] = 1
    return pixels


@pytest.mark.parametrize("kernel", KERNELS)
@given(scale=st.floats(0.05, 8), offset=st.floats(-20, 20))
def test_each_pixel_weighs_one(kernel, scale, offset):
    _, matrix = rescale.weights(kernel, scale, offset, 3, 40)
    assert np.allclose(matrix.sum(axis=1), 1, atol=1e-5)


def test_mitchell_and_lanczos_by_their_formulas():
    first, matrix = rescale.weights("mitchell", 4.0, 0.0, 8, 1)
    # result pixel 8 of an enlargement by 4 lies at source 2.125; distances to the centres 0.5 + n
    away = np.abs(np.arange(first, first + matrix.shape[1]) + 0.5 - 2.125)
    near = (7 * away**3 - 12 * away**2 + 16 / 3) / 6
    far = (-7 / 3 * away**3 + 12 * away**2 - 20 * away + 32 / 3) / 6
    assert np.allclose(matrix[0], np.where(away < 1, near, np.where(away < 2, far, 0)), atol=1e-6)
    first, matrix = rescale.weights("lanczos", 4.0, 0.0, 8, 1)
    away = np.abs(np.arange(first, first + matrix.shape[1]) + 0.5 - 2.125)
    expected = np.where(away < 3, np.sinc(away) * np.sinc(away / 3), 0)
    assert np.allclose(matrix[0], expected / expected.sum(), atol=1e-6)


def test_area_is_the_mean_of_what_is_covered():
    pixels = noise(300, 300)
    surface = Surface.from_pixels(pixels)
    ours = rescale.rescaled(surface, (1 / 3, 1 / 3, 0, 0), Rect(0, 0, 100, 100), "area")
    theirs = cv2.resize(pixels, (100, 100), interpolation=cv2.INTER_AREA)
    assert np.abs(ours - theirs).max() < 1e-5


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("scale", [0.21, 0.7, 1.6])
def test_tiles_are_the_whole(kernel, scale):
    surface = Surface.from_pixels(noise(700, 300))
    clamp = Rect(0, 0, 700, 300)
    width, height = round(700 * scale), round(300 * scale)
    scaling = (width / 700, height / 300, 0.0, 0.0)
    whole = rescale.rescaled(surface, scaling, Rect(0, 0, width, height), kernel, clamp)
    grid = done(rescale.rescaling(surface, scaling, kernel, clamp, Rect(0, 0, width, height)))
    assert np.abs(grid.read(Rect(0, 0, width, height)) - whole).max() < 1e-5


@pytest.mark.parametrize("kernel", KERNELS)
@given(st.integers(1, 300), st.integers(1, 300))
@settings(deadline=None, max_examples=15)
def test_an_opaque_picture_stays_opaque_to_its_edge(kernel, width, height):
    surface = Surface.from_pixels(noise(199, 101))
    scaling = (width / 199, height / 101, 0.0, 0.0)
    rect = Rect(0, 0, width, height)
    pixels = rescale.rescaled(surface, scaling, rect, kernel, Rect(0, 0, 199, 101))
    assert np.allclose(pixels[..., 3], 1, atol=1e-5)
    assert pixels.min() >= 0


def test_a_constant_picture_is_made_from_few_tiles():
    surface = Surface.from_pixels(np.full((TILE * 6, TILE * 6, 4), 0.5, np.float32))
    tile = next(iter(surface.tiles.values()))
    surface = Surface(dict.fromkeys(surface.tiles, tile), surface.dtype)
    clamp = Rect(0, 0, TILE * 6, TILE * 6)
    grid = done(
        rescale.rescaling(surface, (1.5, 1.5, 0, 0), "lanczos", clamp, Rect(0, 0, TILE * 9, TILE * 9))
    )
    assert len(grid.tiles) == 81
    assert rescale.tile_count(grid) <= 2
    assert np.allclose(grid.read(Rect(0, 0, TILE * 9, TILE * 9)), 0.5)


TURNS = {
    "right": ((0, 1, -1, 0, 90, 0), lambda p: np.rot90(p, -1)),
    "left": ((0, -1, 1, 0, 0, 130), lambda p: np.rot90(p, 1)),
    "half": ((-1, 0, 0, -1, 130, 90), lambda p: np.rot90(p, 2)),
    "across": ((-1, 0, 0, 1, 130, 0), lambda p: p[:, ::-1]),
    "down": ((1, 0, 0, -1, 0, 90), lambda p: p[::-1]),
}


@pytest.mark.parametrize("name", TURNS)
def test_turns_keep_every_pixel(name):
    turn, expected = TURNS[name]
    pixels = noise(130, 90)
    grid = done(rescale.turning(Surface.from_pixels(pixels), turn))
    there = rescale.turned_rect(turn, Rect(0, 0, 130, 90))
    assert (there.left, there.top) == (0, 0)
    assert np.array_equal(grid.read(there), expected(pixels))
    assert not grid.read(Rect(there.right, 0, there.right + 50, 300)).any()


def test_masks_keep_their_default():
    mask = Mask.from_pixels(np.zeros((40, 60), np.float32), 10, 20, default=1.0)
    turned = done(rescale.turning(mask, (-1, 0, 0, 1, 100, 0)))
    assert isinstance(turned, Mask)
    assert turned.default == 1
    assert not turned.read(Rect(30, 20, 90, 60)).any()
    assert turned.read(Rect(0, 0, 30, 20)).all()
    scaled = done(rescale.rescaling(mask, (2.0, 2.0, 0, 0), "linear"))
    assert scaled.read(Rect(300, 300, 310, 310)).all()
    assert not scaled.read(Rect(30, 50, 120, 110)).any()
