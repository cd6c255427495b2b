"""Layer effects in the picture: formulas, tile and whole, mip levels, live updates, clipping, groups."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import changes, edits, effects
from studio.document.artwork import Artwork
from studio.document.effects import (
    Bevel,
    ColourOverlay,
    DropShadow,
    InnerGlow,
    InnerShadow,
    OuterGlow,
    Stroke,
)
from studio.document.layer import Group, Paint
from studio.raster import effects as formulas
from studio.raster.colour import to_bgra8
from studio.raster.geometry import Rect, Region
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.renderer import Renderer

EVERY = (
    DropShadow(size=14.0, spread=0.2), OuterGlow(size=30.0), ColourOverlay(opacity=0.3), InnerGlow(source="centre"),
    InnerShadow(), Bevel(style="emboss"), Stroke(position="centre", width=5.0),
)  # fmt: skip
WIDTH, HEIGHT = 340, 300


def disc(radius: float = 60.0, x: float = 190.0, y: float = 140.0, colour=(0.8, 0.3, 0.2)) -> Surface:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    alpha = np.clip(radius + 0.5 - np.hypot(columns - x, rows - y), 0, 1)[..., None]
    return Surface.from_pixels(np.concatenate([alpha * colour, alpha], -1).astype(np.float16))


def paper(grey: float = 0.7) -> Paint:
    return Paint(
        id="paper",
        surface=Surface.from_pixels(np.full((HEIGHT, WIDTH, 4), (grey, grey, grey, 1), np.float16)),
    )


def picture(*values, **fields) -> Artwork:
    layer = Paint(
        id="disc", surface=disc(), effects=tuple(effects.store(value) for value in values), **fields
    )
    return Artwork(width=WIDTH, height=HEIGHT, layers=(paper(), layer), active="disc")


def whole(artwork: Artwork, level: int = 0) -> np.ndarray:
    return Renderer().compose(artwork, artwork.rect.at_level(level), level)


def padded(shape: np.ndarray, edge: int) -> np.ndarray:
    return np.pad(shape, edge)


def test_a_drop_shadow_is_its_formula() -> None:
    value = DropShadow(size=12.0, distance=10.0, opacity=0.6, colour=(0.1, 0.0, 0.3))
    artwork = picture(value)
    base = artwork.layers[1]
    assert isinstance(base, Paint)
    pixels = base.surface.read(artwork.rect).astype(np.float64)
    alpha = pixels[..., 3].astype(np.float32)
    x, y = formulas.away_from_light(120.0, 10.0)
    cover = formulas.move(formulas.glow(padded(alpha, 64), 12.0, 0.0), x, y)[64:-64, 64:-64]
    cover = cover * (alpha < 1) * 0.6
    out = np.full((HEIGHT, WIDTH, 3), np.float16(0.7), np.float64)
    multiplied = out * np.array(value.colour)
    out = out + cover[..., None] * (multiplied - out)
    out = pixels[..., :3] + out * (1 - pixels[..., 3:])
    assert np.abs(whole(artwork)[..., :3] - out).max() < 2e-4


@pytest.mark.parametrize("position", ["outside", "inside", "centre"])
def test_a_stroke_lies_where_its_position_says(position: str) -> None:
    artwork = picture(Stroke(position=position, width=8.0, colour=(0.0, 0.0, 1.0)))  # type: ignore[arg-type]
    pixels = whole(artwork)
    row = pixels[140, :, 2] > 0.99
    blue = np.flatnonzero(row & (pixels[140, :, 0] < 0.01))
    right = blue[blue > 190]
    wanted = {"outside": (250, 258), "inside": (242, 250), "centre": (246, 254)}[position]
    assert (right.min(), right.max() + 1) == wanted


def test_effects_inside_keep_the_shape() -> None:
    layer = picture(InnerShadow(), InnerGlow(), Bevel(), Stroke(position="inside"), ColourOverlay()).layers[1]
    alone = Artwork(width=WIDTH, height=HEIGHT, layers=(layer,))
    plain = alone.with_(layers=(layer.with_(effects=()),))
    assert np.abs(whole(alone)[..., 3] - whole(plain)[..., 3]).max() < 1e-5


def test_an_overlay_colours_the_whole_shape() -> None:
    pixels = whole(picture(ColourOverlay(colour=(0.25, 0.5, 0.75))))
    np.testing.assert_allclose(pixels[140, 190, :3], (0.25, 0.5, 0.75), atol=1e-4)
    np.testing.assert_allclose(pixels[5, 5, :3], 0.7, atol=1e-3)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_tile_equals_the_whole_exactly(level: int) -> None:
    artwork = picture(*EVERY)
    area = artwork.rect.at_level(level)
    expected = Renderer().compose(artwork, area, level)
    for part in (Rect(0, 0, 61, 43), Rect(37, 29, 85, 75), Rect(20, 10, 21, 11)):
        part = part.intersect(area)
        got = Renderer().compose(artwork, part, level)
        np.testing.assert_array_equal(got, expected[part.top : part.bottom, part.left : part.right])


def test_a_level_is_the_picture_made_smaller() -> None:
    artwork = picture(DropShadow(size=24.0, distance=16.0), Stroke(width=8.0), Bevel(size=16.0))
    fine = whole(artwork)[:HEIGHT, :WIDTH]
    small = fine.reshape(HEIGHT // 2, 2, WIDTH // 2, 2, 4).mean((1, 3))
    assert np.abs(whole(artwork, 1) - small).mean() < 0.004


def shown(renderer: Renderer, artwork: Artwork, level: int = 0) -> np.ndarray:
    keys = [(x, y) for y in range(2) for x in range(2)]
    out = np.zeros((512, 512, 4), np.uint8)
    for x, y in keys:
        out[y * 256 : y * 256 + 256, x * 256 : x * 256 + 256] = renderer.view_tile(
            artwork, (x, y), level
        ).pixels
    return out


def updated(renderer: Renderer, artwork: Artwork, region: Region) -> None:
    waiting = renderer.update(artwork, region).waiting
    for _ in renderer.steps(artwork, waiting):
        pass


@pytest.mark.parametrize("nested", [False, True])
def test_a_dab_moves_the_effects_around_it(nested: bool) -> None:
    artwork = picture(*EVERY)
    if nested:
        layer = artwork.layers[1]
        inner = Group(id="group", children=(layer.with_(effects=()),), effects=layer.effects)
        artwork = artwork.with_(layers=(artwork.layers[0], inner))
    renderer = Renderer()
    shown(renderer, artwork)
    rng = np.random.default_rng(0)
    for left in (60, 240, 250):
        rect = Rect.of(left, 100, 24, 24)
        pixels = np.ones((24, 24, 4), np.float16) * np.float16(rng.random())
        pixels[..., 3] = 1
        new = edits.apply_pixels(artwork, "disc", rect, pixels)
        updated(renderer, new, Region([rect]))
        artwork = new
    fresh = Renderer()
    np.testing.assert_array_equal(shown(renderer, artwork), shown(fresh, artwork))


def test_the_told_region_covers_what_changes() -> None:
    artwork = picture(*EVERY)
    spots = [
        edits.apply_pixels(artwork, "disc", Rect.of(20, 20, 8, 8), np.ones((8, 8, 4), np.float16)),
        edits.change(artwork, "disc", transform=(1, 0, 0, 1, 30.0, -12.0)),
        edits.change(artwork, "disc", effects=()),
        edits.change(artwork, "disc", mask=Mask.from_pixels(np.ones((90, 90)), 150, 100)),
        artwork.with_(light_angle=-30.0),
    ]
    before = whole(artwork)
    for new in spots:
        region = changes.changed(artwork, new)
        differs = np.abs(whole(new) - before).max(-1) > 1e-6
        assert differs.any()
        for part in region:
            differs[part.top : part.bottom, part.left : part.right] = False
        assert not differs.any()


def test_one_light_turns_all_shadows_that_share_it() -> None:
    artwork = picture(DropShadow(distance=20.0, size=2.0))
    right = whole(artwork.with_(light_angle=180.0))
    left = whole(artwork.with_(light_angle=0.0))
    assert right[140, 262, 0] < 0.5 < left[140, 262, 0]
    assert left[140, 118, 0] < 0.5 < right[140, 118, 0]
    own = picture(DropShadow(distance=20.0, size=2.0, global_light=False, angle=0.0))
    np.testing.assert_allclose(whole(own), left, atol=1e-6)


def test_a_mask_shapes_the_effects_and_a_switched_off_one_shows_nothing() -> None:
    half = Mask(default=0.0).write(Rect(0, 0, 190, HEIGHT), np.ones((HEIGHT, 190)))
    pixels = whole(picture(Stroke(width=6.0, colour=(0.0, 1.0, 0.0)), mask=half))
    assert pixels[140, 193, 1] > 0.99 and pixels[140, 193, 0] < 0.01
    off = picture(Stroke(width=6.0, enabled=False))
    np.testing.assert_array_equal(whole(off), whole(picture()))


def test_effects_of_an_unknown_version_are_kept_and_not_shown() -> None:
    strange = Stored(name="drop-shadow", version=99, parameters={"ray": True})
    artwork = picture()
    artwork = edits.change(artwork, "disc", effects=(strange,))
    np.testing.assert_array_equal(whole(artwork), whole(picture()))


def test_what_is_clipped_to_a_layer_keeps_its_shadow_and_its_bevel() -> None:
    artwork = picture(DropShadow(), ColourOverlay(colour=(0.0, 0.0, 1.0), opacity=0.5))
    red = np.full((HEIGHT, WIDTH, 4), (1, 0, 0, 1), np.float16)
    clipped = Paint(surface=Surface.from_pixels(red), clipping=True)
    pixels = whole(artwork.with_(layers=(*artwork.layers, clipped)))
    np.testing.assert_allclose(pixels[140, 190, :3], (0.5, 0.0, 0.5), atol=1e-3)
    plain = whole(artwork)
    beside = np.s_[205:230, 195:205]
    np.testing.assert_allclose(pixels[beside], plain[beside], atol=1e-5)


def test_the_opacity_of_a_layer_is_that_of_its_effects() -> None:
    full, half = whole(picture(*EVERY)), whole(picture(*EVERY, opacity=0.5))
    none = whole(picture(opacity=0.0))
    away = np.s_[:60, :60]
    np.testing.assert_allclose(half[away], none[away] + 0.5 * (full[away] - none[away]), atol=0.02)


def test_painting_beside_effects_blurs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    artwork = picture(*EVERY)
    renderer = Renderer()
    shown(renderer, artwork)
    monkeypatch.setattr(formulas, "soften", lambda *_: pytest.fail("blurred again"))
    new = edits.apply_pixels(artwork, "paper", Rect.of(180, 120, 20, 20), np.ones((20, 20, 4), np.float16))
    updated(renderer, new, Region([Rect.of(180, 120, 20, 20)]))
    assert renderer.view_tile(new, (0, 0)).stale.empty


def test_far_away_shadows_of_what_lies_off_the_canvas_fall_into_it() -> None:
    value = DropShadow(distance=100.0, size=4.0, opacity=1.0, mode="normal")
    artwork = picture(value)
    artwork = edits.change(artwork, "disc", transform=(1, 0, 0, 1, 40.0, -280.0))
    assert whole(artwork)[:40, 200:300, 0].min() < 0.3
    assert to_bgra8(whole(artwork)).shape == (HEIGHT, WIDTH, 4)


def test_bounds_know_how_far_a_shadow_falls() -> None:
    layer = Paint(surface=disc(), effects=(effects.store(DropShadow(distance=10.0, size=10.0)),))
    plain = changes.bounds_of(layer.with_(effects=()), Rect(0, 0, 4096, 4096))
    box = changes.bounds_of(layer, Rect(0, 0, 4096, 4096))
    assert box == plain.grow(effects.reach(layer)).intersect(Rect(0, 0, 4096, 4096))
    assert math.ceil(10 + 15) <= effects.reach(layer) < 40


COLOURS = st.tuples(*[st.floats(0, 1, width=16)] * 3)
SOME = st.one_of(
    st.builds(DropShadow, colour=COLOURS, distance=st.floats(0, 60), size=st.floats(0, 80), spread=st.floats(0, 1)),
    st.builds(InnerShadow, distance=st.floats(0, 30), size=st.floats(0, 50), spread=st.floats(0, 1)),
    st.builds(OuterGlow, colour=COLOURS, size=st.floats(0, 120), spread=st.floats(0, 1)),
    st.builds(InnerGlow, size=st.floats(0, 60), source=st.sampled_from(["edge", "centre"])),
    st.builds(Stroke, width=st.floats(0, 40), position=st.sampled_from(["outside", "inside", "centre"])),
    st.builds(
        Bevel, size=st.floats(0, 60), smoothing=st.floats(0, 20), depth=st.floats(0.1, 4),
        style=st.sampled_from(["inner", "outer", "emboss"]), direction=st.sampled_from(["up", "down"]),
    ),
)  # fmt: skip


@given(
    st.lists(SOME, min_size=1, max_size=3),
    st.integers(0, 2),
    st.integers(-20, 300),
    st.integers(-20, 260),
    st.integers(1, 90),
    st.floats(0.1, 1.0),
)
@settings(max_examples=25, deadline=None)
def test_any_part_of_any_effects_equals_the_whole(
    values: list, level: int, left: int, top: int, side: int, opacity: float
) -> None:
    artwork = picture(*values, opacity=opacity)
    part = Rect.of(left, top, side, side).at_level(level)
    around = part.grow(37)
    expected = Renderer().compose(artwork, around, level)[37:-37, 37:-37]
    np.testing.assert_array_equal(Renderer().compose(artwork, part, level), expected)
    assert np.isfinite(expected).all() and expected.min() >= -1e-5 and expected[..., 3].max() <= 1 + 1e-5
