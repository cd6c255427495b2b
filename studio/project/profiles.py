"""Colour profiles: those that a picture can be made in, and colours of one in another.

Between matrix profiles (:mod:`studio.raster.icc`) colours are computed in float, so that 16-bit pictures keep their
precision; profiles that are tables go through LittleCMS in 8 bits.
"""

from __future__ import annotations

import io
import struct
from functools import cache, lru_cache
from typing import Any

import numpy as np

from studio.document.artwork import SRGB, ColourSpace
from studio.raster.colour import premultiply, unpremultiply
from studio.raster.icc import (
    D50,
    SRGB_CURVE,
    SRGB_PRIMARIES,
    UnknownProfile,
    convert,
    convert_pixels,
    is_matrix,
    matrix_profile,
    to_d50,
)

__all__ = [
    "NAMES",
    "UnknownProfile",
    "alike",
    "convert",
    "convert_pixels",
    "matrix_profile",
    "pixels_alike",
    "space",
]
_SPACES = {
    # IEC 61966-2-1; SMPTE EG 432-1 with D65 (Apple's Display P3); Adobe RGB (1998); sRGB's primaries without a curve
    "Display P3": (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), SRGB_CURVE),
    "Adobe RGB (1998)": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), (563 / 256,)),
    "Linear sRGB": (SRGB_PRIMARIES, (1.0,)),
}
NAMES = ("sRGB", *_SPACES)
"""The colour spaces that a new picture can have."""
_ROWS = 256
"""Rows of a picture converted at once."""


@cache
def space(name: str) -> ColourSpace:
    """A colour space by its name in ``NAMES``. Raises KeyError."""
    if name == "sRGB":
        return SRGB
    primaries, curve = _SPACES[name]
    return ColourSpace(name=name, icc=_written(name, primaries, curve))


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
        b"desc": text(name), b"cprt": text("No copyright, use freely"), b"wtpt": xyz(D50),
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
    head += b"".join(_fixed(value) for value in D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def alike(straight: np.ndarray, source: bytes, target: bytes) -> np.ndarray:
    """Straight encoded colours [..., 3], 0–1, that look in ``target`` as they do in ``source``; not clamped.

    A profile that is a table goes through LittleCMS in 8 bits; where even that cannot use it, the numbers stay.
    """
    if is_matrix(source) and is_matrix(target):
        return convert(straight, source, target)
    return _by_littlecms(straight, source, target)


def pixels_alike(
    premultiplied: np.ndarray, source: bytes, target: bytes, *, quick: bool = False
) -> np.ndarray:
    """Premultiplied pixels [h, w, 4] as :func:`alike`, float32, in strips. ``quick``: for what ends in 8 bits."""
    computed = is_matrix(source) and is_matrix(target)
    out = np.empty(premultiplied.shape, np.float32)
    for top in range(0, premultiplied.shape[0], _ROWS):
        strip = premultiplied[top : top + _ROWS]
        if computed:
            out[top : top + _ROWS] = convert_pixels(strip, source, target, quick=quick)
            continue
        straight = unpremultiply(strip)
        straight[..., :3] = _by_littlecms(straight[..., :3], source, target)
        out[top : top + _ROWS] = premultiply(straight)
    return out


def _by_littlecms(straight: np.ndarray, source: bytes, target: bytes) -> np.ndarray:
    from PIL import Image, ImageCms  # not loaded before a profile asks for it

    eight = np.round(np.clip(straight, 0, 1) * 255).astype(np.uint8).reshape(1, -1, 3)
    try:
        found = ImageCms.applyTransform(Image.fromarray(eight), _transform(source, target))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return straight
    return (np.asarray(found, np.float32) * np.float32(1 / 255)).reshape(straight.shape)


@lru_cache(maxsize=8)
def _transform(source: bytes, target: bytes) -> Any:
    """LittleCMS's way between two profiles, as the view's tables go: its making takes longer than a stroke may wait."""
    from PIL import ImageCms

    first, second = (
        ImageCms.ImageCmsProfile(io.BytesIO(icc)) if icc else ImageCms.createProfile("sRGB")
        for icc in (source, target)
    )
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.buildTransform(first, second, "RGB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC, flags)
