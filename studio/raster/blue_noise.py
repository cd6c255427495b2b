"""Blue noise: thresholds without low frequencies, in a square that repeats without a seam.

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
def blue_noise(seed: int) -> np.ndarray:
    """float32 [SIDE, SIDE]: each of the values (i + ½) / SIDE² once. Shared: not to be changed."""
    drawn = random.uniform(seed, Rect(0, 0, SIDE, SIDE), (0,), _STREAM)[..., 0]
    count = int(_FIRST * SIDE * SIDE)
    chosen = np.argsort(drawn.ravel(), kind="stable")[:count]
    energies = _Energies()
    energies.begin(chosen)
    _spread_out(energies)
    ranks = np.empty(SIDE * SIDE, np.int64)
    first = energies.points()
    for rank in range(count - 1, -1, -1):
        ranks[energies.take_from_cluster()] = rank
    energies.begin(first)
    for rank in range(count, SIDE * SIDE):
        ranks[energies.put_into_void()] = rank
    made = ((ranks + 0.5) / (SIDE * SIDE)).astype(np.float32).reshape(SIDE, SIDE)
    made.setflags(write=False)
    return made


class _Energies:
    """How crowded every place is: a sum of Gaussians around the points, on a square that repeats."""

    def __init__(self) -> None:
        away = np.minimum(np.arange(SIDE), SIDE - np.arange(SIDE)).astype(np.float64)
        along = np.exp(-(away**2) / (2 * _SIGMA**2))
        # Twice as wide, so that the Gaussian around any point is a part of it.
        self._around = np.tile(np.outer(along, along), (2, 2))

    def begin(self, points: np.ndarray) -> None:
        self._energy = np.zeros((SIDE, SIDE))
        # What is searched for the largest void and the tightest cluster: the other places lie beyond reach.
        self._void = np.zeros(SIDE * SIDE)
        self._cluster = np.full(SIDE * SIDE, -np.inf)
        for point in points:
            self._put(int(point))

    def points(self) -> np.ndarray:
        return np.nonzero(np.isinf(self._void))[0]

    def _gaussian(self, point: int) -> np.ndarray:
        row, column = divmod(point, SIDE)
        return self._around[SIDE - row : 2 * SIDE - row, SIDE - column : 2 * SIDE - column]

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


def _spread_out(energies: _Energies) -> None:
    """Moves points from clusters into voids until the point taken away is the one that is missing most."""
    for _ in range(SIDE * SIDE):
        taken = energies.take_from_cluster()
        if energies.put_into_void() == taken:
            return
