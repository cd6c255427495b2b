"""From places on the curve to dabs: dynamics, jitter, scatter, colours and tips."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studio.raster import random
from studio.raster.dynamics import ADDED, Dynamic
from studio.raster.hand import Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.raster.brush import Brush

SMALLEST_RADIUS = 0.2
_BLOCK = 256
_WORDS = 12
_UNIT, _SIZE, _ANGLE, _FLOW, _HUE, _SATURATION, _VALUE, _TIP, _AWAY, _AROUND = range(10)
_COLUMN = {name: index for index, name in enumerate(Point._fields)}
_SENSED = {"tilt": "tilt", "tilt-direction": "lean", "speed": "speed", "rotation": "rotation"}
_CIRCULAR = ("tilt-direction", "rotation", "direction")


class Dab(NamedTuple):
    """One print: middle in layer pixels, radius in pixels, ``level`` 0–1 (how far build-up goes; for ink its density).

    ``angle`` in degrees, clockwise; ``flip``: the tip is mirrored top to bottom before it is turned; ``tip``: which of the brush's tips. ``hue`` in turns,
    ``saturation`` and ``value`` are added to the colour's. ``texture`` is multiplied with the brush's strength, ``step``
    is the distance from the dab before, in pixels.
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
    smudge: float = 0.0
    wetness: float = 0.0
    step: float = 1.0


Column = np.ndarray | float
"""One value for each dab, or one for all."""


@dataclass(frozen=True, slots=True)
class Dabs:
    """Several dabs in the order in which they are laid, by columns: the fields of :class:`Dab`."""

    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray
    level: Column
    flow: Column
    hardness: Column
    roundness: Column
    angle: Column
    flip: bool
    tip: Column
    hue: Column
    saturation: Column
    value: Column
    texture: Column
    smudge: Column
    wetness: Column
    step: float

    def __len__(self) -> int:
        return len(self.x)

    def each(self) -> list[Dab]:
        columns = (_listed(getattr(self, name)) for name in Dab._fields)
        return list(map(Dab._make, zip(*columns, strict=False)))


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
        jitters = (
            brush.jitter_size, brush.jitter_angle, brush.jitter_flow, brush.jitter_hue, brush.jitter_saturation,
            brush.jitter_value, brush.scatter,
        )  # fmt: skip
        several = len(brush.tips) > 1 and brush.tip_order == "random"
        self._random = any(jitters) or several or any(one.sensor == "random" for one in brush.dynamics)
        self.directed = (len(brush.tips) > 1 and brush.tip_order == "direction") or any(
            one.sensor == "direction" for one in brush.dynamics
        )

    def radius(self, point: Point) -> float:
        """The radius at a point, without what is random."""
        factor = point.scale
        for one in self._by_name.get("size", ()):
            if one.sensor != "random":
                sensed = self._sensed_at(one, point)
                factor *= float(one.value(sensed))
        return max(self._brush.size / 2 * factor, SMALLEST_RADIUS)

    def spacing(self, point: Point) -> float:
        """Distance between dabs at a point, pixels."""
        factor = self._brush.spacing
        for one in self._by_name.get("spacing", ()):
            if one.sensor != "random":
                factor *= float(one.value(self._sensed_at(one, point)))
        return max(0.35, factor * 2 * self.radius(point))

    def _sensed_at(self, one: Dynamic, point: Point) -> float:
        if one.sensor == "fade":
            return max(0.0, 1 - point.walked / one.length)
        if one.sensor == "pressure":
            return point.width if one.parameter == "size" else point.pressure
        if one.sensor == "direction":
            return 0.0
        value = point[_COLUMN[_SENSED[one.sensor]]]
        return value % 1.0 if one.sensor in _CIRCULAR else value

    def dabs(
        self, x: np.ndarray, y: np.ndarray, rows: np.ndarray, direction: np.ndarray | None, step: float
    ) -> Dabs:
        """Dabs at places (x, y) [n] with interpolated points ``rows`` [n, fields] and ``direction`` in turns [n]."""
        brush = self._brush
        count = len(x)
        if brush.count > 1:
            count *= brush.count
            x, y, rows = (np.repeat(array, brush.count, axis=0) for array in (x, y, rows))
            direction = None if direction is None else np.repeat(direction, brush.count)
        chance = self._chances(count) if self._random else None
        radius = rows[:, _COLUMN["scale"]] * (brush.size / 2) * self._factor("size", rows, direction, chance)
        if brush.jitter_size and chance is not None:
            radius = radius * (1 - brush.jitter_size * chance[:, _SIZE])
        radius = np.maximum(radius, SMALLEST_RADIUS)
        if brush.scatter and chance is not None:
            x, y = self._scattered(x, y, radius, rows, direction, chance)
        level = self._factor("opacity", rows, direction, chance)
        if brush.tip == "ink":
            level = level * rows[:, _COLUMN["level"]]
        return Dabs(
            x, y, radius, level, self._flow(rows, direction, chance),
            self._times("hardness", brush.hardness, rows, direction, chance),
            self._times("roundness", brush.roundness, rows, direction, chance),
            self._angle(rows, direction, chance), False,
            self._tip(rows, direction, chance),
            self._shift("hue", brush.jitter_hue / 2, _HUE, rows, direction, chance),
            self._shift("saturation", brush.jitter_saturation, _SATURATION, rows, direction, chance),
            self._shift("value", brush.jitter_value, _VALUE, rows, direction, chance),
            self._factor("texture", rows, direction, chance),
            self._times("smudge", brush.smudge, rows, direction, chance),
            self._times("wetness", brush.wetness, rows, direction, chance), step / brush.count,
        )  # fmt: skip

    def _factor(
        self, name: str, rows: np.ndarray, direction: np.ndarray | None, chance: np.ndarray | None
    ) -> np.ndarray | float:
        """Product (for added parameters: sum) of the dynamics of one parameter."""
        added = name in ADDED
        result: np.ndarray | float = 0.0 if added else 1.0
        for one in self._by_name.get(name, ()):
            value = one.value(self._sensed(one, rows, direction, chance))
            result = result + value if added else result * value
        return result

    def _sensed(
        self, one: Dynamic, rows: np.ndarray, direction: np.ndarray | None, chance: np.ndarray | None
    ) -> np.ndarray:
        if one.sensor == "pressure":
            return rows[:, _COLUMN["width" if one.parameter == "size" else "pressure"]]
        if one.sensor == "random":
            assert chance is not None
            return chance[:, _UNIT]
        if one.sensor == "fade":
            return np.maximum(0.0, 1 - rows[:, _COLUMN["walked"]] / one.length)
        if one.sensor == "direction":
            return np.zeros(len(rows)) if direction is None else direction % 1.0
        column = rows[:, _COLUMN[_SENSED[one.sensor]]]
        return column % 1.0 if one.sensor in _CIRCULAR else column

    def _times(self, name: str, value: float, *where: np.ndarray | None) -> np.ndarray | float:
        if name not in self._by_name:
            return value
        rows, direction, chance = where
        assert rows is not None
        return np.clip(
            self._factor(name, rows, direction, chance) * value, 0.02 if name == "roundness" else 0.0, 1.0
        )

    def _flow(self, *where: np.ndarray | None) -> np.ndarray | float:
        flow = self._times("flow", self._brush.flow, *where)
        chance = where[2]
        if self._brush.jitter_flow and chance is not None:
            flow = flow * (1 - self._brush.jitter_flow * chance[:, _FLOW])
        return flow

    def _angle(self, *where: np.ndarray | None) -> np.ndarray | float:
        rows, direction, chance = where
        assert rows is not None
        angle = self._brush.angle
        if "angle" in self._by_name:
            angle = angle + 360 * self._factor("angle", rows, direction, chance)
        if self._brush.jitter_angle and chance is not None:
            angle = angle + 360 * self._brush.jitter_angle * (chance[:, _ANGLE] - 0.5)
        return angle

    def _shift(self, name: str, jitter: float, word: int, *where: np.ndarray | None) -> np.ndarray | float:
        rows, direction, chance = where
        assert rows is not None
        shift = self._factor(name, rows, direction, chance)
        return shift + jitter * (2 * chance[:, word] - 1) if jitter and chance is not None else shift

    def _scattered(
        self,
        x: np.ndarray,
        y: np.ndarray,
        radius: np.ndarray,
        rows: np.ndarray,
        direction: np.ndarray | None,
        chance: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Places evenly spread over a disc of scatter · size around each."""
        reach = 2 * radius * self._brush.scatter * self._factor("scatter", rows, direction, chance)
        away = reach * np.sqrt(chance[:, _AWAY])
        around = math.tau * chance[:, _AROUND]
        return x + away * np.cos(around), y + away * np.sin(around)

    def _tip(self, *where: np.ndarray | None) -> np.ndarray | int:
        rows, direction, chance = where
        assert rows is not None
        tips, order = len(self._brush.tips), self._brush.tip_order
        if tips < 2:
            return 0
        if order == "in-turn":
            chosen = (
                (self._number - len(rows) + np.arange(len(rows))) % tips
                if self._random
                else self._counted(rows)
            )
            return chosen % tips
        if order == "random":
            assert chance is not None
            share = chance[:, _TIP]
        elif order == "direction":
            share = (np.zeros(len(rows)) if direction is None else direction) % 1.0
        else:
            share = rows[:, _COLUMN["pressure" if order == "pressure" else "speed"]]
        return np.minimum((share * tips).astype(int), tips - 1)

    def _counted(self, rows: np.ndarray) -> np.ndarray:
        self._number += len(rows)
        return np.arange(self._number - len(rows), self._number)

    def _chances(self, count: int) -> np.ndarray:
        """float64 [count, 12] in (0, 1): the random values of the next dabs."""
        first, self._number = self._number, self._number + count
        blocks = range(first // _BLOCK, (self._number - 1) // _BLOCK + 1)
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
            found = self._blocks[block] = (
                (np.stack(words, axis=-1).reshape(_BLOCK, _WORDS) >> np.uint64(9)) + 0.5
            ) * 2.0**-23
        return found


def _listed(column: np.ndarray | float) -> Iterable:
    return column.tolist() if isinstance(column, np.ndarray) else repeat(column)
