"""A PNG of 8 or 16 bits a channel → rows of pixels, a strip at a time: inflated by ISA-L, unfiltered in ``raster/pixels.c``.

Twice as fast as libpng, and no more than a strip is held: libpng as OpenCV builds it spends two thirds of its time in zlib.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import cv2
import numpy as np
from isal import isal_zlib

from studio.project.file_bytes import Bytes
from studio.project.headers import Header, HeaderError
from studio.raster import native

_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_PART = 1 << 18


def is_plain(data: Bytes, header: Header) -> bool:
    """Whether :func:`strips` reads it: 8 or 16 bits, no palette, not interlaced, no colour that stands for transparency."""
    if header.kind != "png" or header.bits not in (8, 16) or header.palette:
        return False
    return data[25] in _CHANNELS and data[28] == 0 and not _has(data, b"tRNS")


def _has(data: Bytes, wanted: bytes) -> bool:
    """Whether there is such a chunk before the pixels."""
    place = 8
    while place + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        if name in (wanted, b"IDAT"):
            return name == wanted
        place += 12 + length
    return False


def strips(data: Bytes, header: Header, rows: int) -> Iterator[np.ndarray]:
    """Straight RGBA uint8 or uint16 [at most ``rows``, width, 4] from top to bottom; each is overwritten when the next is
    asked for.

    The checksums were looked at by ``read_header``. Raises HeaderError where the file is broken.
    """
    channels = _CHANNELS[data[25]]
    pixel = channels * header.bits // 8
    stride = 1 + header.width * pixel
    rows = min(rows, header.height)
    filtered = np.empty((rows, stride), np.uint8)
    dtype = np.uint8 if header.bits == 8 else np.uint16
    full = np.iinfo(dtype).max
    colours = None if channels == 4 else np.full((rows, header.width, 4), full, dtype)
    before = np.zeros(stride - 1, np.uint8)
    inflated = _Inflated(data)
    for top in range(0, header.height, rows):
        strip = filtered[: min(rows, header.height - top)]
        inflated.read_into(strip.reshape(-1).data)
        if not native.png_unfilter(strip, pixel, before):
            raise HeaderError("damaged", "an unknown filter")
        before[:] = strip[-1, 1:]
        samples = strip[:, 1:] if header.bits == 8 else strip[:, 1:].view(">u2").astype(np.uint16)
        pixels = samples.reshape(len(strip), header.width, channels)
        yield pixels if colours is None else _as_rgba(pixels, colours[: len(strip)])


def pixels(data: bytes, header: Header, rows: int = 64) -> np.ndarray:
    """Straight RGBA [height, width, 4] at once. Raises HeaderError."""
    out = np.empty((header.height, header.width, 4), np.uint8 if header.bits == 8 else np.uint16)
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

    def __init__(self, data: Bytes) -> None:
        self._data = data
        self._chunks = self._bodies()
        self._inflate = isal_zlib.decompressobj()
        self._pending: bytes = b""

    def _bodies(self) -> Iterator[bytes]:
        place, whole = 8, len(self._data)
        while place + 12 <= whole:
            head = self._data[place : place + 8]
            if len(head) < 8:  # the file was longer when it was looked at
                return
            length, name = struct.unpack(">I4s", head)
            if name == b"IDAT":
                for start in range(place + 8, place + 8 + length, _PART):
                    yield self._data[start : min(start + _PART, place + 8 + length)]
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
