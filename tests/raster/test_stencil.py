"""The compiled steps of the multigrid solver against the same sums in numpy, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import stencil


def rows_of(cells: np.ndarray) -> np.ndarray:
    framed = np.pad(cells, ((1, 1), (1, 1), (0, 0)))
    return np.ascontiguousarray(framed.reshape(framed.shape[0], -1))


def grids(count: int, height: int, width: int) -> list[np.ndarray]:
    rng = np.random.default_rng(height * width)
    return [rows_of(rng.uniform(-1, 1, (height, width, 3)).astype(np.float32)) for _ in range(count)]


def neighbours(x: np.ndarray, conductance: tuple[np.ndarray, np.ndarray] | None) -> np.ndarray:
    out = np.zeros_like(x)
    middle = out[1:-1, 3:-3]
    up, left, right, down = x[:-2, 3:-3], x[1:-1, :-6], x[1:-1, 6:], x[2:, 3:-3]
    if conductance is None:
        middle[...] = up + left + right + down
    else:
        across, along = conductance
        middle[...] = across[1:-1, 3:-3] * right + across[1:-1, :-6] * left
        middle += along[1:-1, 3:-3] * down
        middle += along[:-2, 3:-3] * up
    return out


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 8), (5, 3), (12, 17)])
@pytest.mark.parametrize("plain", [True, False])
def test_residual_and_smoothing(height: int, width: int, plain: bool) -> None:
    x, wanted, right, down, diagonal, inside = grids(6, height, width)
    conductance = None if plain else (right, down)
    sums = neighbours(x, conductance)
    weight = inside if plain else np.float32(1)
    expected = (sums + wanted - diagonal * x) * weight
    assert np.array_equal(stencil.residual(x, wanted, conductance, diagonal, inside), expected)
    without = (sums - diagonal * x) * weight
    assert np.array_equal(stencil.residual(x, None, conductance, diagonal, inside), without)
    factor = np.float32(0.8)
    for divided in (False, True):
        aim = sums * diagonal + wanted if divided else (sums + wanted) * diagonal
        made = stencil.smoothed(x, wanted, conductance, diagonal, 0.8, divided=divided)
        assert np.array_equal(made, x + (aim - x) * factor)


@pytest.mark.parametrize(("height", "width"), [(1, 1), (4, 6), (5, 7)])
def test_joining_and_correcting(height: int, width: int) -> None:
    fine, inside = grids(2, height, width)
    high, wide = (height + 1) // 2, (width + 1) // 2
    cells = fine.reshape(height + 2, -1, 3)[1:-1, 1:-1]
    full = np.pad(cells, ((0, height % 2), (0, width % 2), (0, 0)))
    pairs = full[::2] + full[1::2]
    coarse = grids(1, high, wide)[0]
    assert np.array_equal(stencil.joined(fine, coarse), rows_of(pairs[:, ::2] + pairs[:, 1::2]) * coarse)
    added = np.random.default_rng(1).uniform(-1, 1, (2 * high, 2 * wide, 3)).astype(np.float32)
    expected = fine + rows_of(added[:height, :width]) * inside
    stencil.correct(fine, added, inside)
    assert np.array_equal(fine, expected)


def test_arrays_of_another_grid_are_refused() -> None:
    x, other = grids(1, 4, 4)[0], grids(1, 4, 5)[0]
    with pytest.raises(ValueError, match="no rows of"):
        stencil.residual(x, None, None, other, x)
    with pytest.raises(ValueError, match="smaller than"):
        stencil.correct(x, np.zeros((3, 4, 3), np.float32), x)
    with pytest.raises(ValueError, match="three values"):
        stencil.correct(x, np.zeros((4, 4, 4), np.float32), x)
