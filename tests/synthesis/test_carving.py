"""Seams against every seam there is, what is protected and removed, and other sizes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from studio.raster import patches
from studio.synthesis.carving import carved, grey_of
from studio.synthesis.heal import finished
from studio.synthesis.problems import HealError
from tests.synthesis.scenes import scenes


def cost_of(grey: np.ndarray, seam: tuple[int, ...]) -> float:
    """Forward energy of one seam, as Rubinstein et al. 2008 define it."""
    width = grey.shape[1]
    cost = 0.0
    for y, x in enumerate(seam):
        left, right = grey[y, max(x - 1, 0)], grey[y, min(x + 1, width - 1)]
        cost += abs(right - left)
        if y and seam[y - 1] == x - 1:
            cost += abs(grey[y - 1, x] - left)
        elif y and seam[y - 1] == x + 1:
            cost += abs(grey[y - 1, x] - right)
    return float(cost)


@pytest.mark.parametrize("seed", range(20))
def test_the_seam_is_the_cheapest_of_all_seams(seed: int) -> None:
    height, width = 6, 5
    grey = np.random.default_rng(seed).random((height, width)).astype(np.float32)
    seam = patches.seam(grey, np.zeros_like(grey), np.empty_like(grey), width)
    ways = itertools.product(range(width), *[(-1, 0, 1)] * (height - 1))
    seams = (tuple(itertools.accumulate(way)) for way in ways)
    cheapest = min(cost_of(grey, one) for one in seams if all(0 <= x < width for x in one))
    assert max(abs(np.diff(seam)), default=0) <= 1
    assert cost_of(grey, tuple(seam)) == pytest.approx(cheapest, rel=1e-5)


def test_a_seam_taken_out_takes_its_pixels_alone() -> None:
    pixels = np.random.default_rng(2).random((9, 12, 4)).astype(np.float32)
    grey = np.ascontiguousarray(grey_of(pixels))
    seam = patches.seam(grey, np.zeros_like(grey), np.empty_like(grey), 12)
    found = finished(carved(pixels, 11, 9))
    for y in range(9):
        assert np.array_equal(found[y], np.delete(pixels[y], seam[y], 0))


def test_what_is_protected_stays_and_what_is_to_go_goes() -> None:
    pixels = np.full((40, 60, 4), 0.5, np.float32)
    pixels[10:30, 15:25] = (1, 0, 0, 1)
    marked = np.zeros((40, 60), np.float32)
    marked[10:30, 15:25] = 1
    red = lambda found: int(((found[..., 0] > 0.9) & (found[..., 1] < 0.1)).sum())  # noqa: E731
    assert red(finished(carved(pixels, 45, 40, protect=marked))) == 200
    assert red(finished(carved(pixels, 50, 40, remove=marked))) == 0
    noisy = pixels.copy()
    noisy[:, 30:, :3] += np.random.default_rng(0).random((40, 30, 3)).astype(np.float32) * 0.4
    smooth = np.zeros((40, 60), np.float32)
    smooth[:, :30] = 1
    found = finished(carved(noisy, 40, 40, protect=smooth))
    assert np.array_equal(found[:, :30], noisy[:, :30])


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((1, 1), (1, 1)),
        ((1, 1), (3, 2)),
        ((8, 1), (4, 8)),
        ((1, 9), (3, 5)),
        ((20, 30), (70, 9)),
        ((20, 30), (1, 1)),
    ],
)
def test_any_size_from_any_size(shape: tuple[int, int], size: tuple[int, int]) -> None:
    pixels = np.ascontiguousarray(scenes()["hills"][: shape[0], : shape[1]])
    found = finished(carved(pixels, *size))
    assert found.shape == (size[1], size[0], 4)
    assert np.isfinite(found).all()


def test_added_seams_lie_between_their_neighbours() -> None:
    """Every old pixel is still there, in order."""
    pixels = np.random.default_rng(1).random((5, 20, 4)).astype(np.float32)
    found = finished(carved(pixels, 26, 5))
    for y in range(5):
        kept = [any(np.array_equal(old, new) for new in found[y]) for old in pixels[y]]
        assert all(kept)


def test_the_same_size_changes_nothing_and_a_wrong_mask_is_refused() -> None:
    pixels = scenes()["waves"]
    assert np.array_equal(finished(carved(pixels, 192, 192)), pixels)
    with pytest.raises(HealError):
        finished(carved(pixels, 100, 100, protect=np.ones((2, 2), np.float32)))
