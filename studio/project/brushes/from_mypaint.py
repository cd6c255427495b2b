"""MyPaint's brushes as ours.

MyPaint adds what its inputs say to a base value; ours multiplies. A setting with one input comes out exactly; of several
inputs the widest does, the others as factors around its middle. Its radius is a logarithm, where adding is multiplying.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from studio.project.brushes.mypaint import MyPaintBrush, Points
from studio.raster.brush import Brush
from studio.raster.dynamics import DrivenParameter, Dynamic, Sensor

# MyPaint's speed input is a·ln(v + gamma) + b, with 0.5 and the slope 0.015 at 45 px/s.
_SPEED_AT, _SPEED_THERE, _SPEED_SLOPE = 45.0, 0.5, 0.015
_HALF_SPEED = 1000.0
"""Pixels per second at which our speed sensor says 0.5."""
_SMALLEST = 1e-3
_LEAST_WET = 0.15
"""MyPaint's dabs mix what lies under them even where they carry nothing."""


def brush_of_myb(source: MyPaintBrush) -> Brush:
    """What has no counterpart (tracking noise, colour that walks along the stroke, custom inputs) is left out."""
    dynamics: list[Dynamic] = []
    size = 2 * _radius(source, dynamics)
    strength = "opacity" if source.value("opaque_linearize", 0.9) >= 0.3 else "flow"
    opaque = _multiplied(source, "opaque", 1.0, strength, dynamics, 1.0)
    if "opaque_multiply" in source.settings:
        opaque *= _multiplied(source, "opaque_multiply", 0.0, strength, dynamics, 1.0)
    hardness = _multiplied(source, "hardness", 0.8, "hardness", dynamics, 1.0)
    smudge = _multiplied(source, "smudge", 0.0, "smudge", dynamics, 1.0)
    scatter = _multiplied(source, "offset_by_random", 0.0, "scatter", dynamics, 10.0)
    roundness = _roundness(source, dynamics)
    _coloured(source, dynamics)
    _turned(source, dynamics)
    smudges = smudge >= 0.95 and not any(one.parameter == "smudge" for one in dynamics)
    return Brush(
        mode="erase" if source.value("eraser") > 0.5 else "smudge" if smudges else "paint",
        blend="color" if source.value("colorize") > 0.5 else "normal",
        size=min(max(size, 1.0), 2000.0),
        hardness=min(max(hardness, 0.0), 1.0),
        aliased=source.value("anti_aliasing", 1.0) == 0.0 and hardness >= 0.99,
        roundness=roundness,
        scatter=scatter,
        angle=_angle(source.value("elliptical_dab_angle", 90.0)),
        opacity=opaque if strength == "opacity" else 1.0,
        flow=max(opaque, 0.005) if strength == "flow" else 1.0,
        **_laid(source, roundness),
        smudge=smudge,
        wetness=_wetness(source),
        smoothing=min(max(source.value("slow_tracking") * 12, 0.0), 100.0),
        dynamics=tuple(dynamics),
    )


def _per_radius(source: MyPaintBrush) -> float:
    return source.value("dabs_per_actual_radius", 2.0) + source.value("dabs_per_basic_radius")


def _laid(source: MyPaintBrush, roundness: float) -> dict[str, Any]:
    """How densely the dabs lie; MyPaint measures across a flat dab by its narrow side."""
    per_radius = _per_radius(source)
    return {
        "spacing": min(max(roundness / (2 * per_radius), 0.01), 10.0) if per_radius > 0 else 10.0,
        "airbrush": min(max(source.value("dabs_per_second"), 0.0), 200.0),
        "jitter_size": 1 - math.exp(-min(max(source.value("radius_by_random"), 0.0), 5.0)),
    }


def _roundness(source: MyPaintBrush, dynamics: list[Dynamic]) -> float:
    """Height by width at its roundest; the input that changes the ratio most becomes a dynamic."""
    ratio = source.value("elliptical_dab_ratio", 1.0)
    known = [item for item in source.inputs("elliptical_dab_ratio").items() if item[0] in _SENSORS]
    if not known:
        return 1 / min(max(ratio, 1.0), 50.0)
    name, points = max(known, key=lambda item: _range(item[1]))
    rounds = tuple((x, 1 / min(max(ratio + y, 1.0), 50.0)) for x, y in points)
    return _driven(source, "roundness", name, rounds, dynamics) or 1.0


def _wetness(source: MyPaintBrush) -> float:
    """MyPaint keeps ``smudge_length`` of what it carries at each dab, our engine a fraction over a length of path.

    The length after which 1/e is left: step / −ln(kept); in diameters, as :func:`studio.raster.wet.carry_length` has it.
    """
    kept = min(max(source.value("smudge_length", 0.5), 0.0), 1.0)
    if kept >= 0.999:
        return 1.0
    diameters = 1 / (2 * max(_per_radius(source), 0.1) * -math.log(max(kept, 1e-3)))
    return min(max(math.sqrt(max(diameters - 0.05, 0.0) / 3.95), _LEAST_WET), 1.0)


def _angle(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _radius(source: MyPaintBrush, dynamics: list[Dynamic]) -> float:
    """The radius in px; each input becomes a factor."""
    radius = math.exp(min(max(source.value("radius_logarithmic", 2.0), -2.0), 7.0))
    for name, points in source.inputs("radius_logarithmic").items():
        factors = tuple((x, math.exp(min(max(y, -6.0), 3.0))) for x, y in points)
        radius *= _driven(source, "size", name, factors, dynamics)
    return radius


def _multiplied(
    source: MyPaintBrush,
    setting: str,
    otherwise: float,
    parameter: DrivenParameter,
    dynamics: list[Dynamic],
    most: float,
) -> float:
    """The setting's largest value 0–``most``; its inputs become dynamics that take from it."""
    value = source.value(setting, otherwise)
    known = [item for item in source.inputs(setting).items() if item[0] in _SENSORS]
    inputs = sorted(known, key=lambda item: -_range(item[1]))
    middle = value
    for index, (name, points) in enumerate(inputs):
        if _range(points) < _SMALLEST:
            continue
        if index == 0:
            sums = tuple((x, min(max(value + y, 0.0), most)) for x, y in points)
            middle = (min(y for _, y in sums) + max(y for _, y in sums)) / 2
            value = _driven(source, parameter, name, sums, dynamics)
        elif middle > _SMALLEST:
            factors = tuple((x, min(max((middle + y) / middle, 0.0), 2.0)) for x, y in points)
            value *= _driven(source, parameter, name, factors, dynamics)
    return min(max(value, 0.0), most)


def _range(points: Points) -> float:
    values = [y for _, y in points] or [0.0]
    return max(values) - min(values)


def _driven(
    source: MyPaintBrush, parameter: DrivenParameter, name: str, points: Points, dynamics: list[Dynamic]
) -> float:
    """Adds the dynamic of one input, 0 … 1 times its largest value, which is returned; 1 for an input we do not have."""
    sensor = _SENSORS.get(name)
    if sensor is None or not points:
        return 1.0
    values = [y for _, y in points]
    most, least = max(values), min(values)
    if most <= _SMALLEST:
        return 0.0
    extent = most - least
    curve = _within(
        sorted((sensor[1](source, x), (y - least) / extent if extent else 1.0) for x, y in points)
    )
    low = least / most
    dynamics.append(
        Dynamic(
            parameter=parameter,
            sensor=sensor[0],
            curve=curve,
            low=low,
            high=1.0,
            length=_fade_length(source),
        )
    )
    return most


def _within(points: list[tuple[float, float]]) -> Points:
    """The part of a line of points that lies over 0 … 1, with its ends cut where the line crosses them."""
    kept = {x: y for x, y in points if 0.0 <= x <= 1.0}
    for (x, y), (further, there) in pairwise(points):
        for edge in (0.0, 1.0):
            if x < edge < further:
                kept[edge] = y + (there - y) * (edge - x) / (further - x)
    return tuple(sorted(kept.items())) or ((0.0, points[0][1]),)


def _fade_length(source: MyPaintBrush) -> float:
    radius = math.exp(min(max(source.value("radius_logarithmic", 2.0), -2.0), 7.0))
    exponent = min(max(source.value("stroke_duration_logarithmic", 4.0), -1.0), 7.0)
    return min(max(math.exp(exponent) * radius, 1.0), 20_000.0)


def _coloured(source: MyPaintBrush, dynamics: list[Dynamic]) -> None:
    """Colour that strays at random; colour that walks along the stroke has no counterpart."""
    pairs: tuple[tuple[str, DrivenParameter], ...] = (
        ("change_color_h", "hue"), ("change_color_hsv_s", "saturation"), ("change_color_hsl_s", "saturation"),
        ("change_color_v", "value"), ("change_color_l", "value"),
    )  # fmt: skip
    for setting, parameter in pairs:
        points = source.inputs(setting).get("random", ())
        if points and _range(points) > _SMALLEST:
            values = [min(max(y, -1.0), 1.0) for _, y in points]
            dynamics.append(Dynamic(parameter=parameter, sensor="random", low=min(values), high=max(values)))


def _turned(source: MyPaintBrush, dynamics: list[Dynamic]) -> None:
    """A flat tip that follows the stroke or the pen."""
    if source.value("elliptical_dab_ratio", 1.0) <= 1.0:
        return
    for name, points in source.inputs("elliptical_dab_angle").items():
        if name == "direction" and _range(points) >= 90:
            rising = points[-1][1] >= points[0][1]
            dynamics.append(Dynamic(parameter="angle", sensor="direction", high=1.0 if rising else -1.0))
        elif name == "tilt_ascension" and _range(points) >= 90:
            dynamics.append(Dynamic(parameter="angle", sensor="tilt-direction"))
        elif name == "random":
            turns = min(_range(points) / 360, 1.0)
            dynamics.append(Dynamic(parameter="angle", sensor="random", low=-turns / 2, high=turns / 2))


def _plain(source: MyPaintBrush, x: float) -> float:
    return x


def _speed(gamma: str) -> Callable[[MyPaintBrush, float], float]:
    def place(source: MyPaintBrush, x: float) -> float:
        offset = math.exp(min(max(source.value(gamma, 4.0), -8.0), 8.0))
        factor = _SPEED_SLOPE * (_SPEED_AT + offset)
        constant = _SPEED_THERE - factor * math.log(_SPEED_AT + offset)
        speed = max(math.exp(min((x - constant) / factor, 12.0)) - offset, 0.0)
        return speed / (speed + _HALF_SPEED)

    return place


_SENSORS: dict[str, tuple[Sensor, Callable[[MyPaintBrush, float], float]]] = {
    "pressure": ("pressure", _plain),
    "speed1": ("speed", _speed("speed1_gamma")),
    "speed2": ("speed", _speed("speed2_gamma")),
    "random": ("random", _plain),
    "stroke": ("fade", lambda source, x: 1 - x),
    "direction": ("direction", lambda source, x: x / 360),
    "tilt_declination": ("tilt", lambda source, x: (90 - x) / 60),
    "tilt_ascension": ("tilt-direction", lambda source, x: ((x + 90) % 360) / 360),
    "barrel_rotation": ("rotation", lambda source, x: x / 360),
}
