"""Selected pixels are cut out of a layer: what is lifted and what stays are the layer again."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, lifting, tree
from studio.document.layer import Paint
from studio.raster import native
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface

AREA = Rect(0, 0, 512, 256)


def test_shares_are_the_products_in_float32_rounded_once() -> None:
    noise = np.random.default_rng(4)
    part = noise.random((256, 256), dtype=np.float32)
    for dtype in (np.float16, np.float32):
        pixels = noise.random((256, 256, 4), dtype=np.float32).astype(dtype)
        taken, left = native.share(pixels, part)
        wide = pixels.astype(np.float32)
        np.testing.assert_array_equal(taken, (wide * part[..., None]).astype(dtype))
        np.testing.assert_array_equal(left, (wide * (1 - part[..., None])).astype(dtype))


def test_shares_that_hold_nothing_are_none() -> None:
    pixels = np.full((256, 256, 4), 0.5, np.float16)
    assert native.share(pixels, np.zeros((256, 256), np.float32))[0] is None
    assert native.share(pixels, np.ones((256, 256), np.float32))[1] is None
    assert native.share(np.zeros_like(pixels), np.full((256, 256), 0.5, np.float32)) == (None, None)


def test_shares_of_what_does_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be shared out"):
        native.share(np.zeros((256, 256, 4), np.float16), np.zeros((128, 256), np.float32))


def test_a_soft_selection_is_lifted_and_wholly_selected_tiles_stay_the_same_objects() -> None:
    pixels = (
        np.random.default_rng(5).random((AREA.height, AREA.width, 4), dtype=np.float32).astype(np.float16)
    )
    part = np.ones((AREA.height, AREA.width), np.float32)
    part[:, 300:] = np.linspace(1, 0, AREA.width - 300)
    surface = Surface({}, np.float16).write(AREA, pixels)
    artwork = edits.new_artwork(AREA.width, AREA.height).with_(selection=Mask.from_pixels(part))
    layer = Paint(name="photo", surface=surface)
    lifted = lifting.lift(edits.add_layer(artwork, layer), layer.id)
    floating, rest = tree.require(lifted.artwork, lifted.floating), tree.require(lifted.artwork, lifted.rest)
    assert isinstance(floating, Paint) and isinstance(rest, Paint)
    assert floating.surface.tile((0, 0)) is surface.tile((0, 0)) and rest.surface.tile((0, 0)) is None
    both = floating.surface.read(AREA).astype(np.float32) + rest.surface.read(AREA).astype(np.float32)
    np.testing.assert_allclose(both, pixels.astype(np.float32), atol=2**-10)
