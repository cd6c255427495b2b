"""Where what comes into a picture goes: where it was if any of that is seen, else into the middle of what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from studio.document import edits, masks, tree
from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import IDENTITY, Group, Layer, joined
from studio.document.painting import check_room
from studio.raster.colour import as_type, to_float
from studio.raster.geometry import TILE, Rect
from studio.raster.surface import Surface
from studio.workspace import colours
from studio.workspace.work import Work

Point = tuple[float, float]
AT_ONCE = 1 << 18
"""Pixels that become a layer in the calling thread; more do so on the render lane."""


def visible(canvas: Rect, seen: Rect | None) -> Rect:
    """The part of the canvas that a view shows which sees ``seen``; all of it where the view looks beside it."""
    part = canvas if seen is None else canvas.intersect(seen)
    return canvas if part.empty else part


def middle(part: Rect, wanted: Point | None) -> Point:
    """``wanted`` if it lies in ``part``, else the middle of that."""
    if wanted is not None and part.left <= wanted[0] < part.right and part.top <= wanted[1] < part.bottom:
        return wanted
    return (part.left + part.right) / 2, (part.top + part.bottom) / 2


def shift_into(box: Rect, part: Rect, centre: Point | None) -> tuple[int, int]:
    """By how much what fills ``box`` has to be moved so that some of it is seen in ``part``; not at all where it is.

    Then its middle comes to ``centre``, or into the middle of ``part`` where that lies elsewhere.
    """
    if box.empty or not box.intersect(part).empty:
        return 0, 0
    return shift_onto(box, middle(part, centre))


def shift_onto(box: Rect, place: Point) -> tuple[int, int]:
    """By how much the middle of ``box`` is away from a place."""
    return round(place[0] - (box.left + box.right) / 2), round(place[1] - (box.top + box.bottom) / 2)


def moved(layer: Layer, shift: tuple[int, int]) -> Layer:
    """The layer moved by whole pixels of what is around it; nothing is resampled."""
    if shift == (0, 0):
        return layer
    return layer.with_(
        transform=joined((1.0, 0.0, 0.0, 1.0, float(shift[0]), float(shift[1])), layer.transform)
    )


def added(artwork: Artwork, layers: Sequence[Layer]) -> Artwork:
    """The artwork with layers of the document's space above the active one, in their order; the topmost is active.

    Several are chosen together. In a group that is moved they stay where they are seen. Raises EditError.
    """
    check_room(artwork)
    above: str | None = None
    for layer in layers:
        artwork = edits.add_layer(artwork, layer, above=above)
        parent = tree.parent_of(artwork, layer.id)
        outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
        placed = tree.kept_in_place(layer, None, outer, artwork)
        if placed is not layer:
            artwork = tree.rewrite(artwork, layer.id, lambda _, placed=placed: (placed,))
        above = layer.id
    chosen = tuple(layer.id for layer in layers) if len(layers) > 1 else ()
    return artwork.with_(selected=chosen)


def masked(artwork: Artwork, layers: Sequence[Layer], name: str) -> Artwork:
    """The same with a mask that shows of them what is selected; ``name`` of the group that several need for it, or one
    that has a mask already. Raises EditError where nothing is selected."""
    only = layers[0]
    if len(layers) > 1 or only.mask is not None or only.clipping:
        only = Group(name=name, children=tuple(layers))
    artwork = added(artwork, (only,))
    return masks.from_selection(artwork, only.id)


def done(steps: Work) -> Any:
    """What work in steps returns, done in this thread."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def laying(pixels: np.ndarray, source: ColourSpace, artwork: Artwork, corner: tuple[int, int]) -> Work:
    """The surface of pixels [h, w, 4] of the colour space ``source``, as the artwork has its pixels; ``corner`` (x, y).

    ``pixels``: premultiplied float32, or straight uint8. In steps of a lane; yields the part done.
    """
    height, width = pixels.shape[:2]
    out = np.empty(pixels.shape, artwork.dtype)
    rows = max(1, colours.STRIP_PIXELS // max(1, width))
    quick = pixels.dtype == np.uint8
    for top in range(0, height, rows):
        strip = pixels[top : top + rows]
        strip = to_float(strip) if quick else strip
        strip = colours.pixels_between(strip, source, artwork.colour_space, quick=quick)
        out[top : top + rows] = as_type(strip, artwork.dtype)
        yield 0.5 * (top + rows) / height
    surface = Surface(dtype=artwork.dtype)
    for top in range(0, height, TILE):
        part = out[top : top + TILE]
        surface = surface.write(Rect.of(corner[0], corner[1] + top, width, part.shape[0]), part)
        yield 0.5 + 0.5 * top / height
    return surface
