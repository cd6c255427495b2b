"""Float32 kernels of the modes that Skia does not have, on premultiplied pixels.

A kernel gets x = as·ab·cb, y = as·ab·cs and k = as·ab, all [rows, w, 4], and returns x + y − as·ab·B(cb, cs), which is
what source and backdrop lose to each other: result = d + s − that. So formulas that only add and compare need no
division. Its alpha channel must come out as k. It may write into all three.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import cv2
import numpy as np

from studio.raster.colour import widen

Kernel = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]

_PIXELS = 8192  # per pass: the buffers stay in the second-level cache
_TINY = np.float32(1e-30)  # below every colour; what is divided by it is cut to 1
_ALPHA_TO_ALL = [3, 0, 3, 1, 3, 2, 3, 3]
_buffers = threading.local()


def _scratch(rows: int, columns: int) -> list[np.ndarray]:
    """Four float32 buffers [rows, columns, 4] that this thread keeps, so that no pass pays for fresh memory."""
    size = rows * columns * 4
    kept = getattr(_buffers, "arrays", None)
    if kept is None or kept[0].size < size:
        kept = _buffers.arrays = [np.empty(max(size, _PIXELS * 4), np.float32) for _ in range(4)]
    return [array[:size].reshape(rows, columns, 4) for array in kept]


def run(kernel: Kernel, backdrop: np.ndarray, source: np.ndarray, clamp: bool, opacity: float) -> None:
    """Blends ``source`` times ``opacity`` on ``backdrop`` in place: d + s − kernel; premultiplied [h, w, 4].

    ``backdrop`` float32, ``source`` float16 or float32.

    ``clamp``: colours outside 0–1 are clamped before the kernel; not needed where there are none.
    """
    height, width = backdrop.shape[:2]
    step = max(1, _PIXELS // width)
    for top in range(0, height, step):
        rows = min(step, height - top)
        d, s = backdrop[top : top + rows], widen(source[top : top + rows])
        x, y, k, scaled = _scratch(rows, width)
        if opacity != 1:
            s = np.multiply(s, np.float32(opacity), out=scaled)
        cv2.mixChannels([s], [x], _ALPHA_TO_ALL)
        cv2.mixChannels([d], [y], _ALPHA_TO_ALL)
        np.multiply(x, y, out=k)
        x *= d
        y *= s
        d += s
        if clamp:
            d -= x
            d -= y
            for colours in (x, y):
                np.minimum(colours, k, out=colours)
                np.maximum(colours, 0, out=colours)
            d += x
            d += y
        d -= kernel(x, y, k)


def linear_burn(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """m = max(x + y − k, 0)."""
    x += y
    return np.minimum(x, k, out=x)


def linear_light(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """m = x + 2·y − k, cut to 0…k."""
    x += y
    y += x
    y -= k
    np.maximum(y, 0, out=y)
    np.minimum(y, k, out=y)
    x -= y
    return x


def pin_light(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """m = max(min(x, 2·y), 2·y − k), so x + y − m = min(max(y, x − y), x − y + k)."""
    x -= y
    np.maximum(x, y, out=y)
    x += k
    return np.minimum(x, y, out=x)


def add(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """m = min(x + y, max(x, y, k))."""
    np.maximum(k, x, out=k)
    np.maximum(k, y, out=k)
    x += y
    x -= k
    return np.maximum(x, 0, out=x)


def subtract(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """m = max(x − y, 0)."""
    np.minimum(x, y, out=x)
    x += y
    x[..., 3] = k[..., 3]
    return x


def hard_mix(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    x += y
    x -= np.multiply(x >= k, k, out=y)
    return x


def divide(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """m = k·min(1, x / y); k where only y is 0, 0 where x is 0."""
    return x + y - _ratio(x, y, k)


def _ratio(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """k·min(1, x / y) with 0 / y = 0 and x / 0 = 1 for x > 0; for x and y of at least 0."""
    quotient = np.maximum(y, _TINY)
    np.divide(x, quotient, out=quotient)
    np.minimum(quotient, 1, out=quotient)
    quotient *= k
    return quotient


def vivid_light(x: np.ndarray, y: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Burn with 2·cs below one half, dodge with 2·cs − 1 above."""
    both = x + y
    y += y
    burnt = k - _ratio(k - x, y, k)
    dodged = _ratio(x, (k + k) - y, k)
    both -= np.where(y <= k, burnt, dodged)
    both[..., 3] = k[..., 3]
    return both


def _luminosity(colour: np.ndarray) -> np.ndarray:
    return 0.3 * colour[..., 0] + 0.59 * colour[..., 1] + 0.11 * colour[..., 2]


def darker_colour(x: np.ndarray, y: np.ndarray, _k: np.ndarray) -> np.ndarray:
    """m is the darker of the two, so what is lost is the other one."""
    return np.where((_luminosity(y) <= _luminosity(x))[..., None], x, y)


def lighter_colour(x: np.ndarray, y: np.ndarray, _k: np.ndarray) -> np.ndarray:
    return np.where((_luminosity(y) >= _luminosity(x))[..., None], x, y)
