"""Whether made pictures are copies of training pictures: as they are, mirrored, cut, or in other colours.

A picture is described by where its colours change, whatever they are: the strongest gradient of its three channels on a grid, less
its mean and of length 1. Each training picture is compared as it is and mirrored, whole and as cuts of several sizes and places; the
score is the correlation, 1 for a copy. How alike different pictures of the same hand are is measured on the training pictures
themselves, each beside all others: what only one in two hundred of them reaches is no accident.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import NamedTuple

import torch
import torch.nn.functional as functional

GRID, SIDE = 16, 64
CUTS = (0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
"""Sides of the cuts that are looked for, by that of the whole; in between a copy is nearly as alike."""
STEP = 3
"""Pixels of ``SIDE`` between the places of cuts."""
RARE = 0.995
HIGHEST = 0.98
COMPARED = 512
"""Training pictures whose own likeness to all others is looked at."""
_AT_ONCE = 128


class Copies(NamedTuple):
    """Of each made picture: ``scores`` [m] its likeness to the training picture ``numbers`` int64 [m] that it is most like.
    ``threshold``: from there on it is taken for a copy."""

    scores: torch.Tensor
    numbers: torch.Tensor
    threshold: float

    @property
    def found(self) -> torch.Tensor:
        """bool [m]."""
        return self.scores >= self.threshold


@torch.no_grad()
def changes(pictures: torch.Tensor) -> torch.Tensor:
    """Where the colours of pictures [B, 3, S, S] in −1…1 change, by what is usual around: [B, 1, SIDE, SIDE]."""
    small = pictures.float()
    if small.shape[-1] != SIDE:
        small = functional.interpolate(small, size=(SIDE, SIDE), mode="bilinear", antialias=True)
    small = functional.avg_pool2d(functional.pad(small, (1, 1, 1, 1), mode="replicate"), 3, 1)
    right = functional.pad(small.diff(dim=3), (0, 1, 0, 0))
    down = functional.pad(small.diff(dim=2), (0, 0, 0, 1))
    edges = torch.hypot(right, down).amax(1, keepdim=True)
    contrast = edges / (edges.mean((1, 2, 3), keepdim=True) + 1e-6)
    around = functional.avg_pool2d(contrast, 9, 1, padding=4, count_include_pad=False)
    return contrast / (around + 0.25)


def described(seen: torch.Tensor) -> torch.Tensor:
    """Of what ``changes`` gave, or a cut of it: float32 [B, GRID²], each of length 1; one without any edge is 0."""
    local = functional.adaptive_avg_pool2d(seen, GRID).flatten(1)
    return functional.normalize(local - local.mean(1, keepdim=True), dim=1)


def views(seen: torch.Tensor) -> Iterator[torch.Tensor]:
    """Each training picture as a copy may show it: mirrored or not, whole or cut."""
    for one in (seen, seen.flip(3)):
        yield one
        for share in CUTS:
            size = round(SIDE * share)
            steps = sorted({*range(0, SIDE - size + 1, STEP), SIDE - size})
            for top in steps:
                for left in steps:
                    yield one[..., top : top + size, left : left + size]


def copies(made: torch.Tensor, real: torch.Tensor) -> Generator[int, None, Copies]:
    """Of ``made`` [m, 3, S, S] beside the training pictures ``real`` [n, 3, S, S], all in −1…1. Yields how many of these were looked
    at."""
    own, scores, numbers = described(changes(made)), [], []
    own_numbers = torch.arange(min(len(real), COMPARED)) * len(real) // min(len(real), COMPARED)
    whole = described(changes(real[own_numbers]))
    others = torch.full((len(whole),), -1.0)
    for start in range(0, len(real), _AT_ONCE):
        part = changes(real[start : start + _AT_ONCE])
        like, usual = torch.full((len(made), len(part)), -1.0), torch.full((len(whole), len(part)), -1.0)
        for view in views(part):
            seen = described(view).T
            like = torch.maximum(like, own @ seen)
            usual = torch.maximum(usual, whole @ seen)
        usual[own_numbers[:, None] == torch.arange(start, start + len(part))] = -1.0
        others = torch.maximum(others, usual.max(1).values)
        best = like.max(1)
        scores.append(best.values)
        numbers.append(best.indices + start)
        yield start + len(part)
    best = torch.stack(scores).max(0)
    number = torch.stack(numbers)[best.indices, torch.arange(len(made))]
    return Copies(best.values, number, _threshold(others))


def _threshold(others: torch.Tensor) -> float:
    """From how alike different training pictures are. Of few pictures the most alike two say little, so a tenth of what is left to 1
    is added. Pictures that stand twice among them are no measure."""
    different = others[others < HIGHEST]
    if not len(different):
        return HIGHEST
    rare = float(different.quantile(RARE))
    return min(rare + 0.1 * (1 - rare), HIGHEST)
