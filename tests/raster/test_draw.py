"""The one door to Skia."""

import numpy as np
import pytest
import skia

from studio.raster import draw
from studio.raster.tile import Tile


def test_frozen_pixels_are_refused() -> None:
    tile = Tile(np.zeros((256, 256, 4), np.float16))
    with pytest.raises(ValueError, match="frozen"):
        draw.surface(tile.pixels())


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 4, 3), np.float32), np.zeros((4, 4, 4)), np.zeros((4, 4), np.float32)]
)
def test_other_forms_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="RGBA"):
        draw.surface(wrong)


def test_scattered_pixels_are_refused() -> None:
    with pytest.raises(ValueError, match="side by side"):
        draw.surface(np.zeros((8, 8, 4), np.float32)[:, ::2])


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_draws_into_the_array_and_nowhere_else(dtype: type) -> None:
    array = np.zeros((40, 60, 4), dtype)
    view = array[5:25, 10:30]
    source = np.random.default_rng(0).random((16, 16, 4)).astype(np.float16)
    source.setflags(write=False)
    pen = draw.paint(skia.BlendMode.kSrc)
    draw.draw(draw.surface(view).getCanvas(), draw.image(source[3:13, 2:12]), 4, 6, pen)
    assert np.abs(array[11:21, 14:24] - source[3:13, 2:12].astype(dtype)).max() < 6.2e-5
    array[11:21, 14:24] = 0
    assert not array.any()


def test_view_of_frozen_pixels_is_borrowed() -> None:
    tile = Tile(np.random.default_rng(1).random((256, 256, 4)).astype(np.float16))
    out = np.zeros((32, 32, 4), np.float32)
    part = tile.pixels()[100:132, 7:39]
    draw.draw(
        draw.surface(out).getCanvas(),
        draw.image(part),
        0,
        0,
        draw.paint(skia.BlendMode.kSrc),
    )
    assert np.abs(out - part.astype(np.float32)).max() < 6.2e-5


def test_mask_multiplies() -> None:
    out = np.ones((32, 32, 4), np.float32)
    mask = np.random.default_rng(2).random((32, 32)).astype(np.float16)
    draw.draw(
        draw.surface(out).getCanvas(),
        draw.image(mask),
        0,
        0,
        draw.paint(skia.BlendMode.kDstIn),
    )
    assert np.abs(out[..., 3] - mask.astype(np.float32)).max() < 6.2e-5
    drawn = np.zeros((8, 8), np.float16)
    draw.draw(
        draw.surface(drawn).getCanvas(),
        draw.image(mask),
        0,
        0,
        draw.paint(skia.BlendMode.kSrc),
    )
    assert np.abs(drawn - mask[:8, :8]).max() < 6.2e-5
