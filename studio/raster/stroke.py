"""A stroke: dabs laid on a layer or a mask.

A stroke is kept as one float32 plane of coverage, laid over the base only where it changed; so slow build-up loses
nothing to half-float rounding, and the same samples give the same pixels however often the result was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from studio.raster.brush import Brush, checked
from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, Region, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.path import Dab, Path
from studio.raster.stamp import Stamps, paper
from studio.raster.surface import Surface, TileGrid
from studio.raster.tile import Tile

Colour = tuple[float, ...]
Blend = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""(old float32 pixels, coverage [h, w] 0–1) → new float32 pixels."""


class Stroke:
    """One stroke over a layer's surface (or, by :meth:`on_mask`, over a mask), in that layer's pixels.

    ``colour``: straight encoded (r, g, b) or (r, g, b, a), 0–1. ``selection``: None is all. ``alpha_lock`` keeps the
    base's alpha; an erasing stroke then changes nothing. Nothing that was handed out is written again.
    """

    def __init__(
        self,
        brush: Brush,
        colour: Colour,
        base: Surface,
        selection: Mask | None = None,
        alpha_lock: bool = False,
        erase: bool | None = None,
        stamps: Stamps | None = None,
    ) -> None:
        erase = brush.mode == "erase" if erase is None else erase
        self._start(brush, base, selection, _surface_blend(colour, alpha_lock, erase), stamps)
        self._opacity *= colour[3] if len(colour) > 3 and not erase else 1.0
        self._only_where_tiles = alpha_lock or erase
        if alpha_lock and erase:
            self._opacity = 0.0

    @classmethod
    def on_mask(cls, brush: Brush, value: float, mask: Mask, selection: Mask | None = None) -> Stroke:
        """A stroke that draws ``value`` 0–1 into a mask; its result is :meth:`mask`."""
        stroke = cls.__new__(cls)
        stroke._start(
            brush, mask, selection, lambda old, cover: old + cover * (np.float32(value) - old), None
        )
        stroke._only_where_tiles = False
        return stroke

    def _start(
        self, brush: Brush, base: TileGrid, selection: Mask | None, blend: Blend, stamps: Stamps | None
    ) -> None:
        self.brush = checked(brush)
        self._base = base
        self._selection = selection
        self._blend = blend
        self._opacity = brush.opacity
        self._path = Path(brush)
        self._stamps = stamps or Stamps(brush.tip == "ink", brush.hardness)
        self._coverage: dict[TileKey, np.ndarray] = {}
        self._waiting: dict[TileKey, Rect] = {}
        self._changed: dict[TileKey, Tile | None] = {}
        self._result: TileGrid = base

    def add(self, x: float, y: float, pressure: float | None = None, t: float = 0.0) -> Region:
        """Takes one pointer sample; returns what it drew, in layer pixels.

        ``pressure`` 0–1, or None for a device without it (width then follows speed); ``t`` in seconds. The curve is
        drawn up to the sample before, because its bend depends on the next one; :meth:`finish` draws the rest.
        """
        return self._draw(self._path.add(x, y, pressure, t))

    def finish(self) -> Region:
        """Draws the rest of the curve, up to the last sample, and drops tiles that became empty."""
        region = self._draw(self._path.finish())
        self._merge_waiting()
        for key, tile in self._changed.items():
            if tile is not None and not _differs(tile.pixels(), self._base.default):
                self._changed[key] = None
        self._result = _replaced(self._base, self._changed)
        return region

    def surface(self) -> Surface:
        """The base with the stroke so far; only tiles touched since the last call are made anew."""
        self._merge_waiting()
        assert isinstance(self._result, Surface)
        return self._result

    def mask(self) -> Mask:
        """The mask with the stroke so far."""
        self._merge_waiting()
        assert isinstance(self._result, Mask)
        return self._result

    def _draw(self, dabs: list[Dab]) -> Region:
        touched: dict[TileKey, Rect] = {}
        for dab in dabs:
            self._stamp(dab, touched)
        for key, rect in touched.items():
            waiting = self._waiting.get(key)
            self._waiting[key] = rect if waiting is None else rect.unite(waiting)
        return Region(touched.values())

    def _stamp(self, dab: Dab, touched: dict[TileKey, Rect]) -> None:
        stamp, left, top = self._stamps.at(dab.x, dab.y, dab.radius)
        rect = Rect.of(left, top, stamp.shape[1], stamp.shape[0])
        for key in tile_keys(rect):
            place = Rect.of_tile(key)
            part = rect.intersect(place)
            cover = self._coverage.get(key)
            if cover is None:
                cover = self._coverage[key] = np.zeros((TILE, TILE), np.float32)
            target = cover[_inside(part, place)]
            self._lay(target, stamp[_inside(part, rect)], dab.level)
            before = touched.get(key)
            touched[key] = part if before is None else part.unite(before)

    def _lay(self, target: np.ndarray, stamp: np.ndarray, level: float) -> None:
        """Ink takes the densest dab; the others add their flow, and never beyond ``level``."""
        if self.brush.tip == "ink":
            np.maximum(target, stamp * np.float32(level), out=target)
            return
        room = np.float32(level) - target
        np.maximum(room, 0, out=room)
        room *= stamp
        if self.brush.flow != 1.0:
            room *= np.float32(self.brush.flow)
        target += room

    def _merge_waiting(self) -> None:
        if not self._waiting:
            return
        for key, rect in self._waiting.items():
            tile = self._merged(key, rect)
            if tile is not None:
                self._changed[key] = tile
        self._waiting.clear()
        self._result = _replaced(self._base, self._changed)

    def _merged(self, key: TileKey, rect: Rect) -> Tile | None:
        """A new tile with the stroke in ``rect``, or None where it changes nothing."""
        old = self._base.tile(key)
        if old is None and self._only_where_tiles:
            return None
        place = Rect.of_tile(key)
        inside = _inside(rect, place)
        cover = self._covered(self._coverage[key][inside], rect)
        before = self._changed.get(key)
        if before is None and not cover.any():
            return None
        source = self._base.blank(rect.width, rect.height) if old is None else old.pixels()[inside]
        new = self._blend(widen(source), cover)
        last = before or old
        pixels = self._base.blank() if last is None else last.pixels().copy()
        pixels[inside] = as_type(new, self._base.dtype)
        return Tile(pixels)

    def _covered(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """float32 [h, w] 0–1: what the stroke covers in ``rect``, with opacity and selection."""
        if self.brush.tip == "ink":
            density = (paper(rect) - np.float32(0.5)) * np.float32(self.brush.grain) + cover
            density -= np.float32(0.25)
            density *= np.float32(2)
            np.clip(density, 0, 1, out=density)
            # Smooth step; a place that no dab touched stays untouched.
            result = density * density * (np.float32(3) - np.float32(2) * density)
            result[cover <= 0] = 0
        else:
            result = cover.copy()
        result *= np.float32(self._opacity)
        if self._selection is not None:
            result *= widen(self._selection.read(rect))
        return result


def _inside(part: Rect, whole: Rect) -> tuple[slice, slice]:
    left, top = part.left - whole.left, part.top - whole.top
    return slice(top, top + part.height), slice(left, left + part.width)


def _surface_blend(colour: Colour, alpha_lock: bool, erase: bool) -> Blend:
    ink = np.array([*colour[:3], 1.0], np.float32)
    if erase:
        return lambda old, cover: old * (1 - cover[..., None])
    if not alpha_lock:
        return lambda old, cover: old + cover[..., None] * (ink - old)

    def locked(old: np.ndarray, cover: np.ndarray) -> np.ndarray:
        new = old + cover[..., None] * (ink * old[..., 3:] - old)
        new[..., 3] = old[..., 3]
        return new

    return locked


def _differs(pixels: np.ndarray, default: float) -> bool:
    if default == 0.0:
        return bool(pixels.view(np.uint64).any())
    return bool((pixels != pixels.dtype.type(default)).any())


def _replaced(base: TileGrid, changed: Mapping[TileKey, Tile | None]) -> TileGrid:
    assert isinstance(base, Surface | Mask)
    return base.replace(changed) if changed else base
