"""How what a stroke has built up is laid on the pixels under it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from studio.raster import blend, native
from studio.raster.colour import unpremultiply, widen
from studio.raster.geometry import EMPTY, Rect
from studio.raster.mask import Mask

Laying = Callable[[np.ndarray, np.ndarray, Rect], np.ndarray]
"""(old float32 pixels, coverage [h, w] 0–1, where) → new float32 pixels; where nothing is covered the old ones exactly."""
Blend = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""A tool's own :data:`Laying`, for which the place does not matter: (old pixels, coverage) → new pixels."""


class Direct:
    """A :data:`Laying` that writes straight into part of a tile, whatever its type."""

    def __call__(self, old: np.ndarray, cover: np.ndarray, rect: Rect) -> np.ndarray:
        new = np.empty_like(old)
        self.into(new, old, cover, rect)
        return new

    def into(self, new: np.ndarray, old: np.ndarray | None, cover: np.ndarray, rect: Rect) -> None:
        """``old``: its pixels before, of the same type, None for transparent ones."""
        raise NotImplementedError


class Plain(Direct):
    """One colour, normal mode: old·(1 − c) + colour·c; the place does not matter."""

    def __init__(self, colour: tuple[float, ...]) -> None:
        red, green, blue = (float(part) for part in colour[:3])
        self._colour = red, green, blue

    def into(self, new: np.ndarray, old: np.ndarray | None, cover: np.ndarray, rect: Rect = EMPTY) -> None:
        native.lay_colour(new, old, cover, self._colour)


def plain(colour: tuple[float, ...], alpha_lock: bool) -> Laying:
    """As :class:`Plain`; with locked alpha the colour as far as the old pixels cover."""
    if not alpha_lock:
        return Plain(colour)
    red, green, blue = (np.float32(part) for part in colour[:3])

    def lay(old: np.ndarray, cover: np.ndarray, rect: Rect) -> np.ndarray:
        paint = cover * old[..., 3]
        new = erasing(old, cover, rect)
        new += fourfold(paint * red, paint * green, paint * blue, paint)
        new[..., 3] = old[..., 3]
        return new

    return lay


def fourfold(red: np.ndarray, green: np.ndarray, blue: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """[h, w, 4] of four planes: three times faster than to broadcast over the last axis."""
    return cv2.merge((red, green, blue, alpha)).reshape(*alpha.shape, 4)


def erasing(old: np.ndarray, cover: np.ndarray, rect: Rect) -> np.ndarray:
    kept = 1 - cover
    result = fourfold(kept, kept, kept, kept)
    result *= old
    return result


def mask_value(value: float) -> Laying:
    """Draws ``value`` 0–1 into a mask [h, w]."""
    return lambda old, cover, rect: old + cover * (np.float32(value) - old)


def mask_from(mask: Mask, offset: tuple[int, int]) -> Laying:
    """Draws into a mask [h, w] what it has at ``offset``."""
    across, down = offset
    return lambda old, cover, rect: old + cover * (widen(mask.read(rect.move(across, down))) - old)


def blended(
    mode: str, alpha_lock: bool, source: Callable[[np.ndarray, Rect], np.ndarray], tint: float = 1.0
) -> Laying:
    """``source(coverage, where)`` gives premultiplied pixels; they are blended on the old ones by ``mode``."""
    found = blend.mode_of(mode)
    one = np.float32(tint)

    def lay(old: np.ndarray, cover: np.ndarray, rect: Rect) -> np.ndarray:
        top = source(cover, rect)
        if one != 1:
            top = top * one
        if mode == "normal":
            new = top + old * (1 - top[..., 3:])
        else:
            new = old.copy()
            blend.put(found, new, np.ascontiguousarray(top, np.float32))
        if alpha_lock:
            # the source only where something is: co = as·ab·B(cb, cs) + cb·ab·(1 − as)
            new = new - top * (1 - old[..., 3:]) if mode != "behind" else old.copy()
            new[..., 3] = old[..., 3]
        untouched = cover <= 0
        new[untouched] = old[untouched]
        return new

    return lay


def one_colour(colour: tuple[float, ...]) -> Callable[[np.ndarray, Rect], np.ndarray]:
    red, green, blue = (np.float32(part) for part in colour[:3])
    return lambda cover, rect: fourfold(cover * red, cover * green, cover * blue, cover)


def by_tool(blend_of_tool: Blend, below: Callable[[Rect], np.ndarray] | None = None) -> Laying:
    """A tool's own way of changing pixels by coverage; with ``below`` those that are seen where the old ones lie over it."""
    if below is None:
        return lambda old, cover, rect: blend_of_tool(old, cover)
    return lambda old, cover, rect: over_below(blend_of_tool, old, cover, below(rect))


def over_below(blend_of_tool: Blend, old: np.ndarray, cover: np.ndarray, below: np.ndarray) -> np.ndarray:
    """What has to lie over ``below`` (premultiplied) instead of ``old``, so that its colours are changed: of all pixels that
    give target t over b the least opaque one that is not less opaque than the old, a = max (t − b)/(1 − b) or (b − t)/b over
    the channels, so that what lies below still shows. Nothing where there is nothing below."""
    ground = unpremultiply(below)
    base = ground[..., :3]
    kept = 1 - old[..., 3:]
    seen = np.concatenate([old[..., :3] + base * kept, np.ones_like(kept)], -1)
    target = blend_of_tool(seen, cover)[..., :3]
    room = np.where(target > base, 1 - base, base)
    need = np.divide(np.abs(target - base), room, out=np.zeros_like(base), where=room > 1e-6).max(
        -1, keepdims=True
    )
    beyond = np.maximum(base, target).max(-1, keepdims=True) > 1
    alpha = np.where(beyond, 1, np.clip(np.maximum(need, old[..., 3:]), 0, 1))
    new = np.concatenate([target - (1 - alpha) * base, alpha], -1)
    new[..., :3] = np.where(beyond, target, np.clip(new[..., :3], 0, alpha))
    untouched = (cover <= 0) | (ground[..., 3] <= 0)
    new[untouched] = old[untouched]
    return new.astype(np.float32, copy=False)
