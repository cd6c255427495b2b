"""Pictures of pure noise around a mean; the same numbers as the noise filters draw."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, check, declare
from studio.synthesis.maker import Maker

Channels = Literal["per-channel", "shared"]

_MEAN = declare(
    QT_TRANSLATE_NOOP("recipe", "Mean"),
    low=0.0,
    high=1.0,
    step=0.001,
    description=QT_TRANSLATE_NOOP("recipe", "Average value; 0.5 is mid-grey."),
)
_CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Per channel: coloured grain. Shared: the same grain in red, green and blue."
    ),
)


class GaussianPicture(msgspec.Struct, frozen=True, kw_only=True):
    mean: Annotated[float, _MEAN] = 0.5
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=1.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation; 1 is the full range from black to white."
            ),
        ),
    ] = 0.15
    channels: Annotated[Channels, _CHANNELS] = "per-channel"


class UniformPicture(msgspec.Struct, frozen=True, kw_only=True):
    mean: Annotated[float, _MEAN] = 0.5
    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=1.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "The largest distance from the mean; 1 is the full range."
            ),
        ),
    ] = 0.5
    channels: Annotated[Channels, _CHANNELS] = "per-channel"


def make_gaussian(width: int, height: int, parameters: GaussianPicture, seed: int = 0) -> np.ndarray:
    """Opaque straight float32 RGBA [height, width, 4]; values outside 0–1 are kept, as in a float picture."""
    parameters = check(parameters)
    noise = random.normal(seed, Rect(0, 0, width, height), _names(parameters.channels))
    noise *= np.float32(parameters.sigma)
    return _picture(noise, parameters.mean)


def make_uniform(width: int, height: int, parameters: UniformPicture, seed: int = 0) -> np.ndarray:
    """Opaque straight float32 RGBA [height, width, 4]; values outside 0–1 are kept, as in a float picture."""
    parameters = check(parameters)
    noise = random.uniform(seed, Rect(0, 0, width, height), _names(parameters.channels))
    noise -= np.float32(0.5)
    noise *= np.float32(2 * parameters.amount)
    return _picture(noise, parameters.mean)


def _names(channels: Channels) -> tuple[int, ...]:
    return (0,) if channels == "shared" else (0, 1, 2)


def _picture(noise: np.ndarray, mean: float) -> np.ndarray:
    if min(noise.shape[:2]) < 1:
        raise ValueError("a picture needs a width and a height of at least 1")
    out = np.ones((*noise.shape[:2], 4), np.float32)
    out[..., :3] = noise + np.float32(mean)
    return out


GAUSSIAN_NOISE = Maker(
    name="gaussian-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Gaussian noise"),
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "An opaque picture of independent normal numbers with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), from "
        "Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958).",
    ),
    parameters=GaussianPicture,
    make=make_gaussian,
)

UNIFORM_NOISE = Maker(
    name="uniform-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Uniform noise"),
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "An opaque picture of independent numbers equally likely from μ − a to μ + a, from Philox-4x32-10 (Salmon et "
        "al., 2011).",
    ),
    parameters=UniformPicture,
    make=make_uniform,
)
