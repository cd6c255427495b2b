"""Every parameter of a brush changes its stroke or says why not: parameter × kind of brush, and parameter × sensor."""

from __future__ import annotations

import math
from functools import cache
from typing import get_args

import msgspec
import numpy as np
import pytest

from studio.raster.applying import applies, reason_against, reason_against_driving
from studio.raster.brush import BLUR, CLONE, SMUDGE, Brush
from studio.raster.dynamics import ADDED, DrivenParameter, Dynamic, Sensor
from studio.raster.geometry import Rect
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.texture import Ground
from studio.raster.tip import Tip
from tests.long_form import thinned

replaced = msgspec.structs.replace
AREA = Rect(0, 0, 224, 128)
PLAIN = Brush(size=18.0, hardness=0.4, flow=0.5, smoothing=0.0, stabiliser="none")
LEAST = 1e-3
NOISE = np.random.default_rng(0).random((32, 32))
TIPS = tuple(Tip.of((part * 255).astype(np.uint8)) for part in (NOISE, NOISE[::-1] ** 3))
COLOURED = Tip.of((np.random.default_rng(1).random((24, 24, 4)) * 255).astype(np.uint8))
BRUSHES = {
    "round": PLAIN,
    "oval": replaced(PLAIN, roundness=0.4),
    "sharp": replaced(PLAIN, hardness=1.0, flow=1.0),
    "hard pixels": replaced(PLAIN, aliased=True, flow=1.0),
    "ink": replaced(PLAIN, tip="ink", grain=0.4, flow=1.0),
    "thin ink": replaced(PLAIN, tip="ink", grain=0.4, flow=0.3, wet_edges=0.4),
    "image": replaced(PLAIN, tip="image", tips=TIPS[:1], spacing=0.2),
    "images": replaced(PLAIN, tip="image", tips=TIPS, spacing=0.2, tip_order="pressure"),
    "coloured image": replaced(PLAIN, tip="image", tips=(COLOURED,), spacing=0.2),
    "wet paint": replaced(PLAIN, smudge=0.5, wet_edges=0.3),
    "wet ink": replaced(PLAIN, tip="ink", grain=0.4, smudge=0.4),
    "wet coloured image": replaced(PLAIN, tip="image", tips=(COLOURED,), spacing=0.2, smudge=0.4),
    "jittering": replaced(
        PLAIN, roundness=0.5, jitter_hue=0.3, jitter_size=0.3, jitter_angle=0.3, jitter_flow=0.3, scatter=0.5
    ),
    "colours": replaced(PLAIN, tip="ink", flow=0.8, jitter_saturation=0.4, jitter_value=0.4, wet_edges=0.5, texture="paper"),
    "airbrush": replaced(PLAIN, airbrush=60.0, flow=0.1, count=4, texture="canvas"),
    "textured": replaced(PLAIN, texture="paper", wet_edges=0.5, jitter_value=0.2),
    "smudge": replaced(SMUDGE, size=18.0, smoothing=0.0, texture="paper"),
    "smudging ink": replaced(SMUDGE, size=18.0, smoothing=0.0, tip="ink", grain=0.5),
    "blur": replaced(BLUR, size=24.0, smoothing=0.0),
    "clone": replaced(CLONE, size=18.0, smoothing=0.0),
    "erase": replaced(PLAIN, mode="erase"),
    "dodge": replaced(PLAIN, mode="dodge", wet_edges=0.3),
    "sponge": replaced(PLAIN, mode="sponge"),
}  # fmt: skip
OTHERS = {
    "mode": "burn", "blend": "multiply", "tip": "round", "tip_order": "speed", "size": 26.0, "hardness": 0.8,
    "roundness": 0.25, "angle": 50.0, "aliased": True, "opacity": 0.4, "flow": 0.2, "spacing": 0.5, "airbrush": 150.0,
    "count": 3, "scatter": 1.0, "jitter_size": 0.8, "jitter_angle": 1.0, "jitter_flow": 0.9, "jitter_hue": 0.9,
    "jitter_saturation": 0.8, "jitter_value": 0.8, "texture": "rough", "texture_strength": 0.9, "texture_scale": 2.0,
    "grain": 0.9, "wet_edges": 1.0, "smudge": 0.8, "wetness": 0.95, "blur": 0.9, "speed_pressure": 1.0,
    "scatter_across": True, "offset_x": 0.4, "offset_y": -0.6, "flip_x": True, "flip_y": True,
}  # fmt: skip
"""Another value of each field; where the brush has that one, half of it."""
ELSEWHERE = {
    "tips": "images", "tip_ranks": "test_brush_ranks", "texture_image": "pictures", "dynamics": "the sensors below", "sample": "what a tool hands over",
    "clone_aligned": "what a tool hands over", "stabiliser": "test_brush_stabiliser", "smoothing": "below",
}  # fmt: skip


def striped() -> Surface:
    pixels = np.ones((AREA.height, AREA.width, 4), np.float32)
    for left in range(0, AREA.width, 24):
        pixels[:, left : left + 12, :3] = (0.3, 0.6, 0.5)
    return Surface.from_pixels(pixels)


BASE = striped()


@cache
def drawn(brush: Brush, pen: bool = True) -> np.ndarray:
    """A bent stroke with changing pressure, speed, tilt and rotation; without a pen neither pressure nor tilt."""
    stroke = Stroke(brush, (0.7, 0.2, 0.2), BASE, seed=5, offset=(30, 10))
    for step in range(22):
        pressure = 0.3 + 0.6 * abs(math.sin(step / 5)) if pen else None
        tilt = (20 + 20 * math.sin(step / 5), 15 * math.cos(step / 6)) if pen else (0.0, 0.0)
        t = (0.012 if pen else 0.003) * step * (1 + step / 30)
        stroke.add(36 + 7.0 * step, 62 + 22 * math.sin(step / 3.5), pressure, t, *tilt, step * 9.0)
    stroke.finish()
    return stroke.surface().read(AREA).astype(np.float32)


def differs(one: Brush, other: Brush, pen: bool = True) -> bool:
    return bool(np.abs(drawn(one, pen) - drawn(other, pen)).max() > LEAST)


def other(brush: Brush, name: str) -> Brush:
    value = OTHERS[name]
    if name == "tip" and brush.tip == value:
        return replaced(brush, tip="image", tips=TIPS)
    if getattr(brush, name) == value:
        value = {"texture": "canvas", "aliased": False}.get(name, value)
        value = value / 2 if isinstance(value, float) else value
    return replaced(brush, **{name: value})


@pytest.mark.parametrize("name", [field for field in Brush.__struct_fields__ if field not in ELSEWHERE])
@pytest.mark.parametrize("kind", thinned(BRUSHES, 2))
def test_a_parameter_changes_the_stroke_or_says_why_not(kind: str, name: str) -> None:
    brush = BRUSHES[kind]
    changed = other(brush, name)
    # a parameter that lacks another one acts as soon as that is there, and says so
    acts = differs(brush, changed, pen=name != "speed_pressure")
    assert acts == (applies(name, brush) or applies(name, changed)), reason_against(name, brush)


def test_a_smoother_hand_acts_where_a_stabiliser_is_on() -> None:
    off, on = PLAIN, replaced(PLAIN, stabiliser="weighted")
    assert not applies("smoothing", off)
    assert not differs(off, replaced(off, smoothing=80.0))
    assert applies("smoothing", on)
    assert differs(on, replaced(on, smoothing=80.0))
    assert differs(replaced(on, smoothing=80.0), replaced(on, smoothing=80.0, stabiliser="pulled"))


def test_speed_is_pressure_where_something_follows_pressure() -> None:
    brush = replaced(PLAIN, dynamics=(Dynamic(low=0.2),))
    assert applies("speed_pressure", brush)
    assert differs(brush, replaced(brush, speed_pressure=1.0), pen=False)


def test_what_a_brush_takes_from_the_picture_is_said() -> None:
    takes = {kind for kind, brush in BRUSHES.items() if applies("sample", brush)}
    assert takes == {
        "wet paint", "wet ink", "wet coloured image", "smudge", "smudging ink", "blur", "clone",
    }  # fmt: skip
    assert {kind for kind, brush in BRUSHES.items() if applies("clone_aligned", brush)} == {"clone"}


# sensors

SENSORS: tuple[Sensor, ...] = get_args(Sensor)
BY_ALL = ("round", "ink", "image", "wet paint", "jittering", "colours", "airbrush", "smudge", "blur")
"""Kinds of brushes that are driven by every sensor; the others, which differ in what is laid, not when, by two."""


def driven(brush: Brush, parameter: DrivenParameter, sensor: Sensor) -> Brush:
    low, high = (-0.3, 0.3) if parameter in ADDED else (0.1, 1.0)
    if parameter == "count":
        low, high = 1.6, 8.0
    one = Dynamic(parameter=parameter, sensor=sensor, low=low, high=high, length=180.0)
    return replaced(brush, dynamics=(one,))


@pytest.mark.parametrize("parameter", get_args(DrivenParameter))
@pytest.mark.parametrize("kind", thinned(BRUSHES, 3))
def test_a_sensor_drives_a_parameter_or_that_says_why_not(kind: str, parameter: DrivenParameter) -> None:
    brush = BRUSHES[kind]
    reason = reason_against_driving(parameter, driven(brush, parameter, "pressure"))
    sensors = SENSORS if kind in BY_ALL else ("pressure", "random")
    for sensor in sensors if not reason else sensors[:1]:
        assert differs(brush, driven(brush, parameter, sensor)) == (not reason), (sensor, reason)


NOT_DRIVEN = {
    "mode": "a choice", "blend": "a choice", "tip": "a choice", "tips": "pictures; tip_order says what picks one",
    "tip_order": "a choice, which names a sensor itself", "tip_ranks": "they name sensors themselves",
    "scatter_across": "a switch", "flip_x": "a switch", "flip_y": "a switch", "aliased": "a switch", "texture": "a choice",
    "texture_image": "a picture", "stabiliser": "a choice", "sample": "a choice", "clone_aligned": "a switch",
    "smoothing": "of the path, before there are dabs", "speed_pressure": "of the sensors themselves",
    "dynamics": "the curves themselves",
}  # fmt: skip
FIELDS = {
    "texture": "texture_strength",
    "hue": "jitter_hue",
    "saturation": "jitter_saturation",
    "value": "jitter_value",
}
"""Driven parameters that are named otherwise than the field they belong to."""


def test_every_field_of_a_brush_can_be_driven_or_is_listed_as_one_that_cannot() -> None:
    can = {FIELDS.get(parameter, parameter) for parameter in get_args(DrivenParameter)}
    assert can | set(NOT_DRIVEN) == set(Brush.__struct_fields__)
    assert not can & set(NOT_DRIVEN)


@pytest.mark.parametrize("step", [-8, -3, -1, 1, 2, 5])
def test_a_driven_ground_is_the_ground_of_a_brush_of_that_scale(step: int) -> None:
    """It is periodic, lies on the layer, and is what the brush's own scale would give, but for how it is resampled."""
    brush = replaced(PLAIN, texture="rough", texture_strength=1.0)
    scale, area = 2.0 ** (step / 4), Rect(-40, 300, 160, 460)
    found, wanted = Ground(brush).at(area, scale), Ground(replaced(brush, texture_scale=scale)).at(area)
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > (0.98 if scale > 1 else 0.9)
    np.testing.assert_allclose(Ground(brush).at(area, np.full((160, 200), scale)), found)
    part = Rect(10, 320, 30, 360)
    np.testing.assert_allclose(Ground(brush).at(part, scale), found[20:60, 50:70], atol=1e-5)
    assert found.min() >= 0 and found.max() <= 1


def test_a_ground_driven_to_nothing_or_far_up_stays_within_its_range() -> None:
    brush = replaced(PLAIN, texture="paper", texture_scale=16.0)
    area = Rect(5, 5, 40, 30)
    for scale in (0.0, 1e-9, 1e6):
        assert np.isfinite(Ground(brush).at(area, scale)).all()
    np.testing.assert_array_equal(Ground(brush).at(area, 4.0), Ground(brush).at(area, 1e6))


@pytest.mark.parametrize("parameter", get_args(DrivenParameter))
def test_every_parameter_is_driven_in_some_brush(parameter: DrivenParameter) -> None:
    assert any(
        not reason_against_driving(parameter, driven(brush, parameter, "tilt")) for brush in BRUSHES.values()
    )


def test_count_below_two_needs_to_be_driven_up() -> None:
    less = replaced(PLAIN, dynamics=(Dynamic(parameter="count"),))
    assert reason_against_driving("count", less)
    assert not differs(PLAIN, less)
