"""Fields that no formula gives point by point: made once for a seed, on a square that repeats, and looked up."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from studio.raster import random
from studio.raster.blue_noise import SIDE, blue_noise
from studio.raster.geometry import Rect
from studio.synthesis.lattice import Plane, View

GOLDEN_RATIO = (5**0.5 - 1) / 2
FEWEST_GRAINS, MOST_GRAINS = 96, 160
"""Sides of a rectangle of blue noise that repeats within a tile: fewer are seen to repeat, more take seconds to order."""
REACTION_SIDE = 128
SPACING = 12.0
"""About how many points of the square lie between two stripes of the reaction."""
_DIFFUSION = (0.16, 0.08)
_RATES = {
    "coral": (0.0545, 0.062),
    "maze": (0.029, 0.057),
    "spots": (0.0367, 0.0649),
    "holes": (0.039, 0.058),
}
"""Feed and kill rates (Pearson, "Complex patterns in a simple system", Science 261, 1993)."""
_BORDER = 1
_STREAM = 0x5244


def blue_noise_field(parameters: Any, seed: int, view: View) -> Plane:
    """The thresholds, one for each ``size`` pixels. Each whole step of time adds the golden ratio, modulo 1; with a loop all
    of time is added evenly, by the multiple of 1 / loop next to it, so that the last moment leads into the first."""
    size = float(parameters.size)
    across, down = (
        _grains(tile, size) if tile else (SIDE, SIDE * size)
        for tile in (parameters.tile_x, parameters.tile_y)
    )
    table = blue_noise(seed, (down[0], across[0]))
    step = int(np.floor(parameters.time))
    if parameters.loop:
        shift = parameters.time * round(parameters.loop * GOLDEN_RATIO) / parameters.loop
        table = np.asarray((table + shift % 1) % 1, np.float32)
    elif step:
        table = np.asarray((table + step * GOLDEN_RATIO) % 1, np.float32)
    if parameters.tile_x or parameters.tile_y:
        along = _means(table, view.x, view.pixel, *across, axis=1)
        return _means(along, view.y, view.pixel, *down, axis=0)
    # Means over whole blocks where a pixel holds several thresholds.
    block = 1
    while block < SIDE and 2 * block * size <= view.pixel:
        block *= 2
    if block > 1:
        table = table.reshape(SIDE // block, block, SIDE // block, block).mean((1, 3))
    side = table.shape[0]
    columns = np.floor(view.x / (size * block)).astype(np.int64) % side
    rows = np.floor(view.y / (size * block)).astype(np.int64) % side
    return np.ascontiguousarray(table[rows[:, None], columns])


def _grains(tile: float, size: float) -> tuple[int, float]:
    """(grains after which the thresholds repeat, how many document pixels these are wide) so that a whole number of such
    stretches fits into ``tile``: as near to ``size`` as that can be with at most MOST_GRAINS grains, best of all SIDE."""
    wanted = max(1, round(tile / size))
    if wanted <= MOST_GRAINS:
        return wanted, tile
    sides = range(FEWEST_GRAINS, MOST_GRAINS + 1)
    side = min(sides, key=lambda one: (abs(one * round(wanted / one) - wanted), abs(one - SIDE)))
    return side, tile / round(wanted / side)


def _means(table: Plane, centres: np.ndarray, pixel: float, side: int, length: float, *, axis: int) -> Plane:
    """``table``, which repeats after ``side`` grains, ``length`` document pixels, along one axis: the grain under a pixel's
    centre, or the mean of those whose centres lie in it."""
    places = centres % length * (side / length)
    width = pixel * side / length
    if width < 2:
        return np.take(table, np.floor(places).astype(np.int64) % side, axis)
    sums = np.cumsum(table, axis, dtype=np.float64)
    sums = np.concatenate((np.zeros_like(np.take(sums, [0], axis)), sums), axis)

    def upto(grains: np.ndarray) -> np.ndarray:
        turns, rest = np.divmod(grains, side)
        turns = turns[:, None] if axis == 0 else turns[None]
        return np.take(sums, rest, axis) + turns * np.take(sums, [side], axis)

    first = np.floor(places - width / 2 + 0.5).astype(np.int64)
    last = np.floor(places + width / 2 + 0.5).astype(np.int64)
    count = (last - first)[:, None] if axis == 0 else (last - first)[None]
    return ((upto(last) - upto(first)) / count).astype(np.float32)


@lru_cache(maxsize=8)
def reaction(seed: int, pattern: str, steps: int) -> np.ndarray:
    """Gray and Scott's second substance after ``steps``, stretched to 0–1: float32 [REACTION_SIDE, REACTION_SIDE].

    ∂u/∂t = D₁∇²u − uv² + F(1 − u), ∂v/∂t = D₂∇²v + uv² − (F + k)v in steps of 1, five-point Laplacian, the square
    repeating; it begins as u = 1, v = 0 with random blots of v. Shared: not to be changed.
    """
    feed, kill = (np.float32(rate) for rate in _RATES[pattern])
    drawn = random.uniform(seed, Rect(0, 0, REACTION_SIDE, REACTION_SIDE), (0,), _STREAM)[..., 0]
    blots = cv2.blur(np.pad(drawn, 8, mode="wrap"), (7, 7))[8:-8, 8:-8]
    second = np.where(blots > np.quantile(blots, 0.75), np.float32(0.35), np.float32(0))
    first = np.ascontiguousarray(1 - second)
    for _ in range(steps):
        taken = first * second
        taken *= second
        more = _laplacian(first)
        more *= np.float32(_DIFFUSION[0])
        more -= taken
        more -= feed * first
        more += feed
        spread = _laplacian(second)
        spread *= np.float32(_DIFFUSION[1])
        spread += taken
        spread -= (feed + kill) * second
        first += more
        second += spread
    low, high = float(second.min()), float(second.max())
    made = (second - np.float32(low)) * np.float32(1 / max(high - low, 1e-6))
    made.setflags(write=False)
    return made


def _laplacian(plane: Plane) -> Plane:
    wide = cv2.copyMakeBorder(plane, _BORDER, _BORDER, _BORDER, _BORDER, cv2.BORDER_WRAP)
    out = wide[:-2, 1:-1] + wide[2:, 1:-1]
    out += wide[1:-1, :-2]
    out += wide[1:-1, 2:]
    out -= 4 * plane
    return out


def reaction_field(parameters: Any, seed: int, view: View) -> Plane:
    table = reaction(seed, parameters.pattern, parameters.steps)
    # A point of the square in document pixels; where the pattern repeats, whole squares fit.
    steps = []
    for tile in (parameters.tile_x, parameters.tile_y):
        point = parameters.size / SPACING
        if tile:
            point = tile / (REACTION_SIDE * max(1, round(tile / (REACTION_SIDE * point))))
        steps.append(point)
    while min(steps) * 2 <= view.pixel and table.shape[0] > 1:
        half = table.shape[0] // 2
        table = table.reshape(half, 2, half, 2).mean((1, 3))
        steps = [point * 2 for point in steps]
    return looked_up(table, view.x / steps[0], view.y / steps[1])


def looked_up(table: Plane, x: np.ndarray, y: np.ndarray) -> Plane:
    """A repeating table at coordinates in its points, centres at +0.5, by cubic interpolation (Catmull and Rom)."""
    columns, across = _weights(x)
    rows, down = _weights(y)
    side = table.shape[0]
    along = table[:, (columns - 1) % side] * across[0]
    for tap in (0, 1, 2):
        along += table[:, (columns + tap) % side] * across[tap + 1]
    out = along[(rows - 1) % side] * down[0][:, None]
    for tap in (0, 1, 2):
        out += along[(rows + tap) % side] * down[tap + 1][:, None]
    return out


def _weights(at: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    whole = np.floor(at - 0.5)
    t = (at - 0.5 - whole).astype(np.float32)
    weights = (
        t * (t * (2 - t) - 1) / 2,
        (t * t * (3 * t - 5) + 2) / 2,
        t * (t * (4 - 3 * t) + 1) / 2,
        t * t * (t - 1) / 2,
    )
    return whole.astype(np.int64), weights
