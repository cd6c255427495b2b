"""The Gaussian blur of arrays: separable weights, on averaged pixels where sigma is large (Burt and Adelson, 1983)."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np

from studio.raster.stopping import heed

LARGEST_SIGMA = 8.0
"""Above this sigma (pixels) the blur runs on the picture averaged 2^k × 2^k, so its cost stays the same."""
_TAIL = 16
"""Columns added on the right so that every result is computed by OpenCV's vector code, never by its scalar rest."""


def gaussian_kernel(sigma: float) -> np.ndarray:
    """float32 weights of 2·⌈3σ⌉ + 1 taps with sum 1."""
    radius = math.ceil(3 * sigma)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    return (weights / weights.sum()).astype(np.float32)


def halvings(sigma: float) -> int:
    """How often the picture is halved before it is blurred."""
    return max(0, math.ceil(math.log2(sigma / LARGEST_SIGMA))) if sigma > LARGEST_SIGMA else 0


def coarse_sigma(sigma: float, times: int) -> float:
    """Sigma on the halved picture; averaging and linear enlargement already blur a little (variances add)."""
    block = 1 << times
    averaging = (block**2 - 1) / 12
    enlarging = block**2 / 6
    return math.sqrt(max(sigma**2 - averaging - enlarging, 1.0)) / block


def gaussian_reach(sigma: float) -> int:
    """How far a result depends on its surroundings, in pixels."""
    if sigma == 0:
        return 0
    times = halvings(sigma)
    if times == 0:
        return math.ceil(3 * sigma) + 1
    return (math.ceil(3 * coarse_sigma(sigma, times)) + 3) * (1 << times)


def blurred(pixels: np.ndarray, sigma: float, times: int) -> np.ndarray:
    """float32 [h, w] or [h, w, 4] blurred after halving ``times`` times; edge pixels are repeated outwards.

    Sides must be multiples of 2^times. Equal to a part of a larger picture, :func:`gaussian_reach` inside the edges,
    as long as both begin at multiples of 2^times.
    """
    return _halved(pixels, (times, times), lambda small: blurred_small(small, sigma, times))


def blurred_small(small: np.ndarray, sigma: float, times: int) -> np.ndarray:
    """What :func:`blurred` makes of the picture :func:`averaged` ``times`` times; to be :func:`enlarged`."""
    kernel = gaussian_kernel(coarse_sigma(sigma, times) if times else sigma)
    return _separable(small, kernel, kernel)


def averaged(pixels: np.ndarray, across: int, down: int) -> np.ndarray:
    """Means over blocks of 2^across × 2^down pixels, which the sides must be multiples of."""
    if across == down == 0:
        return pixels
    heed()
    height, width = pixels.shape[:2]
    return cv2.resize(pixels, (width >> across, height >> down), interpolation=cv2.INTER_AREA)


def enlarged(small: np.ndarray, across: int, down: int) -> np.ndarray:
    """Linearly to 2^across × 2^down times the size. Of a part the same as of the whole, two pixels inside its edges."""
    if across == down == 0:
        return small
    heed()
    height, width = small.shape[:2]
    return cv2.resize(small, (width << across, height << down), interpolation=cv2.INTER_LINEAR)


def blurred_apart(pixels: np.ndarray, across: float, down: float) -> np.ndarray:
    """:func:`blurred` with a sigma for each direction; one of 0 leaves that direction sharp. Each is halved as often as it
    needs (:func:`halvings`), so sides must be multiples of the larger block."""
    times = (halvings(across), halvings(down))
    kernels = [
        gaussian_kernel(coarse_sigma(sigma, count) if count else sigma)
        if sigma > 0
        else np.ones(1, np.float32)
        for sigma, count in zip((across, down), times, strict=True)
    ]
    return _halved(pixels, times, lambda small: _separable(small, *kernels))


def _halved(
    pixels: np.ndarray, times: tuple[int, int], work: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """``work`` on the picture averaged over 2^times pixels across and down, enlarged again."""
    return enlarged(work(averaged(pixels, *times)), *times)


def _separable(pixels: np.ndarray, across: np.ndarray, down: np.ndarray) -> np.ndarray:
    heed()
    width = pixels.shape[1]
    wider = cv2.copyMakeBorder(pixels, 0, 0, 0, _TAIL, cv2.BORDER_REPLICATE)
    out = cv2.sepFilter2D(wider, cv2.CV_32F, across, down, borderType=cv2.BORDER_REPLICATE)
    return out[:, :width]
