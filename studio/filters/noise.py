"""Noise filters: a function of (seed, channel, x, y) in document pixels, whatever the tile, crop or order."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import (
    CHANNELS,
    LINKED,
    SEED,
    SPACE,
    Channels,
    Space,
    added_in,
    alpha_sampled,
    averaged,
    finite,
    in_space,
    numbers,
    opacity_strength,
    own_strength,
    sampled,
    scaled,
    spread,
    strengths,
    with_alpha_changed,
)
from studio.raster.moments import Loop, Time, normal_at, uniform_at
from studio.recipe import QT_TRANSLATE_NOOP, declare

_PEPPER = 64
"""Pepper at a level is drawn from the streams above those of the levels."""
_PEPPER_IN_TIME = 16
"""And so within those of a step of time."""
_LARGEST_COUNTED = 4
"""Up to this level the hits inside a pixel are counted."""


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
    channels: Annotated[Channels, CHANNELS] = "per-channel"
    linked: Annotated[bool, LINKED] = True
    sigma_red: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of red"))] = 0.05
    sigma_green: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of green"))] = 0.05
    sigma_blue: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of blue"))] = 0.05
    sigma_alpha: Annotated[float, opacity_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of opacity"))] = 0.0
    space: Annotated[Space, SPACE] = "encoded"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


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
    channels: Annotated[Channels, CHANNELS] = "per-channel"
    linked: Annotated[bool, LINKED] = True
    amount_red: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Amount of red"))] = 0.1
    amount_green: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Amount of green"))] = 0.1
    amount_blue: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Amount of blue"))] = 0.1
    amount_alpha: Annotated[float, opacity_strength(QT_TRANSLATE_NOOP("recipe", "Opacity amount"))] = 0.0
    space: Annotated[Space, SPACE] = "encoded"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


class SpeckleNoise(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``speckle-noise``; sigma is a fraction of each value."""

    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"),
            low=0.0,
            high=1.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation as a share of each value: 0.1 is a tenth of it."
            ),
        ),
    ] = 0.15
    channels: Annotated[Channels, CHANNELS] = "per-channel"
    linked: Annotated[bool, LINKED] = True
    sigma_red: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of red"))] = 0.15
    sigma_green: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of green"))] = 0.15
    sigma_blue: Annotated[float, own_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of blue"))] = 0.15
    sigma_alpha: Annotated[float, opacity_strength(QT_TRANSLATE_NOOP("recipe", "Sigma of opacity"))] = 0.0
    space: Annotated[Space, SPACE] = "encoded"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


class SaltAndPepper(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``salt-and-pepper``, in percent."""

    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=100.0,
            soft_high=30.0,
            step=0.1,
            unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Share of the pixels that become white or black."),
        ),
    ] = 5.0
    salt: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Salt"),
            low=0.0,
            high=100.0,
            step=1.0,
            unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Share of white among the changed pixels."),
        ),
    ] = 50.0
    channels: Annotated[Channels, CHANNELS] = "shared"
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, SEED] = 0


def gaussian_noise(pixels: np.ndarray, parameters: GaussianNoise, place: Place) -> np.ndarray:
    if _slowly(parameters, parameters.sigma_alpha, place):
        return averaged(gaussian_noise, pixels, parameters, place)
    noise = sampled(normal_at(parameters.time, parameters.loop), parameters.seed, parameters.channels, place)
    noise = scaled(noise, strengths(parameters, "sigma"), place)
    noise += np.float32(parameters.mean)
    out = added_in(parameters.space, finite(pixels), noise, parameters.channels)
    if not parameters.sigma_alpha:
        return out
    veil = alpha_sampled(normal_at(parameters.time, parameters.loop), parameters.seed, place)
    return with_alpha_changed(
        out, lambda alpha: alpha + veil * np.float32(parameters.sigma_alpha * spread(place))
    )


def _slowly(parameters: GaussianNoise | UniformNoise | SpeckleNoise, alpha: float, place: Place) -> bool:
    """Whether a mean of level 0 is asked for that cannot be had by averaging the noise first."""
    return place.exact and place.level > 0 and (parameters.space != "encoded" or alpha > 0)


def uniform_noise(pixels: np.ndarray, parameters: UniformNoise, place: Place) -> np.ndarray:
    if _slowly(parameters, parameters.amount_alpha, place):
        return averaged(uniform_noise, pixels, parameters, place)
    noise = sampled(uniform_at(parameters.time, parameters.loop), parameters.seed, parameters.channels, place)
    noise -= np.float32(0.5)
    noise = scaled(noise, 2 * strengths(parameters, "amount"), place)
    out = added_in(parameters.space, finite(pixels), noise, parameters.channels)
    if not parameters.amount_alpha:
        return out
    veil = alpha_sampled(uniform_at(parameters.time, parameters.loop), parameters.seed, place) - np.float32(
        0.5
    )
    return with_alpha_changed(
        out, lambda alpha: alpha + veil * np.float32(2 * parameters.amount_alpha * spread(place))
    )


def speckle_noise(pixels: np.ndarray, parameters: SpeckleNoise, place: Place) -> np.ndarray:
    if place.exact and place.level and parameters.channels == "luminance":
        return averaged(speckle_noise, pixels, parameters, place)
    if _slowly(parameters, parameters.sigma_alpha, place):
        return averaged(speckle_noise, pixels, parameters, place)
    noise = sampled(normal_at(parameters.time, parameters.loop), parameters.seed, parameters.channels, place)
    noise = scaled(noise, strengths(parameters, "sigma"), place)
    noise += np.float32(1)
    if parameters.channels == "luminance":
        np.maximum(noise, 0, out=noise)

    def multiplied(source: np.ndarray) -> np.ndarray:
        out = source.copy()
        out[..., :3] *= noise
        return out

    out = in_space(parameters.space, finite(pixels), multiplied)
    if not parameters.sigma_alpha:
        return out
    veil = alpha_sampled(normal_at(parameters.time, parameters.loop), parameters.seed, place) * np.float32(
        parameters.sigma_alpha * spread(place)
    )
    return with_alpha_changed(out, lambda alpha: alpha * (1 + veil))


def salt_and_pepper(pixels: np.ndarray, parameters: SaltAndPepper, place: Place) -> np.ndarray:
    if place.exact and place.level:
        return averaged(salt_and_pepper, pixels, parameters, place)
    salt, pepper = _shares(parameters, place)
    source = finite(pixels)
    out = source.copy()
    out[..., :3] *= np.maximum(1 - salt - pepper, 0)
    out[..., :3] += salt * (_lightest(source) if parameters.channels == "luminance" else source[..., 3:])
    return out


def _lightest(source: np.ndarray) -> np.ndarray:
    """Each pixel's colour [h, w, 3] with its largest value raised, or lowered, to 1; what has no hue becomes white."""
    largest = source[..., :3].max(-1, keepdims=True)
    coloured = largest > 1e-6 * source[..., 3:]
    made = np.divide(source[..., :3], largest, out=np.ones_like(source[..., :3]), where=coloured)
    made *= source[..., 3:]
    return made


def _shares(parameters: SaltAndPepper, place: Place) -> tuple[np.ndarray, np.ndarray]:
    """Which share of each pixel is salt, and which pepper: 0 or 1 at level 0, numbers out of 4^L above it."""
    share, white = parameters.amount / 100, parameters.salt / 100
    names = numbers(parameters.channels)
    drawn = uniform_at(parameters.time, parameters.loop)(parameters.seed, place.rect, names, place.level)
    if place.level == 0:
        salt = drawn < np.float32(share * white)
        return salt.astype(np.float32), (drawn >= np.float32(1 - share * (1 - white))).astype(np.float32)
    beside = uniform_at(parameters.time, parameters.loop, _PEPPER - _PEPPER_IN_TIME)
    other = beside(parameters.seed, place.rect, names, place.level + _PEPPER_IN_TIME)
    return _hits(drawn, share * white, place.level), _hits(other, share * (1 - white), place.level)


def _hits(drawn: np.ndarray, probability: float, level: int) -> np.ndarray:
    """The share of hits among 4^L trials, by the inverse of the binomial distribution at ``drawn``."""
    trials = 4 ** min(level, _LARGEST_COUNTED)
    if not 0 < probability < 1:
        return np.full_like(drawn, probability)
    count = np.arange(trials, dtype=np.float64)
    steps = np.log((trials - count) / (count + 1)) + np.log(probability / (1 - probability))
    logs = trials * np.log1p(-probability) + np.concatenate([[0.0], np.cumsum(steps)])
    below = np.cumsum(np.exp(logs)).astype(np.float32)
    share = np.minimum(np.searchsorted(below, drawn), trials).astype(np.float32) / np.float32(trials)
    # Further averaging leaves the shape of the distribution and halves its spread.
    return probability + (share - np.float32(probability)) * np.float32(
        0.5 ** max(0, level - _LARGEST_COUNTED)
    )


GAUSSIAN_NOISE = FilterKind(
    name="gaussian-noise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Adds to each colour value a random number with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), μ the mean and "
        "σ the sigma, both as fractions of the full range of the encoded colour; transparency stays. The numbers come "
        "from Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958), and depend only on seed, "
        "channel and pixel, not on the part of the picture that is shown. Luminance: all three values times "
        "max(0, V + n) / V, V the largest of them and n the number. Red, green and blue may have a σ each. Linear light: "
        "the same to the values of linear light (IEC 61966-2-1). Opacity α > 0 becomes α + n, with a number and a σ of its "
        "own, cut to 0–1, under the same colour. At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps "
        "around t, a = (3p² − 2p³) π / 2 of the part p of the step.",
    ),
    parameters=GaussianNoise,
    function=gaussian_noise,
)

UNIFORM_NOISE = FilterKind(
    name="uniform-noise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Adds to each colour value a random number that is equally likely anywhere between −a and a, density "
        "p(x) = 1 / 2a, a the amount as a fraction of the full range of the encoded colour; transparency stays. The "
        "numbers come from Philox-4x32-10 (Salmon et al., 2011) and depend only on seed, channel and pixel. Luminance: "
        "all three values times max(0, V + n) / V, V the largest of them and n the number. Red, green and blue may have "
        "an a each. Linear light: the same to the values of linear light (IEC 61966-2-1). Opacity α > 0 becomes α + n, "
        "with a number and an a of its own, cut to 0–1, under the same colour. At time t each number goes, by the part 3p² − 2p³, p the part of the step, the shorter way from its place at the "
        "whole step before to that after, on a circle of length 2 that folded in half is 0–1.",
    ),
    parameters=UniformNoise,
    function=uniform_noise,
)

SPECKLE_NOISE = FilterKind(
    name="speckle-noise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Multiplies each colour value by 1 + σz, so that bright places are noisier than dark ones, as in radar and "
        "ultrasound pictures (Jain, Fundamentals of Digital Image Processing, 1989): c' = c (1 + σz), z "
        "normal with mean 0 and standard deviation 1 from Philox-4x32-10 and Box–Muller, σ the sigma; transparency "
        "stays, and with shared channels so do hue and saturation; luminance: the same with max(0, 1 + σz). Red, green and "
        "blue may have a σ each. Linear light: the same to the values of linear light (IEC 61966-2-1). Opacity becomes "
        "α (1 + σz), with a z and a σ of its own, cut to 0–1, under the same colour. At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps "
        "around t, a = (3p² − 2p³) π / 2 of the part p of the step.",
    ),
    parameters=SpeckleNoise,
    function=speckle_noise,
)

SALT_AND_PEPPER = FilterKind(
    name="salt-and-pepper",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Makes the share p of all pixels white or black (Gonzalez and Woods, Digital Image Processing, section 5.2): u "
        "uniform in 0–1 from Philox-4x32-10 for seed, channel and pixel, s the share of white among them; a value "
        "becomes 1 where u < ps, 0 where u ≥ 1 − p (1 − s), and stays elsewhere; so does transparency. Luminance: one u for all, and white is c / V, V the largest "
        "of the three values, so that a colour shines, and black is black. At time t each number goes, by the part 3p² − 2p³, p the part of the step, the shorter way from its place at the "
        "whole step before to that after, on a circle of length 2 that folded in half is 0–1.",
    ),
    parameters=SaltAndPepper,
    function=salt_and_pepper,
)

KINDS = (GAUSSIAN_NOISE, UNIFORM_NOISE, SPECKLE_NOISE, SALT_AND_PEPPER)
