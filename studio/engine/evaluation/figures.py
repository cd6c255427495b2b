"""The figures of one set of pictures beside another, each with the interval in which it scatters.

Intervals come from the doubled half bootstrap (Antal and Tillé 2014, doi 10.1007/s00180-014-0495-0): each replicate takes a random half
of the real and of the made pictures, without repeats, each of which stands for two. A mean over half of n then scatters as a mean
over n new pictures does. Drawn with repeats, as in Efron's bootstrap, a picture would be its own nearest neighbour, and the
measures that rest on neighbours would be of something else. A smaller set has also another mean (Fréchet distances grow): the
replicates are therefore moved to the figure itself, and the interval says how it scatters at the count that was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import NamedTuple

import torch

from studio.engine.evaluation import measures
from studio.engine.evaluation.kernel import discrepancies, kernel_distance, subsets

REPLICATES = 200
LEVEL = 0.95
SEED = 20_262
SHARES = ("precision", "recall", "coverage")
UNBIASED = "kernel_distance"
"""The only figure that may be below 0."""
METHOD = "doubled half bootstrap (Antal and Tillé 2014), percentiles moved to the figure"


class Figures(NamedTuple):
    """Both by the names of Evaluated; an interval is (low, high) and holds its figure."""

    values: dict[str, float]
    intervals: dict[str, tuple[float, float]]


Measure = Callable[[torch.Tensor, torch.Tensor, measures.Apart], dict[str, float]]
"""Of two sets and the distances between them."""


def neighbourly(real: torch.Tensor, made: torch.Tensor, apart: measures.Apart) -> dict[str, float]:
    """All but the kernel distance; the covariance of D features takes D³ steps in each replicate."""
    return {
        "distance": measures.frechet(real, made),
        "variety": measures.mean_apart(apart.made) / max(measures.mean_apart(apart.real), 1e-9),
        **measures.alikeness(apart),
    }


def figures(
    real: torch.Tensor, made: torch.Tensor, *, measure: Measure = neighbourly
) -> Generator[int, None, Figures]:
    """Kernel distance and what ``measure`` says of features float64 [n, D] and [m, D], n and m ≥ 4. Yields the number of replicates
    done; the same for the same features."""
    draw = torch.Generator().manual_seed(SEED)
    of_real = subsets(len(real), len(real) // 2, REPLICATES, draw)
    of_made = subsets(len(made), len(made) // 2, REPLICATES, draw)
    apart = measures.apart(real, made)
    values = {**measure(real, made, apart), UNBIASED: kernel_distance(real, made, SEED)}
    found: dict[str, list[float]] = {name: [] for name in values}
    found[UNBIASED] = discrepancies(real, made, of_real, of_made).tolist()
    for number in range(REPLICATES):
        first, second = of_real[:, number].nonzero()[:, 0], of_made[:, number].nonzero()[:, 0]
        part = measure(real[first], made[second], apart.part(first, second))
        for name, value in part.items():
            found[name].append(value)
        yield number + 1
    return Figures(values, {name: _interval(name, value, found[name]) for name, value in values.items()})


def ratio(real: torch.Tensor, made: torch.Tensor) -> tuple[float, tuple[float, float]]:
    """The mean of ``made`` [m] by that of ``real`` [n], values ≥ 0 of one picture each, and its interval; 0 where the real have none."""
    draw = torch.Generator().manual_seed(SEED)
    of_real = subsets(len(real), len(real) // 2, REPLICATES, draw)
    of_made = subsets(len(made), len(made) // 2, REPLICATES, draw)
    real, made = real.double(), made.double()
    if float(real.mean()) <= 0:
        return 0.0, (0.0, 0.0)
    value = float(made.mean() / real.mean())
    parts = [
        float(made[of_made[:, number] > 0].mean() / real[of_real[:, number] > 0].mean().clamp_min(1e-12))
        for number in range(REPLICATES)
    ]
    low, high = interval(value, parts)
    return value, (max(low, 0.0), high)


def _interval(name: str, value: float, replicates: list[float]) -> tuple[float, float]:
    low, high = interval(value, replicates)
    if name != UNBIASED:
        low = max(low, 0.0)
    return low, min(high, 1.0) if name in SHARES else high


def interval(value: float, replicates: list[float]) -> tuple[float, float]:
    """The middle ``LEVEL`` of the replicates, moved so that their mean is ``value``, and never beside it."""
    spread = torch.tensor(replicates, dtype=torch.float64)
    outside = (1 - LEVEL) / 2
    ends = (spread - spread.mean()).quantile(torch.tensor([outside, 1 - outside], dtype=torch.float64))
    return value + min(float(ends[0]), 0.0), value + max(float(ends[1]), 0.0)
