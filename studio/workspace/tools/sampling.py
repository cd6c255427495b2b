"""What brushes take from: one layer or the whole picture as it was when the stroke began, in the pixels painted on."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from studio.document import edits, selecting
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Paint, inverse, is_integer_move
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.plane import Wrap
from studio.raster.resample import warp_affine
from studio.render.renderer import Renderer

Read = Callable[[Rect], np.ndarray]
"""Premultiplied float [h, w, 4] of a rectangle."""


class Snapshot:
    """Keeps what was read, tile by tile: a stroke asks for the same places again and again."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._tiles: dict[TileKey, np.ndarray] = {}

    def __call__(self, rect: Rect) -> np.ndarray:
        out = np.empty((rect.height, rect.width, 4), np.float32)
        for key in tile_keys(rect):
            place = Rect.of_tile(key)
            part = rect.intersect(place)
            target, source = part.move(-rect.left, -rect.top), part.move(-place.left, -place.top)
            out[target.top : target.bottom, target.left : target.right] = self._tile(key)[
                source.top : source.bottom, source.left : source.right
            ]
        return out

    def holds(self, key: TileKey) -> bool:
        """Whether a tile was read already."""
        return key in self._tiles

    def fetch(self, key: TileKey) -> None:
        """Reads a tile, in any thread; where two read it at once it is the same."""
        self._tile(key)

    def _tile(self, key: TileKey) -> np.ndarray:
        found = self._tiles.get(key)
        if found is None:
            found = self._tiles[key] = self._read(Rect.of_tile(key))
        return found


def whole_picture(
    renderer: Renderer, artwork: Artwork, to_document: Affine, wrap: Wrap | None = None
) -> Snapshot:
    """The composite of ``artwork``, in the pixels of a layer that lies at ``to_document``. ``wrap``: of a picture that repeats
    what lies beyond an edge, too."""
    return Snapshot(_placed(across(lambda rect: renderer.compose(artwork, rect, 0), wrap), to_document))


def one_layer(
    renderer: Renderer, artwork: Artwork, layer_id: str, to_document: Affine, wrap: Wrap | None = None
) -> Snapshot:
    """One layer without its mask, mode and opacity; a paint layer's own pixels where both lie on the same grid."""
    layer = artwork.find(layer_id)
    assert layer is not None
    own = edits.transform_of(artwork, layer_id)
    if isinstance(layer, Paint) and not layer.warp and is_integer_move(own) and is_integer_move(to_document):
        across, down = int(to_document[4] - own[4]), int(to_document[5] - own[5])
        surface = layer.surface
        return Snapshot(lambda rect: surface.read(rect.move(across, down)))
    return whole_picture(renderer, selecting.alone(artwork, layer_id), to_document, wrap)


def across(read: Read, wrap: Wrap | None) -> Read:
    """``read`` of a picture that repeats: beyond an edge there is what lies at the other one."""
    if wrap is None:
        return read

    def taken(rect: Rect) -> np.ndarray:
        if wrap.rect.contains(rect):
            return read(rect)
        out = np.empty((rect.height, rect.width, 4), np.float32)
        for there, x, y in wrap.inside(rect):
            out[y : y + there.height, x : x + there.width] = read(there)
        return out

    return taken


def _placed(read: Read, to_document: Affine) -> Read:
    """``read`` of document pixels, in layer pixels."""
    if is_integer_move(to_document):
        across, down = int(to_document[4]), int(to_document[5])
        return lambda rect: read(rect.move(across, down))
    a, b, c, d, tx, ty = to_document
    to_layer = inverse(to_document)

    def turned(rect: Rect) -> np.ndarray:
        corners = [(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
        columns = [a * x + c * y + tx for x, y in corners]
        rows = [b * x + d * y + ty for x, y in corners]
        around = Rect(
            math.floor(min(columns)) - 2,
            math.floor(min(rows)) - 2,
            math.ceil(max(columns)) + 2,
            math.ceil(max(rows)) + 2,
        )
        e, f, g, h, ux, uy = to_layer
        moved = (
            e, f, g, h,
            ux + e * around.left + g * around.top,
            uy + f * around.left + h * around.top,
        )  # fmt: skip
        return warp_affine(read(around), moved, rect.width, rect.height, left=rect.left, top=rect.top)

    return turned
