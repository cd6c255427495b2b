"""Wet paint: the brush's own colour, mixed at each dab with what the brush went over."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from studio.raster.colour import widen
from studio.raster.coverage import Tint, inked
from studio.raster.dab import Dab
from studio.raster.finish import Finish
from studio.raster.geometry import Rect
from studio.raster.laying import Direct, Laying, blended
from studio.raster.plane import ALL, BLOCK, Copied, Plane, Wrap, pieces, uniform
from studio.raster.stamp import Print
from studio.raster.surface import TileGrid
from studio.raster.texture import Ground
from studio.raster.wet import Laid, Source, carry_length, with_alpha
from studio.raster.wet_native import lay_paint, lay_wet, take_up

if TYPE_CHECKING:
    from studio.raster.brush import Brush
    from studio.raster.lattice import Around


class Mixing:
    """Paint and how far it covers: what stands under a stroke is base · (1 − cover) + paint.

    The paint, premultiplied [h, w, 4], is thinner than it covers where the brush picked up what is transparent. Each of
    the stroke's symmetric copies carries its own paint.
    """

    def __init__(
        self,
        brush: Brush,
        base: TileGrid,
        colour: tuple[float, ...],
        *,
        wrap: Wrap | None = None,
        source: Source | None = None,
    ) -> None:
        self._brush = brush
        self._base = base
        self._tint = Tint(colour)
        self._wrap = wrap
        self._source = source
        self.plane = Plane(uniform(0.0))
        self._paint = Plane(lambda place: np.zeros((BLOCK, BLOCK, 4), np.float32))
        self._before = Copied(self._filled)
        self._ground = Ground(brush)
        self._grain = np.float32(brush.grain) if brush.tip == "ink" else None
        self._finish = Finish(brush, texture=False)
        self._carried: dict[int, np.ndarray] = {}

    def _filled(self, place: Rect) -> np.ndarray:
        return widen(self._base.read(place))

    def steps(self, dab: Dab, printed: Print, rect: Rect, image: int) -> Iterator[None]:
        """Lays a dab, piece by piece; between them nothing else may be laid. ``image``: which of the symmetric copies of the
        stroke this is."""
        wraps = self._wrap is not None and not self._wrap.rect.contains(rect)
        parts = [(rect, ALL)] if wraps else list(pieces(rect))
        if not wraps:
            for plane in self._planes:
                yield from plane.prepared(rect)
        weights, sums = [], np.zeros(5)
        for piece, where in parts:
            weight, level = self._weight(printed.cover[where], dab, piece)
            take_up(weight, level, *self._under(piece), self._around(piece), sums)
            weights.append((weight, level * dab.flow))
            yield
        if sums[0] <= 0:
            return
        laid = self._laid_by(dab, self._taken_along(sums, dab, image), coloured=printed.colour is not None)
        for (piece, where), (weight, flow) in zip(parts, weights, strict=True):
            self._lay(dab, printed.cut(where), piece, weight, flow, laid)
            yield

    def repeated(self, around: Around, laid: Laid, image: int) -> Iterator[None]:
        """Lays a dab and its copies (of each the dab, its print and where) with what the first of them picks up: beyond an
        edge of the picture it is what the picture shows there."""
        if not laid:
            return
        dab, printed, rect = laid[0]
        sums = np.zeros(5)
        for piece, where in pieces(rect):
            weight, level = self._weight(printed.cover[where], dab, piece)
            covered, paint, before = (around.gather(plane.read, piece) for plane in self._planes)
            take_up(weight, level, covered, paint, before, self._around(piece), sums)
            yield
        if sums[0] <= 0:
            return
        picked = self._taken_along(sums, dab, image)
        for one, printed, rect in laid:
            part = self._laid_by(one, picked, coloured=printed.colour is not None)
            for piece, where in pieces(rect):
                weight, level = self._weight(printed.cover[where], one, piece)
                self._lay(one, printed.cut(where), piece, weight, level * one.flow, part)
                yield

    def _weight(self, cover: np.ndarray, dab: Dab, rect: Rect) -> tuple[np.ndarray, float]:
        """[h, w], and by what it is to be multiplied: how strongly a part of a print is there."""
        if self._grain is None and not self._ground.strength:
            return cover, dab.level
        weight = cover * np.float32(dab.level)
        if self._grain is not None:
            weight = inked(weight, rect, min(self._grain * np.float32(dab.grain), np.float32(1)))
        if self._ground.strength:
            strength = min(1.0, self._ground.strength * dab.texture)
            weight = self._ground.on(weight, rect, strength, dab.texture_scale)
        return weight, 1.0

    def _taken_along(self, sums: np.ndarray, dab: Dab, image: int) -> np.ndarray:
        """What the brush holds after it took up the mean of ``sums`` (of the weights, and of the pixels by them)."""
        picked = (sums[1:] / sums[0]).astype(np.float32)
        carried = self._carried.get(image)
        if carried is not None:
            kept = np.float32(math.exp(-dab.step / carry_length(dab.wetness, dab.radius)))
            picked = picked + kept * (carried - picked)
        self._carried[image] = picked
        return picked

    @property
    def _planes(self) -> tuple[Plane, Plane, Plane]:
        return self.plane, self._paint, self._before

    def _under(self, rect: Rect) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What covers, the paint, and what lay there before: views of a piece; copies where it goes on at another edge."""
        if self._wrap is not None and not self._wrap.rect.contains(rect):
            covered, paint, before = (plane.gather(rect, self._wrap) for plane in self._planes)
        else:
            covered, paint, before = (plane.view(rect) for plane in self._planes)
        return covered, paint, before

    def _around(self, rect: Rect) -> np.ndarray | None:
        """The whole picture, where the brush takes up from that: seen where the layer with the stroke is transparent."""
        return None if self._source is None else np.ascontiguousarray(widen(self._source(rect)))

    def _laid_by(self, dab: Dab, picked: np.ndarray, *, coloured: bool) -> np.ndarray:
        """float32 [4]: the paint that a dab lays, but for what a tip has of its own."""
        smudge = np.float32(dab.smudge)
        if coloured:
            return smudge * picked
        own = self._tint.of(dab)
        return own + smudge * (picked - own)

    def _lay(
        self, dab: Dab, printed: Print, rect: Rect, weight: np.ndarray, flow: float, part: np.ndarray
    ) -> None:
        if self._finish.each:
            self._finish.lay(dab, weight * np.float32(flow), rect)
        covered, paint, _ = self._under(rect)
        colours = None if printed.colour is None else (printed.colour, printed.cover, 1 - dab.smudge)
        lay_paint(weight, covered, paint, flow, part, colours)
        if self._wrap is not None and not self._wrap.rect.contains(rect):
            self._paint.scatter(rect, paint, self._wrap)
            self.plane.scatter(rect, covered, self._wrap)

    def cover(self, rect: Rect) -> np.ndarray:
        return self._finish.shown(self.plane.read(rect).copy(), rect)

    def laid(self, mode: str, alpha_lock: bool) -> Laying:
        """Lays the paint on the pixels under it by blend ``mode``."""
        if mode != "normal":
            return blended(mode, alpha_lock, self._thinned)
        over = _Over(self.plane, self._paint)
        return (lambda old, *rest: with_alpha(over(old, *rest), old[..., 3])) if alpha_lock else over

    def _thinned(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """The paint where it covers ``cover`` [h, w]."""
        thin = np.empty((*cover.shape, 4), np.float32)
        lay_wet(thin, None, cover, self.plane.read(rect), self._paint.read(rect))
        return thin


class _Over(Direct):
    """Paint laid over the pixels, in normal mode: old · (1 − c) + paint · c / covered."""

    def __init__(self, covered: Plane, paint: Plane) -> None:
        self._covered, self._paint = covered, paint

    def into(self, new: np.ndarray, old: np.ndarray | None, cover: np.ndarray, rect: Rect) -> None:
        lay_wet(new, old, cover, self._covered.read(rect), self._paint.read(rect))
