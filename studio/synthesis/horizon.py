"""By how much a picture is tilted, told by its long straight lines."""

from __future__ import annotations

import cv2
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.problems import HealError, finite

NOT_FOUND = QT_TRANSLATE_NOOP(
    "document",
    "No long straight lines were found to level the picture by. Turn it by hand with the crop tool.",
)
MOST = 15.0
"""Degrees; lines farther from level or upright say nothing about the tilt."""
_STEP = 0.1
_LEAST = 0.15
"""Part of the longer side that the lines of the best angle have to measure together."""


def tilt(pixels: np.ndarray) -> float:
    """Degrees, clockwise, by which what should be level or upright is turned; premultiplied float32 [h, w, 4].

    Line segments (LSD: Grompone von Gioi, Jakubowicz, Morel, Randall, IPOL 2012) that measure at least 1/30 of the longer side
    vote, as in a Hough transform, with their length for their angle from the nearest of level and upright, level ones
    doubly; the tilt is the mean of the votes around the highest place of their histogram, smoothed by 0.3°.
    Raises HealError where the lines there are shorter than 0.15 of the longer side together.
    """
    luma = cv2.transform(finite(pixels), np.array([[0.2126, 0.7152, 0.0722, 0]], np.float32)).reshape(
        pixels.shape[:2]
    )
    grey = (np.clip(luma, 0, 1) * 255).round().astype(np.uint8)
    lines = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    if lines is None:
        raise HealError(NOT_FOUND)
    longer = max(grey.shape)
    angles, weights = _votes(np.asarray(lines, np.float64).reshape(-1, 4), longer / 30)
    return _best(angles, weights, _LEAST * longer)


def _votes(lines: np.ndarray, least: float) -> tuple[np.ndarray, np.ndarray]:
    """(degrees from the nearest of level and upright, weight) of the lines of ``least`` pixels that are near to either."""
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    length = np.hypot(dx, dy)
    angle = np.degrees(np.arctan2(dy, dx))
    level = np.mod(angle + 90, 180) - 90
    upright = np.mod(angle, 180) - 90
    is_level = np.abs(level) <= np.abs(upright)
    tilted = np.where(is_level, level, upright)
    near = (np.abs(tilted) <= MOST) & (length >= least)
    return tilted[near], (length * np.where(is_level, 2.0, 1.0))[near]


def _best(angles: np.ndarray, weights: np.ndarray, least: float) -> float:
    bins = round(2 * MOST / _STEP)
    if not len(angles):
        raise HealError(NOT_FOUND)
    counts, edges = np.histogram(angles, bins, (-MOST, MOST), weights=weights)
    smooth = cv2.GaussianBlur(counts.reshape(1, -1), (0, 0), 3.0, borderType=cv2.BORDER_CONSTANT).ravel()
    top = int(smooth.argmax())
    place = (edges[top] + edges[top + 1]) / 2
    near = np.abs(angles - place) <= 0.6
    if weights[near].sum() < least:
        raise HealError(NOT_FOUND)
    return float(np.average(angles[near], weights=weights[near]))
