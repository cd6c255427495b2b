"""Pictures of pure noise around a mean; the same numbers as the noise filters draw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster import moments, random
from studio.raster.geometry import Rect
from studio.raster.moments import Loop, Time
from studio.recipe import QT_TRANSLATE_NOOP, check, declare
from studio.synthesis.maker import Maker
from studio.synthesis.pattern_parameters import TileX, TileY

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
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


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
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


def make_gaussian(width: int, height: int, parameters: GaussianPicture, seed: int = 0) -> np.ndarray:
    """Opaque straight float32 RGBA [height, width, 4]; values outside 0–1 are kept, as in a float picture."""
    return _made(width, height, parameters, seed)


def make_uniform(width: int, height: int, parameters: UniformPicture, seed: int = 0) -> np.ndarray:
    """Opaque straight float32 RGBA [height, width, 4]; values outside 0–1 are kept, as in a float picture."""
    return _made(width, height, parameters, seed)


def _made(width: int, height: int, parameters: GaussianPicture | UniformPicture, seed: int) -> np.ndarray:
    if min(width, height) < 1:
        raise ValueError("a picture needs a width and a height of at least 1")
    return painted(check(parameters), seed, Rect(0, 0, width, height), 0)


def painted(parameters: GaussianPicture | UniformPicture, seed: int, rect: Rect, level: int) -> np.ndarray:
    """Opaque float32 RGBA [h, w, 4] of a rectangle in pixels of a mip level. The mean of 4^L numbers has a 2^L-th of their
    spread: a level draws one such number for each of its pixels, of a stream of its own."""
    names = (0,) if parameters.channels == "shared" else (0, 1, 2)
    if isinstance(parameters, GaussianPicture):
        field, strength = moments.normal_at(parameters.time, parameters.loop), np.float32(parameters.sigma)
    else:
        field = _centred(moments.uniform_at(parameters.time, parameters.loop))
        strength = 2 * np.float32(parameters.amount)
    strength = strength * np.float32(1 / (1 << level))

    def drawn(part: Rect) -> np.ndarray:
        noise = field(seed, part, names, level)
        noise *= strength
        out = np.ones((*noise.shape[:2], 4), np.float32)
        out[..., :3] = noise + np.float32(parameters.mean)
        return out

    return repeated(drawn, rect, period_of(parameters, 1 << level))


def _centred(field: random.Field) -> random.Field:
    """Uniform numbers from −½ to ½."""

    def centred(seed: int, rect: Rect, channels: tuple[int, ...], stream: int) -> np.ndarray:
        return field(seed, rect, channels, stream) - np.float32(0.5)

    return centred


# ---- repetition


def period_of(parameters: GaussianPicture | UniformPicture, pixel: int = 1) -> tuple[int, int]:
    """After how many pixels, ``pixel`` document pixels wide, the noise repeats across and down; 0 for never."""
    across, down = (
        max(1, round(length / pixel)) if length else 0 for length in (parameters.tile_x, parameters.tile_y)
    )
    return across, down


def repeated(make: Callable[[Rect], np.ndarray], rect: Rect, period: tuple[int, int]) -> np.ndarray:
    """``make`` of a rectangle, [h, w, …], as if the plane were tiled with what it gives from 0 to ``period``."""
    if not any(period) or rect.empty:
        return make(rect)
    (left, right, columns), (top, bottom, rows) = (
        _needed(*span, length)
        for span, length in zip(((rect.left, rect.right), (rect.top, rect.bottom)), period, strict=True)
    )
    return np.ascontiguousarray(make(Rect(left, top, right, bottom))[rows[:, None], columns[None, :]])


def _needed(first: int, last: int, period: int) -> tuple[int, int, np.ndarray]:
    """(from, to) of what is made along one axis, and the index in it of each wanted pixel."""
    if not period:
        return first, last, np.arange(last - first)
    places = np.arange(first, last) % period
    low, high = int(places.min()), int(places.max()) + 1
    return low, high, places - low


GAUSSIAN_NOISE = Maker(
    name="gaussian-noise",
    version=1,
    title=QT_TRANSLATE_NOOP("recipe", "Gaussian noise"),
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "An opaque picture of independent normal numbers with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), from "
        "Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958); between whole times x = n cos a + "
        "m sin a of the numbers n and m before and after, a from 0 to a quarter turn.",
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
        "al., 2011); between whole times each goes evenly to its next one, up or down, turning back at the ends.",
    ),
    parameters=UniformPicture,
    make=make_uniform,
)
