"""Photoshop's ``.abr`` files: versions 1, 2 and 6 to 10. Undocumented by Adobe; the layout is what its files show."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from studio.project.brushes.cursor import BrokenBrush, Cursor, unknown_version
from studio.project.brushes.descriptor import read_descriptor
from studio.project.brushes.patterns import read_patterns
from studio.project.brushes.rows import read_rows

LARGEST_SIDE = 10_000
MOST_BRUSHES = 4000
MOST_PIXELS = 256_000_000
_SAMPLE_HEAD = {1: 47, 2: 301}
"""Bytes between a sample's length and its rectangle, by subversion: its key and what nobody needs."""


class PhotoshopBrush(msgspec.Struct, frozen=True, eq=False):
    """``tip``: uint8 coverage [h, w], None for a computed round one. ``diameter`` px; angle in degrees; the rest 0–1.

    ``dynamics``: the preset's descriptor, empty for versions 1 and 2. ``pattern``: lightness uint8 [h, w] of its texture.
    """

    name: str
    tip: np.ndarray | None = None
    diameter: float = 0.0
    spacing: float = 0.25
    angle: float = 0.0
    roundness: float = 1.0
    hardness: float = 1.0
    dynamics: dict[str, Any] = msgspec.field(default_factory=dict)
    pattern: np.ndarray | None = None


def looks_like_abr(data: bytes) -> bool:
    """A known version, then what belongs to it."""
    if len(data) < 4:
        return False
    version, second = int.from_bytes(data[:2]), int.from_bytes(data[2:4])
    if version in (1, 2):
        return 0 < second <= MOST_BRUSHES and int.from_bytes(data[4:6]) in (1, 2)
    return version in (6, 7, 8, 9, 10) and second in (1, 2) and data[4:8] in (b"8BIM", b"")


def read_abr(data: bytes) -> tuple[PhotoshopBrush, ...]:
    """Every brush of the file whose tip is in it. Raises BrokenBrush."""
    return read_with_missing(data)[0]


def read_with_missing(data: bytes) -> tuple[tuple[PhotoshopBrush, ...], tuple[str, ...]]:
    """(the brushes, names of those whose tip is not in the file). Raises BrokenBrush, also where none is whole."""
    cursor = Cursor(data)
    version, second = cursor.u16(), cursor.u16()
    missing: tuple[str, ...] = ()
    if version in (1, 2):
        brushes = _old(cursor, version, second)
    elif 6 <= version <= 10:
        brushes, missing = _blocks(cursor, second)
    else:
        raise unknown_version(version)
    if not brushes:
        raise BrokenBrush("no_brushes")
    return brushes, missing


# ── versions 1 and 2 ─────────────────────────────────────────────────────────────────────────────────────────────────


def _old(cursor: Cursor, version: int, count: int) -> tuple[PhotoshopBrush, ...]:
    if count > MOST_BRUSHES:
        raise BrokenBrush("damaged", f"{count} brushes")
    brushes, budget = [], MOST_PIXELS
    for _ in range(count):
        kind, size = cursor.u16(), cursor.u32()
        part = cursor.within(size)
        if kind == 1:
            brushes.append(_computed(part))
        elif kind == 2:
            brush = _sampled(part, version)
            budget -= 0 if brush.tip is None else brush.tip.size
            if budget < 0:
                raise BrokenBrush("brush_too_large")
            brushes.append(brush)
    return tuple(brushes)


def _computed(cursor: Cursor) -> PhotoshopBrush:
    cursor.skip(4)
    spacing, diameter, roundness, angle, hardness = (
        cursor.u16(), cursor.u16(), cursor.u16(), cursor.i16(), cursor.u16(),
    )  # fmt: skip
    return PhotoshopBrush(
        name="",
        diameter=float(max(diameter, 1)),
        spacing=spacing / 100,
        roundness=min(roundness, 100) / 100,
        angle=float(angle),
        hardness=min(hardness, 100) / 100,
    )


def _sampled(cursor: Cursor, version: int) -> PhotoshopBrush:
    cursor.skip(4)
    spacing = cursor.u16()
    name = cursor.utf16() if version == 2 else ""
    cursor.skip(1 + 8)  # antialiasing; the rectangle once more, in 16 bits
    tip = _tip(cursor)
    return PhotoshopBrush(name=name, tip=tip, diameter=float(max(tip.shape)), spacing=spacing / 100)


def _tip(cursor: Cursor) -> np.ndarray:
    """uint8 coverage [h, w] from rectangle, depth, compression and rows."""
    top, left, bottom, right = (cursor.i32() for _ in range(4))
    depth, compressed = cursor.u16(), cursor.u8()
    return read_rows(cursor, right - left, bottom - top, depth, compressed, LARGEST_SIDE)


# ── versions 6 to 10 ─────────────────────────────────────────────────────────────────────────────────────────────────


def _blocks(cursor: Cursor, subversion: int) -> tuple[tuple[PhotoshopBrush, ...], tuple[str, ...]]:
    """(the brushes, names of presets without their tip)."""
    if subversion not in _SAMPLE_HEAD:
        raise BrokenBrush("brush_version", f"6.{subversion}")
    tips: dict[str, np.ndarray] = {}
    patterns: dict[str, np.ndarray] = {}
    presets: list[dict[str, Any]] = []
    while cursor.left >= 12:
        if cursor.take(4) != b"8BIM":
            raise BrokenBrush("damaged", "8BIM")
        key, size = cursor.take(4), cursor.u32()
        part = cursor.within(size)
        cursor.skip(min(-size % 4, cursor.left))
        if key == b"samp":
            tips = _samples(part, subversion)
        elif key == b"patt":
            patterns = read_patterns(part)
        elif key == b"desc":
            found = read_descriptor(part).get("Brsh")
            presets = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    if not presets:
        alone = (PhotoshopBrush(name="", tip=tip, diameter=float(max(tip.shape))) for tip in tips.values())
        return tuple(alone), ()
    brushes = [(preset, _preset(preset, tips, patterns)) for preset in presets[:MOST_BRUSHES]]
    missing = tuple(_name_of(preset) for preset, brush in brushes if brush is None)
    return tuple(brush for _, brush in brushes if brush is not None), missing


def _name_of(preset: dict[str, Any]) -> str:
    shape = preset.get("Brsh")
    return _title(preset.get("Nm  ") or (shape.get("Nm  ") if isinstance(shape, dict) else None))


def _samples(cursor: Cursor, subversion: int) -> dict[str, np.ndarray]:
    """Tips by the key that presets name them by; a tip of no size is left out."""
    tips: dict[str, np.ndarray] = {}
    budget = MOST_PIXELS
    while cursor.left >= 4:
        size = cursor.u32()
        part = cursor.within(size)
        cursor.skip(min(-size % 4, cursor.left))
        start = part.place
        key = part.take(part.u8()).decode("latin-1").rstrip("\0")
        part.place = start
        part.skip(_SAMPLE_HEAD[subversion])
        tip = _tip(part)
        budget -= tip.size
        if budget < 0 or len(tips) >= MOST_BRUSHES:
            raise BrokenBrush("brush_too_large")
        tips[key or str(len(tips))] = tip
    return tips


def _preset(
    preset: dict[str, Any], tips: dict[str, np.ndarray], patterns: dict[str, np.ndarray]
) -> PhotoshopBrush | None:
    """One preset; None when its tip is not in the file."""
    shape = preset.get("Brsh")
    if not isinstance(shape, dict):
        return None
    key = shape.get("sampledData")
    tip = tips.get(key) if isinstance(key, str) else None
    if isinstance(key, str) and tip is None:
        return None
    if tip is not None:  # mirrored, then turned; a round tip looks the same
        tip = tip[:, ::-1] if shape.get("flipX") is True else tip
        tip = np.ascontiguousarray(tip[::-1] if shape.get("flipY") is True else tip)
    diameter = number(shape.get("Dmtr"), float(max(tip.shape)) if tip is not None else 30.0)
    return PhotoshopBrush(
        name=_name_of(preset),
        tip=tip,
        diameter=max(diameter, 1.0),
        spacing=max(number(shape.get("Spcn"), 25.0), 0.0) / 100,
        angle=number(shape.get("Angl"), 0.0),
        roundness=min(max(number(shape.get("Rndn"), 100.0), 1.0), 100.0) / 100,
        hardness=min(max(number(shape.get("Hrdn"), 100.0), 0.0), 100.0) / 100,
        dynamics=preset,
        pattern=_pattern_of(preset, patterns),
    )


def _pattern_of(preset: dict[str, Any], patterns: dict[str, np.ndarray]) -> np.ndarray | None:
    named = preset.get("Txtr")
    key = named.get("Idnt") if isinstance(named, dict) else None
    return patterns.get(key) if isinstance(key, str) else None


def _title(name: object) -> str:
    """``$$$/Presets/Brushes/Oil=Oil`` is a name with its place in Photoshop's own translations."""
    text = name if isinstance(name, str) else ""
    return text.rpartition("=")[2].strip() if text.startswith("$$$") else text.strip()


def number(value: object, otherwise: float) -> float:
    """A finite number, or ``otherwise``."""
    ok = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
    return float(value) if ok else otherwise  # type: ignore[arg-type]
