"""Statistics over a stack of pictures, pixel by pixel: mean, median, lightest, darkest, and the mean without outliers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import Fusion, Steps, by_strips

Statistic = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""(values [n, …], present [n, …] bool) → [...]; where nothing is present anything finite."""


class Stack(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing to set."""


class Clipping(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"), low=0.5, high=10.0, step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Values further from the median than so many standard deviations do not count."
            ),
        ),
    ] = 2.0  # fmt: skip
    passes: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Passes"), low=1, high=10)] = 5


def mean(values: np.ndarray, present: np.ndarray) -> np.ndarray:
    count = np.maximum(present.sum(0), 1)
    return np.where(present, values, 0).sum(0, dtype=np.float32) / count.astype(np.float32)


def median(values: np.ndarray, present: np.ndarray) -> np.ndarray:
    ranked = np.sort(np.where(present, values, np.float32(np.inf)), axis=0)
    count = np.maximum(present.sum(0), 1)
    low = np.take_along_axis(ranked, ((count - 1) // 2)[None], 0)[0]
    high = np.take_along_axis(ranked, (count // 2)[None], 0)[0]
    return np.where(present.any(0), (low + high) * np.float32(0.5), 0)


def largest(values: np.ndarray, present: np.ndarray) -> np.ndarray:
    found = np.where(present, values, np.float32(-np.inf)).max(0)
    return np.where(present.any(0), found, 0)


def smallest(values: np.ndarray, present: np.ndarray) -> np.ndarray:
    found = np.where(present, values, np.float32(np.inf)).min(0)
    return np.where(present.any(0), found, 0)


def clipped_mean(values: np.ndarray, present: np.ndarray, sigma: float, passes: int) -> np.ndarray:
    """Pass by pass what lies further than ``sigma`` deviations from the median is left out; then the mean."""
    kept = present
    for _ in range(passes):
        centre = median(values, kept)
        spread = np.where(kept, values - mean(values, kept), 0)
        count = np.maximum(kept.sum(0), 1).astype(np.float32)
        limit = np.float32(sigma) * np.sqrt((spread * spread).sum(0) / count)
        left = kept & (np.abs(values - centre) <= limit + np.float32(1e-7))
        if bool((left == kept).all()):
            break
        kept = left
    return mean(values, kept)


def _stacked(pictures: Sequence[np.ndarray], statistic: Statistic) -> Steps:
    def work(parts: list[np.ndarray], _mask: np.ndarray | None, _top: int) -> np.ndarray:
        values = np.stack([unpremultiply(part) for part in parts])
        alpha = values[..., 3:]
        out = np.empty_like(parts[0])
        out[..., 3:] = statistic(alpha, np.ones(alpha.shape, bool))
        present = np.broadcast_to(alpha > 0, values[..., :3].shape)
        out[..., :3] = statistic(values[..., :3], present) * out[..., 3:]
        return out

    return (yield from by_strips(pictures, None, work))


def _plain(statistic: Statistic):
    def function(pictures: Sequence[np.ndarray], _parameters: Stack, _mask: np.ndarray | None) -> Steps:
        return (yield from _stacked(pictures, statistic))

    return function


def sigma_clipped(pictures: Sequence[np.ndarray], parameters: Clipping, _mask: np.ndarray | None) -> Steps:
    def statistic(values: np.ndarray, present: np.ndarray) -> np.ndarray:
        return clipped_mean(values, present, parameters.sigma, parameters.passes)

    return (yield from _stacked(pictures, statistic))


FUSIONS = (
    Fusion(
        name="median",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Median of the stack"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The middle value of all pictures at each pixel, the mean of the two middle ones for an even number: passers-by "
            "and dust go. Straight encoded colours, each channel alone; transparent pixels do not count, alpha is the median "
            "of all alphas (Tukey, Exploratory Data Analysis, 1977).",
        ),
        parameters=Stack,
        function=_plain(median),
        local=True,
    ),
    Fusion(
        name="mean",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Mean of the stack"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The sum of all pictures at each pixel divided by their number: noise falls by its root. Straight encoded "
            "colours; transparent pixels do not count, alpha is the mean of all alphas.",
        ),
        parameters=Stack,
        function=_plain(mean),
        local=True,
    ),
    Fusion(
        name="maximum",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Lightest of the stack"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The largest value of all pictures at each pixel: star trails and fireworks. Straight encoded colours, each "
            "channel alone; transparent pixels do not count, alpha is the largest of all alphas.",
        ),
        parameters=Stack,
        function=_plain(largest),
        local=True,
    ),
    Fusion(
        name="minimum",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Darkest of the stack"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The smallest value of all pictures at each pixel. Straight encoded colours, each channel alone; transparent "
            "pixels do not count, alpha is the smallest of all alphas.",
        ),
        parameters=Stack,
        function=_plain(smallest),
        local=True,
    ),
    Fusion(
        name="sigma-clip",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Sigma-clipped mean"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The mean of what is left when, pass by pass, values further from the median than sigma standard deviations are "
            "taken out, until nothing more goes. Straight encoded colours, each channel alone; transparent pixels do not "
            "count, alpha is treated alike (astropy.stats.sigma_clip).",
        ),
        parameters=Clipping,
        function=sigma_clipped,
        local=True,
    ),
)
