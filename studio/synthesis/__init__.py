"""Pictures from rules. The registries of everything that needs no input, by name."""

from studio.synthesis import material_patterns, patterns
from studio.synthesis.maker import Maker
from studio.synthesis.noise import GAUSSIAN_NOISE, UNIFORM_NOISE
from studio.synthesis.pattern import Pattern

PATTERNS: dict[str, Pattern] = {
    pattern.name: pattern for pattern in (*patterns.PATTERNS, *material_patterns.PATTERNS)
}
"""What is a function of document coordinates: makers and fill layers are made of it."""
MAKERS: dict[str, Maker] = {
    maker.name: maker
    for maker in (GAUSSIAN_NOISE, UNIFORM_NOISE, *(pattern.maker for pattern in PATTERNS.values()))
}
