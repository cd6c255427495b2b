"""Smoothing that keeps edges: bilateral, guided and surface blur. Alpha stays; a neighbour counts by its opacity."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.around import filtered_around, inner_of, premultiplied, share, straight_planes
from studio.filters.kind import FilterKind, Place
from studio.filters.sharpen import lightness_of
from studio.filters.smoothing import box_means
from studio.raster import neighbours
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

Guide = Literal["lightness", "colours"]
CHOICES = (QT_TRANSLATE_NOOP("recipe", "lightness"), QT_TRANSLATE_NOOP("recipe", "colours"))


class Bilateral(msgspec.Struct, frozen=True, kw_only=True):
    spatial: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spatial sigma"),
            low=0.1,
            high=25.0,
            soft_high=10.0,
            step=0.1,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far a pixel looks around; cut off at twice this distance."
            ),
        ),
    ] = 3.0
    tonal: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tonal sigma"),
            low=0.001,
            high=2.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Colours that differ by much more are not mixed; 1 is the full range of one channel.",
            ),
        ),
    ] = 0.1


class SurfaceBlur(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=1,
            high=50,
            soft_high=20,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Pixels farther away do not count."),
        ),
    ] = 5
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.001,
            high=1.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "From 2.5 times this difference on a neighbour does not count; 1 is the full range."
            ),
        ),
    ] = 0.1


class GuidedFilter(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=1,
            high=200,
            soft_high=50,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Half the side of the squares in which colours are fitted."
            ),
        ),
    ] = 8
    tonal: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tonal sigma"),
            low=0.005,
            high=1.0,
            soft_high=0.5,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Texture weaker than this standard deviation is smoothed; 1 is the full range."
            ),
        ),
    ] = 0.1
    guide: Annotated[
        Guide,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Guide"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "What says where edges are. Lightness: fast. Colours: also keeps edges between hues that are equally light.",
            ),
        ),
    ] = "lightness"


def bilateral_reach(parameters: Bilateral, scale: int) -> int:
    return math.ceil(2 * parameters.spatial / (1 << scale))


def bilateral(pixels: np.ndarray, parameters: Bilateral, place: Place) -> np.ndarray:
    radius = bilateral_reach(parameters, place.level)
    spatial = parameters.spatial * share(place)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        planes = straight_planes(source)
        smooth = neighbours.bilateral(planes, radius, radius, spatial, parameters.tonal)
        return premultiplied(smooth, inner_of(source, radius))

    return filtered_around(pixels, place, radius, work)


def surface_reach(parameters: SurfaceBlur, scale: int) -> int:
    return max(1, round(parameters.radius / (1 << scale)))


def surface_blur(pixels: np.ndarray, parameters: SurfaceBlur, place: Place) -> np.ndarray:
    radius = surface_reach(parameters, place.level)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        smooth = neighbours.surface(straight_planes(source), radius, radius, parameters.threshold)
        return premultiplied(smooth, inner_of(source, radius))

    return filtered_around(pixels, place, radius, work)


def _guided_half(parameters: GuidedFilter, level: int) -> float:
    return max(0.5, ((2 * parameters.radius + 1) / (1 << level) - 1) / 2)


def guided_reach(parameters: GuidedFilter, scale: int) -> int:
    return 2 * math.ceil(_guided_half(parameters, scale))


def guided_filter(pixels: np.ndarray, parameters: GuidedFilter, place: Place) -> np.ndarray:
    half, reach = _guided_half(parameters, place.level), guided_reach(parameters, place.level)
    fit = _fitted_to_lightness if parameters.guide == "lightness" else _fitted_to_colour

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        planes = straight_planes(source)
        colours, alpha = np.ascontiguousarray(np.moveaxis(planes[:3], 0, -1)), planes[3]
        weight = box_means(alpha, half)
        inverse = np.divide(1, weight, out=np.zeros_like(weight), where=weight > 0)

        def mean(values: np.ndarray) -> np.ndarray:
            """Of what is seen around each pixel, by its opacity."""
            weighted = values * alpha[..., None]
            return box_means(weighted, half).reshape(values.shape) * inverse[..., None]

        smooth = inner_of(fit(colours, mean, np.float32(parameters.tonal**2)), reach)
        own = inner_of(source, reach)
        return premultiplied(np.moveaxis(smooth, -1, 0), own)

    return filtered_around(pixels, place, reach, work)


def _fitted_to_lightness(colours: np.ndarray, mean, epsilon: np.float32) -> np.ndarray:
    """He, Sun and Tang, equations 5, 6 and 8, the guide a single channel."""
    guide = lightness_of(colours)[..., None]
    means = mean(np.concatenate([colours, guide, guide * guide], -1))
    middle, guide_mean = means[..., :3], means[..., 3:4]
    variance = means[..., 4:5] - guide_mean * guide_mean
    covariance = mean(colours * guide) - middle * guide_mean
    slope = covariance / (np.maximum(variance, 0) + epsilon)
    lines = mean(np.concatenate([slope, middle - slope * guide_mean], -1))
    return lines[..., :3] * guide + lines[..., 3:]


def _fitted_to_colour(colours: np.ndarray, mean, epsilon: np.float32) -> np.ndarray:
    """He, Sun and Tang, their filter for a colour guide: here the picture's own three channels."""
    middle = mean(colours)
    pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
    products = mean(np.stack([colours[..., i] * colours[..., j] for i, j in pairs], -1))
    rr, rg, rb, gg, gb, bb = (
        products[..., k] - middle[..., i] * middle[..., j] for k, (i, j) in enumerate(pairs)
    )
    covariance = np.stack([np.stack(row, -1) for row in ((rr, rg, rb), (rg, gg, gb), (rb, gb, bb))], -2)
    sigma = covariance.astype(np.float64) + float(epsilon) * np.eye(3)
    # the guide is the input, so the slopes (one row for each output channel) are covariance · (covariance + ε)⁻¹
    slope = np.matmul(covariance, _inverse(sigma)).astype(np.float32)
    offset = middle - _times(slope, middle)
    lines = mean(np.concatenate([slope.reshape(*slope.shape[:2], 9), offset], -1))
    return _times(lines[..., :9].reshape(slope.shape), colours) + lines[..., 9:]


def _times(matrices: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    return sum(matrices[..., i] * vectors[..., i : i + 1] for i in range(3))  # type: ignore[return-value]


def _inverse(m: np.ndarray) -> np.ndarray:
    """Of symmetric 3 × 3 matrices [..., 3, 3], by cofactors."""
    a, b, c, d, e, f = m[..., 0, 0], m[..., 0, 1], m[..., 0, 2], m[..., 1, 1], m[..., 1, 2], m[..., 2, 2]
    first, second, third = d * f - e * e, c * e - b * f, b * e - c * d
    determinant = a * first + b * second + c * third
    fifth, sixth, last = a * f - c * c, b * c - a * e, a * d - b * b
    out = np.stack([first, second, third, second, fifth, sixth, third, sixth, last], -1).reshape(m.shape)
    return out / determinant[..., None, None]


BILATERAL = FilterKind(
    name="bilateral",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each encoded colour c₀ by the mean of the colours c around it with weights "
        "a · exp(−d² / 2s²) · exp(−|c − c₀|² / 2t²): d the distance up to 2s, s the spatial and t the tonal sigma, "
        "|c − c₀| the Euclidean distance of red, green and blue, a the opacity; opacity itself stays (Tomasi and "
        "Manduchi, Bilateral filtering for gray and color images, 1998). Beyond the edge of the picture its outermost "
        "pixels are repeated; what is no number counts as 0.",
    ),
    parameters=Bilateral,
    function=bilateral,
    reach_of=bilateral_reach,
    at_scale="rescaled",
)

SURFACE_BLUR = FilterKind(
    name="surface-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each encoded colour value x₀ of each channel by the mean of the values x no farther than the radius "
        "with weights a · max(0, 1 − |x − x₀| / 2.5 t): t the threshold, a the opacity; opacity itself stays. The "
        "triangular weight is that of a local M-smoother (Chu et al., Edge-preserving smoothers, 1998). Beyond the edge "
        "of the picture its outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=SurfaceBlur,
    function=surface_blur,
    reach_of=surface_reach,
    at_scale="rescaled",
)

GUIDED_FILTER = FilterKind(
    name="guided-filter",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In every square of side 2r + 1 the encoded colours c are fitted by a line c = A g + b of the guide g with the "
        "penalty t² |A|², r the radius and t the tonal sigma; each pixel gets the mean of A and b of all squares that "
        "hold it. The guide is the lightness 0.2126 R + 0.7152 G + 0.0722 B or the colour itself (He, Sun and Tang, "
        "Guided image filtering, 2013). All means are weighted by opacity, which stays. Beyond "
        "the edge of the picture its outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=GuidedFilter,
    function=guided_filter,
    reach_of=guided_reach,
    at_scale="rescaled",
)

KINDS = (BILATERAL, SURFACE_BLUR, GUIDED_FILTER)
