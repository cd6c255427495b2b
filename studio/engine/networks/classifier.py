"""The convolution lesson: a plain classifier whose every layer can be looked at (LeCun et al. 1998, with rectified units)."""

from __future__ import annotations

import itertools

import msgspec
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.networks.layers import Conv, Linear


class ClassifierShape(msgspec.Struct, frozen=True, kw_only=True):
    """``classes`` by their names. A stage for each of ``widths``: convolution 3 × 3, rectification, maximum of 2 × 2."""

    side: int = 32
    channels: int = 3
    widths: tuple[int, ...] = (24, 48, 96)
    hidden: int = 96
    classes: tuple[str, ...]


class Stage(msgspec.Struct, frozen=True, eq=False):
    """What a layer makes of a picture: ``maps`` [C, H, W], by the name of the layer."""

    name: str
    maps: torch.Tensor


class Classifier(nn.Module):
    """Pictures [B, channels, side, side] in −1…1 → how much speaks for each class [B, classes] (logits: exp(y) / Σ exp(y) is the
    share of each)."""

    def __init__(self, shape: ClassifierShape) -> None:
        super().__init__()
        self.shape = shape
        sizes = (shape.channels, *shape.widths)
        self.convolutions = nn.ModuleList(Conv(a, b) for a, b in itertools.pairwise(sizes))
        left = shape.side >> len(shape.widths)
        self.dense = Linear(shape.widths[-1] * left * left, shape.hidden)
        self.answer = Linear(shape.hidden, len(shape.classes))

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        x = picture.float()
        for convolution in self.convolutions:
            x = functional.max_pool2d(functional.relu(convolution(x)), 2)
        return self.answer(functional.relu(self.dense(x.flatten(1))))

    @torch.no_grad()
    def stages(self, picture: torch.Tensor) -> list[Stage]:
        """Of one picture [channels, side, side] what each convolution and each pooling makes."""
        x, found = picture.float()[None], []
        for number, convolution in enumerate(self.convolutions, 1):
            x = functional.relu(convolution(x))
            found.append(Stage(f"convolution-{number}", x[0]))
            x = functional.max_pool2d(x, 2)
            found.append(Stage(f"pooling-{number}", x[0]))
        return found
