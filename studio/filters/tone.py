"""Tone filters that look at the whole picture first."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import settled
from studio.filters.kind import FilterKind, Halves, Rows, Steps, at_once, finished
from studio.raster.colour import unpremultiply
from studio.raster.strips import in_turn, row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

BINS = 4096
STRIP_PIXELS = 1 << 16

Statistics = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
"""(black point, white point) of red, green and blue, encoded 0–1."""


class AutoContrast(msgspec.Struct, frozen=True, kw_only=True):
    low: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Clip shadows"),
            low=0.0,
            high=20.0,
            soft_high=5.0,
            step=0.1,
            unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Share of the darkest pixels that becomes black."),
        ),
    ] = 0.1
    high: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Clip highlights"),
            low=0.0,
            high=20.0,
            soft_high=5.0,
            step=0.1,
            unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Share of the brightest pixels that becomes white."),
        ),
    ] = 0.1
    channels: Annotated[
        Literal["shared", "per-channel"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Channels"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Shared: hues stay. Per channel: each channel is stretched alone, which removes a cast.",
            ),
        ),
    ] = "shared"


def measure(pixels: np.ndarray, parameters: AutoContrast) -> Statistics:
    """The points that become black and white, from premultiplied float32 [h, w, 4]; transparent pixels do not count."""
    return finished(measuring(pixels, (parameters,)))[0]


def measuring(pixels: Rows, wanted: Sequence[AutoContrast]) -> Generator[None, None, tuple[Statistics, ...]]:
    """:func:`measure` for several parameters, counted once, strip by strip."""
    counts = np.zeros((3, BINS), np.float64)
    yield from _counting(pixels, counts)
    return tuple(_ends(counts, parameters) for parameters in wanted)


def _counting(pixels: Rows, counts: np.ndarray) -> Iterator[None]:
    """Adds to ``counts`` [3, BINS], strip by strip."""
    for rows in row_strips(pixels.shape, STRIP_PIXELS):
        strip = settled(pixels[rows])
        seen = (strip[..., 3] > 0).astype(np.uint8)
        straight = np.clip(unpremultiply(strip)[..., :3], 0, 1)
        # The last bin is half open: a full 1 must fall into it.
        np.minimum(straight, np.float32(1 - 2.0**-20), out=straight)
        for channel in range(3):
            plane = np.ascontiguousarray(straight[..., channel])
            counts[channel] += cv2.calcHist([plane], [0], seen, [BINS], [0.0, 1.0]).ravel()
        yield


def _ends(counts: np.ndarray, parameters: AutoContrast) -> Statistics:
    if parameters.channels == "shared":
        points = _points(counts.sum(0), parameters.low, parameters.high)
        return points, points, points
    red, green, blue = (_points(count, parameters.low, parameters.high) for count in counts)
    return red, green, blue


def _points(counts: np.ndarray, low: float, high: float) -> tuple[float, float]:
    """Edges of the bins below and above which lies at most the given share (percent) of all counts."""
    total = counts.sum()
    if total == 0:
        return 0.0, 1.0
    below = np.cumsum(counts)
    above = np.cumsum(counts[::-1])
    black = int(np.argmax(below > total * low / 100))
    white = BINS - int(np.argmax(above > total * high / 100))
    return black / BINS, white / BINS


def stretched(pixels: np.ndarray, statistics: Statistics) -> np.ndarray:
    """(c − black) / (white − black), cut to 0–1; a picture of one tone stays as it is."""
    return finished(stretching(pixels, statistics))


def stretching(pixels: np.ndarray, statistics: Statistics) -> Steps:
    """:func:`stretched` strip by strip."""
    out = np.empty_like(pixels)

    def one(rows: slice) -> None:
        strip = settled(pixels[rows])
        out[rows] = strip
        alpha = strip[..., 3]
        for channel, (black, white) in enumerate(statistics):
            if white - black <= 1.5 / BINS:
                continue
            plane = (strip[..., channel] - np.float32(black) * alpha) * np.float32(1 / (white - black))
            out[rows, :, channel] = np.clip(plane, 0, alpha)

    yield from in_turn(one, row_strips(pixels.shape, STRIP_PIXELS))
    return out


def _ends_of(pixels: Rows, parameters: AutoContrast) -> Generator[None, None, Statistics]:
    (ends,) = yield from measuring(pixels, (parameters,))
    return ends


_HALVES = Halves(_ends_of, lambda pixels, _parameters, ends: stretching(pixels, ends))

AUTO_CONTRAST = FilterKind(
    name="auto-contrast",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Stretches the encoded colour values so that the given shares of the darkest and brightest pixels become black "
        "and white: c' = (c − b) / (w − b), b and w the percentiles of the whole picture; transparent pixels do not "
        "count (linear contrast stretching, Gonzalez and Woods, Digital Image Processing, chapter 3).",
    ),
    parameters=AutoContrast,
    function=at_once(_HALVES.stepwise),
    stepwise=_HALVES.stepwise,
    halves=_HALVES,
    whole=True,
    at_scale="rescaled",
)

KINDS = (AUTO_CONTRAST,)
