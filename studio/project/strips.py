"""Very large pictures, row strips at a time: no more of them is in memory than their decoder needs.

A PNG is inflated as it is read (``png_rows``), a TIFF decoded strip by strip or tile by tile (``tiff_rows``), both from the open
file. A JPEG is decoded at once by Pillow, in four bytes for a pixel (OpenCV takes six), and handed out in strips.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path

import cv2
import msgspec
import numpy as np

from studio.project import png_rows, tiff_rows
from studio.project.decoded import check_room, check_size
from studio.project.errors import DecodeError, read_failure
from studio.project.file_bytes import Bytes, FileBytes
from studio.project.headers import (
    Header,
    HeaderError,
    kind_of,
    read_header,
    size_of_png,
    tags_of,
    upright,
)
from studio.project.raw import is_raw
from studio.project.tiff import exif_of_tiff
from studio.project.unpacking import opened, profile_name
from studio.raster.geometry import TILE

FROM_PIXELS = 100_000_000
"""Pictures from this size on are taken in strips."""


class Streamed(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A picture that :func:`rows` hands out; ``width`` and ``height`` upright. The other fields as in ``Decoded``.

    ``source`` holds the file's bytes, or the open file; it is emptied when they are not needed any more.
    """

    width: int
    height: int
    source: list[Bytes]
    header: Header
    icc: bytes
    colour_name: str
    metadata: dict[str, bytes]
    ppi: float
    opaque: bool

    @property
    def bits(self) -> int:
        return self.header.bits

    @property
    def dtype(self) -> type[np.float16 | np.float32]:
        """Of the tiles that it becomes."""
        return np.float16 if self.header.bits == 8 else np.float32


def streamed_file(path: str | Path, *, allow_large: bool = False) -> Streamed | None:
    """The same for the file at ``path``, of whose PNG or TIFF only what is looked at is read. None: use ``decode``.

    Raises DecodeError.
    """
    try:
        data = FileBytes(path)
        picture = None
        try:
            if kind_of(data[:16]) in ("png", "tiff"):
                picture = streamed(data, str(path), allow_large=allow_large)
        finally:
            if picture is None:
                data.close()
    except OSError as error:
        raise read_failure(error, path) from None
    return picture


def streamed(
    data: Bytes, name: str = "", *, allow_large: bool = False, from_pixels: int | None = None
) -> Streamed | None:
    """The picture in ``data`` where it can be taken in strips and is as large as ``from_pixels`` (``FROM_PIXELS``).

    None: use ``decode``. Raises DecodeError.
    """
    kind = kind_of(data[:16])
    if kind not in ("png", "jpeg", "tiff"):
        return None
    least = FROM_PIXELS if from_pixels is None else from_pixels
    if _pixels_said(data, kind) < least:
        return None
    try:
        header = read_header(data, kind)
    except HeaderError as error:
        raise error.of(name) from None
    if header.width * header.height < least or not _fits(data, header):
        return None
    check_size(header, name, allow_large)
    if kind == "jpeg":  # its decoder holds all of it
        check_room(header, name, 4 * header.width * header.height)
    if not header.complete:
        raise DecodeError("truncated", name)
    exif = _exif_of_tiff(data) if kind == "tiff" else header.exif
    metadata = {"exif": upright(exif)} if exif else {}
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


def _pixels_said(data: Bytes, kind: str) -> int:
    """What the first bytes of a PNG or the directory of a TIFF say; of a JPEG the whole header has to be read."""
    with contextlib.suppress(struct.error, TypeError):
        if kind == "png":
            width, height = size_of_png(data)
            return width * height
        if kind == "tiff":
            tags = tags_of(data)
            return tags.get(256, (0,))[0] * tags.get(257, (0,))[0]
    return 1 << 62


def _exif_of_tiff(data: Bytes) -> bytes:
    if isinstance(data, bytes):
        return exif_of_tiff(data)
    with data.file() as file:
        return exif_of_tiff(file)


def _fits(data: Bytes, header: Header) -> bool:
    if header.icc[16:20] not in (b"", b"RGB "):
        return False
    if header.kind == "jpeg":
        return header.bits == 8 and header.channels in (1, 3)
    if header.orientation != 1:
        return False
    if header.kind == "png":
        return png_rows.is_plain(data, header)
    return not is_raw(data) and tiff_rows.pieces_of(data, header) is not None


def rows(picture: Streamed) -> Iterator[np.ndarray]:
    """Straight RGBA [at most 256, width, 4], from top to bottom; a strip may be overwritten when the next is asked for.

    uint8; of a deeper source uint16 or float32. Raises HeaderError where the file is broken."""
    if picture.header.kind == "jpeg":
        yield from _jpeg_rows(picture)
        return
    source = picture.source.pop()
    taken = png_rows if picture.header.kind == "png" else tiff_rows
    try:
        yield from taken.strips(source, picture.header, TILE)
    except OSError as error:
        raise HeaderError("damaged", str(error)) from None
    finally:
        if isinstance(source, FileBytes):
            source.close()


def _jpeg_rows(picture: Streamed) -> Iterator[np.ndarray]:
    orientation = picture.header.orientation
    try:
        image = opened(picture.source.pop()[:])
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


def _upright_view(pixels: np.ndarray, orientation: int) -> np.ndarray:
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels
