"""A picture as a map of two directions at its full size in half floats, which text can hold.

The text is ``2,WIDTH,HEIGHT;`` and, deflated and in base 64, red and then green as float16, little endian: each row as
differences of the halves' bits from the one before, low bytes before high bytes. Smooth maps become small so.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import math
import re
import threading
import zlib
from collections import OrderedDict
from collections.abc import Generator, Iterator

import cv2
import numpy as np

from studio.raster import small_map

MOST = 1 << 26
"""Values of the largest map in each of its two planes; a larger picture is halved until it fits."""
ROWS = 256
_HEAD = re.compile(r"2,(\d{1,6}),(\d{1,6});")
_KEPT = 2
"""Maps that are held ready; at full size each takes four bytes a pixel."""
_PIECE = 1 << 16
"""Bytes that are inflated at once: at most a thousand times as many come of them."""
_LEVEL = 1
"""Deflated quickly: on what differences leave, a higher level gains little."""


def moves(pixels: np.ndarray) -> np.ndarray:
    """float16 [h, w, 2], −1…1, of premultiplied float32 [h, w, 4]: (255 v − 128) / 127 of red and green, cut to that.

    What is transparent counts as 128 / 255, NaN as 0, values beyond 0–1 as the ends.
    """
    found = np.nan_to_num(pixels, nan=0.0, posinf=1.0, neginf=0.0)
    alpha = np.clip(found[..., 3:], 0, 1)
    values = np.clip(found[..., :2], 0, 1) + np.float32(128 / 255) * (1 - alpha)
    return np.clip((values * 255 - 128) / 127, -1, 1).astype(np.float16)


def fitting(width: int, height: int) -> int:
    """The mip level at which a picture is small enough to be a map."""
    level = 0
    while math.ceil(width / (1 << level)) * math.ceil(height / (1 << level)) > MOST:
        level += 1
    return level


def packing(values: np.ndarray) -> Generator[None, None, str]:
    """float16 [h, w, 2] as text; yields between strips of rows."""
    height, width = values.shape[:2]
    squeeze, parts = zlib.compressobj(_LEVEL), []
    for channel in range(2):
        for top in range(0, height, ROWS):
            bits = np.ascontiguousarray(values[top : top + ROWS, :, channel]).astype("<f2").view("<u2")
            bits[:, 1:] -= bits[:, :-1].copy()
            parts.append(squeeze.compress((bits & 255).astype(np.uint8).tobytes()))
            parts.append(squeeze.compress((bits >> 8).astype(np.uint8).tobytes()))
            yield
    parts.append(squeeze.flush())
    return f"2,{width},{height};" + base64.b64encode(b"".join(parts)).decode("ascii")


def packed(values: np.ndarray) -> str:
    """:func:`packing` at once."""
    work = packing(values)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def is_full(text: str) -> bool:
    """Whether this is such a map, rather than one of :mod:`studio.raster.small_map`."""
    return text.startswith("2,")


def size_of(text: str) -> tuple[int, int]:
    """Width and height of a map. Raises ValueError where the text is none; what it holds is not looked at."""
    found = _HEAD.match(text)
    if found is None:
        raise ValueError("map: this is none, or one of another version")
    width, height = int(found[1]), int(found[2])
    if not (width and height and width * height <= MOST):
        raise ValueError("map: its size is not possible")
    return width, height


def check(text: str) -> None:
    """Raises ValueError where ``text`` is no map of either form."""
    if is_full(text):
        size_of(text)
    else:
        small_map.unpacked(text)


def _unpacked(text: str) -> np.ndarray:
    """float16 [2, h, w]. What is missing or broken of the values is 0: it moves nothing."""
    width, height = size_of(text)
    out = np.zeros((2, height, width), np.float16)
    strips = [plane[top : top + ROWS] for plane in out for top in range(0, height, ROWS)][::-1]
    held = bytearray()
    with contextlib.suppress(binascii.Error, zlib.error, ValueError):
        for more in _inflated(text):
            held += more
            while strips and len(held) >= 2 * strips[-1].size:
                rows = strips.pop()
                low, high = (
                    np.frombuffer(held, np.uint8, rows.size, start).reshape(rows.shape)
                    for start in (0, rows.size)
                )
                bits = low.astype(np.uint16) | high.astype(np.uint16) << 8
                del low, high
                rows[...] = np.cumsum(bits, 1, dtype=np.uint16).view(np.float16)
                del held[: 2 * rows.size]
    return out


def _inflated(text: str) -> Iterator[bytes]:
    """What the text holds, in pieces. Raises binascii.Error, zlib.error."""
    data, unzip = (
        memoryview(base64.b64decode(text[text.index(";") + 1 :], validate=True)),
        zlib.decompressobj(),
    )
    for start in range(0, len(data), _PIECE):
        yield unzip.decompress(data[start : start + _PIECE])


class _Ready:
    """Unpacked maps with the levels above them, the last ones asked for; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, list[np.ndarray]] = OrderedDict()

    def level(self, text: str, level: int) -> np.ndarray:
        with self._lock:
            found = self._kept.pop(text, None)
            if found is None:
                plain = _unpacked(text)
                np.nan_to_num(plain, copy=False)
                found = [np.clip(plain, -1, 1, out=plain)]
            while len(found) <= level and min(found[-1].shape[1:]) > 1:
                found.append(_halved(found[-1]))
            self._kept[text] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return found[min(level, len(found) - 1)]


_ready = _Ready()


def _halved(planes: np.ndarray) -> np.ndarray:
    """Each plane made half as large, by areas."""
    height, width = (max(1, side // 2) for side in planes.shape[1:])
    made = [
        cv2.resize(plane.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
        for plane in planes
    ]
    return np.stack(made).astype(np.float16)


def prepared(text: str) -> None:
    """Unpacks a map, so that the next one who asks need not wait."""
    _ready.level(text, 0)


def values_at(text: str, x: np.ndarray, y: np.ndarray, step: tuple[float, float]) -> list[np.ndarray]:
    """Both planes of a map at the places x [1, n], y [m, 1], 0–1 of its width and height: float64 [m, n] each.

    ``step``: how far apart the places are, across and down. Linear between the middles of the values; where places are two
    values or more apart, of means over areas. Either form of map.
    """
    if not is_full(text):
        return small_map.values_at(small_map.unpacked(text), x, y)
    width, height = size_of(text)
    apart = min(step[0] * width, step[1] * height)
    planes = _ready.level(text, max(0, math.floor(math.log2(apart))) if apart > 0 else 0)
    left, right, across = small_map.between(x[0], planes.shape[2])
    upper, lower, down = small_map.between(y[:, 0], planes.shape[1])
    first, last = int(left.min()), int(right.max()) + 1
    found = []
    for plane in planes:
        part = plane[:, first:last]
        rows = part[upper].astype(np.float64)
        rows += down[:, None] * (part[lower] - rows)
        found.append(rows[:, left - first] + across * (rows[:, right - first] - rows[:, left - first]))
    return found
