"""A stroke of the liquify brush: samples of the pen become dabs, the same ones whenever they are played again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from studio.raster.liquify import Dab
from studio.raster.liquify_modes import Mode

SPACING = 0.1
"""Part of the radius between dabs: with the steepest rim a push of it does not fold."""
PRESS, PER_SECOND, PER_RADIUS = 0.03, 1.0, 0.25
"""How much a press does, how much holding does in a second, and how much going the length of a radius."""
RATES: Mapping[Mode, float] = MappingProxyType(
    {"twirl-right": 2.0, "twirl-left": 2.0, "pinch": 0.8, "bloat": 0.8, "restore": 3.0}
)
"""What doing as much as a second means: radians, change of scale, and e-foldings of the displacement."""
MOST = 0.1
"""The largest amount of one dab; what is more is laid in several."""
LATE = 0.1
"""Seconds between samples that count at most: a hand that was kept waiting did nothing meanwhile."""


class Hand:
    """Follows one stroke. ``strength`` and the pressures are 0–1, lengths document pixels, times seconds."""

    def __init__(self, mode: Mode, size: float, strength: float, hardness: float) -> None:
        self._mode: Mode = mode
        self._radius, self._strength, self._hardness = size / 2, strength, hardness
        self._x = self._y = self._t = 0.0

    def press(self, x: float, y: float, t: float, pressure: float = 1.0) -> list[Dab]:
        self._x, self._y, self._t = x, y, t
        return [] if self._mode == "push" else self._worked(x, y, PRESS, pressure)

    def move(self, x: float, y: float, t: float, pressure: float = 1.0) -> list[Dab]:
        """The dabs between the last sample and this one."""
        if self._mode == "push":
            return self._pushed(x, y, pressure)
        seconds, self._t = min(max(t - self._t, 0.0), LATE), max(t, self._t)
        way = math.hypot(x - self._x, y - self._y)
        return self._worked(x, y, seconds * PER_SECOND + way / self._radius * PER_RADIUS, pressure)

    def _pushed(self, x: float, y: float, pressure: float) -> list[Dab]:
        dx, dy = x - self._x, y - self._y
        count = max(1, math.ceil(math.hypot(dx, dy) / (self._radius * SPACING) - 1e-9))
        if dx == dy == 0:
            return []
        return self._laid(x, y, count, self._strength * pressure, dx / count, dy / count)

    def _worked(self, x: float, y: float, dose: float, pressure: float) -> list[Dab]:
        amount = dose * RATES[self._mode] * self._strength * pressure
        if amount <= 0:
            return []
        way = math.hypot(x - self._x, y - self._y)
        count = max(math.ceil(amount / MOST), math.ceil(way / (self._radius * SPACING)), 1)
        part = amount / count
        return self._laid(x, y, count, 1 - math.exp(-part) if self._mode == "restore" else part)

    def _laid(
        self, x: float, y: float, count: int, amount: float, dx: float = 0.0, dy: float = 0.0
    ) -> list[Dab]:
        """``count`` dabs on the way to (x, y), the last one there."""
        start, self._x, self._y = (self._x, self._y), x, y
        return [
            Dab(
                self._mode,
                start[0] + (x - start[0]) * number / count,
                start[1] + (y - start[1]) * number / count,
                self._radius,
                self._hardness,
                amount,
                dx,
                dy,
            )
            for number in range(1, count + 1)
        ]
