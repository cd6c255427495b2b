"""Shadows and highlights against the formula of the description."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from studio.filters import FILTERS
from studio.filters.kind import Place
from studio.filters.shadows import ShadowsHighlights, surroundings
from studio.raster.colour import oklch_to_rgb, rgb_to_oklch
from studio.raster.geometry import Rect
from tests.filters.tones import colours, filtered


def expected(rgb: np.ndarray, around: float, p: ShadowsHighlights) -> np.ndarray:
    lch = rgb_to_oklch(rgb)
    lightness = lch[0]
    d = np.clip(1 - around / p.white / p.shadow_range, 0, 1)
    b = np.clip((around / p.white - p.highlight_range) / (1 - p.highlight_range), 0, 1)
    lit = np.clip(lightness / p.white, 0, 1) ** (2 ** (-2 * p.shadows * d))
    made = 1 - (1 - lit) ** (2 ** (2 * p.highlights * b)) + lightness - np.clip(lightness, 0, p.white)
    share = 0.0 if p.linked or b + d == 0 else b / (b + d)
    lch[1] *= 1 + (p.colour + share * (p.highlight_colour - p.colour)) * (made / lightness - 1)
    lch[0] = made
    return oklch_to_rgb(lch)


@pytest.mark.parametrize(
    "settings",
    [
        {"shadows": 0.7, "radius": 0.0},
        {"shadows": -0.3, "highlights": -0.8, "highlight_range": 0.1, "radius": 0.0, "colour": 0.5},
        {"shadows": 0.5, "shadow_range": 0.9, "radius": 20.0, "white": 1.2},
        {
            "shadows": 0.3,
            "shadow_range": 1.0,
            "highlights": -0.6,
            "highlight_range": 0.1,
            "radius": 0.0,
            "linked": False,
            "highlight_colour": 0.2,
        },
    ],
)
@pytest.mark.parametrize("rgb", [[0.2, 0.1, 0.05], [0.5, 0.6, 0.55], [0.9, 0.8, 0.85]])
def test_one_pixel_of_a_plain_picture(settings: dict, rgb: list[float]) -> None:
    plain = np.tile(np.array(rgb), (9, 9, 1))
    got = filtered("shadows-highlights", plain, **settings)[4, 4]
    wanted = expected(np.array(rgb), rgb_to_oklch(np.array(rgb))[0], ShadowsHighlights(**settings))
    np.testing.assert_allclose(got, wanted, atol=1e-4)


def test_surroundings_are_a_gaussian_blur_of_lightness() -> None:
    straight = colours(64 * 64)
    pixels = np.dstack([straight, np.ones(straight.shape[:2], np.float32)])
    got = surroundings(pixels, 4.0, Place(rect=Rect(0, 0, 64, 64)))
    wanted = gaussian_filter(rgb_to_oklch(straight)[..., 0], 4.0, mode="nearest", truncate=4.0)
    np.testing.assert_allclose(got, wanted, atol=3e-3)


def test_detail_stays_where_shadows_are_opened() -> None:
    """The dark side becomes lighter, and what is light in it stays lighter than its surroundings by about as much."""
    picture = np.full((64, 128, 3), 0.1)
    picture[:, 64:] = 0.8
    picture[30:34, 20:24] = 0.2
    got = filtered("shadows-highlights", picture, shadows=1.0, radius=8.0)
    assert got[10, 10].mean() > 0.25
    assert got[32, 22].mean() > got[10, 10].mean() + 0.05
    np.testing.assert_allclose(got[10, 120], 0.8, atol=1e-3)


def test_no_push_changes_nothing_and_light_above_one_stays() -> None:
    rgb = colours(high=2.0)
    np.testing.assert_allclose(filtered("shadows-highlights", rgb, shadows=0.0), rgb, atol=1e-4)
    assert filtered("shadows-highlights", [3.0, 3.0, 3.0], shadows=0.0, highlights=-1.0)[0] > 2.5


def test_its_reach_is_that_of_the_blur() -> None:
    kind = FILTERS["shadows-highlights"]
    assert kind.reach(ShadowsHighlights(radius=0.0)) == 0
    assert kind.reach(ShadowsHighlights(radius=20.0)) > 3 * 20 > kind.reach(ShadowsHighlights(radius=20.0), 1)


def test_wide_surroundings_of_a_part_take_little_memory() -> None:
    """They are averaged before they are blurred, and only what is wanted is made."""
    whole, part = Rect(0, 0, 768, 768), Rect(256, 256, 512, 512)
    pixels = np.full((768, 768, 4), 0.5, np.float32)
    kind = FILTERS["shadows-highlights"]
    tracemalloc.start()
    try:
        kind.apply(pixels, kind.parameters(radius=60.0), rect=whole, canvas=whole, wanted=part)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2 * pixels.nbytes
