"""Quantisation against its formula, JPEG against a real encoder."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.filters import FILTERS
from studio.filters.jpeg import Jpeg
from studio.filters.quantise import Quantise
from studio.raster.blue_noise import SIDE, blue_noise
from studio.raster.colour import linear_to_srgb, srgb_to_linear

JPEG, QUANTISE = FILTERS["jpeg"], FILTERS["quantise"]


def photo(size: int = 128) -> np.ndarray:
    pixels = np.random.default_rng(1).random((size, size, 4), dtype=np.float32)
    pixels[..., :3] = np.clip((cv2.GaussianBlur(pixels[..., :3], (0, 0), 3) - 0.5) * 4 + 0.5, 0, 1)
    pixels[..., :3] = np.rint(pixels[..., :3] * 255) / np.float32(255)
    pixels[..., 3] = 1
    return pixels


def ramp() -> np.ndarray:
    pixels = np.ones((64, 512, 4), np.float32)
    pixels[..., :3] = np.linspace(0, 1, 512, dtype=np.float32)[None, :, None]
    return pixels


@pytest.mark.parametrize("steps", [2, 5, 256])
def test_values_become_the_nearest_step(steps: int) -> None:
    out = QUANTISE.apply(ramp(), Quantise(steps=steps))
    expected = np.floor(ramp()[..., :3].astype(np.float64) * (steps - 1) + 0.5) / (steps - 1)
    np.testing.assert_allclose(out[..., :3], expected, atol=1e-6)
    assert len(np.unique(out[..., 0])) == min(steps, 512)


def luminance(pixels: np.ndarray) -> np.ndarray:
    """Encoded luminance of opaque pixels, float64."""
    light = srgb_to_linear(pixels[..., :3].astype(np.float64)) @ (0.2126, 0.7152, 0.0722)
    return linear_to_srgb(light)


@pytest.mark.parametrize("dither", ["none", "uniform", "blue-noise"])
def test_by_luminance_few_tones_are_left_and_hues_stay(dither: str) -> None:
    pixels = photo()
    pixels[..., 0] = np.clip(pixels[..., 0], 0.05, 1)  # black has no hue
    out = QUANTISE.apply(pixels, Quantise(steps=4, channels="luminance", dither=dither))
    new, old = luminance(out), luminance(pixels)
    np.testing.assert_allclose(new * 3, np.round(new * 3), atol=2e-3)
    if dither == "none":
        clear = np.abs(old * 3 % 1 - 0.5) > 1e-3
        np.testing.assert_allclose(new[clear], np.floor(old[clear] * 3 + 0.5) / 3, atol=1e-3)
        assert len(np.unique(np.round(new, 3))) <= 4
    light, made = (srgb_to_linear(one[..., :3].astype(np.float64)) for one in (pixels, out))
    cross = made * light.sum(-1, keepdims=True) - light * made.sum(-1, keepdims=True)
    np.testing.assert_allclose(cross, 0, atol=1e-3)
    plain = QUANTISE.apply(pixels, Quantise(steps=4, dither=dither))
    assert np.abs(plain - out).max() > 0.1


@pytest.mark.parametrize("dither", ["uniform", "triangular", "blue-noise"])
def test_dither_keeps_the_mean_and_the_range(dither) -> None:
    out = QUANTISE.apply(ramp(), Quantise(steps=4, dither=dither))
    assert set(np.rint(np.unique(out[..., 0]) * 3)) == {0, 1, 2, 3}
    means = out[..., 0].reshape(64, 16, 32).mean((0, 2))
    wanted = ramp()[..., 0].reshape(64, 16, 32).mean((0, 2))
    np.testing.assert_allclose(means[6:-6], wanted[6:-6], atol=0.02)
    if dither != "triangular":
        assert (out[:, 0, 0] == 0).all()
        assert (out[:, -1, 0] == 1).all()


def test_blue_noise_has_every_value_once_and_no_low_frequencies() -> None:
    square = blue_noise(5)
    np.testing.assert_allclose(np.sort(square.ravel()), (np.arange(SIDE**2) + 0.5) / SIDE**2, atol=1e-7)
    power = np.abs(np.fft.fft2(square - square.mean())) ** 2 / square.size / square.var()
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.fftfreq(SIDE)))
    assert power[(frequency > 0) & (frequency < 0.1)].mean() < 1e-3
    assert power[frequency > 0.35].mean() == pytest.approx(1.3, abs=0.2)
    assert not np.array_equal(square, blue_noise(6))


@pytest.mark.parametrize("quality", [1, 10, 50, 75, 95])
def test_full_colour_resolution_equals_a_real_encoder(quality: int) -> None:
    """The encoder works with whole numbers of 13 bits too; where sums lie between two steps they may differ."""
    source = photo()
    flags = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]
    eight = np.rint(source[..., 2::-1] * 255).astype(np.uint8)
    real = cv2.imdecode(cv2.imencode(".jpg", eight, flags)[1], cv2.IMREAD_COLOR)[..., ::-1]  # type: ignore[index]
    out = np.rint(JPEG.apply(source, Jpeg(quality=quality, sampling="4:4:4"))[..., :3] * 255)
    difference = np.abs(out - real)
    assert difference.mean() < 0.35
    assert (difference > 2).mean() < 0.06


def test_half_colour_resolution_is_near_a_real_encoder() -> None:
    """A real decoder smooths the colours between blocks of 2×2; here they are repeated."""
    source = photo()
    flags = [
        cv2.IMWRITE_JPEG_QUALITY,
        50,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    ]
    eight = np.rint(source[..., 2::-1] * 255).astype(np.uint8)
    real = cv2.imdecode(cv2.imencode(".jpg", eight, flags)[1], cv2.IMREAD_COLOR)[..., ::-1].astype(np.float64)  # type: ignore[index]
    out = JPEG.apply(source, Jpeg(quality=50))[..., :3] * 255
    assert np.abs((out - real) @ (0.299, 0.587, 0.114)).mean() < 1
    assert np.abs(out - real).mean() < 0.5 * np.abs(real - eight[..., ::-1]).mean() + 2


def test_transparent_pixels_give_no_colour_to_their_block() -> None:
    source = np.zeros((16, 16, 4), np.float32)
    source[:, 5:] = (0.8, 0.4, 0.2, 1.0)
    out = JPEG.apply(source, Jpeg(quality=90))
    np.testing.assert_allclose(out[:, 5:, :3], source[:, 5:, :3], atol=0.02)
    assert not out[:, :5].any()


def test_saving_again_changes_more() -> None:
    source = photo()
    once, often = (JPEG.apply(source, Jpeg(quality=30, rounds=rounds)) for rounds in (1, 8))
    assert np.abs(often - source).mean() > 1.2 * np.abs(once - source).mean()
