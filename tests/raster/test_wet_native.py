"""The compiled work of wet dabs against its formulas in numpy: bit for bit, but for sums."""

from __future__ import annotations

import math

import cv2
import msgspec
import numpy as np
import pytest

from studio.raster import stamp, wet, wet_native
from studio.raster.brush import Brush
from studio.raster.dab import Dab
from studio.raster.geometry import Rect
from studio.raster.plane import BLOCK, pieces
from studio.raster.tip import Tip

SHAPES = [(1, 1), (1, 7), (9, 3), (70, 131)]


def random(*shape: int, seed: int = 1) -> np.ndarray:
    """A view into a larger array, so that its rows do not lie side by side."""
    wide = shape[0] + 2, shape[1] + 3, *shape[2:]
    return np.random.default_rng(seed).random(wide, np.float32)[1:-1, 2:-1]


def weights(height: int, width: int) -> np.ndarray:
    found = random(height, width, seed=9)
    found[found < 0.4] = 0
    return found


def fourfold(values: np.ndarray) -> np.ndarray:
    return np.repeat(values[..., None], 4, -1)


@pytest.mark.parametrize(("height", "width"), SHAPES)
@pytest.mark.parametrize("corner", [(0, 0), (-300, 1234)])
def test_ground(height: int, width: int, corner: tuple[int, int]) -> None:
    cover, heights = random(height, width), np.random.default_rng(2).random((11, 13), np.float32)
    found = wet_native.on_ground(cover, 0.8, 1.4, 0.7, heights, corner)
    columns, rows = (
        (np.arange(count) + first) % side
        for count, first, side in zip((width, height), corner, (13, 11), strict=True)
    )
    wanted = cover * np.float32(0.8) * np.float32(1.4) - np.float32(0.7) * heights[rows[:, None], columns]
    np.testing.assert_array_equal(found, np.clip(wanted, 0, 1))


@pytest.mark.parametrize(("height", "width"), SHAPES)
@pytest.mark.parametrize("surrounded", [False, True])
def test_what_is_taken_up(height: int, width: int, surrounded: bool) -> None:
    weight, covered = weights(height, width), random(height, width)
    paint, before, around = (random(height, width, 4, seed=seed) for seed in (3, 4, 5))
    sums = np.arange(5, dtype=np.float64)
    wet_native.take_up(weight, 0.7, covered, paint, before, around if surrounded else None, sums)
    weight = weight * np.float32(0.7)
    seen = before.astype(float) * fourfold(1 - covered / 2) + paint / 2
    if surrounded:
        seen = seen + around * (1 - seen[..., 3:])
    wanted = [weight.sum(dtype=float), *(seen * weight[..., None]).sum((0, 1))] + np.arange(5)
    np.testing.assert_allclose(sums, wanted, rtol=1e-6)


@pytest.mark.parametrize(("height", "width"), SHAPES)
@pytest.mark.parametrize("covers", [False, True])
def test_what_is_laid(height: int, width: int, covers: bool) -> None:
    weight, covered, paint = weights(height, width), random(height, width), random(height, width, 4)
    part, share = np.array([0.2, 0.4, 0.8, 0.9], np.float32), weight * np.float32(0.6)
    wanted = paint * fourfold(1 - share) + fourfold(share) * part
    covering = covered * (1 - share) + share
    wet_native.lay_paint(weight, covered if covers else None, paint, 0.6, part)
    np.testing.assert_array_equal(paint, wanted)
    assert np.array_equal(covered, covering) == covers


def test_a_tip_lays_its_own_colours() -> None:
    weight, covered, paint = weights(8, 9), random(8, 9), random(8, 9, 4)
    cover, colours = random(8, 9, seed=7), random(8, 9, 4, seed=8)
    cover[2:4] = 0
    share = weight * np.float32(0.6)
    own = np.divide(share, cover, out=np.zeros_like(share), where=cover > 0) * np.float32(0.7)
    part = np.array([0.1, 0.0, 0.2, 0.3], np.float32)
    wanted = paint * fourfold(1 - share) + colours * fourfold(own) + fourfold(share) * part
    wet_native.lay_paint(weight, covered, paint, 0.6, part, (colours, cover, 0.7))
    np.testing.assert_allclose(paint, wanted, atol=5e-7)


@pytest.mark.parametrize(("height", "width"), SHAPES)
@pytest.mark.parametrize("channels", [1, 4])
@pytest.mark.parametrize("keeps_alpha", [False, True])
def test_towards(height: int, width: int, channels: int, keeps_alpha: bool) -> None:
    weight, pixels = weights(height, width), random(height, width, channels)
    target = random(height, width, channels, seed=4)
    pixels[height // 2 :, :, -1] = 0
    wanted = (target - pixels) * (weight * np.float32(0.3))[..., None] + pixels
    laid = wet.with_alpha(wanted, pixels[..., 3]) if keeps_alpha and channels == 4 else wanted
    alone, carried = pixels.copy(), target.copy()
    wet_native.towards(alone, target, weight, 0.3, keeps_alpha=keeps_alpha)
    np.testing.assert_array_equal(alone, laid)
    wet_native.towards(pixels, carried, weight, 0.3, keeps_alpha=keeps_alpha, carried=carried)
    np.testing.assert_array_equal(pixels, laid)
    np.testing.assert_array_equal(carried, wanted)


@pytest.mark.parametrize("size", [(1, 1), (40, 1), (31, 57), (90, 300)])
@pytest.mark.parametrize("keeps_alpha", [False, True])
def test_smearing_stretches_what_is_carried(size: tuple[int, int], keeps_alpha: bool) -> None:
    held, whole = random(*size, 4, seed=5), np.full((70, 200, 4), 7, np.float32)
    where = slice(11, 61), slice(20, 171)
    pixels, weight = random(50, 151, 4), weights(50, 151)
    stretched = cv2.resize(np.ascontiguousarray(held), (200, 70), interpolation=cv2.INTER_LINEAR)[where]
    wanted = (stretched - pixels) * (weight * np.float32(0.3))[..., None] + pixels
    laid = wet.with_alpha(wanted, pixels[..., 3]) if keeps_alpha else wanted
    wet_native.smear(pixels, weight, 0.3, held, whole, where, keeps_alpha=keeps_alpha)
    np.testing.assert_allclose(pixels, laid, atol=5e-6)
    np.testing.assert_allclose(whole[where], wanted, atol=5e-6)
    whole[where] = 7
    assert (whole == 7).all(), "nothing else is written"


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("shape", [(1, 1), (3, 5, 4), (40, 21), (60, 33, 4)])
def test_settling_says_whether_anything_differs(shape: tuple[int, ...], dtype: type) -> None:
    values, target = random(*shape) - np.float32(0.5), np.zeros(shape, dtype)
    values[0, 0] = -0.0
    assert wet_native.settle(target, values) == (values.size > 1)
    np.testing.assert_array_equal(target, values.astype(dtype))
    assert not wet_native.settle(target, values) and not np.signbit(target[0, 0]).any()
    values[-1, -1] += np.float32(0.25)
    assert wet_native.settle(target, values)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize(("height", "width"), SHAPES)
def test_wet_paint_on_a_layer(height: int, width: int, dtype: type) -> None:
    old, cover, covered = (
        random(height, width, 4).astype(dtype),
        weights(height, width),
        random(height, width),
    )
    covered[: height // 2] = 0
    paint, new = random(height, width, 4, seed=3), np.full((height, width, 4), 7, dtype)
    inverse = np.divide(1, covered, out=np.zeros_like(covered), where=covered > 0)
    laid = paint * fourfold(cover * inverse)
    wet_native.lay_wet(new, old, cover, covered, paint)
    wanted = old.astype(np.float32) * fourfold(1 - cover) + laid
    np.testing.assert_array_equal(new, wanted.astype(dtype))
    wet_native.lay_wet(new, None, cover, covered, paint)
    np.testing.assert_array_equal(new, laid.astype(dtype))


def ellipse(radius: float, hardness: float, roundness: float, turn: float, reach: int) -> np.ndarray:
    """All around a dab whose middle is a pixel's."""
    steps = np.arange(-reach, reach + 1, dtype=np.float32)
    x, y = steps[None, :], steps[:, None]
    cosine, sine = np.float32(math.cos(turn)), np.float32(math.sin(turn))
    full, flat = np.float32(radius), np.float32(max(roundness, 0.5 / radius))
    u, v = x * cosine + y * sine, (y * cosine - x * sine) / flat
    distance = np.sqrt(u * u + v * v)
    edge = np.sqrt(u * u + (v / flat) ** 2) / np.maximum(distance, np.float32(1e-6))
    soft = (1 - hardness) * radius
    value = np.clip(
        (full + np.float32(0.5) * edge - distance) / np.maximum(edge, np.float32(max(soft, 1e-6))), 0, 1
    )
    return value * value * (3 - 2 * value) if soft > 1 else value


@pytest.mark.parametrize("radius", [0.7, 3.0, 61.25])
@pytest.mark.parametrize("hardness", [0.0, 0.9, 1.0])
@pytest.mark.parametrize("roundness", [0.02, 0.1, 0.3, 0.98])
@pytest.mark.parametrize("degrees", [0.0, 31.5, 90.0])
def test_a_flattened_print_is_that_of_the_whole_square(
    radius: float, hardness: float, roundness: float, degrees: float
) -> None:
    found = stamp.round_print(radius, hardness, 0.5, 0.5, roundness, degrees)
    reach = math.ceil(radius + 0.9)
    wanted = ellipse(radius, hardness, roundness, math.radians(degrees), reach)
    rows, columns = (reach - side // 2 for side in found.shape)
    assert rows >= 0 and columns >= 0
    np.testing.assert_array_equal(np.pad(found, ((rows, rows), (columns, columns))), wanted)


def test_what_does_not_fit_is_refused() -> None:
    weight, pixels = weights(4, 5), random(4, 5, 4)
    frozen = pixels.copy()
    frozen.setflags(write=False)
    for wrong in (random(4, 6, 4), pixels.astype(np.float16), frozen, random(4, 5, 2)):
        with pytest.raises(ValueError):
            wet_native.towards(wrong, pixels, weight, 1.0)
    with pytest.raises(ValueError):
        wet_native.lay_wet(np.zeros((4, 5, 4), np.float16), pixels, weight, weight, pixels)
    with pytest.raises(ValueError):
        wet_native.take_up(weight.T, 1.0, weight, pixels, pixels, None, np.zeros(5))


def test_pieces_cover_a_dab_once_and_lie_inside_blocks() -> None:
    rect = Rect(-BLOCK - 40, 300, BLOCK + 77, 3 * BLOCK + 5)
    count = np.zeros((rect.height, rect.width), int)
    for piece, (rows, columns) in pieces(rect):
        count[rows, columns] += 1
        assert piece.left == rect.left + columns.start and piece.bottom == rect.top + rows.stop
        assert (piece.left // BLOCK, piece.top // BLOCK) == (
            (piece.right - 1) // BLOCK,
            (piece.bottom - 1) // BLOCK,
        )
    assert (count == 1).all()


def test_the_print_of_a_turned_oval_has_no_room_around_it_but_for_a_finger() -> None:
    dab = Dab(100.0, 100.0, 80.0, roundness=0.3, angle=0.0)
    brush = Brush(size=160.0, jitter_angle=1.0)
    brushes = brush, msgspec.structs.replace(brush, mode="smudge")
    paint, finger = (stamp.Stamps(one).at(dab)[0].cover for one in brushes)
    assert paint.shape[1] == finger.shape[1] == finger.shape[0] > 3 * paint.shape[0]
    room = (finger.shape[0] - paint.shape[0]) // 2
    np.testing.assert_array_equal(finger[room:-room], paint)
    assert np.count_nonzero(finger) == np.count_nonzero(paint)


@pytest.mark.parametrize("colours", [False, True])
@pytest.mark.parametrize("degrees", [0.0, 37.0, 90.0, 200.0])
@pytest.mark.parametrize("radius", [1.0, 9.0, 150.0])
@pytest.mark.parametrize("roundness", [0.1, 1.0])
def test_the_print_of_a_picture_is_no_larger_than_what_is_seen_of_it(
    colours: bool, degrees: float, radius: float, roundness: float
) -> None:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[5:58, 24:31] = np.random.default_rng(4).integers(100, 255, (53, 7, 4))
    tip = Tip.of(pixels if colours else np.ascontiguousarray(pixels[..., 3]))
    dab = Dab(100.0, 100.0, radius, angle=degrees, roundness=roundness, flip=True)
    brush = Brush(tip="image", tips=(tip,), size=2 * radius, jitter_angle=0.5)
    finger = msgspec.structs.replace(brush, mode="smudge")
    (part, left, top), (whole, edge, above) = (stamp.Stamps(one).at(dab) for one in (brush, finger))
    there = np.zeros_like(whole.cover)
    x, y = left - edge, top - above
    there[y : y + part.cover.shape[0], x : x + part.cover.shape[1]] = part.cover
    np.testing.assert_allclose(there, whole.cover, atol=1e-3)
    assert (part.colour is None) == (not colours)
    assert radius < 100 or (part.cover.max() > 0.5 and part.cover.size < 0.8 * whole.cover.size)
