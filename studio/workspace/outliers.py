"""What a model with an encoder draws worse than usual of a picture, as a mask."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from studio.raster import resample
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP, declare

LEAST = 1.0
"""Level of 255 below which no deviation counts: what is always drawn right would stand out by nothing."""


class Outliers(msgspec.Struct, frozen=True, kw_only=True):
    """From how many standard deviations beyond the usual error on a place is an outlier."""

    threshold: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Beyond the usual"), low=0.5, high=12.0, step=0.1, unit="σ"),
    ] = 3.0


def scores(error: np.ndarray, usual: np.ndarray, *, own: bool) -> np.ndarray:
    """float32 [S, S]: standard deviations by which ``error`` [S, S, 1] is beyond ``usual`` [S, S, 2] at each place.

    ``own``: the usual error is that of the model's own pictures, which it draws better than any other; it is raised to the level of this
    picture, and counted in how far above its middle the worst sixth of it begins, so that only places count that stand out from the rest.
    """
    mean, deviation, found = usual[..., 0], usual[..., 1], error[..., 0]
    level = max(1.0, float(np.median(found) / max(float(np.median(mean)), 1e-3))) if own else 1.0
    beyond = (found - level * mean) / np.maximum(level * deviation, LEAST)
    if own:  # of a normal distribution 84 of 100 are below one deviation
        middle, high = np.percentile(beyond, (50, 84))
        beyond = (beyond - max(middle, 0.0)) / max(high - middle, 1.0)
    return beyond.astype(np.float32)


def strength(found: np.ndarray, threshold: float) -> np.ndarray:
    """float32 [S, S] 0–1 of scores: half at the threshold, all and nothing half a deviation away."""
    return np.clip(found - threshold + 0.5, 0, 1)


def mask_of(found: np.ndarray, threshold: float, place: Rect) -> Mask:
    """The outliers over ``place`` of the document; nothing beside it."""
    small = strength(found, threshold).astype(np.float32)
    rgba = np.repeat(small[..., None], 4, -1)
    large = np.clip(resample.resize(rgba, place.width, place.height, "linear")[..., 3], 0, 1)
    return Mask.from_pixels(large, place.left, place.top)
