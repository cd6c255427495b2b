"""MyPaint's ``.myb`` files: the text of versions 1 and 2, the JSON of version 3. Source: MyPaint's file documentation."""

from __future__ import annotations

import math
import re

import msgspec

from studio.project.brushes.cursor import BrokenBrush

LARGEST_FILE = 4 << 20
MOST_POINTS = 64
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TEXTS = ("parent_brush_name", "group", "comment", "notes", "description")
_ALWAYS = {"opaque", "radius_logarithmic", "hardness"}
_RENAMED = {
    "speed": "speed1",
    "color_hue": "color_h",
    "color_saturation": "color_s",
    "color_value": "color_v",
}

Points = tuple[tuple[float, float], ...]


class Setting(msgspec.Struct, frozen=True):
    """``value`` plus, per input (pressure, speed1, random, …), a curve of what the input adds, by its own units."""

    value: float = 0.0
    inputs: dict[str, Points] = msgspec.field(default_factory=dict)


class MyPaintBrush(msgspec.Struct, frozen=True):
    """``settings`` by MyPaint's own names; what the file does not name is absent."""

    name: str
    settings: dict[str, Setting]

    def value(self, name: str, otherwise: float = 0.0) -> float:
        setting = self.settings.get(name)
        return otherwise if setting is None else setting.value

    def inputs(self, name: str) -> dict[str, Points]:
        setting = self.settings.get(name)
        return {} if setting is None else setting.inputs


def read_myb(data: bytes) -> MyPaintBrush:
    """A brush of any version. Raises BrokenBrush."""
    if len(data) > LARGEST_FILE:
        raise BrokenBrush("brush_too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenBrush("not_a_brush") from None
    return _from_json(text) if text.lstrip().startswith("{") else _from_text(text)


def looks_like_myb(data: bytes) -> bool:
    """Text with a version line, or JSON that speaks of settings."""
    head = data[:65536].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return b'"settings"' in data[:LARGEST_FILE]
    return bool(re.search(rb"(?m)^version[ \t]+\d", head)) or head.startswith(b"# mypaint brush file")


def _from_json(text: str) -> MyPaintBrush:
    try:
        plain = msgspec.json.decode(text.encode())
    except (msgspec.DecodeError, RecursionError):
        raise BrokenBrush("truncated" if not text.rstrip().endswith("}") else "damaged", "JSON") from None
    found = plain.get("settings") if isinstance(plain, dict) else None
    if not isinstance(found, dict):
        raise BrokenBrush("not_a_brush")
    if isinstance(version := plain.get("version"), int) and version > 3:
        raise BrokenBrush("brush_version", str(version))
    settings = {str(name): _json_setting(value) for name, value in found.items()}
    if not settings:
        raise BrokenBrush("damaged", "settings")
    return MyPaintBrush(_last_part(plain.get("parent_brush_name")), settings)


def _json_setting(value: object) -> Setting:
    if not isinstance(value, dict):
        raise BrokenBrush("damaged", "settings")
    inputs = value.get("inputs") or {}
    if not isinstance(inputs, dict):
        raise BrokenBrush("damaged", "inputs")
    curves: dict[str, Points] = {}
    for name, points in inputs.items():
        if not isinstance(points, list) or len(points) > MOST_POINTS:
            raise BrokenBrush("damaged", str(name))
        curves[str(name)] = tuple(_point(point) for point in points)
    return Setting(_number(value.get("base_value", 0.0)), curves)


def _point(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise BrokenBrush("damaged", "curve")
    return _number(value[0]), _number(value[1])


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BrokenBrush("damaged", f"{value!r:.20}")
    return float(value)


def _from_text(text: str) -> MyPaintBrush:
    version, name = 1, ""
    settings: dict[str, Setting] = {}
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        if word == "version":
            version = _version(rest)
        elif word in _TEXTS:
            name = _last_part(rest) if word == "parent_brush_name" else name
        elif not re.fullmatch(r"[a-z][a-z0-9_]*", word):
            raise BrokenBrush("not_a_brush" if not settings else "damaged", word[:20])
        elif numbers := _NUMBER.match(rest.strip()):
            settings[_RENAMED.get(word, word)] = Setting(float(numbers[0]), _text_inputs(rest, version))
        else:
            raise BrokenBrush("damaged" if settings else "not_a_brush", word[:20])
    if not settings.keys() & _ALWAYS:
        raise BrokenBrush("not_a_brush")
    return MyPaintBrush(name, settings)


def _version(text: str) -> int:
    if not text.strip().isdigit():
        raise BrokenBrush("not_a_brush")
    if int(text) > 2:
        raise BrokenBrush("brush_version", text.strip()[:9])
    return int(text)


def _text_inputs(rest: str, version: int) -> dict[str, Points]:
    curves: dict[str, Points] = {}
    for part in rest.split("|")[1:]:
        name, _, written = part.strip().partition(" ")
        numbers = [float(number) for number in _NUMBER.findall(written)]
        if len(numbers) % 2 or len(numbers) > 2 * MOST_POINTS or not all(map(math.isfinite, numbers)):
            raise BrokenBrush("damaged", name[:20])
        points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        if version == 1:  # from (0, 0) on, filled up with pairs of zeros
            points = ((0.0, 0.0), *(point for point in points if point[0] != 0.0))
        curves[_RENAMED.get(name, name)] = points
    return curves


def _last_part(name: object) -> str:
    return name.strip().strip('"').rsplit("/", 1)[-1] if isinstance(name, str) else ""
