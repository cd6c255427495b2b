"""Strokes: what they cover, what they leave alone, and that they can be replayed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.brush import ERASER, INK, SOFT_ROUND, Brush, checked, upgraded
from studio.raster.dab import Dab
from studio.raster.dynamics import Dynamic
from studio.raster.geometry import Rect, Region, tile_keys
from studio.raster.mask import Mask
from studio.raster.stamp import Stamps, ink_print, quantised, round_print
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.tip import Tip
from studio.recipe import RecipeError, from_plain, parameters

BLACK = (0.0, 0.0, 0.0)
HARD = Brush(size=20.0, hardness=1.0, smoothing=0.0)
Sample = tuple[float, float, float | None, float]


def line(count: int = 20, pressure: float | None = None) -> list[Sample]:
    return [(30 + 180 * i / count, 40 + 60 * i / count, pressure, i * 0.008) for i in range(count + 1)]


def wave(count: int = 40) -> list[Sample]:
    return [
        (200 + 120 * i / count, 230 + 60 * math.sin(i / 4), 0.2 + 0.7 * i / count, i * 0.008)
        for i in range(count)
    ]


def paint(stroke: Stroke, samples: Sequence[Sample]) -> Surface:
    for x, y, pressure, t in samples:
        stroke.add(x, y, pressure, t)
    stroke.finish()
    return stroke.surface()


def white(dtype: type = np.float16) -> Surface:
    return Surface.from_pixels(np.ones((512, 512, 4), dtype))


CANVAS = Rect(0, 0, 512, 512)


def alpha(surface: Surface, rect: Rect = CANVAS) -> np.ndarray:
    return surface.read(rect)[..., 3].astype(np.float64)


@pytest.mark.parametrize("brush", [SOFT_ROUND, INK, ERASER])
def test_presets_are_valid_and_every_parameter_has_a_title(brush: Brush) -> None:
    Stroke(brush, BLACK, Surface())
    assert all(parameter.title != parameter.name for parameter in parameters(Brush))


@pytest.mark.parametrize(
    "wrong", [{"size": 0.5}, {"size": 2001.0}, {"hardness": 1.5}, {"smoothing": -1.0}, {"flow": 0.0}]
)
def test_a_brush_outside_its_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(RecipeError, match=next(iter(wrong))):
        Stroke(msgspec.structs.replace(HARD, **wrong), BLACK, Surface())


def test_brushes_of_earlier_versions_are_read() -> None:
    old = {
        "kind": "ink",
        "size": 22.0,
        "hardness": 0.7,
        "spacing": 0.05,
        "pressure_size": 0.9,
        "speed_width": 0.8,
        "grain": 0.5,
    }
    new = from_plain(Brush, upgraded(old))
    assert (new.tip, new.mode, new.size, new.grain) == ("ink", "paint", 22.0, 0.5)
    assert new.dynamics[0].parameter == "size"
    assert new.dynamics[0].low == pytest.approx(0.1)
    assert new.speed_pressure == pytest.approx(0.889, abs=1e-3)
    assert from_plain(Brush, upgraded({"kind": "eraser"})).mode == "erase"
    today = msgspec.to_builtins(INK)
    assert from_plain(Brush, upgraded(today)) == INK


def test_a_brush_with_tips_survives_json() -> None:
    tip = Tip.of(np.arange(64, dtype=np.uint8).reshape(8, 8))
    brush = checked(Brush(tip="image", tips=(tip,), texture="image", texture_image=tip))
    again = msgspec.json.decode(msgspec.json.encode(brush), type=Brush)
    assert again == brush
    np.testing.assert_array_equal(again.tips[0].pixels(), np.arange(64).reshape(8, 8))


def test_a_press_leaves_ink_at_once() -> None:
    for brush in (HARD, SOFT_ROUND, INK):
        stroke = Stroke(brush, BLACK, white())
        assert stroke.add(100, 100, None, 0.0)
        assert stroke.surface().read(Rect(99, 99, 101, 101))[..., 0].min() < 0.9


def test_a_hard_dot_has_the_area_of_its_disc() -> None:
    dot = paint(Stroke(HARD, BLACK, Surface(dtype=np.float32)), [(100.3, 90.6, None, 0.0)])
    assert alpha(dot).sum() == pytest.approx(math.pi * 100, rel=0.02)


def test_paint_is_the_colour_over_the_base() -> None:
    painted = paint(Stroke(HARD, (0.2, 0.4, 0.6, 0.5), white(np.float32)), line())
    np.testing.assert_allclose(painted.read(Rect(120, 69, 121, 70))[0, 0], (0.6, 0.7, 0.8, 1.0), atol=1e-5)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_the_precision_of_the_base_is_kept(dtype: type) -> None:
    painted = paint(Stroke(SOFT_ROUND, BLACK, white(dtype)), line())
    assert painted.dtype == dtype
    assert {tile.dtype for tile in painted.tiles.values()} == {np.dtype(dtype)}


@pytest.mark.parametrize("brush", [HARD, SOFT_ROUND, INK])
@pytest.mark.parametrize("pressure", [None, 0.6])
def test_the_same_samples_give_the_same_pixels_however_often_they_are_shown(
    brush: Brush, pressure: float | None
) -> None:
    samples = line(pressure=pressure)
    at_once = paint(Stroke(brush, BLACK, white()), samples)
    stepwise = Stroke(brush, BLACK, white())
    for x, y, press, t in samples:
        stepwise.add(x, y, press, t)
        stepwise.surface()
    stepwise.finish()
    for key in at_once.tiles.keys() | stepwise.surface().tiles.keys():
        np.testing.assert_array_equal(at_once.tiles[key].pixels(), stepwise.surface().tiles[key].pixels())


def test_regions_hold_every_changed_pixel() -> None:
    stroke = Stroke(INK, BLACK, white())
    before = stroke.surface().read(Rect(0, 0, 512, 512))
    for x, y, pressure, t in wave():
        region = stroke.add(x, y, pressure, t)
        after = stroke.surface().read(Rect(0, 0, 512, 512))
        assert_inside(before, after, region)
        before = after
    region = stroke.finish()
    assert_inside(before, stroke.surface().read(Rect(0, 0, 512, 512)), region)


def assert_inside(before: np.ndarray, after: np.ndarray, region: Region) -> None:
    changed = (before != after).any(-1)
    for part in region.intersect(Rect(0, 0, 512, 512)):
        changed[part.top : part.bottom, part.left : part.right] = False
    assert not changed.any()


def test_only_touched_tiles_are_new_and_nothing_handed_out_is_written_again() -> None:
    base = white()
    stroke = Stroke(HARD, BLACK, base)
    stroke.add(300, 100, None, 0.0)
    first = stroke.surface()
    assert first.diff(base) == {(1, 0)}
    kept = first.tiles[1, 0].pixels().copy()
    stroke.add(330, 110, None, 0.01)
    stroke.add(350, 120, None, 0.02)
    second = stroke.surface()
    assert second.tiles[1, 0] is not first.tiles[1, 0]
    np.testing.assert_array_equal(first.tiles[1, 0].pixels(), kept)
    assert stroke.surface() is second
    np.testing.assert_array_equal(base.tiles[1, 0].pixels(), 1)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=2, max_size=6), st.floats(6, 60))
def test_a_stroke_has_no_gaps_at_any_speed(places: list[tuple[float, float]], size: float) -> None:
    brush = msgspec.structs.replace(HARD, size=size)
    painted = paint(
        Stroke(brush, BLACK, Surface()), [(x, y, None, 0.002 * i) for i, (x, y) in enumerate(places)]
    )
    cover = alpha(painted, Rect(-700, -700, 1300, 1300)) > 0.5
    for x, y in places:
        assert cover[math.floor(y) + 700, math.floor(x) + 700]
    assert pieces(cover) == 1


def pieces(cover: np.ndarray) -> int:
    return cv2.connectedComponents(cover.astype(np.uint8), connectivity=8)[0] - 1


def test_the_curve_goes_through_its_samples_and_bends_smoothly() -> None:
    """Nine samples of a circle: between inner samples it stays near the circle, where chords would cut off 5 px."""
    samples = [
        (256 + 120 * math.cos(i * 0.6), 256 + 120 * math.sin(i * 0.6), None, i * 0.01) for i in range(9)
    ]
    cover = alpha(paint(Stroke(msgspec.structs.replace(HARD, size=4.0), BLACK, Surface()), samples))
    y, x = np.nonzero(cover > 0.5)
    distance = np.hypot(x + 0.5 - 256, y + 0.5 - 256)
    angle = np.arctan2(y + 0.5 - 256, x + 0.5 - 256) % (2 * math.pi)
    inner = (angle > 0.6) & (angle < 4.2)
    assert np.count_nonzero(inner) > 1000
    assert abs(distance[inner] - 120).max() < 2 + 1.6


def test_smoothing_steadies_a_shaking_hand_and_still_arrives() -> None:
    shaking = [(40 + 4 * i, 100 + (6 if i % 2 else -6), None, i * 0.008) for i in range(60)]
    thin = msgspec.structs.replace(HARD, size=4.0)
    rough = alpha(paint(Stroke(thin, BLACK, Surface()), shaking))
    smooth = alpha(paint(Stroke(msgspec.structs.replace(thin, smoothing=60.0), BLACK, Surface()), shaking))
    assert np.ptp(np.nonzero(smooth[:, 80:220])[0]) < np.ptp(np.nonzero(rough[:, 80:220])[0]) - 4
    assert smooth[106, 276] > 0.5


def test_opacity_caps_what_flow_builds_up() -> None:
    brush = Brush(size=30.0, hardness=0.5, opacity=0.4, flow=0.2, smoothing=0.0)
    there_and_back = [(100 + 60 * math.sin(i / 5), 100.0, None, i * 0.01) for i in range(300)]
    once = alpha(paint(Stroke(brush, BLACK, Surface(dtype=np.float32)), line()))
    often = alpha(paint(Stroke(brush, BLACK, Surface(dtype=np.float32)), there_and_back))
    assert once.max() < 0.4
    assert often.max() == pytest.approx(0.4, abs=2e-3)
    assert often.max() <= 0.4 + 1e-6


def test_pressure_leads_size_and_opacity() -> None:
    sized = msgspec.structs.replace(HARD, dynamics=(Dynamic(parameter="size"),))
    areas = [alpha(paint(Stroke(sized, BLACK, Surface()), line(pressure=p))).sum() for p in (0.2, 0.5, 1.0)]
    assert areas[1] == pytest.approx(areas[2] / 2, rel=0.1)
    assert areas[0] < areas[1] < areas[2]
    faint = msgspec.structs.replace(HARD, dynamics=(Dynamic(parameter="opacity"),))
    assert alpha(paint(Stroke(faint, BLACK, Surface()), line(pressure=0.3))).max() == pytest.approx(
        0.3, abs=2e-3
    )


def test_without_pressure_ink_is_thin_where_it_is_fast() -> None:
    def width(seconds: float) -> float:
        samples = [(20 + 4.5 * i, 100.0, None, i * seconds / 100) for i in range(101)]
        return float((alpha(paint(Stroke(INK, BLACK, Surface()), samples))[:, 200:300] > 0.5).sum() / 100)

    assert width(0.2) < width(0.8) < width(3.0)
    assert width(0.2) < 0.6 * width(3.0)


def test_ink_is_tapered_solid_and_uneven_at_its_edge() -> None:
    samples = [(40 + 4 * i, 100.0, None, i * 0.008) for i in range(91)]
    cover = alpha(paint(Stroke(msgspec.structs.replace(INK, size=40.0), BLACK, Surface()), samples))
    widths = (cover > 0.5).sum(0)
    body = widths[150:350]
    assert widths[30:44].max() < 0.5 * body.mean()
    ends = np.nonzero(widths)[0].max()
    assert widths[ends - 3] < 0.5 * body.mean()
    assert len(set((cover > 0.5).argmax(0)[150:350].tolist())) >= 3
    assert cover[98:103, 150:350].mean() > 0.85


def test_a_click_with_the_ink_brush_leaves_a_full_dot() -> None:
    dot = alpha(paint(Stroke(INK, BLACK, Surface()), [(100.0, 100.0, None, 0.0)]))
    assert 0.6 < (dot > 0.5).sum() / (math.pi * (INK.size / 2) ** 2) < 1.4


def half_selected() -> Mask:
    pixels = np.zeros((512, 512), np.float16)
    pixels[:, :120] = 1
    pixels[:, 120:130] = 0.5
    return Mask.from_pixels(pixels)


def test_the_selection_limits_and_tiles_outside_stay_the_same_object() -> None:
    base = white(np.float32)
    samples = [(60 + 10 * i, 128.0, None, i * 0.01) for i in range(40)]
    free = paint(Stroke(HARD, BLACK, base), samples).read(Rect(0, 0, 512, 512))
    held = paint(Stroke(HARD, BLACK, base, selection=half_selected()), samples)
    pixels = held.read(Rect(0, 0, 512, 512))
    np.testing.assert_array_equal(pixels[:, :120], free[:, :120])
    np.testing.assert_allclose(pixels[:, 120:130], (free[:, 120:130] + 1) / 2, atol=1e-6)
    np.testing.assert_array_equal(pixels[:, 130:], 1)
    assert held.tiles[1, 0] is base.tiles[1, 0]


def test_alpha_lock_colours_only_what_is_there() -> None:
    pixels = np.zeros((256, 512, 4), np.float32)
    pixels[:, 100:200] = (0.3, 0.3, 0.3, 0.6)
    base = Surface.from_pixels(pixels)
    locked = paint(
        Stroke(HARD, (1.0, 0.0, 0.0), base, alpha_lock=True),
        [(40 + 10 * i, 90.0, None, i * 0.01) for i in range(40)],
    )
    after = locked.read(Rect(0, 0, 512, 256))
    np.testing.assert_array_equal(after[..., 3], pixels[..., 3])
    np.testing.assert_allclose(after[90, 150], (0.6, 0, 0, 0.6), atol=1e-6)
    assert (1, 0) not in locked.tiles


def test_the_eraser_multiplies_everything_and_empty_tiles_go() -> None:
    half = msgspec.structs.replace(HARD, opacity=0.5)
    erased = paint(Stroke(half, BLACK, white(np.float32), erase=True), line())
    np.testing.assert_allclose(erased.read(Rect(120, 69, 121, 70))[0, 0], 0.5, atol=1e-6)
    small = Surface.from_pixels(np.ones((8, 8, 4), np.float16), 100, 100)
    gone = paint(
        Stroke(msgspec.structs.replace(ERASER, hardness=1.0), BLACK, small), [(104.0, 104.0, None, 0.0)]
    )
    assert not gone
    assert not paint(Stroke(ERASER, BLACK, Surface()), line())
    locked = paint(Stroke(ERASER, BLACK, white(), alpha_lock=True), line())
    assert (locked.read(Rect(0, 0, 512, 512)) == 1).all()


def test_a_mask_is_painted_too() -> None:
    mask = Mask(default=1.0)
    stroke = Stroke.on_mask(HARD, 0.25, mask, selection=half_selected())
    for x, y, pressure, t in line():
        stroke.add(x, y, pressure, t)
    stroke.finish()
    values = stroke.mask().read(Rect(0, 0, 512, 512))
    assert values.min() == pytest.approx(0.25, abs=1e-3)
    assert (values[:, 130:] == 1).all()
    back = Stroke.on_mask(msgspec.structs.replace(HARD, size=300.0), 1.0, stroke.mask())
    for x, y, pressure, t in line():
        back.add(x, y, pressure, t)
    back.finish()
    assert not back.mask().tiles


def test_strokes_outside_the_canvas_and_across_tile_corners() -> None:
    painted = paint(Stroke(HARD, BLACK, Surface()), [(-256.0, -256.0, None, 0.0)])
    assert set(painted.tiles) == set(tile_keys(Rect(-260, -260, -250, -250)))
    moved = paint(Stroke(HARD, BLACK, Surface()), [(128.0, 128.0, None, 0.0)])
    np.testing.assert_array_equal(
        painted.read(Rect(-300, -300, -200, -200)), moved.read(Rect(84, 84, 184, 184))
    )


def test_finishing_twice_draws_nothing_more() -> None:
    stroke = Stroke(INK, BLACK, white())
    painted = paint(stroke, line())
    assert not stroke.finish()
    assert stroke.surface().diff(painted) == set()
    assert not Stroke(INK, BLACK, white()).finish()


@pytest.mark.parametrize("radius", [0.5, 1.0, 3.3, 20.0, 63.7, 64.3, 150.0])
@pytest.mark.parametrize("ink", [False, True])
def test_prints_lie_where_they_were_asked_for(radius: float, ink: bool) -> None:
    stamps = Stamps(Brush(tip="ink" if ink else "round"))
    printed, left, top = stamps.at(Dab(100.4, -50.7, radius, hardness=1.0))
    stamp = printed.cover
    weight = stamp.astype(np.float64)
    y, x = np.mgrid[0 : stamp.shape[0], 0 : stamp.shape[1]] + 0.5
    slack = (0.15 if radius < 64 else 0.71) + (0.08 * radius if ink else 0)
    assert (weight * x).sum() / weight.sum() + left == pytest.approx(100.4, abs=slack)
    assert (weight * y).sum() / weight.sum() + top == pytest.approx(-50.7, abs=slack)
    assert stamps.at(Dab(100.4, -50.7, radius, hardness=1.0))[0] is printed
    assert weight[0].max() == weight[-1].max() == weight[:, 0].max() == weight[:, -1].max() == 0


@given(st.floats(0.5, 1000), st.floats(0, 1))
@settings(deadline=None, max_examples=20)
def test_prints_are_between_0_and_1_and_softer_ones_smaller(radius: float, hardness: float) -> None:
    radius = min(radius, 200.0)
    for stamp in (round_print(radius, hardness), ink_print(radius, hardness)):
        assert 0 <= stamp.min() <= stamp.max() <= 1
        # a small hard disc is sampled at few pixels: its sum is up to 3.5 % off its area
        assert round_print(radius, hardness).sum() <= round_print(radius, 1.0).sum() * 1.04
    assert quantised(radius) == pytest.approx(radius, rel=0.26 if radius < 1 else 0.07)
