"""Work on masks of any size, block by block: uniform areas are shared, the rest is computed with what it needs around it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import TypeVar

import numpy as np

from studio.raster.colour import narrow, widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.tile import Tile

Made = TypeVar("Made")

BLOCK = 2 * TILE
Steps = Generator[None, None, Mask]
"""Yields after each part of the work and returns the mask."""
Work = Callable[[np.ndarray], np.ndarray]
"""Values float32 [h, w] 0–1 with a margin of ``reach`` on each side → new values of the same shape."""


def blocks_of(rect: Rect, side: int = BLOCK) -> Iterator[Rect]:
    """The blocks of ``side`` pixels, on a grid of that size, that ``rect`` touches; the outer ones cut to it."""
    if rect.empty:
        return
    for top in range(rect.top // side * side, rect.bottom, side):
        for left in range(rect.left // side * side, rect.right, side):
            yield Rect.of(left, top, side, side).intersect(rect)


def by_blocks(mask: Mask, canvas: Rect, reach: int, work: Work, *, open_edges: bool) -> Steps:
    """``work`` over all of ``canvas`` where ``mask`` is not the same for ``reach`` pixels around.

    ``open_edges``: what is selected goes on beyond the canvas; otherwise nothing is selected there. ``work`` must keep
    a uniform area of 0 or 1 as it is.
    """
    tiles: dict[TileKey, Tile] = {}
    known: dict[bytes, Tile] = {}
    flat = _Flat(mask)
    for block in blocks_of(canvas):
        around = block.grow(reach)
        value = flat.value(around.intersect(canvas))
        uniform = value is not None and (open_edges or value == 0 or canvas.contains(around))
        if uniform:
            tiles |= _kept(mask, block)
            continue
        pixels = _with_edges(mask, around, canvas, open_edges)
        result = np.clip(work(pixels)[reach : reach + block.height, reach : reach + block.width], 0, 1)
        for key, tile in tiles_of(
            block, result
        ).items():  # along straight edges they are alike, and one object
            tiles[key] = known.setdefault(tile.digest, tile)
        yield
    return Mask(tiles)


def tiles_of(block: Rect, values: np.ndarray) -> Mapping[TileKey, Tile]:
    """The tiles of one block of ``values`` float32 [h, w]; blocks hold whole tiles, or end where the canvas does."""
    return Mask().write(block, narrow(np.ascontiguousarray(values))).tiles


class _Flat:
    """Knows of each tile whether it is 0 or 1 throughout."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._known: dict[int, float | None] = {}

    def value(self, rect: Rect) -> float | None:
        """0 or 1 where all of ``rect`` has that value; None otherwise. A tile cut by ``rect`` counts by its part."""
        found: float | None = None
        for key in tile_keys(rect):
            part = rect.intersect(Rect.of_tile(key))
            value = self._of(key, part)
            if value is None or (found is not None and value != found):
                return None
            found = value
        return found

    def _of(self, key: TileKey, part: Rect) -> float | None:
        tile = self._mask.tile(key)
        if tile is None:
            return 0.0
        place = Rect.of_tile(key)
        if part != place:
            inside = part.move(-place.left, -place.top)
            return _uniform(tile.pixels()[inside.top : inside.bottom, inside.left : inside.right])
        if id(tile) not in self._known:
            self._known[id(tile)] = _uniform(tile.pixels())
        return self._known[id(tile)]


def _uniform(pixels: np.ndarray) -> float | None:
    first = float(pixels[0, 0])
    return first if first in (0.0, 1.0) and bool((pixels == pixels[0, 0]).all()) else None


def _kept(mask: Mask, block: Rect) -> dict[TileKey, Tile]:
    return {key: tile for key in tile_keys(block) if (tile := mask.tile(key)) is not None}


def _with_edges(mask: Mask, around: Rect, canvas: Rect, open_edges: bool) -> np.ndarray:
    inside = around.intersect(canvas)
    pixels = widen(mask.read(inside))
    margins = (
        (inside.top - around.top, around.bottom - inside.bottom),
        (inside.left - around.left, around.right - inside.right),
    )
    if not any(map(any, margins)):
        return pixels
    return np.pad(pixels, margins, mode="edge") if open_edges else np.pad(pixels, margins)


def finished(steps: Generator[None, None, Made]) -> Made:
    """Runs the steps to their end in this thread."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
