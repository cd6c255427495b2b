"""Rule-made landscapes as pictures and as a folder to train on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import msgspec
import numpy as np
import torch

from studio.engine.datasets import shanshui
from studio.messages.events import Progress
from studio.messages.landscape import Landscape
from studio.recipe import check

_BATCH = 8
FACTORS = {
    **{name: name for name in ("mist", "water", "night", "snow", "pigment", "dusk", "ink")},
    "peak_height": "height",
    "peak_position": "peak",
    "sun": "sun_shown",
    "trees": "trees_shown",
    "boat": "boat_shown",
    "pavilion": "pavilion_shown",
    "birds": "birds_shown",
    "warmth": "hue_warm",
    "green": "hue_green",
}
"""From a parameter of the recipe to the number of z that it moves."""


def latents_of(seed: int, parameters: Landscape) -> torch.Tensor:
    """z [1, 48] of ``seed`` with the style and the factors that are asked for. Raises RecipeError for a value out of range."""
    parameters = check(parameters)
    z = shanshui.in_style(shanshui.latents((seed,)), parameters.style)
    for name, factor in FACTORS.items():
        z[:, shanshui.LATENTS.index(factor)] += getattr(parameters, name)
    return z


def landscape(seed: int, width: int, height: int, parameters: Landscape) -> np.ndarray:
    """The landscape of ``seed`` as [height, width, 3] float32 in 0…1, sRGB encoded. Raises RecipeError."""
    return shanshui.paint(latents_of(seed, parameters), height, width)[0].permute(1, 2, 0).numpy()


def picture(seed: int, width: int, height: int, parameters: Landscape | None = None) -> np.ndarray:
    """The same as uint8."""
    return _codes(shanshui.paint(latents_of(seed, parameters or Landscape()), height, width))[0]


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
