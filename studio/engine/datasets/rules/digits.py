"""Digits as in the first lesson on networks: written by hand or printed, slanted, turned, thick or thin, warped; white on black.

The warp is the elastic distortion of Simard, Steinkraus and Platt (2003): a smooth random displacement field.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from studio.engine.datasets.rules.drawn import Drawn, rounded, smaller

SIDE = 112
"""Digits are drawn on a canvas of this side."""
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS_ZH = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_CURVE, _LINE = True, False
_STROKES: tuple[tuple[tuple[bool, tuple[tuple[float, float], ...]], ...], ...] = (
    (
        (
            _CURVE,
            ((0.5, 0.03), (0.2, 0.2), (0.14, 0.5), (0.2, 0.8), (0.5, 0.97), (0.8, 0.8), (0.86, 0.5), (0.8, 0.2), (0.5, 0.03)),
        ),
    ),
    ((_LINE, ((0.3, 0.25), (0.55, 0.04), (0.55, 0.97))),),
    (
        (_CURVE, ((0.18, 0.25), (0.3, 0.07), (0.55, 0.03), (0.78, 0.15), (0.78, 0.35), (0.55, 0.62), (0.18, 0.96))),
        (_LINE, ((0.18, 0.96), (0.84, 0.96))),
    ),
    (
        (_CURVE, ((0.2, 0.12), (0.5, 0.03), (0.78, 0.18), (0.68, 0.4), (0.42, 0.48))),
        (_CURVE, ((0.42, 0.48), (0.75, 0.56), (0.83, 0.76), (0.6, 0.96), (0.18, 0.88))),
    ),
    ((_LINE, ((0.6, 0.04), (0.14, 0.66), (0.88, 0.66))), (_LINE, ((0.64, 0.34), (0.64, 0.97)))),
    (
        (_LINE, ((0.78, 0.05), (0.28, 0.05), (0.24, 0.45))),
        (_CURVE, ((0.24, 0.45), (0.5, 0.37), (0.8, 0.5), (0.8, 0.78), (0.52, 0.97), (0.18, 0.88))),
    ),
    (
        (
            _CURVE,
            ((0.72, 0.05), (0.4, 0.25), (0.2, 0.6), (0.25, 0.88), (0.52, 0.97), (0.78, 0.82), (0.75, 0.58), (0.5, 0.5), (0.22, 0.68)),
        ),
    ),
    ((_LINE, ((0.15, 0.06), (0.84, 0.06), (0.42, 0.97))),),
    (
        (
            _CURVE,
            ((0.5, 0.48), (0.25, 0.3), (0.3, 0.1), (0.5, 0.03), (0.7, 0.1), (0.75, 0.3), (0.5, 0.48), (0.2, 0.68), (0.25, 0.9),
             (0.5, 0.97), (0.75, 0.9), (0.8, 0.68), (0.5, 0.48)),
        ),
    ),
    (
        (
            _CURVE,
            ((0.76, 0.32), (0.5, 0.52), (0.24, 0.38), (0.25, 0.14), (0.5, 0.03), (0.74, 0.14), (0.77, 0.4), (0.72, 0.7), (0.55, 0.97)),
        ),
    ),
)  # fmt: skip
"""Strokes of each digit as knots in a box of 1 × 1, joined by curves or by lines."""


def draw(seed: int, side: int) -> Drawn:
    """The digit of ``seed``; see ``RULES``."""
    random = np.random.default_rng((7, seed))
    digit = int(random.integers(10))
    face = ("hand", "print")[int(random.random() < 0.35)]
    thickness = float(random.uniform(0.05, 0.15))
    slant, turn = float(random.normal(0.08, 0.16)), float(random.normal(0.0, 7.0))
    size, width = float(random.uniform(0.6, 0.82)), float(random.uniform(0.6, 0.85))
    x, y = (float(shift) for shift in random.normal(0.0, 0.03, 2))
    warp = float(random.uniform(0.0, 1.0))
    glyph = _written(digit, thickness) if face == "hand" else _printed(digit, thickness)
    canvas = _placed(glyph, size, width, slant, turn, (x, y))
    canvas = _warped(canvas, warp, random)
    style, style_zh = {"hand": ("handwritten", "手写"), "print": ("printed", "印刷体")}[face]
    stroke, stroke_zh = (
        ("bold ", "粗笔") if thickness > 0.11 else ("thin ", "细笔") if thickness < 0.07 else ("", "")
    )
    return Drawn(
        smaller(canvas, side),
        str(digit),
        rounded(digit=digit, face=face, thickness=thickness, slant=slant, turn=turn, size=size, width=width, x=x, y=y, warp=warp),
        f"a {stroke}{style} {WORDS[digit]}",
        f"{stroke_zh}{style_zh}数字{WORDS_ZH[digit]}",
    )  # fmt: skip


def _written(digit: int, thickness: float) -> np.ndarray:
    """The digit's strokes as [SIDE, SIDE] uint8, the box inset by half the stroke."""
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    for curved, knots in _STROKES[digit]:
        points = _smooth(np.array(knots)) if curved else np.array(knots)
        inset = (thickness / 2 + points * (1 - thickness)) * SIDE * 16
        line = [inset.round().astype(np.int32).reshape(-1, 1, 2)]
        cv2.polylines(canvas, line, False, 255, max(1, round(thickness * SIDE)), cv2.LINE_AA, 4)
    return canvas


def _smooth(knots: np.ndarray) -> np.ndarray:
    """Points of the Catmull-Rom curve through ``knots`` [n, 2]."""
    closed = bool(np.allclose(knots[0], knots[-1]))
    before = knots[-2] if closed else 2 * knots[0] - knots[1]
    after = knots[1] if closed else 2 * knots[-1] - knots[-2]
    p = np.vstack([before, knots, after])
    t = np.linspace(0, 1, 12)[None, :, None]
    a, b, c, d = (p[index : len(p) - 3 + index, None] for index in range(4))
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * (b - c) + d - a) * t**3)
    return curve.reshape(-1, 2)


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font that comes with Pillow."""
    return ImageFont.load_default(SIDE)


def _printed(digit: int, thickness: float) -> np.ndarray:
    """The digit of a font as [SIDE, SIDE] uint8, filling the box; thick ones are widened by a stroke."""
    stroke = round(max(0.0, thickness - 0.07) * SIDE / 2)
    picture = Image.new("L", (SIDE * 2, SIDE * 2))
    ImageDraw.Draw(picture).text((SIDE, SIDE), str(digit), 255, _font(), "mm", stroke_width=stroke)
    box = picture.getbbox() or (0, 0, SIDE, SIDE)
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box), np.uint8)


def _placed(
    glyph: np.ndarray, size: float, width: float, slant: float, turn: float, shift: tuple[float, float]
) -> np.ndarray:
    """The glyph, slanted and turned (degrees, clockwise), in the middle of the canvas moved by ``shift`` in its sides."""
    radians = np.deg2rad(turn)
    rotate = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])
    linear = rotate @ np.array([[1.0, -slant], [0.0, 1.0]]) @ np.diag([size * width, size])
    middle = (SIDE - 1) / 2
    offset = middle + np.array(shift) * SIDE - linear @ (middle, middle)
    return cv2.warpAffine(glyph, np.column_stack([linear, offset]), (SIDE, SIDE), flags=cv2.INTER_LINEAR)


def _warped(canvas: np.ndarray, amount: float, random: np.random.Generator) -> np.ndarray:
    """Displaced by smooth noise, up to about a sixteenth of the canvas at ``amount`` 1."""
    coarse = random.normal(0, 1, (2, 5, 5)).astype(np.float32)
    fields = [cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC) for part in coarse]
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    reach = amount * SIDE / 32
    return cv2.remap(canvas, columns + reach * fields[0], rows + reach * fields[1], cv2.INTER_LINEAR)
