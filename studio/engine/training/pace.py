"""How long a step of training takes, beside the same step straight on: float32, planes apart."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import torch

from studio.engine.datasets.source import ShanshuiSource
from studio.engine.training.checkpoint import TrainingState
from studio.engine.training.loop import PRECISIONS
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.recipe import TrainingRecipe, find_recipe
from studio.engine.training.step import Batch, Way, adversarial_step


class Pace(NamedTuple):
    """Seconds of processor time of each step, as the recipe has it and straight on."""

    ours: list[float]
    plain: list[float]


def compared(name: str, batch: int, turns: int) -> Pace:
    """Steps of the recipe ``name`` and straight ones in turn on one core, the first of each, which gets things ready, left out."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # waiting threads count as processor time
    try:
        recipe = msgspec.structs.replace(find_recipe(name), batch=batch)
        plain = msgspec.structs.replace(recipe, precision="float32")
        real = ShanshuiSource(recipe.generator.size).batch(batch, torch.Generator().manual_seed(1))[1]
        states = TrainingState(recipe, torch.device("cpu")), TrainingState(plain, torch.device("cpu"))
        pace = Pace([], [])
        for turn in range(turns + 1):
            ours = _seconds(states[0], recipe, real, turn)
            with _planes_apart():
                straight = _seconds(states[1], plain, real, turn)
            if turn:
                pace.ours.append(ours)
                pace.plain.append(straight)
        return pace
    finally:
        torch.set_num_threads(before)


def _seconds(state: TrainingState, recipe: TrainingRecipe, real: torch.Tensor, turn: int) -> float:
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
