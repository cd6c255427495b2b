"""Compositing ten mixed layers without anything cached: a changed 512² region, and 4096² whole to 8 bits."""

from __future__ import annotations

import random
import time

from studio.bench.figures import Figure, figure
from studio.bench.scene import ten_layers
from studio.raster.colour import to_bgra8, to_straight8
from studio.raster.geometry import Rect
from studio.render.renderer import Renderer


def measure(quick: bool = False) -> list[Figure]:
    side = 1024 if quick else 4096
    artwork = ten_layers(side)
    return [region(artwork, 5 if quick else 200), whole(artwork, 1 if quick else 5)]


def region(artwork, count: int) -> Figure:
    """512² at any offset, to the view's bytes."""
    renderer, draw = Renderer(), random.Random(1)
    samples = []
    for index in range(count + 5):
        left, top = (draw.randrange(side - 512) for side in (artwork.width, artwork.height))
        began = time.perf_counter()
        to_bgra8(renderer.compose(artwork, Rect.of(left, top, 512, 512)))
        if index >= 5:
            samples.append(1000 * (time.perf_counter() - began))
    return figure("10 layers, changed 512² region at any offset", "ms", samples, {"p95": 15})


def whole(artwork, count: int) -> Figure:
    samples = []
    for _ in range(count):
        renderer = Renderer()
        began = time.perf_counter()
        to_straight8(renderer.flatten(artwork))
        samples.append(time.perf_counter() - began)
    return figure(f"10 layers, {artwork.width}² whole to 8 bits", "s", samples, {"p50": 1.1})
