"""High dynamic range of a bracketed series: the camera's response and the radiance (Debevec and Malik, 1997)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, declare
from studio.synthesis.fusion import Fusion, Steps, by_strips

VALUES = 256
_SAMPLES = 12
"""Sampled pixels in each direction."""
_MIDDLE_GREY = 0.18
BAD_TIMES = QT_TRANSLATE_NOOP(
    "recipe", "times: give {count} exposure times with commas between them, such as 1/60, 1/15, 1/4"
)
SAME_TIMES = QT_TRANSLATE_NOOP(
    "recipe",
    "times: all pictures would be equally exposed; give times that differ from each other, or a step other than 0",
)


class Series(msgspec.Struct, frozen=True, kw_only=True):
    times: Annotated[
        str,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Exposure times"), unit="s",
            description=QT_TRANSLATE_NOOP(
                "recipe", "One for each picture, with commas between them: 1/60, 1/15, 1/4. Without any, those that the files tell, else they rise by the step."
            ),
        ),
    ] = ""  # fmt: skip
    step: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Step"), low=-8.0, high=8.0, unit="EV", step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "Exposure of each picture after the one before it."),
        ),
    ] = 2.0  # fmt: skip
    smoothness: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Smoothness"), low=0.1, high=1000.0)] = (
        10.0
    )
    exposure: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Exposure"), low=-12.0, high=12.0, unit="EV", step=0.1)
    ] = 0.0


def times_of(parameters: Series, count: int) -> np.ndarray:
    """Exposure times in seconds. Raises RecipeError for a text that is not ``count`` positive times, not all equal."""
    if not parameters.times.strip():
        found = [2.0 ** (parameters.step * number) for number in range(count)]
    else:
        try:
            found = [_seconds(text) for text in parameters.times.replace("，", ",").split(",")]
        except (ValueError, ZeroDivisionError):
            raise RecipeError(BAD_TIMES, count=count) from None
    good = all(math.isfinite(one) and one > 0 for one in found)
    if len(found) != count or not good:
        raise RecipeError(BAD_TIMES, count=count)
    if max(found) == min(found):
        raise RecipeError(SAME_TIMES)
    return np.array(found)


def _seconds(text: str) -> float:
    above, slash, below = text.strip().removesuffix("s").partition("/")
    return float(above) / float(below) if slash else float(above)


def hat(values: np.ndarray) -> np.ndarray:
    """The weight of a value 0–1 (equation 4): 0 at black and white, 1 in the middle."""
    return 1 - np.abs(2 * np.clip(values, 0, 1) - 1)


def response(samples: np.ndarray, times: np.ndarray, smoothness: float) -> np.ndarray:
    """ln of exposure for each of 256 values, float64 [256], g(128) = 0; ``samples``: values 0–1 [pictures, pixels].

    Least squares of w(z)·(g(z) − ln E − ln t) and of smoothness·w(z)·g″(z) (equation 3), by the normal equations.
    """
    levels = np.clip(np.rint(samples * (VALUES - 1)), 0, VALUES - 1).astype(int)
    pictures, pixels = levels.shape
    weight = hat(levels / (VALUES - 1)) + 1e-3
    rows, row = np.zeros((pictures * pixels + VALUES - 1, VALUES + pixels)), np.arange(pictures * pixels)
    right = np.zeros(len(rows))
    flat = weight.ravel()
    rows[row, levels.ravel()] = flat
    rows[row, VALUES + np.tile(np.arange(pixels), pictures)] = -flat
    right[row] = flat * np.repeat(np.log(times), pixels)
    rows[len(row), VALUES // 2] = 1.0
    for value in range(1, VALUES - 1):
        bend = smoothness * (hat(np.array(value / (VALUES - 1))) + 1e-3)
        rows[len(row) + value, value - 1 : value + 2] = (bend, -2 * bend, bend)
    normal = rows.T @ rows
    normal[np.diag_indices_from(normal)] += 1e-9
    return np.linalg.solve(normal, rows.T @ right)[:VALUES]


def sampled(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """Straight colours at the middles of an even grid, [pictures, pixels, 3]."""
    height, width = pictures[0].shape[:2]
    down, across = (
        np.unique(((np.arange(_SAMPLES) + 0.5) * side / _SAMPLES).astype(int)) for side in (height, width)
    )
    return np.stack([unpremultiply(one[np.ix_(down, across)]).reshape(-1, 4)[:, :3] for one in pictures])


def radiance(values: Sequence[np.ndarray], curve: np.ndarray, times: np.ndarray) -> np.ndarray:
    """ln E (equation 6), float32, of values 0–1 of one channel; where all are black or white the outermost time tells."""
    levels = np.arange(VALUES) / (VALUES - 1)
    total, weights = np.zeros(values[0].shape), np.zeros(values[0].shape)
    estimates = []
    for value, time in zip(values, times, strict=True):
        estimate = np.interp(value, levels, curve) - math.log(time)
        weight = hat(value)
        total += weight * estimate
        weights += weight
        estimates.append(estimate)
    shortest, longest = estimates[int(times.argmin())], estimates[int(times.argmax())]
    bright = values[int(times.argmin())] >= 0.5
    lonely = weights < 1e-4
    found = total / np.where(lonely, 1, weights)
    return np.where(lonely, np.where(bright, shortest, longest), found).astype(np.float32)


def encoded(light: np.ndarray) -> np.ndarray:
    """The curve of sRGB (IEC 61966-2-1), carried on above 1."""
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)


def merged(pictures: Sequence[np.ndarray], parameters: Series, _mask: np.ndarray | None) -> Steps:
    times = times_of(parameters, len(pictures))
    samples = sampled(pictures)
    curves = []
    for channel in range(3):
        curves.append(response(samples[..., channel], times, parameters.smoothness))
        yield 0.1 * (channel + 1)
    seen = np.stack([radiance(list(samples[..., one]), curves[one], times) for one in range(3)], axis=-1)
    scale = _MIDDLE_GREY * 2.0**parameters.exposure / math.exp(float(np.median(seen[..., 1])))

    def work(parts: list[np.ndarray], _part: np.ndarray | None, _top: int) -> np.ndarray:
        straight = [unpremultiply(part) for part in parts]
        out = np.empty_like(parts[0])
        out[..., 3] = np.max([part[..., 3] for part in parts], axis=0)
        for channel in range(3):
            found = radiance([one[..., channel] for one in straight], curves[channel], times)
            out[..., channel] = encoded(np.exp(np.minimum(found, 60.0)) * scale) * out[..., 3]
        return out

    return (yield from by_strips(pictures, None, work))


FUSIONS = (
    Fusion(
        name="hdr",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "HDR merge"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The radiance of a bracketed series: the camera's response g is found from 144 pixels by least squares, then "
            "ln E = Σ w(z)·(g(z) − ln t) / Σ w(z), w(z) = 1 − |2z − 1|. Encoded pictures of any curve go in; the result is "
            "scaled so that the median of green is 0.18 times 2^exposure and encoded with the curve of sRGB, values above 1 "
            "kept (Debevec, Malik, Recovering High Dynamic Range Radiance Maps from Photographs, 1997).",
        ),
        parameters=Series,
        function=merged,
    ),
)
