"""The float32 buffer of one stroke: blocks made where they are touched, and the picture's edges that wrap."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from studio.raster.geometry import Rect, TileKey, tile_keys

BLOCK = 768
"""Side of a block: a whole number of tiles; most dabs lie inside one."""

Parts = Iterator[tuple[np.ndarray, tuple[slice, slice]]]

_KEPT = 6
"""Blocks of strokes that ended, kept for the next: to get new memory from the system costs more than a small brush's dabs."""
_spare: list[np.ndarray] = []


def uniform(value: float) -> Callable[[Rect], np.ndarray]:
    """Fills a plane's blocks [BLOCK, BLOCK] with ``value``."""

    def filled(place: Rect) -> np.ndarray:
        try:
            block = _spare.pop()
        except IndexError:
            block = np.empty((BLOCK, BLOCK), np.float32)
        block.fill(value)
        return block

    return filled


class Wrap(NamedTuple):
    """The rectangle that repeats (a tiling picture, in layer pixels), and which of its axes wrap."""

    rect: Rect
    x: bool = True
    y: bool = True

    def inside(self, rect: Rect) -> list[tuple[Rect, int, int]]:
        """Pieces of ``rect`` brought into the repeating rectangle, each with its place (x, y) in ``rect``."""
        whole = self.rect
        columns = _pieces(rect.left, rect.right, whole.left, whole.right, self.x)
        rows = _pieces(rect.top, rect.bottom, whole.top, whole.bottom, self.y)
        return [
            (Rect(left, top, right, bottom), x, y) for top, bottom, y in rows for left, right, x in columns
        ]


class Plane:
    """Float32 values over the whole plane, in blocks that ``fill`` makes when they are first needed."""

    def __init__(self, fill: Callable[[Rect], np.ndarray]) -> None:
        self._fill = fill
        self._blocks: dict[tuple[int, int], np.ndarray] = {}

    def __del__(self) -> None:
        while self._blocks and not sys.is_finalizing():
            _, block = self._blocks.popitem()
            alone = sys.getrefcount(block) == 2  # a view of it would hold it, too
            if alone and block.shape == (BLOCK, BLOCK) and len(_spare) < _KEPT:
                _spare.append(block)

    def spot(self, rect: Rect) -> np.ndarray | None:
        """A writable view of the values in ``rect``; None where it lies in several blocks."""
        left, top, right, bottom = rect
        column, row = left // BLOCK, top // BLOCK
        x, y = column * BLOCK, row * BLOCK
        if right > x + BLOCK or bottom > y + BLOCK:
            return None
        block = self._blocks.get((column, row))
        if block is None:
            block = self._block(column, row)
        return block[top - y : bottom - y, left - x : right - x]

    def view(self, rect: Rect) -> np.ndarray:
        """A writable view of the values in ``rect``, one of :func:`pieces`."""
        found = self.spot(rect)
        assert found is not None, "a piece lies inside one block"
        return found

    def parts(self, rect: Rect) -> Parts:
        """(writable view of the values, its slices of ``rect``)."""
        whole = self.spot(rect)
        if whole is not None:
            yield whole, ALL
            return
        left, top, right, bottom = rect
        y = top
        while y < bottom:
            row, x = y // BLOCK, left
            end = min(bottom, (row + 1) * BLOCK)
            while x < right:
                column = x // BLOCK
                edge = min(right, (column + 1) * BLOCK)
                across, down = column * BLOCK, row * BLOCK
                view = self._block(column, row)[y - down : end - down, x - across : edge - across]
                yield view, (slice(y - top, end - top), slice(x - left, edge - left))
                x = edge
            y = end

    def read(self, rect: Rect) -> np.ndarray:
        """The values in ``rect``: a view where it lies inside one block, else a copy."""
        whole = self.spot(rect)
        if whole is not None:
            return whole
        for view, where in self.parts(rect):
            if whole is None:
                whole = np.empty((rect.height, rect.width, *view.shape[2:]), np.float32)
            whole[where] = view
        assert whole is not None
        return whole

    def gather(self, rect: Rect, wrap: Wrap | None = None) -> np.ndarray:
        """A copy of the values in ``rect``."""
        if wrap is None or wrap.rect.contains(rect):
            return self.read(rect).copy()
        whole: np.ndarray | None = None
        for piece, x, y in wrap.inside(rect):
            values = self.read(piece)
            if whole is None:
                whole = np.zeros((rect.height, rect.width, *values.shape[2:]), np.float32)
            whole[y : y + piece.height, x : x + piece.width] = values
        assert whole is not None
        return whole

    def scatter(self, rect: Rect, values: np.ndarray, wrap: Wrap | None = None) -> None:
        """Writes ``values`` into ``rect``."""
        pieces = [(rect, 0, 0)] if wrap is None or wrap.rect.contains(rect) else wrap.inside(rect)
        for piece, x, y in pieces:
            source = values[y : y + piece.height, x : x + piece.width]
            for view, where in self.parts(piece):
                view[...] = source[where]

    def prepared(self, rect: Rect) -> Iterator[None]:
        """Makes what ``rect`` needs, a step for each."""
        for row in range(rect.top // BLOCK, (rect.bottom - 1) // BLOCK + 1):
            for column in range(rect.left // BLOCK, (rect.right - 1) // BLOCK + 1):
                if (column, row) not in self._blocks:
                    self._block(column, row)
                    yield

    def _block(self, column: int, row: int) -> np.ndarray:
        block = self._blocks.get((column, row))
        if block is None:
            place = Rect.of(column * BLOCK, row * BLOCK, BLOCK, BLOCK)
            block = self._blocks[column, row] = self._fill(place)
        return block


class Copied(Plane):
    """A plane whose values are copied from a layer, tile by tile as they are needed: ``fill`` gives those of a tile, [256, 256] or
    with channels. Of a block only what is touched costs memory."""

    def __init__(self, fill: Callable[[Rect], np.ndarray]) -> None:
        super().__init__(fill)
        self._there: set[TileKey] = set()

    def spot(self, rect: Rect) -> np.ndarray | None:
        for _ in self.prepared(rect):
            pass
        return super().spot(rect)

    def prepared(self, rect: Rect) -> Iterator[None]:
        for key in tile_keys(rect):
            if key not in self._there:
                self._copy(key)
                yield

    def _copy(self, key: TileKey) -> None:
        place = Rect.of_tile(key)
        values = self._fill(place)
        column, row = place.left // BLOCK, place.top // BLOCK
        block = self._blocks.get((column, row))
        if block is None:
            block = self._blocks[column, row] = np.empty((BLOCK, BLOCK, *values.shape[2:]), np.float32)
        block[slices(place, Rect.of(column * BLOCK, row * BLOCK, BLOCK, BLOCK))] = values
        self._there.add(key)


ALL = (slice(None), slice(None))


_PIECE = 1 << 18
"""Pixels of a dab that are worked on at once, a millisecond or so; each call may have to wait for the interpreter's lock."""


def pieces(rect: Rect) -> Iterator[tuple[Rect, tuple[slice, slice]]]:
    """``rect`` in parts, each of them inside one block, with its slices of an array of ``rect``."""
    left, top, right, bottom = rect
    while top < bottom:
        edge = min(bottom, (top // BLOCK + 1) * BLOCK)
        start = left
        while start < right:
            end = min(right, (start // BLOCK + 1) * BLOCK)
            columns, rows = slice(start - left, end - left), max(1, _PIECE // (end - start))
            for first in range(top, edge, rows):
                last = min(first + rows, edge)
                yield Rect(start, first, end, last), (slice(first - rect.top, last - rect.top), columns)
            start = end
        top = edge


def slices(part: Rect, whole: Rect) -> tuple[slice, slice]:
    """Where ``part`` lies in an array of ``whole``."""
    left, top = part.left - whole.left, part.top - whole.top
    return slice(top, top + part.height), slice(left, left + part.width)


def _pieces(start: int, end: int, low: int, high: int, wraps: bool) -> list[tuple[int, int, int]]:
    """(start, end, offset) of the pieces of an interval brought into low … high."""
    if not wraps:
        return [(start, end, 0)]
    found, at = [], start
    while at < end:
        inside = low + (at - low) % (high - low)
        length = min(end - at, high - inside)
        found.append((inside, inside + length, at - start))
        at += length
    return found
