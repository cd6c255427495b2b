"""Where a lens blur is sharp: everywhere blurred alike, or sharp around a point, along a line, or at one depth of a map."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, Protocol

import numpy as np

from studio.filters.kind import Place
from studio.filters.sampling import canvas_of
from studio.raster import full_map
from studio.raster.geometry import Rect
from studio.recipe import Attached

LEVELS = 8
"""Blurs between none and the full one that a gradual blur is mixed of."""
Sharp = Literal["nowhere", "around-a-point", "along-a-line", "at-a-depth"]
Blur = Callable[[float, Place], np.ndarray]
"""(radius in pixels of level 0, place) → the picture blurred alike everywhere."""


class Focus(Protocol):
    """What a filter declares for it; lengths in parts of the picture's shorter side, depths 0–1."""

    @property
    def radius(self) -> float: ...
    @property
    def sharp(self) -> Sharp: ...
    @property
    def centre_x(self) -> float: ...
    @property
    def centre_y(self) -> float: ...
    @property
    def line(self) -> float: ...
    @property
    def depth(self) -> float: ...
    @property
    def within(self) -> float: ...
    @property
    def fade(self) -> float: ...
    @property
    def map(self) -> Attached: ...


def radii(radius: float) -> list[float]:
    """Of the blurs that are mixed: r (k / n)², so that they lie close where the eye tells them apart."""
    return [radius * (step / LEVELS) ** 2 for step in range(LEVELS + 1)]


def blurred_gradually(pixels: np.ndarray, parameters: Focus, place: Place, blur: Blur) -> np.ndarray:
    """``blur`` with a radius of its own for each pixel, mixed linearly of the two of :func:`radii` that it lies between.

    The same for a tile with its reach as for the whole. Only blurs that occur among the wanted pixels are computed.
    """
    wanted = place.rect if place.wanted is None else place.rect.intersect(place.wanted)
    if wanted.empty:
        return pixels.copy()
    rows, columns = (
        slice(wanted.top - place.rect.top, wanted.bottom - place.rect.top),
        slice(wanted.left - place.rect.left, wanted.right - place.rect.left),
    )
    position = np.sqrt(share_of(parameters, place, wanted)) * LEVELS
    lower = np.minimum(np.floor(position), LEVELS - 1)
    # linear in the radius, which goes as the square of the position
    mixed = ((position**2 - lower**2) / (2 * lower + 1)).astype(np.float32)[..., None]
    out, steps = pixels.copy(), radii(parameters.radius)
    made = np.zeros((wanted.height, wanted.width, 4), np.float32)
    for number, radius in enumerate(steps):
        below, above = lower == number - 1, lower == number
        if not (below.any() or above.any()):
            continue
        part = blur(radius, place)[rows, columns]
        made[above] += part[above] * (1 - mixed[above])
        made[below] += part[below] * mixed[below]
    out[rows, columns] = made
    return out


def share_of(parameters: Focus, place: Place, rect: Rect) -> np.ndarray:
    """The radius at each pixel of ``rect`` as a part of the greatest, 0–1, float64 [h, w]."""
    away = _away(parameters, place, rect)
    return np.clip((away - parameters.within) / max(parameters.fade, 1e-6), 0, 1)


def _away(parameters: Focus, place: Place, rect: Rect) -> np.ndarray:
    """How far each pixel is from what is sharp."""
    left, top, width, height = canvas_of(place)
    step = float(1 << place.level)
    x = (np.arange(rect.left, rect.right)[None, :] + 0.5) * step
    y = (np.arange(rect.top, rect.bottom)[:, None] + 0.5) * step
    if parameters.sharp == "at-a-depth":
        depth = np.zeros((rect.height, rect.width))
        if parameters.map.content:
            places = (x - left) / width, (y - top) / height, (step / width, step / height)
            depth += (127 * full_map.values_at(parameters.map.content, *places)[0] + 128) / 255
        return np.abs(depth - parameters.depth)
    dx, dy = x - left - parameters.centre_x * width, y - top - parameters.centre_y * height
    if parameters.sharp == "around-a-point":
        away = np.sqrt(dx * dx + dy * dy)
    else:
        angle = math.radians(parameters.line)
        away = np.abs(dx * math.sin(angle) + dy * math.cos(angle))
    return away / max(min(width, height), 1)
