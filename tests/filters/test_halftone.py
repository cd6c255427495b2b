"""Halftone: the ink covers the share that the tone asks for, at the angle and spacing asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from studio.filters.halftone import printed
from studio.filters.planes import to_light
from studio.raster.colour import linear_to_srgb, srgb_to_linear


def plain(rgb: Any, **settings: Any) -> np.ndarray:
    kind = FILTERS["halftone"]
    pixels = np.ones((256, 256, 4), np.float32) * np.float32([*rgb, 1])
    return kind.apply(pixels, recipe.from_plain(kind.parameters, settings))[..., :3]


@pytest.mark.parametrize("spot", ["round", "diamond", "line", "square", "cross"])
@pytest.mark.parametrize("light", [0.1, 0.5, 0.85])
def test_ink_covers_what_the_tone_asks_for(spot: str, light: float) -> None:
    tone = float(linear_to_srgb(np.array(light)))
    got = plain([tone] * 3, spot=spot, period=16.0, softness=0.0, angle=30.0)
    assert got.mean() == pytest.approx(light, abs=0.015)
    soft = srgb_to_linear(plain([tone] * 3, spot=spot, period=16.0, softness=0.4, angle=30.0).astype(float))
    assert soft.mean() == pytest.approx(light, abs=0.015)


@pytest.mark.parametrize("softness", [0.0, 0.3, 1.0])
def test_white_has_no_ink_and_black_nothing_else(softness: float) -> None:
    for model in ("one-ink", "rgb", "cmyk"):
        np.testing.assert_allclose(plain([1, 1, 1], model=model, softness=softness), 1, atol=1e-6)
        np.testing.assert_allclose(plain([0, 0, 0], model=model, softness=softness), 0, atol=1e-6)


def test_one_pixel_from_the_description() -> None:
    made = printed(np.array([0.4], np.float32), np.array([0.42], np.float32), 0.2)
    assert made[0] == pytest.approx((0.4 - 0.42) / 0.2 + 0.5, abs=1e-5)


def test_dots_stand_at_their_spacing_and_angle() -> None:
    got = plain([0.7] * 3, spot="line", period=16.0, angle=0.0, softness=0.0)[..., 0]
    np.testing.assert_array_equal(got, np.repeat(got[:, :1], 256, 1))
    np.testing.assert_array_equal(got[:240], got[16:])
    dots = plain([0.7] * 3, period=16.0, angle=0.0)[..., 0]
    np.testing.assert_allclose(dots[:240, :240], dots[16:, 16:], atol=1e-5)
    turned = plain([0.7] * 3, spot="line", period=16.0, angle=90.0, softness=0.0)[..., 0]
    assert np.ptp(turned, axis=0).max() == 0 and np.ptp(turned, axis=1).max() > 0.999


def test_screens_of_several_inks_keep_the_colour_from_afar() -> None:
    rgb = np.array([0.8, 0.5, 0.35])
    for model in ("rgb", "cmyk"):
        got = srgb_to_linear(plain(rgb, model=model, softness=0.0, period=12.0).astype(float)).mean((0, 1))
        np.testing.assert_allclose(got, srgb_to_linear(rgb), atol=0.06)


def test_paper_and_ink_have_their_colours() -> None:
    got = plain([0.6] * 3, ink=[0.1, 0.2, 0.5], paper=[1.0, 0.9, 0.8], softness=0.0)
    on_paper, on_ink = (np.abs(got - one).max(-1) < 1e-4 for one in ([1.0, 0.9, 0.8], [0.1, 0.2, 0.5]))
    assert (on_paper | on_ink).mean() > 0.99 and on_ink.mean() > 0.5


def test_what_is_no_number_spoils_nothing() -> None:
    kind = FILTERS["halftone"]
    pixels = np.full((20, 30, 4), 0.4, np.float32)
    pixels[3, 4], pixels[5, 6], pixels[7, 8] = np.nan, np.inf, -np.inf
    for model in ("one-ink", "rgb", "cmyk"):
        out = kind.apply(pixels, recipe.from_plain(kind.parameters, {"model": model}))
        assert np.isfinite(out).all()


def test_each_ink_may_have_dots_of_its_own() -> None:
    kind = FILTERS["halftone"]
    plain = np.full((90, 90, 4), 0.5, np.float32)
    plain[..., 3] = 1
    settings: dict[str, Any] = {"model": "rgb", "linked": False, "spot_2": "line", "period_3": 30.0}
    got = kind.apply(plain, recipe.from_plain(kind.parameters, settings))
    for channel, changed in enumerate(({}, {"spot": "line"}, {"period": 30.0})):
        alone = kind.apply(plain, recipe.from_plain(kind.parameters, {"model": "rgb", **changed}))
        np.testing.assert_array_equal(got[..., channel], alone[..., channel])
    linked = kind.apply(plain, recipe.from_plain(kind.parameters, {**settings, "linked": True}))
    np.testing.assert_array_equal(linked, kind.apply(plain, kind.parameters(model="rgb")))
    black = recipe.from_plain(kind.parameters, {"model": "cmyk", "linked": False, "period_black": 40.0})
    assert not np.array_equal(kind.apply(plain, black), kind.apply(plain, kind.parameters(model="cmyk")))


def test_dots_of_turbulence_stray_each_ink_its_own_way_and_cover_the_same_share() -> None:
    still = plain([0.6] * 3, model="rgb", period=12.0, softness=0.0)
    moved = plain([0.6] * 3, model="rgb", period=12.0, softness=0.0, turbulence=0.5, seed=3)
    assert moved.mean() == pytest.approx(still.mean(), abs=0.02)
    assert (np.abs(moved - still) > 0.5).mean() > 0.1
    settings: dict[str, Any] = {"model": "rgb", "period": 12.0, "softness": 0.0, "linked": False}
    settings |= {"period_1": 12.0, "period_2": 12.0, "period_3": 12.0, "turbulence_2": 0.5, "seed": 3}
    one = plain([0.6] * 3, **settings)
    np.testing.assert_array_equal(one[..., (0, 2)], still[..., (0, 2)])
    np.testing.assert_array_equal(one[..., 1], moved[..., 1])
    # where one ink strays to the right another one does not: lines of equal angle part
    equal = {"model": "rgb", "angle_1": 0.0, "angle_2": 0.0, "spot": "line", "turbulence": 0.5}
    lines = plain([0.5] * 3, **equal)
    assert np.abs(lines[..., 0] - lines[..., 1]).max() > 0.3


def test_light_dots_are_ink_on_paper_turned_round() -> None:
    kind = FILTERS["halftone"]
    tone = np.float32(0.7)
    light = to_light(np.array([tone], np.float32))[0]
    plain = np.full((200, 200, 4), tone, np.float32)
    plain[..., 3] = 1
    dots = kind.apply(plain, kind.parameters(model="light-dots", softness=0.0, period=20.0))
    assert to_light(dots[..., 0]).mean() == pytest.approx(light, abs=0.01)
    # the lit places are dots: the middle of a screen's field is lit, its corner dark
    dark = np.full((200, 200, 4), 0.3, np.float32)
    dark[..., 3] = 1
    lit = kind.apply(dark, kind.parameters(model="light-dots", softness=0.0, period=20.0, angle=0.0))[..., 0]
    inked = kind.apply(dark, kind.parameters(softness=0.0, period=20.0, angle=0.0))[..., 0]
    assert lit[100, 100] > 0.99 and lit[110, 110] < 0.01
    assert inked[100, 100] < 0.01 and inked[110, 110] > 0.99
