"""A TIFF or BigTIFF → rows of pixels, a strip or a row of tiles at a time.

Each piece is wrapped as a small TIFF of its own and decoded by what decodes whole ones (``unpacking``), so that the pixels are
the same whatever the compression; pieces without compression are cut into parts that are small enough.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.project.file_bytes import Bytes
from studio.project.headers import Header, HeaderError, tags_of
from studio.project.unpacking import pixels_of

LARGEST_PIECE = 1 << 24
"""Pixels of a strip or of a row of tiles that are decoded at once."""
_NONE, _PLANES = 1, 2
_KNOWN = (_NONE, 5, 8, 32946, 32773)
"""No compression, LZW, deflate twice, PackBits."""
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_OFFSETS, _CHANNELS, _ROWS, _LENGTHS, _LAYOUT = 273, 277, 278, 279, 284
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_LENGTHS = 322, 323, 324, 325
_COPIED = (_BITS, _COMPRESSION, _PHOTOMETRIC, 266, _CHANNELS, _LAYOUT, 317, 338, 339)
"""What says how a piece is packed: also fill order, predictor, extra samples, sample format; all are numbers of 16 bits."""


class Pieces(msgspec.Struct, frozen=True):
    """Where the pieces lie in the file: ``across`` beside each other, each ``width`` × ``height`` pixels (strips may end early)."""

    offsets: tuple[int, ...]
    lengths: tuple[int, ...]
    across: int
    width: int
    height: int
    tiled: bool
    copied: tuple[tuple[int, tuple[int, ...]], ...]
    order: str


def pieces_of(data: Bytes, header: Header) -> Pieces | None:
    """None where the picture cannot be taken in pieces: ``decode`` it."""
    tags = tags_of(data)
    bits, compression = tags.get(_BITS, (1,)), tags.get(_COMPRESSION, (_NONE,))[0]
    deep = header.floating and header.bits == 32
    usual = header.bits in (8, 16) and not header.floating
    if header.palette or header.planar or not (usual or deep) or set(bits) != {header.bits}:
        return None
    if compression not in _KNOWN or not 1 <= header.channels <= 4:
        return None
    copied = tuple((tag, tuple(tags[tag])) for tag in _COPIED if tag in tags)
    order = ">" if data[:2] == b"MM" else "<"
    if _TILE_OFFSETS in tags:
        width, height = (tags.get(tag, (0,))[0] for tag in (_TILE_WIDTH, _TILE_HEIGHT))
        offsets, lengths = tags[_TILE_OFFSETS], tags.get(_TILE_LENGTHS, ())
        across = -(-header.width // width) if width else 0
        found = Pieces(offsets, lengths, across, width, height, True, copied, order)
    else:
        rows = min(tags.get(_ROWS, (header.height,))[0], header.height)
        offsets, lengths = tags.get(_OFFSETS, ()), tags.get(_LENGTHS, ())
        found = Pieces(offsets, lengths, 1, header.width, rows, False, copied, order)
        if compression == _NONE and rows * header.width > LARGEST_PIECE // 16:
            found = _cut(found, header)
    if found is None or found.width <= 0 or found.height <= 0:
        return None
    down = -(-header.height // found.height)
    fits = len(found.offsets) == len(found.lengths) == found.across * down
    return found if fits and found.across * found.width * found.height <= LARGEST_PIECE else None


def _cut(whole: Pieces, header: Header) -> Pieces | None:
    """Strips without compression as strips of few rows; None where the file does not hold as many bytes as it must."""
    stride = header.width * header.channels * header.bits // 8
    rows = max(1, LARGEST_PIECE // 16 // header.width)
    if whole.height % rows and len(whole.offsets) > 1:
        rows = next(one for one in range(rows, 0, -1) if whole.height % one == 0)
    offsets, lengths = [], []
    for number, (offset, length) in enumerate(zip(whole.offsets, whole.lengths, strict=False)):
        here = min(whole.height, header.height - number * whole.height)
        if length < here * stride:
            return None
        for top in range(0, here, rows):
            offsets.append(offset + top * stride)
            lengths.append(min(rows, here - top) * stride)
    return replace(whole, offsets=tuple(offsets), lengths=tuple(lengths), height=rows)


def strips(data: Bytes, header: Header, rows: int) -> Iterator[np.ndarray]:
    """Straight RGBA uint8, uint16 or float32 [at most ``rows``, width, 4] from top to bottom; each is overwritten when the
    next is asked for. Raises HeaderError where the file is broken."""
    pieces = pieces_of(data, header)
    assert pieces is not None
    band: np.ndarray | None = None
    filled = 0
    for decoded in _decoded(data, header, pieces, rows):
        if band is None:
            band = np.empty((min(rows, header.height), header.width, 4), decoded.dtype)
        start = 0
        while start < len(decoded):
            count = min(len(band) - filled, len(decoded) - start)
            band[filled : filled + count] = decoded[start : start + count]
            filled, start = filled + count, start + count
            if filled == len(band):
                yield band
                filled = 0
    if band is not None and filled:
        yield band[:filled]


def _decoded(data: Bytes, header: Header, pieces: Pieces, rows: int) -> Iterator[np.ndarray]:
    """Whole rows [any, width, 4]; about as many pieces as give ``rows`` are decoded beside each other."""
    down = -(-header.height // pieces.height)
    at_once = max(1, rows // pieces.height) * pieces.across
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for first in range(0, down * pieces.across, at_once):
            numbers = range(first, min(first + at_once, down * pieces.across))
            found = list(pool.map(lambda number: _piece(data, header, pieces, number), numbers))
            for start in range(0, len(found), pieces.across):
                beside = found[start : start + pieces.across]
                row = beside[0] if len(beside) == 1 else np.concatenate(beside, axis=1)
                top = (first + start) // pieces.across * pieces.height
                yield row[: header.height - top, : header.width]


def _piece(data: Bytes, header: Header, pieces: Pieces, number: int) -> np.ndarray:
    top = number // pieces.across * pieces.height
    height = pieces.height if pieces.tiled else min(pieces.height, header.height - top)
    offset, length = pieces.offsets[number], pieces.lengths[number]
    packed = data[offset : offset + length]
    if not packed or len(packed) < length:
        raise HeaderError("truncated")
    own = replace(header, width=pieces.width, height=height)
    pixels, _ = pixels_of(_wrapped(packed, pieces, height), own)
    if pixels.shape != (height, pieces.width, 4):
        raise HeaderError("damaged", "its size is contradictory")
    return pixels


def _wrapped(packed: bytes, pieces: Pieces, height: int) -> bytes:
    """A TIFF that holds nothing but this piece, as one strip."""
    values = {
        **dict(pieces.copied),
        _WIDTH: (pieces.width,),
        _HEIGHT: (height,),
        _ROWS: (height,),
        _OFFSETS: (8,),
        _LENGTHS: (len(packed),),
    }
    long = (_WIDTH, _HEIGHT, _ROWS, _OFFSETS, _LENGTHS)
    order, start = pieces.order, 8 + len(packed) + (len(packed) & 1)
    after = start + 2 + 12 * len(values) + 4
    head, tail = struct.pack(order + "H", len(values)), b""
    for tag in sorted(values):
        kind, letter = (4, "I") if tag in long else (3, "H")
        body = struct.pack(f"{order}{len(values[tag])}{letter}", *values[tag])
        head += struct.pack(order + "HHI", tag, kind, len(values[tag]))
        if len(body) <= 4:
            head += body.ljust(4, b"\0")
        else:
            head += struct.pack(order + "I", after + len(tail))
            tail += body
    magic = struct.pack(order + "2sHI", b"MM" if order == ">" else b"II", 42, start)
    return b"".join((magic, packed, b"\0" * (len(packed) & 1), head, bytes(4), tail))
