"""How long a stop waits: the longest time between two yields of each filter and fusion on a picture of 4096²."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.filters import FILTERS, FilterKind
from studio.jobs.aside import aside
from studio.raster.geometry import Rect
from studio.synthesis import patchmatch
from studio.synthesis.fuse import FUSIONS
from studio.workspace.filter_targets import filtered

SIDE = 4096
TARGET = 100.0
"""Milliseconds."""
AGAIN = 2
"""So many more times a filter over the target is measured, and the shortest counts: other work of the machine is not its own."""
SECONDS = 3.0
"""A filter that takes longer is stopped: by then each of its stages but the last has had its turn."""


def measure(quick: bool = False) -> list[Figure]:
    side = 256 if quick else SIDE
    artwork = edits.from_picture(photo_surface(side, side, 3), side, side, name="photo")
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    longest = {}
    for kind in FILTERS.values():
        longest[kind.name] = _longest_of(artwork, layer, kind)
    return [
        _told("filters: longest time between two yields", longest),
        _told("fusions and fill: longest time until a stop is heard", _fused(side)),
    ]


def _longest_of(artwork: Artwork, layer: Paint, kind: FilterKind) -> float:
    seconds, shortest = 60.0 if kind.whole else SECONDS, float("inf")
    for _ in range(1 + AGAIN):
        steps = filtered(artwork, layer, kind, kind.parameters())
        shortest = min(shortest, longest_step(steps, seconds))
        if shortest <= TARGET:
            break
    return shortest


def _told(words: str, longest: dict[str, float]) -> Figure:
    worst = sorted(longest, key=longest.__getitem__, reverse=True)
    over = [f"{name} {longest[name]:.0f}" for name in worst if longest[name] > TARGET]
    near = ", ".join(f"{name} {longest[name]:.0f}" for name in worst[:5])
    note = f"of {len(longest)}; over: {', '.join(over) or 'none'}; longest: {near}"
    return figure(words, "ms", [longest[name] for name in worst], {"max": TARGET}, note)


def _fused(side: int) -> dict[str, float]:
    """Each is stopped after some seconds, which counts as its last step: a stop waits for the step it meets, but not long."""
    lower = photo_surface(side, side, 3).read(Rect(0, 0, side, side)).astype(np.float32)
    upper = np.ascontiguousarray(lower[::-1])
    upper[: side // 4] = 0
    longest = {}
    for fusion in FUSIONS.values():
        steps = aside(fusion.fuse([lower, upper], fusion.parameters()), 0.0)
        longest[fusion.name] = longest_step(steps, SECONDS)
    hole = np.zeros((side, side), bool)
    hole[side // 3 : side // 2, side // 3 : side // 2] = True
    longest["fill"] = longest_step(aside(patchmatch.fill(lower, hole), 0.0), SECONDS)
    return longest


def longest_step(steps: Generator[Any, None, object], seconds: float) -> float:
    """Milliseconds of the longest of the steps of at most so many seconds, the stop after them among them."""
    longest, began = 0.0, time.perf_counter()
    before = began
    for _ in steps:
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        if now - began > seconds:
            break
    steps.close()
    return 1000 * max(longest, time.perf_counter() - before)
