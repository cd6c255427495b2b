"""The most memory that some filters take on a picture of 16384², each in a process of its own: minutes, and gibibytes."""

from __future__ import annotations

from studio.bench.figures import Figure
from studio.bench.rows import filter_memory

SIDE = 16384
NAMED = ("levels", "gaussian-blur", "auto-contrast", "swirl")
"""One of each way to work: point by point, around a pixel, in two halves, piece by piece."""


def measure(quick: bool = False) -> list[Figure]:
    side = 1024 if quick else SIDE
    return [filter_memory.told(f"{side}²: memory of {name}", side, (name,)) for name in NAMED]
