"""Maps at full size as text: exact, cut off, broken; means where they are seen from further away."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import full_map
from studio.raster.geometry import Rect


def at(content: str, part: Rect, level: int = 0) -> np.ndarray:
    """[h, w, 2] of a part of the map's own pixels."""
    width, height = (side / (1 << level) for side in full_map.size_of(content))
    x = (np.arange(part.left, part.right)[None] + 0.5) / width
    y = (np.arange(part.top, part.bottom)[:, None] + 0.5) / height
    return np.stack(full_map.values_at(content, x, y, (1 / width, 1 / height)), -1)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (600, 3), (257, 530)], ids=str)
def test_all_values_come_back_exactly(size: tuple[int, int]) -> None:
    values = (np.random.default_rng(2).random((size[1], size[0], 2)) * 2 - 1).astype(np.float16)
    content = full_map.packed(values)
    assert full_map.size_of(content) == size and full_map.is_full(content)
    full_map.check(content)
    found = at(content, Rect(0, 0, *size))
    np.testing.assert_array_equal(found.astype(np.float16), values)


def test_smooth_maps_are_small() -> None:
    ramp = np.zeros((512, 512, 2), np.float16)
    ramp[..., 0] = np.linspace(-1, 1, 512)
    assert len(full_map.packed(ramp)) < 0.05 * ramp.nbytes


def test_a_part_is_that_of_the_whole() -> None:
    values = (np.random.default_rng(5).random((90, 120, 2)) * 2 - 1).astype(np.float16)
    content = full_map.packed(values)
    for level in (0, 2):
        whole = at(content, Rect(0, 0, 120 >> level, 90 >> level), level)
        part = Rect(11, 3, 27, 20)
        np.testing.assert_array_equal(at(content, part, level), whole[3:20, 11:27])


def test_from_further_away_it_is_means() -> None:
    values = (np.random.default_rng(6).random((64, 128, 2)) * 2 - 1).astype(np.float16)
    content = full_map.packed(values)
    means = values.astype(np.float64).reshape(16, 4, 32, 4, 2).mean((1, 3))
    np.testing.assert_allclose(at(content, Rect(0, 0, 32, 16), 2), means, atol=2e-3)


def test_what_is_broken_moves_nothing() -> None:
    values = np.full((600, 300, 2), 0.5, np.float16)
    content = full_map.packed(np.random.default_rng(1).random((600, 300, 2)).astype(np.float16))
    for text in (content[: len(content) // 2], "2,300,600;!!", "2,300,600;AAAA"):
        found = at(text, Rect(0, 0, 300, 600))
        assert np.isfinite(found).all() and (found[-1] == 0).all() and np.abs(found).max() <= 1
    bad = values.copy()
    bad[0, 0] = np.nan
    bad[0, 1] = np.inf
    assert np.isfinite(at(full_map.packed(bad), Rect(0, 0, 300, 600))).all()


def test_values_are_those_of_the_picture() -> None:
    pixels = np.array(
        [[[128 / 255, 1.0, 0, 1], [0, 0, 0, 0], [np.nan, 3.0, 0, 1], [0.1, 0.25, 0, 0.5]]], np.float32
    )
    wanted = [[[0, 1], [0, 0], [-1, 1], [(25.5 + 64 - 128) / 127, (63.75 + 64 - 128) / 127]]]
    np.testing.assert_allclose(full_map.moves(pixels), wanted, atol=1e-3)


def test_the_largest_picture_is_halved_until_it_fits() -> None:
    assert full_map.fitting(8192, 8192) == 0 and full_map.fitting(8193, 8192) == 1
    assert full_map.fitting(30000, 30000) == 2
