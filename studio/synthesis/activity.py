"""Exposure fusion and focus stacking whose weights are the activity of a convolutional network, made by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.exposure import mixed, weighed
from studio.synthesis.fusion import Fusion, Steps

ENGINE_FILTER = "activity"
"""The engine filter that gives the maps: the L1 norm of a network's features at each pixel, see its description."""


def _exponent(title: str) -> msgspec.Meta:
    return declare(title, low=0.0, high=4.0, step=0.1)


def _radius() -> msgspec.Meta:
    return declare(
        QT_TRANSLATE_NOOP("recipe", "Radius"), low=0.5, high=50.0, unit="px", step=0.5,
        description=QT_TRANSLATE_NOOP("recipe", "How far around a pixel activity is averaged."),
    )  # fmt: skip


class NetworkFocus(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[float, _radius()] = 4.0


class NetworkExposures(msgspec.Struct, frozen=True, kw_only=True):
    activity: Annotated[float, _exponent(QT_TRANSLATE_NOOP("recipe", "Activity"))] = 1.0
    saturation: Annotated[float, _exponent(QT_TRANSLATE_NOOP("recipe", "Saturation"))] = 1.0
    exposedness: Annotated[float, _exponent(QT_TRANSLATE_NOOP("recipe", "Well-exposedness"))] = 1.0
    radius: Annotated[float, _radius()] = 1.0


def averaged(activity: np.ndarray, radius: float) -> np.ndarray:
    """A map [h, w] averaged by a Gaussian of sigma ``radius`` pixels, the edge repeated."""
    found = cv2.GaussianBlur(activity, (0, 0), radius, borderType=cv2.BORDER_REPLICATE)
    return found.reshape(activity.shape)


def focus_stacked(
    pictures: Sequence[np.ndarray], parameters: NetworkFocus, maps: Sequence[np.ndarray]
) -> Steps:
    straight, best = [], np.zeros(pictures[0].shape[:2], np.float32)
    chosen = np.zeros(best.shape, np.int32)
    for number, (picture, activity) in enumerate(zip(pictures, maps, strict=True)):
        straight.append(unpremultiply(picture))
        yield 0.3 * number / len(pictures)
        found = averaged(activity, parameters.radius) * np.clip(picture[..., 3], 0, 1)
        better = found > best
        chosen[better] = number
        np.maximum(best, found, out=best)
        yield 0.3 * (number + 1) / len(pictures)
    weights = [(chosen == number).astype(np.float32) for number in range(len(pictures))]
    return (yield from mixed(straight, weights))


def exposure_fused(
    pictures: Sequence[np.ndarray], parameters: NetworkExposures, maps: Sequence[np.ndarray]
) -> Steps:
    straight, weights = [], []
    for number, (picture, activity) in enumerate(zip(pictures, maps, strict=True)):
        straight.append(unpremultiply(picture))
        yield 0.3 * number / len(pictures)
        colours = np.clip(straight[-1][..., :3], 0, 1)
        heed()
        weight = averaged(np.maximum(activity, 0), parameters.radius)
        heed()
        weight **= np.float32(parameters.activity)
        weight = weighed(weight, colours, parameters.saturation, parameters.exposedness)
        # A trace for all, so that where none is good they count alike; where transparent, only that of the trace.
        weights.append((weight + np.float32(1e-12)) * np.maximum(picture[..., 3], 1e-6))
        yield 0.3 * (number + 1) / len(pictures)
    return (yield from mixed(straight, weights))


FUSIONS = (
    Fusion(
        name="network-exposure-fusion",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Exposure fusion by a network"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Exposure fusion in which a network sees the contrast: each picture weighs A^a·S^s·E^e, A the L1 norm over the "
            "channels of a small convolutional network's features, averaged by a Gaussian whose sigma is the radius, S and E "
            "as in Mertens' exposure fusion; Laplacian pyramids are mixed by Gaussian pyramids of the normalised weights. "
            "Straight encoded colours (Li, Wu, Kittler, Infrared and Visible Image Fusion using a Deep Learning Framework, "
            "2018; Mertens, Kautz, Van Reeth, Exposure Fusion, 2007).",
        ),
        parameters=NetworkExposures,
        with_maps=exposure_fused,
        engine=ENGINE_FILTER,
    ),
    Fusion(
        name="network-focus-stack",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Focus stack by a network"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Each pixel comes from the picture that a network finds sharpest there: the L1 norm over the channels of a small "
            "convolutional network's features, averaged by a Gaussian whose sigma is the radius in pixels, chooses; the "
            "network was taught to tell sharp from soft in spite of noise. Laplacian pyramids are mixed by Gaussian pyramids "
            "of that choice. Straight encoded colours (Li, Wu, Kittler, Infrared and Visible Image Fusion using a Deep "
            "Learning Framework, 2018; Liu et al., Multi-focus Image Fusion with a Deep Convolutional Neural Network, 2017).",
        ),
        parameters=NetworkFocus,
        with_maps=focus_stacked,
        engine=ENGINE_FILTER,
    ),
)
