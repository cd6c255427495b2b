"""Curves: any change of tone, drawn by points."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Planes, from_light, recoloured, reopened, to_light
from studio.raster.dynamics import curve_pieces
from studio.recipe import QT_TRANSLATE_NOOP, STRAIGHT, Curve, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "smooth"),
    QT_TRANSLATE_NOOP("recipe", "straight-lines"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class Curves(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``curves``: one for all colours after one for each, and one for opacity."""

    curve: Annotated[
        Curve,
        declare(
            QT_TRANSLATE_NOOP("recipe", "All colours"),
            description=QT_TRANSLATE_NOOP("recipe", "From the tone there is (across) to the new one (up)."),
        ),
    ] = STRAIGHT
    red: Annotated[Curve, declare(QT_TRANSLATE_NOOP("recipe", "Red"))] = STRAIGHT
    green: Annotated[Curve, declare(QT_TRANSLATE_NOOP("recipe", "Green"))] = STRAIGHT
    blue: Annotated[Curve, declare(QT_TRANSLATE_NOOP("recipe", "Blue"))] = STRAIGHT
    alpha: Annotated[Curve, declare(QT_TRANSLATE_NOOP("recipe", "Opacity"))] = STRAIGHT
    between: Annotated[
        Literal["smooth", "straight-lines"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Between points"),
            description=QT_TRANSLATE_NOOP("recipe", "How the curve runs from point to point."),
        ),
    ] = "smooth"
    space: Annotated[
        Literal["encoded", "linear-light"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Values"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Encoded: evenly spaced to the eye. Linear light: as a camera counts it."
            ),
        ),
    ] = "encoded"


def bent(plane: np.ndarray, points: Curve, smooth: bool = True) -> np.ndarray:
    """The curve through ``points`` of every value: a sum over its pieces, each of which runs from 0 to its own rise.

    Left of the first and right of the last point it is level; where they stand at 0 and 1 it goes on beyond 0–1 in
    the direction it has there.
    """
    if points == STRAIGHT:
        return plane
    pieces = curve_pieces(points, smooth)
    made = np.full_like(plane, pieces.start)
    for at, width, one, two, three in pieces.cubics:
        t = plane - np.float32(at)
        t *= np.float32(1 / width)
        np.clip(t, 0, 1, out=t)
        rise = t * np.float32(three)
        for coefficient in (two, one):
            rise += np.float32(coefficient)
            rise *= t
        made += rise
    if pieces.before:
        made += np.float32(pieces.before) * np.minimum(plane, 0)
    if pieces.after:
        made += np.float32(pieces.after) * np.maximum(plane - np.float32(1), 0)
    return made


def curves(pixels: np.ndarray, parameters: Curves, _place: Place) -> np.ndarray:
    smooth, light = parameters.between == "smooth", parameters.space == "linear-light"

    def work(colours: Planes) -> Planes:
        if light:
            colours = [to_light(plane) for plane in colours]
        own = (parameters.red, parameters.green, parameters.blue)
        made = [
            bent(bent(plane, points, smooth), parameters.curve, smooth)
            for plane, points in zip(colours, own, strict=True)
        ]
        return [from_light(plane) for plane in made] if light else made

    out = recoloured(pixels, work)
    if parameters.alpha != STRAIGHT:
        out = reopened(out, lambda alpha: bent(alpha, parameters.alpha, smooth))
    return out


CURVES = FilterKind(
    name="curves",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Each colour value (encoded, or linear light if asked for) goes through its own curve, then through that of all "
        "colours; alpha through the one of opacity. A curve is the monotone cubic through its points (Fritsch and "
        "Carlson, SIAM J. Numer. Anal. 17, 1980; slopes at inner points are the weighted harmonic means of Fritsch and "
        "Butland, 1984, at the ends those of the outer lines), or straight lines. It is level left of the first and "
        "right of the last point; if they stand at 0 and 1 it goes straight on beyond 0–1, so values above 1 of float "
        "pictures survive.",
    ),
    parameters=Curves,
    function=curves,
)

KINDS = (CURVES,)
