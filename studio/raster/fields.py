"""Compiled fields of random numbers (``fields.c``): their words, smooth noise on a grid, the cells of scattered points."""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np

from studio.raster.native import library, start


@cache
def _fields() -> ctypes.CDLL:
    found = library("fields")
    pointer, stride, number = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int32
    word, long, real = ctypes.c_uint32, ctypes.c_int64, ctypes.c_double
    found.danqing_philox.argtypes = [word, word, word, word, ctypes.c_uint64, pointer, number, number]
    found.danqing_philox_at.argtypes = [pointer, pointer, word, word, ctypes.c_uint64, pointer, stride]
    found.danqing_lattice.argtypes = [
        pointer, pointer, pointer, number, number, pointer, real, pointer, stride, long, long, real,
    ]  # fmt: skip
    found.danqing_cells.argtypes = [
        pointer, pointer, number, number, pointer, stride, long, long, number, real, real, pointer, pointer,
        pointer,
    ]  # fmt: skip
    found.danqing_tiles.argtypes = [
        pointer, pointer, pointer, pointer, number, number, pointer, number, pointer, pointer, number, number, number, real,
        real, pointer, pointer, pointer,
    ]  # fmt: skip
    found.danqing_cell_sums.argtypes = [pointer, stride, number, number, pointer, pointer, pointer]
    for name in ("philox", "philox_at", "lattice", "cells", "tiles", "cell_sums"):
        getattr(found, f"danqing_{name}").restype = None
    return found


def _at(array: np.ndarray) -> int:
    if not array.flags.c_contiguous:
        raise ValueError(f"an array of shape {array.shape} does not lie in one piece")
    return array.__array_interface__["data"][0]


def words_of(
    first: int, row: int, shape: tuple[int, int], channel: int, stream: int, seed: int
) -> np.ndarray:
    """uint32 [4, h, w]: Philox-4x32-10 of the counters (first + i, row + j, channel, stream), wrapped at 2³²."""
    out = np.empty((4, *shape), np.uint32)
    mask = 0xFFFFFFFF
    _fields().danqing_philox(
        first & mask, row & mask, channel & mask, stream & mask, seed & 0xFFFFFFFFFFFFFFFF, _at(out), shape[1], shape[0]
    )  # fmt: skip
    return out


def words_at(columns: np.ndarray, rows: np.ndarray, channel: int, stream: int, seed: int) -> np.ndarray:
    """uint32 [4, h, w]: Philox-4x32-10 of the counters (column, row, channel, stream) for whole ``columns`` and ``rows`` [h, w].

    All are wrapped at 2³²."""
    mask = 0xFFFFFFFF
    counters = [np.ascontiguousarray((part & mask).astype(np.uint32)) for part in (columns, rows)]
    if counters[0].shape != counters[1].shape:
        raise ValueError(f"{columns.shape} columns and {rows.shape} rows are no counters")
    out = np.empty((4, *counters[0].shape), np.uint32)
    _fields().danqing_philox_at(
        _at(counters[0]), _at(counters[1]), channel & mask, stream & mask, seed & 0xFFFFFFFFFFFFFFFF, _at(out),
        counters[0].size,
    )  # fmt: skip
    return out


def add_lattice(
    made: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    turn: tuple[float, float, float],
    step: float,
    values: np.ndarray,
    corner: tuple[int, int],
    strength: float,
) -> None:
    """Adds ``strength`` times smooth noise to ``made`` float64 [h, w] at x [w], y [h], both float64.

    ``values`` float64 [rows, columns] stand on a grid whose first one is number ``corner``; places on it are
    ((x c + y s) k, y c − x s) / step with ``turn`` = (c, s, k). Raises ValueError where a place lies beyond the grid.
    """
    height, width = made.shape
    if made.dtype != np.float64 or x.shape != (width,) or y.shape != (height,) or values.dtype != np.float64:
        raise ValueError(f"{x.shape} and {y.shape} are no places for {made.shape} {made.dtype}")
    low_x, low_y, high_x, high_y = lattice_span(x, y, turn, step)
    left, top = corner
    if (
        low_x < left
        or low_y < top
        or high_x + 1 >= left + values.shape[1]
        or high_y + 1 >= top + values.shape[0]
    ):
        raise ValueError(f"the grid {values.shape} at {corner} does not hold all places")
    factors = np.array(turn, np.float64)
    _fields().danqing_lattice(
        _at(made), _at(x), _at(y), width, height, _at(factors), step, _at(values), values.shape[1], left, top, strength
    )  # fmt: skip


def lattice_span(
    x: np.ndarray, y: np.ndarray, turn: tuple[float, float, float], step: float
) -> tuple[int, int, int, int]:
    """Least and largest column and row of the grid, (left, top, right, bottom), that places of :func:`add_lattice` have."""
    c, s, k = turn
    ends_x, ends_y = np.array([x[0], x[-1]])[None], np.array([y[0], y[-1]])[:, None]
    columns = np.floor((ends_x * c + ends_y * s) * k / step)
    rows = np.floor((ends_y * c - ends_x * s) / step)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def cells(
    x: np.ndarray,
    y: np.ndarray,
    points: np.ndarray,
    corner: tuple[int, int],
    square: bool,
    light: tuple[float, float] = (-1.0, -1.0),
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The cell of each pixel among ``points`` float64 [rows, columns, 2], x and y of the point of each field of a grid.

    ``x`` [w], ``y`` [h] float64 in fields, the first of which is ``corner``; points reach one field beyond them. Gives
    the number of the nearest point (int32, row by row), half the difference of the two least distances, and the
    pixel's place from its point times ``light``, x and y, all [h, w]. ``square``: distance is max(|x|, |y|).
    """
    rows, columns = points.shape[:2]
    ends_x, ends_y = np.floor(x[[0, -1]]) - corner[0], np.floor(y[[0, -1]]) - corner[1]
    if ends_x[0] < 1 or ends_y[0] < 1 or ends_x[1] + 1 >= columns or ends_y[1] + 1 >= rows:
        raise ValueError(f"{points.shape} points at {corner} do not surround all pixels")
    shape = (len(y), len(x))
    label, rim, lit = np.empty(shape, np.int32), np.empty(shape), np.empty(shape)
    _fields().danqing_cells(
        _at(x),
        _at(y),
        len(x),
        len(y),
        _at(points),
        columns,
        *corner,
        square,
        *light,
        _at(label),
        _at(rim),
        _at(lit),
    )
    return label, rim, lit


def tiles(
    x: np.ndarray,
    y: np.ndarray,
    columns: np.ndarray,
    rows: np.ndarray,
    edges: np.ndarray,
    middles: np.ndarray,
    near: np.ndarray,
    counts: tuple[int, int],
    light: tuple[float, float],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The tile of each pixel, the one in which it lies deepest, how deep, and its place from the tile's middle times ``light``.

    ``x`` [w], ``y`` [h] float64 lie in domains number ``columns``, ``rows`` (int32), which have ``counts[1]`` tiles each
    and ``counts[0]`` of which stand beside each other. ``edges`` float64 [n, e, 3]: (nx, ny, d) with nx x + ny y + d the
    distance inwards. ``near`` int32 [k, 3]: (columns, rows, tile) of those that reach into a domain, as seen from it.
    """
    if columns.shape != x.shape or rows.shape != y.shape or len(edges) != len(middles):
        raise ValueError(f"{columns.shape}, {rows.shape}: no domains of {x.shape}, {y.shape}")
    last = (rows.max() + near[:, 1].max()) * counts[0] + columns.max() + near[:, 0].max()
    first = (rows.min() + near[:, 1].min()) * counts[0] + columns.min() + near[:, 0].min()
    if first < 0 or (last + 1) * counts[1] > len(edges):
        raise ValueError(f"{len(edges)} tiles do not surround all pixels")
    shape = (len(y), len(x))
    label, rim, lit = np.empty(shape, np.int32), np.empty(shape), np.empty(shape)
    _fields().danqing_tiles(
        _at(x), _at(y), _at(columns), _at(rows), len(x), len(y), _at(edges), edges.shape[1], _at(middles), _at(near),
        len(near), *counts, *light, _at(label), _at(rim), _at(lit),
    )  # fmt: skip
    return label, rim, lit


def add_cell_sums(source: np.ndarray, label: np.ndarray, sums: np.ndarray, counts: np.ndarray) -> None:
    """Adds float32 pixels [h, w, 4] to ``sums`` float64 [n, 4] of their cells, and counts them in int64 [n]."""
    if label.shape != source.shape[:2] or label.dtype != np.int32 or sums.shape != (len(counts), 4):
        raise ValueError(f"{label.shape} {label.dtype} are no cells of {source.shape}")
    _fields().danqing_cell_sums(
        start(source, 16), source.strides[0] // 4, source.shape[1], source.shape[0], _at(label), _at(sums), _at(counts)
    )  # fmt: skip
