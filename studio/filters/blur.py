"""Blur filters on premultiplied pixels, so that transparent pixels give no colour."""

from __future__ import annotations

import math
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

LARGEST_SIGMA = 8.0
"""Above this sigma (pixels) the blur runs on the picture averaged 2^k × 2^k, so its cost stays the same."""
_TAIL = 16
"""Columns added on the right so that every result is computed by OpenCV's vector code, never by its scalar rest."""


class GaussianBlur(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=500.0,
            soft_high=50.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Standard deviation of the blur in pixels."),
        ),
    ] = 4.0


def gaussian_kernel(sigma: float) -> np.ndarray:
    """float32 weights of 2·⌈3σ⌉ + 1 taps with sum 1."""
    radius = math.ceil(3 * sigma)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    return (weights / weights.sum()).astype(np.float32)


def halvings(sigma: float) -> int:
    """How often the picture is halved before it is blurred."""
    return max(0, math.ceil(math.log2(sigma / LARGEST_SIGMA))) if sigma > LARGEST_SIGMA else 0


def _coarse_sigma(sigma: float, times: int) -> float:
    """Sigma on the halved picture; averaging and linear enlargement already blur a little (variances add)."""
    block = 1 << times
    averaging = (block**2 - 1) / 12
    enlarging = block**2 / 6
    return math.sqrt(max(sigma**2 - averaging - enlarging, 1.0)) / block


def blur_reach(parameters: GaussianBlur, scale: int) -> int:
    sigma = parameters.sigma / (1 << scale)
    if sigma == 0:
        return 0
    times = halvings(sigma)
    if times == 0:
        return math.ceil(3 * sigma) + 1
    block = 1 << times
    return (math.ceil(3 * _coarse_sigma(sigma, times)) + 3) * block


def gaussian_blur(pixels: np.ndarray, parameters: GaussianBlur, place: Place) -> np.ndarray:
    sigma = parameters.sigma / (1 << place.level)
    if sigma < 0.05:
        return pixels.copy()
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    times = halvings(sigma)
    wide = _computed(place, inside, blur_reach(parameters, place.level), 1 << times)
    source = _spread_edges(_part(pixels, inside, place.rect), inside, wide)
    blurred = _blurred(source, sigma, times)
    return np.ascontiguousarray(_part(blurred, place.rect, wide))


def _computed(place: Place, inside: Rect, reach: int, block: int) -> Rect:
    """The rectangle to compute on: whole blocks, so that a tile equals the whole, and beyond the picture's edge the
    full reach of repeated pixels, which the whole picture does not bring along."""
    canvas = place.canvas or place.rect
    wide = Rect(
        inside.left - reach if inside.left == canvas.left else place.rect.left,
        inside.top - reach if inside.top == canvas.top else place.rect.top,
        inside.right + reach if inside.right == canvas.right else place.rect.right,
        inside.bottom + reach if inside.bottom == canvas.bottom else place.rect.bottom,
    ).unite(place.rect)
    return Rect(
        wide.left // block * block,
        wide.top // block * block,
        -(-wide.right // block) * block,
        -(-wide.bottom // block) * block,
    )


def _part(pixels: np.ndarray, part: Rect, of: Rect) -> np.ndarray:
    inner = part.move(-of.left, -of.top)
    return pixels[inner.top : inner.bottom, inner.left : inner.right]


def _spread_edges(pixels: np.ndarray, inside: Rect, outside: Rect) -> np.ndarray:
    """``pixels`` of ``inside`` with their edge repeated until they fill ``outside``."""
    return cv2.copyMakeBorder(
        pixels,
        inside.top - outside.top,
        outside.bottom - inside.bottom,
        inside.left - outside.left,
        outside.right - inside.right,
        cv2.BORDER_REPLICATE,
    )


def _blurred(pixels: np.ndarray, sigma: float, times: int) -> np.ndarray:
    if times == 0:
        return _separable(pixels, gaussian_kernel(sigma))
    height, width = pixels.shape[:2]
    block = 1 << times
    small = cv2.resize(pixels, (width // block, height // block), interpolation=cv2.INTER_AREA)
    small = _separable(small, gaussian_kernel(_coarse_sigma(sigma, times)))
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def _separable(pixels: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    width = pixels.shape[1]
    wider = cv2.copyMakeBorder(pixels, 0, 0, 0, _TAIL, cv2.BORDER_REPLICATE)
    out = cv2.sepFilter2D(wider, cv2.CV_32F, kernel, kernel, borderType=cv2.BORDER_REPLICATE)
    return out[:, :width]


GAUSSIAN_BLUR = FilterKind(
    name="gaussian-blur",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Gaussian blur"),
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of its surroundings with weights w(d) = exp(−d² / 2σ²), d the distance and σ "
        "the sigma in pixels, cut off at 3σ; colours are weighted by their opacity. Beyond the edge of the picture "
        "its outermost pixels are repeated. Above σ = 8 it runs on the picture averaged to 1/2, 1/4 … of its size and "
        "is enlarged linearly (Burt and Adelson, 1983).",
    ),
    parameters=GaussianBlur,
    function=gaussian_blur,
    reach_of=blur_reach,
    at_scale="rescaled",
)
