"""From characters to glyphs: one paragraph is cut into runs of one face, script, direction and stand, and shaped.

HarfBuzz shapes each run with the whole paragraph as context. The result is a list of pieces, the smallest units that can
be placed: one grapheme cluster or one ligature, in reading order.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from studio.raster.later import Later
from studio.raster.text import bidi
from studio.raster.text.breaking import squeezed
from studio.raster.text.characters import CJK_SCRIPTS, TURNED_MARKS, boundaries, is_upright, scripts
from studio.raster.text.fonts import Face, Fonts
from studio.raster.text.style import TextStyle

hb: Any = Later("uharfbuzz")  # it comes without types
EM_BASELINE = 0.88
"""Ascent of the ideographic square above the baseline, in sizes; its middle is the middle of a column."""
TAB = 2.0
_TAGS = {"zh-Hans": "zh-hans", "zh-Hant": "zh-hant", "ja": "ja", "ko": "ko", "en": "en"}


class Glyph(NamedTuple):
    """``x``, ``y``: origin of the glyph from the start of its piece, along the line and downwards (vertical text: across
    to the right and down the column)."""

    number: int
    x: float
    y: float


class Piece(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of the paragraph as glyphs of ``face``; ``advance`` along the line in pixels.

    ``stops``: caret places inside the piece besides its ends (a ligature's). ``turned``: set on its side in a column.
    """

    start: int
    end: int
    face: Face
    glyphs: tuple[Glyph, ...]
    advance: float
    level: int = 0
    turned: bool = False
    stops: tuple[int, ...] = ()


class _Run(NamedTuple):
    start: int
    end: int
    face: Face
    script: str
    level: int
    upright: bool
    across: bool = False


class Shaped(msgspec.Struct, frozen=True):
    """``pieces`` in reading order. ``borrowed``: characters taken from other families, by family. ``missing``: no font
    has them."""

    pieces: tuple[Piece, ...]
    borrowed: dict[str, str]
    missing: str


@lru_cache(maxsize=512)
def shape(text: str, style: TextStyle, language: str, fonts: Fonts, main: Face) -> Shaped:
    """One paragraph (no newline in it). Kept for a while: typing changes one paragraph of many."""
    if not text:
        return Shaped((), {}, "")
    stops = boundaries(text)
    faces, borrowed, missing = _faces(text, stops, style, language, fonts, main)
    marks = squeezed(text, language) if style.squeeze and language != "en" else []
    pieces: list[Piece] = []
    for run in _runs(text, stops, faces, style, language):
        inner = _between(stops, run.start, run.end + 1)
        pieces.extend(_run_pieces(text, inner, run, style, language, _between(marks, run.start, run.end)))
    return Shaped(tuple(pieces), borrowed, missing)


def _between(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Those of the ordered ``places`` from ``start`` on, before ``end``."""
    return places[bisect.bisect_left(places, start) : bisect.bisect_left(places, end)]


def _faces(
    text: str, stops: Sequence[int], style: TextStyle, language: str, fonts: Fonts, main: Face
) -> tuple[list[Face], dict[str, str], str]:
    """The face of each cluster: the text's own where it has the characters, else one that has them."""
    faces, borrowed, missing = [], {}, ""
    last = main
    for start, end in pairwise(stops):
        cluster = text[start:end]
        if main.has(cluster):
            face = main
        elif last is not main and last.has(cluster):
            face = last
        else:
            found = fonts.fallback(cluster, language, style.weight, style.italic, main.has_serifs)
            if found is None and cluster not in missing:
                missing += cluster
            face = found or main
        if face is not main and cluster not in borrowed.get(face.family, ""):
            borrowed[face.family] = borrowed.get(face.family, "") + cluster
        # spaces and marks stay with the face of the word before, so that runs are long
        last = face
        faces.append(face)
    return faces, borrowed, missing


def _runs(
    text: str, stops: Sequence[int], faces: list[Face], style: TextStyle, language: str
) -> Iterator[_Run]:
    levels = bidi.levels(text) if not style.vertical else [0] * len(text)
    script = scripts(text)
    begun: _Run | None = None
    eastern = any(one in CJK_SCRIPTS for one in script)
    across = _short_numbers(text) if style.vertical and style.upright_digits else frozenset()
    for place, (start, end) in enumerate(pairwise(stops)):
        upright = False
        if style.vertical:
            upright = is_upright(text[start], eastern)
        run = _Run(start, end, faces[place], script[start], levels[start], upright, start in across)
        if (
            text[start] in TURNED_MARKS
            and upright
            and not _has_column_form(faces[place], text[start], language)
        ):
            run = run._replace(upright=False)
        if begun is not None and begun[2:] == run[2:] and "\t" not in text[begun.start : end]:
            begun = begun._replace(end=end)
            continue
        if begun is not None:
            yield begun
        begun = run
    if begun is not None:
        yield begun


def _short_numbers(text: str) -> frozenset[int]:
    """Indices of digits in numbers of one or two digits, which are set upright in a column (纵中横)."""
    return frozenset(
        index
        for found in re.finditer(r"(?<![0-9A-Za-z.,])[0-9]{1,2}(?![0-9A-Za-z.,])", text)
        for index in range(*found.span())
    )


def _has_column_form(face: Face, character: str, language: str) -> bool:
    """Whether the font has another glyph for the mark in a column (features vert, vrt2)."""
    glyphs = _shaped(face, character, 0, 1, "ttb", "Hani", language, {})
    return any(info.codepoint != face.typeface.unicharToGlyph(ord(character)) for info, _ in glyphs)


def _shaped(
    face: Face,
    text: str,
    start: int,
    end: int,
    direction: str,
    script: str,
    language: str,
    features: dict[str, Any],
) -> list[tuple[Any, Any]]:
    buffer = hb.Buffer()
    buffer.add_str(text, start, end - start)
    buffer.direction = direction
    buffer.script = script
    if language == "en" and script == "Hani":
        language = "zh-Hans"
    buffer.language = _TAGS.get(language, language)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(face.shaper, buffer, features)
    return list(zip(buffer.glyph_infos or (), buffer.glyph_positions or ()))


def _run_pieces(
    text: str, inner: Sequence[int], run: _Run, style: TextStyle, language: str, narrow: Sequence[int]
) -> list[Piece]:
    """The pieces of one run in reading order. ``inner``: the caret places from its start to its end; ``narrow``: its marks
    that give up half their square."""
    if text[run.start] == "\t":
        return [Piece(run.start, run.end, run.face, (), TAB * style.size, run.level)]
    direction = "ttb" if run.upright else ("rtl" if run.level % 2 else "ltr")
    features: dict[str, Any] = {"liga": False, "clig": False} if style.tracking else {}
    if narrow:
        features["vhal" if run.upright else "halt"] = [(index, index + 1, True) for index in narrow]
    shaped = _shaped(run.face, text, run.start, run.end, direction, run.script, language, features)
    if direction == "rtl":
        shaped = shaped[::-1]
    if run.across:
        return [_across(run, inner, shaped, style)]
    groups = _groups(shaped, inner)
    return [_piece(run, style, inner, first, last, glyphs) for first, last, glyphs in groups]


def _across(run: _Run, stops: Sequence[int], shaped: list, style: TextStyle) -> Piece:
    """A number set upright, its digits side by side about the middle of the column, in one square."""
    scale = style.size / run.face.units
    pen = -sum(position.x_advance for _, position in shaped) * scale / 2
    made = []
    for info, position in shaped:
        made.append(Glyph(info.codepoint, pen + position.x_offset * scale, EM_BASELINE * style.size))
        pen += position.x_advance * scale
    advance = style.size * (1 + style.tracking / 1000)
    inner = tuple(stop for stop in stops if run.start < stop < run.end)
    return Piece(run.start, run.end, run.face, tuple(made), max(0.0, advance), stops=inner)


def _groups(shaped: list, stops: Sequence[int]) -> list[tuple[int, int, list]]:
    """Glyphs by the clusters they belong to: (index of the first stop, of the last stop, glyphs in reading order)."""
    places = {stop: place for place, stop in enumerate(stops)}
    groups: list[tuple[int, list]] = []
    for info, position in shaped:
        cluster = info.cluster
        while cluster not in places and cluster > stops[0]:  # inside a grapheme: belongs to its start
            cluster -= 1
        place = places.get(cluster, 0)
        if groups and place <= groups[-1][0]:
            groups[-1][1].append((info, position))
        else:
            groups.append((place, [(info, position)]))
    if groups and groups[0][0] != 0:
        groups[0] = (0, groups[0][1])
    ends = [place for place, _ in groups[1:]] + [len(stops) - 1]
    return [(place, end, glyphs) for (place, glyphs), end in zip(groups, ends)]


def _piece(run: _Run, style: TextStyle, stops: Sequence[int], first: int, last: int, glyphs: list) -> Piece:
    scale = style.size / run.face.units
    made, pen = [], 0.0
    backwards = run.level % 2 == 1
    for info, position in glyphs[::-1] if backwards else glyphs:
        if run.upright:
            made.append(Glyph(info.codepoint, position.x_offset * scale, pen - position.y_offset * scale))
            pen -= position.y_advance * scale
        else:
            made.append(Glyph(info.codepoint, pen + position.x_offset * scale, -position.y_offset * scale))
            pen += position.x_advance * scale
    space = style.tracking / 1000 * style.size * (last - first)
    return Piece(
        stops[first],
        stops[last],
        run.face,
        tuple(made),
        max(0.0, pen + space),
        run.level,
        turned=style.vertical and not run.upright,
        stops=tuple(stops[first + 1 : last]),
    )
