"""The compiled inner loop of the compositor, ``blend.c``."""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np

from studio.raster import native


class _Blend(ctypes.Structure):
    _fields_ = (
        ("backdrop", ctypes.c_void_p),
        ("backdrop_stride", ctypes.c_ssize_t),
        ("source", ctypes.c_void_p),
        ("source_stride", ctypes.c_ssize_t),
        ("mask", ctypes.c_void_p),
        ("mask_stride", ctypes.c_ssize_t),
        ("width", ctypes.c_int32),
        ("height", ctypes.c_int32),
        ("mode", ctypes.c_int32),
        ("source_is_half", ctypes.c_int32),
        ("mask_is_half", ctypes.c_int32),
        ("opacity", ctypes.c_float),
    )


@cache
def _library() -> ctypes.CDLL:
    library = native.library("blend")
    library.danqing_blend.argtypes = [ctypes.c_void_p]
    library.danqing_blend.restype = None
    library.danqing_mode.argtypes = [ctypes.c_char_p]
    library.danqing_mode.restype = ctypes.c_int32
    return library


@cache
def number(name: str) -> int:
    """The compiled number of a blend mode; KeyError for a name that it does not know."""
    found = _library().danqing_mode(name.encode())
    if found < 0:
        raise KeyError(name)
    return found


def put(
    number: int, backdrop: np.ndarray, source: np.ndarray, opacity: float, mask: np.ndarray | None
) -> None:
    """Puts ``source`` times ``opacity`` times ``mask`` on ``backdrop`` in place.

    ``backdrop`` [h, w, 4] float32, ``source`` the same shape in float16 or float32 (it may be the backdrop itself), ``mask``
    [h, w] float16 or float32; premultiplied. Raises ValueError for anything else and for a read-only backdrop.
    """
    height, width = backdrop.shape[:2]
    if backdrop.dtype.char != "f" or backdrop.shape != source.shape or backdrop.shape[2:] != (4,):
        raise ValueError(f"cannot put {source.shape} {source.dtype} on {backdrop.shape} {backdrop.dtype}")
    if not backdrop.flags.writeable:
        raise ValueError("these pixels are frozen; draw on a copy")
    if mask is not None and mask.shape != (height, width):
        raise ValueError(f"a mask {mask.shape} does not fit {backdrop.shape}")
    call = _Blend(
        native.start(backdrop, 16), backdrop.strides[0],
        native.start(source, 4 * source.itemsize), source.strides[0],
        None if mask is None else native.start(mask, mask.itemsize), 0 if mask is None else mask.strides[0],
        width, height, number, source.itemsize == 2, mask is not None and mask.itemsize == 2, opacity,
    )  # fmt: skip
    _library().danqing_blend(ctypes.byref(call))
