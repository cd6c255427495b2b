"""A judge that reads the factors of a landscape from its pixels, trained on rule-made pictures alone.

It never sees a generator's picture during its training, so what it says of one is a measurement, not a memory.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator
from functools import lru_cache
from pathlib import Path

import torch
import torch.nn.functional as functional
from safetensors.torch import load_file, save_file
from torch import nn

from studio.engine.datasets import shanshui
from studio.engine.networks.layers import Conv, Linear, leaky

SIZE = 64


class Judge(nn.Module):
    """Pictures [B, 3, 64, 64] in -1…1 → the factors that have a slider [B, 8], in standard deviations of the rule."""

    WIDTHS = (32, 64, 96, 128)

    def __init__(self) -> None:
        super().__init__()
        sizes = (3, *self.WIDTHS)
        self.convolutions = nn.ModuleList(Conv(a, b) for a, b in itertools.pairwise(sizes))
        self.dense = Linear(self.WIDTHS[-1] * 16, 192)
        self.answer = Linear(192, len(shanshui.SLIDERS))

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        x = picture.contiguous(memory_format=torch.channels_last)
        for convolution in self.convolutions:
            x = functional.max_pool2d(leaky(convolution(x)), 2)
        return self.answer(leaky(self.dense(x.flatten(1))))


@lru_cache(maxsize=1)
def scale_of_factors() -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation [8] of each factor with a slider, over 20 000 draws of the rule."""
    z = torch.randn(20_000, shanshui.LATENT_SIZE, generator=torch.Generator().manual_seed(1))
    named = shanshui.factors(z)
    values = torch.stack([named[name] for name in shanshui.SLIDERS], 1)
    return values.mean(0), values.std(0)


def true_factors(z: torch.Tensor) -> torch.Tensor:
    """The factors with a slider of z [B, 48], in standard deviations [B, 8]."""
    mean, deviation = scale_of_factors()
    named = shanshui.factors(z)
    return (torch.stack([named[name] for name in shanshui.SLIDERS], 1) - mean) / deviation


def train_judge(steps: int = 1200, batch: int = 32, seed: int = 17) -> Generator[None, None, Judge]:
    """A judge trained on ``steps`` · ``batch`` fresh pictures of the rule; the same one for the same arguments. Yields after
    each step, returns the judge.

    Half of the pictures are softened a little, so that it does not judge by sharpness.
    """
    torch.manual_seed(seed)
    judge = Judge()
    optimiser = torch.optim.Adam(judge.parameters(), lr=1e-3)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 1e-3 * (1 - step / steps) + 2e-5
        draw = torch.Generator().manual_seed(seed * 100_003 + step)
        z = torch.randn(batch, shanshui.LATENT_SIZE, generator=draw)
        z[:, : len(shanshui.SLIDERS)] *= 1.0 + torch.rand(batch, 1, generator=draw)
        picture = shanshui.paint(z, SIZE) * 2 - 1
        half = batch // 2
        softened = functional.avg_pool2d(functional.pad(picture[:half], (1, 1, 1, 1), mode="replicate"), 3, 1)
        picture = torch.cat(
            [torch.lerp(picture[:half], softened, torch.rand(half, 1, 1, 1, generator=draw)), picture[half:]]
        )
        loss = functional.smooth_l1_loss(judge(picture), true_factors(z))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        yield
    return judge.eval().requires_grad_(False)


def keep_judge(judge: Judge, path: Path) -> None:
    """Writes the judge in half precision (1.2 MB), which moves what it says by less than 0.002. Raises OSError."""
    save_file({name: value.half().contiguous() for name, value in judge.state_dict().items()}, path)


def load_judge(path: Path) -> Judge:
    """The judge that :func:`keep_judge` wrote. Raises OSError or SafetensorError."""
    judge = Judge()
    judge.load_state_dict(load_file(path))
    return judge.eval().requires_grad_(False)


def sized(picture: torch.Tensor) -> torch.Tensor:
    """Pictures [B, 3, S, S] in -1…1 of any size as the judge reads them: 64 pixels."""
    if picture.shape[-1] == SIZE:
        return picture
    return functional.interpolate(picture, size=(SIZE, SIZE), mode="bilinear", antialias=True)


@torch.no_grad()
def agreement(judge: Judge, count: int = 500) -> dict[str, float]:
    """How well the judge reads pictures it has not seen: correlation with the true factor, by name."""
    z = shanshui.latents(range(900_000, 900_000 + count))
    said, true = judge(shanshui.paint(z, SIZE) * 2 - 1), true_factors(z)
    return {
        name: float(torch.corrcoef(torch.stack([said[:, index], true[:, index]]))[0, 1])
        for index, name in enumerate(shanshui.SLIDERS)
    }
