"""Pixels shared out by a selection: what of a surface is taken, what stays, and what of a mask still shows.

Few tiles are computed at once, of more each when it is needed, on whatever thread that is (:class:`LateTile`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

import numpy as np

from studio.raster import native
from studio.raster.colour import as_type, narrow, widen
from studio.raster.geometry import TILE, Rect, TileKey
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import LateTile, Tile

ONE = np.float16(1).view(np.uint16)
_ASKED = 4
Values = Sequence[tuple[Tile | None, float]]
"""A mask's tile, and its value where there is none."""


def split(surface: Surface, mask: Mask, at_once: int) -> tuple[Surface, Surface]:
    """(pixels·(1 − s), pixels·s); wholly selected and wholly unselected tiles change hands as they are. Tiles in which the
    selection has an edge are shared out at once where they are ``at_once`` or fewer, else when they are needed."""
    stays: dict[TileKey, Tile | None] = {}
    floats: dict[TileKey, Tile] = {}
    whole: dict[Tile, bool] = {}
    soft: list[tuple[TileKey, Tile, Tile]] = []
    for key, tile in surface.tiles.items():
        chosen = mask.tile(key)
        if chosen is None:
            if mask.default:
                floats[key], stays[key] = tile, None
            continue
        if chosen not in whole:
            whole[chosen] = _is_one(chosen)
        if whole[chosen]:
            floats[key], stays[key] = tile, None
            continue
        soft.append((key, tile, chosen))
    for key, tile, chosen in soft:
        if len(soft) > at_once:
            floats[key], stays[key] = _late(tile, chosen)
            continue
        taken, left = native.share(tile.pixels(), widen(chosen.pixels()))
        if taken is not None:
            floats[key] = Tile(taken)
            stays[key] = None if left is None else Tile(left)
    return _trimmed(surface.replace(stays)), _trimmed(Surface(floats, surface.dtype))


def taken(
    surface: Surface, masks: Sequence[Mask], edge: Rect | None, dtype: np.dtype, at_once: int
) -> Surface:
    """pixels·(the product of ``masks``) inside ``edge`` (None: everywhere), as ``dtype``; the first mask is the selection."""
    floats: dict[TileKey, Tile] = {}
    for key, tile in surface.tiles.items():
        rect = Rect.of_tile(key)
        if any(not mask.default and mask.tile(key) is None for mask in masks):
            continue
        if edge is not None and edge.intersect(rect).empty:
            continue
        found = [(mask.tile(key), mask.default) for mask in masks]
        whole = all(default == 1 if one is None else _is_one(one) for one, default in found)
        if whole and (edge is None or edge.contains(rect)) and tile.dtype == dtype:
            floats[key] = tile
            continue
        make = partial(_taken_tile, tile, found, edge and edge.move(-rect.left, -rect.top), dtype)
        floats[key] = LateTile(make, partial(_filled, tile, found), 4, dtype)
    surface = _trimmed(Surface(floats, dtype))
    late = sum(isinstance(tile, LateTile) for tile in surface.tiles.values())
    return surface if late > at_once else without_empty(surface)


def _taken_tile(tile: Tile, found: Values, edge: Rect | None, dtype: np.dtype) -> np.ndarray:
    part = np.ones((TILE, TILE), np.float32)
    for one, default in found:
        part *= np.float32(default) if one is None else widen(one.pixels())
    if edge is not None:
        inside = edge.intersect(Rect(0, 0, TILE, TILE))
        cut = np.zeros_like(part)
        where = slice(inside.top, inside.bottom), slice(inside.left, inside.right)
        cut[where] = part[where]
        part = cut
    taken = native.share(tile.pixels(), part)[0]
    return np.zeros((TILE, TILE, 4), dtype) if taken is None else as_type(taken, dtype)


def _filled(tile: Tile, found: Values) -> np.ndarray:
    filled = tile.filled()
    for one, _ in found:
        if one is not None and not _is_late(one):
            filled = filled & (one.pixels() != 0)
    return filled


def holds_any(surface: Surface, selection: Mask) -> bool:
    """Whether anything of what was taken by ``selection`` is not transparent; where many tiles of the selection itself are
    not computed yet, a few are asked."""
    tiles = list(surface.tiles.items())
    middle, asked = len(tiles) // 2, 0
    for key, tile in (*tiles[middle:], *tiles[:middle]):
        if not tile.filled().any():
            continue
        if not _is_late(selection.tile(key)) or holds(tile.pixels()):
            return True
        asked += 1
        if asked == _ASKED:
            return True
    return False


def hidden(own: Mask | None, selection: Mask, at_once: int) -> Mask:
    """m·(1 − s): a layer's mask (None: shows everything) that hides what is selected as well."""
    shown = own if own is not None else Mask(default=1.0)
    keys = selection.tiles.keys() | (shown.tiles.keys() if selection.default else set())
    tiles = _pairs(shown, selection, keys, lambda value, part: value * (1 - part), at_once)
    return Mask(shown.replace(tiles).tiles, shown.default * (1 - selection.default))


def both(first: Mask, second: Mask, at_once: int) -> Mask:
    """Both masks at once, their values multiplied, as :func:`studio.document.limiting.product`; its tiles may come late."""
    tiles = _pairs(first, second, first.tiles.keys() | second.tiles.keys(), np.multiply, at_once)
    return Mask(tiles, first.default * second.default)


def _pairs(
    first: Mask,
    second: Mask,
    keys: AbstractSet[TileKey],
    join: Callable[[Any, Any], Any],
    at_once: int,
) -> dict[TileKey, Tile]:
    """A tile of both masks' values for each key, one for each pair of tiles; computed now where there are few pairs."""
    tiles: dict[TileKey, Tile] = {}
    made: dict[tuple[int, int], Tile] = {}
    for key in keys:
        one, other = first.tile(key), second.tile(key)
        name = id(one), id(other)
        if name not in made:
            made[name] = late_mask(partial(_joined, join, (one, first.default), (other, second.default)))
        tiles[key] = made[name]
    if len(made) <= at_once:
        for tile in made.values():
            tile.pixels()
    return tiles


def _joined(join: Callable[[Any, Any], Any], *sides: tuple[Tile | None, float]) -> np.ndarray:
    one, other = (np.float32(v) if tile is None else widen(tile.pixels()) for tile, v in sides)
    return narrow(np.ascontiguousarray(np.broadcast_to(join(one, other), (TILE, TILE)), np.float32))


def _anything() -> np.ndarray:
    return np.ones((TILE, TILE), bool)


def is_whole(surface: Surface, selection: Mask) -> bool:
    """Whether every pixel that holds anything is wholly selected."""
    known: dict[int, bool] = {}
    for key, tile in surface.tiles.items():
        chosen = selection.tile(key)
        if chosen is None:
            if selection.default < 1 and tile.filled().any():
                return False
            continue
        if id(chosen) not in known:
            known[id(chosen)] = _is_one(chosen)
        if not known[id(chosen)] and (tile.filled() & (chosen.pixels().view(np.uint16) != ONE)).any():
            return False
    return True


def _is_late(tile: Tile | None) -> bool:
    """Whether its pixels are not computed yet."""
    return isinstance(tile, LateTile) and not tile.resident


def _is_one(mask: Tile) -> bool:
    """False, too, of a tile that is not computed yet."""
    if _is_late(mask):
        return False
    return bool((mask.pixels().view(np.uint16) == ONE).all())


def _trimmed(surface: Surface) -> Surface:
    """Without late tiles at the rim that will hold nothing, so that its bounds are what they will be."""
    while True:
        rim = surface.bounds
        edges = {rim.left // TILE, rim.right // TILE - 1}, {rim.top // TILE, rim.bottom // TILE - 1}
        empty = {
            key: None
            for key, tile in surface.tiles.items()
            if isinstance(tile, LateTile)
            and (key[0] in edges[0] or key[1] in edges[1])
            and not tile.filled().any()
        }
        if not empty:
            return surface
        surface = surface.replace(empty)


class _Halves:
    """Both parts of a tile, computed together when the first of them is needed."""

    def __init__(self, tile: Tile, chosen: Tile) -> None:
        self._tile, self._chosen = tile, chosen
        self._lock = threading.Lock()
        self._found: tuple[np.ndarray | None, np.ndarray | None] | None = None

    def part(self, index: int) -> np.ndarray:
        with self._lock:
            if self._found is None:
                self._found = native.share(self._tile.pixels(), widen(self._chosen.pixels()))
        found = self._found[index]
        return np.zeros((TILE, TILE, 4), self._tile.dtype) if found is None else found

    def filled(self, index: int) -> np.ndarray:
        if _is_late(self._chosen):
            return self._tile.filled()  # as far as is known
        bits = self._chosen.pixels().view(np.uint16)
        return self._tile.filled() & (bits != (ONE if index else 0))


def _late(tile: Tile, chosen: Tile) -> tuple[Tile, Tile]:
    """(pixels·s, pixels·(1 − s)), not computed yet."""
    halves = _Halves(tile, chosen)
    first, left = (
        LateTile(partial(halves.part, index), partial(halves.filled, index), 4, tile.dtype)
        for index in (0, 1)
    )
    return first, left


def late_mask(make: Callable[[], np.ndarray]) -> LateTile:
    """A tile of a mask that is computed when it is needed."""
    return LateTile(make, _anything, 1, np.float16)


def without_empty(surface: Surface) -> Surface:
    """Without the late tiles that turned out to hold nothing."""
    late = {key: tile for key, tile in surface.tiles.items() if isinstance(tile, LateTile)}
    return surface.replace({key: None for key, tile in late.items() if not holds(tile.pixels())})


def over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Premultiplied source-over in float32, in the type of ``below``."""
    top = widen(above)
    return as_type(top + widen(below) * (1 - top[..., 3:]), below.dtype)


def holds(pixels: np.ndarray) -> bool:
    """Whether any pixel is not transparent; halves are slow to compare, their bits are not."""
    return bool(pixels.reshape(-1).view(np.uint16).any())
