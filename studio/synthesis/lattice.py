"""Noise on a lattice of random numbers: values at any point of the plane, from counters alone.

A lattice point's numbers come from Philox with the counter (column, row, step of time, stream) and the seed as key; the
stream is the octave. So a field is a function of document coordinates, whatever part of it is looked at and how finely.
Between two whole times a lattice point's numbers turn from one into the other by cosine and sine, which keeps their
variance.
"""

from __future__ import annotations

from functools import cache

import msgspec
import numpy as np

from studio.raster import fields
from studio.raster.geometry import Rect

Plane = np.ndarray
"""float32 [h, w]."""
_SHIFT = (0.7548776662466927, 0.5698402909980532)
"""Multiples of these spread evenly over the square, modulo 1 (1/p and 1/p² with p³ = p + 1)."""


class View(msgspec.Struct, frozen=True):
    """What is looked at: ``rect`` in pixels that are ``pixel`` document pixels wide, their centres at +0.5."""

    rect: Rect
    pixel: float = 1.0

    @property
    def x(self) -> np.ndarray:
        """Document coordinates of the columns' centres, float64 [w]."""
        return (np.arange(self.rect.left, self.rect.right) + 0.5) * self.pixel

    @property
    def y(self) -> np.ndarray:
        return (np.arange(self.rect.top, self.rect.bottom) + 0.5) * self.pixel


class Lattice(msgspec.Struct, frozen=True, kw_only=True):
    """Square cells of about ``size`` document pixels.

    ``tile``: width and height in document pixels after which it repeats, 0 for never; the cells are then stretched so
    that a whole number of them fits (``even``: an even number of rows). ``loop``: whole steps of time after which it
    repeats, 0 for never. ``stretch``: cells are that many times as wide as high.
    """

    seed: int
    stream: int
    size: float
    tile: tuple[float, float] = (0.0, 0.0)
    time: float = 0.0
    loop: int = 0
    even: bool = False
    stretch: float = 1.0

    @property
    def count(self) -> tuple[int, int]:
        """Cells after which it repeats, 0 for never."""
        across, down = (
            max(1, round(length / size)) if length else 0
            for length, size in zip(self.tile, self._wanted, strict=True)
        )
        return across, max(2, round(down / 2) * 2) if self.even and down else down

    @property
    def _wanted(self) -> tuple[float, float]:
        return self.size * self.stretch, self.size

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell in document pixels."""
        across, down = (
            length / count if count else size
            for length, count, size in zip(self.tile, self.count, self._wanted, strict=True)
        )
        return across, down

    def columns(self, x: np.ndarray) -> np.ndarray:
        """Document coordinates in cells. Each stream's cells begin elsewhere, so that octaves share no points."""
        return x * (1 / self.cell[0]) + self.stream * _SHIFT[0] % 1

    def rows(self, y: np.ndarray) -> np.ndarray:
        return y * (1 / self.cell[1]) + self.stream * _SHIFT[1] % 1

    def words(self, columns: np.ndarray, rows: np.ndarray, step: int, count: int = 4) -> tuple[Plane, ...]:
        """``count`` (1–4) uniform numbers in (0, 1), float32, at lattice points; the arrays are broadcast."""
        across, down = self.count
        if self.even and down:
            # Rows are shifted by half a cell each (see simplex): a repetition downwards is one sideways, too.
            turns = rows // down
            columns, rows = columns - turns * (down // 2), rows - turns * down
        columns = columns % across if across else columns
        rows = rows % down if down else rows
        at = step % self.loop if self.loop else step
        columns, rows = np.broadcast_arrays(columns, rows)
        drawn = fields.words_at(columns, rows, at, self.stream, self.seed)
        out = (drawn[:count] >> np.uint32(9)).astype(np.float32)
        out += np.float32(0.5)
        out *= np.float32(2.0**-23)
        return tuple(out)

    def mix(self) -> tuple[int, float]:
        """The whole step of time and how far, smoothed, it is on the way to the next, 0–1."""
        step = int(np.floor(self.time))
        part = self.time - step
        return step, part * part * (3 - 2 * part)

    def gradients(self, columns: np.ndarray, rows: np.ndarray) -> tuple[Plane, Plane]:
        """x and y of random vectors of mean square length 1 at lattice points."""
        step, part = self.mix()
        out = _directions(*self.words(columns, rows, step, 1))
        if part:
            other = _directions(*self.words(columns, rows, step + 1, 1))
            near, far = np.float32(np.cos(part * np.pi / 2)), np.float32(np.sin(part * np.pi / 2))
            out = out[0] * near + other[0] * far, out[1] * near + other[1] * far
        return out

    def values(self, columns: np.ndarray, rows: np.ndarray, count: int) -> list[Plane]:
        """``count`` (1–4) random numbers at lattice points, mean 0, standard deviation 1, uniform at whole times."""
        step, part = self.mix()
        near, far = np.float32(np.cos(part * np.pi / 2)), np.float32(np.sin(part * np.pi / 2))
        scale = np.float32(np.sqrt(12))
        out = [(word - np.float32(0.5)) * (near * scale) for word in self.words(columns, rows, step, count)]
        if part:
            later = self.words(columns, rows, step + 1, count)
            out = [
                one + (word - np.float32(0.5)) * (far * scale) for one, word in zip(out, later, strict=False)
            ]
        return out


def _directions(words: Plane) -> tuple[Plane, Plane]:
    angle = words * np.float32(2 * np.pi)
    return np.cos(angle), np.sin(angle)


def fade(part: np.ndarray) -> np.ndarray:
    """6t⁵ − 15t⁴ + 10t³ (Perlin, "Improving noise", 2002)."""
    return part * part * part * (part * (part * 6 - 15) + 10)


def fade_slope(part: np.ndarray) -> np.ndarray:
    return 30 * part * part * (part * (part - 2) + 1)


def cells(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The whole cells of coordinates and how far into them, float32 0–1."""
    whole = np.floor(at)
    return whole.astype(np.int64), (at - whole).astype(np.float32)


class Rows(msgspec.Struct, frozen=True):
    """What a separable noise is on the lattice's rows: [rows, w] each; n = a + b · (distance down from the row)."""

    a: Plane
    b: Plane

    def at(self, row: np.ndarray, away: np.ndarray) -> Plane:
        return self.a[row] + self.b[row] * away[:, None]


def perlin(lattice: Lattice, view: View) -> Plane:
    """Gradient noise (Perlin 1985, 2002), mean 0, standard deviation 1 over the plane."""
    rows, part, along, _ = _along(lattice, view)
    share = fade(part)[:, None]
    out = along.at(rows, part) * (1 - share)
    out += along.at(rows + 1, part - 1) * share
    out *= np.float32(1 / perlin_spread())
    return out


def perlin_slopes(lattice: Lattice, view: View) -> tuple[Plane, Plane]:
    """The derivatives of :func:`perlin` along x and y, per cell."""
    rows, part, along, slope = _along(lattice, view, slopes=True)
    share, change = fade(part)[:, None], fade_slope(part)[:, None]
    above, below = along.at(rows, part), along.at(rows + 1, part - 1)
    down = (below - above) * change + along.b[rows] * (1 - share) + along.b[rows + 1] * share
    across = slope.at(rows, part) * (1 - share) + slope.at(rows + 1, part - 1) * share
    scale = np.float32(1 / perlin_spread())
    return across * scale, down * scale


def _along(lattice: Lattice, view: View, slopes: bool = False) -> tuple[np.ndarray, np.ndarray, Rows, Rows]:
    """Rows relative to the first, the part into them, and the noise interpolated along x on the lattice's rows."""
    columns, across = cells(lattice.columns(view.x))
    rows, down = cells(lattice.rows(view.y))
    place = columns - columns[0]
    gx, gy = lattice.gradients(
        np.arange(columns[0], columns[-1] + 2)[None, :], np.arange(rows[0], rows[-1] + 2)[:, None]
    )
    share = fade(across)
    left_x, right_x, left_y, right_y = gx[:, place], gx[:, place + 1], gy[:, place], gy[:, place + 1]
    along = Rows(
        left_x * (across * (1 - share)) + right_x * ((across - 1) * share),
        left_y * (1 - share) + right_y * share,
    )
    slope = along
    if slopes:
        change = fade_slope(across)
        slope = Rows(
            left_x * (1 - share - across * change) + right_x * (share + (across - 1) * change),
            (right_y - left_y) * change,
        )
    return rows - rows[0], down, along, slope


def value_noise(lattice: Lattice, view: View, count: int = 1) -> list[Plane]:
    """``count`` (1–4) fields of random values joined by the fade, mean 0, standard deviation 1 over the plane."""
    columns, across = cells(lattice.columns(view.x))
    rows, down = cells(lattice.rows(view.y))
    place, row = columns - columns[0], rows - rows[0]
    along, share = fade(across), fade(down)[:, None]
    out = []
    for table in lattice.values(
        np.arange(columns[0], columns[-1] + 2)[None, :], np.arange(rows[0], rows[-1] + 2)[:, None], count
    ):
        table = table[:, place] * (1 - along) + table[:, place + 1] * along
        made = table[row] * (1 - share)
        made += table[row + 1] * share
        made *= np.float32(1 / value_spread())
        out.append(made)
    return out


def perlin_at(lattice: Lattice, x: np.ndarray, y: np.ndarray) -> Plane:
    """:func:`perlin` at any points: document coordinates, float64 [h, w]."""
    columns, across = cells(lattice.columns(x))
    rows, down = cells(lattice.rows(y))
    left, top = columns.min(), rows.min()
    gx, gy = lattice.gradients(
        np.arange(left, columns.max() + 2)[None, :], np.arange(top, rows.max() + 2)[:, None]
    )
    stride = gx.shape[1]
    index = (rows - top) * stride + (columns - left)
    share = fade(across)
    above = _between(gx, gy, index, across, down, share)
    below = _between(gx, gy, index + stride, across, down - 1, share)
    above += (below - above) * fade(down)
    above *= np.float32(1 / perlin_spread())
    return above


def _between(gx: Plane, gy: Plane, index: np.ndarray, across: Plane, down: Plane, share: Plane) -> Plane:
    left = gx.take(index) * across
    left += gy.take(index) * down
    index = index + 1
    right = gx.take(index) * (across - 1)
    right += gy.take(index) * down
    right -= left
    right *= share
    left += right
    return left


def simplex(lattice: Lattice, view: View) -> Plane:
    """Simplex noise (Perlin 2001) on the grid of Gustavson and McEwan, mean 0, standard deviation 1 over the plane.

    "Tiling simplex noise and flow noise in two and three dimensions", JCGT 11 (2022): rows of points one cell apart,
    each shifted by half a cell, so that the noise can repeat. ``lattice.even`` must be set.
    """
    x, y = lattice.columns(view.x)[None, :], lattice.rows(view.y)[:, None]
    columns, across = cells(x + y * 0.5)
    rows, down = cells(np.broadcast_to(y, columns.shape))
    left, top = columns.min(), rows.min()
    gx, gy = lattice.gradients(
        np.arange(left, columns.max() + 2)[None, :], np.arange(top, rows.max() + 2)[:, None]
    )
    stride = gx.shape[1]
    index = (rows - top) * stride + (columns - left)
    first = down * np.float32(-0.5) + across
    right = across > down
    out = _corner(gx, gy, index, first, down)
    # The second corner lies to the right, or below and half a cell to the left.
    out += _corner(
        gx, gy, np.where(right, index + 1, index + stride), np.where(right, first - 1, first + np.float32(0.5)),
        np.where(right, down, down - 1),
    )  # fmt: skip
    out += _corner(gx, gy, index + stride + 1, first - np.float32(0.5), down - 1)
    out *= np.float32(1 / simplex_spread())
    return out


def _corner(gx: Plane, gy: Plane, index: np.ndarray, x: Plane, y: Plane) -> Plane:
    weight = _kernel(x, y)
    along = gx.take(index) * x
    along += gy.take(index) * y
    along *= weight
    return along


def _kernel(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    near = np.maximum(np.float32(0.8) - x * x - y * y, 0)
    near *= near
    return near * near


_GRID = (np.arange(256) + 0.5) / 256


@cache
def perlin_spread() -> float:
    """Standard deviation of the sum over a cell's corners with gradients of mean square 1: each axis has half of it."""
    x, y = _GRID[None, :], _GRID[:, None]
    total = 0.0
    for right in (0, 1):
        for low in (0, 1):
            weight = (fade(x) if right else 1 - fade(x)) * (fade(y) if low else 1 - fade(y))
            total = total + weight**2 * ((x - right) ** 2 + (y - low) ** 2) / 2
    return float(np.sqrt(np.mean(total)))


@cache
def value_spread() -> float:
    return float(np.mean(fade(_GRID) ** 2 + (1 - fade(_GRID)) ** 2))


@cache
def simplex_spread() -> float:
    """As :func:`perlin_spread`: over the sheared cell, the kernels of all points that reach into it."""
    across, down = np.meshgrid(_GRID, _GRID)
    x, y, total = across - down / 2, down, 0.0
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        away = x - (column - row / 2), y - row
        total = total + _kernel(*away) ** 2 * (away[0] ** 2 + away[1] ** 2) / 2
    # Of the four corners only the three of the point's triangle count; the fourth lies beyond the kernel's reach there.
    return float(np.sqrt(np.mean(total)))
