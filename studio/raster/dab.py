"""A dab: one print of a brush; and several of them by columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import numpy as np

Column = np.ndarray | float
"""One value for each dab, or one for all."""


class Dab(NamedTuple):
    """One print: middle in layer pixels, radius in pixels, ``level`` 0–1 (how far build-up goes; for ink its density).

    ``angle`` in degrees, clockwise; ``flip``: the tip is mirrored top to bottom before it is turned; ``tip``: which of the
    brush's tips. ``hue`` in turns, ``saturation`` and ``value`` are added to the colour's. ``texture`` is multiplied with
    the brush's strength, ``texture_scale`` with its scale, and so are ``blur``, ``grain`` and ``wet_edges``; ``step`` is the distance from the dab before, in
    pixels.
    """

    x: float
    y: float
    radius: float
    level: float = 1.0
    flow: float = 1.0
    hardness: float = 0.5
    roundness: float = 1.0
    angle: float = 0.0
    flip: bool = False
    tip: int = 0
    hue: float = 0.0
    saturation: float = 0.0
    value: float = 0.0
    texture: float = 1.0
    texture_scale: float = 1.0
    blur: float = 1.0
    grain: float = 1.0
    wet_edges: float = 1.0
    smudge: float = 0.0
    wetness: float = 0.0
    step: float = 1.0


class Dabs(NamedTuple):
    """Several dabs in the order in which they are laid: a column for each field of :class:`Dab`."""

    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray
    level: Column = 1.0
    flow: Column = 1.0
    hardness: Column = 0.5
    roundness: Column = 1.0
    angle: Column = 0.0
    flip: Column = False
    tip: Column = 0
    hue: Column = 0.0
    saturation: Column = 0.0
    value: Column = 0.0
    texture: Column = 1.0
    texture_scale: Column = 1.0
    blur: Column = 1.0
    grain: Column = 1.0
    wet_edges: Column = 1.0
    smudge: Column = 0.0
    wetness: Column = 0.0
    step: float = 1.0

    def each(self) -> list[Dab]:
        return list(map(Dab._make, zip(*map(_listed, self), strict=False)))

    def part(self, start: int, end: int) -> Dabs:
        """The dabs from ``start`` up to ``end``."""
        return Dabs._make(column[start:end] if isinstance(column, np.ndarray) else column for column in self)


def _listed(column: np.ndarray | float) -> Iterable:
    return column.tolist() if isinstance(column, np.ndarray) else repeat(column)
