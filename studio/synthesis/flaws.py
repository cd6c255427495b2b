"""Scratches and dust of old photographs found, as a mask."""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.problems import finite

DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "Bright and dark flaws are what the white and the black top-hat of the luma Y = 0.2126 R + 0.7152 G + 0.0722 B leave, "
    "Y − opening(Y) and closing(Y) − Y with a disc as wide as the largest flaw d (Serra, Image Analysis and Mathematical Morphology, "
    "1982). Selected is what lies above (8 − 5 · sensitivity) times its mean in a window of 8 d pixels, and above 0.02: as a "
    "scratch where a straight line of the shortest length fits into it in one of 12 directions, as dust where it is connected "
    "and nowhere larger than d.",
)
_ANGLES = 12
_AROUND = 8
"""What is usual around a pixel is told by so many times the largest flaw."""


def flaws(
    pixels: np.ndarray,
    *,
    scratches: bool = True,
    dust: bool = True,
    largest: int = 12,
    length: int = 25,
    sensitivity: float = 0.5,
    grow: int = 1,
) -> Generator[float, None, np.ndarray]:
    """The mask float32 [h, w], 0 or 1, of what is thinner than ``largest`` pixels and stands out from what is around it.

    Brighter and darker flaws: white and black top-hat of the luma with a disc of ``largest`` pixels (Serra 1982), above
    k times its mean in a window of 8 · ``largest`` pixels, k from 8 at ``sensitivity`` 0 to 3 at 1. A flaw is a scratch
    where an opening with a line of ``length`` pixels in one of 12 directions leaves something of it, dust where it is
    compact. ``grow``: pixels that the mask is widened by. Yields the part done.
    """
    luma = cv2.transform(finite(pixels), np.array([[0.2126, 0.7152, 0.0722, 0]], np.float32)).reshape(
        pixels.shape[:2]
    )
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (largest | 1, largest | 1))
    result = np.zeros(luma.shape, np.uint8)
    for index, kind in enumerate((cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)):
        hat = cv2.morphologyEx(luma, kind, disc)
        yield index / 2 + 0.05
        usual = cv2.blur(hat, (_AROUND * largest | 1, _AROUND * largest | 1))
        over = (hat > np.maximum(usual * (8 - 5 * sensitivity), 0.02)).astype(np.uint8)
        lines = yield from _lines(over, length, index / 2 + 0.1)
        if scratches:
            result |= lines
        if dust:
            result |= _spots(over & (1 - cv2.dilate(lines, np.ones((3, 3), np.uint8))), largest)
    if grow:
        result = cv2.dilate(
            result, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * grow + 1, 2 * grow + 1))
        )
    yield 1.0
    return result.astype(np.float32)


def _lines(over: np.ndarray, length: int, before: float) -> Generator[float, None, np.ndarray]:
    """What a line of ``length`` pixels fits into, grown back to the whole of it within a pixel."""
    found = np.zeros_like(over)
    closed = cv2.morphologyEx(over, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    for index in range(_ANGLES):
        found |= cv2.morphologyEx(closed, cv2.MORPH_OPEN, _line(length, np.pi * index / _ANGLES))
        yield before + 0.35 * (index + 1) / _ANGLES
    return cv2.dilate(found, np.ones((3, 3), np.uint8)) & over


def _line(length: int, angle: float) -> np.ndarray:
    side = length | 1
    middle = side // 2
    across, down = round(np.cos(angle) * middle), round(np.sin(angle) * middle)
    kernel = np.zeros((side, side), np.uint8)
    cv2.line(kernel, (middle - across, middle - down), (middle + across, middle + down), 1, 1)
    return kernel


def _spots(over: np.ndarray, largest: int) -> np.ndarray:
    """Connected parts that are at most ``largest`` pixels wide and high."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(over, connectivity=8)
    small = (boxes[:, cv2.CC_STAT_WIDTH] <= largest) & (boxes[:, cv2.CC_STAT_HEIGHT] <= largest)
    small[0] = False
    return small[np.asarray(labels, np.int64)].astype(np.uint8)
