"""GIMP's brush files: ``.gbr`` (one tip) and ``.gih`` (a pipe of tips). Source: GIMP's devel-docs gbr and gih."""

from __future__ import annotations

import msgspec
import numpy as np

from studio.project.brushes.cursor import BrokenBrush, Cursor, unknown_version

LARGEST_SIDE = 10_000
MOST_TIPS = 1000
MOST_PIXELS = 128_000_000
_NAME_LIMIT = 64 << 10
_HEADER = {1: 20, 2: 28}
SELECTIONS = ("incremental", "angular", "velocity", "random", "pressure", "xtilt", "ytilt", "constant")


class GimpBrush(msgspec.Struct, frozen=True, eq=False):
    """``spacing`` in percent of the tip's width. ``pixels``: uint8, coverage [h, w] or straight RGBA [h, w, 4]."""

    name: str
    spacing: int
    pixels: np.ndarray


class GimpPipe(msgspec.Struct, frozen=True, eq=False):
    """Tips with, per dimension, how many there are (``ranks``) and what chooses among them (``selections``)."""

    name: str
    brushes: tuple[GimpBrush, ...]
    ranks: tuple[int, ...]
    selections: tuple[str, ...]
    step: int


def read_gbr(data: bytes) -> GimpBrush:
    """The one tip of a ``.gbr`` file, version 1 or 2. Raises BrokenBrush."""
    return _brush(Cursor(data))


def looks_like_gbr(data: bytes) -> bool:
    """Whether a header of version 1 or 2 begins here; only version 2 has a magic word."""
    if len(data) < 20:
        return False
    size, version = int.from_bytes(data[:4]), int.from_bytes(data[4:8])
    depth = int.from_bytes(data[16:20])
    if version == 2:
        return data[20:24] == b"GIMP"
    return version == 1 and 20 <= size <= _NAME_LIMIT and depth in (1, 4)


def _brush(cursor: Cursor) -> GimpBrush:
    start = cursor.place
    size, version, width, height, depth = (cursor.u32() for _ in range(5))
    if version not in _HEADER:
        raise unknown_version(version)
    spacing = 20
    if version == 2:
        if cursor.take(4) != b"GIMP":
            raise BrokenBrush("not_a_brush")
        spacing = cursor.u32()
    named = size - _HEADER[version]
    if not 0 <= named <= _NAME_LIMIT:
        raise BrokenBrush("damaged", f"header of {size} bytes")
    name = cursor.take(named).split(b"\0")[0].decode("utf-8", "replace").strip()
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise BrokenBrush("damaged", f"{width} × {height}")
    if depth not in (1, 4):
        raise BrokenBrush("damaged", f"{depth} bytes per pixel")
    assert cursor.place == start + size
    pixels = np.frombuffer(cursor.take(width * height * depth), np.uint8)
    shape = (height, width) if depth == 1 else (height, width, 4)
    return GimpBrush(name, min(max(spacing, 1), 1000), pixels.reshape(shape))


def read_gih(data: bytes) -> GimpPipe:
    """The tips of a ``.gih`` file: a line with its name, a line of parameters, then ``.gbr`` after ``.gbr``.

    Raises BrokenBrush.
    """
    name, parameters, start = _lines(data)
    first, _, rest = parameters.partition(" ")
    try:
        count = int(first)
    except ValueError:
        raise BrokenBrush("not_a_brush") from None
    if not 0 < count <= MOST_TIPS:
        raise BrokenBrush("damaged", f"{count} tips")
    words = dict(word.split(":", 1) for word in rest.split() if ":" in word)
    cursor = Cursor(data, start)
    brushes: list[GimpBrush] = []
    for _ in range(count):
        brushes.append(_brush(cursor))
        if sum(brush.pixels.size for brush in brushes) > MOST_PIXELS:
            raise BrokenBrush("brush_too_large")
    ranks, selections = _dimensions(words, count)
    return GimpPipe(name, tuple(brushes), ranks, selections, _whole(words.get("step", ""), 0))


def _lines(data: bytes) -> tuple[str, str, int]:
    first = data.find(b"\n", 0, _NAME_LIMIT)
    second = data.find(b"\n", first + 1, first + 1 + _NAME_LIMIT) if first >= 0 else -1
    if second < 0:
        raise BrokenBrush("not_a_brush" if b"\n" not in data[:_NAME_LIMIT] else "truncated")
    name, parameters = (part.decode("utf-8", "replace").strip() for part in data[:second].split(b"\n", 1))
    return name, parameters, second + 1


def _dimensions(words: dict[str, str], count: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Ranks and selections; a file whose ranks do not fit its tips is one dimension, as GIMP reads it."""
    dimensions = min(max(_whole(words.get("dim", ""), 1), 1), 4)
    ranks = tuple(max(_whole(words.get(f"rank{i}", ""), 1), 1) for i in range(dimensions))
    chosen = (words.get(f"sel{i}", "random") for i in range(dimensions))
    selections = tuple(one if one in SELECTIONS else "random" for one in chosen)
    product = 1
    for rank in ranks:
        product *= rank
    return (ranks, selections) if product == count else ((count,), selections[:1])


def _whole(text: str, otherwise: int) -> int:
    try:
        return int(text)
    except ValueError:
        return otherwise
