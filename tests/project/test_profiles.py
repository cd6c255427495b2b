"""Colour spaces: our profiles as LittleCMS reads them, and conversion between them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from studio.project import profiles
from tests.project.table_profile import GAMMA, table_profile


def as_littlecms(rgb: np.ndarray, name: str) -> np.ndarray:
    target = ImageCms.ImageCmsProfile(io.BytesIO(profiles.space(name).icc))
    picture = Image.fromarray(rgb, "RGB")
    out = ImageCms.profileToProfile(picture, ImageCms.createProfile("sRGB"), target, outputMode="RGB")
    return np.asarray(out)


@pytest.mark.parametrize("name", profiles.NAMES[1:])
def test_our_profiles_mean_to_littlecms_what_they_mean_to_us(name: str) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    ours = np.round(np.clip(profiles.convert(rgb / 255, b"", profiles.space(name).icc), 0, 1) * 255)
    assert np.abs(ours - as_littlecms(rgb, name).astype(float)).max() <= 1
    profile = ImageCms.ImageCmsProfile(io.BytesIO(profiles.space(name).icc))
    assert ImageCms.getProfileDescription(profile).strip() == name


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    first=st.sampled_from(profiles.NAMES),
    second=st.sampled_from(profiles.NAMES),
)
def test_there_and_back_is_the_same(seed: int, first: str, second: str) -> None:
    one, other = profiles.space(first).icc, profiles.space(second).icc
    colours = np.random.default_rng(seed).random((50, 3))
    assert np.abs(profiles.convert(profiles.convert(colours, one, other), other, one) - colours).max() < 1e-9


def test_known_colours() -> None:
    """sRGB's red in Display P3 as Apple and the CSS Color 4 specification give it; white stays white."""
    red = profiles.convert(np.array([1.0, 0.0, 0.0]), b"", profiles.space("Display P3").icc)
    assert red == pytest.approx([0.9175, 0.2003, 0.1386], abs=5e-4)
    for name in profiles.NAMES:
        assert profiles.convert(np.ones(3), b"", profiles.space(name).icc) == pytest.approx(
            [1, 1, 1], abs=2e-4
        )
    assert profiles.convert(np.full(3, 0.5), b"", profiles.space("Linear sRGB").icc)[0] == pytest.approx(
        0.2140, abs=2e-4
    )


def test_curves_of_all_types_run_both_ways() -> None:
    srgb = ImageCms.ImageCmsProfile(
        ImageCms.createProfile("sRGB")
    ).tobytes()  # tables or parameters, as LittleCMS likes
    colours = np.random.default_rng(2).random((100, 3))
    assert np.abs(profiles.convert(colours, srgb, b"") - colours).max() < 2e-3
    assert np.abs(profiles.convert(colours, b"", srgb) - colours).max() < 2e-3


def test_transparent_pixels_stay_so_and_alpha_is_kept() -> None:
    pixels = np.array([[[0.2, 0.1, 0.0, 0.4], [0, 0, 0, 0]]], np.float32)
    out = profiles.convert_pixels(pixels, b"", profiles.space("Display P3").icc)
    assert out[0, 0, 3] == np.float32(0.4) and not out[0, 1].any()
    straight = profiles.convert(
        pixels[0, 0, :3] / np.float64(np.float32(0.4)), b"", profiles.space("Display P3").icc
    )
    assert out[0, 0, :3] == pytest.approx(straight * 0.4, abs=1e-6)


def test_single_precision_stays_so_and_is_nearly_as_exact() -> None:
    colours = np.random.default_rng(4).random((500, 3))
    for name in profiles.NAMES[1:]:
        icc = profiles.space(name).icc
        quick = profiles.convert(colours.astype(np.float32), icc, b"")
        assert quick.dtype == np.float32
        assert np.abs(quick - profiles.convert(colours, icc, b"")).max() < 1e-5


def test_colours_of_a_table_look_alike_both_ways_and_an_unusable_profile_changes_no_number() -> None:
    table = table_profile()
    colours = 0.25 + 0.5 * np.random.default_rng(8).random((200, 3))
    there = profiles.alike(colours, b"", table)
    grey = profiles.alike(np.full((1, 3), 0.5), b"", table)
    assert grey == pytest.approx(np.full((1, 3), 0.2140 ** (1 / GAMMA)), abs=0.01)
    assert np.abs(profiles.alike(there, table, b"") - colours).max() < 0.02
    pixels = np.concatenate([colours, np.ones((200, 1))], 1).astype(np.float32)[None] * np.float32(0.5)
    seen = profiles.pixels_alike(pixels, b"", table)
    assert np.abs(seen[0, :, :3] - there * 0.5).max() < 0.01 and np.array_equal(seen[..., 3], pixels[..., 3])
    assert np.array_equal(profiles.alike(colours, b"", b"junk" * 50), colours)


@pytest.mark.parametrize("cut", [0, 10, 100, 131, 140, 300])
def test_what_is_no_matrix_profile_is_refused(cut: int) -> None:
    whole = profiles.space("Display P3").icc
    with pytest.raises(profiles.UnknownProfile):
        profiles.matrix_profile(whole[:cut] or b"x")
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    with pytest.raises(profiles.UnknownProfile):
        profiles.matrix_profile(lab)
