"""MyPaint's custom input, put in place: what a setting makes of it is written as curves of the inputs it is made of.

The custom input is a sum of curves of other inputs; a setting adds its own curve of that sum. Where that curve is straight,
or the sum has one part, the setting gets curves of those inputs that give the same numbers. Else the part that changes most
is followed, and the others are taken as they usually are.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from studio.project.brushes.mypaint import MyPaintBrush, Points, Setting
from studio.project.brushes.mypaint_inputs import SENSORS, beyond, driver, says_something

CUSTOM = "custom"
_SETTING = "custom_input"


def without_custom(source: MyPaintBrush) -> MyPaintBrush:
    """The same brush without its custom input."""
    settings = {
        name: _replaced(source, setting) if setting.inputs.get(CUSTOM) and name != _SETTING else setting
        for name, setting in source.settings.items()
    }
    return msgspec.structs.replace(source, settings=settings)


def loses_custom(source: MyPaintBrush) -> bool:
    """Whether what comes out differs from what MyPaint would do: an input we lack, several in a bent curve, or a delay."""
    curves = [
        setting.inputs[CUSTOM]
        for name, setting in source.settings.items()
        if name != _SETTING and says_something(setting.inputs.get(CUSTOM, ()))
    ]
    if not curves:
        return False
    made_of = {name for name, points in source.inputs(_SETTING).items() if says_something(points)}
    known = made_of & SENSORS.keys()
    bent = len(known) > 1 and any(not _straight(points) for points in curves)
    delayed = bool(made_of) and source.value("custom_input_slowness") > 0
    return bent or delayed or bool(made_of - known - {"brush_radius"})


def _replaced(source: MyPaintBrush, setting: Setting) -> Setting:
    points = tuple(sorted(setting.inputs[CUSTOM]))
    inputs = {name: curve for name, curve in setting.inputs.items() if name != CUSTOM}
    parts, rest = _sum(source)
    if len(parts) > 1 and not _straight(points):
        main = max(parts, key=lambda name: _extent(parts[name]))
        rest += sum(
            driver(source, name, curve).usual(source) for name, curve in parts.items() if name != main
        )
        parts = {main: parts[main]}
    there = beyond(points, rest)
    for name, curve in parts.items():
        own = tuple((x, beyond(points, rest + y) - there) for x, y in _with_bends(curve, points, rest))
        inputs[name] = _added(inputs[name], own) if inputs.get(name) else own
    return Setting(setting.value + there, inputs)


def _sum(source: MyPaintBrush) -> tuple[dict[str, Points], float]:
    """(curves of inputs that we have a sensor for, what else the custom input always is)."""
    rest = source.value(_SETTING)
    parts: dict[str, Points] = {}
    for name, points in source.inputs(_SETTING).items():
        curve = tuple(sorted(points))
        if name == "brush_radius" and curve:
            rest += beyond(curve, source.value("radius_logarithmic", 2.0))
        elif name in SENSORS and says_something(curve):
            parts[name] = curve
    return parts, rest


def _with_bends(curve: Points, points: Points, rest: float) -> Points:
    """``curve`` with a point wherever ``rest`` + the curve passes a bend of ``points``."""
    found = set(curve)
    for (x, y), (further, there) in pairwise(curve):
        for bend, _ in points:
            if min(y, there) < bend - rest < max(y, there):
                share = (bend - rest - y) / (there - y)
                found.add((x + (further - x) * share, bend - rest))
    return tuple(sorted(found))


def _added(one: Points, other: Points) -> Points:
    ordered = tuple(sorted(one))
    places = sorted({x for x, _ in (*ordered, *other)})
    return tuple((x, beyond(ordered, x) + beyond(other, x)) for x in places)


def _extent(points: Points) -> float:
    return max(y for _, y in points) - min(y for _, y in points)


def _straight(points: Points) -> bool:
    """Whether the points lie on one line, which goes on beyond them."""
    (x, y), (end, there) = min(points), max(points)
    slope = (there - y) / (end - x) if end > x else 0.0
    return all(abs(y + slope * (at - x) - value) < 1e-6 for at, value in points)
