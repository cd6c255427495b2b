"""TIFF written in deflated strips, 8 and 16 bits, with profile, EXIF, XMP and density (Pillow writes no 16-bit RGB)."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

import numpy as np
from isal import isal_zlib
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from studio.project.atomic import At

_LEVEL = 3
"""Of ISA-L's 0–3."""
_STRIP = 1 << 18
_CLASSIC = (1 << 32) - (64 << 20)
"""Bytes of pixels above which 32-bit places might not do; what else a file holds fits into the rest."""
_BIG_HEAD = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16)
_SHORT, _LONG, _RATIONAL, _BYTE, _UNDEFINED, _LONG8 = 3, 4, 5, 1, 7, 16
_EXIF_POINTER = 34665
_COPIED = (270, 271, 272, 305, 306, 315, 33432)
"""Description, make, model, software, date, artist, copyright: text fields of the main directory."""


def encode_tiff(
    pixels: np.ndarray, *, icc: bytes = b"", exif: bytes = b"", xmp: bytes = b"", ppi: float = 0.0
) -> list[bytes]:
    """A little-endian TIFF in parts from straight RGB or RGBA [h, w, 3|4], uint8 or uint16."""
    made = tiff_parts(pixels.shape, pixels.dtype, (pixels,), icc=icc, exif=exif, xmp=xmp, ppi=ppi)
    head, *parts = made
    assert isinstance(head, bytes)
    out = [head]
    for part in parts:
        if isinstance(part, At):  # it lies in the head
            out[0] = head[: part.place] + part.data + head[part.place + len(part.data) :]
        else:
            out.append(part)
    return out


def tiff_parts(
    shape: tuple[int, ...],
    dtype: np.dtype,
    bands: Iterable[np.ndarray],
    *,
    icc: bytes = b"",
    exif: bytes = b"",
    xmp: bytes = b"",
    ppi: float = 0.0,
) -> Iterator[bytes | At]:
    """The same from ``bands`` of whole rows, from top to bottom: no more than one of them is held.

    ``shape`` (height, width, 3 or 4) and ``dtype`` are the picture's. The head comes first; where the directory stands is
    written into it at the end. A picture that might not fit into 4 GiB becomes a BigTIFF.
    """
    height, width, channels = shape
    stride = width * channels * dtype.itemsize
    rows = max(1, _STRIP // max(1, stride))
    big = height * stride >= _CLASSIC
    head = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0) if big else struct.pack("<2sHI", b"II", 42, 0)
    yield head
    place, offsets, lengths = len(head), [], []
    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        for band in _whole_strips(bands, rows):
            for strip in pool.map(_strip, [band[top : top + rows] for top in range(0, len(band), rows)]):
                offsets.append(place)
                lengths.append(len(strip))
                place += len(strip)
                yield strip
    padding = b"\0" * (place & 1)
    place += len(padding)
    texts, block = _exif_block(exif, place, big)
    number = _LONG8 if big else _LONG
    entries = [*_layout(shape, dtype, rows), (273, number, offsets), (279, number, lengths), *texts]
    resolution = struct.pack("<II", round((ppi or 72) * 1000), 1000)
    entries += [(282, _RATIONAL, resolution), (283, _RATIONAL, resolution), (296, _SHORT, [2])]
    if xmp:
        entries.append((700, _BYTE, xmp))
    if icc:
        entries.append((34675, _UNDEFINED, icc))
    if block:
        entries.append((_EXIF_POINTER, number, [place]))
    start = place + len(block)
    yield padding + block + _directory(entries, start, big)
    yield At(8, struct.pack("<Q", start)) if big else At(4, struct.pack("<I", start))


def _whole_strips(bands: Iterable[np.ndarray], rows: int) -> Iterator[np.ndarray]:
    """The same rows, but each band except the last is a multiple of ``rows``."""
    rest = None
    for band in bands:
        if rest is not None and len(rest):
            band = np.concatenate([rest, band])
        whole = len(band) // rows * rows
        # a copy: the band may be overwritten when the next is asked for
        rest = band[whole:].copy()
        yield band[:whole]
    if rest is not None and len(rest):
        yield rest


def _layout(shape: tuple[int, ...], dtype: np.dtype, rows: int) -> list[tuple[int, int, list[int]]]:
    """Size, bits, deflate, RGB, upright, channels, rows a strip, interleaved, predictor, straight alpha."""
    height, width, channels = shape
    entries = [
        (256, _LONG, [width]),
        (257, _LONG, [height]),
        (258, _SHORT, [dtype.itemsize * 8] * channels),
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
    return isal_zlib.compress(difference.astype(difference.dtype.newbyteorder("<")).tobytes(), _LEVEL)


def _directory(entries: list, start: int, big: bool = False) -> bytes:
    """As it is to stand at ``start``; values too long for their entry come after it."""
    formats = {_SHORT: "H", _LONG: "I", _LONG8: "Q"}
    sizes = {_RATIONAL: 8}
    count_of, place_of, room = ("<Q", "Q", 8) if big else ("<H", "I", 4)
    head, tail = struct.pack(count_of, len(entries)), b""
    after = start + len(head) + (20 if big else 12) * len(entries) + room
    for tag, kind, value in sorted(entries, key=lambda entry: entry[0]):
        if isinstance(value, list):
            count, data = len(value), struct.pack(f"<{len(value)}{formats[kind]}", *value)
        else:
            count, data = len(value) // sizes.get(kind, 1), value
        head += struct.pack(f"<HH{place_of}", tag, kind, count)
        if len(data) <= room:
            head += data.ljust(room, b"\0")
            continue
        head += struct.pack(f"<{place_of}", after + len(tail))
        tail += data + b"\0" * (len(data) & 1)
    return head + bytes(room) + tail


def _exif_block(exif: bytes, place: int, big: bool = False) -> tuple[list, bytes]:
    """Text entries of the main directory, and the EXIF directory laid out to stand at ``place``."""
    if not exif:
        return [], b""
    source = Image.Exif()
    try:
        source.load(exif)
        inner = source.get_ifd(_EXIF_POINTER)
        directory = ImageFileDirectory_v2(_BIG_HEAD) if big else ImageFileDirectory_v2()
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


def exif_of_tiff(data: bytes | BinaryIO) -> bytes:
    """The EXIF and text fields of a TIFF (its bytes or its open file) as a block of their own, as other formats keep it;
    empty where there is none."""
    try:
        file = io.BytesIO(data) if isinstance(data, bytes) else data
        source = Image.Exif()
        _load_directory(source, file)  # a TIFF is built like the block; Pillow need not know its pixels
        kept = Image.Exif()
        for tag in _COPIED:
            if isinstance(value := source.get(tag), str):
                kept[tag] = value
        for tag, value in source.get_ifd(_EXIF_POINTER).items():
            kept.get_ifd(_EXIF_POINTER)[tag] = value
        return kept.tobytes().removeprefix(b"Exif\0\0") if len(kept) or kept.get_ifd(_EXIF_POINTER) else b""
    except (OSError, SyntaxError, ValueError, struct.error, TypeError, KeyError):
        return b""


def _load_directory(source: Image.Exif, file: BinaryIO) -> None:
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    order = ">" if head[:2] == b"MM" else "<"
    if struct.unpack_from(order + "H", head, 2)[0] != 43:
        source.load_from_fp(file)
        return
    if order == ">":
        raise ValueError("Pillow reads no BigTIFF of this order")
    source.endian, source.bigtiff = order, True
    source.load_from_fp(file, struct.unpack_from(order + "Q", head, 8)[0])
