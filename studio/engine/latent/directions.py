"""Named directions in latent space: regressed on judged factors, freed of each other."""

from __future__ import annotations

from collections.abc import Callable, Generator

import torch

Measure = Callable[[torch.Tensor], torch.Tensor]
Steps = Generator[None, None, torch.Tensor]
"""Yields after each :data:`PART` pictures that were measured, so that a stop is heard; returns what was asked for."""
PART = 64
PICTURES = 2400
"""How many pictures the directions are regressed on; a quarter of it refines, a sixth calibrates them."""


@torch.no_grad()
def find_directions(measure: Measure, latent_size: int, *, pictures: int = PICTURES) -> Steps:
    """Regressed, refined and calibrated directions [factors, latent] in small steps."""
    found = yield from regress_directions(measure, latent_size, count=pictures)
    found = yield from refine_directions(found, measure, count=pictures // 4)
    return (yield from calibrate_directions(found, measure, count=pictures // 6))


def steps_of_finding(pictures: int, factors: int) -> int:
    """How many times :func:`find_directions` yields."""
    parts = [-(-count // PART) for count in (pictures, pictures // 4, pictures // 6)]
    return parts[0] + (1 + factors) * (parts[1] + 2 * parts[2])


@torch.no_grad()
def regress_directions(measure: Measure, latent_size: int, *, count: int = PICTURES, seed: int = 5) -> Steps:
    """[factors, latent] unit vectors, each moving its own factor and, to first order, none of the others.

    ``measure`` says the factors [B, F] of the pictures of z [B, latent]. Factors are regressed linearly on ``count``
    z (slopes B [latent, F]); the rows of B's pseudo-inverse are the directions whose response is one factor alone.
    """
    z = torch.randn(count, latent_size, generator=torch.Generator().manual_seed(seed))
    factors = yield from _measured(measure, z)
    design = torch.cat([z, torch.ones(count, 1)], 1)
    slopes = torch.linalg.lstsq(design, factors).solution[:-1]
    return normalised(torch.linalg.pinv(slopes))


@torch.no_grad()
def refine_directions(
    directions: torch.Tensor, measure: Measure, *, amount: float = 2.0, count: int = 600
) -> Steps:
    """Directions corrected by their measured response at ``amount``: what one moves of another's factor is taken out."""
    response = yield from _response(directions, measure, amount, count)
    return normalised(torch.linalg.pinv(response) @ directions)


@torch.no_grad()
def calibrate_directions(
    directions: torch.Tensor, measure: Measure, *, goal: float = 0.6, longest: float = 1.8, count: int = 400
) -> Steps:
    """Unit directions lengthened, up to ``longest``, until an amount of 1 moves its factor by ``goal`` standard
    deviations, measured at 2. A factor that a young generator shows weakly then still answers its slider."""
    for _ in range(2):
        response = yield from _response(directions, measure, 2.0, count)
        own = response.diagonal().clamp_min(1e-3)
        length = (directions.norm(dim=1) * goal / own).clamp(1.0, longest)
        directions = normalised(directions) * length[:, None]
    return directions


def _response(directions: torch.Tensor, measure: Measure, amount: float, count: int) -> Steps:
    """[directions, factors]: the mean change of each factor per amount of 1, measured at ``amount``."""
    z = torch.randn(count, directions.shape[1], generator=torch.Generator().manual_seed(9))
    before = yield from _measured(measure, z)
    rows = []
    for direction in directions:
        after = yield from _measured(measure, z + amount * direction)
        rows.append((after - before).mean(0) / amount)
    return torch.stack(rows)


def _measured(measure: Measure, z: torch.Tensor) -> Steps:
    factors = []
    for part in z.split(PART):
        factors.append(measure(part))
        yield
    return torch.cat(factors)


def normalised(directions: torch.Tensor) -> torch.Tensor:
    """Each row with length 1, so that an amount is in standard deviations of z."""
    return directions / directions.norm(dim=1, keepdim=True).clamp_min(1e-8)
