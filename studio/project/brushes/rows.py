"""Rows of one channel in Photoshop's files: plain, or packed row by row (PackBits)."""

from __future__ import annotations

import numpy as np

from studio.project.brushes.cursor import BrokenBrush, Cursor


def read_rows(
    cursor: Cursor, width: int, height: int, depth: int, compressed: int, longest: int
) -> np.ndarray:
    """uint8 [height, width] of 8 or 16 bits, plain or PackBits. Raises BrokenBrush."""
    if not (0 < width <= longest and 0 < height <= longest):
        raise BrokenBrush("damaged", f"{width} × {height}")
    if depth not in (8, 16) or compressed > 1:
        raise BrokenBrush("damaged", f"{depth} bits, compression {compressed}")
    row = width * (depth // 8)
    if compressed:
        lengths = [cursor.u16() for _ in range(height)]
        if sum(lengths) > cursor.left or row * height > 64 * (sum(lengths) + height):
            raise BrokenBrush("truncated")
        values = b"".join(_unpacked(cursor.take(length), row) for length in lengths)
    else:
        values = cursor.take(row * height)
    samples = np.frombuffer(values, np.uint8)
    if depth == 16:  # the high byte of each
        samples = samples[::2]
    return samples.reshape(height, width)


def _unpacked(packed: bytes, row: int) -> bytes:
    """One PackBits row, exactly ``row`` bytes. Raises BrokenBrush."""
    out = bytearray()
    place = 0
    while place < len(packed) and len(out) < row:
        count = packed[place]
        place += 1
        if count < 128:
            out += packed[place : place + count + 1]
            place += count + 1
        elif count > 128:
            out += packed[place : place + 1] * (257 - count)
            place += 1
    if len(out) != row:
        raise BrokenBrush("damaged", "RLE")
    return bytes(out)
