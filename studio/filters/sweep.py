"""Means along arcs and rays around a centre, for radial and zoom blur, block by block.

A block whose means are short is sampled pixel by pixel (``danqing_swirled``). In any other the samples of neighbouring
pixels are nearly the same, so they are taken once, on rings or rays half a pixel apart, and summed up along them: a mean is
the difference of two sums (``danqing_swept``), whatever its length.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np

from studio.raster import neighbours

SIDE = 256
"""Of a block, in pixels."""
FEW = 24
"""Below so many samples per pixel they are taken for each alone."""
MOST = 2048
"""Samples of one mean; on longer arcs and rays they lie farther apart."""
_APART = 0.5
"""Between two lines, and between two samples on one, in pixels."""


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """``centre`` in pixels of the picture; from ``begin`` to ``end`` in radians (``turning``) or in parts of the distance."""

    centre: tuple[float, float]
    begin: float
    end: float
    turning: bool

    @property
    def length(self) -> float:
        return self.end - self.begin


def block(source: np.ndarray, target: np.ndarray, corner: tuple[int, int], sweep: Sweep) -> None:
    """One block [h, w, 4] of the result, a view into the whole one, whose upper left pixel is ``corner``."""
    left, top = corner
    height, width = target.shape[:2]
    x = np.arange(left, left + width) + 0.5 - sweep.centre[0]
    y = (np.arange(top, top + height) + 0.5 - sweep.centre[1])[:, None]
    far = np.hypot(x, y)
    near = float(far.min())
    if near * sweep.length < FEW or near < SIDE / 4:
        _each(source, target, corner, sweep)
        return
    middle = math.atan2(y[height // 2, 0], x[width // 2])
    # as seen from the middle of the block, so that no block lies across the jump of the angle
    turn = np.arctan2(
        y * math.cos(middle) - x * math.sin(middle), x * math.cos(middle) + y * math.sin(middle)
    )
    sweeping = _rings if sweep.turning else _rays
    pixels, lines, samples = sweeping(far, turn, middle, sweep)
    neighbours.swept(source, target, sweep.centre, pixels, lines, samples, sweep.turning)


def corners(height: int, width: int) -> list[tuple[int, int]]:
    """The upper left pixels, (x, y), of the blocks of a picture."""
    return [(left, top) for top in range(0, height, SIDE) for left in range(0, width, SIDE)]


def _each(source: np.ndarray, target: np.ndarray, corner: tuple[int, int], sweep: Sweep) -> None:
    counts = np.arange(1, MOST + 1)
    step = sweep.length / counts
    first = sweep.begin + step / 2
    if sweep.turning:
        steps = np.stack([np.cos(first), np.sin(first), np.cos(step), np.sin(step)], -1)
    else:
        nothing = np.zeros(MOST)
        steps = np.stack([first, nothing, step, nothing], -1)
    table = np.ascontiguousarray(np.concatenate([np.zeros((1, 4)), steps]))
    neighbours.swirled(source, target, corner, sweep.centre, sweep.length, table, sweep.turning)


Lines = tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray, int]


def _rings(far: np.ndarray, turn: np.ndarray, middle: float, sweep: Sweep) -> Lines:
    """Rings around the centre; the length along one is an angle, as seen from the middle of the block."""
    across = far / _APART
    first = math.floor(across.min())
    radii = np.arange(first, math.floor(across.max()) + 2) * _APART
    apart = max(_APART, sweep.length * radii[-1] / MOST)
    begin, end = turn + sweep.begin, turn + sweep.end
    scale = radii / apart
    low = np.floor(begin.min() * scale)
    samples = int(np.ceil(end.max() * scale - low).max()) + 2
    # sample k stands for the angles from k to k + 1 steps
    angle = (low + 0.5) / scale + middle
    lines = np.stack(
        [radii * np.cos(angle), radii * np.sin(angle), np.cos(1 / scale), np.sin(1 / scale), scale, low], -1
    )
    return (across - first, begin, end), lines, samples


def _rays(far: np.ndarray, turn: np.ndarray, middle: float, sweep: Sweep) -> Lines:
    """Rays from the centre; the length along one is the distance from it."""
    between = _APART / far.max()
    across = turn / between
    first = math.floor(across.min())
    angles = np.arange(first, math.floor(across.max()) + 2) * between + middle
    apart = max(_APART, sweep.length * float(far.max()) / MOST)
    begin, end = far * sweep.begin, far * sweep.end
    low = math.floor(begin.min() / apart)
    samples = math.ceil(end.max() / apart - low) + 2
    out = (low + 0.5) * apart
    scale = np.full(len(angles), 1 / apart)
    across_x, across_y = np.cos(angles), np.sin(angles)
    lines = np.stack(
        [
            out * across_x,
            out * across_y,
            apart * across_x,
            apart * across_y,
            scale,
            np.full(len(angles), low),
        ],
        -1,
    )
    return (across - first, begin, end), lines, samples
