"""The one mask type: selection, layer mask, inpaint mask, region, strength."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.raster.geometry import Rect, TileKey
from studio.raster.surface import TileGrid
from studio.raster.tile import Tile


class Mask(TileGrid):
    """One channel, 0–1, float16, with a value where there is no tile: a new layer mask 1, a selection 0. Frozen."""

    __slots__ = ("default",)
    channels = 1

    def __init__(self, tiles: Mapping[TileKey, Tile] | None = None, default: float = 0.0) -> None:
        super().__init__(tiles, np.float16)
        self.default = float(default)

    @classmethod
    def from_pixels(cls, pixels: np.ndarray, left: int = 0, top: int = 0, default: float = 0.0) -> Mask:
        """A mask of ``pixels`` [height, width], values 0–1."""
        rect = Rect.of(left, top, pixels.shape[1], pixels.shape[0])
        return cls(default=default).write(rect, pixels.astype(np.float16))

    def write(self, rect: Rect, pixels: np.ndarray) -> Mask:
        """A mask with ``pixels`` [h, w] in ``rect``; untouched tiles are shared, tiles of the default dropped."""
        return Mask(self._written(rect, pixels), self.default)

    def replace(self, changed: Mapping[TileKey, Tile | None]) -> Mask:
        return Mask(self._with(changed), self.default)
