"""How much fine detail pictures have, by the Laplacian of their brightness."""

from __future__ import annotations

import torch
import torch.nn.functional as functional


def _edges(pictures: torch.Tensor) -> torch.Tensor:
    """[B, 1, S − 2, S − 2] of pictures [B, C, S, S]; alpha is left out."""
    kernel = pictures.new_tensor([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]).view(1, 1, 3, 3)
    return functional.conv2d(pictures[:, :3].mean(1, keepdim=True), kernel)


def laplacian_variance(pictures: torch.Tensor) -> torch.Tensor:
    """[B] of pictures [B, C, S, S]: the usual measure of sharpness (Pech-Pacheco et al. 2000)."""
    return _edges(pictures).var((1, 2, 3))


def fineness(fake: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """How much more or less fine detail there is in each of ``fake`` [B, C, S, S], [B], wherever exactly it lies: mean absolute difference
    of the root mean squares of the Laplacian over squares of 8 pixels that overlap by half. A regression alone leaves out what it
    cannot place, and blurs."""
    return (_strength(fake) - _strength(real)).abs().mean((1, 2, 3))


def _strength(pictures: torch.Tensor) -> torch.Tensor:
    return (functional.avg_pool2d(_edges(pictures).square(), 8, 4) + 1e-4).sqrt()
