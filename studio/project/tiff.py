"""TIFF written in deflated strips, 8 and 16 bits, with profile, EXIF, XMP and density (Pillow writes no 16-bit RGB)."""

from __future__ import annotations

import os
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

_STRIP = 1 << 18
_SHORT, _LONG, _RATIONAL, _BYTE, _UNDEFINED = 3, 4, 5, 1, 7
_EXIF_POINTER = 34665
_COPIED = (270, 271, 272, 305, 306, 315, 33432)
"""Description, make, model, software, date, artist, copyright: text fields of the main directory."""


def encode_tiff(
    pixels: np.ndarray, *, icc: bytes = b"", exif: bytes = b"", xmp: bytes = b"", ppi: float = 0.0
) -> list[bytes]:
    """A little-endian TIFF in parts from straight RGB or RGBA [h, w, 3|4], uint8 or uint16."""
    height = pixels.shape[0]
    rows = max(1, _STRIP // max(1, pixels[0].nbytes))
    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        strips = list(pool.map(lambda top: _strip(pixels[top : top + rows]), range(0, height, rows)))
    place, offsets = 8, []
    for strip in strips:
        offsets.append(place)
        place += len(strip)
    padding = b"\0" * (place & 1)
    place += len(padding)
    texts, block = _exif_block(exif, place)
    entries = [
        *_layout(pixels, rows),
        (273, _LONG, offsets),
        (279, _LONG, [len(strip) for strip in strips]),
        *texts,
    ]
    resolution = struct.pack("<II", round((ppi or 72) * 1000), 1000)
    entries += [(282, _RATIONAL, resolution), (283, _RATIONAL, resolution), (296, _SHORT, [2])]
    if xmp:
        entries.append((700, _BYTE, xmp))
    if icc:
        entries.append((34675, _UNDEFINED, icc))
    if block:
        entries.append((_EXIF_POINTER, _LONG, [place]))
    start = place + len(block)
    return [struct.pack("<2sHI", b"II", 42, start), *strips, padding, block, _directory(entries, start)]


def _layout(pixels: np.ndarray, rows: int) -> list[tuple[int, int, list[int]]]:
    """Size, bits, deflate, RGB, upright, channels, rows a strip, interleaved, predictor, straight alpha."""
    height, width, channels = pixels.shape
    entries = [
        (256, _LONG, [width]),
        (257, _LONG, [height]),
        (258, _SHORT, [pixels.dtype.itemsize * 8] * channels),
        (259, _SHORT, [8]),
        (262, _SHORT, [2]),
        (274, _SHORT, [1]),
        (277, _SHORT, [channels]),
        (278, _LONG, [rows]),
        (284, _SHORT, [1]),
        (317, _SHORT, [2]),
    ]
    return [*entries, (338, _SHORT, [2])] if channels == 4 else entries


def _strip(rows: np.ndarray) -> bytes:
    """Horizontal differencing (predictor 2), then deflate."""
    difference = np.array(rows)
    difference[:, 1:] -= rows[:, :-1]
    return zlib.compress(difference.astype(difference.dtype.newbyteorder("<")).tobytes(), 4)


def _directory(entries: list, start: int) -> bytes:
    formats = {_SHORT: "H", _LONG: "I"}
    sizes = {_RATIONAL: 8}
    head, tail = struct.pack("<H", len(entries)), b""
    after = start + 2 + 12 * len(entries) + 4
    for tag, kind, value in sorted(entries, key=lambda entry: entry[0]):
        if isinstance(value, list):
            count, data = len(value), struct.pack(f"<{len(value)}{formats[kind]}", *value)
        else:
            count, data = len(value) // sizes.get(kind, 1), value
        if len(data) <= 4:
            head += struct.pack("<HHI4s", tag, kind, count, data)
            continue
        head += struct.pack("<HHII", tag, kind, count, after + len(tail))
        tail += data + b"\0" * (len(data) & 1)
    return head + struct.pack("<I", 0) + tail


def _exif_block(exif: bytes, place: int) -> tuple[list, bytes]:
    """Text entries of the main directory, and the EXIF directory laid out to stand at ``place``."""
    if not exif:
        return [], b""
    source = Image.Exif()
    try:
        source.load(exif)
        inner = source.get_ifd(_EXIF_POINTER)
        directory = ImageFileDirectory_v2()
        for tag, value in inner.items():
            if tag != 0x927C:  # a maker's note points to places in its own file
                directory[tag] = value
        block = directory.tobytes(place) if len(directory) else b""
    except (OSError, SyntaxError, ValueError, struct.error, TypeError, KeyError):
        return [], b""
    texts = []
    for tag in _COPIED:
        if isinstance(value := source.get(tag), str):
            texts.append((tag, 2, value.encode("utf-8") + b"\0"))
    return texts, block + b"\0" * (len(block) & 1)


def exif_of_tiff(data: bytes) -> bytes:
    """A TIFF's EXIF and its text fields as a block of their own, as other formats keep it; empty where there is none."""
    try:
        source = Image.Exif()
        source.load(b"Exif\0\0" + data)  # a TIFF is built like the block; Pillow need not know its pixels
        kept = Image.Exif()
        for tag in _COPIED:
            if isinstance(value := source.get(tag), str):
                kept[tag] = value
        for tag, value in source.get_ifd(_EXIF_POINTER).items():
            kept.get_ifd(_EXIF_POINTER)[tag] = value
        return kept.tobytes().removeprefix(b"Exif\0\0") if len(kept) or kept.get_ifd(_EXIF_POINTER) else b""
    except (OSError, SyntaxError, ValueError, struct.error, TypeError, KeyError):
        return b""
