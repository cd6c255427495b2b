"""A layer's pixels at any place and mip level: moved, scaled or turned, and averaged 2×2 per level.

Tiles made here are kept per slot (layer and what of it), the latest only: a stroke replaces, it does not pile up. A tile
whose sources changed only inside a known rectangle is patched there (copied, since another thread may be reading it).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document.layer import IDENTITY, Affine, is_integer_move
from studio.raster import native
from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, Region, TileKey, tile_keys
from studio.raster.resample import halve, warp_affine
from studio.raster.surface import TileGrid
from studio.raster.tile import Tile
from studio.raster.warp import Warp
from studio.render.bending import bending
from studio.render.cache import ByteCache

_HALF = TILE // 2
_NOTHING = 64  # what the memory of a remembered absence costs, about
_RESTED = 0.25  # seconds after which a tile counts as one that undo may want again


class Placed(msgspec.Struct, frozen=True, eq=False):
    """Tiles with a place in the document: bent by ``warp``, then moved by ``transform``.

    ``extent``: where the pixels end sharply (layer space), None for paint.
    """

    slot: str
    grid: TileGrid
    transform: Affine = IDENTITY
    extent: Rect | None = None
    warp: Warp = ()

    def same(self, other: Placed) -> bool:
        return self.grid is other.grid and self.same_place(other)

    def same_place(self, other: Placed) -> bool:
        if self.transform != other.transform or self.extent != other.extent:
            return False
        return self.warp is other.warp or self.warp == other.warp

    @property
    def moved_only(self) -> bool:
        """Only moved by whole pixels, which costs nothing."""
        return not self.warp and (self.transform is IDENTITY or is_integer_move(self.transform))


class Hint(msgspec.Struct, frozen=True, eq=False):
    """What a layer looked like before ``region`` (document pixels) was changed: lets mip tiles be patched."""

    region: Region
    before: dict[str, Placed]


class Cell(NamedTuple):
    """Part of a wanted rectangle that lies in one tile: ``part`` and ``whole`` in level pixels, None where empty."""

    tile: Tile | None
    part: Rect
    whole: Rect


class _Kept(NamedTuple):
    """``former``: what stood here before and had rested; undo goes back to it. ``since``: when this one was made, seconds."""

    placed: Placed
    sources: tuple[Tile | None, ...]
    tile: Tile | None
    since: float = 0.0
    former: _Kept | None = None

    @property
    def nbytes(self) -> int:
        former = self.former.nbytes if self.former is not None else 0
        own = self.tile is not None and not (self.sources and self.tile is self.sources[0])
        return former + (self.tile.nbytes if own and self.tile is not None else _NOTHING)

    def followed_by(self, placed: Placed, sources: tuple[Tile | None, ...], tile: Tile | None) -> _Kept:
        """Another tile in its place. One that stood for a moment only, under a moving pen, is not remembered."""
        now = time.monotonic()
        former = self._replace(former=None) if now - self.since > _RESTED else self.former
        return _Kept(placed, sources, tile, now, former)


def compose_transforms(outer: Affine, inner: Affine) -> Affine:
    """The transform that applies ``inner`` first, then ``outer``."""
    if outer == IDENTITY:
        return inner
    a, b, c, d, x, y = outer
    e, f, g, h, u, v = inner
    return a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h, a * u + c * v + x, b * u + d * v + y


def inverse(transform: Affine) -> Affine | None:
    """The inverse, or None for a transform that flattens to a line."""
    a, b, c, d, x, y = transform
    det = a * d - b * c
    if abs(det) < 1e-12:
        return None
    a, b, c, d = d / det, -b / det, -c / det, a / det
    return a, b, c, d, -(a * x + c * y), -(b * x + d * y)


def bounds_under(transform: Affine, rect: Rect) -> Rect:
    """The smallest whole-pixel rectangle that holds ``rect`` after ``transform``."""
    a, b, c, d, tx, ty = transform
    corners = [(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
    xs = [a * x + c * y + tx for x, y in corners]
    ys = [b * x + d * y + ty for x, y in corners]
    return Rect(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))


class Pyramid:
    """Gives tiles of placed pixels; keeps what it made in ``cache``. Safe from any thread."""

    def __init__(self, cache: ByteCache) -> None:
        self._cache = cache
        self._last: tuple[TileGrid, TileGrid, set[TileKey]] | None = None

    def cells(self, placed: Placed, rect: Rect, level: int, hint: Hint | None = None) -> list[Cell]:
        """``rect`` (pixels of ``level``) cut along the tiles that hold ``placed`` there."""
        x, y = 0, 0
        direct = placed.moved_only
        if direct and placed.transform is not IDENTITY:
            x, y = int(placed.transform[4]), int(placed.transform[5])
            direct = x % (1 << level) == 0 and y % (1 << level) == 0
            x, y = (x >> level, y >> level) if direct else (0, 0)
        left, top, right, bottom = rect
        if left >= right or top >= bottom:
            return []
        column, row = (left - x) // TILE, (top - y) // TILE
        x0, y0 = column * TILE + x, row * TILE + y
        if right <= x0 + TILE and bottom <= y0 + TILE:  # a dab nearly always, ten layers deep
            tile = self._tile(placed, (column, row), level, direct, hint)
            return [Cell(tile, rect, Rect(x0, y0, x0 + TILE, y0 + TILE))]
        cells = []
        for y1 in range(y0, bottom, TILE):
            for x1 in range(x0, right, TILE):
                key = ((x1 - x) // TILE, (y1 - y) // TILE)
                whole = Rect(x1, y1, x1 + TILE, y1 + TILE)
                cells.append(Cell(self._tile(placed, key, level, direct, hint), rect.intersect(whole), whole))
        return cells

    def _tile(self, placed: Placed, key: TileKey, level: int, direct: bool, hint: Hint | None) -> Tile | None:
        if not direct and (level == 0 or not placed.moved_only):
            return self._placed(placed, key, level)
        if level:
            return self._mip(placed, key, level, direct, hint)
        return placed.grid.tile(key)

    def _mip(self, placed: Placed, key: TileKey, level: int, direct: bool, hint: Hint | None) -> Tile | None:
        slot = (placed.slot, direct, level, key)
        kept: _Kept | None = self._cache.get(slot)
        if kept is not None and kept.placed.same(placed):
            return kept.tile
        if kept is not None and direct and self._untouched(kept, placed, key, level):
            self._keep(slot, kept._replace(placed=placed))
            return kept.tile
        column, row = key[0] * 2, key[1] * 2
        children: tuple[Tile | None, ...] = (None, None, None, None)
        if not _bare(placed, key, level, direct):
            children = tuple(
                self._tile(placed, (column + dx, row + dy), level - 1, direct, hint)
                for dy in (0, 1)
                for dx in (0, 1)
            )
        if kept is not None and _identical(kept.sources, children):
            self._keep(slot, kept._replace(placed=placed))
            return kept.tile
        if kept is not None and kept.former is not None and _identical(kept.former.sources, children):
            tile = kept.former.tile
        else:
            tile = self._patched(kept, placed, children, key, level, direct, hint) or _averaged(
                children, placed.grid, kept
            )
        now = kept.followed_by(placed, children, tile) if kept is not None else _Kept(placed, children, tile)
        self._keep(slot, now)
        return tile

    def _untouched(self, kept: _Kept, placed: Placed, key: TileKey, level: int) -> bool:
        """Whether no tile under this one was exchanged: then a stroke elsewhere reads nothing back from the store."""
        if not replace(kept.placed, grid=placed.grid).same(placed):
            return False
        old, new = kept.placed.grid, placed.grid
        if self._last is None or self._last[0] is not old or self._last[1] is not new:
            self._last = (old, new, old.diff(new))
        return all((column >> level, row >> level) != key for column, row in self._last[2])

    def seed(self, placed: Placed, level: int, key: TileKey, tile: Tile) -> None:
        """Takes a mip tile that was made elsewhere of ``placed``, which is not moved."""
        self._keep((placed.slot, True, level, key), _Kept(placed, (), tile))

    def _patched(
        self,
        kept: _Kept | None,
        placed: Placed,
        children: tuple[Tile | None, ...],
        key: TileKey,
        level: int,
        direct: bool,
        hint: Hint | None,
    ) -> Tile | None:
        """The kept tile with only the changed rectangle averaged again; None where that is not known to be enough."""
        if hint is None or kept is None or kept.tile is None or not placed.moved_only:
            return None
        before = hint.before.get(placed.slot)
        if before is None or not kept.placed.same(before) or before.transform != placed.transform:
            return None
        x, y = (int(placed.transform[4]), int(placed.transform[5])) if direct else (0, 0)
        whole = Rect.of_tile(key)
        changed = hint.region.intersect(whole.from_level(level).move(x, y)).bounds
        part = changed.move(-x, -y).at_level(level).intersect(whole).move(-whole.left, -whole.top)
        if part.empty or part.width * part.height * 2 > TILE * TILE:
            return None
        pixels = kept.tile.pixels().copy()
        for index, child in enumerate(children):
            quarter = Rect.of((index % 2) * _HALF, (index // 2) * _HALF, _HALF, _HALF)
            cut = part.intersect(quarter)
            if not cut.empty:
                pixels[cut.top : cut.bottom, cut.left : cut.right] = _halved_part(
                    child, cut, quarter, placed.grid
                )
        return Tile(pixels)

    def _placed(self, placed: Placed, key: TileKey, level: int) -> Tile | None:
        """One tile of moved, scaled or turned pixels, resampled once, straight to the wanted level.

        A dragged slider exchanges all pixels of a layer far smaller than the document: going through level 0 would
        make them 4^level times as many.
        """
        slot = (placed.slot, "placed", level, key)
        kept: _Kept | None = self._cache.get(slot)
        if kept is not None and kept.placed.same(placed):
            return kept.tile
        if placed.warp:
            return self._bent(placed, key, level, slot, kept)
        sampling = _sampling(placed, level)
        if sampling is None:
            return None
        whole = Rect.of_tile(key)
        needed = sampling.needed(whole)
        source = Placed(placed.slot, placed.grid)  # whose mips it shares while it lies straight
        keys = list(tile_keys(needed))
        sources = tuple(self._tile(source, each, sampling.source_level, True, None) for each in keys)
        same_place = kept is not None and kept.placed.same_place(placed)
        if kept is not None and same_place and _identical(kept.sources, sources):
            tile = kept.tile
        elif not any(each is not None for each in sources):
            tile = None
        else:
            tile = Tile(_warped(placed.grid, sampling, dict(zip(keys, sources, strict=True)), whole, needed))
        self._keep(slot, _Kept(placed, sources, tile))
        return tile

    def _bent(self, placed: Placed, key: TileKey, level: int, slot: tuple, kept: _Kept | None) -> Tile | None:
        """One tile of bent pixels, straight from the layer's own ones, or their mips, to the wanted level."""
        plan = bending(placed, Rect.of_tile(key), level)
        if plan is None:
            self._keep(slot, _Kept(placed, (), None))
            return None
        source = Placed(placed.slot, placed.grid)  # whose mips it shares while it lies straight
        keys = plan.keys()
        sources = tuple(self._tile(source, each, at, True, None) for at, each in keys)
        if kept is not None and kept.placed.same_place(placed) and _identical(kept.sources, sources):
            tile = kept.tile
        elif not any(each is not None for each in sources):
            tile = None
        else:
            tile = Tile(plan.pixels(placed.grid, dict(zip(keys, sources, strict=True)), placed.extent))
        self._keep(slot, _Kept(placed, sources, tile))
        return tile

    def _keep(self, slot: tuple, kept: _Kept) -> None:
        self._cache.put(slot, kept, kept.nbytes)

    def made(self, slot: tuple, token: object, make: Callable[[], Tile]) -> Tile:
        """A tile that ``make`` gives, kept as long as ``token`` is equal."""
        kept = self._cache.get(slot)
        if kept is not None and kept[0] == token:
            return kept[1]
        tile = make()
        self._cache.put(slot, (token, tile), tile.nbytes)
        return tile


def _bare(placed: Placed, key: TileKey, level: int, direct: bool) -> bool:
    """Whether no tile lies under a mip tile of pixels that are moved at most. Under a much smaller layer there are millions
    of places without one; where more tiles than places are to be asked, the places are."""
    tiles = placed.grid.tiles
    if len(tiles) >= 1 << 2 * level:
        return False
    x, y = (0, 0) if direct else (int(placed.transform[4]), int(placed.transform[5]))
    size = TILE << level
    left, top = key[0] * size - x, key[1] * size - y
    columns = range(left // TILE, -(-(left + size) // TILE))
    rows = range(top // TILE, -(-(top + size) // TILE))
    return not any(column in columns and row in rows for column, row in tiles)


def _identical(old: tuple[Tile | None, ...], new: tuple[Tile | None, ...]) -> bool:
    return len(old) == len(new) and all(one is other for one, other in zip(old, new, strict=True))


def _default(grid: TileGrid, height: int, width: int) -> np.ndarray:
    shape = (height, width) if grid.channels == 1 else (height, width, grid.channels)
    return np.full(shape, grid.default, grid.dtype)


def _averaged(children: tuple[Tile | None, ...], grid: TileGrid, kept: _Kept | None) -> Tile | None:
    """The mip tile of four tiles; of the one made before, what comes from the same tiles is taken over."""
    if all(child is None for child in children):
        return None
    first = children[0]
    if first is not None and all(child is first for child in children) and _uniform(first):
        return first  # a filled area of thousands of tiles is one tile at every level
    before: tuple[Tile | None, ...] = ()
    if kept is not None and kept.tile is not None and len(kept.sources) == len(children):
        before, out = kept.sources, kept.tile.pixels().copy()
    elif all(child is not None for child in children) and children[0] is not None:
        out = np.empty_like(children[0].pixels())
    else:
        out = _default(grid, TILE, TILE)
    for index, child in enumerate(children):
        if before and before[index] is child:
            continue
        top, left = (index // 2) * _HALF, (index % 2) * _HALF
        quarter = out[top : top + _HALF, left : left + _HALF]
        if child is not None:
            native.halve(child.pixels(), quarter)
        elif before:
            quarter[...] = grid.default
    return Tile(out)


def _uniform(tile: Tile) -> bool:
    """Whether all pixels are the same; looked at through their bits, which is fast, and only where tiles are shared."""
    pixels = tile.pixels()
    words = pixels.reshape(TILE * TILE, -1).view(np.uint16)
    return bool((words[0] == words[-1]).all()) and bool((words == words[0]).all())


def _halved_part(child: Tile | None, cut: Rect, quarter: Rect, grid: TileGrid) -> np.ndarray:
    if child is None:
        return _default(grid, cut.height, cut.width)
    source = cut.move(-quarter.left, -quarter.top).from_level(1)
    return halve(np.ascontiguousarray(child.pixels()[source.top : source.bottom, source.left : source.right]))


class _Sampling(msgspec.Struct, frozen=True, eq=False):
    """How a tile of some level is made: the mip level it samples, and the transform from there to the wanted level."""

    source_level: int
    transform: Affine
    back: Affine
    extent: Rect | None
    bounds: Rect
    moved_only: bool

    @property
    def scale(self) -> float:
        a, b, c, d = self.transform[:4]
        return math.sqrt(abs(a * d - b * c))

    def needed(self, whole: Rect) -> Rect:
        """The source pixels that the rectangle ``whole`` depends on."""
        return bounds_under(self.back, whole).grow(0 if self.moved_only else 4).intersect(self.bounds)


def _sampling(placed: Placed, level: int) -> _Sampling | None:
    """None for a transform that flattens to a line."""
    a, b, c, d, x, y = placed.transform
    shrink = 1.0 / (1 << level)
    scale = math.sqrt(abs(a * d - b * c)) * shrink
    if scale < 1e-9:
        return None
    # Never made smaller by more than half in one step: the mips have averaged the rest.
    source_level = max(0, math.floor(-math.log2(scale) + 1e-6))
    grow = float(1 << source_level)
    linear = (a * shrink * grow, b * shrink * grow, c * shrink * grow, d * shrink * grow)
    transform = (*linear, x * shrink, y * shrink)
    back = inverse(transform)
    if back is None:
        return None
    extent = placed.extent.at_level(source_level) if placed.extent else None
    bounds = extent or placed.grid.bounds.at_level(source_level)
    return _Sampling(source_level, transform, back, extent, bounds, is_integer_move(transform))


def _assembled(grid: TileGrid, tiles: dict[TileKey, Tile | None], rect: Rect) -> np.ndarray:
    """The pixels of ``rect`` from tiles of one level."""
    out = _default(grid, rect.height, rect.width)
    for key, tile in tiles.items():
        if tile is not None:
            whole = Rect.of_tile(key)
            part = rect.intersect(whole)
            source, target = part.move(-whole.left, -whole.top), part.move(-rect.left, -rect.top)
            out[target.top : target.bottom, target.left : target.right] = tile.pixels()[
                source.top : source.bottom, source.left : source.right
            ]
    return out


def _warped(
    grid: TileGrid, sampling: _Sampling, tiles: dict[TileKey, Tile | None], whole: Rect, needed: Rect
) -> np.ndarray:
    """Pixels of the rectangle ``whole``; sampled sharply up to the extent's edge where there is one."""
    transform, scale, extent = sampling.transform, sampling.scale, sampling.extent
    if sampling.moved_only:
        return _assembled(grid, tiles, whole.move(-int(transform[4]), -int(transform[5])))
    kind = "cubic" if scale > 1 else "linear"
    pixels, origin = widen(_assembled(grid, tiles, needed)), needed
    if extent is not None or grid.default:
        edge = 4 * max(1, math.ceil(1 / max(scale, 1e-6)))
        pixels = cv2.copyMakeBorder(pixels, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
        origin = needed.grow(edge)
    local = compose_transforms(transform, (1, 0, 0, 1, origin.left, origin.top))
    out = warp_affine(pixels, local, whole.width, whole.height, kind, whole.left, whole.top)
    if extent is not None and not _inside(extent, sampling, whole):
        cover = _coverage(extent, transform, whole)
        out = out * (cover if out.ndim == 2 else cover[..., None])
    return as_type(np.ascontiguousarray(out), grid.dtype)


def _inside(extent: Rect, sampling: _Sampling, whole: Rect) -> bool:
    """Whether ``extent`` covers ``whole`` entirely, so that no edge shows in it (turned: with a pixel to spare)."""
    if sampling.transform[1] or sampling.transform[2]:
        return extent.grow(-1).contains(bounds_under(sampling.back, whole))
    a, _, _, d, x, y = sampling.transform
    left, right = sorted((a * extent.left + x, a * extent.right + x))
    top, bottom = sorted((d * extent.top + y, d * extent.bottom + y))
    return left <= whole.left and top <= whole.top and right >= whole.right and bottom >= whole.bottom


def _coverage(extent: Rect, transform: Affine, whole: Rect) -> np.ndarray:
    """How much of each pixel of ``whole`` lies inside ``extent`` after ``transform``, 0–1."""
    a, b, c, d, tx, ty = transform
    if b == 0 and c == 0:
        sides = []
        for first, last, origin, count in (
            (a * extent.left + tx, a * extent.right + tx, whole.left, whole.width),
            (d * extent.top + ty, d * extent.bottom + ty, whole.top, whole.height),
        ):
            low, high = min(first, last), max(first, last)
            at = origin + np.arange(count)
            sides.append(np.clip(np.minimum(at + 1, high) - np.maximum(at, low), 0, 1).astype(np.float32))
        return sides[1][:, None] * sides[0][None, :]
    ones = np.ones((extent.height, extent.width), np.float32)
    local = compose_transforms(transform, (1, 0, 0, 1, extent.left, extent.top))
    return warp_affine(ones, local, whole.width, whole.height, "linear", whole.left, whole.top)
