"""The encoder of a variational autoencoder: a picture → where in the latent space it may lie (Kingma & Welling 2014,
arXiv 1312.6114). Its decoder is any of the generators; the codes of all pictures together are what new ones are drawn from."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import msgspec
import torch
from torch import nn

from studio.engine.networks.discriminator import Down
from studio.engine.networks.layers import GAIN, Conv, Linear, leaky

USUAL = 16
"""Side of the usual picture of a class."""
SURE, UNSURE = -9.0, 3.0
"""Ends of the logarithm of a code's variance: beyond them gradients are lost."""


class EncoderShape(msgspec.Struct, frozen=True, kw_only=True):
    """``widths`` are the channels at the picture's size, half of it … down to 4 pixels; of ``conv`` those from half the size on; of
    ``dense`` those of the hidden layers, and ``side`` is the picture's."""

    network: Literal["residual", "dense", "conv"] = "residual"
    latent_size: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 64
    widths: tuple[Annotated[int, msgspec.Meta(ge=1, le=4096)], ...] = (48, 80, 128, 160, 192)
    side: Annotated[int, msgspec.Meta(ge=0, le=1024)] = 0
    channels: Literal[1, 3, 4] = 3
    classes: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0

    @property
    def size(self) -> int:
        halvings = len(self.widths) - (self.network != "conv")
        return self.side or 4 * 2**halvings


class Encoder(nn.Module):
    """Picture [B, channels, S, S] in -1…1 and its class [B, classes] → mean and logarithm of the variance, [B, latent] each.

    An encoder of classes sees how a picture differs from what is usual in its class, so that what makes the class, the dark of a night,
    need not go through the code."""

    usual: torch.Tensor
    spread: torch.Tensor
    seen: torch.Tensor

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.shape = shape
        if shape.classes:
            self.register_buffer("usual", torch.zeros(shape.classes, shape.channels, USUAL, USUAL))
            self.register_buffer("spread", torch.ones(shape.classes))
            self.register_buffer("seen", torch.zeros(shape.classes))
        if shape.network == "dense":
            sizes = (shape.channels * shape.side**2, *shape.widths)
            self.layers = nn.ModuleList(Linear(a, b, gain=GAIN) for a, b in itertools.pairwise(sizes))
            seen = sizes[-1]
        elif shape.network == "conv":
            sizes = (shape.channels, *shape.widths)
            self.layers = nn.ModuleList(nn.Conv2d(a, b, 4, 2, 1) for a, b in itertools.pairwise(sizes))
            seen = 16 * sizes[-1]
        else:
            self.opening = Conv(shape.channels, shape.widths[0])
            self.layers = nn.ModuleList(Down(a, b) for a, b in itertools.pairwise(shape.widths))
            self.closing = Linear(16 * shape.widths[-1], 256, gain=GAIN)
            seen = 256
        self.answer = Linear(seen + shape.classes, 2 * shape.latent_size)

    @property
    def stride(self) -> int:
        """Pixels of a picture of which the narrowest layer makes one."""
        return 1 if self.shape.network == "dense" else 2 ** (len(self.shape.widths) - 1)

    def forward(
        self, picture: torch.Tensor, kind: torch.Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> tuple[torch.Tensor, torch.Tensor]:
        if self.shape.classes:
            assert kind is not None, "an encoder of classes is told the class"
            picture = self._apart(picture, kind.float())
        x = self._looked_at(picture.to(dtype)).float()
        if self.shape.classes:
            assert kind is not None
            x = torch.cat([x, kind.float()], 1)
        mean, log_variance = self.answer(x).chunk(2, 1)
        return mean, log_variance.clamp(SURE, UNSURE)

    def _apart(self, picture: torch.Tensor, kind: torch.Tensor) -> torch.Tensor:
        """``picture`` less the usual one of its class, by how much pictures of the class differ."""
        usual = (kind @ self.usual.flatten(1)).view(len(kind), *self.usual.shape[1:])
        usual = nn.functional.interpolate(usual, size=picture.shape[-2:], mode="bilinear")
        return (picture.float() - usual) / (kind @ self.spread).view(-1, 1, 1, 1)

    @torch.no_grad()
    def follow(self, picture: torch.Tensor, kind: torch.Tensor) -> None:
        """Takes pictures [B, channels, S, S] of classes [B, classes] into what is usual: the mean of all that were seen."""
        if not self.shape.classes:
            return
        counts = kind.sum(0)
        self.seen += counts
        share = counts / self.seen.clamp_min(1)
        weights = kind / counts.clamp_min(1)
        small = nn.functional.adaptive_avg_pool2d(picture, USUAL).flatten(1)
        mean = (weights.T @ small).view_as(self.usual)
        self.usual += share.view(-1, 1, 1, 1) * (mean - self.usual)
        around = (kind @ self.usual.flatten(1)).view_as(small)
        away = (small - around).square().mean(1).sqrt().clamp_min(0.02)
        self.spread += share * (weights.T @ away - self.spread)

    def _looked_at(self, picture: torch.Tensor) -> torch.Tensor:
        if self.shape.network == "dense":
            x = picture.flatten(1)
            for layer in self.layers:
                x = leaky(layer(x))
            return x
        if self.shape.network == "conv":
            x = picture
            for layer in self.layers:
                x = leaky(layer(x))
            return x.flatten(1)
        x = leaky(self.opening(picture.contiguous(memory_format=torch.channels_last)))
        for layer in self.layers:
            x = layer(x)
        return leaky(self.closing(nn.functional.adaptive_avg_pool2d(x, 4).flatten(1)))


class ClassReader(nn.Module):
    """Tries to read the class in a code [B, latent]: logits [B, classes]. Whoever made the code is taught to leave nothing to read, so
    that class and latents can be chosen apart (Lample et al. 2017, arXiv 1706.00409)."""

    def __init__(self, latent_size: int, classes: int) -> None:
        super().__init__()
        self.hidden = Linear(latent_size, 128, gain=GAIN)
        self.answer = Linear(128, classes)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        return self.answer(leaky(self.hidden(z)))

    def confusion(self, z: torch.Tensor) -> torch.Tensor:
        """Nats between what is read, on average, and reading nothing: Σ log(1/(K·p)) / K over the classes, 0 where all of them seem
        equally likely (Tzeng et al. 2015, arXiv 1510.02192, equation 3). The reader itself learns nothing from it."""
        frozen = {name: value.detach() for name, value in self.named_parameters()}
        logits = torch.func.functional_call(self, frozen, (z,))
        return -logits.log_softmax(1).mean() - math.log(logits.shape[1])


class Aggregate(nn.Module):
    """What the codes of all pictures look like together: mean and second moments, followed while it learns, and how much each of the
    numbers tells (its KL divergence in nats). New codes are drawn from the Gaussian of these moments instead of N(0, I), where
    no picture may lie (aggregated posterior; Dai & Wipf 2019, arXiv 1903.05789)."""

    mean: torch.Tensor
    moments: torch.Tensor
    divergence: torch.Tensor

    def __init__(self, latent_size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(latent_size))
        self.register_buffer("moments", torch.eye(latent_size))
        self.register_buffer("divergence", torch.zeros(latent_size))

    @torch.no_grad()
    def follow(self, z: torch.Tensor, divergence: torch.Tensor, weight: float) -> None:
        """Moves towards a batch of codes z [B, latent] and their divergences [B, latent]; ``weight`` 1 forgets what was."""
        self.mean.lerp_(z.mean(0), weight)
        self.moments.lerp_(z.T @ z / len(z), weight)
        self.divergence.lerp_(divergence.mean(0), weight)

    def factor(self) -> torch.Tensor:
        """Lower triangle [latent, latent] whose product with its transpose is the covariance."""
        covariance = (self.moments - torch.outer(self.mean, self.mean)).double()
        floor = 1e-4 * torch.eye(len(covariance), dtype=torch.float64, device=covariance.device)
        values, vectors = torch.linalg.eigh((covariance + covariance.T) / 2)
        whole = vectors @ torch.diag(values.clamp_min(0)) @ vectors.T
        return torch.linalg.cholesky(whole + floor).float()

    def drawn(self, noise: torch.Tensor) -> torch.Tensor:
        """Codes [B, latent] of standard normal ``noise`` [B, latent]."""
        return self.mean + noise @ self.factor().T

    def active(self) -> torch.Tensor:
        """Numbers of the dimensions that tell something, those that tell most first (Burda et al. 2016 call the others inactive)."""
        order = self.divergence.argsort(descending=True)
        return order[self.divergence[order] > ACTIVE]


ACTIVE = 0.05
"""Nats above which a dimension is active."""
