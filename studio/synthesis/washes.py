"""What the brush of a rule-made landscape has on it: clouds and fibres as tables that repeat, lines of hills, palettes."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect
from studio.synthesis.lattice import Lattice, View, perlin, perlin_at

SIDE = 1024
"""Points along a table; a table is 1 wide in its own coordinates."""
_CLOUD, _FIBRE, _LINE = 0x5741, 0x5751, 0x5761
Rgb = tuple[float, float, float]


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """Straight encoded colours of one manner of painting; ``crest`` to ``foot`` are those of near rock, downwards."""

    paper: Rgb
    sky_high: Rgb
    sky_low: Rgb
    far: Rgb
    crest: Rgb
    middle: Rgb
    foot: Rgb
    mist: Rgb
    water: Rgb
    ink: Rgb
    sun: Rgb
    glow: Rgb
    strokes: float = 1.0
    """How dark the texture of the rock is."""


PALETTES: dict[str, Palette] = {
    "ink": Palette(
        paper=(0.945, 0.925, 0.875), sky_high=(0.90, 0.885, 0.845), sky_low=(0.955, 0.94, 0.90),
        far=(0.74, 0.745, 0.735), crest=(0.155, 0.165, 0.18), middle=(0.36, 0.365, 0.365), foot=(0.66, 0.655, 0.63),
        mist=(0.955, 0.94, 0.90), water=(0.86, 0.855, 0.825), ink=(0.10, 0.105, 0.115), sun=(0.76, 0.24, 0.17),
        glow=(0.97, 0.86, 0.74), strokes=1.0,
    ),
    "blue-green": Palette(
        paper=(0.93, 0.875, 0.745), sky_high=(0.80, 0.735, 0.565), sky_low=(0.955, 0.90, 0.755),
        far=(0.56, 0.68, 0.67), crest=(0.055, 0.25, 0.43), middle=(0.17, 0.47, 0.41), foot=(0.78, 0.62, 0.37),
        mist=(0.955, 0.905, 0.775), water=(0.70, 0.735, 0.62), ink=(0.07, 0.13, 0.17), sun=(0.78, 0.25, 0.15),
        glow=(0.98, 0.83, 0.58), strokes=0.62,
    ),
    "dusk": Palette(
        paper=(0.96, 0.86, 0.74), sky_high=(0.36, 0.35, 0.52), sky_low=(0.99, 0.70, 0.45),
        far=(0.84, 0.56, 0.50), crest=(0.165, 0.105, 0.20), middle=(0.36, 0.20, 0.30), foot=(0.78, 0.45, 0.37),
        mist=(0.99, 0.745, 0.545), water=(0.90, 0.62, 0.48), ink=(0.13, 0.08, 0.15), sun=(1.0, 0.90, 0.66),
        glow=(1.0, 0.80, 0.50), strokes=0.7,
    ),
    "snow": Palette(
        paper=(0.93, 0.935, 0.93), sky_high=(0.60, 0.64, 0.68), sky_low=(0.84, 0.855, 0.865),
        far=(0.74, 0.77, 0.80), crest=(0.30, 0.33, 0.385), middle=(0.47, 0.505, 0.55), foot=(0.70, 0.73, 0.755),
        mist=(0.89, 0.905, 0.915), water=(0.56, 0.61, 0.65), ink=(0.12, 0.135, 0.165), sun=(0.93, 0.80, 0.70),
        glow=(0.97, 0.90, 0.84), strokes=0.9,
    ),
    "night": Palette(
        paper=(0.90, 0.895, 0.86), sky_high=(0.035, 0.07, 0.15), sky_low=(0.22, 0.31, 0.42),
        far=(0.235, 0.32, 0.42), crest=(0.02, 0.035, 0.075), middle=(0.06, 0.10, 0.165), foot=(0.17, 0.245, 0.335),
        mist=(0.36, 0.45, 0.54), water=(0.15, 0.22, 0.315), ink=(0.012, 0.02, 0.045), sun=(0.985, 0.965, 0.86),
        glow=(0.64, 0.72, 0.78), strokes=0.75,
    ),
}  # fmt: skip


def step(low: float, high: float, value: np.ndarray) -> np.ndarray:
    """0 below ``low``, 1 above ``high``, smooth between."""
    part = np.clip((value - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)


def mixed(one: np.ndarray | Rgb, other: np.ndarray | Rgb, share: np.ndarray | np.floating) -> np.ndarray:
    """``one`` to ``other`` [h, w, 3] by ``share`` [h, w]."""
    first, second = np.asarray(one, np.float32), np.asarray(other, np.float32)
    return first + (second - first) * np.asarray(share, np.float32)[..., None]


@lru_cache(maxsize=24)
def _table(seed: int, fibre: bool) -> tuple[np.ndarray, ...]:
    """A pyramid of tables [side + 1, side + 1] in 0–1, evenly spread: clouds, or fibres that run downwards."""
    total = np.zeros((SIDE, SIDE), np.float32)
    cells, gain = (12, 1.0) if fibre else (6, 1.0)
    stream = _FIBRE if fibre else _CLOUD
    square = (float(SIDE), float(SIDE))
    while cells <= SIDE // 4:
        size = SIDE / cells * (4 if fibre else 1)
        lattice = Lattice(seed=seed, stream=stream, size=size, tile=square, stretch=0.25 if fibre else 1.0)
        noise = perlin(lattice, View(Rect(0, 0, SIDE, SIDE)))
        total += np.float32(gain) * (1 - np.float32(1.2) * np.abs(noise) if fibre else noise)
        stream, cells, gain = stream + 1, cells * 2, gain * (0.72 if fibre else 0.55)
    order = np.empty(total.size, np.float32)
    order[np.argsort(total, axis=None, kind="stable")] = (np.arange(total.size) + 0.5) / total.size
    level = order.reshape(SIDE, SIDE)
    out = []
    while True:
        out.append(np.pad(level, ((0, 1), (0, 1)), mode="wrap"))
        if level.shape[0] <= 4:
            return tuple(out)
        half = level.shape[0] // 2
        level = level.reshape(half, 2, half, 2).mean((1, 3))


def texture(seed: int, across: np.ndarray, down: np.ndarray, fine: float, fibre: bool = False) -> np.ndarray:
    """The table at coordinates of which it is 1 wide, float32 [h, w] in 0–1. ``fine``: width of a pixel in them."""
    levels = _table(seed, fibre)
    level = int(np.clip(math.floor(math.log2(max(fine * SIDE, 1e-9)) + 0.5), 0, len(levels) - 1))
    table = levels[level]
    side = table.shape[0] - 1
    across, down = np.broadcast_arrays(across, down)
    x = ((across - np.floor(across)) * side).astype(np.float32)
    y = ((down - np.floor(down)) * side).astype(np.float32)
    return np.asarray(cv2.remap(table, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def line(
    seed: int, number: int, u: np.ndarray, octaves: int, gain: float = 0.5, sharp: float = 0.0
) -> np.ndarray:
    """Noise along a line, mean about 0 and within about ±1, float64 [w]; ``sharp`` 0–1: with creases for crests."""
    total, weight = np.zeros(len(u)), 0.0
    for octave in range(octaves):
        lattice = Lattice(seed=seed, stream=_LINE + number * 16 + octave, size=0.5**octave)
        noise = perlin_at(lattice, u[None], np.full((1, len(u)), 0.37 * number + 0.31)).astype(np.float64)[0]
        noise *= 0.55
        if sharp:
            noise += sharp * (1 - 2.2 * np.abs(noise) - noise)
        total += gain**octave * noise
        weight += gain**octave
    return total / weight


def numbers(seed: int, cell: int, count: int, stream: int) -> np.ndarray:
    """``count`` uniform numbers of one stretch of the scroll."""
    return random.uniform(seed, Rect(0, cell, count, cell + 1), (0,), stream).astype(np.float64).ravel()
