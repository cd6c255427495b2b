"""From places on the curve to dabs: dynamics, jitter, scatter, colours and tips; and how far apart the dabs lie."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studio.raster.chance import Chances
from studio.raster.dab import Dabs
from studio.raster.dynamics import ADDED, Dynamic
from studio.raster.hand import Point
from studio.raster.ranks import Ranks

if TYPE_CHECKING:
    from studio.raster.brush import Brush

LEAST_SPACING = 0.01
LEAST_STEP = 0.35
"""Pixels between dabs, at least."""
SMALLEST_RADIUS = 0.2
MOST_COUNT = 32
_UNIT, _SIZE, _ANGLE, _FLOW, _HUE, _SATURATION, _VALUE, _TIP, _AWAY, _AROUND, _FLIP_X, _FLIP_Y = range(12)
_COLUMN = {name: index for index, name in enumerate(Point._fields)}
_SENSED = {"tilt": "tilt", "tilt-direction": "lean", "speed": "speed", "rotation": "rotation"}
_CIRCULAR = ("tilt-direction", "rotation", "direction")
_STEPS = 1
"""The stream of random numbers that steps have; dabs have 0."""


class _Places(NamedTuple):
    """Interpolated points [n, fields], directions in turns [n], random values [n, 12] in (0, 1), number of the first."""

    rows: np.ndarray
    direction: np.ndarray
    chance: np.ndarray
    first: int


_Make = Callable[[_Places], np.ndarray]
_NOTHING = np.zeros((0, 0))
_NO_DABS = np.zeros(0)


class Shaping:
    """Gives places their radius, level, angle, colour and tip. Random values follow from the seed and the dab's number.

    A *step* is a place on the path, where one dab is laid or ``count``.
    """

    def __init__(self, brush: Brush, seed: int) -> None:
        self._brush = brush
        self._chances, self._step_chances = Chances(seed), Chances(seed, _STEPS)
        self._number = self._steps = 0
        self._by_name: dict[str, list[Dynamic]] = {}
        for one in brush.dynamics:
            self._by_name.setdefault(one.parameter, []).append(one)
        several = len(brush.tips) > 1
        sensors = {one.sensor for one in brush.dynamics}
        jitters = (
            brush.jitter_size, brush.jitter_angle, brush.jitter_flow, brush.jitter_hue, brush.jitter_saturation,
            brush.jitter_value, brush.scatter, brush.flip_x, brush.flip_y,
        )  # fmt: skip
        self._ranks = Ranks.of(brush)
        orders = self._ranks.orders if self._ranks else {brush.tip_order} if several else set()
        self._random = any(jitters) or "random" in sensors or "random" in orders
        self.directed = "direction" in sensors or "direction" in orders
        self.directed = self.directed or (brush.scatter_across and brush.scatter > 0)
        self._random_spacing = [one for one in self._of("spacing") if one.sensor == "random"]
        sized = [*self._of("spacing"), *self._of("size")]
        self._headed = [one for one in sized if one.sensor == "direction"]
        self._plain = Dabs(
            _NOTHING, _NOTHING, _NOTHING, flow=brush.flow, hardness=brush.hardness, roundness=brush.roundness,
            angle=brush.angle, smudge=brush.smudge, wetness=brush.wetness,
        )  # fmt: skip
        self._makers = self._columns()

    def _of(self, name: str) -> list[Dynamic]:
        return self._by_name.get(name, [])

    def _columns(self) -> dict[str, _Make]:
        """How the columns are made that are not the same for all dabs."""
        brush, driven = self._brush, self._by_name
        makers: dict[str, _Make] = {}
        if "opacity" in driven or brush.tip == "ink":
            makers["level"] = self._level
        if "flow" in driven or brush.jitter_flow:
            makers["flow"] = self._flow
        flips = (brush.flip_x or brush.flip_y) and (brush.tip == "ink" or bool(brush.tips))
        if "angle" in driven or brush.jitter_angle or (flips and brush.flip_x):
            makers["angle"] = self._angle
        if flips:
            makers["flip"] = self._flip
        if len(brush.tips) > 1:
            makers["tip"] = self._tip
        for name, low in (("hardness", 0.0), ("roundness", 0.02), ("smudge", 0.0), ("wetness", 0.0)):
            if name in driven:
                makers[name] = self._times(name, getattr(brush, name), low)
        for name in ("texture", "texture_scale", "blur", "grain", "wet_edges"):
            if name in driven:
                makers[name] = lambda places, name=name: np.maximum(self._factor(name, places), 0.0)
        jitters = (
            ("hue", brush.jitter_hue, _HUE),
            ("saturation", brush.jitter_saturation, _SATURATION),
            ("value", brush.jitter_value, _VALUE),
        )
        for name, jitter, word in jitters:
            if jitter:
                makers[name] = self._strayed(name, word)
            elif name in driven:
                makers[name] = lambda places, name=name: self._factor(name, places)
        return makers

    # how far apart dabs lie

    def radius(self, point: Point) -> float:
        """The radius at a point, without what is random."""
        return max(self._brush.size / 2 * point.scale * self._at("size", point), SMALLEST_RADIUS)

    def spacing(self, point: Point) -> float:
        """Distance between dabs at a point, pixels, without what is random and what :meth:`headed` says."""
        share = self._brush.spacing * self._at("spacing", point, directed=False)
        radius = self._brush.size / 2 * point.scale * self._at("size", point, directed=False)
        # Driven to nothing, a large brush would lay thousands of dabs on one place.
        return max(LEAST_STEP, max(share, LEAST_SPACING) * 2 * max(radius, SMALLEST_RADIUS))

    def spacings(self, points: list[Point]) -> np.ndarray | float:
        """Distances between dabs at several points; one number where they are all the same."""
        if not (self._of("spacing") or self._of("size")) and len({point.scale for point in points}) == 1:
            return self.spacing(points[0])
        found = [self.spacing(point) for point in points]
        return found[0] if max(found) == min(found) else np.array(found)

    def headed(self, apart: np.ndarray | float, turns: np.ndarray) -> np.ndarray | float:
        """The distances ``apart`` with what the directions ``turns`` of the path make of them."""
        if not self._headed:
            return apart
        least = min(1.0, LEAST_SPACING / self._brush.spacing)
        for one in self._headed:
            factor = one.value(turns % 1.0)
            apart = apart * (np.maximum(factor, least) if one.parameter == "spacing" else factor)
        return np.maximum(apart, LEAST_STEP)

    def rate(self, point: Point, turn: float) -> float:
        """Dabs per second at a point where the path goes in direction ``turn``."""
        rate = self._brush.airbrush * self._at("airbrush", point, directed=False)
        for one in self._of("airbrush"):
            if one.sensor == "direction":
                rate *= float(one.value(turn % 1.0))
            elif one.sensor == "random":
                rate *= float(one.value(self._step_chances.of(self._steps, 1)[0, _UNIT]))
        return max(rate, 0.0)

    def due(self, phase: float, point: Point) -> np.ndarray:
        """Where before ``phase`` dabs lie, in distances between dabs since the last one: 1, 2, … where nothing is random.

        ``point``: near which; a random distance there is never less than what all dabs keep.
        """
        if phase <= 1.0 and not self._random_spacing:
            return _NO_DABS
        if not self._random_spacing:
            return np.arange(1.0, math.ceil(phase))
        least = min(1.0, max(LEAST_SPACING / self._brush.spacing, LEAST_STEP / self.spacing(point)))
        count, places = 16, np.zeros(0)
        while not len(places) or places[-1] < phase:
            count *= 2
            chance = self._step_chances.of(self._steps, count)[:, _UNIT]
            steps = np.prod([one.value(chance) for one in self._random_spacing], axis=0)
            places = np.cumsum(np.maximum(steps, least))
        return places[places < phase]

    def _at(self, name: str, point: Point, *, directed: bool = True) -> float:
        """Product of a parameter's dynamics at a point, without what is random; a direction counts as to the right."""
        factor = 1.0
        if name not in self._by_name:
            return factor
        for one in self._by_name[name]:
            if one.sensor != "random" and (directed or one.sensor != "direction"):
                factor *= float(one.value(_sensed_at(one, point)))
        return factor

    # dabs

    def dabs(
        self, x: np.ndarray, y: np.ndarray, rows: np.ndarray, direction: np.ndarray | None, step: float
    ) -> Dabs:
        """Dabs at places (x, y) [n] with interpolated points ``rows`` [n, fields] and ``direction`` in turns [n]."""
        several = self._several(rows, direction)
        if isinstance(several, np.ndarray) or several > 1:
            x, y, rows = (np.repeat(array, several, axis=0) for array in (x, y, rows))
            direction = None if direction is None else np.repeat(direction, several)
            step /= float(np.mean(several))
        count = len(x)
        first, self._number = self._number, self._number + count
        places = _Places(
            rows,
            np.zeros(count) if direction is None else direction,
            self._chances.of(first, count) if self._random else _NOTHING,
            first,
        )
        radius = self._radius(places)
        if self._brush.scatter:
            x, y = self._scattered(x, y, radius, places)
        x, y = self._beside("offset_x", x, places), self._beside("offset_y", y, places)
        made = {name: make(places) for name, make in self._makers.items()}
        return self._plain._replace(x=x, y=y, radius=radius, step=step, **made)

    def _several(self, rows: np.ndarray, direction: np.ndarray | None) -> np.ndarray | int:
        """Dabs at each of the next steps [n], or one number for all."""
        first, count = self._steps, len(rows)
        self._steps += count
        if "count" not in self._by_name:
            return self._brush.count
        turns = np.zeros(count) if direction is None else direction
        factor = self._factor("count", _Places(rows, turns, self._step_chances.of(first, count), first))
        return np.clip(np.rint(factor * self._brush.count), 1, MOST_COUNT).astype(int)

    def _radius(self, places: _Places) -> np.ndarray:
        radius = places.rows[:, _COLUMN["scale"]] * (self._brush.size / 2)
        if "size" in self._by_name:
            radius *= self._factor("size", places)
        if self._brush.jitter_size:
            radius *= 1 - self._jitter("size", places) * places.chance[:, _SIZE]
        return np.maximum(radius, SMALLEST_RADIUS, out=radius)

    def _jitter(self, name: str, places: _Places) -> np.ndarray | float:
        """How much the parameter ``name`` jitters, 0–1, at each place or everywhere."""
        jitter = getattr(self._brush, f"jitter_{name}")
        if f"jitter_{name}" not in self._by_name:
            return jitter
        return _cut(jitter * self._factor(f"jitter_{name}", places), 0.0)

    def _level(self, places: _Places) -> np.ndarray:
        level = _cut(self._factor("opacity", places), 0.0)
        return level * places.rows[:, _COLUMN["level"]] if self._brush.tip == "ink" else level

    def _factor(self, name: str, places: _Places) -> np.ndarray:
        """Product (for added parameters: sum) of the dynamics of one parameter."""
        added = name in ADDED
        result: np.ndarray | None = None
        for one in self._by_name.get(name, ()):
            value = one.value(_sensed(one, places))
            if result is None:
                result = value
            else:
                result = result + value if added else result * value
        return np.full(len(places.rows), 0.0 if added else 1.0) if result is None else result

    def _times(self, name: str, value: float, low: float) -> _Make:
        return lambda places: _cut(self._factor(name, places) * value, low)

    def _flow(self, places: _Places) -> np.ndarray:
        flow = _cut(self._factor("flow", places) * self._brush.flow, 0.0)
        if self._brush.jitter_flow:
            flow = flow * (1 - self._jitter("flow", places) * places.chance[:, _FLOW])
        return flow

    def _angle(self, places: _Places) -> np.ndarray:
        angle = self._brush.angle + 360 * self._factor("angle", places)
        if self._brush.jitter_angle:
            angle = angle + 360 * self._jitter("angle", places) * (places.chance[:, _ANGLE] - 0.5)
        if self._brush.flip_x:  # left to right is top to bottom, then half a turn
            angle = angle + 180 * (places.chance[:, _FLIP_X] < 0.5)
        return angle

    def _flip(self, places: _Places) -> np.ndarray:
        flipped = np.zeros(len(places.rows), bool)
        for wanted, word in ((self._brush.flip_x, _FLIP_X), (self._brush.flip_y, _FLIP_Y)):
            if wanted:
                flipped ^= places.chance[:, word] < 0.5
        return flipped

    def _strayed(self, name: str, word: int) -> _Make:
        half = 0.5 if name == "hue" else 1.0

        def strayed(places: _Places) -> np.ndarray:
            away = half * self._jitter(name, places)
            return self._factor(name, places) + away * (2 * places.chance[:, word] - 1)

        return strayed

    def _scattered(
        self, x: np.ndarray, y: np.ndarray, radius: np.ndarray, places: _Places
    ) -> tuple[np.ndarray, np.ndarray]:
        """Places evenly spread over a disc of scatter · size around each, or that far across the path."""
        reach = 2 * radius * self._brush.scatter * self._factor("scatter", places)
        if self._brush.scatter_across:
            aside = reach * (2 * places.chance[:, _AWAY] - 1)
            heading = math.tau * places.direction
            return x - aside * np.sin(heading), y + aside * np.cos(heading)
        away = reach * np.sqrt(places.chance[:, _AWAY])
        around = math.tau * places.chance[:, _AROUND]
        return x + away * np.cos(around), y + away * np.sin(around)

    def _beside(self, name: str, at: np.ndarray, places: _Places) -> np.ndarray:
        """Places along one axis with the brush's offset and what sensors add to it, in sizes of the brush."""
        away = getattr(self._brush, name)
        if name in self._by_name:
            away = away + self._factor(name, places)
        elif not away:
            return at
        return at + away * self._brush.size

    def _tip(self, places: _Places) -> np.ndarray:
        if self._ranks is not None:
            chance = places.chance[:, _TIP] if self._random else places.direction
            return self._ranks.tip(places.rows, places.direction, chance, places.first)
        tips, order = len(self._brush.tips), self._brush.tip_order
        if order == "in-turn":
            return np.arange(places.first, places.first + len(places.rows)) % tips
        if order == "random":
            share = places.chance[:, _TIP]
        elif order == "direction":
            share = places.direction % 1.0
        else:
            share = places.rows[:, _COLUMN["pressure" if order == "pressure" else "speed"]]
        return np.minimum((share * tips).astype(int), tips - 1)


def _cut(values: np.ndarray, low: float) -> np.ndarray:
    return np.minimum(np.maximum(values, low), 1.0)


def _sensed(one: Dynamic, places: _Places) -> np.ndarray:
    """What the sensor says at each place, 0–1."""
    if one.sensor == "pressure":
        return places.rows[:, _COLUMN["width" if one.parameter == "size" else "pressure"]]
    if one.sensor == "random":
        return places.chance[:, _UNIT]
    if one.sensor == "fade":
        return np.asarray(one.faded(places.rows[:, _COLUMN["walked"]]))
    if one.sensor == "direction":
        return places.direction % 1.0
    column = places.rows[:, _COLUMN[_SENSED[one.sensor]]]
    return column % 1.0 if one.sensor in _CIRCULAR else column


def _sensed_at(one: Dynamic, point: Point) -> float:
    if one.sensor == "fade":
        return float(one.faded(point.walked))
    if one.sensor == "pressure":
        return point.width if one.parameter == "size" else point.pressure
    if one.sensor == "direction":
        return 0.0
    value = point[_COLUMN[_SENSED[one.sensor]]]
    return value % 1.0 if one.sensor in _CIRCULAR else value
