"""Fields that look like something: marble, wood, clouds; and cells around scattered points."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import msgspec
import numpy as np

from studio.synthesis.fields import fading, fbm, lattice_of, turbulence
from studio.synthesis.lattice import Lattice, Plane, View, cells

VEINS = 3.0
"""The noise that bends marble is this many times as large as the distance between veins."""
RINGS = 8.0
"""The noise that bends wood is this many times as large as a ring."""


class Near(msgspec.Struct, frozen=True):
    """The two nearest points of each pixel, in cells: distances, ways to them [h, w], and numbers of their own 0–1."""

    first: Plane
    second: Plane
    to_first: tuple[Plane, Plane]
    to_second: tuple[Plane, Plane]
    own_first: Plane
    own_second: Plane


def nearest(lattice: Lattice, view: View, disorder: float, metric: str = "euclidean") -> Near:
    """Worley's two nearest points, looked for in the cell of a pixel and the eight around it."""
    columns, across = cells(lattice.columns(view.x))
    rows, down = cells(lattice.rows(view.y))
    px, py, own = _points(
        lattice, np.arange(columns[0] - 1, columns[-1] + 2), np.arange(rows[0] - 1, rows[-1] + 2), disorder
    )
    stride = px.shape[1]
    index = ((rows - rows[0] + 1) * stride)[:, None] + (columns - columns[0] + 1)[None, :]
    shape = index.shape
    first, second = np.full(shape, np.inf, np.float32), np.full(shape, np.inf, np.float32)
    at_first, at_second = index.copy(), index.copy()
    for below in (-1, 0, 1):
        for right in (-1, 0, 1):
            at = index + (below * stride + right)
            x = px.take(at) + (right - across)[None, :]
            y = py.take(at) + (below - down)[:, None]
            far = _distance(x, y, metric)
            nearer, between = far < first, far < second
            at_second = np.where(nearer, at_first, np.where(between, at, at_second))
            second = np.where(nearer, first, np.minimum(second, far))
            at_first = np.where(nearer, at, at_first)
            first = np.where(nearer, far, first)
    own_cell = (rows - rows[0] + 1)[:, None], (columns - columns[0] + 1)[None, :]

    def way(at: np.ndarray) -> tuple[Plane, Plane]:
        row, column = np.divmod(at, stride)
        x = px.take(at) + ((column - own_cell[1]).astype(np.float32) - across[None, :])
        y = py.take(at) + ((row - own_cell[0]).astype(np.float32) - down[:, None])
        return x, y

    if metric == "euclidean":
        first, second = np.sqrt(first), np.sqrt(second)
    return Near(first, second, way(at_first), way(at_second), own.take(at_first), own.take(at_second))


def _points(
    lattice: Lattice, columns: np.ndarray, rows: np.ndarray, disorder: float
) -> tuple[Plane, Plane, Plane]:
    """x and y of a point in each cell, 0–1, and a number of its own; with time a point wanders from place to place."""
    step, part = lattice.mix()
    x, y, own, _ = lattice.words(columns[None, :], rows[:, None], step)
    if part:
        later_x, later_y, _, _ = lattice.words(columns[None, :], rows[:, None], step + 1)
        x, y = x + (later_x - x) * np.float32(part), y + (later_y - y) * np.float32(part)
    # A point keeps its own number while it wanders.
    own = lattice.words(columns[None, :], rows[:, None], 0)[2] if lattice.time else own
    half = np.float32(0.5)
    return (x - half) * np.float32(disorder) + half, (y - half) * np.float32(disorder) + half, own


def _distance(x: Plane, y: Plane, metric: str) -> Plane:
    """Squared for the Euclidean one."""
    if metric == "manhattan":
        return np.abs(x) + np.abs(y)
    if metric == "chebyshev":
        return np.maximum(np.abs(x), np.abs(y))
    return x * x + y * y


def worley_field(parameters: Any, seed: int, view: View) -> Plane:
    lattice = lattice_of(parameters, seed, 0xA0000, parameters.size)
    share = fading(min(lattice.cell), view.pixel)
    if share == 0:
        return np.full((view.rect.height, view.rect.width), 0.5, np.float32)
    near = nearest(lattice, view, parameters.disorder / 100, parameters.metric)
    if parameters.measure == "nearest":
        return near.first
    if parameters.measure == "second":
        return near.second * np.float32(0.7)
    return near.second - near.first


def voronoi_field(parameters: Any, seed: int, view: View) -> Plane:
    """Each cell's own number; between two cells a smooth edge of one pixel, or a line of the first colour."""
    lattice = lattice_of(parameters, seed, 0xB0000, parameters.size)
    wide, high = lattice.cell
    if fading(min(wide, high), view.pixel) == 0:
        return np.full((view.rect.height, view.rect.width), 0.5, np.float32)
    near = nearest(lattice, view, parameters.disorder / 100)
    # The line between two cells lies where both points are equally far: (F₂² − F₁²) / 2 |p₂ − p₁| away.
    apart_x, apart_y = near.to_second[0] - near.to_first[0], near.to_second[1] - near.to_first[1]
    between = np.sqrt(apart_x * apart_x + apart_y * apart_y)
    away = (near.second - near.first) * (near.second + near.first) / (2 * np.maximum(between, 1e-6))
    away *= np.float32(math.sqrt(wide * high) / view.pixel)
    half = np.float32(parameters.line / 2 / view.pixel)
    if half == 0:
        share = np.clip(away + np.float32(0.5), 0, 1)
        return near.own_second + (near.own_first - near.own_second) * share
    # A line thinner than a pixel covers a part of it.
    covered = np.clip(half + np.float32(0.5) - away, 0, 1) * min(1.0, 2 * half)
    return near.own_first * (1 - covered.astype(np.float32))


def marble_field(parameters: Any, seed: int, view: View) -> Plane:
    """½ + ½ sin(2π (along / size + strength · turbulence)), sharpened: Perlin 1985, after Ebert et al., chapter 2."""
    across, down = _directions(parameters)
    along = (view.x * across)[None, :] + (view.y * down)[:, None]
    along = (along - np.floor(along)).astype(np.float32)
    noise = turbulence(parameters, seed, view, 0xC0000, VEINS)
    noise *= np.float32(parameters.strength)
    along += noise
    along *= np.float32(2 * np.pi)
    wave = np.sin(along)
    wave *= np.float32(0.5)
    wave += np.float32(0.5)
    return np.power(np.clip(wave, 0, 1), np.float32(parameters.sharpness))


def _directions(parameters: Any) -> tuple[float, float]:
    """Veins a pixel to the right and down; whole numbers of them where it repeats."""
    turn = math.radians(parameters.angle)
    across, down = math.cos(turn) / parameters.size, math.sin(turn) / parameters.size
    if parameters.tile_x:
        across = round(across * parameters.tile_x) / parameters.tile_x
    if parameters.tile_y:
        down = round(down * parameters.tile_y) / parameters.tile_y
    return across, down


def wood_field(parameters: Any, seed: int, view: View) -> Plane:
    """Rings around the middle of a trunk, drawn out along the grain and bent by noise."""
    x, y = _folded(view.x, parameters.tile_x), _folded(view.y, parameters.tile_y)
    radius = np.sqrt(np.square(x / parameters.stretch)[None, :] + np.square(y)[:, None], dtype=np.float64)
    bend = fbm(parameters, seed, view, 0xD0000, RINGS, parameters.stretch)
    rings = radius / parameters.size + bend * np.float64(parameters.strength)
    part = (rings - np.floor(rings)).astype(np.float32)
    # Early wood is wide and light, late wood narrow and dark: a slow rise and a quick fall, both smooth.
    late = np.float32(0.85)
    value = np.where(part < late, part / late, (1 - part) / (1 - late))
    value = value * value * (3 - 2 * value)
    pixel_share = fading(parameters.size, view.pixel)
    value = np.float32(0.5) + (value - np.float32(0.5)) * np.float32(pixel_share)
    return np.clip(1 - value, 0, 1)


def _folded(at: np.ndarray, tile: float) -> np.ndarray:
    """Coordinates that, squared, repeat smoothly: T/π · sin(πx/T)."""
    return tile / np.pi * np.sin(np.pi * at / tile) if tile else at


def clouds_field(parameters: Any, seed: int, view: View) -> Plane:
    """1 − exp(−density · max(0, n − threshold)): light that is lost in a mist (Beer and Lambert)."""
    noise = fbm(parameters, seed, view, 0xE0000)
    # The cover is the share of the sky that a normal distribution has above the threshold.
    noise -= np.float32(threshold_of(parameters.cover / 100))
    np.maximum(noise, 0, out=noise)
    noise *= np.float32(-parameters.density)
    np.exp(noise, out=noise)
    return 1 - noise


def threshold_of(cover: float) -> float:
    """What a standard normal number exceeds with probability ``cover``."""
    return NormalDist().inv_cdf(min(max(1 - cover, 1e-6), 1 - 1e-6))
