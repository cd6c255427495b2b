"""The file of a compressed picture (.dqz): what it is, which codec it needs, a checksum, then its bytes.

``DQZ`` and the version 2; u8 level; u32 width and height; the first 8 bytes of the SHA-256 of the codec's numbers; u32 bytes of the colour's part and
of the alpha's (0 without alpha); u32 CRC-32 of all before and behind it; the parts. Little-endian. Alpha is deflate of its rows, exact.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP

NO_PICTURE = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it is no compressed picture. Choose a file that “danqing compress” has made.",
)
OTHER_VERSION = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it is of version {theirs}, and this Danqing reads {ours}. Compress the picture again.",
)
CUT = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it has {found} bytes of {told}. Copy it again, or compress the picture again.",
)
CHANGED = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it is damaged, its checksum does not agree. Copy it again, or compress the picture again.",
)
IMPOSSIBLE = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it is damaged, it claims {width} × {height} pixels. Compress the picture again.",
)
NO_ALPHA = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” cannot be decompressed: it is damaged, its alpha cannot be read. Compress the picture again.",
)

MAGIC = b"DQZ\x02"
HEADER = struct.Struct("<4sBII8sII")
CHECK = struct.Struct("<I")
FIRST = HEADER.size + CHECK.size
LARGEST_SIDE = 30_000
MOST_PIXELS = 300_000_000


class Packed(NamedTuple):
    """``colour`` as the coder wrote it, ``alpha`` uint8 [height, width] or None."""

    level: int
    width: int
    height: int
    codec: bytes
    colour: bytes
    alpha: np.ndarray | None


class Damaged(ValueError):
    """The bytes are no compressed picture, or not whole. ``message`` is English source text (context ``engine``) with ``arguments``,
    and a place for the file's ``name``."""

    def __init__(self, message: str, **arguments: str) -> None:
        super().__init__(message)
        self.message, self.arguments = message, arguments


def pack(packed: Packed) -> bytes:
    alpha = zlib.compress(packed.alpha.tobytes(), 9) if packed.alpha is not None else b""
    header = HEADER.pack(
        MAGIC, packed.level, packed.width, packed.height, packed.codec, len(packed.colour), len(alpha)
    )
    body = packed.colour + alpha
    return header + CHECK.pack(zlib.crc32(header + body)) + body


def unpack(data: bytes) -> Packed:
    """Raises Damaged saying what is wrong; nothing is allocated by what a damaged header claims."""
    if len(data) < FIRST or data[:3] != MAGIC[:3]:
        raise Damaged(NO_PICTURE)
    if data[3] != MAGIC[3]:
        raise Damaged(OTHER_VERSION, theirs=str(data[3]), ours=str(MAGIC[3]))
    _, level, width, height, codec, colour_length, alpha_length = HEADER.unpack_from(data)
    body = data[FIRST:]
    if len(body) != colour_length + alpha_length:
        raise Damaged(CUT, found=str(len(body)), told=str(colour_length + alpha_length))
    if zlib.crc32(data[: HEADER.size] + body) != CHECK.unpack_from(data, HEADER.size)[0]:
        raise Damaged(CHANGED)
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE and width * height <= MOST_PIXELS):
        raise Damaged(IMPOSSIBLE, width=str(width), height=str(height))
    colour, rest = body[:colour_length], body[colour_length:]
    return Packed(level, width, height, codec, colour, _alpha(rest, width, height) if rest else None)


def _alpha(data: bytes, width: int, height: int) -> np.ndarray:
    inflating = zlib.decompressobj()
    try:
        plain = inflating.decompress(data, width * height + 1)
    except zlib.error:
        raise Damaged(NO_ALPHA) from None
    if len(plain) != width * height:
        raise Damaged(NO_ALPHA)
    return np.frombuffer(plain, np.uint8).reshape(height, width)
