"""What the artist chooses when a picture leaves the studio."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP, declare


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``bits`` 0: 16 where the picture has more than 8 and the format can. ``background`` (encoded 0–1) is what shows
    through in formats without transparency. ``profile``: keep the picture's profile, convert to sRGB, or none: the numbers as they are, and nothing that
    says how to read them.
    """

    bits: Annotated[
        Literal[0, 8, 16], msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Bits per channel"))
    ] = 0
    quality: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Quality"), low=1, high=100)] = 92
    lossless: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Lossless (WebP)"))] = False
    background: tuple[float, float, float] = (1.0, 1.0, 1.0)
    profile: Annotated[
        Literal["keep", "sRGB", "none"], msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Colour profile"))
    ] = "keep"
    metadata: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Keep photo information (EXIF)"))] = True
