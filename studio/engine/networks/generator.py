"""The style generator: z → w → picture, without noise inputs, so that equal w is an equal picture."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Literal

import msgspec
import torch
from torch import nn

from studio.engine.networks.layers import GAIN, Linear, ModulatedConv, double, leaky


class GeneratorShape(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a generator: ``widths`` are the channels at 4, 8, 16 … pixels, the last one at the picture's size; of
    ``dense`` they are those of the hidden layers, and ``side`` is the picture's; of ``dcgan`` those up to half the size.

    ``channels``: 1 grey, 3 colour, 4 colour with alpha, premultiplied. ``classes``: how many kinds of picture it can be
    asked for; the kind enters as further numbers behind z, one per class, 1 for the class asked for.
    ``truncation``: where variety acts. In w it draws towards the mean style, as in StyleGAN; in z it draws the factors
    towards their middle, which keeps pictures sharp when z was taught by a rule.
    """

    network: Literal["style", "dense", "dcgan", "few"] = "style"
    latent_size: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 48
    style_size: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 256
    mapping_layers: Annotated[int, msgspec.Meta(ge=1, le=16)] = 3
    widths: tuple[Annotated[int, msgspec.Meta(ge=1, le=4096)], ...] = (192, 192, 160, 112, 64)
    truncation: Literal["w", "z"] = "w"
    side: Annotated[int, msgspec.Meta(ge=0, le=1024)] = 0
    channels: Literal[1, 3, 4] = 3
    classes: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0

    @property
    def size(self) -> int:
        doublings = len(self.widths) if self.network == "dcgan" else len(self.widths) - 1
        return self.side or 4 * 2**doublings

    @property
    def code_size(self) -> int:
        """Numbers that describe one picture: z and the class."""
        return self.latent_size + self.classes


def code_of(z: torch.Tensor, label: torch.Tensor | None, classes: int) -> torch.Tensor:
    """z [B, latent] with the classes [B] (int64) behind it: [B, latent + classes]."""
    if not classes:
        return z
    assert label is not None
    return torch.cat([z, nn.functional.one_hot(label, classes).to(z)], 1)


def mean_shape(shape: GeneratorShape, style: int) -> tuple[int, ...]:
    """Of the mean style: one for all pictures, or one per class, so that truncation stays inside the class."""
    return (shape.classes, style) if shape.classes else (style,)


class Mapping(nn.Module):
    """Code [B, latent + classes] → w [B, style]. It enters with its sines and cosines, so that fine dependence on z can be learnt;
    values beyond ±3 are bent towards ±4, where training has seen pictures."""

    OCTAVES = (0.7, 1.4, 2.8)

    def __init__(self, shape: GeneratorShape) -> None:
        super().__init__()
        inputs = shape.code_size * (1 + 2 * len(self.OCTAVES))
        sizes = [inputs] + [shape.style_size] * shape.mapping_layers
        self.layers = nn.ModuleList(Linear(a, b, gain=GAIN) for a, b in itertools.pairwise(sizes))

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        z = 4 * torch.tanh(z / 4)
        waves = [wave(octave * z) for octave in self.OCTAVES for wave in (torch.sin, torch.cos)]
        x = torch.cat([z, *waves], 1)
        for layer in self.layers[:-1]:
            x = leaky(layer(x))
        return self.layers[-1](x)


def waves(channels: int, size: int) -> torch.Tensor:
    """[1, channels, size, size]: plane waves of random direction and phase, up to size / 6 periods across. A learnt
    sense of place starts from them."""
    place = (torch.arange(size) + 0.5) / size
    turns = torch.randn(2, channels, 1, 1) * (size / 16)
    phase = turns[0] * place.view(1, 1, -1) + turns[1] * place.view(1, -1, 1) + torch.rand(channels, 1, 1)
    return torch.sin(2 * math.pi * phase)[None]


class Block(nn.Module):
    """Doubles the side: a modulated convolution, bilinear doubling, what is learnt of each place, another convolution;
    adds its colours to the picture."""

    def __init__(self, inputs: int, outputs: int, style: int, size: int, channels: int = 3) -> None:
        super().__init__()
        self.before = ModulatedConv(inputs, outputs, style)
        self.ground = nn.Parameter(waves(outputs, size))
        self.after = ModulatedConv(outputs, outputs, style)
        self.colour = ModulatedConv(outputs, channels, style, kernel=1, demodulate=False)

    def forward(
        self, x: torch.Tensor, picture: torch.Tensor, w: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        x = leaky(self.before(x, w))
        x = leaky(self.after(double(x) + self.ground.to(x.dtype), w))
        return x, double(picture) + self.colour(x, w).float()


class Generator(nn.Module):
    """w [B, style] → picture [B, channels, S, S], about -1…1 (sRGB encoded 0…1 is ``x / 2 + 0.5``)."""

    mean_w: torch.Tensor

    def __init__(self, shape: GeneratorShape) -> None:
        super().__init__()
        self.shape = shape
        first = shape.widths[0]
        self.mapping = Mapping(shape)
        self.plan = Linear(shape.style_size, 16 * (first // 2))
        self.ground = nn.Parameter(torch.randn(1, first - first // 2, 4, 4))
        self.opening = ModulatedConv(first, first, shape.style_size)
        self.colour = ModulatedConv(first, shape.channels, shape.style_size, kernel=1, demodulate=False)
        pairs = itertools.pairwise(shape.widths)
        self.blocks = nn.ModuleList(
            Block(a, b, shape.style_size, 8 * 2**index, shape.channels) for index, (a, b) in enumerate(pairs)
        )
        self.register_buffer("mean_w", torch.zeros(mean_shape(shape, shape.style_size)))

    def synthesize(self, w: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """The picture of w, computed in ``dtype``, returned as float32. ``w`` [B, style], or [B, 3, style] with styles of their own
        for the layers at 4 and 8 pixels, at 16, and at 32 and more."""
        w = w.float()
        coarse, middle, fine = (w, w, w) if w.dim() == 2 else w.unbind(1)
        plan = self.plan(coarse).view(len(w), -1, 4, 4)
        x = torch.cat([plan, self.ground.expand(len(w), -1, -1, -1)], 1).to(dtype)
        x = x.contiguous(memory_format=torch.channels_last)
        x = leaky(self.opening(x, coarse))
        picture = self.colour(x, coarse).float()
        for index, block in enumerate(self.blocks):
            x, picture = block(x, picture, (coarse, middle, fine)[min(index, 2)])
        return picture

    def forward(self, z: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return self.synthesize(self.mapping(z.float()), dtype)
