"""The next lighter or darker shade of a colour: its lightness in Oklab changes, its hue stays."""

from __future__ import annotations

import numpy as np

from studio.raster.colour import oklch_in_srgb, rgb_to_oklch

Colour = tuple[float, float, float]
STEP = 0.05
"""Of the lightness 0–1."""


class Shades:
    """Remembers the hue and chroma that a row of steps began with, so that the way back from black leads to the same colour."""

    def __init__(self) -> None:
        self._last: Colour | None = None
        self._wanted = np.zeros(3)

    def next(self, colour: Colour, direction: int) -> Colour:
        """One step lighter (1) or darker (−1), encoded sRGB; as much of the chroma as fits into sRGB at that lightness."""
        if colour != self._last:
            self._wanted = rgb_to_oklch(np.array(colour, np.float64))
        self._wanted[0] = np.clip(self._wanted[0] + direction * STEP, 0.0, 1.0)
        red, green, blue = oklch_in_srgb(self._wanted).tolist()
        self._last = red, green, blue
        return self._last
