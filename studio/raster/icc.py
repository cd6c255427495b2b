"""Matrix profiles of ICC: three curves to linear light and a matrix to XYZ (D50), computed in float.

sRGB, Display P3, Adobe RGB and most cameras' and screens' profiles are of that kind. Source: ICC.1:2022 (tags 9.2, types 10.6
``curv``, 10.18 ``para``, 10.31 ``XYZ``); D50 adaptation by Bradford's matrix as in Annex E. A profile is its file's bytes;
empty bytes are sRGB.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache, lru_cache

import msgspec
import numpy as np

Curve = Callable[[np.ndarray], np.ndarray]

D50 = (0.9642, 1.0, 0.8249)
_D65 = (0.3127, 0.3290)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
SRGB_PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_LIKE_SRGB = 0.6 / 255
"""By how much the colours of a profile may differ from sRGB's, encoded, to be the same."""


class UnknownProfile(ValueError):
    """A profile that is no matrix profile of RGB: it can be shown and kept, but not computed with."""


class MatrixProfile(msgspec.Struct, frozen=True):
    """``decode``/``encode``: each channel's values ↔ linear light; ``to_xyz`` [3, 3]: linear RGB → XYZ (D50)."""

    decode: tuple[Curve, ...]
    encode: tuple[Curve, ...]
    to_xyz: np.ndarray


def to_d50(primaries: tuple[tuple[float, float], ...]) -> np.ndarray:
    """[3, 3] from linear RGB with these xy primaries and a D65 white to XYZ under D50."""
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    x, y = _D65
    white = np.array([x / y, 1.0, (1 - x - y) / y])
    matrix = columns * np.linalg.solve(columns, white)
    scale = (_BRADFORD @ np.array(D50)) / (_BRADFORD @ white)
    return np.linalg.inv(_BRADFORD) @ np.diag(scale) @ _BRADFORD @ matrix


@cache
def matrix_profile(icc: bytes) -> MatrixProfile:
    """The curves and the matrix of a profile; empty bytes are sRGB. Raises UnknownProfile."""
    if not icc:
        to_light, from_light = _parametric(3, SRGB_CURVE)
        return MatrixProfile((to_light,) * 3, (from_light,) * 3, to_d50(SRGB_PRIMARIES))
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
    """Straight encoded colours [..., 3] of one profile in another (relative colorimetric); not clamped.

    float32 stays float32, a third of the time; all else becomes float64. Raises UnknownProfile where one is no matrix
    profile.
    """
    one, other = matrix_profile(source), matrix_profile(target)
    straight = straight if straight.dtype == np.float32 else np.asarray(straight, np.float64)
    light = np.stack([curve(straight[..., i]) for i, curve in enumerate(one.decode)], -1)
    light = light @ _between(source, target).astype(straight.dtype)
    return np.stack([curve(light[..., i]) for i, curve in enumerate(other.encode)], -1)


@lru_cache(maxsize=64)
def _between(source: bytes, target: bytes) -> np.ndarray:
    """[3, 3] by which rows of linear RGB of one profile become those of another."""
    return (np.linalg.inv(matrix_profile(target).to_xyz) @ matrix_profile(source).to_xyz).T


def convert_pixels(
    premultiplied: np.ndarray, source: bytes, target: bytes, *, quick: bool = False
) -> np.ndarray:
    """Premultiplied pixels [h, w, 4] of one profile in another, float32. Raises UnknownProfile.

    ``quick``: computed in float32, for what ends in 8 bits.
    """
    pixels = premultiplied.astype(np.float32 if quick else np.float64)
    alpha = pixels[..., 3:]
    if bool((alpha == 1).all()):
        pixels[..., :3] = convert(pixels[..., :3], source, target)
    else:
        straight = np.divide(pixels[..., :3], alpha, out=np.zeros_like(pixels[..., :3]), where=alpha > 0)
        pixels[..., :3] = convert(straight, source, target) * alpha
    return pixels.astype(np.float32, copy=False)


@lru_cache(maxsize=64)
def is_matrix(profile: bytes) -> bool:
    """Whether the colours of a profile can be computed here."""
    try:
        matrix_profile(profile)
    except UnknownProfile:
        return False
    return True


@lru_cache(maxsize=64)
def is_srgb(profile: bytes) -> bool:
    """Whether the colours of a profile are sRGB's, to half a step of 8 bits: empty bytes, and what cameras and other programs
    write to say the same."""
    if not profile:
        return True
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, 9)] * 3), -1)
    try:
        seen = np.clip(convert(grid, profile, b""), 0, 1)
    except UnknownProfile:
        return False
    return float(np.abs(seen - grid).max()) <= _LIKE_SRGB
