"""A picture made of many small ones: each place gets the picture whose colours, block by block, are nearest to its own."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.raster import random
from studio.raster.colour import oklab_to_rgb, rgb_to_oklab
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, check, declare

NAME = "photomosaic"
TITLE = QT_TRANSLATE_NOOP("recipe", "Photomosaic")
Shape = Literal["square", "landscape", "portrait"]
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "square"),
    QT_TRANSLATE_NOOP("recipe", "landscape"),
    QT_TRANSLATE_NOOP("recipe", "portrait"),
)
SHAPES = {"square": (1, 1), "landscape": (4, 3), "portrait": (3, 4)}
MOST_PIXELS = 400_000_000
NO_TILES = QT_TRANSLATE_NOOP("recipe", "A mosaic needs at least one picture that can be opened.")
TOO_LARGE = QT_TRANSLATE_NOOP(
    "recipe", "The mosaic would be {width} × {height} pixels. Choose fewer columns or smaller tiles."
)
DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "The picture is cut into columns of places. Place and candidates are described by the mean colours, in OKLab "
    "(Ottosson, 2020), of detail × detail blocks; from the upper left each place takes the nearest candidate by the sum of squares that does not "
    "already stand within the given distance and is not used up. With variety v the sum of squares of each candidate at each place is "
    "first increased by detail² · v² · u, u even between 0 and 1 from Philox for the seed. By the tint each pixel is moved by the difference between the "
    "blocks of the place and those of its tile, joined linearly.",
)


_STREAM = 0x504D


class Mosaic(msgspec.Struct, frozen=True, kw_only=True):
    columns: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Columns"), low=2, high=500, soft_high=150, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "How many small pictures stand side by side."),
        ),
    ] = 60  # fmt: skip
    tile: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tile"), low=4, high=512, soft_high=128, step=1, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Longer side of each small picture."),
        ),
    ] = 48  # fmt: skip
    shape: Annotated[Shape, declare(QT_TRANSLATE_NOOP("recipe", "Shape"))] = "square"
    detail: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Detail"), low=1, high=8, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "Into how many blocks along a side a tile is looked at."),
        ),
    ] = 4  # fmt: skip
    apart: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Distance"), low=0, high=100, soft_high=20, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "So many places around it a picture does not come again, where there are enough."),
        ),
    ] = 3  # fmt: skip
    most: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Times at most"), low=0, high=100_000, soft_high=100, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "How often each picture may be used, where there are enough; 0: any number."),
        ),
    ] = 0  # fmt: skip
    tint: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tint"), low=0.0, high=100.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "How far tiles take on the colours of their places."),
        ),
    ] = 30.0  # fmt: skip
    variety: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Variety"), low=0.0, high=1.0, soft_high=0.3, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How far from the nearest colours a picture may be that chance prefers."),
        ),
    ] = 0.0  # fmt: skip
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)] = 0

    @property
    def tile_size(self) -> tuple[int, int]:
        """Width and height of a tile in pixels."""
        across, down = SHAPES[self.shape]
        longer = max(across, down)
        return max(1, round(self.tile * across / longer)), max(1, round(self.tile * down / longer))


class Tiles(msgspec.Struct, frozen=True, eq=False):
    """``lab`` float32 [n, h, w, 3]: candidates in OKLab at tile size; ``blocks`` float32 [n, detail² · 3]."""

    lab: np.ndarray
    blocks: np.ndarray


def grid_of(parameters: Mosaic, width: int, height: int) -> tuple[int, int]:
    """Columns and rows of places for a picture of that size. Raises RecipeError where the result would be too large."""
    wide, high = parameters.tile_size
    rows = max(1, round(parameters.columns * wide * height / (width * high)))
    if parameters.columns * rows * wide * high > MOST_PIXELS:
        raise RecipeError(TOO_LARGE, width=parameters.columns * wide, height=rows * high)
    return parameters.columns, rows


def cut(picture: np.ndarray, parameters: Mosaic) -> np.ndarray:
    """The middle of premultiplied pixels [h, w, 4] over white, in the shape and size of a tile: encoded [th, tw, 3]."""
    wide, high = parameters.tile_size
    height, width = picture.shape[:2]
    across = min(width, max(1, round(height * wide / high)))
    down = min(height, max(1, round(width * high / wide)))
    left, top = (width - across) // 2, (height - down) // 2
    part = np.ascontiguousarray(picture[top : top + down, left : left + across], np.float32)
    shrinks = across >= wide and down >= high
    small = cv2.resize(part, (wide, high), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return on_white(small.reshape(high, wide, 4))


def on_white(premultiplied: np.ndarray) -> np.ndarray:
    alpha = np.clip(np.nan_to_num(premultiplied[..., 3:]), 0, 1)
    return np.clip(np.nan_to_num(premultiplied[..., :3]) + 1 - alpha, 0, 1)


def tiles_of(cuts: Sequence[np.ndarray], parameters: Mosaic) -> Tiles:
    """Candidates from pictures that were :func:`cut`. Raises RecipeError where there are none."""
    if not cuts:
        raise RecipeError(NO_TILES)
    lab = np.stack([rgb_to_oklab(one).astype(np.float32) for one in cuts])
    return Tiles(lab, np.stack([blocks_of(one, parameters.detail) for one in lab]))


def blocks_of(lab: np.ndarray, detail: int) -> np.ndarray:
    """Means of ``detail`` × ``detail`` blocks of [h, w, 3], row by row: float32 [detail² · 3]."""
    return cv2.resize(lab, (detail, detail), interpolation=cv2.INTER_AREA).reshape(-1)


def chosen(places: np.ndarray, tiles: Tiles, parameters: Mosaic) -> Generator[float, None, np.ndarray]:
    """Which candidate each place [rows, columns, detail² · 3] gets, int64 [rows, columns]; yields the part done."""
    rows, columns = places.shape[:2]
    out = np.full((rows, columns), -1, np.int64)
    uses = np.zeros(len(tiles.blocks), np.int64)
    squares = (tiles.blocks**2).sum(1)
    apart, most = parameters.apart, parameters.most
    for row in range(rows):
        # |a − b|² without a², which is the same for all candidates of a place.
        costs = squares - 2 * places[row] @ tiles.blocks.T
        if parameters.variety:
            strip = Rect(0, row * columns, len(squares), (row + 1) * columns)
            chance = random.uniform(parameters.seed, strip, (0,), _STREAM)[..., 0]
            costs += chance * np.float32((parameters.detail * parameters.variety) ** 2)
        for column in range(columns):
            near = out[max(0, row - apart) : row + 1, max(0, column - apart) : column + apart + 1]
            cost = costs[column]
            if most:
                used_up = uses >= most
                if not used_up.all():
                    cost[used_up] = np.inf
            best = int(cost.argmin())
            if apart:
                taken = near[near >= 0]
                if (taken == best).any():
                    free = cost.copy()
                    free[taken] = np.inf
                    best = (
                        int(free.argmin())
                        if np.isfinite(free).any()
                        else _rarest(cost, uses, out[row, max(0, column - 1)])
                    )
            out[row, column] = best
            uses[best] += 1
        yield (row + 1) / rows
    return out


def _rarest(cost: np.ndarray, uses: np.ndarray, beside: int) -> int:
    """Where all stand near already: of those used least, but for the neighbour, the nearest in colour."""
    count = np.where(np.isfinite(cost), uses, np.iinfo(np.int64).max)
    if len(count) > 1 and beside >= 0:
        count[beside] = np.iinfo(np.int64).max
    return int(np.where(count == count.min(), cost, np.inf).argmin())


def assembled(picture: np.ndarray, tiles: Tiles, parameters: Mosaic) -> Generator[float, None, np.ndarray]:
    """The mosaic of premultiplied pixels [h, w, 4] over white: encoded float32 [rows · th, columns · tw, 3].

    Yields the part done after each row of places. Raises RecipeError.
    """
    parameters = check(parameters)
    columns, rows = grid_of(parameters, picture.shape[1], picture.shape[0])
    detail, (wide, high) = parameters.detail, parameters.tile_size
    small = _blocks_of_places(picture, columns * detail, rows * detail)
    places = (
        small.reshape(rows, detail, columns, detail, 3).transpose(0, 2, 1, 3, 4).reshape(rows, columns, -1)
    )
    choosing, done = chosen(places, tiles, parameters), 0.0
    while True:
        try:
            done = next(choosing) / 2
        except StopIteration as end:
            which = end.value
            break
        yield done
    out = np.empty((rows * high, columns * wide, 3), np.float32)
    for row in range(rows):
        strip = np.concatenate(list(tiles.lab[which[row]]), axis=1)
        if parameters.tint:
            there = (places[row] - tiles.blocks[which[row]]).reshape(columns, detail, detail, 3)
            moved = [
                cv2.resize(np.ascontiguousarray(one), (wide, high), interpolation=cv2.INTER_LINEAR)
                for one in there
            ]
            strip = strip + np.float32(parameters.tint / 100) * np.concatenate(moved, axis=1)
        out[row * high : (row + 1) * high] = np.clip(oklab_to_rgb(strip), 0, 1)
        yield 0.5 + 0.5 * (row + 1) / rows
    return out


def _blocks_of_places(picture: np.ndarray, across: int, down: int) -> np.ndarray:
    """OKLab means [down, across, 3] of a picture cut into so many blocks."""
    height, width = picture.shape[:2]
    shrinks = across <= width and down <= height
    made = cv2.resize(
        np.ascontiguousarray(picture, np.float32), (across, down),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR,
    )  # fmt: skip
    return rgb_to_oklab(on_white(made.reshape(down, across, 4))).astype(np.float32)
