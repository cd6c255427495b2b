"""One picture made of several: the weighted sum of their styles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from studio.engine.failures import EngineError
from studio.messages.requests import MOST_PARTS, Generate, Part, Station
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.engine.networks.load import GanModel

ONE_SEED = QT_TRANSLATE_NOOP(
    "engine", "A picture that is made of others is one picture; {count} seeds were given."
)
TOO_MANY = QT_TRANSLATE_NOOP("engine", "A picture can be made of {most} others at most; {count} were given.")
WEIGHTS = QT_TRANSLATE_NOOP(
    "engine", "The shares of the pictures that one is made of must add up to 1; these add up to {sum}."
)
NEAR = 1e-4
"""How far from 1 the weights may add up, for they are sums of rounded numbers."""


def check_parts(parts: tuple[Part, ...], seeds: int = 1) -> None:
    """Raises EngineError(bad_request) for parts of which no picture can be made."""
    if not parts:
        return
    if seeds != 1:
        raise EngineError("bad_request", ONE_SEED, count=str(seeds))
    if len(parts) > MOST_PARTS:
        raise EngineError("bad_request", TOO_MANY, most=str(MOST_PARTS), count=str(len(parts)))
    total = sum(part.weight for part in parts)
    if not math.isfinite(total) or abs(total - 1) > NEAR:
        raise EngineError("bad_request", WEIGHTS, sum=f"{total:g}")


def style_of(model: GanModel, asked: Generate | Station) -> torch.Tensor:
    """w [1, style] of what is asked for, Σ weight · w(part) where it has parts; of one part of weight 1 exactly that part's.

    The mean of truncated styles is a style that was as good as taught (StyleGAN, Karras et al. 2019, section 2: W need not follow
    any density); arithmetic of codes after Radford et al. 2016, section 6.3.2, there in z.
    """
    if not asked.parts:
        z = model.latents((asked.seeds[0] if isinstance(asked, Generate) else asked.seed,))
        return model.styles(z, asked.sliders, asked.variety, asked.label, asked.toward, asked.blend)
    made: torch.Tensor | None = None
    for part in asked.parts:
        if not part.weight:
            continue
        w = part.weight * model.styles(model.latents((part.seed,)), asked.sliders, asked.variety, part.label)
        made = w if made is None else made + w
    assert made is not None, "weights add up to 1"
    return made
