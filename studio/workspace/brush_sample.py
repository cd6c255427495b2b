"""A stroke that shows what a brush does, painted by the brush engine itself: thumbnails, sheets, tests."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np

from studio.raster.brush import Brush
from studio.raster.colour import to_straight8
from studio.raster.geometry import Rect
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface

Colour = tuple[float, float, float]
Result = TypeVar("Result")
STEPS = 64
SECONDS = 0.9
SAMPLES_PER_STEP = 6
"""Samples between two yields: a step of the render lane stays short."""
PRESSURES = (0.25, 0.6, 1.0)
_LEAST, _MOST = 3.0, 0.42
"""Smallest diameter in pixels, largest as a fraction of the picture's height."""


class Place(NamedTuple):
    """One sample of a stroke in pixels, with pressure 0–1 and seconds."""

    x: float
    y: float
    pressure: float
    t: float


def wave(width: int, height: int, margin: float, pressure: float | None = None) -> list[Place]:
    """A lying S from left to right; its pressure swells and fades, or stays at ``pressure``."""
    places = []
    for step in range(STEPS + 1):
        part = step / STEPS
        x = margin + (width - 2 * margin) * part
        y = height / 2 - math.sin(part * math.tau) * (height / 2 - margin) * 0.8
        swell = 0.06 + 0.94 * math.sin(math.pi * part) ** 0.9 if pressure is None else pressure
        places.append(Place(x, y, swell, part * SECONDS))
    return places


def fitted(brush: Brush, size: float) -> Brush:
    """The brush at another size, with what it measures in pixels in proportion."""
    factor = size / brush.size
    dynamics = tuple(
        msgspec.structs.replace(one, length=min(max(one.length * factor, 1.0), 20_000.0))
        for one in brush.dynamics
    )
    return msgspec.structs.replace(brush, size=size, dynamics=dynamics, smoothing=0.0, stabiliser="none")


def bars(width: int, height: int, first: Colour, second: Colour) -> Surface:
    """What smudging, blurring and erasing brushes work on: upright bars of two colours."""
    pixels = np.zeros((height, width, 4), np.float32)
    bar = max(width // 12, 2)
    for index, left in enumerate(range(0, width, bar)):
        pixels[:, left : left + bar] = (*(first if index % 2 else second), 1.0)
    return Surface.from_pixels(pixels)


def needs_ground(brush: Brush) -> bool:
    """Whether the brush shows nothing on an empty layer."""
    return brush.mode != "paint"


def painted(
    brush: Brush, base: Surface, places: list[Place], colour: Colour, seed: int = 1
) -> Generator[None, None, Surface]:
    """The layer with a stroke; yields every few samples."""
    offset = (round(brush.size), 0) if brush.mode == "clone" else (0, 0)
    stroke = Stroke(brush, colour, base, seed=seed, offset=offset)
    for number, place in enumerate(places):
        stroke.add(place.x, place.y, place.pressure, place.t)
        if number % SAMPLES_PER_STEP == 0:
            yield
    stroke.finish()
    return stroke.surface()


def at_once(work: Generator[None, None, Result]) -> Result:
    """What ``work`` returns, without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def three_pressures(
    brush: Brush, width: int, height: int, colour: Colour, other: Colour
) -> Generator[None, None, np.ndarray]:
    """As :func:`thumbnail`, larger: one stroke each at light, middle and full pressure, below each other."""
    row = height // len(PRESSURES)
    size = min(max(brush.size, _LEAST), row * 0.62) / (1 + 0.5 * min(brush.scatter, 1.5))
    shown = fitted(brush, max(size, 1.0))
    surface = bars(width, height, colour, other) if needs_ground(brush) else Surface()
    for number, pressure in enumerate(PRESSURES):
        places = [
            Place(place.x, place.y * 0.5 + row * (number + 0.25), pressure, place.t)
            for place in wave(width, row, row * 0.4, pressure)
        ]
        surface = yield from painted(shown, surface, places, colour)
    return to_straight8(np.clip(surface.read(Rect(0, 0, width, height)).astype(np.float32), 0, 1))


def thumbnail(
    brush: Brush, width: int, height: int, colour: Colour, other: Colour
) -> Generator[None, None, np.ndarray]:
    """Straight uint8 RGBA [h, w, 4] of one stroke in ``colour`` on nothing; ``other`` is the second colour of the ground
    that smudging brushes work on. Work for a lane: each step takes a few milliseconds.
    """
    size = min(max(brush.size, _LEAST), height * _MOST)
    size = size / (1 + 0.5 * min(brush.scatter, 1.5))
    shown = fitted(brush, max(size, 1.0))
    base = bars(width, height, colour, other) if needs_ground(brush) else Surface()
    result = yield from painted(shown, base, wave(width, height, height * 0.24), colour)
    return to_straight8(np.clip(result.read(Rect(0, 0, width, height)).astype(np.float32), 0, 1))
