"""From pointer samples to dabs: steadied, joined by a smooth curve, evenly spaced, with width and level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from studio.raster.brush import Brush

NOMINAL_STEP = 1 / 125
"""Seconds between samples of a device that gives no times."""
LONGEST_STEP = 0.1
STEADY_SECONDS = 0.12
"""Time constant of the steadied hand at smoothing 100."""
SPEED_SECONDS = 0.035
WIDTH_SECONDS = 0.025
HALF_WIDTH_SPEED = 700.0
"""Pixels per second at which a brush led by speed has lost half its changeable width."""
DRY_SPEED = 1600.0
"""Pixels per second at which ink has lost half of what it can lose to dryness."""
LIFT_SPEED = 120.0
"""Pixels per second above which an ink stroke ends in a point."""
NEAREST = 0.25
"""Samples nearer than this many pixels to the last point bend nothing and are skipped."""


class Dab(NamedTuple):
    """Middle in layer pixels, radius in pixels, level 0–1 (how far build-up goes; for ink its density)."""

    x: float
    y: float
    radius: float
    level: float


class _Point(NamedTuple):
    x: float
    y: float
    radius: float
    level: float


class Path:
    """Turns samples into dabs, one call per sample. The same samples give the same dabs."""

    def __init__(self, brush: Brush) -> None:
        self._brush = brush
        self._points: list[_Point] = []
        self._raw = (0.0, 0.0)
        self._steady = (0.0, 0.0)
        self._time = 0.0
        self._speed = 0.0
        self._width = 1.0
        self._pressed = False
        self._pressure = 1.0
        self._walked = 0.0
        self._drawn = 0.0
        self._until_next = 0.0
        self._finished = False

    def add(self, x: float, y: float, pressure: float | None, t: float) -> list[Dab]:
        """Dabs of the curve up to the sample before; the first sample draws at once."""
        if not self._points:
            return self._begin(x, y, pressure, t)
        elapsed = t - self._time if t > self._time else NOMINAL_STEP
        elapsed = min(elapsed, LONGEST_STEP)
        self._time = max(t, self._time)
        self._follow_speed(math.dist(self._raw, (x, y)) / elapsed, elapsed)
        self._raw = (x, y)
        self._steady = self._steadied(x, y, elapsed)
        self._follow_width(pressure, elapsed)
        return self._extend(*self._steady)

    def _begin(self, x: float, y: float, pressure: float | None, t: float) -> list[Dab]:
        self._pressed = pressure is not None
        self._pressure = 1.0 if pressure is None else pressure
        self._raw = self._steady = (x, y)
        self._time = t
        self._width = self._wanted_width()
        point = self._point(x, y)
        self._points.append(point)
        self._until_next = self._step(point.radius)
        return [Dab(*point)]

    def _follow_speed(self, speed: float, elapsed: float) -> None:
        self._speed += (speed - self._speed) * (1 - math.exp(-elapsed / SPEED_SECONDS))

    def _follow_width(self, pressure: float | None, elapsed: float) -> None:
        weight = 1 - math.exp(-elapsed / WIDTH_SECONDS)
        if self._pressed and pressure is not None:
            self._pressure += (pressure - self._pressure) * max(weight, 0.5)
        self._width += (self._wanted_width() - self._width) * weight

    def _steadied(self, x: float, y: float, elapsed: float) -> tuple[float, float]:
        seconds = STEADY_SECONDS * (self._brush.smoothing / 100) ** 1.5
        weight = 1.0 if seconds == 0 else 1 - math.exp(-elapsed / seconds)
        return self._steady[0] + (x - self._steady[0]) * weight, self._steady[1] + (
            y - self._steady[1]
        ) * weight

    def _wanted_width(self) -> float:
        if self._pressed:
            strength = self._strength("size")
            return 1 - strength + strength * self._pressure
        strength = self._strength("size") * self._brush.speed_pressure
        return 1 - strength + strength / (1 + self._speed / HALF_WIDTH_SPEED)

    def _strength(self, parameter: str) -> float:
        lows = [
            one.low for one in self._brush.dynamics if one.parameter == parameter and one.sensor == "pressure"
        ]
        return 1 - lows[0] if lows else 0.0

    @property
    def _tapered(self) -> bool:
        """Ink led by a device without pressure thins at both ends by itself."""
        return self._brush.tip == "ink" and not self._pressed

    def _point(self, x: float, y: float) -> _Point:
        brush = self._brush
        radius = brush.size / 2 * self._width
        if self._tapered:
            grown = min(1.0, self._walked / (1.1 * brush.size))
            radius *= 0.22 + 0.78 * grown * grown * (3 - 2 * grown)
        if brush.tip == "ink":
            radius *= 1 + 0.06 * brush.grain * _uneven(self._walked / brush.size)
            level = 1 - 0.5 * brush.grain * self._speed / (self._speed + DRY_SPEED)
        elif self._pressed:
            level = 1 - self._strength("opacity") * (1 - self._pressure)
        else:
            level = 1.0
        return _Point(x, y, max(radius, 0.2), level)

    def _extend(self, x: float, y: float) -> list[Dab]:
        last = self._points[-1]
        length = math.dist((x, y), last[:2])
        if length < NEAREST:
            return []
        self._walked += length
        self._points.append(self._point(x, y))
        if len(self._points) < 3:
            return []
        dabs = self._curve(*self._around(len(self._points) - 3))
        del self._points[:-3]
        return dabs

    def _around(self, index: int) -> tuple[_Point, _Point, _Point, _Point]:
        """The piece from point ``index`` to the next with its neighbours; a missing neighbour is mirrored."""
        points = self._points
        first, second = points[index], points[index + 1]
        before = points[index - 1] if index else _mirrored(second, first)
        after = points[index + 2] if index + 2 < len(points) else _mirrored(first, second)
        return before, first, second, after

    def finish(self) -> list[Dab]:
        """Dabs of the rest of the curve, up to where the pointer was lifted; calling again gives none."""
        if self._finished or not self._points:
            return []
        self._finished = True
        first = self._points[-1]
        dabs = self._extend(*self._raw)
        if len(self._points) == 1:
            return self._dot(first) if self._tapered else []
        if self._tapered and self._speed >= LIFT_SPEED:
            self._thin_out()
        dabs += self._curve(*self._around(len(self._points) - 2))
        return dabs + self._tip() if self._tapered else dabs

    def _dot(self, point: _Point) -> list[Dab]:
        """A pressed brush that did not move: its prints, turned a little, leave no gap between bristles."""
        away = 0.06 * self._brush.size
        radius = 0.9 * self._brush.size / 2
        places = [(math.cos(0.7 + turn * 2.4), math.sin(0.7 + turn * 2.4)) for turn in range(6)]
        return [Dab(point.x + away * x, point.y + away * y, radius, point.level) for x, y in places]

    def _thin_out(self) -> None:
        before, last = self._points[-2:]
        share = max(0.4, 1 - 0.3 * math.dist(before[:2], last[:2]) / last.radius)
        self._points[-1] = last._replace(radius=last.radius * share)

    def _tip(self) -> list[Dab]:
        """A brush lifted in motion leaves a point: the way on in its direction, down to nothing; at rest it ends round."""
        before, last = self._points[-2], self._points[-1]
        span = math.dist(before[:2], last[:2])
        if span == 0 or self._speed < LIFT_SPEED:
            return []
        reach = min(1.2 * self._brush.size, max(1.7 * last.radius, 0.012 * self._speed)) / span
        end = _Point(
            last.x + (last.x - before.x) * reach, last.y + (last.y - before.y) * reach, 0.2, last.level
        )
        return self._curve(before, last, end, _mirrored(last, end))

    def _step(self, radius: float) -> float:
        return max(0.35, self._brush.spacing * 2 * radius)

    def _curve(self, before: _Point, first: _Point, second: _Point, after: _Point) -> list[Dab]:
        """Evenly spaced dabs on the centripetal Catmull–Rom curve from ``first`` to ``second``.

        Barry and Goldman, "A recursive evaluation algorithm for a class of Catmull–Rom splines", 1988, with knots by
        the square root of the chords (no loops, no overshoot; Yuksel et al. 2011), in Hermite form.
        """
        chord = math.dist(first[:2], second[:2])
        count = min(128, 2 + int(chord / 3))
        at = np.linspace(0, 1, count + 1)
        slopes = _slopes(before, first, second, after)
        x, y = (_hermite(at, first[axis], second[axis], *slopes[axis]) for axis in (0, 1))
        lengths = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
        total = float(lengths[-1])
        step = self._step(min(first.radius, second.radius))
        places = np.arange(min(self._until_next, step), total, step)
        if len(places) == 0:
            self._until_next = min(self._until_next, step) - total
            return []
        self._until_next = float(places[-1]) + step - total
        share = np.interp(places, lengths, at)
        columns = np.interp(places, lengths, x), np.interp(places, lengths, y)
        radii = first.radius + (second.radius - first.radius) * share
        levels = first.level + (second.level - first.level) * share
        return [Dab(*row) for row in np.stack([*columns, radii, levels], 1).tolist()]


def _mirrored(point: _Point, centre: _Point) -> _Point:
    return centre._replace(x=2 * centre.x - point.x, y=2 * centre.y - point.y)


def _slopes(before: _Point, first: _Point, second: _Point, after: _Point) -> list[tuple[float, float]]:
    """(start, end) derivatives by x and y over the piece as a whole."""
    one = max(1e-3, math.dist(before[:2], first[:2]) ** 0.5)
    two = max(1e-3, math.dist(first[:2], second[:2]) ** 0.5)
    three = max(1e-3, math.dist(second[:2], after[:2]) ** 0.5)
    slopes = []
    for axis in (0, 1):
        p, q, r, s = before[axis], first[axis], second[axis], after[axis]
        start = (q - p) / one - (r - p) / (one + two) + (r - q) / two
        end = (r - q) / two - (s - q) / (two + three) + (s - r) / three
        slopes.append((start * two, end * two))
    return slopes


def _hermite(at: np.ndarray, first: float, second: float, start: float, end: float) -> np.ndarray:
    square = at * at
    cube = square * at
    return (
        (2 * cube - 3 * square + 1) * first
        + (cube - 2 * square + at) * start
        + (3 * square - 2 * cube) * second
        + (cube - square) * end
    )


def _uneven(distance: float) -> float:
    """A slow wander between about −1 and 1 along the stroke, in brush sizes."""
    return (
        0.5 * math.sin(2.3 * distance)
        + 0.3 * math.sin(5.9 * distance + 1.3)
        + 0.2 * math.sin(11.7 * distance + 4.1)
    )
