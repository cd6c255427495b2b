"""Kernels as text: rows of numbers."""

from __future__ import annotations

import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP

LARGEST_SIDE = 31
NO_NUMBERS = QT_TRANSLATE_NOOP(
    "recipe",
    "kernel: write numbers, with spaces between them and a semicolon after each row, such as 0 -1 0; -1 5 -1; 0 -1 0",
)
NOT_ODD = QT_TRANSLATE_NOOP("recipe", "kernel: all rows must be equally long, and both sides odd")
TOO_LARGE = QT_TRANSLATE_NOOP("recipe", "kernel: at most 31 rows and columns")
OUT_OF_RANGE = QT_TRANSLATE_NOOP("recipe", "kernel: numbers from -1000000 to 1000000")


def numbers_of(text: str) -> np.ndarray:
    """The kernel as float64 [rows, columns]. Raises ValueError saying what is wrong, source text of context ``recipe``."""
    try:
        rows = [
            [float(number) for number in row.replace(",", " ").split()]
            for row in text.strip(" ;\n").split(";")
        ]
    except ValueError:
        raise ValueError(NO_NUMBERS) from None
    height, width = len(rows), len(rows[0])
    if any(len(row) != width for row in rows) or not height % 2 or not width % 2:
        raise ValueError(NOT_ODD)
    if max(height, width) > LARGEST_SIDE:
        raise ValueError(TOO_LARGE)
    kernel = np.array(rows)
    if not np.isfinite(kernel).all() or np.abs(kernel).max() > 1e6:
        raise ValueError(OUT_OF_RANGE)
    return kernel
