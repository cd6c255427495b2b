"""Outlines filled into soft masks: rectangles, ellipses and polygons with anti-aliased edges."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from studio.raster import draw
from studio.raster.geometry import EMPTY, TILE, Rect, TileKey, tile_keys
from studio.raster.later import Later
from studio.raster.mask import Mask
from studio.raster.selecting.blocks import Steps, blocks_of
from studio.raster.tile import Tile

if TYPE_CHECKING:
    import skia
else:
    skia = Later("skia")

Point = tuple[float, float]
BLOCK = 4 * TILE
LARGEST = 1 << 22
"""Farther out than this no picture reaches; points beyond are pulled in."""


def rectangle(
    left: float, top: float, right: float, bottom: float, within: Rect, *, anti_alias: bool = True
) -> Mask:
    """The mask of a rectangle; a pixel cut by an edge holds the part of its area that lies inside."""
    left, top, right, bottom = _ordered(left, top, right, bottom)
    if not anti_alias:
        left, top, right, bottom = map(_rounded, (left, top, right, bottom))
    bounds = _around(left, top, right, bottom, within)
    across = _share(left, right, bounds.left, bounds.right)
    down = _share(top, bottom, bounds.top, bounds.bottom)

    def drawn(place: Rect) -> np.ndarray:
        part = place.intersect(bounds)
        pixels = np.zeros((TILE, TILE), np.float16)
        own, target = part.move(-bounds.left, -bounds.top), part.move(-place.left, -place.top)
        pixels[target.top : target.bottom, target.left : target.right] = (
            down[own.top : own.bottom, None] * across[None, own.left : own.right]
        )
        return pixels

    return _tiled(bounds, drawn)


def ellipse(
    left: float, top: float, right: float, bottom: float, within: Rect, *, anti_alias: bool = True
) -> Mask:
    """The mask of the ellipse that fits the rectangle."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(*map(_near, _ordered(left, top, right, bottom))))
    return _filled(path, within, anti_alias)


def polygon(points: Sequence[Point], within: Rect, *, anti_alias: bool = True) -> Mask:
    """The mask of a closed polygon of document points; where it crosses itself, all that it winds around is inside.

    Fewer than three points enclose nothing.
    """
    if len(points) < 3:
        return Mask()
    path = skia.Path()
    path.addPoly([skia.Point(_near(x), _near(y)) for x, y in points], True)
    return _filled(path, within, anti_alias)


def in_steps(area: Rect, fill: Callable[[Rect], Mask]) -> Steps:
    """What ``fill`` makes of ``area``, block by block: the outline of a huge picture."""
    tiles: dict[TileKey, Tile] = {}
    full: Tile | None = None
    for block in blocks_of(area, BLOCK):
        for key, tile in fill(block).tiles.items():
            if bool((tile.pixels() == 1).all()):
                full = full or tile
                tile = full
            tiles[key] = tile
        yield
    return Mask(tiles)


def _ordered(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _near(value: float) -> float:
    return min(max(float(value), -LARGEST), LARGEST)


def _rounded(value: float) -> float:
    return math.floor(value + 0.5)


def _around(left: float, top: float, right: float, bottom: float, within: Rect) -> Rect:
    near = map(_near, (left, top, right, bottom))
    found = Rect(*(round_(one) for round_, one in zip(_OUTWARDS, near))).intersect(within)
    return EMPTY if found.empty else found


_OUTWARDS = (math.floor, math.floor, math.ceil, math.ceil)


def _share(low: float, high: float, first: int, last: int) -> np.ndarray:
    """float32 of the pixels from ``first`` to ``last``: which part of each lies between ``low`` and ``high``."""
    pixels = np.arange(first, last)
    return np.clip(np.minimum(pixels + 1, high) - np.maximum(pixels, low), 0, 1).astype(np.float32)


def _filled(path: skia.Path, within: Rect, anti_alias: bool) -> Mask:
    """``path`` drawn tile by tile, cut to ``within``."""
    box = path.computeTightBounds()
    bounds = _around(box.left(), box.top(), box.right(), box.bottom(), within)
    pen = skia.Paint(AntiAlias=anti_alias, Color=skia.ColorWHITE)
    return _tiled(bounds, lambda place: _drawn(path, place, within, pen))


def _tiled(bounds: Rect, drawn: Callable[[Rect], np.ndarray]) -> Mask:
    """A mask of what is drawn for each tile; the full ones are one object."""
    tiles: dict[TileKey, Tile] = {}
    full: Tile | None = None
    for key in tile_keys(bounds):
        pixels = drawn(Rect.of_tile(key))
        if pixels.min() == 1:
            full = full or Tile(pixels)
            tiles[key] = full
        elif pixels.any():
            tiles[key] = Tile(pixels)
    return Mask(tiles)


def _drawn(path: skia.Path, place: Rect, within: Rect, pen: skia.Paint) -> np.ndarray:
    pixels = np.zeros((TILE, TILE), np.float16)
    surface = draw.surface(pixels)
    canvas = surface.getCanvas()
    canvas.translate(-place.left, -place.top)
    canvas.clipRect(skia.Rect.MakeLTRB(*map(float, within)))
    canvas.drawPath(path, pen)
    return pixels
