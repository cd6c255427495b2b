"""A picture as a small map: what comes back, what is refused, and how it is read between its values."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from studio.raster.small_map import SIDE, packed, reduced, unpacked, values_at


def test_what_is_packed_comes_back() -> None:
    values = np.random.default_rng(1).integers(0, 256, (40, 70, 2), np.uint8)
    found = unpacked(packed(values))
    np.testing.assert_allclose(found, np.clip((np.moveaxis(values, -1, 0) - 128.0) / 127, -1, 1))
    grey = np.repeat(values[..., :1], 2, axis=2)
    assert len(packed(grey)) < 0.6 * len(packed(values)), "equal planes cost once"


def test_the_largest_map_stays_small() -> None:
    noise = np.random.default_rng(2).random((900, 1800, 4), np.float32)
    noise[..., 3] = 1
    values = reduced(noise)
    assert values.shape == (SIDE // 2, SIDE, 2)
    assert len(packed(np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 2), np.uint8))) < 180_000


def test_transparent_and_broken_pixels_count_as_they_should() -> None:
    pixels = np.array([[[0, 0, 0, 0], [1, 0, 0, 1], [np.nan, np.inf, 0, 1], [0.25, 0.5, 0, 0.5]]], np.float32)
    assert reduced(pixels).tolist() == [[[128, 128], [255, 0], [0, 255], [128, 191]]]


def test_text_that_is_no_map_is_refused() -> None:
    head = bytes((1, 4, 0, 4, 0))
    for data in (b"", b"x", head, head + bytes(31), head + bytes(33), bytes((9, 4, 0, 4, 0)) + bytes(32)):
        with pytest.raises(ValueError, match="map"):
            unpacked(base64.b64encode(zlib.compress(data)).decode())
    for text in ("?", "AAAA"):
        with pytest.raises(ValueError, match="map"):
            unpacked(text)


@pytest.mark.parametrize("shape", [(1, 1), (1, 6), (7, 1), (5, 9)])
def test_between_its_values_it_is_linear(shape: tuple[int, int]) -> None:
    values = np.random.default_rng(4).random((2, *shape))
    x, y = np.linspace(-0.2, 1.2, 50)[None], np.linspace(-0.1, 1.1, 40)[:, None]
    wanted = np.meshgrid(y[:, 0] * shape[0] - 0.5, x[0] * shape[1] - 0.5, indexing="ij")
    for plane, found in zip(values, values_at(values, x, y), strict=True):
        np.testing.assert_allclose(found, map_coordinates(plane, wanted, order=1, mode="nearest"), atol=1e-9)
