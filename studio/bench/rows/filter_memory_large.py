"""The most memory that some filters take on a picture of 16384², each in a process of its own: minutes, and gibibytes."""

from __future__ import annotations

from collections.abc import Iterator

from studio.bench.figures import Figure
from studio.bench.rows import filter_memory

SIDE = 16384
NAMED = ("levels", "gaussian-blur", "auto-contrast", "swirl")
"""One of each way to work: point by point, around a pixel, in two halves, piece by piece."""
FAR = ("radial-blur", "level-heights")


def measure(quick: bool = False) -> Iterator[Figure]:
    side = 1024 if quick else SIDE
    for name in NAMED:
        yield filter_memory.told(f"{side}²: memory of {name}", side, (name,))
    for name in FAR:
        words = f"{side}²: memory of {name}, as far as it looks"
        yield filter_memory.told(words, side, (name,), filter_memory.MUCH)
