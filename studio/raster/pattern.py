"""Repeating patterns as functions of the place: tones, hatching, checks, bricks. Smooth at any scale and angle."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from studio.raster.geometry import Rect

PatternKind = Literal[
    "dots", "lines", "crosshatch", "checks", "grid", "bricks", "waves", "scales", "triangles"
]


def coverage(
    kind: PatternKind, rect: Rect, size: float, density: float = 0.5, angle: float = 0.0
) -> np.ndarray:
    """float32 [h, w] 0–1 over ``rect`` (document pixels).

    ``size``: one repeat in pixels; ``density``: share of the ground that is covered, about; ``angle`` in degrees.
    """
    x = np.arange(rect.left, rect.right)[None, :] + 0.5
    y = np.arange(rect.top, rect.bottom)[:, None] + 0.5
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    u, v = (cos * x + sin * y) / size, (-sin * x + cos * y) / size
    inside = _DISTANCES[kind](u, v, min(max(density, 0.0), 1.0))
    # distances are in repeats: half a pixel on either side of the edge is soft
    return np.clip(inside * size + 0.5, 0, 1).astype(np.float32)


def _centred(values: np.ndarray) -> np.ndarray:
    """Distance from the nearest whole number, with sign, −0.5 to 0.5."""
    return values - np.round(values)


def _dots(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    """A screen tone: dots that grow with density and, past the half, holes that shrink."""
    if density > 0.5:
        return -_dots(u + 0.5, v + 0.5, 1 - density)
    return math.sqrt(density / math.pi) - np.hypot(_centred(u), _centred(v))


def _lines(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    return density / 2 - np.abs(_centred(v)) + 0 * u


def _crosshatch(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    part = 1 - math.sqrt(1 - density)
    return np.maximum(_lines(u, v, part), _lines(v, u, part))


def _checks(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    a, b = 0.25 - np.abs(_centred(u)), 0.25 - np.abs(_centred(v))
    apart = np.minimum(np.abs(a), np.abs(b))
    return np.where((a > 0) == (b > 0), apart, -apart) + (density - 0.5) / 2


def _grid(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    return -_crosshatch(u + 0.5, v + 0.5, 1 - density)


def _bricks(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    """Bricks twice as wide as high, each course moved by half; what is covered is the brick."""
    joint = (1 - math.sqrt(density)) / 2
    row = np.floor(v * 2)
    across = 0.5 - np.abs(_centred(u + row % 2 * 0.5))
    down = 0.25 - np.abs(_centred(v * 2 - 0.5)) / 2
    return np.minimum(across - joint, down - joint / 2)


def _waves(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    slope = math.hypot(1, math.pi / 4)
    return (density / 2 - np.abs(_centred(v + np.sin(2 * np.pi * u) / 8))) / slope


def _scales(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    """Overlapping rings as in the wave pattern of East Asia; lines as wide as ``density`` says."""
    best = np.full(np.broadcast_shapes(u.shape, v.shape), -1.0)
    hidden = np.zeros(best.shape, bool)
    width = density / 8
    row = np.floor(v * 2)
    for step in (1, 0):  # the lower row lies over the upper one
        for side in (-1, 0, 1):
            at = row + step
            centre = np.floor(u + at % 2 * 0.5) + side + 0.5 - at % 2 * 0.5
            away = np.hypot(u - centre, v - (at / 2 + 0.5))
            inside = (away < 0.5) & ~hidden
            ring = width - np.minimum(np.abs(away - 0.5 + width), np.abs(away - 0.28))
            best = np.where(inside, ring, best)
            hidden |= away < 0.5
    return best


def _triangles(u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    a, b = u - v / math.sqrt(3), 2 * v / math.sqrt(3)
    fa, fb = a - np.floor(a), b - np.floor(b)
    edges = np.minimum(np.minimum(fa, fb), 1 - fa - fb) * math.sqrt(3) / 2
    return edges + (density - 0.5) / 4


_DISTANCES = {
    "dots": _dots, "lines": _lines, "crosshatch": _crosshatch, "checks": _checks, "grid": _grid, "bricks": _bricks,
    "waves": _waves, "scales": _scales, "triangles": _triangles,
}  # fmt: skip
