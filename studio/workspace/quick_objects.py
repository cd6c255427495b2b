"""What quick select was shown so far: its marks stay in force as long as the selection is the one that they made."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document.artwork import Artwork
from studio.raster.geometry import EMPTY, Rect
from studio.raster.mask import Mask
from studio.raster.selecting import objects
from studio.raster.selecting.blocks import blocks_of
from studio.raster.selecting.combining import Mode, combined
from studio.recipe import QT_TRANSLATE_NOOP

ReadLevel = Callable[[Rect, int], np.ndarray]
"""(rectangle in pixels of a mip level, level) → premultiplied float32 [h, w, 4]."""
EDGE_BLOCK = 256
AROUND_BOX = 0.2
MIDDLE = 0.35
"""Part of a mark's radius in which it is sure: the brush may be wider than what it is drawn along."""
LARGEST = 4096
"""The longer side, in document pixels, of what is looked at around the marks."""
NOT_FOUND = QT_TRANSLATE_NOOP(
    "document", "No object was found here. Mark more of it, or draw the box closer around it."
)
LABEL = QT_TRANSLATE_NOOP("history", "Quick select")


class Mark(msgspec.Struct, frozen=True):
    """A stroke: document points and the brush's radius in document pixels."""

    points: tuple[tuple[float, float], ...]
    radius: float

    @property
    def bounds(self) -> Rect:
        columns, rows = [x for x, _ in self.points], [y for _, y in self.points]
        return Rect(
            math.floor(min(columns) - self.radius),
            math.floor(min(rows) - self.radius),
            math.ceil(max(columns) + self.radius),
            math.ceil(max(rows) + self.radius),
        )


class Marks(msgspec.Struct, frozen=True):
    """``before``: the selection when the first mark was made, to which the object is put by ``mode``.

    ``box``, document pixels: the object lies in it.
    """

    before: Mask | None
    mode: Mode
    inside: tuple[Mark, ...] = ()
    outside: tuple[Mark, ...] = ()
    box: Rect | None = None

    def with_(self, mark: Mark, away: bool) -> Marks:
        """One more mark; one inside that leaves the box says that the box was too small."""
        if away:
            return replace(self, outside=(*self.outside, mark))
        left = self.box is not None and not self.box.contains(mark.bounds)
        return replace(self, inside=(*self.inside, mark), box=None if left else self.box)

    @property
    def bounds(self) -> Rect:
        """What all marks and the box cover."""
        found = self.box or EMPTY
        for mark in (*self.inside, *self.outside):
            found = found.unite(mark.bounds)
        return found


class QuickObjects(msgspec.Struct):
    """The marks behind the last result, and how many more results are under way. Only the UI thread touches it."""

    made: Mask | None = None
    marks: Marks | None = None
    under_way: int = 0

    def next_box(self, artwork: Artwork, box: Rect, mode: Mode) -> Marks:
        """The first of new marks: a box around the object."""
        self.marks = Marks(artwork.selection, mode, box=box)
        self.under_way += 1
        return self.marks

    def next(self, artwork: Artwork, mark: Mark, mode: Mode) -> Marks:
        """The marks with one more: a further one when the selection is still theirs, else the first of new ones."""
        known = self.marks
        ours = known is not None and artwork.selection is not None and artwork.selection is self.made
        waiting = known is not None and self.under_way > 0
        if known is not None and (ours or waiting) and mode != "intersect":
            self.marks = known.with_(mark, away=mode == "subtract")
        else:
            self.marks = Marks(artwork.selection, mode, (mark,))
        self.under_way += 1
        return self.marks

    def arrived(self, selection: Mask | None) -> None:
        self.under_way -= 1
        self.made = selection

    def failed(self) -> None:
        self.under_way = max(0, self.under_way - 1)


def window_of(marks: Marks, canvas: Rect, reach: float) -> Rect:
    """The part of the canvas that is looked at: the marks and ``reach`` pixels around them; little around a box."""
    if marks.box is not None:
        reach = max(marks.box.width, marks.box.height) * AROUND_BOX
    return marks.bounds.grow(math.ceil(min(reach, LARGEST))).intersect(canvas)


def found(read: ReadLevel, canvas: Rect, marks: Marks, reach: float) -> Generator[None, None, Mask]:
    """The object under the marks, put to the selection before them. Yields after each part of the work."""
    window = window_of(marks, canvas, reach)
    if window.empty:
        return combined(marks.before, Mask(), marks.mode)
    level = max(0, math.floor(math.log2(max(window.width, window.height) / objects.WORKING_SIDE)))
    part = window.at_level(level)
    small = read(part, level)
    yield
    small, scale = objects.reduced(small)
    shape = small.shape[:2]
    to_small = scale / (1 << level)
    inside, about = (_drawn(marks.inside, part, level, to_small, shape, wide) for wide in (MIDDLE, 1.0))
    outside = _drawn(marks.outside, part, level, to_small, shape, MIDDLE)
    within = None if marks.box is None else _boxed(marks.box, part, level, to_small, shape)
    cut = yield from objects.cut(small, inside & ~outside, outside, within, about)
    mask = yield from _in_full(read, cut, part.from_level(level), window)
    return combined(marks.before, mask, marks.mode)


def _drawn(
    marks: tuple[Mark, ...], part: Rect, level: int, to_small: float, shape: tuple[int, int], wide: float
) -> np.ndarray:
    """bool [h, w] of the small picture: the marks, each ``wide`` times its radius."""
    left, top = part.left << level, part.top << level
    out = np.zeros(shape, bool)
    for mark in marks:
        points = [((x - left) * to_small, (y - top) * to_small) for x, y in mark.points]
        out |= objects.stroke(shape, points, max(mark.radius * wide * to_small, 1.0))
    return out


def _boxed(box: Rect, part: Rect, level: int, to_small: float, shape: tuple[int, int]) -> np.ndarray:
    out = np.zeros(shape, bool)
    left, top = part.left << level, part.top << level
    columns = [round((x - left) * to_small) for x in (box.left, box.right)]
    rows = [round((y - top) * to_small) for y in (box.top, box.bottom)]
    out[max(rows[0], 0) : max(rows[1], 0), max(columns[0], 0) : max(columns[1], 0)] = True
    return out


def _in_full(read: ReadLevel, cut: np.ndarray, area: Rect, window: Rect) -> Generator[None, None, Mask]:
    """The cut's edge found again in full pixels, block by block."""
    edge, mask = objects.Edge(cut, area), Mask()
    for block in blocks_of(window, EDGE_BLOCK):
        value = edge.uniform(block)
        if value is None:
            around = block.grow(edge.reach).intersect(window)
            values = edge.refined(read(around, 0), around)
            own = block.move(-around.left, -around.top)
            mask = mask.write(block, values[own.top : own.bottom, own.left : own.right].astype(np.float16))
            yield
        elif value == 1.0:
            mask = mask.write(block, np.ones((block.height, block.width), np.float16))
    return mask
