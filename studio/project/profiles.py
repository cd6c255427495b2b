"""Colour spaces as ICC profiles: those a picture can be made in, and exact conversion between matrix profiles.

A matrix profile is three curves to linear light and a matrix to XYZ (D50); sRGB, Display P3, Adobe RGB and most cameras' and
screens' are of that kind. They are computed here in float, so that 16-bit pictures keep their precision. Source: ICC.1:2022
(tags 9.2, types 10.6 ``curv``, 10.18 ``para``, 10.31 ``XYZ``); D50 adaptation by Bradford's matrix as in Annex E.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from studio.document.artwork import SRGB, ColourSpace

Curve = Callable[[np.ndarray], np.ndarray]

_D50 = (0.9642, 1.0, 0.8249)
_D65 = (0.3127, 0.3290)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_SRGB_PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_SPACES = {
    # IEC 61966-2-1; SMPTE EG 432-1 with D65 (Apple's Display P3); Adobe RGB (1998); sRGB's primaries without a curve
    "Display P3": (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), _SRGB_CURVE),
    "Adobe RGB (1998)": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), (563 / 256,)),
    "Linear sRGB": (_SRGB_PRIMARIES, (1.0,)),
}
NAMES = ("sRGB", *_SPACES)
"""The colour spaces that a new picture can have."""


class UnknownProfile(ValueError):
    """A profile that is no matrix profile of RGB: it can be shown and kept, but not computed with."""


@dataclass(frozen=True)
class MatrixProfile:
    """``decode``/``encode``: each channel's values ↔ linear light; ``to_xyz`` [3, 3]: linear RGB → XYZ (D50)."""

    decode: tuple[Curve, ...]
    encode: tuple[Curve, ...]
    to_xyz: np.ndarray


@cache
def space(name: str) -> ColourSpace:
    """A colour space by its name in ``NAMES``. Raises KeyError."""
    if name == "sRGB":
        return SRGB
    primaries, curve = _SPACES[name]
    return ColourSpace(name=name, icc=_written(name, primaries, curve))


def to_d50(primaries: tuple[tuple[float, float], ...]) -> np.ndarray:
    """[3, 3] from linear RGB with these xy primaries and a D65 white to XYZ under D50."""
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    x, y = _D65
    white = np.array([x / y, 1.0, (1 - x - y) / y])
    matrix = columns * np.linalg.solve(columns, white)
    scale = (_BRADFORD @ np.array(_D50)) / (_BRADFORD @ white)
    return np.linalg.inv(_BRADFORD) @ np.diag(scale) @ _BRADFORD @ matrix


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _written(name: str, primaries: tuple[tuple[float, float], ...], curve: tuple[float, ...]) -> bytes:
    """A version 4 display profile: matrix columns, one parametric curve for all channels."""

    def text(words: str) -> bytes:
        encoded = words.encode("utf-16-be")
        return struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(encoded), 28) + encoded

    def xyz(values: np.ndarray | tuple[float, ...]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(_fixed(float(value)) for value in values)

    matrix = to_d50(primaries)
    kind = 0 if len(curve) == 1 else 3
    shape = struct.pack(">4sIHH", b"para", 0, kind, 0) + b"".join(_fixed(value) for value in curve)
    tags = {
        b"desc": text(name), b"cprt": text("No copyright, use freely"), b"wtpt": xyz(_D50),
        b"rXYZ": xyz(matrix[:, 0]), b"gXYZ": xyz(matrix[:, 1]), b"bXYZ": xyz(matrix[:, 2]),
        b"rTRC": shape, b"gTRC": shape, b"bTRC": shape,
    }  # fmt: skip
    place, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    size = place + len(body)
    head = struct.pack(">I4sI4s4s4s6H4s4sI4s4sQI", size, b"\0\0\0\0", 0x04300000, b"mntr", b"RGB ", b"XYZ ",
                       2026, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", 0, 0)  # fmt: skip
    head += b"".join(_fixed(value) for value in _D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


@cache
def matrix_profile(icc: bytes) -> MatrixProfile:
    """The curves and the matrix of a profile; empty bytes are sRGB. Raises UnknownProfile."""
    if not icc:
        to_light, from_light = _parametric(3, _SRGB_CURVE)
        return MatrixProfile((to_light,) * 3, (from_light,) * 3, to_d50(_SRGB_PRIMARIES))
    try:
        tags = _tags(icc)
        curves = [_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
        columns = [struct.unpack(">3i", tags[name][8:20]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    except (KeyError, struct.error, IndexError) as error:
        raise UnknownProfile(f"no matrix profile: {error}") from None
    if b"A2B0" in tags:  # the table is what the profile's maker wants used
        raise UnknownProfile("the profile is a table")
    matrix = np.array(columns).T / 65536
    if abs(np.linalg.det(matrix)) < 1e-6:
        raise UnknownProfile("the profile's matrix has no inverse")
    decode, encode = (tuple(pair[side] for pair in curves) for side in (0, 1))
    return MatrixProfile(decode, encode, matrix)


def _tags(icc: bytes) -> dict[bytes, bytes]:
    if len(icc) < 132 or icc[16:20] != b"RGB " or icc[36:40] != b"acsp":
        raise UnknownProfile("no ICC profile of RGB")
    (count,) = struct.unpack(">I", icc[128:132])
    if count > 1000:
        raise UnknownProfile("no ICC profile")
    rows = (struct.unpack(">4sII", icc[132 + 12 * i : 144 + 12 * i]) for i in range(count))
    return {name: icc[start : start + size] for name, start, size in rows}


def _curve(data: bytes) -> tuple[Curve, Curve]:
    kind = data[:4]
    if kind == b"para":
        (number,) = struct.unpack(">H", data[8:10])
        values = [
            value / 65536 for value in struct.unpack(f">{(len(data) - 12) // 4}i", data[12 : len(data) & ~3])
        ]
        return _parametric(number, tuple(values))
    if kind != b"curv":
        raise UnknownProfile(f"a curve of type {kind!r}")
    (count,) = struct.unpack(">I", data[8:12])
    if count == 0:
        return _parametric(0, (1.0,))
    table = np.frombuffer(data[12 : 12 + 2 * count], ">u2").astype(np.float64)
    if len(table) != count:
        raise UnknownProfile("a curve that ends too early")
    return _parametric(0, (table[0] / 256,)) if count == 1 else _tabled(table / 65535)


def _tabled(table: np.ndarray) -> tuple[Curve, Curve]:
    at = np.linspace(0, 1, len(table))
    rising = np.maximum.accumulate(table) + np.arange(len(table)) * 1e-12
    return lambda v: np.interp(v, at, table), lambda v: np.interp(v, rising, at)


def _parametric(kind: int, values: tuple[float, ...]) -> tuple[Curve, Curve]:
    """The types 0 to 4 of ``para``: Y = (a·X + b)^g + e from d on, c·X + f below; and the way back. Negative values mirror."""
    g, *rest = values
    names = {0: "", 1: "ab", 2: "abe", 3: "abcd", 4: "abcdef"}
    if kind not in names or len(rest) < len(names[kind]) or g <= 0:
        raise UnknownProfile(f"a parametric curve of type {kind}")
    found = dict(zip(names[kind], rest, strict=False))
    a, b = found.get("a", 1.0), found.get("b", 0.0)
    c, e, f = found.get("c", 0.0), found.get("e", 0.0), found.get("f", 0.0)
    if kind == 2:
        f = e
    if not a:
        raise UnknownProfile("a parametric curve without slope")
    d = found.get("d", -b / a if kind in (1, 2) else 0.0)
    seam = c * d + f

    def decode(encoded: np.ndarray) -> np.ndarray:
        size = np.abs(encoded)
        high = np.power(np.maximum(a * size + b, 0), g) + e
        return np.sign(encoded) * np.where(size >= d, high, c * size + f)

    def encode(light: np.ndarray) -> np.ndarray:
        size = np.abs(light)
        high = (np.power(np.maximum(size - e, 0), 1 / g) - b) / a
        low = (size - f) / c if c else np.zeros_like(size)
        return np.sign(light) * np.where(size >= seam, high, low)

    return decode, encode


def convert(straight: np.ndarray, source: bytes, target: bytes) -> np.ndarray:
    """Straight encoded colours [..., 3] of one profile in another (relative colorimetric), float64; not clamped.

    Both ICC profiles, empty for sRGB. Raises UnknownProfile where one is no matrix profile.
    """
    one, other = matrix_profile(source), matrix_profile(target)
    light = np.stack([curve(straight[..., i]) for i, curve in enumerate(one.decode)], -1)
    light = light @ (np.linalg.inv(other.to_xyz) @ one.to_xyz).T
    return np.stack([curve(light[..., i]) for i, curve in enumerate(other.encode)], -1)


def convert_pixels(premultiplied: np.ndarray, source: bytes, target: bytes) -> np.ndarray:
    """Premultiplied pixels [h, w, 4] of one profile in another, float32. Raises UnknownProfile."""
    pixels = premultiplied.astype(np.float64)
    alpha = pixels[..., 3:]
    straight = np.divide(pixels[..., :3], alpha, out=np.zeros_like(pixels[..., :3]), where=alpha > 0)
    pixels[..., :3] = convert(straight, source, target) * alpha
    return pixels.astype(np.float32)
