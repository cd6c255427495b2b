"""Blurs by counting and sorting: box and median. Edge-keeping ones stand in ``smoothing_edges.py``."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import filtered_around, inner_of
from studio.filters.kind import FilterKind, Place
from studio.raster import boxes, neighbours
from studio.raster.geometry import Rect
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare

_GRID = np.float32(2.0**24)
"""Values are rounded to 1 / 2^24 first: sums in double precision are then exact, so it matters not where they begin."""
_SMALL = 2
"""OpenCV takes medians of float values up to this radius."""


Shape = Literal["square", "circle", "diamond"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "square"),
    QT_TRANSLATE_NOOP("recipe", "circle"),
    QT_TRANSLATE_NOOP("recipe", "diamond"),
)


class BoxBlur(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=0,
            high=500,
            soft_high=50,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Pixels on each side; the square has a side of 2 · radius + 1."
            ),
        ),
    ] = 4
    passes: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Passes"),
            low=1,
            high=5,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How often it is done; three times is close to a Gaussian blur."
            ),
        ),
    ] = 1


class Median(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=0,
            high=neighbours.LARGEST_MEDIAN,
            soft_high=20,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Pixels on each side; the square has a side of 2 · radius + 1."
            ),
        ),
    ] = 3
    percentile: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Percentile"),
            low=0.0,
            high=100.0,
            step=1.0,
            unit="%",
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "50 takes the middle value; lower widens what is dark, higher what is bright, 0 and 100 the most.",
            ),
        ),
    ] = 50.0
    shape: Annotated[
        Shape,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Surroundings"),
            description=QT_TRANSLATE_NOOP("recipe", "Which of the pixels around each count."),
        ),
    ] = "square"
    linked: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Same for opacity"),
            description=QT_TRANSLATE_NOOP("recipe", "Otherwise opacity has a percentile of its own."),
        ),
    ] = True
    percentile_alpha: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Percentile of opacity"),
            low=0.0,
            high=100.0,
            step=1.0,
            unit="%",
            when={"linked": (False,)},
            description=QT_TRANSLATE_NOOP("recipe", "Lower makes shapes smaller, higher makes them larger."),
        ),
    ] = 50.0


def _half_side(radius: int, level: int) -> float:
    """Half the side of a square at ``level``, less the middle pixel: it shrinks with the level, to parts of a pixel."""
    return max(0.0, ((2 * radius + 1) / (1 << level) - 1) / 2)


def box_reach(parameters: BoxBlur, scale: int) -> int:
    return parameters.passes * math.ceil(_half_side(parameters.radius, scale))


def box_blur(pixels: np.ndarray, parameters: BoxBlur, place: Place) -> np.ndarray:
    half = _half_side(parameters.radius, place.level)
    if half == 0:
        return filtered_around(pixels, place, 0, lambda source, _: source)
    reach = box_reach(parameters, place.level)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        for _ in range(parameters.passes):
            source = box_means(source, half)
        return inner_of(source, reach)

    return filtered_around(pixels, place, reach, work)


def box_means(values: np.ndarray, half: float) -> np.ndarray:
    """Means over squares of side 2 ``half`` + 1, the outermost pixels by their share; same size, edges meaningless."""
    if half == math.floor(half):
        return _sums(values, int(half), int(half), True)
    if values.ndim == 2 or values.shape[2] in (1, 4):
        return boxes.means(values, half)
    inner, outer = math.floor(half), math.ceil(half)
    for across, down in ((1, 0), (0, 1)):
        total = _sums(values, inner * across, inner * down, False)
        total += (_sums(values, outer * across, outer * down, False) - total) * np.float32(half - inner)
        total *= np.float32(1 / (2 * half + 1))
        values = total
    return values


def _sums(values: np.ndarray, across: int, down: int, mean: bool) -> np.ndarray:
    heed()
    exact = values * _GRID
    np.rint(exact, out=exact)
    exact *= 1 / _GRID
    size = (2 * across + 1, 2 * down + 1)
    return cv2.boxFilter(exact, cv2.CV_32F, size, normalize=mean, borderType=cv2.BORDER_REPLICATE)


def median_reach(parameters: Median, scale: int) -> int:
    return round(parameters.radius / (1 << scale))


def median(pixels: np.ndarray, parameters: Median, place: Place) -> np.ndarray:
    radius = median_reach(parameters, place.level)
    extents = shape_extents(parameters.shape, radius)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        if parameters.shape == "square" and parameters.percentile == 50:
            made = medians(source, radius)
        else:
            made = percentiles(source, extents, parameters.percentile)
        if parameters.linked or parameters.percentile_alpha == parameters.percentile:
            return made
        return _with_opacity_of(made, source, extents, parameters.percentile_alpha)

    return filtered_around(pixels, place, radius, work, rows=256)


def _with_opacity_of(
    made: np.ndarray, source: np.ndarray, extents: np.ndarray, percentile: float
) -> np.ndarray:
    """``made`` with its straight colours and the opacity of another percentile; where ``made`` is transparent its colours are
    those of the greatest values."""
    opacity = percentiles(source, extents, percentile)[..., 3:]
    nothing = made[..., 3:] <= 0
    if nothing.any():
        made = np.where(nothing, percentiles(source, extents, 100.0), made)
    out = np.empty_like(made)
    np.divide(made[..., :3], made[..., 3:], out=out[..., :3], where=made[..., 3:] > 0)
    out[..., :3] *= opacity
    out[..., :3][opacity[..., 0] <= 0] = 0
    out[..., 3:] = opacity
    return out


def shape_extents(shape: Shape, radius: int) -> np.ndarray:
    """How far each of 2 ``radius`` + 1 rows reaches from the middle, in pixels. A circle is that of x² + y² ≤ (r + 0.5)²."""
    rows = np.abs(np.arange(-radius, radius + 1))
    if shape == "diamond":
        return (radius - rows).astype(np.int32)
    if shape == "circle":
        return np.sqrt((radius + 0.5) ** 2 - rows**2).astype(np.int32)
    return np.full(2 * radius + 1, radius, np.int32)


def percentiles(source: np.ndarray, extents: np.ndarray, percentile: float) -> np.ndarray:
    """The value at the nearest rank to ``percentile`` in each window of rows reaching ``extents``, inside the radius."""
    radius = len(extents) // 2
    if radius == 0:
        return source
    count = int((2 * extents + 1).sum())
    wanted = math.floor(percentile / 100 * (count - 1) + 0.5)
    if 0 < wanted < count - 1:
        return neighbours.ranked(source, extents, wanted)
    kernel = (np.abs(np.arange(-radius, radius + 1)) <= extents[:, None]).astype(np.uint8)
    return inner_of((cv2.dilate if wanted else cv2.erode)(source, kernel), radius)


def medians(source: np.ndarray, radius: int) -> np.ndarray:
    """Medians [h, w, c] of [h + 2 radius, w + 2 radius, c]; the fastest of three ways that all give the same."""
    if radius == 0:
        return source
    if radius <= _SMALL:
        return inner_of(cv2.medianBlur(source, 2 * radius + 1), radius)
    found = _steps_of_byte(source)
    if found is None:
        return neighbours.median(source, radius)
    steps, values = found
    opaque = bool((steps[..., 3] == 255).all())
    if opaque:
        steps = cv2.cvtColor(steps, cv2.COLOR_RGBA2RGB)
    middle = inner_of(cv2.medianBlur(steps, 2 * radius + 1), radius)
    return cv2.LUT(cv2.cvtColor(middle, cv2.COLOR_RGB2RGBA) if opaque else middle, values)


def _steps_of_byte(source: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """(uint8 numbers, the 256 values they stand for) where all values are whole 255ths, as halves or floats."""
    numbers = np.arange(256, dtype=np.float32) / np.float32(255)
    for values in (numbers.astype(np.float16).astype(np.float32), numbers):
        few = _numbered(source[:1], values)
        if few is not None:
            steps = _numbered(source, values)
            return None if steps is None else (steps, values)
    return None


def _numbered(source: np.ndarray, values: np.ndarray) -> np.ndarray | None:
    steps = cv2.convertScaleAbs(source, alpha=255)
    return steps if np.array_equal(cv2.LUT(steps, values), source) else None


BOX_BLUR = FilterKind(
    name="box-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of the square of side 2r + 1 around it, r the radius in pixels, as often as "
        "passes says; colours are weighted by their opacity. Beyond the edge of the picture its outermost pixels are "
        "repeated; what is no number counts as 0 (McDonnell, Box-filtering techniques, 1981).",
    ),
    parameters=BoxBlur,
    function=box_blur,
    reach_of=box_reach,
    at_scale="rescaled",
)

MEDIAN = FilterKind(
    name="median",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces red, green, blue and opacity, each alone and colours multiplied by their opacity, by the middle one "
        "of the (2r + 1)² values in the square around the pixel, r the radius in pixels, once they are sorted (Tukey, "
        "1971). Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0. With the "
        "percentile p it is value number ⌊p (n − 1) / 100 + 1/2⌋ of the n sorted ones, counted from 0. A circle has the "
        "pixels with x² + y² ≤ (r + 1/2)², a diamond those with |x| + |y| ≤ r. Where opacity has a percentile of its own, the "
        "colour c / a of the first percentile (of the greatest values where a is 0) is multiplied by that opacity.",
    ),
    parameters=Median,
    function=median,
    reach_of=median_reach,
    at_scale="rescaled",
)

KINDS = (BOX_BLUR, MEDIAN)
