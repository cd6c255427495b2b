"""Pictures from rules. The registries of everything that needs no input, by name."""

from __future__ import annotations

from studio.raster.later import LaterMapping
from studio.synthesis.maker import Maker
from studio.synthesis.pattern import Pattern
from studio.synthesis.scene import Scene


def _patterns() -> dict[str, Pattern]:
    from studio.synthesis import material_patterns, patterns

    return {pattern.name: pattern for pattern in (*patterns.PATTERNS, *material_patterns.PATTERNS)}


def _scenes() -> dict[str, Scene]:
    from studio.synthesis import escape, plants, shanshui, similar, streams

    return {module.SCENE.name: module.SCENE for module in (shanshui, plants, streams, escape, similar)}


def _makers() -> dict[str, Maker]:
    from studio.synthesis.noise import GAUSSIAN_NOISE, UNIFORM_NOISE

    made = (one.maker for one in (*PATTERNS.values(), *SCENES.values()))
    return {maker.name: maker for maker in (GAUSSIAN_NOISE, UNIFORM_NOISE, *made)}


PATTERNS: LaterMapping[Pattern] = LaterMapping(_patterns)
"""What is a function of document coordinates: makers and fill layers are made of it."""
SCENES: LaterMapping[Scene] = LaterMapping(_scenes)
"""What is drawn by a rule and has a size and a place: makers and fill layers, too."""
MAKERS: LaterMapping[Maker] = LaterMapping(_makers)
