"""The healing brush and the patch tool: texture from beside the flaw, or from a chosen place, its colours moved to meet it."""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np

from studio.synthesis import patchmatch
from studio.synthesis.inpaint import transplanted
from studio.synthesis.problems import NO_SOURCE, HealError, check_mask, finite

Healing = Generator["float | patchmatch.Guess", None, np.ndarray]
_RING = 4
"""Pixels around the flaw that the texture is compared along."""


def healed(
    pixels: np.ndarray,
    mask: np.ndarray,
    *,
    offset: tuple[int, int] = (0, 0),
    sampled: np.ndarray | None = None,
    reach: int = 0,
) -> Healing:
    """``pixels`` (premultiplied float32 [h, w, 4]) with what ``mask`` marks healed, soft where the mask is.

    ``offset``: where the texture lies, in pixels from the flaw (the patch tool); (0, 0) looks for the place within
    ``reach`` (0: three times the flaw's larger side, at least 64) whose surroundings along the flaw's edge differ least.
    The texture is moved in by Poisson image editing. Where no such place is, PatchMatch fills. Yields the part done.
    Raises HealError for an empty or full mask, and for an offset that leads out of the picture.
    """
    marked = check_mask(pixels, (mask > 0).astype(np.float32))
    source = finite(pixels)
    if offset == (0, 0):
        found = yield from _nearest(source, marked, sampled, reach)
        yield 0.5
        if found is None:
            return (yield from _filled(pixels, mask, marked, sampled))
        offset = found
    elif not _inside(marked, offset):
        raise HealError(NO_SOURCE)
    matrix = np.array([[1, 0, -offset[0]], [0, 1, -offset[1]]], np.float32)
    left, top, across, down = cv2.boundingRect(marked.astype(np.uint8))
    area = (slice(max(0, top - 2), top + down + 2), slice(max(0, left - 2), left + across + 2))
    moved = matrix.copy()
    moved[:, 2] -= (area[1].start, area[0].start)
    part, hole = source[area], marked[area]
    size = (part.shape[1], part.shape[0])
    texture = cv2.warpAffine(source, moved, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    texture = texture.reshape(part.shape)
    result = pixels.copy()
    new = transplanted(part, hole, texture)
    result[area] = _laid(pixels[area], new, mask[area])
    yield 1.0
    return result


def _filled(pixels: np.ndarray, mask: np.ndarray, marked: np.ndarray, sampled: np.ndarray | None) -> Healing:
    new = yield from patchmatch.fill(pixels, marked, sampled=sampled)
    return _laid(pixels, new, mask)


def _laid(old: np.ndarray, new: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """old + m · (new − old); where m = 0 the old bits, where 1 the new ones."""
    share = np.clip(mask.astype(np.float32), 0, 1)[..., None]
    known = finite(old)
    return np.where(share <= 0, old, np.where(share >= 1, new, known + share * (finite(new) - known)))


def _inside(marked: np.ndarray, offset: tuple[int, int]) -> bool:
    height, width = marked.shape
    left, top, across, down = cv2.boundingRect(marked.astype(np.uint8))
    x, y = left + offset[0], top + offset[1]
    return x >= 0 and y >= 0 and x + across <= width and y + down <= height


def _nearest(
    pixels: np.ndarray, marked: np.ndarray, sampled: np.ndarray | None, reach: int
) -> Generator[float, None, tuple[int, int] | None]:
    """The offset to where the ring around the flaw fits best and nothing is marked; None where there is none."""
    height, width = marked.shape
    left, top, across, down = cv2.boundingRect(marked.astype(np.uint8))
    wide = reach or max(64, 3 * max(across, down))
    box = (
        max(0, left - _RING),
        max(0, top - _RING),
        min(width, left + across + _RING),
        min(height, top + down + _RING),
    )
    area = (
        max(0, box[0] - wide),
        max(0, box[1] - wide),
        min(width, box[2] + wide),
        min(height, box[3] + wide),
    )
    template = np.ascontiguousarray(pixels[box[1] : box[3], box[0] : box[2]])
    around = np.ascontiguousarray(pixels[area[1] : area[3], area[0] : area[2]])
    hole = marked[box[1] : box[3], box[0] : box[2]].astype(np.uint8)
    ring = cv2.dilate(hole, np.ones((2 * _RING + 1, 2 * _RING + 1), np.uint8)).astype(np.float32) * (1 - hole)
    if not ring.any():
        return None
    cost = yield from _differing(around, template, ring)
    barred = marked if sampled is None else marked | (sampled <= 0.5)
    barred = np.ascontiguousarray(barred[area[1] : area[3], area[0] : area[2]].astype(np.float32))
    hit = cv2.matchTemplate(barred, np.maximum(hole, ring).astype(np.float32), cv2.TM_CCORR) > 0.5
    cost[hit] = np.inf
    if not np.isfinite(cost).any():
        return None
    y, x = divmod(int(cost.argmin()), cost.shape[1])
    return x + area[0] - box[0], y + area[1] - box[1]


def _differing(
    around: np.ndarray, template: np.ndarray, ring: np.ndarray
) -> Generator[float, None, np.ndarray]:
    """Σ ring · (template − around)² at each place, nine tenths of the mean's part left out: Poisson moves the colours anyway."""
    count = float(ring.sum())
    cost = np.zeros((around.shape[0] - ring.shape[0] + 1, around.shape[1] - ring.shape[1] + 1), np.float64)
    for channel in range(4):
        one, other = np.ascontiguousarray(around[..., channel]), template[..., channel] * ring
        cost += cv2.matchTemplate(one * one, ring, cv2.TM_CCORR)
        yield (3 * channel + 1) / 30
        cost -= 2 * cv2.matchTemplate(one, np.ascontiguousarray(other), cv2.TM_CCORR)
        yield (3 * channel + 2) / 30
        sums = cv2.matchTemplate(one, ring, cv2.TM_CCORR).astype(np.float64)
        mean = (float(other.sum()) - sums) / count
        cost += float(np.square(other).sum()) - 0.9 * count * mean * mean
        yield (3 * channel + 3) / 30
    return cost


def covered(points: np.ndarray, shape: tuple[int, int], radius: float, hardness: float) -> np.ndarray:
    """How much of each pixel a round brush went over along ``points`` [n, 2] (x, y): float32 of ``shape``, 0–1.

    ``radius`` in pixels; it is whole up to ``hardness`` · radius from the path, and fades from there to the rim.
    """
    drawn = np.zeros(shape, np.uint8)
    places = np.rint((points - 0.5) * 16).astype(np.int32)
    if len(places) > 1:
        cv2.polylines(drawn, [places.reshape(-1, 1, 2)], False, 1, max(1, round(2 * radius)), cv2.LINE_8, 4)
    for x, y in (places[0], places[-1]):
        cv2.circle(drawn, (int(x), int(y)), max(8, round(radius * 16)), 1, -1, cv2.LINE_8, 4)
    padded = cv2.copyMakeBorder(drawn, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    away = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    return np.clip(away / max(1.0, radius * (1 - hardness)), 0, 1)
