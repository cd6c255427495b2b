"""The formulas of layer effects on a layer's shape: its opacity A (float32 [h, w], 0–1) in pixels of one mip level.

Each gives a coverage of the same size. It equals the coverage computed on a larger picture except near the edges of the
array, as far as :func:`dilation_reach` and :func:`studio.raster.gaussian.gaussian_reach` say; arrays that are blurred
begin and end at multiples of :func:`block` pixels. Beyond the array the shape's edge is repeated.

Lengths are in pixels of the level. Angles are those of the light, in degrees counter-clockwise from the right.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from studio.raster.gaussian import blurred, gaussian_reach, halvings

STEPS = 4
"""Opacities (k + ½) / 4 at which a soft shape is cut to measure distances: its soft edge gives a soft outline."""
_LEAST_SIGMA = 0.05
_HIDES_STEPS = 2.0
"""A blur of so many pixels hides whether an edge was grown from one cut or four."""


def block(sigma: float) -> int:
    """Arrays that are blurred with ``sigma`` begin and end at multiples of so many pixels."""
    return 1 << halvings(sigma)


def soften(shape: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur of standard deviation ``sigma`` pixels, cut off at 3σ."""
    if sigma < _LEAST_SIGMA:
        return shape.copy()
    return np.clip(blurred(np.ascontiguousarray(shape), sigma, halvings(sigma)), 0, 1)


def soften_reach(sigma: float) -> int:
    return 0 if sigma < _LEAST_SIGMA else gaussian_reach(sigma)


def dilate(shape: np.ndarray, radius: float, steps: int = STEPS) -> np.ndarray:
    """The shape grown by a disc: the mean over the cuts t of clip(radius + 1 − d_t, 0, 1), at least A itself.

    d_t is the Euclidean distance to the centre of the nearest pixel with A ≥ t, 0 inside; the cuts are t = (k + ½) /
    ``steps``.
    """
    if radius <= 0:
        return shape.copy()
    total = np.zeros_like(shape)
    for step in range(steps):
        outside = shape < (step + 0.5) / steps
        if outside.all():
            continue
        if not outside.any():
            total += 1
            continue
        distance = cv2.distanceTransform(outside.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        # squares are whole numbers: rounded to them, a part of a shape gives what the whole gives, bit by bit
        np.multiply(distance, distance, out=distance)
        np.rint(distance, out=distance)
        np.sqrt(distance, out=distance)
        total += np.clip(np.float32(radius + 1) - distance, 0, 1)
    return np.maximum(total / steps, shape)


def dilation_reach(radius: float) -> int:
    return math.ceil(radius) + 1 if radius > 0 else 0


def move(shape: np.ndarray, x: float, y: float, beyond: float = 0.0) -> np.ndarray:
    """The shape moved right by ``x`` and down by ``y`` pixels, fractions by linear interpolation."""
    left, top = math.floor(x), math.floor(y)
    across, down = x - left, y - top
    out = np.zeros_like(shape)
    for dx, weight_x in ((left, 1 - across), (left + 1, across)):
        for dy, weight_y in ((top, 1 - down), (top + 1, down)):
            if weight_x * weight_y:
                out += np.float32(weight_x * weight_y) * _shifted(shape, dx, dy, beyond)
    return out


def _shifted(shape: np.ndarray, x: int, y: int, beyond: float) -> np.ndarray:
    height, width = shape.shape
    out = np.full_like(shape, beyond)
    if abs(x) < width and abs(y) < height:
        out[max(y, 0) : height + min(y, 0), max(x, 0) : width + min(x, 0)] = shape[
            max(-y, 0) : height + min(-y, 0), max(-x, 0) : width + min(-x, 0)
        ]
    return out


def away_from_light(angle: float, distance: float) -> tuple[float, float]:
    """Where a shadow falls: (x, y) in pixels, y downwards."""
    turned = math.radians(angle)
    # rounded, so that the light from a side moves nothing across
    return round(-math.cos(turned) * distance, 6) + 0.0, round(math.sin(turned) * distance, 6) + 0.0


def glow(shape: np.ndarray, size: float, spread: float) -> np.ndarray:
    """Light or shadow around a shape: grown by spread·size, then blurred with σ = (1 − spread)·size / 2.

    What is blurred by two pixels or more is grown from its half-opaque edge alone: one cut at ½, a third of the time.
    """
    sigma = (1 - spread) * size / 2
    return soften(dilate(shape, spread * size, 1 if sigma >= _HIDES_STEPS else STEPS), sigma)


def glow_reach(size: float, spread: float) -> int:
    return dilation_reach(spread * size) + soften_reach((1 - spread) * size / 2)


def relief(
    shape: np.ndarray, size: float, depth: float, smoothing: float, angle: float, altitude: float
) -> tuple[np.ndarray, np.ndarray]:
    """(highlight, shadow) of the shape lit as a relief, each 0–1 (Phong's diffuse term on a bump map, Blinn 1978).

    Height H = size · blur(A, σ = size / 2); normal n = (−depth·∂H/∂x, −depth·∂H/∂y, 1) / |·| by central differences;
    light L = (cos φ cos θ, −sin φ cos θ, sin θ), φ the angle and θ the altitude in degrees, 0 < θ < 90. With
    s = n·L − sin θ: highlight = clip(s / (1 − sin θ)), shadow = clip(−s / sin θ), each blurred with
    σ = smoothing / 2. A negative depth presses the shape in.
    """
    height = soften(shape, size / 2) * np.float32(size)
    padded = np.pad(height, 1, mode="edge")
    slope_x = (padded[1:-1, 2:] - padded[1:-1, :-2]) * np.float32(0.5 * depth)
    slope_y = (padded[2:, 1:-1] - padded[:-2, 1:-1]) * np.float32(0.5 * depth)
    turned, raised = math.radians(angle), math.radians(altitude)
    level = math.sin(raised)
    x, y = math.cos(turned) * math.cos(raised), -math.sin(turned) * math.cos(raised)
    shade = (np.float32(level) - slope_x * np.float32(x) - slope_y * np.float32(y)) / np.sqrt(
        1 + slope_x**2 + slope_y**2
    ) - np.float32(level)
    light = np.clip(shade / np.float32(1 - level), 0, 1)
    dark = np.clip(-shade / np.float32(level), 0, 1)
    return soften(light, smoothing / 2), soften(dark, smoothing / 2)


def relief_reach(size: float, smoothing: float) -> int:
    return soften_reach(size / 2) + 1 + soften_reach(smoothing / 2)


def shown_beside(shape: np.ndarray, opacity: float) -> np.ndarray:
    """The share of what lies under a layer that is left to see: (1 − A) / (1 − A·o).

    A half-opaque pixel counts as half covered, so that no rim of the backdrop shows between a layer and its shadow, and
    a layer of opacity o does not show its own shadow through itself.
    """
    under = 1 - shape * np.float32(opacity)
    return np.divide(1 - shape, under, out=np.zeros_like(shape), where=under > 1e-6)
