"""Named directions in latent space: regressed on judged factors, freed of each other."""

from __future__ import annotations

from collections.abc import Callable

import torch

Measure = Callable[[torch.Tensor], torch.Tensor]


@torch.no_grad()
def regress_directions(
    measure: Measure, latent_size: int, *, count: int = 2400, seed: int = 5
) -> torch.Tensor:
    """[factors, latent] unit vectors, each moving its own factor and, to first order, none of the others.

    ``measure`` says the factors [B, F] of the pictures of z [B, latent]. Factors are regressed linearly on ``count``
    z (slopes B [latent, F]); the rows of B's pseudo-inverse are the directions whose response is one factor alone.
    """
    z = torch.randn(count, latent_size, generator=torch.Generator().manual_seed(seed))
    factors = torch.cat([measure(part) for part in z.split(64)])
    design = torch.cat([z, torch.ones(count, 1)], 1)
    slopes = torch.linalg.lstsq(design, factors).solution[:-1]
    return normalised(torch.linalg.pinv(slopes))


@torch.no_grad()
def refine_directions(
    directions: torch.Tensor, measure: Measure, *, amount: float = 2.0, count: int = 600
) -> torch.Tensor:
    """Directions corrected by their measured response at ``amount``: what one moves of another's factor is taken out."""
    return normalised(torch.linalg.pinv(_response(directions, measure, amount, count)) @ directions)


@torch.no_grad()
def calibrate_directions(
    directions: torch.Tensor, measure: Measure, *, goal: float = 0.6, longest: float = 1.8, count: int = 400
) -> torch.Tensor:
    """Unit directions lengthened, up to ``longest``, until an amount of 1 moves its factor by ``goal`` standard
    deviations, measured at 2. A factor that a young generator shows weakly then still answers its slider."""
    for _ in range(2):
        own = _response(directions, measure, 2.0, count).diagonal().clamp_min(1e-3)
        length = (directions.norm(dim=1) * goal / own).clamp(1.0, longest)
        directions = normalised(directions) * length[:, None]
    return directions


def _response(directions: torch.Tensor, measure: Measure, amount: float, count: int) -> torch.Tensor:
    """[directions, factors]: the mean change of each factor per amount of 1, measured at ``amount``."""
    z = torch.randn(count, directions.shape[1], generator=torch.Generator().manual_seed(9))
    before = torch.cat([measure(part) for part in z.split(64)])
    rows = []
    for direction in directions:
        after = torch.cat([measure(part + amount * direction) for part in z.split(64)])
        rows.append((after - before).mean(0) / amount)
    return torch.stack(rows)


def normalised(directions: torch.Tensor) -> torch.Tensor:
    """Each row with length 1, so that an amount is in standard deviations of z."""
    return directions / directions.norm(dim=1, keepdim=True).clamp_min(1e-8)
