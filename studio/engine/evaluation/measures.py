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
_FEW, _SOME = 3, 5
"""The k of precision and recall, and that of density and coverage."""


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


class Apart(NamedTuple):
    """Distances float64 between the real ones [n, n], between the made ones [m, m], and of each made one from each real one [m, n]."""

    real: torch.Tensor
    made: torch.Tensor
    between: torch.Tensor

    def part(self, real: torch.Tensor, made: torch.Tensor) -> Apart:
        """Of those with these numbers alone."""
        return Apart(self.real[real][:, real], self.made[made][:, made], self.between[made][:, real])


def apart(real: torch.Tensor, made: torch.Tensor) -> Apart:
    """Of two sets [n, D] and [m, D]; exact, so that equal ones have the distance 0."""
    return Apart(_distances(real, real), _distances(made, made), _distances(made, real))


def _distances(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return torch.cdist(one, other, compute_mode="donot_use_mm_for_euclid_dist")


def mean_apart(own: torch.Tensor) -> float:
    """The mean distance between two different ones of a set with the distances [n, n]; 0 for a single one."""
    count = len(own)
    return float(own.sum()) / (count * (count - 1)) if count > 1 else 0.0


def alikeness(found: Apart) -> dict[str, float]:
    """Of the made beside the real; the ball of one reaches as far as its k-th nearest of its own set.

    ``precision``: the share of the made that lie in the ball of some real one, ``recall``: of the real that lie in the ball of some
    made one, k = 3 (Kynkäänniemi et al. 2019, arXiv 1904.06991, equations 1 and 2). ``density``: in how many balls of real ones
    a made one lies, in the mean and divided by k, which is 1 for sets alike and may be more; ``coverage``: the share of the real
    whose ball holds some made one, k = 5 (Naeem et al. 2020, arXiv 2002.09797, equations 3 and 4). All 0 for a single one.
    """
    if len(found.real) < 2 or len(found.made) < 2:
        return {"precision": 0.0, "recall": 0.0, "density": 0.0, "coverage": 0.0}
    near, wide = _radii(found.real, (_FEW, _SOME))
    (made,) = _radii(found.made, (_FEW,))
    inside = found.between <= wide
    return {
        "precision": _share((found.between <= near).any(1)),
        "recall": _share((found.between <= made[:, None]).any(0)),
        "density": float(inside.sum(1).double().mean()) / min(_SOME, len(found.real) - 1),
        "coverage": _share(inside.any(0)),
    }


def _radii(own: torch.Tensor, wanted: tuple[int, ...]) -> list[torch.Tensor]:
    """How far the k-th nearest other one is, [n], for each k; the nearest of all is each itself."""
    most = min(max(wanted), len(own) - 1)
    nearest_ones = own.topk(most + 1, 1, largest=False).values
    return [nearest_ones[:, min(k, most)] + _LEAST for k in wanted]


def _share(true: torch.Tensor) -> float:
    return float(true.double().mean())


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
