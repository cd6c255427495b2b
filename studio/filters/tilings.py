"""Plane tilings of convex tiles whose corners may be moved: squares, hexagons, octagons with squares, triangles."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np

from studio.raster import fields, random
from studio.raster.geometry import Rect
from studio.raster.strips import row_strips, side_by_side

Tiles = Literal["squares", "hexagons", "octagons", "triangles"]
Corner = tuple[int, int, int]
"""Domains to the right, domains down, number of the corner there."""
_STREAM = 11
_FIRST_CHANNEL = 8
"""Random numbers of the corners, two channels each, lie above those that mosaics draw for stones."""
_TONE_CHANNEL = 40


class Tiling(msgspec.Struct, frozen=True, kw_only=True):
    """A tiling that repeats after a domain of width 1 and ``height``.

    ``corners``: those of one domain. ``tiles``: of each of its tiles the corners all around. ``loose``: how far a corner
    may be moved along each axis so that tiles stay convex.
    """

    height: float
    corners: tuple[tuple[float, float], ...]
    tiles: tuple[tuple[Corner, ...], ...]
    loose: float


_SIDE = 1 / math.sqrt(3)
_CUT = 1 / (2 + math.sqrt(2))
TILINGS: Mapping[Tiles, Tiling] = {
    "squares": Tiling(
        height=1.0,
        corners=((0.0, 0.0),),
        tiles=(((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)),),
        loose=0.2,
    ),
    "hexagons": Tiling(
        height=3 * _SIDE,
        corners=((0.5, 0.0), (0.0, 0.5 * _SIDE), (0.0, 1.5 * _SIDE), (0.5, 2 * _SIDE)),
        tiles=(
            ((0, 0, 0), (1, 0, 1), (1, 0, 2), (0, 0, 3), (0, 0, 2), (0, 0, 1)),
            ((0, 0, 2), (0, 0, 3), (0, 1, 0), (0, 1, 1), (-1, 1, 0), (-1, 0, 3)),
        ),
        loose=0.12,
    ),
    "octagons": Tiling(
        height=1.0,
        corners=((_CUT, 0.0), (1 - _CUT, 0.0), (0.0, _CUT), (0.0, 1 - _CUT)),
        tiles=(
            ((0, 0, 0), (0, 0, 1), (1, 0, 2), (1, 0, 3), (0, 1, 1), (0, 1, 0), (0, 0, 3), (0, 0, 2)),
            ((0, 0, 0), (0, 0, 2), (-1, 0, 1), (0, -1, 3)),
        ),
        loose=0.06,
    ),
    "triangles": Tiling(
        height=math.sqrt(3),
        corners=((0.0, 0.0), (0.5, math.sqrt(3) / 2)),
        tiles=(
            ((0, 0, 0), (1, 0, 0), (0, 0, 1)),
            ((0, 0, 0), (0, 0, 1), (-1, 0, 1)),
            ((0, 0, 1), (1, 0, 1), (1, 1, 0)),
            ((0, 0, 1), (0, 1, 0), (1, 1, 0)),
        ),
        loose=0.2,
    ),
}  # fmt: skip


class Cells(msgspec.Struct, eq=False):
    """For each pixel of a rectangle: number of its tile among ``count``, distance to its rim in level-0 pixels, place towards
    the light as seen from the tile's middle. ``tones``: a random number 0–1 of each tile."""

    label: np.ndarray
    rim: np.ndarray
    lit: np.ndarray
    count: int
    tones: np.ndarray


def cells(
    inside: Rect,
    scale: int,
    tiles: Tiles,
    size: float,
    neatness: float,
    light: tuple[float, float],
    seed: int,
) -> Cells:
    """The tiles of the pixels of ``inside``, each ``scale`` level-0 pixels wide; ``size``: a tile's width in those.

    ``light``: the direction it comes from, as seen from the middle, y downwards.
    """
    tiling = TILINGS[tiles]
    x = (np.arange(inside.left, inside.right) + 0.5) * (scale / size)
    y = (np.arange(inside.top, inside.bottom) + 0.5) * (scale / size)
    columns, rows = np.floor(x).astype(np.int64), np.floor(y / tiling.height).astype(np.int64)
    grid = Rect(int(columns[0]) - 2, int(rows[0]) - 2, int(columns[-1]) + 3, int(rows[-1]) + 3)
    edges, middles = _edges(tiling, grid, neatness, seed)
    near = _near(tiling)
    columns, rows = (columns - grid.left).astype(np.int32), (rows - grid.top).astype(np.int32)
    shape = (inside.height, inside.width)
    label, rim, lit = np.empty(shape, np.int32), np.empty(shape, np.float32), np.empty(shape, np.float32)

    def one(part: slice) -> None:
        label[part], depth, lit[part] = fields.tiles(
            x, y[part], columns, rows[part], edges, middles, near, (grid.width, len(tiling.tiles)), light
        )
        rim[part] = depth * size

    side_by_side(one, row_strips(shape))
    names = tuple(range(_TONE_CHANNEL, _TONE_CHANNEL + len(tiling.tiles)))
    tones = random.uniform(seed, grid, names, stream=_STREAM).reshape(-1).astype(np.float64)
    return Cells(label=label, rim=rim, lit=lit, count=len(middles), tones=tones)


def _edges(tiling: Tiling, grid: Rect, neatness: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Of every tile of the grid's domains, row by row: (nx, ny, d) [n, edges, 3] with nx x + ny y + d the distance from an
    edge inwards, and its middle [n, 2]. Tiles with fewer edges repeat their last one."""
    wide = grid.grow(1)
    names = tuple(range(_FIRST_CHANNEL, _FIRST_CHANNEL + 2 * len(tiling.corners)))
    moved = random.uniform(seed, wide, names, stream=_STREAM).astype(np.float64) * 2 - 1
    moved = moved.reshape(wide.height, wide.width, len(tiling.corners), 2)
    moved *= tiling.loose * (1 - neatness)
    moved[..., 0] += np.arange(wide.left, wide.right)[:, None]
    moved[..., 1] += (np.arange(wide.top, wide.bottom) * tiling.height)[:, None, None]
    moved += np.array(tiling.corners)
    most = max(len(tile) for tile in tiling.tiles)
    found, middles = [], []
    for tile in tiling.tiles:
        around = np.stack([_shifted(moved, corner) for corner in tile], 2)
        middle = around.mean(2)
        step = np.roll(around, -1, 2) - around
        normal = np.stack([-step[..., 1], step[..., 0]], -1)
        normal /= np.maximum(np.hypot(normal[..., 0], normal[..., 1]), 1e-9)[..., None]
        away = -(normal * around).sum(-1)
        inward = np.sign((normal * middle[:, :, None]).sum(-1) + away)
        lines = np.concatenate([normal, away[..., None]], -1) * inward[..., None]
        found.append(np.pad(lines, ((0, 0), (0, 0), (0, most - len(tile)), (0, 0)), mode="edge"))
        middles.append(middle)
    edges = np.stack(found, 2).reshape(-1, most, 3)
    return np.ascontiguousarray(edges), np.ascontiguousarray(np.stack(middles, 2).reshape(-1, 2))


def _shifted(moved: np.ndarray, corner: Corner) -> np.ndarray:
    """[rows, columns, 2] of the grid, which ``moved`` surrounds by one domain."""
    right, down, number = corner
    height, width = moved.shape[0] - 2, moved.shape[1] - 2
    return moved[1 + down : 1 + down + height, 1 + right : 1 + right + width, number]


def _near(tiling: Tiling) -> np.ndarray:
    """int32 [n, 3]: (columns, rows, tile) of the tiles that may reach into a domain, as seen from it."""
    found = []
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            for number, tile in enumerate(tiling.tiles):
                x = [right + one[0] + tiling.corners[one[2]][0] for one in tile]
                y = [(down + one[1]) * tiling.height + tiling.corners[one[2]][1] for one in tile]
                far = tiling.loose
                if (
                    min(x) - far < 1
                    and max(x) + far > 0
                    and min(y) - far < tiling.height
                    and max(y) + far > 0
                ):
                    found.append((right, down, number))
    return np.array(found, np.int32)
