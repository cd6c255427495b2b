"""The training loop of the GAN: one function read top to bottom, a generator that yields what happens."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from pathlib import Path
from typing import Literal

import cv2
import msgspec
import numpy as np
import torch

from studio import paths
from studio.engine.datasets.folder import FolderSource, pack_of_run
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import Pack
from studio.engine.datasets.source import ShanshuiSource, Source
from studio.engine.networks.build import AnyDiscriminator
from studio.engine.networks.few import FewDiscriminator
from studio.engine.networks.generator import code_of
from studio.engine.training.checkpoint import (
    TrainingState,
    checkpoint_path,
    load_checkpoint,
    newest_checkpoint,
    save_checkpoint,
)
from studio.engine.training.losses import (
    RandomFeatures,
    augmented,
    drawing_loss,
    gradient_penalty,
    judge_loss,
    layout,
    regression,
)
from studio.engine.training.recipe import TrainingRecipe, with_channels, with_classes
from studio.messages.data import Decisions
from studio.messages.events import Checkpoint, Progress, Sample
from studio.messages.pixels import Pixels
from studio.recipe import QT_TRANSLATE_NOOP

ADAPTED_OVER = 500_000
"""Pictures in which adaptive augmentation may go from nothing to all."""
MOST_AUGMENTED = 0.85
NO_DATA = QT_TRANSLATE_NOOP(
    "engine", "The recipe “{recipe}” learns from your pictures. Choose a folder of pictures first."
)
INKS: dict[int, Literal["grey", "alpha"]] = {1: "grey", 4: "alpha"}
"""What a network of so many channels learns from, whatever was decided for colour."""
PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def train(
    recipe: TrainingRecipe,
    *,
    data: Path | None,
    run: Path,
    steps: int | None = None,
    checkpoint_every: int = 500,
    resume: bool = False,
    device: str = "cpu",
    start: Path | None = None,
    test_data: Path | None = None,
    decisions: Decisions | None = None,
) -> Generator[Progress | Sample | Checkpoint, None, None]:
    """Trains and yields Progress each step, Sample (a grid from fixed seeds) and Checkpoint.

    ``data``: a folder of pictures; without it the recipe's own source. ``steps``: how many steps to take now; None is
    up to the recipe's end, or as many again when that is already behind. ``resume`` goes on from the newest checkpoint under ``run``, else from ``start`` (a shipped
    model). Randomness of step n comes from (seed, n) alone, so that a resumed run equals an uninterrupted one.
    ``test_data``: a folder of pictures that are never trained on; with them, or with a share that ``decisions`` holds
    out, each Sample is followed by the value ``held_out``: how much more real the judge thinks training pictures than
    held out ones, which grows when it learns them by heart. Raises DataError for a folder and RecipeError for a
    checkpoint that cannot be used, OSError when writing fails.
    """
    where = torch.device(device)
    dtype = PRECISIONS[recipe.precision]
    source: Source = ShanshuiSource(recipe.generator.size)
    if data is not None or recipe.source == "folder":
        if data is None:
            raise DataError(NO_DATA, recipe=recipe.name)
        going_on = resume and newest_checkpoint(run) is None
        packing = pack_of_run(
            run, data, test_data, _decided(decisions, recipe), paths.cache() / "datasets", resume=resume
        )
        pack = yield from _before_the_first_step(packing, steps or recipe.steps)
        recipe, source = _learnt_from(pack, recipe, decisions, own_channels=going_on)
    state = TrainingState(recipe, where)
    state.classes = source.classes
    beginning = (newest_checkpoint(run) or start) if resume else None
    if beginning is not None:
        load_checkpoint(state, beginning)
    features = RandomFeatures(where)
    first = state.step
    last = first + steps if steps is not None else recipe.steps
    if steps is None and first >= recipe.steps:  # a finished model that is to learn on: as much again
        last = first + recipe.steps
    yield Progress(done=first, total=last, text="\n".join(source.rejected))
    try:
        for step in range(first, last):
            started = time.perf_counter()
            draw = torch.Generator().manual_seed(_step_seed(recipe.seed, step))
            z, real = (part.to(where) for part in source.batch(recipe.batch, draw))
            if source.paired and step < recipe.warm_steps:
                values = _warm_step(state, step, z, real, features, dtype)
            else:
                values = _adversarial_step(state, step, z, real, features, draw, dtype, paired=source.paired)
            state.step = step + 1
            state.pictures_seen += recipe.batch
            _follow(state)
            took = time.perf_counter() - started
            state.seconds += took
            yield Progress(done=step + 1, total=last, seconds_left=took * (last - step - 1), values=values)
            if state.step % recipe.sample_every == 0 or state.step == last:
                yield Sample(step=state.step, pixels=Pixels.of(_sample_grid(state, run, dtype)))
                if isinstance(source, FolderSource) and source.held_count:
                    gap = {"held_out": _held_out_gap(state, source, dtype)}
                    yield Progress(done=step + 1, total=last, values={**values, **gap})
            if state.step % checkpoint_every == 0 or state.step == last:
                yield _keep(state, run, device)
    except GeneratorExit:  # cancelled: between two steps, so that the state is whole
        if state.step > first and not checkpoint_path(run, state.step).exists():
            _keep(state, run, device)
        raise


def _before_the_first_step(
    packing: Generator[Progress, None, Pack], total: int
) -> Generator[Progress, None, Pack]:
    """What getting the pictures ready tells, as no step of the run; returns the pack."""
    try:
        while True:
            yield Progress(done=0, total=total, text=next(packing).text)
    except StopIteration as end:
        return end.value
    finally:
        packing.close()


def _decided(decisions: Decisions | None, recipe: TrainingRecipe) -> Decisions:
    """How the pictures are packed: the artist's decisions at the size and in the channels of the recipe."""
    decided, drawn = decisions or Decisions(), recipe.generator
    ink = INKS.get(drawn.channels, decided.ink)
    return msgspec.structs.replace(decided, side=drawn.size, mirror=None, ink=ink)


def _learnt_from(
    pack: Pack, recipe: TrainingRecipe, decisions: Decisions | None, *, own_channels: bool
) -> tuple[TrainingRecipe, FolderSource]:
    """The pictures, and the recipe with networks of their channels and classes. ``own_channels``: it goes on from a model, whose
    channels stay."""
    mirror = recipe.flip if decisions is None or decisions.mirror is None else decisions.mirror
    if not own_channels:  # ink in grey needs one channel
        recipe = with_channels(recipe, pack.header.channels)
    drawn = recipe.generator
    source = FolderSource(
        pack, drawn.latent_size, mirror=mirror, by_class=recipe.by_class, channels=drawn.channels
    )
    return with_classes(recipe, len(source.classes)), source


@torch.no_grad()
def _held_out_gap(state: TrainingState, source: FolderSource, dtype: torch.dtype) -> float:
    """Mean realness of training pictures less that of held out ones. Its draws are its own: it changes no step."""
    draw = torch.Generator().manual_seed(_step_seed(state.recipe.seed + 1, state.step))
    where = state.average.mean_w.device
    sets = (source.batch(64, draw), source.held(64, draw))
    verdicts = [state.discriminator(part.to(where), code.to(where), dtype) for code, part in sets]
    return (verdicts[0].float().mean() - verdicts[1].float().mean()).item()


def _keep(state: TrainingState, run: Path, device: str) -> Checkpoint:
    """Writes the checkpoint of this step."""
    settle(state)
    path = save_checkpoint(state, checkpoint_path(run, state.step), device)
    return Checkpoint(step=state.step, path=str(path), pictures_seen=state.pictures_seen)


def _step_seed(seed: int, step: int) -> int:
    return (seed * 1_000_003 + step) * 2 + 1


def _rate(begin: float, end: float, part: float) -> float:
    """Cosine from ``begin`` to ``end`` as ``part`` goes from 0 to 1."""
    return end + (begin - end) * 0.5 * (1 + math.cos(math.pi * min(max(part, 0.0), 1.0)))


def _set_rate(optimiser: torch.optim.Optimizer, rate: float, recipe: TrainingRecipe) -> None:
    for group in optimiser.param_groups:
        group["lr"], group["betas"] = rate, (recipe.momentum, recipe.second_moment)


def _set_warm_rate(state: TrainingState, rate: float) -> None:
    """Muon's rate, and a tenth of it for what Adam moves beside it."""
    for optimiser, share in zip(state.warm_optimisers, (1.0, 0.1), strict=True):
        for group in optimiser.param_groups:
            group["lr"] = rate * share


def _warm_step(
    state: TrainingState,
    step: int,
    z: torch.Tensor,
    real: torch.Tensor,
    features: RandomFeatures,
    dtype: torch.dtype,
) -> dict[str, float]:
    """Regression onto the picture that z describes."""
    recipe = state.recipe
    rate = _rate(recipe.warm_rate, recipe.warm_rate_end, step / recipe.warm_steps) * min(1.0, (step + 1) / 50)
    _set_warm_rate(state, rate)
    loss = regression(state.generator(z, dtype), real, features, dtype)
    state.generator.zero_grad(set_to_none=True)
    loss.backward()
    for optimiser in state.warm_optimisers:
        optimiser.step()
    return {"regression": loss.item(), "rate": rate}


def _adversarial_step(
    state: TrainingState,
    step: int,
    z: torch.Tensor,
    real: torch.Tensor,
    features: RandomFeatures,
    draw: torch.Generator,
    dtype: torch.dtype,
    *,
    paired: bool,
) -> dict[str, float]:
    """One step of the discriminator, one of the generator (the recipe's loss, R1 and R2 every few steps)."""
    recipe = state.recipe
    judge = state.discriminator
    told = recipe.discriminator.classes or (paired and recipe.discriminator.latent_size)
    condition = z if told else None
    part = (step - recipe.warm_steps) / max(1, recipe.steps - recipe.warm_steps)
    factor = _rate(1.0, recipe.rate_end, part)
    _set_rate(state.discriminator_optimiser, recipe.discriminator_rate * factor, recipe)
    _set_rate(state.generator_optimiser, recipe.generator_rate * factor, recipe)
    _set_warm_rate(state, recipe.generator_rate * factor)
    steered = state.warm_optimisers if recipe.generator_optimiser == "muon" else (state.generator_optimiser,)
    leading = step - recipe.warm_steps < recipe.discriminator_lead
    fake = state.generator(z, dtype) if not leading else state.generator(z, dtype).detach()
    look = augmented(torch.cat([real, fake]), state.augment, draw)
    shown_real, shown_fake = look[: len(real)].detach(), look[len(real) :]

    judge.requires_grad_(True)
    real_verdict, fake_verdict = _verdicts(judge, shown_real, shown_fake.detach(), condition, dtype)
    loss = judge_loss(recipe.loss, real_verdict, fake_verdict)
    margin = (real_verdict - fake_verdict).detach()
    values = {"discriminator": loss.item(), "margin": margin.mean().item()}
    if recipe.adapt:
        _adapt(state, float(margin.sign().mean()))
        values["augment"] = state.augment
    if recipe.gamma and step % recipe.penalty_every == 0:
        penalties = [
            gradient_penalty(lambda x: judge(x, condition), shown) for shown in (shown_real, shown_fake)
        ]
        loss = loss + 0.5 * recipe.gamma * recipe.penalty_every * sum(penalties, torch.zeros(()))
        values |= {"r1": penalties[0].item(), "r2": penalties[1].item()}
    if recipe.redraw and isinstance(judge, FewDiscriminator):
        wrong = judge.reconstruction(shown_real, condition)
        values["redrawn"] = wrong.item()
        loss = loss + recipe.redraw * wrong
    state.discriminator_optimiser.zero_grad(set_to_none=True)
    loss.backward()
    state.discriminator_optimiser.step()
    if leading:
        return values

    judge.requires_grad_(False)
    with torch.no_grad():
        real_verdict = judge(shown_real, condition, dtype)
    loss = drawing_loss(recipe.loss, real_verdict, judge(shown_fake, condition, dtype))
    values["generator"] = loss.item()
    if paired and recipe.keep > 0:
        near = layout(fake, real)
        values["layout"] = near.item()
        loss = loss + recipe.keep * near
        if recipe.keep_fine > 0:
            loss = loss + recipe.keep * recipe.keep_fine * regression(fake, real, features, dtype)
    state.generator.zero_grad(set_to_none=True)
    loss.backward()
    for optimiser in steered:
        optimiser.step()
    return values


def _verdicts(
    judge: AnyDiscriminator,
    real: torch.Tensor,
    fake: torch.Tensor,
    condition: torch.Tensor | None,
    dtype: torch.dtype,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Realness [B] of both, judged in one pass unless the judge wants them apart."""
    if judge.separate:
        return judge(real, condition, dtype), judge(fake, condition, dtype)
    both = None if condition is None else torch.cat([condition, condition])
    real_verdict, fake_verdict = judge(torch.cat([real, fake]), both, dtype).chunk(2)
    return real_verdict, fake_verdict


def _adapt(state: TrainingState, sign: float) -> None:
    """Adaptive augmentation (Karras et al. 2020, arXiv 2006.06676, section 3): a judge that is too sure sees pictures that are
    changed more, by at most a whole step of 1 in half a million pictures."""
    move = state.recipe.batch / ADAPTED_OVER * math.copysign(1.0, sign - state.recipe.adapt)
    state.augment = min(max(state.augment + move, 0.0), MOST_AUGMENTED)


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
    for module in (state.average, state.generator):
        if not shape.classes:
            module.mean_w.copy_(module.mapping(z.to(module.mean_w.device)).mean(0))
        for kind in range(shape.classes):
            code = code_of(z, torch.full((len(z),), kind), shape.classes)
            module.mean_w[kind] = module.mapping(code.to(module.mean_w.device)).mean(0)


@torch.no_grad()
def _sample_grid(state: TrainingState, run: Path, dtype: torch.dtype) -> np.ndarray:
    """Pictures of fixed seeds by the averaged generator as one mosaic [H, W, 3] uint8; also written as PNG."""
    count = state.recipe.sample_count
    rows = [
        torch.randn(state.recipe.generator.latent_size, generator=torch.Generator().manual_seed(s))
        for s in range(count)
    ]
    kinds = state.recipe.generator.classes
    z = code_of(torch.stack(rows), torch.arange(count) % kinds if kinds else None, kinds)
    z = z.to(state.average.mean_w.device)
    pictures = torch.cat([in_colour(state.average(part, dtype)) for part in z.split(16)])
    mosaic = mosaic_of(pictures)
    folder = run / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    ok, encoded = cv2.imencode(".png", mosaic[..., ::-1])
    if ok:
        (folder / f"step-{state.step:08d}.png").write_bytes(encoded.tobytes())
    return mosaic


def in_colour(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures [B, 1, 3 or 4, S, S] in -1…1 as colour [B, 3, S, S]: grey repeated, transparency over white."""
    if pictures.shape[1] == 4:
        return pictures[:, :3] + (1 - pictures[:, 3:])
    return pictures.expand(-1, 3, -1, -1)


def mosaic_of(pictures: torch.Tensor) -> np.ndarray:
    """[B, 3, S, S] in -1…1 as one nearly square mosaic [H, W, 3] uint8; empty places are black."""
    count, _, height, width = pictures.shape
    across = math.ceil(math.sqrt(count))
    down = math.ceil(count / across)
    cells = torch.full((across * down, 3, height, width), -1.0)
    cells[:count] = pictures.float().cpu()
    tiled = (
        cells.view(down, across, 3, height, width)
        .permute(0, 3, 1, 4, 2)
        .reshape(down * height, across * width, 3)
    )
    return ((tiled / 2 + 0.5).clamp(0, 1) * 255 + 0.5).to(torch.uint8).numpy()
