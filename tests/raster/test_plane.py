"""A stroke's buffer: blocks of strokes that ended serve later ones, but never while someone still looks into them."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import path, plane
from studio.raster.geometry import TILE, Rect
from studio.raster.plane import BLOCK, Copied


@pytest.fixture(autouse=True)
def no_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plane, "_spare", [])


def test_a_block_of_a_stroke_that_ended_is_filled_anew_for_the_next() -> None:
    first = plane.Plane(plane.uniform(1.0))
    view = first.spot(Rect(0, 0, 4, 4))
    assert view is not None
    view[:] = 0.25
    memory = view.__array_interface__["data"]
    del view, first
    second = plane.Plane(plane.uniform(0.0)).read(Rect(0, 0, 4, 4))
    assert second.__array_interface__["data"] == memory and not second.any()


def test_a_block_that_someone_looks_into_is_not_given_away() -> None:
    first = plane.Plane(plane.uniform(1.0))
    view = first.read(Rect(0, 0, 4, 4))
    del first
    other = plane.Plane(plane.uniform(0.0)).read(Rect(0, 0, 4, 4))
    assert not np.shares_memory(view, other) and (view == 1).all()


def test_many_pieces_of_curve_are_those_of_one_at_a_time() -> None:
    random = np.random.default_rng(3)
    places = random.normal(size=30) + 1j * random.normal(size=30)
    places[7] = places[8]
    single = np.array([path._hermite(*map(complex, places[i : i + 4])) for i in range(27)])
    np.testing.assert_allclose(path._hermites(places), single, rtol=0, atol=1e-12)


def test_pixels_are_copied_tile_by_tile_and_no_more_than_is_needed() -> None:
    asked: list[Rect] = []

    def copied(place: Rect) -> np.ndarray:
        asked.append(place)
        rows, columns = np.mgrid[place.top : place.bottom, place.left : place.right]
        return (rows * 10_000 + columns).astype(np.float32)

    there = Rect(-BLOCK - 5, 10, -BLOCK + 5, 300)
    pixels = Copied(copied)
    assert sum(1 for _ in pixels.prepared(there)) == len(asked) == 4
    assert all(place.width == place.height == TILE for place in asked)
    found = pixels.read(there)
    assert np.array_equal(found, copied(there)) and len(asked) == 5
    pixels.scatter(there, -found)
    wanted = copied(there.grow(300))
    wanted[300:-300, 300:-300] *= -1
    assert np.array_equal(pixels.read(there.grow(300)), wanted), (
        "what is read later is filled then, what was written stays"
    )
