"""Wet paint: the brush's own colour, mixed at each dab with what the brush went over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from studio.raster.colour import widen
from studio.raster.coverage import Tint, inked
from studio.raster.dab import Dab
from studio.raster.finish import Finish
from studio.raster.geometry import Rect
from studio.raster.laying import Laying, blended, fourfold
from studio.raster.plane import PARTS, Plane, Wrap, strips, uniform
from studio.raster.stamp import Print
from studio.raster.surface import TileGrid
from studio.raster.texture import Ground
from studio.raster.wet import Laid, Source, carry_length, with_alpha

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
        self._paint = Plane(lambda place: np.zeros((place.height, place.width, 4), np.float32), PARTS)
        self._before = Plane(self._filled, PARTS)
        self._ground = Ground(brush)
        self._grain = np.float32(brush.grain) if brush.tip == "ink" else None
        self._finish = Finish(brush, texture=False)
        self._carried: dict[int, np.ndarray] = {}

    def _filled(self, place: Rect) -> np.ndarray:
        return widen(self._base.read(place))

    def steps(self, dab: Dab, printed: Print, rect: Rect, image: int) -> Iterator[None]:
        """Lays a dab, strip by strip; between them nothing else may be laid. ``image``: which of the symmetric copies of the
        stroke this is."""
        wraps = self._wrap is not None and not self._wrap.rect.contains(rect)
        parts = [(rect, slice(0, rect.height))] if wraps else list(strips(rect))
        if not wraps:
            for plane in (self.plane, self._paint, self._before):
                yield from plane.prepared(rect)
        weight = np.empty(printed.cover.shape, np.float32)
        total, sums = 0.0, np.zeros(4)
        for strip, rows in parts:
            weight[rows] = self._weight(printed.cover[rows], dab, strip)
            total += float(weight[rows].sum())
            sums += self._picked(weight[rows], strip, lambda plane, there: plane.gather(there, self._wrap))
            yield
        if total <= 0:
            return
        picked = self._taken_along(sums.astype(np.float32) / np.float32(total), dab, image)
        weight *= np.float32(dab.flow)
        if self._finish.each:
            self._finish.lay(dab, weight, rect)
            yield
        for strip, rows in parts:
            self._lay_strip(dab, printed.cut((rows, slice(None))), strip, weight[rows], picked)
            yield

    def repeated(self, around: Around, laid: Laid, image: int) -> Iterator[None]:
        """Lays a dab and its copies (of each the dab, its print and where) with what the first of them picks up: beyond an
        edge of the picture it is what the picture shows there."""
        if not laid:
            return
        dab, printed, rect = laid[0]
        total, sums = 0.0, np.zeros(4)
        for strip, rows in strips(rect):
            weight = self._weight(printed.cover[rows], dab, strip)
            total += float(weight.sum())
            sums += self._picked(weight, strip, lambda plane, there: around.gather(plane.read, there))
            yield
        if total <= 0:
            return
        picked = self._taken_along(sums.astype(np.float32) / np.float32(total), dab, image)
        for one, printed, rect in laid:
            for strip, rows in strips(rect):
                weight = self._weight(printed.cover[rows], one, strip) * np.float32(one.flow)
                if self._finish.each:
                    self._finish.lay(one, weight, strip)
                self._lay_strip(one, printed.cut((rows, slice(None))), strip, weight, picked)
                yield

    def _weight(self, cover: np.ndarray, dab: Dab, rect: Rect) -> np.ndarray:
        weight = cover * np.float32(dab.level)
        if self._grain is not None:
            weight = inked(weight, rect, min(self._grain * np.float32(dab.grain), np.float32(1)))
        if self._ground.strength:
            strength = min(1.0, self._ground.strength * dab.texture)
            weight = self._ground.on(weight, rect, strength, dab.texture_scale)
        return weight

    def _taken_along(self, picked: np.ndarray, dab: Dab, image: int) -> np.ndarray:
        """What the brush holds after it picked up ``picked``."""
        carried = self._carried.get(image)
        if carried is not None:
            kept = np.float32(math.exp(-dab.step / carry_length(dab.wetness, dab.radius)))
            picked = picked + kept * (carried - picked)
        self._carried[image] = picked
        return picked

    def _lay_strip(
        self, dab: Dab, printed: Print, rect: Rect, weight: np.ndarray, picked: np.ndarray
    ) -> None:
        covered, paint = self.plane.gather(rect, self._wrap), self._paint.gather(rect, self._wrap)
        uncovered = 1 - weight
        paint *= fourfold(uncovered, uncovered, uncovered, uncovered)
        paint += self._laid_by(dab, printed, weight, picked)
        covered *= uncovered
        covered += weight
        self._paint.scatter(rect, paint, self._wrap)
        self.plane.scatter(rect, covered, self._wrap)

    def _picked(
        self, weight: np.ndarray, rect: Rect, gather: Callable[[Plane, Rect], np.ndarray]
    ) -> np.ndarray:
        """float32 [4]: the sum of what is under a part of the dab, by its weight; ``gather`` reads it.

        Half of it is what lay there before the stroke: else dabs that overlap would see little but themselves, and how
        much is mixed in would hang on the spacing.
        """
        covered, paint, before = (gather(plane, rect) for plane in (self.plane, self._paint, self._before))
        if self._source is None:
            return _summed(weight * (1 - covered / 2), before) + _summed(weight, paint) / 2
        kept = 1 - covered / 2
        seen = before * fourfold(kept, kept, kept, kept) + paint / 2
        # the whole picture, with the stroke on it
        return _summed(weight, seen + widen(self._source(rect)) * (1 - seen[..., 3:]))

    def _laid_by(self, dab: Dab, printed: Print, weight: np.ndarray, picked: np.ndarray) -> np.ndarray:
        """What a dab adds to the paint, [h, w, 4]."""
        smudge = np.float32(dab.smudge)
        if printed.colour is None:
            own = self._tint.of(dab)
            return fourfold(*(weight * part for part in own + smudge * (picked - own)))
        share = weight * _inverse(printed.cover) * (1 - smudge)
        own = printed.colour * fourfold(share, share, share, share)  # the tip's own colours
        return own + weight[..., None] * (smudge * picked)

    def cover(self, rect: Rect) -> np.ndarray:
        return self._finish.shown(self.plane.read(rect).copy(), rect)

    def laid(self, mode: str, alpha_lock: bool) -> Laying:
        """Lays the paint on the pixels under it by blend ``mode``."""
        if mode == "normal":

            def lay(old: np.ndarray, cover: np.ndarray, rect: Rect) -> np.ndarray:
                kept = 1 - cover
                new = old * fourfold(kept, kept, kept, kept) + self._thinned(cover, rect)
                return with_alpha(new, old[..., 3]) if alpha_lock else new

            return lay
        return blended(mode, alpha_lock, self._thinned)

    def _thinned(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """The paint where it covers ``cover`` [h, w]."""
        share = cover * _inverse(self.plane.read(rect))
        return self._paint.read(rect) * fourfold(share, share, share, share)


def _summed(weight: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    return weight.reshape(-1) @ pixels.reshape(-1, 4)


def _inverse(values: np.ndarray) -> np.ndarray:
    return np.divide(1, values, out=np.zeros_like(values), where=values > 0)
