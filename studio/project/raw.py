"""Photographs as the sensor saw them (RAW), developed by LibRaw to 16 bits; nothing is decided that a filter can decide later.

Demosaiced, in the white balance of the camera, sRGB primaries and curve (IEC 61966-2-1), not brightened; clipped highlights
are blended, so that they come down without a colour.
"""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np

from studio.project.decoded import Decoded, check_size
from studio.project.errors import DecodeError
from studio.project.file_bytes import Bytes
from studio.project.headers import Header, kind_of, tags_of
from studio.project.tiff import exif_of_tiff

_HEADS = (b"FUJIFILMCCD-RAW", b"IIU\0", b"IIRO", b"IIRS", b"MMOR", b"FOVb", b"\0MRM")
"""Fujifilm, Panasonic, Olympus (three), Sigma, Minolta."""
_CANON_3 = b"ftypcrx "
_DNG_VERSION, _PHOTOMETRIC, _COMPRESSION, _MAKE, _PARTS = 50706, 262, 259, 271, 330
_SENSOR = (32803, 34892)
"""Colour filter array, linear raw."""
_PACKED = (32767, 32769, 34713, 65000, 65535)
"""Compressions of Sony, Epson, Nikon, Kodak and Pentax."""
_SRGB_CURVE = (2.4, 12.92)


def is_raw(data: Bytes) -> bool:
    """Whether this looks like a RAW file; a TIFF of two sizes with a maker's name may look so, too."""
    head = bytes(data[:16])
    if head.startswith(_HEADS) or head[4:12] == _CANON_3:
        return True
    if kind_of(data) != "tiff":
        return False
    if head[8:10] == b"CR":
        return True
    tags = tags_of(data)
    return (
        _DNG_VERSION in tags
        or tags.get(_PHOTOMETRIC, (0,))[0] in _SENSOR
        or (_MAKE in tags and (_PARTS in tags or tags.get(_COMPRESSION, (0,))[0] in _PACKED))
    )


def develop(data: bytes, name: str, *, allow_large: bool = False) -> Decoded | None:
    """The photograph, uint16 RGBA upright; None where LibRaw knows no such camera but the file may be an ordinary TIFF.

    Raises DecodeError: unsupported, truncated, damaged, too_large, too_large_confirm.
    """
    import rawpy

    plain = kind_of(data) == "tiff"
    try:
        with rawpy.RawPy() as photograph:
            photograph.open_buffer(io.BytesIO(data))
            sizes = photograph.sizes
            check_size(Header(kind="raw", width=sizes.iwidth, height=sizes.iheight), name, allow_large)
            photograph.unpack()
            rgb = _demosaiced(photograph)
    except (rawpy.LibRawFileUnsupportedError, rawpy.NotSupportedError) as error:
        if plain:
            return None
        raise DecodeError("unsupported", name, {"what": f"RAW ({_words(error)})"}) from None
    except rawpy.LibRawIOError:
        raise DecodeError("truncated", name) from None
    except (rawpy.LibRawTooBigError, rawpy.LibRawUnsufficientMemoryError, MemoryError):
        raise DecodeError("too_large", name, {"width": "?", "height": "?"}) from None
    except rawpy.LibRawError as error:
        raise DecodeError("damaged", name, {"reason": _words(error)}) from None
    return _decoded(data, rgb)


def glance(data: bytes, name: str, *, allow_large: bool = False) -> tuple[Decoded, int, int] | None:
    """The photograph at half its size, each four sensor cells one pixel, in a fifth of the time; and its full width and height.

    None where that cannot be said or done; :func:`develop` tells why.
    """
    import rawpy

    try:
        with rawpy.RawPy() as photograph:
            photograph.open_buffer(io.BytesIO(data))
            sizes = photograph.sizes
            width, height = (sizes.iheight, sizes.iwidth) if sizes.flip & 4 else (sizes.iwidth, sizes.iheight)
            check_size(Header(kind="raw", width=width, height=height), name, allow_large)
            photograph.unpack()
            rgb = _demosaiced(photograph, half=True)
    except (rawpy.LibRawError, MemoryError, DecodeError):
        return None
    if abs(2 * rgb.shape[1] - width) > 2 or abs(2 * rgb.shape[0] - height) > 2:
        return None  # a sensor whose cells lie aslant
    return _decoded(data, rgb), width, height


def _demosaiced(photograph: Any, *, half: bool = False) -> np.ndarray:
    import rawpy

    return photograph.postprocess(
        use_camera_wb=True, no_auto_bright=True, output_bps=16, gamma=_SRGB_CURVE, half_size=half,
        output_color=rawpy.ColorSpace.sRGB, highlight_mode=rawpy.HighlightMode.Blend,
    )  # fmt: skip


def _decoded(data: bytes, rgb: np.ndarray) -> Decoded:
    exif = exif_of_tiff(data) if kind_of(data) == "tiff" else b""
    metadata = {"exif": exif} if exif else {}
    return Decoded(pixels=_opaque(rgb), bits=16, metadata=metadata, format="raw")


def _opaque(rgb: np.ndarray) -> np.ndarray:
    """uint16 [h, w, 4] of [h, w, 1 | 3]."""
    if rgb.ndim == 2 or rgb.shape[2] == 1:
        return cv2.cvtColor(rgb, cv2.COLOR_GRAY2RGBA)
    return cv2.cvtColor(np.ascontiguousarray(rgb[..., :3]), cv2.COLOR_RGB2RGBA)


def _words(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    return first.decode(errors="replace") if isinstance(first, bytes) else str(first)
