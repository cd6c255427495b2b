"""Pictures and runs for the tests of fusion."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import cv2
import numpy as np

from studio.raster.colour import unpremultiply
from studio.synthesis.exposure import sharpness
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.fusion import finite


def done(steps: Generator[float, None, np.ndarray]) -> np.ndarray:
    """The result of work in steps; each part told lies in 0–1."""
    while True:
        try:
            part = next(steps)
        except StopIteration as end:
            return end.value
        assert 0 <= part <= 1


def fused(
    name: str, pictures: Sequence[np.ndarray], mask: np.ndarray | None = None, **values: Any
) -> np.ndarray:
    fusion = FUSIONS[name]
    return done(fusion.fuse(pictures, fusion.parameters(**values), mask, maps=maps_for(name, pictures)))


def maps_for(name: str, pictures: Sequence[np.ndarray]) -> list[np.ndarray]:
    """In place of a network's maps, for the methods that need them: the classical sharpness."""
    if not FUSIONS[name].engine:
        return []
    return [sharpness(unpremultiply(finite(one)), 1.0) for one in pictures]


def noise(seed: int, height: int = 40, width: int = 50, sigma: float = 0.0) -> np.ndarray:
    """Opaque float32 [h, w, 4] over the whole range."""
    pixels = np.random.default_rng(seed).random((height, width, 4), np.float32)
    if sigma:
        pixels = cv2.GaussianBlur(pixels, (0, 0), sigma)
        pixels = (pixels - pixels.min()) / np.ptp(pixels)
    pixels[..., 3] = 1
    return pixels


def glassy(seed: int, height: int = 40, width: int = 50) -> np.ndarray:
    """Premultiplied, transparent here, half there."""
    pixels = noise(seed, height, width)
    alpha = np.clip(np.random.default_rng(seed + 100).random((height, width), np.float32) * 2 - 0.5, 0, 1)
    return pixels * alpha[..., None]
