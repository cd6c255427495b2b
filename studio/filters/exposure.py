"""Lighter and darker: brightness and contrast, exposure, gamma, and the negative."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import (
    Planes,
    each,
    from_light,
    from_oklab,
    keeping_excess,
    power,
    recoloured,
    to_light,
    to_oklab,
)
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "straight"),
    QT_TRANSLATE_NOOP("recipe", "s-curve"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
    QT_TRANSLATE_NOOP("recipe", "value"),
    QT_TRANSLATE_NOOP("recipe", "lightness"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
STEEPEST = 10.0
"""Slope parameter of the S-curve at full contrast."""


class BrightnessContrast(msgspec.Struct, frozen=True, kw_only=True):
    brightness: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Brightness"), low=-1.0, high=1.0, step=0.01)
    ] = 0.0
    contrast: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Contrast"), low=-1.0, high=1.0, step=0.01)
    ] = 0.0
    pivot: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pivot"),
            low=0.05,
            high=0.95,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "The tone that contrast leaves as it is."),
        ),
    ] = 0.5
    method: Annotated[
        Literal["straight", "s-curve"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Method"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Straight: the same everywhere, ends are cut off. S-curve: black and white stay."
            ),
        ),
    ] = "straight"


def brightness_contrast(pixels: np.ndarray, parameters: BrightnessContrast, _place: Place) -> np.ndarray:
    work = _straight if parameters.method == "straight" else _curved
    return recoloured(pixels, each(lambda plane: work(plane, parameters)))


def _straight(plane: np.ndarray, parameters: BrightnessContrast) -> np.ndarray:
    half = np.float32(parameters.brightness / 2)
    if half < 0:
        plane *= 1 + half
    elif half > 0:
        plane += half * (1 - plane)
    if parameters.contrast:
        # a full contrast is as steep as 1000 times, not infinitely
        slope = min(math.tan((parameters.contrast + 1) * math.pi / 4), 1000.0)
        plane -= np.float32(parameters.pivot)
        plane *= np.float32(slope)
        plane += np.float32(parameters.pivot)
    return plane


def _curved(plane: np.ndarray, parameters: BrightnessContrast) -> np.ndarray:
    def work(inside: np.ndarray) -> np.ndarray:
        if parameters.brightness:
            inside = power(inside, 2 ** (-2 * parameters.brightness))
        if abs(parameters.contrast) < 1e-3:
            return inside
        return _sigmoid(inside, parameters.contrast * STEEPEST, parameters.pivot)

    return keeping_excess(plane, work)


def _sigmoid(plane: np.ndarray, slope: float, pivot: float) -> np.ndarray:
    """(s(v) − s(0)) / (s(1) − s(0)), s(v) = 1 / (1 + e^(−k(v − p))); for a negative k the inverse of that for −k."""
    steep = abs(slope)
    low, high = (1 / (1 + math.exp(-steep * (end - pivot))) for end in (0.0, 1.0))
    if slope > 0:
        plane -= np.float32(pivot)
        plane *= np.float32(-steep)
        np.exp(plane, out=plane)
        plane += np.float32(1)
        np.reciprocal(plane, out=plane)
        plane -= np.float32(low)
        plane *= np.float32(1 / (high - low))
        return plane
    plane *= np.float32(high - low)
    plane += np.float32(low)
    np.reciprocal(plane, out=plane)
    plane -= np.float32(1)
    np.log(plane, out=plane)
    plane *= np.float32(-1 / steep)
    plane += np.float32(pivot)
    return np.clip(plane, 0, 1, out=plane)


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    exposure: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Exposure"),
            low=-10.0,
            high=10.0,
            step=0.05,
            unit="EV",
            description=QT_TRANSLATE_NOOP("recipe", "One more doubles the light."),
        ),
    ] = 0.0
    black: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Black level"),
            low=-0.1,
            high=0.1,
            step=0.001,
            description=QT_TRANSLATE_NOOP("recipe", "The light that becomes black."),
        ),
    ] = 0.0
    offset: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Offset"),
            low=-0.5,
            high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP("recipe", "Light added everywhere, after the exposure."),
        ),
    ] = 0.0
    gamma: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Gamma"), low=0.1, high=10.0, soft_high=3.0, step=0.01),
    ] = 1.0


def exposure(pixels: np.ndarray, parameters: Exposure, _place: Place) -> np.ndarray:
    gain = 1 / max(2**-parameters.exposure - parameters.black, 1e-6)

    def work(plane: np.ndarray) -> np.ndarray:
        light = to_light(plane)
        light -= np.float32(parameters.black)
        light *= np.float32(gain)
        light += np.float32(parameters.offset)
        if parameters.gamma != 1:
            light = power(light, 1 / parameters.gamma)
        return from_light(light)

    return recoloured(pixels, each(work))


class Gamma(msgspec.Struct, frozen=True, kw_only=True):
    gamma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Gamma"),
            low=0.1,
            high=10.0,
            soft_high=3.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Above 1 lighter, below 1 darker; black and white stay."),
        ),
    ] = 1.0
    red: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Red"), low=0.1, high=10.0, soft_high=3.0, step=0.01)
    ] = 1.0
    green: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Green"), low=0.1, high=10.0, soft_high=3.0, step=0.01)
    ] = 1.0
    blue: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Blue"), low=0.1, high=10.0, soft_high=3.0, step=0.01)
    ] = 1.0


def gamma(pixels: np.ndarray, parameters: Gamma, _place: Place) -> np.ndarray:
    own = (parameters.red, parameters.green, parameters.blue)
    exponents = [1 / (parameters.gamma * one) for one in own]
    return recoloured(
        pixels,
        lambda colours: [
            plane if exponent == 1 else power(plane, exponent)
            for plane, exponent in zip(colours, exponents, strict=True)
        ],
    )


class Invert(msgspec.Struct, frozen=True, kw_only=True):
    what: Annotated[
        Literal["encoded", "linear-light", "value", "lightness"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Invert"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Encoded: the usual negative. Linear light: that of a camera. Value and lightness: hues stay.",
            ),
        ),
    ] = "encoded"


def invert(pixels: np.ndarray, parameters: Invert, _place: Place) -> np.ndarray:
    if parameters.what == "encoded":
        return recoloured(pixels, each(_negative))
    if parameters.what == "linear-light":
        return recoloured(pixels, each(lambda plane: from_light(_negative(to_light(plane)))))
    return recoloured(pixels, _other_value if parameters.what == "value" else _other_lightness)


def _negative(plane: np.ndarray) -> np.ndarray:
    return np.subtract(np.float32(1), plane, out=plane)


def _other_value(colours: Planes) -> Planes:
    """Value V = max(r, g, b) becomes 1 − V at the same hue and saturation; black becomes white."""
    value = np.maximum(np.maximum(colours[0], colours[1]), colours[2])
    seen = value > np.float32(1e-6)
    factor = np.divide(1 - value, value, out=np.zeros_like(value), where=seen)
    made = [plane * factor for plane in colours]
    for plane in made:
        np.copyto(plane, 1, where=~seen)
    return made


def _other_lightness(colours: Planes) -> Planes:
    lightness, a, b = to_oklab(colours)
    return from_oklab((_negative(lightness), a, b))


BRIGHTNESS_CONTRAST = FilterKind(
    name="brightness-contrast",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "On encoded colour values v, B the brightness, C the contrast, p the pivot. Straight: v' = v + (B/2)(1 − v), "
        "for negative B v' = v(1 + B/2); then p + (v' − p) · tan((C + 1)π/4), at most 1000 times as steep (as GIMP "
        "computes it); values above 1 follow. S-curve, on the part of v within 0–1, the rest is added again: "
        "v' = v^(2^(−2B)); then (s(v') − s(0)) / (s(1) − s(0)) with s(v) = 1 / (1 + exp(−10C(v − p))), for negative C "
        "the inverse of that for −C (sigmoidal contrast, Braun and Fairchild, 1999).",
    ),
    parameters=BrightnessContrast,
    function=brightness_contrast,
)

EXPOSURE = FilterKind(
    name="exposure",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In linear light x, decoded from the encoded colour value by the sRGB curve (IEC 61966-2-1) and encoded again "
        "after: x' = ((x − b) / (2^−E − b) + o)^(1/γ), E the exposure in EV, b the black level, o the offset, γ the "
        "gamma; the divisor is at least 10⁻⁶ and a negative value keeps its sign. Values above 1 of float pictures "
        "survive.",
    ),
    parameters=Exposure,
    function=exposure,
    neutral=(("exposure", 0), ("black", 0), ("offset", 0), ("gamma", 1)),
)

GAMMA = FilterKind(
    name="gamma",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Each encoded colour value v becomes v^(1/(γ·γc)), γ the gamma of all colours and γc that of red, green or "
        "blue; a negative value keeps its sign, values above 1 follow the same power (power-law transformation, "
        "Gonzalez and Woods, Digital Image Processing, ch. 3).",
    ),
    parameters=Gamma,
    function=gamma,
)

INVERT = FilterKind(
    name="invert",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Encoded: each colour value v becomes 1 − v. Linear light: the same for light decoded by the sRGB curve "
        "(IEC 61966-2-1). Value: with V = max(r, g, b) all three are multiplied by (1 − V) / V, black becomes white. "
        "Lightness: L becomes 1 − L in OKLab (Ottosson, 2020), whose colours may lie outside the range. Values above 1 "
        "become negative.",
    ),
    parameters=Invert,
    function=invert,
)

KINDS = (BRIGHTNESS_CONTRAST, EXPOSURE, GAMMA, INVERT)
