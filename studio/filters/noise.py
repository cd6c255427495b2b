"""Noise filters: a function of (seed, channel, x, y) in document pixels, whatever the tile, crop or order."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.raster import random
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["per-channel", "shared"]
MAXIMUM_SEED = 2**53 - 1
"""Whole numbers up to here survive any JSON reader."""

_SEED = declare(
    QT_TRANSLATE_NOOP("recipe", "Seed"),
    low=0,
    high=MAXIMUM_SEED,
    seed=True,
    description=QT_TRANSLATE_NOOP("recipe", "The same seed gives the same grain."),
)
_CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Per channel: coloured grain. Shared: the same grain in red, green and blue."
    ),
)


class GaussianNoise(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``gaussian-noise``; mean and sigma are fractions of the full range."""

    mean: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Mean"),
            low=-1.0,
            high=1.0,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Added on average; 1 is the full range from black to white."
            ),
        ),
    ] = 0.0
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=1.0,
            soft_high=0.3,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation; 1 is the full range from black to white."
            ),
        ),
    ] = 0.05
    channels: Annotated[Channels, _CHANNELS] = "per-channel"
    seed: Annotated[int, _SEED] = 0


class UniformNoise(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``uniform-noise``; the amount is a fraction of the full range."""

    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=1.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP("recipe", "The largest change, up or down; 1 is the full range."),
        ),
    ] = 0.1
    channels: Annotated[Channels, _CHANNELS] = "per-channel"
    seed: Annotated[int, _SEED] = 0


def sampled(field: random.Field, seed: int, channels: Channels, place: Place) -> np.ndarray:
    """Samples [h, w, 1 or 3] for ``place``: at level 0 exact; above it averages, or their cheap like.

    The average of 4^L independent samples has the standard deviation of one divided by 2^L, so the preview draws one
    sample per shown pixel and divides its spread; ``place.exact`` draws them all.
    """
    names = (0,) if channels == "shared" else (0, 1, 2)
    if place.exact:
        return random.averaged(field, seed, place.rect, names, place.level)
    return field(seed, place.rect, names, place.level)


def spread(place: Place) -> float:
    """What the deviation from the mean is multiplied with at this level."""
    return 1.0 if place.exact else 1.0 / (1 << place.level)


def _added(pixels: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Straight colour plus noise, which premultiplied is p + alpha · n; alpha stays."""
    out = pixels.copy()
    noise = noise * pixels[..., 3:]
    out[..., :3] += noise
    return out


def gaussian_noise(pixels: np.ndarray, parameters: GaussianNoise, place: Place) -> np.ndarray:
    noise = sampled(random.normal, parameters.seed, parameters.channels, place)
    noise *= np.float32(parameters.sigma * spread(place))
    noise += np.float32(parameters.mean)
    return _added(pixels, noise)


def uniform_noise(pixels: np.ndarray, parameters: UniformNoise, place: Place) -> np.ndarray:
    noise = sampled(random.uniform, parameters.seed, parameters.channels, place)
    noise -= np.float32(0.5)
    noise *= np.float32(2 * parameters.amount * spread(place))
    return _added(pixels, noise)


GAUSSIAN_NOISE = FilterKind(
    name="gaussian-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Gaussian noise"),
    group="noise",
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Adds to each colour value a random number with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), μ the mean and "
        "σ the sigma, both as fractions of the full range of the encoded colour; transparency stays. The numbers come "
        "from Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958), and depend only on seed, "
        "channel and pixel, not on the part of the picture that is shown.",
    ),
    parameters=GaussianNoise,
    function=gaussian_noise,
)

UNIFORM_NOISE = FilterKind(
    name="uniform-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Uniform noise"),
    group="noise",
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Adds to each colour value a random number that is equally likely anywhere between −a and a, density "
        "p(x) = 1 / 2a, a the amount as a fraction of the full range of the encoded colour; transparency stays. The "
        "numbers come from Philox-4x32-10 (Salmon et al., 2011) and depend only on seed, channel and pixel.",
    ),
    parameters=UniformNoise,
    function=uniform_noise,
)

KINDS = (GAUSSIAN_NOISE, UNIFORM_NOISE)
