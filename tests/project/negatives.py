"""A small digital negative for tests, written after the DNG specification 1.4: an RGGB sensor whose colours are linear sRGB."""

from __future__ import annotations

import struct

import numpy as np

XYZ_TO_SRGB = (
    3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252,
)  # fmt: skip
"""IEC 61966-2-1, D65."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8}


def negative(linear: np.ndarray, *, orientation: int = 1, model: str = "Danqing test") -> bytes:
    """A DNG of linear colours [h, w, 3], 0–1, even sides: each pixel keeps the one colour that its place on the sensor has."""
    height, width = linear.shape[:2]
    levels = np.rint(np.clip(linear, 0, 1) * 65535).astype("<u2")
    sensor = levels[..., 1].copy()
    sensor[::2, ::2], sensor[1::2, 1::2] = levels[::2, ::2, 0], levels[1::2, 1::2, 2]
    pixels = sensor.tobytes()
    entries = [
        (254, 4, [0]), (256, 4, [width]), (257, 4, [height]), (258, 3, [16]), (259, 3, [1]), (262, 3, [32803]),
        (271, 2, b"Danqing\0"), (272, 2, model.encode() + b"\0"), (273, 4, [8]), (274, 3, [orientation]), (277, 3, [1]),
        (278, 4, [height]), (279, 4, [len(pixels)]), (284, 3, [1]), (33421, 3, [2, 2]), (33422, 1, bytes((0, 1, 1, 2))),
        (50706, 1, bytes((1, 4, 0, 0))), (50708, 2, model.encode() + b"\0"), (50714, 4, [0]), (50717, 4, [65535]),
        (50721, 10, [part for one in XYZ_TO_SRGB for part in (round(one * 10_000_000), 10_000_000)]),
        (50728, 5, [1, 1, 1, 1, 1, 1]), (50778, 3, [21]),
    ]  # fmt: skip
    place = 8 + len(pixels)
    beyond = place + 2 + 12 * len(entries) + 4
    directory, values = struct.pack("<H", len(entries)), b""
    for tag, kind, what in entries:
        packed = what if isinstance(what, bytes) else _packed(kind, what)
        count = len(packed) // _SIZES[kind]
        if len(packed) <= 4:
            directory += struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0")
        else:
            directory += struct.pack("<HHII", tag, kind, count, beyond + len(values))
            values += packed + b"\0" * (len(packed) & 1)
    return struct.pack("<2sHI", b"II", 42, place) + pixels + directory + b"\0" * 4 + values


def _packed(kind: int, values: list[int]) -> bytes:
    letter = {3: "H", 4: "I", 5: "I", 10: "i"}[kind]
    return struct.pack(f"<{len(values)}{letter}", *values)
