"""The formulas of layer effects against the same formulas written out in float64."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from studio.raster import effects


def soft_disc(height: int = 72, width: int = 80, radius: float = 18.0) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width] + 0.5
    return np.clip(radius + 0.5 - np.hypot(x - 37.3, y - 35.6), 0, 1).astype(np.float32)


def blur(shape: np.ndarray, sigma: float) -> np.ndarray:
    radius = math.ceil(3 * sigma)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    once = ndimage.correlate1d(shape.astype(np.float64), weights, axis=0, mode="nearest")
    return ndimage.correlate1d(once, weights, axis=1, mode="nearest")


def grown(
    shape: np.ndarray, radius: float, cuts: tuple[float, ...] = (0.125, 0.375, 0.625, 0.875)
) -> np.ndarray:
    """The mean over the cuts, each pixel compared with each other pixel."""
    total = np.zeros(shape.shape)
    y, x = np.mgrid[0 : shape.shape[0], 0 : shape.shape[1]]
    for cut in cuts:
        inside = np.argwhere(shape >= cut)
        if len(inside):
            away = np.sqrt(((y[..., None] - inside[:, 0]) ** 2 + (x[..., None] - inside[:, 1]) ** 2).min(-1))
            total += np.clip(radius + 1 - away, 0, 1)
    return np.maximum(total / len(cuts), shape)


@pytest.mark.parametrize("radius", [0.0, 0.6, 3.0, 7.5])
def test_a_grown_shape_is_all_that_lies_within_the_radius(radius: float) -> None:
    shape = soft_disc(40, 44, 9.0)
    wanted = grown(shape, radius) if radius else shape
    np.testing.assert_allclose(effects.dilate(shape, radius), wanted, atol=2e-6)


def test_an_empty_and_a_full_shape_grow_to_themselves() -> None:
    for value in (0.0, 1.0):
        flat = np.full((8, 9), value, np.float32)
        np.testing.assert_array_equal(effects.dilate(flat, 4.0), flat)


@pytest.mark.parametrize(("size", "spread"), [(6.0, 0.0), (9.0, 0.4), (8.0, 1.0)])
def test_a_glow_is_grown_and_blurred_by_half_its_size(size: float, spread: float) -> None:
    shape = soft_disc()
    sigma = (1 - spread) * size / 2
    cuts = (0.5,) if sigma >= 2 else (0.125, 0.375, 0.625, 0.875)
    wanted = grown(shape, spread * size, cuts) if spread else shape
    if spread < 1:
        wanted = blur(wanted, sigma)
    np.testing.assert_allclose(effects.glow(shape, size, spread), wanted, atol=3e-6)


@given(st.floats(-6, 6), st.floats(-6, 6))
@settings(max_examples=40, deadline=None)
def test_moving_is_linear_interpolation(x: float, y: float) -> None:
    shape = soft_disc(32, 36, 7.0)
    wanted = ndimage.shift(shape.astype(np.float64), (y, x), order=1, mode="grid-constant", cval=0.0)
    np.testing.assert_allclose(effects.move(shape, x, y), wanted, atol=3e-6)


def test_a_shadow_falls_away_from_the_light() -> None:
    assert effects.away_from_light(90, 8) == (0.0, 8.0)
    assert effects.away_from_light(0, 8) == (-8.0, 0.0)
    x, y = effects.away_from_light(120, 10)
    assert (x, y) == pytest.approx((5.0, 8.660254), abs=1e-5)


@pytest.mark.parametrize(
    ("angle", "altitude", "depth"), [(120.0, 30.0, 1.0), (-45.0, 60.0, 2.5), (10.0, 5.0, -1.0)]
)
def test_relief_is_the_diffuse_light_on_a_bump_map(angle: float, altitude: float, depth: float) -> None:
    shape, size = soft_disc(), 8.0
    height = size * blur(shape, size / 2)
    padded = np.pad(height, 1, mode="edge")
    normal = np.stack(
        [
            -depth * (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2,
            -depth * (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2,
            np.ones_like(height),
        ],
        -1,
    )
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    turned, raised = math.radians(angle), math.radians(altitude)
    light = (math.cos(turned) * math.cos(raised), -math.sin(turned) * math.cos(raised), math.sin(raised))
    shade = normal @ np.array(light) - math.sin(raised)
    bright, dark = effects.relief(shape, size, depth, 0.0, angle, altitude)
    np.testing.assert_allclose(bright, np.clip(shade / (1 - math.sin(raised)), 0, 1), atol=3e-5)
    np.testing.assert_allclose(dark, np.clip(-shade / math.sin(raised), 0, 1), atol=5e-5)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_what_lies_beside_a_half_covered_pixel_is_seen_in_its_other_half(
    cover: float, opacity: float, beside: float
) -> None:
    """Colours 1 (layer), 0.5 (beside), 0 (backdrop): over both parts of the pixel in turn, and as it is drawn."""
    wanted = cover * opacity * 1.0 + (1 - cover) * opacity * beside * 0.5
    shape = np.array([[cover]], np.float32)
    alpha = float(effects.shown_beside(shape, opacity)[0, 0]) * beside * opacity
    drawn = alpha * 0.5
    drawn = drawn * (1 - cover * opacity) + cover * opacity
    assert drawn == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("size", [5.0, 14.0, 60.0])
def test_a_part_equals_the_whole(size: float) -> None:
    rng = np.random.default_rng(3)
    shape = (rng.random((512, 640)) * (rng.random((512, 640)) > 0.7)).astype(np.float32)
    whole = effects.glow(shape, size, 0.25)
    block = effects.block(size * 0.75 / 2)
    reach = -(-effects.glow_reach(size, 0.25) // block) * block
    top, left, side = 192 + block, 224 + block, 96
    top, left = top // block * block, left // block * block
    part = effects.glow(
        shape[top - reach : top + side + reach, left - reach : left + side + reach], size, 0.25
    )
    np.testing.assert_array_equal(
        part[reach : reach + side, reach : reach + side], whole[top : top + side, left : left + side]
    )
