"""How long a stop waits: the longest time between two yields of each filter and fusion on a picture of 4096²."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.document import edits
from studio.document.layer import Paint
from studio.filters import FILTERS
from studio.workspace.filter_targets import filtered

SIDE = 4096
TARGET = 100.0
"""Milliseconds."""
SECONDS = 3.0
"""A filter that takes longer is stopped: by then each of its stages but the last has had its turn."""


def measure(quick: bool = False) -> list[Figure]:
    side = 256 if quick else SIDE
    artwork = edits.from_picture(photo_surface(side, side, 3), side, side, name="photo")
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    longest = {}
    for kind in FILTERS.values():
        whole = 60.0 if kind.whole else SECONDS
        longest[kind.name] = longest_step(filtered(artwork, layer, kind, kind.parameters()), whole)
    worst = sorted(longest, key=longest.__getitem__, reverse=True)
    over = [f"{name} {longest[name]:.0f}" for name in worst if longest[name] > TARGET]
    note = f"of {len(longest)}; over: {', '.join(over) or 'none'}"
    return [
        figure("filters: longest time between two yields", "ms", [longest[name] for name in worst], {"max": TARGET}, note),
    ]  # fmt: skip


def longest_step(steps: Generator[Any, None, object], seconds: float) -> float:
    """Milliseconds of the longest step of at most ``seconds`` of work."""
    longest, began = 0.0, time.perf_counter()
    before = began
    for _ in steps:
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        if now - began > seconds:
            break
    else:
        longest = max(longest, time.perf_counter() - before)
    steps.close()
    return 1000 * longest
