"""Local tone mapping: a pixel by its formula, and what it is for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from studio.filters import FILTERS
from studio.filters.local_tones import LocalTones

KIND = FILTERS["local-tone-mapping"]
LUMA = np.array([0.2126, 0.7152, 0.0722])


def decoded(values: np.ndarray) -> np.ndarray:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(light: np.ndarray) -> np.ndarray:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def by_hand(colours: np.ndarray, values: LocalTones) -> np.ndarray:
    """The paragraph, line by line, in float64."""
    light = decoded(colours.astype(np.float64)) * 2**values.exposure
    luminance = light @ LUMA
    tone = np.log2(np.maximum(luminance, 2.0**-10))
    side = int(2 * values.radius + 1)

    def mean(plane: np.ndarray) -> np.ndarray:
        return ndimage.uniform_filter(plane, side, mode="nearest")

    # two means look at the edge repeated twice as far as one
    far = int(2 * values.radius)
    wide = np.pad(tone, far, mode="edge")
    variance = mean(wide * wide) - mean(wide) ** 2
    slope = variance / (variance + values.edge**2)
    base = (mean(slope) * wide + mean((1 - slope) * mean(wide)))[far:-far, far:-far]
    grey = np.log2(0.18)
    new = grey + (1 - values.compression) * (base - grey) + values.detail * (tone - base)
    ratio = light / luminance[..., None]
    return encoded((2 ** (new - tone) * luminance)[..., None] * ratio**values.saturation)


@pytest.mark.parametrize(
    "values",
    [
        LocalTones(radius=4),
        LocalTones(radius=9, compression=0.8, detail=1.7, edge=2.0, saturation=0.6),
        LocalTones(radius=2, compression=0.0, detail=0.0, exposure=1.5),
    ],
)
def test_a_pixel_is_what_the_paragraph_says(values: LocalTones) -> None:
    random = np.random.default_rng(4)
    source = np.ones((60, 70, 4), np.float32)
    source[..., :3] = random.random((60, 70, 3)) * np.linspace(0.05, 1, 70)[None, :, None]
    out = KIND.apply(source, values)
    np.testing.assert_allclose(out[..., :3], by_hand(source[..., :3], values), atol=2e-4)


def test_areas_come_nearer_and_detail_stays_without_a_halo() -> None:
    """A dark room and a bright window, both with a fine pattern: 8 stops become 4, the pattern keeps its stops, and beside the
    step the room is as light as far away from it."""
    tone = np.where(np.arange(200) < 100, -8.0, 0.0) + 0.1 * (np.arange(200) % 2)
    source = np.ones((40, 200, 4), np.float32)
    source[..., :3] = encoded(2.0**tone)[None, :, None]
    out = KIND.apply(source, LocalTones(radius=12, compression=0.5))
    after = np.log2(decoded(out[20, :, 1].astype(np.float64)))
    assert after[120:180].mean() - after[20:80].mean() == pytest.approx(4.0, abs=0.02)
    assert np.diff(after)[20:80:2].mean() == pytest.approx(0.1, abs=0.01)
    assert np.abs(after[80:98] - after[20:38]).max() < 0.2, "no halo in front of the window"


def test_without_compression_and_with_its_own_detail_nothing_changes() -> None:
    source = np.random.default_rng(2).random((30, 40, 4)).astype(np.float32)
    source[..., :3] *= source[..., 3:]
    out = KIND.apply(source, LocalTones(compression=0.0, radius=5))
    np.testing.assert_allclose(out, source, atol=2e-5)
