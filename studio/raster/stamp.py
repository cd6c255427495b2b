"""The print of one dab, and the paper under it."""

from __future__ import annotations

import math
from functools import cache

import cv2
import numpy as np

from studio.raster import random
from studio.raster.geometry import TILE, Rect

PHASES = 4
SMALLEST = 0.7
"""Radius in pixels below which a print only becomes fainter."""
_BYTES = 48 << 20
_BRISTLES = 20
_BRISTLE_SEED = 0x6BDB
_PAPER_SEED = 0x7EB8


def quantised(radius: float) -> float:
    """The radius whose print is used: steps of 1/8 px, from 8 px on 1/4 px, from 64 px on 1/128."""
    step = 0.125 if radius < 8 else 0.25 if radius < 64 else 2.0 ** (math.floor(math.log2(radius)) - 7)
    return max(step, round(radius / step) * step)


class Stamps:
    """Prints of one brush by size and sub-pixel phase (4 × 4; from 64 px radius on 1), kept within a byte budget."""

    def __init__(self, ink: bool, hardness: float) -> None:
        self._ink = ink
        self._hardness = hardness
        self._kept: dict[tuple[float, int, int], np.ndarray] = {}
        self._bytes = 0

    def at(self, x: float, y: float, radius: float) -> tuple[np.ndarray, int, int]:
        """(print float32 [n, n] 0–1, left, top) for a dab with its middle at (x, y)."""
        radius = quantised(radius)
        phases = PHASES if radius < 64 else 1
        column, row = math.floor(x), math.floor(y)
        across, down = int((x - column) * phases), int((y - row) * phases)
        key = (radius, across, down)
        stamp = self._kept.get(key)
        if stamp is None:
            stamp = self._made(radius, (across + 0.5) / phases, (down + 0.5) / phases)
            self._keep(key, stamp)
        reach = stamp.shape[0] // 2
        return stamp, column - reach, row - reach

    def _made(self, radius: float, across: float, down: float) -> np.ndarray:
        return (
            ink_print(radius, self._hardness, across, down)
            if self._ink
            else round_print(radius, self._hardness, across, down)
        )

    def _keep(self, key: tuple[float, int, int], stamp: np.ndarray) -> None:
        self._bytes += stamp.nbytes
        while self._bytes > _BYTES and self._kept:
            self._bytes -= self._kept.pop(next(iter(self._kept))).nbytes
        self._kept[key] = stamp


def _offsets(reach: int, across: float, down: float) -> tuple[np.ndarray, np.ndarray]:
    """Distances of pixel centres from the dab's middle: x [1, n] and y [n, 1]."""
    steps = np.arange(-reach, reach + 1, dtype=np.float32) + np.float32(0.5)
    return steps[None, :] - np.float32(across), steps[:, None] - np.float32(down)


def round_print(radius: float, hardness: float, across: float = 0.5, down: float = 0.5) -> np.ndarray:
    """A disc: full up to hardness · radius, then a smooth step down to 0 at the radius; edges at least one pixel wide."""
    full = max(radius, SMALLEST)
    x, y = _offsets(math.ceil(full + 0.5), across, down)
    distance = np.sqrt(x * x + y * y)
    width = max(1.0, (1 - hardness) * full)
    value = np.clip((np.float32(full + 0.5) - distance) / np.float32(width), 0, 1)
    if width > 1.0:
        value = value * value * (3 - 2 * value)
    return value if radius >= SMALLEST else value * np.float32((radius / SMALLEST) ** 2)


def ink_print(radius: float, hardness: float, across: float = 0.5, down: float = 0.5) -> np.ndarray:
    """Density of a loaded round brush: a slightly uneven disc of bristles; 0.5 is where the ink's edge will lie."""
    full = max(radius, SMALLEST)
    rim = min(max(1.6, (1 - hardness) * full), 5.0)
    x, y = _offsets(math.ceil(full * 1.06 + rim / 2), across, down)
    distance = np.sqrt(x * x + y * y)
    angle = np.arctan2(y, x)
    uneven = 1 + 0.03 * np.cos(2 * angle + 0.6) + 0.02 * np.cos(3 * angle + 2.1)
    value = np.clip((np.float32(full) * uneven - distance) / np.float32(rim) + np.float32(0.5), 0, 1)
    if full >= 4:
        value *= _bristles_at(x / np.float32(full), y / np.float32(full))
    value = value.astype(np.float32)
    return value if radius >= SMALLEST else value * np.float32(radius / SMALLEST)


def _bristles_at(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How much ink the bristles hold at places −1…1 of the brush; swept along a stroke they draw streaks at its sides."""
    scale = (_BRISTLES - 1) / 2.4
    columns = np.broadcast_to((x + np.float32(1.2)) * np.float32(scale), (y.shape[0], x.shape[1]))
    rows = np.broadcast_to((y + np.float32(1.2)) * np.float32(scale), (y.shape[0], x.shape[1]))
    return cv2.remap(
        _bristles(),
        np.ascontiguousarray(columns),
        np.ascontiguousarray(rows),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


@cache
def _bristles() -> np.ndarray:
    held = random.uniform(_BRISTLE_SEED, Rect(0, 0, _BRISTLES, _BRISTLES))[..., 0]
    held = np.float32(0.52) + np.float32(0.48) * np.sqrt(held)
    held.setflags(write=False)
    return held


@cache
def _paper() -> np.ndarray:
    """Grain of the paper 0–1, evenly distributed, one tile, periodic: fibres of three lengths."""
    rect = Rect(0, 0, TILE, TILE)
    grain = np.zeros((TILE, TILE), np.float32)
    for stream, (sigma, weight) in enumerate(((0.7, 0.5), (2.0, 0.9), (6.0, 0.7))):
        tiled = np.pad(random.normal(_PAPER_SEED, rect, stream=stream)[..., 0], 32, mode="wrap")
        # Fibres: blurred more along than across.
        fibres = cv2.GaussianBlur(tiled, (0, 0), sigmaX=sigma * 1.6, sigmaY=sigma)[32:-32, 32:-32]
        grain += np.float32(weight) * fibres / fibres.std()
    # The normal distribution's own function, nearly: what comes out is spread evenly over 0–1.
    grain = 1 / (1 + np.exp(np.float32(-1.702) * grain / grain.std()))
    grain.setflags(write=False)
    return grain


def paper(rect: Rect) -> np.ndarray:
    """Grain 0–1 at the pixels of ``rect``, which lies inside one tile."""
    left, top = rect.left % TILE, rect.top % TILE
    return _paper()[top : top + rect.height, left : left + rect.width]
