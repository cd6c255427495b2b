"""White noise as a function of place, so that every tile of a picture has its part of one and the same noise."""

from __future__ import annotations

import numpy as np

_STRIDE = np.uint64(0x9E3779B97F4A7C15)


def white(seed: int, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Gaussian noise of mean 0 and variance 1, float32 [height, width], at these places of the whole of ``seed``: 64 bits by SplitMix64
    (Steele, Lea & Flood 2014) of the place's number, then Box–Muller."""
    y = np.arange(top, top + height, dtype=np.uint64)[:, None]
    x = np.arange(left, left + width, dtype=np.uint64)[None, :]
    start = _mixed(np.array([seed], np.uint64) + _STRIDE)
    bits = _mixed((y << np.uint64(32) | x) * _STRIDE + start)
    part = ((bits >> np.uint64(40)).astype(np.float32) + 1) * np.float32(2**-24)
    angle = (bits & np.uint64(0xFFFFFF)).astype(np.float32) * np.float32(2 * np.pi / 2**24)
    return np.sqrt(-2 * np.log(part)) * np.cos(angle)


def _mixed(z: np.ndarray) -> np.ndarray:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
