"""Detail networks in files: alone, beside the model whose pictures they enlarge, or in a model that was given away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch
from safetensors import SafetensorError, safe_open

from studio.engine.detail.grain import Grain
from studio.engine.failures import EngineError
from studio.engine.library.details import SHAPE_KEY
from studio.engine.networks.detail import Detail, DetailShape
from studio.engine.training.storing import store
from studio.recipe import QT_TRANSLATE_NOOP

CARD_KEY = "detail-card"
GRAIN_KEY = "detail-grain"
PART = "detail."
NOT_ONE = QT_TRANSLATE_NOOP(
    "engine", "“{name}” holds no detail network that can be read. Learn it anew or take the file away."
)
OTHER = QT_TRANSLATE_NOOP(
    "engine",
    "The detail network that this picture was made with is not here any more. Add detail once more, or bring its file back.",
)


class DetailCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a detail network says of itself. ``gain``: PSNR in dB above bicubic, ``sharpness``: the Laplacian's variance beside that of
    the real pictures, both on crops it never learnt from."""

    name: str
    title: str
    title_zh: str = ""
    trained_on: str = ""
    pictures: int = 0
    steps: int = 0
    parameters: int = 0
    gain: float = 0.0
    sharpness: float = 0.0
    licence: str = ""


class LoadedDetail(NamedTuple):
    """``digest``: 16 hexadecimal digits of the SHA-256 of all its numbers, whatever file they lie in. ``grain``: of the scans that it
    learnt from; None for a network that knows of none."""

    network: Detail
    card: DetailCard
    digest: str
    grain: Grain | None = None


def ship(network: Detail, card: DetailCard, path: Path, grain: Grain | None = None) -> Path:
    """Writes the network as it is used, in half precision. Raises OSError."""
    tensors = {f"{PART}{name}": value.half() for name, value in network.state_dict().items()}
    texts = {
        SHAPE_KEY: msgspec.json.encode(network.shape).decode(),
        CARD_KEY: msgspec.json.encode(card).decode(),
    }
    if grain is not None:
        texts[GRAIN_KEY] = msgspec.json.encode(grain).decode()
    return store(tensors, path, texts)


def load_detail(path: Path, device: str = "cpu", digest: str = "") -> LoadedDetail:
    """The network in a file, in single precision. Raises EngineError naming the file where there is none or it is not whole, and where
    it is another one than ``digest`` says."""
    try:
        with safe_open(path, "pt") as file:
            texts = file.metadata() or {}
            shape = msgspec.json.decode(texts[SHAPE_KEY], type=DetailShape)
            card = msgspec.json.decode(texts[CARD_KEY], type=DetailCard)
            grain = msgspec.json.decode(texts.get(GRAIN_KEY, "null"), type=Grain | None)
            names = [name for name in file.keys() if name.startswith(PART)]  # noqa: SIM118 - not a dict
            tensors = {name[len(PART) :]: file.get_tensor(name) for name in names}
        network = Detail(shape)
        network.load_state_dict({name: value.float() for name, value in tensors.items()})
        if not all(bool(value.isfinite().all()) for value in tensors.values()):
            raise ValueError
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError, msgspec.DecodeError):
        raise EngineError("model_unknown", NOT_ONE, file=str(path), name=str(path)) from None
    found = digest_of(shape, tensors, grain)
    if digest and digest != found:
        raise EngineError("model_missing", OTHER, file=str(path))
    return LoadedDetail(network.eval().requires_grad_(False).to(device), card, found, grain)


def digest_of(shape: DetailShape, tensors: Mapping[str, torch.Tensor], grain: Grain | None) -> str:
    """Of the numbers as they are stored: the order of a file's header is chance."""
    found = hashlib.sha256(msgspec.json.encode(shape))
    for name in sorted(tensors):
        found.update(tensors[name].half().contiguous().numpy().tobytes())
    if grain is not None:
        found.update(msgspec.json.encode(grain))
    return found.hexdigest()[:16]
