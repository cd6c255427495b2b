"""A large selection in the pixels of a layer that lies elsewhere or is turned: each tile is computed when it is needed.

A stroke, or a move, needs few of them at once, and must not wait for all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from studio.document.layer import Affine
from studio.document.sharing import late_mask
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.tile import Tile

AT_ONCE = 8
"""Tiles of a selection that are computed under the hand; of more, none is."""


def moved(mask: Mask, x: int, y: int) -> Mask:
    """The mask moved by whole pixels. Tiles of one value stay the tiles they are where their neighbours are the same."""
    columns, right = divmod(x, TILE)
    rows, down = divmod(y, TILE)
    flat = _Flat()
    made: dict[tuple[int, ...], Tile | None] = {}
    tiles: dict[TileKey, Tile] = {}
    wanted = {
        (column + columns + across, row + rows + along)
        for column, row in mask.tiles
        for across in ((0, 1) if right else (0,))
        for along in ((0, 1) if down else (0,))
    }
    for column, row in wanted:
        wide = (column - columns - 1, column - columns) if right else (column - columns,)
        high = (row - rows - 1, row - rows) if down else (row - rows,)
        near = [mask.tile((across, along)) for along in high for across in wide]
        name = tuple(id(tile) for tile in near)
        if name not in made:
            made[name] = flat.same(near) or late_mask(
                partial(mask.read, Rect.of_tile((column, row)).move(-x, -y))
            )
        tile = made[name]
        if tile is not None:
            tiles[column, row] = tile
    return Mask(tiles, mask.default)


def turned(mask: Mask, area: Rect, transform: Affine, read: Callable[[Rect], np.ndarray]) -> Mask:
    """The mask in a layer's pixels; ``transform``: from there to the mask, ``area``: where there is anything of it, ``read``:
    its values in a rectangle of the layer."""
    flat = _Flat()
    tiles: dict[TileKey, Tile] = {}
    for key in tile_keys(area):
        place = Rect.of_tile(key)
        near = [mask.tile(one) for one in tile_keys(_under(place, transform))]
        if all(tile is None for tile in near):
            continue
        tiles[key] = flat.same(near) or late_mask(partial(_read, read, place))
    return Mask(tiles, mask.default)


def _read(read: Callable[[Rect], np.ndarray], place: Rect) -> np.ndarray:
    return np.ascontiguousarray(read(place), np.float16)


def _under(place: Rect, transform: Affine) -> Rect:
    a, b, c, d, tx, ty = transform
    corners = [(x, y) for x in (place.left, place.right) for y in (place.top, place.bottom)]
    across, down = [a * x + c * y + tx for x, y in corners], [b * x + d * y + ty for x, y in corners]
    # one pixel more: between two pixels the mask is sampled from both
    return Rect(
        math.floor(min(across)), math.floor(min(down)), math.ceil(max(across)), math.ceil(max(down))
    ).grow(1)


class _Flat:
    """Knows which tiles have one value throughout."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def same(self, tiles: Iterable[Tile | None]) -> Tile | None:
        """The tile that all of them are, where it has one value; else None."""
        first, *others = tiles
        if first is None or any(tile is not first for tile in others):
            return None
        if id(first) not in self._known:
            bits = first.pixels().view(np.uint16)
            self._known[id(first)] = bool((bits == bits[0, 0]).all())
        return first if self._known[id(first)] else None
