"""The learned enlargement: a small residual network at the generator's size, then pixel shuffle (Shi et al. 2016)."""

from __future__ import annotations

import msgspec
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.layers import Conv, leaky


class UpscalerShape(msgspec.Struct, frozen=True, kw_only=True):
    """``factor`` 2 or 4; ``blocks`` residual blocks of ``width`` channels."""

    factor: int = 4
    width: int = 48
    blocks: int = 4


class Residual(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.before = Conv(width, width)
        self.after = Conv(width, width, gain=0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.after(leaky(self.before(x)))


class Upscaler(nn.Module):
    """[B, 3, H, W] in -1…1 → [B, 3, factor·H, factor·W]: bicubic plus what the network adds to it."""

    def __init__(self, shape: UpscalerShape) -> None:
        super().__init__()
        self.shape = shape
        self.opening = Conv(3, shape.width)
        self.blocks = nn.ModuleList(Residual(shape.width) for _ in range(shape.blocks))
        middle = shape.width // 2
        self.spread = Conv(shape.width, 4 * middle)
        self.closing = Conv(middle, 3 * (shape.factor // 2) ** 2, gain=0.1)
        self._weights: dict[tuple[int, torch.device], torch.Tensor] = {}

    def forward(self, picture: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        x = picture.to(dtype).contiguous(memory_format=torch.channels_last)
        x = leaky(self.opening(x))
        for block in self.blocks:
            x = block(x)
        x = leaky(functional.pixel_shuffle(self.spread(x), 2))
        x = self.closing(x)
        if self.shape.factor == 4:
            x = functional.pixel_shuffle(x, 2)
        return x.float() + self._bicubic(picture)

    def _bicubic(self, picture: torch.Tensor) -> torch.Tensor:
        """``functional.interpolate(mode="bicubic")`` as two matrix products, in a quarter of its time on a processor."""
        rows, columns = (self._bicubic_weights(size, picture.device) for size in picture.shape[2:])
        return rows @ picture @ columns.T

    def _bicubic_weights(self, size: int, device: torch.device) -> torch.Tensor:
        """[factor·size, size]: what each pixel takes from those of a line, found by enlarging the identity along one side."""
        if (size, device) not in self._weights:
            identity = torch.eye(size, device=device)[None, None]
            enlarged = (self.shape.factor * size, size)
            self._weights[size, device] = functional.interpolate(identity, enlarged, mode="bicubic")[0, 0]
        return self._weights[size, device]
