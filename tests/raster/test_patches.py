"""The compiled search for patches and seams: what it is given is checked, its kinds of array are kept to."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import patches


def test_arrays_that_the_compiled_part_cannot_read_are_refused() -> None:
    grey = np.zeros((4, 6), np.float32)
    for wrong in (grey.astype(np.float64), grey[:, ::2], grey[:3]):
        with pytest.raises(ValueError, match="in one piece"):
            patches.seam(grey, wrong, np.empty_like(grey), 6)
    values = patches.aligned((5, 5, 4))
    with pytest.raises(ValueError, match="in one piece"):
        patches.film(values, np.zeros((2, 2), np.int64), 1, 1.0)
    with pytest.raises(ValueError):
        patches.film(np.zeros((5, 5, 3), np.float32), np.zeros((2, 2), np.int32), 1, 1.0)


def test_pictures_lie_at_multiples_of_16_bytes() -> None:
    for width in range(1, 9):
        made = patches.aligned((3, width, 4))
        assert made.__array_interface__["data"][0] % 16 == 0
        assert made.shape == (3, width, 4)
        assert not made.any()


def test_places_are_in_reading_order() -> None:
    mask = np.array([[0, 1, 0], [1, 0, 1]], bool)
    assert patches.places_of(mask).tolist() == [[1, 0], [0, 1], [2, 1]]


@pytest.mark.parametrize("kind", [np.float32, np.int32])
def test_a_seam_is_taken_out_within_the_width(kind: type) -> None:
    plane = np.arange(24, dtype=kind).reshape(4, 6)
    before = plane.copy()
    seam = np.array([0, 4, 2, 3], np.int32)
    patches.close(plane, seam, 5)
    for y in range(4):
        assert np.array_equal(plane[y, :4], np.delete(before[y, :5], seam[y]))
        assert plane[y, 5] == before[y, 5]


def test_mirrored_sources_are_compared_mirrored() -> None:
    pixels = patches.aligned((9, 20, 4))
    pixels[:] = np.random.default_rng(1).random((9, 20, 4))
    pixels[:, 10:] = pixels[:, :10][:, ::-1]
    sources = np.zeros((9, 20), np.uint8)
    sources[4, 14] = 1
    places = np.array([[5, 4]], np.int32)
    numbers = np.full((9, 20), -1, np.int32)
    numbers[4, 5] = 0
    for mirror, same in ((0, False), (1, True)):
        found, costs = np.array([[14, 4, mirror]], np.int32), np.zeros(1, np.float32)
        patches.match(
            pixels,
            sources,
            2,
            places,
            numbers,
            found,
            costs,
            (0, 1),
            mirrors=mirror,
            reach=0,
            seed=0,
            fresh=True,
        )
        assert (costs[0] == 0) == same
