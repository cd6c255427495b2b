"""A PNG of 8-bit channels → rows of pixels, a strip at a time: inflated by ISA-L, unfiltered in ``raster/pixels.c``.

Twice as fast as libpng, and no more than a strip is held: libpng as OpenCV builds it spends two thirds of its time in zlib.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import cv2
import numpy as np
from isal import isal_zlib

from studio.project.headers import Header, HeaderError
from studio.raster import native

_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_PART = 1 << 18


def is_plain(data: bytes, header: Header) -> bool:
    """Whether :func:`strips` reads it: 8 bits, no palette, not interlaced, no colour that stands for transparency."""
    if header.kind != "png" or header.bits != 8 or header.palette:
        return False
    return data[25] in _CHANNELS and data[28] == 0 and b"tRNS" not in data[: data.find(b"IDAT")]


def strips(data: bytes, header: Header, rows: int) -> Iterator[np.ndarray]:
    """Straight RGBA uint8 [at most ``rows``, width, 4] from top to bottom; each is overwritten when the next is asked for.

    The checksums were looked at by ``read_header``. Raises HeaderError where the file is broken.
    """
    channels = _CHANNELS[data[25]]
    stride = 1 + header.width * channels
    rows = min(rows, header.height)
    filtered = np.empty((rows, stride), np.uint8)
    colours = None if channels == 4 else np.full((rows, header.width, 4), 255, np.uint8)
    before = np.zeros(stride - 1, np.uint8)
    inflated = _Inflated(data)
    for top in range(0, header.height, rows):
        strip = filtered[: min(rows, header.height - top)]
        inflated.read_into(strip.reshape(-1).data)
        if not native.png_unfilter(strip, channels, before):
            raise HeaderError("damaged", "an unknown filter")
        before[:] = strip[-1, 1:]
        pixels = strip[:, 1:].reshape(len(strip), header.width, channels)
        yield pixels if colours is None else _as_rgba(pixels, colours[: len(strip)])


def pixels(data: bytes, header: Header, rows: int = 64) -> np.ndarray:
    """Straight RGBA uint8 [height, width, 4] at once. Raises HeaderError."""
    out = np.empty((header.height, header.width, 4), np.uint8)
    top = 0
    for strip in strips(data, header, rows):
        out[top : top + len(strip)] = strip
        top += len(strip)
    return out


def _as_rgba(pixels: np.ndarray, out: np.ndarray) -> np.ndarray:
    channels = pixels.shape[2]
    if channels == 3:
        return cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA, out)
    out[..., :3] = pixels[..., :1]
    if channels == 2:
        out[..., 3] = pixels[..., 1]
    return out


class _Inflated:
    """The filtered rows of all IDAT chunks as one stream."""

    def __init__(self, data: bytes) -> None:
        self._view = memoryview(data)
        self._chunks = self._bodies()
        self._inflate = isal_zlib.decompressobj()
        self._pending: memoryview | bytes = b""

    def _bodies(self) -> Iterator[memoryview]:
        place = 8
        while place + 12 <= len(self._view):
            length, name = struct.unpack_from(">I4s", self._view, place)
            if name == b"IDAT":
                for start in range(place + 8, place + 8 + length, _PART):
                    yield self._view[start : min(start + _PART, place + 8 + length)]
            place += 12 + length

    def read_into(self, out: memoryview) -> None:
        """Fills ``out``. Raises HeaderError where the stream is damaged or ends too soon."""
        filled = 0
        while filled < len(out):
            given = self._pending if len(self._pending) else next(self._chunks, b"")
            try:
                part = self._inflate.decompress(given, len(out) - filled)
            except isal_zlib.error as error:  # pyright: ignore[reportGeneralTypeIssues]
                raise HeaderError("damaged", str(error)) from None
            self._pending = self._inflate.unconsumed_tail
            if not part and (self._inflate.eof or not len(given)):
                raise HeaderError("truncated")
            out[filled : filled + len(part)] = part
            filled += len(part)
