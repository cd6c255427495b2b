"""Philox against published vectors, independence of crops, and the distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from studio.raster import fields, random
from studio.raster.geometry import Rect

# kat_vectors of the Random123 distribution, philox4x32 with 10 rounds: counter, key, result
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN)
def test_published_vectors(counter: tuple[int, ...], key: tuple[int, int], result: tuple[int, ...]) -> None:
    words = random.philox(tuple(np.array([part], np.uint64) for part in counter), key[0] | key[1] << 32)  # type: ignore[arg-type]
    assert tuple(int(word[0]) for word in words) == result


WHOLE = Rect(-150, -70, 200, 130)
coordinates_x, coordinates_y = st.integers(-150, 199), st.integers(-70, 129)


@settings(deadline=None, max_examples=40)
@given(
    coordinates_x,
    coordinates_y,
    st.integers(1, 120),
    st.integers(1, 90),
    st.sampled_from(["normal", "uniform"]),
)
def test_a_crop_has_the_same_numbers(left: int, top: int, width: int, height: int, name: str) -> None:
    field = getattr(random, name)
    part = Rect.of(left, top, width, height).intersect(WHOLE)
    whole = field(7, WHOLE, (0, 2))
    inner = part.move(-WHOLE.left, -WHOLE.top)
    np.testing.assert_array_equal(
        field(7, part, (0, 2)), whole[inner.top : inner.bottom, inner.left : inner.right]
    )


@pytest.mark.parametrize("seed", [0, 1, 2**40 + 5])
def test_normal_numbers_are_normal(seed: int) -> None:
    numbers = random.normal(seed, Rect(0, 0, 256, 256))
    assert numbers.shape == (256, 256, 1)
    assert numbers.dtype == np.float32
    assert abs(numbers.mean()) < 4 / 256
    assert numbers.std() == pytest.approx(1, abs=0.012)
    assert 0.001 <= stats.kstest(numbers.ravel(), "norm").pvalue <= 0.999
    assert abs(stats.kurtosis(numbers.ravel())) < 0.08


@pytest.mark.parametrize("seed", [0, 1, 2**40 + 5])
def test_uniform_numbers_are_uniform(seed: int) -> None:
    numbers = random.uniform(seed, Rect(0, 0, 256, 256)).ravel()
    assert numbers.min() > 0
    assert numbers.max() < 1
    assert 0.001 <= stats.kstest(numbers, "uniform").pvalue <= 0.999


def test_neighbours_channels_seeds_and_streams_are_independent() -> None:
    rect = Rect(0, 0, 256, 256)
    base = random.normal(3, rect)[..., 0]
    others = [
        np.roll(base, 1, 0),
        np.roll(base, 1, 1),
        random.normal(3, rect, (1,))[..., 0],
        random.normal(4, rect)[..., 0],
        random.normal(3, rect, stream=1)[..., 0],
        random.normal(3 | 1 << 32, rect)[..., 0],
    ]
    for other in others:
        assert abs(np.corrcoef(base.ravel(), other.ravel())[0, 1]) < 5 / 256


def test_a_level_is_the_average_of_level_0() -> None:
    rect = Rect(-10, 3, 30, 23)
    fine = random.normal(5, rect.from_level(2), (0, 1))
    expected = fine.reshape(20, 4, 40, 4, 2).mean((1, 3))
    np.testing.assert_allclose(random.averaged(random.normal, 5, rect, (0, 1), 2), expected, atol=1e-5)
    np.testing.assert_array_equal(
        random.averaged(random.uniform, 5, rect, (0,), 0), random.uniform(5, rect, (0,))
    )


def test_an_empty_rectangle_gives_no_numbers() -> None:
    assert random.normal(0, Rect(4, 4, 4, 9), (0, 1)).shape == (5, 0, 2)


def test_compiled_words_are_those_of_any_counter() -> None:
    words = fields.words_of(-3, 2**32 - 2, (5, 37), 2, 7, 123 << 33 | 5)
    columns, rows = np.arange(-3, 34) & 0xFFFFFFFF, np.arange(2**32 - 2, 2**32 + 3) & 0xFFFFFFFF
    expected = random.philox((columns[None], rows[:, None], np.array(2), np.array(7)), 123 << 33 | 5)  # type: ignore[arg-type]
    np.testing.assert_array_equal(words, np.stack(expected))


def test_words_at_scattered_counters_are_the_same() -> None:
    scattered = np.random.default_rng(3)
    columns, rows = (scattered.integers(-(2**40), 2**40, (9, 23)) for _ in range(2))
    words = fields.words_at(columns, rows, -2, 7, 123 << 33 | 5)
    counter = (columns & 0xFFFFFFFF, rows & 0xFFFFFFFF, np.array(-2 & 0xFFFFFFFF), np.array(7))
    np.testing.assert_array_equal(words, np.stack(random.philox(counter, 123 << 33 | 5)))
    with pytest.raises(ValueError, match="are no counters"):
        fields.words_at(columns, rows[:4], 0, 0, 0)
