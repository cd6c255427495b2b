"""What an autoencoder is worth: how near it comes to pictures it has not seen, how sharply, and whether its classes are what they say."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import NamedTuple

import torch
import torch.nn.functional as functional
from torch import nn

from studio.engine.datasets import conditions, shanshui
from studio.engine.networks.classifier import Classifier, ClassifierShape
from studio.engine.networks.encoder import ACTIVE
from studio.engine.networks.load import GanModel
from studio.engine.networks.sharpness import laplacian_variance

HELD_OUT = 800_000
"""From this seed on lie landscapes that no run draws."""
WORDS = tuple(word for factor in conditions.FACTORS for word in factor)
PARTS = tuple(len(factor) for factor in conditions.FACTORS)


class Redrawn(NamedTuple):
    """Of each picture: PSNR in dB, and the variance of the Laplacian of its brightness by that of the picture itself (1 is as sharp);
    the share of active dimensions (more than 0.05 nats)."""

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
    return Redrawn((10 * torch.log10(4 / error)).tolist(), ratio.tolist(), active)


def held_out(count: int, size: int) -> torch.Tensor:
    """Rule-made landscapes [count, 3, size, size] in -1…1."""
    z = shanshui.latents(range(HELD_OUT, HELD_OUT + count))
    return torch.cat([shanshui.paint(part, size) * 2 - 1 for part in z.split(32)])


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
