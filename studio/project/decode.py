"""Bytes of a picture file → pixels. One pure function with limits."""

from __future__ import annotations

import numpy as np

from studio.project import raw, tiff_rows
from studio.project.decoded import Decoded, check_room, check_size, needed, turned
from studio.project.errors import DecodeError
from studio.project.headers import Header, HeaderError, kind_of, read_header, upright
from studio.project.tiff import exif_of_tiff
from studio.project.unpacking import Unsupported, pixels_of, profile_name

_ROWS = 256


def decode(data: bytes, name: str = "", *, allow_large: bool = False) -> Decoded:
    """The picture in ``data``; ``name`` only for the message. PNG, JPEG, WebP, TIFF, BMP, GIF (first frame), RAW.

    Raises DecodeError: empty, not_a_picture, truncated, damaged, unsupported, too_large (above 1 gigapixel), or
    too_large_confirm (above 178 megapixels unless ``allow_large``), or no_room (more than the memory that is left).
    """
    if not data:
        raise DecodeError("empty", name)
    kind = kind_of(data)
    if kind in (None, "tiff") and raw.is_raw(data):
        photograph = raw.develop(data, name, allow_large=allow_large)
        if photograph is not None:
            return photograph
    if kind is None:
        raise DecodeError("not_a_picture", name)
    try:
        header = read_header(data, kind)
        check_size(header, name, allow_large, needed=needed(header))
        check_room(header, name, needed(header))
        if not header.complete and kind != "jpeg":
            raise HeaderError("truncated")
        pixels, icc = _unpacked(data, header)
    except HeaderError as error:
        raise error.of(name) from None
    except Unsupported as error:
        raise DecodeError("unsupported", name, {"what": str(error)}) from None
    except MemoryError:
        size = {"width": str(header.width), "height": str(header.height)}
        raise DecodeError("too_large", name, size) from None
    exif = exif_of_tiff(data) if kind == "tiff" else header.exif
    return _decoded(pixels, icc, header, exif)


def _unpacked(data: bytes, header: Header) -> tuple[np.ndarray, bytes]:
    """Straight RGBA and the RGB profile that goes with it. Raises HeaderError, Unsupported."""
    plain = not (header.palette or header.bits > 8 or header.floating) and header.icc[16:20] in (b"", b"RGB ")
    if data[:4] != b"MM\0+" or not plain:
        return pixels_of(data, header)
    if tiff_rows.pieces_of(data, header) is None:  # Pillow does not read this order of bytes
        raise Unsupported("a BigTIFF with the high bytes first")
    return np.concatenate([band.copy() for band in tiff_rows.strips(data, header, _ROWS)]), header.icc


def _decoded(pixels: np.ndarray, icc: bytes, header: Header, exif: bytes) -> Decoded:
    metadata = {}
    if exif:
        metadata["exif"] = upright(exif)
    if header.xmp:
        metadata["xmp"] = header.xmp
    opaque = header.channels in (1, 3) and header.kind in ("jpeg", "png", "tiff") and not header.palette
    opaque = opaque or bool(
        (pixels[..., 3] == (1 if pixels.dtype == np.float32 else np.iinfo(pixels.dtype).max)).all()
    )
    return Decoded(
        pixels=turned(pixels, header.orientation),
        bits=header.bits,
        icc=icc,
        colour_name=profile_name(icc),
        metadata=metadata,
        ppi=header.ppi,
        format=header.kind,
        opaque=opaque,
    )
