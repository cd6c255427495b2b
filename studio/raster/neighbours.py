"""Compiled work on each pixel's surroundings (``neighbours.c``, ``median.c``): equal for a part and for the whole.

Every ``source`` is float32 and reaches beyond the result on each side by what the work needs; rows are in one piece.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cache

import numpy as np

from studio.raster.native import library, start
from studio.raster.stopping import heed

LARGEST_MEDIAN = 96
"""The largest radius of a median: a block's values and their surroundings must fit into 16-bit ranks."""
LARGEST_PATCH = 6
_AT_ONCE = 1 << 24
"""Neighbours that one call weighs: it takes some ten milliseconds, and a stop is heard before the next one."""
LOG2_E = 1.4426950408889634

Taps = list[tuple[int, int, float]]
"""(x, y, weight) of a kernel, x and y as seen from the pixel computed."""


@cache
def _neighbours() -> ctypes.CDLL:
    found = library("neighbours")
    pointer, stride, number, real = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int32, ctypes.c_float
    planes = [pointer, stride, stride, pointer, stride, stride, number, number]
    found.danqing_weigh.argtypes = [
        pointer,
        stride,
        pointer,
        stride,
        number,
        number,
        pointer,
        pointer,
        number,
    ]
    found.danqing_bilateral.argtypes = [*planes, pointer, pointer, number, real]
    found.danqing_surface.argtypes = [*planes, pointer, number, real]
    found.danqing_nonlocal.argtypes = [*planes, number, number, pointer, real, real]
    found.danqing_total_variation.argtypes = [
        pointer,
        pointer,
        pointer,
        number,
        number,
        number,
        real,
        real,
        *[number] * 4,
    ]
    found.danqing_swirled.argtypes = [
        pointer, stride, number, number, pointer, stride, *[number] * 4, *[ctypes.c_double] * 3, number, pointer, number,
    ]  # fmt: skip
    real = ctypes.c_double
    found.danqing_swept.argtypes = [
        pointer, stride, number, number, number, pointer, stride, number, number, real, real, pointer, pointer, pointer, pointer,
        number, number, number, pointer, pointer, pointer,
    ]  # fmt: skip
    found.danqing_debanded.argtypes = [
        pointer, stride, pointer, number, number, pointer, pointer, ctypes.c_float,
    ]  # fmt: skip
    found.danqing_swept.restype = number
    for name in (
        "debanded",
        "weigh",
        "bilateral",
        "surface",
        "nonlocal",
        "swirled",
        "total_variation",
    ):
        getattr(found, f"danqing_{name}").restype = None
    return found


@cache
def _median() -> ctypes.CDLL:
    found = library("median")
    pointer, stride, number = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int32
    found.danqing_ranked.argtypes = [
        pointer,
        stride,
        pointer,
        stride,
        number,
        number,
        number,
        number,
        pointer,
        number,
        pointer,
    ]
    found.danqing_ranked.restype = None
    found.danqing_median_work.restype = ctypes.c_int64
    return found


def _at(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


def weighed(source: np.ndarray, reach: int, taps: Taps) -> np.ndarray:
    """Sums of the neighbours in ``taps`` times their weights: [h, w] or [h, w, c] of the same with ``reach`` more on
    each side."""
    channels = source.shape[2] if source.ndim == 3 else 1
    inner = source[reach:, reach:]
    out = np.empty((inner.shape[0] - reach, inner.shape[1] - reach, *source.shape[2:]), np.float32)
    stride, width = source.strides[0] // 4, out.shape[1] * channels
    first = start(inner, 4 * channels)
    offsets = np.array([y * stride + x * channels for x, y, _ in taps], np.intp)
    weights = np.array([weight for _, _, weight in taps], np.float32)
    for top, rows in _bands(out.shape[0], width * len(taps)):
        _neighbours().danqing_weigh(
            first + 4 * top * stride, stride, _at(out) + 4 * top * width, width, width, rows, _at(offsets), _at(weights),
            len(taps),
        )  # fmt: skip
    return out


def _bands(height: int, work: int) -> Iterator[tuple[int, int]]:
    """(first row, rows) of calls of :data:`_AT_ONCE`, each row being so much work; a stop is heard before each."""
    rows = max(1, _AT_ONCE // max(1, work))
    for top in range(0, height, rows):
        heed()
        yield top, min(rows, height - top)


def _places(planes: np.ndarray, reach: int) -> tuple[np.ndarray, tuple]:
    """A target [3, h, w] for four planes, and the first arguments of the functions that work on planes."""
    if planes.dtype != np.float32 or not planes.flags.c_contiguous or planes.shape[0] != 4:
        raise ValueError(f"{planes.shape} {planes.dtype} are no four float planes in one piece")
    _, high, wide = planes.shape
    height, width = high - 2 * reach, wide - 2 * reach
    out = np.empty((3, height, width), np.float32)
    first = _at(planes) + 4 * (reach * wide + reach)
    return out, (first, wide, high * wide, _at(out), width, height * width, width, height)


def _banded(places: tuple, neighbours: int) -> Iterator[tuple]:
    """The same arguments for some of the rows at a time, each pixel having so many neighbours."""
    first, wide, plane, target, width, target_plane, _, height = places
    for top, rows in _bands(height, width * neighbours):
        yield first + 4 * top * wide, wide, plane, target + 4 * top * width, width, target_plane, width, rows


def _round(planes: np.ndarray, reach: int, radius: int) -> tuple[np.ndarray, np.ndarray]:
    """(x, y) of the pixels no farther than ``radius``, row by row, and what lies between them and the centre in memory."""
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    near = x**2 + y**2 <= radius**2
    where = np.stack([x[near], y[near]], -1)
    return where, np.ascontiguousarray(where[:, 1] * planes.shape[2] + where[:, 0], np.intp)


def bilateral(planes: np.ndarray, reach: int, radius: int, spatial: float, tonal: float) -> np.ndarray:
    """Tomasi and Manduchi's filter of straight red, green, blue and alpha planes: three planes [3, h, w].

    A neighbour weighs alpha · exp(−d² / 2 spatial²) · exp(−|c − c₀|² / 2 tonal²), up to ``radius`` pixels away.
    """
    out, places = _places(planes, reach)
    where, offsets = _round(planes, reach, radius)
    weights = np.exp(-0.5 * (where**2).sum(1) / spatial**2).astype(np.float32)
    for band in _banded(places, len(weights)):
        _neighbours().danqing_bilateral(
            *band, _at(offsets), _at(weights), len(weights), LOG2_E / (2 * tonal**2)
        )
    return out


def surface(planes: np.ndarray, reach: int, radius: int, threshold: float) -> np.ndarray:
    """Each of three straight planes alone: a neighbour weighs alpha · max(0, 1 − |c − c₀| / 2.5 threshold)."""
    out, places = _places(planes, reach)
    _, offsets = _round(planes, reach, radius)
    for band in _banded(places, len(offsets)):
        _neighbours().danqing_surface(*band, _at(offsets), len(offsets), 1 / (2.5 * threshold))
    return out


def nonlocal_means(
    planes: np.ndarray, reach: int, search: int, patch: int, strength: float, noise: float
) -> np.ndarray:
    """Buades, Coll and Morel's filter of straight red, green, blue and alpha planes: three planes [3, h, w].

    A pixel at most ``search`` away along each axis weighs alpha · exp(−max(0, d² − 2 noise²) / strength²), d² the mean
    squared difference of the patches of side 2 ``patch`` + 1, the middle counting most: exp(−2 d² / patch²), d the way
    from it. ``reach`` ≥ search + patch.
    """
    if not 0 <= patch <= LARGEST_PATCH:
        raise ValueError(f"patches have a radius of 0 to {LARGEST_PATCH}, not {patch}")
    out, places = _places(planes, reach)
    weights = np.exp(-2 * (np.arange(-patch, patch + 1) / max(patch, 1)) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    for band in _banded(places, (2 * search + 1) ** 2 * (patch + 1)):
        _neighbours().danqing_nonlocal(
            *band, search, patch, _at(weights), 3 * 2 * noise**2, LOG2_E / (3 * strength**2)
        )
    return out


def total_variation(
    planes: np.ndarray, weight: float, rounds: int, shared: bool, inner: int = 0
) -> np.ndarray:
    """Straight red, green and blue [3, h, w] of lower total variation, from four planes; the same size.

    Minimises Σ |∇u| + Σ (u − f)² / 2 weight by ``rounds`` steps of Chambolle's projection (2004) with step 1/4; a value
    depends on those ``rounds`` + 1 pixels around it. ``shared``: |∇u| of all three colours together, else of each alone.
    ``inner``: so many pixels at the edges are not asked for.
    """
    _, height, width = planes.shape
    if planes.dtype != np.float32 or not planes.flags.c_contiguous or planes.shape[0] != 4:
        raise ValueError(f"{planes.shape} {planes.dtype} are no four float planes in one piece")
    field, shown = np.zeros((6, height, width), np.float32), np.empty((3, height, width), np.float32)
    for first, count in _bands(rounds + 1, 32 * width * height):
        _neighbours().danqing_total_variation(
            _at(planes), _at(field), _at(shown), width, height, rounds, 0.25, 0.25 / weight, shared, inner, first,
            first + count,
        )  # fmt: skip
    return shown


def swirled(
    source: np.ndarray,
    target: np.ndarray,
    corner: tuple[int, int],
    centre: tuple[float, float],
    arc: float,
    steps: np.ndarray,
    turning: bool,
) -> None:
    """Means along arcs or rays into ``target`` [h, w, 4], the part of the result at ``corner``; see ``neighbours.c``.

    ``steps`` float64 [most + 1, 4]: first sample and step, as complex factors, for each count of samples.
    """
    height, width = source.shape[:2]
    left, top = corner
    part = (left, top, left + target.shape[1], top + target.shape[0])
    _neighbours().danqing_swirled(
        start(source, 16), source.strides[0] // 4, width, height, start(target, 16), target.strides[0] // 4, *part, *centre,
        arc, len(steps) - 1, _at(steps), turning,
    )  # fmt: skip


SQUARE = 128
"""Pixels of the side of the squares that :func:`swept` looks at."""
SQUARE_ROW = SQUARE + 13
"""Pixels that its rows lie apart: rows of 2^n bytes would all want the same places in the cache."""


def swept(
    squares: np.ndarray,
    size: tuple[int, int],
    target: np.ndarray,
    centre: tuple[float, float],
    pixels: tuple[np.ndarray, np.ndarray, np.ndarray],
    lines: np.ndarray,
    samples: int,
    turning: bool,
) -> None:
    """Means along arcs or rays into a small ``target`` [h, w, 4] by running sums on lines half a pixel apart.

    ``squares``: uint64 [down, across], the addresses of float32 [SQUARE, :data:`SQUARE_ROW`, 4] of which the first SQUARE columns
    are the picture, (width, height) its ``size``; 0 where nothing is looked at.
    ``pixels``: float64 [h, w] each, the line a pixel lies on (0 ≤ line < lines − 1), where its mean begins and where it
    ends. ``lines`` float64 [n, 6]: first sample and step as seen from ``centre``, scale and base: the length t along it is
    sample t · scale − base, 0 ≤ sample < ``samples``. Raises ValueError where a pixel leaves its lines, or a square is missing.
    """
    height, width = target.shape[:2]
    across, begin, end = (np.ascontiguousarray(one, np.float64) for one in pixels)
    least, most = across.min(), across.max()
    scales, bases = lines[:, 4], lines[:, 5]
    first = (begin.min() * scales - bases).min()
    last = (end.max() * scales - bases).max()
    if not (least >= 0 and most < len(lines) - 1 and first >= 0 and last < samples):
        raise ValueError(f"lines {least}–{most} of {len(lines)}, samples {first}–{last} of {samples}")
    order, starts = np.empty(height * width, np.int32), np.empty(len(lines) + 1, np.int32)
    sums = np.empty((2, samples + 1, 4))
    missing = _neighbours().danqing_swept(
        _at(squares), 4 * SQUARE_ROW, squares.shape[1], *size, start(target, 16),
        target.strides[0] // 4, width, height, *centre, _at(across), _at(begin), _at(end),
        _at(np.ascontiguousarray(lines)), len(lines), samples, turning, _at(order), _at(starts), _at(sums),
    )  # fmt: skip
    if missing:
        raise ValueError("a square that is looked at is missing")


def debanded(source: np.ndarray, reach: int, x: np.ndarray, y: np.ndarray, limit: float) -> np.ndarray:
    """Premultiplied [h, w, 4]; channels become the mean of four pixels around where that is near, see ``neighbours.c``.

    ``x``, ``y`` int32 [h, w]: the way to the first of the four, which lies no more than ``reach`` away along each axis.
    """
    inner = source[reach : source.shape[0] - reach, reach : source.shape[1] - reach]
    shape = inner.shape[:2]
    if x.shape != shape or y.shape != shape or x.dtype != np.int32 or y.dtype != np.int32:
        raise ValueError(f"{x.shape} {x.dtype} are no ways for {shape}")
    if x.size and max(x.max(), -x.min(), y.max(), -y.min()) > reach:
        raise ValueError(f"a pixel looks farther than {reach}")
    out = np.empty((*shape, 4), np.float32)
    first, stride = start(inner, 16), source.strides[0] // 4
    for top, rows in _bands(shape[0], 64 * shape[1]):
        _neighbours().danqing_debanded(
            first + 4 * top * stride,
            stride,
            _at(out[top:]),
            shape[1],
            rows,
            _at(x[top:]),
            _at(y[top:]),
            limit,
        )
    return out


def median(source: np.ndarray, radius: int) -> np.ndarray:
    """The middle value of each square window of side 2 ``radius`` + 1, exactly, each channel alone: [h, w, c] of
    [h + 2 radius, w + 2 radius, c]. No value may be NaN."""
    return ranked(source, np.full(2 * radius + 1, radius, np.int32), (2 * radius + 1) ** 2 // 2)


def ranked(source: np.ndarray, extents: np.ndarray, wanted: int) -> np.ndarray:
    """The value that stands ``wanted`` places after the smallest in each window, exactly, each channel alone: [h, w, c] of
    [h + 2 r, w + 2 r, c]. No value may be NaN.

    ``extents`` int32 [2 r + 1]: how far each row of the window reaches from its middle; the same shape seen across and down.
    """
    radius = len(extents) // 2
    if not 0 <= radius <= LARGEST_MEDIAN:
        raise ValueError(f"a median has a radius of 0 to {LARGEST_MEDIAN}, not {radius}")
    if not 0 <= extents.min() <= extents.max() <= radius or not 0 <= wanted < (2 * extents + 1).sum():
        raise ValueError(f"no rank {wanted} in rows reaching {extents}")
    height, width, channels = (source.shape[0] - 2 * radius, source.shape[1] - 2 * radius, source.shape[2])
    out = np.empty((height, width, channels), np.float32)
    memory = np.zeros(_median().danqing_median_work(), np.uint8)
    first = start(source[radius:, radius:], 4 * channels)
    extents = np.ascontiguousarray(extents, np.int32)
    for channel in range(channels):
        heed()
        _median().danqing_ranked(
            first + 4 * channel, source.strides[0] // 4, _at(out) + 4 * channel, width * channels, channels, width, height,
            radius, _at(extents), wanted, _at(memory),
        )  # fmt: skip
    return out
