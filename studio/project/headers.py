"""What a picture file says of itself before a pixel is decoded: size, bits, profile, EXIF, whether it is complete.

Read by hand because decoders differ in what they silently do: Pillow opens 16-bit RGB as 8-bit, OpenCV fills the missing
half of a truncated JPEG with grey and drops profiles.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from studio.project.errors import DecodeError
from studio.project.file_bytes import Bytes

_ICC_LIMIT = 16 << 20
_TEXT_LIMIT = 64 << 20
_ENTRIES = 1 << 16
_PART = 1 << 20
"""Read at a time."""
_XMP = b"http://ns.adobe.com/xap/1.0/\0"


class HeaderError(ValueError):
    """The file is broken. ``kind`` is "truncated" or "damaged"."""

    def __init__(self, kind: str, reason: str = "") -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason

    def of(self, name: str) -> DecodeError:
        """The error of the file ``name``."""
        return DecodeError(self.kind, name, {"reason": self.reason} if self.kind == "damaged" else {})


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """``bits`` per channel; ``ppi`` 0 where unknown; ``orientation`` 1–8 as in EXIF; ``complete``: nothing is missing.

    ``premultiplied``: the stored alpha is associated (TIFF). ``floating``: samples are floats.
    """

    kind: str
    width: int
    height: int
    bits: int = 8
    channels: int = 3
    icc: bytes = b""
    exif: bytes = b""
    xmp: bytes = b""
    ppi: float = 0.0
    orientation: int = 1
    complete: bool = True
    premultiplied: bool = False
    floating: bool = False
    palette: bool = False
    planar: bool = False


def kind_of(data: Bytes) -> str | None:
    """png, jpeg, webp, tiff, bmp, gif by content; None for anything else."""
    head = bytes(data[:16])
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "tiff"
    if head.startswith(b"BM"):
        return "bmp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return None


def read_header(data: Bytes, kind: str) -> Header:
    """The header of a picture whose kind is known; of an open file only PNG and TIFF. Raises HeaderError."""
    try:
        header = _READERS[kind](data)
    except (struct.error, IndexError, zlib.error) as error:
        raise HeaderError("truncated", str(error)) from None
    if header.width <= 0 or header.height <= 0:
        raise HeaderError("damaged", f"{header.width} × {header.height} pixels")
    if header.exif and header.orientation == 1:
        header = replace(header, orientation=orientation_of(header.exif))
    return header


def size_of_png(data: Bytes) -> tuple[int, int]:
    """(width, height) without a look at the rest; struct.error where the file is too short."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _png(data: Bytes) -> Header:
    width, height, bits, colour = struct.unpack(">IIBB", data[16:26])
    found: dict[str, Any] = {}
    ppi, complete = 0.0, False
    for name, start, length in _png_chunks(data):
        if name == b"IDAT":
            continue
        body = data[start : start + length]
        if name == b"IEND":
            complete = True
        elif name == b"iCCP" and b"\0" in body[:80]:
            found["icc"] = _inflate(body[body.index(b"\0") + 2 :], _ICC_LIMIT)
        elif name == b"eXIf":
            found["exif"] = body
        elif name == b"iTXt" and body.startswith(b"XML:com.adobe.xmp\0"):
            found["xmp"] = _png_text(body)
        elif name == b"pHYs" and length == 9 and body[8] == 1:
            ppi = struct.unpack(">I", body[:4])[0] * 0.0254
    channels = {0: 1, 2: 3, 3: 4, 4: 2, 6: 4}.get(colour)
    if channels is None or bits not in (1, 2, 4, 8, 16):
        raise HeaderError("damaged", f"colour type {colour}")
    return Header(
        kind="png", width=width, height=height, bits=bits, channels=channels, ppi=ppi, complete=complete,
        palette=colour == 3, **found,
    )  # fmt: skip


def _png_chunks(data: Bytes) -> Iterator[tuple[bytes, int, int]]:
    """(name, start, length) of each chunk up to IEND; stops at the end of the file. Raises HeaderError on a wrong sum."""
    place, whole = 8, len(data)
    while place + 12 <= whole:
        length, name = struct.unpack(">I4s", data[place : place + 8])
        end = place + 8 + length
        if end + 4 > whole:
            return
        if _checksum(data, place + 4, end) != int.from_bytes(data[end : end + 4], "big"):
            raise HeaderError("damaged", f"wrong checksum in {name.decode('latin-1')}")
        yield name, place + 8, length
        if name == b"IEND":
            return
        place = end + 4


def _checksum(data: Bytes, start: int, end: int) -> int:
    found = 0
    for at in range(start, end, _PART):
        found = zlib.crc32(data[at : min(at + _PART, end)], found)
    return found


def _inflate(data: bytes, limit: int) -> bytes:
    out = zlib.decompressobj().decompress(data, limit + 1)
    return out if len(out) <= limit else b""


def _png_text(body: bytes) -> bytes:
    packed = body[18]
    text = body[20:].split(b"\0", 2)[-1]
    return _inflate(text, _TEXT_LIMIT) if packed else text


def _jpeg(data: bytes) -> Header:
    found: dict[str, Any] = {}
    profile: dict[int, bytes] = {}
    frame, ppi, place = (0, 0, 0, 0), 0.0, 2
    for marker, start, length in _jpeg_segments(data):
        body, place = data[start : start + length], start
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            frame = struct.unpack_from(">BHHB", body)
        elif marker == 0xE0 and body.startswith(b"JFIF\0"):
            ppi = _density(body[7], struct.unpack_from(">H", body, 8)[0])
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            found.setdefault("exif", body[6:])
        elif marker == 0xE1 and body.startswith(_XMP):
            found.setdefault("xmp", body[len(_XMP) :])
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
            profile[body[12]] = body[14:]
    bits, height, width, channels = frame
    if not width:
        raise HeaderError("truncated", "no frame")
    # Inside compressed data 0xFF is always stuffed, so this pair is the true end and not a thumbnail's.
    complete = data.find(b"\xff\xd9", place) >= 0
    found["icc"] = b"".join(profile[index] for index in sorted(profile))
    if not ppi and found.get("exif"):
        ppi = _ppi(tags_of(found["exif"]))
    return Header(
        kind="jpeg",
        width=width,
        height=height,
        bits=bits,
        channels=channels,
        ppi=ppi,
        complete=complete,
        **found,
    )


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, length) of each segment's body, up to and with the first scan. Raises HeaderError."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise HeaderError("damaged", "a marker is missing")
        marker = data[place + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 1:
            place += 1 if marker == 0xFF else 2
            continue
        if marker == 0xD9:
            return
        length = struct.unpack_from(">H", data, place + 2)[0]
        yield marker, place + 4, length - 2
        if marker == 0xDA:
            return
        place += 2 + length


def _density(unit: int, value: int) -> float:
    return float(value) if unit == 1 else value * 2.54 if unit == 2 else 0.0


def _webp(data: bytes) -> Header:
    complete = len(data) >= struct.unpack_from("<I", data, 4)[0] + 8
    place, size = 12, (0, 0)
    found: dict[str, Any] = {}
    names = {b"ICCP": "icc", b"EXIF": "exif", b"XMP ": "xmp"}
    while place + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        body = data[place + 8 : place + 8 + min(length, _TEXT_LIMIT)]
        if name == b"VP8X":
            size = (int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1)
        elif name == b"VP8 " and size == (0, 0):
            size = tuple(value & 0x3FFF for value in struct.unpack_from("<HH", body, 6))
        elif name == b"VP8L" and size == (0, 0):
            word = struct.unpack_from("<I", body, 1)[0]
            size = ((word & 0x3FFF) + 1, (word >> 14 & 0x3FFF) + 1)
        elif name in names:
            found[names[name]] = body.removeprefix(b"Exif\0\0") if name == b"EXIF" else body
        place += 8 + length + (length & 1)
    if size == (0, 0):
        raise HeaderError("truncated", "no frame")
    ppi = _ppi(tags_of(found["exif"])) if found.get("exif") else 0.0
    return Header(kind="webp", width=size[0], height=size[1], channels=4, complete=complete, ppi=ppi, **found)


def _tiff(data: Bytes) -> Header:
    tags = tags_of(data)
    if 256 not in tags or 257 not in tags:
        raise HeaderError("truncated", "no image directory")
    bits = tags.get(258, (1,))
    ends = [
        offset + count
        for offsets, counts in ((273, 279), (324, 325))
        for offset, count in zip(tags.get(offsets, ()), tags.get(counts, ()), strict=False)
    ]
    photometric = tags.get(262, (1,))[0]
    return Header(
        kind="tiff",
        width=tags[256][0],
        height=tags[257][0],
        bits=max(bits),
        channels=tags.get(277, (1,))[0],
        icc=_blob(tags, 34675),
        xmp=_blob(tags, 700),
        ppi=_ppi(tags),
        orientation=_valid_orientation(tags.get(274, (1,))[0]),
        complete=bool(ends) and max(ends) <= len(data),
        premultiplied=tags.get(338, (0,))[0] == 1,
        floating=tags.get(339, (1,))[0] == 3,
        palette=photometric not in (0, 1, 2),
        planar=tags.get(284, (1,))[0] == 2,
    )


def _blob(tags: dict[int, tuple], tag: int) -> bytes:
    value = tags.get(tag, (b"",))
    return bytes(value[0]) if isinstance(value[0], bytes) else bytes(value)


_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_LETTERS = {
    1: "B",
    3: "H",
    4: "I",
    6: "b",
    8: "h",
    9: "i",
    11: "f",
    12: "d",
    13: "I",
    16: "Q",
    17: "q",
    18: "Q",
}


def _order(data: Bytes) -> str:
    return ">" if data[:2] == b"MM" else "<"


def _unpacked(form: str, data: Bytes, place: int) -> tuple[Any, ...]:
    """Raises struct.error where the file ends before."""
    return struct.unpack(form, data[place : place + struct.calcsize(form)])


def _entries(data: Bytes, place: int | None = None) -> list[tuple[int, int, int, int]]:
    """(tag, type, count, place of the value) of the directory at ``place`` of a TIFF, a BigTIFF or an EXIF block, by default
    the first."""
    order = _order(data)
    big = data[2:4] in (b"+\0", b"\0+")
    letter, room, counted = ("Q", 8, "Q") if big else ("I", 4, "H")
    first: int = _unpacked(order + letter, data, room)[0] if place is None else place
    number = _unpacked(order + counted, data, first)[0]
    first += struct.calcsize(order + counted)
    form = f"{order}HH{letter}"
    length = struct.calcsize(form) + room
    block = data[first : first + min(number, _ENTRIES) * length]
    found = []
    for index in range(number):
        tag, kind, count = struct.unpack_from(form, block, index * length)
        size = _SIZES.get(kind, 1) * count
        inline = index * length + length - room
        value = first + inline if size <= room else struct.unpack_from(order + letter, block, inline)[0]
        if value + size <= len(data):
            found.append((tag, kind, count, value))
    return found


def tags_of(data: Bytes, directory: int | None = None) -> dict[int, tuple]:
    """The values of one directory of a TIFF or EXIF block, by tag; ``directory``: where it stands, else the first one. What
    cannot be read is left out."""
    order = _order(data)
    tags: dict[int, tuple] = {}
    try:
        entries = _entries(data, directory)
    except struct.error:
        return tags
    for tag, kind, count, place in entries:
        if kind in (2, 7) or (kind == 1 and count > 4):
            tags[tag] = (bytes(data[place : place + count]),)
        elif kind in (5, 10):
            pairs = _unpacked(f"{order}{2 * count}{'I' if kind == 5 else 'i'}", data, place)
            tags[tag] = tuple(a / b if b else 0.0 for a, b in zip(pairs[::2], pairs[1::2], strict=True))
        elif kind in _LETTERS and count:
            tags[tag] = _unpacked(f"{order}{count}{_LETTERS[kind]}", data, place)
    return tags


def _ppi(tags: dict[int, tuple]) -> float:
    value = float(tags.get(282, (0.0,))[0])
    ppi = value * 2.54 if tags.get(296, (2,))[0] == 3 else value
    return ppi if 1.0 < ppi < 100_000 and tags.get(296, (2,))[0] != 1 else 0.0


def _valid_orientation(value: int) -> int:
    return value if 1 <= value <= 8 else 1


def camera_tags(exif: bytes) -> dict[int, tuple]:
    """The values that an EXIF block tells of the camera, by tag; fractions are floats. None of a broken block."""
    if exif[:2] not in (b"II", b"MM"):
        return {}
    directory = tags_of(exif).get(0x8769, (0,))[0]
    return tags_of(exif, directory) if isinstance(directory, int) and directory else {}


def orientation_of(exif: bytes) -> int:
    """The orientation 1–8 that an EXIF block (without its ``Exif`` prefix) declares."""
    return _valid_orientation(tags_of(exif).get(274, (1,))[0]) if exif[:2] in (b"II", b"MM") else 1


def upright(exif: bytes) -> bytes:
    """The same EXIF block with its orientation reset to 1; every other byte is kept."""
    if exif[:2] not in (b"II", b"MM"):
        return exif
    out = bytearray(exif)
    try:
        for tag, kind, _count, place in _entries(exif):
            if tag == 274 and kind == 3:
                struct.pack_into(_order(exif) + "H", out, place, 1)
    except struct.error:
        return exif
    return bytes(out)


def _bmp(data: bytes) -> Header:
    length = struct.unpack_from("<I", data, 14)[0]
    width, height = struct.unpack_from("<HH" if length == 12 else "<ii", data, 18)
    return Header(kind="bmp", width=width, height=abs(height))


def _gif(data: bytes) -> Header:
    width, height = struct.unpack_from("<HH", data, 6)
    return Header(kind="gif", width=width, height=height, channels=4)


_READERS = {"png": _png, "jpeg": _jpeg, "webp": _webp, "tiff": _tiff, "bmp": _bmp, "gif": _gif}
