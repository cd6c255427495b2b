"""The outline of a brush's print: what the cursor shows."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np

from studio.raster.brush import Brush
from studio.raster.tip import Tip, TipError

SIDE = 96
"""Pixels of the longer side at which a tip's outline is found: a cursor need not be finer."""
SHOWN = 0.25
"""Part of its fullest cover from which on a place belongs to the outline."""
MOST_LOOPS = 24
STRAIGHT = 0.6
CIRCLE_POINTS = 64

Loop = tuple[tuple[float, float], ...]


def outline(brush: Brush) -> tuple[Loop, ...]:
    """Closed loops around the middle (0, 0), in diameters: a round brush is a circle of radius 0.5.

    Roundness and angle are in them. Of several tips the first; a tip that cannot be read is round.
    """
    loops = (_circle(),)
    if brush.tip == "image" and brush.tips:
        loops = _loops_of(brush.tips[0]) or loops
    turn = math.radians(brush.angle)
    cosine, sine = math.cos(turn), math.sin(turn)
    flat = ((x, y * brush.roundness) for loop in loops for x, y in loop)
    turned = [(x * cosine - y * sine, x * sine + y * cosine) for x, y in flat]
    found, start = [], 0
    for loop in loops:
        found.append(tuple(turned[start : start + len(loop)]))
        start += len(loop)
    return tuple(found)


def reach(brush: Brush) -> float:
    """The farthest an outline goes from the middle, in diameters."""
    return math.sqrt(0.5) if brush.tip == "image" else 0.5


def _circle() -> Loop:
    steps = (math.tau * step / CIRCLE_POINTS for step in range(CIRCLE_POINTS))
    return tuple((0.5 * math.cos(angle), 0.5 * math.sin(angle)) for angle in steps)


@lru_cache(maxsize=32)
def _loops_of(tip: Tip) -> tuple[Loop, ...]:
    """Loops of the tip's cover, the largest first; none where it covers nothing."""
    try:
        pixels = tip.pixels()
    except TipError:
        return ()
    cover = pixels if pixels.ndim == 2 else pixels[..., 3]
    scale = min(SIDE / max(cover.shape), 1.0)
    size = (max(1, round(cover.shape[1] * scale)), max(1, round(cover.shape[0] * scale)))
    small = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    inside = (small >= max(1.0, SHOWN * float(small.max()))).astype(np.uint8)
    inside = cv2.copyMakeBorder(
        cv2.morphologyEx(inside, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), 1, 1, 1, 1, 0
    )
    found, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = sorted(found, key=cv2.contourArea, reverse=True)[:MOST_LOOPS]
    height, width = small.shape
    longer = max(width, height)
    loops = []
    for loop in largest:
        points = cv2.approxPolyDP(loop, STRAIGHT, True)[:, 0].astype(np.float64) - 0.5
        loops.append(tuple(((x - width / 2) / longer, (y - height / 2) / longer) for x, y in points))
    return tuple(loop for loop in loops if len(loop) > 2)
