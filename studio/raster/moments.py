"""Random numbers along a third axis: they change smoothly, their law stays the same at every time."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

Time = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Time"),
        low=0.0,
        high=100_000.0,
        soft_high=10.0,
        step=0.05,
        description=QT_TRANSLATE_NOOP(
            "recipe", "The third axis: the pattern changes smoothly along it, wholly with each 1."
        ),
    ),
]
Loop = Annotated[
    int,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Loop"),
        low=0,
        high=10_000,
        soft_high=20,
        step=1,
        description=QT_TRANSLATE_NOOP(
            "recipe", "Time after which the same pattern comes again; 0 for never."
        ),
    ),
]
_TIME, _EACH = 0x54000000, 64
_SIDES = 32
"""Streams of a step: its levels, and from here on which side of the turn a number lies on."""


def moment_of(time: float, loop: int) -> tuple[int, int, float]:
    """(whole step of time, the one after it, how far on the way between them, 0–1): 3t² − 2t³ of the part of the step."""
    step = math.floor(time)
    part = time - step
    after = step + 1
    if loop:
        step, after = step % loop, after % loop
    return step, after, part * part * (3 - 2 * part)


def _stream(step: int, still: int = 0) -> int:
    """Where the counters of a step begin: the first ones, from ``still`` on, are those of a picture without time, by level."""
    return _TIME + _EACH * step if step else still


def normal_at(time: float, loop: int) -> random.Field:
    """Normal numbers at a time: n cos a + m sin a, n and m those of the whole steps around it, a a quarter turn times the way
    between them. Mean 0 and standard deviation 1 at every time."""
    step, after, part = moment_of(time, loop)

    def field(seed: int, rect: Rect, channels: tuple[int, ...], stream: int = 0) -> np.ndarray:
        here = random.normal(seed, rect, channels, stream + _stream(step))
        if part:
            here *= np.float32(math.cos(part * math.pi / 2))
            there = random.normal(seed, rect, channels, stream + _stream(after))
            there *= np.float32(math.sin(part * math.pi / 2))
            here += there
        return here

    return field


def uniform_at(time: float, loop: int, still: int = 0) -> random.Field:
    """Uniform numbers, 0–1, at a time. Each is a place on a circle of length 2 folded in half; between whole steps it goes the
    shorter way to its next place, so that every place stays equally likely at every time.

    ``still``: how far the streams of a picture without time lie above those of the other steps, of numbers that lie beside
    others.
    """
    step, after, part = moment_of(time, loop)

    def placed(seed: int, rect: Rect, channels: tuple[int, ...], stream: int) -> np.ndarray:
        place = random.uniform(seed, rect, channels, stream)
        behind = random.uniform(seed, rect, channels, stream + _SIDES) < 0.5
        return np.where(behind, 2 - place, place)

    def field(seed: int, rect: Rect, channels: tuple[int, ...], stream: int = 0) -> np.ndarray:
        if not part:
            return random.uniform(seed, rect, channels, stream + _stream(step, still))
        here = placed(seed, rect, channels, stream + _stream(step, still))
        way = placed(seed, rect, channels, stream + _stream(after, still)) - here
        way -= 2 * np.floor((way + 1) / 2)
        here += np.float32(part) * way
        here -= 2 * np.floor(here / 2)
        return np.minimum(here, 2 - here)

    return field
