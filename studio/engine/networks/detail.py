"""The detail network: four times the side, with the edges and the grain of the pictures that it learnt from.

All convolutions work at the small size (Shi et al. 2016, arXiv 1609.05158), on top of a bicubic enlargement. What cannot be told
from the small picture is drawn by chance: white noise at the large size, put in at the end and weighed by what the network sees, so
that it becomes grain where there is grain. The noise is a function of (seed, x, y), so that tiles are parts of one whole.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Annotated

import msgspec
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.layers import Conv, leaky
from studio.engine.networks.upscaler import Residual

FACTOR = 4
CHANCES = FACTOR * FACTOR
"""Noise values of one small pixel."""


class DetailShape(msgspec.Struct, frozen=True, kw_only=True):
    """Residual ``blocks`` of ``width`` channels."""

    width: Annotated[int, msgspec.Meta(ge=8, le=128)] = 48
    blocks: Annotated[int, msgspec.Meta(ge=1, le=16)] = 5


class Detail(nn.Module):
    """[B, 3, H, W] in -1…1 and white noise [B, 1, 4H, 4W] → [B, 3, 4H, 4W]: bicubic plus what the network adds to it."""

    def __init__(self, shape: DetailShape) -> None:
        super().__init__()
        self.shape = shape
        self.opening = Conv(3, shape.width)
        self.blocks = nn.ModuleList(Residual(shape.width) for _ in range(shape.blocks))
        self.grain = Conv(shape.width, CHANCES)
        self.mixing = Conv(shape.width + CHANCES, shape.width)
        self.closing = Conv(shape.width, 3 * CHANCES, gain=0.1)

    @property
    def reach(self) -> int:
        """Small pixels around one on which what is made of it depends."""
        return 2 * self.shape.blocks + 4

    @property
    def parts(self) -> int:
        """How often :meth:`steps` yields."""
        return self.shape.blocks + 2

    def forward(
        self, picture: torch.Tensor, noise: torch.Tensor, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        steps = self.steps(picture, noise, dtype)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value

    def steps(
        self, picture: torch.Tensor, noise: torch.Tensor, dtype: torch.dtype = torch.float32
    ) -> Generator[None, None, torch.Tensor]:
        """What :meth:`forward` returns; yields after each layer, where it can be stopped."""
        x = picture.to(dtype).contiguous(memory_format=torch.channels_last)
        x = leaky(self.opening(x))
        yield
        for block in self.blocks:
            x = block(x)
            yield
        chance = functional.pixel_unshuffle(noise.to(dtype), FACTOR) * self.grain(x)
        x = leaky(self.mixing(torch.cat([x, chance], 1)))
        yield
        x = functional.pixel_shuffle(self.closing(x), FACTOR)
        return x.float() + bicubic(picture)


def bicubic(picture: torch.Tensor) -> torch.Tensor:
    """Four times the side by cubic convolution (Keys 1981, a = −0.75)."""
    return functional.interpolate(picture, scale_factor=FACTOR, mode="bicubic", align_corners=False)
