"""Measures of a set of pictures beside another one: how far apart, how varied, which of one is nearly in the other.

Pictures are described by an untrained network with fixed random filters, which is enough to tell sets of pictures apart and
belongs to no data set (Naeem et al., "Reliable fidelity and diversity metrics", 2020, arXiv 2002.09797, section 5).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as functional

from studio.engine.training.losses import RandomFeatures

_PLACES = 4
_COLOUR = 8
_BATCH = 64
_LEAST = 1e-6


class Described(NamedTuple):
    """``whole`` float64 [B, 134]: means and deviations of each feature and colour over the picture. ``places`` float32
    [B, 1216]: features and colours in fields of the picture, so that a copy lies near and another picture of its kind does not."""

    whole: torch.Tensor
    places: torch.Tensor


@torch.inference_mode()
def described(pictures: torch.Tensor, features: RandomFeatures) -> Described:
    """Of colour pictures [B, 3, S, S] in −1…1."""
    whole, places = [], []
    for part in pictures.float().split(_BATCH):
        deep = features(part, torch.float32)[-1]
        planes = (deep.flatten(2), part.flatten(2))
        numbers = [one for plane in planes for one in (plane.mean(2), plane.std(2, correction=0))]
        whole.append(torch.cat(numbers, 1).double())
        fields = (
            functional.adaptive_avg_pool2d(deep, _PLACES),
            functional.adaptive_avg_pool2d(part, _COLOUR),
        )
        places.append(torch.cat([one.flatten(1) for one in fields], 1))
    return Described(torch.cat(whole), torch.cat(places))


def standardised(real: torch.Tensor, *others: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """All [n, D] less the mean of ``real`` and divided by its deviations, so that no feature counts more than another."""
    mean, deviation = real.mean(0), real.std(0, correction=0).clamp_min(1e-3)
    return tuple((one - mean) / deviation for one in (real, *others))


def frechet(one: torch.Tensor, other: torch.Tensor) -> float:
    """The Fréchet distance of the normal distributions of two sets [n, D] and [m, D], float64.

    |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), the root through Σ₁^½ Σ₂ Σ₁^½, which is symmetric (Heusel et al. 2017, arXiv
    1706.08500, equation 6; there over another network's features, so that the numbers are no FID).
    """
    means = (one.mean(0) - other.mean(0)).square().sum()
    first, second = _covariance(one), _covariance(other)
    values, vectors = torch.linalg.eigh(first)
    root = vectors @ torch.diag(values.clamp_min(0).sqrt()) @ vectors.T
    between = torch.linalg.eigvalsh(root @ second @ root).clamp_min(0).sqrt().sum()
    return max(float(means + first.trace() + second.trace() - 2 * between), 0.0)


def _covariance(values: torch.Tensor) -> torch.Tensor:
    apart = values - values.mean(0)
    return apart.T @ apart / max(len(values) - 1, 1)


def spread(values: torch.Tensor) -> float:
    """The mean distance between two different ones of [n, D]; 0 for a single one."""
    if len(values) < 2:
        return 0.0
    return float(torch.pdist(values).mean())


def fidelity(real: torch.Tensor, made: torch.Tensor, k: int = 3) -> tuple[float, float]:
    """(precision, recall) 0–1 of ``made`` [m, D] beside ``real`` [n, D].

    Precision: the share of the made that lie among real ones, within the distance of some real one to its k-th nearest;
    recall: the share of the real that lie so among the made (Kynkäänniemi et al. 2019, arXiv 1904.06991, equations 1 and 2).
    """
    return _inside(made, real, k), _inside(real, made, k)


def _inside(points: torch.Tensor, manifold: torch.Tensor, k: int) -> float:
    if len(manifold) < 2:
        return 0.0
    own = torch.cdist(manifold, manifold)
    radii = own.kthvalue(min(k, len(manifold) - 1) + 1, 1).values
    return float((torch.cdist(points, manifold) <= radii + _LEAST).any(1).double().mean())


class Neighbours(NamedTuple):
    """``distances`` [m, k] and ``numbers`` int64 [m, k] of the nearest of another set, the nearest first."""

    distances: torch.Tensor
    numbers: torch.Tensor


def nearest(made: torch.Tensor, real: torch.Tensor, mirrored: torch.Tensor | None, k: int) -> Neighbours:
    """The ``k`` of ``real`` [n, D] next to each of ``made`` [m, D]; each counts as it is or as ``mirrored``, whichever is nearer."""
    apart = torch.cdist(made, real)
    if mirrored is not None:
        apart = torch.minimum(apart, torch.cdist(made, mirrored))
    found = apart.topk(min(k, len(real)), largest=False)
    return Neighbours(found.values, found.indices)


def usual_gap(real: torch.Tensor, mirrored: torch.Tensor | None, share: float = 0.05) -> float:
    """What only ``share`` of the real are nearer to their nearest other: below it lie near copies. 0 for a single one."""
    if len(real) < 2:
        return 0.0
    apart = torch.cdist(real, real)
    if mirrored is not None:
        apart = torch.minimum(apart, torch.cdist(real, mirrored))
    apart.fill_diagonal_(torch.inf)
    return float(apart.min(1).values.quantile(share))


def voted(numbers: torch.Tensor, labels: torch.Tensor, classes: int) -> torch.Tensor:
    """The class [m] that most of the neighbours ``numbers`` [m, k] have; of several the one with the nearest of them."""
    votes = torch.nn.functional.one_hot(labels[numbers], classes).double()
    weights = 1 - 1e-3 * torch.arange(numbers.shape[1], dtype=torch.float64)
    return (votes * weights[None, :, None]).sum(1).argmax(1)
