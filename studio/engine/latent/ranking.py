"""Directions beside each other: which of those that nobody taught are worth a slider, and the one that examples point out."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import nn

from studio.engine.latent.found import styles_of
from studio.engine.latent.mixing import in_bands, style_of
from studio.engine.networks.model import GanModel
from studio.messages.requests import Station

SEEDS = (11, 12, 13, 14)
"""Pictures that each direction is tried on."""
AMOUNT = 2.0
SIDE = 32
"""Side at which changes are compared, in pixels."""
ALIKE = 0.8
"""From this cosine on, two changes of the same pictures are one."""
UNSEEN = 0.5
"""A mean change below this, in levels of 255, is not worth a slider."""


class Ranked(NamedTuple):
    """A direction, its mean change of a number of a picture in levels of 255, and ``also`` as in Slider."""

    name: str
    change: float
    also: dict[str, float]


Ranking = Generator[None, None, list[Ranked]]


@torch.inference_mode()
def rank(model: GanModel, count: int) -> Ranking:
    """The ``count`` found directions that change pictures most, the strongest first, measured from the middle to an amount of 2
    either way. Yields after each that was tried.

    One that changes the same pictures as a stronger one does, or as a slider of the card, is left out.
    """
    own = [slider.name for slider in model.card.sliders]
    z = model.latents(SEEDS)
    changes: dict[str, torch.Tensor] = {}
    for name in (*own, *model.found):
        changes[name] = _change(model, z, name)
        yield
    size = {name: float(change.abs().mean()) * 127.5 for name, change in changes.items()}
    kept: list[str] = []
    for name in sorted(model.found, key=lambda one: -size[one]):
        if size[name] < UNSEEN or len(kept) == count:
            break
        if all(_likeness(changes[name], changes[other]) < ALIKE for other in (*own, *kept)):
            kept.append(name)
    listed = {name: changes[name] for name in (*own, *kept)}
    return [Ranked(name, size[name], _also(changes[name], listed, name)) for name in kept]


def _also(change: torch.Tensor, others: Mapping[str, torch.Tensor], itself: str = "") -> dict[str, float]:
    return {
        name: round(_likeness(change, other), 3)
        for name, other in others.items()
        if name != itself and float(other.abs().mean()) * 127.5 >= UNSEEN
    }


def _change(model: GanModel, z: torch.Tensor, name: str) -> torch.Tensor:
    """Of small pictures, from the middle to an amount of 2 of the slider ``name``."""
    return (_seen(model, z, {name: AMOUNT}) - _seen(model, z, {name: -AMOUNT})) / 2


def _seen(model: GanModel, z: torch.Tensor, sliders: Mapping[str, float]) -> torch.Tensor:
    """Small pictures [B, channels, ≤ SIDE, ≤ SIDE] under ``sliders``."""
    return _small(model, model.styles(z, sliders, 0.7))


def _small(model: GanModel, w: torch.Tensor) -> torch.Tensor:
    pictures = model.render(w, quick=True, enlarged=False)
    side = min(SIDE, pictures.shape[-1])
    return nn.functional.adaptive_avg_pool2d(pictures.float(), side)


def _likeness(a: torch.Tensor, b: torch.Tensor) -> float:
    """How far two changes are one, whichever way each goes: the size of their cosine, 0–1."""
    return abs(float(nn.functional.cosine_similarity(a.flatten(), b.flatten(), dim=0)))


@torch.inference_mode()
def by_examples(
    model: GanModel, yes: Sequence[Station], no: Sequence[Station]
) -> tuple[torch.Tensor, float, dict[str, float]]:
    """[style], as long as one standard deviation of w along it: from the mean style of ``no`` to that of ``yes``; by how many levels
    of 255 an amount of 2 changes a number of a picture; and how far that change is also that of each slider of the card.

    The difference of means is the direction of a linear classifier of two Gaussians of one round covariance (Fisher 1936); with
    fewer examples than w has numbers no better covariance can be told from them.
    """
    means = []
    for stations in (yes, no):
        styles = in_bands([style_of(model, one, one.seed) for one in stations])
        w = torch.cat(styles)
        means.append(w.mean(0) if w.dim() == 2 else w.mean((0, 1)))
    way = (means[0] - means[1]).cpu()
    w = styles_of(model.generator)
    unit = way / way.norm().clamp_min(1e-12)
    vector = (unit * ((w - w.mean(0)) @ unit).std()).to(model.device)
    z = model.latents(SEEDS)
    middle = model.styles(z, {}, 0.7)
    small = [_small(model, middle + amount * vector) for amount in (AMOUNT, -AMOUNT)]
    change = (small[0] - small[1]) / 2
    own = {slider.name: _change(model, z, slider.name) for slider in model.card.sliders}
    return vector, float(change.abs().mean()) * 127.5, _also(change, own)
