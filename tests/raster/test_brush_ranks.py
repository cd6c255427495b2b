"""Tips in several dimensions, mirrored dabs, and dabs that stray across the stroke only."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from studio.raster.brush import Brush, TipRank
from studio.raster.dab import Dab
from studio.raster.dynamics import Dynamic
from studio.raster.geometry import Rect
from studio.raster.hand import Sample
from studio.raster.path import Path
from studio.raster.ranks import Ranks
from studio.raster.stamp import Stamps
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.tip import Tip

TIPS = tuple(Tip.of(np.full((8, 8), 10 * i + 10, np.uint8)) for i in range(6))
BRUSH = Brush(tip="image", tips=TIPS, size=8.0, spacing=1.0, smoothing=0.0, stabiliser="none")
replaced = msgspec.structs.replace


def dabs(
    brush: Brush,
    angle: float = 0.0,
    pressure: float = 1.0,
    tilt: tuple[float, float] = (0, 0),
    count: int = 40,
) -> list[Dab]:
    """Columns of the dabs of a straight stroke at ``angle`` degrees clockwise from the right."""
    path = Path(brush, 7)
    across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    found = []
    for i in range(count):
        at = 8.0 * i
        found += path.add(Sample(500 + at * across, 500 + at * down, pressure, 0.01 * i, *tilt))
    found += path.finish()
    return [dab for part in found for dab in part.each()]


def tips(ranks: tuple[TipRank, ...], **how) -> list[int]:
    return [dab.tip for dab in dabs(replaced(BRUSH, tip_ranks=ranks), **how)]


@pytest.mark.parametrize(("angle", "wanted"), [(-90, 0), (0, 1), (90, 2), (180, 3), (20, 1), (-30, 1)])
def test_direction_counts_clockwise_from_upwards_to_the_nearest(angle: float, wanted: int) -> None:
    brush = replaced(BRUSH, tips=TIPS[:4], tip_ranks=(TipRank(4, "direction"),))
    assert {dab.tip for dab in dabs(brush, angle)} == {wanted}


def test_the_first_dimension_counts_most_and_each_goes_on_by_itself() -> None:
    found = tips((TipRank(2, "in-turn"), TipRank(3, "in-turn")))
    assert found[:7] == [0, 4, 2, 3, 1, 5, 0]


def test_pressure_and_tilt_choose_their_dimension() -> None:
    ranks = (TipRank(2, "pressure"), TipRank(3, "tilt-across"))
    assert set(tips(ranks, pressure=0.0)) == {1}, "the first half, upright"
    assert set(tips(ranks, pressure=1.0)) == {4}
    assert set(tips(ranks, pressure=1.0, tilt=(-60.0, 0.0))) == {3}
    assert set(tips(ranks, pressure=1.0, tilt=(60.0, 0.0))) == {5}
    down = (TipRank(2, "pressure"), TipRank(3, "tilt-down"))
    assert set(tips(down, pressure=0.2, tilt=(0.0, 60.0))) == {2}


def test_random_dimensions_are_independent_and_even() -> None:
    found = tips((TipRank(2, "random"), TipRank(3, "random")), count=1200)
    counts = np.bincount(found, minlength=6)
    assert counts.sum() > 1000
    assert counts.min() > 0.75 * counts.sum() / 6


def test_ranks_that_do_not_fit_the_tips_are_passed_over() -> None:
    assert Ranks.of(replaced(BRUSH, tip_ranks=(TipRank(2), TipRank(2)))) is None
    assert Ranks.of(replaced(BRUSH, tips=TIPS[:1], tip_ranks=(TipRank(1),))) is None
    assert Ranks.of(BRUSH) is None
    turns = replaced(BRUSH, tip_ranks=(TipRank(2, "pressure"), TipRank(2)), tip_order="in-turn")
    assert [dab.tip for dab in dabs(turns)][:4] == [0, 1, 2, 3]


def corner() -> Tip:
    """Full in its upper left quarter only."""
    pixels = np.zeros((32, 32), np.uint8)
    pixels[:16, :16] = 255
    return Tip.of(pixels)


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({}, {(0, 0)}),
        ({"flip_x": True}, {(0, 0), (0, 1)}),
        ({"flip_y": True}, {(0, 0), (1, 0)}),
        ({"flip_x": True, "flip_y": True}, {(0, 0), (0, 1), (1, 0), (1, 1)}),
    ],
)
def test_a_mirrored_dab_shows_the_tip_in_another_corner(fields: dict, seen: set) -> None:
    """The tip's full quarter, as (row, column)."""
    brush = Brush(
        tip="image", tips=(corner(),), size=32.0, spacing=1.5, smoothing=0.0, stabiliser="none", **fields
    )
    found = set()
    for dab in dabs(brush, count=150):
        found.add(quarter(brush, dab))
    assert found == seen


def quarter(brush: Brush, dab: Dab) -> tuple[int, int]:
    printed = Stamps(brush).at(dab)[0]
    rows, columns = (
        (slice(0, middle), slice(middle, None)) for middle in (max(-printed.top, 0), max(-printed.left, 0))
    )
    parts = {
        (row, column): printed.cover[rows[row], columns[column]].sum() for row in (0, 1) for column in (0, 1)
    }
    return max(parts, key=lambda key: parts[key])


def test_dabs_that_stray_across_stay_on_their_place_along_the_stroke() -> None:
    plain = replaced(BRUSH, tips=TIPS[:1], spacing=2.0)
    across = replaced(plain, scatter=1.5, scatter_across=True)
    at, strayed = dabs(plain, 30.0)[1:], dabs(across, 30.0)  # which way it goes is known once it has gone
    assert len(at) == len(strayed) > 10
    heading = math.radians(30.0)
    away = []
    for one, other in zip(at, strayed, strict=True):
        x, y = other.x - one.x, other.y - one.y
        assert x * math.cos(heading) + y * math.sin(heading) == pytest.approx(0.0, abs=1e-3)
        away.append(y * math.cos(heading) - x * math.sin(heading))
    assert max(away) > 6 and min(away) < -6, "to both sides"
    assert max(map(abs, away)) <= 1.5 * 8


def test_mirrored_strokes_are_the_same_whenever_they_are_drawn_again() -> None:
    brush = Brush(
        tip="image", tips=(corner(),), size=20.0, flip_x=True, flip_y=True, scatter=0.5, scatter_across=True
    )
    pictures = []
    for _ in range(2):
        stroke = Stroke(brush, (0.0, 0.0, 0.0), Surface(dtype=np.float32), seed=3)
        for i in range(30):
            stroke.add(40 + 5.0 * i, 60 + 3 * math.sin(i), 0.7, 0.01 * i)
        stroke.finish()
        pictures.append(stroke.surface().read(Rect(0, 0, 256, 128)))
    assert np.array_equal(*pictures)


def test_an_offset_moves_the_dabs_by_sizes_of_the_brush() -> None:
    plain = replaced(BRUSH, tips=TIPS[:1], spacing=2.0)
    faded = Dynamic(parameter="offset_y", sensor="fade", length=160.0, low=-1.0, high=1.0)
    beside = replaced(plain, offset_x=-2.5, offset_y=0.5, dynamics=(faded,))
    for one, other in zip(dabs(plain), dabs(beside), strict=True):
        walked = one.x - 500
        assert other.x - one.x == pytest.approx(-2.5 * 8)
        assert other.y - one.y == pytest.approx((0.5 + 2 * max(0.0, 1 - walked / 160) - 1) * 8, abs=0.05)
