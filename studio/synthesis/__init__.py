"""Pictures from rules. The registries of everything that needs no input, by name."""

from __future__ import annotations

from studio.raster.later import LaterMapping
from studio.synthesis.maker import Maker
from studio.synthesis.pattern import Pattern


def _patterns() -> dict[str, Pattern]:
    from studio.synthesis import material_patterns, patterns

    return {pattern.name: pattern for pattern in (*patterns.PATTERNS, *material_patterns.PATTERNS)}


def _makers() -> dict[str, Maker]:
    from studio.synthesis.noise import GAUSSIAN_NOISE, UNIFORM_NOISE

    made = (pattern.maker for pattern in PATTERNS.values())
    return {maker.name: maker for maker in (GAUSSIAN_NOISE, UNIFORM_NOISE, *made)}


PATTERNS: LaterMapping[Pattern] = LaterMapping(_patterns)
"""What is a function of document coordinates: makers and fill layers are made of it."""
MAKERS: LaterMapping[Maker] = LaterMapping(_makers)
