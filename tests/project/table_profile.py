"""An ICC profile of RGB that is a table (lut16 both ways), as scanners and some programs write: no matrix can stand for it."""

from __future__ import annotations

import struct

import numpy as np

from studio.raster import icc

GAMMA = 1.8
_GRID = 33
_WHITE = np.array(icc.D50)


def table_profile() -> bytes:
    """sRGB's primaries with a gamma of 1.8, as tables to Lab and back."""
    matrix = icc.to_d50(icc.SRGB_PRIMARIES)
    unit = np.linspace(0, 1, _GRID)
    device = np.stack(np.meshgrid(unit, unit, unit, indexing="ij"), -1).reshape(-1, 3)
    lab = _to_lab(device**GAMMA @ matrix.T)
    lightness, axis = unit * 65535 / 65280 * 100, unit * 65535 / 256 - 128
    seen = np.stack(np.meshgrid(lightness, axis, axis, indexing="ij"), -1).reshape(-1, 3)
    light = np.clip(_from_lab(seen) @ np.linalg.inv(matrix).T, 0, 1)
    there = _lut(np.stack([lab[:, 0] * 652.8, (lab[:, 1] + 128) * 256, (lab[:, 2] + 128) * 256], -1))
    back = _lut(light ** (1 / GAMMA) * 65535)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in icc.D50))
    words = b"table\0"
    text = struct.pack(">4sII", b"desc", 0, len(words)) + words + bytes(4 + 4 + 2 + 1 + 67)
    tags = {b"desc": text, b"cprt": b"text\0\0\0\0free\0", b"wtpt": white, b"A2B0": there, b"B2A0": back}
    place, rows, body = 128 + 4 + 12 * len(tags), b"", b""
    for tag, data in tags.items():
        rows += struct.pack(">4sII", tag, place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s6H4s", place + len(body), b"\0\0\0\0", 0x02400000, b"scnr", b"RGB ", b"Lab ",
                       2026, 1, 1, 0, 0, 0, b"acsp")  # fmt: skip
    head = head.ljust(68, b"\0") + struct.pack(">3i", *(round(value * 65536) for value in icc.D50))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + rows + body


def _lut(values: np.ndarray) -> bytes:
    """``mft2`` with the grid's ``values`` [n³, 3] in 0–65535 and straight curves."""
    one = [65536, 0, 0, 0, 65536, 0, 0, 0, 65536]
    head = struct.pack(">4sI4B9iHH", b"mft2", 0, 3, 3, _GRID, 0, *one, 2, 2)
    curves = struct.pack(">6H", 0, 65535, 0, 65535, 0, 65535)
    return head + curves + np.clip(np.round(values), 0, 65535).astype(">u2").tobytes() + curves


def _to_lab(xyz: np.ndarray) -> np.ndarray:
    part = xyz / _WHITE
    f = np.where(part > (6 / 29) ** 3, np.cbrt(part), part / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)


def _from_lab(lab: np.ndarray) -> np.ndarray:
    y = (lab[:, 0] + 16) / 116
    f = np.stack([y + lab[:, 1] / 500, y, y - lab[:, 2] / 200], -1)
    return np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * _WHITE
