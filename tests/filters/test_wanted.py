"""What a filter is asked for is all that it works on, however far it looks."""

from __future__ import annotations

import numpy as np

from studio.filters.around import filtered_around, filtering_slowly, inner_of
from studio.filters.kind import Place, Steps, finished
from studio.raster.geometry import Rect

REACH = 40
WANTED = Rect(50, 60, 90, 80)
PLACE = Place(rect=WANTED.grow(REACH), wanted=WANTED, canvas=Rect(0, 0, 500, 500))


def test_strips_lie_inside_what_is_wanted() -> None:
    pixels = np.random.default_rng(1).random((PLACE.rect.height, PLACE.rect.width, 4), np.float32)
    worked: list[Rect] = []

    def work(source: np.ndarray, strip: Rect) -> np.ndarray:
        worked.append(strip)
        return inner_of(source, REACH) + 1

    def slowly(source: np.ndarray, strip: Rect) -> Steps:
        yield
        return work(source, strip)

    quick = filtered_around(pixels, PLACE, REACH, work)
    slow = finished(filtering_slowly(pixels, PLACE, REACH, slowly))
    inner = slice(REACH, REACH + WANTED.height), slice(REACH, REACH + WANTED.width)
    for made in (quick, slow):
        np.testing.assert_array_equal(made[inner], pixels[inner] + 1)
    assert worked and all(WANTED.contains(strip) for strip in worked)


def test_nothing_is_done_where_nothing_on_the_canvas_is_wanted() -> None:
    place = Place(rect=Rect(0, 0, 8, 8), wanted=Rect(-9, 0, -2, 8), canvas=Rect(0, 0, 8, 8))
    pixels = np.ones((8, 8, 4), np.float32)

    def never(source: np.ndarray, strip: Rect) -> np.ndarray:
        raise AssertionError(strip)

    assert filtered_around(pixels, place, 2, never).shape == pixels.shape
