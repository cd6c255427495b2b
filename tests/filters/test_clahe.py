"""CLAHE against OpenCV's and plain equalisation."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage import exposure

from studio.filters import FILTERS
from studio.filters.clahe import LocalContrast, equalised
from studio.raster.colour import rgb_to_oklch
from tests.filters.tones import filtered


def plane(height: int = 256, width: int = 320) -> np.ndarray:
    """A slope, dark on one side, with texture."""
    y, x = np.mgrid[0:height, 0:width]
    grain = np.random.default_rng(2).normal(0, 0.04, (height, width))
    return np.clip(0.2 + 0.5 * x / width + 0.05 * np.sin(y / 9) + grain, 0, 1).astype(np.float32)


def test_one_field_is_plain_equalisation() -> None:
    source = plane()
    got = equalised(source, np.ones(source.shape, bool), 1, 1, 512.0)
    wanted = exposure.equalize_hist(source, nbins=512)
    np.testing.assert_allclose(got, wanted, atol=4e-3)


@pytest.mark.parametrize("limit", [8.0, 40.0])
def test_the_fields_are_those_of_opencv_where_little_is_cut(limit: float) -> None:
    source = plane()
    eight = np.round(source * 255).astype(np.uint8)
    wanted = cv2.createCLAHE(limit, (8, 8)).apply(eight) / 255
    got = equalised(eight.astype(np.float32) / 255, np.ones(source.shape, bool), 8, 8, limit)
    # OpenCV counts its bins to their end: half a bin more, and a bin may hold several hundredths
    assert abs(float((got - wanted).mean())) < 0.02
    assert np.corrcoef(got.ravel(), wanted.ravel())[0, 1] > 0.998


@pytest.mark.parametrize("limit", [1.5, 3.0])
def test_no_tone_becomes_steeper_than_the_limit(limit: float) -> None:
    values = np.random.default_rng(1).normal(0.5, 0.05, (64, 64)).clip(0, 1).astype(np.float32)
    cover = np.ones(values.shape, bool)
    ramp = np.sort(values.ravel())[None]
    tones = equalised(ramp, np.ones(ramp.shape, bool), 1, 1, limit)[0]
    slopes = np.diff(tones) / np.maximum(np.diff(ramp[0]), 1e-7)
    assert slopes[np.diff(ramp[0]) > 1e-4].max() < limit * 1.01
    assert equalised(values, cover, 1, 1, limit).std() > values.std()


def test_a_limit_of_one_changes_nothing() -> None:
    source = plane(64, 64)
    got = equalised(source, np.ones(source.shape, bool), 4, 4, 1.0)
    np.testing.assert_allclose(got, source, atol=1e-5)


def test_transparent_pixels_do_not_count() -> None:
    source, cover = plane(64, 64), np.zeros((64, 64), bool)
    cover[:, :32] = True
    other = source.copy()
    other[:, 32:] = 0.123
    for one in (source, other):
        got = equalised(one, cover, 1, 1, 50.0)[:, :32]
        np.testing.assert_allclose(got, equalised(source[:, :32], cover[:, :32], 1, 1, 50.0), atol=1e-6)


def test_lightness_changes_and_hue_stays() -> None:
    straight = np.stack([plane(64, 96), plane(64, 96) * 0.7, plane(64, 96) * 0.5], -1)
    before, after = rgb_to_oklch(straight), rgb_to_oklch(filtered("clahe", straight, columns=2, rows=2))
    assert np.std(after[..., 0]) > 1.1 * np.std(before[..., 0])
    seen = (before[..., 1] > 0.02) & (after[..., 1] > 0.02)
    off = (after[..., 2] - before[..., 2] + 0.5) % 1 - 0.5
    assert np.abs(off[seen]).max() < 2e-3


def test_no_strength_changes_nothing_and_light_above_one_stays() -> None:
    kind = FILTERS["clahe"]
    pixels = np.dstack([plane(32, 32) * 3] * 3 + [np.ones((32, 32), np.float32)])
    np.testing.assert_allclose(kind.apply(pixels, LocalContrast(strength=0.0)), pixels, atol=1e-4)
    assert kind.apply(pixels, LocalContrast())[..., :3].max() > 1.5
