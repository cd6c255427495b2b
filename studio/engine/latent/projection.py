"""The style of which a model makes a given picture, or the nearest it can make: found by going down the gradient."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from studio.engine.latent.found import styles_of
from studio.engine.networks.build import new_generator
from studio.engine.training.losses import RandomFeatures, regression

if TYPE_CHECKING:
    from studio.engine.networks.model import GanModel

STARTS = 32
"""Seeds of which the nearest is where the search begins."""
RATE = 0.15
"""Of Adam, in standard deviations of the style."""
PRIOR = 0.002
"""Weight of the square of how many deviations the style is from its mean: far from there the model was never taught."""
RAMPS = (0.05, 0.25)
"""Parts of the search in which the rate rises at first and falls at last (Karras et al. 2020, appendix D)."""


class Step(NamedTuple):
    """Where the search stands after ``done`` steps: the style ``w`` [1, style], begun at the picture of ``seed``, and the difference
    of its picture, 0 for none."""

    done: int
    w: torch.Tensor
    seed: int
    difference: float


def searched(model: GanModel, pixels: np.ndarray, steps: int, seed: int, label: str = "") -> Iterator[Step]:
    """The first step is the nearest of STARTS seeds from ``seed`` on, the last the nearest picture that was found on the way.

    Minimises the distance that the model was taught with (L1 and squares at three sizes, neighbours, random features) plus a prior,
    over w in units of its standard deviation, by Adam (projection after Karras et al. 2020, Analyzing and improving the image
    quality of StyleGAN, appendix D, with the features of Amir & Weiss 2021 instead of those of a foreign network).
    """
    target = target_of(pixels, model).to(model.device)
    features = RandomFeatures(model.device)
    mean, deviation = _spread(model, seed, label)
    start, w = _nearest(model, target, features, seed, label)
    with torch.inference_mode(False), torch.no_grad():
        generator = new_generator(model.generator.shape).to(model.device).eval().requires_grad_(False)
        generator.load_state_dict(model.generator.state_dict())
        w, mean, deviation, target = (one.clone() for one in (w, mean, deviation, target))
        away = torch.zeros_like(w, requires_grad=True)
    first, second = torch.zeros_like(w), torch.zeros_like(w)
    best: tuple[float, torch.Tensor] | None = None
    for done in range(steps + 1):
        with torch.inference_mode(False), torch.enable_grad():
            here = w + deviation * away
            difference = difference_of(generator.synthesize(here), target, features)
            value = float(difference.detach())
            if best is None or value < best[0]:
                best = (value, here.detach().clone())
            found = best[1] if done == steps else here.detach().clone()
            if done < steps:
                beyond = ((here - mean) / deviation)[:, deviation > 0].square().mean()
                (slope,) = torch.autograd.grad(difference + PRIOR * beyond, away)
                with torch.no_grad():
                    away -= RATE * _ramp(done / steps) * _adam(slope, first, second, done + 1)
        yield Step(done, found, start, best[0] if done == steps else value)


def _adam(slope: torch.Tensor, first: torch.Tensor, second: torch.Tensor, step: int) -> torch.Tensor:
    """The direction of step 1, 2, … of Adam (Kingma & Ba 2015, algorithm 1) with its two means, which are updated; by hand, for one
    vector does not need the seconds in which torch loads its optimisers."""
    first.mul_(0.9).add_(slope, alpha=0.1)
    second.mul_(0.99).addcmul_(slope, slope, value=0.01)
    return first / (1 - 0.9**step) / ((second / (1 - 0.99**step)).sqrt() + 1e-8)


def _ramp(part: float) -> float:
    rise, fall = min(1.0, (part + 1e-3) / RAMPS[0]), min(1.0, (1 - part) / RAMPS[1])
    return rise * (0.5 - 0.5 * math.cos(math.pi * fall))


def target_of(pixels: np.ndarray, model: GanModel) -> torch.Tensor:
    """[1, channels, S, S] in -1…1 as the model's network draws, of uint8 [h, w, 3 or 4]: the middle square, by means over areas;
    without alpha what is transparent is white."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = torch.from_numpy(pixels[top : top + side, left : left + side].astype(np.float32) / 255)
    square = square.permute(2, 0, 1)[None]
    alpha = square[:, 3:] if square.shape[1] == 4 else torch.ones_like(square[:, :1])
    covered = torch.cat([square[:, :3] * alpha, alpha], 1)
    size = model.generator.shape.size
    small = resized(covered, size)
    channels = model.generator.shape.channels
    if channels == 4:
        return small * 2 - 1
    colour = small[:, :3] + 1 - small[:, 3:]
    if channels == 1:
        colour = (colour * colour.new_tensor([0.2126, 0.7152, 0.0722]).view(1, 3, 1, 1)).sum(1, keepdim=True)
    return colour * 2 - 1


def resized(picture: torch.Tensor, size: int) -> torch.Tensor:
    """[B, C, h, w] at size × size: by means over areas where it becomes smaller, else bilinear, so that no steps appear."""
    if min(picture.shape[2:]) >= size:
        return functional.interpolate(picture, size=(size, size), mode="area")
    return functional.interpolate(picture, size=(size, size), mode="bilinear", align_corners=False)


def difference_of(picture: torch.Tensor, target: torch.Tensor, features: RandomFeatures) -> torch.Tensor:
    """How far a picture [1, channels, S, S] is from another: as regression has it on its colours, L1 on its alpha."""
    colours = [one.expand(-1, 3, -1, -1) if one.shape[1] == 1 else one[:, :3] for one in (picture, target)]
    total = regression(colours[0], colours[1], features, torch.float32)
    if picture.shape[1] == 4:
        total = total + (picture[:, 3:] - target[:, 3:]).abs().mean()
    return total


@torch.inference_mode()
def _nearest(
    model: GanModel, target: torch.Tensor, features: RandomFeatures, seed: int, label: str
) -> tuple[int, torch.Tensor]:
    """The seed whose picture is nearest, and its style at variety 1."""
    found: list[tuple[float, int]] = []
    for one in range(seed, seed + STARTS):
        w = model.styles(model.latents((one,)), {}, 1.0, label)
        picture = model.generator.synthesize(w)
        found.append((float(difference_of(picture, target, features)), one))
    nearest = min(found)[1]
    return nearest, model.styles(model.latents((nearest,)), {}, 1.0, label)


@torch.inference_mode()
def _spread(model: GanModel, seed: int, label: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation [style] of each number of w; 0 for those that never vary, such as a class."""
    w = styles_of(model.generator)
    mean = model.styles(model.latents((seed,)), {}, 0.0, label)[0]
    deviation = w.std(0)
    return mean, torch.where(deviation > 1e-6, deviation, 0).to(model.device)
