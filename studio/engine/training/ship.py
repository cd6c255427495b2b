"""From a finished training run to a model file that ships: half precision, directions, enlargement, card, preview."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import msgspec
import torch

from studio.engine.datasets import conditions, shanshui
from studio.engine.library.model_file import CARD_KEY
from studio.engine.networks.load import CLASS_RANGES, ENCODER_KEY, SHAPE_KEY, UPSCALER_KEY, load_generator
from studio.engine.networks.model import GanModel
from studio.engine.networks.packing import packed
from studio.engine.networks.upscaler import Upscaler
from studio.engine.training.checkpoint import TrainingState, Written, model_card, with_dimensions
from studio.engine.training.loop import settle
from studio.engine.training.samples import mosaic_of
from studio.engine.training.storing import store
from studio.messages.models import ClassTitle, Slider

SLIDER_TITLES = {
    "mist": ("Mist", "雾气"),
    "height": ("Peak height", "山势"),
    "peak": ("Peak position", "主峰位置"),
    "water": ("Water level", "水位"),
    "night": ("Night", "夜色"),
    "snow": ("Snow", "积雪"),
    "pigment": ("Blue-green", "青绿"),
    "dusk": ("Dusk", "暮色"),
}
"""Titles of the sliders of the embedded landscapes, in English and Chinese."""

PINNED = ("mist", "height", "night", "snow")


def ship(
    state: TrainingState,
    upscaler: Upscaler | None,
    directions: torch.Tensor,
    names: Sequence[str],
    path: Path,
    *,
    trained_with: str,
    note: str = "",
) -> GanModel:
    """Writes ``path`` (half precision, about a third of a checkpoint) and returns it loaded again.

    It holds the averaged generator, the discriminator (so that training can go on from it), the enlargement, one
    direction [latent] per name, and the styles of the rule as classes. Raises OSError.
    """
    settle(state)
    tensors = {"directions": directions.half(), CLASS_RANGES: shanshui.style_ranges().half()}
    parts = {"generator": state.average, "discriminator": state.discriminator}
    if upscaler is not None:
        parts["upscaler"] = upscaler
    for part, module in parts.items():
        tensors |= {
            f"{part}.{name}": value.detach().half().contiguous()
            for name, value in module.state_dict().items()
        }
    shape = msgspec.structs.replace(
        state.recipe.generator, truncation="z" if state.recipe.warm_steps else "w"
    )
    metadata = {
        CARD_KEY: msgspec.json.encode(_card(state, upscaler, names, trained_with, note)).decode(),
        SHAPE_KEY: msgspec.json.encode(shape).decode(),
        "training": msgspec.json.encode(_written(state)).decode(),
    }
    if upscaler is not None:
        metadata[UPSCALER_KEY] = msgspec.json.encode(upscaler.shape).decode()
    store(tensors, path, metadata)
    return load_generator(path)


def ship_encoded(state: TrainingState, path: Path, device: str) -> GanModel:
    """Writes a variational autoencoder (large tensors in eight bits) and returns it loaded again: averaged decoder, encoder, moments of
    the codes, a direction for each of the dimensions that tell most. Raises OSError."""
    assert state.encoder is not None and state.aggregate is not None
    settle(state)
    card = model_card(state, device)
    card, directions = with_dimensions(card, state.aggregate)
    extra = sum(p.numel() for p in state.encoder.parameters())
    by_condition = state.classes == conditions.CLASSES
    card = msgspec.structs.replace(
        card,
        parameters=card.parameters + extra,
        abilities=("generate", "variety", "explore", *(("classes",) if state.classes else ())),
        class_factors=conditions.FACTOR_TITLES if by_condition else (),
        trained_on="procedurally painted landscapes (studio/engine/datasets)",
        trained_with=f"trained on {'a CPU' if device == 'cpu' else device}, {state.seconds / 60:.0f} min",
        note=f"{state.pictures_seen} rule-made pictures seen in {state.step} steps",
    )
    tensors = {"directions": directions.half()}
    for part, module in (("generator", state.average), ("encoder", state.encoder)):
        tensors |= packed({f"{part}.{name}": value for name, value in module.state_dict().items()})
    codes = state.aggregate.state_dict()
    tensors |= {f"aggregate.{name}": value.clone() for name, value in codes.items()}
    metadata = {
        CARD_KEY: msgspec.json.encode(card).decode(),
        SHAPE_KEY: msgspec.json.encode(state.recipe.generator).decode(),
        ENCODER_KEY: msgspec.json.encode(state.encoder.shape).decode(),
        "training": msgspec.json.encode(_written(state)).decode(),
    }
    store(tensors, path, metadata)
    return load_generator(path)


def _written(state: TrainingState) -> Written:
    return Written(
        step=state.step, pictures_seen=state.pictures_seen, seconds=state.seconds, recipe=state.recipe
    )


def _card(
    state: TrainingState, upscaler: Upscaler | None, names: Sequence[str], trained_with: str, note: str
):
    card = model_card(state, "cpu")
    extra = sum(p.numel() for p in upscaler.parameters()) if upscaler is not None else 0
    factor = upscaler.shape.factor if upscaler is not None else 1
    sliders = [
        Slider(name=name, title=SLIDER_TITLES[name][0], title_zh=SLIDER_TITLES[name][1]) for name in names
    ]
    return msgspec.structs.replace(
        card,
        learned_size=card.size * factor,
        parameters=card.parameters + extra,
        sliders=tuple(sliders),
        pinned=tuple(name for name in PINNED if name in names),
        classes=shanshui.STYLES,
        class_titles=tuple(
            ClassTitle(title=shanshui.STYLE_TITLES[style], title_zh=shanshui.STYLES_ZH[style])
            for style in shanshui.STYLES
        ),
        abilities=("generate", "variety", "explore", "classes"),
        trained_on="procedurally painted landscapes (studio/engine/datasets/shanshui.py)",
        trained_with=trained_with,
        note=note,
    )


@torch.inference_mode()
def write_preview(
    model: GanModel, path: Path, *, across: int = 4, cell: int = 128, first_seed: int = 1
) -> None:
    """A mosaic of ``across`` × ``across`` pictures as PNG. Raises OSError."""
    seeds = tuple(range(first_seed, first_seed + across * across))
    pictures = model.sample(seeds, sliders={}, variety=0.8).pictures
    pictures = torch.nn.functional.interpolate(pictures, size=(cell, cell), mode="area")
    ok, encoded = cv2.imencode(".png", mosaic_of(pictures)[..., ::-1])
    if not ok:
        raise OSError(f"{path}: the preview cannot be encoded")
    path.write_bytes(encoded.tobytes())
