"""Alpha and colours of composites whose truth is known; flaws that were put in, found."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.synthesis import matting
from studio.synthesis.flaws import flaws
from studio.synthesis.heal import finished
from studio.synthesis.problems import EMPTY, FULL, OTHER_SIZE, HealError
from tests.synthesis.scenes import SIDE, scenes

COLOUR = np.array([0.9, 0.3, 0.1, 1], np.float32)


def flower() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(composite, its alpha, a rough mask): a disc with a frilled, soft edge before hills."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    away, angle = np.hypot(x - 96, y - 96), np.arctan2(y - 96, x - 96)
    alpha = np.clip((55 - away + 5 * np.sin(angle * 14)) / 6 + 0.5, 0, 1).astype(np.float32)
    composite = alpha[..., None] * COLOUR + (1 - alpha[..., None]) * scenes()["hills"]
    return composite.astype(np.float32), alpha, (away < 55).astype(np.float32)


@pytest.mark.parametrize(("way", "bound"), [("closed-form", 0.01), ("guided", 0.05)])
def test_alpha_is_found_in_the_unknown_band(way: str, bound: float) -> None:
    """Mean absolute error over the unknown pixels."""
    composite, alpha, mask = flower()
    trimap = matting.trimap_of(mask, 12)
    found = finished(matting.matted(composite, trimap, way))  # type: ignore[arg-type]
    unknown = trimap == 128
    assert np.abs(found - alpha)[unknown].mean() < bound
    assert np.array_equal(found[~unknown], (trimap[~unknown] == 255).astype(np.float32))
    assert found.min() >= 0
    assert found.max() <= 1


def test_a_large_picture_is_solved_smaller_and_brought_to_size() -> None:
    composite, alpha, mask = (cv2.resize(part, (1400, 1400)) for part in flower())
    trimap = matting.trimap_of(mask, 60)
    found = finished(matting.matted(composite, trimap))
    assert np.abs(found - alpha)[trimap == 128].mean() < 0.02


def test_the_laplacian_by_boxes_is_levins() -> None:
    """Against his equation (5) written out for each window of a small picture."""
    colours = np.random.default_rng(3).random((6, 7, 3))
    alpha = np.random.default_rng(4).random((6, 7))
    windows = matting._Windows(colours, 1, 1e-3)
    expected = np.zeros(42)
    index = np.arange(42).reshape(6, 7)
    for y in range(6):
        for x in range(7):
            spot = np.s_[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2]
            own, numbers = colours[spot].reshape(-1, 3), index[spot].reshape(-1)
            count = len(own)
            away = own - own.mean(0)
            covariance = away.T @ away / count + np.eye(3) * 1e-3 / count
            weights = (1 + away @ np.linalg.inv(covariance) @ away.T) / count
            expected[numbers] += (np.eye(count) - weights) @ alpha.reshape(-1)[numbers]
    np.testing.assert_allclose(windows.laplacian(alpha).reshape(-1), expected, atol=1e-9)


def test_colours_are_freed_of_the_background() -> None:
    composite, alpha, _ = flower()
    found = finished(matting.decontaminated(composite, alpha))
    edge = (alpha > 0.2) & (alpha < 0.8)
    own = found[edge][:, :3] / found[edge][:, 3:]
    before = np.abs(composite[edge][:, :3] - COLOUR[:3]).mean()
    assert np.abs(own - COLOUR[:3]).mean() < before / 5
    assert np.array_equal(found[..., 3], alpha)
    assert np.array_equal(found[alpha == 1], composite[alpha == 1])
    assert not found[alpha == 0].any()


def test_a_thing_before_its_background_is_found_without_help() -> None:
    composite, alpha, _ = flower()
    found = finished(matting.found(composite))
    assert np.abs(found - alpha).mean() < 0.04


def test_masks_and_trimaps_that_say_too_little_are_refused() -> None:
    pixels = scenes()["hills"]
    blank = np.zeros((SIDE, SIDE), np.float32)
    for mask, text in ((blank, EMPTY), (blank + 1, FULL)):
        with pytest.raises(HealError) as refused:
            matting.trimap_of(mask, 5)
        assert refused.value.text == text
    for trimap, text in (
        (np.full((SIDE, SIDE), 128, np.uint8), EMPTY),
        (np.full((SIDE, SIDE), 255, np.uint8), FULL),
        (np.zeros((2, 2), np.uint8), OTHER_SIZE),
    ):
        with pytest.raises(HealError) as refused:
            finished(matting.matted(pixels, trimap))
        assert refused.value.text == text
    for flat in (np.ones((50, 50, 4), np.float32), np.ones((1, 1, 4), np.float32)):
        with pytest.raises(HealError):
            finished(matting.found(flat))


def test_scratches_and_dust_are_found_and_little_else() -> None:
    old = cv2.GaussianBlur(scenes()["sea"], (0, 0), 1)
    truth = np.zeros((SIDE, SIDE), np.uint8)
    scratched = truth.copy()
    cv2.line(scratched, (30, 5), (60, 180), 1, 2)
    for x, y in ((150, 20), (100, 60), (160, 150)):
        cv2.circle(truth, (x, y), 3, 1, -1)
    old[scratched > 0], old[truth > 0] = (0.95, 0.95, 0.95, 1), (0.02, 0.02, 0.02, 1)
    both = finished(flaws(old)) > 0
    everything = (truth | scratched) > 0
    assert (both & everything).sum() / everything.sum() > 0.95
    wide = cv2.dilate(everything.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (both & wide).sum() / both.sum() > 0.8
    lines, spots = finished(flaws(old, dust=False)) > 0, finished(flaws(old, scratches=False)) > 0
    assert (lines & (scratched > 0)).sum() > 0.9 * scratched.sum()
    assert not (lines & (truth > 0)).any()
    assert (spots & (truth > 0)).sum() > 0.9 * truth.sum()
    assert (spots & (scratched > 0)).sum() < 0.2 * scratched.sum()


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (30, 1)])
def test_flaws_of_the_smallest_pictures(shape: tuple[int, int]) -> None:
    found = finished(flaws(np.ones((*shape, 4), np.float32)))
    assert found.shape == shape
    assert not found.any()


@pytest.mark.parametrize("band", [1, 9, 40])
def test_a_trimap_in_strips_is_that_of_the_whole(band: int, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, mask = flower()
    whole = matting.trimap_of(mask, band), matting.shifted(mask, band / 2)
    monkeypatch.setattr(matting, "_MORPHED", 7 * SIDE)
    strips = matting.trimap_of(mask, band), matting.shifted(mask, band / 2)
    for one, other in zip(whole, strips, strict=True):
        np.testing.assert_array_equal(one, other)
