"""Very large pictures, row strips at a time: no more of them is in memory than their decoder needs.

A PNG of 8-bit channels is inflated as it is read: its filtered rows, with the last row of the strip before in front, make
a small PNG of their own, which OpenCV decodes. A JPEG is decoded at once by Pillow, in four bytes for a pixel (OpenCV takes
six), and handed out in strips.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from studio.project.decode import check_size, opened, profile_name
from studio.project.errors import DecodeError
from studio.project.headers import Header, HeaderError, kind_of, read_header, upright
from studio.raster.geometry import TILE

FROM_PIXELS = 100_000_000
"""Pictures from this size on are taken in strips."""
_PNG_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_READ = 1 << 20


@dataclass(frozen=True, eq=False, kw_only=True)
class Streamed:
    """A picture that :func:`rows` hands out; ``width`` and ``height`` upright. The other fields as in ``Decoded``.

    ``source`` holds the file's bytes; it is emptied when they are not needed any more.
    """

    width: int
    height: int
    source: list[bytes]
    header: Header
    icc: bytes
    colour_name: str
    metadata: dict[str, bytes]
    ppi: float
    opaque: bool


def streamed(data: bytes, name: str = "", *, allow_large: bool = False) -> Streamed | None:
    """The picture in ``data`` where it is large and can be taken in strips; None: use ``decode``. Raises DecodeError."""
    kind = kind_of(data)
    if kind not in ("png", "jpeg"):
        return None
    try:
        header = read_header(data, kind)
    except HeaderError as error:
        reason = {"reason": error.reason} if error.kind == "damaged" else {}
        raise DecodeError(error.kind, name, reason) from None
    if header.width * header.height < FROM_PIXELS or not _fits(data, header):
        return None
    check_size(header, name, allow_large)
    if not header.complete:
        raise DecodeError("truncated", name)
    metadata = {"exif": upright(header.exif)} if header.exif else {}
    if header.xmp:
        metadata["xmp"] = header.xmp
    turned = header.orientation in (5, 6, 7, 8)
    return Streamed(
        width=header.height if turned else header.width,
        height=header.width if turned else header.height,
        source=[data],
        header=header,
        icc=header.icc,
        colour_name=profile_name(header.icc),
        metadata=metadata,
        ppi=header.ppi,
        opaque=header.channels in (1, 3),
    )


def _fits(data: bytes, header: Header) -> bool:
    if header.bits != 8 or header.palette or header.icc[16:20] not in (b"", b"RGB "):
        return False
    if header.kind == "jpeg":
        return header.channels in (1, 3)
    plain = data[25] in _PNG_CHANNELS and data[28] == 0 and header.orientation == 1
    return plain and b"tRNS" not in data[: data.find(b"IDAT")]


def rows(picture: Streamed) -> Iterator[np.ndarray]:
    """Straight RGBA uint8 [at most 256, width, 4], from top to bottom. Raises HeaderError where the file is broken."""
    if picture.header.kind == "png":
        for strip in _png_rows(picture.source.pop(), picture.header):
            yield _rgba(strip)
        return
    yield from _jpeg_rows(picture)


def _jpeg_rows(picture: Streamed) -> Iterator[np.ndarray]:
    orientation = picture.header.orientation
    try:
        image = opened(picture.source.pop())
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise HeaderError("damaged", str(error)) from None
    for top in range(0, picture.height, TILE):
        bottom = min(top + TILE, picture.height)
        first, last = (
            (picture.height - bottom, picture.height - top) if orientation in (3, 4, 7, 8) else (top, bottom)
        )
        across = orientation in (5, 6, 7, 8)
        box = (first, 0, last, image.height) if across else (0, first, image.width, last)
        strip = np.asarray(image.crop(box).convert("RGB"))
        yield cv2.cvtColor(np.ascontiguousarray(_upright_view(strip, orientation)), cv2.COLOR_RGB2RGBA)


def _rgba(strip: np.ndarray) -> np.ndarray:
    if strip.ndim == 2:
        return cv2.cvtColor(strip, cv2.COLOR_GRAY2RGBA)
    return cv2.cvtColor(strip, cv2.COLOR_BGR2RGBA if strip.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)


def _upright_view(pixels: np.ndarray, orientation: int) -> np.ndarray:
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels


def _png_rows(data: bytes, header: Header) -> Iterator[np.ndarray]:
    """BGR(A) or grey strips of a PNG that is neither interlaced nor of a palette."""
    stride = 1 + header.width * _PNG_CHANNELS[data[25]]
    before = bytes(stride)  # the row above the first is all zero by the format
    held = bytearray()
    inflated = _inflated(data)
    top = 0
    while top < header.height:
        count = min(TILE, header.height - top)
        while len(held) < count * stride:
            part = next(inflated, None)
            if part is None:
                raise HeaderError("truncated")
            held += part
        strip = _small_png(data, header.width, before, bytes(held[: count * stride]), count)
        del held[: count * stride]
        before = b"\0" + _bytes_of(strip[-1], data[25])
        top += count
        yield strip


def _bytes_of(row: np.ndarray, colour: int) -> bytes:
    """A decoded row in the file's own channel order."""
    if colour == 2:
        row = row[:, ::-1]
    elif colour == 6:
        row = row[:, [2, 1, 0, 3]]
    elif colour == 4:
        row = row[:, [0, 3]]
    return np.ascontiguousarray(row).tobytes()


def _inflated(data: bytes) -> Iterator[bytes]:
    """The filtered rows of all IDAT chunks, in parts."""
    view, place, inflate = memoryview(data), 8, zlib.decompressobj()
    while place + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        if name == b"IDAT":
            for start in range(place + 8, place + 8 + length, _READ):
                end = min(start + _READ, place + 8 + length)
                try:
                    pending = view[start:end]
                    while len(pending):
                        part = inflate.decompress(pending, _READ * 16)
                        pending = inflate.unconsumed_tail
                        if part:
                            yield part
                except zlib.error as error:
                    raise HeaderError("damaged", str(error)) from None
        elif name == b"IEND":
            yield inflate.flush()
            return
        place += 12 + length


def _small_png(data: bytes, width: int, before: bytes, body: bytes, count: int) -> np.ndarray:
    """Decodes ``count`` filtered rows below the unfiltered row ``before``; returns those rows."""
    head = struct.pack(">II", width, count + 1) + data[24:29]
    packed = zlib.compress(before + body, 0)
    chunks = b"".join(
        _chunk(name, part) for name, part in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    )
    small = np.frombuffer(data[:8] + chunks, np.uint8)
    try:
        pixels = cv2.imdecode(small, cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise HeaderError("damaged", error.err or "undecodable") from None
    if pixels is None or pixels.shape[0] != count + 1:
        raise HeaderError("damaged", "its pixels cannot be decoded")
    return pixels[1:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(name)))
