"""A model as one file to give away: weights, card, sliders, recipe, licence and preview in a safetensors file ``.danqing-model``.

Nothing is packed into it, so nothing is unpacked: its header says the place of every tensor, and what is no tensor is text there,
the preview as base64. What only a training run needs (raw weights, optimisers) stays behind.
"""

from __future__ import annotations

import base64
import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import cv2
import msgspec
import torch
from safetensors import safe_open

from studio.engine.detail.file import CARD_KEY as DETAIL_CARD_KEY
from studio.engine.detail.file import GRAIN_KEY as DETAIL_GRAIN_KEY
from studio.engine.detail.file import PART as DETAIL
from studio.engine.detail.file import load_detail
from studio.engine.library.details import SHAPE_KEY as DETAIL_KEY
from studio.engine.library.details import own_file
from studio.engine.library.model_file import (
    CARD_KEY,
    HEADER,
    PREVIEW_KEY,
    PREVIEW_LIMIT,
    WRONG_TENSOR,
    ModelFileError,
    ModelHeader,
    check_tensors,
    preview_of,
    read_header,
)
from studio.engine.networks.build import new_discriminator, new_generator
from studio.engine.networks.detail import Detail, DetailShape
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.encoder import Aggregate, Encoder, EncoderShape
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import CLASS_RANGES, ENCODER_KEY, SHAPE_KEY, UPSCALER_KEY
from studio.engine.networks.model import GanModel
from studio.engine.networks.packing import SCALE
from studio.engine.networks.upscaler import Upscaler, UpscalerShape
from studio.engine.training.checkpoint import Written
from studio.engine.training.samples import in_colour, mosaic_of
from studio.engine.training.storing import store
from studio.messages.models import GIFT, ModelCard, ModelEntry, Slider
from studio.recipe import QT_TRANSLATE_NOOP

PARTS = ("generator.", "upscaler.", "encoder.", "aggregate.", "detail.")
"""What a model draws and sees with; each is described in the header."""
JUDGE = "discriminator."
GIVEN = (*PARTS, JUDGE, SCALE)
ALONE = ("directions", CLASS_RANGES)
OF_RUNS = ("raw.", "optimiser.", "reader.")
TEXTS = (CARD_KEY, SHAPE_KEY, UPSCALER_KEY, ENCODER_KEY, "training")
DETAIL_TEXTS = (DETAIL_KEY, DETAIL_CARD_KEY, DETAIL_GRAIN_KEY)
ACROSS, CELL = 3, 128
NOT_ITS_OWN = QT_TRANSLATE_NOOP(
    "engine", "A model cannot be exported over its own file. Choose another place or another name."
)

NOT_WRITTEN = QT_TRANSLATE_NOOP(
    "engine", "The model could not be written: {reason}. Choose another place for it."
)


def give(
    entry: ModelEntry, model: GanModel, target: Path, licence: str = "", named: tuple[Slider, ...] = ()
) -> Path:
    """Writes ``target`` whole or not at all. ``named``: found directions that have names; ``licence`` replaces that of the card.

    Raises ModelFileError for the place of the model itself, for one that cannot be written and for weights that are no numbers, OSError
    where the disk is full.
    """
    source = Path(entry.path)
    if target.exists() and target.samefile(source):
        raise ModelFileError("bad_request", target, NOT_ITS_OWN)
    header = read_header(source)
    texts = {key: header.metadata[key] for key in TEXTS if key in header.metadata}
    texts[CARD_KEY] = msgspec.json.encode(_card(entry.card, licence, named)).decode()
    texts[PREVIEW_KEY] = base64.b64encode(_preview(entry, model)).decode()
    tensors = {}
    with safe_open(source, "pt") as file:
        for name in header.tensors:
            if name.startswith(GIVEN) or name in ALONE:
                tensors[name] = file.get_tensor(name)
                _need_numbers(source, name, tensors[name])
    _with_detail(entry, tensors, texts)
    try:
        return store(tensors, target, texts)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise ModelFileError(
            "bad_request", target, NOT_WRITTEN, reason=error.strerror or str(error)
        ) from None


def _with_detail(entry: ModelEntry, tensors: dict[str, torch.Tensor], texts: dict[str, str]) -> None:
    """The detail network that learnt for the model goes with it. Raises EngineError for a file that is not whole."""
    own = own_file(Path(entry.path), embedded=entry.embedded)
    if own is None:
        return
    load_detail(own)
    texts |= {key: value for key, value in read_header(own).metadata.items() if key in DETAIL_TEXTS}
    with safe_open(own, "pt") as file:
        for name in file.keys():  # noqa: SIM118 - not a dict
            if name.startswith(DETAIL):
                tensors[name] = file.get_tensor(name)


def _card(card: ModelCard, licence: str, named: tuple[Slider, ...]) -> ModelCard:
    return msgspec.structs.replace(card, licence=licence or card.licence, named=named or card.named)


@torch.inference_mode()
def _preview(entry: ModelEntry, model: GanModel) -> bytes:
    """The PNG the model has; else pictures of its first seeds side by side."""
    if 0 < len(entry.preview) <= PREVIEW_LIMIT:
        return entry.preview
    made = in_colour(model.sample(tuple(range(1, ACROSS * ACROSS + 1)), sliders={}).pictures)
    small = torch.nn.functional.interpolate(made, size=(CELL, CELL), mode="area")
    return cv2.imencode(".png", mosaic_of(small)[..., ::-1])[1].tobytes()


def check(path: str | Path) -> None:
    """Whether the file holds what its network wants and nothing else, told from the header before any memory is taken, and whether
    every weight is a number. Raises ModelFileError naming the tensor."""
    header = read_header(path)
    _check_names(path, header)
    preview_of(header)  # read by whoever lists the model; a bad one is no reason to refuse it
    wanted = _wanted(path, header)
    check_tensors(path, header, wanted)
    judged = any(name.startswith(JUDGE) for name in wanted)
    for name in header.tensors:
        if name.startswith((*PARTS, JUDGE) if judged else PARTS) and name not in wanted:
            _refuse(path, name, "the network has no such tensor")
    with safe_open(path, "pt") as file:
        for name in header.tensors:
            _need_numbers(path, name, file.get_tensor(name))


def _check_names(path: str | Path, header: ModelHeader) -> None:
    known = GIVEN if Path(path).suffix.lower() == GIFT else (*GIVEN, *OF_RUNS)
    for name in header.tensors:
        if not name.startswith(known) and name not in ALONE:
            _refuse(path, name, "a model has no such tensor")


def _wanted(path: str | Path, header: ModelHeader) -> dict[str, tuple[int, ...]]:
    """Names and shapes of what the networks that the header describes are made of; they are made without memory."""
    try:
        shape = msgspec.json.decode(header.metadata.get(SHAPE_KEY, "{}"), type=GeneratorShape)
        enlarged = msgspec.json.decode(header.metadata.get(UPSCALER_KEY, "null"), type=UpscalerShape | None)
        seen = msgspec.json.decode(header.metadata.get(ENCODER_KEY, "null"), type=EncoderShape | None)
        judge = _judge_of(header)
        detailed = msgspec.json.decode(header.metadata.get(DETAIL_KEY, "null"), type=DetailShape | None)
        with torch.device("meta"):
            parts: dict[str, torch.nn.Module] = {"generator": new_generator(shape)}
            if enlarged is not None:
                parts["upscaler"] = Upscaler(enlarged)
            if detailed is not None:
                parts["detail"] = Detail(detailed)
            if judge is not None:
                parts["discriminator"] = new_discriminator(judge)
            if seen is not None:
                parts |= {"encoder": Encoder(seen), "aggregate": Aggregate(seen.latent_size)}
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, RuntimeError) as error:
        raise ModelFileError(
            "model_unknown", path, HEADER, reason=f"its shape cannot be read ({error})"
        ) from None
    return {name: shape for part, module in parts.items() for name, shape in _shapes(part, module)}


def _judge_of(header: ModelHeader) -> DiscriminatorShape | None:
    """The shape of the discriminator that the model brings along to learn on with; None where it brings none, or of a recipe that
    this version does not know, so that it draws and nothing more."""
    if not any(name.startswith(JUDGE) for name in header.tensors):
        return None
    with contextlib.suppress(msgspec.DecodeError):
        written = msgspec.json.decode(header.metadata.get("training", "null"), type=Written | None)
        return written.recipe.discriminator if written is not None else None
    return None


def _shapes(part: str, module: torch.nn.Module) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, value in module.state_dict().items():
        yield f"{part}.{name}", tuple(value.shape)


def _need_numbers(path: str | Path, name: str, tensor: torch.Tensor) -> None:
    if tensor.is_floating_point() and not torch.isfinite(tensor).all():
        _refuse(path, name, "it holds values that are no numbers")


def _refuse(path: str | Path, name: str, reason: str) -> None:
    raise ModelFileError("model_unknown", path, WRONG_TENSOR, tensor=name, reason=reason)
