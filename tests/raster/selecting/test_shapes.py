"""Outlines, joining, growing and the like, against areas, formulas and slow copies of the definitions."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting import combining, morphology
from studio.raster.selecting.blocks import finished
from studio.raster.selecting.combining import combined, extent, inverted, is_empty
from studio.raster.selecting.contours import CoarseMasks, edge_lines, loops
from studio.raster.selecting.outlines import ellipse, in_steps, polygon, rectangle

CANVAS = Rect(0, 0, 700, 600)
places = st.floats(-100, 800, allow_nan=False, width=32)


def values(mask: Mask, rect: Rect = CANVAS) -> np.ndarray:
    return mask.read(rect).astype(np.float32)


def random_mask(seed: int, canvas: Rect = CANVAS) -> Mask:
    rng = np.random.default_rng(seed)
    small = rng.random((4, 5)).astype(np.float32)
    wide = cv2.resize(small, (canvas.width, canvas.height), interpolation=cv2.INTER_LINEAR)
    return Mask().write(canvas, np.clip((wide - 0.5) * rng.choice([2, 200]) + 0.5, 0, 1).astype(np.float16))


@given(places, places, places, places)
def test_a_rectangle_covers_its_area(x0: float, y0: float, x1: float, y1: float) -> None:
    found = values(rectangle(x0, y0, x1, y1, CANVAS))
    left, right = sorted((min(max(x0, 0), 700), min(max(x1, 0), 700)))
    top, bottom = sorted((min(max(y0, 0), 600), min(max(y1, 0), 600)))
    assert found.sum() == pytest.approx((right - left) * (bottom - top), rel=1e-3, abs=1e-3)  # half floats


def test_whole_pixels_have_hard_edges_and_equal_tiles_are_one() -> None:
    mask = rectangle(10, 20, 690, 590, CANVAS)
    assert set(np.unique(values(mask))) == {0.0, 1.0}
    assert values(mask).sum() == 680 * 570
    assert (
        mask.tile((1, 1)) is rectangle(0, 0, 700, 600, CANVAS).tile((1, 1))
        or mask.tile((1, 1)).pixels().all()
    )


def test_an_ellipse_has_the_area_and_the_middle_of_one() -> None:
    found = values(ellipse(100.5, 50.25, 500.5, 350.25, CANVAS))
    assert found.sum() == pytest.approx(math.pi * 200 * 150, rel=2e-3)
    y, x = np.mgrid[0:600, 0:700] + 0.5
    assert (found * x).sum() / found.sum() == pytest.approx(300.5, abs=0.02)
    assert (found * y).sum() / found.sum() == pytest.approx(200.25, abs=0.02)


def test_without_anti_aliasing_there_are_no_half_tones() -> None:
    assert set(np.unique(values(ellipse(10, 10, 300, 200, CANVAS, anti_alias=False)))) == {0.0, 1.0}
    assert len(np.unique(values(ellipse(10, 10, 300, 200, CANVAS)))) > 10


@given(st.lists(st.tuples(places, places), min_size=3, max_size=8))
def test_a_polygon_is_cut_to_the_canvas(points: list[tuple[float, float]]) -> None:
    mask = polygon(points, CANVAS)
    assert values(mask).max(initial=0) <= 1
    assert not values(mask, Rect(-300, -300, 0, 900)).any()
    assert not values(mask, Rect(700, -300, 1000, 900)).any()


def test_a_crossed_polygon_is_full_inside_both_loops() -> None:
    eight = values(polygon([(100, 100), (300, 300), (300, 100), (100, 300)], CANVAS))
    assert eight[200, 120] == 1 and eight[200, 280] == 1 and eight[120, 200] == 0
    assert not polygon([(1, 1), (5, 5)], CANVAS)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.integers(51, 99))
def test_joining_follows_its_formulas(first: int, second: int) -> None:
    a, b = random_mask(first), random_mask(second)
    va, vb = values(a), values(b)
    for mode, wanted in (
        ("new", vb),
        ("add", np.minimum(va + vb, 1)),
        ("subtract", np.maximum(va - vb, 0)),
        ("intersect", np.minimum(va, vb)),
    ):
        assert np.abs(values(combined(a, b, mode)) - wanted).max() <= 2**-11  # one rounding to half
    assert np.abs(values(inverted(a, CANVAS)) - (1 - va)).max() <= 2**-11


def test_what_joining_leaves_as_it_is_stays_the_same_tile() -> None:
    wide, small = rectangle(0, 0, 700, 600, CANVAS), rectangle(10, 10, 60, 60, CANVAS)
    assert combined(wide, small, "add").tile((0, 0)) is wide.tile((0, 0))
    assert combined(wide, small, "subtract").tile((1, 1)) is wide.tile((1, 1))
    assert combined(wide, small, "intersect").tiles.keys() == {(0, 0)}
    assert combined(None, small, "subtract") is small
    assert is_empty(combined(small, wide, "subtract"))


def test_only_tiles_that_both_masks_have_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    soft = random_mask(1)
    small = rectangle(300, 300, 420, 400, CANVAS)
    computed: list[object] = []
    known = combining._tile
    monkeypatch.setattr(combining, "_tile", lambda *both: computed.append(both) or known(*both))
    for mode, formula in (
        ("add", lambda a, b: np.minimum(a + b, 1)),
        ("subtract", lambda a, b: np.maximum(a - b, 0)),
        ("intersect", np.minimum),
    ):
        computed.clear()
        joined = combined(soft, small, mode)
        assert len(computed) == len(small.tiles) < len(soft.tiles)
        assert np.abs(values(joined) - formula(values(soft), values(small))).max() <= 2**-11


def test_inverting_twice_and_inverting_everything() -> None:
    part = ellipse(50, 60, 400, 300, CANVAS)
    assert np.abs(values(inverted(inverted(part, CANVAS), CANVAS)) - values(part)).max() <= 2**-10
    assert is_empty(inverted(None, CANVAS)) and is_empty(inverted(rectangle(*CANVAS, CANVAS), CANVAS))
    assert not values(inverted(Mask(), CANVAS), Rect(700, 0, 900, 600)).any()


def test_a_huge_outline_in_steps_is_the_same() -> None:
    canvas = Rect(0, 0, 2600, 2200)
    steps = in_steps(canvas, lambda block: ellipse(30.5, 20.25, 2590, 2190, block))
    found, whole = finished(steps), ellipse(30.5, 20.25, 2590, 2190, canvas)
    assert found.tiles.keys() == whole.tiles.keys()
    assert np.array_equal(values(found, canvas), values(whole, canvas))
    assert found.tile((4, 4)) is found.tile((5, 4))


@given(st.integers(0, 600), st.integers(0, 500), st.integers(1, 90), st.integers(1, 90))
def test_the_extent_is_that_of_what_is_selected(x: int, y: int, width: int, height: int) -> None:
    right, bottom = min(x + width, 700), min(y + height, 600)
    assert extent(rectangle(x, y, right, bottom, CANVAS)) == Rect(x, y, right, bottom)


def test_the_extent_of_a_large_soft_selection_looks_at_its_border(monkeypatch: pytest.MonkeyPatch) -> None:
    canvas = Rect(0, 0, 2500, 2000)
    values = np.full((1700, 2300), 0.5, np.float16)
    values[:3], values[:, -5:] = 0, 0
    mask = Mask.from_pixels(values, 100, 200)
    looked: list[object] = []
    known = combining._extent
    monkeypatch.setattr(combining, "_extent", lambda tile: looked.append(tile) or known(tile))
    assert extent(mask) == Rect(100, 203, 2395, 1900)
    assert len(looked) <= 2 * (canvas.width + canvas.height) // 256 < len(mask.tiles)


# growing, shrinking, feathering


@pytest.mark.parametrize("pixels", [1, 3, 20])
def test_a_rectangle_grows_and_shrinks_by_whole_pixels(pixels: int) -> None:
    mask = rectangle(200, 150, 450, 420, CANVAS)
    grown = values(finished(morphology.grow(mask, CANVAS, pixels)))
    assert np.array_equal(np.flatnonzero(grown[300]), np.arange(200 - pixels, 450 + pixels))
    shrunk = values(finished(morphology.shrink(mask, CANVAS, pixels)))
    assert np.array_equal(np.flatnonzero(shrunk[300]), np.arange(200 + pixels, 450 - pixels))
    assert shrunk.sum() == (250 - 2 * pixels) * (270 - 2 * pixels)
    if pixels == 20:  # rounded corners: a quarter disc in each
        corner = grown[150 - pixels : 150, 200 - pixels : 200].sum()
        assert corner == pytest.approx(math.pi / 4 * pixels**2, rel=0.08)


def test_growing_a_soft_mask_moves_it_and_keeps_it_soft() -> None:
    mask = finished(morphology.feather(rectangle(200, -50, 450, 650, CANVAS), CANVAS, 30))
    assert morphology.is_soft(mask)
    before, after = values(mask)[300], values(finished(morphology.grow(mask, CANVAS, 25)))[300]
    assert np.abs(after[120:260] - before[145:285]).max() < 0.02


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 99), st.floats(0.5, 12))
def test_shrinking_is_growing_what_is_outside(seed: int, pixels: float) -> None:
    mask = random_mask(seed)
    shrunk = values(finished(morphology.shrink(mask, CANVAS, pixels)))
    grown = values(finished(morphology.grow(inverted(mask, CANVAS), CANVAS, pixels)))
    assert np.abs(shrunk - (1 - grown)).max() < 0.13  # the eighth between level sets
    assert (shrunk <= values(mask) + 0.13).all()


def test_the_canvas_edge_holds_or_shrinks_as_asked() -> None:
    everything = rectangle(*CANVAS, CANVAS)
    assert finished(morphology.shrink(everything, CANVAS, 10)).tiles == everything.tiles
    framed = values(finished(morphology.shrink(everything, CANVAS, 10, open_edges=False)))
    assert framed.sum() == 680 * 580


def test_a_border_is_as_wide_as_asked_and_hollow() -> None:
    band = values(finished(morphology.border(rectangle(100, 100, 600, 500, CANVAS), CANVAS, 12)))
    assert band[300].sum() == pytest.approx(24) and band[300, 94:106].all()
    assert band[300, 300] == 0
    assert finished(morphology.border(rectangle(*CANVAS, CANVAS), CANVAS, 12)).tiles == {}


@pytest.mark.parametrize("pixels", [2.0, 20.0, 120.0])
def test_feathering_is_a_gaussian_of_half_the_width(pixels: float) -> None:
    row = values(finished(morphology.feather(rectangle(350, -10, 800, 700, CANVAS), CANVAS, pixels)))[300]
    x = np.arange(700) + 0.5 - 350
    wanted = 0.5 * (1 + np.vectorize(math.erf)(x / (pixels / 2 * math.sqrt(2))))
    assert np.abs(row - wanted).max() < 0.012


def test_smoothing_rounds_corners_drops_specks_and_keeps_straight_edges() -> None:
    speck = combined(rectangle(100, 100, 400, 400, CANVAS), rectangle(500, 300, 503, 303, CANVAS), "add")
    found = values(finished(morphology.smooth(speck, CANVAS, 10)))
    assert not found[290:310, 490:510].any()
    assert found[250, 99] < 0.03 and found[250, 100] > 0.97
    assert found[100, 100] < 0.1


def test_what_is_the_same_all_around_is_shared_not_computed() -> None:
    canvas = Rect(0, 0, 4096, 4096)
    mask = rectangle(100, 100, 4000, 4000, canvas)
    grown = finished(morphology.grow(mask, canvas, 8))
    assert grown.tile((7, 7)) is mask.tile((7, 7))


# edges


def test_edge_lines_enclose_what_is_selected() -> None:
    lines = edge_lines(np.array([[0, 1, 1], [0, 1, 0.4]], np.float32))
    assert {tuple(one) for one in lines.tolist()} == {
        (1, 0, 3, 0), (2, 1, 3, 1), (1, 2, 2, 2), (1, 0, 1, 2), (2, 1, 2, 2), (3, 0, 3, 1),
    }  # fmt: skip


@given(st.integers(0, 10_000))
def test_edge_lines_count_every_change_between_neighbours(seed: int) -> None:
    inside = np.random.default_rng(seed).random((9, 13))
    lines = edge_lines(inside)
    length = np.abs(lines[:, 2:] - lines[:, :2]).sum()
    padded = np.pad(inside >= 0.5, 1)
    changes = np.count_nonzero(np.diff(padded, axis=0)) + np.count_nonzero(np.diff(padded, axis=1))
    assert length == changes


def test_coarse_masks_are_means() -> None:
    mask = random_mask(3)
    coarse = CoarseMasks().read(mask, Rect(3, 5, 80, 70), 3)
    exact = values(mask, Rect(24, 40, 640, 560)).reshape(65, 8, 77, 8).mean((1, 3))
    assert np.abs(coarse - exact).max() < 1e-3


def test_loops_run_around_areas_and_holes() -> None:
    ring = combined(ellipse(100, 100, 500, 500, CANVAS), ellipse(200, 200, 400, 400, CANVAS), "subtract")
    found = loops(ring, CANVAS)
    assert len(found) == 2
    radii = [np.hypot(*(one - 300).T) for one in found]
    assert radii[0].mean() == pytest.approx(199.5, abs=0.6) and radii[1].mean() == pytest.approx(100, abs=0.8)
