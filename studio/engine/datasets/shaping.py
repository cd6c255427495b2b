"""One picture → the squares it is trained on: fixes, crop policy, size. Pure functions of pixels and decisions."""

from __future__ import annotations

import math

import cv2
import numpy as np

from studio.engine.datasets.measuring import Sheet, paper_of, sheet_of
from studio.engine.datasets.reading import fitted, looked_at, thumbnail
from studio.messages.data import Crop, Decisions, window_starts

SEEN = 512
"""Longer side at which sheet and paper are looked for."""
INSET = 0.006
"""Part of a sheet's side that is cut away with its border, so that no edge of it stays."""


def squares_of(rgb: np.ndarray, decisions: Decisions, crop: Crop | None = None) -> list[np.ndarray]:
    """The squares uint8 [side, side, 3], or [side, side, 1] for grey, of an upright picture uint8 [h, w, 3].

    A crop drawn by hand is taken as it is and neither trimmed nor straightened. One square, or for windows as many
    as the long side holds with a quarter of overlap, at most 32.
    """
    if crop is not None:
        rgb = cut(rgb, crop)
    elif decisions.trim or decisions.straighten:
        rgb = on_its_sheet(rgb, trim=decisions.trim, straighten=decisions.straighten)
    if decisions.even_paper:
        rgb = evened(rgb)
    if decisions.policy == "pad" and crop is None:
        squares = [padded(rgb)]
    else:
        squares = [rgb[y : y + side, x : x + side] for x, y, side in windows(rgb, decisions.policy)]
    sized = [resized(square, decisions.side) for square in squares]
    if decisions.ink == "grey":
        return [cv2.cvtColor(square, cv2.COLOR_RGB2GRAY)[..., None] for square in sized]
    return sized


def squares_with_alpha(
    rgb: np.ndarray, alpha: np.ndarray | None, decisions: Decisions, crop: Crop | None = None
) -> list[np.ndarray]:
    """As :func:`squares_of`, uint8 [side, side, 4] premultiplied: ``rgb`` lies over white, ``alpha`` None is opaque. Fixes look
    for paper and are not done here; what is padded is transparent."""
    if alpha is None:
        alpha = np.full(rgb.shape[:2], 255, np.uint8)
    pixels = np.dstack([cv2.subtract(rgb, cv2.merge([cv2.bitwise_not(alpha)] * 3)), alpha])
    if crop is not None:
        pixels = cut(pixels, crop)
    if decisions.policy == "pad" and crop is None:
        height, width = alpha.shape
        down, across = max(0, width - height), max(0, height - width)
        edges = (down // 2, down - down // 2), (across // 2, across - across // 2), (0, 0)
        return [resized(np.pad(pixels, edges), decisions.side)]
    places = windows(pixels[..., :3], decisions.policy)
    return [resized(pixels[y : y + side, x : x + side], decisions.side) for x, y, side in places]


def cut(rgb: np.ndarray, crop: Crop) -> np.ndarray:
    """The part of the picture under ``crop``, at least one pixel of it."""
    height, width = rgb.shape[:2]
    left, top = min(round(crop.x * width), width - 1), min(round(crop.y * height), height - 1)
    across, down = max(1, round(crop.width * width)), max(1, round(crop.height * height))
    return rgb[top : top + down, left : left + across]


def on_its_sheet(rgb: np.ndarray, *, trim: bool, straighten: bool) -> np.ndarray:
    """Without its border, turned upright; as it is where no sheet is found.

    A sheet that lies askew cannot be trimmed without being turned, so ``trim`` turns it too. Turned pixels are
    bicubic; what comes in from outside repeats the edge.
    """
    sheet = sheet_of(fitted(rgb, SEEN)) or sheet_of(looked_at(rgb))  # the latter is what a finding tells
    if sheet is None:
        return rgb
    height, width = rgb.shape[:2]
    if sheet.askew:
        middle = (sheet.centre[0] * width - 0.5, sheet.centre[1] * height - 0.5)
        turn = cv2.getRotationMatrix2D(middle, sheet.angle, 1.0)
        rgb = cv2.warpAffine(
            rgb, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    return _trimmed(rgb, sheet) if trim else rgb


def _trimmed(rgb: np.ndarray, sheet: Sheet) -> np.ndarray:
    height, width = rgb.shape[:2]
    half_width = sheet.width * width * (0.5 - INSET)
    half_height = sheet.height * height * (0.5 - INSET)
    x, y = sheet.centre[0] * width, sheet.centre[1] * height
    left, right = max(0, math.ceil(x - half_width)), min(width, math.floor(x + half_width))
    top, bottom = max(0, math.ceil(y - half_height)), min(height, math.floor(y + half_height))
    return rgb[top:bottom, left:right] if right > left and bottom > top else rgb


def evened(rgb: np.ndarray) -> np.ndarray:
    """The drawing on even white paper: divided by its paper, which is found by a wide closing and smoothed.

    As it is where there is little paper, or paper that is white and even.
    """
    if not paper_of(thumbnail(rgb)).notable:  # as the finding that is mended by it was made
        return rgb
    small = fitted(rgb, 128)
    reach = max(3, max(small.shape[:2]) // 4) | 1
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), reach / 3, borderType=cv2.BORDER_REPLICATE)
    height, width = rgb.shape[:2]
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(rgb, cv2.max(ground, np.full_like(ground, 32)), scale=255.0)


def windows(rgb: np.ndarray, policy: str) -> list[tuple[int, int, int]]:
    """Left, top and side of the squares that ``policy`` takes; each as large as the shorter side."""
    height, width = rgb.shape[:2]
    side, room = min(height, width), abs(height - width)
    if policy == "windows" and room:
        starts = list(window_starts(max(height, width), side))
    elif policy == "detail" and room:
        starts = [_most_detail(rgb, room)]
    else:
        starts = [room // 2]
    return [(start, 0, side) if width > height else (0, start, side) for start in starts]


def _most_detail(rgb: np.ndarray, room: int) -> int:
    """Where along the long side the square begins whose gradients add up to most; of equal ones the middlemost."""
    height, width = rgb.shape[:2]
    small = cv2.cvtColor(fitted(rgb, 256), cv2.COLOR_RGB2GRAY).astype(np.float32)
    slopes = cv2.magnitude(cv2.Sobel(small, cv2.CV_32F, 1, 0), cv2.Sobel(small, cv2.CV_32F, 0, 1))
    along = slopes.sum(axis=0 if width > height else 1, dtype=np.float64)
    side = min(small.shape)
    totals = np.convolve(along, np.ones(side), "valid")
    best = np.flatnonzero(totals >= totals.max() * (1 - 1e-9))
    middle = (len(totals) - 1) / 2
    start = int(best[np.abs(best - middle).argmin()])
    return min(room, round(start / max(1, len(totals) - 1) * room))


def padded(rgb: np.ndarray) -> np.ndarray:
    """The whole picture in the middle of a square of its own paper; without paper, of its edge's median colour."""
    height, width = rgb.shape[:2]
    side = max(height, width)
    paper = paper_of(fitted(rgb, 128))
    colour = paper.colour
    if paper.share < 0.1:
        edge = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]])
        colour = tuple(int(level) for level in np.median(edge, axis=0))
    square = np.empty((side, side, 3), np.uint8)
    square[:] = colour
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = rgb
    return square


def resized(square: np.ndarray, side: int) -> np.ndarray:
    """[s, s, 3] → [side, side, 3]: by area when it shrinks, bicubic when it grows."""
    height, width = square.shape[:2]
    if (height, width) == (side, side):
        return np.ascontiguousarray(square)
    shrinks = min(height, width) >= side
    return cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
