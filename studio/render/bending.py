"""Tiles of bent pixels: every pixel of the result asks for its place in the layer, once, whatever the chain of bends is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.document.layer import inverse
from studio.raster import perspective, warp
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.perspective import NOWHERE
from studio.raster.resample import without_ringing
from studio.raster.surface import TileGrid
from studio.raster.tile import Tile

if TYPE_CHECKING:
    from studio.render.pyramid import Placed

STEP = 16
"""Pixels between the points whose place is computed; between them it is interpolated (meshes only)."""
_BLEND = (0.55, 0.95)
"""Where, between two mip levels, one fades into the other."""
_MOST = 3 << 22
_DEEPEST = 12


@dataclass(frozen=True, eq=False)
class Bending:
    """One tile: ``x`` and ``y`` [h, w] are the places of its pixel centres in layer pixels, ``lod`` the mip level to read.

    ``needs``: (mip level, rectangle of it) that the tile depends on.
    """

    whole: Rect
    x: np.ndarray
    y: np.ndarray
    lod: np.ndarray
    needs: tuple[tuple[int, Rect], ...]

    def keys(self) -> list[tuple[int, TileKey]]:
        return [(level, key) for level, rect in self.needs for key in tile_keys(rect)]

    def pixels(
        self, grid: TileGrid, tiles: dict[tuple[int, TileKey], Tile | None], extent: Rect | None
    ) -> np.ndarray:
        """The tile's pixels from the needed tiles; sharp up to the edge of ``extent``, where there is one."""
        out = None
        for level, rect in self.needs:
            found = {key: tile for (at, key), tile in tiles.items() if at == level}
            part = self._read(grid, found, level, rect, extent)
            weight = _share(self.lod, level) if len(self.needs) > 1 else None
            if weight is not None:
                part = part * (weight if part.ndim == 2 else weight[..., None])
            out = part if out is None else out + part
        assert out is not None
        if extent is not None:
            cover = _coverage(self.x, self.y, extent)
            out = out * (cover if out.ndim == 2 else cover[..., None])
        return as_type(np.ascontiguousarray(out, np.float32), grid.dtype)

    def _read(
        self, grid: TileGrid, tiles: dict[TileKey, Tile | None], level: int, rect: Rect, extent: Rect | None
    ) -> np.ndarray:
        source = widen(_assembled(grid, tiles, rect))
        scale = 1.0 / (1 << level)
        # OpenCV's pixel centres lie on whole numbers, ours at +0.5
        x = (self.x * scale - (rect.left + 0.5)).astype(np.float32)
        y = (self.y * scale - (rect.top + 0.5)).astype(np.float32)
        cubic = level == 0
        sharp = extent is not None
        out = cv2.remap(
            source,
            x,
            y,
            cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE if sharp else cv2.BORDER_CONSTANT,
            borderValue=(grid.default,) * 4,
        )
        return without_ringing(out, float(source.max(initial=0))) if cubic else out


def bending(placed: Placed, whole: Rect, level: int) -> Bending | None:
    """How the rectangle ``whole`` of ``level`` is made; None where nothing of the layer shows in it."""
    coarse_x, coarse_y = _coarse(placed, whole, level)
    lod = _lod(coarse_x, coarse_y)
    bounds = placed.extent if placed.extent is not None else placed.grid.bounds
    if straight(placed):
        x, y = _places(placed, whole, level, 1)
    else:
        x, y = _between(coarse_x, whole), _between(coarse_y, whole)
    needs = _needs(x, y, _between(lod, whole) if lod.max() - lod.min() > 1e-3 else lod[:1, :1], bounds)
    if not needs:
        return None
    dense = _between(lod, whole) if len(needs) > 1 else lod[:1, :1]
    return Bending(whole, x, y, dense, needs)


def straight(placed: Placed) -> bool:
    return warp.straight(placed.warp) is not None


def _coarse(placed: Placed, whole: Rect, level: int) -> tuple[np.ndarray, np.ndarray]:
    """Places of the corners of STEP × STEP pixels: (x, y) [rows + 1, columns + 1]; neighbouring tiles share them."""
    return _places(placed, whole, level, STEP)


def _places(placed: Placed, whole: Rect, level: int, step: int) -> tuple[np.ndarray, np.ndarray]:
    middle = 0.5 if step == 1 else 0.0
    more = 0 if step == 1 else 1
    size = float(1 << level)
    columns = (whole.left + middle + step * np.arange(whole.width // step + more)) * size
    rows = (whole.top + middle + step * np.arange(whole.height // step + more)) * size
    across, down = np.meshgrid(columns, rows)
    points = np.stack((across.reshape(-1), down.reshape(-1)), axis=1)
    back = perspective.of_affine(inverse(placed.transform))
    points = warp.backward(placed.warp, perspective.mapped(back, points))
    return points[:, 0].reshape(across.shape), points[:, 1].reshape(across.shape)


def _between(coarse: np.ndarray, whole: Rect) -> np.ndarray:
    """Values at pixel centres from those at the corners of STEP × STEP pixels."""
    down = _weights(whole.height, coarse.shape[0])
    across = _weights(whole.width, coarse.shape[1])
    return down @ coarse @ across.T


def _weights(pixels: int, knots: int) -> np.ndarray:
    at = (np.arange(pixels) + 0.5) / STEP
    first = np.minimum(at.astype(int), knots - 2)
    out = np.zeros((pixels, knots))
    out[np.arange(pixels), first] = 1 - (at - first)
    out[np.arange(pixels), first + 1] = at - first
    return out


def _lod(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The mip level to read at the coarse points."""
    x_down, x_across = np.gradient(x, STEP)
    y_down, y_across = np.gradient(y, STEP)
    area = np.abs(x_across * y_down - x_down * y_across)
    area[(x <= NOWHERE / 2) | ~np.isfinite(area)] = 1.0
    log = np.log2(np.maximum(area, 1e-12)) / 2
    return np.clip(log, 0, _DEEPEST)


def _share(lod: np.ndarray, level: int) -> np.ndarray:
    """How much of mip level ``level`` a pixel takes; the shares of all levels add up to 1."""
    low, high = _BLEND
    soft = np.floor(lod) + np.clip((lod - np.floor(lod) - low) / (high - low), 0, 1)
    return np.clip(1 - np.abs(soft - level), 0, 1).astype(np.float32)


def _needs(x: np.ndarray, y: np.ndarray, lod: np.ndarray, bounds: Rect) -> tuple[tuple[int, Rect], ...]:
    low, high = _BLEND
    first, last = float(lod.min()), float(lod.max())
    lowest = math.floor(first) + (first - math.floor(first) >= high)
    highest = math.floor(last) + (last - math.floor(last) > low)
    # the share of each level is known from one value where all are the same
    levels = [at for at in range(lowest, highest + 1) if float(_share(lod, at).max()) > 0]
    found = []
    margin = 4
    seen = (x > bounds.left - margin * 4) & (x < bounds.right + margin * 4)
    seen &= (y > bounds.top - margin * 4) & (y < bounds.bottom + margin * 4)
    if not seen.any():
        return ()
    box = (x[seen].min(), y[seen].min(), x[seen].max(), y[seen].max())
    for level in levels or [lowest]:
        rect = _box(box, level, bounds, margin)
        if rect.empty:
            continue
        if rect.width * rect.height > _MOST or max(rect.width, rect.height) > 30000:
            # so strongly foreshortened that a coarser level has to do for all of the tile
            while rect.width * rect.height > _MOST or max(rect.width, rect.height) > 30000:
                level += 1
                rect = _box(box, level, bounds, margin)
            return ((level, rect),)
        found.append((level, rect))
    return tuple(found)


def _box(box: tuple[float, ...], level: int, bounds: Rect, margin: int) -> Rect:
    scale = 1.0 / (1 << level)
    rect = Rect(
        math.floor(box[0] * scale) - margin,
        math.floor(box[1] * scale) - margin,
        math.ceil(box[2] * scale) + margin,
        math.ceil(box[3] * scale) + margin,
    )
    return rect.intersect(bounds.at_level(level))


def _coverage(x: np.ndarray, y: np.ndarray, extent: Rect) -> np.ndarray:
    """How much of each pixel lies inside ``extent``, from its distance to the edges in pixels of the result."""
    x_down, x_across = np.gradient(x)
    y_down, y_across = np.gradient(y)
    wide = np.maximum(np.hypot(x_across, x_down), 1e-6)
    tall = np.maximum(np.hypot(y_across, y_down), 1e-6)
    cover = np.clip(np.minimum((x - extent.left) / wide, (extent.right - x) / wide) + 0.5, 0, 1)
    cover *= np.clip(np.minimum((y - extent.top) / tall, (extent.bottom - y) / tall) + 0.5, 0, 1)
    return cover.astype(np.float32)


def _assembled(grid: TileGrid, tiles: dict[TileKey, Tile | None], rect: Rect) -> np.ndarray:
    shape = (rect.height, rect.width) if grid.channels == 1 else (rect.height, rect.width, grid.channels)
    out = np.full(shape, grid.default, grid.dtype)
    for key, tile in tiles.items():
        if tile is not None:
            whole = Rect.of_tile(key)
            part = rect.intersect(whole)
            source, target = part.move(-whole.left, -whole.top), part.move(-rect.left, -rect.top)
            out[target.top : target.bottom, target.left : target.right] = tile.pixels()[
                source.top : source.bottom, source.left : source.right
            ]
    return out
