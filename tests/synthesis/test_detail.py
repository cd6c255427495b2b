"""Detail from another picture: fine structure comes back, coarse structure stays; sizes, transparency, masks."""

from __future__ import annotations

import cv2
import numpy as np

from studio.synthesis.detail import coarse, features
from studio.synthesis.fuse import FUSIONS
from tests.synthesis.fusing import fused

SCALE = 4.0


def texture(seed: int, height: int = 96, width: int = 128) -> np.ndarray:
    """Grain of several sizes, its colours bound to its lightness: opaque float32 [h, w, 4]."""
    noise = np.random.default_rng(seed)
    light = np.zeros((height, width), np.float32)
    for sigma in (1, 2, 4, 12):
        layer = cv2.GaussianBlur(noise.standard_normal((height, width)).astype(np.float32), (0, 0), sigma)
        light += layer / layer.std()
    light = 0.5 + 0.12 * light / light.std()
    return np.clip(np.dstack((light, 0.1 + 0.8 * light, 1 - light, np.ones_like(light))), 0, 1).astype(
        np.float32
    )


def lacking(picture: np.ndarray) -> np.ndarray:
    low = coarse(np.ascontiguousarray(picture[..., :3]), SCALE)
    return np.dstack((np.clip(low, 0, 1), picture[..., 3])).astype(np.float32)


def fine(picture: np.ndarray) -> np.ndarray:
    straight = np.ascontiguousarray(picture[..., :3])
    return straight - coarse(straight, SCALE)


def test_the_picture_itself_gives_its_detail_back() -> None:
    whole = texture(1)
    low = lacking(whole)
    found = fused("patch-detail", (low, whole))
    assert np.mean((found - whole) ** 2) < np.mean((low - whole) ** 2) / 4


def test_another_picture_lends_detail_and_shapes_stay() -> None:
    low, lender = lacking(texture(1)), texture(2)
    found = fused("patch-detail", (low, lender))
    assert fine(low).std() < 0.25 * fine(lender).std()
    assert fine(found).std() > 0.4 * fine(lender).std()
    moved = coarse(np.ascontiguousarray(found[..., :3]), SCALE) - coarse(
        np.ascontiguousarray(low[..., :3]), SCALE
    )
    assert np.abs(moved).mean() < 0.02


def test_lenders_may_have_any_size_and_number() -> None:
    low = lacking(texture(1))
    tall, wide, tiny = texture(2, 140, 60), texture(3, 40, 300), texture(4, 3, 3)
    found = fused("patch-detail", (low, tall, wide))
    assert found.shape == low.shape and fine(found).std() > 2 * fine(low).std()
    np.testing.assert_array_equal(fused("patch-detail", (low, tiny)), low)


def test_alpha_stays_and_nothing_is_taken_from_transparent_places() -> None:
    low, lender = lacking(texture(1)), texture(2)
    low[:, :20] = 0
    lender[:, 64:] = 0
    bright = lender.copy()
    bright[:, 64:, :3] = 9.0  # colour that transparent pixels must not show
    found, same = fused("patch-detail", (low, lender)), fused("patch-detail", (low, bright))
    np.testing.assert_array_equal(found[..., 3], low[..., 3])
    assert not found[:, :20].any()
    assert (found[..., :3] <= found[..., 3:] + 1e-6).all()
    assert np.isfinite(same).all()
    np.testing.assert_array_equal(fused("patch-detail", (low, np.zeros_like(lender))), low)


def test_the_mask_and_the_strength_say_how_much() -> None:
    low, lender = lacking(texture(1)), texture(2)
    mask = np.zeros(low.shape[:2], np.float32)
    mask[:, 64:] = 1
    found = fused("patch-detail", (low, lender), mask)
    np.testing.assert_array_equal(found[:, :64], low[:, :64])
    assert (found[:, 64:] != low[:, 64:]).any()
    np.testing.assert_array_equal(fused("patch-detail", (low, lender), strength=0.0), low)


def test_seeds_repeat_and_the_features_ignore_brightness() -> None:
    low, lender = lacking(texture(1)), texture(2)
    first = fused("patch-detail", (low, lender), seed=3)
    np.testing.assert_array_equal(first, fused("patch-detail", (low, lender), seed=3))
    assert (first != fused("patch-detail", (low, lender), seed=4)).any()
    straight = np.ascontiguousarray(low[..., :3])
    np.testing.assert_allclose(
        features(straight, SCALE)[..., 0], features(straight + np.float32(0.2), SCALE)[..., 0], atol=2e-3
    )


def test_each_step_tells_more_and_is_small() -> None:
    """A stop is heard between steps: there are at least as many as there are parts of the matching."""
    low, lender = lacking(texture(1)), texture(2)
    fusion = FUSIONS["patch-detail"]
    parts = list(fusion.fuse((low, lender), fusion.parameters()))
    assert parts == sorted(parts) and len(parts) >= 5 * low[..., 0].size / 6000
