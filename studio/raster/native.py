"""The compiled parts: found beside this file, called through ctypes.

A call lets go of the interpreter lock, so that the window stays smooth while another thread works.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np

_FP16, _AVX2 = 9, 11  # OpenCV's numbers of the features (cvdef.h), which its Python has no names for
_SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")


class MissingLibrary(ImportError):
    """A compiled part is not there, or not for this machine; the message says how to make it."""


def variant() -> str:
    """The build for this machine: ``x86_64_v3`` (AVX2, half floats), ``x86_64``, ``aarch64``."""
    machine = platform.machine().lower()
    if machine in ("arm64", "aarch64"):
        return "aarch64"
    wide = cv2.checkHardwareSupport(_AVX2) and cv2.checkHardwareSupport(_FP16)
    return "x86_64_v3" if wide else "x86_64"


def library(stem: str) -> ctypes.CDLL:
    """The library made of ``<stem>.c``. Raises MissingLibrary."""
    place = Path(__file__).with_name(f"{stem}-{variant()}{_SUFFIX}")
    try:
        return ctypes.CDLL(str(place))
    except OSError as error:
        raise MissingLibrary(
            f"{place}: {error}. Set Danqing up again: python3 packaging/dev.py setup"
        ) from None


def start(array: np.ndarray, pixel: int) -> int:
    """Address of the first pixel. Raises ValueError where it is no float array whose rows lie in one piece."""
    strides = array.strides
    if array.dtype.char not in "ef" or strides[1] != pixel or strides[-1] != array.itemsize:
        raise ValueError(
            f"the pixels of a row must lie side by side in memory, as halves or floats, not {array.dtype}"
        )
    return array.__array_interface__["data"][0]


@cache
def _pixels() -> ctypes.CDLL:
    found = library("pixels")
    pointer, stride, number = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int32
    found.danqing_halve.argtypes = [pointer, stride, pointer, stride, number, number, number, number]
    found.danqing_halve.restype = None
    found.danqing_view.argtypes = [pointer, stride, pointer, stride, number, number]
    found.danqing_view.restype = None
    found.danqing_half_of_straight.argtypes = [pointer, stride, pointer, stride, number, number, pointer]
    found.danqing_half_of_straight.restype = number
    found.danqing_share.argtypes = [pointer, pointer, pointer, pointer, number, number]
    found.danqing_share.restype = number
    found.danqing_png_unfilter.argtypes = [pointer, stride, number, number, pointer]
    found.danqing_png_unfilter.restype = number
    return found


def halve(source: np.ndarray, target: np.ndarray) -> None:
    """Means of 2×2 pixels into ``target`` [h, w] or [h, w, 4] of the same type; ``source`` has twice its sides."""
    height, width = target.shape[:2]
    channels = target.shape[2] if target.ndim == 3 else 1
    if source.shape[:2] != (2 * height, 2 * width) or source.dtype != target.dtype or channels not in (1, 4):
        raise ValueError(f"{source.shape} {source.dtype} cannot be halved into {target.shape} {target.dtype}")
    pixel = channels * source.itemsize
    _pixels().danqing_halve(
        start(source, pixel), source.strides[0], start(target, pixel), target.strides[0], width, height, channels,
        source.itemsize == 2,
    )  # fmt: skip


def view(pixels: np.ndarray) -> np.ndarray:
    """Premultiplied uint8 BGRA [h, w, 4], rounded and no colour above its alpha, of premultiplied float32 RGBA."""
    height, width, channels = pixels.shape
    if channels != 4 or pixels.dtype != np.float32:
        raise ValueError(f"{pixels.shape} {pixels.dtype} are no float32 pixels with alpha")
    target = np.empty((height, width, 4), np.uint8)
    _pixels().danqing_view(
        start(pixels, 16),
        pixels.strides[0],
        target.__array_interface__["data"][0],
        target.strides[0],
        width,
        height,
    )
    return target


def half_of_straight(straight: np.ndarray, target: np.ndarray, table: np.ndarray) -> bool:
    """Straight uint8 RGBA [h, w, 4] into premultiplied float16 ``target`` of the same shape through ``table`` [65536];
    whether anything is seen."""
    height, width = target.shape[:2]
    if straight.shape != target.shape or straight.dtype != np.uint8 or straight.strides[1:] != (4, 1):
        raise ValueError(f"{straight.shape} {straight.dtype} are no straight 8-bit pixels for {target.shape}")
    found = _pixels().danqing_half_of_straight(
        straight.__array_interface__["data"][0], straight.strides[0], start(target, 8), target.strides[0], width, height,
        start(table.reshape(1, -1), 2),
    )  # fmt: skip
    return bool(found)


def share(pixels: np.ndarray, part: np.ndarray) -> tuple[np.ndarray | None, np.ndarray | None]:
    """(pixels·part, pixels·(1 − part)), each None where it holds nothing; computed in float32.

    ``pixels`` [h, w, 4] float16 or float32, in one piece, ``part`` [h, w] float32 in one piece, 0–1.
    """
    whole = pixels.flags.c_contiguous and part.flags.c_contiguous and part.dtype == np.float32
    if not whole or pixels.shape != (*part.shape, 4):
        raise ValueError(f"{pixels.shape} cannot be shared out by {part.shape} {part.dtype}")
    taken, left = np.empty_like(pixels), np.empty_like(pixels)
    row = 4 * pixels.itemsize
    found = _pixels().danqing_share(
        start(pixels, row), part.__array_interface__["data"][0], start(taken, row), start(left, row), part.size,
        pixels.itemsize == 2,
    )  # fmt: skip
    return (taken if found & 1 else None), (left if found & 2 else None)


def png_unfilter(rows: np.ndarray, pixel: int, before: np.ndarray) -> bool:
    """Filtered rows of a PNG, uint8 [count, 1 + width · pixel], become pixels in place; False where a filter is unknown.

    ``pixel``: bytes of one pixel, 1–4, 6 or 8. ``before`` [width · pixel]: the row above, zero above the first of a picture.
    """
    count, stride = rows.shape
    fits = before.shape == (stride - 1,) and (stride - 1) % pixel == 0
    if not (
        fits
        and rows.flags.c_contiguous
        and before.flags.c_contiguous
        and rows.dtype == before.dtype == np.uint8
    ):
        raise ValueError(
            f"{rows.shape} {rows.dtype} are no filtered rows of {pixel} bytes a pixel below {before.shape}"
        )
    address, above = rows.__array_interface__["data"][0], before.__array_interface__["data"][0]
    return _pixels().danqing_png_unfilter(address, stride, count, pixel, above) == count


@cache
def _dabs() -> ctypes.CDLL:
    found = library("dabs")
    pointer, number = ctypes.c_void_p, ctypes.c_int32
    found.danqing_lay_dabs.argtypes = [
        pointer, ctypes.c_ssize_t, number, number, number, *[pointer] * 5, number, *[pointer] * 3,
    ]  # fmt: skip
    found.danqing_lay_dabs.restype = None
    single = ctypes.c_float
    found.danqing_lay_colour.argtypes = [pointer, ctypes.c_ssize_t] * 3 + [number] * 3 + [single] * 3
    found.danqing_lay_colour.restype = None
    return found


def lay_colour(
    target: np.ndarray, old: np.ndarray | None, cover: np.ndarray, colour: tuple[float, float, float]
) -> None:
    """``target`` = ``old`` · (1 − ``cover``) + (``colour``, 1) · ``cover``, in float32 and then rounded.

    ``target`` and ``old`` [h, w, 4] of one type, float16 or float32; None is transparent. ``cover`` float32 [h, w].
    """
    height, width = cover.shape
    pixel = 4 * target.itemsize
    fits = target.shape == (height, width, 4) and cover.dtype == np.float32 and target.flags.writeable
    if not fits or (old is not None and (old.shape != target.shape or old.dtype != target.dtype)):
        raise ValueError(f"a colour cannot be laid on {target.shape} {target.dtype} as far as {cover.shape}")
    _dabs().danqing_lay_colour(
        start(target, pixel), target.strides[0],
        0 if old is None else start(old, pixel), 0 if old is None else old.strides[0],
        start(cover, 4), cover.strides[0], width, height, target.itemsize == 2, *colour,
    )  # fmt: skip


def lay_dabs(
    plane: np.ndarray,
    corner: tuple[int, int],
    dabs: tuple[np.ndarray, np.ndarray, np.ndarray],
    flow: np.ndarray,
    level: np.ndarray,
    first: int,
    tables: Sequence[tuple[np.ndarray, int, bool]],
) -> None:
    """Lays round dabs, ``dabs`` = (x, y, radius) float64 [n], ``flow`` and ``level`` float32 [n], in their order.

    ``plane`` float32 [h, w], what is still uncovered, holds every pixel that a dab may touch, the first one at ``corner``.
    ``tables[i]``: float32 prints [64, 2 · reach + 1, 2 · reach + 1] of radius (first + i) / 8, that reach, and
    whether they are sharp.
    """
    columns = [np.ascontiguousarray(column, np.float64) for column in dabs]
    addresses = [column.__array_interface__["data"][0] for column in (*columns, flow, level)]
    prints = (ctypes.c_void_p * len(tables))(*(one[0].__array_interface__["data"][0] for one in tables))
    reaches = (ctypes.c_int32 * len(tables))(*(one[1] for one in tables))
    sharp = (ctypes.c_uint8 * len(tables))(*(one[2] for one in tables))
    _dabs().danqing_lay_dabs(
        start(plane, 4), plane.strides[0], *corner, len(flow), *addresses, first, prints, reaches, sharp
    )
