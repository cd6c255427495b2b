"""Colour transfer and histogram match against the statistics they promise, SciPy and scikit-image."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import sqrtm
from skimage import exposure

from studio.filters import FILTERS
from studio.filters.transfer import match_to, shares, statistics, transfer_to, transport
from studio.raster.colour import rgb_to_oklch

LUMA = np.array([0.2126, 0.7152, 0.0722])


def opaque(rgb: np.ndarray) -> np.ndarray:
    return np.dstack([rgb, np.ones(rgb.shape[:2])]).astype(np.float32)


def dusk(seed: int = 4) -> np.ndarray:
    """Dark, reddish where light."""
    light = np.random.default_rng(seed).beta(2, 4, (60, 80, 1))
    noise = np.random.default_rng(seed + 1).normal(0, 0.03, (60, 80, 3))
    return opaque(np.clip(light * [0.9, 0.5, 0.4] + 0.08 + noise, 0, 1))


def meadow(seed: int = 9) -> np.ndarray:
    light = np.random.default_rng(seed).beta(4, 3, (50, 70, 1))
    noise = np.random.default_rng(seed + 1).normal(0, 0.04, (50, 70, 3))
    return opaque(np.clip(light * [0.4, 0.7, 0.3] + 0.15 + noise, 0, 1))


def oklab(pixels: np.ndarray) -> np.ndarray:
    lightness, chroma, hue = np.moveaxis(rgb_to_oklch(pixels[..., :3]), -1, 0)
    angle = 2 * np.pi * hue
    return np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], -1).reshape(-1, 3)


def test_statistics_are_those_of_numpy() -> None:
    pixels = dusk()
    found = statistics(pixels)
    assert found is not None
    lab = oklab(pixels)
    np.testing.assert_allclose(found.mean, lab.mean(0), atol=1e-5)
    np.testing.assert_allclose(np.array(found.covariance).reshape(3, 3), np.cov(lab.T, bias=True), atol=1e-6)
    assert statistics(np.zeros((4, 4, 4), np.float32)) is None


def test_opacity_is_weight() -> None:
    pixels = np.concatenate([dusk()[:50, :70], meadow() * np.float32(0)])
    found, wanted = statistics(pixels), statistics(dusk()[:50, :70])
    assert found is not None and wanted is not None
    np.testing.assert_allclose(found.mean, wanted.mean, atol=1e-9)


def test_the_map_of_optimal_transport_is_that_of_the_formula() -> None:
    generator = np.random.default_rng(2)
    one, two = (part @ part.T for part in generator.normal(size=(2, 3, 3)))
    root = sqrtm(one)
    back = np.linalg.inv(root)
    wanted = back @ sqrtm(root @ two @ root) @ back
    np.testing.assert_allclose(transport(one, two), wanted, atol=1e-6)
    np.testing.assert_allclose(wanted @ one @ wanted.T, two, atol=1e-6)


@pytest.mark.parametrize("method", ["mean-and-spread", "optimal-transport"])
def test_the_result_has_the_statistics_of_the_other_picture(method: str) -> None:
    other = meadow()
    parameters = transfer_to(other, method=method)
    got, wanted = oklab(FILTERS["colour-transfer"].apply(dusk(), parameters)), oklab(other)
    np.testing.assert_allclose(got.mean(0), wanted.mean(0), atol=2e-3)
    np.testing.assert_allclose(got.std(0), wanted.std(0), atol=2e-3)
    if method == "optimal-transport":
        np.testing.assert_allclose(np.cov(got.T), np.cov(wanted.T), atol=2e-4)


def test_a_picture_becomes_itself_and_no_strength_changes_nothing() -> None:
    pixels = dusk()
    kind = FILTERS["colour-transfer"]
    np.testing.assert_allclose(kind.apply(pixels, transfer_to(pixels)), pixels, atol=1e-3)
    np.testing.assert_allclose(kind.apply(pixels, transfer_to(meadow(), strength=0.0)), pixels, atol=1e-4)


def test_a_match_is_that_of_scikit_image() -> None:
    source, other = dusk(), meadow()
    got = FILTERS["histogram-match"].apply(source, match_to(other))
    wanted = exposure.match_histograms(source[..., :3], other[..., :3], channel_axis=-1)
    # 33 quantiles: the outermost pixels lie between two of them
    assert np.abs(got[..., :3] - wanted).mean() < 0.004
    assert np.quantile(np.abs(got[..., :3] - wanted), 0.99) < 0.03


def test_the_straight_line_equalises() -> None:
    source = dusk()
    got = FILTERS["histogram-match"].apply(source, FILTERS["histogram-match"].parameters())
    for channel in range(3):
        wanted = exposure.equalize_hist(source[..., channel], nbins=4096)
        np.testing.assert_allclose(got[..., channel], wanted, atol=5e-3)


def test_luma_is_matched_and_hues_stay() -> None:
    source, other = dusk(), meadow()
    got = FILTERS["histogram-match"].apply(source, match_to(other, channels="luma"))[..., :3]
    wanted = exposure.match_histograms(source[..., :3] @ LUMA, other[..., :3] @ LUMA)
    assert np.abs(got @ LUMA - wanted).mean() < 0.004
    np.testing.assert_allclose(
        got / got.max(-1, keepdims=True), source[..., :3] / source[..., :3].max(-1, keepdims=True), atol=1e-4
    )


def test_shares_rise_from_none_to_all() -> None:
    found = shares(dusk())
    assert found is not None
    assert (found[:, 0] == 0).all() and np.allclose(found[:, -1], 1)
    assert (np.diff(found, axis=1) >= 0).all()
    assert shares(np.zeros((3, 3, 4), np.float32)) is None
    assert match_to(np.zeros((3, 3, 4), np.float32)) == FILTERS["histogram-match"].parameters()
