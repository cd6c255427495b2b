"""Gradient-domain cloning under the hand: solved anew at preview size, on the render lane, for each place it is dragged to."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Paint, inverse, joined
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.surface import Surface

SIDE = 320
"""Pixels of a preview's longer side: the solution of one takes about 30 ms there."""


def level_for(area: Rect) -> int:
    """The mip level at which an area is solved while it is dragged: its longer side is at most ``SIDE`` pixels there."""
    level = 0
    while max(area.width, area.height) >> level > SIDE:
        level += 1
    return level


def silently(work: Generator[float, None, np.ndarray]) -> Generator[None, None, np.ndarray]:
    """The same steps and result; a frame is too short to tell how far it is."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
        yield


def laid(
    artwork: Artwork, layer_id: str, pixels: np.ndarray, level: int, place: tuple[float, float]
) -> Artwork:
    """The paint layer ``layer_id`` with ``pixels`` (premultiplied float32 [h, w, 4], of ``level``) as all it holds.

    ``place``: their upper left corner in document pixels. For showing: the layer lies enlarged, whatever groups it is in.
    """
    scale = float(1 << level)
    there: Affine = (scale, 0.0, 0.0, scale, *place)
    parent = tree.parent_of(artwork, layer_id)
    if parent is not None:
        there = joined(inverse(tree.transform_of(artwork, parent.id)), there)
    surface = Surface.from_pixels(as_type(np.ascontiguousarray(pixels), artwork.dtype))

    def shown(layer: object) -> tuple[Paint]:
        assert isinstance(layer, Paint)
        return (layer.with_(surface=surface, transform=there),)

    return tree.rewrite(artwork, layer_id, shown)
