"""Geometry, tiles, surfaces and masks: shared where untouched, frozen, exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.geometry import EMPTY, TILE, Rect, Region, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import NotRead, Tile, memory_only

coordinate = st.integers(-900, 900)
rects = st.builds(Rect.of, coordinate, coordinate, st.integers(1, 600), st.integers(1, 600))


@given(rects, rects)
def test_common_part_and_union(one: Rect, two: Rect) -> None:
    union = one.unite(two)
    assert union.contains(one)
    assert union.contains(two)
    common = one.intersect(two)
    if not common.empty:
        assert one.contains(common)
        assert two.contains(common)
    assert one.unite(EMPTY) == one


@given(rects)
def test_tiles_of_a_rectangle_cover_it_once(rect: Rect) -> None:
    parts = [rect.intersect(Rect.of_tile(key)) for key in tile_keys(rect)]
    assert all(not part.empty for part in parts)
    assert sum(part.width * part.height for part in parts) == rect.width * rect.height


@given(rects, st.integers(0, 5))
def test_a_level_covers_its_level_0_rectangle_tightly(rect: Rect, level: int) -> None:
    back = rect.at_level(level).from_level(level)
    assert back.contains(rect)
    assert rect.grow((1 << level) - 1).contains(back)


@given(st.lists(rects, max_size=6))
def test_a_region_holds_one_rectangle_per_tile_and_all_that_was_given(given_rects: list[Rect]) -> None:
    region = Region(given_rects)
    keys = [key for part in region for key in tile_keys(part)]
    assert len(keys) == len(set(keys)) == len(region)
    for rect in given_rects:
        for key in tile_keys(rect):
            assert region.parts()[key].contains(rect.intersect(Rect.of_tile(key)))
    assert region.unite(region) == region
    assert bool(region) == bool(given_rects)


@given(st.lists(rects, min_size=1, max_size=4), st.integers(-300, 300), st.integers(-300, 300))
def test_a_moved_region_has_moved_bounds(given_rects: list[Rect], x: int, y: int) -> None:
    assert Region(given_rects).move(x, y).bounds == Region(given_rects).bounds.move(x, y)


@given(rects, st.integers(0, 40))
def test_a_grown_region_covers_the_grown_rectangle(rect: Rect, reach: int) -> None:
    assert Region([rect]).grow(reach).bounds == rect.grow(reach)


@settings(deadline=None, max_examples=30)
@given(rects, rects, st.sampled_from([np.float16, np.float32]))
def test_what_is_written_is_read_and_the_rest_shared(first: Rect, second: Rect, dtype: type) -> None:
    random = np.random.default_rng(abs(hash((first, second))))
    pixels = random.random((first.height, first.width, 4)).astype(dtype) + dtype(0.25)
    before = Surface(dtype=dtype).write(first, pixels)
    more = random.random((second.height, second.width, 4)).astype(dtype) + dtype(0.25)
    after = before.write(second, more)
    np.testing.assert_array_equal(before.read(first), pixels)
    np.testing.assert_array_equal(after.read(second), more)
    assert after.diff(before) == set(tile_keys(second))
    assert after.dtype == dtype
    for key in set(tile_keys(first)) - set(tile_keys(second)):
        assert after.tile(key) is before.tile(key)


def test_transparent_tiles_are_not_kept() -> None:
    surface = Surface().write(Rect(0, 0, 600, 300), np.zeros((300, 600, 4), np.float16))
    assert not surface
    one = surface.write(Rect(300, 10, 301, 11), np.ones((1, 1, 4), np.float16))
    assert list(one.tiles) == [(1, 0)]
    assert one.bounds == Rect(256, 0, 512, 256)
    gone = one.write(Rect(300, 10, 301, 11), np.zeros((1, 1, 4), np.float16))
    assert not gone
    assert one.tile((1, 0)) is not None


def test_reading_a_surface_gives_a_copy() -> None:
    surface = Surface.from_pixels(np.ones((8, 8, 4), np.float32))
    surface.read(Rect(0, 0, 8, 8))[:] = 0
    assert surface.read(Rect(0, 0, 8, 8)).min() == 1


def test_pixels_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Surface().write(Rect(0, 0, 4, 4), np.zeros((4, 5, 4), np.float16))
    with pytest.raises(ValueError, match="a tile is"):
        Tile(np.zeros((TILE, TILE, 4), np.uint8))


def test_a_tile_cannot_be_written() -> None:
    tile = Tile(np.zeros((TILE, TILE, 4), np.float16))
    with pytest.raises(ValueError, match="read-only"):
        tile.pixels()[0, 0, 0] = 1


def test_a_mask_has_its_default_where_there_is_no_tile() -> None:
    shown = Mask(default=1.0)
    assert shown.read(Rect(-5, -5, 5, 5)).min() == 1
    hidden = shown.write(Rect(0, 0, 2, 2), np.zeros((2, 2), np.float16))
    assert hidden.read(Rect(0, 0, 3, 3)).sum() == 5
    back = hidden.write(Rect(0, 0, 2, 2), np.ones((2, 2), np.float16))
    assert not back.tiles
    assert Mask.from_pixels(np.full((3, 3), 0.5), 10, 10).read(Rect(9, 9, 11, 11))[1, 1] == 0.5


class Store:
    """Remembers tiles by digest, as the journal does."""

    def __init__(self, *tiles: Tile) -> None:
        self.pixels = {tile.digest: tile.pixels().copy() for tile in tiles}
        self.reads = 0

    def load(self, digest: bytes) -> np.ndarray:
        self.reads += 1
        return self.pixels[digest]


def test_an_evicted_tile_comes_back_from_its_store() -> None:
    pixels = np.random.default_rng(3).random((TILE, TILE, 4)).astype(np.float16)
    tile = Tile(pixels.copy())
    store = Store(tile)
    tile.evict(store)
    assert not tile.resident
    assert store.reads == 0
    np.testing.assert_array_equal(tile.pixels(), pixels)
    tile.pixels()
    assert tile.resident
    assert store.reads == 1
    with pytest.raises(ValueError, match="read-only"):
        tile.pixels()[0, 0, 0] = 1


def test_a_thread_that_may_not_wait_gets_only_what_is_in_memory() -> None:
    away, here = Tile(np.ones((TILE, TILE), np.float16)), Tile(np.zeros((TILE, TILE), np.float16))
    store = Store(away)
    away.evict(store)
    with memory_only():
        assert here.pixels()[0, 0] == 0
        with pytest.raises(NotRead):
            away.pixels()
        with memory_only():
            pass
        with pytest.raises(NotRead):  # the inner one has not ended the outer
            away.pixels()
    assert not store.reads and away.comes_from(store) and not here.comes_from(store)
    assert away.pixels()[0, 0] == 1 and store.reads == 1


def test_a_tile_stored_nowhere_is_not_evicted() -> None:
    tile = Tile(np.ones((TILE, TILE), np.float16))
    with pytest.raises(ValueError, match="stored nowhere"):
        tile.evict()
    assert tile.resident


def test_digests_tell_content_type_and_shape_apart() -> None:
    half = Tile(np.ones((TILE, TILE, 4), np.float16))
    same = Tile(np.ones((TILE, TILE, 4), np.float16))
    full = Tile(np.ones((TILE, TILE, 4), np.float32))
    one = Tile(np.ones((TILE, TILE), np.float16))
    assert half.digest == same.digest
    assert len({half.digest, full.digest, one.digest}) == 3
    assert len(half.digest) == 16
    stored = Tile.stored(half.digest, 4, np.float16, Store(half))
    np.testing.assert_array_equal(stored.pixels(), half.pixels())
    assert stored.nbytes == half.nbytes == 512 * 1024
