"""Everything drawn by a rule: the same drawing in any part, at any scale; strokes, fractals and plants by their laws."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import pytest

from studio import api, recipe
from studio.filters import FILTERS
from studio.raster.geometry import Rect
from studio.render.fills import FILLS
from studio.synthesis import (
    MAKERS,
    PATTERNS,
    SCENES,
    Scene,
    escape,
    growth,
    scroll,
    shanshui,
    similar,
    streams,
)
from studio.synthesis.fills import FILL_KINDS
from studio.synthesis.lattice import View
from studio.synthesis.plants import DEPTHS
from studio.synthesis.strokes import Strokes, collected, drawn, joined
from tests.long_form import thinned

SIDE = 96
each = pytest.mark.parametrize("scene", SCENES.values(), ids=list(SCENES))
VARIANTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("landscape", {"style": "blue-green", "season": "autumn"}),
    ("landscape", {"style": "dusk", "season": "spring", "night": 40.0}),
    ("landscape", {"style": "snow", "mist": 0.0, "paper": 0.0, "sun": 0.0}),
    ("landscape", {"style": "night", "mist": 100.0, "ridges": 100.0, "water": 0.0, "season": "winter"}),
    *(("plant", {"kind": kind, "stems": 2, "depth": -2}) for kind in growth.GRAMMARS),
    ("flow-lines", {"coloured": "direction", "filled": False}),
    ("flow-lines", {"coloured": "chance", "turbulence": 0.0}),
    ("escape-time", {"formula": "julia", "zoom": 1.0}),
    ("escape-time", {"formula": "burning-ship", "samples": 1}),
    *(("self-similar", {"figure": figure, "detail": 0.02}) for figure in similar.SYSTEMS),
)
"""Other choices than the usual ones."""
PLACES = ((20, 20), (60, 48), (80, 30))
GOLDEN = {
    "landscape@1": [
        [0.93646, 0.88203, 0.80879, 1.00000],
        [0.76896, 0.76337, 0.73822, 1.00000],
        [0.80563, 0.79913, 0.77148, 1.00000],
    ],
    "plant@1": [
        [0.08526, 0.11003, 0.05453, 0.28166],
        [0.19000, 0.14000, 0.12000, 1.00000],
        [0.00000, 0.00000, 0.00000, 0.00000],
    ],
    "flow-lines@1": [
        [0.91272, 0.62822, 0.39195, 1.00000],
        [0.89786, 0.62062, 0.41144, 1.00000],
        [0.58095, 0.65853, 0.62568, 1.00000],
    ],
    "escape-time@1": [
        [0.92619, 0.67499, 0.30702, 1.00000],
        [0.04705, 0.17525, 0.33964, 1.00000],
        [0.35346, 0.40732, 0.38427, 1.00000],
    ],
    "self-similar@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.07651, 0.17737, 0.07982, 0.46845],
        [0.00000, 0.00000, 0.00000, 0.00000],
    ],
}
"""Pixels at PLACES (y, x) with seed 5; new pixels need a new version."""


def fitted(scene: Scene, side: float = SIDE, **values: Any) -> Any:
    return msgspec.structs.replace(scene.fitted(scene.parameters(), int(side), int(side)), **values)


def painted(scene: Scene, rect: Rect, pixel: float = 1.0, seed: int = 5, **values: Any) -> np.ndarray:
    return scene.paint(fitted(scene, **values), seed, View(rect, pixel))


@each
def test_a_scene_is_a_maker_and_a_fill_and_says_what_it_is(scene: Scene) -> None:
    assert scene.name not in FILTERS and scene.name not in PATTERNS
    assert scene.name in FILLS and MAKERS[scene.name].name == scene.name
    assert len(scene.description.split()) > 30
    struct = FILL_KINDS[scene.name].parameters
    assert {one.name for one in recipe.parameters(struct)} - {
        one.name for one in recipe.parameters(scene.parameters)
    } == {"seed"}
    assert recipe.from_plain(struct, msgspec.to_builtins(struct())) == struct()
    for one in recipe.parameters(scene.parameters):
        assert one.title != one.name


@each
def test_every_crop_shows_the_same_drawing(scene: Scene) -> None:
    whole = Rect(-20, -10, 110, 105)
    made = painted(scene, whole)
    assert made.dtype == np.float32 and np.isfinite(made).all()
    assert made.min() >= 0 and made.max() <= 1 + 1e-6
    for part in (Rect(0, 0, 64, 64), Rect(17, -10, 18, 105), Rect(-20, 66, 110, 67), Rect(31, 43, 99, 101)):
        inner = part.move(20, 10)
        np.testing.assert_array_equal(
            painted(scene, part), made[inner.top : inner.bottom, inner.left : inner.right]
        )


@pytest.mark.parametrize("variant", thinned(VARIANTS, 2))
def test_other_choices_are_drawn_in_any_part_as_well(variant: tuple[str, dict[str, Any]]) -> None:
    name, values = variant
    scene = SCENES[name]
    made = painted(scene, Rect(0, 0, SIDE, SIDE), **values)
    assert np.isfinite(made).all() and made.std() > 0.005
    part = painted(scene, Rect(29, 30, 94, 93), **values)
    np.testing.assert_array_equal(part, made[30:93, 29:94])
    plain = painted(scene, Rect(0, 0, SIDE, SIDE))
    assert np.abs(made - plain).mean() > 1e-3


@each
def test_the_seed_makes_another_drawing_and_the_same_seed_the_same(scene: Scene) -> None:
    rect = Rect(0, 0, SIDE, SIDE)
    one, same, other = (painted(scene, rect, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).mean() > 0.004


@each
def test_ten_times_the_size_is_the_same_drawing_ten_times_as_large(scene: Scene) -> None:
    rect = Rect(400, 500, 560, 660)
    values = fitted(scene)
    large = msgspec.structs.replace(values, size=SIDE * 10.0, x=SIDE * 5.0, y=SIDE * 5.0)
    fine = scene.paint(values, 3, View(rect, 0.1))
    np.testing.assert_allclose(scene.paint(large, 3, View(rect)), fine, atol=2e-2)
    assert np.abs(scene.paint(large, 3, View(rect)) - fine).mean() < 1e-3


@each
@pytest.mark.parametrize("level", [1, 2])
def test_a_level_of_the_fill_is_level_0_averaged(scene: Scene, level: int) -> None:
    kind = FILL_KINDS[scene.name].parameters
    values = scene.fitted(kind(seed=3), 256, 256)  # type: ignore[call-arg]
    plain, side = msgspec.to_builtins(values), 256 >> level
    fine = FILLS[scene.name](plain, Rect(0, 0, 256, 256), 0)
    coarse = FILLS[scene.name](plain, Rect(0, 0, side, side), level)
    averaged = fine.reshape(side, 1 << level, side, 1 << level, 4).mean((1, 3))
    # Where every pixel holds another colour, four points of it say less than all.
    assert np.abs(averaged - coarse).mean() < (0.08 if scene.name == "escape-time" else 0.035)


@each
def test_pixels_of_this_version(scene: Scene) -> None:
    made = painted(scene, Rect(0, 0, SIDE, SIDE))
    key = f"{scene.name}@{scene.version}"
    np.testing.assert_allclose([made[y, x] for y, x in PLACES], GOLDEN[key], atol=2 / 1024)


@each
@pytest.mark.parametrize("size", thinned([(1, 37), (1, 1), (40, 1)], 3), ids=str)
def test_the_smallest_pictures(scene: Scene, size: tuple[int, int]) -> None:
    artwork = api.make(scene.name, *size)
    assert (artwork.width, artwork.height) == size
    assert np.isfinite(api.flatten(artwork)).all()
    with pytest.raises(ValueError, match="at least 1"):
        scene.maker.make(0, 5, scene.parameters(), 0)


def test_a_tile_of_a_tiny_drawing_holds_nothing_that_cannot_be_seen() -> None:
    """A tile lies around a picture of 1 × 1, too: hundreds of scrolls, of which no tree is as large as a pixel."""
    shanshui.staffage.cache_clear()
    landscape = SCENES["landscape"]
    whole = landscape.paint(landscape.fitted(landscape.parameters(), 1, 1), 3, View(Rect(0, 0, 256, 256)))
    assert np.isfinite(whole).all() and shanshui.staffage.cache_info().misses == 0
    landscape.paint(landscape.fitted(landscape.parameters(), 32, 32), 3, View(Rect(0, 0, 32, 32)))
    assert shanshui.staffage.cache_info().misses == 1
    flow: streams.Streams = SCENES["flow-lines"].parameters()  # type: ignore[assignment]
    tiny = streams.sparser(SCENES["flow-lines"].fitted(flow, 1, 1), 1.0)
    assert streams.steps_of(tiny, 1.0) == streams.FEWEST
    usual = SCENES["flow-lines"].fitted(flow, 512, 512)
    assert streams.steps_of(usual, 1.0) == streams.steps_of(
        SCENES["flow-lines"].fitted(flow, 4096, 4096), 1.0
    )


@each
def test_values_outside_their_range_are_refused(scene: Scene) -> None:
    for parameter in recipe.parameters(scene.parameters):
        if parameter.kind in ("switch", "colour"):
            continue
        value: Any = "no such choice" if parameter.high is None else parameter.high + 1
        with pytest.raises(recipe.RecipeError, match=parameter.name):
            painted(scene, Rect(0, 0, 4, 4), **{parameter.name: value})


def test_a_made_picture_is_filled_and_a_given_place_is_kept() -> None:
    whole = api.flatten(api.make("plant", 90, 60, seed=2))
    rows = np.flatnonzero(whole[..., 3].any(1))
    assert rows[0] < 8 and rows[-1] > 55
    small = api.flatten(api.make("plant", 90, 60, seed=2, size=20.0))
    rows = np.flatnonzero(small[..., 3].any(1))
    assert rows[-1] - rows[0] < 24


# ---- strokes


def bar(*points: float, radius: float = 3.0, colour=(1.0, 0.0, 0.0, 1.0), number: int = 0) -> tuple[Any, ...]:
    return (*points, radius, radius, *colour, number)


def test_a_stroke_covers_its_area() -> None:
    strokes = collected([bar(10.3, 20.2, 50.7, 33.1, radius=4.0)])
    cover = drawn(strokes, View(Rect(0, 0, 70, 60)))[..., 3]
    expected = 8 * np.hypot(50.7 - 10.3, 33.1 - 20.2) + np.pi * 16
    assert cover.sum() == pytest.approx(expected, rel=0.005)
    assert cover[27, 30] == 1 and cover[2, 2] == 0


def test_a_line_finer_than_a_pixel_loses_opacity_not_width() -> None:
    for radius in (0.05, 0.2, 0.4):
        cover = drawn(collected([bar(10.0, 20.5, 60.0, 20.5, radius=radius)]), View(Rect(0, 0, 70, 40)))[
            ..., 3
        ]
        assert cover[:, 30].sum() == pytest.approx(2 * radius, rel=0.02)


def test_joints_of_one_stroke_do_not_show_and_strokes_lie_over_each_other() -> None:
    half = (1.0, 0.0, 0.0, 0.5)
    one = collected([bar(10, 20, 30, 20, colour=half), bar(30, 20, 50, 20, colour=half)])
    np.testing.assert_allclose(drawn(one, View(Rect(0, 0, 60, 40)))[20, 15:45, 3], 0.5, atol=1e-6)
    two = joined(collected([bar(10, 20, 50, 20)]), collected([bar(30, 10, 30, 30, colour=(0, 0, 1, 0.5))]))
    made = drawn(two, View(Rect(0, 0, 60, 40)))
    np.testing.assert_allclose(made[20, 30], (0.5, 0, 0.5, 1), atol=1e-6)
    np.testing.assert_allclose(made[20, 15], (1, 0, 0, 1), atol=1e-6)


def test_no_strokes_are_nothing_over_the_ground() -> None:
    ground = np.full((5, 7, 4), 0.25, np.float32)
    none = collected([])
    np.testing.assert_array_equal(drawn(none, View(Rect(0, 0, 7, 5)), ground), ground)
    assert len(joined(none, none)) == 0


# ---- fractals


def test_points_of_the_mandelbrot_set_are_known() -> None:
    points = np.array([0, -1, -1.9999, 0.25, 0.3, 1.0, 2.0]), np.array([0.0, 0, 0, 0, 0, 0, 1])
    count = escape.counted(escape.Escape(iterations=500), *points)
    assert (count[:4] == -1).all() and (count[4:] >= 0).all()
    assert count[4] > count[5] > count[6]


def test_the_count_is_smooth_and_that_of_the_formula() -> None:
    parameters = escape.Escape(iterations=300)
    x = np.linspace(0.26, 0.9, 2000)
    count = escape.counted(parameters, x, np.zeros_like(x))
    assert np.abs(np.diff(count[200:])).max() < 0.2
    z, c, n = 0.9 + 0j, 0.9, 0
    while abs(z) <= 256:
        z, n = z * z + c, n + 1
    expected = n + 1 - np.log2(np.log(abs(z)) / np.log(256))
    assert count[-1] == pytest.approx(expected, abs=1e-9)


def test_a_julia_set_is_point_symmetric() -> None:
    made = painted(
        SCENES["escape-time"], Rect(0, 0, 64, 64), side=64, formula="julia", zoom=1.0, real=0.0, imaginary=0.0
    )
    np.testing.assert_allclose(made, made[::-1, ::-1], atol=0.02)


def test_copies_of_a_figure_are_those_of_its_maps() -> None:
    parameters = similar.Similar(figure="sierpinski", disorder=0.0, detail=0.13)
    maps, deep = similar.pieces(parameters, 0)
    assert len(maps) == 27 and (deep == 3).all()
    np.testing.assert_allclose(maps[:, 0, 0], 1 / 8)
    koch, _ = similar.pieces(similar.Similar(figure="koch", disorder=0.0, detail=0.012), 0)
    assert len(koch) == 4**5
    starts = koch[:, :, 2]
    ends = koch[:, :, 0] + starts
    np.testing.assert_allclose(ends[:-1], starts[1:], atol=1e-9)  # one unbroken curve


# ---- flow


def test_the_flow_has_no_sources_and_strokes_follow_it() -> None:
    parameters = streams.Streams(size=1.0, x=0.0, y=0.0, straight=0.0, turbulence=0.0, variety=0.0)
    strokes, _ = streams.block(parameters, 4, 0, 0, streams.steps_of(parameters, 1 / 512))
    ends = strokes.ends
    middle = (ends[:, :2] + ends[:, 2:]) / 2
    u, v = streams.velocity(parameters, 4, middle[None, :, 0], middle[None, :, 1])
    way = ends[:, 2:] - ends[:, :2]
    way /= np.hypot(*way.T)[:, None]
    along = way[:, 0] * u[0] + way[:, 1] * v[0]
    assert np.quantile(along, 0.05) > 0.98
    long = np.hypot(*(ends[:, 2:] - ends[:, :2]).T).reshape(-1, int((strokes.stroke == 0).sum())).sum(1)
    assert np.median(long) == pytest.approx(parameters.length, rel=0.02)


# ---- plants


@pytest.mark.parametrize("kind", growth.GRAMMARS)
def test_a_plant_is_as_high_as_wanted_and_older_ones_have_more_branches(kind: str) -> None:
    values = {"angle": 0.4, "jitter": 0.3, "ratio": 1.0, "width": 1.0}
    plants = [growth.grown(kind, 3, depth=DEPTHS[kind] + more, **values) for more in (-3, 0)]
    for plant in plants:
        assert (
            plant.ends[:, 1].min() > -0.5
            and max(plant.ends[:, 3].max(), plant.leaves[:, 3].max(initial=0)) <= 1 + 1e-9
        )
        assert (plant.radii > 0).all() and len(plant.ends) <= growth.MOST_SEGMENTS + 1
    assert len(plants[1].ends) >= len(plants[0].ends)


def test_branches_are_as_thick_as_what_they_carry() -> None:
    tree = growth.grown("tree", 3, depth=7, angle=0.4, jitter=0.0, ratio=1.0, width=1.0)
    finest, thickest = tree.radii[:, 1].min(), tree.radii[:, 1].max()
    tips = (thickest / finest) ** growth.DA_VINCI
    assert tips == pytest.approx(round(tips), abs=1e-6) and tips > 30
    assert thickest == pytest.approx(growth.GRAMMARS["tree"].stem / 2)


# ---- landscape


def test_the_scroll_goes_on_to_both_sides() -> None:
    scene = SCENES["landscape"]
    parts = [painted(scene, Rect(left, 0, left + 80, SIDE)) for left in (-900, -100, 800, 5000)]
    for one, other in pairwise(parts):
        assert np.abs(one - other).mean() > 0.01
    assert all(part[..., 3].min() == 1 for part in parts)


def test_mist_makes_feet_pale_and_night_darkens() -> None:
    scene, rect = SCENES["landscape"], Rect(0, 30, SIDE, 70)
    clear, misty = (painted(scene, rect, mist=mist, sun=0.0)[..., :3].mean() for mist in (0.0, 100.0))
    assert misty > clear + 0.05
    day, night = (
        painted(scene, Rect(0, 0, SIDE, SIDE), night=night)[..., :3].mean() for night in (0.0, 100.0)
    )
    assert night < 0.55 * day


def test_near_ridges_hide_far_ones_and_the_shore_is_where_it_is_said() -> None:
    values = scroll.Shanshui(water=50.0)
    u = np.linspace(-1, 1, 200)
    tops = [scroll.crest(values, 3, index, u) for index in range(scroll.RIDGES)]
    assert max(top.max() for top in tops) <= scroll.shoreline(values) + 1e-9
    assert min(top.min() for top in tops) > 0.05
    assert tops[-1].mean() > tops[4].mean()


def test_strokes_are_values() -> None:
    strokes = collected([bar(0, 0, 1, 1)])
    assert isinstance(strokes.placed(2, 3, 4), Strokes)
    np.testing.assert_allclose(strokes.placed(2, 3, 4).ends, [[3, 4, 5, 6]])
