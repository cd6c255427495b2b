"""How noise comes into a picture: drawn for one, three or shared channels, added to straight colour, at any level."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.kind import FilterFunction, Place
from studio.filters.planes import each, from_light, recoloured, to_light
from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["per-channel", "shared", "luminance"]
MAXIMUM_SEED = 2**53 - 1
"""Whole numbers up to here survive any JSON reader."""
LARGEST = 65504.0
"""What an infinite value counts as: the largest half float."""
_ALPHA = 3
"""The counters' channel from which alpha's noise is drawn."""
_LEAST_ALPHA = 2.0**-24
"""The smallest half float: what is less opaque counts as transparent."""
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "per-channel"),
    QT_TRANSLATE_NOOP("recipe", "shared"),
    QT_TRANSLATE_NOOP("recipe", "luminance"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
)

SEED = declare(
    QT_TRANSLATE_NOOP("recipe", "Seed"),
    low=0,
    high=MAXIMUM_SEED,
    seed=True,
    description=QT_TRANSLATE_NOOP("recipe", "The same seed gives the same grain."),
)
CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Per channel: coloured grain. Shared: the same grain in red, green and blue. Luminance: lighter and darker "
        "only, hue and saturation stay.",
    ),
)


_OWN = {"linked": (False,), "channels": ("per-channel", "shared")}
LINKED = declare(
    QT_TRANSLATE_NOOP("recipe", "Same for red, green and blue"),
    description=QT_TRANSLATE_NOOP("recipe", "Otherwise each of them has a strength of its own."),
    when={"channels": ("per-channel", "shared")},
)
SPACE = declare(
    QT_TRANSLATE_NOOP("recipe", "Values"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Encoded: evenly spaced to the eye. Linear light: as a camera counts it."
    ),
)
Space = Literal["encoded", "linear-light"]


def own_strength(title: str) -> msgspec.Meta:
    """How much noise one colour gets where they are not linked."""
    return declare(title, low=0.0, high=1.0, soft_high=0.5, step=0.001, when=_OWN)


def opacity_strength(title: str) -> msgspec.Meta:
    return declare(
        title,
        low=0.0,
        high=1.0,
        soft_high=0.5,
        step=0.001,
        description=QT_TRANSLATE_NOOP("recipe", "Nothing appears where the picture is fully transparent."),
    )


def strengths(parameters: Any, name: str) -> np.ndarray:
    """How much noise: one number for all channels, or one each for red, green and blue; float32 [1 or 3]."""
    if parameters.linked or parameters.channels == "luminance":
        return np.array([getattr(parameters, name)], np.float32)
    own = [getattr(parameters, f"{name}_{colour}") for colour in ("red", "green", "blue")]
    return np.array(own, np.float32)


def scaled(noise: np.ndarray, strength: np.ndarray, place: Place) -> np.ndarray:
    """``noise`` [h, w, 1 or 3], which may be overwritten, times ``strength`` [1 or 3] as it is at a level."""
    factors = strength * np.float32(spread(place))
    if factors.size > noise.shape[2]:
        return noise * factors
    noise *= factors
    return noise


def finite(pixels: np.ndarray) -> np.ndarray:
    """``pixels`` without NaN (0 instead) and infinity (±65504); the same array where there is none."""
    # A sum is finite unless a part is not, or it overflows; it is quicker than looking at every part.
    with np.errstate(over="ignore", invalid="ignore"):
        total = pixels.sum()
    if np.isfinite(total) or np.isfinite(pixels).all():
        return pixels
    return np.nan_to_num(pixels, nan=0.0, posinf=LARGEST, neginf=-LARGEST)


def numbers(channels: Channels) -> tuple[int, ...]:
    """The counters' channels that are drawn: one for grain that all colours share, else three."""
    return (0, 1, 2) if channels == "per-channel" else (0,)


def sampled(field: random.Field, seed: int, channels: Channels, place: Place) -> np.ndarray:
    """Samples [h, w, 1 or 3] for ``place``: at level 0 exact; above it averages, or their cheap like.

    The average of 4^L independent samples has the standard deviation of one divided by 2^L, so the preview draws one
    sample per shown pixel and divides its spread; ``place.exact`` draws them all.
    """
    if place.exact:
        return random.averaged(field, seed, place.rect, numbers(channels), place.level)
    return field(seed, place.rect, numbers(channels), place.level)


def spread(place: Place) -> float:
    """What the deviation from the mean is multiplied with at this level."""
    return 1.0 if place.exact else 1.0 / (1 << place.level)


def added(pixels: np.ndarray, noise: np.ndarray, channels: Channels) -> np.ndarray:
    """Straight colour plus ``noise`` [h, w, 1 or 3], which premultiplied is p + alpha · n; alpha stays.

    Luminance: every channel times max(0, V + n) / V, V the largest of the three, which is Smith's value (1978): hue and
    saturation stay and no channel changes by more than n. Black has no hue and becomes grey.
    """
    out = pixels.copy()
    noise = noise * pixels[..., 3:]
    if channels != "luminance":
        out[..., :3] += noise
        return out
    largest = np.maximum(np.maximum(pixels[..., 0], pixels[..., 1]), pixels[..., 2])[..., None]
    coloured = largest > 1e-6
    factor = np.divide(noise, largest, out=np.zeros_like(noise), where=coloured)
    factor += np.float32(1)
    np.maximum(factor, 0, out=factor)
    out[..., :3] *= factor
    if not coloured.all():
        out[..., :3] += np.where(coloured, np.float32(0), np.maximum(noise, 0))
    return out


def added_in(space: Space, pixels: np.ndarray, noise: np.ndarray, channels: Channels) -> np.ndarray:
    """:func:`added` to encoded values, or to those of linear light, encoded again."""
    return in_space(space, pixels, lambda source: added(source, noise, channels))


def in_space(space: Space, pixels: np.ndarray, work: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """``work`` done on premultiplied encoded ``pixels``, or on them in linear light."""
    if space == "encoded":
        return work(pixels)
    return recoloured(work(recoloured(pixels, each(to_light))), each(from_light))


def with_alpha_changed(pixels: np.ndarray, change: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """``pixels`` with ``change`` done to their alpha [h, w], cut to 0–1, under the same straight colours. What is fully
    transparent stays so."""
    old = pixels[..., 3]
    seen = old >= _LEAST_ALPHA
    new = np.clip(change(old), 0, 1)
    out = pixels * np.divide(new, old, out=np.zeros_like(old), where=seen)[..., None]
    out[..., 3] = np.where(seen, new, old)
    return out


def alpha_sampled(field: random.Field, seed: int, place: Place) -> np.ndarray:
    """Samples [h, w] for alpha, which share nothing with those of colours."""
    return field(seed, place.rect, (_ALPHA,), place.level)[..., 0]


def averaged(function: FilterFunction, pixels: np.ndarray, parameters: Any, place: Place) -> np.ndarray:
    """What ``function`` makes at level 0, averaged: each pixel of the level counts as 2^L × 2^L equal ones.

    For ``place.exact`` of filters that look at one pixel only. Works through strips, so that memory stays near that of
    the result.
    """
    out = np.empty_like(pixels)
    side = 1 << place.level
    rows = max(1, (1 << 20) // max(1, place.rect.width * side * side))
    for top in range(0, pixels.shape[0], rows):
        strip = pixels[top : top + rows]
        rect = Rect.of(place.rect.left, place.rect.top + top, strip.shape[1], strip.shape[0])
        fine = np.repeat(np.repeat(strip, side, 0), side, 1)
        made = function(fine, parameters, Place(rect=rect.from_level(place.level)))
        size = (strip.shape[1], strip.shape[0])
        out[top : top + rows] = cv2.resize(made, size, interpolation=cv2.INTER_AREA)
    return out
