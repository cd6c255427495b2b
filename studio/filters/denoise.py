"""Denoising: non-local means, wavelet shrinkage, total variation. Alpha stays; a neighbour counts by its opacity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import filtered_around, inner_of, premultiplied, share, straight_planes, with_alpha
from studio.filters.kind import FilterKind, Place
from studio.raster import neighbours
from studio.raster.geometry import Rect
from studio.raster.neighbours import weighed
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["shared", "per-channel"]
Shrinkage = Literal["soft", "hard"]
CHOICES = (QT_TRANSLATE_NOOP("recipe", "soft"), QT_TRANSLATE_NOOP("recipe", "hard"))

B3_SPLINE = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
NOISE_OF_SCALE = (0.8907, 0.2007, 0.0857, 0.0413, 0.0205, 0.0103)
"""Standard deviation of each scale of the transform of noise of standard deviation 1, one channel."""
OPPONENT = np.array(
    [[3**-0.5, 3**-0.5, 3**-0.5], [2**-0.5, 0, -(2**-0.5)], [6**-0.5, -2 * 6**-0.5, 6**-0.5]], np.float32
)
"""Lightness, red against blue, green against the others: orthonormal, so noise keeps its size."""

_NOISE = declare(
    QT_TRANSLATE_NOOP("recipe", "Noise"),
    low=0.0,
    high=1.0,
    soft_high=0.3,
    step=0.001,
    description=QT_TRANSLATE_NOOP(
        "recipe", "Standard deviation of the noise to be removed; 1 is the full range."
    ),
)


class NonLocalMeans(msgspec.Struct, frozen=True, kw_only=True):
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"),
            low=0.001,
            high=1.0,
            soft_high=0.3,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How different patches may be and still be mixed; about as much as the noise."
            ),
        ),
    ] = 0.05
    noise: Annotated[float, _NOISE] = 0.05
    patch: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Patch radius"),
            low=0,
            high=neighbours.LARGEST_PATCH,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Half the side of the patches that are compared."),
        ),
    ] = 2
    search: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Search radius"),
            low=1,
            high=20,
            soft_high=12,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far away patches like it are looked for."),
        ),
    ] = 6


class WaveletDenoise(msgspec.Struct, frozen=True, kw_only=True):
    noise: Annotated[float, _NOISE] = 0.05
    lightness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Lightness"),
            low=0.0,
            high=10.0,
            soft_high=5.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Removed in light and dark: so many standard deviations of the noise."
            ),
        ),
    ] = 1.5
    colour: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colour"),
            low=0.0,
            high=10.0,
            soft_high=5.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Removed in hue and chroma: so many standard deviations of the noise."
            ),
        ),
    ] = 2.5
    scales: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Scales"),
            low=1,
            high=len(NOISE_OF_SCALE),
            description=QT_TRANSLATE_NOOP(
                "recipe", "How coarse grain may be that is removed: each one is twice as coarse."
            ),
        ),
    ] = 4
    shrinkage: Annotated[
        Shrinkage,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shrinkage"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Soft: all detail gets weaker, smoothly. Hard: strong detail stays as it is, weak detail goes.",
            ),
        ),
    ] = "soft"


class TotalVariation(msgspec.Struct, frozen=True, kw_only=True):
    weight: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smoothing"),
            low=0.001,
            high=2.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "More smooths more, down to flat patches; about the noise, 1 is the full range."
            ),
        ),
    ] = 0.1
    rounds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Rounds"),
            low=1,
            high=300,
            soft_high=100,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Steps towards the result; more smooths wider areas and takes longer."
            ),
        ),
    ] = 30
    channels: Annotated[
        Channels,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Channels"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Shared: edges of all colours stay together. Per channel: each colour alone."
            ),
        ),
    ] = "shared"


def _search(parameters: NonLocalMeans, level: int) -> int:
    return max(1, round(parameters.search / (1 << level)))


def nonlocal_reach(parameters: NonLocalMeans, scale: int) -> int:
    return _search(parameters, scale) + parameters.patch


def nonlocal_means(pixels: np.ndarray, parameters: NonLocalMeans, place: Place) -> np.ndarray:
    search, reach = _search(parameters, place.level), nonlocal_reach(parameters, place.level)
    strength, noise = parameters.strength * share(place), parameters.noise * share(place)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        planes = straight_planes(source)
        smooth = neighbours.nonlocal_means(planes, reach, search, parameters.patch, strength, noise)
        return premultiplied(smooth, inner_of(source, reach))

    return filtered_around(pixels, place, reach, work)


def _scales(parameters: WaveletDenoise, level: int) -> int:
    """Averaging to the level has removed the finest ones."""
    return max(0, parameters.scales - level)


def wavelet_reach(parameters: WaveletDenoise, scale: int) -> int:
    return 2 * ((1 << _scales(parameters, scale)) - 1)


def wavelet_denoise(pixels: np.ndarray, parameters: WaveletDenoise, place: Place) -> np.ndarray:
    scales, reach = _scales(parameters, place.level), wavelet_reach(parameters, place.level)
    noise = parameters.noise * share(place)
    strengths = (parameters.lightness, parameters.colour, parameters.colour)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        planes = np.ascontiguousarray(np.moveaxis(source, -1, 0))
        coarse, alpha = _rotated(planes[:3], OPPONENT), planes[3]
        own = inner_of(source, reach)
        total = [np.zeros(own.shape[:2], np.float32) for _ in range(3)]
        for scale in range(scales):
            gap = 1 << scale
            finer = [inner_of(plane, 2 * gap) for plane in coarse]
            coarse, alpha = _smoother(coarse, alpha, gap)
            rest = (alpha.shape[0] - own.shape[0]) // 2
            for fine, smooth, part, strength in zip(finer, coarse, total, strengths):
                limit = inner_of(alpha, rest) * np.float32(strength * noise * NOISE_OF_SCALE[scale])
                part += _shrunk(inner_of(fine, rest) - inner_of(smooth, rest), limit, parameters.shrinkage)
        colours = _rotated([part + smooth for part, smooth in zip(total, coarse)], OPPONENT.T)
        return with_alpha(np.stack(colours, -1), own)

    return filtered_around(pixels, place, reach, work)


def _rotated(planes: Sequence[np.ndarray] | np.ndarray, matrix: np.ndarray) -> list[np.ndarray]:
    first, second, third = planes
    return [first * row[0] + second * row[1] + third * row[2] for row in matrix]


def _smoother(colours: list[np.ndarray], alpha: np.ndarray, gap: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Means with the weights of a cubic B-spline, ``gap`` pixels apart, and the alpha there; all premultiplied."""
    taps = [((x - 2) * gap, (y - 2) * gap, B3_SPLINE[x] * B3_SPLINE[y]) for y in range(5) for x in range(5)]
    own_alpha = inner_of(alpha, 2 * gap)
    unseen = 1 - weighed(alpha, 2 * gap, taps)
    out = []
    for plane in colours:
        mean = weighed(plane, 2 * gap, taps)
        mean *= own_alpha
        mean += inner_of(plane, 2 * gap) * unseen
        out.append(mean)
    return out, np.ascontiguousarray(own_alpha)


def _shrunk(detail: np.ndarray, limit: np.ndarray, shrinkage: Shrinkage) -> np.ndarray:
    if shrinkage == "hard":
        return np.where(np.abs(detail) > limit, detail, np.float32(0))
    return detail - np.clip(detail, -limit, limit)


def variation_reach(parameters: TotalVariation, _scale: int) -> int:
    return parameters.rounds + 1


def total_variation(pixels: np.ndarray, parameters: TotalVariation, place: Place) -> np.ndarray:
    reach, weight = parameters.rounds + 1, parameters.weight * share(place)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        planes = straight_planes(source)
        smooth = neighbours.total_variation(
            planes, weight, parameters.rounds, parameters.channels == "shared", reach
        )
        own = inner_of(source, reach)
        return premultiplied(smooth[:, reach : reach + own.shape[0], reach : reach + own.shape[1]], own)

    # beyond the picture all is transparent, so nothing is compared with it
    return filtered_around(pixels, place, reach, work, border=cv2.BORDER_CONSTANT)


NON_LOCAL_MEANS = FilterKind(
    name="non-local-means",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each encoded colour by the mean of the colours in a square around it with weights "
        "a · exp(−max(0, D − 2σ²) / h²): D the mean squared difference of the patches around both pixels over all three "
        "channels, weighted by exp(−2 d² / p²), d the distance from the patch's middle and p its radius; σ the noise, h the strength, a the opacity, which itself stays (Buades, Coll and Morel, A non-local "
        "algorithm for image denoising, 2005; σ as in Image Processing On Line 1, 2011). Beyond the edge of the picture its "
        "outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=NonLocalMeans,
    function=nonlocal_means,
    reach_of=nonlocal_reach,
    at_scale="rescaled",
)

WAVELET_DENOISE = FilterKind(
    name="wavelet-denoise",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Takes the encoded colours apart into scales: c₀ the colour, c₍ⱼ₊₁₎ its mean with weights (1, 4, 6, 4, 1)/16 along "
        "both axes, 2^j pixels apart, and details d = c₍ⱼ₎ − c₍ⱼ₊₁₎, in the orthonormal channels (R + G + B)/√3, (R − B)/√2, "
        "(R − 2G + B)/√6; then adds them up again, d without its part up to t = k σ s (soft), or d where |d| > t (hard): σ the "
        "noise, k the strength of lightness or colour, s = 0.8907, 0.2007, 0.0857, 0.0413, 0.0205, 0.0103 what the scale keeps "
        "of noise (Starck and Murtagh, Astronomical Image and Data Analysis, 2006; Donoho, De-noising by soft-thresholding, "
        "1995). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity "
        "stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=WaveletDenoise,
    function=wavelet_denoise,
    reach_of=wavelet_reach,
    at_scale="rescaled",
    neutral=(("lightness", 0), ("colour", 0)),
)

TOTAL_VARIATION = FilterKind(
    name="total-variation",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Looks for the encoded colours u with the least Σ |∇u| + Σ (u − f)² / 2w, f the picture and w the weight (Rudin, "
        "Osher and Fatemi, 1992), by a given number of rounds u = f − div p, p ← (p − ∇u/4) / (1 + |∇u|/4w), p = 0 at first, "
        "∇ the differences to the right and lower pixel and div p = p − p of the left, and of the upper, pixel (Chambolle, An "
        "algorithm for total variation minimization, 2004). |∇u| is that of all channels together, or of each; between a seen "
        "and a transparent pixel, and across the edge of the picture, ∇u is 0. Opacity stays; what is no number counts as 0.",
    ),
    parameters=TotalVariation,
    function=total_variation,
    reach_of=variation_reach,
    at_scale="rescaled",
)

KINDS = (NON_LOCAL_MEANS, WAVELET_DENOISE, TOTAL_VARIATION)
