"""Contrast spread by the histogram of each neighbourhood."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place, Steps, at_once, finished
from studio.filters.planes import Planes, from_oklab, recolouring_beside, straight_planes, to_oklab
from studio.raster.strips import in_turn, row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

BINS = 256
COUNTED_PIXELS = 1 << 16


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


def clahe(pixels: np.ndarray, parameters: LocalContrast, _place: Place) -> Steps:
    lightness, cover = np.empty(pixels.shape[:2], np.float32), np.empty(pixels.shape[:2], bool)

    def one(rows: slice) -> None:
        colours, alpha = straight_planes(pixels[rows])
        lightness[rows] = np.clip(to_oklab(colours)[0], 0, 1)
        cover[rows] = alpha > 0

    yield from in_turn(one, row_strips(pixels.shape))
    made = yield from equalising(lightness, cover, parameters.columns, parameters.rows, parameters.limit)

    def changed(rows: slice) -> None:
        made[rows] -= lightness[rows]
        made[rows] *= np.float32(parameters.strength)

    yield from in_turn(changed, row_strips(pixels.shape))
    return (yield from recolouring_beside(pixels, made, _lightened))


def _lightened(colours: Planes, change: np.ndarray) -> Planes:
    lightness, a, b = to_oklab(colours)
    made = lightness + change
    ratio = np.divide(made, lightness, out=np.ones_like(made), where=lightness > np.float32(1e-4))
    np.clip(ratio, 0, 4, out=ratio)
    return from_oklab((made, a * ratio, b * ratio))


def equalised(plane: np.ndarray, cover: np.ndarray, columns: int, rows: int, limit: float) -> np.ndarray:
    """``plane`` float32 [h, w] of 0–1, each value by the clipped histograms of the four fields around it.

    ``cover``: which pixels count. Fields are as even as whole pixels allow, at least one pixel each.
    """
    return finished(equalising(plane, cover, columns, rows, limit))


def equalising(plane: np.ndarray, cover: np.ndarray, columns: int, rows: int, limit: float) -> Steps:
    """:func:`equalised` field by field and strip by strip."""
    height, width = plane.shape
    lefts = _edges(width, columns)
    tops = _edges(height, rows)
    tables = []
    for top, bottom in pairwise(tops):
        for left, right in pairwise(lefts):
            counts = np.zeros(BINS, np.int64)
            for part in row_strips((bottom - top, right - left), COUNTED_PIXELS):
                place = (slice(top + part.start, top + part.stop), slice(left, right))
                counts += _counts(plane[place], cover[place])
                yield
            tables.append(_table(counts, limit))
    return (yield from _interpolated(plane, np.stack(tables).reshape(-1), lefts, tops))


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


def _interpolated(plane: np.ndarray, tables: np.ndarray, lefts: np.ndarray, tops: np.ndarray) -> Steps:
    left, right, across = _neighbours(lefts, plane.shape[1])
    above, below, down = _neighbours(tops, plane.shape[0])
    across_count, size = len(lefts) - 1, BINS + 1
    out = np.empty_like(plane)

    def one(rows: slice) -> None:
        place = plane[rows] * np.float32(BINS)
        index = np.minimum(place, BINS - 1).astype(np.int32)
        part = place - index
        mixed = []
        for fields in (above[rows], below[rows]):
            start = fields[:, None] * (across_count * size) + index
            sides = []
            for column in (left, right):
                at = start + column * size
                low = np.take(tables, at)
                sides.append(low + part * (np.take(tables, at + 1) - low))
            mixed.append(sides[0] + across * (sides[1] - sides[0]))
        out[rows] = mixed[0] + down[rows, None] * (mixed[1] - mixed[0])

    yield from in_turn(one, row_strips(plane.shape))
    return out


def _neighbours(edges: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each pixel the fields whose centres lie before and after it, and how far it is on the way."""
    centres = (edges[:-1] + edges[1:]) / 2
    place = np.interp(np.arange(size) + 0.5, centres, np.arange(len(centres)))
    before = np.minimum(place.astype(int), max(len(centres) - 2, 0))
    after = np.minimum(before + 1, len(centres) - 1)
    return before.astype(np.int32), after.astype(np.int32), (place - before).astype(np.float32)


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
    function=at_once(clahe),
    stepwise=clahe,
    whole=True,
    at_scale="rescaled",
)

KINDS = (CLAHE,)
