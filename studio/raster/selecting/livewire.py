"""The magnetic lasso: cheapest paths along edges.

Mortensen and Barrett, "Intelligent scissors for image composition", SIGGRAPH 1995: the cost of going from a pixel p to
its neighbour q is 0.43 f_Z(q) + 0.43 f_D(p, q) + 0.14 f_G(q), of zero crossings of the Laplacian, direction and
magnitude of the gradient, times the distance. The cheapest paths from one pixel to all others are found by sweeping
over the rows until nothing changes, which for one window of some hundred pixels is faster here than a heap.
"""

from __future__ import annotations

import math
from collections.abc import Generator

import cv2
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.selecting.regions import to_lab

WEIGHT_ZERO, WEIGHT_DIRECTION, WEIGHT_GRADIENT = 0.43, 0.43, 0.14
LOWEST = 0.01
"""Cost of a pixel on a perfect edge: a path still prefers to be short."""
SWEEPS = 24
"""Sweeps down and up after which a path that winds still more is taken as it is."""
_STEPS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))
"""(rows, columns) from p to q."""


def costs(pixels: np.ndarray, contrast: float = 0.0) -> np.ndarray:
    """float32 [8, h, w]: what it costs to enter each pixel by each of the eight steps.

    ``pixels``: premultiplied [h, w, 4]. ``contrast`` 0–1: weaker edges, relative to the strongest here, do not pull.
    """
    lab = to_lab(unpremultiply(pixels)[..., :3])
    lab = np.dstack([lab, np.asarray(pixels[..., 3], np.float32) * 100])
    across, down = _gradient(lab)
    strength = np.hypot(across, down)
    strongest = max(float(np.percentile(strength, 99.5)), 4.0)
    strength = np.minimum(strength / strongest, 1.0)
    if contrast > 0:
        strength = np.where(strength < contrast, 0, strength)
    node = WEIGHT_ZERO * _no_crossing(lab, strength) + WEIGHT_GRADIENT * (1 - strength)
    length = np.maximum(np.hypot(across, down), 1e-6)
    # The edge runs at a right angle to the gradient.
    along = np.stack([-across / length, down / length])  # rows, columns of the unit tangent
    out = np.empty((8, node.shape[0], node.shape[1]), np.float32)
    for index, (rows, columns) in enumerate(_STEPS):
        distance = math.hypot(rows, columns)
        cost = node + WEIGHT_DIRECTION * _turn(along, strength, rows / distance, columns / distance)
        out[index] = np.maximum(cost, LOWEST) * distance
    return out


def _gradient(lab: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives to the right and down of the channel that changes most at each pixel."""
    smooth = cv2.GaussianBlur(lab, (5, 5), 1.0, borderType=cv2.BORDER_REPLICATE)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8, borderType=cv2.BORDER_REPLICATE)
    best = np.argmax(across * across + down * down, axis=2)[..., None]
    return (
        np.take_along_axis(across, best, 2)[..., 0],
        np.take_along_axis(down, best, 2)[..., 0],
    )


def _no_crossing(lab: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """0 where the Laplacian of the lightness changes its sign and lies nearer to 0 than on the other side; 1 elsewhere."""
    smooth = cv2.GaussianBlur(lab, (0, 0), 1.4, borderType=cv2.BORDER_REPLICATE)
    out = np.ones(lab.shape[:2], np.float32)
    for channel in range(lab.shape[2]):
        bend = cv2.Laplacian(smooth[..., channel], cv2.CV_32F, ksize=3, borderType=cv2.BORDER_REPLICATE)
        size = np.abs(bend)
        for rows, columns in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            other = np.roll(bend, (rows, columns), (0, 1))
            out[(bend * other < 0) & (size <= np.abs(other)) & (strength > 0.08)] = 0
    return out


def _turn(along: np.ndarray, strength: np.ndarray, rows: float, columns: float) -> np.ndarray:
    """f_D of a unit step into each pixel: 0 along its edge and the one it comes from, 1 across both.

    Where there is no edge there is no direction either.
    """
    here = np.abs(along[0] * rows + along[1] * columns)
    there = np.roll(along, (round(rows), round(columns)), (1, 2))
    before = np.abs(there[0] * rows + there[1] * columns)
    angle = np.arccos(np.clip(here, 0, 1)) + np.arccos(np.clip(before, 0, 1))
    return 1 - strength * (1 - angle / math.pi)


class Paths:
    """The cheapest paths from every pixel of a window to ``start`` = (x, y)."""

    def __init__(self, cost: np.ndarray, start: tuple[int, int]) -> None:
        self._cost = cost
        self.start = start
        self._total = np.full((cost.shape[1], cost.shape[2]), np.inf, np.float64)
        self._total[start[1], start[0]] = 0.0
        self._across = np.cumsum(cost[4].astype(np.float64), axis=1)
        # to the left: sums from the right end
        self._back = np.cumsum(cost[3][:, ::-1].astype(np.float64), axis=1)[:, ::-1]

    def steps(self) -> Generator[None, None, Paths]:
        """One sweep down and up per step, until nothing gets cheaper."""
        rows = self._total.shape[0]
        for _ in range(SWEEPS):
            before = self._total.copy()
            self._row(self.start[1])
            for row in range(1, rows):
                self._from(row, row - 1, (5, 6, 7))
            for row in range(rows - 2, -1, -1):
                self._from(row, row + 1, (0, 1, 2))
            yield
            if np.array_equal(before, self._total):
                break
        return self

    def _from(self, row: int, other: int, kinds: tuple[int, int, int]) -> None:
        """Relaxes a row from the one beside it: diagonal right-to-left, straight, diagonal left-to-right; then itself."""
        here, there = self._total[row], self._total[other]
        left, straight, right = (self._cost[kind, row] for kind in kinds)
        np.minimum(here, there + straight, out=here)
        np.minimum(here[:-1], there[1:] + left[:-1], out=here[:-1])
        np.minimum(here[1:], there[:-1] + right[1:], out=here[1:])
        self._row(row)

    def _row(self, row: int) -> None:
        """Relaxes along a row, both ways, by running minima over the sums of its costs."""
        here, sums, back = self._total[row], self._across[row], self._back[row]
        np.minimum(here, np.minimum.accumulate(here - sums) + sums, out=here)
        np.minimum(here, (np.minimum.accumulate((here - back)[::-1]))[::-1] + back, out=here)

    def to(self, x: int, y: int) -> list[tuple[int, int]]:
        """Pixels (x, y) from the start to here, both included; a place outside the window is pulled in."""
        height, width = self._total.shape
        x, y = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
        path = [(x, y)]
        while (x, y) != self.start and len(path) < self._total.size:
            found = self._before(x, y)
            if found is None or self._total[found[1], found[0]] >= self._total[y, x]:
                break
            x, y = found
            path.append(found)
        return path[::-1]

    def _before(self, x: int, y: int) -> tuple[int, int] | None:
        height, width = self._total.shape
        best, place = math.inf, None
        for index, (rows, columns) in enumerate(_STEPS):
            row, column = y - rows, x - columns
            if 0 <= row < height and 0 <= column < width:
                total = self._total[row, column] + self._cost[index, y, x]
                if total < best:
                    best, place = total, (column, row)
        return place


def paths_from(
    pixels: np.ndarray, start: tuple[int, int], contrast: float = 0.0
) -> Generator[None, None, Paths]:
    """Steps to the paths of a window of premultiplied ``pixels`` [h, w, 4]; returns them."""
    cost = costs(pixels, contrast)
    yield
    return (yield from Paths(cost, start).steps())
