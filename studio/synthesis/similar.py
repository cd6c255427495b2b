"""Figures made of smaller copies of themselves (iterated function systems), as strokes at any scale."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster import gradient, random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.lattice import View
from studio.synthesis.pattern_parameters import Colours
from studio.synthesis.scene import Placed, Scene
from studio.synthesis.strokes import Strokes, drawn

Figure = Literal["fern", "dragon", "koch", "levy", "sierpinski", "fork"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "fern"),
    QT_TRANSLATE_NOOP("recipe", "dragon"),
    QT_TRANSLATE_NOOP("recipe", "koch"),
    QT_TRANSLATE_NOOP("recipe", "levy"),
    QT_TRANSLATE_NOOP("recipe", "sierpinski"),
    QT_TRANSLATE_NOOP("recipe", "fork"),
)
FERN_COLOURS = (
    (0.0, 0.10, 0.24, 0.12, 1.0), (0.45, 0.20, 0.46, 0.20, 1.0), (0.8, 0.52, 0.70, 0.28, 1.0), (1.0, 0.80, 0.84, 0.46, 1.0),
)  # fmt: skip
MOST_PIECES = 200_000
CURVE = 5.0
"""How many times wider a line is where all copies are of one size."""
_STREAM = 0x4946
Lines = tuple[tuple[float, float, float, float], ...]


class System(msgspec.Struct, frozen=True):
    """Maps (a, b, c, d, e, f): x' = ax + by + e, y' = cx + dy + f, y upwards; and the lines that every copy shows."""

    maps: tuple[tuple[float, float, float, float, float, float], ...]
    lines: Lines
    every: bool = False
    """Whether each size of copy is drawn, or the smallest alone."""


_R = math.sqrt(3) / 6
SYSTEMS: dict[str, System] = {
    # Barnsley, Fractals Everywhere, 1988, table 3.8.3; its stem is what the first of his four maps makes of the whole.
    "fern": System(
        (
            (0.85, 0.04, -0.04, 0.85, 0.0, 1.6),
            (0.2, -0.26, 0.23, 0.22, 0.0, 1.6),
            (-0.15, 0.28, 0.26, 0.24, 0.0, 0.44),
        ),
        ((0.0, 0.0, 0.0, 1.6),),
        every=True,
    ),
    "dragon": System(
        ((0.5, -0.5, 0.5, 0.5, 0.0, 0.0), (-0.5, -0.5, 0.5, -0.5, 1.0, 0.0)), ((0.0, 0.0, 1.0, 0.0),)
    ),
    "koch": System(
        (
            (1 / 3, 0.0, 0.0, 1 / 3, 0.0, 0.0),
            (1 / 6, -_R, _R, 1 / 6, 1 / 3, 0.0),
            (1 / 6, _R, -_R, 1 / 6, 0.5, _R),
            (1 / 3, 0.0, 0.0, 1 / 3, 2 / 3, 0.0),
        ),
        ((0.0, 0.0, 1.0, 0.0),),
    ),
    "levy": System(
        ((0.5, -0.5, 0.5, 0.5, 0.0, 0.0), (0.5, 0.5, -0.5, 0.5, 0.5, 0.5)), ((0.0, 0.0, 1.0, 0.0),)
    ),
    "sierpinski": System(
        (
            (0.5, 0.0, 0.0, 0.5, 0.0, 0.0),
            (0.5, 0.0, 0.0, 0.5, 0.5, 0.0),
            (0.5, 0.0, 0.0, 0.5, 0.25, math.sqrt(3) / 4),
        ),
        (
            (0.0, 0.0, 1.0, 0.0),
            (1.0, 0.0, 0.5, math.sqrt(3) / 2),
            (0.5, math.sqrt(3) / 2, 0.0, 0.0),
        ),
    ),
    "fork": System(((0.6578, -0.2929, 0.2929, 0.6578, 0.0, 1.0), (0.5657, 0.3399, -0.3399, 0.5657, 0.0, 1.0)), ((0.0, 0.0, 0.0, 1.0),), every=True),
}  # fmt: skip


class Similar(Placed, frozen=True, kw_only=True):
    figure: Annotated[Figure, declare(QT_TRANSLATE_NOOP("recipe", "Figure"))] = "fern"
    detail: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Finest copy"), low=0.0005, high=0.5, soft_high=0.05, step=0.0005,
            description=QT_TRANSLATE_NOOP("recipe", "Copies smaller than this share of the whole are left out."),
        ),
    ] = 0.004  # fmt: skip
    width: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Line"), low=0.01, high=2.0, soft_high=0.6, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Width of a copy's line, in its own lengths."),
        ),
    ] = 0.09  # fmt: skip
    bend: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Bend"), low=-20.0, high=20.0, step=0.5, unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Turns every copy in the one it is part of."),
        ),
    ] = 0.0  # fmt: skip
    disorder: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Disorder"), low=0.0, high=100.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "How much copies differ in angle, by the seed."),
        ),
    ] = 25.0  # fmt: skip
    stops: Colours = FERN_COLOURS


def pieces(parameters: Similar, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Affine maps [n, 2, 3] of all copies that are drawn, large ones first, and how deep each lies."""
    system = SYSTEMS[parameters.figure]
    table = np.array(system.maps).reshape(-1, 6)
    maps = np.concatenate([table[:, [0, 1]], table[:, [2, 3]]], 1).reshape(-1, 2, 2)
    shifts = table[:, 4:]
    at, place = np.eye(2)[None], np.zeros((1, 2))
    kept, deep, total, level = [], [], 0, 0
    while len(at):
        size = (
            np.sqrt(np.abs(np.linalg.det(at)))
            if parameters.figure != "fern"
            else np.hypot(at[:, 0, 1], at[:, 1, 1])
        )
        small = size <= parameters.detail
        shown = np.ones(len(at), bool) if system.every else small
        if shown.any():
            kept.append(np.concatenate([at[shown], place[shown, :, None]], 2))
            deep.append(np.full(int(shown.sum()), level))
            total += int(shown.sum())
        at, place = at[~small], place[~small]
        if total + len(at) * len(maps) > MOST_PIECES or not len(at):
            if len(at) and not system.every:
                kept.append(np.concatenate([at, place[:, :, None]], 2))
                deep.append(np.full(len(at), level))
            break
        turned = _turned(parameters, seed, level, len(at), maps)
        next_place = place[:, None] + np.einsum("nij,kj->nki", at, shifts)
        at = np.einsum("nij,nkjl->nkil", at, turned).reshape(-1, 2, 2)
        place = next_place.reshape(-1, 2)
        level += 1
    return np.concatenate(kept), np.concatenate(deep)


def _turned(parameters: Similar, seed: int, level: int, count: int, maps: np.ndarray) -> np.ndarray:
    """The maps for each of ``count`` copies, turned by the bend and by chance."""
    drawn_numbers = random.uniform(seed, Rect(0, level, count * len(maps), level + 1), (0,), _STREAM)
    chance = (drawn_numbers.reshape(count, len(maps)) - 0.5) * (parameters.disorder / 100 * 0.35)
    angle = chance + math.radians(parameters.bend)
    turn = np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], -1).reshape(
        count, -1, 2, 2
    )
    return np.einsum("nkij,kjl->nkil", turn, maps)


@lru_cache(maxsize=8)
def _strokes(parameters: Similar, seed: int) -> Strokes:
    """In unit coordinates. ``parameters`` with size 1 at 0, 0."""
    maps, deep = pieces(parameters, seed)
    lines = np.array(SYSTEMS[parameters.figure].lines)
    start = np.einsum("nij,kj->nki", maps[:, :, :2], lines[:, :2]) + maps[:, None, :, 2]
    stop = np.einsum("nij,kj->nki", maps[:, :, :2], lines[:, 2:]) + maps[:, None, :, 2]
    ends = np.concatenate([start, stop], -1).reshape(-1, 4)
    long = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    low = np.minimum(ends[:, :2], ends[:, 2:]).min(0)
    high = np.maximum(ends[:, :2], ends[:, 2:]).max(0)
    scale = 0.92 / max(high[1] - low[1], (high[0] - low[0]) * 0.92)
    middle = (low + high) / 2
    ends = (ends - np.tile(middle, 2)) * scale * (1, -1, 1, -1)
    radius = np.repeat(long[:, None], 2, 1) * (0.5 * parameters.width * scale)
    if SYSTEMS[parameters.figure].every:
        radius[:, 1] *= 0.75
    else:  # a curve is all of one fineness: its line is as wide as it may be
        radius *= CURVE
    along = np.repeat(deep / max(1, deep.max()), len(lines)) if len(np.unique(deep)) > 2 else _height(ends)
    table = gradient.table(parameters.stops)
    colours = table[np.clip(along * gradient.TABLE, 0, len(table) - 1).astype(np.int64)].astype(np.float32)
    return Strokes(ends, radius, colours, np.arange(len(ends)))


def _height(ends: np.ndarray) -> np.ndarray:
    return np.arange(len(ends)) / max(1, len(ends) - 1)


def draw(parameters: Similar, seed: int, view: View) -> np.ndarray:
    plain = msgspec.structs.replace(parameters, size=1.0, x=0.0, y=0.0)
    return drawn(_strokes(plain, seed).placed(parameters.size, parameters.x, parameters.y), view)


SCENE = Scene(
    name="self-similar", version=1, title=QT_TRANSLATE_NOOP("recipe", "Self-similar figure"),
    parameters=Similar, draw=draw, fits="shorter",
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "An iterated function system: two to four affine maps, applied again and again to the figure's line until a copy is "
        "smaller than the finest; each copy's map is turned by the bend and by a random angle of the seed. Fern: the maps of "
        "Barnsley (Fractals Everywhere, 1988); dragon of Heighway, curves of von Koch and Lévy, triangle of Sierpiński, and a "
        "tree that forks. Drawn as strokes of the given width.",
    ),
)  # fmt: skip
