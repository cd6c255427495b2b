"""Collages: rows that fill the width without overlap, prints scattered by the seed."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from studio.recipe import RecipeError
from studio.synthesis import collage
from studio.synthesis.collage import Collage


def shapes(count: int = 23, seed: int = 1) -> list[tuple[int, int]]:
    chance = np.random.default_rng(seed)
    return [(int(w), int(h)) for w, h in chance.integers(80, 900, (count, 2))]


def pictures(count: int = 6) -> list[np.ndarray]:
    out = []
    for index, (width, height) in enumerate(shapes(count)):
        one = np.ones((height // 4, width // 4, 4), np.float32)
        one[..., :3] = np.array(((index * 37) % 100, (index * 61) % 100, (index * 17) % 100)) / 100
        out.append(one)
    return out


def drained(work) -> np.ndarray:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("count", [1, 2, 5, 23, 80])
@pytest.mark.parametrize("width", [300, 1600])
def test_rows_fill_the_width_do_not_overlap_and_keep_shapes(count: int, width: int) -> None:
    parameters = Collage(width=width, row_height=200, spacing=7, margin=11)
    given = shapes(count)
    sheet = collage.laid_out(given, parameters)
    assert sorted(spot.number for spot in sheet.spots) == list(range(count))
    for spot in sheet.spots:
        wide, high = given[spot.number]
        assert spot.width / spot.height == pytest.approx(wide / high, rel=1e-6)
        assert spot.left >= 11 - 1e-6 and spot.left + spot.width <= width - 11 + 1e-6
        assert spot.top >= 11 - 1e-6 and spot.top + spot.height <= sheet.height - 11 + 1e-6
    for one, other in itertools.combinations(sheet.spots, 2):
        apart = (
            one.left + one.width + 7 <= other.left + 1e-6 or other.left + other.width + 7 <= one.left + 1e-6
            or one.top + one.height + 7 <= other.top + 1e-6 or other.top + other.height + 7 <= one.top + 1e-6
        )  # fmt: skip
        assert apart
    rows: dict[float, float] = {}
    for spot in sheet.spots:
        rows[spot.top] = max(rows.get(spot.top, 0.0), spot.left + spot.width)
    full = list(rows.values())[:-1]
    np.testing.assert_allclose(full, width - 11, atol=1e-6)


def test_rows_are_broken_where_they_are_best() -> None:
    """Against all ways to break nine pictures."""
    ratios = [w / h for w, h in shapes(9, 4)]
    width, gap, height = 900.0, 10.0, 210.0

    def cost(ends: tuple[int, ...]) -> float:
        total, start = 0.0, 0
        for end in ends:
            total += math.log((width - gap * (end - start - 1)) / sum(ratios[start:end]) / height) ** 2
            start = end
        return total

    every = [(*cuts, 9) for many in range(9) for cuts in itertools.combinations(range(1, 9), many)]
    best = min(every, key=cost)
    assert cost(tuple(collage.broken(ratios, width, gap, height))) == pytest.approx(cost(best))


def test_pictures_stand_where_they_are_laid_and_the_ground_around_them() -> None:
    parameters = Collage(width=640, row_height=120, spacing=10, margin=20, ground=(0.2, 0.4, 0.6))
    given = pictures()
    made = drained(collage.composed(given, parameters))
    sheet = collage.laid_out([(one.shape[1], one.shape[0]) for one in given], parameters)
    assert made.shape == (sheet.height, 640, 4)
    for spot in sheet.spots:
        y, x = int(spot.top + spot.height / 2), int(spot.left + spot.width / 2)
        np.testing.assert_allclose(made[y, x], given[spot.number][0, 0], atol=1e-5)
        inner = made[math.ceil(spot.top) + 1 : int(spot.top + spot.height) - 1, x]
        np.testing.assert_allclose(inner, np.broadcast_to(given[spot.number][0, 0], inner.shape), atol=1e-4)
    np.testing.assert_allclose(made[5, 5], (0.2, 0.4, 0.6, 1), atol=1e-6)
    assert made[..., 3].min() == pytest.approx(1, abs=1e-5)


def test_scattered_prints_follow_the_seed_and_stay_on_the_sheet() -> None:
    parameters = Collage(layout="scattered", width=700, row_height=150, seed=3)
    sheet = collage.laid_out(shapes(12), parameters)
    assert sheet == collage.laid_out(shapes(12), parameters)
    other = collage.laid_out(shapes(12), Collage(layout="scattered", width=700, row_height=150, seed=4))
    assert sheet != other
    assert sorted(spot.number for spot in sheet.spots) == list(range(12))
    for spot in sheet.spots:
        assert 0 <= spot.left + spot.width / 2 <= sheet.width
        assert 0 <= spot.top + spot.height / 2 <= sheet.height
        assert abs(spot.turn) <= 12
    made = drained(collage.composed(pictures(), parameters))
    assert np.isfinite(made).all() and made[..., 3].min() == pytest.approx(1, abs=1e-4)
    assert (made[..., :3] > 0.96).all(-1).mean() > 0.02  # white frames
    assert made[..., :3].min() < 0.6


def test_shuffling_changes_the_order_and_nothing_else() -> None:
    given = shapes(15)
    plain = collage.laid_out(given, Collage())
    shuffled = collage.laid_out(given, Collage(shuffled=True, seed=2))
    assert [spot.number for spot in plain.spots] == list(range(15))
    assert [spot.number for spot in shuffled.spots] != list(range(15))
    assert sorted(spot.number for spot in shuffled.spots) == list(range(15))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(RecipeError, match="at least one picture"):
        collage.laid_out([], Collage())
    with pytest.raises(RecipeError, match="smaller width"):
        collage.laid_out([(10, 10)] * 400, Collage(width=30_000, row_height=10_000))
    with pytest.raises(RecipeError, match="width"):
        collage.laid_out([(10, 10)], Collage(width=3))


@pytest.mark.parametrize("layout", ["rows", "scattered"])
def test_the_smallest_picture(layout: str) -> None:
    parameters = Collage(layout=layout, width=64, row_height=16, margin=0)  # type: ignore[arg-type]
    made = drained(collage.composed([np.ones((1, 1, 4), np.float32)], parameters))
    assert np.isfinite(made).all()
