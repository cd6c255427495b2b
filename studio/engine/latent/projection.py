"""The style of which a model makes a given picture, or the nearest it can make: found by going down the gradient."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from studio.engine.latent.found import styles_of
from studio.engine.networks.build import AnyGenerator, new_generator
from studio.engine.training.losses import RandomFeatures, regression
from studio.messages.requests import BANDS

if TYPE_CHECKING:
    from studio.engine.networks.model import GanModel

STARTS = 128
"""Seeds whose pictures are compared, small."""
KEPT = 4
"""Of these the nearest, which go down the gradient together until it shows which comes nearest."""
SMALL = 32
"""Side at which the pictures of seeds are compared, in pixels."""
TOGETHER, ALONE = 0.12, 0.5
"""Parts of the search: up to here the kept ones together, up to there the nearest alone; in the rest each band of layers goes its own way."""
RATE = 0.12
"""Of Adam, in standard deviations of the style along its axes."""
PRIOR = 0.002
"""Weight of the mean square of how many deviations the style is from where it is usual: far from there the model was never taught."""
LEAST = 0.2
"""Bands may also leave the ways in which styles vary: each axis is at least this part of the longest one."""
RAMPS = (0.05, 0.25)
"""Parts of a leg in which the rate rises at first and falls at last (Karras et al. 2020, appendix D)."""
FOUND = 0.02
"""A difference that no eye sees; nothing is looked for beyond it."""

Difference = Callable[[torch.Tensor], torch.Tensor]


class Step(NamedTuple):
    """Where the search stands after ``done`` steps: the nearest style so far, ``w`` [1, style] or, with one for each band, [1, bands,
    style], begun at the picture of ``seed``, and the difference of its picture, 0 for none."""

    done: int
    w: torch.Tensor
    seed: int
    difference: float


class _Place(NamedTuple):
    """Styles [K, …, style] = ``origin`` + ``away`` · ``axes`` [axes, style], where ``away`` is 0 at what is usual."""

    origin: torch.Tensor
    axes: torch.Tensor
    away: torch.Tensor

    def styles(self, away: torch.Tensor) -> torch.Tensor:
        return self.origin + away @ self.axes


def searched(model: GanModel, pixels: np.ndarray, steps: int, seed: int, label: str = "") -> Iterator[Step]:
    """The first step is the nearest of STARTS seeds from ``seed`` on, and of what an encoder says; the last has done all ``steps``, also
    where there was nothing left to find before.

    Minimises the distance that the model was taught with (L1 and squares at three sizes, neighbours, random features) plus a prior by
    Adam, first over w along the principal axes of its spread, each in its own standard deviations (projection after Karras et al.
    2020, Analyzing and improving the image quality of StyleGAN, appendix D, with the features of Amir & Weiss 2021 instead of those of
    a foreign network; the axes after Wulff & Torralba 2020, arXiv 2009.06529, whose Gaussian prior it is), then over a style for each
    band of layers (W+, Abdal et al. 2019) held near that w.
    """
    target, features = target_of(pixels, model).to(model.device), RandomFeatures(model.device)
    starts = _nearest(model, target, features, seed, label)
    mean, axes, wide_axes = _spread(model, label)
    with torch.inference_mode(False), torch.no_grad():
        generator = new_generator(model.generator.shape).to(model.device).eval().requires_grad_(False)
        generator.load_state_dict(model.generator.state_dict())
        mean, axes, wide_axes, target = (one.clone() for one in (mean, axes, wide_axes, target))
        begun = torch.cat([w.clone() for _, w in starts])
    leg = _Leg(
        generator, lambda picture: difference_of(picture, target, features), [one for one, _ in starts]
    )
    ends = (round(TOGETHER * steps), round(ALONE * steps) if _has_bands(generator) else steps, steps)
    yield from leg.gone(_place(begun, mean, axes), 0, ends[0])
    yield from leg.gone(_place(leg.w, mean, axes), ends[0], ends[1])
    if ends[1] < steps:
        middle = leg.w[:, None].expand(-1, len(BANDS), -1)
        yield from leg.gone(_place(middle, middle, wide_axes), ends[1], steps)
    yield Step(steps, leg.w, leg.seed, leg.difference)


class _Leg:
    """Goes down the gradient from one or several places, and knows the nearest style that it has come by."""

    def __init__(self, generator: AnyGenerator, difference: Difference, seeds: list[int]) -> None:
        self._generator, self._difference, self._seeds = generator, difference, seeds
        self.w, self.seed, self.difference = torch.empty(0), seeds[0], math.inf

    def gone(self, place: _Place, begin: int, end: int) -> Iterator[Step]:
        """A step for each from ``begin`` on; none any more once it is found."""
        with torch.inference_mode(False):
            away, first, second = place.away, torch.zeros(place.away.shape), torch.zeros(place.away.shape)
            first, second = first.to(away.device), second.to(away.device)
        for done in range(begin, end):
            if self.difference < FOUND:
                return
            with torch.inference_mode(False), torch.enable_grad():
                here = away.detach().requires_grad_(True)
                w = place.styles(here)
                pictures = self._generator.synthesize(w).split(1)
                differences = torch.stack([self._difference(one) for one in pictures])
                beyond = here.square().flatten(1).mean(1)
                (slope,) = torch.autograd.grad((differences + PRIOR * beyond).sum(), here)
            with torch.inference_mode(False), torch.no_grad():
                self._note(w.detach(), differences.tolist())
                rate = RATE * _ramp((done - begin) / (end - begin))
                away = away - rate * _adam(slope, first, second, done - begin + 1)
            yield Step(done, self.w, self.seed, self.difference)
        with torch.inference_mode(False), torch.no_grad():
            w = place.styles(away)
            pictures = self._generator.synthesize(w).split(1)
            self._note(w, [float(self._difference(one)) for one in pictures])

    def _note(self, w: torch.Tensor, differences: list[float]) -> None:
        nearest = min(range(len(differences)), key=differences.__getitem__)
        if differences[nearest] < self.difference:
            self.difference, self.w = differences[nearest], w[nearest : nearest + 1].clone()
            if len(differences) > 1:
                self.seed = self._seeds[nearest]


def _place(w: torch.Tensor, mean: torch.Tensor, axes: torch.Tensor) -> _Place:
    """At ``w``, whose distance from ``mean`` counts along the axes; what of it they cannot say stays as it is."""
    with torch.inference_mode(False), torch.no_grad():
        lengths = axes.square().sum(1).clamp_min(1e-12)
        away = ((w - mean) @ axes.T) / lengths
        return _Place(w - away @ axes, axes, away)


def _adam(slope: torch.Tensor, first: torch.Tensor, second: torch.Tensor, step: int) -> torch.Tensor:
    """The direction of step 1, 2, … of Adam (Kingma & Ba 2015, algorithm 1) with its two means, which are updated; by hand, for a
    few vectors do not need the seconds in which torch loads its optimisers."""
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


def _has_bands(generator: AnyGenerator) -> bool:
    return generator.shape.network == "style"


@torch.inference_mode()
def _nearest(
    model: GanModel, target: torch.Tensor, features: RandomFeatures, seed: int, label: str
) -> list[tuple[int, torch.Tensor]]:
    """KEPT seeds and styles at variety 1 whose pictures are nearest, small; in front of them what an encoder says."""
    side = min(SMALL, target.shape[-1])
    goal = resized(target, side)
    found: list[tuple[float, int]] = []
    for one in range(seed, seed + STARTS):
        w = model.styles(model.latents((one,)), {}, 1.0, label)
        picture = model.generator.synthesize(w, model.quick_type)
        found.append((float(difference_of(resized(picture, side), goal, features)), one))
    seeds = [one for _, one in sorted(found)[:KEPT]]
    starts = [(one, model.styles(model.latents((one,)), {}, 1.0, label)) for one in seeds]
    if model.encoder is not None and (label or not model.generator.shape.classes):
        z = model.encode(target, label)
        starts = [(seeds[0], model.styles(z, {}, 1.0, label)), *starts[: KEPT - 1]]
    return starts


@torch.inference_mode()
def _spread(model: GanModel, label: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mean [style] of w, and its principal axes [≤ style, style], each as long as one standard deviation; again with those along which
    little varies lengthened to LEAST of the longest, without numbers that never vary, such as a class."""
    w = styles_of(model.generator).double()
    mean = model.styles(model.latents((1,)), {}, 0.0, label)[0]
    varies = (w.std(0) > 1e-6).double()
    centred = (w - w.mean(0)) * varies
    variances, axes = torch.linalg.eigh(centred.T @ centred / (len(w) - 1))
    lengths, axes = variances.flip(0).clamp_min(0).sqrt(), axes.flip(1).T * varies
    there = axes.norm(dim=1) > 0.5
    lengths, axes = lengths[there], axes[there]
    own = (axes * lengths[:, None])[lengths > 1e-4 * lengths[0]]
    wide = axes * lengths.clamp_min(LEAST * float(lengths[0]))[:, None]
    return mean, own.float().to(model.device), wide.float().to(model.device)
