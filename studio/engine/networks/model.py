"""A model in memory: seeds, named sliders and variety in, pictures out."""

from __future__ import annotations

import copy
import functools
import math
from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import nn

from studio.engine.latent.found import found_directions
from studio.engine.networks.build import AnyGenerator
from studio.engine.networks.encoder import Aggregate, Encoder
from studio.engine.networks.generator import Block, code_of
from studio.engine.networks.layers import Conv, ModulatedConv
from studio.engine.networks.sharpness import fineness
from studio.engine.networks.upscaler import Upscaler
from studio.messages.models import ModelCard, is_found

REFINEMENTS, REFINING, SHARP = 16, 0.06, 12.0
"""Steps that better what an encoder says, how far the first goes, and how much fine detail counts beside the error."""


class Made(NamedTuple):
    """``pictures`` [B, 3, S, S] in -1…1, sRGB encoded; ``latents`` [B, latent]: the z of each, before its sliders."""

    pictures: torch.Tensor
    latents: torch.Tensor


class GanModel:
    """A generator with its learned enlargement and its named directions, ready to make pictures.

    Each picture is made alone, so that its pixels do not depend on what else was asked for. ``quick`` pictures are
    computed in bfloat16 where the processor can (three times as fast, about one level of 255 away).
    """

    def __init__(
        self,
        card: ModelCard,
        generator: AnyGenerator,
        upscaler: Upscaler | None,
        directions: torch.Tensor,
        class_ranges: torch.Tensor | None = None,
        encoder: Encoder | None = None,
        aggregate: Aggregate | None = None,
    ):
        self.card = card
        self.generator = generator.eval().requires_grad_(False)
        self.upscaler = upscaler.eval().requires_grad_(False) if upscaler is not None else None
        self.directions = directions
        self.class_ranges = class_ranges
        self.encoder = encoder.eval().requires_grad_(False) if encoder is not None else None
        self.divergence = aggregate.divergence if aggregate is not None else None
        self._codes = (aggregate.mean, aggregate.factor()) if aggregate is not None else None
        self.device = generator.mean_w.device
        self.quick_type = torch.bfloat16 if _fast_bfloat16(self.device) else torch.float32
        _settle(self.generator)
        self._quick = _cast_convolutions(self.generator, self.quick_type)
        self._quick_upscaler = _cast_convolutions(self.upscaler, self.quick_type)

    @functools.cached_property
    def found(self) -> dict[str, torch.Tensor]:
        """Directions [style] that nobody taught, by name; made when the first is asked for."""
        return found_directions(self.generator)

    def has_slider(self, name: str) -> bool:
        return any(slider.name == name for slider in self.card.sliders) or (
            is_found(name) and name in self.found
        )

    def latents(self, seeds: tuple[int, ...]) -> torch.Tensor:
        """z [B, latent] float32, one row per seed from its own CPU generator: the same alone, in a batch, anywhere."""
        size = self.generator.shape.latent_size
        rows = [torch.randn(size, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        noise = torch.stack(rows).to(self.device)
        if self._codes is None:
            return noise
        mean, factor = self._codes
        return torch.cat([mean + row @ factor.T for row in noise.split(1)])

    @property
    def middle(self) -> torch.Tensor:
        """z [latent] in the middle of all codes, where every slider is at 0."""
        return self._codes[0] if self._codes is not None else torch.zeros_like(self.latents((0,))[0])

    def encode(self, pictures: torch.Tensor, label: str = "", refinements: int = REFINEMENTS) -> torch.Tensor:
        """z [B, latent] of pictures [B, channels, S, S] in -1…1, S the card's size: what the encoder says, then so many steps towards the
        code that draws the picture best (semi-amortised inference, Kim et al. 2018, arXiv 1802.02550): nearest, and as sharp.
        Raises ValueError for a model without encoder, and one of classes that is not told the class."""
        if self.encoder is None:
            raise ValueError(f"{self.card.name} has no encoder")
        kinds, pictures = self._told(len(pictures), label), pictures.to(self.device)
        with torch.no_grad():
            z = self.encoder(pictures, kinds if kinds.shape[1] else None)[0]
        return self._refined(z, pictures, kinds, refinements)

    @torch.inference_mode()
    def drawn(self, z: torch.Tensor, label: str = "") -> torch.Tensor:
        """Pictures [B, channels, S, S] in -1…1 of codes z [B, latent] just as they are, nothing drawn towards the mean."""
        z = z.to(self.device)
        return self.generator(torch.cat([z, self._told(len(z), label)], 1)).clamp(-1, 1)

    def _told(self, count: int, label: str) -> torch.Tensor:
        """What networks of classes are told of ``count`` pictures: [count, classes], [count, 0] without classes."""
        classes = self.generator.shape.classes
        if not classes:
            return torch.zeros(count, 0, device=self.device)
        kinds = nn.functional.one_hot(torch.tensor([self._number(label)]), classes)
        return kinds.float().to(self.device).expand(count, -1)

    def _refined(
        self, z: torch.Tensor, pictures: torch.Tensor, told: torch.Tensor, steps: int
    ) -> torch.Tensor:
        """z after so many steps of Adam on the logarithm of each picture's squared error and on its fine detail; no picture knows of the others."""
        if not steps:
            return z
        with torch.inference_mode(False), torch.enable_grad():
            z, pictures, told = (one.clone() for one in (z, pictures, told))
            z.requires_grad_(True)
            optimiser = torch.optim.Adam([z], lr=REFINING, betas=(0.9, 0.9))
            for step in range(steps):
                optimiser.param_groups[0]["lr"] = REFINING * (1 - step / steps)
                drawn = self.generator(torch.cat([z, told], 1))
                wrong = (drawn - pictures).square().mean((1, 2, 3)).clamp_min(1e-8).log()
                (z.grad,) = torch.autograd.grad((wrong + SHARP * fineness(drawn, pictures)).sum(), z)
                optimiser.step()
        return z.detach()

    @torch.inference_mode()
    def styles(
        self,
        z: torch.Tensor,
        sliders: Mapping[str, float],
        variety: float,
        label: str = "",
        toward: str = "",
        blend: float = 0.0,
    ) -> torch.Tensor:
        """w [B, style] of z [B, latent], each row by itself. Sliders are amounts in standard deviations along the model's directions,
        those of the card in z, those found in w (GANSpace, Härkönen et al. 2020, equation 2).

        ``label``: one of the card's classes; without it z itself chooses one for each row. ``toward``: another one, ``blend`` 0–1 how
        far on the straight way between the styles of the two, each of them truncated towards its own mean. Raises ValueError
        for a class that is not there.
        """
        names = {slider.name for slider in self.card.sliders}
        own = {name: amount for name, amount in sliders.items() if name in names}
        w = self._styles_of(z, own, variety, label)
        if toward and blend:
            w = torch.lerp(w, self._styles_of(z, own, variety, toward), blend)
        for name, amount in sliders.items():
            if name not in own and amount:
                w = w + amount * self.found[name]
        return w

    def _styles_of(
        self, z: torch.Tensor, sliders: Mapping[str, float], variety: float, label: str
    ) -> torch.Tensor:
        kinds = self._kinds(z, label)
        names = [slider.name for slider in self.card.sliders]
        move = torch.zeros_like(z[:1])
        for name, amount in sliders.items():
            move = move + amount * self.directions[names.index(name)]
        shape, mapping = self.generator.shape, self.generator.mapping
        rows = []
        for index, row in enumerate(z.split(1)):
            kind = kinds[index : index + 1] if kinds is not None else None
            if shape.truncation == "z":
                within = self._within(row * variety, label)
                rows.append(mapping(code_of(within + move, kind, shape.classes)))
                continue
            mean = self.generator.mean_w if kind is None else self.generator.mean_w[kind]
            rows.append(mean + variety * (mapping(code_of(row + move, kind, shape.classes)) - mean))
        return torch.cat(rows)

    def _within(self, z: torch.Tensor, label: str) -> torch.Tensor:
        """z [B, latent] moved into the class that is asked for, where classes are ranges of z; sliders may lead out of it again."""
        if self.class_ranges is None or not label:
            return z
        low, high = self.class_ranges[self._number(label)]
        return z.clamp(low, high)

    def _number(self, label: str) -> int:
        if label not in self.card.classes:
            raise ValueError(f"there is no class {label} among {', '.join(self.card.classes)}")
        return self.card.classes.index(label)

    def class_of(self, z: torch.Tensor) -> str:
        """The class that z [1, latent] itself chooses; empty for a model without classes."""
        kinds = self._kinds(z, "")
        return "" if kinds is None else self.card.classes[int(kinds[0])]

    def _kinds(self, z: torch.Tensor, label: str) -> torch.Tensor | None:
        """The class [B] of each row; None for a model without classes."""
        count = self.generator.shape.classes
        if not count:
            return None
        if label:
            return torch.full((len(z),), self._number(label), device=z.device)
        even = 0.5 * (1 + torch.erf(z[:, 0] / math.sqrt(2)))  # the first number of z as an even one in 0…1
        return (even * count).long().clamp(0, count - 1)

    @torch.inference_mode()
    def render(self, w: torch.Tensor, *, quick: bool = False, enlarged: bool = True) -> torch.Tensor:
        """Pictures [B, 3, S, S], or [B, 4, S, S] with straight alpha, of w [B, style] or, of a style network, [B, bands, style], S the card's learned size, or its size when not ``enlarged``."""
        generator, upscaler = (
            (self._quick, self._quick_upscaler) if quick else (self.generator, self.upscaler)
        )
        kind = self.quick_type if quick else torch.float32
        pictures = []
        for row in w.split(1):
            picture = generator.synthesize(row, kind)
            if upscaler is not None and enlarged:
                picture = upscaler(picture.clamp(-1, 1), kind)
            pictures.append(picture.clamp_(-1, 1))
        return straight(torch.cat(pictures) if len(pictures) > 1 else pictures[0])

    @torch.inference_mode()
    def sample(
        self,
        seeds: tuple[int, ...],
        *,
        sliders: Mapping[str, float],
        variety: float = 0.7,
        quick: bool = False,
        enlarged: bool = True,
        label: str = "",
        toward: str = "",
        blend: float = 0.0,
    ) -> Made:
        """A picture per seed at the model's learned size, or the network's own when not ``enlarged``.

        Raises ValueError for a slider or class that the model does not have.
        """
        z = self.latents(seeds)
        w = self.styles(z, sliders, variety, label, toward, blend)
        return Made(self.render(w, quick=quick, enlarged=enlarged), z)


def straight(pictures: torch.Tensor) -> torch.Tensor:
    """What a network draws, -1…1, as pictures are handed on: grey as colour, premultiplied colour as straight."""
    if pictures.shape[1] == 1:
        return pictures.expand(-1, 3, -1, -1)
    if pictures.shape[1] == 3:
        return pictures
    colour, alpha = (pictures[:, :3] + 1) / 2, (pictures[:, 3:] + 1) / 2
    colour = (colour / alpha.clamp_min(1 / 512)).clamp(0, 1)
    return torch.cat([colour, alpha], 1) * 2 - 1


def _fast_bfloat16(device: torch.device) -> bool:
    return device.type == "cpu" and bool(torch.cpu._is_avx512_bf16_supported())


def _settle(module: nn.Module) -> None:
    for part in module.modules():
        if isinstance(part, ModulatedConv):
            part.settle()


def _cast_convolutions(module, kind: torch.dtype):
    """A copy whose kernels and grounds are already in ``kind`` and channels_last; what makes styles stays in float32."""
    if module is None or kind == torch.float32:
        return module
    module = copy.deepcopy(module)
    for part in module.modules():
        if isinstance(part, Conv | ModulatedConv):  # others compute in the type of their own weights
            part.weight.data = part.weight.data.to(kind).contiguous(memory_format=torch.channels_last)
        elif isinstance(part, Block):
            part.ground.data = part.ground.data.to(kind).contiguous(memory_format=torch.channels_last)
    return module
