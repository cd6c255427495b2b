"""Dodge, burn and sponge against their formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster import toning
from studio.raster.brush import Brush
from studio.raster.colour import premultiply, rgb_to_hsv, unpremultiply
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface

SPANS = ["shadows", "midtones", "highlights"]
UNIT = st.floats(0, 1)


def pixels(seed: int = 0, opaque: bool = False) -> np.ndarray:
    straight = np.random.default_rng(seed).random((16, 16, 4)).astype(np.float32)
    if opaque:
        straight[..., 3] = 1
    return premultiply(straight)


@given(UNIT, UNIT, st.sampled_from(SPANS))
def test_dodge_lightens_and_burn_darkens_and_neither_leaves_the_range(
    value: float, amount: float, span
) -> None:
    v, a = np.array([value]), np.array([amount])
    assert v - 1e-12 <= toning.dodged(v, a, span) <= 1 + 1e-12
    assert -1e-12 <= toning.burnt(v, a, span) <= v + 1e-12


def test_the_ranges_are_where_they_say() -> None:
    dark, middle, light = 0.1, 0.5, 0.9
    for span, place in zip(SPANS, (dark, middle, light), strict=True):
        weights = {value: float(toning.weight(np.array(value), span)) for value in (dark, middle, light)}
        assert max(weights, key=weights.__getitem__) == place
    assert toning.weight(np.array(0.5), "midtones") == 1


@pytest.mark.parametrize("make", [toning.dodge, toning.burn])
@pytest.mark.parametrize("span", SPANS)
def test_a_protected_hue_stays(make, span) -> None:
    old = pixels(1, opaque=True)
    new = make(0.6, span)(old, np.ones((16, 16), np.float32))
    before, after = rgb_to_hsv(old[..., :3]), rgb_to_hsv(new[..., :3])
    seen = (after[..., 1] > 0.02) & (after[..., 2] > 0.02)
    turn = np.abs((before - after)[..., 0][seen])
    assert np.minimum(turn, 1 - turn).max() < 2e-3
    assert np.abs(new - old).max() > 0.05


@given(st.integers(0, 1000), st.booleans(), st.booleans(), UNIT)
def test_sponge_keeps_luma_and_hue(seed: int, saturate: bool, vibrance: bool, amount: float) -> None:
    rgb = np.random.default_rng(seed).random((6, 6, 3))
    new = toning.sponged(rgb, np.full((6, 6, 1), amount), saturate=saturate, vibrance=vibrance)
    np.testing.assert_allclose(new @ toning.LUMA, rgb @ toning.LUMA, atol=1e-6)
    assert new.min() >= -1e-9 and new.max() <= 1 + 1e-9
    spread, before = np.ptp(new, axis=-1), np.ptp(rgb, axis=-1)
    assert (spread >= before - 1e-9).all() if saturate else (spread <= before + 1e-9).all()


@pytest.mark.parametrize("saturate", [True, False])
@pytest.mark.parametrize("span", SPANS)
def test_a_sponge_of_a_range_changes_by_the_weight_of_the_luma(span, saturate: bool) -> None:
    rgb = np.random.default_rng(5).random((40, 40, 3)) * 0.3 + np.linspace(0.05, 0.6, 40)[:, None, None]
    luma = (rgb @ toning.LUMA)[..., None]
    new = toning.sponged(rgb, np.full((40, 40, 1), 0.4), saturate=saturate, vibrance=False, span=span)
    factor = 1 + (0.4 if saturate else -0.4) * toning.weight(luma, span)
    wanted = luma + factor * (rgb - luma)
    fits = ((wanted >= 0) & (wanted <= 1)).all(-1)
    assert fits.mean() > 0.8
    np.testing.assert_allclose(new[fits], wanted[fits], atol=1e-6)


def test_a_sponge_that_does_not_protect_the_hue_goes_further_and_cuts_channels() -> None:
    rgb = np.array([[0.95, 0.5, 0.1], [0.5, 0.45, 0.4]])
    kept, cut = (
        toning.sponged(rgb, np.ones((2, 1)), saturate=True, vibrance=False, protect=protect)
        for protect in (True, False)
    )
    luma = rgb[0] @ toning.LUMA
    np.testing.assert_allclose(cut[0], np.clip(luma + 2 * (rgb[0] - luma), 0, 1), atol=1e-6)
    assert np.ptp(cut[0]) > np.ptp(kept[0]) + 0.03 and kept[0] @ toning.LUMA == pytest.approx(luma, abs=1e-6)
    np.testing.assert_allclose(cut[1], kept[1], atol=1e-9)
    less = [toning.sponged(rgb, np.full((2, 1), 0.5), saturate=False, protect=one) for one in (True, False)]
    np.testing.assert_allclose(less[0], less[1], atol=1e-9)


def test_full_sponge_leaves_grey() -> None:
    new = toning.sponge(1.0, saturate=False, vibrance=False)(pixels(2, True), np.ones((16, 16), np.float32))
    assert np.ptp(new[..., :3], axis=-1).max() < 1e-6


@pytest.mark.parametrize(
    "blend", [toning.dodge(0.5, "midtones"), toning.burn(0.5, "shadows", False), toning.sponge(0.7, True)]
)
def test_alpha_stays_and_uncovered_pixels_are_bit_identical(blend) -> None:
    old = pixels(3)
    cover = np.zeros((16, 16), np.float32)
    cover[4:9, 5:12] = 0.7
    new = blend(old, cover)
    np.testing.assert_array_equal(new[..., 3], old[..., 3])
    np.testing.assert_array_equal(new[cover == 0], old[cover == 0])
    assert (new[..., :3] <= new[..., 3:] + 1e-6).all()
    assert np.abs(new - old).max() > 0.01


def test_black_stays_black_under_highlights_and_white_white_under_shadows() -> None:
    black, white = np.array([[[0, 0, 0, 1]]], np.float32), np.ones((1, 1, 4), np.float32)
    one = np.ones((1, 1), np.float32)
    np.testing.assert_allclose(toning.dodge(1.0, "highlights")(black, one), black)
    np.testing.assert_allclose(toning.burn(1.0, "shadows")(white, one), white)


def test_a_stroke_dodges_where_it_passes() -> None:
    grey = np.full((64, 64, 4), 0.5, np.float32)
    grey[..., 3] = 1
    stroke = Stroke(
        Brush(mode="dodge", size=20.0, hardness=1.0), (0, 0, 0), Surface.from_pixels(grey), blend=toning.dodge(0.4, "midtones")
    )  # fmt: skip
    stroke.add(10, 32, None, 0.0)
    stroke.add(54, 32, None, 0.1)
    stroke.finish()
    rect = stroke.surface().read(stroke.surface().bounds)[:64, :64]
    straight = unpremultiply(rect)
    assert straight[32, 32, 0] == pytest.approx(0.5 + 0.4 * 0.5, abs=0.02)
    np.testing.assert_array_equal(rect[2], grey[2])
