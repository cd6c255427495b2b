"""What follows the training of the rule-made landscapes: enlargement, judge, named directions, model file, preview.

``danqing train`` does it after the recipe's last step (``training/train.py``). Each of its parts is a function of the
checkpoint and the recipe alone and is kept when it is done (the enlargement, which takes longest, also in the midst of it), so
that a run that was stopped goes on and ends at the same model.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

import msgspec
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file

from studio.engine.datasets import shanshui
from studio.engine.evaluation.judge import Judge, keep_judge, load_judge, sized, train_judge
from studio.engine.evaluation.sliders import tell, write
from studio.engine.latent.directions import Measure, find_directions, steps_of_finding
from studio.engine.library.model_file import card_of, read_header
from studio.engine.networks.build import AnyGenerator
from studio.engine.networks.upscaler import Upscaler, UpscalerShape
from studio.engine.training.checkpoint import (
    TrainingState,
    Written,
    checkpoint_path,
    load_checkpoint,
    newest_checkpoint,
)
from studio.engine.training.recipe import Finish, TrainingRecipe
from studio.engine.training.ship import ship, write_preview
from studio.engine.training.storing import store
from studio.engine.training.upscale import new_upscaler, train_upscaler
from studio.messages.events import Checkpoint, Progress
from studio.messages.training import FINISHING
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

JUDGE = "judge.safetensors"
ENLARGING = QT_TRANSLATE_NOOP("engine", "Teaching the enlargement")
JUDGING = QT_TRANSLATE_NOOP("engine", "Learning to read the pictures")
FINDING = QT_TRANSLATE_NOOP("engine", "Finding the sliders")
MEASURING = QT_TRANSLATE_NOOP("engine", "Measuring the sliders")

Steps = Generator[Progress, None, None]
Result = TypeVar("Result")


class Counter:
    """Counts the steps of all parts as one. ``done`` may leap over what was kept from an earlier time."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self._taken, self._began = total, 0, 0, time.monotonic()

    def leap(self, steps: int) -> None:
        self.done += steps

    def step(self, text: str) -> Progress:
        return self.at(self.done + 1, text)

    def at(self, done: int, text: str) -> Progress:
        """``done`` steps are done; more than one at once were done before."""
        self._taken += done == self.done + 1
        self.done = done
        left = (time.monotonic() - self._began) / max(1, self._taken) * (self.total - done)
        return Progress(done=self.done, total=self.total, seconds_left=left, text=text, stage=FINISHING)


def model_of(run: Path) -> Path:
    """Where the finished model of a run lies: beside its folder of checkpoints."""
    return run / "model.safetensors"


def is_finished(run: Path) -> bool:
    """Whether the finished model is that of the run's newest checkpoint."""
    newest = newest_checkpoint(run)
    return newest is not None and step_of(model_of(run)) == step_of(newest)


def is_begun(run: Path, checkpoint: Path, end: Finish) -> bool:
    """Whether the finishing of this checkpoint was begun and stopped."""
    return _kept(run, checkpoint, end).is_dir()


def step_of(path: Path) -> int | None:
    """The training step of a model file or checkpoint; None where there is no such file."""
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
        written = msgspec.json.decode(metadata.get("training", "null"), type=Written | None)
    except (OSError, SafetensorError, msgspec.DecodeError):
        return None
    return written.step if written is not None else None


def finish(recipe: TrainingRecipe, run: Path) -> Generator[Progress | Checkpoint, None, None]:
    """Makes the finished model of the newest checkpoint of ``run``: its model.safetensors, preview.png and sliders.json (what each
    slider moves). Works on the processor; yields Progress of its own steps, then a Checkpoint that names the model.

    Raises RecipeError where there is no checkpoint or nothing is said of an end, OSError when writing fails.
    """
    newest, end = newest_checkpoint(run), recipe.finish
    if newest is None:
        raise RecipeError(f"{run}: holds no checkpoint; train first")
    if end is None:
        raise RecipeError(f"{recipe.name}: the recipe has no part [finish]; its last checkpoint is the model")
    state = TrainingState(recipe, torch.device("cpu"))
    load_checkpoint(state, newest)
    kept = _kept(run, newest, end)
    kept.mkdir(parents=True, exist_ok=True)
    finding = steps_of_finding(end.pictures, len(shanshui.SLIDERS))
    counter = Counter(end.upscale_steps + end.judge_steps + finding + len(shanshui.SLIDERS))
    upscaler = None
    if end.upscale_steps:
        upscaler = new_upscaler(
            UpscalerShape(factor=end.factor, width=end.width, blocks=end.blocks), end.seed
        )
        yield from _enlarging(upscaler, state.average, recipe.generator.size, end, kept, counter)
    judge = yield from _judging(end, kept, counter)
    directions = yield from _told(
        find_directions(
            measured_by(judge, state.average), recipe.generator.latent_size, pictures=end.pictures
        ),
        lambda: counter.step(FINDING),
    )
    yield from _written(state, upscaler, directions, kept, run, counter)
    shutil.rmtree(run / "finishing", ignore_errors=True)
    yield Checkpoint(step=state.step, path=str(model_of(run)), pictures_seen=state.pictures_seen)


def _kept(run: Path, checkpoint: Path, end: Finish) -> Path:
    """Where parts are kept until the model is whole: those of this very checkpoint, finished in this very way."""
    name = hashlib.sha256(checkpoint.read_bytes() + msgspec.json.encode(end)).hexdigest()[:16]
    return run / "finishing" / name


def _enlarging(
    upscaler: Upscaler, generator: AnyGenerator, size: int, end: Finish, kept: Path, counter: Counter
) -> Steps:
    """First by regression, then with the patch discriminator; what stays lies between both.

    Interpolating the weights (ESRGAN, Wang et al. 2018, section 3.4) keeps the brush texture and loses the grain that
    the discriminator alone leaves along edges.
    """
    plain = round(end.upscale_steps * end.plain)
    first, second = kept / "enlargement-plain.safetensors", kept / "enlargement.safetensors"
    if _taken_up(upscaler, second):
        counter.leap(end.upscale_steps)
        return
    crop, begun = min(32, size), counter.done
    if _taken_up(upscaler, first):
        counter.leap(plain)
    else:
        steps = train_upscaler(
            upscaler, generator, steps=plain, regression_steps=plain, seed=end.upscale_seeds[0],
            kept=kept / "enlarging-plain.safetensors", size=size, crop=crop,
        )  # fmt: skip
        for told in steps:
            yield counter.at(begun + told.done, ENLARGING)
        _keep(upscaler, first)
    before = {name: value.clone() for name, value in upscaler.state_dict().items()}
    steps = train_upscaler(
        upscaler, generator, steps=end.upscale_steps - plain, regression_steps=0, rate=4e-4, adversarial=0.03,
        seed=end.upscale_seeds[1], kept=kept / "enlarging.safetensors", size=size, crop=crop,
    )  # fmt: skip
    for told in steps:
        yield counter.at(begun + plain + told.done, ENLARGING)
    after = upscaler.state_dict()
    upscaler.load_state_dict({name: torch.lerp(before[name], after[name], end.crispness) for name in before})
    _keep(upscaler, second)


def _judging(end: Finish, kept: Path, counter: Counter) -> Generator[Progress, None, Judge]:
    """The judge that was kept, trained now if there is none."""
    path = kept / JUDGE
    if path.exists():
        counter.leap(end.judge_steps)
    else:
        judge = yield from _told(
            train_judge(end.judge_steps, seed=end.judge_seed), lambda: counter.step(JUDGING)
        )
        beside = path.with_suffix(".part")
        keep_judge(judge, beside)
        os.replace(beside, path)
    return load_judge(path)


def _written(
    state: TrainingState,
    upscaler: Upscaler | None,
    directions: torch.Tensor,
    kept: Path,
    run: Path,
    counter: Counter,
) -> Steps:
    """The model file last, so that one that is there is whole with all that belongs to it."""
    newest = checkpoint_path(run, state.step)
    device = card_of(newest, read_header(newest)).trained_with.split(",")[0]
    where = "a CPU" if device == "cpu" else device
    beside = run / "finishing" / "model.safetensors"
    model = ship(
        state,
        upscaler,
        directions,
        shanshui.SLIDERS,
        beside,
        trained_with=f"trained on {where}, {state.seconds / 60:.0f} min",
        note=f"{state.pictures_seen} rule-made pictures seen in {state.step} steps",
    )
    told = yield from _told(tell(beside, kept / JUDGE), lambda: counter.step(MEASURING))
    write(told, run)
    write_preview(model, run / "preview.png")
    os.replace(beside, model_of(run))


def measured_by(judge: Judge, generator: AnyGenerator) -> Measure:
    """The judged factors [B, 8] of a generator's pictures, as a function of z [B, latent]."""

    def measure(z: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return judge(sized(generator(z, torch.bfloat16).clamp(-1, 1)))

    return measure


def _told(
    steps: Generator[None, None, Result], tell: Callable[[], Progress]
) -> Generator[Progress, None, Result]:
    """``steps`` with a Progress for each of them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        yield tell()


def _taken_up(network: torch.nn.Module, path: Path) -> bool:
    """Fills ``network`` with what was kept; whether there was something."""
    if not path.exists():
        return False
    network.load_state_dict(load_file(path))
    return True


def _keep(network: torch.nn.Module, path: Path) -> None:
    """Whole or not at all."""
    store(network.state_dict(), path)
