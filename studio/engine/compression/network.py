"""The codec's network in a file: half precision, with the frequencies of its numbers as whole counts.

Counts, not formulas: two computers whose exponentials differ in the last bit would read different numbers from the same bytes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import torch
from safetensors import SafetensorError, safe_open

from studio.engine.failures import EngineError
from studio.engine.networks.codec import Codec, CodecShape
from studio.engine.training.storing import store
from studio.recipe import QT_TRANSLATE_NOOP

SHAPE_KEY = "codec"
FREQUENCIES = "frequencies"
COUNTS = "counts"
REACH = 60
"""Numbers from −60 to 60 are written; what lies beyond is cut to them."""
PARTS = 1 << 14
"""All counts of a channel together, about."""
NOT_A_CODEC = QT_TRANSLATE_NOOP(
    "engine", "“{name}” is not a picture codec. Choose a file that “danqing train codec-vae” has made."
)


class LoadedCodec(NamedTuple):
    """``counts`` int64 [levels, latents, 2·60 + 1], each at least 1. ``digest``: the first 8 bytes of the SHA-256 of all its numbers."""

    codec: Codec
    counts: np.ndarray
    digest: bytes


@torch.no_grad()
def counts_of(codec: Codec) -> torch.Tensor:
    """Frequencies of the whole numbers at each level and channel, int16 [levels, latents, 121]; none is 0, so that each can be
    written."""
    shape = codec.shape
    numbers = torch.arange(-REACH, REACH + 1, dtype=torch.float32)
    numbers = numbers.repeat(shape.levels, shape.latents, 1)
    likely = codec.frequencies(numbers, torch.arange(shape.levels))
    return (likely / likely.sum(-1, keepdim=True) * PARTS).round().clamp_min(1).to(torch.int16)


def ship(codec: Codec, path: Path, *, recipe: str, licence: str) -> Path:
    """Writes the network as it is used, with what it was made by, ``recipe`` in JSON. Raises OSError."""
    tensors = {
        name: value.half() for name, value in codec.state_dict().items() if not name.startswith(FREQUENCIES)
    }
    metadata = {
        SHAPE_KEY: msgspec.json.encode(codec.shape).decode(),
        "recipe": recipe,
        "licence": licence,
    }
    return store({**tensors, COUNTS: counts_of(codec)}, path, metadata)


def load_codec(path: Path) -> LoadedCodec:
    """What ``ship`` wrote. Raises EngineError naming the file where it is anything else or not whole."""
    try:
        with safe_open(path, "pt") as file:
            shape = msgspec.json.decode((file.metadata() or {})[SHAPE_KEY], type=CodecShape)
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
        counts = tensors.pop(COUNTS)
        codec = Codec(shape)
        own = {name: value for name, value in codec.state_dict().items() if name.startswith(FREQUENCIES)}
        codec.load_state_dict({**own, **{name: value.float() for name, value in tensors.items()}})
        whole = all(bool(value.isfinite().all()) for value in tensors.values())
        expected = (shape.levels, shape.latents, 2 * REACH + 1)
        if (
            not whole
            or tuple(counts.shape) != expected
            or counts.dtype != torch.int16
            or int(counts.min()) < 1
        ):
            raise ValueError
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError, msgspec.DecodeError):
        raise EngineError("model_unknown", NOT_A_CODEC, file=str(path), name=str(path)) from None
    digest = hashlib.sha256(
        counts.numpy().tobytes()
    )  # of the tensors: the order of a file's header is chance
    for name in sorted(tensors):
        digest.update(tensors[name].contiguous().numpy().tobytes())
    return LoadedCodec(
        codec.eval().requires_grad_(False), counts.numpy().astype(np.int64), digest.digest()[:8]
    )
