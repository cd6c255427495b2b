"""Simple measures of a landscape's pixels, one for each slider: the larger, the more of it there is.

Each takes pictures [B, 64, 64, 3] in 0…1 and gives [B]. They know where things stand in a landscape, not what a model does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

SIDE = 64


def lightness(pictures: np.ndarray) -> np.ndarray:
    """Luma of Rec. 709, [B, 64, 64]."""
    return pictures @ np.array([0.2126, 0.7152, 0.0722])


def mist(pictures: np.ndarray) -> np.ndarray:
    """Little contrast from row to row in the middle, where the ridges stand."""
    middle = lightness(pictures)[:, 20:42]
    return -np.abs(np.diff(middle, axis=1)).mean((1, 2)) / middle.mean((1, 2))


def height(pictures: np.ndarray) -> np.ndarray:
    """How far up, mean of the columns, something stands out from its sky."""
    light = lightness(pictures)
    sky = light[:, 1:5].mean(1)
    apart = np.abs(light - sky[:, None])[:, :50] > 0.1 * light[:, 2:6].mean((1, 2))[:, None, None]
    return 1 - np.where(apart.any(1), apart.argmax(1), 50).mean(1) / SIDE


def peak(pictures: np.ndarray) -> np.ndarray:
    """Where, from left to right, the dark of the ridges has its middle."""
    light = lightness(pictures)
    dark = np.clip(light[:, 1:5].mean(1)[:, None] - light, 0, None)[:, 6:36].sum(1)
    return (dark * np.arange(SIDE)).sum(1) / dark.sum(1) / SIDE


def water(pictures: np.ndarray) -> np.ndarray:
    """How much lighter a low band is, where only high water reaches, than one that is shore either way."""
    light = lightness(pictures)
    return (light[:, 46:52].mean((1, 2)) - light[:, 34:40].mean((1, 2))) / light.mean((1, 2))


def night(pictures: np.ndarray) -> np.ndarray:
    """Darkness."""
    return -lightness(pictures).mean((1, 2))


def snow(pictures: np.ndarray) -> np.ndarray:
    """A sky that is cold: blue above red."""
    sky = pictures[:, :12]
    return (sky[..., 2] - sky[..., 0]).mean((1, 2)) / lightness(sky).mean((1, 2))


def pigment(pictures: np.ndarray) -> np.ndarray:
    """Green above red where the ridges stand."""
    ridges = pictures[:, 16:44]
    return np.clip(ridges[..., 1] - ridges[..., 0], 0, None).mean((1, 2)) / lightness(ridges).mean((1, 2))


def dusk(pictures: np.ndarray) -> np.ndarray:
    """A warm horizon: red above blue."""
    low = pictures[:, 24:40]
    return (low[..., 0] - low[..., 2]).mean((1, 2)) / lightness(low).mean((1, 2))


MEASURES: Mapping[str, Callable[[np.ndarray], np.ndarray]] = MappingProxyType(
    {one.__name__: one for one in (mist, height, peak, water, night, snow, pigment, dusk)}
)
"""By the slider's name."""
