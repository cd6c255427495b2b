"""How noise comes into a picture: drawn for one, three or shared channels, added to straight colour, at any level."""

from __future__ import annotations

from typing import Any, Literal

import cv2
import numpy as np

from studio.filters.kind import FilterFunction, Place
from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["per-channel", "shared", "luminance"]
FewChannels = Literal["per-channel", "shared"]
MAXIMUM_SEED = 2**53 - 1
"""Whole numbers up to here survive any JSON reader."""
LARGEST = 65504.0
"""What an infinite value counts as: the largest half float."""
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "per-channel"),
    QT_TRANSLATE_NOOP("recipe", "shared"),
    QT_TRANSLATE_NOOP("recipe", "luminance"),
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
FEW_CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Per channel: coloured grain. Shared: the same grain in red, green and blue."
    ),
)


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
