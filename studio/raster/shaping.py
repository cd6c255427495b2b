"""From places on the curve to dabs: dynamics, jitter, scatter, colours and tips."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studio.raster import random
from studio.raster.dab import Dabs
from studio.raster.dynamics import ADDED, Dynamic
from studio.raster.hand import Point

if TYPE_CHECKING:
    from studio.raster.brush import Brush

LEAST_SPACING = 0.01
SMALLEST_RADIUS = 0.2
_BLOCK = 256
_WORDS = 12
_UNIT, _SIZE, _ANGLE, _FLOW, _HUE, _SATURATION, _VALUE, _TIP, _AWAY, _AROUND = range(10)
_COLUMN = {name: index for index, name in enumerate(Point._fields)}
_SENSED = {"tilt": "tilt", "tilt-direction": "lean", "speed": "speed", "rotation": "rotation"}
_CIRCULAR = ("tilt-direction", "rotation", "direction")


class _Places(NamedTuple):
    """Interpolated points [n, fields], directions in turns [n], random values [n, 12] in (0, 1), number of the first."""

    rows: np.ndarray
    direction: np.ndarray
    chance: np.ndarray
    first: int


_Make = Callable[[_Places], np.ndarray]
_NOTHING = np.zeros((0, 0))


class Shaping:
    """Gives places their radius, level, angle, colour and tip. Random values follow from the seed and the dab's number."""

    def __init__(self, brush: Brush, seed: int) -> None:
        self._brush = brush
        self._seed = seed
        self._number = 0
        self._blocks: dict[int, np.ndarray] = {}
        self._by_name: dict[str, list[Dynamic]] = {}
        for one in brush.dynamics:
            self._by_name.setdefault(one.parameter, []).append(one)
        several = len(brush.tips) > 1
        sensors = {one.sensor for one in brush.dynamics}
        jitters = (
            brush.jitter_size, brush.jitter_angle, brush.jitter_flow, brush.jitter_hue, brush.jitter_saturation,
            brush.jitter_value, brush.scatter,
        )  # fmt: skip
        self._random = any(jitters) or "random" in sensors or (several and brush.tip_order == "random")
        self.directed = "direction" in sensors or (several and brush.tip_order == "direction")
        self._plain = Dabs(
            _NOTHING, _NOTHING, _NOTHING, flow=brush.flow, hardness=brush.hardness, roundness=brush.roundness,
            angle=brush.angle, smudge=brush.smudge, wetness=brush.wetness,
        )  # fmt: skip
        self._makers = self._columns()

    def _columns(self) -> dict[str, _Make]:
        """How the columns are made that are not the same for all dabs."""
        brush, driven = self._brush, self._by_name
        makers: dict[str, _Make] = {}
        if "opacity" in driven or brush.tip == "ink":
            makers["level"] = self._level
        if "flow" in driven or brush.jitter_flow:
            makers["flow"] = self._flow
        if "angle" in driven or brush.jitter_angle:
            makers["angle"] = self._angle
        if len(brush.tips) > 1:
            makers["tip"] = self._tip
        for name, low in (("hardness", 0.0), ("roundness", 0.02), ("smudge", 0.0), ("wetness", 0.0)):
            if name in driven:
                makers[name] = self._times(name, getattr(brush, name), low)
        if "texture" in driven:
            makers["texture"] = lambda places: self._factor("texture", places)
        jitters = (
            ("hue", brush.jitter_hue / 2, _HUE),
            ("saturation", brush.jitter_saturation, _SATURATION),
            ("value", brush.jitter_value, _VALUE),
        )
        for name, jitter, word in jitters:
            if name in driven or jitter:
                makers[name] = self._shift(name, jitter, word)
        return makers

    def radius(self, point: Point) -> float:
        """The radius at a point, without what is random."""
        factor = point.scale
        for one in self._by_name.get("size", ()):
            if one.sensor != "random":
                factor *= float(one.value(_sensed_at(one, point)))
        return max(self._brush.size / 2 * factor, SMALLEST_RADIUS)

    def spacing(self, point: Point) -> float:
        """Distance between dabs at a point, pixels."""
        factor = self._brush.spacing
        for one in self._by_name.get("spacing", ()):
            if one.sensor != "random":
                factor *= float(one.value(_sensed_at(one, point)))
        # Driven to nothing, a large brush would lay thousands of dabs on one place.
        return max(0.35, max(factor, LEAST_SPACING) * 2 * self.radius(point))

    def spacings(self, points: list[Point]) -> np.ndarray | float:
        """Distances between dabs at several points; one number where they are all the same."""
        found = [self.spacing(point) for point in points]
        return found[0] if max(found) == min(found) else np.array(found)

    def dabs(
        self, x: np.ndarray, y: np.ndarray, rows: np.ndarray, direction: np.ndarray | None, step: float
    ) -> Dabs:
        """Dabs at places (x, y) [n] with interpolated points ``rows`` [n, fields] and ``direction`` in turns [n]."""
        brush, several = self._brush, self._brush.count
        if several > 1:
            x, y, rows = (np.repeat(array, several, axis=0) for array in (x, y, rows))
            direction = None if direction is None else np.repeat(direction, several)
        count = len(x)
        first, self._number = self._number, self._number + count
        places = _Places(
            rows,
            np.zeros(count) if direction is None else direction,
            self._chances(first, count) if self._random else _NOTHING,
            first,
        )
        radius = self._radius(places)
        if brush.scatter:
            x, y = self._scattered(x, y, radius, places)
        made = {name: make(places) for name, make in self._makers.items()}
        return self._plain._replace(x=x, y=y, radius=radius, step=step / several, **made)

    def _radius(self, places: _Places) -> np.ndarray:
        radius = places.rows[:, _COLUMN["scale"]] * (self._brush.size / 2)
        if "size" in self._by_name:
            radius *= self._factor("size", places)
        if self._brush.jitter_size:
            radius *= 1 - self._brush.jitter_size * places.chance[:, _SIZE]
        return np.maximum(radius, SMALLEST_RADIUS, out=radius)

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
            flow = flow * (1 - self._brush.jitter_flow * places.chance[:, _FLOW])
        return flow

    def _angle(self, places: _Places) -> np.ndarray:
        angle = self._brush.angle + 360 * self._factor("angle", places)
        if self._brush.jitter_angle:
            angle = angle + 360 * self._brush.jitter_angle * (places.chance[:, _ANGLE] - 0.5)
        return angle

    def _shift(self, name: str, jitter: float, word: int) -> _Make:
        def shift(places: _Places) -> np.ndarray:
            found = self._factor(name, places)
            return found + jitter * (2 * places.chance[:, word] - 1) if jitter else found

        return shift

    def _scattered(
        self, x: np.ndarray, y: np.ndarray, radius: np.ndarray, places: _Places
    ) -> tuple[np.ndarray, np.ndarray]:
        """Places evenly spread over a disc of scatter · size around each."""
        reach = 2 * radius * self._brush.scatter * self._factor("scatter", places)
        away = reach * np.sqrt(places.chance[:, _AWAY])
        around = math.tau * places.chance[:, _AROUND]
        return x + away * np.cos(around), y + away * np.sin(around)

    def _tip(self, places: _Places) -> np.ndarray:
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

    def _chances(self, first: int, count: int) -> np.ndarray:
        blocks = range(first // _BLOCK, (first + count - 1) // _BLOCK + 1)
        table = np.concatenate([self._block(block) for block in blocks])
        start = first - blocks.start * _BLOCK
        return table[start : start + count]

    def _block(self, block: int) -> np.ndarray:
        found = self._blocks.get(block)
        if found is None:
            self._blocks = {key: value for key, value in self._blocks.items() if key == block - 1}
            numbers = np.arange(block * _BLOCK, (block + 1) * _BLOCK, dtype=np.uint64)[:, None]
            groups = np.arange(_WORDS // 4, dtype=np.uint64)[None, :]
            words = random.philox((numbers, groups, np.array(0), np.array(0)), self._seed)
            bits = np.stack(words, axis=-1).reshape(_BLOCK, _WORDS) >> np.uint64(9)
            found = self._blocks[block] = (bits + 0.5) * 2.0**-23
        return found


def _cut(values: np.ndarray, low: float) -> np.ndarray:
    return np.minimum(np.maximum(values, low), 1.0)


def _sensed(one: Dynamic, places: _Places) -> np.ndarray:
    """What the sensor says at each place, 0–1."""
    if one.sensor == "pressure":
        return places.rows[:, _COLUMN["width" if one.parameter == "size" else "pressure"]]
    if one.sensor == "random":
        return places.chance[:, _UNIT]
    if one.sensor == "fade":
        return np.maximum(0.0, 1 - places.rows[:, _COLUMN["walked"]] / one.length)
    if one.sensor == "direction":
        return places.direction % 1.0
    column = places.rows[:, _COLUMN[_SENSED[one.sensor]]]
    return column % 1.0 if one.sensor in _CIRCULAR else column


def _sensed_at(one: Dynamic, point: Point) -> float:
    if one.sensor == "fade":
        return max(0.0, 1 - point.walked / one.length)
    if one.sensor == "pressure":
        return point.width if one.parameter == "size" else point.pressure
    if one.sensor == "direction":
        return 0.0
    value = point[_COLUMN[_SENSED[one.sensor]]]
    return value % 1.0 if one.sensor in _CIRCULAR else value
