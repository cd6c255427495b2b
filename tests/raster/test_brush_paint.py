"""What ink, wet paint and toning brushes lay down, and how far apart random dabs lie."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from studio.raster import laying, toning
from studio.raster.brush import Brush
from studio.raster.dynamics import Dynamic
from studio.raster.geometry import Rect
from studio.raster.hand import Sample
from studio.raster.path import Path
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.tip import Tip

BLACK = (0.0, 0.0, 0.0)
RED = (0.8, 0.2, 0.2)
AREA = Rect(0, 0, 320, 200)
INK = Brush(tip="ink", size=30.0, hardness=0.7, spacing=0.05, grain=0.4, smoothing=0.0, stabiliser="none")
WET = Brush(size=30.0, hardness=0.5, flow=0.6, smudge=0.4, smoothing=0.0, stabiliser="none")
replaced = msgspec.structs.replace


def clear() -> Surface:
    return Surface(dtype=np.float32)


def green() -> Surface:
    pixels = np.ones((AREA.height, AREA.width, 4), np.float32)
    pixels[..., :3] = (0.3, 0.7, 0.4)
    return Surface.from_pixels(pixels)


def line(pressure: float = 1.0) -> list[tuple[float, ...]]:
    return [(40.0 + 6 * step, 100.0, pressure, 0.01 * step) for step in range(41)]


def painted(
    brush: Brush,
    base: Surface | None = None,
    colour: tuple[float, ...] = BLACK,
    places: list[tuple[float, ...]] | None = None,
    **options: object,
) -> np.ndarray:
    stroke = Stroke(brush, colour, base or clear(), seed=3, **options)  # type: ignore[arg-type]
    for place in places or line():
        stroke.add(*place)
    stroke.finish()
    return stroke.surface().read(AREA).astype(np.float32)


# ink


def test_less_flow_leaves_less_ink_and_more_grain() -> None:
    cover = [painted(replaced(INK, flow=flow))[..., 3] for flow in (1.0, 0.1, 0.03)]
    assert cover[0].sum() > 1.05 * cover[1].sum() > 1.5 * cover[2].sum()
    inside = (slice(92, 108), slice(80, 240))
    assert cover[2][inside].std() > 2 * cover[0][inside].std()


def test_ink_has_a_shape_and_an_angle() -> None:
    dot = painted(replaced(INK, size=80.0, roundness=0.3, angle=35.0), places=[(150.0, 100.0, 1.0, 0.0)])[
        ..., 3
    ]
    y, x = np.nonzero(dot > 0.5)
    angle = math.degrees(0.5 * math.atan2(2 * np.cov(x, y)[0, 1], np.var(x) - np.var(y)))
    assert angle == pytest.approx(35, abs=4)
    assert (dot > 0.5).sum() == pytest.approx(math.pi * 40 * 12, rel=0.25)


def test_mirrored_ink_is_the_mirror_image() -> None:
    brush = replaced(INK, size=60.0, roundness=0.4, angle=30.0, grain=0.0)
    mirror = (-1.0, 0.0, 0.0, 1.0, 320.0, 0.0)
    both = painted(brush, places=[(80.0, 100.0, 1.0, 0.0)], images=[mirror])[..., 3]
    assert np.abs(both - both[:, ::-1]).mean() < 2e-3


def test_ink_changes_its_colour_from_dab_to_dab_and_covers_as_before() -> None:
    plain = painted(INK, colour=RED)
    strayed = painted(replaced(INK, jitter_hue=0.6, jitter_value=0.3), colour=RED)
    np.testing.assert_allclose(strayed[..., 3], plain[..., 3], atol=1e-5)
    inside = strayed[100, 60:260]
    colours = inside[:, :3] / inside[:, 3:]
    assert colours.std(0).max() > 0.03


def test_ink_keeps_to_its_softness_however_large_it_is() -> None:
    """Soft ink thins out over the share of its size that its hardness says, hard ink over a few pixels."""

    def rim(hardness: float) -> int:
        dot = painted(
            replaced(INK, size=180.0, hardness=hardness, grain=0.0), places=[(160.0, 100.0, 1.0, 0.0)]
        )
        row = dot[100, 160:, 3]
        return int(((row > 0.02) & (row < 0.98)).sum())

    assert rim(0.1) > rim(0.4) > rim(0.6) > rim(0.95)


# wet paint


@pytest.mark.parametrize(
    "fields", [{"blend": "multiply"}, {"wet_edges": 0.8}, {"opacity": 0.5}, {"blend": "screen"}]
)
def test_wet_paint_that_picks_up_next_to_nothing_is_plain_paint(fields: dict) -> None:
    dry, wet = (replaced(WET, smudge=smudge, **fields) for smudge in (0.0, 1e-6))
    np.testing.assert_allclose(painted(wet, green(), RED), painted(dry, green(), RED), atol=2e-5)


@pytest.mark.parametrize(
    "fields", [{"blend": "multiply"}, {"wet_edges": 1.0}, {"jitter_value": 0.8}, {"jitter_hue": 0.8}]
)
def test_wet_paint_has_blend_mode_edges_and_colours(fields: dict) -> None:
    assert np.abs(painted(replaced(WET, **fields), green(), RED) - painted(WET, green(), RED)).max() > 0.03


def test_wet_paint_covers_no_more_than_its_opacity() -> None:
    back_and_forth = [*line(), *reversed(line()), *line()]
    found = painted(replaced(WET, smudge=0.05, opacity=0.5), green(), RED, back_and_forth)
    middle = found[100, 160]
    assert middle[0] == pytest.approx(0.3 + 0.5 * (0.8 - 0.3), abs=0.03)


def test_wet_paint_keeps_locked_alpha_and_half_chosen_pixels_half() -> None:
    pixels = green().read(AREA).astype(np.float32)
    pixels[:, :160] *= 0.5
    locked = painted(WET, Surface.from_pixels(pixels), RED, alpha_lock=True)
    np.testing.assert_array_equal(locked[..., 3], pixels[..., 3])
    assert np.abs(locked - pixels).max() > 0.1


def test_a_wet_tip_brings_its_own_colours() -> None:
    tip = Tip.of(np.full((16, 16, 4), (0, 0, 255, 255), np.uint8))
    brush = replaced(WET, tip="image", tips=(tip,), smudge=0.2, flow=1.0)
    found = painted(brush, green(), RED)
    assert found[100, 160, 2] > 0.8
    assert found[100, 160, 0] < 0.2


# dodge, burn, sponge


def test_a_toning_brush_tones_without_a_tool() -> None:
    brush = replaced(WET, smudge=0.0, mode="dodge")
    lighter = painted(brush, green(), RED)
    np.testing.assert_array_equal(
        lighter, painted(brush, green(), RED, blend=toning.dodge(toning.USUAL_EXPOSURE, "midtones"))
    )
    before = green().read(AREA).astype(np.float32)
    assert (lighter[100, 160, :3] > before[100, 160, :3] + 0.02).all()
    assert (painted(replaced(brush, mode="burn"), green())[100, 160, :3] < before[100, 160, :3] - 0.02).all()
    assert (
        np.ptp(painted(replaced(brush, mode="sponge"), green())[100, 160, :3])
        < np.ptp(before[100, 160, :3]) - 0.03
    )
    assert not painted(brush).any(), "there is nothing to tone on an empty layer"


# distances


def distances(*dynamics: Dynamic, seed: int = 3) -> np.ndarray:
    path = Path(replaced(WET, size=40.0, spacing=0.1, dynamics=dynamics), seed)
    dabs = [*path.extend([Sample(*place) for place in line()]), *path.finish()]
    return np.diff(np.concatenate([one.x for one in dabs]))


def test_random_spacing_strews_dabs_along_the_path() -> None:
    even = distances()
    strewn = distances(Dynamic(parameter="spacing", sensor="random", low=0.5, high=2.0))
    assert even.std() < 0.01
    assert strewn.std() > 1.0
    assert strewn.min() >= 2.0 - 1e-6
    assert strewn.max() <= 8.0 + 1e-6
    assert strewn.mean() == pytest.approx(4.0 * 1.25, rel=0.15)
    assert len(distances(Dynamic(parameter="spacing", sensor="random", low=0.0, high=0.0))) <= 241 / 0.4


def test_random_spacing_is_the_same_one_by_one_and_at_once() -> None:
    brush = replaced(WET, dynamics=(Dynamic(parameter="spacing", sensor="random", low=0.3),))
    samples = [Sample(*place) for place in line()]
    single, together = Path(brush, 7), Path(brush, 7)
    one_by_one = [dabs for sample in samples for dabs in single.add(sample)] + single.finish()
    at_once = together.extend(samples) + together.finish()
    np.testing.assert_allclose(
        np.concatenate([one.x for one in one_by_one]), np.concatenate([one.x for one in at_once]), atol=1e-6
    )


def test_spacing_follows_the_direction_of_the_path() -> None:
    down = Dynamic(
        parameter="spacing",
        sensor="direction",
        curve=((0.0, 1.0), (0.25, 0.0), (1.0, 0.0)),
        low=0.5,
        high=2.0,
    )
    path = Path(replaced(WET, size=40.0, spacing=0.1, dynamics=(down,)), 1)
    level = [Sample(*place) for place in line()]
    dabs = [*path.extend(level), *path.finish()]
    assert np.median(np.diff(np.concatenate([one.x for one in dabs]))) == pytest.approx(8.0, abs=0.1)
    path = Path(replaced(WET, size=40.0, spacing=0.1, dynamics=(down,)), 1)
    dabs = [*path.extend([Sample(y, x, p, t) for x, y, p, t in line()]), *path.finish()]
    assert np.median(np.diff(np.concatenate([one.y for one in dabs]))) == pytest.approx(2.0, abs=0.1)


def test_the_rate_of_an_airbrush_follows_the_pen() -> None:
    def dabs(pressure: float) -> int:
        brush = replaced(WET, airbrush=100.0, dynamics=(Dynamic(parameter="airbrush", low=0.1),))
        path = Path(brush, 1)
        path.add(Sample(100.0, 100.0, pressure, 0.0))
        return sum(len(one.x) for one in path.add(Sample(100.0, 100.0, pressure, 1.0)))

    assert dabs(1.0) == 100
    assert dabs(0.5) == pytest.approx(55, abs=1)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("width", [1, 5, 64])
def test_a_colour_is_laid_bit_for_bit_as_its_formula_in_float32(dtype: type, width: int) -> None:
    rng = np.random.default_rng(width)
    around = rng.random((14, width + 6, 4)).astype(dtype)
    around[rng.random(around.shape[:2]) < 0.3] = 0
    around[4] = -0.0
    old, cover = around[2:, 3 : 3 + width], rng.random((12, width)).astype(np.float32)
    cover[rng.random(cover.shape) < 0.4] = 0
    colour = np.array([*RED, 1.0], np.float32)
    wanted = old.astype(np.float32) * (1 - cover[..., None]) + colour * cover[..., None]
    whole = np.full((14, width + 6, 4), 7, dtype)
    lay = laying.Plain(RED)
    lay.into(whole[2:, 3 : 3 + width], old, cover)
    np.testing.assert_array_equal(whole[2:, 3 : 3 + width], wanted.astype(dtype))
    assert not np.signbit(whole).any()
    assert (whole[:2] == 7).all() and (whole[:, :3] == 7).all() and (whole[:, 3 + width :] == 7).all()
    lay.into(whole[2:, 3 : 3 + width], None, cover)
    np.testing.assert_array_equal(whole[2:, 3 : 3 + width], (colour * cover[..., None]).astype(dtype))
    np.testing.assert_array_equal(lay(old.astype(np.float32), cover, AREA), wanted)


def test_a_colour_is_not_laid_on_what_does_not_fit() -> None:
    cover, lay = np.ones((4, 4), np.float32), laying.Plain(RED)
    frozen = np.zeros((4, 4, 4), np.float16)
    frozen.setflags(write=False)
    for target, old in (
        (frozen, None),
        (np.zeros((4, 5, 4), np.float16), None),
        (np.zeros((4, 4, 4), np.uint8), None),
        (np.zeros((4, 4, 4), np.float16), np.zeros((4, 4, 4), np.float32)),
    ):
        with pytest.raises(ValueError):
            lay.into(target, old, cover)
