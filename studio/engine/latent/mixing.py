"""One picture made of several: the weighted sum of their styles."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import torch

from studio.engine.failures import EngineError
from studio.messages.requests import BANDS, MOST_PARTS, Band, Generate, Part, Station
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.engine.networks.model import GanModel

ONE_SEED = QT_TRANSLATE_NOOP(
    "engine", "A picture that is made of others is one picture; {count} seeds were given."
)
TOO_MANY = QT_TRANSLATE_NOOP("engine", "A picture can be made of {most} others at most; {count} were given.")
WEIGHTS = QT_TRANSLATE_NOOP(
    "engine", "The shares of the pictures that one is made of must add up to 1; these add up to {sum}."
)
NO_BANDS = QT_TRANSLATE_NOOP(
    "engine",
    "This model's layers take no styles of their own; choose one that was taught as a style network.",
)
OTHER_LATENT = QT_TRANSLATE_NOOP(
    "engine",
    "A latent of {found} numbers does not fit this model, which has {size}; take the model that it was made with.",
)
OTHER_MODEL = QT_TRANSLATE_NOOP(
    "engine", "A direction or style of {found} numbers does not fit this model, whose style has {size}."
)
NEAR = 1e-4
"""How far from 1 the weights may add up, for they are sums of rounded numbers."""


def check_parts(asked: Generate | Station) -> None:
    """Raises EngineError(bad_request) for parts of which no picture can be made."""
    parts, seeds = asked.parts, len(asked.seeds) if isinstance(asked, Generate) else 1
    if not parts:
        return
    if seeds != 1:
        raise EngineError("bad_request", ONE_SEED, count=str(seeds))
    if len(parts) > MOST_PARTS:
        raise EngineError("bad_request", TOO_MANY, most=str(MOST_PARTS), count=str(len(parts)))
    for band in {"", *(part.band for part in parts)}:
        total = sum(part.weight for part in parts if part.band == band)
        if not math.isfinite(total) or abs(total - 1) > NEAR:
            raise EngineError("bad_request", WEIGHTS, sum=f"{total:g}")


def style_of(model: GanModel, asked: Generate | Station, seed: int) -> torch.Tensor:
    """w [1, style] of what is asked for, of ``seed`` or, where it has parts, Σ weight · w(part); of one part of weight 1 exactly that
    part's. [1, bands, style] where a band has parts, a variety or in a part's code a style of its own. Raises EngineError for a model
    without bands.

    The mean of truncated styles is a style that was as good as taught (StyleGAN, Karras et al. 2019, section 2: W need not follow
    any density; section 3.1: styles of several pictures in one, by layers); arithmetic of codes after Radford et al. 2016, section
    6.3.2, there in z.
    """
    own = {part.band for part in asked.parts if part.band} | set(asked.varieties)
    if not own:
        return _sum_of(model, asked, seed, "")
    if model.generator.shape.network != "style":
        raise EngineError("bad_request", NO_BANDS)
    general = None if own >= set(BANDS) else _sum_of(model, asked, seed, "")
    made = [
        _sum_of(model, asked, seed, band) if band in own or general is None else general for band in BANDS
    ]
    rows = [w if w.dim() == 2 else w[:, index] for index, w in enumerate(made)]
    return torch.stack(rows, 1)


def _sum_of(model: GanModel, asked: Generate | Station, seed: int, band: Band | Literal[""]) -> torch.Tensor:
    variety = asked.varieties.get(band, asked.variety) if band else asked.variety
    if not asked.parts:
        own = Part(seed=seed, weight=1.0, label=asked.label)
        return _style(model, asked, own, variety, asked.toward, asked.blend)
    there = [part for part in asked.parts if part.band == band]
    made: torch.Tensor | None = None
    for part in there or [part for part in asked.parts if not part.band]:
        if part.weight:
            w = part.weight * _style(model, asked, part, variety)
            made = w if made is None else made + w
    assert made is not None, "weights add up to 1"
    return made


def _style(
    model: GanModel,
    asked: Generate | Station,
    part: Part,
    variety: float,
    toward: str = "",
    blend: float = 0.0,
) -> torch.Tensor:
    """w [1, style] of one part, under its sliders and those of the whole."""
    names = dict.fromkeys((*asked.sliders, *part.sliders))
    amounts = {name: asked.sliders.get(name, 0.0) + part.sliders.get(name, 0.0) for name in names}
    known = {name: amount for name, amount in amounts.items() if name not in asked.vectors}
    z = latent_of(model, part.latent) if part.latent else model.latents((part.seed,))
    if part.code:
        w = _coded(model, part, z, known, variety)
    else:
        w = model.styles(z, known, variety, part.label, toward, blend)
    for name, vector in asked.vectors.items():
        if amount := amounts.get(name):
            w = w + amount * vector_of(model, vector)
    return w


def _coded(
    model: GanModel, part: Part, z: torch.Tensor, sliders: Mapping[str, float], variety: float
) -> torch.Tensor:
    """w [1, style], or [1, bands, style], of a part that has a style of its own: variety draws it towards the mean, sliders move it as
    they move its seed."""
    size = model.generator.mean_w.shape[-1]
    by_band = model.generator.shape.network == "style" and len(part.code) == 4 * size * len(BANDS)
    if len(part.code) != 4 * size and not by_band:
        raise EngineError("bad_request", OTHER_MODEL, found=str(len(part.code) // 4), size=str(size))
    w = torch.frombuffer(bytearray(part.code), dtype=torch.float32).to(model.device)[None]
    w = w.view(1, len(BANDS), size) if by_band else w
    if variety != 1:
        mean = model.styles(z, {}, 0.0, part.label)
        w = mean + variety * (w - mean)
    if any(sliders.values()):
        w = w + model.styles(z, sliders, variety, part.label) - model.styles(z, {}, variety, part.label)
    return w


def latent_of(model: GanModel, packed: bytes) -> torch.Tensor:
    """z [1, latent] as requests carry it. Raises EngineError where it is another model's."""
    size = model.generator.shape.latent_size
    if len(packed) != 4 * size:
        raise EngineError("bad_request", OTHER_LATENT, found=str(len(packed) // 4), size=str(size))
    return torch.frombuffer(bytearray(packed), dtype=torch.float32).to(model.device)[None]


def vector_of(model: GanModel, packed: bytes) -> torch.Tensor:
    """[style] of a direction as requests carry it. Raises EngineError where it is another model's."""
    size = model.generator.mean_w.shape[-1]
    if len(packed) != 2 * size:
        raise EngineError("bad_request", OTHER_MODEL, found=str(len(packed) // 2), size=str(size))
    return torch.frombuffer(bytearray(packed), dtype=torch.float16).float().to(model.device)


def in_bands(styles: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Styles that can be mixed: where one has bands, all have."""
    if all(one.dim() == 2 for one in styles):
        return list(styles)
    return [one if one.dim() == 3 else one[:, None].expand(-1, len(BANDS), -1) for one in styles]
