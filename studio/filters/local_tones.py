"""Tone mapping that looks around: large differences of light are made smaller, small ones next to each other stay."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.around import filtered_around, inner_of, premultiplied, straight_planes
from studio.filters.kind import FilterKind, Place
from studio.filters.planes import finite, from_light, luma, to_light
from studio.filters.smoothing import box_means
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

GREY = math.log2(0.18)
"""Middle grey in stops of linear light: what keeps its lightness."""
_FLOOR = np.float32(2.0**-10)
"""Darker light counts as this when areas are looked for: there is more noise in it than picture."""


class LocalTones(msgspec.Struct, frozen=True, kw_only=True):
    compression: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Compression"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How much the difference between bright and dark areas shrinks; at 1 all are equally light."
            ),
        ),
    ] = 0.5  # fmt: skip
    detail: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Detail"), low=0.0, high=4.0, step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "Contrast of what is smaller than the radius; 1 leaves it."),
        ),
    ] = 1.0  # fmt: skip
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=1.0, high=500.0, soft_high=100.0, step=1.0, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How large an area is."),
        ),
    ] = 30.0  # fmt: skip
    edge: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Edges from"), low=0.05, high=4.0, step=0.05, unit="EV",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Greater steps of light are edges of areas, which get no halo; smaller ones are detail."
            ),
        ),
    ] = 0.8  # fmt: skip
    exposure: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Exposure"), low=-10.0, high=10.0, step=0.05, unit="EV")
    ] = 0.0
    saturation: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Saturation"), low=0.0, high=2.0, step=0.01)
    ] = 1.0


def _half(parameters: LocalTones, level: int) -> float:
    return max(0.5, ((2 * parameters.radius + 1) / (1 << level) - 1) / 2)


def local_reach(parameters: LocalTones, scale: int) -> int:
    return 2 * math.ceil(_half(parameters, scale))


def local_tones(pixels: np.ndarray, parameters: LocalTones, place: Place) -> np.ndarray:
    half, reach = _half(parameters, place.level), local_reach(parameters, place.level)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        *colours, alpha = straight_planes(source)
        colours = [finite(plane) for plane in colours]
        exposed = np.float32(2.0**parameters.exposure)
        light = [to_light(np.maximum(plane, 0)) * exposed for plane in colours]
        tone = np.log2(np.maximum(luma(light), _FLOOR))
        base = inner_of(_areas(tone, alpha, half, np.float32(parameters.edge**2)), reach)
        own, inner = inner_of(source, reach), inner_of(tone, reach)
        new = np.float32(GREY) + np.float32(1 - parameters.compression) * (base - np.float32(GREY))
        new += np.float32(parameters.detail) * (inner - base)
        gain = np.exp2(new - inner)
        made = _relit([inner_of(plane, reach) for plane in light], gain, parameters.saturation)
        return premultiplied(np.stack([finite(from_light(plane)) for plane in made]), own)

    return filtered_around(pixels, place, reach, work)


def _areas(tone: np.ndarray, alpha: np.ndarray, half: float, penalty: np.float32) -> np.ndarray:
    """The areas of a tone [h, w]: the guided filter by itself (He, Sun and Tang, equations 5, 6 and 8), weighted by opacity; its
    edges are meaningless."""
    weight = box_means(alpha, half)
    inverse = np.divide(1, weight, out=np.zeros_like(weight), where=weight > 0)

    def means(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return tuple(box_means(plane * alpha, half).reshape(tone.shape) * inverse for plane in (one, other))  # type: ignore[return-value]

    mean, square = means(tone, tone * tone)
    variance = np.maximum(square - mean * mean, 0)
    slope = variance / (variance + penalty)
    slope, offset = means(slope, mean - slope * mean)
    return slope * tone + offset


def _relit(light: list[np.ndarray], gain: np.ndarray, saturation: float) -> list[np.ndarray]:
    """The colours of linear light whose luminance Y is multiplied: gain · Y (x / Y)^s."""
    if saturation == 1:
        return [plane * gain for plane in light]
    old = luma(light)
    parts = (np.divide(plane, old, out=np.zeros_like(plane), where=old > 0) for plane in light)
    return [np.power(part, np.float32(saturation)) * old * gain for part in parts]


LOCAL_TONES = FilterKind(
    name="local-tone-mapping",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In linear light x of sRGB (IEC 61966-2-1) times 2^E, negative values as 0, with the luminance Y (Rec. 709) "
        "and l = log2 max(Y, 2⁻¹⁰): b is l under a guided filter by itself (He, Sun and Tang, Guided image filtering, 2013): in each "
        "square of side 2r + 1, r the radius, a = v / (v + t²) with v the variance of l there and t the edge in stops, and b is "
        "the mean of a · l + (1 − a) · m, m the mean of l in the square and l the pixel's own, over all squares that hold it. Then l' = g + (1 − C)(b − g) + "
        "D (l − b), g = log2 0.18, C the compression, D the detail, and x' = 2^(l' − l) · Y · (x / Y)^s, s the saturation, is encoded "
        "again (base and detail: Durand and Dorsey, Fast bilateral filtering for high-dynamic-range images, 2002). All means are "
        "weighted by opacity, which stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number "
        "counts as 0.",
    ),
    parameters=LocalTones,
    function=local_tones,
    reach_of=local_reach,
    at_scale="rescaled",
)

KINDS = (LOCAL_TONES,)
