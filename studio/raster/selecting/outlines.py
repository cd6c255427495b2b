"""Outlines filled into soft masks: rectangles, ellipses and polygons with anti-aliased edges."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import skia

from studio.raster import draw
from studio.raster.geometry import EMPTY, TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.tile import Tile

Point = tuple[float, float]
LARGEST = 1 << 22
"""Farther out than this no picture reaches; points beyond are pulled in."""


def rectangle(
    left: float, top: float, right: float, bottom: float, within: Rect, *, anti_alias: bool = True
) -> Mask:
    """The mask of a rectangle; a pixel cut by an edge holds the part of its area that lies inside."""
    path = skia.Path()
    path.addRect(skia.Rect.MakeLTRB(*map(_near, _ordered(left, top, right, bottom))))
    return _filled(path, within, anti_alias)


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


def _ordered(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _near(value: float) -> float:
    return min(max(float(value), -LARGEST), LARGEST)


def _filled(path: skia.Path, within: Rect, anti_alias: bool) -> Mask:
    """``path`` drawn tile by tile, cut to ``within``; tiles that are alike are one object."""
    box = path.computeTightBounds()
    bounds = Rect(
        math.floor(box.left()), math.floor(box.top()), math.ceil(box.right()), math.ceil(box.bottom())
    ).intersect(within)
    pen = skia.Paint(AntiAlias=anti_alias, Color=skia.ColorWHITE)
    tiles: dict[TileKey, Tile] = {}
    full: Tile | None = None
    for key in tile_keys(EMPTY if bounds.empty else bounds):
        pixels = _drawn(path, Rect.of_tile(key), within, pen)
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
