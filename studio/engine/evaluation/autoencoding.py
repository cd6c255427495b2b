"""What an autoencoder is worth: how near it comes to pictures it has not seen, how sharply, and whether its classes are what they say."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.datasets import conditions, shanshui
from studio.engine.evaluation import measures
from studio.engine.evaluation.evaluate import FEATURES
from studio.engine.evaluation.figures import SEED
from studio.engine.evaluation.kernel import kernel_distance
from studio.engine.networks.classifier import Classifier, ClassifierShape
from studio.engine.networks.encoder import ACTIVE
from studio.engine.networks.model import GanModel
from studio.engine.networks.sharpness import laplacian_variance
from studio.engine.training.losses import RandomFeatures

HELD_OUT = 800_000
"""From this seed on lie landscapes that no run draws."""
FIELD = 64
"""Side in pixels of the fields of photographs that are set beside one another."""
WORDS = tuple(word for factor in conditions.FACTORS for word in factor)
PARTS = tuple(len(factor) for factor in conditions.FACTORS)


class Kernels(NamedTuple):
    """Kernel distances from held-out pictures: of ``made`` ones, and of as many ``held`` out ones, which says how far chance goes.
    ``footing``: what they rest on."""

    made: float
    held: float
    footing: str

    @property
    def said(self) -> str:
        return f"of held-out ones {self.held:.4f}; {self.footing}"


class Redrawn(NamedTuple):
    """``pictures`` as they were drawn again. Of each: PSNR in dB, and the variance of the Laplacian of its brightness by that of the picture itself (1 is as sharp);
    the share of active dimensions (more than 0.05 nats)."""

    pictures: torch.Tensor
    psnr: list[float]
    sharpness: list[float]
    active: float


def redrawn(
    model: GanModel, pictures: torch.Tensor, label: str = "", refinements: int | None = None
) -> Redrawn:
    """How ``model`` draws pictures [B, C, S, S] in -1…1 again from the codes it finds for them. Raises ValueError without an encoder."""
    steps = {} if refinements is None else {"refinements": refinements}
    z = model.encode(pictures, label, **steps)
    again = model.drawn(z, label)
    error = (again - pictures).square().mean((1, 2, 3))
    ratio = laplacian_variance(again) / laplacian_variance(pictures).clamp_min(1e-8)
    told = model.divergence
    active = float((told > ACTIVE).float().mean()) if told is not None else 0.0
    return Redrawn(again, (10 * torch.log10(4 / error)).tolist(), ratio.tolist(), active)


def held_out(count: int, size: int) -> torch.Tensor:
    """Rule-made landscapes [count, 3, size, size] in -1…1."""
    z = shanshui.latents(range(HELD_OUT, HELD_OUT + count))
    return torch.cat([shanshui.paint(part, size) * 2 - 1 for part in z.split(32)])


def kernels(made: torch.Tensor, held: torch.Tensor, beside: torch.Tensor, resize: str) -> Kernels:
    """How far ``made`` and ``held`` lie from other held-out pictures ``beside``, all [n, 3, S, S] in -1…1. ``resize``: how they came to
    their size."""
    features = RandomFeatures(torch.device("cpu"))
    whole = [measures.described(one, features).whole for one in (beside, made, held)]
    real, *others = measures.standardised(*whole)
    footing = (
        f"{FEATURES} ({features.digest()[:8]}); N {len(made)} beside {len(beside)} held out; "
        f"{made.shape[-1]} px, {resize}"
    )
    first, second = (kernel_distance(real, one, SEED) for one in others)
    return Kernels(first, second, footing)


def kernels_of_fields(real: Sequence[np.ndarray], made: Sequence[np.ndarray]) -> Kernels:
    """The same of what came back of photographs ``real`` uint8 [S, S, 3], field by field: the black fields of a chess board over each, in
    every second row ``made`` and in the others held out, beside the white ones."""
    (_, other, white), (again, *_) = _fields(real), _fields(made)
    return kernels(again, other, white, f"cut from photographs of {real[0].shape[0]} px")


def _fields(pictures: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    rows = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1
    cut = rows.unfold(2, FIELD, FIELD).unfold(3, FIELD, FIELD).permute(2, 3, 0, 1, 4, 5)
    row, column = torch.meshgrid(*(torch.arange(length) for length in cut.shape[:2]), indexing="ij")
    black = (row + column) % 2 == 0
    first, second, white = (
        cut[chosen].flatten(0, 1) for chosen in (black & (row % 2 == 0), black & (row % 2 == 1), ~black)
    )
    return first, second, white


def in_turn(count: int, size: int, first: int = HELD_OUT) -> tuple[torch.Tensor, list[str]]:
    """Rule-made landscapes by style, season and time of all classes in turn, [count, 3, size, size] in -1…1, and their classes."""
    kinds = torch.arange(count) % len(conditions.CLASSES)
    parts = zip(shanshui.latents(range(first, first + count)).split(32), kinds.split(32), strict=True)
    pictures = torch.cat([conditions.paint(z, kind, size) * 2 - 1 for z, kind in parts])
    return pictures, [conditions.CLASSES[kind] for kind in kinds.tolist()]


def redrawn_in_turn(model: GanModel, pictures: torch.Tensor, labels: Sequence[str]) -> torch.Tensor:
    """Pictures [B, C, S, S] drawn again by a model of classes that is told the class of each."""
    again = torch.empty_like(pictures)
    for label in sorted(set(labels)):
        own = [number for number, one in enumerate(labels) if one == label]
        again[own] = model.drawn(model.encode(pictures[own], label), label)
    return again


def drawn_at_will(model: GanModel, labels: Sequence[str]) -> torch.Tensor:
    """A new picture for each label, from seeds 1…, as varied as the model is; an empty label for a model without classes."""
    return torch.cat(
        [
            model.sample((seed,), sliders={}, variety=1.0, enlarged=False, label=label).pictures
            for seed, label in enumerate(labels, 1)
        ]
    )


def train_condition_judge(
    size: int = 64, steps: int = 300, batch: int = 32, seed: int = 23
) -> Generator[None, None, Classifier]:
    """A classifier of style, season and time, taught on rule-made landscapes alone: logits [B, 9], the words of each factor beside one
    another. Half of the pictures are softened, so that it does not judge by sharpness. Yields after each step."""
    torch.manual_seed(seed)
    judge = Classifier(ClassifierShape(side=size, widths=(16, 32, 48, 64), classes=WORDS))
    optimiser = torch.optim.Adam(judge.parameters())
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 2e-3 * (1 - step / steps) + 5e-5
        draw = torch.Generator().manual_seed(seed * 100_003 + step)
        kinds = torch.randint(len(conditions.CLASSES), (batch,), generator=draw)
        z = torch.randn(batch, shanshui.LATENT_SIZE, generator=draw)
        pictures = conditions.paint(z, kinds, size) * 2 - 1
        soft = functional.avg_pool2d(functional.pad(pictures, (1, 1, 1, 1), mode="replicate"), 3, 1)
        pictures = torch.lerp(pictures, soft, torch.rand(batch, 1, 1, 1, generator=draw).round())
        said, true = judge(pictures).split(PARTS, 1), conditions.words_of(kinds)
        parts = [functional.cross_entropy(one, true[:, part]) for part, one in enumerate(said)]
        loss = torch.stack(parts).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        yield
    return judge.eval().requires_grad_(False)


@torch.no_grad()
def judged(judge: nn.Module, pictures: torch.Tensor) -> torch.Tensor:
    """Style, season and time of pictures [B, 3, S, S], int64 [B, 3]."""
    return torch.stack([part.argmax(1) for part in judge(pictures).split(PARTS, 1)], 1)


def right_by_rule(judge: nn.Module, count: int, size: int = 64) -> float:
    """Share of rule-made landscapes that the judge has not seen of which it names style, season and time."""
    kinds = torch.arange(count) % len(conditions.CLASSES)
    z = shanshui.latents(range(HELD_OUT, HELD_OUT + count))
    true = conditions.words_of(kinds)
    return float((judged(judge, conditions.paint(z, kinds, size) * 2 - 1) == true).all(1).float().mean())


def as_asked(model: GanModel, judge: nn.Module, count: int) -> float:
    """Share of ``count`` pictures of all classes in turn, from seeds, that the judge finds to be of the class they were asked for."""
    return _kept(model, judge, [(seed, {}) for seed in range(1, count + 1)])


def left_as_asked(model: GanModel, judge: nn.Module, count: int, amount: float = 2.0) -> float:
    """The same of pictures with each of the model's sliders in turn moved by ``amount`` standard deviations, to either side."""
    names = [slider.name for slider in model.card.sliders]
    moves = [(name, sign * amount) for name in names for sign in (-1, 1)]
    return _kept(model, judge, [(seed, dict([moves[seed % len(moves)]])) for seed in range(1, count + 1)])


def _kept(model: GanModel, judge: nn.Module, asked: list[tuple[int, dict[str, float]]]) -> float:
    kept = 0
    for number, (seed, sliders) in enumerate(asked):
        kind = number % len(conditions.CLASSES)
        label = conditions.CLASSES[kind]
        made = model.sample((seed,), sliders=sliders, variety=0.8, label=label).pictures
        kept += bool((judged(judge, made) == conditions.words_of(torch.tensor([kind]))).all())
    return kept / len(asked)


def milliseconds_both_ways(model: GanModel, count: int, label: str = "") -> tuple[list[float], list[float]]:
    """Time to find the code of one picture, and to draw it again."""
    picture, finding, drawing = held_out(1, model.card.size), [], []
    for _ in range(count):
        begun = time.perf_counter()
        z = model.encode(picture, label)
        found = time.perf_counter()
        model.drawn(z, label)
        finding.append(1000 * (found - begun))
        drawing.append(1000 * (time.perf_counter() - found))
    return finding, drawing
