"""What a model that learns on keeps of the one it came from: named directions, classes, and the learned enlargement.

They were measured on the older weights. A few thousand steps of the same recipe leave them true enough to steer by; the
finished model gets its own (``training/finish.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
import torch

from studio.engine.library.model_file import CARD_KEY
from studio.engine.networks.load import CLASS_RANGES, SHAPE_KEY, UPSCALER_KEY
from studio.engine.networks.upscaler import UpscalerShape
from studio.messages.models import ModelCard

UPSCALER = "upscaler."
KEPT = ("directions", CLASS_RANGES)


class Heritage(NamedTuple):
    """``card`` and ``metadata`` of the older model as far as they are kept, and the tensors that go with them."""

    card: ModelCard
    tensors: dict[str, torch.Tensor]
    metadata: dict[str, str]


def heritage_of(tensors: Mapping[str, torch.Tensor], metadata: Mapping[str, str]) -> Heritage | None:
    """What there is to keep in a model file or checkpoint; None where it has neither directions nor an enlargement.

    Raises msgspec.DecodeError for a card that cannot be read.
    """
    kept = {name: value for name, value in tensors.items() if name.startswith(UPSCALER) or name in KEPT}
    if not kept or CARD_KEY not in metadata:
        return None
    said = {name: metadata[name] for name in (UPSCALER_KEY, SHAPE_KEY) if name in metadata}
    return Heritage(msgspec.json.decode(metadata[CARD_KEY], type=ModelCard), kept, said)


def inherited(card: ModelCard, heritage: Heritage) -> ModelCard:
    """The card of the model in training with what it keeps."""
    shape = msgspec.json.decode(heritage.metadata.get(UPSCALER_KEY, "null"), type=UpscalerShape | None)
    extra = sum(value.numel() for name, value in heritage.tensors.items() if name.startswith(UPSCALER))
    if CLASS_RANGES in heritage.tensors:
        card = msgspec.structs.replace(
            card,
            classes=heritage.card.classes,
            class_titles=heritage.card.class_titles,
            abilities=tuple(dict.fromkeys((*card.abilities, "classes"))),
        )
    return msgspec.structs.replace(
        card,
        sliders=heritage.card.sliders,
        pinned=heritage.card.pinned,
        learned_size=card.size * (shape.factor if shape is not None else 1),
        parameters=card.parameters + extra,
    )
