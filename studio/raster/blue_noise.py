"""Blue noise: thresholds without low frequencies, in a square, or a rectangle, that repeats without a seam.

R. Ulichney, "The void-and-cluster method for dither array generation", SPIE 1913 (1993).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect

SIDE = 128
"""Side of the square in pixels."""
_SIGMA = 1.9
_FIRST = 0.1
"""Share of the points that the first pattern has."""
_STREAM = 0x424C


@lru_cache(maxsize=8)
def blue_noise(seed: int, shape: tuple[int, int] = (SIDE, SIDE)) -> np.ndarray:
    """float32 of ``shape`` (rows, columns): each of the values (i + ½) / their number once. Shared: not to be changed."""
    rows, columns = shape
    total = rows * columns
    drawn = random.uniform(seed, Rect(0, 0, columns, rows), (0,), _STREAM)[..., 0]
    count = max(1, int(_FIRST * total))
    chosen = np.argsort(drawn.ravel(), kind="stable")[:count]
    energies = _Energies(shape)
    energies.begin(chosen)
    _spread_out(energies, total)
    ranks = np.empty(total, np.int64)
    first = energies.points()
    for rank in range(count - 1, -1, -1):
        ranks[energies.take_from_cluster()] = rank
    energies.begin(first)
    for rank in range(count, total):
        ranks[energies.put_into_void()] = rank
    made = ((ranks + 0.5) / total).astype(np.float32).reshape(shape)
    made.setflags(write=False)
    return made


class _Energies:
    """How crowded every place is: a sum of Gaussians around the points, on a rectangle that repeats."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self._shape = shape
        down, across = (self._along(side) for side in shape)
        # Twice as wide, so that the Gaussian around any point is a part of it.
        self._around = np.tile(np.outer(down, across), (2, 2))

    @staticmethod
    def _along(side: int) -> np.ndarray:
        away = np.minimum(np.arange(side), side - np.arange(side)).astype(np.float64)
        return np.exp(-(away**2) / (2 * _SIGMA**2))

    def begin(self, points: np.ndarray) -> None:
        total = self._shape[0] * self._shape[1]
        self._energy = np.zeros(self._shape)
        # What is searched for the largest void and the tightest cluster: the other places lie beyond reach.
        self._void = np.zeros(total)
        self._cluster = np.full(total, -np.inf)
        for point in points:
            self._put(int(point))

    def points(self) -> np.ndarray:
        return np.nonzero(np.isinf(self._void))[0]

    def _gaussian(self, point: int) -> np.ndarray:
        rows, columns = self._shape
        row, column = divmod(point, columns)
        return self._around[rows - row : 2 * rows - row, columns - column : 2 * columns - column]

    def _put(self, point: int) -> None:
        self._energy += self._gaussian(point)
        self._void[point], self._cluster[point] = np.inf, 0.0

    def put_into_void(self) -> int:
        point = int(np.argmin(self._energy.ravel() + self._void))
        self._put(point)
        return point

    def take_from_cluster(self) -> int:
        point = int(np.argmax(self._energy.ravel() + self._cluster))
        self._energy -= self._gaussian(point)
        self._void[point], self._cluster[point] = 0.0, -np.inf
        return point


def _spread_out(energies: _Energies, total: int) -> None:
    """Moves points from clusters into voids until the point taken away is the one that is missing most."""
    for _ in range(total):
        taken = energies.take_from_cluster()
        if energies.put_into_void() == taken:
            return
