"""Poisson and mixed cloning against a sparse direct solution; masks of every kind; what a drag starts from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve

from studio.synthesis.cloning import PREVIEW_TOLERANCE, Clone
from studio.synthesis.multigrid import Grid
from tests.synthesis.fusing import done, fused, glassy, noise

STEP = 1 / 255
HEIGHT, WIDTH = 61, 83
Y, X = np.mgrid[:HEIGHT, :WIDTH]
MASKS = {
    "disc": (Y - 30) ** 2 + (X - 40) ** 2 < 400,
    "left border": X < 50,
    "corner": (X > 30) & (Y > 20),
    "all but one pixel": ~((X == 3) & (Y == 5)),
    "all but a column": X != 0,
    "one pixel": (X == 12) & (Y == 0),
    "speckles": np.random.default_rng(5).random((HEIGHT, WIDTH)) < 0.6,
    "stripes": X % 7 != 0,
    "two parts": (X < 20) | (X > 60),
}


def solved(source: np.ndarray, backdrop: np.ndarray, inside: np.ndarray, mixed: bool = False) -> np.ndarray:
    """Pérez, Gangnet, Blake, equation 7, pixel by pixel into a sparse matrix, float64."""
    height, width = inside.shape
    number = -np.ones(inside.shape, int)
    number[inside] = np.arange(inside.sum())
    rows, columns, weights = [], [], []
    right = np.zeros((inside.sum(), 3))
    for y, x in zip(*np.nonzero(inside), strict=True):
        own, count = number[y, x], 0
        for v, u in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            if not (0 <= v < height and 0 <= u < width):
                continue
            count += 1
            gradient = source[y, x].astype(float) - source[v, u]
            if mixed:
                other = backdrop[y, x].astype(float) - backdrop[v, u]
                gradient = np.where(np.abs(other) > np.abs(gradient), other, gradient)
            right[own] += gradient
            if inside[v, u]:
                rows.append(own)
                columns.append(number[v, u])
                weights.append(-1.0)
            else:
                right[own] += backdrop[v, u]
        rows.append(own)
        columns.append(own)
        weights.append(float(count))
    matrix = coo_matrix((weights, (rows, columns))).tocsc()
    out = backdrop.astype(float).copy()
    out[inside] = spsolve(matrix, right).reshape(-1, 3)
    return out


@pytest.mark.parametrize("name", MASKS)
@pytest.mark.parametrize("method", ["poisson", "mixed-gradients"])
def test_it_equals_a_sparse_solution(name: str, method: str) -> None:
    backdrop, source = noise(1, HEIGHT, WIDTH, 3), noise(2, HEIGHT, WIDTH, 1)
    inside = MASKS[name]
    found = fused(method, (backdrop, source), inside.astype(np.float32))
    wanted = solved(source[..., :3], backdrop[..., :3], inside, method == "mixed-gradients")
    assert np.abs(found[..., :3] - wanted).max() < 0.2 * STEP
    assert (found[..., 3] == 1).all()
    assert np.array_equal(found[~inside], backdrop[~inside])


def test_a_whole_frame_of_noise_is_solved_too() -> None:
    backdrop, source = noise(3, 128, 128), noise(4, 128, 128)
    inside = np.ones((128, 128), bool)
    inside[0, :] = False
    found = fused("poisson", (backdrop, source), inside.astype(np.float32))
    assert np.abs(found[..., :3] - solved(source[..., :3], backdrop[..., :3], inside)).max() < 0.5 * STEP


def cycles(inside: np.ndarray, values: np.ndarray, divergence: np.ndarray | None) -> float:
    """How many the solver takes: it tells 1 − 0.5^n after the n-th."""
    grid = Grid(inside, ~inside)
    return -np.log2(1 - max(grid.solve(divergence, values)))


@pytest.mark.parametrize("side", [62, 63, 64, 65, 66, 96, 97, 129])
@pytest.mark.parametrize("mixed", [False, True])
def test_a_few_cycles_are_enough_wherever_the_walls_lie(side: int, mixed: bool) -> None:
    """A coarse cell of which a wall leaves one column is as near to that wall as the column is, not as the cell's middle."""
    inside = np.zeros((side + 2, side + 2), bool)
    inside[1:-1, 1:-1] = True
    values = noise(1, side + 2, side + 2)[..., :3]
    divergence = noise(2, side + 2, side + 2)[..., :3] - 0.5 if mixed else None
    assert cycles(inside, values, divergence) <= 7
    assert cycles(np.hstack((inside, inside)), np.hstack((values, values)), None) <= 7


def test_an_empty_mask_changes_nothing_and_a_full_one_has_no_surroundings() -> None:
    backdrop, source = noise(1), noise(2)
    assert np.array_equal(fused("poisson", (backdrop, source), np.zeros((40, 50), np.float32)), backdrop)
    full = fused("poisson", (backdrop, source), np.ones((40, 50), np.float32))
    assert np.abs(full - source).max() < 1e-6
    mixed = fused("mixed-gradients", (backdrop, source))
    assert np.isfinite(mixed).all()
    assert abs(mixed[..., :3].mean() - source[..., :3].mean()) < 0.05


def test_the_mask_of_a_pasted_layer_is_its_alpha() -> None:
    backdrop, source = noise(1, HEIGHT, WIDTH, 3), noise(2, HEIGHT, WIDTH, 2)
    inside = MASKS["disc"]
    cut = source * inside[..., None]
    found = fused("poisson", (backdrop, cut))
    # Across its edge a layer has no gradient: a flat one becomes a membrane over its surroundings.
    flat = np.where(inside[..., None], np.float32((0.9, 0.1, 0.4, 1)), np.float32(0))
    membrane = fused("poisson", (backdrop, flat))
    wanted = solved(np.zeros_like(backdrop[..., :3]), backdrop[..., :3], inside)
    assert np.abs(membrane[..., :3] - wanted).max() < 0.2 * STEP
    assert np.isfinite(found).all() and np.array_equal(found[~inside], backdrop[~inside])


def test_nothing_of_a_transparent_backdrop_is_taken_on() -> None:
    source = noise(2)
    lonely = np.zeros_like(source)
    lonely[5:20, 7:30] = source[5:20, 7:30]
    assert np.abs(fused("poisson", (np.zeros_like(source), lonely)) - lonely).max() < 1e-6


def test_strength_goes_from_the_source_to_the_solution() -> None:
    backdrop, source = noise(1, sigma=4), noise(2, sigma=2)
    mask = (np.mgrid[:40, :50][1] > 20).astype(np.float32)
    none, half, all_ = (fused("poisson", (backdrop, source), mask, strength=s) for s in (0.0, 0.5, 1.0))
    assert np.abs(none[mask > 0] - source[mask > 0]).max() < 1e-6
    assert np.abs(half - (none + all_) / 2).max() < 1e-3


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (2, 2), (3, 1), (17, 5)])
@pytest.mark.parametrize("method", ["poisson", "mixed-gradients"])
def test_small_pictures(shape: tuple[int, int], method: str) -> None:
    backdrop, source = noise(1, *shape), noise(2, *shape)
    for mask in (None, np.eye(*shape, dtype=np.float32), 1 - np.eye(*shape, dtype=np.float32)):
        found = fused(method, (backdrop, source), mask)
        assert found.shape == backdrop.shape and np.isfinite(found).all()
        if mask is not None and mask.any() and not mask.all() and method == "poisson":
            wanted = solved(source[..., :3], backdrop[..., :3], mask > 0)
            assert np.abs(found[..., :3] - wanted).max() < 0.2 * STEP


def test_a_drag_is_solved_from_where_it_was() -> None:
    """Each frame of the preview is the solution of that place, within a step of 8 bits."""
    backdrop = noise(1, 128, 128, 9)
    y, x = np.mgrid[:128, :128]
    clone = Clone(tolerance=PREVIEW_TOLERANCE)
    for shift in range(0, 40, 5):
        disc = (y - 60) ** 2 + (x - 30 - shift) ** 2 < 900
        source = np.roll(noise(2, 128, 128, 2), shift, 1) * disc[..., None]
        preview = done(clone.part(backdrop, source))
        exact = done(Clone(tolerance=1e-6).part(backdrop, source))
        assert np.abs(preview - exact).max() < STEP


def test_half_transparent_pictures_stay_premultiplied() -> None:
    for method in ("poisson", "mixed-gradients"):
        found = fused(method, (glassy(1), glassy(2)))
        assert np.isfinite(found).all()
        assert found[..., 3].min() >= 0 and found[..., 3].max() <= 1 + 1e-6


def test_a_grid_wants_one_picture() -> None:
    with pytest.raises(ValueError, match="must be one picture's"):
        Grid(np.ones((4, 4), bool), np.ones((4, 5), bool))
