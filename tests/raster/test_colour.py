"""Conversions between 8 bit, 16 bit and float, the view's pixels, and the colour wheel's spaces."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import colour
from studio.raster.geometry import Rect


def every_pair() -> np.ndarray:
    """All 256 values with all 256 alphas."""
    alpha, value = np.mgrid[0:256, 0:256].astype(np.uint8)
    return np.ascontiguousarray(np.stack([value, value[:, ::-1], value, alpha], -1))


def test_every_8_bit_colour_with_alpha_comes_back_exactly() -> None:
    straight = every_pair()
    half = colour.to_half(straight)
    assert half.dtype == np.float16
    back = colour.from_half(half)
    seen = straight[..., 3] > 0
    np.testing.assert_array_equal(back[seen], straight[seen])
    assert not back[~seen].any()


def test_the_half_of_a_colour_is_the_nearest_to_its_premultiplied_value() -> None:
    straight = every_pair()
    exact = straight.astype(np.float64) / 255
    exact[..., :3] *= exact[..., 3:]
    np.testing.assert_array_equal(colour.to_half(straight), exact.astype(np.float32).astype(np.float16))


def test_opaque_pictures_take_the_same_values_on_the_short_way() -> None:
    straight = every_pair()
    straight[..., 3] = 255
    straight[0, 0, 3] = 254
    slow = colour.to_half(straight)
    straight[0, 0, 3] = 255
    fast = colour.to_half(straight)
    np.testing.assert_array_equal(fast.reshape(-1, 4)[1:], slow.reshape(-1, 4)[1:])


@pytest.mark.parametrize("alpha", [1, 2, 255, 4096, 65535])
def test_every_16_bit_value_comes_back_exactly(alpha: int) -> None:
    straight = np.empty((256, 256, 4), np.uint16)
    straight[..., :3] = np.arange(65536, dtype=np.uint16).reshape(256, 256, 1)
    straight[..., 3] = alpha
    np.testing.assert_array_equal(colour.to_straight16(colour.to_float(straight)), straight)


def test_widen_and_narrow_equal_numpy_for_every_half() -> None:
    halves = np.arange(65536, dtype=np.uint16).view(np.float16).reshape(256, 256)
    wide = colour.widen(halves)
    np.testing.assert_array_equal(wide, halves.astype(np.float32))
    finite = np.isfinite(halves)
    np.testing.assert_array_equal(colour.narrow(wide)[finite], halves[finite])


@pytest.mark.parametrize("shape", [(4, 1), (1, 4), (4,), (1, 1, 4), (4, 1, 4), (0, 3, 4), (1,), (3, 5, 4)])
def test_narrow_rounds_like_numpy_in_any_shape(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(1).normal(0, 1, shape).astype(np.float32)
    np.testing.assert_array_equal(colour.narrow(values), values.astype(np.float16))
    assert colour.narrow(values).shape == shape


def test_a_slice_of_a_tile_is_converted_like_its_copy() -> None:
    values = np.random.default_rng(1).random((64, 64, 4), dtype=np.float32)
    part = values[10:30, 5:50]
    np.testing.assert_array_equal(colour.narrow(part), part.astype(np.float16))


def test_view_pixels_are_premultiplied_bgra_within_their_alpha() -> None:
    straight = every_pair()
    view = colour.to_bgra8(colour.widen(colour.to_half(straight)))
    alpha = straight[..., 3].astype(np.float64)
    np.testing.assert_array_equal(view[..., 3], straight[..., 3])
    for channel, source in ((0, 2), (1, 1), (2, 0)):
        assert np.abs(view[..., channel] - straight[..., source] * alpha / 255).max() <= 0.75
        assert (view[..., channel] <= view[..., 3]).all()


def test_view_pixels_are_clamped() -> None:
    pixels = np.array([[[-0.5, 2.0, 0.5, 1.0], [0.9, 0.1, -1.0, 0.5], [0.2, 0.2, 0.2, -0.1]]], np.float32)
    np.testing.assert_array_equal(
        colour.to_bgra8(pixels)[0], [[128, 255, 0, 255], [0, 26, 128, 128], [0, 0, 0, 0]]
    )


def test_view_pixels_of_any_width_round_to_even_and_show_what_is_no_number_as_nothing() -> None:
    rng = np.random.default_rng(4)
    for width in (1, 2, 3, 4, 7, 66):
        around = (rng.random((9, width + 5, 4)) * 1.5 - 0.2).astype(np.float32)
        around[3] = (np.floor(around[3] * 255) + np.float32(0.5)) / np.float32(255)
        pixels = around[2:8, 3 : 3 + width]
        eight = np.rint(np.clip(np.maximum(pixels, 0) * np.float32(255), 0, 255)).astype(np.uint8)
        wanted = np.minimum(eight[..., [2, 1, 0, 3]], eight[..., 3:])
        np.testing.assert_array_equal(colour.to_bgra8(pixels), wanted)
        np.testing.assert_array_equal(
            colour.to_bgra8(pixels.astype(np.float16)),
            colour.to_bgra8(colour.widen(pixels.astype(np.float16))),
        )
    odd = np.array(
        [[[np.nan, np.inf, -np.inf, 1.0], [0.5, 0.5, 0.5, np.nan], [1e30, 0.0, 0.0, 1e30]]], np.float32
    )
    np.testing.assert_array_equal(colour.to_bgra8(odd)[0], [[0, 255, 0, 255], [0, 0, 0, 0], [0, 0, 255, 255]])


def test_export_clamps_and_rounds() -> None:
    pixels = np.array([[[-0.5, 2.0, 0.5, 1.0], [0.25, 0.5, 0.0, 0.5]]], np.float32)
    np.testing.assert_array_equal(colour.to_straight8(pixels)[0], [[0, 255, 128, 255], [128, 255, 0, 128]])


def test_premultiplying_and_back() -> None:
    straight = np.random.default_rng(2).random((20, 30, 4), dtype=np.float32)
    straight[0, 0, 3] = 0
    back = colour.unpremultiply(colour.premultiply(straight))
    np.testing.assert_allclose(back.reshape(-1, 4)[1:], straight.reshape(-1, 4)[1:], atol=1e-6)
    assert not back[0, 0].any()


@pytest.mark.parametrize(
    ("dtype", "kept"), [(np.uint8, np.float16), (np.uint16, np.float32), (np.float32, np.float32)]
)
def test_a_surface_of_a_picture_of_any_size(dtype: type, kept: type) -> None:
    high = 1.0 if dtype is np.float32 else np.iinfo(dtype).max
    straight = (np.random.default_rng(4).random((300, 257, 4)) * high).astype(dtype)
    straight[:, 256:] = 0
    surface = colour.surface_from_straight(straight)
    expected = colour.to_half(straight) if dtype is np.uint8 else colour.to_float(straight)
    assert surface.dtype == kept
    np.testing.assert_array_equal(surface.read(Rect(0, 0, 257, 300)), expected)
    assert set(surface.tiles) == {(0, 0), (0, 1)}


def test_hexadecimal_colours() -> None:
    assert colour.to_hex((1.0, 0.5, 0.0)) == "#ff8000"
    assert colour.from_hex("#ff8000") == (1.0, 128 / 255, 0.0)
    assert colour.from_hex("0f8") == (0.0, 1.0, 136 / 255)
    for wrong in ("", "#12345", "#gggggg", "red"):
        with pytest.raises(ValueError, match="is not a colour"):
            colour.from_hex(wrong)


def test_hue_saturation_value() -> None:
    named = {
        (1, 0, 0): (0, 1, 1),
        (0, 1, 0): (1 / 3, 1, 1),
        (0, 0, 1): (2 / 3, 1, 1),
        (0.5, 0.5, 0.5): (0, 0, 0.5),
    }
    for rgb, hsv in named.items():
        np.testing.assert_allclose(colour.rgb_to_hsv(np.array(rgb)), hsv, atol=1e-12)
        np.testing.assert_allclose(colour.hsv_to_rgb(np.array(hsv)), rgb, atol=1e-12)
    rgb = np.random.default_rng(5).random((1000, 3))
    np.testing.assert_allclose(colour.hsv_to_rgb(colour.rgb_to_hsv(rgb)), rgb, atol=1e-12)


def test_oklch_against_published_values_and_back() -> None:
    lightness, chroma, hue = colour.rgb_to_oklch(np.array([1.0, 0.0, 0.0]))
    assert (lightness, chroma, hue * 360) == pytest.approx((0.62796, 0.25768, 29.234), abs=2e-3)
    assert colour.rgb_to_oklch(np.array([1.0, 1.0, 1.0]))[:2] == pytest.approx((1.0, 0.0), abs=1e-6)
    rgb = np.random.default_rng(6).random((1000, 3))
    np.testing.assert_allclose(colour.oklch_to_rgb(colour.rgb_to_oklch(rgb)), rgb, atol=1e-6)


def test_a_colour_outside_srgb_keeps_lightness_and_hue() -> None:
    wanted = np.array([[0.7, 0.4, 0.1], [0.5, 0.01, 0.5]])
    got = colour.rgb_to_oklch(colour.oklch_in_srgb(wanted))
    np.testing.assert_allclose(got[:, 0], wanted[:, 0], atol=1e-3)
    np.testing.assert_allclose(got[:, 2], wanted[:, 2], atol=1e-3)
    assert got[0, 1] < 0.4
    assert got[1, 1] == pytest.approx(0.01, abs=1e-4)
