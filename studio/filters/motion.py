"""Blurs along a line, around a centre and towards it: motion, radial and zoom blur of premultiplied pixels."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters import sweep
from studio.filters.around import filtered_around, outside, settled
from studio.filters.kind import FilterKind, Picture, Piece, Pieces, Place, at_once, in_one
from studio.raster.convolve import Convolution, line
from studio.raster.geometry import Rect
from studio.raster.strips import PROCESSORS, in_turn
from studio.recipe import QT_TRANSLATE_NOOP, declare

Trail = Literal["both-sides", "one-side"]
CHOICES = (QT_TRANSLATE_NOOP("recipe", "both-sides"), QT_TRANSLATE_NOOP("recipe", "one-side"))

_COPIED = 512
"""Side of what is copied at a time."""

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


def radial_blur(picture: Picture, parameters: RadialBlur, place: Place) -> Pieces:
    half = math.radians(parameters.angle) / 2
    centre = (parameters.centre_x, parameters.centre_y)
    yield from _sweeping(picture, place, centre, -half, half, turning=True)


def zoom_blur(picture: Picture, parameters: ZoomBlur, place: Place) -> Pieces:
    # what is drawn out away from the centre is found nearer to it
    begin = 1 - parameters.amount * (0.5 if parameters.trail == "both-sides" else 1.0)
    centre = (parameters.centre_x, parameters.centre_y)
    yield from _sweeping(picture, place, centre, begin, begin + parameters.amount, turning=False)


def _sweeping(
    picture: Picture, place: Place, centre: tuple[float, float], begin: float, end: float, turning: bool
) -> Pieces:
    canvas = place.canvas or place.rect
    inside = place.rect.intersect(canvas)
    if inside.empty or begin == end:
        for part in _squares(place.rect):
            yield part, settled(picture.read(part)).copy()
        return
    for part in [square for side in outside(place.rect, inside) for square in _squares(side)]:
        yield part, picture.read(part).copy()
    x = canvas.left + centre[0] * canvas.width - inside.left
    y = canvas.top + centre[1] * canvas.height - inside.top
    way = sweep.Sweep(centre=(x, y), begin=begin, end=end, turning=turning)
    seen = sweep.Seen(picture, inside)
    blocks = way.in_order(_squares(inside, sweep.SIDE), inside)
    if not way.shares:
        yield from _made(seen, way, blocks, None)
    elif way.whole:
        around = yield from sweep.circles(seen, way)
        yield from _made(seen, way, blocks, around)
    else:
        groups = [list(some) for _, some in groupby(blocks, lambda part: way.ring_of(part, inside))]
        placed = [[part.move(-inside.left, -inside.top) for part in group] for group in groups]
        rings = sweep.Rings(seen, way, placed)
        for group, here in zip(groups, placed, strict=True):
            yield from rings.turned_to(here)
            yield from _made(seen, way, group, rings)


def _made(
    seen: sweep.Seen, way: sweep.Sweep, blocks: list[Rect], around: sweep.Circles | sweep.Rings | None
) -> Pieces:
    made: list[Piece] = []

    def one(part: Rect) -> None:
        made.append((part, sweep.block(seen, part, way, around)))

    for _ in in_turn(one, blocks, 1, PROCESSORS):
        yield None
        while made:
            yield made.pop()


def _squares(rect: Rect, side: int = _COPIED) -> list[Rect]:
    return [
        Rect(left, top, left + side, top + side).intersect(rect)
        for top in range(rect.top, rect.bottom, side)
        for left in range(rect.left, rect.right, side)
    ]


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
    function=at_once(in_one(radial_blur)),
    stepwise=in_one(radial_blur),
    stream=radial_blur,
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
    function=at_once(in_one(zoom_blur)),
    stepwise=in_one(zoom_blur),
    stream=zoom_blur,
    whole=True,
    at_scale="rescaled",
)

KINDS = (MOTION_BLUR, RADIAL_BLUR, ZOOM_BLUR)
