"""The compiled inner loop of the compositor, ``blend.c``."""

from __future__ import annotations

import ctypes
import struct
from functools import cache

import numpy as np

from studio.raster import native
from studio.raster.geometry import TILE, Rect
from studio.raster.tile import Memory

Placing = tuple[Memory, int, int]
"""A tile's pixels and the place of the first one, (left, top)."""


_BLEND = struct.Struct("PnPnPniiiiif")
"""``Blend`` of ``blend.c``, field by field."""


@cache
def _library() -> ctypes.CDLL:
    library = native.library("blend")
    library.danqing_blend.argtypes = [ctypes.c_char_p, ctypes.c_int32]
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
    address = _writable(backdrop)
    if backdrop.shape != source.shape:
        raise ValueError(f"cannot put {source.shape} on {backdrop.shape}")
    if mask is not None and mask.shape != (height, width):
        raise ValueError(f"a mask {mask.shape} does not fit {backdrop.shape}")
    call = _BLEND.pack(
        address, backdrop.strides[0],
        native.start(source, 4 * source.itemsize), source.strides[0],
        0 if mask is None else native.start(mask, mask.itemsize), 0 if mask is None else mask.strides[0],
        width, height, number, source.itemsize == 2, mask is not None and mask.itemsize == 2, opacity,
    )  # fmt: skip
    _library().danqing_blend(call, 1)


def _writable(backdrop: np.ndarray) -> int:
    """The address of the first pixel of what can be put on."""
    if backdrop.dtype.char != "f" or backdrop.shape[2:] != (4,):
        raise ValueError(f"nothing can be put on {backdrop.shape} {backdrop.dtype}")
    if not backdrop.flags.writeable:
        raise ValueError("these pixels are frozen; draw on a copy")
    return native.start(backdrop, 16)


class Pile:
    """Parts of tiles that are put on one backdrop, in their order and by one call: for a dab under many layers the calls cost
    more than its pixels.

    ``backdrop``: premultiplied float32 [h, w, 4], its first pixel at (``left``, ``top``). Raises ValueError for anything else and
    for a read-only one.
    """

    def __init__(self, backdrop: np.ndarray, left: int, top: int) -> None:
        self._start, self._stride = _writable(backdrop), backdrop.strides[0]
        self._left, self._top = left, top
        self._calls: list[bytes] = []
        self._held: list[np.ndarray] = []

    def add(
        self, number: int, part: Rect, source: Placing, opacity: float, mask: Placing | None = None
    ) -> None:
        """``part`` of a tile [256, 256, 4], times ``opacity`` and a mask's tile [256, 256]; both hold ``part``, and so does the
        backdrop."""
        left, top, right, bottom = part
        address, stride, half = self._begin(source, 4, left, top)
        veil, veil_stride, veil_half = (0, 0, False) if mask is None else self._begin(mask, 1, left, top)
        self._calls.append(
            _BLEND.pack(
                self._start + (top - self._top) * self._stride + (left - self._left) * 16, self._stride,
                address, stride, veil, veil_stride, right - left, bottom - top, number, half, veil_half, opacity,
            )
        )  # fmt: skip

    def _begin(self, source: Placing, channels: int, left: int, top: int) -> tuple[int, int, bool]:
        """(address of the pixel at (``left``, ``top``), bytes of a row, whether they are halves)."""
        (pixels, start), x, y = source
        self._held.append(pixels)
        pixel = channels * pixels.itemsize
        return start + ((top - y) * TILE + left - x) * pixel, TILE * pixel, pixels.itemsize == 2

    def put(self) -> None:
        """Puts all that was added."""
        if self._calls:
            _library().danqing_blend(b"".join(self._calls), len(self._calls))
        self._calls.clear()
        self._held.clear()
