"""Histograms against counting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.statistics import CHANNELS, WEIGHTS, histogram, otsu


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), height=st.integers(1, 20), width=st.integers(1, 20))
def test_counts_equal_counting(seed: int, height: int, width: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    found = histogram(pixels)
    seen = pixels[pixels[..., 3] >= 128]
    assert found.pixels == len(seen)
    for index in range(3):
        assert np.array_equal(found.counts[index], np.bincount(seen[:, index], minlength=256))
    luma = np.round(seen[:, :3].astype(np.float64) @ WEIGHTS.astype(np.float64))
    assert found.counts[3].sum() == len(seen)
    if len(seen):
        assert found.mean("luminance") == pytest.approx(luma.mean(), abs=0.51)
        for name, index in zip(CHANNELS[:3], range(3), strict=True):
            assert found.mean(name) == pytest.approx(seen[:, index].mean())
            assert found.deviation(name) == pytest.approx(seen[:, index].std())
            assert found.quantile(name, 0.5) == np.sort(seen[:, index])[(len(seen) - 1) // 2]


def test_nothing_seen_has_no_numbers() -> None:
    found = histogram(np.zeros((4, 4, 4), np.uint8))
    assert found.pixels == 0 and found.mean("red") == 0 and found.quantile("red", 0.5) == 0


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(0, 50), min_size=2, max_size=12))
def test_otsu_parts_the_two_classes_that_are_furthest_apart(counts: list[int]) -> None:
    """Against its definition: the variance between the classes, for every cut."""
    found = otsu(np.array(counts))
    values = np.repeat(np.arange(len(counts)), counts).astype(np.float64)
    apart = {}
    for cut in range(1, len(counts)):
        low, high = values[values < cut], values[values >= cut]
        if len(low) and len(high):
            apart[cut] = len(low) * len(high) * (low.mean() - high.mean()) ** 2
    if not apart:
        assert found is None
        return
    assert found in apart and apart[found] >= max(apart.values()) * (1 - 1e-9)
