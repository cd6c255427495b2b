"""Losses of a GAN and of a regression onto pictures. Pictures are [B, channels, S, S] in -1…1."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from safetensors.torch import load_file

from studio.engine.networks.layers import halve, leaky
from studio.paths import resources

CHANGES = 7
LARGER, DEGREES = 0.2, 10.0
"""Of augmentation: octaves of size, and of a turn."""


class RandomFeatures:
    """Features of an untrained network: enough for a perceptual loss (Amir & Weiss 2021, arXiv 2103.10571).

    Two strided convolutions with random filters, orthogonal ones (the first rows of Q of a normal matrix, the second's doubled). They
    lie in a file: drawn anew, their last bits would be those of the processor and of its threads, and figures are compared only where
    all bits of the filters are the same.
    """

    def __init__(self, device: torch.device) -> None:
        stored = load_file(resources() / "networks" / "random-features.safetensors")
        self.filters = [stored[name].to(device) for name in ("first", "second")]

    def digest(self) -> str:
        """SHA-256 of the filters, float32, in their order."""
        found = hashlib.sha256()
        for one in self.filters:
            found.update(one.cpu().numpy().tobytes())
        return found.hexdigest()

    def __call__(self, picture: torch.Tensor, dtype: torch.dtype) -> list[torch.Tensor]:
        first = leaky(functional.conv2d(picture.to(dtype), self.filters[0].to(dtype), stride=2, padding=2))
        second = leaky(functional.conv2d(first, self.filters[1].to(dtype), stride=2, padding=1))
        return [first.float(), second.float()]


def regression(
    fake: torch.Tensor, real: torch.Tensor, features: RandomFeatures, dtype: torch.dtype
) -> torch.Tensor:
    """How far ``fake`` is from ``real``: L1 and squares on three sizes, L1 on differences of neighbours and on random features."""
    total = _distance(fake, real)
    small_fake, small_real = fake, real
    for _ in range(2):
        small_fake, small_real = halve(small_fake), halve(small_real)
        total = total + _distance(small_fake, small_real)
    for axis in (2, 3):
        total = total + 0.5 * (fake.diff(dim=axis) - real.diff(dim=axis)).abs().mean()
    with torch.no_grad():
        goals = features(real, dtype)
    for mine, goal in zip(features(fake, dtype), goals, strict=True):
        total = total + (mine - goal).abs().mean()
    return total


def _distance(fake: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """L1, and squares: L1 alone would rather leave out a small bright thing, a sun, than put it a little beside."""
    difference = fake - real
    return difference.abs().mean() + 2.0 * difference.square().mean()


def layout(fake: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """How far apart layout and colour are: L1 and squares at an eighth and a quarter of the size."""
    fake, real = halve(halve(fake)), halve(halve(real))
    return _distance(fake, real) + _distance(halve(fake), halve(real))


def relativistic(better: torch.Tensor, worse: torch.Tensor) -> torch.Tensor:
    """Relativistic pairing loss (R3GAN, arXiv 2501.05441, equation 2) of realness [B] against realness [B]."""
    return functional.softplus(worse - better).mean()


def judge_loss(kind: str, real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """What the discriminator minimises, of its realness [B] of real and generated pictures.

    relativistic: softplus(fake − real). logistic: softplus(−real) + softplus(fake), the cross-entropy of Goodfellow et al.
    2014, equation 1. hinge: max(0, 1 − real) + max(0, 1 + fake) (Lim & Ye 2017, arXiv 1705.02894).
    """
    if kind == "relativistic":
        return relativistic(real, fake)
    if kind == "logistic":
        return functional.softplus(-real).mean() + functional.softplus(fake).mean()
    return functional.relu(1 - real).mean() + functional.relu(1 + fake).mean()


def drawing_loss(kind: str, real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """What the generator minimises: relativistic softplus(real − fake); logistic softplus(−fake), which does not saturate;
    hinge −fake."""
    if kind == "relativistic":
        return relativistic(fake, real)
    return functional.softplus(-fake).mean() if kind == "logistic" else -fake.mean()


def gradient_penalties(realness: torch.Tensor, pictures: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Mean squared gradient of the judge's ``realness`` at each of the ``pictures`` that it judged, [B, C, S, S] that require
    gradients (R1 at real, R2 at generated ones; Mescheder et al. 2018, arXiv 1801.04406, equation 9, without its half)."""
    gradients = torch.autograd.grad(realness.sum(), pictures, create_graph=True)
    return [gradient.float().square().sum((1, 2, 3)).mean() for gradient in gradients]


def augmentation(
    count: int, strength: float, generator: torch.Generator, *, cutout: bool = False
) -> torch.Tensor | None:
    """What happens to each of ``count`` pictures [count, 7 or 10]: brightness, saturation, shift in x and in y, contrast, size, turn,
    -1…1; 0 leaves it as it is. With ``cutout`` also the middle of a square that is cut out, and 1 where one is.

    ``strength`` is the share of pictures that each one touches. The same generator state gives the same; None for nothing."""
    if strength <= 0:
        return None
    drawn = []
    for _ in range(CHANGES):
        touched = torch.rand(count, 1, 1, 1, generator=generator) < strength
        drawn.append(((torch.rand(count, 1, 1, 1, generator=generator) * 2 - 1) * touched).view(-1))
    if cutout:
        drawn += [torch.rand(count, generator=generator) * 2 - 1 for _ in range(2)]
        drawn.append((torch.rand(count, generator=generator) < strength).float())
    return torch.stack(drawn, 1)


def augmented(picture: torch.Tensor, change: torch.Tensor | None) -> torch.Tensor:
    """Differentiable augmentation of pictures [B, C, S, S] in -1…1 as ``augmentation`` drew it: colour, shifts by up to an eighth and
    a square of half the side cut out (Zhao et al. 2020), sizes from 2^-0.2 to 2^0.2 (Karras et al. 2020) and turns by up to 10°.
    Alpha is moved with its colour and never recoloured."""
    if change is None:
        return picture
    change = change.to(picture.device)
    brighter, stronger, right, down, steeper, larger, turned = change[:, :CHANGES].unbind(1)
    picture = torch.cat([_recoloured(picture[:, :3], brighter, stronger, steeper), picture[:, 3:]], 1)
    size, angle = torch.exp2(-LARGER * larger), math.radians(DEGREES) * turned
    cosine, sine = size * angle.cos(), size * angle.sin()
    rows = torch.stack([cosine, -sine, 0.25 * right, sine, cosine, 0.25 * down], 1)
    grid = functional.affine_grid(rows.view(-1, 2, 3), list(picture.shape), align_corners=False)
    picture = functional.grid_sample(picture, grid, padding_mode="zeros", align_corners=False)
    return picture if change.shape[1] == CHANGES else picture * _uncut(picture, change[:, CHANGES:])


def _recoloured(
    colour: torch.Tensor, brighter: torch.Tensor, stronger: torch.Tensor, steeper: torch.Tensor
) -> torch.Tensor:
    """Brightness, then saturation about the pixel's grey, then contrast about the picture's."""
    brighter, stronger, steeper = (one.view(-1, 1, 1, 1) for one in (brighter, stronger, steeper))
    colour = colour + 0.4 * brighter
    grey = colour.mean(1, keepdim=True)
    colour = grey + (colour - grey) * (1 + 0.7 * stronger)
    middle = colour.mean((1, 2, 3), keepdim=True)
    return middle + (colour - middle) * (1 + 0.5 * steeper)


def _uncut(picture: torch.Tensor, cut: torch.Tensor) -> torch.Tensor:
    """[B, 1, S, S]: 0 in the square of half the side around ``cut``'s middle, where it says so, else 1."""
    x, y, wanted = (one.view(-1, 1, 1) for one in cut.unbind(1))
    side = picture.shape[-1]
    places = (torch.arange(side, device=picture.device) + 0.5) / side * 2 - 1
    inside = ((places.view(1, 1, -1) - x).abs() <= 0.5) & ((places.view(1, -1, 1) - y).abs() <= 0.5)
    return 1 - (inside * wanted)[:, None].to(picture.dtype)
