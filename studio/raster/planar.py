"""Premultiplied pixels taken apart into straight planes and put together again, by ``planes.c``."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache

import numpy as np

from studio.raster import native

_STRIDES = (16, 4)
"""Of pixels whose rows lie in one piece."""


@cache
def _library() -> ctypes.CDLL:
    found = native.library("planes")
    pointer, stride, number = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int32
    found.danqing_take_apart.argtypes = [pointer, stride, number, number, pointer]
    found.danqing_take_apart.restype = None
    found.danqing_put_together.argtypes = [
        pointer,
        pointer,
        pointer,
        pointer,
        pointer,
        stride,
        number,
        number,
    ]
    found.danqing_put_together.restype = None
    return found


def taken_apart(pixels: np.ndarray) -> np.ndarray:
    """float32 [4, h, w]: straight red, green, blue, and alpha of premultiplied float32 [h, w, 4].

    All finite: not-a-number counts as 0, what lies beyond ±65504 as that. Transparent pixels are black, and no alpha
    is below 0. Raises ValueError for pixels of another kind.
    """
    _check(pixels)
    height, width = pixels.shape[:2]
    pixels = pixels if pixels.strides[1:] == _STRIDES else pixels.copy()
    planes = np.empty((4, height, width), np.float32)
    _library().danqing_take_apart(
        native.start(pixels, 16), pixels.strides[0], width, height, planes.__array_interface__["data"][0]
    )
    return planes


def put_together(colours: Sequence[np.ndarray], alpha: np.ndarray, target: np.ndarray) -> None:
    """The inverse into ``target``: three colours [h, w], made finite in the same way, times ``alpha``, which is finite."""
    _check(target)
    planes = [np.ascontiguousarray(plane, np.float32) for plane in (*colours, alpha)]
    height, width = target.shape[:2]
    if len(planes) != 4 or any(plane.shape != (height, width) for plane in planes):
        raise ValueError(f"{[plane.shape for plane in planes]} are no colours and alpha of {target.shape}")
    if target.strides[1:] != _STRIDES:
        made = np.empty(target.shape, np.float32)
        put_together(colours, alpha, made)
        target[...] = made
        return
    addresses = [plane.__array_interface__["data"][0] for plane in planes]
    _library().danqing_put_together(*addresses, native.start(target, 16), target.strides[0], width, height)


def _check(pixels: np.ndarray) -> None:
    if pixels.dtype != np.float32 or pixels.ndim != 3 or pixels.shape[2] != 4:
        raise ValueError(f"{pixels.shape} {pixels.dtype} are no float32 pixels of four channels")
