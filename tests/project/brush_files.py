"""Brush files written byte by byte, as the formats describe them."""

from __future__ import annotations

import struct
from typing import Any

import msgspec
import numpy as np

UUID = "12345678-9abc-def0-1234-56789abcdef0"


def gbr(
    pixels: np.ndarray, name: str = "Spot", spacing: int = 20, version: int = 2, magic: bytes = b"GIMP"
) -> bytes:
    height, width = pixels.shape[:2]
    depth = 1 if pixels.ndim == 2 else pixels.shape[2]
    written = name.encode() + b"\0"
    tail = magic + struct.pack(">I", spacing) if version == 2 else b""
    size = 20 + len(tail) + len(written)
    return struct.pack(">5I", size, version, width, height, depth) + tail + written + pixels.tobytes()


def gih(tips: list[np.ndarray], parameters: str = "", name: str = "Leaves") -> bytes:
    height, width = tips[0].shape[:2]
    parameters = (
        parameters
        or f"ncells:{len(tips)} cellwidth:{width} cellheight:{height} step:30 dim:1 rank0:{len(tips)} sel0:random"
    )
    return f"{name}\n{len(tips)} {parameters}\n".encode() + b"".join(gbr(tip) for tip in tips)


def packed(row: bytes) -> bytes:
    """PackBits of one row: a run where four or more bytes are equal, literals elsewhere."""
    out, place = b"", 0
    while place < len(row):
        run = 1
        while place + run < len(row) and row[place + run] == row[place] and run < 128:
            run += 1
        if run >= 4:
            out += bytes([257 - run]) + row[place : place + 1]
            place += run
            continue
        stop = place + 1
        while stop < len(row) and stop - place < 128 and row[stop : stop + 4] != row[stop : stop + 1] * 4:
            stop += 1
        out += bytes([stop - place - 1]) + row[place:stop]
        place = stop
    return out


def tip_block(tip: np.ndarray, rle: bool) -> bytes:
    height, width = tip.shape
    depth = 8 * tip.dtype.itemsize
    head = struct.pack(">4iHB", 0, 0, height, width, depth, int(rle))
    rows = [row.astype(row.dtype.newbyteorder(">")).tobytes() for row in tip]
    if not rle:
        return head + b"".join(rows)
    lines = [packed(row) for row in rows]
    return head + b"".join(struct.pack(">H", len(line)) for line in lines) + b"".join(lines)


def utf16(text: str) -> bytes:
    return struct.pack(">I", len(text) + 1) + text.encode("utf-16-be") + b"\0\0"


def abr_old(version: int, tips: list[np.ndarray], rle: bool = False, computed: bool = True) -> bytes:
    """Version 1 or 2: a computed brush (30 px, 50 % round, 45°, hardness 25 %) and one sampled brush per tip."""
    parts = []
    if computed:
        body = struct.pack(">IHHHhH", 0, 30, 30, 50, 45, 25)
        parts.append(struct.pack(">HI", 1, len(body)) + body)
    for tip in tips:
        height, width = tip.shape
        body = struct.pack(">IH", 0, 40) + (utf16("叶子") if version == 2 else b"")
        body += b"\1" + struct.pack(">4H", 0, 0, height, width) + tip_block(tip, rle)
        parts.append(struct.pack(">HI", 2, len(body)) + body)
    return struct.pack(">HH", version, len(parts)) + b"".join(parts)


def key(name: str) -> bytes:
    data = name.encode("latin-1")
    return (struct.pack(">I", 0) if len(data) == 4 else struct.pack(">I", len(data))) + data


class Choice(msgspec.Struct, frozen=True):
    """An enumeration's value in a descriptor."""

    kind: str
    word: str


def value(item: Any) -> bytes:
    if isinstance(item, tuple):
        unit, number = item
        return b"UntF" + unit.encode() + struct.pack(">d", number)
    if isinstance(item, bool):
        return b"bool" + bytes([item])
    if isinstance(item, int):
        return b"long" + struct.pack(">i", item)
    if isinstance(item, str):
        return b"TEXT" + utf16(item)
    if isinstance(item, Choice):
        return b"enum" + key(item.kind) + key(item.word)
    if isinstance(item, list):
        return b"VlLs" + struct.pack(">I", len(item)) + b"".join(value(one) for one in item)
    return b"Objc" + descriptor(item)


def descriptor(items: dict[str, Any]) -> bytes:
    plain = {name: item for name, item in items.items() if name != "class"}
    body = b"".join(key(name) + value(item) for name, item in plain.items())
    return utf16("") + key(items.get("class", "null")) + struct.pack(">I", len(plain)) + body


def preset(name: str = "$$$/Presets/Leaf=Leaf", sampled: str = UUID, **more: Any) -> dict[str, Any]:
    shape = {
        "class": "sampledBrush" if sampled else "computedBrush",
        "Dmtr": ("#Pxl", 64.0), "Angl": ("#Ang", 30.0), "Rndn": ("#Prc", 80.0), "Spcn": ("#Prc", 35.0),
    }  # fmt: skip
    shape |= {"sampledData": sampled} if sampled else {"Hrdn": ("#Prc", 40.0)}
    return {"class": "brushPreset", "Nm  ": name, "Brsh": shape, **more}


def dynamics(control: int, jitter: float = 0.0, minimum: float = 0.0, fade: int = 25) -> dict[str, Any]:
    return {
        "class": "brVr", "bVTy": control, "fStp": fade, "jitter": ("#Prc", jitter), "Mnm ": ("#Prc", minimum),
    }  # fmt: skip


def block(name: bytes, body: bytes) -> bytes:
    return b"8BIM" + name + struct.pack(">I", len(body)) + body + b"\0" * (-len(body) % 4)


def abr_new(
    tips: dict[str, np.ndarray], presets: list[dict[str, Any]] | None = None, subversion: int = 2, rle: bool = True,
    version: int = 6, patterns: bytes = b"",
) -> bytes:  # fmt: skip
    """Version 6 and later: samples by key, then the presets that name them."""
    samples = b""
    for name, tip in tips.items():
        body = (
            bytes([len(name)])
            + name.encode()
            + b"\0" * (10 if subversion == 1 else 264)
            + tip_block(tip, rle)
        )
        samples += struct.pack(">I", len(body)) + body + b"\0" * (-len(body) % 4)
    data = struct.pack(">HH", version, subversion) + block(b"samp", samples)
    if presets is not None:
        data += block(b"patt", patterns) + block(
            b"desc", struct.pack(">I", 16) + descriptor({"Brsh": presets})
        )
    return data


def pattern(grey: np.ndarray, name: str = "canvas-key", mode: int = 1, rle: bool = False) -> bytes:
    """One pattern of a ``patt`` block: grey, or red, green and blue all the same."""
    height, width = grey.shape
    rectangle = struct.pack(">4i", 0, 0, height, width)
    rows = tip_block(grey, rle)[18:]  # depth, compression and rows, without the rectangle
    channel = struct.pack(">I", 8) + rectangle + struct.pack(">H", 8) + bytes([rle]) + rows[1:]
    written = struct.pack(">II", 1, len(channel)) + channel
    channels = written * (3 if mode == 3 else 1) + struct.pack(">I", 0) * 23
    area = struct.pack(">II", 3, 0) + rectangle + struct.pack(">I", 24) + channels
    body = (
        struct.pack(">II2H", 1, mode, height, width)
        + utf16("Canvas")
        + bytes([len(name)])
        + name.encode()
        + area
    )
    return struct.pack(">I", len(body)) + body + b"\0" * (-len(body) % 4)


MYB_TEXT = """# mypaint brush file
# you can edit this file
version 2
opaque 0.8 | pressure (0.000000 -0.8), (0.5 -0.2), (1.000000 0.2)
radius_logarithmic 2.5 | speed1 (0.0 0.0), (4.0 -1.0) | random (0.0 -0.1), (1.0 0.1)
hardness 0.7
dabs_per_actual_radius 2.2
slow_tracking 1.5
smudge 0.4
parent_brush_name classic/old_charcoal
group set#1
"""
MYB_JSON = b"""{"comment": "MyPaint brush file", "group": "", "parent_brush_name": "deevad/2B_pencil", "version": 3,
"settings": {
 "opaque": {"base_value": 1.0, "inputs": {}},
 "opaque_multiply": {"base_value": 0.0, "inputs": {"pressure": [[0.0, 0.0], [1.0, 1.0]]}},
 "radius_logarithmic": {"base_value": 1.6, "inputs": {"tilt_declination": [[0.0, 0.0], [90.0, -0.5]]}},
 "hardness": {"base_value": 0.9, "inputs": {}},
 "offset_by_random": {"base_value": 0.5, "inputs": {}},
 "elliptical_dab_ratio": {"base_value": 3.0, "inputs": {}},
 "elliptical_dab_angle": {"base_value": 45.0, "inputs": {"direction": [[0.0, 0.0], [180.0, 180.0]]}},
 "smudge": {"base_value": 0.6, "inputs": {}}, "smudge_length": {"base_value": 0.8, "inputs": {}},
 "change_color_h": {"base_value": 0.0, "inputs": {"random": [[0.0, -0.05], [1.0, 0.05]]}},
 "dabs_per_basic_radius": {"base_value": 0.0, "inputs": {}},
 "dabs_per_actual_radius": {"base_value": 4.0, "inputs": {}},
 "dabs_per_second": {"base_value": 20.0, "inputs": {}}
}}"""
