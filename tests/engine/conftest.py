"""A tiny generator on disk, made once: 16 pixels, learned step to 32, two directions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import torch
from safetensors.torch import save_file

from studio.engine.networks import vgg
from studio.engine.networks.generator import Generator, GeneratorShape
from studio.engine.networks.upscaler import Upscaler, UpscalerShape
from studio.messages.models import ModelCard, Slider

SHAPE = GeneratorShape(latent_size=4, style_size=8, mapping_layers=1, widths=(8, 8, 8))
UPSCALER = UpscalerShape(factor=2, width=4, blocks=1)
CARD = ModelCard(
    name="tiny",
    title="Tiny",
    title_zh="小",
    kind="gan",
    size=SHAPE.size,
    learned_size=2 * SHAPE.size,
    sliders=(
        Slider(name="mist", title="Mist", title_zh="雾"),
        Slider(name="night", title="Night", title_zh="夜"),
    ),
    latent_size=4,
)


@pytest.fixture(autouse=True)
def narrow_vgg(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second network of the evaluation, a sixteenth as wide: whoever measures a model in passing needs none that takes seconds."""
    monkeypatch.setattr(vgg, "BLOCKS", tuple(tuple(width // 16 for width in block) for block in vgg.BLOCKS))
    monkeypatch.setattr(vgg, "DENSE", (64, 64))


@pytest.fixture
def tiny(home: Path) -> Path:
    """A model file named ``tiny`` in the artist's models folder."""
    path = home / "data" / "models" / "tiny.safetensors"
    path.parent.mkdir(parents=True)
    write_model(path)
    return path


@pytest.fixture(scope="session")
def write() -> Callable[..., None]:
    return write_model


def write_model(path: Path, card: ModelCard = CARD, change: Callable[[dict], None] | None = None) -> None:
    """Writes the tiny model; ``change`` may spoil its tensors before."""
    torch.manual_seed(1)
    tensors = {f"generator.{name}": value for name, value in Generator(SHAPE).state_dict().items()}
    tensors |= {f"upscaler.{name}": value for name, value in Upscaler(UPSCALER).state_dict().items()}
    tensors["directions"] = torch.eye(4)[: len(card.sliders)]
    if change is not None:
        change(tensors)
    metadata = {
        "danqing": msgspec.json.encode(card).decode(),
        "shape": msgspec.json.encode(SHAPE).decode(),
        "upscaler": msgspec.json.encode(UPSCALER).decode(),
    }
    save_file(tensors, path, metadata)
