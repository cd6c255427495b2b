"""Kernels as numbers and as text: the usual ones, other sides, numbers that are alike on both sides of the middle."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from types import MappingProxyType

import numpy as np

from studio.raster.kernel_text import numbers_of
from studio.recipe import QT_TRANSLATE_NOOP

SIDES = (3, 5, 7, 9)
"""Sides of kernels that are written into a grid."""
PRESETS: Mapping[str, str] = MappingProxyType({
    "sharpen": "0 -1 0; -1 5 -1; 0 -1 0",
    "blur": "1 2 1; 2 4 2; 1 2 1",
    "edges": "-1 -1 -1; -1 8 -1; -1 -1 -1",
    "laplacian": "0 1 0; 1 -4 1; 0 1 0",
    "emboss": "-2 -1 0; -1 1 1; 0 1 2",
    "upright-edges": "-1 0 1; -2 0 2; -1 0 1",
    "level-edges": "-1 -2 -1; 0 0 0; 1 2 1",
})  # fmt: skip
"""Usual kernels of 3 × 3: unsharp by the Laplacian, binomial, all neighbours and four of them, a relief lit from the upper
left, Sobel's two derivatives (Gonzalez and Woods, Digital Image Processing, ch. 3 and 10)."""
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "sharpen"),
    QT_TRANSLATE_NOOP("recipe", "blur"),
    QT_TRANSLATE_NOOP("recipe", "edges"),
    QT_TRANSLATE_NOOP("recipe", "laplacian"),
    QT_TRANSLATE_NOOP("recipe", "emboss"),
    QT_TRANSLATE_NOOP("recipe", "upright-edges"),
    QT_TRANSLATE_NOOP("recipe", "level-edges"),
)
"""Their names, as choices are marked."""


def text_of(kernel: np.ndarray) -> str:
    """A kernel as :func:`studio.raster.kernel_text.numbers_of` reads it."""
    return "; ".join(" ".join(f"{number + 0.0:.7g}" for number in row) for row in kernel.tolist())


def preset(name: str, side: int) -> np.ndarray:
    """A usual kernel with zeros around it where ``side`` is more than 3; the blur is the binomial one of that side."""
    if name == "blur":
        line = np.array([comb(side - 1, index) for index in range(side)], float)
        return np.outer(line, line)
    return with_side(numbers_of(PRESETS[name]), side)


def with_side(kernel: np.ndarray, side: int) -> np.ndarray:
    """The middle of a kernel with odd sides, [side, side]: zeros around it, or what lies outside cut off."""
    made = np.zeros((side, side))
    rows, columns = min(side, kernel.shape[0]), min(side, kernel.shape[1])
    top, left = (kernel.shape[0] - rows) // 2, (kernel.shape[1] - columns) // 2
    y, x = (side - rows) // 2, (side - columns) // 2
    made[y : y + rows, x : x + columns] = kernel[top : top + rows, left : left + columns]
    return made


def with_number(kernel: np.ndarray, row: int, column: int, number: float, *, symmetric: bool) -> np.ndarray:
    """The kernel with another number; ``symmetric``: also at the places mirrored left to right and top to bottom."""
    made = kernel.copy()
    made[row, column] = number
    if symmetric:
        made[-1 - row, column] = made[row, -1 - column] = made[-1 - row, -1 - column] = number
    return made
