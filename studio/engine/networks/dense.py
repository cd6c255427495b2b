"""The networks of the first lesson: dense layers alone, a picture as a row of numbers (Goodfellow et al. 2014,
arXiv 1406.2661). A generator of 28×28 grey pixels draws 784 numbers at once and knows nothing of neighbours."""

from __future__ import annotations

import itertools

import torch
from torch import nn

from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.generator import GeneratorShape, mean_shape
from studio.engine.networks.layers import GAIN, Linear, leaky


class DenseGenerator(nn.Module):
    """Code [B, latent + classes] → picture [B, channels, S, S] in -1…1: leaky dense layers, tanh at the end."""

    mean_w: torch.Tensor

    def __init__(self, shape: GeneratorShape) -> None:
        super().__init__()
        self.shape = shape
        self.mapping = nn.Identity()
        sizes = (shape.code_size, *shape.widths)
        self.layers = nn.ModuleList(Linear(a, b, gain=GAIN) for a, b in itertools.pairwise(sizes))
        self.pixels = Linear(sizes[-1], shape.channels * shape.size**2)
        self.register_buffer("mean_w", torch.zeros(mean_shape(shape, shape.code_size)))

    def synthesize(self, w: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        x = w.to(dtype)
        for layer in self.layers:
            x = leaky(layer(x))
        picture = torch.tanh(self.pixels(x).float())
        return picture.view(len(w), self.shape.channels, self.shape.size, self.shape.size)

    def forward(self, code: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return self.synthesize(code, dtype)


class DenseDiscriminator(nn.Module):
    """Picture [B, channels, S, S] with its class behind it → realness [B]."""

    separate = False

    def __init__(self, shape: DiscriminatorShape) -> None:
        super().__init__()
        self.shape = shape
        sizes = (shape.channels * shape.side**2 + shape.classes, *shape.widths)
        self.layers = nn.ModuleList(Linear(a, b, gain=GAIN) for a, b in itertools.pairwise(sizes))
        self.verdict = Linear(sizes[-1], 1)

    def forward(
        self, picture: torch.Tensor, code: torch.Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        x = picture.flatten(1)
        if self.shape.classes:
            assert code is not None, "a judge of classes is told the class"
            x = torch.cat([x, code[:, -self.shape.classes :]], 1)
        x = x.to(dtype)
        for layer in self.layers:
            x = leaky(layer(x))
        return self.verdict(x.float())[:, 0]
