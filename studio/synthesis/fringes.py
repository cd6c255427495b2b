"""How much larger a lens drew red and blue than green, measured along the edges of a picture."""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.problems import HealError, finite

NOT_FOUND = QT_TRANSLATE_NOOP(
    "document",
    "No edges were found by which colour fringes could be measured. Set them by hand in the filter Colour fringes.",
)
_BLOCK = 64
_MOST_BLOCKS = 240
_LEAST = 8
_STRAYING = 6.0
"""Pixels; a block that seems to have moved farther was measured wrongly."""


def fringes(pixels: np.ndarray) -> Generator[float, None, tuple[float, float]]:
    """(red, blue): by how many percent each was drawn larger than green, of premultiplied float32 [h, w, 4].

    In the blocks of 64 pixels with the strongest edges, away from the middle, the move of red (blue) against green is found
    by phase correlation (Kuglin and Hines, 1975), taken along the radius and divided by it; the median weighted by radius
    and edge strength is the scale. Yields the part done. Raises HealError where fewer than 8 blocks have edges.
    """
    height, width = pixels.shape[:2]
    known, planes = finite(pixels), []
    for channel in range(3):
        yield 0.0
        planes.append(cv2.extractChannel(known, channel))
    middle = np.array(((width - 1) / 2, (height - 1) / 2))
    blocks = yield from _edgy(planes[1], middle)
    if len(blocks) < _LEAST:
        raise HealError(NOT_FOUND)
    window = cv2.createHanningWindow((_BLOCK, _BLOCK), cv2.CV_32F)
    found: dict[int, list[tuple[float, float]]] = {0: [], 2: []}
    for number, (x, y, strength) in enumerate(blocks):
        away = np.array((x + (_BLOCK - 1) / 2, y + (_BLOCK - 1) / 2)) - middle
        radius = float(np.hypot(away[0], away[1]))
        place = np.s_[y : y + _BLOCK, x : x + _BLOCK]
        green = _detail(planes[1][place])
        for channel, scales in found.items():
            move = np.array(cv2.phaseCorrelate(green, _detail(planes[channel][place]), window)[0])
            if float(np.hypot(move[0], move[1])) <= _STRAYING:
                scales.append((float(move @ away) / radius**2, radius * strength))
        yield 0.4 + 0.6 * (number + 1) / len(blocks)
    if min(len(scales) for scales in found.values()) < _LEAST:
        raise HealError(NOT_FOUND)
    red, blue = (100 * _median(found[channel]) for channel in (0, 2))
    return red, blue


def _detail(block: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(block - block.mean())


def _edgy(green: np.ndarray, middle: np.ndarray) -> Generator[float, None, list[tuple[int, int, float]]]:
    """(x, y, edge strength) of the blocks with the strongest edges across the radius, the strongest first."""
    height, width = green.shape
    far = 0.25 * float(np.hypot(middle[0], middle[1]))
    across = cv2.Sobel(green, cv2.CV_32F, 1, 0)
    yield 0.0
    down = cv2.Sobel(green, cv2.CV_32F, 0, 1)
    blocks = []
    for y in range(0, height - _BLOCK + 1, _BLOCK // 2):
        yield 0.4 * y / height
        for x in range(0, width - _BLOCK + 1, _BLOCK // 2):
            away = np.array((x + _BLOCK / 2, y + _BLOCK / 2)) - middle
            radius = float(np.hypot(away[0], away[1]))
            if radius < max(far, 1.0):
                continue
            place = np.s_[y : y + _BLOCK, x : x + _BLOCK]
            along = (across[place] * away[0] + down[place] * away[1]) / radius
            strength = float(np.sqrt(np.mean(along * along)))
            if strength > 0.02:
                blocks.append((x, y, strength))
    return sorted(blocks, key=lambda one: -one[2])[:_MOST_BLOCKS]


def _median(values: list[tuple[float, float]]) -> float:
    """The weighted median of (value, weight)."""
    ordered = sorted(values)
    half, total = sum(weight for _, weight in ordered) / 2, 0.0
    for value, weight in ordered:
        total += weight
        if total >= half:
            return value
    return ordered[-1][0]
