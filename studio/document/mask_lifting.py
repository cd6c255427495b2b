"""Selected values of a layer's mask moved by themselves: what they leave has the value that the mask has beyond its tiles.

Tiles are computed where they are drawn, so that a drag of a large mask costs the hand nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from functools import partial

import msgspec
import numpy as np

from studio.document import edits, placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Layer, is_integer_move
from studio.document.lifting import check_place_free
from studio.document.painting import mask_of, selection_in_layer
from studio.document.sharing import late_mask
from studio.raster import perspective, warp
from studio.raster.colour import narrow, widen
from studio.raster.geometry import EMPTY, TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.resample import sampled
from studio.raster.selecting.combining import extent
from studio.raster.tile import Tile
from studio.raster.warp import Warp
from studio.recipe import QT_TRANSLATE_NOOP

_NOTHING = QT_TRANSLATE_NOOP("document", "The selection is empty or lies outside of the picture.")
_MOST_SAMPLES = 4
"""Samples along each side of a pixel where a mask is made smaller."""

Values = Callable[[Rect], tuple[np.ndarray, np.ndarray]]
"""(value·s, s), float32 [h, w], of what was lifted, where it lies now in a rectangle of the layer."""


class LiftedMask(msgspec.Struct, frozen=True, eq=False):
    """``artwork``: as it was, the mask enabled. ``chosen``: the selection in the layer's pixels. ``area``: it in document
    pixels. ``copy``: what is moved stays where it was, too."""

    artwork: Artwork
    before: Artwork
    layer: Layer
    mask: Mask
    chosen: Mask
    area: Rect
    copy: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Layers that are taken elsewhere: none, the mask's own stays."""
        return ()


def lift_mask(artwork: Artwork, *, copy: bool = False) -> LiftedMask:
    """The selected part of the mask that is painted on. Raises EditError for a locked layer or an empty selection."""
    layer = artwork.active_layer
    assert layer is not None and artwork.selection is not None
    check_place_free(artwork, layer.id)
    selection = artwork.selection
    area = artwork.rect if selection.default else extent(selection)
    if area.empty:
        raise EditError(_NOTHING)
    shown, mask = mask_of(artwork, layer.id)
    if selection.default:  # beyond the picture there is no end of it
        selection = Mask.from_pixels(selection.read(area), area.left, area.top)
    chosen = selection_in_layer(artwork.with_(selection=selection), layer.id)
    assert chosen is not None
    return LiftedMask(shown, artwork, layer, mask, chosen, area, copy)


def placed_mask(lifted: LiftedMask, bends: Warp) -> Artwork:
    """The artwork with what was lifted under ``bends`` (document pixels); its tiles are computed when they are needed."""
    moved = _moved(lifted, bends)
    tiles: dict[TileKey, Tile | None] = {}
    for key in _keys(lifted, bends):
        tiles[key] = late_mask(partial(_tile, lifted, moved, Rect.of_tile(key)))
    return edits.change(lifted.artwork, lifted.layer.id, mask=lifted.mask.replace(tiles))


def laid_mask(lifted: LiftedMask, bends: Warp) -> Generator[float, None, Artwork]:
    """The same, computed. Yields the part done, 0–1."""
    moved, keys = _moved(lifted, bends), _keys(lifted, bends)
    tiles: dict[TileKey, Tile | None] = {}
    for done, key in enumerate(keys):
        pixels = _tile(lifted, moved, Rect.of_tile(key))
        old = lifted.mask.tile(key)
        if old is not None and np.array_equal(pixels, old.pixels()):
            tiles[key] = old
        else:
            tiles[key] = Tile(pixels) if (pixels != np.float16(lifted.mask.default)).any() else None
        yield (done + 1) / len(keys)
    return edits.change(lifted.artwork, lifted.layer.id, mask=lifted.mask.replace(tiles))


def _tile(lifted: LiftedMask, moved: Values, rect: Rect) -> np.ndarray:
    """old·(1 − s) + default·s (of a copy: old), and over it what comes to lie there."""
    rest = widen(lifted.mask.read(rect))
    if not lifted.copy:
        rest = rest + widen(lifted.chosen.read(rect)) * (np.float32(lifted.mask.default) - rest)
    values, cover = moved(rect)
    return narrow(np.ascontiguousarray(rest * (1 - cover) + values, np.float32))


def _way(lifted: LiftedMask) -> Warp:
    """From the layer's pixels to the document."""
    outer = tree.transform_of(lifted.artwork, lifted.layer.id)
    return warp.bent(lifted.layer.warp, perspective.of_affine(outer))


def _keys(lifted: LiftedMask, bends: Warp) -> list[TileKey]:
    """Tiles that what was lifted leaves or comes to."""
    left, top, right, bottom = warp.bounds(bends, lifted.area)
    there = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)).grow(2)
    x, y = np.meshgrid(np.linspace(there.left, there.right, 17), np.linspace(there.top, there.bottom, 17))
    points = warp.backward(_way(lifted), np.stack([x.ravel(), y.ravel()], 1))
    points = points[np.abs(points).max(1) < 1e6]
    found = set(lifted.chosen.tiles)
    if len(points):
        (left, top), (right, bottom) = points.min(0), points.max(0)
        area = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)).grow(2)
        found.update(tile_keys(area))
    return sorted(found)


def _moved(lifted: LiftedMask, bends: Warp) -> Values:
    by = _whole_move(lifted, bends)
    if by is not None:
        return partial(_read, lifted, by)
    middle = (lifted.area.left + lifted.area.right) / 2, (lifted.area.top + lifted.area.bottom) / 2
    scale = warp.scale_at(bends, *middle) or 1.0
    return partial(_sampled, lifted, bends, min(_MOST_SAMPLES, max(1, math.ceil(1 / scale - 0.01))))


def _whole_move(lifted: LiftedMask, bends: Warp) -> tuple[int, int] | None:
    """The move in the layer's pixels, where it is one by whole pixels."""
    matrix = warp.straight(bends)
    affine = perspective.as_affine(matrix) if matrix is not None else None
    if affine is None or lifted.layer.warp:
        return None
    outer = tree.transform_of(lifted.artwork, lifted.layer.id)
    own = warp.straight(placing.conjugated(bends, outer))
    inside = perspective.as_affine(own) if own is not None else None
    inside = placing.tidied(inside) if inside is not None else None
    if inside is None or not is_integer_move(inside):
        return None
    return int(inside[4]), int(inside[5])


def _read(lifted: LiftedMask, by: tuple[int, int], rect: Rect) -> tuple[np.ndarray, np.ndarray]:
    here = rect.move(-by[0], -by[1])
    cover = widen(lifted.chosen.read(here))
    return widen(lifted.mask.read(here)) * cover, cover


def _sampled(lifted: LiftedMask, bends: Warp, times: int, rect: Rect) -> tuple[np.ndarray, np.ndarray]:
    """Each of the layer's pixels asks for its place before the bends; linear between the pixels there."""
    steps = (np.arange(TILE * times) + 0.5) / times
    x, y = np.meshgrid(rect.left + steps, rect.top + steps)
    way = _way(lifted)
    points = warp.forward(way, np.stack([x.ravel(), y.ravel()], 1))
    points = warp.backward(way, warp.backward(bends, points))
    bounds = lifted.chosen.bounds.grow(2)
    near = np.abs(points).max(1) < 1e6
    inside = points[near]
    area = EMPTY
    if len(inside):
        (left, top), (right, bottom) = inside.min(0), inside.max(0)
        area = Rect(math.floor(left) - 1, math.floor(top) - 1, math.ceil(right) + 1, math.ceil(bottom) + 1)
        area = area.intersect(bounds)
    if area.empty:
        nothing = np.zeros((TILE, TILE), np.float32)
        return nothing, nothing
    points[~near] = -1e6
    cover = widen(lifted.chosen.read(area))
    planes = np.dstack([widen(lifted.mask.read(area)) * cover, cover])
    across = (points[:, 0] - area.left).reshape(x.shape), (points[:, 1] - area.top).reshape(x.shape)
    found = sampled(planes, *across)
    if times > 1:
        found = found.reshape(TILE, times, TILE, times, 2).mean((1, 3))
    return found[..., 0], found[..., 1]
