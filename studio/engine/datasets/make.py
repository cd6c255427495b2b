"""Rule-made landscapes as pictures."""

from __future__ import annotations

import numpy as np
import torch

from studio.engine.datasets import shanshui
from studio.messages.landscape import Landscape
from studio.recipe import check

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
