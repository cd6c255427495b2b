"""What lenses, flashes and years do to photographs, taken back: colour fringes, dark corners, red eyes, faded prints."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.bending import Bend, PartOf, bent, in_parts
from studio.filters.distort import CENTRE_X, CENTRE_Y
from studio.filters.kind import FilterKind, Halves, Picture, Piece, Place, Rows, Steps, at_once, in_one
from studio.filters.planes import (
    Planes,
    from_light,
    recoloured,
    recoloured_beside,
    recolouring,
    to_light,
)
from studio.filters.sampling import canvas_of
from studio.filters.tone import BINS, AutoContrast, measuring
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

_MOST_SHIFT = 2.0


def _shift(title: str, description: str) -> msgspec.Meta:
    return declare(title, low=-_MOST_SHIFT, high=_MOST_SHIFT, step=0.005, unit="%", description=description)


def _share(title: str, description: str = "", low: float = 0.0, high: float = 1.0) -> msgspec.Meta:
    return declare(title, low=low, high=high, step=0.01, description=description)


class Fringes(msgspec.Struct, frozen=True, kw_only=True):
    red: Annotated[
        float,
        _shift(
            QT_TRANSLATE_NOOP("recipe", "Red"),
            QT_TRANSLATE_NOOP(
                "recipe", "How much larger red was drawn than green; it is made so much smaller."
            ),
        ),
    ] = 0.0
    blue: Annotated[
        float,
        _shift(
            QT_TRANSLATE_NOOP("recipe", "Blue"),
            QT_TRANSLATE_NOOP(
                "recipe", "How much larger blue was drawn than green; it is made so much smaller."
            ),
        ),
    ] = 0.0


def fringes(parameters: Fringes, place: Place) -> PartOf:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + width / 2, top + height / 2

    def bend(factor: float) -> Bend:
        return Bend(lambda x, y: (x0 + (x - x0) * factor, y0 + (y - y0) * factor), "repeat-edge", "cubic")

    bends = [
        (channel, bend(1 + percent / 100))
        for channel, percent in ((0, parameters.red), (2, parameters.blue))
        if percent
    ]

    def part_of(picture: Picture, part: Rect) -> Iterator[Piece]:
        # without NaN; transparent pixels are black
        out = recoloured(picture.read(part), lambda colours: colours)
        alpha = out[..., 3]
        for channel, one in bends:
            other = bent(picture, place, one, part)
            seen = other[..., 3] > 1e-3
            straight = np.divide(other[..., channel], other[..., 3], out=np.zeros_like(alpha), where=seen)
            out[..., channel] = np.where(seen, straight * alpha, out[..., channel])
        yield part, out

    return part_of


class Vignette(msgspec.Struct, frozen=True, kw_only=True):
    amount: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            QT_TRANSLATE_NOOP(
                "recipe", "The light that the corners lack, given back; below 0 it is taken from them."
            ),
            low=-0.95,
            high=0.95,
        ),
    ] = 0.3
    falloff: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Falloff"), low=0.5, high=8.0, step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "Higher: only the corners. 2 is usual, 4 that of a simple lens."),
        ),
    ] = 2.0  # fmt: skip
    centre_x: Annotated[float, CENTRE_X] = 0.5
    centre_y: Annotated[float, CENTRE_Y] = 0.5


def vignette(pixels: np.ndarray, parameters: Vignette, place: Place) -> np.ndarray:
    left, top, width, height = canvas_of(place)
    step = 1 << place.level
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    dx = (np.arange(place.rect.left, place.rect.right, dtype=np.float64)[None] + 0.5) * step - x0
    dy = (np.arange(place.rect.top, place.rect.bottom, dtype=np.float64)[:, None] + 0.5) * step - y0
    square = (dx * dx + dy * dy) * (4 / (width * width + height * height))
    lost = abs(parameters.amount) * np.power(square, parameters.falloff / 2)
    passed = np.clip(1 - lost, 0.02, None)
    gain = (1 / passed if parameters.amount > 0 else passed).astype(np.float32)

    def work(colours: Planes, share: np.ndarray) -> Planes:
        return [from_light(to_light(plane) * share) for plane in colours]

    return recoloured_beside(pixels, gain, work)


class RedEye(msgspec.Struct, frozen=True, kw_only=True):
    threshold: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            QT_TRANSLATE_NOOP(
                "recipe", "How much redder than green and blue a pixel must be; skin is about 0.3."
            ),
        ),
    ] = 0.4
    darken: Annotated[
        float,
        _share(QT_TRANSLATE_NOOP("recipe", "Darken"), QT_TRANSLATE_NOOP("recipe", "How dark pupils become.")),
    ] = 0.3


def red_eye(pixels: np.ndarray, parameters: RedEye, _place: Place) -> np.ndarray:
    first = np.float32(parameters.threshold)
    soft = np.float32(0.15)
    keep = np.float32(1 - parameters.darken)

    def work(colours: Planes) -> Planes:
        red, green, blue = colours
        other = np.maximum(green, blue)
        redness = np.divide(red - other, red, out=np.zeros_like(red), where=red > np.float32(0.05))
        share = np.clip((redness - first) / soft, 0, 1)
        grey = (green + blue) * (np.float32(0.5) * keep)
        return [plane + share * (grey - plane) for plane in colours]

    return recoloured(pixels, work)


class Faded(msgspec.Struct, frozen=True, kw_only=True):
    clip: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Clip"), low=0.0, high=10.0, soft_high=3.0, step=0.1, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Share of the darkest and of the brightest values of each channel."),
        ),
    ] = 0.5  # fmt: skip
    balance: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Balance"),
            QT_TRANSLATE_NOOP(
                "recipe", "How far the middle tones of red, green and blue are brought together."
            ),
        ),
    ] = 1.0
    protect: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Protect colours"),
            QT_TRANSLATE_NOOP("recipe", "How much less strong colours change than greys."),
        ),
    ] = 0.3
    strength: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Strength"))] = 1.0


_MOST_GAMMA = 2.5
Tones = list[tuple[float, float, float]]
"""(black point, white point, exponent) of red, green and blue."""


def tones_of(pixels: Rows, parameters: Faded) -> Generator[None, None, Tones]:
    """What each channel is stretched by; a channel of one tone stays as it is."""
    clipped = AutoContrast(low=parameters.clip, high=parameters.clip, channels="per-channel")
    middle_of = AutoContrast(low=50.0, high=0.0, channels="per-channel")
    ends, middles = yield from measuring(pixels, (clipped, middle_of))
    stretched = []
    for (black, white), (middle, _) in zip(ends, middles, strict=True):
        if white - black <= 1.5 / BINS:
            stretched.append(None)
            continue
        stretched.append(min(max((middle - black) / (white - black), 0.02), 0.98))
    known = [one for one in stretched if one is not None]
    wanted = sum(known) / len(known) if known else 0.5
    found = []
    for (black, white), middle in zip(ends, stretched, strict=True):
        if middle is None:
            found.append((0.0, 1.0, 1.0))
            continue
        exponent = (np.log(wanted) / np.log(middle)) ** parameters.balance
        found.append((black, white, float(np.clip(exponent, 1 / _MOST_GAMMA, _MOST_GAMMA))))
    return found


def faded(pixels: np.ndarray, parameters: Faded, tones: Tones) -> Steps:
    protect, strength = np.float32(parameters.protect), np.float32(parameters.strength)

    def work(colours: Planes) -> Planes:
        high = np.maximum(np.maximum(colours[0], colours[1]), colours[2])
        low = np.minimum(np.minimum(colours[0], colours[1]), colours[2])
        pure = np.divide(high - low, high, out=np.zeros_like(high), where=high > np.float32(1e-3))
        share = strength * (1 - protect * np.clip(pure, 0, 1))
        made = []
        for plane, (black, white, exponent) in zip(colours, tones, strict=True):
            even = np.clip((plane - np.float32(black)) * np.float32(1 / (white - black)), 0, 1)
            np.power(even, np.float32(exponent), out=even)
            made.append(plane + share * (even - plane))
        return made

    return (yield from recolouring(pixels, work))


FRINGES = FilterKind(
    name="colour-fringes",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Lateral chromatic aberration taken back: the red value of a pixel at the offset o from the middle of the picture "
        "is that at o · (1 + red / 100), the blue one that at o · (1 + blue / 100), green stays; straight encoded colours, "
        "cubic interpolation, places rounded to 1/32 pixel, the picture's edge repeated; opacity stays (Boult and Wolberg, "
        "Correcting chromatic aberrations using image warping, 1992). What is no number counts as 0.",
    ),
    parameters=Fringes,
    function=at_once(in_one(in_parts(fringes))),
    stepwise=in_one(in_parts(fringes)),
    stream=in_parts(fringes),
    whole=True,
    at_scale="rescaled",
    neutral=(("red", 0), ("blue", 0)),
)

VIGNETTE = FilterKind(
    name="vignette-correction",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "The linear light of each sRGB-encoded value is divided by v = 1 − amount · rⁿ, at least 0.02, n the falloff and r "
        "the distance from the centre as a part of half the picture's diagonal; with an amount below 0 it is multiplied by "
        "1 − |amount| · rⁿ. Opacity stays (falloff as a function of the radius: Goldman and Chen, Vignette and exposure "
        "calibration and compensation, 2005). What is no number counts as 0.",
    ),
    parameters=Vignette,
    function=vignette,
    neutral=(("amount", 0),),
)

RED_EYE = FilterKind(
    name="red-eye",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Where a pixel's redness (r − max(g, b)) / r is above the threshold t, its encoded colour goes to the grey "
        "(1 − darken) · (g + b) / 2 by the share clip((redness − t) / 0.15), clip cutting to 0–1; values of r up to 0.05 "
        "have no redness. Select the eyes first. Opacity stays (redness after Smolka and others, Towards automatic "
        "redeye effect removal, 2003). What is no number counts as 0.",
    ),
    parameters=RedEye,
    function=red_eye,
)

_FADED = Halves(tones_of, faded)
FADED = FilterKind(
    name="faded-print",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Each encoded channel is stretched alone, e = clip((c − b) / (w − b)), b and w the values below and above which lies "
        "the clipped share of all pixels, then raised to (log m / log m₀)^balance, between 1/2.5 and 2.5, m₀ the stretched "
        "median of the channel and m the mean of the three. The result is mixed with c by strength · (1 − protect · S), "
        "S = (max − min) / max of the colour. Transparent pixels do not count; opacity stays (percentile stretch: Limare, "
        "Lisani, Morel, Petro, Sbert, Simplest Color Balance, IPOL 2011). What is no number counts as 0.",
    ),
    parameters=Faded,
    function=at_once(_FADED.stepwise),
    stepwise=_FADED.stepwise,
    halves=_FADED,
    whole=True,
    at_scale="rescaled",
)

KINDS = (FRINGES, VIGNETTE, RED_EYE, FADED)
