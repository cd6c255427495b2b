"""Colours by hue and strength: hue and saturation, vibrance."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Planes, from_oklab, recoloured, to_oklab
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (QT_TRANSLATE_NOOP("recipe", "hsl"), QT_TRANSLATE_NOOP("recipe", "oklch"))
"""Words of the choices below, which their declarations hold as plain literals."""
_RANGES = {"ranges": (True,)}
NAMES = ("reds", "yellows", "greens", "cyans", "blues", "magentas")
"""Ranges of hue, 60° apart, in HSL around 0°, 60° … 300°."""
_OKLCH_CENTRES = (29.2 / 360, 109.8 / 360, 142.5 / 360, 194.8 / 360, 264.1 / 360, 328.4 / 360)
"""Hues in OKLCH of the pure colours that HSL has at 0°, 60° … 300°."""


def _turn(title: str, **more) -> msgspec.Meta:
    return declare(title, low=-180.0, high=180.0, step=1.0, unit="°", **more)


def _share(title: str, **more) -> msgspec.Meta:
    return declare(title, low=-1.0, high=1.0, step=0.01, **more)


class HueSaturation(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``hue-saturation``: for all colours, and in addition for six ranges of hue."""

    space: Annotated[
        Literal["hsl", "oklch"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colour space"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "HSL: as most editors. OKLCH: equal steps look equal, lightness stays what it seems.",
            ),
        ),
    ] = "hsl"
    hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Hue"))] = 0.0
    saturation: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Saturation"))] = 0.0
    lightness: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Lightness"))] = 0.0
    ranges: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "By range of hue"),
            description=QT_TRANSLATE_NOOP("recipe", "Reds, yellows, greens, cyans, blues and magentas each."),
        ),
    ] = False
    overlap: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Overlap"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How softly one range passes into the next."),
            when=_RANGES,
        ),
    ] = 1.0
    reds_hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Reds: hue"), when=_RANGES)] = 0.0
    reds_saturation: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Reds: saturation"), when=_RANGES)
    ] = 0.0
    reds_lightness: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Reds: lightness"), when=_RANGES)] = (
        0.0
    )
    yellows_hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Yellows: hue"), when=_RANGES)] = 0.0
    yellows_saturation: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Yellows: saturation"), when=_RANGES)
    ] = 0.0
    yellows_lightness: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Yellows: lightness"), when=_RANGES)
    ] = 0.0
    greens_hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Greens: hue"), when=_RANGES)] = 0.0
    greens_saturation: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Greens: saturation"), when=_RANGES)
    ] = 0.0
    greens_lightness: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Greens: lightness"), when=_RANGES)
    ] = 0.0
    cyans_hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Cyans: hue"), when=_RANGES)] = 0.0
    cyans_saturation: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Cyans: saturation"), when=_RANGES)
    ] = 0.0
    cyans_lightness: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Cyans: lightness"), when=_RANGES)
    ] = 0.0
    blues_hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Blues: hue"), when=_RANGES)] = 0.0
    blues_saturation: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Blues: saturation"), when=_RANGES)
    ] = 0.0
    blues_lightness: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Blues: lightness"), when=_RANGES)
    ] = 0.0
    magentas_hue: Annotated[float, _turn(QT_TRANSLATE_NOOP("recipe", "Magentas: hue"), when=_RANGES)] = 0.0
    magentas_saturation: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Magentas: saturation"), when=_RANGES)
    ] = 0.0
    magentas_lightness: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Magentas: lightness"), when=_RANGES)
    ] = 0.0


def to_hsl(colours: Planes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hue in sixths of a turn 0–6, chroma (max − min), lightness (max + min) / 2. Grey has hue 0."""
    red, green, blue = colours
    high, low = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    chroma = high - low
    grey = chroma <= np.float32(1e-7)
    safe = 1 / np.maximum(chroma, np.float32(1e-7))
    hue = (red - green) * safe + 4
    np.copyto(hue, (blue - red) * safe + 2, where=high == green)
    reds = (green - blue) * safe
    reds += 6 * (reds < 0).astype(np.float32)
    np.copyto(hue, reds, where=high == red)
    np.copyto(hue, 0, where=grey)
    return hue, chroma, (high + low) * np.float32(0.5)


def from_hsl(hue: np.ndarray, chroma: np.ndarray, lightness: np.ndarray) -> list[np.ndarray]:
    """Colours of hue in sixths (any number), chroma and lightness."""
    made = []
    for sector in (0, 2, 4):
        # distance on the circle from the primary of this channel, 0–3
        distance = hue - np.float32(sector)
        distance -= 6 * np.rint(distance * np.float32(1 / 6))
        np.abs(distance, out=distance)
        share = np.clip(2 - distance, 0, 1, out=distance)
        share -= np.float32(0.5)
        share *= chroma
        share += lightness
        made.append(share)
    return made


def weights(hue: np.ndarray, centres: tuple[float, ...], overlap: float) -> list[np.ndarray]:
    """How much each hue (turns 0–1) belongs to each of the ranges around ``centres``; they add up to 1.

    Without overlap a range ends half way between two centres; with all of it the shares change all the way.
    """
    made = [np.zeros_like(hue) for _ in centres]
    count = len(centres)
    width = max(overlap, 1e-3)
    for index, start in enumerate(centres):
        following = (index + 1) % count
        span = (centres[following] - start) % 1
        t = hue - np.float32(start)
        t -= np.floor(t)
        t *= np.float32(1 / span)
        inside = (t < 1).astype(np.float32)
        share = np.clip((t - np.float32(0.5)) * np.float32(1 / width) + np.float32(0.5), 0, 1)
        made[index] += (1 - share) * inside
        made[following] += share * inside
    return made


Shift = tuple[np.ndarray | np.float32, np.ndarray | np.float32, np.ndarray | np.float32]
"""Hue in turns, saturation −1…1, lightness −1…1, for each pixel or for all."""


def _shift(hue: np.ndarray, parameters: HueSaturation, centres: tuple[float, ...]) -> Shift:
    """What the sliders add at each hue (turns 0–1)."""
    every = (parameters.hue / 360, parameters.saturation, parameters.lightness)
    if not parameters.ranges:
        return np.float32(every[0]), np.float32(every[1]), np.float32(every[2])
    made = [np.full_like(hue, value) for value in every]
    for name, weight in zip(NAMES, weights(hue, centres, parameters.overlap), strict=True):
        own = (
            getattr(parameters, f"{name}_hue") / 360,
            getattr(parameters, f"{name}_saturation"),
            getattr(parameters, f"{name}_lightness"),
        )
        for plane, value in zip(made, own, strict=True):
            if value:
                plane += weight * np.float32(value)
    return made[0], made[1], made[2]


def _factor(saturation: np.ndarray | np.float32) -> np.ndarray | np.float32:
    """−1 takes all colour, 0 leaves it, 1 doubles it."""
    return np.maximum(1 + saturation, np.float32(0))


def hue_saturation(pixels: np.ndarray, parameters: HueSaturation, _place: Place) -> np.ndarray:
    work = _in_hsl if parameters.space == "hsl" else _in_oklch
    return recoloured(pixels, lambda colours: work(colours, parameters))


def _in_hsl(colours: Planes, parameters: HueSaturation) -> Planes:
    hue, chroma, lightness = to_hsl(colours)
    turned, saturation, lighter = _shift(
        hue * np.float32(1 / 6), parameters, tuple(index / 6 for index in range(6))
    )
    # HSL's saturation is chroma over the room there is at this lightness: it is cut to 1
    room = 1 - np.abs(2 * lightness - 1)
    factor = _factor(saturation)
    bounded = np.minimum(chroma * factor, np.maximum(room, chroma))
    moved = lightness + np.maximum(lighter, 0) * (1 - lightness) + np.minimum(lighter, 0) * lightness
    new_room = 1 - np.abs(2 * moved - 1)
    scaled = np.divide(new_room, room, out=np.ones_like(room), where=room > np.float32(1e-6))
    # beyond 0–1 there is no room: colours of float pictures keep their chroma
    inside = (lightness >= 0) & (lightness <= 1) & (moved >= 0) & (moved <= 1)
    np.copyto(scaled, 1, where=~inside)
    return from_hsl(hue + 6 * turned, bounded * scaled, moved)


def _in_oklch(colours: Planes, parameters: HueSaturation) -> Planes:
    lightness, a, b = to_oklab(colours)
    hue = np.arctan2(b, a)
    hue *= np.float32(0.5 / math.pi)
    hue -= np.floor(hue)
    turned, saturation, lighter = _shift(hue, parameters, _OKLCH_CENTRES)
    factor = _factor(saturation)
    angle = turned * np.float32(2 * math.pi)
    cosine, sine = np.cos(angle) * factor, np.sin(angle) * factor
    moved = lightness + np.maximum(lighter, 0) * (1 - lightness) + np.minimum(lighter, 0) * lightness
    return from_oklab((moved, a * cosine - b * sine, a * sine + b * cosine))


class Vibrance(msgspec.Struct, frozen=True, kw_only=True):
    vibrance: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Vibrance"),
            description=QT_TRANSLATE_NOOP("recipe", "Pale colours change most, strong ones least."),
        ),
    ] = 0.0
    saturation: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Saturation"),
            description=QT_TRANSLATE_NOOP("recipe", "All colours alike."),
        ),
    ] = 0.0
    skin: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spare skin"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How far vibrance leaves the hues of skin alone."),
        ),
    ] = 0.5


FULL_CHROMA = 0.3
"""Chroma in OKLCH from which a colour counts as full."""
SKIN_HUE, SKIN_WIDTH = 55.0, 35.0
"""Hue of skin in OKLCH, in degrees, and where half of the sparing is left."""


def vibrance(pixels: np.ndarray, parameters: Vibrance, _place: Place) -> np.ndarray:
    def work(colours: Planes) -> Planes:
        lightness, a, b = to_oklab(colours)
        chroma = np.sqrt(a * a + b * b)
        pale = np.clip(1 - chroma * np.float32(1 / FULL_CHROMA), 0, 1)
        amount = np.float32(parameters.vibrance) * pale
        if parameters.skin:
            angle = np.arctan2(b, a)
            # 1 at the hue of skin, one half SKIN_WIDTH degrees away
            cosine = np.cos(angle - np.float32(math.radians(SKIN_HUE)))
            near = np.exp((cosine - 1) * np.float32(math.log(2) / (1 - math.cos(math.radians(SKIN_WIDTH)))))
            amount *= 1 - np.float32(parameters.skin) * near
        factor = np.maximum((1 + amount) * np.float32(1 + parameters.saturation), 0)
        return from_oklab((lightness, a * factor, b * factor))

    return recoloured(pixels, work)


HUE_SATURATION = FilterKind(
    name="hue-saturation",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "HSL (Smith, 1978) of the encoded colour, or OKLCH (Ottosson, 2020) of sRGB: the hue turns by H degrees; chroma "
        "is multiplied by 1 + S, in HSL at most to saturation 1; lightness goes L of the way to white, for negative L "
        "to black, in HSL at the same saturation. With ranges, H, S and L of the six pure colours are added, weighted "
        "by nearness of hue: t of the way from one pure colour to the next counts clip((t − ½) / overlap + ½) for the "
        "next, the rest for the first. OKLCH may leave the range of the colours; values above 1 survive.",
    ),
    parameters=HueSaturation,
    function=hue_saturation,
)

VIBRANCE = FilterKind(
    name="vibrance",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In OKLab (Ottosson, 2020) of the sRGB-encoded colour, with chroma C = √(a² + b²): a and b are multiplied by "
        "(1 + S)(1 + V·(1 − C / 0.3)·(1 − k·n)), V the vibrance, S the saturation, k how far skin is spared, C cut at "
        "0.3 and n = 2^((cos(h − 55°) − 1) / (1 − cos 35°)) the nearness of the hue h to that of skin; lightness stays. "
        "Values above 1 survive.",
    ),
    parameters=Vibrance,
    function=vibrance,
    neutral=(("vibrance", 0), ("saturation", 0)),
)

KINDS = (HUE_SATURATION, VIBRANCE)
