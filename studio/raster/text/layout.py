"""A text with its places: lines in their box, each glyph, and where a caret stands and a press lands.

Layer pixels. Along the line is ``u``, from line to line ``v``: in horizontal text x and y, in vertical text (columns from
right to left) y and −x. All that is said about lines holds for columns.
"""

from __future__ import annotations

import bisect
import math
from typing import NamedTuple

import msgspec

from studio.raster.text import bidi
from studio.raster.text.breaking import fold, may_part, opportunities
from studio.raster.text.characters import script_of
from studio.raster.text.fonts import Face, Fonts, system_fonts
from studio.raster.text.shaping import EM_BASELINE, Piece, Shaped, shape
from studio.raster.text.style import TextStyle

LOOSEST = 0.75
"""Room that justifying adds at one place, in sizes; beyond it the letters are spaced, too."""


class PlacedGlyph(NamedTuple):
    """A glyph with its origin in layer pixels; ``turned``: a quarter turn clockwise about its origin."""

    face: Face
    number: int
    x: float
    y: float
    turned: bool


class Stop(NamedTuple):
    """A place where the caret may stand: before character ``index``, on ``line`` at ``u``.

    At a soft line break one index has two places, at the end of a line and at the start of the next.
    """

    index: int
    line: int
    u: float


class Cover(NamedTuple):
    """Part of a line in ``u``: what a selection covers."""

    line: int
    start: float
    end: float


class Line(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end``, the newline not counted. ``v``: middle of the line, ``before`` and ``after`` its
    edges (in vertical text ``before`` is the right edge). ``stops`` in reading order. ``spans``: (start, end, u0, u1) of
    each piece."""

    start: int
    end: int
    before: float
    after: float
    stops: tuple[Stop, ...]
    spans: tuple[tuple[int, int, float, float], ...]
    u0: float
    u1: float


class Layout(msgspec.Struct, frozen=True, eq=False):
    """A laid-out text. ``substituted``: the family that stands in for one that is missing, or "".

    ``borrowed``: characters that the font lacks, by the family they are taken from; ``missing``: those no font has.
    """

    text: str
    style: TextStyle
    lines: tuple[Line, ...]
    glyphs: tuple[PlacedGlyph, ...]
    family: str
    substituted: str
    borrowed: dict[str, str]
    missing: str

    def point(self, u: float, v: float) -> tuple[float, float]:
        """Layer pixels of a place on a line."""
        return (-v, u) if self.style.vertical else (u, v)

    def along(self, x: float, y: float) -> tuple[float, float]:
        """(u, v) of a layer point."""
        return (y, -x) if self.style.vertical else (x, y)

    def stop(self, index: int, line: int | None = None) -> Stop:
        """Where the caret of ``index`` stands; ``line`` chooses at a soft line break, else the later line."""
        index = min(max(index, 0), len(self.text))
        found = [
            one
            for each in self.lines
            if each.start <= index <= each.end
            for one in each.stops
            if one.index == index
        ]
        if not found:  # inside a grapheme cluster: before it
            every = [one for each in self.lines for one in each.stops if one.index <= index]
            return every[-1] if every else self.lines[0].stops[0]
        return next((one for one in found if one.line == line), found[-1])

    def caret(self, index: int, line: int | None = None) -> tuple[tuple[float, float], tuple[float, float]]:
        """The caret's two ends in layer pixels, its foot first: upright in horizontal text, lying in vertical text."""
        place = self.stop(index, line)
        on = self.lines[place.line]
        return self.point(place.u, on.after), self.point(place.u, on.before)

    def hit(self, x: float, y: float) -> Stop:
        """The caret place nearest to a layer point: the line it lies on or near, there the nearest stop."""
        u, v = self.along(x, y)
        line = min(self.lines, key=lambda one: max(one.before - v, v - one.after, 0.0))
        return min(line.stops, key=lambda one: abs(one.u - u))

    def on_line(self, line: int, u: float) -> Stop:
        """The caret place of ``line`` nearest to ``u``: where the arrow keys lead from line to line."""
        return min(self.lines[line].stops, key=lambda one: abs(one.u - u))

    def covered(self, start: int, end: int) -> list[Cover]:
        """What the characters from ``start`` to ``end`` cover, in parts; a taken newline shows as a short one."""
        parts = []
        for place, line in enumerate(self.lines):
            edges = [
                (min(a, b), max(a, b))
                for first, last, a, b in line.spans
                for a, b in [_cut(first, last, a, b, start, end)]
                if first < end and last > start
            ]
            if start <= line.end < end and line.end < len(self.text) and self.text[line.end] == "\n":
                tail = line.stops[-1].u
                edges.append((tail, tail + self.style.size / 4))
            parts.extend(Cover(place, a, b) for a, b in _united(edges))
        return parts

    def quad(self, cover: Cover) -> tuple[tuple[float, float], ...]:
        """Corners of a cover in layer pixels."""
        line = self.lines[cover.line]
        corners = (
            (cover.start, line.before), (cover.end, line.before), (cover.end, line.after), (cover.start, line.after)
        )  # fmt: skip
        return tuple(self.point(u, v) for u, v in corners)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom: the style's box, or what the lines take up."""
        if self.style.boxed:
            return 0.0, 0.0, self.style.width, self.style.height
        points = [
            self.point(u, v)
            for line in self.lines
            for u in (line.u0, line.u1)
            for v in (line.before, line.after)
        ]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def overflows(self) -> bool:
        """Whether lines reach beyond the box."""
        if not self.style.boxed:
            return False
        depth = self.lines[-1].after - self.lines[0].before
        return depth > (self.style.width if self.style.vertical else self.style.height) + 0.5


def _cut(first: int, last: int, a: float, b: float, start: int, end: int) -> tuple[float, float]:
    """The part of a piece's span between two characters; a ligature is divided evenly."""
    width = (b - a) / max(last - first, 1)
    return a + width * max(0, start - first), b - width * max(0, last - end)


def _united(edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for a, b in sorted(edges):
        if united and a <= united[-1][1] + 0.01:
            united[-1] = (united[-1][0], max(b, united[-1][1]))
        else:
            united.append((a, b))
    return united


def language_of(text: str, language: str) -> str:
    """``auto`` as the language that the letters tell: kana, Hangul, ideographs (taken as simplified Chinese), else English."""
    if language != "auto":
        return language
    found = {script_of(character) for character in text}
    if found & {"Hira", "Kana"}:
        return "ja"
    return "ko" if "Hang" in found else "zh-Hans" if found & {"Hani", "Bopo"} else "en"


def lay_out(text: str, style: TextStyle, language: str = "en", fonts: Fonts | None = None) -> Layout:
    """Shapes, breaks and places ``text``. Raises LookupError on a machine without any font."""
    fonts, language = fonts or system_fonts(), language_of(text, language)
    named = fonts.face(style.font, style.weight, style.italic) if style.font else None
    main = named or fonts.usual(language, style.weight, style.italic)
    making = _Making(text, style, main)
    start = 0
    for paragraph in text.split("\n"):
        making.paragraph(start, paragraph, shape(paragraph, style, language, fonts, main))
        start += len(paragraph) + 1
    return making.layout(main.family if style.font and named is None else "")


class _Making:
    """A layout in the making, paragraph by paragraph."""

    def __init__(self, text: str, style: TextStyle, main: Face) -> None:
        self.text, self.style, self.main = text, style, main
        self.pitch = style.size * style.line_height
        self.measure = (style.height if style.vertical else style.width) if style.boxed else math.inf
        ascent = main.ascent / ((main.ascent + main.descent) or 1.0)
        self.baseline = EM_BASELINE - 0.5 if style.vertical else ascent - 0.5
        # Where the middle of the first line lies: in a box half a line below its edge, else such that the origin is
        # the first baseline, or the middle of the first column.
        if style.boxed:
            self.first = self.pitch / 2 - (style.width if style.vertical else 0.0)
        else:
            self.first = 0.0 if style.vertical else -self.baseline * style.size
        self.lines: list[Line] = []
        self.glyphs: list[PlacedGlyph] = []
        self.borrowed: dict[str, str] = {}
        self.missing = ""

    def paragraph(self, offset: int, text: str, shaped: Shaped) -> None:
        for family, characters in shaped.borrowed.items():
            known = self.borrowed.get(family, "")
            self.borrowed[family] = known + "".join(one for one in characters if one not in known)
        self.missing += "".join(one for one in shaped.missing if one not in self.missing)
        starts = self._starts(text, shaped.pieces)
        base = bidi.paragraph_level(text) if not self.style.vertical else 0
        places = [piece.start for piece in shaped.pieces]
        for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)])):
            first, behind = bisect.bisect_left(places, start), bisect.bisect_left(places, end)
            pieces = list(shaped.pieces[first:behind])
            last = place + 1 == len(starts)
            self._line(offset, text, start, end, pieces, base, last)

    def _starts(self, text: str, pieces: tuple[Piece, ...]) -> list[int]:
        if not self.style.boxed or not text:
            return [0]
        ends, pen = [0.0] * len(text), 0.0
        for piece in pieces:
            for index in range(piece.start, piece.end):
                ends[index] = pen + piece.advance * (index + 1 - piece.start) / (piece.end - piece.start)
            pen += piece.advance
        whole = {piece.start for piece in pieces}
        breaks = [index for index in opportunities(text) if index in whole]
        return [start for start in fold(text, breaks, ends, self.measure) if start in whole or start == 0]

    def _line(
        self, offset: int, text: str, start: int, end: int, pieces: list[Piece], base: int, last: bool
    ) -> None:
        shown = len(pieces)
        while shown and text[pieces[shown - 1].start].isspace():
            shown -= 1
        width = sum(piece.advance for piece in pieces[:shown])
        # the letter space after the last character is not part of the line
        if shown:
            width -= min(self.style.tracking / 1000 * self.style.size, pieces[shown - 1].advance)
        u, gaps = self._begin(width, base, pieces[:shown], text, last)
        v = self.first + len(self.lines) * self.pitch
        edges: dict[int, tuple[float, float]] = {}
        pen = u
        for place in bidi.visual_order([piece.level for piece in pieces]):
            piece = pieces[place]
            self._place(piece, pen, v)
            edges[place] = (pen, pen + piece.advance + gaps.get(place, 0.0))
            pen = edges[place][1]
        self._finish(offset, start, end, pieces, edges, v, (u, u + width), base)

    def _begin(
        self, width: float, base: int, shown: list[Piece], text: str, last: bool
    ) -> tuple[float, dict[int, float]]:
        """Where the line begins in u, and the room added after each piece when it is justified."""
        align = self.style.align
        room = (self.measure if self.style.boxed else 0.0) - width
        if align == "justify":
            gaps = [] if last or not self.style.boxed or room <= 0 else _gaps(shown, text)
            if gaps and room > len(gaps) * LOOSEST * self.style.size:
                gaps = list(range(len(shown) - 1))
            if gaps:
                return 0.0, {place: room / len(gaps) for place in gaps}
            align = "right" if base else "left"
        if align == "centre":
            return room / 2, {}
        return (room, {}) if align == "right" else (0.0, {})

    def _place(self, piece: Piece, pen: float, v: float) -> None:
        size, vertical = self.style.size, self.style.vertical
        for glyph in piece.glyphs:
            if not vertical:
                x, y = pen + glyph.x, v + self.baseline * size + glyph.y
            elif piece.turned:
                # on its side: the baseline left of the column's middle, so that the ideographic square is centred
                x, y = -v - self.baseline * size - glyph.y, pen + glyph.x
            else:
                x, y = -v + glyph.x, pen + glyph.y
            self.glyphs.append(PlacedGlyph(piece.face, glyph.number, x, y, piece.turned))

    def _finish(
        self,
        offset: int,
        start: int,
        end: int,
        pieces: list[Piece],
        edges: dict[int, tuple[float, float]],
        v: float,
        span: tuple[float, float],
        base: int,
    ) -> None:
        number = len(self.lines)
        stops: list[Stop] = []
        spans = []
        tail = span[1] if base and not pieces else span[0]
        for place, piece in enumerate(pieces):
            left, right = edges[place]
            head, tail = (right, left) if piece.level % 2 else (left, right)
            places = (piece.start, *piece.stops)
            for step, index in enumerate(places):
                stops.append(Stop(offset + index, number, head + (tail - head) * step / len(places)))
            spans.append((offset + piece.start, offset + piece.end, head, tail))
        stops.append(Stop(offset + end, number, tail))
        half = self.pitch / 2
        self.lines.append(
            Line(offset + start, offset + end, v - half, v + half, tuple(stops), tuple(spans), *span)
        )

    def layout(self, substituted: str) -> Layout:
        return Layout(
            self.text,
            self.style,
            tuple(self.lines),
            tuple(self.glyphs),
            self.main.family,
            substituted,
            self.borrowed,
            self.missing,
        )


def _gaps(pieces: list[Piece], text: str) -> list[int]:
    """Pieces after which a justified line is widened: spaces, and where ideographs might be parted."""
    found = []
    for place in range(len(pieces) - 1):
        before, after = text[pieces[place].end - 1], text[pieces[place + 1].start]
        if before.isspace() or (not after.isspace() and may_part(before, after)):
            found.append(place)
    return found


def line_of(layout: Layout, index: int) -> int:
    """The line that holds character ``index``; at a soft break the later one."""
    return max(0, bisect.bisect_right([line.start for line in layout.lines], index) - 1)
