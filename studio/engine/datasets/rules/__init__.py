"""Sets of pictures made by rule: name → how one picture is drawn, its factors and captions."""

from __future__ import annotations

from collections.abc import Callable

from studio.engine.datasets.rules import digits, leaves, scenes, shapes, textures
from studio.engine.datasets.rules.drawn import Drawn

RULES: dict[str, Callable[[int, int], Drawn]] = {
    "digits": digits.draw,
    "shapes": shapes.draw,
    "textures": textures.draw,
    "leaves": leaves.draw,
    "scenes": scenes.draw,
}
"""Each takes a seed and a side in pixels; the same two give the same picture, alone or among others."""
