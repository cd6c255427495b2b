"""A model file becomes a model."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from safetensors.torch import load_file

from studio.engine.library.model_file import HEADER, ModelFileError, card_of, read_header
from studio.engine.networks.build import new_generator
from studio.engine.networks.encoder import Aggregate, Encoder, EncoderShape
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.model import GanModel
from studio.engine.networks.packing import part_of
from studio.engine.networks.upscaler import Upscaler, UpscalerShape

CLASS_RANGES = "class_ranges"
"""Tensor [classes, 2, latent] of a model that was taught by a rule: within which numbers z is of each class."""
ENCODER_KEY = "encoder"
SHAPE_KEY = "shape"
UPSCALER_KEY = "upscaler"


def load_generator(path: str | Path, device: str = "cpu") -> GanModel:
    """The model in a safetensors file: a shipped model, or a checkpoint of a training run.

    Raises ModelFileError for a file that is no model, RuntimeError naming the tensor that does not fit the network.
    """
    header = read_header(path)
    card = card_of(path, header)
    try:
        shape = msgspec.json.decode(header.metadata.get(SHAPE_KEY, "{}"), type=GeneratorShape)
        enlarged = msgspec.json.decode(header.metadata.get(UPSCALER_KEY, "null"), type=UpscalerShape | None)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ModelFileError(
            "model_unknown", path, HEADER, reason=f"its shape cannot be read ({error})"
        ) from None
    tensors = load_file(path, device="cpu")
    generator = new_generator(shape)
    generator.load_state_dict(part_of(tensors, "generator"))
    upscaler = None
    if enlarged is not None:
        upscaler = Upscaler(enlarged)
        upscaler.load_state_dict(part_of(tensors, "upscaler"))
    directions = tensors.get("directions", torch.zeros(0, shape.latent_size)).float()
    if len(directions) != len(card.sliders):
        raise ModelFileError("model_unknown", path, HEADER, reason="its sliders have no directions")
    ranges = tensors[CLASS_RANGES].float() if CLASS_RANGES in tensors else None
    if ranges is not None and ranges.shape != (len(card.classes), 2, shape.latent_size):
        raise ModelFileError("model_unknown", path, HEADER, reason="its classes have no ranges")
    seen = msgspec.json.decode(header.metadata.get(ENCODER_KEY, "null"), type=EncoderShape | None)
    encoder, aggregate = (Encoder(seen), Aggregate(seen.latent_size)) if seen is not None else (None, None)
    if encoder is not None and aggregate is not None:
        encoder.load_state_dict(part_of(tensors, "encoder"))
        aggregate.load_state_dict(part_of(tensors, "aggregate"))
    where = torch.device(device)
    return GanModel(
        card,
        generator.to(where),
        upscaler.to(where) if upscaler else None,
        directions.to(where),
        ranges.to(where) if ranges is not None else None,
        encoder.to(where) if encoder is not None else None,
        aggregate.to(where) if aggregate is not None else None,
    )
