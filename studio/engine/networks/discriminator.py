"""The judge of a GAN: a residual network without normalisation, as R3GAN asks (Huang et al. 2024, arXiv 2501.05441)."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import msgspec
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.layers import Conv, Linear, halve, leaky


class DiscriminatorShape(msgspec.Struct, frozen=True, kw_only=True):
    """``widths`` are the channels at the picture's size, half of it … down to 4 pixels. ``latent_size`` above 0: the
    judge is also told the z of a picture (projection, Miyato & Koyama 2018) wherever one is known; ``classes``: and its
    class. Of ``dense`` the widths are those of the hidden layers, and ``side`` is the picture's."""

    network: Literal["residual", "dense", "dcgan", "few"] = "residual"
    latent_size: Annotated[int, msgspec.Meta(ge=0, le=4096)] = 0
    widths: tuple[Annotated[int, msgspec.Meta(ge=1, le=4096)], ...] = (48, 80, 128, 160, 192)
    side: Annotated[int, msgspec.Meta(ge=0, le=1024)] = 0
    channels: Literal[1, 3, 4] = 3
    classes: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0


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
    """Picture [B, channels, S, S] in -1…1 → realness [B], larger is more real."""

    separate = False

    def __init__(self, shape: DiscriminatorShape) -> None:
        super().__init__()
        self.shape = shape
        self.opening = Conv(shape.channels, shape.widths[0], 3)
        pairs = itertools.pairwise(shape.widths)
        self.blocks = nn.ModuleList(Down(a, b) for a, b in pairs)
        last = shape.widths[-1]
        self.closing = Conv(last, last)
        self.dense = Linear(16 * last, 256)
        self.verdict = Linear(256, 1)
        if shape.latent_size:
            self.embed = Linear(7 * shape.latent_size, 256, gain=0.2)
        if shape.classes:
            self.kinds = Linear(shape.classes, 256, gain=math.sqrt(shape.classes))

    def forward(
        self, picture: torch.Tensor, code: torch.Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """``code`` [B, latent + classes]: what is known of the pictures, as the generator was told it."""
        x = picture.to(dtype).contiguous(memory_format=torch.channels_last)
        x = leaky(self.opening(x))
        for block in self.blocks:
            x = block(x)
        x = leaky(self.closing(x)).float()
        x = leaky(self.dense(functional.adaptive_avg_pool2d(x, 4).flatten(1)))
        realness = self.verdict(x)[:, 0]
        if code is None:
            return realness
        if self.shape.latent_size:
            z = code[:, : self.shape.latent_size]
            waves = [wave(octave * z) for octave in (0.7, 1.4, 2.8) for wave in (torch.sin, torch.cos)]
            realness = realness + (self.embed(torch.cat([z, *waves], 1)) * x).mean(1) * 4.0
        if self.shape.classes:
            realness = realness + (self.kinds(code[:, -self.shape.classes :]) * x).sum(1) / 16
        return realness
