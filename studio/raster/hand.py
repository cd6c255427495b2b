"""From raw pointer samples to steadied points, each with what the sensors say there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from studio.raster.stabiliser import stabiliser

if TYPE_CHECKING:
    from studio.raster.brush import Brush

NOMINAL_STEP = 1 / 125
"""Seconds between samples of a device that gives no times."""
LONGEST_STEP = 0.1
SPEED_SECONDS = 0.035
WIDTH_SECONDS = 0.025
HALF_WIDTH_SPEED = 700.0
"""Pixels per second at which the pressure made from speed has lost half of what it can lose."""
HALF_SPEED = 1000.0
"""Pixels per second at which the speed sensor gives 0.5."""
DRY_SPEED = 1600.0
"""Pixels per second at which ink has lost half of what it can lose to dryness."""
FULL_TILT = 60.0
NEAREST = 0.25
"""Samples nearer than this many pixels to the last point bend nothing and are skipped."""


class Sample(NamedTuple):
    """One pointer sample in layer pixels: pressure 0–1 or None, seconds, tilt and barrel rotation in degrees."""

    x: float
    y: float
    pressure: float | None = None
    t: float = 0.0
    tilt_x: float = 0.0
    tilt_y: float = 0.0
    rotation: float = 0.0


class Point(NamedTuple):
    """A steadied place: distance and time so far, sensors 0–1 (the circular ones run on beyond), ink's own factors.

    ``width`` is the pressure that widths follow, steadier than ``pressure``. ``scale`` and ``level``: what ink's tapering
    and dryness make of radius and density.
    """

    x: float
    y: float
    walked: float
    t: float
    pressure: float
    width: float
    tilt: float
    lean: float
    speed: float
    rotation: float
    scale: float
    level: float


class Hand:
    """Follows the samples of one stroke. The same samples give the same points."""

    def __init__(self, brush: Brush) -> None:
        self._brush = brush
        self._steady = stabiliser(brush.stabiliser, brush.smoothing)
        self._raw = (0.0, 0.0)
        self._pressure = 1.0
        self._width = 1.0
        self._tilts = (0.0, 0.0)
        self._tilt = self._lean = 0.0
        self._rotation = self._turned = 0.0
        self.time = 0.0
        self.speed = 0.0
        self.walked = 0.0
        self.pressed = False
        self.last: Point | None = None

    @property
    def tapered(self) -> bool:
        """Ink led by a device without pressure thins at both ends by itself."""
        return self._brush.tip == "ink" and not self.pressed

    def press(self, sample: Sample) -> Point:
        self.pressed = sample.pressure is not None
        self._raw = sample.x, sample.y
        self._steady.begin(sample.x, sample.y)
        self.time = sample.t
        self._pressure = self._width = self._wanted(sample.pressure)
        return self._point(sample.x, sample.y, sample)

    def move(self, sample: Sample) -> Point | None:
        """The next point; None where the brush did not move."""
        elapsed = sample.t - self.time if sample.t > self.time else NOMINAL_STEP
        self.time = max(sample.t, self.time)
        short = min(elapsed, LONGEST_STEP)
        self._follow(sample, short)
        self._raw = sample.x, sample.y
        return self.extend(*self._steady.follow(sample.x, sample.y, elapsed), sample)

    def _follow(self, sample: Sample, elapsed: float) -> None:
        speed = math.dist(self._raw, (sample.x, sample.y)) / elapsed
        self.speed += (speed - self.speed) * (1 - math.exp(-elapsed / SPEED_SECONDS))
        weight = 1 - math.exp(-elapsed / WIDTH_SECONDS)
        wanted = self._wanted(sample.pressure)
        self._pressure += (wanted - self._pressure) * (max(weight, 0.5) if self.pressed else weight)
        self._width += ((self._pressure if self.pressed else wanted) - self._width) * weight

    def _wanted(self, pressure: float | None) -> float:
        """The pen's pressure; without one it is made from speed. A pen that falls silent keeps its last."""
        if self.pressed:
            return self._pressure if pressure is None else min(max(pressure, 0.0), 1.0)
        strength = self._brush.speed_pressure
        return 1 - strength + strength / (1 + self.speed / HALF_WIDTH_SPEED)

    def extend(self, x: float, y: float, sample: Sample | None = None) -> Point | None:
        """A point at a steadied place; None where that is where the brush already is."""
        assert self.last is not None
        length = math.dist((x, y), self.last[:2])
        if length < NEAREST:
            return None
        self.walked += length
        return self._point(x, y, sample)

    def rest(self) -> list[tuple[float, float]]:
        """Places still to visit when the pen was lifted."""
        return self._steady.rest()

    def _point(self, x: float, y: float, sample: Sample | None) -> Point:
        if sample is not None:
            self._sense(sample)
        speed = self.speed / (self.speed + HALF_SPEED)
        scale, level = self._ink()
        self.last = Point(
            x, y, self.walked, self.time, self._pressure, self._width, self._tilt, self._lean, speed, self._turned, scale, level
        )  # fmt: skip
        return self.last

    def _sense(self, sample: Sample) -> None:
        """Tilt and rotation, which most devices never change."""
        if (sample.tilt_x, sample.tilt_y) != self._tilts:
            self._tilts = sample.tilt_x, sample.tilt_y
            self._tilt = min(1.0, math.hypot(*self._tilts) / FULL_TILT)
            if self._tilt:
                self._lean = _onward(self._lean, math.atan2(sample.tilt_y, sample.tilt_x) / math.tau)
        if sample.rotation != self._rotation:
            self._rotation = sample.rotation
            self._turned = _onward(self._turned, sample.rotation / 360)

    def _ink(self) -> tuple[float, float]:
        brush = self._brush
        if brush.tip != "ink":
            return 1.0, 1.0
        scale = 1 + 0.06 * brush.grain * _uneven(self.walked / brush.size)
        if self.tapered:
            grown = min(1.0, self.walked / (1.1 * brush.size))
            scale *= 0.22 + 0.78 * grown * grown * (3 - 2 * grown)
        return scale, 1 - 0.5 * brush.grain * self.speed / (self.speed + DRY_SPEED)


def _onward(before: float, turns: float) -> float:
    """``turns`` plus whole turns so that it is at most half a turn from ``before``."""
    return before + (turns - before + 0.5) % 1.0 - 0.5


def _uneven(distance: float) -> float:
    """A slow wander between about −1 and 1 along the stroke, in brush sizes."""
    return (
        0.5 * math.sin(2.3 * distance)
        + 0.3 * math.sin(5.9 * distance + 1.3)
        + 0.2 * math.sin(11.7 * distance + 4.1)
    )
