"""Quantisation: few steps in each channel, with the dither that hides them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import MAXIMUM_SEED, Channels, averaged, finite, numbers
from studio.filters.planes import straight_planes, with_luminance
from studio.raster import random
from studio.raster.blue_noise import SIDE, blue_noise
from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect
from studio.raster.planar import put_together
from studio.recipe import QT_TRANSLATE_NOOP, declare

_BLUE_SEED = 0xB10E
_SHIFTS = ((0, 0), (37, 71), (83, 29))
"""By how much red, green and blue look elsewhere in the one square of blue noise."""
_SECOND = 1 << 24
"""Stream of the second number of triangular dither."""
_STRIP = 1 << 18

Dither = Literal["none", "uniform", "triangular", "blue-noise"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "none"),
    QT_TRANSLATE_NOOP("recipe", "uniform"),
    QT_TRANSLATE_NOOP("recipe", "triangular"),
    QT_TRANSLATE_NOOP("recipe", "blue-noise"),
)
_CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Per channel: coloured grain. Shared: the same grain in red, green and blue. Luminance: few tones, hue and "
        "saturation stay.",
    ),
)
_SEED = declare(
    QT_TRANSLATE_NOOP("recipe", "Seed"),
    low=0,
    high=MAXIMUM_SEED,
    seed=True,
    when={"dither": ("uniform", "triangular")},
    description=QT_TRANSLATE_NOOP("recipe", "The same seed gives the same grain."),
)


class Quantise(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``quantise``."""

    steps: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Steps"),
            low=2,
            high=65536,
            soft_high=64,
            step=1,
            description=QT_TRANSLATE_NOOP("recipe", "Values from black to white, both included."),
        ),
    ] = 8
    dither: Annotated[
        Dither,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Dither"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "None: bands. Uniform: right on average. Triangular: its grain is the same everywhere. Blue noise: "
                "the finest grain to the eye.",
            ),
        ),
    ] = "none"
    channels: Annotated[Channels, _CHANNELS] = "per-channel"
    seed: Annotated[int, _SEED] = 0


def quantise(pixels: np.ndarray, parameters: Quantise, place: Place) -> np.ndarray:
    if place.exact and place.level:
        return averaged(quantise, pixels, parameters, place)
    out = np.empty_like(pixels)
    rows = max(1, _STRIP // place.rect.width)
    for top in range(0, place.rect.height, rows):
        strip = finite(pixels[top : top + rows])
        rect = Rect.of(place.rect.left, place.rect.top + top, place.rect.width, strip.shape[0])
        out[top : top + rows] = _strip(strip, parameters, rect, place.level)
    return out


def _strip(pixels: np.ndarray, parameters: Quantise, rect: Rect, level: int) -> np.ndarray:
    if parameters.channels == "luminance":
        out = np.empty_like(pixels)
        colours, alpha = straight_planes(pixels)
        with np.errstate(all="ignore"):
            made = with_luminance(
                colours, lambda tone: _rounded(tone[..., None], parameters, rect, level)[..., 0]
            )
        put_together(made, alpha, out)
        return out
    shown = _rounded(unpremultiply(pixels)[..., :3], parameters, rect, level)
    out = pixels.copy()
    np.multiply(shown, pixels[..., 3:], out=out[..., :3])
    return out


def _rounded(values: np.ndarray, parameters: Quantise, rect: Rect, level: int) -> np.ndarray:
    """float32 [h, w, 1 or 3] to the steps, with the dither."""
    top = np.float32(parameters.steps - 1)
    wanted = values * top
    shown = wanted + np.float32(0.5)
    if parameters.dither != "none":
        shown += _threshold(parameters, rect, level)
    np.floor(shown, out=shown)
    # Dither must not lead beyond black and white.
    np.maximum(shown, np.minimum(wanted, 0), out=shown)
    np.minimum(shown, np.maximum(wanted, top), out=shown)
    if parameters.dither != "none" and level:
        # The mean of 4^L dithered pixels is nearer to the value than one of them.
        shown -= wanted
        shown *= np.float32(0.5**level)
        shown += wanted
    shown *= np.float32(1) / top
    return shown


def _threshold(parameters: Quantise, rect: Rect, level: int) -> np.ndarray:
    """float32 [h, w, 1 or 3] added before rounding, in steps: −½ … ½, triangular −1 … 1."""
    names = numbers(parameters.channels)
    if parameters.dither == "blue-noise":
        square, rows, columns = blue_noise(_BLUE_SEED), np.arange(*rect[1::2]), np.arange(*rect[0::2])
        planes = [
            square[((rows + down) % SIDE)[:, None], (columns + right) % SIDE]
            for down, right in (_SHIFTS[name] for name in names)
        ]
        return np.stack(planes, -1) - np.float32(0.5)
    drawn = random.uniform(parameters.seed, rect, names, level)
    if parameters.dither == "uniform":
        return drawn - np.float32(0.5)
    return drawn - random.uniform(parameters.seed, rect, names, level + _SECOND)


QUANTISE = FilterKind(
    name="quantise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Rounds each encoded colour value to one of n evenly spaced steps: c' = ⌊c (n − 1) + d + ½⌋ / (n − 1), where "
        "the dither d is 0 (none), uniform in −½ … ½, the difference of two uniform numbers in 0–1 (triangular), or a "
        "blue-noise threshold minus ½ that repeats every 128 pixels (void and cluster, Ulichney 1993); c' stays in "
        "0–1 if c does, and transparency stays. By luminance c is 0.2126 R + 0.7152 G + 0.0722 B of linear light, encoded, and "
        "the three of linear light are multiplied by that of c' over that of c. Uniform numbers come from Philox-4x32-10 for seed, channel and pixel. "
        "Dither and its laws: Lipshitz, Wannamaker and Vanderkooy, Quantization and Dither, JAES 40 (1992).",
    ),
    parameters=Quantise,
    function=quantise,
)

KINDS = (QUANTISE,)
