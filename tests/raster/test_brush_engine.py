"""The brush engine: even coverage, dynamics, jitter, tips, texture, smudge, clone, symmetry, wrap, airbrush, replay."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.raster.blend import BLEND_MODES
from studio.raster.brush import BLUR, CLONE, SMUDGE, Brush, BrushBlend
from studio.raster.dab import Dab
from studio.raster.dynamics import Dynamic
from studio.raster.geometry import Rect
from studio.raster.hand import Sample
from studio.raster.mask import Mask
from studio.raster.plane import Wrap
from studio.raster.stamp import Stamps
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.symmetry import Symmetry, images
from studio.raster.tip import Tip

BLACK = (0.0, 0.0, 0.0)
AREA = Rect(0, 0, 512, 512)
SOFT = Brush(size=40.0, hardness=0.3, flow=0.5, spacing=0.05, smoothing=0.0)
HARD = Brush(size=20.0, hardness=1.0, smoothing=0.0)
replaced = msgspec.structs.replace
Places = Sequence[tuple[float, ...]]


def clear() -> Surface:
    return Surface(dtype=np.float32)


def white() -> Surface:
    return Surface.from_pixels(np.ones((512, 512, 4), np.float32))


def line(
    start: float = 60.0, end: float = 440.0, y: float = 250.0, count: int = 40
) -> list[tuple[float, ...]]:
    return [(start + (end - start) * i / count, y, 1.0, i * 0.01) for i in range(count + 1)]


def drawn(stroke: Stroke, places: Places) -> Surface:
    for place in places:
        stroke.add(*place)
    stroke.finish()
    return stroke.surface()


def cover(brush: Brush, places: Places, **options: object) -> np.ndarray:
    """Coverage [512, 512] of a stroke on nothing."""
    return drawn(Stroke(brush, BLACK, clear(), **options), places).read(AREA)[..., 3].astype(np.float64)  # type: ignore[arg-type]


# ---- even at any speed


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.floats(1, 200), min_size=4, max_size=12),
    st.sampled_from([10.0, 14.0, 24.0, 60.0, 140.0]),
    st.floats(-0.6, 0.6),
)
@example([200.0, 1.0, 200.0, 1.0, 200.0], 10.0, 0.3)
@example([1.0] * 12, 140.0, 0.0)
def test_no_gap_and_no_blob_at_any_speed(steps: list[float], size: float, slope: float) -> None:
    """Coverage along the middle of a line varies by at most 2 %, whatever the distance between samples."""
    brush = replaced(SOFT, size=size, flow=0.3)
    ways = np.concatenate(([0.0], np.cumsum(steps)))
    places = [(w * math.cos(slope), w * math.sin(slope), 0.7, 0.005 * i) for i, w in enumerate(ways)]
    painted = drawn(Stroke(brush, BLACK, clear()), places)
    inner = np.arange(size, ways[-1] - size, 1.0)
    if len(inner) < 2:
        return
    around = Rect(-200, -1600, 2700, 1600)
    plane = painted.read(around)[..., 3]
    x, y = inner * math.cos(slope) - around.left - 0.5, inner * math.sin(slope) - around.top - 0.5
    along = cv2.remap(plane, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    assert np.ptp(along) <= 0.02 * along.max()


def test_small_dabs_laid_together_equal_dabs_laid_one_by_one() -> None:
    """Also across the borders of the stroke's blocks, and with flow or level driven by pressure."""
    driven = (Dynamic(parameter=name, low=0.2) for name in ("opacity", "size", "flow"))
    for dynamics in ((), *((one,) for one in driven)):
        brush = replaced(SOFT, size=12.0, dynamics=dynamics)
        places = [(x, y, 0.3 + 0.5 * abs(math.sin(t * 9)), t) for x, y, _, t in line(count=150)]
        together = Stroke(brush, BLACK, clear(), seed=1)
        single = Stroke(brush, BLACK, clear(), seed=1)
        assert together._together is not None
        single._together = None
        a, b = (drawn(stroke, places).read(AREA)[..., 3] for stroke in (together, single))
        np.testing.assert_allclose(a, b, atol=3e-5)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.sampled_from([8.0, 40.0]), st.booleans())
def test_samples_at_once_draw_what_they_draw_one_by_one(groups: list[int], size: float, driven: bool) -> None:
    dynamics = (Dynamic(low=0.4), Dynamic(parameter="angle", sensor="direction")) if driven else ()
    brush = replaced(SOFT, size=size, roundness=0.6 if driven else 1.0, dynamics=dynamics)
    samples = [
        Sample(60 + 3 * i, 250 + 60 * math.sin(i / 9), 0.3 + 0.6 * abs(math.sin(i / 7)), i * 0.008)
        for i in range(sum(groups))
    ]
    single, together = Stroke(brush, BLACK, clear()), Stroke(brush, BLACK, clear())
    for sample in samples:
        single.add(*sample)
    at = 0
    for count in groups:
        together.extend(samples[at : at + count])
        at += count
    single.finish()
    together.finish()
    a, b = single.surface().read(AREA)[..., 3], together.surface().read(AREA)[..., 3]
    # the last dab may lie a little further on
    assert np.abs(a - b).max() < 0.4
    assert np.abs(a - b).mean() < 2e-4


def test_samples_that_lie_nowhere_are_ignored() -> None:
    nowhere = [(math.nan, 250.0, 1.0, 0.0), (-1e30, -1e30, 1.0, 0.1), (250.0, math.inf, 1.0, 0.2)]
    assert not drawn(Stroke(HARD, BLACK, clear()), nowhere)
    np.testing.assert_array_equal(
        cover(HARD, [*nowhere[:2], *line(), *nowhere]), cover(HARD, [(*place,) for place in line()])
    )


# ---- sensors


def test_each_sensor_drives_the_size() -> None:
    def width(brush: Brush, **sensed: float) -> float:
        stroke = Stroke(brush, BLACK, clear())
        for x, y, _, t in line():
            stroke.add(
                x, y, sensed.get("pressure", 1.0), t / sensed.get("speed", 1.0), sensed.get("tilt", 0.0), 0.0,
                sensed.get("rotation", 0.0),
            )  # fmt: skip
        stroke.finish()
        return float((stroke.surface().read(AREA)[:, 250, 3] > 0.5).sum())

    def by(sensor: str, low: float = 0.2) -> Brush:
        return replaced(HARD, size=60.0, dynamics=(Dynamic(sensor=sensor, low=low),))  # type: ignore[arg-type]

    assert width(by("pressure"), pressure=0.2) < width(by("pressure"), pressure=0.9)
    assert width(by("tilt")) < width(by("tilt"), tilt=45.0)
    assert width(by("speed"), speed=0.2) < width(by("speed"), speed=5.0)
    assert width(by("rotation"), rotation=30.0) < width(by("rotation"), rotation=300.0)
    # a line to the right has direction 0
    assert width(by("direction")) == pytest.approx(60 * 0.2, abs=2)


def test_fade_thins_a_stroke_out_over_its_length() -> None:
    brush = replaced(HARD, size=40.0, dynamics=(Dynamic(sensor="fade", length=300.0),))
    widths = (cover(brush, line()) > 0.5).sum(0)
    assert widths[100] == pytest.approx(40 * (1 - 40 / 300), abs=2)
    assert widths[240] == pytest.approx(40 * (1 - 180 / 300), abs=2)
    assert widths[400:].max() <= 2


def test_a_fade_that_repeats_draws_dashes() -> None:
    dashes = Dynamic(
        sensor="fade", length=60.0, repeats=True, curve=((0.0, 0.0), (0.5, 0.0), (0.52, 1.0), (1.0, 1.0))
    )
    widths = (cover(replaced(HARD, size=8.0, dynamics=(dashes,)), line()) > 0.5).sum(0)
    drawn_at = widths[60:440] > 2
    assert np.count_nonzero(np.diff(drawn_at.astype(int)) == 1) >= 5
    assert 0.35 < drawn_at.mean() < 0.75


def test_a_curve_shapes_what_the_sensor_says() -> None:
    steep = replaced(HARD, size=60.0, dynamics=(Dynamic(curve=((0.0, 0.0), (0.5, 1.0), (1.0, 1.0))),))
    half = [(x, y, 0.5, t) for x, y, _, t in line()]
    assert (cover(steep, half) > 0.5).sum(0)[250] == pytest.approx(60, abs=1)


def test_direction_turns_the_tip_from_the_first_dab_on() -> None:
    brush = replaced(
        HARD, size=60.0, roundness=0.1, dynamics=(Dynamic(parameter="angle", sensor="direction"),)
    )
    flat = cover(brush, line()) > 0.5
    down = cover(brush, [(250.0, x, p, t) for x, _, p, t in line()]) > 0.5
    assert flat.sum(0).max() <= 9
    assert down.sum(1).max() <= 9


def test_a_mouse_presses_by_its_speed() -> None:
    brush = replaced(HARD, size=60.0, speed_pressure=1.0, dynamics=(Dynamic(),))

    def width(seconds: float) -> float:
        return float((cover(brush, [(x, y, None, t * seconds) for x, y, _, t in line()]) > 0.5).sum(0)[300])  # type: ignore[misc]

    assert width(0.3) < 0.6 * width(10.0)


# ---- what is random


@pytest.mark.parametrize(
    "fields",
    [
        {"scatter": 1.5},
        {"jitter_size": 0.8},
        {"jitter_flow": 0.9},
        {"jitter_hue": 0.5, "jitter_value": 0.5},
        {"jitter_angle": 1.0, "roundness": 0.2},
        {"count": 4, "scatter": 1.0},
        {"dynamics": (Dynamic(sensor="random", low=0.2),)},
    ],
)
def test_recorded_samples_replay_identically_and_other_seeds_differ(fields: dict) -> None:
    brush = replaced(SOFT, spacing=0.3, **fields)

    def pixels(seed: int | None, stepwise: bool) -> np.ndarray:
        stroke = Stroke(brush, (0.8, 0.3, 0.2), white(), seed=seed)
        for place in line():
            stroke.add(*place)
            if stepwise:
                stroke.surface()
        stroke.finish()
        return stroke.surface().read(AREA)

    np.testing.assert_array_equal(pixels(None, False), pixels(None, True))
    np.testing.assert_array_equal(pixels(7, False), pixels(7, True))
    assert (pixels(7, False) != pixels(8, False)).any()


def test_scatter_strays_as_far_as_it_says() -> None:
    rows = np.nonzero(cover(replaced(HARD, scatter=2.0, spacing=0.3), line()) > 0.5)[0]
    assert 250 - 2 * 20 - 12 <= rows.min() < 250 - 20
    assert 250 + 20 < rows.max() <= 250 + 2 * 20 + 12


def test_jitter_of_hue_keeps_saturation_and_value() -> None:
    brush = replaced(HARD, jitter_hue=1.0, spacing=1.2)
    found = drawn(Stroke(brush, (0.9, 0.2, 0.2), clear(), seed=3), line()).read(AREA)
    colours = found[found[..., 3] == 1][:, :3]
    assert colours.max(1) == pytest.approx(0.9, abs=1e-5)
    assert colours.min(1) == pytest.approx(0.2, abs=1e-5)
    assert len(np.unique(colours.round(2), axis=0)) > 8


# ---- tips


def test_roundness_and_angle_make_an_ellipse_of_that_area() -> None:
    dot = cover(replaced(HARD, size=80.0, roundness=0.25, angle=30.0), [(250.0, 250.0, 1.0, 0.0)])
    assert dot.sum() == pytest.approx(math.pi * 40 * 10, rel=0.03)
    y, x = np.nonzero(dot > 0.5)
    angle = math.degrees(0.5 * math.atan2(2 * np.cov(x, y)[0, 1], np.var(x) - np.var(y)))
    assert angle == pytest.approx(30, abs=2)


def arrow() -> Tip:
    pixels = np.zeros((32, 64), np.uint8)
    pixels[:, 40:] = 255
    pixels[:8] = 0
    return Tip.of(pixels)


@pytest.mark.parametrize("size", [32.0, 64.0, 150.0])
def test_an_image_tip_is_scaled_so_that_its_longer_side_is_the_size(size: float) -> None:
    brush = Brush(tip="image", tips=(arrow(),), size=size, smoothing=0.0)
    dot = cover(brush, [(250.0, 250.0, 1.0, 0.0)])
    assert dot.sum() == pytest.approx(24 * 24 * (size / 64) ** 2, rel=0.05)
    y, x = np.nonzero(dot > 0.5)
    assert x.mean() + 0.5 == pytest.approx(250 + (52 - 32) * size / 64, abs=1)
    assert y.mean() + 0.5 == pytest.approx(250 + (20 - 16) * size / 64, abs=1)


def test_tips_of_a_pipe_are_taken_in_turn_and_coloured_ones_bring_their_colours() -> None:
    plates = []
    for colour in ((255, 0, 0, 255), (0, 0, 255, 255)):
        plates.append(Tip.of(np.full((16, 16, 4), colour, np.uint8)))
    brush = Brush(tip="image", tips=tuple(plates), tip_order="in-turn", size=16.0, spacing=1.5, smoothing=0.0)
    found = drawn(Stroke(brush, (0.0, 1.0, 0.0), clear()), line()).read(Rect(56, 250, 200, 251))[0]
    solid = found[found[:, 3] > 0.99]
    assert (solid[:, 1] == 0).all()
    turns = np.diff((solid[:, 0] > 0.5).astype(int))
    assert np.count_nonzero(turns) >= 4


def test_a_hard_pixel_brush_has_no_grey_and_no_hole() -> None:
    for size in (1.0, 2.0, 3.0, 7.0):
        pixels = cover(
            replaced(HARD, size=size, aliased=True),
            [(20 + 3.7 * i, 20 + 2.3 * i, 1.0, i * 0.01) for i in range(99)],
        )
        assert set(np.unique(pixels)) == {0.0, 1.0}
        assert cv2.connectedComponents(pixels.astype(np.uint8), connectivity=8)[0] == 2
    assert cover(replaced(HARD, size=1.0, aliased=True), [(20.4, 30.9, 1.0, 0.0)]).sum() == 1
    dot = np.argwhere(cover(replaced(HARD, size=1.0, aliased=True), [(20.4, 30.9, 1.0, 0.0)]))
    assert dot.tolist() == [[30, 20]]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(150, 280), st.floats(150, 280)), min_size=2, max_size=6))
@example([(150.0, 150.0), (150.0, 151.0)])
def test_a_line_of_single_pixels_has_no_corners_and_no_hole(places: list[tuple[float, float]]) -> None:
    brush = replaced(HARD, size=1.0, aliased=True)
    pixels = cover(brush, [(x, y, 1.0, 0.02 * i) for i, (x, y) in enumerate(places)])
    assert set(np.unique(pixels)) <= {0.0, 1.0}
    assert cv2.connectedComponents(pixels.astype(np.uint8), connectivity=8)[0] == 2
    start, end = places[0], places[-1]
    assert pixels[int(start[1]), int(start[0])] == 1
    if len(places) == 2 and math.dist(start, end) > 0.5:
        assert pixels[int(end[1]), int(end[0])] == 1
        square = pixels[1:, 1:] + pixels[1:, :-1] + pixels[:-1, 1:] + pixels[:-1, :-1]
        assert square.max() <= 2, "no three pixels form a corner"


def test_flow_of_coverage_is_the_product_of_what_each_dab_leaves() -> None:
    """Three presses' worth of dabs at one place: 1 − (1 − φ)³ in the middle."""
    stroke = Stroke(replaced(SOFT, size=100.0, hardness=1.0, flow=0.3, airbrush=10.0), BLACK, clear())
    stroke.add(250.0, 250.0, 1.0, 0.0)
    stroke.add(250.0, 250.0, 1.0, 0.25)
    assert stroke.surface().read(Rect(250, 250, 251, 251))[0, 0, 3] == pytest.approx(1 - 0.7**3, abs=1e-5)


# ---- airbrush


@given(st.lists(st.floats(0.001, 0.3), min_size=1, max_size=8))
@settings(deadline=None, max_examples=20)
def test_an_airbrush_at_rest_depends_on_time_alone_not_on_ticks(waits: list[float]) -> None:
    brush = replaced(SOFT, flow=0.05, airbrush=50.0)
    total = sum(waits)

    def after(times: list[float]) -> float:
        stroke = Stroke(brush, BLACK, clear())
        stroke.add(250.0, 250.0, 1.0, 0.0)
        for t in times:
            stroke.tick(t)
        return float(stroke.surface().read(Rect(250, 250, 251, 251))[0, 0, 3])

    ticked = after(np.cumsum(waits).tolist())
    dabs = 1 + math.floor(total * 50 + 1e-9)
    candidates = [1 - 0.95**n for n in (dabs - 1, dabs, dabs + 1)]
    assert min(abs(ticked - value) for value in candidates) < 1e-3
    assert after([total]) == pytest.approx(ticked, abs=0.05)


# ---- texture


@pytest.mark.parametrize("texture", ["paper", "canvas", "rough"])
def test_texture_shows_and_stays_where_it_is(texture: str) -> None:
    brush = replaced(SOFT, size=120.0, hardness=1.0, texture=texture, texture_strength=1.0, opacity=1.0)
    first, second = cover(brush, line()), cover(brush, line(100.0, 420.0))
    inside = (slice(220, 280), slice(150, 350))
    assert first[inside].std() > 0.07
    np.testing.assert_allclose(first[inside], second[inside], atol=1e-4)
    none = cover(replaced(brush, texture_strength=0.0), line())
    assert none[inside].std() < 1e-3


def test_texture_scale_changes_its_grain() -> None:
    def grain(scale: float) -> float:
        brush = replaced(
            SOFT, size=200.0, hardness=1.0, texture="paper", texture_strength=1.0, texture_scale=scale
        )
        patch = cover(brush, line())[200:300, 200:300]
        return float(np.abs(np.diff(patch, axis=1)).mean() / patch.std())

    assert grain(3.0) < grain(1.0) < grain(0.5)


def test_wet_edges_leave_more_at_the_rim_than_inside() -> None:
    profile = cover(replaced(SOFT, size=120.0, hardness=0.3, flow=1.0, wet_edges=1.0), line())[:, 250]
    middle, rim = profile[245:255].mean(), profile[180:245].max()
    assert rim > 1.3 * middle
    assert profile.min() == 0


# ---- smudge, wet mixing, blur


def halves() -> Surface:
    """Red on the left of x = 256, blue on the right, opaque."""
    pixels = np.zeros((512, 512, 4), np.float32)
    pixels[..., 3] = 1
    pixels[:, :256, 0] = 1
    pixels[:, 256:, 2] = 1
    return Surface.from_pixels(pixels)


def reach_of_red(wetness: float, spacing: float = 0.06) -> float:
    """Pixels of red carried into the blue, measured along the middle of the stroke: Σ red."""
    brush = replaced(SMUDGE, size=40.0, wetness=wetness, spacing=spacing, smoothing=0.0)
    found = drawn(Stroke(brush, BLACK, halves()), line(150.0, 460.0)).read(AREA)
    return float(found[250, 256:, 0].sum())


def test_smudging_carries_colour_further_the_wetter_it_is() -> None:
    reaches = [reach_of_red(wetness) for wetness in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert reaches == sorted(reaches)
    assert reaches[0] < 15
    assert reaches[-1] > 3 * reaches[1]


def test_how_far_colour_is_carried_hardly_depends_on_the_spacing() -> None:
    assert reach_of_red(0.5, 0.04) == pytest.approx(reach_of_red(0.5, 0.12), rel=0.02)


@pytest.mark.parametrize(
    "brush",
    [
        replaced(SMUDGE, smoothing=0.0),
        replaced(SMUDGE, smoothing=0.0, wetness=0.9, size=80.0),
        replaced(BLUR, smoothing=0.0),
        replaced(SOFT, smudge=1.0, wetness=0.5),
    ],
)
def test_mixing_conserves_colour(brush: Brush) -> None:
    """Each pixel stays opaque and between red and blue, within 2 %: paint is neither made nor lost, nor gets dirty."""
    found = drawn(Stroke(brush, (0.0, 1.0, 0.0), halves()), line(200.0, 330.0)).read(AREA)
    assert np.abs(found[..., 3] - 1).max() < 1e-4
    assert np.abs(found[..., 0] + found[..., 2] - 1).max() < 0.02
    assert found[..., 1].max() < 0.02
    assert (np.diff(found[250, 230:330, 0]) < 0.02).all(), "the gradient falls evenly"


def test_back_and_forth_conserves_the_amounts_of_both_colours() -> None:
    there_and_back = [
        *line(176.0, 336.0, count=20),
        *((x, y, p, 1 + t) for x, y, p, t in line(336.0, 176.0, count=20)),
    ]
    found = drawn(Stroke(replaced(SMUDGE, smoothing=0.0), BLACK, halves()), there_and_back).read(AREA)
    assert found[..., 0].sum() == pytest.approx(512 * 256, rel=0.02)
    assert found[..., 2].sum() == pytest.approx(512 * 256, rel=0.02)


def test_wet_paint_mixes_with_what_it_goes_over() -> None:
    brush = replaced(SOFT, size=40.0, hardness=0.8, flow=1.0, smudge=0.5, wetness=0.3)
    found = drawn(Stroke(brush, (0.0, 1.0, 0.0), halves()), line()).read(AREA)
    red, green, _, alpha = found[250, 150]
    assert alpha == pytest.approx(1)
    assert 0.2 < green < 0.95
    assert 0.05 < red < 0.8


def test_a_blur_brush_softens_what_is_under_it_and_nothing_else() -> None:
    found = drawn(
        Stroke(replaced(BLUR, smoothing=0.0), BLACK, halves()), [(256.0, y, p, t) for y, _, p, t in line()]
    )
    pixels = found.read(AREA)
    step = np.abs(np.diff(pixels[250, :, 0])).max()
    assert step < 0.5
    np.testing.assert_array_equal(pixels[:, :220], halves().read(AREA)[:, :220])


def test_smudging_respects_selection_and_alpha_lock_bit_for_bit() -> None:
    chosen = np.zeros((512, 512), np.float16)
    chosen[:, :300] = 1
    base = halves()
    held = drawn(
        Stroke(replaced(SMUDGE, smoothing=0.0), BLACK, base, selection=Mask.from_pixels(chosen)), line()
    ).read(AREA)
    before = base.read(AREA)
    np.testing.assert_array_equal(held[:, 300:], before[:, 300:])
    assert (held[:, :300] != before[:, :300]).any()
    pixels = before.copy()
    pixels[:, 200:] *= np.linspace(1, 0, 312, dtype=np.float32)[None, :, None]
    locked = drawn(Stroke(SMUDGE, BLACK, Surface.from_pixels(pixels), alpha_lock=True), line()).read(AREA)
    np.testing.assert_array_equal(locked[..., 3], pixels[..., 3])


def test_a_mask_can_be_smudged_and_blurred() -> None:
    values = np.zeros((512, 512), np.float16)
    values[:, :256] = 1
    for brush in (SMUDGE, BLUR):
        stroke = Stroke.on_mask(replaced(brush, smoothing=0.0), 1.0, Mask.from_pixels(values))
        for place in line():
            stroke.add(*place)
        stroke.finish()
        between = stroke.mask().read(AREA)[250]
        assert ((between > 0.1) & (between < 0.9)).any()


def test_a_mask_can_be_cloned_too() -> None:
    values = np.zeros((512, 512), np.float16)
    values[:, 300:] = 1
    stroke = Stroke.on_mask(replaced(CLONE, hardness=1.0), 1.0, Mask.from_pixels(values), offset=(200, 0))
    for place in line(100.0, 200.0):
        stroke.add(*place)
    stroke.finish()
    assert stroke.mask().read(AREA)[250, 120:180].min() == 1
    assert stroke.mask().read(AREA)[250, :60].max() == 0


# ---- clone and modes


def test_a_clone_takes_from_its_offset() -> None:
    random = np.random.default_rng(5).random((512, 512, 4)).astype(np.float32)
    random[..., 3] = 1
    brush = replaced(CLONE, size=60.0, hardness=1.0, smoothing=0.0)
    found = drawn(Stroke(brush, BLACK, Surface.from_pixels(random), offset=(-40, 100)), line()).read(AREA)
    np.testing.assert_allclose(found[230:270, 100:400], random[330:370, 60:360], atol=1e-6)
    np.testing.assert_array_equal(found[300:], random[300:])


def test_a_clone_from_another_source_leaves_what_is_transparent_there() -> None:
    def source(rect: Rect) -> np.ndarray:
        pixels = np.zeros((rect.height, rect.width, 4), np.float16)
        pixels[:, max(0, 250 - rect.left) :] = (0, 0.5, 0, 0.5)
        return pixels

    found = drawn(Stroke(replaced(CLONE, hardness=1.0), BLACK, white(), source=source), line()).read(AREA)
    np.testing.assert_array_equal(found[250, 100], (1, 1, 1, 1))
    np.testing.assert_allclose(found[250, 350], (0.5, 1.0, 0.5, 1.0), atol=1e-3)


@pytest.mark.parametrize("mode", [mode for mode in BrushBlend.__args__ if mode != "normal"])
def test_a_blend_mode_of_the_brush_is_that_of_a_layer(mode: str) -> None:
    base = np.empty((512, 512, 4), np.float32)
    base[...] = (0.3, 0.5, 0.2, 0.8)
    brush = replaced(HARD, size=60.0, opacity=0.6, blend=mode)
    found = drawn(Stroke(brush, (0.7, 0.2, 0.4), Surface.from_pixels(base)), line()).read(AREA)
    top = np.array([[0.7 * 0.6, 0.2 * 0.6, 0.4 * 0.6, 0.6]], np.float32)
    wanted = BLEND_MODES[mode].composite(base[:1, 0], top)
    np.testing.assert_allclose(found[250, 250], wanted[0], atol=2e-4)
    np.testing.assert_array_equal(found[:200], base[:200])
    locked = drawn(Stroke(brush, (0.7, 0.2, 0.4), Surface.from_pixels(base), alpha_lock=True), line()).read(
        AREA
    )
    np.testing.assert_array_equal(locked[..., 3], base[..., 3])


def test_a_tool_brings_its_own_effect_on_pixels_or_on_coverage() -> None:
    def inverted(pixels: np.ndarray, weight: np.ndarray, dab: Dab) -> np.ndarray:
        return pixels + weight[..., None] * (np.array([0, 0, 0, 1], np.float32) - pixels)

    by_dab = drawn(Stroke(HARD, BLACK, white(), effect=inverted), line()).read(AREA)
    np.testing.assert_allclose(by_dab[250, 250], (0, 0, 0, 1), atol=1e-5)
    halved = drawn(
        Stroke(replaced(HARD, opacity=0.5), BLACK, white(), blend=lambda old, c: old * (1 - c[..., None])),
        line(),
    ).read(AREA)
    np.testing.assert_allclose(halved[250, 250], 0.5, atol=1e-5)


# ---- symmetry and wrap


@pytest.mark.parametrize(
    ("symmetry", "copies"),
    [
        (Symmetry(mirror=True, x=256, y=256), 2),
        (Symmetry(mirror=True, mirror_across=True, x=256, y=256), 4),
        (Symmetry(folds=5, x=256, y=256), 5),
        (Symmetry(folds=6, mirror=True, x=256, y=256), 12),
        (Symmetry(folds=2, mirror=True, mirror_across=True, x=256, y=256), 4),
    ],
)
def test_symmetry_gives_each_copy_once_the_identity_first(symmetry: Symmetry, copies: int) -> None:
    found = images(symmetry)
    assert len(found) == copies
    assert found[0] == pytest.approx((1, 0, 0, 1, 0, 0))


def test_a_mirrored_stroke_is_the_mirror_image() -> None:
    brush = Brush(tip="image", tips=(arrow(),), size=40.0, angle=25.0, spacing=0.2, smoothing=0.0)
    places = [(100 + 3.0 * i, 120 + 2.0 * i, 1.0, i * 0.01) for i in range(30)]
    both = cover(brush, places, images=images(Symmetry(mirror=True, x=256, y=0)))
    assert both[:, 256:].sum() == pytest.approx(both[:, :256].sum(), rel=1e-2)
    assert np.quantile(np.abs(both - both[:, ::-1]), 0.999) < 0.3
    assert np.abs(both - both[:, ::-1]).mean() < 2e-3


def test_each_copy_of_a_smudging_stroke_carries_its_own_paint() -> None:
    pixels = np.zeros((512, 512, 4), np.float32)
    pixels[..., 3] = 1
    pixels[:256, :, 0] = 1
    pixels[256:, :, 2] = 1
    stroke = Stroke(
        replaced(SMUDGE, smoothing=0.0), BLACK, Surface.from_pixels(pixels),
        images=images(Symmetry(mirror_across=True, x=0, y=256)),
    )  # fmt: skip
    found = drawn(stroke, [(x, 120.0, p, t) for x, _, p, t in line()]).read(AREA)
    np.testing.assert_array_equal(found, pixels)


@pytest.mark.parametrize("brush", [HARD, replaced(SMUDGE, smoothing=0.0), replaced(HARD, size=6.0)])
def test_a_stroke_over_the_edge_of_a_tiling_picture_comes_back_at_the_other_side(brush: Brush) -> None:
    noise = np.random.default_rng(1).random((256, 256, 4)).astype(np.float32)
    noise[..., 3] = 1
    wrap = Wrap(Rect(0, 0, 256, 256))
    near_edge = [(200 + 4.0 * i, 128.0, 1.0, i * 0.01) for i in range(25)]
    found = drawn(Stroke(brush, BLACK, Surface.from_pixels(noise), wrap=wrap, seed=1), near_edge)
    assert set(found.tiles) == {(0, 0)}
    rolled = Surface.from_pixels(np.roll(noise, -128, axis=1))
    moved = drawn(
        Stroke(brush, BLACK, rolled, wrap=wrap, seed=1), [(x - 128, y, p, t) for x, y, p, t in near_edge]
    )
    square = Rect(0, 0, 256, 256)
    np.testing.assert_allclose(np.roll(found.read(square), -128, axis=1), moved.read(square), atol=1e-5)
    assert (found.read(square)[120:136, :30] != noise[120:136, :30]).any()


def test_stamps_of_one_shape_are_made_once() -> None:
    stamps = Stamps(SOFT, 0.5)
    one, left, top = stamps.at(Dab(10.1, 20.1, 12.0, hardness=0.3))
    two, right, down = stamps.at(Dab(15.12, 26.1, 12.0, hardness=0.3))
    assert one is two
    assert (right - left, down - top) == (5, 6)
    assert one.keep is not None
    np.testing.assert_allclose(one.keep, 1 - 0.5 * one.cover)
