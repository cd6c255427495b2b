"""Other sizes and places of premultiplied pixels."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import resample


def picture(height: int, width: int, dtype: type = np.float32) -> np.ndarray:
    pixels = np.random.default_rng(height * 1000 + width).random((height, width, 4)).astype(np.float32)
    pixels[..., :3] *= pixels[..., 3:]
    return pixels.astype(dtype)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_halving_is_the_mean_of_four(dtype: type) -> None:
    pixels = picture(64, 128, dtype)
    expected = pixels.astype(np.float64).reshape(32, 2, 64, 2, 4).mean((1, 3))
    half = resample.halve(pixels)
    assert half.dtype == dtype
    np.testing.assert_allclose(half.astype(np.float64), expected, atol=1e-6 if dtype is np.float32 else 5e-4)


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (3, 1), (5, 7)])
def test_odd_sizes_round_up_and_stay_opaque(size: tuple[int, int]) -> None:
    half = resample.halve(np.ones((*size, 4), np.float32))
    assert half.shape == ((size[0] + 1) // 2, (size[1] + 1) // 2, 4)
    assert half.min() == half.max() == 1


def test_masks_are_halved_too() -> None:
    np.testing.assert_array_equal(resample.halve(np.array([[0.0, 1.0], [1.0, 1.0]], np.float16)), [[0.75]])


def test_the_chain_ends_in_one_pixel_or_where_asked() -> None:
    assert [level.shape[:2] for level in resample.mip_chain(picture(5, 9))] == [
        (5, 9),
        (3, 5),
        (2, 3),
        (1, 2),
        (1, 1),
    ]
    assert len(resample.mip_chain(picture(64, 64), 2)) == 3


@pytest.mark.parametrize("kind", ["nearest", "area", "linear", "cubic", "lanczos"])
@pytest.mark.parametrize("size", [(1, 1), (20, 30), (7, 100), (90, 11), (99, 77)])
def test_resizing_keeps_pixels_valid_and_a_flat_colour_flat(
    kind: resample.Kind, size: tuple[int, int]
) -> None:
    out = resample.resize(picture(33, 41), *size, kind)
    assert out.shape == (size[1], size[0], 4)
    assert out.min() >= 0
    assert (out[..., :3] <= out[..., 3:] + 1e-6).all()
    assert out[..., 3].max() <= 1
    flat = np.broadcast_to(np.array([0.2, 0.3, 0.1, 0.5], np.float32), (33, 41, 4)).copy()
    np.testing.assert_allclose(
        resample.resize(flat, *size, kind), flat[:1, :1].repeat(size[1], 0).repeat(size[0], 1), atol=1e-5
    )


def test_values_above_one_survive_a_resize() -> None:
    bright = np.full((8, 8, 4), 3.0, np.float32)
    bright[..., 3] = 1
    np.testing.assert_allclose(resample.resize(bright, 16, 16, "lanczos")[..., 0], 3, atol=1e-4)


def test_a_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a size"):
        resample.resize(picture(3, 3), 0, 3)


@pytest.mark.parametrize("kind", ["nearest", "linear", "cubic", "lanczos"])
def test_an_integer_move_moves_exactly(kind: resample.Kind) -> None:
    pixels = picture(20, 30)
    out = resample.warp_affine(pixels, (1, 0, 0, 1, 5, -3), 40, 30, kind)
    np.testing.assert_allclose(out[:17, 5:35], pixels[3:], atol=1e-6)
    assert not out[17:].any()
    assert not out[:, :5].any()


def test_a_part_of_a_warp_equals_the_whole_warp() -> None:
    pixels = picture(60, 60)
    turn = (0.8, 0.6, -0.6, 0.8, 30.0, 4.0)
    whole = resample.warp_affine(pixels, turn, 90, 90)
    part = resample.warp_affine(pixels, turn, 40, 30, left=20, top=10)
    np.testing.assert_allclose(part, whole[10:40, 20:60], atol=2e-2)


def test_a_quarter_turn_is_a_quarter_turn() -> None:
    pixels = picture(16, 16)
    out = resample.warp_affine(pixels, (0, 1, -1, 0, 16, 0), 16, 16)
    np.testing.assert_allclose(out, np.rot90(pixels, -1), atol=1e-5)


def test_shrinking_far_averages_instead_of_skipping() -> None:
    lines = np.zeros((256, 256, 4), np.float32)
    lines[:, ::8] = 1
    out = resample.warp_affine(lines, (1 / 16, 0, 0, 1 / 16, 0, 0), 16, 16)
    np.testing.assert_allclose(out[2:-2, 2:-2], 1 / 8, atol=0.02)


@pytest.mark.parametrize("scale", [2, 4, 8])
@pytest.mark.parametrize("kind", ["linear", "cubic"])
def test_whole_number_enlargements_take_the_fast_way_to_the_same_pixels(
    scale: int, kind: resample.Kind, monkeypatch: pytest.MonkeyPatch
):
    source = np.random.default_rng(scale).random((40, 50, 4), dtype=np.float32)
    transform = (scale, 0.0, 0.0, scale, -16.0, 24.0)
    for left, top, width, height in ((0, 0, 100, 90), (-24, -8, 57, 33), (64, 128, 256, 256)):
        fast = resample.warp_affine(source, transform, width, height, kind, left, top)
        with monkeypatch.context() as patch:
            patch.setattr(resample, "_enlarged", lambda *_: None)
            slow = resample.warp_affine(source, transform, width, height, kind, left, top)
        assert fast.shape == slow.shape == (height, width, 4)
        assert np.abs(fast - slow).max() < 1e-5


def test_each_value_becomes_a_square() -> None:
    values = np.array([[0, 0.25], [1, 65504]], np.float16)
    large = resample.squares(values, 3)
    assert large.dtype == np.float16 and np.array_equal(large, np.repeat(np.repeat(values, 3, 0), 3, 1))
    assert np.array_equal(resample.squares(values[:, 1:], 1), values[:, 1:])
