"""Another size, tile by tile: separable kernels whose result does not depend on how the picture is cut.

A result pixel weighs the source pixels around its place; made smaller, the kernel is as many times wider, so that every
source pixel counts. Pixel art is enlarged by its own rules, which do not depend on it either. Mitchell and Netravali 1988 (B = C = ⅓); Lanczos: Duchon 1979, three lobes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import Literal, get_args

import numpy as np

from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.pixel_art import FACTORS, MARGIN, PixelArt, enlarge
from studio.raster.resample import halve, without_ringing
from studio.raster.surface import Surface, TileGrid
from studio.raster.tile import Tile

Kernel = Literal["nearest", "area", "linear", "mitchell", "lanczos", "epx", "scale3x", "xbr"]
"""The last three are those of :mod:`studio.raster.pixel_art`: as often as it takes to be large enough, then means."""
KERNELS: tuple[Kernel, ...] = get_args(Kernel)
_HALF = {"area": 0.5, "linear": 1.0, "mitchell": 2.0, "lanczos": 3.0}
Scaling = tuple[float, float, float, float]
"""(sx, sy, tx, ty): x' = sx·x + tx, y' = sy·y + ty; sx and sy above 0."""


def rescaled(
    grid: TileGrid, scaling: Scaling, rect: Rect, kernel: Kernel, clamp: Rect | None = None
) -> np.ndarray:
    """The pixels of ``rect`` of the scaled grid, in its type. ``clamp``: beyond it its outermost pixels go on (without
    it there is the grid's default)."""
    if kernel in FACTORS:
        if max(scaling[:2]) > 1:
            return as_type(_pixel_art(grid, scaling, rect, kernel, clamp), grid.dtype)
        kernel = "area"
    level, scaling, span = _coarsened(scaling, kernel, clamp)
    sx, sy, tx, ty = scaling
    columns, across = weights(kernel, sx, tx, rect.left, rect.width, _span(span, 0))
    rows, down = weights(kernel, sy, ty, rect.top, rect.height, _span(span, 1))
    source = Rect(columns, rows, columns + across.shape[1], rows + down.shape[1])
    pixels = widen(grid.read(source)) if not level else _averaged(grid, source, level, clamp)
    flat = pixels.reshape(source.height, -1)
    first = (down @ flat).reshape(rect.height, source.width, -1)
    out = np.einsum("wx,hxc->hwc", across, first, optimize=True)
    out = np.ascontiguousarray(out.reshape(rect.height, rect.width, *pixels.shape[2:]), np.float32)
    if kernel in ("mitchell", "lanczos"):
        out = without_ringing(out, float(pixels.max(initial=0)))
    return as_type(out, grid.dtype)


def _pixel_art(
    grid: TileGrid, scaling: Scaling, rect: Rect, kind: PixelArt, clamp: Rect | None
) -> np.ndarray:
    """float32 pixels of ``rect`` of the grid enlarged by whole passes, and made smaller by means where that is too large."""
    sx, sy, tx, ty = scaling
    passes = 1
    while FACTORS[kind] ** passes < max(sx, sy) - 1e-9:
        passes += 1
    factor = FACTORS[kind] ** passes
    if (sx, sy) == (factor, factor) and tx == round(tx) and ty == round(ty):
        source = rect.move(-round(tx), -round(ty))
        if clamp is None or _times(clamp, factor).contains(source):
            return _enlarged(grid, source, kind, passes, clamp)
    large = None if clamp is None else _times(clamp, factor)
    columns, across = weights("area", sx / factor, tx, rect.left, rect.width, _span(large, 0))
    rows, down = weights("area", sy / factor, ty, rect.top, rect.height, _span(large, 1))
    source = Rect(columns, rows, columns + across.shape[1], rows + down.shape[1])
    pixels = _enlarged(grid, source, kind, passes, clamp)
    first = (down @ pixels.reshape(source.height, -1)).reshape(rect.height, source.width, -1)
    out = np.einsum("wx,hxc->hwc", across, first, optimize=True)
    return np.ascontiguousarray(out.reshape(rect.height, rect.width, *pixels.shape[2:]), np.float32)


def _times(rect: Rect, factor: int) -> Rect:
    return Rect(rect.left * factor, rect.top * factor, rect.right * factor, rect.bottom * factor)


def _enlarged(grid: TileGrid, rect: Rect, kind: PixelArt, passes: int, clamp: Rect | None) -> np.ndarray:
    """float32 pixels of ``rect`` of the grid after so many passes; at each, the outermost pixels go on beyond ``clamp``."""
    if not passes:
        return widen(grid.read(rect))
    factor = FACTORS[kind]
    needed = Rect(
        rect.left // factor, rect.top // factor, -(-rect.right // factor), -(-rect.bottom // factor)
    ).grow(MARGIN)
    inside = needed if clamp is None else needed.intersect(_times(clamp, factor ** (passes - 1)))
    before = _enlarged(grid, inside, kind, passes - 1, clamp)
    room = (
        (inside.top - needed.top, needed.bottom - inside.bottom),
        (inside.left - needed.left, needed.right - inside.right),
    )
    made = enlarge(np.pad(before, room + ((0, 0),) * (before.ndim - 2), "edge"), kind)
    y, x = rect.top - needed.top * factor, rect.left - needed.left * factor
    return np.ascontiguousarray(made[y : y + rect.height, x : x + rect.width])


def _coarsened(scaling: Scaling, kernel: Kernel, clamp: Rect | None) -> tuple[int, Scaling, Rect | None]:
    """At a quarter of the size and below the picture is averaged 2×2 first, as its mips are: (how often, scaling from there, clamp)."""
    sx, sy, tx, ty = scaling
    level = 0
    while kernel != "nearest" and level < 8 and max(sx, sy) * (4 << level) <= 1:
        level += 1
    size = 1 << level
    return level, (sx * size, sy * size, tx, ty), clamp.at_level(level) if clamp is not None else None


def _averaged(grid: TileGrid, rect: Rect, level: int, clamp: Rect | None) -> np.ndarray:
    """float32 pixels of ``rect`` of a mip level, tile by tile."""
    shape = (rect.height, rect.width) if grid.channels == 1 else (rect.height, rect.width, grid.channels)
    out = np.full(shape, grid.default, np.float32)
    for key in tile_keys(rect.from_level(level)):
        tile = grid.tile(key)
        if tile is None:
            continue
        whole = Rect.of_tile(key)
        pixels = widen(tile.pixels())
        if clamp is not None and not clamp.contains(whole):
            # what is averaged at the edge is the edge, not the nothing beside it
            columns = np.clip(np.arange(whole.left, whole.right), clamp.left, clamp.right - 1) - whole.left
            rows = np.clip(np.arange(whole.top, whole.bottom), clamp.top, clamp.bottom - 1) - whole.top
            pixels = pixels[np.clip(rows, 0, TILE - 1)][:, np.clip(columns, 0, TILE - 1)]
        for _ in range(level):
            pixels = halve(np.ascontiguousarray(pixels))
        place = whole.at_level(level)
        part = rect.intersect(place)
        source, target = part.move(-place.left, -place.top), part.move(-rect.left, -rect.top)
        out[target.top : target.bottom, target.left : target.right] = pixels[
            source.top : source.bottom, source.left : source.right
        ]
    return out


def _span(clamp: Rect | None, axis: int) -> tuple[int, int] | None:
    if clamp is None:
        return None
    return (clamp.left, clamp.right) if axis == 0 else (clamp.top, clamp.bottom)


def weights(
    kernel: Kernel, scale: float, offset: float, first: int, count: int, span: tuple[int, int] | None = None
) -> tuple[int, np.ndarray]:
    """(first source pixel, weights [count, n] float32) of result pixels ``first`` … ``first + count`` along one axis.

    Each row adds up to 1. ``span``: what would be taken from outside it is taken from its outermost pixels.
    """
    if scale <= 0:
        raise ValueError(f"{scale} is not a scale; it must be above 0")
    centres = (np.arange(first, first + count) + 0.5 - offset) / scale
    if kernel == "nearest":
        taken = np.floor(centres + 1e-9).astype(np.int64)[:, None]
        shares = np.ones((count, 1))
    else:
        wide = max(1.0, 1.0 / scale)
        half = _half(kernel, scale) * wide
        taken = np.floor(centres - half).astype(np.int64)[:, None] + np.arange(math.ceil(2 * half) + 2)
        shares = _shares(kernel, taken, centres[:, None], wide, scale)
        shares /= shares.sum(axis=1, keepdims=True)
    if span is not None:
        taken = np.clip(taken, span[0], span[1] - 1)
    low = int(taken.min())
    out = np.zeros((count, int(taken.max()) - low + 1), np.float32)
    rows = np.broadcast_to(np.arange(count)[:, None], taken.shape)
    np.add.at(out, (rows, taken - low), shares.astype(np.float32))
    return low, out


def _half(kernel: Kernel, scale: float) -> float:
    # an area enlarged is a row of blocks: linear is what is meant
    return 1.0 if kernel == "area" and scale > 1 else _HALF[kernel]


def _shares(kernel: Kernel, taken: np.ndarray, centres: np.ndarray, wide: float, scale: float) -> np.ndarray:
    if kernel == "area" and scale <= 1:
        # the part of each source pixel that the result pixel covers
        low, high = centres - wide / 2, centres + wide / 2
        return np.clip(np.minimum(taken + 1, high) - np.maximum(taken, low), 0, None)
    away = np.abs(taken + 0.5 - centres) / wide
    return _FORMULAS["linear" if kernel == "area" else kernel](away)


def _linear(x: np.ndarray) -> np.ndarray:
    return np.clip(1 - x, 0, None)


def _mitchell(x: np.ndarray) -> np.ndarray:
    near = (7 * x**3 - 12 * x**2 + 16 / 3) / 6
    far = (-7 / 3 * x**3 + 12 * x**2 - 20 * x + 32 / 3) / 6
    return np.where(x < 1, near, np.where(x < 2, far, 0.0))


def _lanczos(x: np.ndarray) -> np.ndarray:
    return np.where(x < 3, np.sinc(x) * np.sinc(x / 3), 0.0)


_FORMULAS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": _linear,
    "mitchell": _mitchell,
    "lanczos": _lanczos,
}


def rescaling(
    grid: TileGrid, scaling: Scaling, kernel: Kernel, clamp: Rect | None = None, within: Rect | None = None
) -> Generator[int, None, TileGrid]:
    """Yields the number of tiles done after each; returns the scaled grid. ``within``: no tiles beyond it.

    Tiles of one colour, whose neighbours are the same tile, are made once.
    """
    made: dict[TileKey, Tile | None] = {}
    flat: dict[Tile, bool] = {}
    known: dict[tuple, Tile | None] = {}
    for done, key in enumerate(_targets(grid, scaling, kernel, within)):
        rect = Rect.of_tile(key) if within is None else Rect.of_tile(key).intersect(within)
        token = _flat_token(grid, scaling, kernel, rect, clamp, flat)
        if token is not None and (token, rect.width, rect.height) in known and rect == Rect.of_tile(key):
            made[key] = known[token, rect.width, rect.height]
            continue
        pixels = rescaled(grid, scaling, rect, kernel, clamp)
        made[key] = _tile(grid, key, rect, pixels)
        if token is not None and rect == Rect.of_tile(key):
            known[token, rect.width, rect.height] = made[key]
        yield done + 1
    return _grid_like(grid, made)


def _targets(grid: TileGrid, scaling: Scaling, kernel: Kernel, within: Rect | None) -> list[TileKey]:
    """Keys of the result's tiles that anything of the grid can reach."""
    sx, sy, tx, ty = scaling
    reach_x = math.ceil(3 * max(1.0, sx)) + 1
    reach_y = math.ceil(3 * max(1.0, sy)) + 1
    keys: set[TileKey] = set()
    for key in grid.tiles:
        tile = Rect.of_tile(key)
        there = Rect(
            math.floor(tile.left * sx + tx) - reach_x,
            math.floor(tile.top * sy + ty) - reach_y,
            math.ceil(tile.right * sx + tx) + reach_x,
            math.ceil(tile.bottom * sy + ty) + reach_y,
        )
        keys.update(tile_keys(there if within is None else there.intersect(within)))
    return sorted(keys, key=lambda key: (key[1], key[0]))


def _flat_token(
    grid: TileGrid, scaling: Scaling, kernel: Kernel, rect: Rect, clamp: Rect | None, flat: dict[Tile, bool]
) -> tuple | None:
    """The colour of all that a rectangle depends on; None where it has several."""
    sx, sy, tx, ty = scaling
    reach = 4
    area = Rect(
        math.floor((rect.left - tx) / sx - reach * max(1.0, 1 / sx)),
        math.floor((rect.top - ty) / sy - reach * max(1.0, 1 / sy)),
        math.ceil((rect.right - tx) / sx + reach * max(1.0, 1 / sx)),
        math.ceil((rect.bottom - ty) / sy + reach * max(1.0, 1 / sy)),
    )
    if clamp is not None:
        area = area.intersect(clamp)
    tiles = {grid.tile(key) for key in tile_keys(area)}
    if len(tiles) != 1:
        return None
    tile = tiles.pop()
    if tile is None:
        return ()
    if tile not in flat:
        pixels = tile.pixels()
        flat[tile] = bool((pixels == pixels[:1, :1]).all())
    return tuple(tile.pixels()[0, 0].reshape(-1).tolist()) if flat[tile] else None


def _tile(grid: TileGrid, key: TileKey, rect: Rect, pixels: np.ndarray) -> Tile | None:
    whole = Rect.of_tile(key)
    if rect != whole:
        array = grid.blank()
        part = rect.move(-whole.left, -whole.top)
        array[part.top : part.bottom, part.left : part.right] = pixels
        pixels = array
    return Tile(pixels) if (pixels != grid.default).any() else None


def _grid_like(grid: TileGrid, made: dict[TileKey, Tile | None]) -> TileGrid:
    tiles = {key: tile for key, tile in made.items() if tile is not None}
    return Mask(tiles, grid.default) if isinstance(grid, Mask) else Surface(tiles, grid.dtype)


# ---- quarter turns and reflections: exact


Turn = tuple[int, int, int, int, int, int]
"""(a, b, c, d, tx, ty) like an affine transform, of which (a, b, c, d) are quarter turns or reflections."""


def turning(grid: TileGrid, turn: Turn) -> Generator[int, None, TileGrid]:
    """Yields after each tile; returns the grid turned or reflected, each pixel kept as it is."""
    made: dict[TileKey, Tile | None] = {}
    keys: set[TileKey] = set()
    for key in grid.tiles:
        keys.update(tile_keys(turned_rect(turn, Rect.of_tile(key))))
    back = _back(turn)
    known: dict[tuple, Tile | None] = {}
    for done, key in enumerate(sorted(keys)):
        source = turned_rect(back, Rect.of_tile(key))
        token = (
            source.left % TILE,
            source.top % TILE,
            *(id(grid.tile(one)) for one in tile_keys(source)),
        )
        if token not in known:
            pixels = _oriented(grid.read(source), turn)
            known[token] = Tile(pixels) if (pixels != grid.default).any() else None
        made[key] = known[token]
        yield done + 1
    return _grid_like(grid, made)


def turned_rect(turn: Turn, rect: Rect) -> Rect:
    a, b, c, d, tx, ty = turn
    xs = [a * x + c * y + tx for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
    ys = [b * x + d * y + ty for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _back(turn: Turn) -> Turn:
    a, b, c, d, tx, ty = turn  # orthogonal: the inverse is the transposed
    return a, c, b, d, -(a * tx + b * ty), -(c * tx + d * ty)


def _oriented(pixels: np.ndarray, turn: Turn) -> np.ndarray:
    a, b, c, d = turn[:4]
    if not a:  # x and y change places
        pixels = pixels.swapaxes(0, 1)
    if (a or c) < 0:
        pixels = pixels[:, ::-1]
    if (d or b) < 0:
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def tile_count(grid: TileGrid) -> int:
    """Tiles of the grid, each object once: what a bake of it costs."""
    return len(set(grid.tiles.values()))
