"""The judge of a GAN: a residual network without normalisation, as R3GAN asks (Huang et al. 2024, arXiv 2501.05441)."""

from __future__ import annotations

import itertools
import math

import msgspec
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.layers import Conv, Linear, halve, leaky


class DiscriminatorShape(msgspec.Struct, frozen=True, kw_only=True):
    """``widths`` are the channels at the picture's size, half of it … down to 4 pixels. ``latent_size`` above 0: the
    judge is also told the z of a picture (projection, Miyato & Koyama 2018) wherever one is known."""

    latent_size: int = 0
    widths: tuple[int, ...] = (48, 80, 128, 160, 192)


class Down(nn.Module):
    """A residual block that halves the side."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.before = Conv(inputs, inputs)
        self.after = Conv(inputs, outputs)
        self.skip = Conv(inputs, outputs, 1, gain=1.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = leaky(self.after(halve(leaky(self.before(x)))))
        return (y + self.skip(halve(x))) * math.sqrt(0.5)


class Discriminator(nn.Module):
    """Picture [B, 3, S, S] in -1…1 → realness [B], larger is more real."""

    def __init__(self, shape: DiscriminatorShape) -> None:
        super().__init__()
        self.shape = shape
        self.opening = Conv(3, shape.widths[0], 3)
        pairs = itertools.pairwise(shape.widths)
        self.blocks = nn.ModuleList(Down(a, b) for a, b in pairs)
        last = shape.widths[-1]
        self.closing = Conv(last, last)
        self.dense = Linear(16 * last, 256)
        self.verdict = Linear(256, 1)
        if shape.latent_size:
            self.embed = Linear(7 * shape.latent_size, 256, gain=0.2)

    def forward(
        self, picture: torch.Tensor, z: torch.Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        x = picture.to(dtype).contiguous(memory_format=torch.channels_last)
        x = leaky(self.opening(x))
        for block in self.blocks:
            x = block(x)
        x = leaky(self.closing(x)).float()
        x = leaky(self.dense(functional.adaptive_avg_pool2d(x, 4).flatten(1)))
        realness = self.verdict(x)[:, 0]
        if z is not None and self.shape.latent_size:
            waves = [wave(octave * z) for octave in (0.7, 1.4, 2.8) for wave in (torch.sin, torch.cos)]
            realness = realness + (self.embed(torch.cat([z, *waves], 1)) * x).mean(1) * 4.0
        return realness
