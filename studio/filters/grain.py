"""Noise with a size: film grain, and the stripes of a sensor that is read line by line."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import CHANNELS, SEED, Channels, added, averaged, finite, numbers
from studio.raster.colour import unpremultiply
from studio.raster.gaussian import blurred, gaussian_kernel
from studio.raster.geometry import Rect
from studio.raster.moments import Loop, Time, normal_at
from studio.recipe import QT_TRANSLATE_NOOP, declare

WIDTHS = 2 * math.sqrt(2 * math.log(2))
"""Full width at half maximum of a Gaussian in standard deviations."""
LUMA = (0.2126, 0.7152, 0.0722)
"""Weights of red, green and blue (ITU-R BT.709)."""
_SMALLEST = 0.2
"""A kernel narrower than this (standard deviation, px) is one pixel."""

Direction = Literal["horizontal", "vertical", "both"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "horizontal"),
    QT_TRANSLATE_NOOP("recipe", "vertical"),
    QT_TRANSLATE_NOOP("recipe", "both"),
)


class FilmGrain(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``film-grain``."""

    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=1.0,
            soft_high=0.3,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation where the strength below is 100 %; 1 is the full range."
            ),
        ),
    ] = 0.06
    size: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"),
            low=0.5,
            high=20.0,
            soft_high=6.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Width of a grain at half its height."),
        ),
    ] = 1.6
    shadows: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shadows"),
            description=QT_TRANSLATE_NOOP("recipe", "Strength of the grain in black."),
            low=0.0,
            high=200.0,
            step=1.0,
            unit="%",
        ),
    ] = 60.0
    midtones: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Midtones"),
            description=QT_TRANSLATE_NOOP("recipe", "Strength of the grain in mid-grey."),
            low=0.0,
            high=200.0,
            step=1.0,
            unit="%",
        ),
    ] = 100.0
    highlights: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Highlights"),
            description=QT_TRANSLATE_NOOP("recipe", "Strength of the grain in white."),
            low=0.0,
            high=200.0,
            step=1.0,
            unit="%",
        ),
    ] = 30.0
    channels: Annotated[Channels, CHANNELS] = "luminance"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


class Banding(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``banding``."""

    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=1.0,
            soft_high=0.2,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation; 1 is the full range from black to white."
            ),
        ),
    ] = 0.03
    width: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Width"),
            low=0.5,
            high=64.0,
            soft_high=16.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Width of a stripe at half its height."),
        ),
    ] = 2.0
    direction: Annotated[
        Direction,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Direction"),
            description=QT_TRANSLATE_NOOP("recipe", "How the stripes lie."),
        ),
    ] = "horizontal"
    channels: Annotated[Channels, CHANNELS] = "shared"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


def kernel_of(width: float, level: int) -> tuple[np.ndarray, float]:
    """Weights along one axis for grain of ``width`` level-0 pixels at a level, and what the result is divided by.

    Divided, noise of independent pixels with standard deviation 1 has at level 0 the standard deviation 1 after the
    weights were applied along one axis, and at a level that of level 0 averaged.
    """
    sigma = width / WIDTHS
    fine = gaussian_kernel(sigma) if sigma >= _SMALLEST else np.ones(1, np.float32)
    shown = sigma / (1 << level)
    coarse = gaussian_kernel(shown) if shown >= _SMALLEST else np.ones(1, np.float32)
    mean = np.convolve(fine.astype(np.float64), np.full(1 << level, 0.5**level))
    wanted = math.sqrt(np.square(mean).sum() / np.square(fine.astype(np.float64)).sum())
    return coarse, math.sqrt(np.square(coarse.astype(np.float64)).sum()) / wanted


def film_grain(pixels: np.ndarray, parameters: FilmGrain, place: Place) -> np.ndarray:
    if place.exact and place.level:
        return averaged(film_grain, pixels, parameters, place)
    source = finite(pixels)
    noise = grain_field(parameters, place.rect, place.level)
    noise *= _strength(source, parameters)
    return added(source, noise, parameters.channels)


def grain_field(parameters: FilmGrain, rect: Rect, level: int) -> np.ndarray:
    """float32 [h, w, 1 or 3]: mean 0, standard deviation sigma, neighbours alike over the size."""
    kernel, division = kernel_of(parameters.size, level)
    reach = len(kernel) // 2
    field = normal_at(parameters.time, parameters.loop)
    noise = field(parameters.seed, rect.grow(reach), numbers(parameters.channels), level)
    if reach:
        shown = parameters.size / WIDTHS / (1 << level)
        noise = blurred(noise, shown, 0).reshape(*noise.shape[:2], -1)[reach:-reach, reach:-reach]
    return noise * np.float32(parameters.sigma / division**2)


def _strength(pixels: np.ndarray, parameters: FilmGrain) -> np.ndarray:
    """float32 [h, w, 1]: the share of sigma, linear in luma from shadows to midtones and on to highlights."""
    straight = unpremultiply(pixels)
    luma = straight[..., 0] * np.float32(LUMA[0])
    luma += straight[..., 1] * np.float32(LUMA[1])
    luma += straight[..., 2] * np.float32(LUMA[2])
    low, middle, high = (
        value / 100 for value in (parameters.shadows, parameters.midtones, parameters.highlights)
    )
    np.clip(luma, 0, 1, out=luma)
    out = np.minimum(luma, np.float32(0.5)) * np.float32(2 * (middle - low))
    out += np.maximum(luma - np.float32(0.5), 0) * np.float32(2 * (high - middle))
    out += np.float32(low)
    return out[..., None]


def banding(pixels: np.ndarray, parameters: Banding, place: Place) -> np.ndarray:
    """At any level the mean of the lines of level 0: they are few."""
    rect, share = place.rect, 1.0
    noise = np.zeros((1, 1, len(numbers(parameters.channels))), np.float32)
    if parameters.direction == "both":
        share = math.sqrt(0.5)
    if parameters.direction != "vertical":
        noise = noise + stripes(parameters, rect.top, rect.bottom, place.level, 0)[:, None]
    if parameters.direction != "horizontal":
        noise = noise + stripes(parameters, rect.left, rect.right, place.level, 1)[None, :]
    return added(finite(pixels), noise * np.float32(parameters.sigma * share), parameters.channels)


def stripes(parameters: Banding, first: int, last: int, level: int, axis: int) -> np.ndarray:
    """float32 [last − first, 1 or 3] of mean 0 and standard deviation 1 at level 0: one number for each line."""
    kernel, division = kernel_of(parameters.width, 0)
    side, reach = 1 << level, len(kernel) // 2
    column = Rect(axis, first * side - reach, axis + 1, last * side + reach)
    field = normal_at(parameters.time, parameters.loop)
    drawn = field(parameters.seed, column, numbers(parameters.channels), 0)[:, 0]
    lines = (last - first) * side
    out = np.zeros((lines, drawn.shape[1]), np.float32)
    # Tap by tap, so that every number is computed alike wherever a tile begins.
    for index, weight in enumerate(kernel):
        out += drawn[index : index + lines] * weight
    return out.reshape(last - first, side, -1).mean(1) * np.float32(1 / division)


FILM_GRAIN = FilterKind(
    name="film-grain",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Adds n = σ · s(Y) · g, g normal numbers from Philox-4x32-10 and Box–Muller for seed, channel and pixel, "
        "convolved with a Gaussian whose width at half height is the size and divided by the square root of the sum of "
        "its squared weights, so that g has mean 0 and standard deviation 1; the strength s runs linearly over the luma "
        "Y = 0.2126 R + 0.7152 G + 0.0722 B of the encoded colour from shadows (Y = 0) to midtones (Y = ½) and "
        "highlights (Y = 1). Luminance multiplies all channels by max(0, V + n) / V, V the largest of them. Grain as "
        "filtered noise of a strength that depends on luma: AV1 film grain synthesis (Norkin and Birkbeck, DCC 2018). At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps "
        "around t, a = (3p² − 2p³) π / 2 of the part p of the step.",
    ),
    parameters=FilmGrain,
    function=film_grain,
)

BANDING = FilterKind(
    name="banding",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Stripes as a sensor gives that is read line by line: every pixel of a row (or column) gets the same number, "
        "c' = c + σ b(y), b normal numbers from Philox-4x32-10 and Box–Muller for seed, channel and line, convolved "
        "with a Gaussian whose width at half height is the width and divided by the square root of the sum of its "
        "squared weights, so that b has mean 0 and standard deviation 1; both directions: σ (b(x) + b(y)) / √2. "
        "Row noise: EMVA standard 1288, release 4.0 (2021). At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps "
        "around t, a = (3p² − 2p³) π / 2 of the part p of the step.",
    ),
    parameters=Banding,
    function=banding,
)

KINDS = (FILM_GRAIN, BANDING)
