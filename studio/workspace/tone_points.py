"""Tones of a picture as values of curves and levels: picked black, grey and white, a point drawn, what is clipped.

Pure functions on the parameters of the filters ``curves`` and ``levels``. Colours are straight and encoded, in the
picture's own space, red, green, blue.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np
from msgspec.structs import replace

from studio.filters import FILTERS
from studio.filters.curves import Curves, bent
from studio.filters.levels import Levels
from studio.filters.mixing import WhiteBalance, light_of
from studio.filters.planes import to_light
from studio.raster.geometry import Rect
from studio.raster.statistics import WEIGHTS, Histogram
from studio.recipe import Curve

End = Literal["black", "white"]
Tone = Literal["black", "grey", "white"]
Tonal = Curves | Levels
Picked = Curves | Levels | WhiteBalance
"""Values that a colour of the picture can be picked for; a white balance takes greys alone."""
Colour = tuple[float, float, float]

CHANNELS = ("red", "green", "blue")
CUT = 0.006
"""Part of all pixels that may become black, or white, where levels are fitted to a picture."""
APART = 0.01
"""Black and white points of levels, and points of a curve that are set here, keep this distance."""
MOST_POINTS = 16
"""Points a curve may have; the editor's own limit."""
_GAMMA = (0.1, 10.0)
_LEAST = 1e-4
_RAMP = 1 << 12
_BELOW = 2e-6
"""Twice the width of the step that levels make where black and white meet, so that the white end itself is above it."""


def picked(values: Picked, tone: Tone, colour: Colour) -> Picked:
    """``values`` with which ``colour`` becomes black, white, or a grey as bright as it is now.

    Each channel gets a point of its own. Levels work on their channels separately from then on; of the point shared by all
    channels only an end that was picked goes back to where it changes nothing.
    """
    found = tuple(min(max(float(one), 0.0), 1.0) for one in colour)
    if isinstance(values, WhiteBalance):
        light = light_of(found)  # type: ignore[arg-type]
        return values if light is None else replace(values, taken=light[0], tint=light[1])
    return _levels(values, tone, found) if isinstance(values, Levels) else _curves(values, tone, found)  # type: ignore[arg-type]


def _luma(colour: tuple[float, ...]) -> float:
    return float(np.dot(np.asarray(colour, np.float64), WEIGHTS))


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _levels(values: Levels, tone: Tone, colour: Colour) -> Levels:
    if tone == "grey":
        return _levels_grey(values, colour)
    made: dict[str, float] = {tone: 0.0 if tone == "black" else 1.0}
    for name, value in zip(CHANNELS, (_place(values, value) for value in colour), strict=True):
        if tone == "black":
            made[f"{name}_black"] = min(value, 1 - APART)
            made[f"{name}_white"] = max(getattr(values, f"{name}_white"), made[f"{name}_black"] + APART)
        else:
            made[f"{name}_white"] = max(value, APART)
            made[f"{name}_black"] = min(getattr(values, f"{name}_black"), made[f"{name}_white"] - APART)
    return replace(values, channels="separate", **made)


def fitted(values: Levels, found: Histogram) -> Levels:
    """``values`` with which each colour by itself reaches from black to white: its points where :data:`CUT` of the pixels are
    darker, and lighter. A colour with one value alone keeps its points."""
    made: dict[str, float] = {}
    for name in CHANNELS:
        low, high = (found.quantile(name, part) / 255 for part in (CUT, 1 - CUT))
        low, high = _place(values, low), _place(values, high)
        if high - low > APART:
            made |= {f"{name}_black": low, f"{name}_white": high, f"{name}_gamma": 1.0}
    return replace(values, channels="separate", black=0.0, gamma=1.0, white=1.0, **made) if made else values


def _levels_grey(values: Levels, colour: Colour) -> Levels:
    """γ = log t / log g: t^(1/γ) of each channel is the grey g, the luma of what the channels' own ends make of it."""
    parts = []
    for name, value in zip(CHANNELS, (_place(values, value) for value in colour), strict=True):
        black, white = getattr(values, f"{name}_black"), getattr(values, f"{name}_white")
        span = white - black
        part = (value - black) / (span if abs(span) > _LEAST else _LEAST)
        parts.append(min(max(part, _LEAST), 1 - _LEAST))
    grey = min(max(_luma(tuple(parts)), _LEAST), 1 - _LEAST)
    made = {
        f"{name}_gamma": min(max(math.log(part) / math.log(grey), _GAMMA[0]), _GAMMA[1])
        for name, part in zip(CHANNELS, parts, strict=True)
    }
    return replace(values, channels="separate", **made)


# ── curves ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _curves(values: Curves, tone: Tone, colour: Colour) -> Curves:
    places = [_place(values, value) for value in colour]
    if tone == "grey":
        now = tuple(_at(getattr(values, name), x, values) for name, x in zip(CHANNELS, places, strict=True))
        grey = _luma(now)
        made = {
            name: with_point(getattr(values, name), x, grey) for name, x in zip(CHANNELS, places, strict=True)
        }
    else:
        made = {
            name: _with_end(getattr(values, name), tone, x) for name, x in zip(CHANNELS, places, strict=True)
        }
    return replace(values, **made)


def _place(values: Tonal, value: float) -> float:
    """Where an encoded value stands on the axis of curves and levels."""
    if values.space == "linear-light":
        return float(to_light(np.array([value], np.float32))[0])
    return value


def _at(points: Curve, x: float, values: Curves) -> float:
    return float(bent(np.array([x], np.float32), points, values.between == "smooth")[0])


def _with_end(points: Curve, end: End, x: float) -> Curve:
    """The curve that reaches 0 (or 1) at ``x``; points beyond that are gone."""
    if end == "black":
        x = min(x, 1 - APART)
        rest = [point for point in points if point[0] >= x + APART]
        return ((x, 0.0), *(rest or [(1.0, 1.0)]))
    x = max(x, APART)
    rest = [point for point in points if point[0] <= x - APART]
    return (*(rest or [(0.0, 0.0)]), (x, 1.0))


def with_point(points: Curve, x: float, y: float) -> Curve:
    """The curve through (x, y), both cut to 0–1: a new point, or the nearest one where it is as near as :data:`APART`, or
    where there are as many as a curve may have."""
    x, y = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
    known = sorted(points)
    nearest = min(range(len(known)), key=lambda index: abs(known[index][0] - x))
    if abs(known[nearest][0] - x) < APART or len(known) >= MOST_POINTS:
        known[nearest] = (known[nearest][0], y)
        return tuple(known)
    return tuple(sorted([*known, (x, y)]))


def point_of(values: Curves, channel: str, colour: Colour) -> tuple[float, float]:
    """Where ``colour`` stands on the curve ``channel``: (before, after). On the one of all colours, which acts after the
    others, that is its luma as they leave it."""
    places = [_place(values, min(max(float(value), 0.0), 1.0)) for value in colour]
    if channel in CHANNELS:
        x = places[CHANNELS.index(channel)]
    else:
        own = tuple(_at(getattr(values, name), x, values) for name, x in zip(CHANNELS, places, strict=True))
        x = _luma(own)
    x = min(max(x, 0.0), 1.0)
    return x, min(max(_at(getattr(values, channel), x, values), 0.0), 1.0)


# ── what is clipped ──────────────────────────────────────────────────────────────────────────────────────────────────
def clip_view(values: Tonal, end: End) -> Levels | None:
    """Levels that show what ``values`` clip at one end: each channel 0 or 1, so that a clipped channel stands out in its
    colour, on white for the black end and on black for the white one. None where they change only opacity.

    Exact for values that rise with the tone; where they fall, only what is clipped from the very end on is shown.
    """
    if isinstance(values, Levels) and values.channels == "opacity":
        return None
    made: dict[str, Any] = {}
    for name, place in zip(CHANNELS, _thresholds(values, end), strict=True):
        # A step: what is above it is 1. At the white end the threshold itself counts as clipped.
        step = place if end == "black" else place - _BELOW
        made[f"{name}_black"] = made[f"{name}_white"] = float(min(max(step, 0.0), 1.0))
    return Levels(channels="separate", clip=True, **made)


def _thresholds(values: Tonal, end: End) -> list[float]:
    """The largest tone of red, green and blue that becomes black, or the smallest that becomes white; the end itself where
    nothing does. Found on a ramp of tones and made exact between two of them by halving."""
    if isinstance(values, Levels):
        plain = replace(values, darkest=0.0, lightest=1.0, clip=False)
        own = {
            f"{name}_{what}": number
            for name in CHANNELS
            for what, number in (("darkest", 0.0), ("lightest", 1.0))
        }
        values = replace(plain, **own)
    else:
        values = replace(values, alpha=((0.0, 0.0), (1.0, 1.0)))
    low, high = np.zeros(3), np.ones(3)
    for _ in range(2):
        tones = np.linspace(low, high, _RAMP)
        clipped = _result(values, tones) <= 0 if end == "black" else _result(values, tones) >= 1
        for channel in range(3):
            run = clipped[:, channel] if end == "black" else clipped[::-1, channel]
            count = int(np.argmin(run)) if not run.all() else _RAMP
            step = (high[channel] - low[channel]) / (_RAMP - 1)
            if end == "black":
                low[channel], high[channel] = _around(low[channel] + (count - 1) * step, step)
            else:
                high[channel], low[channel] = _around(high[channel] - (count - 1) * step, -step)
    return list(low if end == "black" else high)


def _around(place: float, step: float) -> tuple[float, float]:
    """The last clipped tone and the next one, inside 0–1."""
    return min(max(place, 0.0), 1.0), min(max(place + step, 0.0), 1.0)


def _result(values: Tonal, tones: np.ndarray) -> np.ndarray:
    """What becomes of opaque ``tones`` [n, 3]."""
    pixels = np.ones((1, len(tones), 4), np.float32)
    pixels[0, :, :3] = tones
    kind = FILTERS["levels" if isinstance(values, Levels) else "curves"]
    return kind.apply(pixels, values, rect=Rect(0, 0, len(tones), 1), canvas=Rect(0, 0, len(tones), 1))[
        0, :, :3
    ]
