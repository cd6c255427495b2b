"""Tones as dots or lines of a printing screen."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import MAXIMUM_SEED
from studio.filters.planes import Planes, from_light, luma, recoloured, to_light
from studio.filters.ripples import lattice_noise
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "one-ink"),
    QT_TRANSLATE_NOOP("recipe", "light-dots"),
    QT_TRANSLATE_NOOP("recipe", "rgb"),
    QT_TRANSLATE_NOOP("recipe", "cmyk"),
    QT_TRANSLATE_NOOP("recipe", "round"),
    QT_TRANSLATE_NOOP("recipe", "diamond"),
    QT_TRANSLATE_NOOP("recipe", "line"),
    QT_TRANSLATE_NOOP("recipe", "square"),
    QT_TRANSLATE_NOOP("recipe", "cross"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
Spot = Literal["round", "diamond", "line", "square", "cross"]


def _angle(title: str, *models: str) -> msgspec.Meta:
    return declare(title, low=-90.0, high=90.0, step=1.0, unit="°", when={"model": models})


def _own(title: str, *models: str) -> msgspec.Meta:
    return declare(title, when={"linked": (False,), "model": models or ("rgb", "cmyk")})


def _own_period(title: str, *models: str) -> msgspec.Meta:
    when = {"linked": (False,), "model": models or ("rgb", "cmyk")}
    return declare(title, low=2.0, high=200.0, soft_high=40.0, step=0.5, unit="px", when=when)


def _turbulence(title: str, when: dict[str, tuple[object, ...]]) -> msgspec.Meta:
    return declare(
        title, low=0.0, high=1.0, step=0.01, when=when,
        description=QT_TRANSLATE_NOOP("recipe", "How far dots stray from their rows, in spacings."),
    )  # fmt: skip


def _own_turbulence(title: str, *models: str) -> msgspec.Meta:
    return _turbulence(title, {"linked": (False,), "model": models or ("rgb", "cmyk")})


class Halftone(msgspec.Struct, frozen=True, kw_only=True):
    model: Annotated[
        Literal["one-ink", "light-dots", "rgb", "cmyk"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Inks"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "One ink on paper, dots of paper in the ink, or screens of several colours over each other.",
            ),
        ),
    ] = "one-ink"
    spot: Annotated[Spot, declare(QT_TRANSLATE_NOOP("recipe", "Dots"))] = "round"
    period: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spacing"), low=2.0, high=200.0, soft_high=40.0, step=0.5, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "From dot to dot."),
        ),
    ] = 10.0  # fmt: skip
    softness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Softness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How gently dots end; a little keeps their edges smooth."),
        ),
    ] = 0.15  # fmt: skip
    turbulence: Annotated[float, _turbulence(QT_TRANSLATE_NOOP("recipe", "Turbulence"), {})] = 0.0
    angle: Annotated[float, _angle(QT_TRANSLATE_NOOP("recipe", "Angle"), "one-ink", "light-dots")] = 45.0
    angle_1: Annotated[float, _angle(QT_TRANSLATE_NOOP("recipe", "Angle of red or cyan"), "rgb", "cmyk")] = (
        15.0
    )
    angle_2: Annotated[
        float, _angle(QT_TRANSLATE_NOOP("recipe", "Angle of green or magenta"), "rgb", "cmyk")
    ] = 75.0
    angle_3: Annotated[
        float, _angle(QT_TRANSLATE_NOOP("recipe", "Angle of blue or yellow"), "rgb", "cmyk")
    ] = 0.0
    angle_black: Annotated[float, _angle(QT_TRANSLATE_NOOP("recipe", "Angle of black"), "cmyk")] = 45.0
    black: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Black"), low=0.0, high=1.0, step=0.01, when={"model": ("cmyk",)},
            description=QT_TRANSLATE_NOOP("recipe", "How much of what all three inks share is printed in black."),
        ),
    ] = 1.0  # fmt: skip
    ink: Annotated[
        Colour, declare(QT_TRANSLATE_NOOP("recipe", "Ink"), when={"model": ("one-ink", "light-dots")})
    ] = (
        0.0,
        0.0,
        0.0,
    )
    paper: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Paper"), when={"model": ("one-ink", "light-dots")})] = (
        1.0, 1.0, 1.0,
    )  # fmt: skip
    linked: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Same dots for all inks"),
            description=QT_TRANSLATE_NOOP("recipe", "Otherwise each ink has dots and a spacing of its own."),
            when={"model": ("rgb", "cmyk")},
        ),
    ] = True
    spot_1: Annotated[Spot, _own(QT_TRANSLATE_NOOP("recipe", "Red or cyan: dots"))] = "round"
    period_1: Annotated[float, _own_period(QT_TRANSLATE_NOOP("recipe", "Red or cyan: spacing"))] = 10.0
    turbulence_1: Annotated[
        float, _own_turbulence(QT_TRANSLATE_NOOP("recipe", "Red or cyan: turbulence"))
    ] = 0.0
    spot_2: Annotated[Spot, _own(QT_TRANSLATE_NOOP("recipe", "Green or magenta: dots"))] = "round"
    period_2: Annotated[float, _own_period(QT_TRANSLATE_NOOP("recipe", "Green or magenta: spacing"))] = 10.0
    turbulence_2: Annotated[
        float, _own_turbulence(QT_TRANSLATE_NOOP("recipe", "Green or magenta: turbulence"))
    ] = 0.0
    spot_3: Annotated[Spot, _own(QT_TRANSLATE_NOOP("recipe", "Blue or yellow: dots"))] = "round"
    period_3: Annotated[float, _own_period(QT_TRANSLATE_NOOP("recipe", "Blue or yellow: spacing"))] = 10.0
    turbulence_3: Annotated[
        float, _own_turbulence(QT_TRANSLATE_NOOP("recipe", "Blue or yellow: turbulence"))
    ] = 0.0
    spot_black: Annotated[Spot, _own(QT_TRANSLATE_NOOP("recipe", "Black: dots"), "cmyk")] = "round"
    period_black: Annotated[float, _own_period(QT_TRANSLATE_NOOP("recipe", "Black: spacing"), "cmyk")] = 10.0
    turbulence_black: Annotated[
        float, _own_turbulence(QT_TRANSLATE_NOOP("recipe", "Black: turbulence"), "cmyk")
    ] = 0.0
    seed: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=MAXIMUM_SEED, seed=True,
            description=QT_TRANSLATE_NOOP("recipe", "Of the turbulence: the same seed gives the same dots."),
        ),
    ] = 0  # fmt: skip


def _spot(u: np.ndarray, v: np.ndarray, spot: Spot) -> np.ndarray:
    """How late a place of the screen is inked: smallest in the middle of a dot; u and v in turns."""
    if spot == "line":
        return np.abs(v - np.rint(v)) * 2
    across, down = np.abs(u - np.rint(u)) * 2, np.abs(v - np.rint(v)) * 2
    if spot == "diamond":
        return (across + down) / 2
    if spot == "square":
        return np.maximum(across, down)
    if spot == "cross":
        return np.minimum(across, down)
    return 0.5 - (np.cos(2 * math.pi * u) + np.cos(2 * math.pi * v)) / 4


LEVELS = 1024


@lru_cache(maxsize=8)
def _ranks(spot: Spot) -> np.ndarray:
    """float32 [LEVELS + 1]: the share of the screen that is inked earlier than 0, 1/LEVELS … 1."""
    places = (np.arange(512) + 0.5) / 512
    values = np.sort(_spot(places[None], places[:, None], spot), axis=None)
    found = np.searchsorted(values, np.linspace(0, 1, LEVELS + 1)) / values.size
    return found.astype(np.float32)


STRAY, STRAY_DETAIL = 4.0, 2
"""Spacings from one place to the next at which dots stray another way, and how many such noises are summed."""
_INKS = ("", "_1", "_2", "_3", "_black")


class Screen(msgspec.Struct, frozen=True):
    """``angle`` in degrees, ``period`` in level-0 pixels; ``turbulence`` in spacings, ``ink`` its number among those that each
    stray their own way by the ``seed``."""

    angle: float
    spot: Spot
    period: float
    turbulence: float = 0.0
    seed: int = 0
    ink: int = 0


def screen_of(parameters: Halftone, ink: str) -> Screen:
    """Of the only ink (``""``), of colour ``_1`` to ``_3``, or of ``_black``."""
    own = bool(ink) and not parameters.linked
    spot, period, turbulence = (
        getattr(parameters, name + (ink if own else "")) for name in ("spot", "period", "turbulence")
    )
    number = _INKS.index(ink)
    return Screen(getattr(parameters, f"angle{ink}"), spot, period, turbulence, parameters.seed, number)


def screen(place: Place, top: int, bottom: int, dots: Screen) -> np.ndarray:
    """float32 [rows, w] of 0–1: the ink a place needs to be printed; evenly spread, so that a tone covers its share."""
    scale = 1 << place.level
    x = (np.arange(place.rect.left, place.rect.right, dtype=np.float64)[None] + 0.5) * scale
    y = (np.arange(top, bottom, dtype=np.float64)[:, None] + 0.5) * scale
    if dots.turbulence:
        far, first = dots.turbulence * dots.period, 2 * STRAY_DETAIL * dots.ink
        moved = [
            lattice_noise(dots.seed, first + channel, x, y, STRAY * dots.period, STRAY_DETAIL)
            for channel in (0, 1)
        ]
        x, y = x + far * moved[0], y + far * moved[1]
    sine, cosine = math.sin(math.radians(dots.angle)), math.cos(math.radians(dots.angle))
    u, v = (x * cosine + y * sine) / dots.period, (y * cosine - x * sine) / dots.period
    at = np.clip(_spot(u, v, dots.spot), 0, 1) * LEVELS
    index = np.minimum(at, LEVELS - 1).astype(np.int32)
    ranks = _ranks(dots.spot)
    low = np.take(ranks, index)
    needed = low + (at - index).astype(np.float32) * (np.take(ranks, index + 1) - low)
    # no ink leaves the middle of a dot white, and all of it leaves nothing
    return np.float32(0.0005) + np.float32(0.999) * needed


def printed(amount: np.ndarray, needed: np.ndarray, softness: float) -> np.ndarray:
    """How far ink of ``amount`` 0–1 covers places that need ``needed``: all of it, none, or between over the softness.

    Dots are softer the more room there is, so that on average just ``amount`` is covered.
    """
    width = np.minimum(np.minimum(amount, 1 - amount) * np.float32(2), np.float32(softness))
    np.maximum(width, np.float32(1e-4), out=width)
    made = (amount - needed) / width
    made += np.float32(0.5)
    return np.clip(made, 0, 1, out=made)


def halftone(pixels: np.ndarray, parameters: Halftone, place: Place) -> np.ndarray:
    out = np.empty_like(pixels)
    rows = max(1, (1 << 14) // pixels.shape[1])
    for start in range(0, pixels.shape[0], rows):
        stop = min(start + rows, pixels.shape[0])
        top, bottom = place.rect.top + start, place.rect.top + stop
        work = _WORK[parameters.model]
        out[start:stop] = recoloured(
            pixels[start:stop],
            lambda colours, top=top, bottom=bottom, work=work: work(colours, parameters, place, top, bottom),
        )
    return out


def _light(colours: Planes) -> list[np.ndarray]:
    return [to_light(np.clip(plane, 0, 1)) for plane in colours]


def _one_ink(colours: Planes, parameters: Halftone, place: Place, top: int, bottom: int) -> Planes:
    needed = screen(place, top, bottom, screen_of(parameters, ""))
    tone = luma(_light(colours))
    ink, paper = (to_light(np.array(one, np.float32)) for one in (parameters.ink, parameters.paper))
    if parameters.model == "light-dots":
        ink, paper = paper, ink
    else:
        tone = 1 - tone
    cover = printed(tone, needed, parameters.softness)
    return [from_light(paper[channel] + cover * (ink[channel] - paper[channel])) for channel in range(3)]


def _screens(parameters: Halftone) -> list[Screen]:
    return [screen_of(parameters, ink) for ink in ("_1", "_2", "_3")]


def _rgb(colours: Planes, parameters: Halftone, place: Place, top: int, bottom: int) -> Planes:
    return [
        from_light(printed(plane, screen(place, top, bottom, dots), parameters.softness))
        for plane, dots in zip(_light(colours), _screens(parameters), strict=True)
    ]


def _cmyk(colours: Planes, parameters: Halftone, place: Place, top: int, bottom: int) -> Planes:
    inks = [1 - plane for plane in _light(colours)]
    black = np.minimum(np.minimum(inks[0], inks[1]), inks[2]) * np.float32(parameters.black)
    room = np.maximum(1 - black, np.float32(1e-6))
    needed = screen(place, top, bottom, screen_of(parameters, "_black"))
    left = 1 - printed(black, needed, parameters.softness)
    made = []
    for ink, dots in zip(inks, _screens(parameters), strict=True):
        amount = np.clip((ink - black) / room, 0, 1)
        cover = printed(amount, screen(place, top, bottom, dots), parameters.softness)
        made.append(from_light((1 - cover) * left))
    return made


_WORK = {"one-ink": _one_ink, "light-dots": _one_ink, "rgb": _rgb, "cmyk": _cmyk}

HALFTONE = FilterKind(
    name="halftone",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Ink amounts a are 1 − Y for one ink, Y the luminance (Rec. 709), red, green and blue for RGB, and 1 − each of them "
        "less black k = b · their minimum, divided by 1 − k, for CMYK; all in linear light of sRGB, cut to 0–1. A place "
        "turned by the screen's angle, (u, v) in spacings, is covered by clip((a − T) / s + ½), s the lesser "
        "of the softness, 2a and 2(1 − a), T the rank, spread evenly over 0–1, of the dot function: round ½ − (cos 2πu + cos 2πv) / 4; with the "
        "distances d to the nearest whole number times 2, line dv, diamond (du + dv) / 2, square the greater, cross the "
        "lesser. Light of inks is mixed by cover and multiplied, then encoded (after Ulichney, Digital Halftoning, 1987). "
        "Light dots: a = Y, printed with the paper's colour on the ink's. Each ink may have its own dot function, spacing and "
        "turbulence τ, by which a place is first moved by τ · spacing · (n1, n2): value noise as in Displace, its size four "
        "spacings, two octaves, another one for each ink.",
    ),
    parameters=Halftone,
    function=halftone,
    at_scale="rescaled",
)

KINDS = (HALFTONE,)
