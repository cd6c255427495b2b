"""Bytes of a picture file of any mode → upright 8-bit RGB, with limits; JPEGs are read no larger than is needed."""

from __future__ import annotations

import io
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import msgspec
import numpy as np
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")
"""None of them starts another program (EPS does). A phone's MPO comes through JPEG."""
PIXEL_LIMIT = 200_000_000
FILE_LIMIT = 512 << 20
BIG = 24_000_000
"""Pictures above this many pixels are decoded one at a time, so that memory is bounded."""
LOOKED_AT, THUMBNAIL = 320, 96
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    Warning,
    struct.error,
    Image.DecompressionBombError,
)
"""What a hostile or damaged file may make the decoders raise."""
_one_big = threading.Lock()


class TooLarge(ValueError):
    """The picture has more pixels, or the file more bytes, than are opened here."""


class Reading(msgspec.Struct, frozen=True, eq=False):
    """``rgb`` uint8 [h, w, 3] upright sRGB over white, ``alpha`` uint8 [h, w] where the file has it; ``width`` and
    ``height`` of the whole picture, of which ``rgb`` may be a smaller version."""

    rgb: np.ndarray
    alpha: np.ndarray | None
    width: int
    height: int


def file_bytes(path: Path) -> bytes:
    """Raises OSError, and TooLarge before anything is read."""
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size > FILE_LIMIT:
            raise TooLarge(f"more than {FILE_LIMIT >> 20} MiB")
        return file.read()


def read_picture(data: bytes, at_least: int = 0) -> Reading:
    """The picture in ``data``, first frame. ``at_least``: a JPEG may come at a half, quarter or eighth of its size as long
    as its shorter side keeps that many pixels; 0 reads it whole.

    16 bits and floating point become 8 bits; profiles are not applied. Raises TooLarge, and BROKEN for anything that
    is no whole picture.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked below; Pillow would warn before it
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > PIXEL_LIMIT:
            raise TooLarge(f"{width} × {height} pixels")
        if at_least and picture.format in ("JPEG", "MPO"):
            picture.draft(None, (at_least, at_least))
        with _alone(picture.size[0] * picture.size[1]):
            picture.load()
            before, turned = picture.size, picture
            ImageOps.exif_transpose(turned, in_place=True)
            if (turned.width > turned.height) != (before[0] > before[1]):
                width, height = height, width
            rgb, alpha = _channels(turned)
    return Reading(rgb, alpha, width, height)


@contextmanager
def _alone(pixels: int) -> Iterator[None]:
    if pixels <= BIG:
        yield
        return
    with _one_big:
        yield


def _channels(picture: Image.Image) -> tuple[np.ndarray, np.ndarray | None]:
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = Image.fromarray(_eight_bits(picture))
    if "A" in picture.getbands() or "a" in picture.getbands() or "transparency" in picture.info:
        straight = np.asarray(picture.convert("RGBA"), np.uint8)
        alpha = np.ascontiguousarray(straight[..., 3])
        return over_white(straight[..., :3], alpha), alpha
    return np.asarray(picture.convert("RGB"), np.uint8), None


def _eight_bits(picture: Image.Image) -> np.ndarray:
    """16- and 32-bit integers and floating point as uint8: by the range of the type where it is known, else of the values."""
    values = np.nan_to_num(np.asarray(picture, np.float32), nan=0.0, posinf=3.4e38, neginf=0.0)
    if picture.mode.startswith("I;16"):
        high = 65535.0
    elif picture.mode == "F" and values.max(initial=0) <= 1.0:
        high = 1.0
    else:
        high = 65535.0 if values.max(initial=0) > 255 else 255.0
    return (values.clip(0, high) * (255.0 / high) + 0.5).astype(np.uint8)


def over_white(rgb: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Straight uint8 colour [h, w, 3] with alpha [h, w], on white."""
    part = alpha[..., None].astype(np.uint16)
    return ((rgb * part + (255 - part) * 255 + 127) // 255).astype(np.uint8)


def without_white(rgb: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Undoes ``over_white``: the straight uint8 colour [h, w, 3] that looks on white as ``rgb`` does; 0 where nothing is to be seen.

    c = (w − 255·(1 − α)) / α. An error in ``rgb`` grows by 1 / α and is laid down by α: over any ground it is what it was.
    """
    part = alpha[..., None].astype(np.float32) / 255
    straight = (rgb - 255 * (1 - part)) / np.maximum(part, 1 / 255)
    return np.where(part > 0, straight.clip(0, 255) + 0.5, 0).astype(np.uint8)


def looked_at(rgb: np.ndarray) -> np.ndarray:
    """What is judged of a picture: at most ``LOOKED_AT`` pixels a side."""
    return fitted(rgb, LOOKED_AT)


def thumbnail(rgb: np.ndarray) -> np.ndarray:
    """What is shown of it, and judged of its paper: at most ``THUMBNAIL`` pixels a side."""
    return fitted(looked_at(rgb), THUMBNAIL)


def fitted(rgb: np.ndarray, side: int) -> np.ndarray:
    """The picture made smaller, by area, until its longer side has at most ``side`` pixels."""
    height, width = rgb.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return rgb
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
