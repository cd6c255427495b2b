"""Shadows opened and highlights brought down, by how light the surroundings are."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.filters.around import part_of, read_repeated, share
from studio.filters.blur import LEAST_SIGMA, GaussianBlur, blur_reach, computed
from studio.filters.kind import FilterKind, Held, Place
from studio.filters.planes import Planes, from_oklab, recoloured_beside, straight_planes, to_oklab
from studio.raster.gaussian import averaged, blurred_small, enlarged, gaussian_reach, halvings
from studio.raster.strips import STRIP_PIXELS
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
    """Lightness (L of OKLab, cut to 0–2) [h, w] of what is wanted, blurred by ``radius``; colours count by their opacity.

    It is averaged before it is blurred, as a wide blur is anyway, so that the whole of it is never held.
    """
    sigma = radius * share(place)
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    asked = place.rect if place.wanted is None else place.wanted
    if inside.empty:
        return np.zeros((asked.height, asked.width), np.float32)
    times, blurs = halvings(sigma), sigma >= LEAST_SIGMA
    wide = computed(place, inside, gaussian_reach(sigma) if blurs else 0, 1 << times)
    small = np.empty((wide.height >> times, wide.width >> times, 2), np.float32)
    picture, rows = Held(pixels, place.rect), max(1, (STRIP_PIXELS >> times) // wide.width)
    for first in range(0, len(small), rows):
        last = min(first + rows, len(small))
        strip = wide._replace(top=wide.top + (first << times), bottom=wide.top + (last << times))
        small[first:last] = averaged(_light(read_repeated(picture, inside, strip)), times, times)
    blurred = enlarged(blurred_small(small, sigma, times) if blurs else small, times, times)
    light, cover = np.moveaxis(part_of(blurred, asked, wide), -1, 0)
    return np.divide(light, cover, out=np.zeros_like(cover), where=cover > 1e-6)


def _light(pixels: np.ndarray) -> np.ndarray:
    """Lightness times opacity, and opacity: [h, w, 2]."""
    colours, alpha = straight_planes(pixels)
    lightness = np.clip(to_oklab(colours)[0], 0, 2)
    lightness *= alpha
    return np.stack([lightness, alpha], -1)


def shadows_highlights(pixels: np.ndarray, parameters: ShadowsHighlights, place: Place) -> np.ndarray:
    around = surroundings(pixels, parameters.radius, place)
    asked = place.rect if place.wanted is None else place.wanted
    made = recoloured_beside(
        part_of(pixels, asked, place.rect), around, lambda colours, part: _toned(colours, part, parameters)
    )
    if asked == place.rect:
        return made
    out = pixels.copy()
    part_of(out, asked, place.rect)[...] = made
    return out


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
