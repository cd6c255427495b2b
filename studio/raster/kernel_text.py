"""Kernels as text: rows of numbers."""

from __future__ import annotations

import numpy as np

LARGEST_SIDE = 31


def numbers_of(text: str) -> np.ndarray:
    """The kernel as float64 [rows, columns]. Raises ValueError saying what is wrong."""
    try:
        rows = [
            [float(number) for number in row.replace(",", " ").split()]
            for row in text.strip(" ;\n").split(";")
        ]
    except ValueError as error:
        raise ValueError(f"kernel: {error}") from None
    height, width = len(rows), len(rows[0])
    if any(len(row) != width for row in rows) or not height % 2 or not width % 2:
        raise ValueError("kernel: all rows must be equally long, and both sides odd")
    if max(height, width) > LARGEST_SIDE:
        raise ValueError(f"kernel: at most {LARGEST_SIDE} rows and columns")
    kernel = np.array(rows)
    if not np.isfinite(kernel).all() or np.abs(kernel).max() > 1e6:
        raise ValueError("kernel: numbers from -1000000 to 1000000")
    return kernel
