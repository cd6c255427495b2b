"""Where a selection ends: its edge as lines between pixels, for the marching ants, and as closed loops, for a brush."""

from __future__ import annotations

from collections.abc import Generator
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from studio.raster.colour import widen
from studio.raster.geometry import TILE, Rect, tile_keys
from studio.raster.mask import Mask
from studio.raster.selecting.blocks import finished
from studio.raster.tile import Tile

HALF = 0.5
"""The edge runs where half is selected."""
_HALF_BITS = np.float16(HALF).view(np.int16)


class CoarseMasks:
    """Masks at mip levels, each tile averaged once; what is no longer used anywhere is forgotten by itself."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Tile, dict[int, np.ndarray]] = WeakKeyDictionary()

    def read(self, mask: Mask, rect: Rect, level: int) -> np.ndarray:
        """float32 [h, w] of ``rect``, in pixels of ``level`` 0–8: means of 2^level × 2^level pixels."""
        out = np.full((rect.height, rect.width), mask.default, np.float32)
        side = TILE >> level
        for column, row in tile_keys(rect.from_level(level)):
            tile = mask.tile((column, row))
            if tile is None:
                continue
            place = Rect.of(column * side, row * side, side, side)
            part = rect.intersect(place)
            own, target = part.move(-place.left, -place.top), part.move(-rect.left, -rect.top)
            out[target.top : target.bottom, target.left : target.right] = self.of_tile(tile, level)[
                own.top : own.bottom, own.left : own.right
            ]
        return out

    def of_tile(self, tile: Tile, level: int) -> np.ndarray:
        """float32 [256 >> level, 256 >> level]."""
        if level == 0:
            return widen(tile.pixels())
        levels = self._known.setdefault(tile, {})
        if level not in levels:
            side = TILE >> level
            levels[level] = cv2.resize(
                widen(tile.pixels()), (side, side), interpolation=cv2.INTER_AREA
            ).reshape(side, side)
        return levels[level]


def edge_lines(values: np.ndarray) -> np.ndarray:
    """int32 [n, 4]: x0, y0, x1, y1 of straight lines between pixels where ``values`` [h, w] cross one half.

    Positions count pixels from the array's corner. Beyond the array nothing is selected.
    """
    inside = np.pad(values >= HALF, 1)
    across = _runs(inside[1:, 1:-1] != inside[:-1, 1:-1])
    down = _runs((inside[1:-1, 1:] != inside[1:-1, :-1]).T)
    lines = np.concatenate([across, down[:, [1, 0, 3, 2]]])
    return np.ascontiguousarray(lines, np.int32)


def edge_blocks(values: np.ndarray, side: int) -> np.ndarray:
    """bool [ceil(h / side), ceil(w / side)]: the squares of ``side`` pixels that a line of :func:`edge_lines` touches."""
    inside = np.pad(values >= HALF, 1)
    height, width = values.shape
    rows, columns = -(-height // side), -(-width // side)
    touched = np.zeros((rows * side, columns * side), bool)
    found = touched[:height, :width]
    across, down = inside[1:, 1:-1] != inside[:-1, 1:-1], inside[1:-1, 1:] != inside[1:-1, :-1]
    # a line runs between two pixels and may show in both
    found |= across[:-1] | across[1:] | down[:, :-1] | down[:, 1:]
    return np.asarray(touched.reshape(rows, side, columns, side).any(axis=(1, 3)), bool)


def coarser(blocks: np.ndarray, factor: int) -> np.ndarray:
    """The same for squares ``factor`` times as long."""
    height, width = blocks.shape
    rows, columns = -(-height // factor), -(-width // factor)
    padded = np.zeros((rows * factor, columns * factor), bool)
    padded[:height, :width] = blocks
    return np.asarray(padded.reshape(rows, factor, columns, factor).any(axis=(1, 3)), bool)


def runs(marked: np.ndarray) -> np.ndarray:
    """int [n, 3]: first, row, last + 1 of each run of true values in the rows of ``marked``."""
    return _runs(marked)[:, :3]


def _runs(marked: np.ndarray) -> np.ndarray:
    """[n, 4]: x0, y, x1, y of each run of true values in the rows of ``marked``."""
    padded = np.zeros((marked.shape[0], marked.shape[1] + 2), np.int8)
    padded[:, 1:-1] = marked
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return np.stack([starts, rows, ends, rows], 1)


def coarse_loops(values: np.ndarray, left: int, top: int, scale: int) -> list[np.ndarray]:
    """The edge of ``values`` [h, w], pixels of a mip level from (left, top), as closed lines of few document points."""
    inside = (values >= HALF).astype(np.uint8)
    found, _ = cv2.findContours(inside, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    lines = [cv2.approxPolyDP(one, 0.7, True).reshape(-1, 2) for one in found]
    return [(line + (left + 0.5, top + 0.5)) * scale for line in lines if len(line) > 2]


def loops(mask: Mask, canvas: Rect) -> list[np.ndarray]:
    """Closed lines float [n, 2] through the middles of the outermost selected pixels, document pixels, longest first.

    Holes have lines of their own. Reads the whole mask on the canvas: for strokes along it.
    """
    return finished(tracing(mask, canvas))


def tracing(mask: Mask, canvas: Rect) -> Generator[None, None, list[np.ndarray]]:
    """The same in steps: yields after each row of tiles, and before the line is followed."""
    bounds = mask.bounds.intersect(canvas)
    if bounds.empty:
        return []
    inside = np.empty((bounds.height, bounds.width), np.uint8)
    for top in range(bounds.top, bounds.bottom, TILE):
        part = Rect(bounds.left, top, bounds.right, min(top + TILE, bounds.bottom))
        values = mask.read(part)
        # The bits of positive halves are ordered as they are, and compare nine times as fast.
        np.greater_equal(
            values.view(np.int16), _HALF_BITS, out=inside[top - bounds.top :][: part.height].view(bool)
        )
        yield
    found, _ = cv2.findContours(inside, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    lines = [one.reshape(-1, 2) + (bounds.left + 0.5, bounds.top + 0.5) for one in found]
    return sorted(lines, key=len, reverse=True)
