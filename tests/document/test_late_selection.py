"""A large selection in a layer's pixels is the same whether it is computed at once or tile by tile when it is needed."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, late_selection, masks
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Paint
from studio.document.painting import rectangle_selection, selection_in_layer
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import LateTile

SIDE = 1100
TURNED = (0.8, 0.6, -0.6, 0.8, 100.0, -40.0)


def soft() -> Mask:
    across = np.linspace(0, 1, SIDE, dtype=np.float32)
    values = np.outer(across, across[::-1])
    values[300:900, 300:900] = 1
    return Mask.from_pixels(values)


@pytest.mark.parametrize(
    "transform", [(1.0, 0.0, 0.0, 1.0, 37.0, -90.0), TURNED, (0.5, 0.0, 0.0, 0.5, 0.0, 0.0)]
)
@pytest.mark.parametrize("kind", ["soft", "rectangle", "inverted"])
def test_late_tiles_have_the_values_that_were_computed_at_once(
    transform: Affine, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mask = rectangle_selection(Rect(10, 20, 1000, 1090)) if kind == "rectangle" else soft()
    if kind == "inverted":
        mask = Mask(mask.tiles, default=1.0)
    layer = Paint(surface=Surface(), transform=transform)
    artwork = Artwork(width=SIDE, height=SIDE, layers=(layer,), selection=mask)
    late = selection_in_layer(artwork, layer.id)
    monkeypatch.setattr(late_selection, "AT_ONCE", 10**6)
    at_once = selection_in_layer(artwork, layer.id)
    assert late is not None and at_once is not None and late.default == at_once.default
    tiles = [tile for tile in late.tiles.values() if isinstance(tile, LateTile)]
    assert tiles and not any(tile.resident for tile in tiles)
    area = at_once.bounds.unite(late.bounds)
    np.testing.assert_array_equal(late.read(area), at_once.read(area))


@pytest.mark.parametrize(
    "transform", [TURNED, (0.25, 0.0, 0.0, 0.25, 0.0, 0.0), (3.0, 1.0, -1.0, 3.0, 20.0, 10.0)]
)
@pytest.mark.parametrize("late", [False, True])
def test_a_mask_from_a_soft_selection_has_no_stairs(
    transform: Affine, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ramp across 20 pixels is the same ramp in the layer's pixels, wherever their centres fall."""
    monkeypatch.setattr(late_selection, "AT_ONCE", 0 if late else 10**6)
    across = np.clip((np.arange(SIDE) + 0.5 - 400) / 20, 0, 1).astype(np.float32)
    layer = Paint(surface=Surface(), transform=transform)
    selection = Mask.from_pixels(np.broadcast_to(across, (SIDE, SIDE)))
    artwork = Artwork(width=SIDE, height=SIDE, layers=(layer,), selection=selection)
    mask = masks.from_selection(artwork, layer.id).layers[0].mask
    assert mask is not None
    a, b, c, d, tx, ty = transform
    x, y = np.array([410.0, 500.0]) - (tx, ty)
    middle = np.array([d * x - c * y, a * y - b * x]) / (a * d - b * c)
    left, top = (int(value) - 60 for value in middle)
    found = mask.read(Rect(left, top, left + 120, top + 120)).astype(np.float32)
    column, row = np.arange(left, left + 120)[None, :] + 0.5, np.arange(top, top + 120)[:, None] + 0.5
    place = a * column + c * row + tx
    on_ramp = (place > 404) & (place < 416) & (abs(b * column + d * row + ty - 500) < 300)
    assert on_ramp.sum() > 100
    # 1/32 of a pixel is how finely OpenCV's remap tells places apart; the nearest pixel would be 1/2 off
    np.testing.assert_allclose(found[on_ramp], ((place - 400) / 20)[on_ramp], atol=1 / 32 / 20 + 2**-10)


def test_the_pixel_of_an_enlarged_layer_has_the_mean_of_what_it_covers() -> None:
    """Its share of a selection with a hard edge, not all or nothing."""
    layer = Paint(surface=Surface(), transform=(8.0, 0.0, 0.0, 8.0, 0.0, 0.0))
    selection = rectangle_selection(Rect(18, 0, 46, 64))
    artwork = Artwork(width=64, height=64, layers=(layer,), selection=selection)
    mask = masks.from_selection(artwork, layer.id).layers[0].mask
    assert mask is not None
    shares = [0, 0, 6 / 8, 1, 1, 6 / 8, 0, 0]
    np.testing.assert_allclose(mask.read(Rect(0, 3, 8, 4))[0], shares, atol=2**-10)
    hard = selection_in_layer(artwork, layer.id)
    assert hard is not None
    assert set(hard.read(Rect(0, 3, 8, 4))[0].tolist()) == {0.0, 1.0}, "strokes keep to the selection"


def test_neighbours_are_told_apart_by_where_they_lie() -> None:
    """Of a checkerboard of two tiles every place has the same neighbours, in two orders."""
    light, dark = (
        Mask.from_pixels(np.full((256, 256), value, np.float16)).tiles[0, 0] for value in (1.0, 0.25)
    )
    board = {(x, y): (light, dark)[(x + y) % 2] for x in range(-3, 3) for y in range(-3, 3)}
    layer = Paint(surface=Surface(), transform=(1.0, 0.0, 0.0, 1.0, 100.0, 60.0))
    artwork = Artwork(width=SIDE, height=SIDE, layers=(layer,), selection=Mask(board))
    late = selection_in_layer(artwork, layer.id)
    area = Rect(-900, -900, 900, 900)
    assert late is not None
    np.testing.assert_array_equal(late.read(area), Mask(board).read(area.move(100, 60)))


def test_tiles_of_one_value_are_shared() -> None:
    mask = rectangle_selection(Rect(0, 0, 2560, 2560))
    layer = Paint(surface=Surface(), transform=(1.0, 0.0, 0.0, 1.0, 3.0, 5.0))
    artwork = edits.new_artwork(2560, 2560).with_(layers=(layer,), selection=mask)
    found = selection_in_layer(artwork, layer.id)
    assert found is not None
    assert found.tile((4, 4)) is mask.tile((4, 4))
    assert len({id(tile) for tile in found.tiles.values()}) <= 9
