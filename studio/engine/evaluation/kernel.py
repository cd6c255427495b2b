"""The kernel distance of two sets: an estimate without bias, whatever their size (Bińkowski et al. 2018, arXiv 1801.01401)."""

from __future__ import annotations

import torch

SUBSETS, SUBSET = 100, 1000
_ROWS = 512


def kernel(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """(x·y / d + 1)³ of each of [n, d] with each of [m, d], [n, m] (there section 4)."""
    return (one @ other.T / one.shape[1] + 1) ** 3


def discrepancies(
    real: torch.Tensor, made: torch.Tensor, of_real: torch.Tensor, of_made: torch.Tensor
) -> torch.Tensor:
    """The squared maximum mean discrepancy of r pairs of subsets, [r], its estimate without bias: below 0 as often as above
    for equal distributions (Gretton et al. 2012, equation 3).

    ``real`` [n, d], ``made`` [m, d]; ``of_real`` [n, r] and ``of_made`` [m, r] are 1 where a picture is of the subset, else 0,
    with at least two in each. The kernel is worked out in strips, for all subsets at once.
    """
    first, second = of_real.sum(0), of_made.sum(0)
    own = _sums(real, real, of_real, of_real) - _diagonal(real) @ of_real
    others = _sums(made, made, of_made, of_made) - _diagonal(made) @ of_made
    between = _sums(real, made, of_real, of_made)
    return own / (first * (first - 1)) + others / (second * (second - 1)) - 2 * between / (first * second)


def _diagonal(values: torch.Tensor) -> torch.Tensor:
    return (values.square().sum(1) / values.shape[1] + 1) ** 3


def _sums(
    one: torch.Tensor, other: torch.Tensor, of_one: torch.Tensor, of_other: torch.Tensor
) -> torch.Tensor:
    """Σ of the kernel over the pairs of each subset, [r]."""
    total = torch.zeros(of_one.shape[1], dtype=of_one.dtype)
    for start in range(0, len(one), _ROWS):
        strip = kernel(one[start : start + _ROWS], other) @ of_other
        total += (of_one[start : start + _ROWS] * strip).sum(0)
    return total


def kernel_distance(real: torch.Tensor, made: torch.Tensor, seed: int) -> float:
    """The mean of :func:`discrepancies` over ``SUBSETS`` pairs of random subsets, drawn without repeats, of ``SUBSET`` pictures, or
    of as many as the smaller set has. 0 where a set has fewer than two."""
    size = min(SUBSET, len(real), len(made))
    if size < 2:
        return 0.0
    draw = torch.Generator().manual_seed(seed)
    chosen = [subsets(len(values), size, SUBSETS, draw) for values in (real, made)]
    return float(discrepancies(real, made, *chosen).mean())


def subsets(count: int, size: int, times: int, draw: torch.Generator) -> torch.Tensor:
    """float64 [count, times]: in each column ``size`` ones among zeros, in random places."""
    ranks = torch.rand(count, times, generator=draw).argsort(0)
    return torch.zeros(count, times, dtype=torch.float64).scatter_(0, ranks[:size], 1.0)
