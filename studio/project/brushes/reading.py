"""Files of brushes: one door for all kinds, found by content. Loaded with the first file, never at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from studio.project.brushes import from_gimp, from_mypaint, from_photoshop
from studio.project.brushes.cursor import BrokenBrush
from studio.project.brushes.gimp import looks_like_gbr, read_gbr, read_gih
from studio.project.brushes.mypaint import looks_like_myb, read_myb
from studio.project.brushes.photoshop import looks_like_abr, read_with_missing
from studio.project.brushes.preset import LARGEST_FILE, MAGIC, SUFFIXES, Preset, identified, read_presets
from studio.project.errors import DecodeError
from studio.raster.brush import Brush
from studio.recipe import QT_TRANSLATE_NOOP

IMPORTED = QT_TRANSLATE_NOOP("brush-folders", "Imported")
"""The folder of what came alone."""
Gaps = tuple[str, ...]
"""What of a foreign brush was left out: words to translate in context ``brush-gaps``."""
Named = Iterator[tuple[str, Brush | None, Gaps]]
"""Title, brush (None for one that the file names and does not hold), what of it was left out."""


class Read(NamedTuple):
    """``missing``: titles of brushes whose tips are not in the file, as far as they have titles."""

    presets: tuple[Preset, ...]
    gaps: Gaps = ()
    missing: tuple[str, ...] = ()


def read_brushes(data: bytes, name: str) -> tuple[Preset, ...]:
    """The brushes in a file of any known kind, in its own order; ``name`` for titles and for the message.

    A foreign file with several brushes becomes a folder of its own, what comes alone lies in one with its like. Raises
    DecodeError with a sentence that names the file.
    """
    return read_with_gaps(data, name)[0]


def read_with_gaps(data: bytes, name: str) -> tuple[tuple[Preset, ...], Gaps]:
    """As :func:`read_brushes`, and what of any of them was left out."""
    return read_all(data, name)[:2]


def read_all(data: bytes, name: str) -> Read:
    """As :func:`read_with_gaps`, and which brushes could not be had."""
    if not data:
        raise DecodeError("empty", name)
    try:
        if len(data) > LARGEST_FILE:
            raise BrokenBrush("brush_too_large")
        if data.startswith(MAGIC[:4]):
            return Read(read_presets(data))
        found = tuple(_reader(data, name)(data))
        gaps = dict.fromkeys(gap for _, _, left_out in found for gap in left_out)
        brushes = tuple((title, brush) for title, brush, _ in found if brush is not None)
        missing = tuple(title for title, brush, _ in found if brush is None)
        return Read(_presets(brushes, Path(name).stem), tuple(gaps), missing)
    except BrokenBrush as error:
        raise DecodeError(error.kind, name, {"reason": error.reason}) from None
    except MemoryError:
        raise DecodeError("brush_too_large", name) from None


def _reader(data: bytes, name: str) -> Callable[[bytes], Named]:
    suffix = Path(name).suffix.lower()
    if looks_like_gbr(data):
        return _gbr
    if looks_like_abr(data):
        return _abr
    if suffix == ".gih" or (suffix not in SUFFIXES and _looks_like_gih(data)):
        return _gih
    if looks_like_myb(data):
        return _myb
    by_suffix = {".gbr": _gbr, ".abr": _abr, ".myb": _myb}
    if suffix in by_suffix:
        return by_suffix[suffix]
    raise BrokenBrush("not_a_brush")


def _looks_like_gih(data: bytes) -> bool:
    return b"ncells:" in data[:4096] or b"rank0:" in data[:4096]


def _gbr(data: bytes) -> Named:
    source = read_gbr(data)
    yield source.name, from_gimp.brush_of_gbr(source), ()


def _gih(data: bytes) -> Named:
    source = read_gih(data)
    yield source.name, from_gimp.brush_of_gih(source), ()


def _myb(data: bytes) -> Named:
    source = read_myb(data)
    yield "", from_mypaint.brush_of_myb(source), from_mypaint.left_out(source)


def _abr(data: bytes) -> Named:
    sources, missing = read_with_missing(data)
    for source in sources:
        yield source.name, from_photoshop.brush_of_abr(source), from_photoshop.left_out(source)
    yield from ((title, None, ()) for title in missing)


def _presets(found: tuple[tuple[str, Brush], ...], stem: str) -> tuple[Preset, ...]:
    """A title for each: its own, else the file's, numbered where there are several."""
    several = len(found) > 1
    folder = stem[:60] if several else IMPORTED
    presets = []
    for index, (name, brush) in enumerate(found):
        title = name[:120] or (f"{stem} {index + 1}" if several else stem)
        presets.append(Preset(id=identified(title, brush), title=title, folder=folder, brush=brush))
    return tuple(presets)
