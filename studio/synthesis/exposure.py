"""Pictures of one scene with different exposure or focus: exposure fusion and focus stacking, by weighted pyramids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import Fusion, Steps, grey, measured
from studio.synthesis.pyramids import most_levels, weighted

_WELL = np.float32(0.2)
"""Mertens' sigma of well-exposedness around 0.5."""


def _exponent(title: str) -> msgspec.Meta:
    return declare(title, low=0.0, high=4.0, step=0.1)


class Exposures(msgspec.Struct, frozen=True, kw_only=True):
    contrast: Annotated[float, _exponent(QT_TRANSLATE_NOOP("recipe", "Contrast"))] = 1.0
    saturation: Annotated[float, _exponent(QT_TRANSLATE_NOOP("recipe", "Saturation"))] = 1.0
    exposedness: Annotated[float, _exponent(QT_TRANSLATE_NOOP("recipe", "Well-exposedness"))] = 1.0


class Focus(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=0.5, high=50.0, unit="px", step=0.5,
            description=QT_TRANSLATE_NOOP("recipe", "How far around a pixel sharpness is looked for."),
        ),
    ] = 4.0  # fmt: skip


def saturation_of(colours: np.ndarray) -> np.ndarray:
    """Mertens' S: the deviation of the channels from their mean, float32 [h, w]."""
    spread = colours - colours.mean(axis=2, keepdims=True)
    return np.sqrt((spread * spread).sum(axis=2))


def exposedness_of(colours: np.ndarray) -> np.ndarray:
    """Mertens' E: the nearness of all channels to 0.5, float32 [h, w]."""
    return np.exp(-((colours - np.float32(0.5)) ** 2).sum(axis=2) / (2 * _WELL * _WELL))


def quality(straight: np.ndarray, parameters: Exposures) -> np.ndarray:
    """Mertens' W = Cᶜ·Sˢ·Eᵉ, float32 [h, w], of straight encoded colours 0–1."""
    colours = np.clip(straight[..., :3], 0, 1)
    heed()
    light = grey(colours)
    heed()
    found = np.abs(cv2.Laplacian(light, cv2.CV_32F).reshape(colours.shape[:2]))
    heed()
    found **= np.float32(parameters.contrast)
    return weighed(found, colours, parameters.saturation, parameters.exposedness)


def weighed(found: np.ndarray, colours: np.ndarray, saturation: float, exposedness: float) -> np.ndarray:
    """``found`` [h, w], multiplied in place by Mertens' Sˢ and Eᵉ of straight colours 0–1."""
    for measure, power in ((saturation_of, saturation), (exposedness_of, exposedness)):
        amount = measured(measure, colours)
        heed()
        found *= amount ** np.float32(power)
    return found


def sharpness(straight: np.ndarray, radius: float) -> np.ndarray:
    """The modified Laplacian |2I − I₋ − I₊| across plus down, averaged around each pixel by a Gaussian, float32 [h, w]."""
    luma = grey(straight)
    heed()
    across = cv2.filter2D(
        luma, cv2.CV_32F, np.array([[-1, 2, -1]], np.float32), borderType=cv2.BORDER_REPLICATE
    )
    down = cv2.filter2D(
        luma, cv2.CV_32F, np.array([[-1], [2], [-1]], np.float32), borderType=cv2.BORDER_REPLICATE
    )
    heed()
    found = (np.abs(across) + np.abs(down)).reshape(luma.shape)
    heed()
    return cv2.GaussianBlur(found, (0, 0), radius, borderType=cv2.BORDER_REPLICATE).reshape(luma.shape)


def mixed(straight: Sequence[np.ndarray], weights: list[np.ndarray]) -> Steps:
    """Pyramids of straight colours mixed by weights, which are normalised here; alpha is the largest of all."""
    total = sum(weights[1:], weights[0])
    heed()
    shares = [weight / total for weight in weights]
    yield 0.3
    colours = [one[..., :3] for one in straight]
    out = yield from weighted(colours, shares, most_levels(*straight[0].shape[:2]))
    alpha = straight[0][..., 3:]
    for one in straight[1:]:
        alpha = np.maximum(alpha, one[..., 3:])
    heed()
    out *= alpha
    heed()
    return np.concatenate((out, alpha), axis=2)


def exposure_fused(pictures: Sequence[np.ndarray], parameters: Exposures, _mask: np.ndarray | None) -> Steps:
    straight, weights = [], []
    for number, picture in enumerate(pictures):
        straight.append(unpremultiply(picture))
        yield 0.3 * number / len(pictures)
        # A trace for all, so that where none is good they count alike; where transparent, only that of the trace.
        weights.append(
            (quality(straight[-1], parameters) + np.float32(1e-12)) * np.maximum(picture[..., 3], 1e-6)
        )
        yield 0.3 * (number + 1) / len(pictures)
    return (yield from mixed(straight, weights))


def focus_stacked(pictures: Sequence[np.ndarray], parameters: Focus, _mask: np.ndarray | None) -> Steps:
    straight, best = [], np.zeros(pictures[0].shape[:2], np.float32)
    chosen = np.zeros(best.shape, np.int32)
    for number, picture in enumerate(pictures):
        straight.append(unpremultiply(picture))
        yield 0.3 * number / len(pictures)
        found = sharpness(straight[-1], parameters.radius) * np.clip(picture[..., 3], 0, 1)
        better = found > best
        chosen[better] = number
        np.maximum(best, found, out=best)
        yield 0.3 * (number + 1) / len(pictures)
    weights = [(chosen == number).astype(np.float32) for number in range(len(pictures))]
    return (yield from mixed(straight, weights))


FUSIONS = (
    Fusion(
        name="exposure-fusion",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Exposure fusion"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The best exposed parts of a bracketed series: each picture weighs C^c·S^s·E^e, C the amount of the Laplacian of "
            "its luma, S the deviation of its channels from their mean, E the product over the channels of "
            "exp(−(x − 0.5)² / 0.08); Laplacian pyramids are mixed by Gaussian pyramids of the normalised weights. "
            "Straight encoded colours (Mertens, Kautz, Van Reeth, Exposure Fusion, 2007).",
        ),
        parameters=Exposures,
        function=exposure_fused,
    ),
    Fusion(
        name="focus-stack",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Focus stack"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Each pixel comes from the picture that is sharpest there: the modified Laplacian |2I − Il − Ir| + |2I − Iu − Id| "
            "of the luma, averaged by a Gaussian whose sigma is the radius in pixels (Nayar, Nakagawa, Shape from Focus, "
            "1994), chooses; Laplacian pyramids are mixed by Gaussian pyramids of that choice. Straight encoded colours.",
        ),
        parameters=Focus,
        function=focus_stacked,
    ),
)
