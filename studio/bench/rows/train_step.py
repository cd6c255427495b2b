"""One step of training `studio-gan` at 128 pixels on the processor, against the same step straight on: float32, planes apart."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import msgspec
import torch

from studio.bench.figures import Figure, figure
from studio.engine.datasets.source import ShanshuiSource
from studio.engine.training.checkpoint import TrainingState
from studio.engine.training.loop import PRECISIONS
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.recipe import TrainingRecipe
from studio.engine.training.step import Batch, Way, adversarial_step
from studio.engine.training.train import find_recipe

RECIPE, BATCH = "studio-gan-studio", 8
SHARE = 0.5


def measure(quick: bool = False) -> list[Figure]:
    recipe = msgspec.structs.replace(find_recipe(RECIPE), batch=2 if quick else BATCH)
    plain = msgspec.structs.replace(recipe, precision="float32")
    real = ShanshuiSource(recipe.generator.size).batch(recipe.batch, torch.Generator().manual_seed(1))[1]
    torch.set_num_threads(1)  # waiting threads count as processor time
    ours, others, shares = [], [], []
    states = TrainingState(recipe, torch.device("cpu")), TrainingState(plain, torch.device("cpu"))
    for turn in range(2 if quick else 6):
        ours.append(_seconds(states[0], recipe, real, turn))
        with _planes_apart():
            others.append(_seconds(states[1], plain, real, turn))
        shares.append(ours[-1] / others[-1])
    what = f"training step of {RECIPE}, 128 px, batch {recipe.batch}, in processor time"
    return [
        figure(what, "s", ours[1:] or ours, note=f"{recipe.batch / min(ours):.2f} pictures/s of one core"),
        figure(
            f"{what}: share of the same in float32, planes apart", "", shares[1:] or shares, {"p50": SHARE}
        ),
    ]


def _seconds(state: TrainingState, recipe: TrainingRecipe, real: torch.Tensor, turn: int) -> float:
    """Processor time, because something else may run beside."""
    draw = torch.Generator().manual_seed(turn)
    z = torch.randn(recipe.batch, recipe.generator.latent_size, generator=draw)
    way = Way(PRECISIONS[recipe.precision], RandomFeatures(torch.device("cpu")))
    began = time.process_time()
    adversarial_step(state, turn, Batch(z, real), draw, way)
    return time.process_time() - began


@contextlib.contextmanager
def _planes_apart() -> Iterator[None]:
    """The networks ask for channels beside each other; meanwhile they get them as planes."""
    together = torch.channels_last
    torch.channels_last = torch.contiguous_format
    try:
        yield
    finally:
        torch.channels_last = together
