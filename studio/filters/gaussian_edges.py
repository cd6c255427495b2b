"""Edges as the difference of two Gaussian blurs, and in its extended form as ink lines. Alpha stays."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.filters.around import in_own_colour, settled, with_alpha
from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.edges import CHANNELS, INVERT, Channels
from studio.filters.kind import FilterKind, Place
from studio.filters.sharpen import lightness_of
from studio.recipe import QT_TRANSLATE_NOOP, declare

_STRIP = 1 << 17


class DifferenceOfGaussians(msgspec.Struct, frozen=True, kw_only=True):
    inner: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Inner sigma"),
            low=0.0,
            high=200.0,
            soft_high=20.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation of the blur that is taken from; finer is noise."
            ),
        ),
    ] = 1.0
    outer: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Outer sigma"),
            low=0.0,
            high=200.0,
            soft_high=20.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Standard deviation of the blur that is taken away."),
        ),
    ] = 2.0
    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=100.0,
            soft_high=20.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "What the difference is multiplied with."),
        ),
    ] = 4.0
    offset: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Offset"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Grey where there is no edge; 0 is black, 1 is white."),
        ),
    ] = 0.5
    channels: Annotated[Channels, CHANNELS] = "per-channel"
    invert: Annotated[bool, INVERT] = False


class InkLines(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.2,
            high=20.0,
            soft_high=5.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Fineness of the lines: standard deviation of the inner blur."
            ),
        ),
    ] = 1.0
    ratio: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Ratio"),
            low=1.1,
            high=5.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "The outer blur is this many times as wide."),
        ),
    ] = 1.6
    sharpness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharpness"),
            low=0.0,
            high=200.0,
            soft_high=60.0,
            step=0.5,
            description=QT_TRANSLATE_NOOP("recipe", "How strongly edges count against the tone of areas."),
        ),
    ] = 20.0
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Lightness from which on, once sharpened, paper stays white."
            ),
        ),
    ] = 0.5
    steepness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Steepness"),
            low=0.1,
            high=100.0,
            soft_high=30.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How fast it turns from white to ink: low is soft like pencil."
            ),
        ),
    ] = 5.0


def difference_reach(parameters: DifferenceOfGaussians, scale: int) -> int:
    return max(blur_reach(GaussianBlur(sigma=sigma), scale) for sigma in (parameters.inner, parameters.outer))


def difference_of_gaussians(
    pixels: np.ndarray, parameters: DifferenceOfGaussians, place: Place
) -> np.ndarray:
    source = settled(pixels)
    fine = gaussian_blur(source, GaussianBlur(sigma=parameters.inner), place)
    coarse = gaussian_blur(source, GaussianBlur(sigma=parameters.outer), place)
    amount, offset = np.float32(parameters.amount), np.float32(parameters.offset)
    rows = max(1, _STRIP // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        strip = slice(top, top + rows)
        own = source[strip]
        difference = in_own_colour(own, fine[strip], 1) - in_own_colour(own, coarse[strip], 1)
        if parameters.channels == "shared":
            difference = lightness_of(difference)[..., None]
        shown = difference * amount + offset * own[..., 3:]
        fine[strip] = with_alpha(own[..., 3:] - shown if parameters.invert else shown, own)
    return fine


def ink_reach(parameters: InkLines, scale: int) -> int:
    return blur_reach(GaussianBlur(sigma=parameters.sigma * parameters.ratio), scale)


def ink_lines(pixels: np.ndarray, parameters: InkLines, place: Place) -> np.ndarray:
    source = settled(pixels)
    fine = gaussian_blur(source, GaussianBlur(sigma=parameters.sigma), place)
    coarse = gaussian_blur(source, GaussianBlur(sigma=parameters.sigma * parameters.ratio), place)
    gain, threshold, steep = (
        np.float32(value) for value in (parameters.sharpness, parameters.threshold, parameters.steepness)
    )
    rows = max(1, _STRIP // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        strip = slice(top, top + rows)
        own = source[strip]
        alpha = own[..., 3]
        inner, outer = (lightness_of(in_own_colour(own, blur[strip], 1)) for blur in (fine, coarse))
        sharpened = inner + gain * (inner - outer)
        over = np.divide(sharpened, alpha, out=np.zeros_like(alpha), where=alpha > 0) - threshold
        tone = 1 + np.tanh(np.minimum(over, 0) * steep)
        fine[strip] = with_alpha((tone * alpha)[..., None], own)
    return fine


DIFFERENCE_OF_GAUSSIANS = FilterKind(
    name="difference-of-gaussians",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Shows offset + amount · (g₁ − g₂), g₁ and g₂ the encoded colours under Gaussian blurs of the inner and the outer "
        "sigma; inverted, 1 less that; shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Marr and Hildreth, "
        "Theory of edge detection, 1980). A neighbour of opacity a counts in the blurs as a mix of its colour and, in the "
        "part 1 − a, of the pixel's own; opacity stays; what is no number counts as 0.",
    ),
    parameters=DifferenceOfGaussians,
    function=difference_of_gaussians,
    reach_of=difference_reach,
    at_scale="rescaled",
)

INK_LINES = FilterKind(
    name="xdog",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Draws in ink: s = (1 + p) g − p g', g and g' the lightness 0.2126 R + 0.7152 G + 0.0722 B under Gaussian blurs of "
        "sigma and ratio · sigma, p the sharpness; white where s ≥ ε, else 1 + tanh(φ (s − ε)), ε the threshold and φ the "
        "steepness (Winnemöller, Kyprianidis and Olsen, XDoG, 2012). A neighbour of opacity a counts in "
        "the blurs as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays; what is no number "
        "counts as 0.",
    ),
    parameters=InkLines,
    function=ink_lines,
    reach_of=ink_reach,
    at_scale="rescaled",
)

KINDS = (DIFFERENCE_OF_GAUSSIANS, INK_LINES)
