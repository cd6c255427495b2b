"""Oil paint: flat patches with sharp edges, by the evenest of four windows around each pixel."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.filters.around import filtered_around, settled
from studio.filters.kind import FilterKind, Place
from studio.filters.planes import LUMA, straight_planes
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare


class Kuwahara(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=1, high=64, soft_high=20, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How large the patches are."),
        ),
    ] = 5  # fmt: skip
    sharpness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharpness"), low=1.0, high=32.0, soft_high=16.0, step=0.5,
            description=QT_TRANSLATE_NOOP("recipe", "How much the evenest window counts before the others."),
        ),
    ] = 8.0  # fmt: skip


LEAST = 1e-3
"""Added to standard deviations: below it windows count as equally even."""


def run_sums(values: np.ndarray, count: int, axis: int) -> np.ndarray:
    """Sums of ``count`` neighbours along an axis, from each that has so many after it.

    Built from sums of 1, 2, 4 … by additions of the same pairs everywhere, so that a tile equals the whole bit for bit,
    which a running sum would not.
    """
    length = values.shape[axis] - count + 1
    made: np.ndarray | None = None
    power, width, start = values, 1, 0
    while width <= count:
        if count & width:
            part = _from(power, start, length, axis)
            made = part if made is None else made + part
            start += width
        if 2 * width <= count:
            size = power.shape[axis] - width
            power = _from(power, 0, size, axis) + _from(power, width, size, axis)
        width *= 2
    assert made is not None
    return made


def _from(values: np.ndarray, start: int, length: int, axis: int) -> np.ndarray:
    return values[start : start + length] if axis == 0 else values[:, start : start + length]


def smoothed(wide: np.ndarray, radius: int, sharpness: float) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] by the four windows of (radius + 1)² pixels that have a pixel in their corner.

    ``wide`` reaches ``radius`` beyond the result on each side.
    """
    colours, alpha = straight_planes(wide)
    weight = alpha.astype(np.float64)
    tone = sum(np.float64(part) * plane for part, plane in zip(LUMA, colours, strict=True))
    cover, first, second, *summed = (
        run_sums(run_sums(plane, radius + 1, 1), radius + 1, 0)
        for plane in (weight, weight * tone, weight * tone * tone, *(plane * alpha for plane in colours))
    )
    # of every window that lies here, whichever of its corners a pixel is in
    safe = np.maximum(cover, 1e-12)
    first /= safe
    second /= safe
    spread = np.sqrt(np.maximum(second - first * first, 0)) + LEAST
    spread = np.where(cover > 1e-9, spread, np.inf).astype(np.float32)
    inverse = (1 / safe).astype(np.float32)
    means = [plane * inverse for plane in summed]
    height, width = wide.shape[0] - 2 * radius, wide.shape[1] - 2 * radius
    corners = [(y, x) for y in (0, radius) for x in (0, radius)]
    spreads = [_at(spread, y, x, height, width) for y, x in corners]
    least = np.minimum.reduce(spreads)
    out, total = np.empty((height, width, 4), np.float32), np.zeros((height, width), np.float32)
    planes = [np.zeros((height, width), np.float32) for _ in range(3)]
    for (y, x), own in zip(corners, spreads, strict=True):
        share = np.power(np.where(np.isfinite(own), least / own, 0), np.float32(sharpness))
        total += share
        for plane, mean in zip(planes, means, strict=True):
            plane += share * _at(mean, y, x, height, width)
    own_alpha = _at(alpha, radius, radius, height, width)
    gain = own_alpha / np.maximum(total, np.float32(1e-20))
    for channel, plane in enumerate(planes):
        np.multiply(plane, gain, out=out[..., channel])
    out[..., 3] = own_alpha
    return out


def _at(plane: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return plane[top : top + height, left : left + width]


def kuwahara(pixels: np.ndarray, parameters: Kuwahara, place: Place) -> np.ndarray:
    radius = round(parameters.radius / (1 << place.level))
    if radius < 1:
        return settled(pixels).copy()

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        with np.errstate(all="ignore"):
            return smoothed(source, radius, parameters.sharpness)

    return filtered_around(pixels, place, radius, work)


def reach(parameters: Kuwahara, scale: int) -> int:
    return round(parameters.radius / (1 << scale))


KUWAHARA = FilterKind(
    name="kuwahara",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Around each pixel lie four square windows of (r + 1)² pixels that have it in a corner, r the radius. Of each the "
        "mean encoded colour mᵢ and the standard deviation sᵢ of luma (Rec. 709) are taken, weighted by opacity; the pixel "
        "becomes Σ mᵢ·wᵢ / Σ wᵢ with wᵢ = (sᵢ + 0.001)^(−q), q the sharpness (Kuwahara et al., 1976; weights of Papari et "
        "al., 2007). Alpha stays; beyond the picture its outermost pixels are repeated.",
    ),
    parameters=Kuwahara,
    function=kuwahara,
    reach_of=reach,
    at_scale="rescaled",
)

KINDS = (KUWAHARA,)
