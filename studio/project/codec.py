"""Tile codec 1: horizontal difference per channel, byte planes, zstd-1. Exact."""

from __future__ import annotations

import struct

import numpy as np
import zstandard

from studio.raster.geometry import TILE

VERSION = 1
_DTYPES = (np.dtype(np.float16), np.dtype(np.float32))
_HEAD = struct.Struct("<BBBB")


class CodecError(ValueError):
    """These bytes are no tile that this version can read."""


def dtype_code(dtype: np.dtype) -> int:
    return _DTYPES.index(np.dtype(dtype))


def dtype_of(code: int) -> np.dtype:
    return _DTYPES[code]


def encode_tile(pixels: np.ndarray) -> bytes:
    """[256, 256, channels] or [256, 256] float16 or float32 → bytes; releases the interpreter for most of its time.

    Neighbouring floats share exponent and upper mantissa, so their difference as integers has an almost empty upper byte.
    """
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    size = pixels.dtype.itemsize
    words = pixels.view(f"u{size}").reshape(TILE, TILE, channels)
    planes = np.empty((size, channels, TILE, TILE), np.uint8)
    for channel in range(channels):
        plane = np.ascontiguousarray(words[..., channel])
        difference = plane.copy()
        difference[:, 1:] -= plane[:, :-1]
        for byte in range(size):
            planes[byte, channel] = difference.astype(np.uint8)
            difference >>= 8
    head = _HEAD.pack(VERSION, dtype_code(pixels.dtype), channels, int(pixels.ndim == 2))
    return head + zstandard.ZstdCompressor(level=1).compress(planes.data.cast("B"))


def decode_tile(data: bytes) -> np.ndarray:
    """The pixels that :func:`encode_tile` was given. Raises CodecError."""
    try:
        version, code, channels, flat = _HEAD.unpack_from(data)
        if version != VERSION or code >= len(_DTYPES) or not 1 <= channels <= 4:
            raise CodecError(f"tile codec {version}")
        dtype = _DTYPES[code]
        size = dtype.itemsize
        length = size * channels * TILE * TILE
        raw = zstandard.ZstdDecompressor().decompress(memoryview(data)[_HEAD.size :], max_output_size=length)
        planes = np.frombuffer(raw, np.uint8).reshape(size, channels, TILE, TILE)
    except (struct.error, zstandard.ZstdError, ValueError) as error:
        raise CodecError(str(error)) from None
    out = np.empty((TILE, TILE, channels), f"u{size}")
    for channel in range(channels):
        words = planes[size - 1, channel].astype(out.dtype)
        for byte in range(size - 2, -1, -1):
            words <<= 8
            words |= planes[byte, channel]
        np.cumsum(words, axis=1, dtype=out.dtype, out=out[..., channel])
    pixels = out.view(dtype)
    return pixels[..., 0].copy() if flat else pixels
