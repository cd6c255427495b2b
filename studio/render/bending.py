"""Tiles of bent pixels: every pixel of the result asks for its place in the layer, once, whatever the chain of bends is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import msgspec
import numpy as np

from studio.document.layer import inverse
from studio.raster import perspective, warp
from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
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


class Bending(msgspec.Struct, frozen=True, eq=False):
    """How one tile is made. ``needs``: (mip level, rectangle of it) that it depends on.

    ``lod`` [rows, columns]: the mip level to read at the corners of STEP × STEP pixels; ``x`` and ``y``: the places there,
    in layer pixels. ``matrix``: from pixels of the result to layer pixels, where it is one homography that is seen from
    the near side all over the tile.
    """

    whole: Rect
    x: np.ndarray
    y: np.ndarray
    lod: np.ndarray
    matrix: perspective.Matrix | None
    needs: tuple[tuple[int, Rect], ...]

    def keys(self) -> list[tuple[int, TileKey]]:
        return [(level, key) for level, rect in self.needs for key in tile_keys(rect)]

    def pixels(
        self, grid: TileGrid, tiles: dict[tuple[int, TileKey], Tile | None], extent: Rect | None
    ) -> np.ndarray:
        """The tile's pixels from the needed tiles; sharp up to the edge of ``extent``, where there is one."""
        out = None
        places = None
        if self.matrix is None or extent is not None:
            places = _between(self.x, self.whole), _between(self.y, self.whole)
        lod = _between(self.lod, self.whole) if len(self.needs) > 1 else None
        for level, rect in self.needs:
            found = {key: tile for (at, key), tile in tiles.items() if at == level}
            part = self._read(widen(_assembled(grid, found, rect)), grid, level, rect, extent, places)
            if lod is not None:
                weight = _share(lod, level)
                part *= weight if part.ndim == 2 else weight[..., None]
            if out is None:
                out = part
            else:
                out += part
        assert out is not None
        if extent is not None and places is not None:
            cover = _coverage(*places, extent)
            out = out * (cover if out.ndim == 2 else cover[..., None])
        return as_type(np.ascontiguousarray(out, np.float32), grid.dtype)

    def _read(
        self,
        source: np.ndarray,
        grid: TileGrid,
        level: int,
        rect: Rect,
        extent: Rect | None,
        places: tuple[np.ndarray, np.ndarray] | None,
    ) -> np.ndarray:
        cubic = level == 0
        method = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
        border = cv2.BORDER_CONSTANT if extent is None else cv2.BORDER_REPLICATE
        fill = (grid.default,) * 4
        if self.matrix is not None:
            back = _between_pixels(self.matrix, self.whole, level, rect)
            out = cv2.warpPerspective(
                source, back, (self.whole.width, self.whole.height),
                flags=method | cv2.WARP_INVERSE_MAP, borderMode=border, borderValue=fill,
            )  # fmt: skip
        else:
            assert places is not None
            scale = 1.0 / (1 << level)
            # OpenCV's pixel centres lie on whole numbers, ours at +0.5
            x = (places[0] * scale - (rect.left + 0.5)).astype(np.float32)
            y = (places[1] * scale - (rect.top + 0.5)).astype(np.float32)
            out = cv2.remap(source, x, y, method, borderMode=border, borderValue=fill)
        return without_ringing(out, float(source.max(initial=0))) if cubic else out


def bending(placed: Placed, whole: Rect, level: int) -> Bending | None:
    """How the rectangle ``whole`` of ``level`` is made; None where nothing of the layer shows in it."""
    x, y = _places(placed, whole, level)
    bounds = placed.extent if placed.extent is not None else placed.grid.bounds
    lod = np.minimum(_lod(x, y), _deepest(bounds))
    near = _near(x, y, lod, bounds)
    if not near.any():
        return None
    lod = np.clip(lod, lod[near].min(), lod[near].max())
    needs = _needs(x[near], y[near], lod[near], bounds)
    if not needs:
        return None
    return Bending(whole, x, y, lod, _one_matrix(placed, level, x), needs)


def _one_matrix(placed: Placed, level: int, x: np.ndarray) -> perspective.Matrix | None:
    """From pixels of ``level`` to layer pixels; None where a mesh is between, or the horizon crosses the tile."""
    straight = warp.straight(placed.warp)
    if straight is None or (x <= NOWHERE / 2).any():
        return None
    back = perspective.inverted(perspective.joined(perspective.of_affine(placed.transform), straight))
    size = float(1 << level)
    return None if back is None else perspective.joined(back, (size, 0, 0, 0, size, 0, 0, 0, 1))


def _between_pixels(matrix: perspective.Matrix, whole: Rect, level: int, rect: Rect) -> np.ndarray:
    """From OpenCV's pixel numbers in ``whole`` to those in ``rect`` of mip level ``level``; its centres lie on whole
    numbers, ours at +0.5."""
    scale = 1.0 / (1 << level)
    first = (1, 0, whole.left + 0.5, 0, 1, whole.top + 0.5, 0, 0, 1)
    last = (scale, 0, -(rect.left + 0.5), 0, scale, -(rect.top + 0.5), 0, 0, 1)
    return np.array(perspective.joined(last, perspective.joined(matrix, first)), np.float64).reshape(3, 3)


def _places(placed: Placed, whole: Rect, level: int) -> tuple[np.ndarray, np.ndarray]:
    """Places of the corners of STEP × STEP pixels: (x, y) [rows + 1, columns + 1]; neighbouring tiles share them."""
    size = float(1 << level)
    columns = (whole.left + STEP * np.arange(whole.width // STEP + 1)) * size
    rows = (whole.top + STEP * np.arange(whole.height // STEP + 1)) * size
    across, down = np.meshgrid(columns, rows)
    points = np.stack((across.reshape(-1), down.reshape(-1)), axis=1)
    back = perspective.of_affine(inverse(placed.transform))
    points = warp.backward(placed.warp, perspective.mapped(back, points))
    return points[:, 0].reshape(across.shape), points[:, 1].reshape(across.shape)


def _between(coarse: np.ndarray, whole: Rect) -> np.ndarray:
    """Values at pixel centres from those at the corners of STEP × STEP pixels, float32.

    The centre of pixel n lies at (n + ½) / STEP: thirty-seconds, which are the steps of OpenCV's weights.
    """
    share = 1.0 / STEP
    matrix = np.array([[share, 0, share / 2], [0, share, share / 2]])
    return cv2.warpAffine(
        coarse.astype(np.float32), matrix, (whole.width, whole.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def _lod(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The mip level to read at the coarse points."""
    x_down, x_across = np.gradient(x, STEP)
    y_down, y_across = np.gradient(y, STEP)
    area = np.abs(x_across * y_down - x_down * y_across)
    area[(x <= NOWHERE / 2) | ~np.isfinite(area)] = 1.0
    log = np.log2(np.maximum(area, 1e-12)) / 2
    return np.maximum(log, 0)


def _share(lod: np.ndarray, level: int) -> np.ndarray:
    """How much of mip level ``level`` a pixel takes; the shares of all levels add up to 1."""
    low, high = _BLEND
    soft = np.floor(lod) + np.clip((lod - np.floor(lod) - low) / (high - low), 0, 1)
    return np.clip(1 - np.abs(soft - level), 0, 1).astype(np.float32)


def _deepest(bounds: Rect) -> int:
    """The coarsest mip level that says anything: a layer of a few pixels. Beyond it mips would be made of nothing."""
    return max(0, math.ceil(math.log2(max(bounds.width, bounds.height, 1) / TILE))) + 2


def _near(x: np.ndarray, y: np.ndarray, lod: np.ndarray, bounds: Rect) -> np.ndarray:
    """Which places lie in ``bounds``, or so near that the pixels between them and their neighbours may."""
    reach = 1.5 * STEP * np.exp2(lod + 1)
    near = (x > bounds.left - reach) & (x < bounds.right + reach) & (x > NOWHERE / 2)
    return near & (y > bounds.top - reach) & (y < bounds.bottom + reach)


def _needs(x: np.ndarray, y: np.ndarray, lod: np.ndarray, bounds: Rect) -> tuple[tuple[int, Rect], ...]:
    low, high = _BLEND
    first, last = float(lod.min()), float(lod.max())
    lowest = math.floor(first) + (first - math.floor(first) >= high)
    highest = math.floor(last) + (last - math.floor(last) > low)
    # the share of each level is known from one value where all are the same
    levels = [at for at in range(lowest, highest + 1) if float(_share(lod, at).max()) > 0]
    found = []
    margin = 4
    box = (x.min(), y.min(), x.max(), y.max())
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
