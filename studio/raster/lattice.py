"""A picture that repeats, under the brush on a layer that is turned or scaled in it: dabs come in again at the other edges.

There the repeating rectangle is no rectangle of the layer, so that pixels cannot be wrapped: each dab is laid once for every
place at which the picture shows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from studio.raster.dab import Dabs
from studio.raster.geometry import Rect

Affine = tuple[float, float, float, float, float, float]


class Lattice(NamedTuple):
    """``rect``: the picture; ``x``, ``y``: which of its axes repeat. ``to_picture``: from the layer's pixels, ``to_layer`` back."""

    rect: Rect
    x: bool
    y: bool
    to_picture: Affine
    to_layer: Affine

    def copies(self, dabs: Dabs) -> Iterator[Dabs]:
        """The dabs at each place at which the picture shows them."""
        a, b, c, d, tx, ty = self.to_picture
        across, down = a * dabs.x + c * dabs.y + tx, b * dabs.x + d * dabs.y + ty
        reach = (float(np.max(dabs.radius)) + 2) * max(math.hypot(a, b), math.hypot(c, d)) + 1
        for column in _steps(across, reach, self.rect.left, self.rect.right, self.x):
            for row in _steps(down, reach, self.rect.top, self.rect.bottom, self.y):
                yield self._moved(dabs, column * self.rect.width, row * self.rect.height)

    def _moved(self, dabs: Dabs, x: int, y: int) -> Dabs:
        if not x and not y:
            return dabs
        a, b, c, d = self.to_layer[:4]
        return dabs._replace(x=dabs.x + (a * x + c * y), y=dabs.y + (b * x + d * y))


def _steps(places: np.ndarray, reach: float, low: int, high: int, repeats: bool) -> range:
    """By how many periods dabs have to be moved to touch the picture."""
    if not repeats:
        return range(1)
    side = high - low
    first, last = float(np.min(places)) - reach, float(np.max(places)) + reach
    return range(math.ceil((low - last) / side), math.floor((high - first) / side) + 1)
