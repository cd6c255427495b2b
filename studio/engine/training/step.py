"""One step of a run: the judge's, then the generator's, or the warm start's. A batch may be worked on in parts, one after the
other or on several ranks: sums of their gradients, weighed by their sizes, are those of the whole batch."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import torch

from studio.engine.networks.build import AnyDiscriminator
from studio.engine.networks.few import FewDiscriminator
from studio.engine.networks.sharpness import fineness
from studio.engine.training.checkpoint import TrainingState
from studio.engine.training.losses import (
    RandomFeatures,
    augmentation,
    augmented,
    drawing_loss,
    gradient_penalties,
    judge_loss,
    layout,
    regression,
)
from studio.engine.training.muon import Muon
from studio.engine.training.ranks import ALONE, Ranks
from studio.engine.training.recipe import TrainingRecipe

ADAPTED_OVER = 500_000
"""Pictures in which adaptive augmentation may go from nothing to all."""
MOST_AUGMENTED = 0.85
SKIPPED = "skipped"
"""Among the values of a step: 1 where its gradients were no numbers, so that nothing was moved by them."""


class Batch(NamedTuple):
    """Codes [B, latent + classes] and pictures [B, C, S, S] on the device of the networks. ``paired``: each picture is the one that its
    code describes."""

    z: torch.Tensor
    real: torch.Tensor
    paired: bool = False

    @classmethod
    def on(
        cls, where: torch.device, parts: tuple[torch.Tensor, torch.Tensor], *, paired: bool = False
    ) -> Batch:
        """What a source gave, on the device of the networks."""
        z, real = parts
        return cls(z.to(where), real.to(where), paired)

    def shares(self, parts: int, ranks: Ranks) -> list[slice]:
        """What this rank works on: each ``world``-th of all parts, none of them empty."""
        count = min(len(self.z), parts * ranks.world)
        edges = [len(self.z) * number // count for number in range(count + 1)]
        return [slice(edges[number], edges[number + 1]) for number in range(ranks.rank, count, ranks.world)]


class Way(NamedTuple):
    """How steps are taken: in which precision, with which features, in how many parts, beside which ranks."""

    dtype: torch.dtype
    features: RandomFeatures
    parts: int = 1
    ranks: Ranks = ALONE


def _rate(begin: float, end: float, part: float) -> float:
    """Cosine from ``begin`` to ``end`` as ``part`` goes from 0 to 1."""
    return end + (begin - end) * 0.5 * (1 + math.cos(math.pi * min(max(part, 0.0), 1.0)))


def _set_rate(optimiser: torch.optim.Optimizer, rate: float, recipe: TrainingRecipe) -> None:
    for group in optimiser.param_groups:
        group["lr"], group["betas"] = rate, (recipe.momentum, recipe.second_moment)


def set_warm_rate(optimisers: Iterable[torch.optim.Optimizer], rate: float) -> None:
    """Muon's rate, and a tenth of it for what Adam moves beside it."""
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = rate if isinstance(optimiser, Muon) else 0.1 * rate


def warm_rate(recipe: TrainingRecipe, step: int) -> float:
    """Of this step before the adversarial ones."""
    return _rate(recipe.warm_rate, recipe.warm_rate_end, step / recipe.warm_steps) * min(1.0, (step + 1) / 50)


def moved(module: torch.nn.Module, optimisers: Iterable[torch.optim.Optimizer], ranks: Ranks) -> bool:
    """Steps by the gradients of all ranks; not at all, and False, where one of them is no number."""
    gradients = [one.grad for one in module.parameters() if one.grad is not None]
    ranks.sum(gradients)
    if not bool(torch.nn.utils.get_total_norm(gradients).isfinite()):
        return False
    for optimiser in optimisers:
        optimiser.step()
    return True


def warm_step(state: TrainingState, step: int, batch: Batch, way: Way) -> dict[str, float]:
    """Regression onto the picture that z describes."""
    recipe = state.recipe
    rate = warm_rate(recipe, step)
    set_warm_rate(state.warm_optimisers, rate)
    state.generator.zero_grad(set_to_none=True)
    total = 0.0
    for part in batch.shares(way.parts, way.ranks):
        z, real = batch.z[part], batch.real[part]
        loss = regression(state.generator(z, way.dtype), real, way.features, way.dtype) * _weight(z, batch)
        loss.backward()
        total += loss.item()
    stepped = moved(state.generator, state.warm_optimisers, way.ranks)
    values = way.ranks.summed({"regression": total})
    return {**values, "rate": rate} if stepped else {**values, "rate": rate, SKIPPED: 1.0}


def _weight(part: torch.Tensor, batch: Batch) -> float:
    return len(part) / len(batch.z)


def adversarial_step(
    state: TrainingState, step: int, batch: Batch, draw: torch.Generator, way: Way
) -> dict[str, float]:
    """One step of the discriminator, one of the generator (the recipe's loss, R1 and R2 every few steps)."""
    recipe, judge = state.recipe, state.discriminator
    _set_rates(state, step)
    shares = batch.shares(way.parts, way.ranks)
    change = augmentation(2 * len(batch.z), state.augment, draw, cutout=recipe.cutout)
    leading = step - recipe.warm_steps < recipe.discriminator_lead
    kept = len(shares) == 1 and not leading
    """A single part's made pictures are kept for the generator's turn; those of several would fill the memory."""

    judge.requires_grad_(True)
    judge.zero_grad(set_to_none=True)
    values: dict[str, float] = {}
    fake = torch.zeros(0)
    for part in shares:
        with torch.set_grad_enabled(kept):
            fake = state.generator(batch.z[part], way.dtype)
        loss, told = _judged(state, step, batch, part, fake.detach(), change, way)
        weight = _weight(batch.z[part], batch)
        (loss * weight).backward()
        for name, value in told.items():
            values[name] = values.get(name, 0.0) + value * weight
    stepped = moved(judge, (state.discriminator_optimiser,), way.ranks)
    values = way.ranks.summed(values)
    if recipe.adapt:
        _adapt(state, values.pop("sure"))
        values["augment"] = state.augment
    if leading:
        return values if stepped else {**values, SKIPPED: 1.0}

    judge.requires_grad_(False)
    state.generator.zero_grad(set_to_none=True)
    drawn: dict[str, float] = {}
    for part in shares:
        if not kept:
            fake = state.generator(batch.z[part], way.dtype)
        loss, told = _drawn(state, batch, part, fake, change, way)
        weight = _weight(batch.z[part], batch)
        (loss * weight).backward()
        for name, value in told.items():
            drawn[name] = drawn.get(name, 0.0) + value * weight
    steered = state.warm_optimisers if recipe.generator_optimiser == "muon" else (state.generator_optimiser,)
    stepped = moved(state.generator, steered, way.ranks) and stepped
    values |= way.ranks.summed(drawn)
    return values if stepped else {**values, SKIPPED: 1.0}


def _set_rates(state: TrainingState, step: int) -> None:
    recipe = state.recipe
    steered = steered_rate(recipe, step)
    judging = steered * recipe.discriminator_rate / recipe.generator_rate
    _set_rate(state.discriminator_optimiser, judging, recipe)
    _set_rate(state.generator_optimiser, steered, recipe)
    set_warm_rate(state.warm_optimisers, steered)


def steered_rate(recipe: TrainingRecipe, step: int) -> float:
    """The generator's of an adversarial step."""
    part = (step - recipe.warm_steps) / max(1, recipe.steps - recipe.warm_steps)
    return recipe.generator_rate * _rate(1.0, recipe.rate_end, part)


def _condition(state: TrainingState, batch: Batch, part: slice) -> torch.Tensor | None:
    """What the judge is told of each picture: its code, where the recipe has it told."""
    shape = state.recipe.discriminator
    return batch.z[part].detach() if shape.classes or (batch.paired and shape.latent_size) else None


def _shown(
    batch: Batch, part: slice, fake: torch.Tensor, change: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Real and made pictures of a part as the judge sees them."""
    real, whole = batch.real[part], len(batch.z)
    if change is not None:
        change = torch.cat([change[:whole][part], change[whole:][part]])
    look = augmented(torch.cat([real, fake]), change)
    return look[: len(real)].detach(), look[len(real) :]


def _judged(
    state: TrainingState,
    step: int,
    batch: Batch,
    part: slice,
    fake: torch.Tensor,
    change: torch.Tensor | None,
    way: Way,
) -> tuple[torch.Tensor, dict[str, float]]:
    """What the judge minimises over a part, and its values."""
    recipe, judge = state.recipe, state.discriminator
    condition = _condition(state, batch, part)
    shown_real, shown_fake = shown = _shown(batch, part, fake, change)
    penalised = recipe.gamma > 0 and step % recipe.penalty_every == 0
    for one in shown:
        one.requires_grad_(penalised)
    real_verdict, fake_verdict = _verdicts(judge, shown_real, shown_fake, condition, way.dtype)
    loss = judge_loss(recipe.loss, real_verdict, fake_verdict)
    margin = (real_verdict - fake_verdict).detach()
    values = {"discriminator": loss.item(), "margin": margin.mean().item()}
    if recipe.adapt:
        values["sure"] = float(margin.sign().mean())
    if penalised:
        penalties = gradient_penalties(torch.cat([real_verdict, fake_verdict]), shown)
        loss = loss + 0.5 * recipe.gamma * recipe.penalty_every * sum(penalties, torch.zeros(()))
        values |= {"r1": penalties[0].item(), "r2": penalties[1].item()}
    if recipe.redraw and isinstance(judge, FewDiscriminator):
        wrong = judge.reconstruction(shown_real, condition)
        values["redrawn"] = wrong.item()
        loss = loss + recipe.redraw * wrong
    return loss, values


def _drawn(
    state: TrainingState,
    batch: Batch,
    part: slice,
    fake: torch.Tensor,
    change: torch.Tensor | None,
    way: Way,
) -> tuple[torch.Tensor, dict[str, float]]:
    """What the generator minimises over a part, and its values."""
    recipe, judge = state.recipe, state.discriminator
    condition = _condition(state, batch, part)
    shown_real, shown_fake = _shown(batch, part, fake, change)
    with torch.no_grad():
        real_verdict = judge(shown_real, condition, way.dtype)
    loss = drawing_loss(recipe.loss, real_verdict, judge(shown_fake, condition, way.dtype))
    values = {"generator": loss.item()}
    if batch.paired and recipe.keep > 0:
        real = batch.real[part]
        near = layout(fake, real)
        values["layout"] = near.item()
        loss = loss + recipe.keep * near
        if recipe.keep_fine > 0:
            loss = loss + recipe.keep * recipe.keep_fine * regression(fake, real, way.features, way.dtype)
        if recipe.fineness > 0:
            finer = fineness(fake, real).mean()
            values["fineness"] = finer.item()
            loss = loss + recipe.fineness * finer
    return loss, values


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
