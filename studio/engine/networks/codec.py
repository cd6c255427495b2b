"""The network of a picture codec: pixels → few whole numbers whose frequencies are known → pixels.

Transform coding that is learnt (Ballé, Laparra & Simoncelli 2017, arXiv 1611.01704) with divisive normalisation in its simple form
(Johnston et al. 2019, arXiv 1912.08771, GDN₁). One network serves all qualities: each has its own gains of the channels before the
rounding (Cui et al. 2021, arXiv 2003.02012) and its own frequencies.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.layers import Conv

STRIDE = 16
"""Pixels a side that one place of the latents stands for."""
MIXED = 3
LEAST_LIKELY = 1e-9


class CodecShape(msgspec.Struct, frozen=True, kw_only=True):
    """``width``: channels of the inner layers, ``latents`` of the numbers that are written; ``levels`` of quality."""

    width: Annotated[int, msgspec.Meta(ge=4, le=512)] = 96
    latents: Annotated[int, msgspec.Meta(ge=4, le=512)] = 128
    levels: Annotated[int, msgspec.Meta(ge=1, le=16)] = 5


class Normalise(nn.Module):
    """x / (β + Γ|x|) over the channels of each place, or times it: what neighbouring channels share is divided out."""

    def __init__(self, channels: int, *, inverse: bool = False) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.full((channels, channels), -4.0) + 3.0 * torch.eye(channels))
        self.beta = nn.Parameter(torch.full((channels,), 0.55))
        self.inverse = inverse

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        gamma, beta = functional.softplus(self.gamma), functional.softplus(self.beta)
        norm = functional.conv2d(x.abs(), gamma[:, :, None, None].to(x.dtype), beta.to(x.dtype))
        return x * norm if self.inverse else x / norm


class Halved(Conv):
    """A convolution of 5 × 5 at every other place."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs, 5, gain=1.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight = self.weight.to(x.dtype).contiguous(memory_format=torch.channels_last)
        return functional.conv2d(x, weight, self.bias.to(x.dtype), stride=2, padding=2)


class Doubled(nn.Module):
    """A convolution of 3 × 3 to four times the channels, which become 2 × 2 pixels (Shi et al. 2016, arXiv 1609.05158)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.spread = Conv(inputs, 4 * outputs, gain=1.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.pixel_shuffle(self.spread(x), 2)


class Frequencies(nn.Module):
    """How likely each whole number is in each channel at each level: a mixture of logistic distributions, taken over ±½."""

    def __init__(self, levels: int, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(levels, channels, MIXED))
        self.middle = nn.Parameter(torch.linspace(-1, 1, MIXED).repeat(levels, channels, 1))
        self.spread = nn.Parameter(torch.linspace(0.0, 1.5, MIXED).repeat(levels, channels, 1))

    def forward(self, numbers: torch.Tensor, level: torch.Tensor) -> torch.Tensor:
        """Likelihood of ``numbers`` [B, channels, ...], whole or not, at ``level`` int64 [B]; the same shape."""
        x = numbers.float().unsqueeze(-1)
        shape = (len(level), numbers.shape[1], *[1] * (numbers.dim() - 2), MIXED)
        weight, middle, spread = (
            one[level].view(shape) for one in (self.weight.softmax(-1), self.middle, self.spread.exp())
        )
        away = (x - middle).abs()  # the same by symmetry, and exact in the tails
        share = torch.sigmoid((0.5 - away) / spread) - torch.sigmoid((-0.5 - away) / spread)
        return (weight * share).sum(-1).clamp_min(LEAST_LIKELY)


class Codec(nn.Module):
    """``numbers`` takes pictures [B, 3, H, W] in -1…1, H and W multiples of 16, to latents [B, latents, H/16, W/16] that are to be
    rounded; ``picture`` takes rounded ones back."""

    def __init__(self, shape: CodecShape) -> None:
        super().__init__()
        self.shape = shape
        width, latents = shape.width, shape.latents
        self.analysis = nn.Sequential(
            Halved(3, width), Normalise(width), Halved(width, width), Normalise(width), Halved(width, width),
            Normalise(width), Halved(width, latents),
        )  # fmt: skip
        self.synthesis = nn.Sequential(
            Doubled(latents, width), Normalise(width, inverse=True), Doubled(width, width),
            Normalise(width, inverse=True), Doubled(width, width), Normalise(width, inverse=True), Doubled(width, 3),
        )  # fmt: skip
        steps = torch.linspace(0.0, 2.0, shape.levels)[:, None]
        self.gain = nn.Parameter(steps.repeat(1, latents))
        self.back = nn.Parameter(-steps.repeat(1, latents))
        self.frequencies = Frequencies(shape.levels, latents)

    def numbers(
        self, picture: torch.Tensor, level: torch.Tensor, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        x = picture.to(dtype).contiguous(memory_format=torch.channels_last)
        return self.analysis(x).float() * self.gain[level].exp()[:, :, None, None]

    def picture(
        self, numbers: torch.Tensor, level: torch.Tensor, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        x = numbers * self.back[level].exp()[:, :, None, None]
        return self.synthesis(x.to(dtype).contiguous(memory_format=torch.channels_last)).float()
