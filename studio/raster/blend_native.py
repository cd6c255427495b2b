"""The compiled inner loop of the compositor, ``blend.c``: found beside this file, called through ctypes.

A call lets go of the interpreter lock, so that the window stays smooth while another thread composes.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from functools import cache
from pathlib import Path

import cv2
import numpy as np

_FP16, _AVX2 = 9, 11  # OpenCV's numbers of the features (cvdef.h), which its Python has no names for
_SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")


class MissingLibrary(ImportError):
    """The compiled part is not there, or not for this machine; the message says how to make it."""


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


def variant() -> str:
    """The build for this machine: ``x86_64_v3`` (AVX2, half floats), ``x86_64``, ``aarch64``."""
    machine = platform.machine().lower()
    if machine in ("arm64", "aarch64"):
        return "aarch64"
    wide = cv2.checkHardwareSupport(_AVX2) and cv2.checkHardwareSupport(_FP16)
    return "x86_64_v3" if wide else "x86_64"


@cache
def _library() -> ctypes.CDLL:
    place = Path(__file__).with_name(f"blend-{variant()}{_SUFFIX}")
    try:
        library = ctypes.CDLL(str(place))
    except OSError as error:
        raise MissingLibrary(
            f"{place}: {error}. Set Danqing up again: python3 packaging/dev.py setup"
        ) from None
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
    if backdrop.dtype != np.float32 or source.shape != (height, width, 4) or backdrop.shape != source.shape:
        raise ValueError(f"cannot put {source.shape} {source.dtype} on {backdrop.shape} {backdrop.dtype}")
    if not backdrop.flags.writeable:
        raise ValueError("these pixels are frozen; draw on a copy")
    if mask is not None and mask.shape != (height, width):
        raise ValueError(f"a mask {mask.shape} does not fit {backdrop.shape}")
    call = _Blend(
        _start(backdrop, 16), backdrop.strides[0],
        _start(source, 4 * source.itemsize), source.strides[0],
        None if mask is None else _start(mask, mask.itemsize), 0 if mask is None else mask.strides[0],
        width, height, number, source.itemsize == 2, mask is not None and mask.itemsize == 2, opacity,
    )  # fmt: skip
    _library().danqing_blend(ctypes.byref(call))


def _start(array: np.ndarray, pixel: int) -> int:
    """Address of the first pixel. Raises ValueError where it is no float array whose rows lie in one piece."""
    if (
        array.dtype not in (np.float16, np.float32)
        or array.strides[1] != pixel
        or array.strides[-1] != array.itemsize
    ):
        raise ValueError(
            f"the pixels of a row must lie side by side in memory, as halves or floats, not {array.dtype}"
        )
    return array.__array_interface__["data"][0]
