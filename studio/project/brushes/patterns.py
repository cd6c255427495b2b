"""The patterns in a Photoshop file: what its brushes take their texture from.

Source: Adobe Photoshop File Formats Specification, “Patterns” and “Virtual Memory Array List”.
"""

from __future__ import annotations

import numpy as np

from studio.project.brushes.cursor import BrokenBrush, Cursor
from studio.project.brushes.rows import read_rows

LARGEST_SIDE = 4096
MOST_PATTERNS = 400
MOST_PIXELS = 128_000_000
_GREY, _INDEXED, _RGB = 1, 2, 3
_TABLE_BYTES = 256 * 3 + 4


def read_patterns(cursor: Cursor) -> dict[str, np.ndarray]:
    """Lightness uint8 [h, w] by the pattern's key. A pattern of another mode or size is left out, not the whole file."""
    found: dict[str, np.ndarray] = {}
    budget = MOST_PIXELS
    while cursor.left >= 4 and len(found) < MOST_PATTERNS:
        size = cursor.u32()
        if size > cursor.left:
            break
        part = cursor.within(size)
        cursor.skip(min(-size % 4, cursor.left))
        try:
            key, grey = _pattern(part)
        except BrokenBrush:
            continue
        budget -= grey.size
        if budget < 0:
            break
        found[key] = grey
    return found


def _pattern(cursor: Cursor) -> tuple[str, np.ndarray]:
    version, mode = cursor.u32(), cursor.u32()
    if version != 1 or mode not in (_GREY, _INDEXED, _RGB):
        raise BrokenBrush("damaged", f"pattern of mode {mode}")
    cursor.skip(4)  # height and width, which the list below says again
    cursor.utf16()
    key = cursor.take(cursor.u8()).decode("latin-1")
    table = None
    if mode == _INDEXED:
        table = np.frombuffer(cursor.take(_TABLE_BYTES)[:768], np.uint8).reshape(256, 3)
    channels = _channels(cursor, 3 if mode == _RGB else 1)
    if table is not None:
        return key, lightness(*(table[channels[0]][..., i] for i in range(3)))
    return key, lightness(*channels) if len(channels) == 3 else channels[0]


def lightness(red: np.ndarray, green: np.ndarray, blue: np.ndarray) -> np.ndarray:
    """Rec. 709 luma, uint8."""
    mixed = (
        0.2126 * red.astype(np.float32) + 0.7152 * green.astype(np.float32) + 0.0722 * blue.astype(np.float32)
    )
    return np.round(mixed).astype(np.uint8)


def _channels(cursor: Cursor, wanted: int) -> list[np.ndarray]:
    """The first channels of a virtual memory array list; those that were not written are passed over."""
    if cursor.u32() != 3:
        raise BrokenBrush("damaged", "pattern")
    cursor.skip(4 + 16)
    count = cursor.u32()
    found: list[np.ndarray] = []
    for _ in range(min(count, 64) + 2):
        if len(found) == wanted:
            break
        if not cursor.u32():
            continue
        part = cursor.within(cursor.u32())
        part.skip(4)
        top, left, bottom, right = (part.i32() for _ in range(4))
        depth, compressed = part.u16(), part.u8()
        found.append(read_rows(part, right - left, bottom - top, depth, compressed, LARGEST_SIDE))
    if len(found) < wanted or len({one.shape for one in found}) > 1:
        raise BrokenBrush("damaged", "pattern")
    return found
