"""Colours become greys, or the tones of one colour."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Planes, from_light, from_oklab, luma, recoloured, to_light, to_oklab
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "luma"),
    QT_TRANSLATE_NOOP("recipe", "luminance"),
    QT_TRANSLATE_NOOP("recipe", "lightness"),
    QT_TRANSLATE_NOOP("recipe", "average"),
    QT_TRANSLATE_NOOP("recipe", "value"),
    QT_TRANSLATE_NOOP("recipe", "oklch"),
    QT_TRANSLATE_NOOP("recipe", "colour-weights"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
_WEIGHTS = {"method": ("colour-weights",)}


def _weight(title: str) -> msgspec.Meta:
    return declare(title, low=-2.0, high=3.0, step=0.01, when=_WEIGHTS)


class BlackAndWhite(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``black-and-white``; the weights say how light each pure colour becomes."""

    method: Annotated[
        Literal["luma", "luminance", "lightness", "average", "value", "oklch", "colour-weights"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Grey from"),
            description=QT_TRANSLATE_NOOP("recipe", "What of a colour becomes its grey."),
        ),
    ] = "luminance"
    reds: Annotated[float, _weight(QT_TRANSLATE_NOOP("recipe", "Reds"))] = 0.4
    yellows: Annotated[float, _weight(QT_TRANSLATE_NOOP("recipe", "Yellows"))] = 0.6
    greens: Annotated[float, _weight(QT_TRANSLATE_NOOP("recipe", "Greens"))] = 0.4
    cyans: Annotated[float, _weight(QT_TRANSLATE_NOOP("recipe", "Cyans"))] = 0.6
    blues: Annotated[float, _weight(QT_TRANSLATE_NOOP("recipe", "Blues"))] = 0.2
    magentas: Annotated[float, _weight(QT_TRANSLATE_NOOP("recipe", "Magentas"))] = 0.8
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the colour goes."),
        ),
    ] = 1.0
    tint: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tint"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How strongly the greys take on the colour below, as in sepia."
            ),
        ),
    ] = 0.0
    colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Tint colour"))] = (0.76, 0.62, 0.45)


def grey_of(colours: Planes, parameters: BlackAndWhite) -> np.ndarray:
    """The encoded grey of each colour."""
    red, green, blue = colours
    method = parameters.method
    if method == "luma":
        return luma(colours)
    if method == "luminance":
        return from_light(luma([to_light(plane) for plane in colours]))
    if method == "average":
        return (red + green + blue) * np.float32(1 / 3)
    if method == "oklch":
        lightness = to_oklab(colours)[0]
        return from_light(lightness * lightness * lightness)
    high, low = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    if method == "value":
        return high
    if method == "lightness":
        return (high + low) * np.float32(0.5)
    middle = red + green + blue - high - low
    return low + _by_weights(colours, high - middle, middle - low, parameters)


def _by_weights(
    colours: Planes, pure: np.ndarray, blended: np.ndarray, parameters: BlackAndWhite
) -> np.ndarray:
    """Each colour is grey, a part of one secondary and a part of one primary colour: those, by their weights."""
    red, green, blue = colours
    high, low = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    primary = np.full_like(red, parameters.blues)
    np.copyto(primary, parameters.greens, where=high == green)
    np.copyto(primary, parameters.reds, where=high == red)
    secondary = np.full_like(red, parameters.yellows)
    np.copyto(secondary, parameters.magentas, where=low == green)
    np.copyto(secondary, parameters.cyans, where=low == red)
    return primary * pure + secondary * blended


def black_and_white(pixels: np.ndarray, parameters: BlackAndWhite, _place: Place) -> np.ndarray:
    strength = np.float32(parameters.strength)

    def work(colours: Planes) -> Planes:
        grey = grey_of(colours, parameters)
        greys = _tinted(grey, parameters) if parameters.tint else [grey] * 3
        if strength == 1:
            return [plane.copy() for plane in greys]
        return [plane + strength * (new - plane) for plane, new in zip(colours, greys, strict=True)]

    return recoloured(pixels, work)


def _tinted(grey: np.ndarray, parameters: BlackAndWhite) -> Planes:
    """Greys with the a and b of the tint's colour in OKLab, less towards black and white so that those stay."""
    one = [np.full((1, 1), part, np.float32) for part in parameters.colour]
    _, a, b = (float(plane[0, 0]) for plane in to_oklab(one))
    light = to_light(grey)
    lightness = np.cbrt(light)
    room = np.clip(4 * lightness * (1 - lightness), 0, 1) * np.float32(parameters.tint)
    return from_oklab((lightness, room * np.float32(a), room * np.float32(b)))


BLACK_AND_WHITE = FilterKind(
    name="black-and-white",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Grey of each encoded colour: luma 0.2126 r + 0.7152 g + 0.0722 b (Rec. 709); luminance, the same of linear "
        "light, encoded again; lightness (max + min) / 2; average; value max(r, g, b); OKLCH, the grey of equal L "
        "(Ottosson, 2020); colour weights, min + p·(max − mid) + s·(mid − min) with the weights p of the primary colour "
        "that is greatest and s of the secondary colour opposite to the least. The tint adds its a and b in OKLab times "
        "4L(1 − L). The result is mixed with the colour by the strength. Values above 1 survive.",
    ),
    parameters=BlackAndWhite,
    function=black_and_white,
)

KINDS = (BLACK_AND_WHITE,)
