"""How a tile is packed: horizontal difference per channel, byte planes, zstd-1. Exact.

Codec 1 packs the floats as they are. Codec 2 is for half-float pixels that are nothing but straight 8-bit colours, as an
opened photograph's: it packs those bytes, less than half as much.
"""

from __future__ import annotations

import struct

import numpy as np
import zstandard

from studio.raster.colour import from_half, to_half
from studio.raster.geometry import TILE

FLOATS, BYTES = 1, 2
_DTYPES = (np.dtype(np.float16), np.dtype(np.float32))
_HALF_ONE = 0x3C00
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
    straight = _straight_bytes(pixels)
    words = pixels.view(f"u{pixels.dtype.itemsize}") if straight is None else straight
    head = _HEAD.pack(
        FLOATS if straight is None else BYTES, dtype_code(pixels.dtype), channels, int(pixels.ndim == 2)
    )
    return _packed(head, words.reshape(TILE, TILE, channels))


def encode_straight(straight: np.ndarray) -> bytes:
    """What :func:`encode_tile` gives for the half-float pixels of straight uint8 [256, 256, 4], transparent ones black."""
    return _packed(_HEAD.pack(BYTES, dtype_code(np.dtype(np.float16)), 4, 0), straight)


def _packed(head: bytes, words: np.ndarray) -> bytes:
    planes = _differences(words)
    return head + zstandard.ZstdCompressor(level=1).compress(planes.data.cast("B"))


def _straight_bytes(pixels: np.ndarray) -> np.ndarray | None:
    """The straight 8-bit colours that half-float ``pixels`` were made from; None where they hold anything else."""
    if pixels.dtype != np.float16 or pixels.shape != (TILE, TILE, 4):
        return None
    # the bits of halves are in the order of their values; negative ones and NaN lie above 1
    if pixels.view(np.uint16).max() > _HALF_ONE:
        return None
    probe = pixels[:: TILE // 4]
    if not np.array_equal(to_half(from_half(probe)).view(np.uint16), probe.view(np.uint16)):
        return None
    straight = from_half(pixels)
    return straight if np.array_equal(to_half(straight).view(np.uint16), pixels.view(np.uint16)) else None


def _differences(words: np.ndarray) -> np.ndarray:
    """uint8 [size, channels, 256, 256], lowest bytes first, of integers [256, 256, channels]."""
    size, channels = words.dtype.itemsize, words.shape[2]
    planes = np.empty((size, channels, TILE, TILE), np.uint8)
    for channel in range(channels):
        plane = np.ascontiguousarray(words[..., channel])
        difference = plane.copy()
        difference[:, 1:] -= plane[:, :-1]
        for byte in range(size):
            planes[byte, channel] = difference.astype(np.uint8)
            if size > 1:
                difference >>= 8
    return planes


def decode_tile(data: bytes) -> np.ndarray:
    """The pixels that :func:`encode_tile` was given. Raises CodecError."""
    try:
        version, code, channels, flat = _HEAD.unpack_from(data)
        known = version == FLOATS or (version == BYTES and code == 0 and channels == 4 and not flat)
        if not known or code >= len(_DTYPES) or not 1 <= channels <= 4:
            raise CodecError(f"tile codec {version}")
        dtype = _DTYPES[code]
        size = dtype.itemsize if version == FLOATS else 1
        length = size * channels * TILE * TILE
        raw = zstandard.ZstdDecompressor().decompress(memoryview(data)[_HEAD.size :], max_output_size=length)
        planes = np.frombuffer(raw, np.uint8).reshape(size, channels, TILE, TILE)
    except (struct.error, zstandard.ZstdError, ValueError) as error:
        raise CodecError(str(error)) from None
    words = _summed(planes)
    if version == BYTES:
        return to_half(words)
    pixels = words.view(dtype)
    return pixels[..., 0].copy() if flat else pixels


def _summed(planes: np.ndarray) -> np.ndarray:
    """The integers [256, 256, channels] that :func:`_differences` was given."""
    size, channels = planes.shape[:2]
    out = np.empty((TILE, TILE, channels), f"u{size}")
    for channel in range(channels):
        words = planes[size - 1, channel].astype(out.dtype)
        for byte in range(size - 2, -1, -1):
            words <<= 8
            words |= planes[byte, channel]
        np.cumsum(words, axis=1, dtype=out.dtype, out=out[..., channel])
    return out
