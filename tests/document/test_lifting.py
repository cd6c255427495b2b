"""Selected pixels are cut out of a layer: what is lifted and what stays are the layer again."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, lifting, placing, sharing, tree
from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.raster import native
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import LateTile, NotRead, Tile, memory_only

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
    lifted = lifting.lift(edits.add_layer(artwork, layer), [layer.id])
    (piece,) = lifted.pieces
    floating, rest = tree.require(lifted.artwork, piece.floating), tree.require(lifted.artwork, piece.rest)
    assert isinstance(floating, Paint) and isinstance(rest, Paint)
    assert floating.surface.tile((0, 0)) is surface.tile((0, 0)) and rest.surface.tile((0, 0)) is None
    both = floating.surface.read(AREA).astype(np.float32) + rest.surface.read(AREA).astype(np.float32)
    np.testing.assert_allclose(both, pixels.astype(np.float32), atol=2**-10)


def noise_with_a_hole(area: Rect) -> Surface:
    """Noise with an opaque block missing in the last tile."""
    pixels = (
        np.random.default_rng(6).random((area.height, area.width, 4), dtype=np.float32).astype(np.float16)
    )
    pixels[:, area.width - 200 :] = 0
    return Surface({}, np.float16).write(area, pixels)


def test_many_tiles_are_shared_out_when_they_are_needed_and_are_then_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    area = Rect(0, 0, 1024, 256)
    part = np.tile(np.linspace(1, 0, area.width, dtype=np.float32), (area.height, 1))
    part[:, 760:830] = 1  # what lies there is wholly selected: nothing of it stays
    artwork = edits.new_artwork(area.width, area.height).with_(selection=Mask.from_pixels(part))
    layer = Paint(name="photo", surface=noise_with_a_hole(area))
    artwork = edits.add_layer(artwork, layer)
    at_once = lifting.lift(artwork, [layer.id])
    monkeypatch.setattr(lifting, "AT_ONCE", 1)
    calls, whole = [], native.share
    monkeypatch.setattr(native, "share", lambda *given: calls.append(1) or whole(*given))
    late = lifting.lift(artwork, [layer.id])
    assert not calls
    for name in ("floating", "rest"):
        now, then = (tree.require(one.artwork, getattr(one.pieces[0], name)) for one in (at_once, late))
        assert isinstance(now, Paint) and isinstance(then, Paint)
        tiles = [tile for tile in then.surface.tiles.values() if isinstance(tile, LateTile)]
        assert tiles and not any(tile.resident for tile in tiles)
        with memory_only(), pytest.raises(NotRead):
            tiles[0].pixels()
        assert placing.content_of(now.surface) == placing.content_of(then.surface)
        assert not any(tile.resident for tile in tiles)  # its place is known without the products
        np.testing.assert_array_equal(now.surface.read(area), then.surface.read(area))
        assert [tile.digest for tile in now.surface.tiles.values()] == [
            tile.digest for tile in sharing.without_empty(then.surface).tiles.values()
        ]
    assert len(calls) == 4  # both parts of a tile together


def test_a_selection_that_holds_nothing_is_said_of_late_tiles_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    area = Rect(0, 0, 512, 256)
    part = np.zeros((area.height, area.width), np.float32)
    part[:, 400:] = 0.5
    artwork = edits.new_artwork(area.width, area.height).with_(selection=Mask.from_pixels(part))
    layer = Paint(name="photo", surface=noise_with_a_hole(area))
    with pytest.raises(EditError, match="holds no pixels"):
        lifting.lift(edits.add_layer(artwork, layer), [layer.id])


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_where_a_tile_holds_anything_is_told_by_its_alpha(dtype: type) -> None:
    noise = np.random.default_rng(8)
    pixels = noise.random((256, 256, 4)).astype(dtype)
    pixels[noise.random((256, 256)) < 0.5, 3] = 0
    np.testing.assert_array_equal(Tile(pixels).filled(), pixels[..., 3] != 0)
    half = pixels[..., 3].astype(np.float16)
    np.testing.assert_array_equal(Tile(half).filled(), half != 0)
