"""Blur filters on premultiplied pixels, so that transparent pixels give no colour."""

from __future__ import annotations

from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import part_of, settled
from studio.filters.kind import FilterKind, Place
from studio.raster.gaussian import blurred, blurred_apart, gaussian_reach, halvings
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare


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
    linked: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Same across and down"),
            description=QT_TRANSLATE_NOOP("recipe", "Otherwise sigma is across, and down has its own."),
        ),
    ] = True
    sigma_down: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma down"),
            low=0.0,
            high=500.0,
            soft_high=50.0,
            step=0.1,
            unit="px",
            when={"linked": (False,)},
        ),
    ] = 4.0
    edge: Annotated[
        Literal["repeat-edge", "transparent", "black", "white"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Beyond the edge"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "What the blur sees where the picture ends; repeated, the edge keeps its tone."
            ),
        ),
    ] = "repeat-edge"


_BEYOND = {"transparent": (0.0, 0.0, 0.0, 0.0), "black": (0.0, 0.0, 0.0, 1.0), "white": (1.0, 1.0, 1.0, 1.0)}
"""The pixel that lies beyond the edge, where its own are not repeated."""
LEAST_SIGMA = 0.05
"""Pixels below which nothing is blurred."""


def _sigmas(parameters: GaussianBlur, scale: int) -> tuple[float, float]:
    """Across and down, in pixels of a level."""
    down = parameters.sigma if parameters.linked else parameters.sigma_down
    return parameters.sigma / (1 << scale), down / (1 << scale)


def blur_reach(parameters: GaussianBlur, scale: int) -> int:
    return max(gaussian_reach(sigma) for sigma in _sigmas(parameters, scale))


def gaussian_blur(pixels: np.ndarray, parameters: GaussianBlur, place: Place) -> np.ndarray:
    across, down = (sigma if sigma >= LEAST_SIGMA else 0.0 for sigma in _sigmas(parameters, place.level))
    if across == down == 0:
        return settled(pixels).copy()
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    times = max(halvings(across), halvings(down))
    wide = computed(place, inside, blur_reach(parameters, place.level), 1 << times)
    source = _spread_edges(
        settled(part_of(pixels, inside, place.rect)), inside, wide, _BEYOND.get(parameters.edge)
    )
    result = blurred(source, across, times) if across == down else blurred_apart(source, across, down)
    return np.ascontiguousarray(part_of(result, place.rect, wide))


def computed(place: Place, inside: Rect, reach: int, block: int) -> Rect:
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


def _spread_edges(
    pixels: np.ndarray, inside: Rect, outside: Rect, beyond: tuple[float, ...] | None
) -> np.ndarray:
    """``pixels`` of ``inside`` with their edge repeated, or with ``beyond``, until they fill ``outside``; the same array where
    they do."""
    if inside == outside:
        return pixels
    return cv2.copyMakeBorder(
        pixels,
        inside.top - outside.top,
        outside.bottom - inside.bottom,
        inside.left - outside.left,
        outside.right - inside.right,
        cv2.BORDER_REPLICATE if beyond is None else cv2.BORDER_CONSTANT,
        value=beyond or (0.0, 0.0, 0.0, 0.0),
    )


GAUSSIAN_BLUR = FilterKind(
    name="gaussian-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of its surroundings with weights w(d) = exp(−d² / 2σ²), d the distance and σ "
        "the sigma in pixels, cut off at 3σ; colours are weighted by their opacity. Beyond the edge of the picture "
        "its outermost pixels are repeated unless asked otherwise. Above σ = 8 it runs on the picture averaged to 1/2, 1/4 … of its size and "
        "is enlarged linearly (Burt and Adelson, 1983). Not the same across and down, the weights are "
        "exp(−x² / 2σ² − y² / 2τ²), τ the sigma down, and each direction is averaged for itself.",
    ),
    parameters=GaussianBlur,
    function=gaussian_blur,
    reach_of=blur_reach,
    at_scale="rescaled",
)

KINDS = (GAUSSIAN_BLUR,)
