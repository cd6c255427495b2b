"""Palettes: GIMP's .gpl (text, version 2), Adobe's .ase (Swatch Exchange) and .aco (Photoshop swatches), read and written.

Formats: GIMP's ``gimppalette-load.c`` header as documented in its user manual; the Swatch Exchange layout (``ASEF``, blocks
0xC001, 0xC002, 0x0001) and the Photoshop File Formats Specification, "Color swatches". Colours become sRGB, 0–1.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import msgspec
import numpy as np

from studio.project.errors import DecodeError

MOST_COLOURS = 200_000
MOST_BYTES = 64 << 20
SUFFIXES = (".gpl", ".ase", ".aco")

Rgb = tuple[float, float, float]


class Swatch(msgspec.Struct, frozen=True):
    """``colour``: encoded sRGB 0–1."""

    colour: Rgb
    name: str = ""


class Palette(msgspec.Struct, frozen=True):
    """``columns``: how many swatches stand in a row where the file says so, else 0."""

    name: str
    swatches: tuple[Swatch, ...] = ()
    columns: int = 0


def decode(data: bytes, file: str) -> Palette:
    """The palette in ``data``; ``file`` gives its name where it has none of its own. Raises DecodeError."""
    stem = Path(file).stem
    try:
        if data[:4] == b"ASEF":
            palette = _read_ase(data, stem)
        elif data.lstrip(b"\xef\xbb\xbf")[:12] == b"GIMP Palette":
            palette = _read_gpl(data, stem)
        elif Path(file).suffix.lower() == ".aco":
            palette = _read_aco(data, stem)
        else:
            raise DecodeError("not_a_palette", file)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise DecodeError("truncated", file) from None
    if len(palette.swatches) > MOST_COLOURS:
        raise DecodeError("too_many_colours", file, {"limit": f"{MOST_COLOURS:,}"})
    if not palette.swatches:
        raise DecodeError("not_a_palette", file)
    return palette


def read(path: str | Path) -> Palette:
    """Raises DecodeError, OSError."""
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise DecodeError("not_a_palette", str(path))
    return decode(data, str(path))


def encode(palette: Palette, suffix: str) -> bytes:
    """The palette as .gpl, .ase or .aco. Raises KeyError for another suffix."""
    return {".gpl": _write_gpl, ".ase": _write_ase, ".aco": _write_aco}[suffix](palette)


# ---- GIMP


def _read_gpl(data: bytes, name: str) -> Palette:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = data.decode("latin-1").splitlines()
    columns, swatches = 0, []
    for line in lines[1:]:
        if line.startswith("#") or not line.strip():
            continue
        head = re.match(r"(Name|Columns)\s*:\s*(.*)", line)
        if head:
            if head[1] == "Name":
                name = head[2].strip() or name
            elif head[2].strip().isdigit():
                columns = min(int(head[2]), 256)
            continue
        found = re.match(r"\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?$", line)
        if found:
            red, green, blue = (min(int(found[i]), 255) / 255 for i in (1, 2, 3))
            words = (found[4] or "").strip()
            swatches.append(Swatch((red, green, blue), "" if words == "Untitled" else words))
    return Palette(name, tuple(swatches), columns)


def _write_gpl(palette: Palette) -> bytes:
    lines = ["GIMP Palette", f"Name: {_line(palette.name)}", f"Columns: {palette.columns}", "#"]
    for swatch in palette.swatches:
        red, green, blue = _bytes(swatch.colour)
        lines.append(f"{red:3d} {green:3d} {blue:3d}\t{_line(swatch.name) or 'Untitled'}")
    return ("\n".join(lines) + "\n").encode()


def _line(words: str) -> str:
    return " ".join(words.split())


def _bytes(colour: Rgb) -> tuple[int, int, int]:
    red, green, blue = (round(255 * min(max(value, 0.0), 1.0)) for value in colour)
    return red, green, blue


# ---- Adobe Swatch Exchange


def _read_ase(data: bytes, name: str) -> Palette:
    (count,) = struct.unpack_from(">I", data, 8)
    at, swatches = 12, []
    for index in range(count):
        kind, size = struct.unpack_from(">HI", data, at)
        block = data[at + 6 : at + 6 + size]
        if len(block) != size:
            raise IndexError(index)
        at += 6 + size
        if kind == 0xC001 and index == 0:
            name = _ase_name(block)[0] or name
        elif kind == 0x0001:
            words, rest = _ase_name(block)
            swatches.append(Swatch(_ase_colour(rest), words))
            if len(swatches) > MOST_COLOURS:
                break
    return Palette(name, tuple(swatches))


def _ase_name(block: bytes) -> tuple[str, bytes]:
    (length,) = struct.unpack_from(">H", block)
    end = 2 + 2 * length
    return block[2:end].decode("utf-16-be").rstrip("\0"), block[end:]


def _ase_colour(block: bytes) -> Rgb:
    model = block[:4]
    count = {b"RGB ": 3, b"CMYK": 4, b"LAB ": 3, b"Gray": 1}[model] if model in _MODELS else 0
    if not count:
        raise IndexError(model)
    values = struct.unpack_from(f">{count}f", block, 4)
    return _MODELS[model](values)


def _from_cmyk(values: tuple[float, ...]) -> Rgb:
    """Without a press profile, as a swatch is only shown: each ink takes its share of the light."""
    *inks, black = (min(max(value, 0.0), 1.0) for value in values)
    cyan, magenta, yellow = ((1 - ink) * (1 - black) for ink in inks)
    return cyan, magenta, yellow


def _from_lab(values: tuple[float, ...]) -> Rgb:
    """CIE L*a*b* under D50, L 0–1; to sRGB by Bradford's adaptation to D65."""
    from studio.project.profiles import matrix_profile

    lightness, a, b = values[0] * 100, values[1], values[2]
    y = (lightness + 16) / 116
    cone = np.array([y + a / 500, y, y - b / 200])
    xyz = np.where(cone > 6 / 29, cone**3, 3 * (6 / 29) ** 2 * (cone - 4 / 29)) * (0.9642, 1.0, 0.8249)
    profile = matrix_profile(b"")
    linear = np.linalg.inv(profile.to_xyz) @ xyz
    red, green, blue = (float(value) for value in np.clip(profile.encode[0](linear), 0, 1))
    return red, green, blue


def _plain(values: tuple[float, ...]) -> Rgb:
    red, green, blue = (min(max(float(value), 0.0), 1.0) if value == value else 0.0 for value in values)
    return red, green, blue


_MODELS = {
    b"RGB ": _plain,
    b"CMYK": _from_cmyk,
    b"LAB ": _from_lab,
    b"Gray": lambda values: _plain((values[0],) * 3),
}


def _write_ase(palette: Palette) -> bytes:
    def block(kind: int, body: bytes) -> bytes:
        return struct.pack(">HI", kind, len(body)) + body

    def words(text: str) -> bytes:
        encoded = (text + "\0").encode("utf-16-be")
        return struct.pack(">H", len(encoded) // 2) + encoded

    blocks = [block(0xC001, words(palette.name))]
    blocks += [
        block(0x0001, words(swatch.name) + b"RGB " + struct.pack(">3fH", *swatch.colour, 2))
        for swatch in palette.swatches
    ]
    blocks.append(block(0xC002, b""))
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


# ---- Photoshop swatches


def _read_aco(data: bytes, name: str) -> Palette:
    version, count = struct.unpack_from(">HH", data)
    if version not in (1, 2):
        raise IndexError(version)
    at, colours = 4, []
    for _ in range(count):
        space, *values = struct.unpack_from(">5H", data, at)
        at += 10
        words = ""
        if version == 2:
            (length,) = struct.unpack_from(">I", data, at)
            if at + 4 + 2 * length > len(data):
                raise IndexError(length)
            words = data[at + 4 : at + 4 + 2 * length].decode("utf-16-be").rstrip("\0")
            at += 4 + 2 * length
        colours.append(Swatch(_aco_colour(space, values), words))
    if version == 1 and data[at : at + 2] == b"\0\2":
        return _read_aco(data[at:], name)  # the same colours again, with names
    return Palette(name, tuple(colours))


def _aco_colour(space: int, values: list[int]) -> Rgb:
    import colorsys

    if space == 0:
        return values[0] / 65535, values[1] / 65535, values[2] / 65535
    if space == 1:
        return colorsys.hsv_to_rgb(values[0] / 65536, values[1] / 65535, values[2] / 65535)
    if space == 2:
        return _from_cmyk(tuple(1 - value / 65535 for value in values))
    if space == 7:
        signed = [value - 65536 if value > 32767 else value for value in values]
        return _from_lab((values[0] / 10000, signed[1] / 100, signed[2] / 100))
    if space == 8:
        grey = 1 - values[0] / 10000
        return grey, grey, grey
    raise IndexError(space)


def _write_aco(palette: Palette) -> bytes:
    out = b""
    for version in (1, 2):
        out += struct.pack(">HH", version, min(len(palette.swatches), 65535))
        for swatch in palette.swatches[:65535]:
            red, green, blue = (round(65535 * min(max(value, 0.0), 1.0)) for value in swatch.colour)
            out += struct.pack(">5H", 0, red, green, blue, 0)
            if version == 2:
                encoded = (swatch.name + "\0").encode("utf-16-be")
                out += struct.pack(">I", len(encoded) // 2) + encoded
    return out
