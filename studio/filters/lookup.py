"""Tones replaced by others: threshold, posterise, gradient map."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import (
    Planes,
    finite,
    from_light,
    luma,
    recoloured,
    reopened,
    straight_planes,
    to_light,
    with_luminance,
)
from studio.raster.gradient import TABLE, table
from studio.recipe import QT_TRANSLATE_NOOP, Colour, Stops, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "luma"),
    QT_TRANSLATE_NOOP("recipe", "luminance"),
    QT_TRANSLATE_NOOP("recipe", "value"),
    QT_TRANSLATE_NOOP("recipe", "red"),
    QT_TRANSLATE_NOOP("recipe", "green"),
    QT_TRANSLATE_NOOP("recipe", "blue"),
    QT_TRANSLATE_NOOP("recipe", "opacity"),
    QT_TRANSLATE_NOOP("recipe", "each-channel"),
    QT_TRANSLATE_NOOP("recipe", "oklab"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
)
"""Words of the choices below, which their declarations hold as plain literals."""

Tone = Literal["luma", "luminance", "value", "red", "green", "blue"]


def tone_of(colours: Planes, tone: str) -> np.ndarray:
    """One encoded tone of each colour; a new plane."""
    if tone == "luminance":
        return from_light(luma([to_light(plane) for plane in colours]))
    if tone == "value":
        return np.maximum(np.maximum(colours[0], colours[1]), colours[2])
    if tone in ("red", "green", "blue"):
        return colours[("red", "green", "blue").index(tone)].copy()
    return luma(colours)


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    tone: Annotated[
        Literal["luma", "luminance", "value", "red", "green", "blue", "each-channel", "opacity"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tone"),
            description=QT_TRANSLATE_NOOP("recipe", "What is compared with the threshold."),
        ),
    ] = "luma"
    low: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.0,
            high=1.0,
            step=0.005,
            description=QT_TRANSLATE_NOOP("recipe", "Tones from here on become the second colour."),
        ),
    ] = 0.5
    high: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Upper end"),
            low=0.0,
            high=1.0,
            step=0.005,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Tones above it become the first colour again; at 1 none do."
            ),
        ),
    ] = 1.0
    softness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Softness"),
            low=0.0,
            high=0.5,
            step=0.005,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Width of tones over which one colour passes into the other."
            ),
        ),
    ] = 0.0
    below: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "First colour"))] = (0.0, 0.0, 0.0)
    above: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Second colour"))] = (1.0, 1.0, 1.0)


def passed(tone: np.ndarray, parameters: Threshold) -> np.ndarray:
    """0 outside low … high, 1 inside, in between over the softness."""
    made = _step(tone, parameters.low, parameters.softness)
    if parameters.high < 1:
        # the upper end itself still belongs to the second colour
        made *= 1 - _step(tone, float(np.nextafter(np.float32(parameters.high), 2)), parameters.softness)
    return made


def _step(tone: np.ndarray, at: float, softness: float) -> np.ndarray:
    if softness <= 0:
        return (tone >= np.float32(at)).astype(np.float32)
    made = tone - np.float32(at)
    made *= np.float32(1 / softness)
    made += np.float32(0.5)
    return np.clip(made, 0, 1, out=made)


def threshold(pixels: np.ndarray, parameters: Threshold, _place: Place) -> np.ndarray:
    if parameters.tone == "opacity":
        return reopened(pixels, lambda alpha: passed(alpha, parameters))
    below, above = (np.array(one, np.float32) for one in (parameters.below, parameters.above))

    def work(colours: Planes) -> Planes:
        if parameters.tone == "each-channel":
            shares = [passed(plane, parameters) for plane in colours]
        else:
            shares = [passed(tone_of(colours, parameters.tone), parameters)] * 3
        return [below[channel] * (1 - share) + above[channel] * share for channel, share in enumerate(shares)]

    return recoloured(pixels, work)


class Posterise(msgspec.Struct, frozen=True, kw_only=True):
    levels: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Levels"),
            low=2,
            high=256,
            soft_high=16,
            description=QT_TRANSLATE_NOOP("recipe", "How many tones are left."),
        ),
    ] = 4
    tone: Annotated[
        Literal["each-channel", "luma", "value", "luminance"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Of"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Each channel: few colours. Luma, value or luminance: few tones, hues stay."
            ),
        ),
    ] = "each-channel"
    softness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Softness"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Share of each step over which it passes into the next."),
        ),
    ] = 0.0


def stepped(tone: np.ndarray, levels: int, softness: float = 0.0) -> np.ndarray:
    """The nearest of ``levels`` tones evenly spaced over 0–1, going on beyond; half a step rounds upwards."""
    made = tone * np.float32(levels - 1)
    lower = np.floor(made + np.float32(0.5)) if softness <= 0 else np.floor(made)
    if softness > 0:
        part = (made - lower - np.float32(0.5)) * np.float32(1 / softness) + np.float32(0.5)
        lower += np.clip(part, 0, 1)
    lower *= np.float32(1 / (levels - 1))
    return lower


def posterise(pixels: np.ndarray, parameters: Posterise, _place: Place) -> np.ndarray:
    def work(colours: Planes) -> Planes:
        if parameters.tone == "each-channel":
            return [stepped(plane, parameters.levels, parameters.softness) for plane in colours]
        if parameters.tone == "luminance":
            return with_luminance(colours, lambda tone: stepped(tone, parameters.levels, parameters.softness))
        tone = tone_of(colours, parameters.tone)
        new = stepped(tone, parameters.levels, parameters.softness)
        seen = tone > np.float32(1e-6)
        factor = np.divide(new, tone, out=np.ones_like(tone), where=seen)
        made = [plane * factor for plane in colours]
        for plane in made:
            np.copyto(plane, new, where=~seen)
        return made

    return recoloured(pixels, work)


class GradientMap(msgspec.Struct, frozen=True, kw_only=True):
    stops: Annotated[
        Stops,
        msgspec.Meta(
            min_length=1,
            max_length=64,
            title=QT_TRANSLATE_NOOP("recipe", "Stops"),
            description=QT_TRANSLATE_NOOP("recipe", "From what dark tones become to what light ones become."),
        ),
    ] = ((0.0, 0.09, 0.08, 0.2, 1.0), (0.5, 0.75, 0.32, 0.3, 1.0), (1.0, 1.0, 0.95, 0.8, 1.0))
    tone: Annotated[
        Tone,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tone"),
            description=QT_TRANSLATE_NOOP("recipe", "What of a colour chooses the place in the gradient."),
        ),
    ] = "luma"
    space: Annotated[
        Literal["oklab", "encoded", "linear-light"],
        declare(QT_TRANSLATE_NOOP("recipe", "Colours between")),
    ] = "oklab"
    turned: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Turned round"))] = False


def gradient_map(pixels: np.ndarray, parameters: GradientMap, _place: Place) -> np.ndarray:
    colours_at = table(parameters.stops, parameters.space)
    own = np.ascontiguousarray(colours_at.T)
    out = np.empty_like(pixels)
    rows = max(1, (1 << 14) // pixels.shape[1])
    with np.errstate(all="ignore"):
        for top in range(0, pixels.shape[0], rows):
            colours, alpha = straight_planes(pixels[top : top + rows])
            tone = np.clip(finite(tone_of(colours, parameters.tone)), 0, 1)
            index, part = _places(1 - tone if parameters.turned else tone)
            for channel, column in enumerate(own):
                plane = np.take(column, index)
                plane += part * (np.take(column, index + 1) - plane)
                np.multiply(plane, alpha, out=out[top : top + rows, :, channel])
    return out


def _places(tone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in the table tones 0–1 lie: index of the entry before, and how far to the next."""
    place = tone * np.float32(TABLE)
    index = np.minimum(place, np.float32(TABLE - 1)).astype(np.int32)
    return index, place - index.astype(np.float32)


THRESHOLD = FilterKind(
    name="threshold",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "A colour whose tone lies within the threshold t and the upper end u, both included (u = 1: no upper end), becomes "
        "the second colour, any other the first. Tone: luma 0.2126 r + 0.7152 g + 0.0722 b of encoded values (Rec. 709), "
        "luminance the same of linear light, encoded again, value max(r, g, b), or a channel; each channel is compared "
        "alone if asked for; of opacity, alpha becomes 0 or 1. With softness s the share of the second colour is "
        "clip((tone − t) / s + ½), times 1 minus the same for u (Gonzalez and Woods, Digital Image Processing, ch. 10).",
    ),
    parameters=Threshold,
    function=threshold,
)

POSTERISE = FilterKind(
    name="posterise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Each encoded value v becomes ⌊v(n − 1) + ½⌋ / (n − 1), n the number of levels: the nearest of n evenly spaced "
        "tones; steps go on beyond 0–1. With luma (Rec. 709) or value max(r, g, b) that tone is rounded and the three "
        "channels are multiplied alike; with luminance 0.2126 R + 0.7152 G + 0.0722 B of linear light, encoded, and those of "
        "linear light are multiplied. With softness s the part f of a step beyond its lower end counts "
        "clip((f − ½) / s + ½) (uniform quantisation; Gonzalez and Woods, Digital Image Processing, ch. 2).",
    ),
    parameters=Posterise,
    function=posterise,
)

GRADIENT_MAP = FilterKind(
    name="gradient-map",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "The tone of each colour, cut to 0–1, chooses a place between the gradient's first and last stop, whose colour it "
        "gets: luma 0.2126 r + 0.7152 g + 0.0722 b of encoded values (Rec. 709), luminance the same of linear light, "
        "encoded again, value max(r, g, b), or one channel. Between stops colours run straight in OKLab (Ottosson, "
        "2020), encoded or in linear light, weighted by their opacity; the table has 4097 entries. A stop's opacity "
        "multiplies that of the picture.",
    ),
    parameters=GradientMap,
    function=gradient_map,
)

KINDS = (THRESHOLD, POSTERISE, GRADIENT_MAP)
