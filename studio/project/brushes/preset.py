"""A brush with a name and a place in the library, and Danqing's own file of them, ``.dqbrush``.

The file is the eight bytes ``DQBRUSH`` + version, then MessagePack. Tip images are inside, deflated; so one file is
complete, whether it holds one brush or a whole folder of them.
"""

from __future__ import annotations

import hashlib
from typing import Any

import cv2
import msgspec
import numpy as np

from studio.project.brushes.cursor import BrokenBrush
from studio.raster.brush import Brush, checked, upgraded
from studio.raster.tip import Tip, TipError
from studio.recipe import RecipeError, described

MAGIC = b"DQBRUSH"
VERSION = 1
SUFFIX = ".dqbrush"
SUFFIXES = (SUFFIX, ".myb", ".gbr", ".gih", ".abr")
"""Endings of brush files that can be read; what a file really is, its content decides."""
LARGEST_FILE = 512 << 20
MOST_BRUSHES = 4000
IMPORTED_SIDE = 2048

_LATER = ("tip_ranks", "scatter_across", "offset_x", "offset_y", "flip_x", "flip_y")
"""Fields that brushes did not always have: where they do nothing, the id is as it was before."""
_PLAIN = Brush()


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """``title`` as its maker wrote it, ``title_zh`` where it has a Chinese one. ``folder`` is one name, not a path.

    ``id`` is the same wherever the preset goes: the library recognises it when a file is imported again.
    """

    id: str
    title: str
    title_zh: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()
    brush: Brush = Brush()

    def named(self, language: str) -> str:
        """The title in the language of the window."""
        return self.title_zh if language.startswith("zh") and self.title_zh else self.title


def identified(title: str, brush: Brush) -> str:
    """An id that follows from what the preset is; so the same file imported twice gives the same presets."""
    plain = msgspec.to_builtins(brush, builtin_types=(bytes,))
    for name in _LATER:
        if plain[name] == msgspec.to_builtins(getattr(_PLAIN, name)):
            del plain[name]
    return hashlib.blake2b(msgspec.msgpack.encode((title, plain)), digest_size=12).hexdigest()


def write_presets(presets: tuple[Preset, ...]) -> bytes:
    """The bytes of a ``.dqbrush`` file."""
    plain = msgspec.to_builtins(presets, builtin_types=(bytes,))
    return MAGIC + bytes([VERSION]) + msgspec.msgpack.encode({"presets": plain})


def read_presets(data: bytes) -> tuple[Preset, ...]:
    """The presets of a ``.dqbrush`` file; what another version of Danqing added is passed over. Raises BrokenBrush."""
    if not data.startswith(MAGIC):
        raise BrokenBrush("not_a_brush")
    if len(data) > LARGEST_FILE:
        raise BrokenBrush("brush_too_large")
    version = data[len(MAGIC)] if len(data) > len(MAGIC) else 0
    if version != VERSION:
        raise BrokenBrush("brush_version" if version else "truncated", str(version))
    try:
        plain = msgspec.msgpack.decode(data[len(MAGIC) + 1 :])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BrokenBrush("damaged", "MessagePack") from None
    found = plain.get("presets") if isinstance(plain, dict) else None
    if not isinstance(found, list) or len(found) > MOST_BRUSHES:
        raise BrokenBrush("damaged", "presets")
    if not found:
        raise BrokenBrush("no_brushes")
    return tuple(preset_of(one) for one in found)


def preset_of(plain: Any) -> Preset:
    """A preset from plain values (of a file, or of the presets that come with Danqing). Raises BrokenBrush."""
    if not isinstance(plain, dict) or not isinstance(plain.get("brush"), dict):
        raise BrokenBrush("damaged", "preset")
    try:
        brush = msgspec.convert(upgraded(plain["brush"]), described(Brush), builtin_types=(bytes,))
        preset = msgspec.convert({**plain, "brush": {}}, described(Preset), builtin_types=(bytes,))
        for tip in (*brush.tips, *([brush.texture_image] if brush.texture_image else ())):
            tip.pixels()
        return msgspec.structs.replace(preset, brush=checked(brush))
    except (msgspec.ValidationError, RecipeError, TipError, TypeError, ValueError) as error:
        raise BrokenBrush("damaged", str(error)[:120]) from None


def decode_grey(data: bytes, name: str) -> np.ndarray:
    """uint8 [h, w] of a PNG. Raises BrokenBrush."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        raise BrokenBrush("damaged", name)
    return pixels


def tip_of(pixels: np.ndarray) -> Tip:
    """A tip of uint8 pixels; one that is larger than brushes are is made smaller, so that its dabs stay quick."""
    side = max(pixels.shape[:2])
    if side > IMPORTED_SIDE:
        scale = IMPORTED_SIDE / side
        size = (max(1, int(pixels.shape[1] * scale)), max(1, int(pixels.shape[0] * scale)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return Tip.of(pixels)
