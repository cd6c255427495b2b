"""Dabs that change the pixels under them: smudging, blurring, and whatever effect a tool brings."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.raster.colour import widen
from studio.raster.dab import Dab
from studio.raster.geometry import Rect
from studio.raster.laying import fourfold
from studio.raster.plane import BLOCK, Plane, Wrap
from studio.raster.stamp import Print
from studio.raster.surface import TileGrid
from studio.raster.texture import Ground

if TYPE_CHECKING:
    from studio.raster.brush import Brush
    from studio.raster.mask import Mask

Effect = Callable[[np.ndarray, np.ndarray, Dab], np.ndarray]
"""(pixels under the dab, float32 premultiplied [h, w, 4]; weight [h, w] 0–1; the dab) → new pixels. Where the weight is 0
the pixels must come back as they were; the dab's ``flow``, ``level`` and the selection are in the weight already."""
Source = Callable[[Rect], np.ndarray]
"""Premultiplied float [h, w, 4] of what a brush takes from, in the pixels of the layer that is painted on."""
_LARGEST_SIGMA = 24.0


def carry_length(wetness: float, radius: float) -> float:
    """Pixels by which picked-up paint is carried: from a twentieth of the brush to four times its size."""
    return 2 * radius * (0.05 + 3.95 * wetness * wetness)


class Wet:
    """A working copy of the pixels under the stroke; each dab reads what the dabs before have left."""

    def __init__(
        self,
        brush: Brush,
        base: TileGrid,
        *,
        selection: Mask | None = None,
        alpha_lock: bool = False,
        wrap: Wrap | None = None,
        source: Source | None = None,
        effect: Effect | None = None,
        opacity: float = 1.0,
    ) -> None:
        self._brush = brush
        self._base = base
        self._flat = base.channels == 1
        self.plane = Plane(self._filled)
        self._selection = selection
        self._alpha_lock = alpha_lock and not self._flat
        self._wrap = wrap
        self._source = source
        self._effect = effect
        self._opacity = np.float32(opacity)
        self._ground = Ground(brush)
        self._carried: dict[int, np.ndarray] = {}

    def _filled(self, place: Rect) -> np.ndarray:
        pixels = widen(self._base.read(Rect.of(place.left, place.top, BLOCK, BLOCK)))
        return pixels[..., None] if self._flat else pixels

    def lay(self, dab: Dab, printed: Print, rect: Rect, image: int) -> None:
        """``image``: which of the symmetric copies of the stroke this is; each carries its own paint."""
        weight = printed.cover * (np.float32(dab.level) * self._opacity)
        if self._ground.strength:
            strength = min(1.0, self._ground.strength * dab.texture)
            weight = self._ground.on(weight, rect, strength, dab.texture_scale)
        if self._selection is not None:
            weight *= self._chosen(rect)
        patch = self.plane.gather(rect, self._wrap)
        new = self._changed(patch, weight, dab, rect, image)
        if self._alpha_lock:
            new = with_alpha(new, patch[..., 3])
        self.plane.scatter(rect, new, self._wrap)

    def _chosen(self, rect: Rect) -> np.ndarray:
        assert self._selection is not None
        if self._wrap is None or self._wrap.rect.contains(rect):
            return widen(self._selection.read(rect))
        chosen = np.zeros((rect.height, rect.width), np.float32)
        for piece, x, y in self._wrap.inside(rect):
            chosen[y : y + piece.height, x : x + piece.width] = self._selection.read(piece)
        return chosen

    def pixels(self, rect: Rect) -> np.ndarray:
        """float32 [h, w, 4] (or [h, w] of a mask) as they are now."""
        found = self.plane.read(rect)
        return found[..., 0] if self._flat else found

    def _changed(self, patch: np.ndarray, weight: np.ndarray, dab: Dab, rect: Rect, image: int) -> np.ndarray:
        if self._effect is not None:
            return self._effect(patch, weight * np.float32(dab.flow), dab)
        if self._brush.mode == "blur":
            return self._blurred(patch, weight * np.float32(dab.flow), dab, rect)
        return self._smeared(patch, weight, dab, rect, image)

    def _seen(self, patch: np.ndarray, rect: Rect) -> np.ndarray:
        """What the brush picks up from: the layer, or with a source the whole picture with the stroke on it."""
        if self._source is None:
            return patch
        return patch + widen(self._source(rect)) * (1 - patch[..., 3:])

    def _smeared(self, patch: np.ndarray, weight: np.ndarray, dab: Dab, rect: Rect, image: int) -> np.ndarray:
        """The pixels under the last dab are laid here again: a finger through wet paint.

        Laid at a rate w they move with w of the finger's speed; under a finger of width d they come d·w / (1 − w) along,
        whatever the spacing. So w = l / (l + d) carries them by l.
        """
        carried = self._carried.get(image)
        if carried is None:
            self._carried[image] = self._seen(patch, rect)
            return patch
        if carried.shape != patch.shape:
            size = patch.shape[1], patch.shape[0]
            carried = cv2.resize(carried, size, interpolation=cv2.INTER_LINEAR).reshape(patch.shape)
        length = carry_length(dab.wetness, dab.radius)
        rate = np.float32(dab.smudge * dab.flow * length / (length + 2 * dab.radius))
        new = _towards(patch, carried, weight * rate)
        self._carried[image] = new if self._source is None else self._seen(new, rect)
        return new

    def _blurred(self, patch: np.ndarray, weight: np.ndarray, dab: Dab, rect: Rect) -> np.ndarray:
        blur = min(self._brush.blur * dab.blur, 1.0)
        sigma = min(max(0.5, 0.3 * blur * dab.radius), _LARGEST_SIGMA)
        reach = math.ceil(2.5 * sigma)
        around = rect.grow(reach)
        wide = self._seen(self.plane.gather(around, self._wrap), around)
        soft = _softened(wide, sigma)[reach:-reach, reach:-reach]
        return _towards(patch, soft.reshape(patch.shape), weight)


def _towards(patch: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """``patch`` taken towards ``target`` by ``weight`` [h, w]; exactly itself where that is 0."""
    new = target - patch
    new *= fourfold(weight, weight, weight, weight) if patch.shape[2] == 4 else weight[..., None]
    new += patch
    return new


def _softened(pixels: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian; wide ones from a quarter of the pixels, which nobody can tell apart from under a soft dab."""
    pixels = np.ascontiguousarray(pixels)
    if sigma <= 4:
        soft = cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    else:
        factor = 2 if sigma <= 8 else 4
        small = max(1, pixels.shape[1] // factor), max(1, pixels.shape[0] // factor)
        soft = cv2.resize(pixels, small, interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(soft, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE)
        soft = cv2.resize(soft, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return soft.reshape(pixels.shape)


def with_alpha(new: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """``new`` with its colours laid into the old ``alpha``."""
    now = new[..., 3]
    share = np.divide(alpha, now, out=np.zeros_like(alpha), where=now > 0)
    same = now == alpha
    result = np.where(same[..., None], new, new * share[..., None])
    result[..., 3] = alpha
    return result
