"""A layer that is liquified as the canvas shows it while the pen is down: warped at the mip level of the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.document import edits, tree
from studio.document import liquifying as layers
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Affine, Group, Locks, Paint
from studio.raster import liquify
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.resample import mip_chain
from studio.raster.selecting.contours import CoarseMasks
from studio.raster.surface import Surface

if TYPE_CHECKING:
    from studio.render.renderer import Renderer

_AT_ONCE = 1 << 17
"""Pixels that are warped as finely as they are seen while the pen is down; of larger brushes each pixel stands for four, or
for more, until the pen is lifted."""

_OWN_AT_ONCE = 1 << 16
"""The same where the displacement of each pixel is looked for at its place, which takes twice as long."""


class Shown:
    """A layer as it is seen at a mip level while it is pushed about. ``rough``: some of it was warped more coarsely yet."""

    def __init__(
        self, renderer: Renderer, artwork: Artwork, target: layers.Target, now: Artwork, level: int
    ) -> None:
        """``now``: the artwork whose layer has what was done so far."""
        layer = target.layer
        assert isinstance(layer, Paint)
        self.level = level
        self.rough = False
        self._artwork, self._layer = artwork, layer
        self._canvas = artwork.rect.at_level(level)
        self._x, self._y = layers.place_of(artwork, layer.id)
        self._selected = CoarseMasks()
        if level == 0:
            self._source = None
            self._surface = edits.surface_of(now, layer.id)
            self._stage, self._id = artwork, layer.id
            return
        self._source = renderer.compose(_alone(artwork, layer.id), self._canvas, level)
        pixels = (
            self._source if now is artwork else renderer.compose(_alone(now, layer.id), self._canvas, level)
        )
        self._surface = Surface.from_pixels(as_type(pixels, artwork.dtype))
        scale = float(1 << level)
        inside = Paint(
            name=layer.name, surface=self._surface, transform=(scale, 0.0, 0.0, scale, float(-self._x), float(-self._y))
        )  # fmt: skip
        self._stage, self._id = _around(artwork, layer, inside), inside.id

    def change(self, field: np.ndarray, step: int, area: Rect) -> Artwork:
        """The artwork with ``area`` (document pixels) warped anew."""
        part = area.at_level(self.level).intersect(self._canvas)
        if not part.empty:
            self._write(part, self._warped(field, step, part))
        surface = self._surface
        return tree.rewrite(self._stage, self._id, lambda layer: (layer.with_(surface=surface),))

    def _warped(self, field: np.ndarray, step: int, part: Rect) -> np.ndarray:
        own, less = self._read(part), 0
        while part.width * part.height >> 2 * less > _AT_ONCE:
            less += 1
        self.rough |= less > 0
        small, level, canvas = part.at_level(less), self.level + less, self._canvas.at_level(less)
        selection = self._artwork.selection
        weight = None if selection is None else self._selected.read(selection, small, level)
        way = liquify.ways(field, step, small, weight, level)
        if way is None:
            return own
        place, high = liquify.reached(way, small, canvas), layers.highest(self._artwork)
        source = mip_chain(self._read(place.from_level(less).intersect(self._canvas)), less)[-1]
        new, moves = liquify.warped(source, place, way, small, canvas, high), liquify.moving(way)
        if less:
            new, moves = liquify.enlarged(new, moves, small, less, part)
        if self._layer.locks.alpha:
            new = _with_alpha(new, own)
        np.copyto(own, new, where=moves[..., None])
        return own

    def _read(self, part: Rect) -> np.ndarray:
        if self._source is None:
            return widen(self._layer.surface.read(part.move(-self._x, -self._y)))
        return self._source[part.top : part.bottom, part.left : part.right].copy()

    def _write(self, part: Rect, pixels: np.ndarray) -> None:
        if self._source is None:
            part = part.move(-self._x, -self._y)
        self._surface = self._surface.write(part, as_type(pixels, self._artwork.dtype))


class Own:
    """A mask, or a layer that is scaled or turned, while it is pushed about: its own pixels are warped, at a mip level of their
    own, and the canvas shows them as it always does. Of a mask it is always level 0: a layer has no coarser one. ``rough``: some
    of it was warped more coarsely yet."""

    def __init__(
        self, renderer: Renderer, artwork: Artwork, target: layers.Target, now: Artwork, level: int
    ) -> None:
        """``now``: the artwork whose layer has what was done so far."""
        self.level = level
        self.rough = False
        self._artwork, self._target = artwork, target
        self._source: np.ndarray | None = None
        self._whole = layers.ENDLESS
        self._stage, self._id = artwork, target.layer.id
        self._grid = layers.grid_of(tree.require(now, target.layer.id), target.masked)
        if level and isinstance(target.layer, Paint) and not target.masked:
            self._coarsen(renderer, target.layer, now)

    def _coarsen(self, renderer: Renderer, layer: Paint, now: Artwork) -> None:
        """What is seen is a group that looks as the layer does, of its pixels at the level."""
        artwork, level, scale = self._artwork, self.level, float(1 << self.level)
        self._whole = whole = self._target.inside(artwork.rect).at_level(level)
        self._source = renderer.compose(_alone(artwork, layer.id, IDENTITY), whole, level)
        pixels = self._source
        if now is not artwork:
            pixels = renderer.compose(_alone(now, layer.id, IDENTITY), whole, level)
        self._grid = Surface.from_pixels(as_type(pixels, artwork.dtype), whole.left, whole.top)
        inside = Paint(name=layer.name, surface=self._grid, transform=(scale, 0.0, 0.0, scale, 0.0, 0.0))
        self._stage, self._id = _around(artwork, layer, inside), inside.id

    def change(self, field: np.ndarray, step: int, area: Rect) -> Artwork:
        """The artwork with what lies under ``area`` (document pixels) warped anew."""
        seen = area.intersect(self._artwork.rect)
        part = self._target.inside(seen).at_level(self.level).intersect(self._whole)
        if not seen.empty and not part.empty:
            self._write(part, self._warped(field, step, part))
        grid = self._grid
        return tree.rewrite(self._stage, self._id, lambda layer: (layers.with_grid(layer, grid),))

    def _warped(self, field: np.ndarray, step: int, part: Rect) -> np.ndarray:
        own, less = self._read(part), 0
        while part.width * part.height >> 2 * less > _OWN_AT_ONCE:
            less += 1
        self.rough |= less > 0
        small, whole = part.at_level(less), self._whole.at_level(less)
        way = layers.own_way(self._artwork, self._target, field, step, small, self.level + less)
        if way is None:
            return own
        place = liquify.reached(way, small, whole)
        source = mip_chain(self._read(place.from_level(less).intersect(self._whole)), less)[-1]
        high = layers.highest(self._artwork)
        new, moves = liquify.warped(source, place, way, small, whole, high), liquify.moving(way)
        if less:
            new, moves = liquify.enlarged(new, moves, small, less, part)
        if self._target.layer.locks.alpha and not self._target.masked:
            new = _with_alpha(new, own)
        np.copyto(own, new, where=moves[..., None])
        return own

    def _read(self, part: Rect) -> np.ndarray:
        if self._source is None:
            return self._target.read(part)
        x, y = self._whole.left, self._whole.top
        return self._source[part.top - y : part.bottom - y, part.left - x : part.right - x].copy()

    def _write(self, part: Rect, pixels: np.ndarray) -> None:
        if isinstance(self._grid, Mask):
            self._grid = self._grid.write(part, np.clip(pixels[..., 0], 0, 1).astype(np.float16))
        else:
            self._grid = self._grid.write(part, as_type(pixels, self._artwork.dtype))


def _with_alpha(new: np.ndarray, own: np.ndarray) -> np.ndarray:
    """``new`` with the alpha of ``own``, premultiplied both; where it has none, ``own``."""
    share = np.divide(own[..., 3:], new[..., 3:], out=np.zeros_like(own[..., 3:]), where=new[..., 3:] > 0)
    return np.where(new[..., 3:] > 0, new * share, own)


def _alone(artwork: Artwork, layer_id: str, transform: Affine | None = None) -> Artwork:
    """The layer's own pixels and nothing else, where they lie in the document, or as ``transform`` lays them."""
    layer = tree.require(artwork, layer_id)
    bare = layer.with_(
        transform=transform or edits.transform_of(artwork, layer_id), opacity=1.0, mode="normal", clipping=False, mask=None, effects=(),
        visible=True,
    )  # fmt: skip
    return artwork.with_(layers=(bare,), selection=None)


def _around(artwork: Artwork, layer: Paint, inside: Paint) -> Artwork:
    """``layer`` as a group that looks as it does, of one layer with other pixels: its mask keeps its place so."""
    group = Group(
        id=layer.id, name=layer.name, visible=layer.visible, opacity=layer.opacity, mode=layer.mode, mask=layer.mask,
        mask_enabled=layer.mask_enabled, clipping=layer.clipping, locks=Locks(), transform=layer.transform,
        effects=layer.effects, label=layer.label, children=(inside,), collapsed=True,
    )  # fmt: skip
    return tree.rewrite(artwork, layer.id, lambda _: (group,))
