"""What was copied: pixels with their place and colours, the layers themselves, and what other programs get of it."""

from __future__ import annotations

from collections.abc import Generator

import msgspec
import numpy as np

from studio.document.artwork import SRGB, Artwork, ColourSpace, Precision
from studio.document.layer import Layer
from studio.document.twins import twinning
from studio.raster.colour import to_straight8
from studio.raster.geometry import Rect
from studio.workspace import colours


def _nothing() -> np.ndarray:
    return np.zeros((0, 0, 4), np.uint8)


class Clip(msgspec.Struct, frozen=True, eq=False):
    """What was copied: premultiplied float32 ``pixels`` [h, w, 4] with their corner in document pixels, and the layers
    themselves where whole ones were copied. ``seen``: the pixels in straight 8-bit sRGB, for other programs."""

    pixels: np.ndarray
    left: int
    top: int
    colour_space: ColourSpace
    layers: tuple[Layer, ...] = ()
    precision: Precision = "float16"
    seen: np.ndarray = msgspec.field(default_factory=_nothing)

    @property
    def rect(self) -> Rect:
        return Rect.of(self.left, self.top, self.pixels.shape[1], self.pixels.shape[0])


def clipped(
    cut: Generator[float, None, tuple[np.ndarray, Rect]], artwork: Artwork, layers: tuple[Layer, ...] = ()
) -> Generator[float, None, Clip]:
    """The clip of what ``cut`` finds in the artwork; yields the part done. The layers' tiles become its own: their picture
    may be closed, and its journal with it, before they are pasted."""
    pixels, place = yield from cut
    own = []
    for layer in layers:
        own.append((yield from twinning(layer)))
    seen = np.empty(pixels.shape, np.uint8)
    for top, strip in colours.strips_between(pixels, artwork.colour_space, SRGB, quick=True):
        seen[top : top + strip.shape[0]] = to_straight8(strip)
        yield 1.0
    return Clip(pixels, place.left, place.top, artwork.colour_space, tuple(own), artwork.precision, seen)
