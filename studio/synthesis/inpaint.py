"""Closing a hole from its border: a soap film, Telea's marching, Navier and Stokes' flow; and moving texture in by Poisson."""

from __future__ import annotations

from collections.abc import Generator
from typing import Literal

import cv2
import numpy as np

from studio.raster import patches
from studio.synthesis.problems import check_mask, finite

_SWEEPS, _SWEEPS_OF_STEP = 48, 8
_PULL = 1.9
Way = Literal["telea", "ns"]
Filling = Generator[float, None, np.ndarray]


def closed(pixels: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """``pixels`` float32 [h, w, 4] with the hole (bool [h, w]) closed by a soap film: Laplace's equation, the border given.

    Solved by over-relaxation from coarse to fine. A picture that is all hole stays as it is.
    """
    steps = closing(pixels, hole)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def closing(pixels: np.ndarray, hole: np.ndarray, done: float = 1.0) -> Filling:
    """:func:`closed` in small steps, each of which tells ``done``."""
    if not hole.any() or hole.all():
        return pixels.copy()
    result = patches.aligned(pixels.shape)
    result[:] = pixels
    height, width = hole.shape
    if (
        min(height, width) >= 8
        and float(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3).max()) > 2
    ):
        known = (~hole).astype(np.float32)
        size = ((width + 1) // 2, (height + 1) // 2)
        part = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
        mean = cv2.resize(pixels * known[..., None], size, interpolation=cv2.INTER_AREA)
        mean /= np.maximum(part, 1e-3)[..., None]
        yield done
        small = yield from closing(mean, part < 0.05, done)
        result[hole] = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)[hole]
    else:
        result[hole] = pixels[~hole].mean(0)
    places, pull = patches.places_of(hole), _PULL if hole.sum() > 64 else 1.3
    for _ in range(0, _SWEEPS, _SWEEPS_OF_STEP):
        yield done
        patches.film(result, places, _SWEEPS_OF_STEP, pull)
    return result


def inpainted(pixels: np.ndarray, mask: np.ndarray, way: Way, radius: float = 5.0) -> Filling:
    """Telea's fast marching or the Navier–Stokes inpainting of OpenCV on float pixels, channel by channel.

    Telea, "An image inpainting technique based on the fast marching method", 2004; Bertalmio, Bertozzi, Sapiro,
    "Navier–Stokes, fluid dynamics, and image and video inpainting", 2001. ``radius`` in pixels. Only the hole's
    neighbourhood is worked on; the rest stays bit by bit. Raises HealError for an empty or full mask.
    """
    marked = check_mask(pixels, mask)
    flag = cv2.INPAINT_TELEA if way == "telea" else cv2.INPAINT_NS
    result = pixels.copy()
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(marked.astype(np.uint8), connectivity=8)
    grown = int(np.ceil(radius)) + 2
    for number in range(1, count):
        left, top, across, down, _ = boxes[number]
        area = (
            slice(max(0, top - grown), top + down + grown),
            slice(max(0, left - grown), left + across + grown),
        )
        source, holes = finite(pixels[area]), marked[area]
        own = labels[area] == number
        for channel in range(4):
            result[area][..., channel][own] = _plane(source[..., channel], holes, radius, flag)[own]
            yield (number - 1 + (channel + 1) / 4) / (count - 1)
    return result


def _plane(plane: np.ndarray, holes: np.ndarray, radius: float, flag: int) -> np.ndarray:
    """One channel by OpenCV in 16 bits between its extremes: with floats its Telea rounds to whole numbers."""
    known = plane[~holes]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if high <= low:
        return np.full_like(plane, low)
    numbers = np.clip(np.rint((plane - low) * (65535 / (high - low))), 0, 65535).astype(np.uint16)
    filled = cv2.inpaint(numbers, holes.astype(np.uint8), radius, flag)
    return (filled * np.float32((high - low) / 65535) + np.float32(low)).astype(np.float32)


def transplanted(pixels: np.ndarray, hole: np.ndarray, texture: np.ndarray) -> np.ndarray:
    """``texture`` [h, w, 4] in the hole, its colours moved so that they meet the border: Poisson image editing.

    Pérez, Gangnet, Blake 2003, in its membrane form: texture plus the soap film of what differs along the border.
    """
    ring = (cv2.dilate(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0) & ~hole
    if not ring.any():
        return pixels.copy()
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    area = (slice(max(0, rows[0] - 1), rows[-1] + 2), slice(max(0, columns[0] - 1), columns[-1] + 2))
    unknown = ~ring[area]
    difference = np.where(unknown[..., None], np.float32(0), pixels[area] - texture[area])
    moved = closed(difference.astype(np.float32), unknown)
    result = pixels.copy()
    inside = hole[area]
    result[area][inside] = (texture[area] + moved)[inside]
    alpha = np.maximum(result[area][inside][:, 3:], 0.0)
    result[area][inside] = np.concatenate(
        (np.maximum(result[area][inside][:, :3], 0.0), np.minimum(alpha, 1.0)), 1
    )
    return result
