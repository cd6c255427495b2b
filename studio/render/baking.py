"""Placed pixels made real: resampled once, at level 0, tile by tile."""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np

from studio.document.layer import Affine
from studio.raster import perspective, warp
from studio.raster.geometry import EMPTY, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface, TileGrid
from studio.raster.tile import Tile
from studio.raster.warp import Warp
from studio.render.cache import MIB, ByteCache
from studio.render.pyramid import Placed, Pyramid

_MARGIN = 3


def reach_of(grid: TileGrid, transform: Affine, bends: Warp = (), extent: Rect | None = None) -> Rect:
    """Where placed pixels can show, in document pixels."""
    source = extent if extent is not None else grid.bounds
    if source.empty:
        return EMPTY
    chain = warp.bent(bends, perspective.of_affine(transform))
    left, top, right, bottom = warp.bounds(chain, source.grow(2))
    return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)).grow(_MARGIN)


def baking(
    grid: TileGrid,
    transform: Affine,
    bends: Warp = (),
    extent: Rect | None = None,
    within: Rect | None = None,
) -> Generator[float, None, TileGrid]:
    """Yields the part done after each tile; returns the pixels as they are shown. ``within``: nothing beyond it."""
    reach = reach_of(grid, transform, bends, extent)
    if within is not None:
        reach = reach.intersect(within)
    pyramid = Pyramid(ByteCache(64 * MIB))
    placed = Placed("baked", grid, transform, extent, bends)
    keys = list(tile_keys(reach))
    made: dict[TileKey, Tile] = {}
    for done, key in enumerate(keys):
        tile = _tile(pyramid, placed, key)
        if tile is not None:
            made[key] = tile
        yield (done + 1) / len(keys)
    return Mask(made, grid.default) if isinstance(grid, Mask) else Surface(made, grid.dtype)


def _tile(pyramid: Pyramid, placed: Placed, key: TileKey) -> Tile | None:
    """One tile; None where it holds nothing but the default."""
    whole = Rect.of_tile(key)
    cells = list(pyramid.cells(placed, whole, 0))
    if len(cells) == 1 and cells[0].whole == whole:
        tile = cells[0].tile
        return tile if tile is not None and _holds(tile.pixels(), placed.grid) else None
    out = placed.grid.blank()
    for cell in cells:
        if cell.tile is not None:
            source, target = (
                cell.part.move(-cell.whole.left, -cell.whole.top),
                cell.part.move(-whole.left, -whole.top),
            )
            out[target.top : target.bottom, target.left : target.right] = cell.tile.pixels()[
                source.top : source.bottom, source.left : source.right
            ]
    return Tile(out) if _holds(out, placed.grid) else None


def _holds(pixels: np.ndarray, grid: TileGrid) -> bool:
    return bool((pixels != pixels.dtype.type(grid.default)).any())
