"""Rule-made landscapes as pictures and as a folder to train on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import cv2
import msgspec
import numpy as np
import torch

from studio.engine.datasets import shanshui
from studio.messages.events import Progress
from studio.recipe import QT_TRANSLATE_NOOP, check, declare

_LOW, _HIGH = -3.0, 3.0
_BATCH = 8


class Shanshui(msgspec.Struct, frozen=True, kw_only=True):
    """How far each factor is moved from what the seed says, in standard deviations; 0 leaves it."""

    mist: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Mist"), low=_LOW, high=_HIGH)] = 0.0
    height: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Peak height"), low=_LOW, high=_HIGH)] = 0.0
    peak: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Peak position"), low=_LOW, high=_HIGH)] = 0.0
    water: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Water level"), low=_LOW, high=_HIGH)] = 0.0
    night: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Night"), low=_LOW, high=_HIGH)] = 0.0
    snow: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Snow"), low=_LOW, high=_HIGH)] = 0.0
    pigment: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Blue-green"), low=_LOW, high=_HIGH)] = 0.0
    dusk: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Dusk"), low=_LOW, high=_HIGH)] = 0.0


def picture(seed: int, width: int, height: int, parameters: Shanshui | None = None) -> np.ndarray:
    """The landscape of ``seed`` as [height, width, 3] uint8 sRGB. Raises RecipeError for a value out of range."""
    z = shanshui.latents((seed,))
    z[0, : len(shanshui.SLIDERS)] += torch.tensor(msgspec.structs.astuple(check(parameters or Shanshui())))
    return _codes(shanshui.paint(z, height, width))[0]


def _codes(pictures: torch.Tensor) -> np.ndarray:
    return (pictures * 255 + 0.5).to(torch.uint8).permute(0, 2, 3, 1).contiguous().numpy()


def write_dataset(folder: Path, *, count: int, size: int, seed: int = 0) -> Iterator[Progress]:
    """Writes ``count`` pictures of ``size`` pixels as PNG into ``folder`` and ``captions.jsonl`` beside them.

    Picture n has seed ``seed`` + n. Each line of the JSON names file, seed, style, caption in English and Chinese and
    all factors. Yields Progress. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "captions.jsonl", "wb") as lines:
        for first in range(0, count, _BATCH):
            seeds = range(seed + first, seed + min(first + _BATCH, count))
            z = shanshui.latents(seeds)
            described = zip(seeds, _codes(shanshui.paint(z, size)), _descriptions(z), strict=True)
            for number, pixels, description in described:
                name = f"shanshui-{number:06d}.png"
                ok, encoded = cv2.imencode(".png", pixels[..., ::-1])
                if not ok:
                    raise OSError(f"{folder / name}: the picture cannot be encoded")
                (folder / name).write_bytes(encoded.tobytes())
                lines.write(msgspec.json.encode({"file": name, "seed": number, **description}) + b"\n")
            yield Progress(done=min(first + _BATCH, count), total=count)


def _descriptions(z: torch.Tensor) -> list[dict]:
    named = {name: value.tolist() for name, value in shanshui.factors(z).items()}
    rows = zip(shanshui.styles(z), shanshui.captions(z), strict=True)
    return [
        {
            "style": style,
            "caption": caption.en,
            "caption_zh": caption.zh,
            "factors": {name: round(values[row], 4) for name, values in named.items()},
        }
        for row, (style, caption) in enumerate(rows)
    ]
