"""Directions that a generator holds without anybody having taught them: principal components and closed-form factors of w.

They are functions of the weights alone, so a name such as ``pca-3`` means the same picture wherever the same model file is.
An amount of 1 moves w by one standard deviation of w along the direction: w' = w + a·σ·v, exactly w at a = 0.
"""

from __future__ import annotations

import copy

import torch
from torch import nn

from studio.engine.networks.build import AnyGenerator
from studio.engine.networks.generator import code_of
from studio.engine.networks.layers import Linear, ModulatedConv
from studio.messages.models import FOUND_EACH

SAMPLES = 4096


@torch.no_grad()
def found_directions(generator: AnyGenerator) -> dict[str, torch.Tensor]:
    """``pca-1`` …, ``form-1`` …: each [style], as long as one standard deviation of w, on the generator's device.

    A generator whose w is its code has no principal components: all directions of its Gaussian are alike.
    """
    w = styles_of(generator)
    found = {}
    if any(True for _ in generator.mapping.parameters()):
        for index, direction in enumerate(principal_directions(w, FOUND_EACH)):
            found[f"pca-{index + 1}"] = direction
    for index, direction in enumerate(closed_form(weights_of(generator), w, FOUND_EACH)):
        found[f"form-{index + 1}"] = direction
    device = generator.mean_w.device
    return {name: direction.float().to(device) for name, direction in found.items()}


def principal_directions(w: torch.Tensor, count: int) -> torch.Tensor:
    """[≤ count, style]: principal components of w [N, style] times their standard deviations, widest first.

    GANSpace: Discovering interpretable GAN controls (Härkönen et al. 2020, section 2.2): eigenvectors v and variances σ²
    of the covariance of w; those along which nothing varies are left out.
    """
    w = w.double()
    centred = w - w.mean(0)
    variances, vectors = torch.linalg.eigh(centred.T @ centred / (len(w) - 1))
    variances, vectors = variances.flip(0)[:count], vectors.flip(1).T[:count]
    kept = variances > 1e-9 * variances[0].clamp_min(1e-12)
    return _pointing(vectors[kept]) * variances[kept].sqrt()[:, None]


def closed_form(weights: torch.Tensor, w: torch.Tensor, count: int) -> torch.Tensor:
    """[≤ count, style]: what ``weights`` A [outputs, style], the first to act on w, pass on most; each as long as the
    standard deviation of w [N, style] along it.

    SeFa: Closed-form factorization of latent semantics in GANs (Shen & Zhou 2021, equations 5–8): max ‖A n‖² with
    ‖n‖ = 1 are the first eigenvectors of AᵀA, rows of A having length 1. Numbers of w that never vary (those of the
    class) are left out.
    """
    w = w.double()
    varies = w.std(0) > 1e-9
    rows = weights.double() * varies
    rows = rows / rows.norm(dim=1, keepdim=True).clamp_min(1e-12)
    values, vectors = torch.linalg.eigh(rows.T @ rows)
    values, vectors = values.flip(0)[:count], vectors.flip(1).T[:count]
    vectors = _pointing(vectors[values > 1e-9])
    return vectors * ((w - w.mean(0)) @ vectors.T).std(0)[:, None]


def weights_of(generator: nn.Module) -> torch.Tensor:
    """[outputs, style]: all that makes styles of w, or the first layer of a generator without styles."""
    modules = list(generator.modules())
    affine: list[torch.Tensor] = [one.affine.weight for one in modules if isinstance(one, ModulatedConv)]
    if affine:
        return torch.cat(affine).detach().cpu().float()
    first = next(one for one in modules if isinstance(one, Linear | nn.ConvTranspose2d))
    if isinstance(first, nn.ConvTranspose2d):  # [style, outputs, kernel, kernel]
        return first.weight.detach().cpu().float().permute(1, 2, 3, 0).flatten(0, 2)
    return first.weight.detach().cpu().float()


def styles_of(generator: AnyGenerator) -> torch.Tensor:
    """[SAMPLES, style] on the processor, that the directions be the same on any device; of classes each from its own mean."""
    shape = generator.shape
    mapping = copy.deepcopy(generator.mapping).cpu().float()
    z = torch.randn(SAMPLES, shape.latent_size, generator=torch.Generator().manual_seed(3))
    kinds = torch.arange(SAMPLES) % shape.classes if shape.classes else None
    w = torch.cat(
        [
            mapping(code_of(part, None if kinds is None else kinds[start : start + 256], shape.classes))
            for start, part in zip(range(0, SAMPLES, 256), z.split(256), strict=True)
        ]
    )
    if kinds is None:
        return w
    means = torch.stack([w[kinds == kind].mean(0) for kind in range(shape.classes)])
    return w - means[kinds]


def _pointing(vectors: torch.Tensor) -> torch.Tensor:
    """An eigenvector has no sign of its own: its largest number becomes positive."""
    largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
    return vectors * largest.sign()
