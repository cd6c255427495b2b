"""Every pattern: one field, whatever part of it is looked at, how finely, in which tile; and the laws of each."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from scipy import stats

from studio import recipe
from studio.filters import FILTERS
from studio.raster import random
from studio.raster.blue_noise import SIDE
from studio.raster.geometry import Rect
from studio.render.fills import FILLS
from studio.synthesis import PATTERNS, Pattern, fields, lattice, materials, periodic
from studio.synthesis.fills import FILL_KINDS
from studio.synthesis.lattice import Lattice, View
from studio.synthesis.pattern_parameters import GREY
from studio.synthesis.spectrum import spectrum

SEEDS = range(20)
WHOLE = Rect(-40, -30, 260, 210)
each = pytest.mark.parametrize("pattern", PATTERNS.values(), ids=list(PATTERNS))
tiling = [pattern for pattern in PATTERNS.values() if "tile_x" in pattern.parameters.__struct_fields__]
each_tiling = pytest.mark.parametrize("pattern", tiling, ids=[pattern.name for pattern in tiling])
timed = [pattern for pattern in PATTERNS.values() if "time" in pattern.parameters.__struct_fields__]
each_timed = pytest.mark.parametrize("pattern", timed, ids=[pattern.name for pattern in timed])


def with_values(pattern: Pattern, **values: Any) -> Any:
    known = {name: value for name, value in values.items() if name in pattern.parameters.__struct_fields__}
    return msgspec.structs.replace(pattern.parameters(), **known)


def plain(p: float) -> bool:
    return 0.001 <= p <= 0.999


@each
def test_a_pattern_is_a_maker_and_a_fill_and_says_what_it_is(pattern: Pattern) -> None:
    assert pattern.name not in FILTERS
    assert pattern.name in FILLS
    assert len(pattern.description.split()) > 12
    struct = FILL_KINDS[pattern.name].parameters
    assert {one.name for one in recipe.parameters(struct)} - {
        one.name for one in recipe.parameters(pattern.parameters)
    } == {"seed"}
    assert recipe.from_plain(struct, msgspec.to_builtins(struct())) == struct()


@each
@pytest.mark.parametrize("time", [0.0, 0.37])
def test_every_crop_and_tile_shows_the_same_field(pattern: Pattern, time: float) -> None:
    parameters = with_values(pattern, time=time)
    whole = pattern.paint(parameters, 5, View(WHOLE))
    assert np.isfinite(whole).all()
    for part in (
        Rect(0, 0, 64, 64),
        Rect(-40, 13, -39, 14),
        Rect(17, -30, 260, -29),
        Rect(101, 77, 190, 209),
    ):
        got = pattern.paint(parameters, 5, View(part))
        inner = part.move(-WHOLE.left, -WHOLE.top)
        np.testing.assert_array_equal(got, whole[inner.top : inner.bottom, inner.left : inner.right])


@each
def test_the_seed_makes_another_field(pattern: Pattern) -> None:
    one, same, other = (
        pattern.paint(pattern.parameters(), seed, View(Rect(0, 0, 64, 64))) for seed in (5, 5, 6)
    )
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).mean() > 0.01


@each
def test_ten_times_the_size_is_the_same_field_seen_ten_times_finer(pattern: Pattern) -> None:
    """What an export ten times as large shows, and that its means are what the small picture shows."""
    parameters = pattern.parameters()
    large = with_values(pattern, size=parameters.size * 10)  # type: ignore[attr-defined]
    if "line" in pattern.parameters.__struct_fields__:
        large = msgspec.structs.replace(large, line=parameters.line * 10)  # type: ignore[attr-defined]
    rect = Rect(200, 300, 400, 500)
    fine = pattern.paint(parameters, 3, View(rect, 0.1))
    np.testing.assert_allclose(pattern.paint(large, 3, View(rect)), fine, atol=2e-3)
    coarse = pattern.paint(parameters, 3, View(Rect(20, 30, 40, 50)))
    averaged = fine.reshape(20, 10, 20, 10, 4).mean((1, 3))
    assert np.abs(averaged - coarse).mean() < 0.02


@each
@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_of_the_fill_is_level_0_averaged(pattern: Pattern, level: int) -> None:
    parameters = msgspec.to_builtins(FILL_KINDS[pattern.name].parameters(seed=3))
    side = 256 >> level
    fine = FILLS[pattern.name](parameters, Rect(256, 0, 512, 256), 0)
    coarse = FILLS[pattern.name](parameters, Rect(side, 0, 2 * side, side), level)
    averaged = fine.reshape(side, 1 << level, side, 1 << level, 4).mean((1, 3))
    assert np.abs(averaged - coarse).mean() < 0.03


@each_tiling
def test_a_tile_repeats_without_a_seam(pattern: Pattern) -> None:
    parameters = with_values(pattern, tile_x=300.0, tile_y=200.0, size=min(pattern.parameters().size, 64.0))  # type: ignore[attr-defined]
    here, right, below = (
        pattern.paint(parameters, 3, View(Rect(x, y, x + 60, y + 50)))
        for x, y in ((-30, -25), (270, -25), (-30, 175))
    )
    np.testing.assert_allclose(right, here, atol=2e-3)
    np.testing.assert_allclose(below, here, atol=2e-3)
    # Neighbours across the border are as alike as neighbours inside.
    tile = pattern.paint(parameters, 3, View(Rect(0, 0, 300, 200)))[..., :3]
    across = np.abs(tile[:, 0] - tile[:, -1]).mean()
    inside = np.abs(np.diff(tile, axis=1)).mean((0, 2))
    assert inside.min() * 0.5 <= across <= inside.max() * 1.5


@each_timed
def test_time_is_a_third_axis(pattern: Pattern) -> None:
    view = View(Rect(0, 0, 64, 64))
    frames = [pattern.paint(with_values(pattern, time=time), 3, view) for time in (0.5, 0.52, 2.5)]
    if pattern.name != "blue-noise":
        assert np.abs(frames[0] - frames[1]).mean() < 0.1
    assert np.abs(frames[0] - frames[2]).mean() > 0.02
    if "loop" in pattern.parameters.__struct_fields__:
        again = [pattern.paint(with_values(pattern, time=time, loop=4), 3, view) for time in (0.7, 4.7)]
        np.testing.assert_allclose(again[0], again[1], atol=1e-4)


@each
def test_colours_are_those_of_the_gradient(pattern: Pattern) -> None:
    if "stops" not in pattern.parameters.__struct_fields__:
        return
    stops = ((0.0, 1.0, 0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 1.0, 1.0))
    view = View(Rect(0, 0, 40, 40))
    values = np.clip(pattern.values(with_values(pattern, stops=GREY), 3, view), 0, 1)
    made = pattern.paint(with_values(pattern, stops=stops), 3, view)
    np.testing.assert_allclose(made[..., 3], values, atol=2e-4)
    np.testing.assert_allclose(made[..., 2], values, atol=2e-4)
    assert not made[..., 0].any()


@pytest.mark.parametrize("name", ["perlin", "simplex", "fbm", "warped", "plasma"])
def test_mean_and_sigma_are_those_asked_for(name: str) -> None:
    pattern = PATTERNS[name]
    parameters = with_values(pattern, size=8.0, mean=0.4, sigma=0.1, octaves=2)
    found = [pattern.values(parameters, seed, View(Rect(0, 0, 256, 256))) for seed in range(4)]
    # Octaves whose cells come near to a pixel are faded, so that little less is left.
    assert np.mean(found) == pytest.approx(0.4, abs=0.01)
    assert np.std(found) == pytest.approx(0.1, rel=0.12)


@pytest.mark.parametrize("noise", [lattice.perlin, lattice.simplex])
def test_gradient_noise_has_standard_deviation_1(noise) -> None:
    made = [
        noise(Lattice(seed=seed, stream=1, size=7.3, even=True, time=seed / 8), View(Rect(0, 0, 400, 400)))
        for seed in SEEDS
    ]
    assert np.mean(made) == pytest.approx(0, abs=0.01)
    assert np.std(made) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lattice_is_uniform_and_normal_where_it_says_so(seed: int) -> None:
    grid = Lattice(seed=seed, stream=2, size=1.0)
    columns, rows = np.arange(-50, 50)[None, :], np.arange(-50, 50)[:, None]
    words = grid.words(columns, rows, 0)
    for word in words:
        assert plain(stats.kstest(word.ravel(), "uniform").pvalue)
    assert abs(np.corrcoef(words[0].ravel(), words[1].ravel())[0, 1]) < 0.04
    later = grid.words(columns, rows, 1)[0]
    assert abs(np.corrcoef(words[0].ravel(), later.ravel())[0, 1]) < 0.04


@pytest.mark.parametrize("seed", SEEDS)
def test_voronoi_colours_are_uniform(seed: int) -> None:
    """One pixel for every ninth cell: their numbers are independent."""
    parameters = with_values(PATTERNS["voronoi"], size=4.0)
    values = materials.voronoi_field(parameters, seed, View(Rect(0, 0, 60, 60), 12.0))
    near = materials.nearest(Lattice(seed=seed, stream=1, size=1.0), View(Rect(0, 0, 60, 60), 3.0), 1.0)
    assert plain(stats.kstest(near.own_first.ravel(), "uniform").pvalue)
    assert np.isfinite(values).all()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("gain", [0.5, 0.7])
def test_the_spectrum_of_fractal_noise_falls_as_stated(seed: int, gain: float) -> None:
    """As f^(2 log₂ g − 2), between the largest cells and the smallest."""
    parameters = with_values(PATTERNS["fbm"], size=128.0, octaves=7, gain=gain)
    found = spectrum(fields.fbm_field(parameters, seed, View(Rect(0, 0, 512, 512))), low=0.02, high=0.2)
    assert found.slope == pytest.approx(2 * np.log2(gain) - 2, abs=0.35)


def test_the_spectrum_of_plasma_falls_with_its_roughness() -> None:
    for hurst in (0.4, 0.9):
        parameters = with_values(PATTERNS["plasma"], size=128.0, roughness=hurst, channels="shared")
        slopes = [
            spectrum(
                fields.plasma_field(parameters, seed, View(Rect(0, 0, 512, 512)))[..., 0], low=0.02, high=0.15
            ).slope
            for seed in range(4)
        ]
        assert np.mean(slopes) == pytest.approx(-2 * hurst - 2, abs=0.4)


def test_perlin_noise_at_points_is_that_on_the_grid() -> None:
    view = View(Rect(-30, 20, 70, 90), 0.7)
    grid = Lattice(seed=4, stream=3, size=9.0, time=0.3, tile=(120.0, 80.0))
    at = lattice.perlin_at(grid, *np.meshgrid(view.x, view.y))
    np.testing.assert_allclose(at, lattice.perlin(grid, view), atol=1e-5)


def test_one_point_of_perlin_noise_from_its_description() -> None:
    grid = Lattice(seed=4, stream=0, size=10.0)
    x, y = 3.5, 7.5
    counter = tuple(np.array([value]) for value in (0, 0, 0, 0))
    total = 0.0
    for right in (0, 1):
        for below in (0, 1):
            words = random.philox((counter[0] + right, counter[1] + below, counter[2], counter[3]), 4)
            angle = 2 * np.pi * (float(words[0][0] >> np.uint64(9)) + 0.5) / 2**23
            way = x / 10 - right, y / 10 - below
            smooth = [t**3 * (t * (t * 6 - 15) + 10) for t in (1 - abs(way[0]), 1 - abs(way[1]))]
            total += smooth[0] * smooth[1] * (np.cos(angle) * way[0] + np.sin(angle) * way[1])
    got = lattice.perlin(grid, View(Rect(3, 7, 4, 8)))[0, 0]
    assert got == pytest.approx(total / lattice.perlin_spread(), abs=1e-5)


def test_worley_distances_are_those_to_the_nearest_points() -> None:
    grid, view = Lattice(seed=4, stream=0, size=16.0), View(Rect(0, 0, 100, 90))
    near = materials.nearest(grid, view, 1.0)
    columns, rows = np.arange(-3, 10), np.arange(-3, 10)
    x, y, own, _ = grid.words(columns[None, :], rows[:, None], 0)
    points = np.stack([(x + columns[None, :]) * 16, (y + rows[:, None]) * 16], -1).reshape(-1, 2)
    away = np.hypot(view.x[None, :, None] - points[:, 0], view.y[:, None, None] - points[:, 1]) / 16
    order = np.argsort(away, -1)
    closest = np.take_along_axis(away, order, -1)
    np.testing.assert_allclose(near.first, closest[..., 0], atol=1e-5)
    assert (np.abs(near.second - closest[..., 1]) < 1e-5).mean() > 0.99
    np.testing.assert_array_equal(near.own_first, own.ravel()[order[..., 0]])


def test_voronoi_edges_are_smooth_and_lines_have_their_width() -> None:
    smooth = materials.voronoi_field(
        with_values(PATTERNS["voronoi"], size=32.0), 2, View(Rect(0, 0, 256, 256))
    )
    values, counts = np.unique(smooth, return_counts=True)
    assert 0.02 < counts[counts == 1].sum() / smooth.size < 0.2
    assert len(values) > 500
    lined = with_values(PATTERNS["voronoi"], size=64.0, disorder=0.0, line=6.0)
    row = materials.voronoi_field(lined, 2, View(Rect(0, 0, 640, 640)))
    assert (row == 0).mean() == pytest.approx(2 * 6 / 64, rel=0.25)


def test_curl_noise_has_no_sources() -> None:
    """The divergence, by central differences, is nothing beside the slopes themselves."""
    parameters = with_values(PATTERNS["curl"], size=64.0, octaves=2)
    across, down = fields.curl(parameters, 3, View(Rect(0, 0, 400, 400), 0.25))
    slope_x = (across[1:-1, 2:] - across[1:-1, :-2]) / 2
    slope_y = (down[2:, 1:-1] - down[:-2, 1:-1]) / 2
    assert np.abs(slope_x + slope_y).mean() < 0.01 * np.abs(slope_x).mean()


def test_curl_noise_goes_along_the_contours() -> None:
    parameters, view = with_values(PATTERNS["curl"], size=64.0, octaves=1), View(Rect(0, 0, 200, 200), 0.5)
    across, down = fields.curl(parameters, 3, view)
    potential = lattice.perlin(fields.lattice_of(parameters, 3, 0x90000, 64.0), view).astype(np.float64)
    slope_y, slope_x = np.gradient(potential, 0.5 / 64)
    inner = np.s_[2:-2, 2:-2]
    np.testing.assert_allclose(across[inner], slope_y[inner], atol=0.05)  # type: ignore[index]
    np.testing.assert_allclose(down[inner], -slope_x[inner], atol=0.05)  # type: ignore[index]


@pytest.mark.parametrize("cover", [20.0, 55.0, 90.0])
def test_clouds_hide_their_share_of_the_sky(cover: float) -> None:
    parameters = with_values(PATTERNS["clouds"], size=24.0, cover=cover, octaves=4)
    values = PATTERNS["clouds"].values(parameters, 3, View(Rect(0, 0, 512, 512)))
    assert (values > 0).mean() == pytest.approx(cover / 100, abs=0.05)


@pytest.mark.parametrize("pattern", ["coral", "maze", "spots", "holes"])
def test_reactions_make_patterns_that_differ(pattern: str) -> None:
    made = periodic.reaction(2, pattern, 3000)
    assert made.std() > 0.1
    assert np.abs(made[0] - made[-1]).mean() < 3 * np.abs(np.diff(made, axis=0)).mean() + 1e-3


def test_blue_noise_is_uniform_at_every_time_and_changes() -> None:
    for time in (0.0, 1.0, 7.0):
        parameters = with_values(PATTERNS["blue-noise"], time=time)
        values = PATTERNS["blue-noise"].values(parameters, 3, View(Rect(0, 0, SIDE, SIDE)))
        assert stats.kstest(values.ravel(), "uniform").statistic < 1e-3
        found = spectrum(values, periodic=True, low=0.05, high=0.3)
        # What goes round from 1 to 0 puts a little of the edges' power below.
        low = found.power[found.frequency < 0.08].max() / values.var()
        assert low < (0.1 if time else 0.001)


@pytest.mark.parametrize(
    ("tile", "size", "grains"),
    [
        ((300.0, 200.0), 1, (150, 100)),
        ((509.0, 64.0), 1, (127, 64)),
        ((1000.0, 37.0), 16, (62, 2)),
        ((3.0, 1.0), 2, (2, 1)),
    ],
    ids=str,
)
def test_blue_noise_repeats_after_any_length(
    tile: tuple[float, float], size: int, grains: tuple[int, int]
) -> None:
    """As many grains as fit: the law stays uniform, no low frequencies, no seam, the same in any part and bit for bit."""
    pattern = PATTERNS["blue-noise"]
    parameters = with_values(pattern, tile_x=tile[0], tile_y=tile[1], size=size)
    wide, high = int(tile[0]), int(tile[1])
    made = pattern.values(parameters, 3, View(Rect(0, 0, wide, high)))
    far = pattern.values(parameters, 3, View(Rect(-3 * wide, 5 * high, -2 * wide, 6 * high)))
    np.testing.assert_array_equal(made, far)
    assert len(np.unique(made)) == grains[0] * grains[1]
    if size == 1:
        assert stats.kstest(made.ravel(), "uniform").statistic < 0.02
        rolled = np.roll(made, (high // 2, wide // 2), (0, 1))[:64, : 64 * (wide // 64)]
        for values in (made[:64, : 64 * (wide // 64)], rolled):  # the seams in the middle of the second one
            power = np.abs(np.fft.fft2(values - values.mean())) ** 2
            low = np.hypot(*np.meshgrid(np.fft.fftfreq(values.shape[1]), np.fft.fftfreq(64))) < 0.06
            assert power[low].mean() < 0.2 * power.mean()


def test_a_loop_of_blue_noise_closes_and_keeps_its_law() -> None:
    pattern = PATTERNS["blue-noise"]
    view = View(Rect(0, 0, SIDE, SIDE))
    for time in (0.0, 0.4, 2.9):
        values = pattern.values(with_values(pattern, time=time, loop=3), 3, view)
        assert stats.kstest(values.ravel(), "uniform").statistic < 1e-3
    first = pattern.values(with_values(pattern, loop=3), 3, view)
    last = pattern.values(with_values(pattern, loop=3, time=3 - 1e-5), 3, view)
    away = np.abs(first - last)
    assert np.minimum(away, 1 - away).max() < 1e-3
    plain = pattern.values(with_values(pattern, time=1.7), 3, view)
    np.testing.assert_array_equal(plain, pattern.values(with_values(pattern, time=1.0), 3, view))


def test_white_noise_is_shaped_by_nothing() -> None:
    """The makers of uniform and normal numbers: a flat spectrum over 20 seeds."""
    slopes = [spectrum(random.normal(seed, Rect(0, 0, 256, 256))[..., 0]).slope for seed in SEEDS]
    assert np.mean(slopes) == pytest.approx(0, abs=0.03)
    assert np.abs(slopes).max() < 0.35
