"""Means over squares whose sides end inside pixels, by ``boxes.c``."""

from __future__ import annotations

import ctypes
import math
from functools import cache

import numpy as np

from studio.raster import native
from studio.raster.stopping import heed


@cache
def _library() -> ctypes.CDLL:
    found = native.library("boxes")
    pointer, number, real = ctypes.c_void_p, ctypes.c_int32, ctypes.c_float
    found.danqing_box_means.argtypes = [
        pointer, pointer, number, number, number, number, real, real, pointer, pointer, pointer,
    ]  # fmt: skip
    found.danqing_box_means.restype = None
    return found


def means(values: np.ndarray, half: float) -> np.ndarray:
    """Means of float32 [h, w] or [h, w, 4] over squares of side 2 ``half`` + 1, the outermost pixels by their share.

    Values are rounded to 1 / 2^24 first; beyond the edges the outermost pixels are repeated. ``half`` > 0 and no whole
    number. Raises ValueError for arrays of another kind.
    """
    heed()
    values = np.ascontiguousarray(values)
    height, width = values.shape[:2]
    channels = values.shape[2] if values.ndim == 3 else 1
    if values.dtype != np.float32 or values.ndim not in (2, 3) or channels not in (1, 4):
        raise ValueError(f"{values.shape} {values.dtype} are no floats of one or four channels")
    reach = math.ceil(half)
    made, between = np.empty_like(values), np.empty_like(values)
    line = np.empty((width + 2 * reach) * channels, np.float32)
    sums = np.empty(width * channels, np.float64)
    addresses = [each.__array_interface__["data"][0] for each in (values, made, between, line, sums)]
    _library().danqing_box_means(
        *addresses[:2],
        width,
        height,
        channels,
        reach,
        half - math.floor(half),
        1 / (2 * half + 1),
        *addresses[2:],
    )
    return made
