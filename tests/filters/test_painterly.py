"""Oil paint, pencil, watercolour, ink wash and rice paper against plain loops and the formulas of their descriptions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from studio import recipe
from studio.filters import FILTERS
from studio.filters.kind import Place
from studio.filters.kuwahara import run_sums, smoothed
from studio.filters.paper import PAPER_SIZE, grain_of
from studio.raster.colour import oklch_to_rgb, rgb_to_oklch
from studio.raster.geometry import Rect
from tests.filters.case import CANVAS, picture

LUMA = np.array([0.2126, 0.7152, 0.0722])
NAMES = ("kuwahara", "pencil", "watercolour", "ink-wash", "rice-paper")


def opaque(rgb: np.ndarray) -> np.ndarray:
    return np.dstack([rgb, np.ones(rgb.shape[:2])]).astype(np.float32)


def made(name: str, pixels: np.ndarray, **settings: Any) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(pixels, recipe.from_plain(kind.parameters, settings))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_sums_of_neighbours(count: int) -> None:
    values = np.random.default_rng(1).random((20, 17))
    wanted = np.lib.stride_tricks.sliding_window_view(values, count, axis=1).sum(-1)
    np.testing.assert_allclose(run_sums(values, count, 1), wanted)
    np.testing.assert_allclose(run_sums(values.T, count, 0), wanted.T)


def test_kuwahara_is_that_of_plain_loops() -> None:
    rgb = np.random.default_rng(2).random((14, 17, 3)).astype(np.float32)
    radius, q = 3, 5.0
    wide = np.pad(rgb.astype(float), ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    wanted = np.zeros_like(rgb)
    for y in range(14):
        for x in range(17):
            total, weights = np.zeros(3), 0.0
            for top in (y, y + radius):
                for left in (x, x + radius):
                    window = wide[top : top + radius + 1, left : left + radius + 1]
                    weight = ((window @ LUMA).std() + 0.001) ** -q
                    total += weight * window.mean((0, 1))
                    weights += weight
            wanted[y, x] = total / weights
    got = smoothed(opaque(wide.astype(np.float32)), radius, q)
    np.testing.assert_allclose(got[..., :3], wanted, atol=1e-4)


def test_kuwahara_keeps_an_edge_that_a_blur_would_not() -> None:
    noise = np.random.default_rng(3).normal(0, 0.05, (40, 60, 1))
    rgb = np.where(np.arange(60)[None, :, None] < 30, 0.2, 0.8) + np.zeros((40, 60, 3)) + noise
    got = made("kuwahara", opaque(rgb), radius=5, sharpness=16.0)[5:-5, 5:-5, 0]
    assert got[:, :24].std() < 0.025 and got[:, 26:].std() < 0.025
    assert (got[:, 25] - got[:, 24]).mean() > 0.5


def test_transparent_pixels_give_no_paint() -> None:
    pixels = opaque(np.full((30, 30, 3), 0.6))
    pixels[:, :15] = 0
    got = made("kuwahara", pixels, radius=6)
    np.testing.assert_allclose(got[:, 15:, :3], 0.6, atol=1e-5)
    assert not got[:, :15].any()


def test_pencil_of_the_formula() -> None:
    rgb = gaussian_filter(np.random.default_rng(4).random((60, 70, 3)), (2, 2, 0)) * 2 - 0.5
    rgb = rgb.clip(0, 1)
    tone = rgb @ LUMA
    around = gaussian_filter(tone, 3.0, mode="nearest")
    dark = np.clip(1.2 * (1 - np.minimum((tone + 0.05) / (around + 0.05), 1)) + 0.3 * (1 - around), 0, 1)
    got = made(
        "pencil",
        opaque(rgb),
        width=3.0,
        strength=1.2,
        shade=0.3,
        grain=0.0,
        lead=[0, 0, 0.2],
        paper=[1, 1, 0.9],
    )
    np.testing.assert_allclose(got[..., 0], 1 - dark, atol=0.01)
    np.testing.assert_allclose(got[..., 2], 0.9 - 0.7 * dark, atol=0.01)


def test_a_plain_picture_has_no_lines_and_coloured_pencils_its_colours() -> None:
    plain = opaque(np.full((40, 40, 3), [0.2, 0.5, 0.8]))
    np.testing.assert_allclose(
        made("pencil", plain, shade=0.0, grain=1.0, paper=[1, 1, 1])[..., :3], 1, atol=1e-4
    )
    coloured = made("pencil", plain, strength=0.0, shade=1.0, grain=0.0, colour=1.0, paper=[1, 1, 1])
    share = (1 - coloured[20, 20, :3]) / (1 - np.array([0.2, 0.5, 0.8]))
    assert np.ptp(share) < 1e-3


def test_watercolour_darkens_by_the_pigment_there_is() -> None:
    plain = opaque(np.full((64, 64, 3), [0.3, 0.6, 0.9]))
    got = made("watercolour", plain, edges=0.0, granulation=0.5, flow=0.0, seed=6)
    more = 0.5 * grain_of(Place(rect=Rect(0, 0, 64, 64)), 7, PAPER_SIZE)
    for channel, c in enumerate((0.3, 0.6, 0.9)):
        np.testing.assert_allclose(got[..., channel], c - c * (1 - c) * more, atol=1e-4)


def test_pigment_gathers_where_a_wash_ends() -> None:
    rgb = np.where(np.arange(80)[None, :, None] < 40, 0.4, 0.95) + np.zeros((60, 80, 3))
    for name, settings in (
        ("watercolour", {"wobble": 0.0, "granulation": 0.0, "flow": 0.0, "edges": 2.0}),
        ("ink-wash", {"bleeding": 0.0, "grain": 0.0, "edges": 1.0, "softness": 1.0}),
    ):
        got = made(name, opaque(rgb), **settings)[30, :, 0]
        assert got[38] < got[10] - 0.03, name


def test_ink_of_a_plain_picture() -> None:
    rgb = np.array([0.45, 0.4, 0.5])
    got = made(
        "ink-wash", opaque(np.tile(rgb, (40, 40, 1))), grain=0.0, softness=1.0, contrast=1.5, colour=0.5
    )
    ink = (1 - rgb_to_oklch(rgb)[0]) ** 1.5
    ends = rgb_to_oklch(np.array([[0.965, 0.945, 0.9], [0.07, 0.075, 0.085]]))

    def lab(lch: np.ndarray) -> np.ndarray:
        angle = 2 * np.pi * lch[..., 2]
        return np.stack([lch[..., 0], lch[..., 1] * np.cos(angle), lch[..., 1] * np.sin(angle)], -1)

    wanted = lab(ends)[0] * (1 - ink) + lab(ends)[1] * ink + 0.5 * lab(rgb_to_oklch(rgb)) * [0, 1, 1]
    hue = np.arctan2(wanted[2], wanted[1]) / (2 * np.pi)
    np.testing.assert_allclose(
        got[20, 20, :3], oklch_to_rgb(np.array([wanted[0], np.hypot(*wanted[1:]), hue])), atol=1e-3
    )


def test_ink_runs_into_wet_paper() -> None:
    rgb = np.ones((80, 80, 3))
    rgb[30:50, 30:50] = 0
    dry = made("ink-wash", opaque(rgb), bleeding=0.0, grain=0.0)
    wet = made("ink-wash", opaque(rgb), bleeding=6.0, wetness=1.0, grain=0.0)
    assert dry[40, 27, 0] > 0.9 > wet[40, 27, 0]


def test_rice_paper_is_multiplied_and_lighter_than_its_threads() -> None:
    white = made("rice-paper", opaque(np.ones((200, 200, 3))), seed=2)
    half = made("rice-paper", opaque(np.full((200, 200, 3), 0.5)), seed=2)
    np.testing.assert_allclose(half[..., :3] * 2, white[..., :3], atol=1e-6)
    bare = made(
        "rice-paper", opaque(np.ones((8, 8, 3))), fibres=0.0, clouds=0.0, grain=0.0, paper=[1, 0.9, 0.8]
    )
    np.testing.assert_allclose(bare[..., :3], np.tile([1, 0.9, 0.8], (8, 8, 1)), atol=1e-6)
    threads = made("rice-paper", opaque(np.ones((200, 200, 3))), fibres=1.0, clouds=0.0, grain=0.0)[..., 0]
    assert 0.02 < (threads < threads.max() - 0.05).mean() < 0.5


@pytest.mark.parametrize("name", NAMES)
def test_seeds_and_what_is_no_number(name: str) -> None:
    kind = FILTERS[name]
    pixels = picture()
    if "seed" in kind.parameters.__struct_fields__:
        one, other = (made(name, pixels, seed=seed) for seed in (1, 2))
        assert np.abs(one - other).max() > 0.01
    pixels[9, 9], pixels[140, 140], pixels[180, 80] = np.nan, np.inf, -np.inf
    assert np.isfinite(kind.apply(pixels, kind.parameters(), canvas=CANVAS)).all()
