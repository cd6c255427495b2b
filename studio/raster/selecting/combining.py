"""Selections joined with each other, tile by tile; what one of them leaves as it is stays the same object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from studio.raster.colour import narrow, widen
from studio.raster.geometry import EMPTY, TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.tile import Tile

Mode = Literal["new", "add", "subtract", "intersect"]
Values = Callable[[np.ndarray, np.ndarray], np.ndarray]


def combined(old: Mask | None, new: Mask, mode: Mode) -> Mask:
    """``new`` put to ``old``; where nothing was selected yet (None) the new one is the selection whatever the mode.

    Coverage adds up and is cut at 1 (two areas that share a soft edge join without a seam), is taken away down to 0,
    and intersects to the lesser: the bounded sum and difference and the minimum. Where only one of them has a tile
    nothing is computed.
    """
    if mode == "new" or old is None:
        return new
    if mode == "add":
        return _joined(old, new, {**new.tiles, **old.tiles}, lambda a, b: np.minimum(a + b, 1))
    if mode == "subtract":
        return _joined(old, new, dict(old.tiles), lambda a, b: np.maximum(a - b, 0))
    return _joined(old, new, {}, np.minimum)


def _joined(old: Mask, new: Mask, tiles: dict[TileKey, Tile], values: Values) -> Mask:
    """``tiles``, and instead of them what becomes of those that both have."""
    made: dict[tuple[int, int], Tile | None] = {}
    for key in old.tiles.keys() & new.tiles.keys():
        first, second = old.tiles[key], new.tiles[key]
        pair = id(first), id(second)
        if pair not in made:
            made[pair] = _tile(first, second, values)
        tile = made[pair]
        if tile is None:
            tiles.pop(key, None)
        else:
            tiles[key] = tile
    return Mask(tiles)


def _tile(first: Tile, second: Tile, values: Values) -> Tile | None:
    a, b = first.pixels(), second.pixels()
    result = narrow(values(widen(a), widen(b)))
    if np.array_equal(result, a):
        return first
    if np.array_equal(result, b):
        return second
    return Tile(result) if result.any() else None


def inverted(mask: Mask | None, canvas: Rect) -> Mask:
    """1 − s on the canvas, 0 beyond it; None, which is everything, becomes nothing."""
    if mask is None:
        return Mask()
    tiles: dict[TileKey, Tile] = {}
    made: dict[tuple[int, Rect], Tile | None] = {}
    for key in tile_keys(canvas):
        old = mask.tile(key)
        place = Rect.of_tile(key)
        inside = canvas.intersect(place).move(-place.left, -place.top)
        if (id(old), inside) not in made:
            made[id(old), inside] = _inverse(old, inside)
        if (tile := made[id(old), inside]) is not None:
            tiles[key] = tile
    return Mask(tiles)


def _inverse(old: Tile | None, inside: Rect) -> Tile | None:
    pixels = np.zeros((TILE, TILE), np.float16)
    part = slice(inside.top, inside.bottom), slice(inside.left, inside.right)
    pixels[part] = 1 if old is None else np.clip(1 - old.pixels()[part].astype(np.float32), 0, 1)
    return Tile(pixels) if pixels.any() else None


def is_empty(mask: Mask) -> bool:
    """True where nothing at all is selected."""
    return not any(tile.pixels().any() for tile in {id(one): one for one in mask.tiles.values()}.values())


def extent(mask: Mask) -> Rect:
    """The smallest rectangle that holds every selected pixel; an empty one where there is none."""
    known: dict[int, Rect] = {}
    found = EMPTY
    bounds = mask.bounds
    # From outside inwards: of a large selection only its border has to be looked at.
    for key in sorted(mask.tiles, key=lambda key: _depth(Rect.of_tile(key), bounds)):
        tile, place = mask.tiles[key], Rect.of_tile(key)
        if found.contains(place) and not found.empty:
            continue
        if id(tile) not in known:
            known[id(tile)] = _extent(tile)
        if not known[id(tile)].empty:
            found = found.unite(known[id(tile)].move(place.left, place.top))
    return found


def _depth(place: Rect, bounds: Rect) -> int:
    """How far a tile lies from the nearest side of ``bounds``, pixels."""
    across = min(place.left - bounds.left, bounds.right - place.right)
    return min(across, place.top - bounds.top, bounds.bottom - place.bottom)


def _extent(tile: Tile) -> Rect:
    there = (
        tile.pixels().view(np.int16) > 0
    )  # the bits of positive halves are ordered as they are, and compare faster
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    if len(rows) == 0:
        return EMPTY
    return Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def selects_all(selection: Mask, rect: Rect) -> bool:
    """Whether every pixel of ``rect`` is selected wholly; equal tiles are looked at once."""
    full: set[tuple[int, Rect]] = set()
    for key in tile_keys(rect):
        tile = selection.tile(key)
        part = rect.intersect(Rect.of_tile(key)).move(-key[0] * TILE, -key[1] * TILE)
        if tile is None and selection.default < 1:
            return False
        if tile is None or (id(tile), part) in full:
            continue
        if (tile.pixels()[part.top : part.bottom, part.left : part.right] < 1).any():
            return False
        full.add((id(tile), part))
    return True
