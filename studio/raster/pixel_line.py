"""Lines of single pixels without corners: of three pixels that form an L the one at the corner is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.raster.dab import Dabs

if TYPE_CHECKING:
    from studio.raster.brush import Brush

LARGEST = 1.5
"""Diameter in pixels of a hard-pixel brush whose lines are cleaned."""

Pixel = tuple[int, int]


class PixelLine:
    """Takes dabs in order and gives them back one pixel later, each pixel once."""

    def __init__(self) -> None:
        self._before: Pixel | None = None
        self._held: tuple[Pixel, Dabs] | None = None

    @classmethod
    def of(cls, brush: Brush) -> PixelLine | None:
        """For a brush that draws single hard pixels; None for all others."""
        return cls() if brush.aliased and brush.size <= LARGEST and not brush.scatter else None

    def cleaned(self, dabs: list[Dabs]) -> list[Dabs]:
        """Those of the dabs, and of the one held back, that belong to the line."""
        found: list[Dabs] = []
        for piece in dabs:
            pixels = np.floor(np.stack([piece.x, piece.y], 1)).astype(int).tolist()
            for index, (column, row) in enumerate(pixels):
                found += self._next((column, row), piece.part(index, index + 1))
        return found

    def _next(self, pixel: Pixel, dab: Dabs) -> list[Dabs]:
        if self._held is None:
            self._held = pixel, dab
            return []
        held, kept = self._held
        if pixel == held:
            return []
        self._held = pixel, dab
        if self._before is not None and _corner(self._before, held, pixel):
            return []
        self._before = held
        return [kept]

    def rest(self) -> list[Dabs]:
        """The dab that was held back."""
        held, self._held = self._held, None
        return [] if held is None else [held[1]]


def _corner(first: Pixel, middle: Pixel, last: Pixel) -> bool:
    """Whether ``first`` and ``last`` touch at a corner only, and ``middle`` lies beside both."""
    apart = abs(first[0] - last[0]), abs(first[1] - last[1])
    beside = abs(first[0] - middle[0]) + abs(first[1] - middle[1])
    return apart == (1, 1) and beside == 1
