"""Gradient-domain cloning under the hand: solved anew at preview size, on the render lane, for each place it is dragged to."""

from __future__ import annotations

import math
from collections.abc import Generator

import msgspec
import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Paint, inverse, joined
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.resample import resize
from studio.raster.surface import Surface

SIDE = 512
"""Pixels of a preview's longer side: the solution of one, all of it unknown, takes about 35 ms there."""


class Size(msgspec.Struct, frozen=True):
    """How large a preview is: read at mip level ``level`` in ``area`` (pixels of that level), then made ``width`` × ``height``."""

    level: int
    area: Rect
    width: int
    height: int

    @property
    def scale(self) -> tuple[float, float]:
        """Document pixels across and down one pixel of the preview."""
        one = float(1 << self.level)
        return one * self.area.width / self.width, one * self.area.height / self.height

    def moved(self, place: tuple[int, int]) -> Rect:
        """The area ``place`` document pixels away, to whole pixels of the level."""
        return self.area.move(*(round(value / (1 << self.level)) for value in place))

    def made(self, pixels: np.ndarray) -> np.ndarray:
        """Float32 of the area's size, one or four channels, as means over the preview's pixels."""
        if pixels.shape[:2] == (self.height, self.width):
            return pixels
        return resize(np.ascontiguousarray(pixels), self.width, self.height, "area")


def size_for(box: Rect, rim: int) -> Size:
    """The preview of ``box`` (document pixels) with ``rim`` of its own pixels or more around.

    The box's longer side has ``SIDE`` pixels in it wherever the picture has as many: the coarsest mip level that is no
    smaller is read, and reduced from there.
    """
    level = 0
    while max(box.width, box.height) >> level >= 2 * SIDE:
        level += 1
    area = box.at_level(level)
    part = min(1.0, SIDE / max(area.width, area.height))
    # One more where it is reduced: none of the outermost pixels may have a share in the box.
    area = area.grow(rim if part == 1 else math.ceil(rim / part) + 1)
    return Size(level, area, max(1, round(part * area.width)), max(1, round(part * area.height)))


def silently(work: Generator[float, None, np.ndarray]) -> Generator[None, None, np.ndarray]:
    """The same steps and result; a frame is too short to tell how far it is."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
        yield


def laid(
    artwork: Artwork, layer_id: str, pixels: np.ndarray, size: Size, place: tuple[int, int] = (0, 0)
) -> Artwork:
    """The paint layer ``layer_id`` with ``pixels`` (premultiplied float32 [h, w, 4], a preview of ``size``) as all it holds.

    ``place``: how far from where they were read they lie, in document pixels. For showing: the layer lies enlarged,
    whatever groups it is in.
    """
    across, down = size.scale
    left, top = size.area.left << size.level, size.area.top << size.level
    there: Affine = (across, 0.0, 0.0, down, float(left + place[0]), float(top + place[1]))
    parent = tree.parent_of(artwork, layer_id)
    if parent is not None:
        there = joined(inverse(tree.transform_of(artwork, parent.id)), there)
    surface = Surface.from_pixels(as_type(np.ascontiguousarray(pixels), artwork.dtype))

    def shown(layer: object) -> tuple[Paint]:
        assert isinstance(layer, Paint)
        return (layer.with_(surface=surface, transform=there),)

    return tree.rewrite(artwork, layer_id, shown)
