"""Error diffusion, by ``diffusion.c``: rows from the top, of which only the errors of the last few are kept."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache

import numpy as np

from studio.raster import native

Kernel = Sequence[tuple[int, int, int]]
"""(columns to the right, rows down, weight) of each pixel that takes a share of an error."""


@cache
def _library() -> ctypes.CDLL:
    found = native.library("diffusion")
    pointer, number = ctypes.c_void_p, ctypes.c_int32
    found.danqing_diffuse.argtypes = [
        pointer, pointer, *[number] * 4, pointer, pointer, number, *[pointer] * 3, number, pointer, number, number,
    ]  # fmt: skip
    found.danqing_diffuse.restype = None
    return found


def _address(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


class Diffusion:
    """A picture ``width`` pixels wide, taken row by row from its top."""

    def __init__(self, width: int, tones: Sequence[np.ndarray], kernel: Kernel, share: float) -> None:
        """``tones``: rising float32 values of each channel, 1 or 3 of them. ``share`` · weight of an error is passed on."""
        channels = len(tones)
        if channels not in (1, 3) or len(kernel) > 16:
            raise ValueError(f"{channels} channels and {len(kernel)} shares cannot be diffused")
        # The order in which slanted columns of pixels would hand out their errors, those of one column in the kernel's.
        skew = 1 + max((-column for column, row, _ in kernel if row), default=0)
        order = sorted(kernel, key=lambda one: -(one[0] + skew * one[1]))
        self._across = np.array([column for column, _, _ in order], np.int32)
        self._down = np.array([row for _, row, _ in order], np.int32)
        self._shares = np.array([weight * share for *_, weight in order], np.float32)
        self._pad, self._rows = int(np.abs(self._across).max()), 1 + int(self._down.max())
        self._most = max(len(one) for one in tones)
        self._tones, self._between = np.full((2, channels, self._most), np.inf, np.float32)
        for channel, one in enumerate(tones):
            self._tones[channel, : len(one)] = one
            self._between[channel, : len(one) - 1] = (one[1:] + one[:-1]) / 2
        self._errors = np.zeros((self._rows, width + 2 * self._pad, channels), np.float32)
        self._top = 0

    def rows(self, values: np.ndarray, seen: np.ndarray) -> None:
        """The next rows, float32 [h, w, channels], become tones in place; pixels not ``seen`` [h, w] pass nothing on."""
        width, channels = self._errors.shape[1] - 2 * self._pad, self._errors.shape[2]
        fits = values.shape[1:] == (width, channels) and seen.shape == values.shape[:2]
        if not fits or values.dtype != np.float32 or seen.dtype != bool:
            raise ValueError(f"{values.shape} {values.dtype} are no rows of {width} pixels")
        if not (values.flags.c_contiguous and seen.flags.c_contiguous and values.flags.writeable):
            raise ValueError("rows must lie in one piece, to be written to")
        _library().danqing_diffuse(
            _address(values), _address(seen), width, len(values), channels, self._top, _address(self._tones),
            _address(self._between), self._most, _address(self._across), _address(self._down), _address(self._shares),
            len(self._shares), _address(self._errors), self._rows, self._pad,
        )  # fmt: skip
        self._top += len(values)
