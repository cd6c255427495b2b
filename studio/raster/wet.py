"""Dabs that change the pixels under them: smudging, blurring, and whatever effect a tool brings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.raster.colour import widen
from studio.raster.dab import Dab
from studio.raster.geometry import Rect
from studio.raster.plane import Copied, Wrap, pieces
from studio.raster.stamp import Print
from studio.raster.surface import TileGrid
from studio.raster.texture import Ground
from studio.raster.wet_native import smear, towards

if TYPE_CHECKING:
    from studio.raster.brush import Brush
    from studio.raster.lattice import Around
    from studio.raster.mask import Mask

Effect = Callable[[np.ndarray, np.ndarray, Dab], np.ndarray]
"""(pixels under the dab, float32 premultiplied [h, w, 4]; weight [h, w] 0–1; the dab) → new pixels. Where the weight is 0
the pixels must come back as they were; the dab's ``flow``, ``level`` and the selection are in the weight already."""
Source = Callable[[Rect], np.ndarray]
"""Premultiplied float [h, w, 4] of what a brush takes from, in the pixels of the layer that is painted on."""
Laid = Sequence[tuple[Dab, Print, Rect]]
"""A dab's copies in a picture that repeats: each with what it prints and where."""
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
        self.plane = Copied(self._filled)
        self._selection = selection
        self._alpha_lock = alpha_lock and not self._flat
        self._wrap = wrap
        self._source = source
        self._effect = effect
        self._opacity = np.float32(opacity)
        self._ground = Ground(brush)
        self._carried: dict[int, np.ndarray] = {}
        self._left: list[np.ndarray] = []

    def _filled(self, place: Rect) -> np.ndarray:
        pixels = widen(self._base.read(place))
        return pixels[..., None] if self._flat else pixels

    def steps(self, dab: Dab, printed: Print, rect: Rect, image: int) -> Iterator[None]:
        """Lays a dab, piece by piece; between them nothing else may be laid.

        ``image``: which of the symmetric copies of the stroke this is; each carries its own paint.
        """
        wraps = self._wrap is not None and not self._wrap.rect.contains(rect)
        if wraps or self._effect is not None:
            self._lay_whole(dab, printed, rect, image)
        elif self._brush.mode == "blur":
            yield from self._blurring(dab, printed, rect)
        else:
            yield from self._smearing(dab, printed, rect, image)

    def repeated(self, around: Around, laid: Laid, image: int) -> Iterator[None]:
        """Lays a dab and its copies (of each the dab, its print and where), at once: each as the others have found the pixels.
        What lies beyond an edge of the picture is read where the picture shows it."""
        if self._effect is not None:
            for dab, printed, rect in laid:
                yield from self.steps(dab, printed, rect, image)
        elif self._brush.mode == "blur":
            yield from self._blurring_all(around, laid)
        elif laid:
            yield from self._smearing_all(around, laid, image)

    def _blurring_all(self, around: Around, laid: Laid) -> Iterator[None]:
        soft: list[np.ndarray] = []
        for number, (dab, _, rect) in enumerate(laid):
            sigma, reach = self._softness(dab)
            wide = rect.grow(reach)
            pixels = self._seen(around.gather(self.plane.read, wide, number), wide)
            soft.append(_softened(pixels, sigma)[reach:-reach, reach:-reach])
            yield
        for (dab, printed, rect), found in zip(laid, soft, strict=True):
            yield from self._moved_towards(printed, dab, rect, found, dab.flow)

    def _smearing_all(self, around: Around, laid: Laid, image: int) -> Iterator[None]:
        first = laid[0][2]
        carried = self._carried.get(image)
        for dab, printed, rect in laid:
            if carried is None:
                break
            shape = self._shape(rect)
            under = carried if carried.shape == shape else _resized(carried, shape)
            yield from self._moved_towards(printed, dab, rect, under, _rate(dab))
        carried = np.empty(self._shape(first), np.float32)
        for piece, where in pieces(first):
            carried[where] = self._seen(around.gather(self.plane.read, piece), piece)
            yield
        self._carried[image] = carried

    def _moved_towards(
        self, printed: Print, dab: Dab, rect: Rect, target: np.ndarray, rate: float
    ) -> Iterator[None]:
        """Takes the pixels in ``rect`` towards ``target``, piece by piece."""
        for piece, where in pieces(rect):
            patch, weight = self.plane.view(piece), self._weight(printed.cover[where], dab, piece)
            wanted = target[where].reshape(patch.shape)
            towards(patch, wanted, weight, rate, keeps_alpha=self._alpha_lock)
            yield

    def _shape(self, rect: Rect) -> tuple[int, int, int]:
        return rect.height, rect.width, 1 if self._flat else 4

    def _weight(self, cover: np.ndarray, dab: Dab, rect: Rect) -> np.ndarray:
        """How strongly ``cover``, a part of a print that lies in ``rect``, changes what is there."""
        level = np.float32(dab.level) * self._opacity
        weight = cover if level == 1 and self._selection is None else cover * level
        if self._ground.strength:
            strength = min(1.0, self._ground.strength * dab.texture)
            weight = self._ground.on(weight, rect, strength, dab.texture_scale)
        if self._selection is not None:
            weight *= self._chosen(rect)
        return weight

    def _smearing(self, dab: Dab, printed: Print, rect: Rect, image: int) -> Iterator[None]:
        """As :meth:`_smeared`, piece by piece."""
        yield from self.plane.prepared(rect)
        shape = self._shape(rect)
        carried = self._carried.get(image)
        if carried is None:
            carried = self._room(shape)
            for piece, where in pieces(rect):
                carried[where] = self._seen(self.plane.view(piece), piece)
                yield
            self._carried[image] = carried
            return
        if self._flat and carried.shape != shape:
            carried = self._carried[image] = _resized(carried, shape)
        held, rate = carried, _rate(dab)
        if held.shape != shape:
            carried = self._room(shape)
        for piece, where in pieces(rect):
            patch, weight = self.plane.view(piece), self._weight(printed.cover[where], dab, piece)
            part = carried[where]
            if held is carried:
                towards(patch, part, weight, rate, keeps_alpha=self._alpha_lock, carried=part)
            else:
                smear(patch, weight, rate, held, carried, where, keeps_alpha=self._alpha_lock)
            if self._source is not None:
                part[...] = self._seen(part, piece)
            yield
        if held is not carried:  # only now: where the memory failed it is what was held
            self._carried[image] = carried
            self._leave(held)

    def _blurring(self, dab: Dab, printed: Print, rect: Rect) -> Iterator[None]:
        """As :meth:`_blurred`, piece by piece: all are blurred before one of them is changed."""
        sigma, reach = self._softness(dab)
        around = rect.grow(reach)
        yield from self.plane.prepared(around)
        wide = self._room(self._shape(around))
        for piece, where in pieces(around):
            wide[where] = self._seen(self.plane.view(piece), piece)
            yield
        factor = _coarseness(sigma)
        small = _shrunk(wide, factor)
        yield
        small = _soft(small, sigma / factor)
        yield
        soft = _widened(small, wide.shape, wide)[reach:-reach, reach:-reach]
        yield
        yield from self._moved_towards(printed, dab, rect, soft, dab.flow)
        self._leave(wide)

    def _room(self, shape: tuple[int, ...]) -> np.ndarray:
        """Memory that a dab before has left, where there is enough of it: new memory costs more than the work."""
        count = math.prod(shape)
        fitting = [number for number, one in enumerate(self._left) if one.size >= count]
        memory = self._left.pop(fitting[0]) if fitting else np.empty(count + count // 4, np.float32)
        return memory[:count].reshape(shape)

    def _leave(self, room: np.ndarray) -> None:
        if isinstance(room.base, np.ndarray):
            self._left = [*self._left[-1:], room.base]

    def _lay_whole(self, dab: Dab, printed: Print, rect: Rect, image: int) -> None:
        weight = self._weight(printed.cover, dab, rect)
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
            carried = _resized(carried, patch.shape)
        new = _towards(patch, carried, weight * np.float32(_rate(dab)))
        self._carried[image] = new if self._source is None else self._seen(new, rect)
        return new

    def _blurred(self, patch: np.ndarray, weight: np.ndarray, dab: Dab, rect: Rect) -> np.ndarray:
        sigma, reach = self._softness(dab)
        around = rect.grow(reach)
        wide = self._seen(self.plane.gather(around, self._wrap), around)
        soft = _softened(wide, sigma)[reach:-reach, reach:-reach]
        return _towards(patch, soft.reshape(patch.shape), weight)

    def _softness(self, dab: Dab) -> tuple[float, int]:
        """(standard deviation, pixels around a dab that it reads)."""
        blur = min(self._brush.blur * dab.blur, 1.0)
        sigma = min(max(0.5, 0.3 * blur * dab.radius), _LARGEST_SIGMA)
        return sigma, math.ceil(2.5 * sigma)


def _rate(dab: Dab) -> float:
    """How much of what the finger carries each dab lays down."""
    length = carry_length(dab.wetness, dab.radius)
    return dab.smudge * dab.flow * length / (length + 2 * dab.radius)


def _resized(carried: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """What is carried, under a dab of another size."""
    return cv2.resize(carried, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR).reshape(shape)


def _towards(patch: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """``patch`` taken towards ``target`` by ``weight`` [h, w]; exactly itself where that is 0."""
    new = np.array(patch, np.float32, order="C")
    towards(new, np.ascontiguousarray(target, np.float32), weight, 1.0)
    return new


def _softened(pixels: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian; wide ones from a quarter of the pixels, which nobody can tell apart from under a soft dab."""
    factor = _coarseness(sigma)
    return _widened(_soft(_shrunk(pixels, factor), sigma / factor), pixels.shape)


def _coarseness(sigma: float) -> int:
    return 1 if sigma <= 4 else 2 if sigma <= 8 else 4


def _shrunk(pixels: np.ndarray, factor: int) -> np.ndarray:
    if factor == 1:
        return np.ascontiguousarray(pixels)
    small = max(1, pixels.shape[1] // factor), max(1, pixels.shape[0] // factor)
    return cv2.resize(np.ascontiguousarray(pixels), small, interpolation=cv2.INTER_AREA)


def _soft(pixels: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)


def _widened(pixels: np.ndarray, shape: tuple[int, ...], into: np.ndarray | None = None) -> np.ndarray:
    """``into``: memory of that shape that is needed no more; new memory costs more than the work."""
    if pixels.shape[:2] != shape[:2]:
        pixels = cv2.resize(pixels, (shape[1], shape[0]), dst=into, interpolation=cv2.INTER_LINEAR)
    return pixels.reshape(shape)


def with_alpha(new: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """``new`` with its colours laid into the old ``alpha``."""
    now = new[..., 3]
    share = np.divide(alpha, now, out=np.zeros_like(alpha), where=now > 0)
    same = now == alpha
    result = np.where(same[..., None], new, new * share[..., None])
    result[..., 3] = alpha
    return result
