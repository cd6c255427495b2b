"""Inside the networks of a model's file: the filters of each layer, and what it makes of one picture."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
from safetensors import safe_open
from torch import nn

from studio.engine.latent.mixing import style_of
from studio.engine.networks.build import new_discriminator
from studio.engine.networks.generator import code_of
from studio.engine.networks.layers import Conv, Linear, ModulatedConv
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import GanModel, straight
from studio.engine.training.checkpoint import Written
from studio.engine.training.classes import LEAST, mosaic
from studio.messages.events import Inside, Insides
from studio.messages.pixels import Pixels
from studio.messages.requests import Station

MOST = 64
"""Filters and maps of a layer that are shown."""
EDGE = 1
CONVOLUTIONS = (nn.Conv2d, nn.ConvTranspose2d, Conv, ModulatedConv)
Seen = list[tuple[nn.Module, torch.Tensor]]


def insides(path: Path, seed: int) -> Insides:
    """What the generator in the file at ``path`` draws of ``seed``, layer by layer, and what its discriminator and encoder, where
    it has any, make of that picture. Raises ModelFileError."""
    model = load_generator(path)
    asked = Station(seed=seed, variety=1.0)
    with torch.no_grad():
        w = style_of(model, asked, seed).clone()
        with _watched(model.generator) as seen:
            drawn = model.generator.synthesize(w)
        layers = _told("generator", seen, model.card.size)
        layers += _judging(path, model, seed, drawn)
        if model.encoder is not None:
            kinds = torch.zeros(1, model.encoder.shape.classes)
            with _watched(model.encoder) as seen:
                model.encoder(drawn, kinds)
            layers += _told("encoder", seen, model.card.size)
    pixels = (straight(drawn.clamp(-1, 1))[0, :3] * 127.5 + 127.5).round().to(torch.uint8)
    picture = Pixels.of(pixels.permute(1, 2, 0).contiguous().numpy())
    return Insides(model=str(path), picture=picture, layers=tuple(layers))


def _judging(path: Path, model: GanModel, seed: int, drawn: torch.Tensor) -> list[Inside]:
    """The layers of the discriminator that learnt beside the generator; none where the file is a finished model."""
    with safe_open(path, "pt") as file:
        written = msgspec.json.decode((file.metadata() or {}).get("training", "null"), type=Written | None)
        names = [name for name in file.keys() if name.startswith("discriminator.")]  # noqa: SIM118 - not a dict
        tensors = {name.partition(".")[2]: file.get_tensor(name).float() for name in names}
    if written is None or not tensors:
        return []
    recipe = written.recipe
    if recipe.encoder is not None and recipe.warm_steps >= recipe.steps:  # it never learns
        return []
    judge = new_discriminator(recipe.discriminator).eval().requires_grad_(False)
    judge.load_state_dict(tensors)
    kind, classes = None, recipe.discriminator.classes
    if classes:
        label = model.class_of(model.latents((seed,)))
        kind = code_of(
            torch.zeros(1, model.generator.shape.latent_size),
            torch.tensor([model.card.classes.index(label)]),
            classes,
        )
    with _watched(judge) as seen:
        judge(drawn, kind)
    return _told("discriminator", seen, model.card.size)


@contextlib.contextmanager
def _watched(network: nn.Module) -> Iterator[Seen]:
    """What comes out of each convolution and dense layer while the network works, in the order of its work."""
    styles = {id(part.affine) for part in network.modules() if isinstance(part, ModulatedConv)}
    seen: Seen = []

    def note(part: nn.Module, _inputs: object, made: torch.Tensor) -> None:
        seen.append((part, made.detach()))

    parts = [
        part
        for part in network.modules()
        if isinstance(part, (*CONVOLUTIONS, Linear)) and id(part) not in styles
    ]
    hooks = [part.register_forward_hook(note) for part in parts]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def _told(network: str, seen: Seen, side: int) -> list[Inside]:
    layers, numbers = [], {"convolution": 0, "dense": 0}
    for part, made in seen:
        kind = "convolution" if isinstance(part, CONVOLUTIONS) else "dense"
        numbers[kind] += 1
        maps = made[0].float()
        if kind == "dense":
            maps = _as_pictures(maps[None], side)
        weights = filters_of(part, side)
        layers.append(
            Inside(
                network=network,
                layer=f"{kind}-{numbers[kind]}",
                maps=Pixels.of(mosaic(maps[:MOST]) if maps.numel() > 1 else verdict(maps)),
                filters=None if weights is None else Pixels.of(signed_mosaic(weights)),
            )
        )
    return layers


def verdict(said: torch.Tensor) -> np.ndarray:
    """The one number at the end of a discriminator as a field uint8 [h, w, 3], the lighter the more it takes the picture for a real one."""
    return np.full((LEAST, LEAST, 3), round(255 * float(said.sigmoid())), np.uint8)


def _as_pictures(rows: torch.Tensor, side: int) -> torch.Tensor:
    """Rows of numbers [n, m] as squares [n, h, w]: pictures where they are that many, else filled up with nothing."""
    count = rows.shape[1]
    if count in (side**2, 3 * side**2):
        return rows.view(len(rows), -1, side, side).mean(1)
    across = int(np.ceil(np.sqrt(count)))
    return nn.functional.pad(rows, (0, across**2 - count)).view(len(rows), across, across)


def filters_of(part: nn.Module, side: int) -> torch.Tensor | None:
    """[≤ MOST, h, w] of a layer's weights: of each output of a convolution the kernel of the input that counts most; of a dense layer
    from or to a picture of ``side`` pixels those of each number, as a picture. None for any other dense layer."""
    weight: torch.Tensor = part.weight.detach().float()  # type: ignore[union-attr,assignment,operator]
    if isinstance(part, CONVOLUTIONS):
        kernels = weight.transpose(0, 1) if isinstance(part, nn.ConvTranspose2d) else weight
        strongest = kernels.abs().sum((2, 3)).argmax(1)
        return kernels[torch.arange(len(kernels)), strongest][:MOST]
    for rows in (weight, weight.T):
        if rows.shape[1] in (side**2, 3 * side**2):
            return _as_pictures(rows[:MOST], side)
    return None


def signed_mosaic(filters: torch.Tensor) -> np.ndarray:
    """Filters [n, h, w] side by side, uint8 [h, w, 3]: each by its own largest weight, white above 0, black below it."""
    scale = filters.abs().amax((1, 2), keepdim=True).clamp_min(1e-9)
    codes = ((filters / scale) * 127 + 128).to(torch.uint8).numpy()
    count, height, width = codes.shape
    across = int(np.ceil(np.sqrt(count)))
    down = -(-count // across)
    sheet = np.full((down * (height + EDGE) - EDGE, across * (width + EDGE) - EDGE), 64, np.uint8)
    for number, one in enumerate(codes):
        top, left = number // across * (height + EDGE), number % across * (width + EDGE)
        sheet[top : top + height, left : left + width] = one
    return np.repeat(sheet[..., None], 3, 2)
