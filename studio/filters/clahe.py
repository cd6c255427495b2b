"""Contrast spread by the histogram of each neighbourhood."""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Picture, Pieces, Place, at_once, in_one
from studio.filters.planes import Planes, from_oklab, straight_planes, to_oklab
from studio.raster.geometry import Rect
from studio.raster.planar import put_together
from studio.raster.strips import in_turn, row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

BINS = 256
BAND = 32
"""Rows that are read and given at a time."""


class LocalContrast(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``clahe``."""

    columns: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Fields across"), low=1, high=64, soft_high=16)
    ] = 8
    rows: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Fields down"), low=1, high=64, soft_high=16)
    ] = 8
    limit: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Contrast limit"),
            low=1.0,
            high=100.0,
            soft_high=10.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How many times steeper tones may become; 1 changes nothing."
            ),
        ),
    ] = 3.0
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the change is taken."),
        ),
    ] = 1.0


def clahe(picture: Picture, parameters: LocalContrast, place: Place) -> Pieces:
    """The histograms of all fields first, then the picture once more, band by band."""
    rect = place.rect
    fields = Fields(rect.width, rect.height, parameters.columns, parameters.rows)
    for part in bands(rect):
        pixels = picture.read(part)

        def counted(rows: slice, pixels: np.ndarray = pixels, top: int = part.top) -> None:
            colours, alpha = straight_planes(pixels[rows])
            fields.count(np.clip(to_oklab(colours)[0], 0, 1), alpha > 0, top - rect.top + rows.start)

        for _ in in_turn(counted, row_strips(pixels.shape)):
            yield None
    tables = fields.tables(parameters.limit)
    for part in bands(rect):
        pixels = picture.read(part)
        out = np.empty_like(pixels)

        def changed(
            rows: slice, pixels: np.ndarray = pixels, out: np.ndarray = out, top: int = part.top
        ) -> None:
            first = top - rect.top + rows.start

            def work(colours: Planes) -> Planes:
                oklab = to_oklab(colours)
                lightness = np.clip(oklab[0], 0, 1)
                change = fields.mixed(lightness, tables, first)
                change -= lightness
                change *= np.float32(parameters.strength)
                return _lightened(oklab, change)

            colours, alpha = straight_planes(pixels[rows])
            put_together(work(colours), alpha, out[rows])

        for _ in in_turn(changed, row_strips(pixels.shape)):
            yield None
        yield part, out


def bands(rect: Rect) -> list[Rect]:
    """A picture in parts of :data:`BAND` rows, from the top."""
    return [
        Rect(rect.left, top, rect.right, min(top + BAND, rect.bottom))
        for top in range(rect.top, rect.bottom, BAND)
    ]


def _lightened(oklab: Planes, change: np.ndarray) -> Planes:
    lightness, a, b = oklab
    made = lightness + change
    ratio = np.divide(made, lightness, out=np.ones_like(made), where=lightness > np.float32(1e-4))
    np.clip(ratio, 0, 4, out=ratio)
    return from_oklab((made, a * ratio, b * ratio))


def equalised(plane: np.ndarray, cover: np.ndarray, columns: int, rows: int, limit: float) -> np.ndarray:
    """``plane`` float32 [h, w] of 0–1, each value by the clipped histograms of the four fields around it.

    ``cover``: which pixels count. Fields are as even as whole pixels allow, at least one pixel each.
    """
    fields = Fields(plane.shape[1], plane.shape[0], columns, rows)
    fields.count(plane, cover, 0)
    return fields.mixed(plane, fields.tables(limit), 0)


class Fields:
    """The fields of a picture and how often each tone is in each of them. Rows come in any order, from any thread."""

    def __init__(self, width: int, height: int, columns: int, rows: int) -> None:
        self._lefts, self._tops = _edges(width, columns), _edges(height, rows)
        self._left, self._right, self._across = _neighbours(self._lefts, width)
        self._above, self._below, self._down = _neighbours(self._tops, height)
        self._counts = np.zeros((len(self._tops) - 1, len(self._lefts) - 1, BINS), np.int64)
        self._lock = threading.Lock()

    def count(self, plane: np.ndarray, cover: np.ndarray, first: int) -> None:
        """Adds rows from number ``first`` on: tones 0–1 [h, w], and which of them count."""
        found = np.zeros_like(self._counts)
        for row, (top, bottom) in enumerate(pairwise(self._tops - first)):
            if bottom <= 0 or top >= len(plane):
                continue
            inside = slice(max(0, top), bottom)
            for column, (left, right) in enumerate(pairwise(self._lefts)):
                place = inside, slice(left, right)
                found[row, column] = _counts(plane[place], cover[place])
        with self._lock:
            self._counts += found

    def tables(self, limit: float) -> np.ndarray:
        """What tones become in each field, one after the other, :data:`BINS` + 1 values each."""
        return np.concatenate([_table(counts, limit) for row in self._counts for counts in row])

    def mixed(self, plane: np.ndarray, tables: np.ndarray, first: int) -> np.ndarray:
        """Rows from number ``first`` on, tones 0–1 [h, w], by the tables of the four fields around each pixel."""
        rows = slice(first, first + len(plane))
        across_count, size = len(self._lefts) - 1, BINS + 1
        place = plane * np.float32(BINS)
        index = np.minimum(place, BINS - 1).astype(np.int32)
        part = place - index
        mixed = []
        for fields in (self._above[rows], self._below[rows]):
            start = fields[:, None] * (across_count * size) + index
            sides = []
            for column in (self._left, self._right):
                at = start + column * size
                low = np.take(tables, at)
                sides.append(low + part * (np.take(tables, at + 1) - low))
            mixed.append(sides[0] + self._across * (sides[1] - sides[0]))
        made = mixed[0] + self._down[rows, None] * (mixed[1] - mixed[0])
        return made.astype(np.float32)  # the part of a bin is a double


def _edges(size: int, count: int) -> np.ndarray:
    count = min(count, size)
    return np.round(np.linspace(0, size, count + 1)).astype(int)


def _counts(values: np.ndarray, cover: np.ndarray) -> np.ndarray:
    places = np.minimum(values[cover] * np.float32(BINS), BINS - 1).astype(np.int32)
    return np.bincount(places, minlength=BINS)


def _table(counts: np.ndarray, limit: float) -> np.ndarray:
    """float32 [BINS + 1]: what values 0, 1/BINS … 1 become, by the histogram of those that count."""
    total = counts.sum()
    if total == 0:
        return np.linspace(0, 1, BINS + 1, dtype=np.float32)
    table = np.concatenate(([0.0], np.cumsum(_clipped(counts / total, limit / BINS))))
    return (table / table[-1]).astype(np.float32)


def _clipped(shares: np.ndarray, most: float) -> np.ndarray:
    """``shares`` cut at ``most``, what is cut off added to all evenly, where there is room for it: min(share + e, most)
    with the e at which they add up to 1."""
    low, high = 0.0, most
    for _ in range(30):
        middle = (low + high) / 2
        fits = np.minimum(shares + middle, most).sum() <= 1
        low, high = (middle, high) if fits else (low, middle)
    return np.minimum(shares + low, most)


def _neighbours(edges: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each pixel the fields whose centres lie before and after it, and how far it is on the way."""
    centres = (edges[:-1] + edges[1:]) / 2
    place = np.interp(np.arange(size) + 0.5, centres, np.arange(len(centres)))
    before = np.minimum(place.astype(int), max(len(centres) - 2, 0))
    after = np.minimum(before + 1, len(centres) - 1)
    return before.astype(np.int32), after.astype(np.int32), (place - before).astype(np.float32)


_IN_ONE = in_one(clahe)
CLAHE = FilterKind(
    name="clahe",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Lightness L of OKLab (Ottosson, 2020), cut to 0–1, becomes the share of pixels of its field that are darker, by a "
        "histogram of 256 bins, linear within a bin, whose shares s are min(s + e, limit / 256) with the e at which they "
        "add up to 1; between the centres of four fields their results are mixed linearly (contrast limited adaptive histogram "
        "equalisation, Zuiderveld, Graphics Gems IV, 1994). a and b are multiplied by L' / L, at most 4 times; "
        "transparent pixels do not count; what lies above 1 in float pictures is added unchanged.",
    ),
    parameters=LocalContrast,
    function=at_once(_IN_ONE),
    stepwise=_IN_ONE,
    stream=clahe,
    whole=True,
    at_scale="rescaled",
)

KINDS = (CLAHE,)
