"""Colour, pattern and gradient laid where something covers a layer."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import covering, edits
from studio.document.artwork import Artwork
from studio.document.layer import Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface

RED = covering.flat((1.0, 0.0, 0.0))


def picture(**fields) -> Artwork:
    white = np.ones((300, 400, 4), np.float16)
    layer = Paint(name="paper", surface=Surface.from_pixels(white), **fields)
    return Artwork(width=400, height=300, layers=(layer,), active=layer.id)


def block(
    left: int = 50, top: int = 60, width: int = 200, height: int = 100, amount: int = 255
) -> covering.Cover:
    return covering.cover_of(np.full((height, width), amount, np.uint8), left, top)


def done(artwork: Artwork, cover: covering.Cover, ink=RED, target="surface", **fields) -> Artwork:
    steps = covering.laid(artwork, artwork.active, target, cover, ink, **fields)
    while True:
        try:
            assert 0 <= next(steps) <= 1
        except StopIteration as end:
            return end.value


def pixels(artwork: Artwork) -> np.ndarray:
    return edits.surface_of(artwork, artwork.active).read(artwork.rect).astype(np.float32)


def test_the_colour_lies_where_the_cover_is_and_nowhere_else() -> None:
    after = pixels(done(picture(), block()))
    assert (after[60:160, 50:250] == (1, 0, 0, 1)).all()
    after[60:160, 50:250] = 1
    assert (after == 1).all()


def test_half_covered_is_half_mixed() -> None:
    after = pixels(done(picture(), block(amount=128), opacity=0.5))
    assert after[100, 100] == pytest.approx((1, 1 - 64 / 255, 1 - 64 / 255, 1), abs=1e-3)


def test_untouched_tiles_are_the_same_objects() -> None:
    before = picture()
    after = done(before, block(5, 5, 20, 20))
    old, new = edits.surface_of(before, before.active), edits.surface_of(after, after.active)
    assert old.diff(new) == {(0, 0)}


def test_what_is_not_selected_stays_bit_identical() -> None:
    before = picture()
    selected = before.with_(selection=edits.rectangle_selection(Rect(0, 0, 100, 300)))
    after = pixels(done(selected, block()))
    assert (after[60:160, 50:100] == (1, 0, 0, 1)).all()
    np.testing.assert_array_equal(after[:, 100:], pixels(before)[:, 100:])


def test_locked_alpha_stays() -> None:
    half = np.zeros((300, 400, 4), np.float16)
    half[:, :100] = (0, 0.5, 0, 0.5)
    layer = Paint(name="ink", surface=Surface.from_pixels(half), locks=Locks(alpha=True))
    artwork = Artwork(width=400, height=300, layers=(layer,), active=layer.id)
    after = pixels(done(artwork, block()))
    np.testing.assert_array_equal(after[..., 3], half[..., 3].astype(np.float32))
    assert after[100, 80] == pytest.approx((0.5, 0, 0, 0.5))


def test_a_locked_layer_is_refused() -> None:
    with pytest.raises(edits.EditError):
        done(picture(locks=Locks(all=True)), block())


def test_a_moved_layer_is_covered_where_it_is_seen() -> None:
    artwork = picture(transform=(1.0, 0.0, 0.0, 1.0, 30.0, -10.0))
    surface = edits.surface_of(done(artwork, block()), artwork.active)
    after = surface.read(Rect(0, 0, 400, 300)).astype(np.float32)
    assert (after[70:170, 20:220] == (1, 0, 0, 1)).all() and after[69, 19:30, 1].all()


def test_a_turned_and_enlarged_layer_is_covered_where_it_is_seen() -> None:
    artwork = picture(transform=(0.0, 2.0, -2.0, 0.0, 400.0, 0.0))
    surface = edits.surface_of(done(artwork, block()), artwork.active)
    after = surface.read(Rect(0, 0, 400, 300)).astype(np.float32)
    # document (x, y) lies at layer (y / 2, (400 − x) / 2)
    assert after[110, 55] == pytest.approx((1, 0, 0, 1), abs=1e-3)
    assert after[110, 20] == pytest.approx((1, 1, 1, 1))
    assert (after[..., 1] < 0.5).sum() == pytest.approx(200 * 100 / 4, rel=0.03)


def test_masks_and_the_selection_take_the_luma() -> None:
    mask = (
        done(picture(mask=Mask(default=1.0)), block(), covering.flat((0.0, 1.0, 0.0)), "mask").layers[0].mask
    )
    assert mask is not None
    assert float(mask.read(Rect(100, 100, 101, 101))[0, 0]) == pytest.approx(0.7152, abs=1e-3)
    chosen = done(picture(), block(), covering.flat((0.0, 0.0, 0.0)), "selection").selection
    assert chosen is not None  # nothing chosen means everything; black takes away
    assert np.count_nonzero(chosen.read(Rect(0, 0, 400, 300)) == 0) == 200 * 100


def test_erasing_takes_away() -> None:
    after = pixels(done(picture(), block(), erase=True))
    assert not after[60:160, 50:250].any() and after[59, 50].all()


def test_an_ink_of_its_own_is_taken_at_its_place() -> None:
    def ramp(rect: Rect) -> np.ndarray:
        out = np.ones((rect.height, rect.width, 4), np.float32)
        out[..., :3] = (np.arange(rect.left, rect.right) / 400)[None, :, None]
        return out

    after = pixels(done(picture(), block(), ramp))
    assert after[100, 200, 0] == pytest.approx(0.5, abs=1e-3)


def test_wholly_covered_tiles_are_one_object() -> None:
    big = Artwork(width=2000, height=1500, layers=picture().layers, active=picture().active)
    big = big.with_(active=big.layers[0].id)
    surface = edits.surface_of(done(big, block(0, 0, 2000, 1500)), big.active)
    assert len({id(tile) for key, tile in surface.tiles.items() if key[0] < 7 and key[1] < 5}) == 1
    assert (surface.read(big.rect) == (1, 0, 0, 1)).all()
