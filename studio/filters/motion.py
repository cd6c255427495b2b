"""Blurs along a line, around a centre and towards it: motion, radial and zoom blur of premultiplied pixels."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters import sweep
from studio.filters.around import filtered_around, part_of, settled
from studio.filters.kind import FilterKind, Place, Steps, at_once
from studio.raster.convolve import Convolution, line
from studio.raster.strips import in_turn, row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

Trail = Literal["both-sides", "one-side"]
CHOICES = (QT_TRANSLATE_NOOP("recipe", "both-sides"), QT_TRANSLATE_NOOP("recipe", "one-side"))

_COPIED = 1 << 18

_CENTRE_X = declare(
    QT_TRANSLATE_NOOP("recipe", "Centre X"),
    low=-1.0,
    high=2.0,
    step=0.001,
    description=QT_TRANSLATE_NOOP("recipe", "Across the picture: 0 is its left edge, 1 its right edge."),
)
_CENTRE_Y = declare(
    QT_TRANSLATE_NOOP("recipe", "Centre Y"),
    low=-1.0,
    high=2.0,
    step=0.001,
    description=QT_TRANSLATE_NOOP("recipe", "Down the picture: 0 is its upper edge, 1 its lower edge."),
)


class MotionBlur(msgspec.Struct, frozen=True, kw_only=True):
    length: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Blur length"),
            low=1.0,
            high=500.0,
            soft_high=100.0,
            step=0.5,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far each point is drawn out; 1 leaves the picture as it is."
            ),
        ),
    ] = 20.0
    angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Angle"),
            low=-180.0,
            high=180.0,
            step=0.5,
            unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Direction: 0 is to the right, 90 is up."),
        ),
    ] = 0.0
    trail: Annotated[
        Trail,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Trail"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Both sides: drawn out around its place. One side: drawn out in the direction only."
            ),
        ),
    ] = "both-sides"


class RadialBlur(msgspec.Struct, frozen=True, kw_only=True):
    angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Angle"),
            low=0.0,
            high=360.0,
            soft_high=90.0,
            step=0.1,
            unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "The whole arc that each point is drawn out to."),
        ),
    ] = 10.0
    centre_x: Annotated[float, _CENTRE_X] = 0.5
    centre_y: Annotated[float, _CENTRE_Y] = 0.5


class ZoomBlur(msgspec.Struct, frozen=True, kw_only=True):
    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=1.0,
            step=0.005,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far each point is drawn out, as a part of its distance from the centre."
            ),
        ),
    ] = 0.1
    trail: Annotated[
        Trail,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Trail"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Both sides: drawn out around its place. One side: drawn out away from the centre only.",
            ),
        ),
    ] = "both-sides"
    centre_x: Annotated[float, _CENTRE_X] = 0.5
    centre_y: Annotated[float, _CENTRE_Y] = 0.5


def _motion(parameters: MotionBlur, level: int) -> Convolution:
    length = 1 + (parameters.length - 1) / (1 << level)
    return Convolution(line(length, parameters.angle, parameters.trail == "both-sides"))


def motion_reach(parameters: MotionBlur, scale: int) -> int:
    convolution = _motion(parameters, scale)
    return convolution.reach + convolution.align - 1


def motion_blur(pixels: np.ndarray, parameters: MotionBlur, place: Place) -> np.ndarray:
    blur = _motion(parameters, place.level)
    return filtered_around(pixels, place, blur.reach, lambda source, _: blur.of(source), blur.align)


def radial_blur(pixels: np.ndarray, parameters: RadialBlur, place: Place) -> Steps:
    half = math.radians(parameters.angle) / 2
    centre = (parameters.centre_x, parameters.centre_y)
    return (yield from _sweeping(pixels, place, centre, -half, half, turning=True))


def zoom_blur(pixels: np.ndarray, parameters: ZoomBlur, place: Place) -> Steps:
    # what is drawn out away from the centre is found nearer to it
    begin = 1 - parameters.amount * (0.5 if parameters.trail == "both-sides" else 1.0)
    centre = (parameters.centre_x, parameters.centre_y)
    return (yield from _sweeping(pixels, place, centre, begin, begin + parameters.amount, turning=False))


def _sweeping(
    pixels: np.ndarray, place: Place, centre: tuple[float, float], begin: float, end: float, turning: bool
) -> Steps:
    canvas = place.canvas or place.rect
    inside = place.rect.intersect(canvas)
    if inside.empty or begin == end:
        return settled(pixels).copy()
    middle = (
        canvas.left + centre[0] * canvas.width - inside.left,
        canvas.top + centre[1] * canvas.height - inside.top,
    )
    way = sweep.Sweep(centre=middle, begin=begin, end=end, turning=turning)
    # rows some pixels apart: rows of 2^n bytes would all want the same places in the cache
    source = np.empty((inside.height, inside.width + 13, 4), np.float32)[:, : inside.width]
    out = np.empty_like(pixels)
    given, target = part_of(pixels, inside, place.rect), part_of(out, inside, place.rect)

    def copied(rows: slice) -> None:
        out[rows] = pixels[rows]

    def read(rows: slice) -> None:
        source[rows] = settled(given[rows])

    if inside != place.rect:
        yield from in_turn(copied, row_strips(pixels.shape, _COPIED))
    yield from in_turn(read, row_strips(given.shape, _COPIED))
    corners = sweep.corners(inside.height, inside.width)

    def one(part: slice) -> None:
        left, top = corners[part.start]
        sweep.block(source, target[top : top + sweep.SIDE, left : left + sweep.SIDE], (left, top), way)

    yield from in_turn(one, [slice(index, index + 1) for index in range(len(corners))])
    return out


MOTION_BLUR = FilterKind(
    name="motion-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of the picture along a line of the given length and angle through it, or, for a "
        "trail on one side, ending at it: of points 1/32 pixel apart, linear between pixels, from −(l − 1)/2 to "
        "(l − 1)/2 pixels, l the length; colours are weighted by their opacity. Beyond the edge of the picture its "
        "outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, Modeling motion blur, "
        "1983).",
    ),
    parameters=MotionBlur,
    function=motion_blur,
    reach_of=motion_reach,
    at_scale="rescaled",
)

RADIAL_BLUR = FilterKind(
    name="radial-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of the picture along the arc around the centre from −φ/2 to φ/2 as seen from "
        "it, φ the angle: of n = ⌈distance · φ⌉ points, at most 2048, at −φ/2 + (k + 1/2) φ/n, linear between pixels; "
        "colours are weighted by their opacity. In blocks of 256 pixels a side that have 24 points everywhere and no part "
        "within 64 pixels of the centre, the mean is that of points half a pixel, or 1/2048 of the arc, apart on the two "
        "nearest of rings half a pixel apart, mixed linearly. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, Modeling motion blur, 1983).",
    ),
    parameters=RadialBlur,
    function=at_once(radial_blur),
    stepwise=radial_blur,
    whole=True,
    at_scale="rescaled",
)

ZOOM_BLUR = FilterKind(
    name="zoom-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of the picture along the ray from the centre, between 1 − z/2 and 1 + z/2 times "
        "its distance, or 1 − z and 1 for a trail on one side, z the amount: of n = ⌈distance · z⌉ points, at most 2048, "
        "in the middle of n equal parts, linear between pixels; colours are weighted by their opacity. In blocks of "
        "256 pixels a side that have 24 points everywhere and no part within 64 pixels of the centre, the mean is that of "
        "points half a pixel, or 1/2048 of the ray, apart on the two nearest of rays at most half a pixel apart, mixed "
        "linearly. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 "
        "(Potmesil and Chakravarty, Modeling motion blur, 1983).",
    ),
    parameters=ZoomBlur,
    function=at_once(zoom_blur),
    stepwise=zoom_blur,
    whole=True,
    at_scale="rescaled",
)

KINDS = (MOTION_BLUR, RADIAL_BLUR, ZOOM_BLUR)
