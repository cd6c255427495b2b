"""The training loop of the GAN, a generator that yields what happens."""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Literal

import msgspec
import torch

from studio import paths
from studio.engine.datasets.conditions import ConditionsSource
from studio.engine.datasets.folder import FolderSource, pack_of_run
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import Pack
from studio.engine.datasets.source import ShanshuiSource, Source
from studio.engine.devices import forget_memory, is_out_of_memory
from studio.engine.failures import EngineError
from studio.engine.networks.generator import code_of
from studio.engine.training.checkpoint import (
    TrainingState,
    checkpoint_path,
    load_checkpoint,
    newest_checkpoint,
    save_checkpoint,
)
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.pruning import keep, prune
from studio.engine.training.ranks import ALONE, Ranks
from studio.engine.training.recipe import TrainingRecipe, with_channels, with_classes
from studio.engine.training.samples import keep_samples, samples
from studio.engine.training.step import Batch, Way, adversarial_step, warm_step
from studio.engine.training.variational import sharpening_step, variational_step
from studio.engine.training.watch import References, Watch
from studio.messages.data import Decisions
from studio.messages.events import Checkpoint, Progress, Sample
from studio.messages.pixels import Pixels
from studio.messages.training import LOOK, SENTENCES, STOP, WANTED, Warned
from studio.recipe import QT_TRANSLATE_NOOP

NO_DATA = QT_TRANSLATE_NOOP(
    "engine", "The recipe “{recipe}” learns from your pictures. Choose a folder of pictures first."
)
NO_MEMORY = QT_TRANSLATE_NOOP(
    "engine",
    "There is not enough memory for a step with {count} pictures at once. Work on them in smaller parts, or close other programs.",
)
INKS: dict[int, Literal["grey", "alpha"]] = {1: "grey", 4: "alpha"}
"""What a network of so many channels learns from, whatever was decided for colour."""
PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16}


class RunawayError(EngineError):
    """The losses of a run are no numbers any more, or none that it comes back from."""

    def __init__(self, step: int, value: float) -> None:
        super().__init__("runaway", SENTENCES["runaway"], step=str(step), value=f"{value:g}")
        self.step, self.value = step, value


def train(
    recipe: TrainingRecipe,
    *,
    data: Path | None,
    run: Path,
    steps: int | None = None,
    checkpoint_every: int = 500,
    checkpoint_minutes: float = 0.0,
    resume: bool = False,
    device: str = "cpu",
    start: Path | None = None,
    test_data: Path | None = None,
    decisions: Decisions | None = None,
    parts: int = 1,
    ranks: Ranks = ALONE,
) -> Generator[Progress | Sample | Checkpoint | Warned, None, None]:
    """Trains and yields Progress each step, Sample (a grid from fixed seeds), Checkpoint, and Warned where something goes wrong.

    ``data``: a folder of pictures; without it the recipe's own source. ``steps``: how many steps to take now; None is
    up to the recipe's end, or as many again when that is already behind. ``resume`` goes on from the newest checkpoint under ``run``, else from ``start`` (a shipped
    model). Randomness of step n comes from (seed, n) alone, so that a resumed run equals an uninterrupted one.
    ``test_data``: a folder of pictures that are never trained on; with them, or with a share that ``decisions`` holds
    out, each Sample is followed by the value ``held_out``: how much more real the judge thinks training pictures than
    held out ones, which grows when it learns them by heart; with the values ``variety`` and ``copies`` of a look always.
    ``checkpoint_minutes``: a checkpoint, with its sample, comes at the latest so long after the one before; 0 for by steps alone.
    ``parts``: into how many a batch is taken apart, one worked on after the other; ``ranks``: the processes that share it, of which
    the first alone writes. Raises DataError for a folder and RecipeError for a checkpoint that cannot be used, RunawayError when
    the losses are lost, OSError when writing fails, EngineError(out_of_memory) after what the last whole step left was kept.
    """
    where = torch.device(device)
    source = own_source(recipe)
    if data is not None or recipe.source == "folder":
        if data is None:
            raise DataError(NO_DATA, recipe=recipe.name)
        cache, packed_so = paths.cache() / "datasets", decided(decisions, recipe)
        going_on = resume and newest_checkpoint(run) is None
        packing = pack_of_run(run, data, test_data, packed_so, cache, resume=resume)
        pack = yield from _before_the_first_step(packing, steps or recipe.steps, ranks)
        recipe, source = learnt_from(pack, recipe, decisions, own_channels=going_on)
    state = _beginning(recipe, source, where, (newest_checkpoint(run) or start) if resume else None)
    first, last = state.step, _last_step(recipe, state.step, steps)
    yield Progress(done=first, total=last, text="\n".join(source.rejected))
    if isinstance(source, FolderSource) and source.count == 1 and not ranks.rank:
        yield Warned(trouble="alone", step=first)
    way = Way(PRECISIONS[recipe.precision], RandomFeatures(where), parts, ranks)
    course = _Course(state, source, run, device, way)
    try:
        for step in range(first, last):
            values, took = course.learn(step)
            yield Progress(done=step + 1, total=last, seconds_left=took * (last - step - 1), values=values)
            yield from course.heed(values)
            if ranks.world > 1 and ranks.any((run / STOP).exists()):
                last = state.step
            if not ranks.rank:
                yield from course.look_and_keep(values, last, checkpoint_every, checkpoint_minutes)
            if state.step == last:
                return
    except GeneratorExit:  # cancelled: between two steps, so that the state is whole
        course.keep_on_leaving(first)
        raise
    except (RuntimeError, MemoryError) as error:
        if is_out_of_memory(error):
            raise course.out_of_memory(error, first, recipe.batch) from error
        raise


class _Course:
    """A run on its way: what learns, what it learns from, what watches it, and when it was last kept."""

    def __init__(self, state: TrainingState, source: Source, run: Path, device: str, way: Way) -> None:
        self.state, self.source, self.run, self.device, self.way = state, source, run, device, way
        self.real = References(source, RandomFeatures(torch.device("cpu")))
        self.watch = Watch(state.recipe.loss, self.real.usual)
        self.kept_at = time.monotonic()

    def learn(self, step: int) -> tuple[dict[str, float], float]:
        """One step: its losses and rates by name, and the seconds it took."""
        started = time.perf_counter()
        state, recipe = self.state, self.state.recipe
        draw = torch.Generator().manual_seed(_step_seed(recipe.seed, step))
        where = state.average.mean_w.device
        batch = Batch.on(where, self.source.batch(recipe.batch, draw), paired=self.source.paired)
        if state.encoder is not None and step < recipe.warm_steps:
            values = variational_step(state, step, batch, draw, self.way)
        elif self.source.paired and step < recipe.warm_steps:
            values = warm_step(state, step, batch, self.way)
        elif state.encoder is not None:
            values = sharpening_step(state, step, batch, draw, self.way)
        else:
            values = adversarial_step(state, step, batch, draw, self.way)
        state.step = step + 1
        state.pictures_seen += recipe.batch
        _follow(state)
        took = time.perf_counter() - started
        state.seconds += took
        return values, took

    def out_of_memory(self, error: BaseException, first: int, batch: int) -> EngineError:
        """What is told of it, after the last whole step was kept: in smaller parts it goes on from there, not from minutes before."""
        traceback.clear_frames(error.__traceback__)  # they hold what the step had begun
        forget_memory(self.device)
        with contextlib.suppress(RuntimeError, MemoryError, OSError):
            self.keep_on_leaving(first)
        at_once = -(-batch // (self.way.parts * self.way.ranks.world))
        return EngineError("out_of_memory", NO_MEMORY, count=str(at_once))

    def heed(self, values: dict[str, float]) -> Iterator[Warned]:
        """What the losses of a step tell of trouble. Raises RunawayError."""
        for trouble, value in self.watch.step(values):
            if trouble == "runaway":  # what it has become is not kept: the last checkpoint is better
                raise RunawayError(self.state.step, value)
            yield Warned(trouble=trouble, step=self.state.step, value=value)

    def look_and_keep(
        self, values: dict[str, float], last: int, every: int, minutes: float
    ) -> Iterator[Progress | Sample | Checkpoint | Warned]:
        """Sample pictures and a checkpoint where it is time for them, they were asked for, or the run ends."""
        state, run = self.state, self.run
        wanted, looked_for = (run / WANTED).exists(), (run / LOOK).exists()
        due = 0 < minutes <= (time.monotonic() - self.kept_at) / 60 and not self.watch.wild
        at_end = state.step == last
        if wanted or looked_for or due or state.step % state.recipe.sample_every == 0 or at_end:
            (run / LOOK).unlink(missing_ok=True)
            yield from self._look(values, last)
        kept = wanted or due or state.step % every == 0
        if (kept and not self.watch.wild) or at_end:
            yield _keep(state, run, self.device, wanted=wanted)
            self.kept_at = time.monotonic()

    def _look(self, values: dict[str, float], last: int) -> Iterator[Progress | Sample | Warned]:
        """Pictures of the fixed seeds, and what they tell of variety, copies and trouble."""
        state, dtype = self.state, self.way.dtype
        made = samples(state, dtype)
        yield Sample(step=state.step, pixels=Pixels.of(keep_samples(made, self.run, state.step)))
        seen = self.real.look(made)
        told = seen.values()
        if isinstance(self.source, FolderSource) and self.source.held_count:
            told["held_out"] = _held_out_gap(state, self.source, dtype)
        yield Progress(done=state.step, total=last, values={**values, **told})
        troubles = self.watch.look(seen)
        if state.aggregate is not None:
            troubles += self.watch.codes(len(state.aggregate.active()))
        for trouble, value in troubles:
            yield Warned(trouble=trouble, step=state.step, value=value)

    def keep_on_leaving(self, first: int) -> None:
        """A run that is left after ``first`` has a checkpoint of its last step, unless its numbers are wild."""
        state = self.state
        fresh = state.step > first and not checkpoint_path(self.run, state.step).exists()
        if fresh and not self.watch.wild and not self.way.ranks.rank:
            _keep(state, self.run, self.device)


def _beginning(
    recipe: TrainingRecipe, source: Source, where: torch.device, kept: Path | None
) -> TrainingState:
    """Fresh networks for ``source``, or as they lie in ``kept``."""
    state = TrainingState(recipe, where)
    state.classes, state.class_titles = source.classes, source.class_titles
    if kept is not None:
        load_checkpoint(state, kept)
    state.augment = max(state.augment, recipe.augment)
    return state


def _last_step(recipe: TrainingRecipe, first: int, steps: int | None) -> int:
    """Where a run ends that begins behind step ``first``."""
    if steps is not None:
        return first + steps
    if first >= recipe.steps:  # a finished model that is to learn on: as much again
        return first + recipe.steps
    return recipe.steps


def own_source(recipe: TrainingRecipe) -> Source:
    """Pictures by rule, as the recipe wants them where no folder is given."""
    drawn = recipe.generator
    if recipe.source == "conditions":
        return ConditionsSource(drawn.size, drawn.latent_size)
    return ShanshuiSource(drawn.size)


def _before_the_first_step(
    packing: Generator[Progress, None, Pack], total: int, ranks: Ranks
) -> Generator[Progress, None, Pack]:
    """What getting the pictures ready tells, as no step of the run; returns the pack. The first of ``ranks`` gets them ready for all."""
    if ranks.rank:
        ranks.wait()
    try:
        while True:
            yield Progress(done=0, total=total, text=next(packing).text)
    except StopIteration as end:
        pack = end.value
    finally:
        packing.close()
    if not ranks.rank:
        ranks.wait()
    return pack


def decided(decisions: Decisions | None, recipe: TrainingRecipe) -> Decisions:
    """How the pictures are packed: the artist's decisions at the size and in the channels of the recipe."""
    decided, drawn = decisions or Decisions(), recipe.generator
    ink = INKS.get(drawn.channels, decided.ink)
    return msgspec.structs.replace(decided, side=drawn.size, mirror=None, ink=ink)


def learnt_from(
    pack: Pack, recipe: TrainingRecipe, decisions: Decisions | None, *, own_channels: bool
) -> tuple[TrainingRecipe, FolderSource]:
    """The pictures, and the recipe with networks of their channels and classes. ``own_channels``: it goes on from a model, whose
    channels stay."""
    mirror = recipe.flip if decisions is None or decisions.mirror is None else decisions.mirror
    if not own_channels:  # ink in grey needs one channel
        recipe = with_channels(recipe, pack.header.channels)
    drawn = recipe.generator
    by_class = recipe.by_class or pack.header.decisions.classes != "recipe"
    source = FolderSource(pack, drawn.latent_size, mirror=mirror, by_class=by_class, channels=drawn.channels)
    return with_classes(recipe, len(source.classes)), source


@torch.no_grad()
def _held_out_gap(state: TrainingState, source: FolderSource, dtype: torch.dtype) -> float:
    """Mean realness of training pictures less that of held out ones. Its draws are its own: it changes no step."""
    draw = torch.Generator().manual_seed(_step_seed(state.recipe.seed + 1, state.step))
    where = state.average.mean_w.device
    sets = (source.batch(64, draw), source.held(64, draw))
    verdicts = [state.discriminator(part.to(where), code.to(where), dtype) for code, part in sets]
    return (verdicts[0].float().mean() - verdicts[1].float().mean()).item()


def _keep(state: TrainingState, run: Path, device: str, *, wanted: bool = False) -> Checkpoint:
    """Writes the checkpoint of this step; a ``wanted`` one stays for ever."""
    settle(state)
    path = save_checkpoint(state, checkpoint_path(run, state.step), device)
    if wanted:
        keep(path)
        (run / WANTED).unlink(missing_ok=True)
    prune(path.parent)
    return Checkpoint(step=state.step, path=str(path), pictures_seen=state.pictures_seen)


def _step_seed(seed: int, step: int) -> int:
    return (seed * 1_000_003 + step) * 2 + 1


@torch.no_grad()
def _follow(state: TrainingState) -> None:
    """Moves the averaged weights towards the raw ones; the half-life grows with the pictures seen."""
    recipe = state.recipe
    half_life = min(recipe.ema_pictures, 0.1 * state.pictures_seen + recipe.batch)
    weight = 1 - 0.5 ** (recipe.batch / half_life)
    for mean, raw in zip(state.average.parameters(), state.generator.parameters(), strict=True):
        mean.lerp_(raw, weight)
    for mean, raw in zip(state.average.buffers(), state.generator.buffers(), strict=True):
        mean.copy_(raw)  # statistics of batches


@torch.no_grad()
def settle(state: TrainingState) -> None:
    """Measures the mean w of the averaged generator, which truncation needs, from 4096 fixed z."""
    shape = state.recipe.generator
    z = torch.randn(4096, shape.latent_size, generator=torch.Generator().manual_seed(3))
    if state.aggregate is not None:
        z = state.aggregate.drawn(z.to(state.aggregate.mean.device))
    for module in (state.average, state.generator):
        if not shape.classes:
            module.mean_w.copy_(module.mapping(z.to(module.mean_w.device)).mean(0))
        for kind in range(shape.classes):
            code = code_of(z, torch.full((len(z),), kind), shape.classes)
            module.mean_w[kind] = module.mapping(code.to(module.mean_w.device)).mean(0)
