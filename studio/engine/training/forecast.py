"""What a training would take on this computer, from dry steps: its time, its memory, the size of its checkpoints; and which recipe
fits the time there is."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import torch

from studio import paths
from studio.engine.datasets.folder import FolderSource
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import packed
from studio.engine.networks.build import new_discriminator, new_generator
from studio.engine.networks.generator import code_of
from studio.engine.training import peak
from studio.engine.training.checkpoint import TrainingState, bytes_of
from studio.engine.training.loop import NO_DATA, PRECISIONS, decided, learnt_from
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.pruning import MOST_KEPT
from studio.engine.training.recipe import TrainingRecipe, find_recipe, read_recipe
from studio.engine.training.step import Batch, Way, adversarial_step
from studio.messages.events import Event, Foreseen, Progress
from studio.messages.requests import Foresee
from studio.paths import resources
from studio.recipe import QT_TRANSLATE_NOOP

DRY_STEPS, LONGEST = 20, 60.0
"""Steps that are tried, and the seconds after which no other one is begun."""
WARM = 2
"""The first steps make what later ones use again, and are not counted."""
SHOWS = 0.15
"""With this share of its own steps a recipe shows what it has learnt."""
MANY, FEW = 2000, 1000
"""Pictures from which the largest recipe is worth its time, and below which the one for few pictures is better."""
TRYING = QT_TRANSLATE_NOOP("engine", "Trying how fast this computer learns")


def candidates(pictures: int) -> list[TrainingRecipe]:
    """Recipes for a folder of so many pictures that are no lessons, the best first: the largest, and for few pictures the one that is
    made for them."""
    found = [read_recipe(path) for path in sorted((resources() / "recipes").glob("*.toml"))]
    fitting = [
        one
        for one in found
        if one.source == "folder"
        and one.encoder is None
        and one.generator.network in ("style", "few")
        and (one.generator.network != "few" or pictures < FEW)
        and (one.generator.size <= 128 or pictures >= MANY)
    ]
    return sorted(fitting, key=lambda one: (one.generator.size, one.generator.network == "few"), reverse=True)


def foresee(request: Foresee, device: str = "cpu") -> Iterator[Event]:
    """Progress, then Foreseen. Changes nothing but the cache of packed pictures. Raises RecipeError, DataError, OSError."""
    yield Progress(done=0, total=DRY_STEPS, text=TRYING)
    if not request.data:
        raise DataError(NO_DATA, recipe=request.recipe)
    named = find_recipe(request.recipe) if request.recipe else None
    if named is not None:
        yield (yield from _tried(named, request, device))
        return
    pictures = _count(Path(request.data))
    ranked = candidates(pictures)
    costs = {recipe.name: _forward_seconds(recipe, device) * recipe.batch for recipe in ranked}
    smallest = ranked[-1]
    known = yield from _tried(smallest, request, device)
    for recipe in ranked:
        guess = known.step_seconds * costs[recipe.name] / costs[smallest.name]
        if recipe is smallest or _enough(recipe, request.seconds, guess):
            found = known if recipe is smallest else (yield from _tried(recipe, request, device))
            if found.enough or recipe is smallest:
                yield found
                return


def _enough(recipe: TrainingRecipe, seconds: float, step_seconds: float) -> bool:
    return not seconds or seconds / step_seconds >= SHOWS * recipe.steps


def _count(folder: Path) -> int:
    from studio.engine.datasets.listing import list_pictures

    return len(list_pictures(folder))


@torch.no_grad()
def _forward_seconds(recipe: TrainingRecipe, device: str) -> float:
    """Seconds that both networks take for one picture; what they cost beside each other, not what a step takes."""
    where, dtype, shape = torch.device(device), PRECISIONS[recipe.precision], recipe.generator
    generator, judge = new_generator(shape).to(where), new_discriminator(recipe.discriminator).to(where)
    z = code_of(torch.randn(4, shape.latent_size), None, shape.classes).to(where)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        judge(generator(z, dtype), None, dtype).float().sum().item()
        times.append(time.perf_counter() - began)
    return min(times) / len(z)


def _tried(recipe: TrainingRecipe, request: Foresee, device: str) -> Generator[Progress, None, Foreseen]:
    """Dry steps of ``recipe`` on the pictures themselves, and what follows from them."""
    where = torch.device(device)
    packing = packed(
        Path(request.data),
        Path(request.test_data) if request.test_data else None,
        decided(request.decisions, recipe),
        paths.cache() / "datasets",
    )
    pack = yield from packing
    recipe, source = learnt_from(pack, recipe, request.decisions, own_channels=False)
    times: list[float] = []
    with peak.watched(where) as memory:
        state = TrainingState(recipe, where)
        way = Way(PRECISIONS[recipe.precision], RandomFeatures(where))
        began = time.perf_counter()
        for step in range(DRY_STEPS):
            times.append(_seconds_of_step(state, step, source, way, where))
            yield Progress(done=step + 1, total=DRY_STEPS, text=TRYING)
            if time.perf_counter() - began > LONGEST:
                break
    each = _mean(times[WARM:] or times)
    steps = recipe.steps if not request.seconds else max(1, min(recipe.steps, int(request.seconds / each)))
    size = bytes_of(state)
    return Foreseen(
        recipe=request.recipe or recipe.name, side=recipe.generator.size, batch=recipe.batch, steps=steps,
        step_seconds=each, seconds=each * steps, memory=memory(), checkpoint=size,
        disk=size * min(MOST_KEPT, max(1, steps // 500)), room=_room(), pictures=source.count,
        enough=_enough(recipe, request.seconds, each),
    )  # fmt: skip


def _seconds_of_step(
    state: TrainingState, step: int, source: FolderSource, way: Way, where: torch.device
) -> float:
    began = time.perf_counter()
    draw = torch.Generator().manual_seed(step)
    batch = Batch.on(where, source.batch(state.recipe.batch, draw))
    adversarial_step(
        state, state.recipe.warm_steps + step, batch, draw, way
    )  # reads its losses: the card is done, too
    return time.perf_counter() - began


def _mean(times: list[float]) -> float:
    """Without the slowest tenth: something else may have run beside them."""
    kept = sorted(times)[: max(1, len(times) - len(times) // 10)]
    return sum(kept) / len(kept)


def _room() -> int:
    with contextlib.suppress(OSError):
        place = paths.data()
        while not place.exists() and place != place.parent:
            place = place.parent
        return shutil.disk_usage(place).free
    return -1
