"""The measures that rest on neighbours and on the kernel, over a second network: a random VGG-16, as Naeem et al. 2020 take it."""

from __future__ import annotations

from collections.abc import Generator

import torch

from studio.engine.evaluation import measures
from studio.engine.evaluation.figures import REPLICATES, figures
from studio.engine.networks.vgg import NAME, RESIZE, RandomVgg
from studio.messages.events import Footing, VggFigures


def measured(
    real: torch.Tensor, made: torch.Tensor, resize: str
) -> Generator[tuple[int, int], None, VggFigures]:
    """Of pictures [n, 3, S, S] and [m, 3, S, S] in −1…1, which came to their size by ``resize``. Yields (done, total)."""
    network, features = RandomVgg(), []
    total, done = len(real) + len(made) + REPLICATES, 0
    for pictures in (real, made):
        looking = network.seen(pictures)
        while True:
            try:
                yield done + next(looking), total
            except StopIteration as end:
                features.append(end.value)
                break
        done += len(pictures)
    work = figures(
        *measures.standardised(*features), measure=lambda _real, _made, apart: measures.alikeness(apart)
    )
    while True:
        try:
            yield done + next(work), total
        except StopIteration as end:
            values, intervals = end.value
            break
    footing = Footing(
        features=NAME, weights=network.digest(), side=made.shape[-1], resize=f"{resize}; then {RESIZE}"
    )
    return VggFigures(**values, intervals=intervals, footing=footing)
