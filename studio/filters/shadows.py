"""Shadows opened and highlights brought down, by how light the surroundings are."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Planes, from_oklab, recoloured_beside, straight_strips, to_oklab
from studio.recipe import QT_TRANSLATE_NOOP, declare


class ShadowsHighlights(msgspec.Struct, frozen=True, kw_only=True):
    shadows: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shadows"),
            low=-1.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Up: dark places become lighter."),
        ),
    ] = 0.35
    shadow_range: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shadows up to"),
            low=0.05,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Lightness of the surroundings at which it ends."),
        ),
    ] = 0.5
    highlights: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Highlights"),
            low=-1.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Down: light places become darker."),
        ),
    ] = 0.0
    highlight_range: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Highlights from"),
            low=0.0,
            high=0.95,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Lightness of the surroundings at which it begins."),
        ),
    ] = 0.5
    white: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "White point"),
            low=0.5,
            high=2.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "The lightness that counts as white."),
        ),
    ] = 1.0
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=0.0,
            high=500.0,
            soft_high=100.0,
            step=0.5,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "How wide the surroundings are: sigma of a Gaussian blur."
            ),
        ),
    ] = 30.0
    colour: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colour"),
            low=0.0,
            high=2.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far colours become stronger where it becomes lighter."
            ),
        ),
    ] = 1.0
    linked: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Same colour in highlights"))] = True
    highlight_colour: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colour in highlights"),
            low=0.0,
            high=2.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "How far colours follow where highlights are changed."),
            when={"linked": (False,)},
        ),
    ] = 1.0


STRONGEST = 2.0
"""A full push changes the exponent by this power of two."""


def reach(parameters: ShadowsHighlights, scale: int) -> int:
    return blur_reach(GaussianBlur(sigma=parameters.radius), scale)


def surroundings(pixels: np.ndarray, radius: float, place: Place) -> np.ndarray:
    """Lightness (L of OKLab, cut to 0–2) [h, w] blurred by ``radius``; colours count by their opacity."""
    light = np.empty_like(pixels)
    for top, colours, alpha in straight_strips(pixels):
        strip = light[top : top + alpha.shape[0]]
        lightness = np.clip(to_oklab(colours)[0], 0, 2)
        lightness *= alpha
        strip[..., :3] = lightness[..., None]
        strip[..., 3] = alpha
    blurred = gaussian_blur(light, GaussianBlur(sigma=radius), place)
    cover = blurred[..., 3]
    return np.divide(blurred[..., 0], cover, out=np.zeros_like(cover), where=cover > 1e-6)


def shadows_highlights(pixels: np.ndarray, parameters: ShadowsHighlights, place: Place) -> np.ndarray:
    around = surroundings(pixels, parameters.radius, place)
    return recoloured_beside(pixels, around, lambda colours, part: _toned(colours, part, parameters))


def _toned(colours: Planes, around: np.ndarray, parameters: ShadowsHighlights) -> Planes:
    lightness, a, b = to_oklab(colours)
    around = around * np.float32(1 / parameters.white)
    dark = np.clip(1 - around * np.float32(1 / parameters.shadow_range), 0, 1)
    first = np.float32(parameters.highlight_range)
    bright = np.clip((around - first) / (1 - first), 0, 1)
    lit = np.clip(lightness * np.float32(1 / parameters.white), 0, 1)
    made = np.power(lit, np.exp2(dark * np.float32(-STRONGEST * parameters.shadows)))
    made = 1 - np.power(1 - made, np.exp2(bright * np.float32(STRONGEST * parameters.highlights)))
    made += lightness - np.clip(lightness, 0, np.float32(parameters.white))
    ratio = np.divide(made, lightness, out=np.ones_like(made), where=np.abs(lightness) > np.float32(1e-4))
    colour: np.float32 | np.ndarray = np.float32(parameters.colour)
    if not parameters.linked:
        # each counts by how far its part of the change reaches here
        share = np.divide(bright, dark + bright, out=np.zeros_like(bright), where=dark + bright > 0)
        colour = colour + share * np.float32(parameters.highlight_colour - parameters.colour)
    strength = np.clip(1 + colour * (ratio - 1), 0, 8)
    return from_oklab((made, a * strength, b * strength))


SHADOWS_HIGHLIGHTS = FilterKind(
    name="shadows-highlights",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In OKLab (Ottosson, 2020) of the sRGB-encoded colour, lightness and surroundings divided by the white point w: "
        "L1 = L^(2^(−2·S·d)), then L' = 1 − (1 − L1)^(2^(2·H·b)), S the shadows, H the highlights, "
        "d = clip(1 − B / s), b = clip((B − h) / (1 − h)), clip cutting to 0–1; B is L (cut to 0–2) blurred with sigma "
        "the radius, colours weighted by their opacity, s and h the ends of the ranges. a and b are multiplied by "
        "1 + c(L' / L − 1), c the colour, at most 8 times; where highlights have a colour e of their own, c + (e − c) b / (b + d) "
        "is in its place. What lies above white in float pictures is added unchanged "
        "(after the shadow and highlight correction by masks of Moroney, Local color correction, 2000).",
    ),
    parameters=ShadowsHighlights,
    function=shadows_highlights,
    reach_of=reach,
    at_scale="rescaled",
    neutral=(("shadows", 0), ("highlights", 0), ("white", 1)),
)

KINDS = (SHADOWS_HIGHLIGHTS,)
