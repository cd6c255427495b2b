"""How a filter is tried by the suite over the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.raster.geometry import Rect

CANVAS = Rect(0, 0, 300, 280)
PLACES = ((0, 0), (100, 17), (255, 256), (279, 299))
"""(y, x) of the golden pixels."""


@dataclass(frozen=True)
class Case:
    """Settings a filter is tried with, what it may do to alpha, how far a level may differ from level 0.

    Beside it in ``GOLDEN`` stand, by ``name@version``, the pixels at ``PLACES`` of ``picture()`` filtered with the first
    settings. When they change, the version must rise and its pixels stand there under the new name.
    """

    settings: tuple[dict[str, Any], ...]
    keeps_alpha: bool
    level_tolerance: float
    opens: bool = False
    """Whether it may make opaque pixels transparent."""


def picture(width: int = CANVAS.width, height: int = CANVAS.height) -> np.ndarray:
    """Slopes, fine texture, transparent and half transparent places; premultiplied."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    alpha = np.clip((x + y) / 60 - 0.5, 0, 1)
    texture = 0.1 * np.sin(x * 1.3) * np.cos(y * 0.9)
    colours = [
        0.2 + 0.5 * x / 300 + texture,
        0.7 - 0.4 * y / 300 + texture,
        0.3 + 0.2 * np.sin(x / 40 + y / 30),
    ]
    return np.stack([*(np.clip(c, 0, 1) * alpha for c in colours), alpha], -1).astype(np.float32)
