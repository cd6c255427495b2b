"""Colours that belong together: harmonies of one colour, and the palette of a picture.

Both work in OKLab/OKLCH, where equal steps look equal, so that a harmony keeps lightness and chroma (Ottosson 2020).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import cv2
import numpy as np

from studio.raster.colour import Rgb, oklch_in_srgb, oklch_to_rgb, rgb_to_oklch
from studio.recipe import QT_TRANSLATE_NOOP

HARMONIES: Mapping[str, tuple[str, tuple[float, ...]]] = MappingProxyType(
    {
        "complementary": (QT_TRANSLATE_NOOP("harmony", "Complementary"), (0, 180)),
        "analogous": (QT_TRANSLATE_NOOP("harmony", "Analogous"), (-60, -30, 0, 30, 60)),
        "split": (QT_TRANSLATE_NOOP("harmony", "Split complementary"), (0, 150, 210)),
        "triad": (QT_TRANSLATE_NOOP("harmony", "Triad"), (0, 120, 240)),
        "square": (QT_TRANSLATE_NOOP("harmony", "Square"), (0, 90, 180, 270)),
        "shades": (QT_TRANSLATE_NOOP("harmony", "Shades"), ()),
    }
)
"""Name → (title in context ``harmony``, turns of the hue in degrees); ``shades`` changes lightness instead."""
_SHADES = (0.25, 0.4, 0.55, 0.7, 0.85)
_SAMPLES = 20_000
_SEED = 20_26


def harmony(colour: Rgb, kind: str) -> tuple[Rgb, ...]:
    """The colours of a harmony of an sRGB-encoded colour, brought into sRGB by lowering chroma. Raises KeyError."""
    lightness, chroma, hue = rgb_to_oklch(np.array(colour))
    turns = HARMONIES[kind][1]
    if turns:
        found = np.array([[lightness, chroma, (hue + turn / 360) % 1] for turn in turns])
    else:
        found = np.array([[shade, chroma, hue] for shade in _SHADES])
    return tuple(_rgb(row) for row in oklch_in_srgb(found))


def palette_of(pixels: np.ndarray, count: int) -> tuple[Rgb, ...]:
    """The ``count`` colours that stand best for straight uint8 RGBA ``pixels`` [h, w, 4], dark to light; fewer where
    there are fewer. Transparent pixels do not count. The same pixels always give the same palette (k-means, seeded)."""
    rows = pixels.reshape(-1, 4)
    rows = rows[rows[:, 3] > 127, :3]
    if not len(rows):
        return ()
    if len(rows) > _SAMPLES:
        rows = rows[np.linspace(0, len(rows) - 1, _SAMPLES).astype(np.int64)]
    distinct = np.unique(rows, axis=0)
    if len(distinct) <= count:
        found = distinct / 255
    else:
        found = _centres(_oklab(rows / 255), count)
    order = np.argsort([rgb_to_oklch(row)[0] for row in found])
    return tuple(_rgb(found[index]) for index in order)


def _oklab(rgb: np.ndarray) -> np.ndarray:
    lightness, chroma, hue = np.moveaxis(rgb_to_oklch(rgb), -1, 0)
    angle = hue * 2 * np.pi
    return np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], -1)


def _centres(lab: np.ndarray, count: int) -> np.ndarray:
    cv2.setRNGSeed(_SEED)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 40, 1e-4)
    _, _, centres = cv2.kmeans(lab.astype(np.float32), count, None, stop, 3, cv2.KMEANS_PP_CENTERS)  # type: ignore[call-overload]
    lightness, a, b = np.moveaxis(centres.astype(np.float64), -1, 0)
    oklch = np.stack([lightness, np.hypot(a, b), np.arctan2(b, a) / (2 * np.pi) % 1], -1)
    return np.clip(oklch_to_rgb(oklch), 0, 1)


def _rgb(row: np.ndarray) -> Rgb:
    red, green, blue = (float(value) for value in row)
    return red, green, blue
