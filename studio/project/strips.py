"""Very large pictures, row strips at a time: no more of them is in memory than their decoder needs.

A PNG of 8-bit channels is inflated as it is read (``png_rows``). A JPEG is decoded at once by Pillow, in four bytes for a pixel (OpenCV takes
six), and handed out in strips.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import msgspec
import numpy as np

from studio.project import png_rows
from studio.project.decode import check_size, opened, profile_name
from studio.project.errors import DecodeError
from studio.project.headers import Header, HeaderError, kind_of, read_header, upright
from studio.raster.geometry import TILE

FROM_PIXELS = 100_000_000
"""Pictures from this size on are taken in strips."""


class Streamed(msgspec.Struct, frozen=True, eq=False, kw_only=True):
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


def streamed(
    data: bytes, name: str = "", *, allow_large: bool = False, from_pixels: int | None = None
) -> Streamed | None:
    """The picture in ``data`` where it can be taken in strips and is as large as ``from_pixels`` (``FROM_PIXELS``).

    None: use ``decode``. Raises DecodeError.
    """
    kind = kind_of(data)
    if kind not in ("png", "jpeg"):
        return None
    try:
        header = read_header(data, kind)
    except HeaderError as error:
        raise error.of(name) from None
    if header.width * header.height < (FROM_PIXELS if from_pixels is None else from_pixels) or not _fits(
        data, header
    ):
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
    return png_rows.is_plain(data, header) and header.orientation == 1


def rows(picture: Streamed) -> Iterator[np.ndarray]:
    """Straight RGBA uint8 [at most 256, width, 4], from top to bottom; a strip may be overwritten when the next is asked for.

    Raises HeaderError where the file is broken."""
    if picture.header.kind == "png":
        yield from png_rows.strips(picture.source.pop(), picture.header, TILE)
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


def _upright_view(pixels: np.ndarray, orientation: int) -> np.ndarray:
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels
