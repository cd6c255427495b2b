"""MyPaint's brushes as ours, and what of them has no counterpart here.

A dab there is a cone in the square of the distance, of volume ``hardness``; its own opacity is made so that dabs on dabs
come to what the brush says. Its radius is a logarithm, where adding is multiplying.
"""

from __future__ import annotations

import math
from functools import partial
from statistics import NormalDist
from typing import Any, Literal

from studio.project.brushes.mypaint import MyPaintBrush, Points
from studio.project.brushes.mypaint_custom import loses_custom, without_custom
from studio.project.brushes.mypaint_inputs import (
    SMALLEST,
    Driver,
    bent,
    drivers,
    line_at,
    merged,
    settled,
    summed,
)
from studio.raster.brush import Brush
from studio.raster.dynamics import DrivenParameter, Dynamic
from studio.recipe import QT_TRANSLATE_NOOP

_LEAST_WET = 0.15
"""MyPaint's dabs mix what lies under them even where they carry nothing."""
_SOFTEST = 0.3
"""Volume of our softest tip, as a share of its cylinder."""
_CHANCES = (0.05, 0.2, 0.5, 0.8, 0.95)
_LARGEST = NormalDist().inv_cdf(_CHANCES[-1])
_NOISE = QT_TRANSLATE_NOOP("brush-gaps", "tremble of the hand")
_OFFSETS = QT_TRANSLATE_NOOP("brush-gaps", "offsets")
_CUSTOM = QT_TRANSLATE_NOOP("brush-gaps", "custom inputs")
_ATTACK = QT_TRANSLATE_NOOP("brush-gaps", "attack angle")
_ZOOM = QT_TRANSLATE_NOOP("brush-gaps", "zoom as an input")
_GRID = QT_TRANSLATE_NOOP("brush-gaps", "grid map")
_POSTERISED = QT_TRANSLATE_NOOP("brush-gaps", "posterise")
_LOCKED = QT_TRANSLATE_NOOP("brush-gaps", "lock alpha")
_BUCKETS = QT_TRANSLATE_NOOP("brush-gaps", "smudge buckets")
_GAPS: dict[str, str] = {
    "tracking_noise": _NOISE, "offset_by_speed": _OFFSETS,
    "offset_angle": _OFFSETS, "offset_angle_asc": _OFFSETS, "offset_angle_2": _OFFSETS, "offset_angle_2_asc": _OFFSETS,
    "offset_angle_2_view": _OFFSETS, "offset_angle_view": _OFFSETS, "posterize": _POSTERISED, "lock_alpha": _LOCKED,
    "smudge_bucket": _BUCKETS,
}  # fmt: skip
_INPUT_GAPS = {
    "attack_angle": _ATTACK,
    "viewzoom": _ZOOM,
    "gridmap_x": _GRID,
    "gridmap_y": _GRID,
}


def left_out(source: MyPaintBrush) -> tuple[str, ...]:
    """What the brush has that ours cannot have: words to translate in context ``brush-gaps``."""
    found: dict[str, None] = {}
    for setting, gap in _GAPS.items():
        inputs = source.inputs(setting).values()
        if abs(source.value(setting)) > 0.05 or any(abs(y) > 0.05 for points in inputs for _, y in points):
            found[gap] = None
    for setting, known in source.settings.items():
        if setting in _GAPS or setting == "custom_input":
            continue
        for name, points in known.inputs.items():
            gap = _INPUT_GAPS.get(name)
            if gap is not None and any(abs(y) > 0.01 for _, y in points):
                found[gap] = None
    if loses_custom(source):
        found[_CUSTOM] = None
    return tuple(found)


def brush_of_myb(source: MyPaintBrush) -> Brush:
    """The nearest brush of ours; what is left out, :func:`left_out` says."""
    source = without_custom(source)
    dynamics: list[Dynamic] = []
    base = math.exp(min(max(source.value("radius_logarithmic", 2.0), -2.0), 7.0))
    radius = _radius(source, dynamics)
    roundness = _roundness(source, dynamics)
    volume, softer = summed(source, "hardness", 0.8, 1.0)
    hardness = _hardness(volume)
    _add(source, "hardness", bent(softer, volume, _hardness), dynamics)
    smudge, mixing = summed(source, "smudge", 0.0, 1.0)
    own = partial(_smudge, source)
    _add(source, "smudge", bent(mixing, smudge, own), dynamics)
    scatter = _scatter(source, base / radius, dynamics)
    flow = _flow(source, min(volume / _SOFTEST, 1.0), dynamics)
    _strewn_size(source, bool(scatter), dynamics)
    _coloured(source, dynamics)
    _turned(source, dynamics)
    largest = math.exp(_LARGEST * _radius_noise(source))
    size = min(max(2 * radius * largest, 1.0), 2000.0)
    offsets = {name: _offset(source, name, base / size, dynamics) for name in ("offset_x", "offset_y")}
    return Brush(
        mode="erase" if source.value("eraser") > 0.5 else "paint",
        blend="color" if source.value("colorize") > 0.5 else "normal",
        size=size,
        **offsets,
        hardness=hardness,
        aliased=source.value("anti_aliasing", 1.0) == 0.0 and hardness >= 0.99,
        roundness=roundness,
        scatter=scatter,
        angle=_angle(source.value("elliptical_dab_angle", 90.0)),
        flow=min(max(flow, 0.005), 1.0),
        **_laid(source, roundness, radius / base, largest),
        smudge=own(smudge),
        wetness=_wetness(source),
        smoothing=min(max(source.value("slow_tracking") * 12, 0.0), 100.0),
        dynamics=tuple(dynamics),
    )


def _add(
    source: MyPaintBrush, parameter: DrivenParameter, parts: list[Driver], dynamics: list[Dynamic]
) -> None:
    dynamics += [one.dynamic(source, parameter) for one in merged(parts) if one.extent > SMALLEST]


def _radius(source: MyPaintBrush, dynamics: list[Dynamic]) -> float:
    """The largest radius in px, as the cursor shows it; each input becomes a factor that takes from it."""
    radius = math.exp(min(max(settled(source, "radius_logarithmic", 2.0), -2.0), 7.0))
    for one in merged(drivers(source, "radius_logarithmic", lambda y: math.exp(min(max(y, -6.0), 3.0)))):
        radius *= one.most
        _add(source, "size", [one.shaped(lambda y, one=one: y / one.most)], dynamics)
    return min(radius, 1000.0)


def _radius_noise(source: MyPaintBrush) -> float:
    """Standard deviation of the radius' logarithm."""
    return min(max(source.value("radius_by_random"), 0.0), 1.5)


def _strewn_size(source: MyPaintBrush, scattered: bool, dynamics: list[Dynamic]) -> None:
    """Radii strewn by a bell curve; larger dabs are fainter by their area, and stray by the brush's radius, not their own.

    All that is random about one dab follows from one number.
    """
    noise = _radius_noise(source)
    if noise < 0.02:
        return
    bell = [(chance, NormalDist().inv_cdf(chance)) for chance in _CHANCES]
    curves: dict[DrivenParameter, Points] = {
        "size": tuple((x, math.exp(noise * (z - _LARGEST))) for x, z in bell)
    }
    curves["flow"] = tuple((x, math.exp(-2 * noise * max(z, 0.0))) for x, z in bell)
    if scattered:
        curves["scatter"] = tuple((x, min(math.exp(noise * (_LARGEST - z)), 10.0)) for x, z in bell)
    dynamics += [Driver("random", points).dynamic(source, name) for name, points in curves.items()]


def _scatter(source: MyPaintBrush, share: float, dynamics: list[Dynamic]) -> float:
    """How far dabs stray, of their size; MyPaint means the base radius, which is ``share`` of ours."""
    far, parts = summed(source, "offset_by_random", 0.0, 10.0)
    _add(source, "scatter", parts, dynamics)
    return min(far * share / math.exp(_LARGEST * _radius_noise(source)), 10.0)


def _offset(
    source: MyPaintBrush, name: Literal["offset_x", "offset_y"], share: float, dynamics: list[Dynamic]
) -> float:
    """How far beside the pointer, of our size; MyPaint means the base radius, which is ``share`` of it, times a multiplier."""
    share *= math.exp(min(max(settled(source, "offset_multiplier"), -2.0), 3.0))
    for one in drivers(source, name):
        _add(source, name, [one.shaped(lambda y: y * share)], dynamics)
    return min(max(settled(source, name) * share, -10.0), 10.0)


def _flow(source: MyPaintBrush, share: float, dynamics: list[Dynamic]) -> float:
    """What one dab usually adds. Its opacity there is given for dabs on dabs (``opaque_linearize``), and is taken apart again.

    ``share``: what of it a tip as soft as ours can be is to have.
    """
    opaque, parts = summed(source, "opaque", 1.0, 2.0)
    if "opaque_multiply" in source.settings:
        times, more = summed(source, "opaque_multiply", 0.0, 2.0)
        opaque, parts = opaque * times, parts + more
    else:  # where a file does not speak of it, MyPaint's own brush goes on
        parts = [*parts, Driver("pressure", ((0.0, 0.0), (1.0, 1.0)))]
    overlapping = max(2 * _per_radius(source), 1.0)
    overlapping = 1 + max(settled(source, "opaque_linearize", 0.9), 0.0) * (overlapping - 1)

    def one_dab(opacity: float) -> float:
        return 1 - (1 - min(opacity, 1.0)) ** (1 / overlapping)

    _add(source, "flow", bent(parts, opaque, one_dab), dynamics)
    return one_dab(opaque) * share


def _per_radius(source: MyPaintBrush, actual: float = 1.0) -> float:
    """Dabs on the way of one radius, which is ``actual`` base radii."""
    basic = max(settled(source, "dabs_per_basic_radius"), 0.0)
    return max(settled(source, "dabs_per_actual_radius", 2.0), 0.0) + basic * actual


def _laid(source: MyPaintBrush, roundness: float, actual: float, largest: float) -> dict[str, Any]:
    """How densely the dabs lie; MyPaint measures across a flat dab by its narrow side.

    ``largest``: by how much the size that the brush has is larger than its usual one.
    """
    per_radius = _per_radius(source, actual)
    return {
        "spacing": min(max(roundness / (2 * per_radius * largest), 0.01), 10.0) if per_radius > 0 else 10.0,
        "airbrush": min(max(source.value("dabs_per_second"), 0.0), 200.0),
    }


def _hardness(volume: float) -> float:
    """The hardness of a tip of ours with this volume (a tip that is full up to h of its radius, then a smooth step)."""
    return line_at(_HARDNESS_OF_VOLUME, volume)


def _volume(hardness: float) -> float:
    steps = 64
    soft = 1 - hardness
    rim = 0.0
    for step in range(steps):
        part = (step + 0.5) / steps
        rim += 2 * (hardness + soft * part) * (1 - part * part * (3 - 2 * part)) * soft / steps
    return hardness * hardness + rim


_HARDNESS_OF_VOLUME: Points = tuple((_volume(step / 20), step / 20) for step in range(21))


def _roundness(source: MyPaintBrush, dynamics: list[Dynamic]) -> float:
    """Height by width at its roundest; the input that changes the ratio most becomes a dynamic."""
    ratio = settled(source, "elliptical_dab_ratio", 1.0)
    known = drivers(source, "elliptical_dab_ratio")
    if not known:
        return 1 / min(max(ratio, 1.0), 50.0)
    widest = max(known, key=lambda one: one.extent).shaped(lambda y: 1 / min(max(ratio + y, 1.0), 50.0))
    _add(source, "roundness", [widest.shaped(lambda y: y / widest.most)], dynamics)
    return widest.most


def _smudge(source: MyPaintBrush, smudge: float) -> float:
    """How much our dabs must pick up so that along a stroke as much of the brush's own colour is left.

    Dabs pick up what those before have laid, too: a share a = (1 − s) / (1 − s·k) of the colour is the brush's own. Measured
    in libmypaint 1.5, k is up to 0.43, where dabs overlap enough; in our engine, where half is picked up from what was there
    before the stroke, 0.58 of that.
    """
    theirs = 0.43 * (1 - math.exp(-_per_radius(source) / 1.8))
    own = (1 - smudge) / max(1 - smudge * theirs, SMALLEST)
    return min(max((1 - own) / (1 - own * 0.58 * theirs), 0.0), 1.0)


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


def _coloured(source: MyPaintBrush, dynamics: list[Dynamic]) -> None:
    """Colour that strays from the brush's: hue in turns; lightness counts as value."""
    pairs: tuple[tuple[str, DrivenParameter], ...] = (
        ("change_color_h", "hue"), ("change_color_hsv_s", "saturation"), ("change_color_hsl_s", "saturation"),
        ("change_color_v", "value"), ("change_color_l", "value"),
    )  # fmt: skip
    for setting, parameter in pairs:
        away = min(max(settled(source, setting), -1.0), 1.0)
        if abs(away) > SMALLEST:
            dynamics.append(Dynamic(parameter=parameter, sensor="pressure", low=away, high=away))
        for one in drivers(source, setting, lambda y: min(max(y, -1.0), 1.0)):
            low, high = min(y for _, y in one.points), one.most
            if high - low > SMALLEST:
                curve = tuple((x, (y - low) / (high - low)) for x, y in one.points)
                dynamics.append(
                    Dynamic(parameter=parameter, sensor=one.sensor, curve=curve, low=low, high=high)
                )


def _turned(source: MyPaintBrush, dynamics: list[Dynamic]) -> None:
    """A flat tip that follows the stroke or the pen."""
    if source.value("elliptical_dab_ratio", 1.0) <= 1.0:
        return
    for name, points in source.inputs("elliptical_dab_angle").items():
        extent = max((y for _, y in points), default=0.0) - min((y for _, y in points), default=0.0)
        if name in ("direction", "direction_angle") and extent >= 90:
            rising = points[-1][1] >= points[0][1]
            dynamics.append(Dynamic(parameter="angle", sensor="direction", high=1.0 if rising else -1.0))
        elif name == "tilt_ascension" and extent >= 90:
            dynamics.append(Dynamic(parameter="angle", sensor="tilt-direction"))
        elif name == "random":
            turns = min(extent / 360, 1.0)
            dynamics.append(Dynamic(parameter="angle", sensor="random", low=-turns / 2, high=turns / 2))
