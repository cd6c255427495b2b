"""Threshold, posterise and gradient map against OpenCV, numpy and the gradients of fill layers."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.raster.gradient import colours_at
from tests.filters.tones import colours, decoded, encoded, filtered

LUMA = np.array([0.2126, 0.7152, 0.0722])


def test_a_threshold_is_that_of_opencv() -> None:
    rgb = colours()
    _, wanted = cv2.threshold(np.ascontiguousarray(rgb[..., 1]), 0.4, 1.0, cv2.THRESH_BINARY)
    np.testing.assert_array_equal(filtered("threshold", rgb, tone="green", low=0.4)[..., 0], wanted)


@pytest.mark.parametrize(
    ("tone", "of"),
    [
        ("luma", lambda rgb: rgb @ LUMA),
        ("luminance", lambda rgb: encoded(decoded(rgb) @ LUMA)),
        ("value", lambda rgb: rgb.max(-1)),
    ],
)
def test_tones_from_low_to_high_become_the_second_colour(tone: str, of) -> None:
    rgb = colours()
    values = of(rgb)
    clear = (np.abs(values - 0.3) > 1e-4) & (np.abs(values - 0.6) > 1e-4)
    inside = (values >= 0.3) & (values <= 0.6)
    wanted = np.where(inside[..., None], [1.0, 0.5, 0.0], [0.0, 0.25, 0.5])
    got = filtered(
        "threshold", rgb, tone=tone, low=0.3, high=0.6, below=[0, 0.25, 0.5], above=[1.0, 0.5, 0.0]
    )
    np.testing.assert_allclose(got[clear], wanted[clear], atol=1e-6)


def test_the_ends_belong_to_the_range_and_light_above_one_to_an_open_one() -> None:
    got = filtered("threshold", [0.25, 0.5, 0.75], tone="each-channel", low=0.25, high=0.5)
    np.testing.assert_array_equal(got, [1, 1, 0])
    np.testing.assert_array_equal(filtered("threshold", [7.0, 0.4, -1.0], tone="each-channel"), [1, 0, 0])


def test_a_soft_threshold() -> None:
    got = filtered("threshold", [0.45, 0.5, 0.61], tone="each-channel", low=0.5, softness=0.2)
    np.testing.assert_allclose(got, [0.25, 0.5, 1.0], atol=1e-5)


def test_posterise_of_one_pixel_and_beyond_one() -> None:
    rgb = colours()
    np.testing.assert_allclose(
        filtered("posterise", rgb, levels=5), np.floor(rgb.astype(float) * 4 + 0.5) / 4, atol=1e-6
    )
    np.testing.assert_allclose(filtered("posterise", [1.3, -0.2, 0.5], levels=3), [1.5, 0, 0.5], atol=1e-6)
    assert len(np.unique(np.round(filtered("posterise", rgb, levels=6), 5))) == 6


def test_posterise_by_luma_keeps_hues() -> None:
    rgb = colours()
    got = filtered("posterise", rgb, levels=4, tone="luma")
    np.testing.assert_allclose(got @ LUMA * 3, np.round(got @ LUMA * 3), atol=1e-4)
    lit = got.sum(-1) > 0
    np.testing.assert_allclose(
        got[lit] / got[lit].max(-1, keepdims=True), rgb[lit] / rgb[lit].max(-1, keepdims=True), atol=1e-4
    )


def test_posterise_by_luminance_leaves_so_many_luminances_and_keeps_hues() -> None:
    """The luminance of the result, encoded, is one of the levels, and linear light keeps its proportions."""
    rgb = np.clip(colours(), 0.02, 1)
    got = filtered("posterise", rgb, levels=5, tone="luminance")
    old, new = encoded(decoded(rgb) @ LUMA), encoded(decoded(got) @ LUMA)
    wanted = np.floor(old * 4 + 0.5) / 4
    clear = np.abs(old * 4 % 1 - 0.5) > 1e-3
    np.testing.assert_allclose(new[clear], wanted[clear], atol=1e-4)
    shares = decoded(got) * (decoded(rgb) @ LUMA)[..., None] - decoded(rgb) * (decoded(got) @ LUMA)[..., None]
    np.testing.assert_allclose(shares, 0, atol=1e-4)
    np.testing.assert_allclose(
        filtered("posterise", [0.0, 0.0, 0.0], levels=5, tone="luminance"), 0, atol=1e-6
    )


def test_a_soft_posterise_rises_evenly() -> None:
    tones = np.repeat(np.linspace(0, 1, 1001)[None, :, None], 3, -1)
    got = filtered("posterise", tones, levels=4, softness=0.4)[0, :, 0]
    assert (np.diff(got) >= -1e-6).all() and np.abs(np.diff(got)).max() < 0.01
    np.testing.assert_allclose(
        filtered("posterise", tones, levels=4, softness=1.0)[0, :, 0], tones[0, :, 0], atol=1e-5
    )


STOPS = ((0.0, 0.1, 0.0, 0.3, 1.0), (0.4, 0.9, 0.2, 0.1, 1.0), (1.0, 1.0, 0.9, 0.6, 1.0))


@pytest.mark.parametrize("space", ["oklab", "encoded", "linear-light"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_gradient_map_is_the_gradient_at_the_tone(space, turned: bool) -> None:
    rgb = colours()
    tone = rgb.astype(float) @ LUMA
    wanted = colours_at(STOPS, (1 - tone if turned else tone).ravel(), space)[:, :3].reshape(rgb.shape)
    got = filtered("gradient-map", rgb, stops=STOPS, space=space, turned=turned)
    np.testing.assert_allclose(got, wanted, atol=1 / 1024)


def test_a_see_through_stop_takes_opacity() -> None:
    from studio.filters import FILTERS
    from studio.filters.lookup import GradientMap

    kind = FILTERS["gradient-map"]
    pixels = np.array([[[0, 0, 0, 0.5], [0.5, 0.5, 0.5, 0.5]]], np.float32)
    out = kind.apply(pixels, GradientMap(stops=((0.0, 1.0, 0.0, 0.0, 0.0), (1.0, 0.0, 1.0, 0.0, 1.0))))
    np.testing.assert_allclose(out[0], [[0, 0, 0, 0], [0, 0.5, 0, 0.5]], atol=1e-6)
