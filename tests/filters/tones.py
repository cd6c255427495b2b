"""What the tests of tone and colour filters share: one pixel or many of straight colours, sent through a filter."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio import recipe
from studio.filters import FILTERS


def colours(count: int = 4096, seed: int = 3, high: float = 1.0) -> np.ndarray:
    """Random straight colours float32 [64, n, 3]."""
    values = np.random.default_rng(seed).random((64, count // 64, 3)) * high
    return values.astype(np.float32)


def filtered(name: str, rgb: Any, alpha: float = 1.0, **settings: Any) -> np.ndarray:
    """Straight float64 [..., 3] of straight colours [3] or [h, w, 3] after filter ``name``, at this alpha."""
    straight = np.asarray(rgb, np.float64)
    picture = np.atleast_3d(straight.reshape(1, 1, 3) if straight.ndim == 1 else straight)
    pixels = np.empty((*picture.shape[:2], 4), np.float32)
    pixels[..., :3] = picture * alpha
    pixels[..., 3] = alpha
    kind = FILTERS[name]
    out = kind.apply(pixels, recipe.from_plain(kind.parameters, settings))
    return (out[..., :3].astype(np.float64) / out[..., 3:]).reshape(straight.shape)


def decoded(value: Any) -> np.ndarray:
    """IEC 61966-2-1, written out once more."""
    value = np.asarray(value, np.float64)
    return np.where(value <= 0.04045, value / 12.92, ((np.maximum(value, 0) + 0.055) / 1.055) ** 2.4)


def encoded(light: Any) -> np.ndarray:
    light = np.asarray(light, np.float64)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055)
