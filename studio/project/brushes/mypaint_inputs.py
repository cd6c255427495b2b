"""MyPaint's inputs as our sensors, and its sums as our products.

MyPaint adds what each input says to a base value; ours multiplies. With one input that comes out exactly. With several, each
is taken as it acts while the others are where they usually are, so a usual stroke comes out right, and each input alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import msgspec

from studio.project.brushes.mypaint import MyPaintBrush, Points
from studio.raster.dynamics import DrivenParameter, Dynamic, Sensor

# MyPaint's speed input is a·ln(v + gamma) + b, with 0.5 and the slope 0.015 at 45 px/s.
_SPEED_AT, _SPEED_THERE, _SPEED_SLOPE = 45.0, 0.5, 0.015
HALF_SPEED = 1000.0
"""Pixels per second at which our speed sensor says 0.5."""
_FASTEST = 0.85
"""Of our speed sensor: 5 700 px/s."""
SMALLEST = 1e-3
_FARTHEST = 10.0
_SHORT = 150.0
"""Pixels: the middle of a usual stroke."""
_ENDLESS = 9.9
"""From this holding time on, MyPaint's stroke input stays at its end."""
_USUAL: dict[Sensor, float] = {
    "pressure": 0.6, "tilt": 0.2, "tilt-direction": 0.5, "speed": 0.3, "direction": 0.25, "random": 0.5, "fade": 0.5,
    "rotation": 0.0,
}  # fmt: skip
Shape = Callable[[float], float]
_Place = Callable[[MyPaintBrush, float], list[float]]


class Driver(msgspec.Struct, frozen=True):
    """One sensor's part: ``points`` (sensor 0–1, what is multiplied), straight lines between them."""

    sensor: Sensor
    points: Points

    @property
    def extent(self) -> float:
        values = [y for _, y in self.points]
        return max(values) - min(values)

    @property
    def most(self) -> float:
        return max(y for _, y in self.points)

    def shaped(self, shape: Shape) -> Driver:
        """With ``shape`` applied to what it says; between far points also half-way, as the shape may bend the line."""
        points = list(self.points)
        for (x, y), (further, there) in pairwise(self.points):
            if further - x > 0.3:
                points += [(x + (further - x) * part, y + (there - y) * part) for part in (0.25, 0.5, 0.75)]
        return Driver(self.sensor, tuple((x, shape(y)) for x, y in sorted(points)))

    def usual(self, source: MyPaintBrush) -> float:
        """What it says in a usual stroke, which is not long."""
        place = _USUAL[self.sensor]
        if self.sensor == "fade":
            length, repeats = fading(source)
            place = 0.5 if repeats else 1 - min(0.5, _SHORT / length)
        return line_at(self.points, place)

    def dynamic(self, source: MyPaintBrush, parameter: DrivenParameter) -> Dynamic:
        """As ours: the same products."""
        low, high = min(y for _, y in self.points), self.most
        extent = high - low
        curve = tuple((x, (y - low) / extent if extent else 1.0) for x, y in _needed(self.points, extent))
        length, repeats = fading(source)
        return Dynamic(
            parameter=parameter, sensor=self.sensor, curve=curve, low=max(low, -_FARTHEST), high=min(high, _FARTHEST),
            length=length, repeats=repeats and self.sensor == "fade",
        )  # fmt: skip


def settled(source: MyPaintBrush, setting: str, otherwise: float = 0.0) -> float:
    """The base value with what stays the same during a stroke: in MyPaint it may hang on the brush's base radius."""
    value = source.value(setting, otherwise)
    points = source.inputs(setting).get("brush_radius")
    return value + beyond(points, source.value("radius_logarithmic", 2.0)) if points else value


def drivers(source: MyPaintBrush, setting: str, shape: Shape = lambda y: y) -> list[Driver]:
    """The inputs of a setting that we have a sensor for and that say something."""
    found = []
    for name, points in source.inputs(setting).items():
        sensor = SENSORS.get(name)
        if sensor is not None and says_something(points):
            found.append(driver(source, name, points).shaped(shape))
    return found


def driver(source: MyPaintBrush, name: str, points: Points) -> Driver:
    """The curve of MyPaint's input ``name``, which is in SENSORS, over our sensor."""
    return Driver(SENSORS[name][0], _placed(source, name, points))


def summed(source: MyPaintBrush, setting: str, otherwise: float, most: float) -> tuple[float, list[Driver]]:
    """(the setting's usual value 0–``most``, drivers by which it is multiplied; 1 where they usually are).

    A setting that is usually next to nothing: its largest value, and drivers that take from it.
    """
    value = settled(source, setting, otherwise)
    inputs = drivers(source, setting)
    if not inputs:
        return _cut(value, most), []
    usual, largest = value + sum(one.usual(source) for one in inputs), value + sum(one.most for one in inputs)
    rest = {id(one): usual - one.usual(source) for one in inputs}
    if _cut(usual, most) < 0.2 * _cut(largest, most):
        rest, usual = {id(one): largest - one.most for one in inputs}, largest
    whole = _cut(usual, most)
    if whole <= SMALLEST:
        return 0.0, []
    return whole, [one.shaped(lambda y, one=one: _cut(rest[id(one)] + y, most) / whole) for one in inputs]


def bent(parts: list[Driver], usual: float, shape: Shape) -> list[Driver]:
    """Drivers of a value as those of what ``shape`` makes of it."""
    whole = max(shape(usual), SMALLEST)
    return [one.shaped(lambda y: shape(usual * y) / whole) for one in merged(parts)]


def merged(parts: list[Driver]) -> list[Driver]:
    """One driver for each sensor: the product of its parts."""
    found: dict[Sensor, Driver] = {}
    for part in parts:
        known = found.get(part.sensor)
        if known is None:
            found[part.sensor] = part
            continue
        places = sorted({x for x, _ in (*known.points, *part.points)})
        product = ((x, line_at(known.points, x) * line_at(part.points, x)) for x in places)
        found[part.sensor] = Driver(part.sensor, tuple(product))
    return list(found.values())


def fading(source: MyPaintBrush) -> tuple[float, bool]:
    """(pixels after which MyPaint's stroke input is back where it began or at its end, whether it begins again)."""
    radius = math.exp(min(max(source.value("radius_logarithmic", 2.0), -2.0), 7.0))
    exponent = min(max(source.value("stroke_duration_logarithmic", 4.0), -1.0), 7.0)
    repeats = _holding(source) < _ENDLESS
    length = math.exp(exponent) * radius * (1 + _held(source) if repeats else 1)
    return min(max(length, 1.0), 20_000.0), repeats


def _held(source: MyPaintBrush) -> float:
    """For how many durations the stroke input rests at its end."""
    held = _holding(source)
    return max(held, 0.0) if held < _ENDLESS else 0.0


def _holding(source: MyPaintBrush) -> float:
    inputs = source.inputs("stroke_holdtime")
    usual = sum(
        line_at(points, _USUAL["random"]) for name, points in inputs.items() if name == "random" and points
    )
    return source.value("stroke_holdtime") + usual


def line_at(points: Points, place: float) -> float:
    """The straight lines through ``points``, level beyond the first and the last."""
    if place <= points[0][0]:
        return points[0][1]
    for (x, y), (further, there) in pairwise(points):
        if place <= further:
            return there if further <= x else y + (there - y) * (place - x) / (further - x)
    return points[-1][1]


def beyond(points: Points, place: float) -> float:
    """As MyPaint has it: beyond the ends the lines go on."""
    pairs = list(pairwise(points))
    if not pairs:
        return points[0][1] if points else 0.0
    (x, y), (further, there) = next((pair for pair in pairs if place <= pair[1][0]), pairs[-1])
    if further == x or y == there:
        return y
    return y + (there - y) * (place - x) / (further - x)


def _needed(points: Points, extent: float) -> Points:
    """The points without those that lie nearly on the line between their neighbours."""
    kept = [points[0]]
    for index in range(1, len(points) - 1):
        (x, y), (before, low), (after, high) = points[index], kept[-1], points[index + 1]
        on_line = low + (high - low) * (x - before) / (after - before) if after > before else low
        if abs(y - on_line) > 0.02 * extent:
            kept.append(points[index])
    return (*kept, points[-1])


def says_something(points: Points) -> bool:
    return len(points) > 1 and any(abs(y) > SMALLEST for _, y in points)


def _placed(source: MyPaintBrush, name: str, points: Points) -> Points:
    """The points over our sensor's 0 … 1, its ends as MyPaint's lines go on there."""
    _, place, back = SENSORS[name]
    places = {at for x, _ in points for at in place(source, x) if 0.0 <= at <= 1.0}
    ends = {0.0, _FASTEST} if name.startswith("speed") else {0.0, 1.0}
    # a step of MyPaint's: two points at one place
    known = {at: y for x, y in points for at in place(source, x)}
    return tuple(sorted((at, known.get(at, beyond(points, back(source, at)))) for at in places | ends))


def _cut(value: float, most: float) -> float:
    return min(max(value, 0.0), most)


# ── places on our sensors, and back ──────────────────────────────────────────────────────────────────────────────────


def _gain(source: MyPaintBrush) -> float:
    return math.exp(min(max(source.value("pressure_gain_log"), -2.0), 2.0))


def _speed(gamma: str) -> tuple[_Place, Callable[[MyPaintBrush, float], float]]:
    def line(source: MyPaintBrush) -> tuple[float, float, float]:
        offset = math.exp(min(max(source.value(gamma, 4.0), -8.0), 8.0))
        factor = _SPEED_SLOPE * (_SPEED_AT + offset)
        return offset, factor, _SPEED_THERE - factor * math.log(_SPEED_AT + offset)

    def place(source: MyPaintBrush, x: float) -> list[float]:
        offset, factor, constant = line(source)
        speed = max(math.exp(min((x - constant) / factor, 12.0)) - offset, 0.0)
        return [speed / (speed + HALF_SPEED)]

    def back(source: MyPaintBrush, at: float) -> float:
        offset, factor, constant = line(source)
        return factor * math.log(HALF_SPEED * at / (1 - min(at, 0.999)) + offset) + constant

    return place, back


def _once_around(source: MyPaintBrush, x: float) -> list[float]:
    """MyPaint's angles go the other way round."""
    at = -x / 360 % 1.0
    return [at, 1.0] if at == 0.0 else [at]


def _half_around(source: MyPaintBrush, x: float) -> list[float]:
    """A direction there is that of a line, 0–180°."""
    at = -x / 360 % 0.5
    return [at, at + 0.5, *([1.0] if at == 0.0 else [])]


SENSORS: dict[str, tuple[Sensor, _Place, Callable[[MyPaintBrush, float], float]]] = {
    "pressure": ("pressure", lambda source, x: [x / _gain(source)], lambda source, at: at * _gain(source)),
    "speed1": ("speed", *_speed("speed1_gamma")),
    "speed2": ("speed", *_speed("speed2_gamma")),
    "random": ("random", lambda source, x: [x], lambda source, at: at),
    "stroke": (
        "fade",
        lambda source, x: [1 - x / (1 + _held(source))],
        lambda source, at: min((1 - at) * (1 + _held(source)), 1.0),
    ),
    "direction": ("direction", _half_around, lambda source, at: -at * 360 % 180),
    "direction_angle": ("direction", _once_around, lambda source, at: -at * 360 % 360),
    "tilt_declination": (
        "tilt", lambda source, x: [(90 - x) / 60], lambda source, at: 90 - 60 * at,
    ),
    "tilt_ascension": (
        "tilt-direction", lambda source, x: [((x + 90) % 360) / 360], lambda source, at: at * 360 - 90,
    ),
    "barrel_rotation": ("rotation", lambda source, x: [x / 360], lambda source, at: at * 360),
}  # fmt: skip
