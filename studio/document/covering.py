"""Laying a colour, a pattern or a gradient on a layer where something covers it: fills, lasso fills, gradients."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from typing import Literal

import msgspec
import numpy as np

from studio.document import painting, selecting, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Affine, Layer, inverse, is_integer_move
from studio.raster import warp
from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.resample import sampled
from studio.raster.surface import TileGrid
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP

Target = Literal["surface", "mask", "selection"]
Ink = Callable[[Rect], np.ndarray]
"""Premultiplied float32 [h, w, 4] of a rectangle of the document."""
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel to paint on it.")


class Cover(msgspec.Struct, frozen=True, eq=False):
    """How much of each document pixel is covered: ``at(rect)`` gives float32 [h, w] 0–1; nothing outside ``bounds``."""

    bounds: Rect
    at: Callable[[Rect], np.ndarray]


def cover_of(amount: np.ndarray, left: int, top: int) -> Cover:
    """A cover from uint8 [h, w] 0–255 whose corner lies at (left, top)."""
    bounds = Rect.of(left, top, amount.shape[1], amount.shape[0])

    def at(rect: Rect) -> np.ndarray:
        out = np.zeros((rect.height, rect.width), np.float32)
        part = rect.intersect(bounds)
        if not part.empty:
            inside, there = part.move(-left, -top), part.move(-rect.left, -rect.top)
            values = amount[inside.top : inside.bottom, inside.left : inside.right]
            out[there.top : there.bottom, there.left : there.right] = values * np.float32(1 / 255)
        return out

    return Cover(bounds, at)


class Flat(msgspec.Struct, frozen=True, eq=False):
    """One premultiplied colour everywhere."""

    pixel: np.ndarray

    def __call__(self, rect: Rect) -> np.ndarray:
        return np.broadcast_to(self.pixel, (rect.height, rect.width, 4))


def flat(colour: tuple[float, ...]) -> Flat:
    """One straight encoded colour (r, g, b) or (r, g, b, a)."""
    alpha = colour[3] if len(colour) > 3 else 1.0
    return Flat(np.array([*(part * alpha for part in colour[:3]), alpha], np.float32))


def laid(
    artwork: Artwork,
    layer_id: str,
    target: Target,
    cover: Cover,
    ink: Ink,
    *,
    opacity: float = 1.0,
    erase: bool = False,
) -> Generator[float, None, Artwork]:
    """Lays ``ink`` on a layer's pixels, its mask or the selection where ``cover`` is; inside the selection only.

    Yields the part done, 0–1, after each tile and returns the artwork. Alpha lock holds. A mask or the selection takes
    the ink's luma. Raises EditError for a locked layer or one without pixels of its own.
    """
    if target == "selection":
        mask = selecting.covering(artwork)
        whole = Place(artwork, None)
        tiles = yield from _tiles(mask, whole, cover, None, opacity, _on_mask(ink, erase))
        return artwork.with_(selection=mask.replace(tiles)) if tiles else artwork
    layer = tree.require(artwork, layer_id)
    place = Place(artwork, layer)
    selection = painting.selection_in_layer(artwork, layer_id)
    if target == "mask":
        artwork, mask = painting.mask_of(artwork, layer_id)
        tiles = yield from _tiles(mask, place, cover, selection, opacity, _on_mask(ink, erase))
        return (
            tree.rewrite(artwork, layer_id, lambda one: (one.with_(mask=mask.replace(tiles)),))
            if tiles
            else artwork
        )
    if any(one.locks.all for one in tree.path_to(artwork, layer_id)):
        raise EditError(_LOCKED)
    surface = painting.surface_of(artwork, layer_id)
    mix = _on_pixels(ink, erase, layer.locks.alpha)
    plain = opacity >= 1 and not erase and not layer.locks.alpha
    solid = ink.pixel if plain and isinstance(ink, Flat) and ink.pixel[3] == 1 else None
    tiles = yield from _tiles(surface, place, cover, selection, opacity, mix, solid)
    return painting.write_surface(artwork, layer_id, surface.replace(tiles)) if tiles else artwork


class Place:
    """Where a layer's pixels lie in the document; None: the document's own, of a selection."""

    def __init__(self, artwork: Artwork, layer: Layer | None) -> None:
        self._transform: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._warp: warp.Warp = ()
        if layer is not None:
            self._transform = tree.transform_of(artwork, layer.id)
            self._warp = layer.warp
        self.moved_only = not self._warp and is_integer_move(self._transform)

    def in_document(self, rect: Rect) -> Rect:
        return rect.move(int(self._transform[4]), int(self._transform[5]))

    def in_layer(self, rect: Rect) -> Rect:
        """The layer's rectangle that holds the document's ``rect``."""
        if self.moved_only:
            return rect.move(-int(self._transform[4]), -int(self._transform[5]))
        x, y = np.meshgrid(np.linspace(rect.left, rect.right, 33), np.linspace(rect.top, rect.bottom, 33))
        a, b, c, d, tx, ty = inverse(self._transform)
        points = np.stack([(a * x + c * y + tx).ravel(), (b * x + d * y + ty).ravel()], 1)
        points = warp.backward(self._warp, points) if self._warp else points
        points = points[np.abs(points).max(1) < 1e7]
        if not len(points):
            return Rect(0, 0, 0, 0)
        (left, top), (right, bottom) = points.min(0), points.max(0)
        return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)).grow(2)

    def places(self, rect: Rect, step: int = 1) -> tuple[np.ndarray, np.ndarray]:
        """Document coordinates of the centres of the layer's pixels in ``rect``, or of squares of ``step`` pixels, in whose
        numbers ``rect`` is given then."""
        across, down = np.arange(rect.left, rect.right) + 0.5, np.arange(rect.top, rect.bottom) + 0.5
        x, y = np.meshgrid(across * step, down * step)
        points = np.stack([x.ravel(), y.ravel()], 1)
        points = warp.forward(self._warp, points) if self._warp else points
        a, b, c, d, tx, ty = self._transform
        x, y = a * points[:, 0] + c * points[:, 1] + tx, b * points[:, 0] + d * points[:, 1] + ty
        return x.reshape(rect.height, rect.width), y.reshape(rect.height, rect.width)


Mix = Callable[[np.ndarray, np.ndarray, Callable[[], np.ndarray]], np.ndarray]
"""(old float32 pixels, cover [h, w], a call that gives the ink there) → new pixels."""


def _on_pixels(ink: Ink, erase: bool, alpha_lock: bool) -> tuple[Ink, Mix]:
    def mix(old: np.ndarray, cover: np.ndarray, colours: Callable[[], np.ndarray]) -> np.ndarray:
        amount = cover[..., None]
        if erase:
            return old.copy() if alpha_lock else old * (1 - amount)
        top = colours() * amount
        if not alpha_lock:
            return old * (1 - top[..., 3:]) + top
        new = old * (1 - top[..., 3:]) + top * old[..., 3:]
        new[..., 3] = old[..., 3]
        return new

    return ink, mix


def _on_mask(ink: Ink, erase: bool) -> tuple[Ink, Mix]:
    def mix(old: np.ndarray, cover: np.ndarray, colours: Callable[[], np.ndarray]) -> np.ndarray:
        if erase:
            return old * (1 - cover)
        top = colours()
        return old * (1 - cover * top[..., 3]) + cover * (top[..., :3] @ LUMA)

    return ink, mix


def _tiles(
    grid: TileGrid,
    place: Place,
    cover: Cover,
    selection: Mask | None,
    opacity: float,
    work: tuple[Ink, Mix],
    solid: np.ndarray | None = None,
) -> Generator[float, None, dict[TileKey, Tile | None]]:
    """``solid``: what a tile becomes where it is wholly covered; such tiles are one object."""
    ink, mix = work
    shared = None if solid is None else Tile(np.full((TILE, TILE, 4), solid, grid.dtype))
    changed: dict[TileKey, Tile | None] = {}
    keys = list(_keys(place.in_layer(cover.bounds), grid, selection))
    for done, key in enumerate(keys):
        rect = Rect.of_tile(key)
        amount, colours = _seen(place, cover, ink, rect)
        if selection is not None:
            amount = amount * widen(selection.read(rect))
        if shared is not None and amount.min() >= 1:
            changed[key] = shared
        elif amount.any():
            old = widen(grid.editable(key))
            new = mix(old, amount * np.float32(opacity), colours)
            untouched = amount <= 0
            new[untouched] = old[untouched]
            if not np.array_equal(new, old):  # as it does where alpha is locked
                changed[key] = _frozen(
                    as_type(np.ascontiguousarray(new, np.float32), grid.dtype), grid.default
                )
        yield (done + 1) / len(keys)
    return changed


def _keys(area: Rect, grid: TileGrid, selection: Mask | None) -> Iterator[TileKey]:
    """Tiles that may change: where something is selected."""
    for key in tile_keys(area):
        if selection is None or selection.default or selection.tile(key) is not None:
            yield key


def _seen(place: Place, cover: Cover, ink: Ink, rect: Rect) -> tuple[np.ndarray, Callable[[], np.ndarray]]:
    """Coverage of the layer's pixels in ``rect``, and a call that gives the ink there."""
    if place.moved_only:
        there = place.in_document(rect)
        return cover.at(there), lambda: ink(there)
    x, y = place.places(rect)
    near = Rect(math.floor(x.min()), math.floor(y.min()), math.ceil(x.max()), math.ceil(y.max())).grow(2)
    area = near.intersect(cover.bounds.grow(2))
    if area.empty:
        return np.zeros((TILE, TILE), np.float32), lambda: np.zeros((TILE, TILE, 4), np.float32)
    amount = sampled(cover.at(area), x - area.left, y - area.top)
    return amount, lambda: sampled(np.ascontiguousarray(ink(area)), x - area.left, y - area.top)


def _frozen(pixels: np.ndarray, default: float) -> Tile | None:
    return Tile(pixels) if (pixels != pixels.dtype.type(default)).any() else None
