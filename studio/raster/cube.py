"""Colour tables of ``.cube`` files (Cube LUT Specification 1.0, Adobe Systems, 2013), read, kept as text, and applied."""

from __future__ import annotations

import base64
import binascii
import zlib
from functools import lru_cache

import msgspec
import numpy as np

LARGEST_1D, LARGEST_3D = 65536, 129
"""Entries along an axis; the specification allows 65536 and 256, but 129³ is what any maker writes at most."""


class NoCube(ValueError):
    """The text is no colour table; the message says why."""


class Cube(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """``table`` float32: [n, 3] for each channel alone, or [n, n, n, 3] at (blue, green, red).

    ``low`` and ``high``: colours of the first and the last entry.
    """

    table: np.ndarray
    low: tuple[float, float, float] = (0.0, 0.0, 0.0)
    high: tuple[float, float, float] = (1.0, 1.0, 1.0)

    @property
    def size(self) -> int:
        return self.table.shape[0]

    @property
    def is_3d(self) -> bool:
        return self.table.ndim == 4


def read(text: str) -> Cube:
    """The table in the text of a ``.cube`` file. Raises NoCube."""
    size, flat = 0, False
    ends: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)]
    rows: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0][0] in "+-.0123456789":
            rows.append(words)
            continue
        try:
            if words[0] in ("LUT_1D_SIZE", "LUT_3D_SIZE"):
                size, flat = int(words[1]), words[0] == "LUT_1D_SIZE"
            elif words[0] in ("DOMAIN_MIN", "DOMAIN_MAX"):
                ends[words[0] == "DOMAIN_MAX"] = _three(words[1:])
            elif words[0] in ("LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE"):
                ends = [_three(words[1:2] * 3), _three(words[2:3] * 3)]
        except (IndexError, ValueError):
            raise NoCube(f"line {number}") from None
    most = LARGEST_1D if flat else LARGEST_3D
    if not 2 <= size <= most:
        raise NoCube(f"size {size}" if size else "no size")
    if len(rows) != (size if flat else size**3):
        raise NoCube(f"{len(rows)} rows")
    try:
        table = np.array(rows, np.float32)
    except ValueError:
        raise NoCube("numbers") from None
    if (
        table.shape[1:] != (3,)
        or not np.isfinite(table).all()
        or not all(a < b for a, b in zip(*ends, strict=True))
    ):
        raise NoCube("numbers")
    low, high = ends
    return Cube(table=table.reshape((size, 3) if flat else (size, size, size, 3)), low=low, high=high)


def _three(words: list[str]) -> tuple[float, float, float]:
    red, green, blue = (float(word) for word in words)
    return red, green, blue


def packed(cube: Cube) -> str:
    """A table as short text, exactly; :func:`unpacked` reads it."""
    head = ",".join(repr(float(part)) for part in (*cube.low, *cube.high))
    planes = np.ascontiguousarray(cube.table.astype("<f4")).view(np.uint8).reshape(-1, 4)
    # bytes of the same weight side by side: neighbouring entries share the upper ones
    data = base64.b85encode(zlib.compress(planes.T.tobytes(), 9)).decode()
    return f"{3 if cube.is_3d else 1} {cube.size} {head} {data}"


@lru_cache(maxsize=8)
def unpacked(text: str) -> Cube:
    """The table that :func:`packed` made text of. Raises NoCube."""
    try:
        dimensions, number, head, data = text.split(" ")
        size = int(number)
        ends = [float(part) for part in head.split(",")]
        shape = (size, 3) if dimensions == "1" else (size, size, size, 3)
        if not 2 <= size <= (LARGEST_1D if dimensions == "1" else LARGEST_3D):
            raise NoCube("size")
        limit = 4 * int(np.prod(shape))
        raw = zlib.decompressobj().decompress(base64.b85decode(data), limit + 1)
        bytes_ = np.frombuffer(raw, np.uint8).reshape(4, -1).T
        table = np.ascontiguousarray(bytes_).view("<f4").astype(np.float32).reshape(shape)
    except (ValueError, zlib.error, binascii.Error) as error:
        raise NoCube(f"damaged colour table: {error}") from None
    if (
        not np.isfinite(table).all()
        or len(ends) != 6
        or not all(a < b for a, b in zip(ends[:3], ends[3:], strict=True))
    ):
        raise NoCube("numbers")
    table.setflags(write=False)
    return Cube(table=table, low=(ends[0], ends[1], ends[2]), high=(ends[3], ends[4], ends[5]))
