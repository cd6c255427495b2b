"""What the artist chooses when a picture leaves the studio."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP, declare


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``bits`` 0: 16 where the picture has more than 8 and the format can. ``background`` (encoded 0–1) is what shows
    through in formats without transparency. ``profile``: keep the picture's profile; convert to a colour space by its name,
    or to that of an ICC ``file``, whose bytes are ``icc`` and whose name is ``icc_name``; or none: the numbers as they are,
    and nothing that says how to read them. ``intent`` and ``black_point`` (compensation) say how colours go through a
    profile that is a table: what such a one cannot show is brought inside by them.
    """

    bits: Annotated[
        Literal[0, 8, 16], msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Bits per channel"))
    ] = 0
    quality: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Quality"), low=1, high=100)] = 92
    lossless: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Lossless (WebP)"))] = False
    background: tuple[float, float, float] = (1.0, 1.0, 1.0)
    profile: Annotated[
        Literal["keep", "sRGB", "Display P3", "Adobe RGB (1998)", "Linear sRGB", "file", "none"],
        msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Colour profile")),
    ] = "keep"
    icc: bytes = b""
    icc_name: str = ""
    intent: Annotated[
        Literal["relative", "perceptual", "saturation", "absolute"],
        msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Rendering intent")),
    ] = "relative"
    black_point: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Black point compensation"))] = True
    metadata: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Keep photo information (EXIF)"))] = True
