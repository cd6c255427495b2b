"""Photoshop's brushes as ours: tip, spacing, and the dynamics that both have."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np

from studio.project.brushes.photoshop import PhotoshopBrush, number
from studio.project.brushes.preset import tip_of
from studio.raster.brush import Brush, BrushBlend, BrushMode
from studio.raster.dynamics import STRAIGHT, DrivenParameter, Dynamic, Sensor
from studio.raster.hand import FULL_TILT
from studio.recipe import QT_TRANSLATE_NOOP

FADE, PRESSURE, TILT, WHEEL, ROTATION = 1, 2, 3, 4, 8
INITIAL = (5, 7)
"""Direction and rotation where the stroke began: we have those of each dab."""
_SENSORS: dict[int, Sensor] = {FADE: "fade", PRESSURE: "pressure", TILT: "tilt", ROTATION: "rotation"}
_TURNS: dict[int, Sensor] = {
    PRESSURE: "pressure", TILT: "tilt-direction", 5: "direction", 6: "direction", 7: "rotation", ROTATION: "rotation",
}  # fmt: skip
_BUILD_UP = 30.0
_DUAL = QT_TRANSLATE_NOOP("brush-gaps", "dual brush")
_NOISE = QT_TRANSLATE_NOOP("brush-gaps", "noise")
_BACKGROUND = QT_TRANSLATE_NOOP("brush-gaps", "background colour")
_TEXTURE_MODE = QT_TRANSLATE_NOOP("brush-gaps", "blend mode of the texture")
_PER_STROKE = QT_TRANSLATE_NOOP("brush-gaps", "another colour for each stroke")
_WHEEL = QT_TRANSLATE_NOOP("brush-gaps", "stylus wheel")
_INITIAL = QT_TRANSLATE_NOOP("brush-gaps", "initial direction")
_OTHER_GROUNDS = ("Drkn", "Ovrl", "CDdg", "CBrn", "linearBurn", "hardMix")
"""Ways to blend a texture that look otherwise than ours, which takes paint away where the ground is high."""
_CONTROLS = {
    "useTipDynamics": ("szVr", "angleDynamics", "roundnessDynamics"), "useScatter": ("scatterDynamics", "countDynamics"),
    "useTexture": ("textureDepthDynamics",), "usePaintDynamics": ("opVr", "prVr"), "useColorDynamics": ("clVr",),
}  # fmt: skip
_BLENDS: dict[str, BrushBlend] = {
    "Nrml": "normal", "Bhnd": "behind", "Drkn": "darken", "Mltp": "multiply", "CBrn": "color-burn", "linearBurn": "linear-burn",
    "darkerColor": "darker-color", "Lghn": "lighten", "Scrn": "screen", "CDdg": "color-dodge", "linearDodge": "add",
    "lighterColor": "lighter-color", "Ovrl": "overlay", "SftL": "soft-light", "HrdL": "hard-light", "vividLight": "vivid-light",
    "linearLight": "linear-light", "pinLight": "pin-light", "hardMix": "hard-mix", "Dfrn": "difference", "Xclu": "exclusion",
    "blendSubtraction": "subtract", "Sbtr": "subtract", "blendDivide": "divide", "divide": "divide", "H   ": "hue",
    "Strt": "saturation", "Clr ": "color", "Lmns": "luminosity",
}  # fmt: skip
_MODES: dict[str, BrushMode] = {
    "ErTl": "erase", "eraserTool": "erase", "SmTl": "smudge", "smudgeTool": "smudge", "BlTl": "blur", "blurTool": "blur",
}  # fmt: skip
_PENCILS = ("PcTl", "pencilTool")


def left_out(source: PhotoshopBrush) -> tuple[str, ...]:
    """What the brush has that ours cannot have: words to translate in context ``brush-gaps``."""
    preset = source.dynamics
    colours, textured = preset.get("useColorDynamics") is True, preset.get("useTexture") is True
    background = _part(preset, "clVr")
    strays = any(number(preset.get(name), 0) > 0 for name in ("H   ", "Strt", "Brgh"))
    controls = {
        _control(_part(preset, name))
        for on, names in _CONTROLS.items()
        if preset.get(on) is True
        for name in names
    }
    has = {
        _DUAL: _part(preset, "dualBrush").get("useDualBrush") is True,
        _NOISE: preset.get("Nose") is True,
        _BACKGROUND: colours
        and (number(background.get("jitter"), 0) > 0 or number(background.get("bVTy"), 0) > 0),
        _PER_STROKE: colours and strays and preset.get("colorDynamicsPerTip") is False,
        _TEXTURE_MODE: textured and preset.get("textureBlendMode") in _OTHER_GROUNDS,
        _WHEEL: WHEEL in controls,
        _INITIAL: bool(controls & set(INITIAL)),
    }
    return tuple(gap for gap, there in has.items() if there)


def brush_of_abr(source: PhotoshopBrush) -> Brush:
    """Angles turn the other way round there. What has no counterpart, :func:`left_out` says."""
    preset = source.dynamics
    step = max(source.spacing * source.diameter, 1.0)
    dynamics = [*_shape(preset, step), *_transfer(preset, step), *_ground(preset, step), *_purity(preset)]
    fields = {**_scattered(preset, dynamics), **_jittered(preset), **_painted(preset), **_textured(source)}
    return Brush(
        tip="round" if source.tip is None else "image",
        tips=() if source.tip is None else (tip_of(source.tip),),
        size=min(max(source.diameter, 1.0), 2000.0),
        hardness=source.hardness if source.tip is None else 1.0,
        roundness=max(source.roundness, 0.02),
        angle=-((source.angle + 180) % 360 - 180),
        spacing=min(max(source.spacing, 0.01), 10.0),
        dynamics=tuple(_posed(preset, one) for one in dynamics),
        **fields,
    )


def _part(preset: dict[str, Any], name: str) -> dict[str, Any]:
    found = preset.get(name)
    return found if isinstance(found, dict) else {}


def _share(value: object, otherwise: float = 0.0) -> float:
    """A percentage as 0–1."""
    return min(max(number(value, otherwise * 100) / 100, 0.0), 1.0)


def _control(dynamics: dict[str, Any]) -> int:
    return int(number(dynamics.get("bVTy"), 0))


def _purity(preset: dict[str, Any]) -> list[Dynamic]:
    """More or less saturation in all dabs alike: what a sensor adds whatever it says."""
    purity = min(max(number(preset.get("purity"), 0.0) / 100, -1.0), 1.0)
    if preset.get("useColorDynamics") is not True or not purity:
        return []
    return [Dynamic(parameter="saturation", sensor="pressure", low=purity, high=purity)]


def _posed(preset: dict[str, Any], dynamic: Dynamic) -> Dynamic:
    """What a sensor drives whose value the preset's pose has settled: the same for all dabs."""
    if preset.get("useBrushPose") is not True:
        return dynamic
    across, down = (number(preset.get(f"brushPoseTilt{axis}"), 0.0) for axis in "XY")
    tilted = preset.get("overridePoseTiltX") is True and preset.get("overridePoseTiltY") is True
    settled: dict[Sensor, tuple[bool, float]] = {
        "pressure": (preset.get("overridePosePressure") is True, _share(preset.get("brushPosePressure"), 1.0)),
        "tilt": (tilted, min(math.hypot(across, down) / FULL_TILT, 1.0)),
        "tilt-direction": (tilted, math.atan2(down, across) / math.tau % 1.0),
        "rotation": (
            preset.get("overridePoseAngle") is True, number(preset.get("brushPoseAngle"), 0.0) / 360 % 1.0,
        ),
    }  # fmt: skip
    known, at = settled.get(dynamic.sensor, (False, 0.0))
    if not known:
        return dynamic
    value = float(dynamic.value(at))
    return msgspec.structs.replace(dynamic, low=value, high=value, curve=STRAIGHT)


def _driven(
    parameter: DrivenParameter, control: dict[str, Any], low: float, step: float, *, strays: bool = True
) -> list[Dynamic]:
    """What drives a parameter there; ``strays``: its jitter, too, where our brush has no field for that."""
    sensor = _SENSORS.get(_control(control))
    jitter = _share(control.get("jitter")) if strays else 0.0
    found = [Dynamic(parameter=parameter, sensor="random", low=1 - jitter)] if jitter else []
    if sensor is None:
        return found
    length = min(max(number(control.get("fStp"), 25) * step, 1.0), 20_000.0)
    return [Dynamic(parameter=parameter, sensor=sensor, low=low, length=length), *found]


def _shape(preset: dict[str, Any], step: float) -> list[Dynamic]:
    if preset.get("useTipDynamics") is not True:
        return []
    smallest, flattest = _share(preset.get("minimumDiameter")), _share(preset.get("minimumRoundness"), 0.25)
    turning = _part(preset, "angleDynamics")
    sensor = _TURNS.get(_control(turning))
    turned = [Dynamic(parameter="angle", sensor=sensor)] if sensor else []
    return [
        *_driven("size", _part(preset, "szVr"), smallest, step, strays=False),
        *turned,
        *_driven("roundness", _part(preset, "roundnessDynamics"), flattest, step),
    ]


def _transfer(preset: dict[str, Any], step: float) -> list[Dynamic]:
    if preset.get("usePaintDynamics") is not True:
        return []
    opacity, flow = _part(preset, "opVr"), _part(preset, "prVr")
    return [
        *_driven("opacity", opacity, _share(opacity.get("Mnm ")), step),
        *_driven("flow", flow, _share(flow.get("Mnm ")), step, strays=False),
    ]


def _ground(preset: dict[str, Any], step: float) -> list[Dynamic]:
    if preset.get("useTexture") is not True:
        return []
    return _driven("texture", _part(preset, "textureDepthDynamics"), _share(preset.get("minimumDepth")), step)


def _scattered(preset: dict[str, Any], dynamics: list[Dynamic]) -> dict[str, Any]:
    if preset.get("useScatter") is not True:
        return {}
    scatter = _part(preset, "scatterDynamics")
    dynamics += _driven("scatter", scatter, 0.0, 1.0, strays=False)
    if number(preset.get("Cnt "), 1) > 1:
        dynamics += _driven("count", _part(preset, "countDynamics"), 0.0, 1.0)
    far = min(max(number(scatter.get("jitter"), 0.0) / 100, 0.0), 10.0)
    across = preset.get("bothAxes") is False and far > 0
    return {
        "scatter": far,
        "scatter_across": across,
        "count": int(min(max(number(preset.get("Cnt "), 1), 1), 32)),
    }


def _jittered(preset: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if preset.get("useTipDynamics") is True:
        fields["jitter_size"] = _share(_part(preset, "szVr").get("jitter"))
        fields["jitter_angle"] = _share(_part(preset, "angleDynamics").get("jitter"))
        fields["flip_x"], fields["flip_y"] = preset.get("flipX") is True, preset.get("flipY") is True
    if preset.get("usePaintDynamics") is True:
        fields["jitter_flow"] = _share(_part(preset, "prVr").get("jitter"))
    if preset.get("useColorDynamics") is True:
        fields["jitter_hue"] = _share(preset.get("H   "))
        fields["jitter_saturation"] = _share(preset.get("Strt"))
        fields["jitter_value"] = _share(preset.get("Brgh"))
    return fields


def _painted(preset: dict[str, Any]) -> dict[str, Any]:
    """Airbrush, wet edges, and what the preset says of its tool."""
    fields: dict[str, Any] = {}
    if preset.get("Rpt ") is True:
        fields["airbrush"] = _BUILD_UP
    if preset.get("Wtdg") is True:
        fields["wet_edges"] = 0.6
    tool = _part(preset, "toolOptions")
    if tool:
        fields["opacity"] = max(_share(tool.get("Opct"), 1.0), 0.01)
        fields["flow"] = max(_share(tool.get("flow"), 1.0), 0.005)
        fields["mode"] = _MODES.get(tool["class"], "paint")
        fields["blend"] = _BLENDS.get(str(tool.get("Md  ")), "normal")
        fields["aliased"] = tool["class"] in _PENCILS
        if fields["mode"] == "smudge":
            fields["smudge"] = max(_share(tool.get("Prs "), 0.5), 0.01)
    return fields


def _textured(source: PhotoshopBrush) -> dict[str, Any]:
    """The pattern that the file brings along; paper where it is Photoshop's own and not in the file."""
    preset = source.dynamics
    if preset.get("useTexture") is not True:
        return {}
    fields: dict[str, Any] = {"texture": "paper", "texture_strength": _share(preset.get("textureDepth"), 0.5)}
    if source.pattern is not None:
        fields["texture"] = "image"
        fields["texture_image"] = tip_of(_pattern(source.pattern, preset))
        fields["texture_scale"] = min(max(number(preset.get("textureScale"), 100.0) / 100, 0.1), 16.0)
    return fields


def _pattern(grey: np.ndarray, preset: dict[str, Any]) -> np.ndarray:
    """uint8 [h, w]: turned round, brightened and with more or less contrast, as the preset has it.

    Brightness is added; contrast is the slope tan(45° · (1 + c / 100)) around the middle grey.
    """
    values = (255 - grey if preset.get("InvT") is True else grey).astype(np.float32)
    brightness = min(max(number(preset.get("textureBrightness"), 0.0), -150.0), 150.0)
    contrast = min(max(number(preset.get("textureContrast"), 0.0), -100.0), 100.0)
    if not brightness and not contrast:
        return values.astype(np.uint8)
    slope = math.tan(math.radians(45 * (1 + min(contrast, 99.0) / 100)))
    return np.clip(np.rint((values - 127.5) * slope + 127.5 + brightness), 0, 255).astype(np.uint8)
