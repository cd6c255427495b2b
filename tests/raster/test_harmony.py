"""Harmonies keep lightness and turn the hue; a picture's palette is its colours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.colour import rgb_to_oklch
from studio.raster.harmony import HARMONIES, harmony, palette_of

unit = st.floats(0.05, 0.95)


@settings(max_examples=60, deadline=None)
@given(
    colour=st.tuples(unit, unit, unit), kind=st.sampled_from([name for name in HARMONIES if name != "shades"])
)
def test_hues_turn_by_the_stated_angles(colour: tuple[float, float, float], kind: str) -> None:
    own = rgb_to_oklch(np.array(colour))
    found = harmony(colour, kind)
    assert len(found) == len(HARMONIES[kind][1])
    for rgb, turn in zip(found, HARMONIES[kind][1], strict=True):
        assert all(0 <= value <= 1 for value in rgb)
        lightness, chroma, hue = rgb_to_oklch(np.array(rgb))
        assert lightness == pytest.approx(own[0], abs=0.02)
        if chroma > 0.03:
            assert (hue - own[2] - turn / 360 + 0.5) % 1 - 0.5 == pytest.approx(0, abs=0.02)


def test_shades_go_from_dark_to_light() -> None:
    lightness = [rgb_to_oklch(np.array(rgb))[0] for rgb in harmony((0.7, 0.3, 0.2), "shades")]
    assert lightness == sorted(lightness) and lightness[-1] - lightness[0] > 0.5


def test_the_palette_of_four_flat_colours_is_these_four() -> None:
    colours = np.array(
        [[20, 30, 60, 255], [200, 60, 40, 255], [90, 160, 120, 255], [240, 235, 220, 255]], np.uint8
    )
    pixels = np.repeat(np.repeat(colours.reshape(2, 2, 4), 50, 0), 50, 1)
    noisy = pixels.astype(int) + np.random.default_rng(1).integers(-3, 4, pixels.shape)
    noisy[..., 3] = 255
    pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    found = palette_of(pixels, 4)
    assert found == palette_of(pixels, 4)
    for colour in colours[:, :3] / 255:
        assert min(np.abs(np.array(rgb) - colour).max() for rgb in found) < 0.02


def test_transparent_and_tiny_pictures() -> None:
    assert palette_of(np.zeros((8, 8, 4), np.uint8), 5) == ()
    one = np.full((1, 1, 4), 255, np.uint8)
    assert palette_of(one, 5) == ((1.0, 1.0, 1.0),)
