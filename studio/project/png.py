"""PNG written in strips on all cores, 8 and 16 bits, with profile, EXIF, XMP and density."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from isal import isal_zlib

_LEVEL = 3
"""Of ISA-L's 0–3: as small as zlib's level 4, eight times as fast."""
_STRIP = 1 << 20
_Packed = tuple[bytes, int, int]
"""Deflated, and Adler-32 and length of what it was before."""


def encode_png(
    pixels: np.ndarray,
    *,
    icc: bytes = b"",
    exif: bytes = b"",
    xmp: bytes = b"",
    ppi: float = 0.0,
    level: int = _LEVEL,
    marked: bool = True,
) -> list[bytes]:
    """A PNG file in parts from straight RGB or RGBA [h, w, 3|4], uint8 or uint16.

    Without a profile it is marked sRGB, unless ``marked`` is false: then nothing says that the numbers are colours.
    """
    return list(
        png_parts(
            pixels.shape, pixels.dtype, (pixels,),
            icc=icc, exif=exif, xmp=xmp, ppi=ppi, level=level, marked=marked,
        )
    )  # fmt: skip


def png_parts(
    shape: tuple[int, ...],
    dtype: np.dtype,
    bands: Iterable[np.ndarray],
    *,
    icc: bytes = b"",
    exif: bytes = b"",
    xmp: bytes = b"",
    ppi: float = 0.0,
    level: int = _LEVEL,
    marked: bool = True,
) -> Iterator[bytes]:
    """The same from ``bands`` of whole rows, from top to bottom: no more than one of them is held.

    ``shape`` (height, width, 3 or 4) and ``dtype`` are the picture's.
    """
    height, width, channels = shape
    head = struct.pack(">IIBBBBB", width, height, dtype.itemsize * 8, 2 if channels == 3 else 6, 0, 0, 0)
    yield b"\x89PNG\r\n\x1a\n"
    yield _chunk(b"IHDR", head)
    if icc:
        yield _chunk(b"iCCP", b"ICC\0\0" + zlib.compress(icc))
    elif marked:
        yield _chunk(b"sRGB", b"\0")
    if ppi > 0:
        per_metre = round(ppi / 0.0254)
        yield _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    if exif:
        yield _chunk(b"eXIf", exif)
    if xmp:
        yield _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
    for data in _deflated(height, bands, level):
        yield _chunk(b"IDAT", data)
    yield _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return b"".join(
        (struct.pack(">I", len(body)), name, body, struct.pack(">I", zlib.crc32(body, zlib.crc32(name))))
    )


def _filtered(pixels: np.ndarray, top: int, bottom: int) -> bytes:
    """Rows ``top``–``bottom``, each as difference to the pixel on its left ("Sub"), which needs no other row."""
    rows = pixels[top:bottom]
    step = rows.shape[2] * rows.dtype.itemsize
    raw = rows.astype(">u2") if rows.dtype == np.uint16 else np.ascontiguousarray(rows)
    raw = raw.view(np.uint8).reshape(bottom - top, -1)
    out = np.empty((bottom - top, raw.shape[1] + 1), np.uint8)
    out[:, 0] = 1
    out[:, 1 : 1 + step] = raw[:, :step]
    np.subtract(raw[:, step:], raw[:, :-step], out=out[:, 1 + step :])
    return out.tobytes()


def _deflated(height: int, bands: Iterable[np.ndarray], level: int) -> Iterator[bytes]:
    """One zlib stream in pieces: each strip is deflated alone and ends on a byte (sync flush)."""
    checksum, done = 1, 0
    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        for band in bands:
            rows = max(1, _STRIP // max(1, band[0].nbytes))
            ends = done + len(band) == height

            def strip(top: int, band: np.ndarray = band, rows: int = rows, ends: bool = ends) -> _Packed:
                raw = _filtered(band, top, min(len(band), top + rows))
                packer = isal_zlib.compressobj(level, isal_zlib.DEFLATED, -15)
                ending = isal_zlib.Z_FINISH if ends and top + rows >= len(band) else isal_zlib.Z_SYNC_FLUSH
                return packer.compress(raw) + packer.flush(ending), isal_zlib.adler32(raw), len(raw)

            for number, (piece, adler, length) in enumerate(pool.map(strip, range(0, len(band), rows))):
                checksum = _adler_joined(checksum, adler, length)
                yield b"\x78\x5e" + piece if not done and not number else piece
            done += len(band)
    yield struct.pack(">I", checksum)


def _adler_joined(first: int, second: int, length: int) -> int:
    """The Adler-32 of two joined blocks from their own sums and the length of the second (RFC 1950)."""
    prime = 65521
    low = ((first & 0xFFFF) + (second & 0xFFFF) - 1) % prime
    high = ((first >> 16) + (second >> 16) + length * ((first & 0xFFFF) - 1)) % prime
    return high << 16 | low
