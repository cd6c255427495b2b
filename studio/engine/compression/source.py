"""A picture file as what is compressed: eight bits of sRGB."""

from __future__ import annotations

import io
from typing import NamedTuple

import msgspec
import numpy as np
from PIL import Image, ImageCms

from studio.engine.datasets.reading import FORMATS, Reading, read_picture

_PNG = b"\x89PNG\r\n\x1a\n"
_BITS_PER_SAMPLE = 258
"""The tag of a TIFF."""
_SPACE = slice(16, 20)
"""Where the header of a profile says of what kind its colours are (ICC.1:2022, 7.2)."""


class Source(NamedTuple):
    """``reading`` as of ``read_picture``, its colours sRGB. ``bits``: of a channel in the file; more than 8 are not kept."""

    reading: Reading
    bits: int


def source_of(data: bytes) -> Source:
    """Raises TooLarge, and BROKEN for anything that is no whole picture. A profile that cannot be used is passed over."""
    reading = read_picture(data)
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        profile, bits = picture.info.get("icc_profile", b""), _bits(picture, data)
    if profile:
        reading = msgspec.structs.replace(reading, rgb=_srgb(reading.rgb, profile))
    return Source(reading, bits)


def _bits(picture: Image.Image, data: bytes) -> int:
    if data[:8] == _PNG:  # Pillow opens 16 bits of colour as 8
        return data[24]
    tags = getattr(picture, "tag_v2", {})
    return max(tags.get(_BITS_PER_SAMPLE, (8,)))


def _srgb(rgb: np.ndarray, profile: bytes) -> np.ndarray:
    """Colours uint8 [h, w, 3] of an RGB ``profile`` as sRGB; of any other kind as they are, since they were made RGB without it."""
    if profile[_SPACE] != b"RGB ":
        return rgb
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            Image.fromarray(rgb), given, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return rgb
    return np.asarray(made, np.uint8) if made is not None else rgb
