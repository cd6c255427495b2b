"""Shot noise: light arrives in whole photons, so that their number is Poisson's."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import CHANNELS, SEED, Channels, added, averaged, finite, numbers
from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect
from studio.raster.moments import Loop, Time, uniform_at
from studio.raster.poisson import poisson_quantile
from studio.raster.strips import row_strips, side_by_side
from studio.recipe import QT_TRANSLATE_NOOP, declare

_STRIP = 1 << 16
"""Pixels worked on at once: what is needed for them stays in the cache."""
MOST_PHOTONS = 100_000.0
_LEAST = np.float32(2.0**-24)

Light = Literal["linear-light", "encoded"]
CHOICES = (QT_TRANSLATE_NOOP("recipe", "linear-light"), QT_TRANSLATE_NOOP("recipe", "encoded"))


class PoissonNoise(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``poisson-noise``."""

    photons: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Photons"),
            low=1.0,
            high=MOST_PHOTONS,
            soft_high=2000.0,
            step=1.0,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How many arrive on a white pixel on average; fewer are noisier."
            ),
        ),
    ] = 200.0
    light: Annotated[
        Light,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Counted in"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Linear light: as in a camera. Encoded: in the values as they are stored."
            ),
        ),
    ] = "linear-light"
    channels: Annotated[Channels, CHANNELS] = "per-channel"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


def poisson_noise(pixels: np.ndarray, parameters: PoissonNoise, place: Place) -> np.ndarray:
    if place.exact and place.level:
        return averaged(poisson_noise, pixels, parameters, place)
    out = np.empty_like(pixels)

    def one(rows: slice) -> None:
        strip = finite(pixels[rows])
        rect = Rect.of(place.rect.left, place.rect.top + rows.start, place.rect.width, strip.shape[0])
        out[rows] = _strip(strip, parameters, rect, place.level)

    side_by_side(one, row_strips(pixels.shape, _STRIP))
    return out


def _strip(pixels: np.ndarray, parameters: PoissonNoise, rect: Rect, level: int) -> np.ndarray:
    # The mean of n Poisson numbers of one mean is a Poisson number of n times that mean, divided by n.
    photons = np.float32(parameters.photons * 4.0**level)
    field = uniform_at(parameters.time, parameters.loop)
    drawn = field(parameters.seed, rect, numbers(parameters.channels), level)
    if parameters.time:  # between steps a number may be 0 or 1, at which a count has no end
        drawn = np.clip(drawn, _LEAST, 1 - _LEAST)
    straight = np.maximum(unpremultiply(pixels)[..., :3], 0)
    if parameters.channels == "luminance":
        straight = straight.max(-1, keepdims=True)
    linear = parameters.light == "linear-light"
    mean = (decoded(straight) if linear else straight) * photons
    counted = poisson_quantile(mean, np.ascontiguousarray(np.broadcast_to(drawn, mean.shape))) / photons
    noisy = encoded(counted) if linear else counted
    if parameters.channels == "luminance":
        return added(pixels, noisy - straight, "luminance")
    out = pixels.copy()
    np.multiply(noisy, pixels[..., 3:], out=out[..., :3])
    return out


def decoded(values: np.ndarray) -> np.ndarray:
    """Linear light of sRGB-encoded float32 values ≥ 0 (IEC 61966-2-1)."""
    steep = np.power((values + np.float32(0.055)) * np.float32(1 / 1.055), np.float32(2.4))
    return np.where(values <= np.float32(0.04045), values * np.float32(1 / 12.92), steep)


def encoded(linear: np.ndarray) -> np.ndarray:
    """sRGB-encoded values of float32 linear light ≥ 0; the inverse of :func:`decoded`."""
    steep = np.power(linear, np.float32(1 / 2.4)) * np.float32(1.055) - np.float32(0.055)
    return np.where(linear <= np.float32(0.0031308), linear * np.float32(12.92), steep)


POISSON_NOISE = FilterKind(
    name="poisson-noise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Shot noise: each value is replaced by a count of photons, c' = E(k / N), k the smallest whole number whose "
        "cumulative Poisson probability with mean λ = N · L(c) reaches u, N the photons, u uniform in 0–1 from "
        "Philox-4x32-10 for seed, channel and pixel; L is the decoding of sRGB into linear light and E its inverse, or "
        "both leave values as they are. Shared: one u for all channels; luminance: counted for the largest channel, "
        "which the others follow. Negative values count as 0 and transparency stays. Above λ = 10 k comes from the "
        "expansion of Giles (Algorithm 955, ACM TOMS 42, 2016). At time t each number goes, by the part 3p² − 2p³, p the part of "
        "the step, the shorter way from its place at the whole step before to that after, on a circle of length 2 that folded in "
        "half is 0–1.",
    ),
    parameters=PoissonNoise,
    function=poisson_noise,
)

KINDS = (POISSON_NOISE,)
