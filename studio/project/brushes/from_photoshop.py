"""Photoshop's brushes as ours: tip, spacing, and the dynamics that both have."""

from __future__ import annotations

from typing import Any

from studio.project.brushes.photoshop import PhotoshopBrush, number
from studio.project.brushes.preset import tip_of
from studio.raster.brush import Brush
from studio.raster.dynamics import DrivenParameter, Dynamic, Sensor
from studio.recipe import QT_TRANSLATE_NOOP

FADE, PRESSURE, TILT, ROTATION = 1, 2, 3, 8
_SENSORS: dict[int, Sensor] = {FADE: "fade", PRESSURE: "pressure", TILT: "tilt", ROTATION: "rotation"}
_TURNS: dict[int, Sensor] = {
    PRESSURE: "pressure", TILT: "tilt-direction", 5: "direction", 6: "direction", 7: "rotation", ROTATION: "rotation",
}  # fmt: skip
_BUILD_UP = 30.0
_DUAL = QT_TRANSLATE_NOOP("brush-gaps", "dual brush")
_NOISE = QT_TRANSLATE_NOOP("brush-gaps", "noise")
_FLIP = QT_TRANSLATE_NOOP("brush-gaps", "flip jitter")
_BACKGROUND = QT_TRANSLATE_NOOP("brush-gaps", "background colour")
_PURITY = QT_TRANSLATE_NOOP("brush-gaps", "purity")
_POSE = QT_TRANSLATE_NOOP("brush-gaps", "brush pose")


def left_out(source: PhotoshopBrush) -> tuple[str, ...]:
    """What the brush has that ours cannot have: words to translate in context ``brush-gaps``."""
    preset = source.dynamics
    shape, colours = preset.get("useTipDynamics") is True, preset.get("useColorDynamics") is True
    background = _part(preset, "clVr")
    has = {
        _DUAL: _part(preset, "dualBrush").get("useDualBrush") is True,
        _NOISE: preset.get("Nose") is True,
        _FLIP: shape and (preset.get("flipX") is True or preset.get("flipY") is True),
        _BACKGROUND: colours
        and (number(background.get("jitter"), 0) > 0 or number(background.get("bVTy"), 0) > 0),
        _PURITY: colours and number(preset.get("purity"), 0.0) != 0,
        _POSE: preset.get("useBrushPose") is True,
    }
    return tuple(gap for gap, there in has.items() if there)


def brush_of_abr(source: PhotoshopBrush) -> Brush:
    """Angles turn the other way round there. What has no counterpart, :func:`left_out` says."""
    preset = source.dynamics
    step = max(source.spacing * source.diameter, 1.0)
    dynamics = [*_shape(preset, step), *_transfer(preset, step), *_ground(preset, step)]
    fields = {**_scattered(preset, dynamics), **_jittered(preset), **_painted(preset), **_textured(source)}
    return Brush(
        tip="round" if source.tip is None else "image",
        tips=() if source.tip is None else (tip_of(source.tip),),
        size=min(max(source.diameter, 1.0), 2000.0),
        hardness=source.hardness if source.tip is None else 1.0,
        roundness=max(source.roundness, 0.02),
        angle=-((source.angle + 180) % 360 - 180),
        spacing=min(max(source.spacing, 0.01), 10.0),
        dynamics=tuple(dynamics),
        **fields,
    )


def _part(preset: dict[str, Any], name: str) -> dict[str, Any]:
    found = preset.get(name)
    return found if isinstance(found, dict) else {}


def _share(value: object, otherwise: float = 0.0) -> float:
    """A percentage as 0–1."""
    return min(max(number(value, otherwise * 100) / 100, 0.0), 1.0)


def _driven(
    parameter: DrivenParameter, control: dict[str, Any], low: float, step: float, *, strays: bool = True
) -> list[Dynamic]:
    """What drives a parameter there; ``strays``: its jitter, too, where our brush has no field for that."""
    sensor = _SENSORS.get(int(number(control.get("bVTy"), 0)))
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
    sensor = _TURNS.get(int(number(turning.get("bVTy"), 0)))
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
    return {"scatter": far, "count": int(min(max(number(preset.get("Cnt "), 1), 1), 32))}


def _jittered(preset: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if preset.get("useTipDynamics") is True:
        fields["jitter_size"] = _share(_part(preset, "szVr").get("jitter"))
        fields["jitter_angle"] = _share(_part(preset, "angleDynamics").get("jitter"))
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
    return fields


def _textured(source: PhotoshopBrush) -> dict[str, Any]:
    """The pattern that the file brings along; paper where it is Photoshop's own and not in the file."""
    preset = source.dynamics
    if preset.get("useTexture") is not True:
        return {}
    fields: dict[str, Any] = {"texture": "paper", "texture_strength": _share(preset.get("textureDepth"), 0.5)}
    if source.pattern is not None:
        inverted = preset.get("InvT") is True
        fields["texture"] = "image"
        fields["texture_image"] = tip_of(255 - source.pattern if inverted else source.pattern)
        fields["texture_scale"] = min(max(number(preset.get("textureScale"), 100.0) / 100, 0.1), 16.0)
    return fields
