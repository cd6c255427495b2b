"""Edges: gradients by Sobel, Scharr and others, Laplace, emboss. Alpha stays.

A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own: where a stroke ends
there is no edge. Canny's edges stand in ``canny.py``, differences of blurs in ``gaussian_edges.py``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import filtered_around, in_own_colour, inner_of, with_alpha
from studio.filters.kind import FilterKind, Place
from studio.filters.sharpen import lightness_of
from studio.raster.geometry import Rect
from studio.raster.neighbours import Taps, weighed
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["per-channel", "shared"]
Part = Literal["magnitude", "slope-across", "slope-down"]
Border = Literal["repeat-edge", "black"]
Relief = Literal["grey", "coloured"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "magnitude"),
    QT_TRANSLATE_NOOP("recipe", "slope-across"),
    QT_TRANSLATE_NOOP("recipe", "slope-down"),
    QT_TRANSLATE_NOOP("recipe", "grey"),
    QT_TRANSLATE_NOOP("recipe", "coloured"),
    QT_TRANSLATE_NOOP("recipe", "sobel"),
    QT_TRANSLATE_NOOP("recipe", "prewitt"),
    QT_TRANSLATE_NOOP("recipe", "central-differences"),
    QT_TRANSLATE_NOOP("recipe", "roberts"),
    QT_TRANSLATE_NOOP("recipe", "laplace"),
    QT_TRANSLATE_NOOP("recipe", "repeat-edge"),
    QT_TRANSLATE_NOOP("recipe", "black"),
)

Weights = tuple[float, float, float]
SOBEL_WEIGHTS: Weights = (1 / 8, 2 / 8, 1 / 8)
OPERATORS: Mapping[str, Weights] = MappingProxyType({
    "sobel": SOBEL_WEIGHTS, "prewitt": (1 / 6, 1 / 6, 1 / 6), "central-differences": (0.0, 1 / 2, 0.0),
})  # fmt: skip
# To the right and down, a quarter turn from one another: half the sum and half the difference of Roberts' two diagonals.
ROBERTS: tuple[Taps, Taps] = (
    [(1, 1, 0.5), (0, 0, -0.5), (1, 0, 0.5), (0, 1, -0.5)],
    [(1, 1, 0.5), (0, 0, -0.5), (1, 0, -0.5), (0, 1, 0.5)],
)
LAPLACE: tuple[Taps, Taps] = (
    [(-1, 0, 1.0), (0, 0, -2.0), (1, 0, 1.0)],
    [(0, -1, 1.0), (0, 0, -2.0), (0, 1, 1.0)],
)
SCHARR_WEIGHTS = (3 / 32, 10 / 32, 3 / 32)

CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Per channel: each colour alone. Shared: the lightness, so all is grey."
    ),
)
INVERT = declare(
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
    channels: Annotated[Channels, CHANNELS] = "per-channel"
    invert: Annotated[bool, INVERT] = False
    border: Annotated[
        Border,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Beyond the edge"),
            description=QT_TRANSLATE_NOOP("recipe", "Black: the picture's own edge is an edge, too."),
        ),
    ] = "repeat-edge"


class Sobel(Gradient, frozen=True, kw_only=True):
    operator: Annotated[
        Literal["sobel", "prewitt", "central-differences", "roberts", "laplace"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Operator"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "The first three: how the rows beside the middle one count, half, as much, or not at all. Roberts: the finest, "
                "from four pixels. Laplace: change of the change, so that slopes vanish and lines and specks stay.",
            ),
        ),
    ] = "sobel"


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


def differences(source: np.ndarray, taps: tuple[Taps, Taps], scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Premultiplied sums of differences times ``scale``, to the right and downwards, [h, w, 3] of [h + 2, w + 2, 4]."""
    own = inner_of(source, 1)
    summed = (weighed(source, 1, [(x, y, weight * scale) for x, y, weight in one]) for one in taps)
    across, down = (in_own_colour(own, one, 0) for one in summed)
    return across, down


def _sides(operator: str) -> Callable[[np.ndarray, int], tuple[np.ndarray, np.ndarray]]:
    """(source, level) → changes to the right and downwards, in pixels of level 0."""
    if operator == "roberts":
        return lambda source, level: differences(source, ROBERTS, 0.5**level)
    if operator == "laplace":
        return lambda source, level: differences(source, LAPLACE, 0.25**level)
    weights = SCHARR_WEIGHTS if operator == "scharr" else OPERATORS[operator]
    return lambda source, level: gradients(source, weights, level)


def _gradient_filter(operator_of: Callable[[Any], str]):
    def function(pixels: np.ndarray, parameters: Gradient, place: Place) -> np.ndarray:
        operator = operator_of(parameters)
        sides = _sides(operator)

        def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
            own = inner_of(source, 1)
            alpha = own[..., 3:]
            across, down = sides(source, place.level)
            if parameters.channels == "shared":
                across, down = lightness_of(across)[..., None], lightness_of(down)[..., None]
            amount = np.float32(parameters.amount)
            if parameters.part == "magnitude":
                second = operator == "laplace"
                length = np.abs(across + down) if second else np.sqrt(across * across + down * down)
                shown = length * amount
            else:
                shown = (across if parameters.part == "slope-across" else down) * amount + np.float32(
                    0.5
                ) * alpha
            return with_alpha(alpha - shown if parameters.invert else shown, own)

        if parameters.border == "black":
            black = (0.0, 0.0, 0.0, 1.0)
            return filtered_around(pixels, place, 1, work, border=cv2.BORDER_CONSTANT, beyond=black)
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


_GRADIENT_TEXT = QT_TRANSLATE_NOOP(
    "recipe",
    "Sobel's gradient of the encoded colours: g = (right − left) / 8 of three rows with weights 1, 2, 1, and "
    "likewise down, in change per pixel. Shows amount · √(gx² + gy²), or 0.5 + amount · gx or gy; inverted, 1 less that; "
    "shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Sobel and Feldman, 1968). A neighbour of opacity "
    "a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the "
    "picture its outermost pixels are repeated; what is no number counts as 0. "
    "Prewitt's operator weighs the rows 1, 1, 1 and divides by 6, central differences take the middle row and divide by 2. "
    "Roberts' (1965): with p = c(x + 1, y + 1) − c(x, y) and q = c(x + 1, y) − c(x, y + 1), gx = (p + q) / 2 and gy = (p − q) / 2. "
    "Laplace's: gx = left − 2 c + right, gy = above − 2 c + below; its magnitude is amount · |gx + gy|. "
    "Black beyond the edge: what lies there is black.",
)
_SCHARR_TEXT = QT_TRANSLATE_NOOP(
    "recipe",
    "Scharr's gradient of the encoded colours, nearly the same in all directions: g = (right − left) / 32 of three rows "
    "with weights 3, 10, 3, and likewise down, in change per pixel. Shows amount · √(gx² + gy²), or 0.5 + amount · gx "
    "or gy; inverted, 1 less that; shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Scharr, 2000). A "
    "neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. "
    "Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0. Black "
    "beyond the edge: what lies there is black.",
)

SOBEL = FilterKind(
    name="sobel",
    version=1,
    description=_GRADIENT_TEXT,
    parameters=Sobel,
    function=_gradient_filter(lambda parameters: parameters.operator),
    reach_of=one_pixel,
    at_scale="rescaled",
)

SCHARR = FilterKind(
    name="scharr",
    version=1,
    description=_SCHARR_TEXT,
    parameters=Gradient,
    function=_gradient_filter(lambda _parameters: "scharr"),
    reach_of=one_pixel,
    at_scale="rescaled",
)

EMBOSS = FilterKind(
    name="emboss",
    version=1,
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

KINDS = (SOBEL, SCHARR, EMBOSS)
