"""Where a training step's pictures come from: the rule, or the packed pictures of a folder."""

from __future__ import annotations

from typing import Protocol

import torch

from studio.engine.datasets import shanshui
from studio.messages.models import ClassTitle


class Source(Protocol):
    """``batch`` returns codes [B, latent + classes] and pictures [B, channels, S, S] in -1…1 on the CPU; everything from
    ``generator``. ``classes``: their names, empty where there are none; ``class_titles``: what they are called where that is not
    their names.

    ``paired``: the picture is the one that z describes. ``rejected``: files that could not be used, with the reason.
    """

    paired: bool
    count: int
    rejected: tuple[str, ...]
    classes: tuple[str, ...]
    class_titles: tuple[ClassTitle, ...]

    def batch(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]: ...


class ShanshuiSource:
    """Rule-made landscapes, a new one for each z; there is no end of them. ``count`` is 0: unlimited."""

    paired = True
    count = 0
    rejected: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    class_titles: tuple[ClassTitle, ...] = ()

    def __init__(self, size: int, spread: float = 1.15) -> None:
        self.size = size
        self.spread = spread

    def batch(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """The factors with a slider are drawn a little wider than the rest, so that sliders end in known country."""
        z = torch.randn(count, shanshui.LATENT_SIZE, generator=generator)
        z[:, : len(shanshui.SLIDERS)] *= self.spread
        return z, shanshui.paint(z, self.size) * 2 - 1
