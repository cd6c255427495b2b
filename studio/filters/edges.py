"""Edges: Sobel and Scharr gradients, emboss, difference of Gaussians and its extended form. Alpha stays.

A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own: where a stroke ends
there is no edge. Canny's edges stand in ``canny.py``.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.around import filtered_around, in_own_colour, inner_of, settled, with_alpha
from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.kind import FilterKind, Place
from studio.filters.sharpen import lightness_of
from studio.raster.geometry import Rect
from studio.raster.neighbours import weighed
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["per-channel", "shared"]
Part = Literal["magnitude", "slope-across", "slope-down"]
Relief = Literal["grey", "coloured"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "magnitude"),
    QT_TRANSLATE_NOOP("recipe", "slope-across"),
    QT_TRANSLATE_NOOP("recipe", "slope-down"),
    QT_TRANSLATE_NOOP("recipe", "grey"),
    QT_TRANSLATE_NOOP("recipe", "coloured"),
)

SOBEL_WEIGHTS = (1 / 8, 2 / 8, 1 / 8)
SCHARR_WEIGHTS = (3 / 32, 10 / 32, 3 / 32)
_STRIP = 1 << 17

_CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Per channel: each colour alone. Shared: the lightness, so all is grey."
    ),
)
_INVERT = declare(
    QT_TRANSLATE_NOOP("recipe", "Invert"),
    description=QT_TRANSLATE_NOOP("recipe", "Dark edges on white instead of bright ones on black."),
)


class Gradient(msgspec.Struct, frozen=True, kw_only=True):
    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=100.0,
            soft_high=20.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "What the change from pixel to pixel is multiplied with."
            ),
        ),
    ] = 4.0
    part: Annotated[
        Part,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Part"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Magnitude: edges in all directions. Slopes: changes one way, brighter or darker than a middle grey.",
            ),
        ),
    ] = "magnitude"
    channels: Annotated[Channels, _CHANNELS] = "per-channel"
    invert: Annotated[bool, _INVERT] = False


class Emboss(msgspec.Struct, frozen=True, kw_only=True):
    azimuth: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Azimuth"),
            low=-180.0,
            high=180.0,
            step=1.0,
            unit="°",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Where the light comes from: 0 is from the right, 90 is from above."
            ),
        ),
    ] = 135.0
    elevation: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Elevation"),
            low=1.0,
            high=90.0,
            step=1.0,
            unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "How high the light stands above the picture."),
        ),
    ] = 45.0
    depth: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Depth"),
            low=0.0,
            high=200.0,
            soft_high=50.0,
            step=0.5,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How many pixels white rises above black."),
        ),
    ] = 10.0
    relief: Annotated[
        Relief,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Relief"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Grey: light and shade alone. Coloured: they lie on the colours."
            ),
        ),
    ] = "grey"


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
    channels: Annotated[Channels, _CHANNELS] = "per-channel"
    invert: Annotated[bool, _INVERT] = False


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


def one_pixel(_parameters: msgspec.Struct, _scale: int) -> int:
    return 1


def gradients(
    source: np.ndarray, weights: tuple[float, float, float], level: int
) -> tuple[np.ndarray, np.ndarray]:
    """Premultiplied changes per pixel of level 0 to the right and downwards, [h, w, 3] of [h + 2, w + 2, 4]."""
    own = inner_of(source, 1)
    scale = 1.0 / (1 << level)
    across = [(x, y, x * weights[y + 1] * scale) for y in (-1, 0, 1) for x in (-1, 1)]
    down = [(x, y, weight) for y, x, weight in across]
    return in_own_colour(own, weighed(source, 1, across), 0), in_own_colour(own, weighed(source, 1, down), 0)


def _gradient_filter(weights: tuple[float, float, float]):
    def function(pixels: np.ndarray, parameters: Gradient, place: Place) -> np.ndarray:
        def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
            own = inner_of(source, 1)
            alpha = own[..., 3:]
            across, down = gradients(source, weights, place.level)
            if parameters.channels == "shared":
                across, down = lightness_of(across)[..., None], lightness_of(down)[..., None]
            amount = np.float32(parameters.amount)
            if parameters.part == "magnitude":
                shown = np.sqrt(across * across + down * down) * amount
            else:
                shown = (across if parameters.part == "slope-across" else down) * amount + np.float32(
                    0.5
                ) * alpha
            return with_alpha(alpha - shown if parameters.invert else shown, own)

        return filtered_around(pixels, place, 1, work)

    return function


def emboss(pixels: np.ndarray, parameters: Emboss, place: Place) -> np.ndarray:
    azimuth, elevation = math.radians(parameters.azimuth), math.radians(parameters.elevation)
    flat = math.cos(elevation)
    light = [
        np.float32(part)
        for part in (flat * math.cos(azimuth), -flat * math.sin(azimuth), math.sin(elevation))
    ]
    depth = np.float32(parameters.depth)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        own = inner_of(source, 1)
        alpha = own[..., 3]
        across, down = (lightness_of(part) for part in gradients(source, SOBEL_WEIGHTS, place.level))
        seen = alpha > 0
        slope_x, slope_y = (
            np.divide(part, alpha, out=np.zeros_like(part), where=seen) * depth for part in (across, down)
        )
        shade = light[2] - slope_x * light[0] - slope_y * light[1]
        shade /= np.sqrt(1 + slope_x * slope_x + slope_y * slope_y)
        np.maximum(shade, 0, out=shade)
        if parameters.relief == "grey":
            return with_alpha((shade * alpha)[..., None], own)
        return with_alpha(own[..., :3] * (shade / light[2])[..., None], own)

    return filtered_around(pixels, place, 1, work)


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


_GRADIENT_TEXT = QT_TRANSLATE_NOOP(
    "recipe",
    "Sobel's gradient of the encoded colours: g = (right − left) / 8 of three rows with weights 1, 2, 1, and "
    "likewise down, in change per pixel. Shows amount · √(gx² + gy²), or 0.5 + amount · gx or gy; inverted, 1 less that; "
    "shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Sobel and Feldman, 1968). A neighbour of opacity "
    "a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the "
    "picture its outermost pixels are repeated; what is no number counts as 0.",
)
_SCHARR_TEXT = QT_TRANSLATE_NOOP(
    "recipe",
    "Scharr's gradient of the encoded colours, nearly the same in all directions: g = (right − left) / 32 of three rows "
    "with weights 3, 10, 3, and likewise down, in change per pixel. Shows amount · √(gx² + gy²), or 0.5 + amount · gx "
    "or gy; inverted, 1 less that; shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Scharr, 2000). A "
    "neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. "
    "Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.",
)

SOBEL = FilterKind(
    name="sobel",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Sobel edges"),
    group="edges",
    description=_GRADIENT_TEXT,
    parameters=Gradient,
    function=_gradient_filter(SOBEL_WEIGHTS),
    reach_of=one_pixel,
    at_scale="rescaled",
)

SCHARR = FilterKind(
    name="scharr",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Scharr edges"),
    group="edges",
    description=_SCHARR_TEXT,
    parameters=Gradient,
    function=_gradient_filter(SCHARR_WEIGHTS),
    reach_of=one_pixel,
    at_scale="rescaled",
)

EMBOSS = FilterKind(
    name="emboss",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Emboss"),
    group="edges",
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Lights the picture as a relief whose height is depth times the lightness 0.2126 R + 0.7152 G + 0.0722 B: shade "
        "s = max(0, n · l / |n|), n = (−hx, −hy, 1) from Sobel's gradient of the height, l the direction of the light "
        "from azimuth and elevation. Grey shows s, coloured c · s / sin(elevation) (Schlag, Fast embossing effects on "
        "raster image data, Graphics Gems IV, 1994). A neighbour of opacity a counts as a mix of its colour and, in the "
        "part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; "
        "what is no number counts as 0.",
    ),
    parameters=Emboss,
    function=emboss,
    reach_of=one_pixel,
    at_scale="rescaled",
)

DIFFERENCE_OF_GAUSSIANS = FilterKind(
    name="difference-of-gaussians",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Difference of Gaussians"),
    group="edges",
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
    title=QT_TRANSLATE_NOOP("recipe", "Ink lines (XDoG)"),
    group="edges",
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

KINDS = (SOBEL, SCHARR, EMBOSS, DIFFERENCE_OF_GAUSSIANS, INK_LINES)
