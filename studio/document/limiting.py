"""A change that shows only inside the selection: the same picture once more, clipped to itself, behind a mask."""

from __future__ import annotations

import math

import numpy as np
from msgspec.structs import replace

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import Generated, Locks, new_id
from studio.document.painting import selection_in_layer
from studio.raster.colour import narrow, widen
from studio.raster.geometry import TILE, Rect
from studio.raster.mask import Mask
from studio.raster.tile import Tile


def part_of(artwork: Artwork, layer: Generated, name: str) -> Generated | None:
    """A layer to lie directly above ``layer``, with its shown picture and the selection as its mask.

    Clipped to ``layer`` it blends plainly over it, old·(1 − s) + new·s, and takes part in the opacity, mode, mask and effects
    of ``layer``. None while nothing is selected.
    """
    if artwork.selection is None or layer.variant is None:
        return None
    a, b, c, d = tree.transform_of(artwork, layer.id)[:4]
    reach = math.ceil(4 * max(1.0, abs(a) + abs(c), abs(b) + abs(d)))  # of the resampling, in document pixels
    mask = selection_in_layer(
        artwork.with_(selection=beyond(artwork.selection, artwork.rect, reach)), layer.id
    )
    assert mask is not None, "something is selected"
    variant = replace(layer.variant, id=new_id(), star=False)
    opacity = 1.0
    if layer.clipping:  # both are clipped to the same base, so it has to bring what hides the layer itself
        opacity = layer.opacity
        mask = product(mask, layer.mask) if layer.mask is not None and layer.mask_enabled else mask
    return layer.with_(
        id=new_id(), name=name, visible=True, opacity=opacity, mode="normal", clipping=True, mask=mask, mask_enabled=True,
        locks=Locks(), effects=(), tracks={}, variants=(variant,), chosen=0, dropped=(),
    )  # fmt: skip


def beyond(selection: Mask, canvas: Rect, reach: int) -> Mask:
    """The selection carried on ``reach`` pixels past the edges of the canvas that it touches, so that none softens there."""
    left, top, right, bottom = canvas.left, canvas.top, canvas.right, canvas.bottom
    for row, place in (
        (top, Rect(left, top - reach, right, top)),
        (bottom - 1, Rect(left, bottom, right, bottom + reach)),
    ):
        line = selection.read(Rect(left, row, right, row + 1))
        if line.any():
            selection = selection.write(place, np.repeat(line, reach, 0))
    up, down = top - reach, bottom + reach
    for column, place in (
        (left, Rect(left - reach, up, left, down)),
        (right - 1, Rect(right, up, right + reach, down)),
    ):
        line = selection.read(Rect(column, up, column + 1, down))
        if line.any():
            selection = selection.write(place, np.repeat(line, reach, 1))
    return selection


def with_part(artwork: Artwork, layer_id: str, part: Generated) -> Artwork:
    """The artwork with a part above its layer, and active; unchanged where the part is there or the layer is not."""
    if artwork.find(part.id) is not None or artwork.find(layer_id) is None:
        return artwork
    return edits.add_layer(artwork, part, above=layer_id)


def product(first: Mask, second: Mask) -> Mask:
    """Both masks at once: their values multiplied."""
    tiles = {}
    for key in first.tiles.keys() | second.tiles.keys():
        pair = []
        for mask in (first, second):
            tile = mask.tile(key)
            whole = np.full((TILE, TILE), mask.default, np.float16)
            pair.append(widen(whole if tile is None else tile.pixels()))
        tiles[key] = Tile(narrow(pair[0] * pair[1]))
    return Mask(tiles, first.default * second.default)
