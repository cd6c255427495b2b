"""Fill layers of noise, patterns and scenes: the pictures of studio.synthesis at any rectangle and level."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from studio import recipe
from studio.raster.geometry import Rect
from studio.raster.later import LaterMapping
from studio.render.placed_fills import FillMaker
from studio.synthesis import MAKERS, PATTERNS, SCENES
from studio.synthesis.pattern import Pattern
from studio.synthesis.scene import Scene


def _noise(name: str) -> FillMaker:
    """The numbers of the noise filter of the same name, around the recipe's mean, at any level."""

    def draw(parameters: dict[str, Any], rect: Rect, pixel: float) -> np.ndarray:
        from studio.synthesis.noise import painted

        own = {key: value for key, value in parameters.items() if key != "seed"}
        values: Any = recipe.from_plain(MAKERS[name].parameters, own)
        return painted(values, parameters.get("seed", 0), rect, level_of(pixel))

    return FillMaker(draw)


def _drawn(kind: Pattern | Scene) -> FillMaker:
    """The field of a pattern, or a scene, at any rectangle; a pixel of a level is as wide as the document pixels it stands for."""

    def draw(parameters: dict[str, Any], rect: Rect, pixel: float) -> np.ndarray:
        own = {key: value for key, value in parameters.items() if key != "seed"}
        from studio.synthesis.lattice import View

        checked = recipe.from_plain(kind.parameters, own)
        return kind.paint(checked, parameters.get("seed", 0), View(rect, pixel))

    return FillMaker(draw, any_pixel=True)


def _like(parameters: dict[str, Any], rect: Rect, pixel: float) -> np.ndarray:
    """Noise like a picture, from the likeness in the recipe."""
    from studio.synthesis.likeness_fill import NoiseLikeFill, paint

    return paint(recipe.from_plain(NoiseLikeFill, parameters), rect, level_of(pixel))


def level_of(pixel: float) -> int:
    """The mip level whose pixels are that wide: ``pixel`` is a power of two."""
    return round(math.log2(pixel))


def _fills() -> dict[str, FillMaker]:
    noises = {name: _noise(name) for name in ("gaussian-noise", "uniform-noise")}
    return {
        **noises,
        "noise-like": FillMaker(_like),
        **{name: _drawn(kind) for name, kind in (*PATTERNS.items(), *SCENES.items())},
    }


FILLS: LaterMapping[FillMaker] = LaterMapping(_fills)
"""Makers of fill layers by the name of their recipe."""
