"""Gradients that come with Danqing, to begin from."""

from __future__ import annotations

from typing import NamedTuple

from studio.raster.colour import from_hex
from studio.recipe import QT_TRANSLATE_NOOP, Stops


class GradientPreset(NamedTuple):
    """``title`` is English source text in context ``gradients``."""

    title: str
    stops: Stops


def _even(*colours: str) -> Stops:
    """Opaque colours, evenly spaced."""
    last = len(colours) - 1
    return tuple((index / last, *from_hex(colour), 1.0) for index, colour in enumerate(colours))


PRESETS: tuple[GradientPreset, ...] = (
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Black to white"), _even("000000", "ffffff")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Ink wash"), _even("14120f", "4a4742", "a7a39b", "f4f1ea")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Azurite"), _even("0b1f47", "1f5c94", "6fb1dc", "e4f2fb")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Cinnabar"), _even("3d0d0a", "a32a1c", "e8643c", "ffd9b8")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Celadon"), _even("2f5d57", "7fb5a3", "cfe6d8")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Gold"), _even("4a2f0a", "b98a2f", "f6dd8a", "fff7dc")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Dawn"), _even("1b2a52", "7a4a78", "f08a6b", "ffe3b0")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Dusk"), _even("0d1130", "4b2a63", "c4476a", "ffb066")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Sea"), _even("062a3f", "0f6d84", "63c1b8", "e6f7ee")),
    GradientPreset(QT_TRANSLATE_NOOP("gradients", "Forest"), _even("0e2016", "2f5d34", "8fae5a", "e9edc1")),
    GradientPreset(
        QT_TRANSLATE_NOOP("gradients", "Fire"), _even("120505", "7c1206", "f26a12", "ffe66b", "ffffff")
    ),
    GradientPreset(
        QT_TRANSLATE_NOOP("gradients", "Rainbow"),
        _even("ff4b4b", "ffb52e", "f4f05a", "4fd06b", "3fb4f0", "6a5cf0", "d65cf0"),
    ),
)
