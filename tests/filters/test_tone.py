"""Auto contrast."""

from __future__ import annotations

import numpy as np
import pytest

from studio.filters import FILTERS
from studio.filters.tone import AutoContrast, measure

KIND = FILTERS["auto-contrast"]
EXACT = AutoContrast(low=0.0, high=0.0)


def ramp(low: float, high: float) -> np.ndarray:
    pixels = np.ones((100, 100, 4), np.float32)
    pixels[..., :3] = np.linspace(low, high, 10000, dtype=np.float32).reshape(100, 100, 1)
    return pixels


def test_a_flat_picture_is_stretched_to_the_full_range() -> None:
    out = KIND.apply(ramp(0.3, 0.6), EXACT)
    assert out[..., :3].min() == pytest.approx(0, abs=2e-3)
    assert out[..., :3].max() == pytest.approx(1, abs=2e-3)
    middle = ramp(0.3, 0.6)[50, 50, 0]
    assert out[50, 50, 0] == pytest.approx((middle - 0.3) / 0.3, abs=2e-3)


@pytest.mark.parametrize(("low", "high"), [(5.0, 10.0), (20.0, 0.0), (0.0, 20.0)])
def test_the_given_shares_become_black_and_white(low: float, high: float) -> None:
    out = KIND.apply(ramp(0.1, 0.9), AutoContrast(low=low, high=high))[..., 0]
    assert (out == 0).mean() == pytest.approx(low / 100, abs=2e-3)
    assert (out == 1).mean() == pytest.approx(high / 100, abs=2e-3)


def test_shared_keeps_hues_and_per_channel_removes_a_cast() -> None:
    pixels = ramp(0.2, 0.6)
    pixels[..., 2] += 0.3
    shared = KIND.apply(pixels, EXACT)
    assert measure(pixels, EXACT)[0] == measure(pixels, EXACT)[2]
    assert (shared[..., 2] > shared[..., 0]).all()
    own = KIND.apply(pixels, AutoContrast(low=0.0, high=0.0, channels="per-channel"))
    np.testing.assert_allclose(own[..., 0], own[..., 2], atol=4e-3)


def test_transparent_pixels_do_not_count() -> None:
    pixels = ramp(0.3, 0.6)
    pixels[:50] = 0
    black, white = measure(pixels, EXACT)[0]
    assert black == pytest.approx(0.45, abs=2e-3)
    assert white == pytest.approx(0.6, abs=2e-3)
    half = ramp(0.3, 0.6) * np.float32(0.5)
    np.testing.assert_allclose(KIND.apply(half, EXACT), KIND.apply(ramp(0.3, 0.6), EXACT) * 0.5, atol=2e-3)


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_a_picture_of_one_tone_stays(value: float) -> None:
    pixels = ramp(value, value)
    np.testing.assert_array_equal(KIND.apply(pixels, KIND.parameters()), pixels)
