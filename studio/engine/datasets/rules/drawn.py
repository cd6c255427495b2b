"""A picture made by rule, and the words and colours that the rules share."""

from __future__ import annotations

import colorsys

import cv2
import msgspec
import numpy as np

HUES = (
    ("red", "红", 0.0),
    ("orange", "橙", 0.08),
    ("yellow", "黄", 0.15),
    ("green", "绿", 0.35),
    ("cyan", "青", 0.5),
    ("blue", "蓝", 0.62),
    ("purple", "紫", 0.78),
)
OVERSIZE = 4
"""Pictures are drawn so much larger and made smaller by area: edges are smooth and alike at every size."""


class Drawn(msgspec.Struct, frozen=True, eq=False):
    """``pixels`` uint8 [side, side, 3] sRGB; ``label``: its class; ``factors``: what the rule drew it from."""

    pixels: np.ndarray
    label: str
    factors: dict[str, float | int | str]
    caption: str
    caption_zh: str


def colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    """HSV in 0…1 as sRGB levels."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def smaller(canvas: np.ndarray, side: int) -> np.ndarray:
    """The oversize canvas at ``side`` pixels, by area; grey becomes three equal channels."""
    small = cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(np.repeat(small[..., None], 3, axis=2) if small.ndim == 2 else small)


def rounded(**factors: float | str) -> dict[str, float | int | str]:
    """Factors as they are written down."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in factors.items()}
