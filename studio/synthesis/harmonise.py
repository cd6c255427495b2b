"""A pasted picture gets the colours of its surroundings: their mean and contrast along three axes (Reinhard, 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.cloning import over
from studio.synthesis.fusion import Fusion, Steps

AXES = np.array(
    [[1 / 3**0.5] * 3, [1 / 6**0.5, 1 / 6**0.5, -2 / 6**0.5], [1 / 2**0.5, -1 / 2**0.5, 0]], np.float32
)
"""Lightness, yellow–blue, red–green: Reinhard's l, α, β, an orthonormal matrix."""
_LEAST_SPREAD, _MOST_GAIN = np.float32(1e-4), np.float32(3.0)


class Harmonise(msgspec.Struct, frozen=True, kw_only=True):
    strength: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.0, high=1.0, step=0.01)
    ] = 0.7
    contrast: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Contrast"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the contrast around is taken on."),
        ),
    ] = 0.5  # fmt: skip
    reach: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Reach"), low=1, high=2000, soft_high=400, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far around the pasted picture its surroundings go."),
        ),
    ] = 100  # fmt: skip


def statistics(straight: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(mean [3], deviation [3]) along the axes of colours [h, w, 3], weighted [h, w]; zero weights give zeros."""
    total = float(weights.sum(dtype=np.float64))
    if total <= 0:
        return np.zeros(3, np.float32), np.zeros(3, np.float32)
    heed()
    values = straight[..., :3] @ AXES.T
    heed()
    mean = np.einsum("yxc,yx->c", values, weights, dtype=np.float64) / total
    heed()
    values -= mean.astype(np.float32)
    heed()
    values *= values
    heed()
    square = np.einsum("yxc,yx->c", values, weights, dtype=np.float64) / total
    return mean.astype(np.float32), np.sqrt(square).astype(np.float32)


def surroundings(alpha: np.ndarray, reach: int) -> np.ndarray:
    """1 within ``reach`` pixels of what is covered and not covered itself, float32 [h, w]."""
    uncovered = (alpha <= 0).astype(np.uint8)
    if uncovered.all() or not uncovered.any():
        return np.zeros(alpha.shape, np.float32)
    heed()
    distance = cv2.distanceTransform(uncovered, cv2.DIST_L2, 5).reshape(alpha.shape)
    return ((distance > 0) & (distance <= reach)).astype(np.float32)


def part(pictures: Sequence[np.ndarray], parameters: Harmonise, mask: np.ndarray | None) -> Steps:
    """The upper picture in the colours around it, its alpha times the mask; unchanged where nothing lies around it."""
    backdrop, source = pictures
    straight = unpremultiply(source)
    alpha = np.clip(source[..., 3], 0, 1)
    alpha = alpha if mask is None else alpha * mask
    yield 0.2
    around = surroundings(alpha, parameters.reach) * np.clip(backdrop[..., 3], 0, 1)
    yield 0.4
    out = np.empty_like(source)
    out[..., 3] = alpha
    colours = straight[..., :3]
    if around.any() and alpha.any():
        mean, spread = statistics(colours, alpha)
        yield 0.6
        under = unpremultiply(backdrop)[..., :3]
        wanted, wanted_spread = statistics(under, around)
        yield 0.8
        gain = np.clip(wanted_spread / np.maximum(spread, _LEAST_SPREAD), 1 / _MOST_GAIN, _MOST_GAIN)
        gain = np.where(spread > _LEAST_SPREAD, gain, 1)
        gain = 1 + np.float32(parameters.strength * parameters.contrast) * (gain - 1)
        target = mean + np.float32(parameters.strength) * (wanted - mean)
        values = colours @ AXES.T
        heed()
        values -= mean
        heed()
        values *= gain.astype(np.float32)
        heed()
        values += target.astype(np.float32)
        heed()
        colours = values @ AXES
    heed()
    np.maximum(colours, 0, out=out[..., :3])
    heed()
    out[..., :3] *= alpha[..., None]
    return out


def harmonised(pictures: Sequence[np.ndarray], parameters: Harmonise, mask: np.ndarray | None) -> Steps:
    out = pictures[0]
    for source in pictures[1:]:
        found = yield from part((out, source), parameters, mask)
        out = over(out, found)
    return out


FUSIONS = (
    Fusion(
        name="harmonise",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Harmonise with surroundings"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Shifts a pasted picture's colours to those around it: along l = (r + g + b)/√3, α = (r + g − 2b)/√6, "
            "β = (r − g)/√2 of straight encoded colours x' = (x − μ)·(1 + s·c·(σ'/σ − 1)) + μ + s·(μ' − μ), μ and σ mean and "
            "deviation inside, μ' and σ' of what lies within reach around it, s strength, c contrast, σ'/σ between 1/3 and 3 "
            "(Reinhard et al., Color Transfer between Images, 2001).",
        ),
        parameters=Harmonise,
        function=harmonised,
        pasted=part,
        masked=True,
    ),
)
