"""Fill layers of noise: the pictures of studio.synthesis at any rectangle and level."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np

from studio import recipe
from studio.filters import FILTERS
from studio.raster.geometry import Rect
from studio.render.content import FillMaker
from studio.synthesis import MAKERS


def _noise(name: str) -> FillMaker:
    """Opaque grey of the recipe's mean with the noise filter of the same name on it: the same numbers, at any level."""

    def make(parameters: dict[str, Any], rect: Rect, level: int) -> np.ndarray:
        kind = FILTERS[name]
        seed = {"seed": parameters["seed"]} if "seed" in parameters else {}
        own = {key: value for key, value in parameters.items() if key != "seed"}
        checked = recipe.from_plain(MAKERS[name].parameters, own)
        plain = {field: getattr(checked, field) for field in checked.__struct_fields__}
        pixels = np.ones((rect.height, rect.width, 4), np.float32)
        pixels[..., :3] = plain.pop("mean")
        return kind.apply(
            pixels, recipe.from_plain(kind.parameters, {**plain, **seed}), rect=rect, scale=level
        )

    return make


FILLS = MappingProxyType({name: _noise(name) for name in ("gaussian-noise", "uniform-noise")})
"""Makers of fill layers by the name of their recipe."""
