"""Poisson's equation on any set of pixels, by multigrid with our own cycle.

Unknown are the ``inside`` pixels. Each asks for Σ over its neighbours q of (u_p − u_q) = divergence_p, where a neighbour
that is ``held`` has a given value and one that is neither inside nor held, or beyond the picture, does not count: there the
gradient is free (Pérez, Gangnet, Blake, Poisson Image Editing, 2003, equation 7). So a region may touch the border of the
picture anywhere. A region without any held neighbour has no unique solution; one with a mean near zero is given.

Cell-centred multigrid (Wesseling, An Introduction to Multigrid Methods, 1992, chapter 5): cells are joined two by two, the
conductance of a face is the part of it that lies inside, held pixels are as far from a coarse cell's middle as they truly
are, corrections are interpolated bilinearly, and two Jacobi steps with Chebyshev's factors smooth.
"""

from __future__ import annotations

from collections.abc import Generator

import cv2
import msgspec
import numpy as np

from studio.raster import stencil
from studio.raster.stopping import heed

CHANNELS = stencil.CELL
SMALLEST = 4
"""Grids of at most this side are solved by smoothing alone."""
_FACTORS = (np.float32(1.3896), np.float32(0.5617))
"""Chebyshev's factors of two Jacobi steps for the upper three quarters of the spectrum, [1/2, 2]."""
_FINE = (np.float32(0.8),)
"""On the finest grid one step is cheaper than what the second one saves in cycles."""
_CROSS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32)
_POINT = np.float32(1.5)
_LARGE = 2
"""On so many of the finest grids work is told, and can be stopped, between its steps."""
_COARSE_STEPS = 4
_MOST_CYCLES = 60


class Level(msgspec.Struct, frozen=True, eq=False):
    """One grid. All arrays are float32 rows with a border of one cell, three equal values per cell, zero outside.

    ``right`` and ``down``: conductance to the next cell, None where each is 1 (the finest grid). ``diagonal``: what the
    cell itself weighs, ``inverse`` its reciprocal, 0 outside. ``inside``: 1 where the cell has unknown pixels. ``held``:
    how strongly each link of the cell to a held pixel counts. ``width`` and ``height`` without the border.
    """

    width: int
    height: int
    right: np.ndarray | None
    down: np.ndarray | None
    diagonal: np.ndarray
    inverse: np.ndarray
    inside: np.ndarray
    held: np.ndarray

    @property
    def factors(self) -> tuple[np.float32, ...]:
        """Those of the smoothing steps."""
        return _FINE if self.right is None else _FACTORS

    @property
    def conductance(self) -> tuple[np.ndarray, np.ndarray] | None:
        """To the right and down; None where each is 1."""
        return None if self.right is None or self.down is None else (self.right, self.down)

    def empty(self) -> np.ndarray:
        return np.zeros((self.height + 2, (self.width + 2) * CHANNELS), np.float32)


class Grid:
    """The grids of one set of pixels; :meth:`solve` may be asked for any values on it."""

    def __init__(self, inside: np.ndarray, held: np.ndarray) -> None:
        """``inside``, ``held``: bool [h, w]; a pixel that is both is inside. Raises ValueError for other shapes."""
        if inside.shape != held.shape or inside.ndim != 2 or 0 in inside.shape:
            raise ValueError(
                f"the pixels inside {inside.shape} and those held {held.shape} must be one picture's"
            )
        self.inside = inside
        self.held = held & ~inside
        self.levels = _levels(inside, self.held)

    def solve(
        self, divergence: np.ndarray | None, values: np.ndarray, *, tolerance: float = 1e-4
    ) -> Generator[float, None, np.ndarray]:
        """The solution, float32 [h, w, 3], inside; zero elsewhere. Yields the part done between the steps of a cycle.

        ``divergence``: float32 [h, w, 3], None for zero (a membrane). ``values``: float32 [h, w, 3], read where pixels are
        held. Coarse solutions are refined upwards (full multigrid), then cycles end when one changes nothing by more
        than ``tolerance``; what is left is about a tenth of that.
        """
        given = self.levels[0].empty()
        cells = given.reshape(*given.shape[:1], -1, CHANNELS)[1:-1, 1:-1]
        np.copyto(cells, values, where=self.held[..., None])
        pull = _neighbours(given) * self.levels[0].inside
        push = None if divergence is None else _framed(divergence) * self.levels[0].inside
        solution = yield from self._upwards(pull, push)
        residual: np.ndarray = _residual(self.levels[0], solution, pull if push is None else pull + push)
        direction: np.ndarray = residual
        earlier: np.ndarray = residual
        slope: float = 0.0
        for cycle in range(_MOST_CYCLES):
            # Conjugate gradients with one cycle as preconditioner (Polak and Ribière's factor: cycles are not symmetric).
            step = yield from self._cycle(0, residual, 1 - 0.5**cycle)
            yield 1 - 0.5**cycle
            new_slope = float(np.vdot(step, residual))
            if cycle:
                factor = max(0.0, (new_slope - float(np.vdot(step, earlier))) / slope)
                direction = cv2.scaleAdd(direction, factor, step)
            else:
                direction = step
            slope = new_slope
            image = _residual(self.levels[0], direction, None)
            heed()
            bend = -float(np.vdot(direction, image))
            if not (bend > 0 and slope > 0):
                break
            length = float(np.vdot(direction, residual)) / bend
            cv2.scaleAdd(direction, length, solution, dst=solution)
            heed()
            earlier, residual = residual, cv2.scaleAdd(image, length, residual)
            yield 1 - 0.5 ** (cycle + 1)
            if not abs(length) * cv2.norm(direction, cv2.NORM_INF) > tolerance:
                break
        return _unframed(solution)

    def _upwards(self, pull: np.ndarray, push: np.ndarray | None) -> Generator[float, None, np.ndarray]:
        """From the coarsest grid to the finest, one cycle on each but the last."""
        sides = [(pull, push)]
        for coarse in self.levels[1:]:
            pull, push = sides[-1]
            sides.append((_joined(pull, coarse), None if push is None else _joined(push, coarse)))
        solution = self.levels[-1].empty()
        for number in reversed(range(len(self.levels))):
            level = self.levels[number]
            pull, push = sides[number]
            heed()
            right_side = pull * level.held
            if push is not None:
                right_side += push
            if number < len(self.levels) - 1:
                solution = _refined(solution, self.levels[number + 1], level)
            if number:
                solution += yield from self._cycle(number, _residual(level, solution, right_side), 0.0)
            yield 0.0
        return solution

    def _cycle(self, number: int, right_side: np.ndarray, part: float) -> Generator[float, None, np.ndarray]:
        """What one V-cycle finds from zero; tells ``part`` between its steps."""
        level = self.levels[number]
        solution = _smoothed(level, right_side)
        if number == len(self.levels) - 1:
            for _ in range(_COARSE_STEPS):
                solution = _smooth(level, solution, right_side)
            return solution
        if number < _LARGE:
            yield part
        coarse = self.levels[number + 1]
        wanted = _joined(_residual(level, solution, right_side), coarse)
        if number < _LARGE:
            yield part
        found = yield from self._cycle(number + 1, wanted, part)
        stencil.correct(solution, _cells_enlarged(found, coarse), level.inside)
        if number < _LARGE:
            yield part
        return _smooth(level, solution, right_side)


def _framed(pixels: np.ndarray) -> np.ndarray:
    """[h, w, 3] as rows with a border of one cell of zero."""
    heed()
    height, width = pixels.shape[:2]
    out = np.zeros((height + 2, width + 2, CHANNELS), np.float32)
    out[1:-1, 1:-1] = pixels
    return out.reshape(height + 2, -1)


def _unframed(rows: np.ndarray) -> np.ndarray:
    return rows.reshape(rows.shape[0], -1, CHANNELS)[1:-1, 1:-1].copy()


def _thrice(cells: np.ndarray) -> np.ndarray:
    """[h, w] as such rows, each value three times."""
    heed()
    height, width = cells.shape
    framed = np.zeros((height + 2, width + 2), np.float32)
    framed[1:-1, 1:-1] = cells
    return cv2.merge([framed] * CHANNELS).reshape(height + 2, -1)


def _neighbours(rows: np.ndarray) -> np.ndarray:
    """The sum of the four neighbours of each cell; zero in the border."""
    heed()
    cells = rows.reshape(rows.shape[0], -1, CHANNELS)
    out = cv2.filter2D(cells, cv2.CV_32F, _CROSS, borderType=cv2.BORDER_CONSTANT).reshape(rows.shape)
    out[0] = out[-1] = 0
    out[:, :CHANNELS] = out[:, -CHANNELS:] = 0
    return out


def _residual(level: Level, solution: np.ndarray, right_side: np.ndarray | None) -> np.ndarray:
    heed()
    return stencil.residual(solution, right_side, level.conductance, level.diagonal, level.inside)


def _smooth(level: Level, solution: np.ndarray, right_side: np.ndarray) -> np.ndarray:
    """After some steps; ``inverse`` is zero outside, and so stays the solution."""
    for factor in level.factors:
        heed()
        solution = stencil.smoothed(solution, right_side, level.conductance, level.inverse, float(factor))
    return solution


def _smoothed(level: Level, right_side: np.ndarray) -> np.ndarray:
    """The same steps from zero."""
    start = level.inverse * right_side
    heed()
    rest = level.factors[1:]
    solution = np.multiply(start, level.factors[0], out=None if rest else start)
    for factor in rest:
        heed()
        solution = stencil.smoothed(
            solution, start, level.conductance, level.inverse, float(factor), divided=True
        )
    return solution


def _blocks(cells: np.ndarray) -> np.ndarray:
    """Sums of 2 × 2 of [h, w] or [h, w, n]; an odd side is filled up with zero."""
    heed()
    height, width = cells.shape[:2]
    odd = [(0, height % 2), (0, width % 2)] + [(0, 0)] * (cells.ndim - 2)
    full = np.pad(cells, odd) if height % 2 or width % 2 else cells
    rows = full[::2] + full[1::2]
    return rows[:, ::2] + rows[:, 1::2]


def _joined(rows: np.ndarray, coarse: Level) -> np.ndarray:
    """What fine cells hold, summed over each coarse one."""
    heed()
    return stencil.joined(rows, coarse.inside)


def _enlarged(rows: np.ndarray, coarse: Level, fine: Level) -> np.ndarray:
    """:func:`_cells_enlarged` as rows of the fine grid."""
    return _framed(_cells_enlarged(rows, coarse)[: fine.height, : fine.width])


def _cells_enlarged(rows: np.ndarray, coarse: Level) -> np.ndarray:
    """Bilinear between the middles of coarse cells, repeated at the border of the picture: [h, w, 3]."""
    heed()
    cells = np.ascontiguousarray(rows.reshape(coarse.height + 2, -1, CHANNELS)[1:-1, 1:-1])
    size = (2 * coarse.width, 2 * coarse.height)
    return cv2.resize(cells, size, interpolation=cv2.INTER_LINEAR)


def _refined(rows: np.ndarray, coarse: Level, fine: Level) -> np.ndarray:
    """A coarse solution on the finer grid: interpolated between cells that have one, however few."""
    weight = _enlarged(coarse.inside, coarse, fine)
    out = _enlarged(rows, coarse, fine)
    heed()
    np.divide(out, weight, out=out, where=weight > 1e-6)
    heed()
    out *= fine.inside
    return out


def _levels(inside: np.ndarray, held: np.ndarray) -> tuple[Level, ...]:
    """All grids, the finest first."""
    cells = inside.astype(np.float32)
    given = held.astype(np.float32)
    right, down = np.zeros_like(cells), np.zeros_like(cells)
    right[:, :-1] = cells[:, :-1] * cells[:, 1:]
    down[:-1] = cells[:-1] * cells[1:]
    links = cells * _cell_neighbours(given)
    side = 1
    area = cells
    levels = [_level(area, right, down, links, side)]
    while min(area.shape) > 1 and max(area.shape) > SMALLEST:
        # Only faces between two coarse cells stay: those of every second column, every second row.
        right = _blocks_of_faces(right)
        down = _blocks_of_faces(down.T).T
        area, links = _blocks(area), _blocks(links)
        side *= 2
        levels.append(_level(area, right, down, links, side))
    return tuple(levels)


def _blocks_of_faces(faces: np.ndarray) -> np.ndarray:
    """Conductances to the right, of joined cells: the sum over the rows of those that cross from cell to cell."""
    heed()
    height, width = faces.shape
    full = np.pad(faces, ((0, height % 2), (0, width % 2)))
    return np.ascontiguousarray(full[::2, 1::2] + full[1::2, 1::2])


def _conductance(faces: np.ndarray, area: np.ndarray, side: int) -> np.ndarray:
    """Of faces to the right: as many links over how far apart the middles of what lies behind them on both sides are."""
    heed()
    per_face = np.divide(1, faces, out=np.zeros_like(faces), where=faces > 0)
    heed()
    apart = np.minimum(area * per_face, np.float32(side))
    apart[:, :-1] += np.minimum(area[:, 1:] * per_face[:, :-1], np.float32(side))
    return 2 * np.divide(faces, apart, out=np.zeros_like(faces), where=faces > 0)


def _cell_neighbours(cells: np.ndarray) -> np.ndarray:
    heed()
    out = np.zeros_like(cells)
    out[1:] += cells[:-1]
    out[:-1] += cells[1:]
    out[:, 1:] += cells[:, :-1]
    out[:, :-1] += cells[:, 1:]
    return out


def _level(area: np.ndarray, right: np.ndarray, down: np.ndarray, links: np.ndarray, side: int) -> Level:
    """The grid whose cells are ``side`` pixels wide: a face of that length has conductance 1. ``area``: pixels inside."""
    if side > 1:
        right, down = _conductance(right, area, side), _conductance(down.T, area.T, side).T
    # A wall lies half as far away as the cell's pixels reach behind it, and half a pixel; a single pixel, far from that,
    # still draws about 2π / ln(side).
    heed()
    depth = np.divide(area, links, out=np.ones_like(area), where=links > 0)
    heed()
    pull = links * (2 / (np.clip(depth, 1, np.float32(side)) + 1))
    np.maximum(pull, np.minimum(links, _POINT), out=pull)
    heed()
    held = np.divide(pull, links, out=np.zeros_like(links), where=links > 0)
    heed()
    diagonal = right + down + pull
    diagonal[:, 1:] += right[:, :-1]
    diagonal[1:] += down[:-1]
    heed()
    # A cell without any neighbour that counts keeps what it has.
    inverse = np.divide(1, diagonal, out=np.zeros_like(diagonal), where=diagonal > 0)
    inside = _thrice((area > 0) & (diagonal > 0))
    return Level(
        width=area.shape[1],
        height=area.shape[0],
        right=None if side == 1 else _thrice(right),
        down=None if side == 1 else _thrice(down),
        diagonal=_thrice(diagonal),
        inverse=_thrice(inverse),
        inside=inside,
        held=inside if side == 1 else _thrice(held),
    )
