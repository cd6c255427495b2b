"""Random numbers as a function of (seed, channel, x, y): the same for any crop, tile size, order or machine.

Philox-4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) turns a counter into four
32-bit words. The counter is (x // 4, y, channel, stream) in document pixels, the key is the seed; the four words are
the four neighbouring pixels x, x+1, x+2, x+3. Normal numbers come from pairs of words by Box–Muller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import cv2
import numpy as np

from studio.raster.fields import words_of
from studio.raster.geometry import Rect

ROUNDS = 10
_MULTIPLY = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_STRIP = 4096
"""Counters worked on at once: eight arrays of them stay in the second-level cache."""

Words = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Field = Callable[[int, Rect, tuple[int, ...], int], np.ndarray]


def philox(counter: Words, seed: int) -> Words:
    """Four words (uint64 arrays with values below 2^32) per counter of four such arrays. ``seed``: 64 bits.

    For counters in any order; those of a rectangle are made by :func:`studio.raster.fields.words_of`, bit for
    bit the same.
    """
    key = [seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF]
    first, second, third, fourth = (np.array(part, np.uint64) for part in np.broadcast_arrays(*counter))
    left, right = np.empty_like(first), np.empty_like(first)
    for _ in range(ROUNDS):
        np.multiply(first, _MULTIPLY[0], out=left)
        np.multiply(third, _MULTIPLY[1], out=right)
        np.right_shift(right, _HALF, out=first)
        np.bitwise_xor(first, second, out=first)
        np.bitwise_xor(first, np.uint64(key[0]), out=first)
        np.right_shift(left, _HALF, out=third)
        np.bitwise_xor(third, fourth, out=third)
        np.bitwise_xor(third, np.uint64(key[1]), out=third)
        np.bitwise_and(right, _LOW, out=second)
        np.bitwise_and(left, _LOW, out=fourth)
        key = [(key[0] + _WEYL[0]) & 0xFFFFFFFF, (key[1] + _WEYL[1]) & 0xFFFFFFFF]
    return first, second, third, fourth


def uniform(seed: int, rect: Rect, channels: Iterable[int] = (0,), stream: int = 0) -> np.ndarray:
    """float32 [height, width, channels] in the open interval (0, 1), 23 bits each, at the pixels of ``rect``."""
    return _field(_uniform_words, seed, rect, tuple(channels), stream)


def normal(seed: int, rect: Rect, channels: Iterable[int] = (0,), stream: int = 0) -> np.ndarray:
    """float32 [height, width, channels] of mean 0 and standard deviation 1, up to ±6.7, at the pixels of ``rect``.

    Density p(x) = exp(−x²/2) / √(2π), by Box and Muller, "A note on the generation of random normal deviates", 1958.
    """
    return _field(_normal_words, seed, rect, tuple(channels), stream)


def averaged(field: Field, seed: int, rect: Rect, channels: tuple[int, ...], level: int) -> np.ndarray:
    """``field`` (:func:`uniform` or :func:`normal`) at mip level ``level``: made at level 0, means of 2^L × 2^L pixels.

    ``rect`` in pixels of that level. Works through strips, so that memory stays near that of the result.
    """
    if level == 0:
        return field(seed, rect, channels, 0)
    out = np.empty((rect.height, rect.width, len(channels)), np.float32)
    rows = max(1, (1 << 22) // max(1, rect.width << 2 * level))
    for top in range(rect.top, rect.bottom, rows):
        strip = Rect(rect.left, top, rect.right, min(top + rows, rect.bottom))
        fine = field(seed, strip.from_level(level), channels, 0)
        mean = cv2.resize(fine, (strip.width, strip.height), interpolation=cv2.INTER_AREA)
        out[top - rect.top : strip.bottom - rect.top] = mean.reshape(strip.height, strip.width, -1)
    return out


def _field(
    make: Callable[[Words], Words], seed: int, rect: Rect, channels: tuple[int, ...], stream: int
) -> np.ndarray:
    if rect.empty:
        return np.zeros((max(0, rect.height), max(0, rect.width), len(channels)), np.float32)
    planes = [_plane(make, seed, rect, channel, stream) for channel in channels]
    return planes[0][..., None] if len(planes) == 1 else cv2.merge(planes).reshape(*planes[0].shape, -1)


def _plane(make: Callable[[Words], Words], seed: int, rect: Rect, channel: int, stream: int) -> np.ndarray:
    first, last = rect.left >> 2, (rect.right + 3) >> 2
    out = np.empty((rect.height, last - first, 4), np.float32)
    for top, bottom in _strips(rect.height, last - first):
        words = words_of(first, rect.top + top, (bottom - top, last - first), channel, stream, seed)
        for lane, values in enumerate(make((words[0], words[1], words[2], words[3]))):
            out[top:bottom, :, lane] = values
    start = rect.left - (first << 2)
    return np.ascontiguousarray(out.reshape(rect.height, -1)[:, start : start + rect.width])


def _strips(height: int, width: int) -> Iterator[tuple[int, int]]:
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        yield top, min(top + rows, height)


def _open_interval(words: np.ndarray) -> np.ndarray:
    values = (words >> words.dtype.type(9)).astype(np.float32)
    values += np.float32(0.5)
    values *= np.float32(2.0**-23)
    return values


def _uniform_words(words: Words) -> Words:
    return tuple(_open_interval(word) for word in words)  # type: ignore[return-value]


def _normal_words(words: Words) -> Words:
    one, two = _box_muller(words[0], words[1])
    three, four = _box_muller(words[2], words[3])
    return one, two, three, four


def _box_muller(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # All 32 bits of the first word go into the radius: its smallest values are the tail.
    radius = first.astype(np.float32)
    radius += np.float32(0.5)
    radius *= np.float32(2.0**-32)
    np.log(radius, out=radius)
    radius *= np.float32(-2)
    np.sqrt(radius, out=radius)
    angle = second.astype(np.float32)
    angle *= np.float32(2 * np.pi * 2.0**-32)
    sine = np.sin(angle)
    np.cos(angle, out=angle)
    angle *= radius
    sine *= radius
    return angle, sine
