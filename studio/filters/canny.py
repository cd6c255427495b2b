"""Canny's edges: thin lines where the lightness changes most, weak ones only beside strong ones."""

from __future__ import annotations

from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.filters.around import filtered_around, in_own_colour, inner_of, settled, with_alpha
from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.edges import SOBEL_WEIGHTS, gradients
from studio.filters.kind import FilterKind, Place
from studio.filters.sharpen import lightness_of
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

_AROUND = np.ones((3, 3), np.uint8)


class Canny(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=20.0,
            soft_high=5.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation of the blur that removes grain first."
            ),
        ),
    ] = 1.4
    low: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Lower threshold"),
            low=0.0,
            high=1.0,
            soft_high=0.2,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Change of lightness per pixel that goes on with an edge."
            ),
        ),
    ] = 0.015
    high: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Upper threshold"),
            low=0.0,
            high=1.0,
            soft_high=0.2,
            step=0.001,
            description=QT_TRANSLATE_NOOP("recipe", "Change of lightness per pixel that begins an edge."),
        ),
    ] = 0.04
    link: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Link"),
            low=0,
            high=256,
            soft_high=128,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far a weak edge is followed from a strong one."),
        ),
    ] = 48
    invert: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Invert"),
            description=QT_TRANSLATE_NOOP("recipe", "Dark edges on white instead of bright ones on black."),
        ),
    ] = False


def _links(parameters: Canny, level: int) -> int:
    return -(-parameters.link // (1 << level))


def canny_reach(parameters: Canny, scale: int) -> int:
    return blur_reach(GaussianBlur(sigma=parameters.sigma), scale) + 2 + _links(parameters, scale)


def canny(pixels: np.ndarray, parameters: Canny, place: Place) -> np.ndarray:
    links = _links(parameters, place.level)
    source = settled(pixels)
    blur = gaussian_blur(source, GaussianBlur(sigma=parameters.sigma), place)
    # the blurred lightness with the pixel's own alpha takes the place of red; green and blue are not used
    smooth = np.zeros_like(source)
    rows = max(1, (1 << 17) // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        strip = slice(top, top + rows)
        smooth[strip, :, 0] = lightness_of(in_own_colour(source[strip], blur[strip], 1))
    smooth[..., 3] = source[..., 3]

    def work(part: np.ndarray, _strip: Rect) -> np.ndarray:
        own = inner_of(part, links + 2)
        strength = _thinned(part, place.level)
        edges = inner_of(_followed(strength, parameters, links), links)
        shown = own[..., 3] * (edges == 0 if parameters.invert else edges)
        return with_alpha(shown[..., None], own)

    return filtered_around(smooth, place, links + 2, work)


def _thinned(part: np.ndarray, level: int) -> np.ndarray:
    """Gradients [h − 4, w − 4] that are no smaller than both neighbours across the edge, else 0."""
    across, down = (side[..., 0] for side in gradients(part, SOBEL_WEIGHTS, level))
    alpha = inner_of(part, 1)[..., 3]
    seen = alpha > 0
    # without the alpha of the pixel itself: changes of the straight lightness
    across, down = (np.divide(side, alpha, out=np.zeros_like(side), where=seen) for side in (across, down))
    strength = np.sqrt(across * across + down * down)
    gx, gy = inner_of(across, 1), inner_of(down, 1)
    height, width = gx.shape

    def beside(y: int, x: int) -> np.ndarray:
        return strength[1 + y : 1 + y + height, 1 + x : 1 + x + width]

    steep = np.abs(gy) > np.abs(gx)
    longer, shorter = np.where(steep, np.abs(gy), np.abs(gx)), np.where(steep, np.abs(gx), np.abs(gy))
    share = np.divide(shorter, longer, out=np.zeros_like(longer), where=longer > 0)
    alike = (gx * gy) >= 0  # down and right, or up and left
    ahead = np.where(steep, beside(1, 0), beside(0, 1))
    behind = np.where(steep, beside(-1, 0), beside(0, -1))
    aside_ahead = np.where(alike, beside(1, 1), np.where(steep, beside(1, -1), beside(-1, 1)))
    aside_behind = np.where(alike, beside(-1, -1), np.where(steep, beside(-1, 1), beside(1, -1)))
    middle = inner_of(strength, 1)
    most = (middle >= ahead + share * (aside_ahead - ahead)) & (
        middle >= behind + share * (aside_behind - behind)
    )
    return np.where(most, middle, np.float32(0))


def _followed(strength: np.ndarray, parameters: Canny, links: int) -> np.ndarray:
    """1 where an edge is strong, or at most ``links`` weak pixels away from a strong one; uint8."""
    low, high = np.float32(min(parameters.low, parameters.high)), np.float32(parameters.high)
    weak = ((strength >= low) & (strength > 0)).astype(np.uint8)
    edges = ((strength >= high) & (strength > 0)).astype(np.uint8)
    count = -1
    for _ in range(links):
        known, count = count, cv2.countNonZero(edges)
        if known == count:
            break
        edges = cv2.min(cv2.dilate(edges, _AROUND), weak)
    return edges


CANNY = FilterKind(
    name="canny",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "White, one pixel thin edges: Sobel's gradient (change per pixel) of the lightness 0.2126 R + 0.7152 G + 0.0722 B "
        "under a Gaussian blur of sigma; pixels stay whose gradient is no smaller than both neighbours along its direction, "
        "linear between pixels; edges begin where it reaches the upper threshold and go on over touching pixels above the "
        "lower one, at most link pixels far (Canny, A computational approach to edge detection, 1986). A neighbour of "
        "opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the "
        "edge of the picture its outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=Canny,
    function=canny,
    reach_of=canny_reach,
    at_scale="rescaled",
)

KINDS = (CANNY,)
