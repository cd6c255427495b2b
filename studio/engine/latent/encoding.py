"""Pictures as latents of a model with an encoder: what is found in them, what is drawn of it, and where they lie beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from studio.engine.networks.model import GanModel

SMOOTHED = 16
"""Part of the side over which errors are averaged: one pixel that is off says little."""
OWN_PICTURES = 48
"""Of a model, from which its usual error is read."""
LEVELS = 127.5


class Found(NamedTuple):
    """``z`` [1, latent], the class that was taken, ``drawn`` [1, channels, S, S] in -1…1 and its mean absolute ``difference``."""

    z: torch.Tensor
    label: str
    drawn: torch.Tensor
    difference: float


class Split(NamedTuple):
    """A code as ``rest`` [latent] and amounts of the sliders, in standard deviations: rest + Σ amount · direction = z."""

    rest: torch.Tensor
    amounts: torch.Tensor


@torch.inference_mode()
def found_in(model: GanModel, picture: torch.Tensor, label: str = "") -> Found:
    """The mean code of ``picture`` [1, channels, S, S] in -1…1. Of a model of classes that is told none, the class of all whose
    reconstruction is nearest. Raises ValueError for a model without encoder."""
    classes = model.card.classes if model.generator.shape.classes else ()
    best: Found | None = None
    for one in (label,) if label or not classes else classes:
        z = model.encode(picture, one, refinements=0)
        drawn = drawn_of(model, z, one)
        difference = float((drawn - picture.to(drawn.device)).abs().mean())
        if best is None or difference < best.difference:
            best = Found(z, one, drawn, difference)
    assert best is not None
    z = model.encode(picture, best.label)  # of the class that is nearest, nearer still
    drawn = drawn_of(model, z, best.label)
    return Found(z, best.label, drawn, float((drawn - picture.to(drawn.device)).abs().mean()))


def drawn_of(model: GanModel, z: torch.Tensor, label: str = "") -> torch.Tensor:
    """[B, channels, S, S] in -1…1 as the network draws it, alpha premultiplied, without enlargement."""
    return model.generator.synthesize(model.styles(z, {}, 1.0, label)).clamp(-1, 1)


def split(model: GanModel, z: torch.Tensor) -> Split:
    """How far each slider of the card is from the middle of all codes in ``z`` [latent], within what it can be moved and in hundredths; the
    rest stays in the code, so that the sum is z whatever the directions are."""
    directions = model.directions.to(z)
    if not len(directions):
        return Split(z, z[:0])
    lengths = directions.square().sum(1).clamp_min(1e-12)
    amounts = ((z - model.middle.to(z)) @ directions.T) / lengths
    ends = torch.tensor([[one.low, one.high] for one in model.card.sliders], device=z.device)
    amounts = (amounts.clamp(ends[:, 0], ends[:, 1]) * 100).round() / 100
    return Split(z - amounts @ directions, amounts)


def error_of(picture: torch.Tensor, drawn: torch.Tensor) -> torch.Tensor:
    """[B, S, S]: mean absolute difference of the channels around each pixel, in levels of 255."""
    apart = (picture.to(drawn.device) - drawn).abs().mean(1, keepdim=True) * LEVELS
    reach = max(1, picture.shape[-1] // SMOOTHED) // 2 * 2 + 1
    return functional.avg_pool2d(apart, reach, 1, reach // 2, count_include_pad=False)[:, 0]


@torch.inference_mode()
def usual_error(model: GanModel) -> torch.Tensor:
    """[S, S, 2]: mean and standard deviation of the error over pictures that the model draws by itself."""
    errors = []
    for seed in range(1, OWN_PICTURES + 1):
        z = model.latents((seed,))
        label = model.class_of(z)
        picture = drawn_of(model, z, label)
        errors.append(error_of(picture, drawn_of(model, model.encode(picture, label), label)))
    return spread_of(torch.cat(errors))


def spread_of(errors: torch.Tensor) -> torch.Tensor:
    """[S, S, 2] of errors [N, S, S]."""
    return torch.stack([errors.mean(0), errors.std(0, correction=0)], -1)


def plane_of(codes: torch.Tensor) -> tuple[torch.Tensor, tuple[float, float]]:
    """Places [N, 2] in -1…1 of codes [N, latent] along the two axes along which they vary most, and the shares of the variance that these
    have (principal components, Pearson 1901). The sign is that by which the largest number of an axis is positive; both axes have one
    scale, so that near is near in every direction, and their ranges lie about 0."""
    away = (codes - codes.mean(0)).double()
    _, strengths, axes = torch.linalg.svd(away, full_matrices=False)
    axes = torch.cat([axes, torch.zeros(2, axes.shape[1], dtype=axes.dtype, device=axes.device)])[:2]
    signs = torch.gather(axes, 1, axes.abs().argmax(1, keepdim=True)).sign()
    places = away @ (axes * torch.where(signs == 0, 1, signs)).T
    places = places - (places.amax(0) + places.amin(0)) / 2
    power = torch.cat([strengths.square(), strengths.new_zeros(2)])
    whole = power.sum().clamp_min(1e-12)
    shares = (float(power[0] / whole), float(power[1] / whole))
    return (places / places.abs().max().clamp_min(1e-12)).float(), shares
