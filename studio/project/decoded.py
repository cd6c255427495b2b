"""A decoded picture, and how large one may be before anything is decoded."""

from __future__ import annotations

import msgspec
import numpy as np

from studio.project import free_memory
from studio.project.errors import DecodeError
from studio.project.headers import Header

DEFAULT_PPI = 72.0
"""For files that do not say how large they are on paper."""
HARD_LIMIT = 1_000_000_000
ASK_LIMIT = 178_000_000
_SIDE_LIMIT = 300_000
_LOOK_FROM = 40_000_000
"""Pixels from which it is asked whether there is memory for them."""


class Decoded(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A picture as its file holds it.

    ``pixels``: straight RGBA [height, width, 4], uint8 or uint16 (full range), or float32 (0–1, more is allowed), already
    turned upright. ``bits`` per channel of the source. ``icc``: the embedded RGB profile, empty means sRGB.
    ``metadata``: "exif" (TIFF structure, orientation reset to 1) and "xmp". ``ppi`` 0 where the file says nothing.
    """

    pixels: np.ndarray
    bits: int
    icc: bytes = b""
    colour_name: str = "sRGB"
    metadata: dict[str, bytes] = msgspec.field(default_factory=dict)
    ppi: float = 0.0
    format: str = ""
    opaque: bool = True

    @property
    def exif(self) -> bytes:
        return self.metadata.get("exif", b"")


def check_size(header: Header, name: str, allow_large: bool, *, needed: float | None = None) -> None:
    """``needed``: bytes of memory; None for what is taken in strips."""
    pixels = header.width * header.height
    size = {"width": str(header.width), "height": str(header.height)}
    if pixels > HARD_LIMIT or max(header.width, header.height) > _SIDE_LIMIT:
        raise DecodeError("too_large", name, size)
    if pixels > ASK_LIMIT and not allow_large:
        memory = pixels * 3 / 2**30 + 1.3 if needed is None else needed / 2**30
        raise DecodeError("too_large_confirm", name, {**size, "memory": f"{memory:.1f}"})


def needed(header: Header) -> int:
    """Bytes, about, that a picture takes which is decoded as a whole and then becomes tiles, measured at 25 megapixels."""
    if header.kind == "webp":
        each = 27  # its decoder keeps several copies
    elif header.floating or header.bits > 16:
        each = 36
    else:
        each = 12 if header.bits <= 8 else 26
    return header.width * header.height * each


def check_room(header: Header, name: str, wanted: int) -> None:
    """Whether there are so many bytes, before a system without memory ends the process. Raises DecodeError."""
    if header.width * header.height < _LOOK_FROM:
        return
    left = free_memory.bytes_left()
    if left is not None and wanted > left:
        size = {"width": str(header.width), "height": str(header.height)}
        memory = {"memory": f"{wanted / 2**30:.1f}", "left": f"{max(left, 0) / 2**30:.1f}"}
        raise DecodeError("no_room", name, {**size, **memory})


def turned(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """``pixels`` upright, from an EXIF orientation 1–8."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
