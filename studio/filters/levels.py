"""Levels: which tones become black and white, and how the ones between are spread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Planes, from_light, power, recoloured, reopened, to_light
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "together"),
    QT_TRANSLATE_NOOP("recipe", "separate"),
    QT_TRANSLATE_NOOP("recipe", "opacity"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
_STEP = 1e-6
"""The shortest distance between black and white: they make a step where they meet."""
_SEPARATE = {"channels": ("separate",)}


def _end(title: str, **more) -> msgspec.Meta:
    return declare(title, low=0.0, high=1.0, step=0.001, **more)


def _middle(title: str, **more) -> msgspec.Meta:
    return declare(title, low=0.1, high=10.0, soft_high=3.0, step=0.01, **more)


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``levels``; black and white are values 0–1, encoded or of linear light."""

    channels: Annotated[
        Literal["together", "separate", "opacity"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Channels"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Together: all colours alike. Separate: red, green and blue each first. Opacity: only that.",
            ),
        ),
    ] = "together"
    black: Annotated[
        float,
        _end(
            QT_TRANSLATE_NOOP("recipe", "Black point"),
            description=QT_TRANSLATE_NOOP("recipe", "The tone that becomes the darkest."),
        ),
    ] = 0.0
    gamma: Annotated[
        float,
        _middle(
            QT_TRANSLATE_NOOP("recipe", "Midtones"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Above 1 the tones between become lighter, below 1 darker."
            ),
        ),
    ] = 1.0
    white: Annotated[
        float,
        _end(
            QT_TRANSLATE_NOOP("recipe", "White point"),
            description=QT_TRANSLATE_NOOP("recipe", "The tone that becomes the lightest."),
        ),
    ] = 1.0
    darkest: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Darkest result"))] = 0.0
    lightest: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Lightest result"))] = 1.0
    red_black: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Red: black point"), when=_SEPARATE)] = 0.0
    red_gamma: Annotated[float, _middle(QT_TRANSLATE_NOOP("recipe", "Red: midtones"), when=_SEPARATE)] = 1.0
    red_white: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Red: white point"), when=_SEPARATE)] = 1.0
    red_darkest: Annotated[
        float, _end(QT_TRANSLATE_NOOP("recipe", "Red: darkest result"), when=_SEPARATE)
    ] = 0.0
    red_lightest: Annotated[
        float, _end(QT_TRANSLATE_NOOP("recipe", "Red: lightest result"), when=_SEPARATE)
    ] = 1.0
    green_black: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Green: black point"), when=_SEPARATE)] = (
        0.0
    )
    green_gamma: Annotated[float, _middle(QT_TRANSLATE_NOOP("recipe", "Green: midtones"), when=_SEPARATE)] = (
        1.0
    )
    green_white: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Green: white point"), when=_SEPARATE)] = (
        1.0
    )
    green_darkest: Annotated[
        float, _end(QT_TRANSLATE_NOOP("recipe", "Green: darkest result"), when=_SEPARATE)
    ] = 0.0
    green_lightest: Annotated[
        float, _end(QT_TRANSLATE_NOOP("recipe", "Green: lightest result"), when=_SEPARATE)
    ] = 1.0
    blue_black: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Blue: black point"), when=_SEPARATE)] = 0.0
    blue_gamma: Annotated[float, _middle(QT_TRANSLATE_NOOP("recipe", "Blue: midtones"), when=_SEPARATE)] = 1.0
    blue_white: Annotated[float, _end(QT_TRANSLATE_NOOP("recipe", "Blue: white point"), when=_SEPARATE)] = 1.0
    blue_darkest: Annotated[
        float, _end(QT_TRANSLATE_NOOP("recipe", "Blue: darkest result"), when=_SEPARATE)
    ] = 0.0
    blue_lightest: Annotated[
        float, _end(QT_TRANSLATE_NOOP("recipe", "Blue: lightest result"), when=_SEPARATE)
    ] = 1.0
    clip: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Clip"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Tones beyond black and white point become them; off, they go beyond the results."
            ),
        ),
    ] = False
    space: Annotated[
        Literal["encoded", "linear-light"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Values"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Encoded: evenly spaced to the eye. Linear light: as a camera counts it."
            ),
            when={"channels": ("together", "separate")},
        ),
    ] = "encoded"


Five = tuple[float, float, float, float, float]
"""Black point, midtones, white point, darkest and lightest result."""
NO_CHANGE: Five = (0.0, 1.0, 1.0, 0.0, 1.0)


def levelled(plane: np.ndarray, five: Five, clip: bool) -> np.ndarray:
    """lo + (hi − lo) · ((v − b) / (w − b))^(1/γ), of any float32 ``plane``; with ``clip`` the fraction is cut to 0–1."""
    black, gamma, white, darkest, lightest = five
    if five == NO_CHANGE and not clip:
        return plane
    span = white - black
    made = plane - np.float32(black)
    made *= np.float32(1 / (span if abs(span) > _STEP else _STEP))
    if clip:
        np.clip(made, 0, 1, out=made)
    if gamma != 1:
        made = power(made, 1 / gamma)
    made *= np.float32(lightest - darkest)
    made += np.float32(darkest)
    return made


def _five(parameters: Levels, channel: str = "") -> Five:
    names = ("black", "gamma", "white", "darkest", "lightest")
    black, gamma, white, darkest, lightest = (getattr(parameters, channel + name) for name in names)
    return black, gamma, white, darkest, lightest


def levels(pixels: np.ndarray, parameters: Levels, _place: Place) -> np.ndarray:
    shared, clip = _five(parameters), parameters.clip
    if parameters.channels == "opacity":
        return reopened(pixels, lambda alpha: levelled(alpha, shared, clip))
    own = [NO_CHANGE] * 3
    if parameters.channels == "separate":
        own = [_five(parameters, channel) for channel in ("red_", "green_", "blue_")]
    work = _by_channel(own, shared, clip)
    return recoloured(pixels, work if parameters.space == "encoded" else _in_light(work))


def _in_light(work: Callable[[Planes], Planes]) -> Callable[[Planes], Planes]:
    return lambda colours: [from_light(plane) for plane in work([to_light(plane) for plane in colours])]


def _by_channel(own: list[Five], shared: Five, clip: bool) -> Callable[[Planes], Planes]:
    return lambda colours: [
        levelled(levelled(plane, five, clip and five != NO_CHANGE), shared, clip)
        for plane, five in zip(colours, own, strict=True)
    ]


LEVELS = FilterKind(
    name="levels",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Each encoded colour value v becomes l + (h − l) · t^(1/γ) with t = (v − b) / (w − b): b the black point, w the "
        "white point, γ the midtones, l and h the darkest and lightest result; a negative t keeps its sign, b = w is a "
        "step. Separate: red, green and blue go through their own five numbers first. Opacity: alpha goes through "
        "them, cut to 0–1, and colours stay. Unless clipped (t cut to 0–1), tones beyond the points go on beyond the "
        "results, so values above 1 of float pictures survive (Gonzalez and Woods, Digital Image Processing, ch. 3). Linear "
        "light: the same to the values of linear light (IEC 61966-2-1).",
    ),
    parameters=Levels,
    function=levels,
)

KINDS = (LEVELS,)
