"""Layers shared by the networks. Weights are kept in float32 and cast to the type of the activations, so one module
runs in float32 and in bfloat16 (three times as fast in channels_last on a CPU with AVX-512 BF16)."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as functional
from torch import nn

LEAK = 0.2
GAIN = math.sqrt(2.0 / (1.0 + LEAK * LEAK))


def leaky(x: torch.Tensor) -> torch.Tensor:
    return functional.leaky_relu(x, LEAK)


def _kernel(weight: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    return weight.to(like.dtype).contiguous(memory_format=torch.channels_last)


class Linear(nn.Module):
    """A dense layer [B, inputs] → [B, outputs], initialised for a leaky activation."""

    def __init__(self, inputs: int, outputs: int, *, bias: float = 0.0, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * (gain / math.sqrt(inputs)))
        self.bias = nn.Parameter(torch.full((outputs,), bias))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class Conv(nn.Module):
    """A square convolution with padding, [B, inputs, H, W] → [B, outputs, H, W]."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, *, gain: float = GAIN) -> None:
        super().__init__()
        self.weight = nn.Parameter(
            torch.randn(outputs, inputs, kernel, kernel) * (gain / math.sqrt(inputs * kernel**2))
        )
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.padding = kernel // 2

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.conv2d(x, _kernel(self.weight, x), self.bias.to(x.dtype), padding=self.padding)


class ModulatedConv(nn.Module):
    """Convolution whose input channels are scaled by a style made from w, its output normalised again.

    Weight demodulation of StyleGAN2 (Karras et al. 2020, equations 1–3) computed on the activations: the scale goes
    onto the input, the normalisation onto the output, so that one shared kernel serves the whole batch.
    """

    def __init__(
        self, inputs: int, outputs: int, style: int, kernel: int = 3, *, demodulate: bool = True
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(
            torch.randn(outputs, inputs, kernel, kernel) / math.sqrt(inputs * kernel**2)
        )
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.affine = Linear(style, inputs, bias=1.0, gain=0.5)
        self.padding = kernel // 2
        self.demodulate = demodulate
        self.power: torch.Tensor | None = None

    def settle(self) -> None:
        """Remembers what depends on the weights alone; call it once the weights no longer change."""
        self.power = self.weight.square().sum((2, 3)).T.contiguous()

    def forward(self, x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        style = self.affine(w)
        x = x * style.to(x.dtype)[:, :, None, None]
        x = functional.conv2d(x, _kernel(self.weight, x), padding=self.padding)
        bias = self.bias.to(x.dtype)[None, :, None, None]
        if not self.demodulate:
            return x + bias
        each = self.weight.square().sum((2, 3)).T if self.power is None else self.power
        scale = GAIN * torch.rsqrt(style.square() @ each + 1e-6)
        return torch.addcmul(bias, x, scale.to(x.dtype)[:, :, None, None])


def double(x: torch.Tensor) -> torch.Tensor:
    """Twice the side, bilinear."""
    return functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def halve(x: torch.Tensor) -> torch.Tensor:
    """Half the side, mean of 2×2."""
    return functional.avg_pool2d(x, 2)
