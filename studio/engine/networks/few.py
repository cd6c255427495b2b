"""A GAN for fewer than a thousand pictures, after Liu et al. 2021 (FastGAN, arXiv 2101.04775): skip-layer excitation
lets coarse features steer fine ones, gated linear units draw, and the judge has to redraw real pictures from its own
features, so that it looks at all of them instead of learning a few by heart. Batch statistics: computed in float32."""

from __future__ import annotations

import itertools

import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.dcgan import with_class_planes
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.generator import GeneratorShape, mean_shape
from studio.engine.networks.layers import LEAK

SKIP = 4
"""Doublings that an excitation reaches over: from 4 to 64 pixels, from 8 to 128, from 16 to 256."""


def _glu(inputs: int, outputs: int) -> nn.Sequential:
    """3×3 convolution, batch normalisation, gated linear unit."""
    return nn.Sequential(
        nn.Conv2d(inputs, 2 * outputs, 3, padding=1, bias=False), nn.BatchNorm2d(2 * outputs), nn.GLU(1)
    )


class Excitation(nn.Module):
    """Equation 2 of the paper: y = σ(F(coarse)) · fine, one factor per channel."""

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.AdaptiveAvgPool2d(4), nn.Conv2d(coarse, fine, 4), nn.LeakyReLU(LEAK), nn.Conv2d(fine, fine, 1), nn.Sigmoid()
        )  # fmt: skip

    def forward(self, coarse: torch.Tensor, fine: torch.Tensor) -> torch.Tensor:
        return fine * self.layers(coarse)


class FewGenerator(nn.Module):
    """Code [B, latent + classes] → picture [B, channels, S, S] in -1…1; z lies on the sphere of radius √latent."""

    mean_w: torch.Tensor

    def __init__(self, shape: GeneratorShape) -> None:
        super().__init__()
        self.shape = shape
        self.mapping = nn.Identity()
        first = shape.widths[0]
        self.opening = nn.Sequential(
            nn.ConvTranspose2d(shape.code_size, 2 * first, 4, bias=False),
            nn.BatchNorm2d(2 * first),
            nn.GLU(1),
        )
        self.blocks = nn.ModuleList(_glu(a, b) for a, b in itertools.pairwise(shape.widths))
        skips = zip(shape.widths, shape.widths[SKIP:], strict=False)
        self.excitations = nn.ModuleList(Excitation(coarse, fine) for coarse, fine in skips)
        self.colour = nn.Sequential(nn.Conv2d(shape.widths[-1], shape.channels, 3, padding=1), nn.Tanh())
        self.register_buffer("mean_w", torch.zeros(mean_shape(shape, shape.code_size)))

    def synthesize(self, w: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        z, kind = w.float().split([self.shape.latent_size, self.shape.classes], 1)
        z = functional.normalize(z, dim=1) * self.shape.latent_size**0.5
        seen = [self.opening(torch.cat([z, kind], 1)[:, :, None, None])]
        for index, block in enumerate(self.blocks):
            x = block(functional.interpolate(seen[-1], scale_factor=2, mode="nearest"))
            coarse = index + 1 - SKIP
            seen.append(x if coarse < 0 else self.excitations[coarse](seen[coarse], x))
        return self.colour(seen[-1])

    def forward(self, code: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return self.synthesize(code, dtype)


class Halving(nn.Module):
    """Two ways down that are averaged: a strided convolution with another behind it, and a mean with a 1×1."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(inputs, outputs, 4, 2, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(LEAK),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(LEAK),
        )  # fmt: skip
        self.direct = nn.Sequential(
            nn.AvgPool2d(2), nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(LEAK)
        )  # fmt: skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.main(x) + self.direct(x)) / 2


class FewDiscriminator(nn.Module):
    """Picture [B, channels, S, S] → realness [B], the mean verdict over the places of a 4×4 map."""

    separate = True

    def __init__(self, shape: DiscriminatorShape) -> None:
        super().__init__()
        self.shape = shape
        self.opening = nn.Sequential(
            nn.Conv2d(shape.channels + shape.classes, shape.widths[0], 3, padding=1), nn.LeakyReLU(LEAK)
        )
        self.blocks = nn.ModuleList(Halving(a, b) for a, b in itertools.pairwise(shape.widths))
        self.verdict = nn.Conv2d(shape.widths[-1], 1, 1)
        narrow = shape.widths[-2]
        self.redraw = nn.Sequential(_glu(narrow, narrow), *self._up(narrow), *self._up(narrow))
        self.redrawn = nn.Sequential(nn.Conv2d(narrow, shape.channels, 3, padding=1), nn.Tanh())

    def _up(self, width: int) -> tuple[nn.Module, nn.Module]:
        return nn.Upsample(scale_factor=2, mode="nearest"), _glu(width, width)

    def _features(self, picture: torch.Tensor, code: torch.Tensor | None) -> list[torch.Tensor]:
        found = [self.opening(with_class_planes(picture, code, self.shape.classes))]
        for block in self.blocks:
            found.append(block(found[-1]))
        return found

    def forward(
        self, picture: torch.Tensor, code: torch.Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        return self.verdict(self._features(picture, code)[-1]).mean((1, 2, 3))

    def reconstruction(self, picture: torch.Tensor, code: torch.Tensor | None) -> torch.Tensor:
        """Mean squared error of a picture, made as small as what is redrawn of it from 8×8 features."""
        coarse = self._features(picture, code)[-2]
        drawn = self.redrawn(self.redraw(coarse))
        return functional.mse_loss(drawn, functional.adaptive_avg_pool2d(picture, drawn.shape[-1]))
