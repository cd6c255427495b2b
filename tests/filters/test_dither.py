"""Dither against plain loops, and the tones it is to keep."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from studio.filters.dither import KERNELS, bayer
from studio.raster.colour import srgb_to_linear
from studio.raster.diffusion import Diffusion


def by_loops(values: np.ndarray, tones: np.ndarray, name: str) -> np.ndarray:
    """The textbook's two loops."""
    kernel, divisor = KERNELS[name]
    work, out = values.astype(float), np.empty_like(values)
    height, width = values.shape
    for y in range(height):
        for x in range(width):
            out[y, x] = tones[np.argmin(np.abs(tones - work[y, x]))]
            error = work[y, x] - out[y, x]
            for column, row, weight in kernel:
                if 0 <= x + column < width and y + row < height:
                    work[y + row, x + column] += error * weight / divisor
    return out


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("shape", [(24, 31), (31, 2), (1, 30), (30, 1), (3, 3), (40, 9)])
def test_error_diffusion_is_that_of_the_two_loops(name: str, shape: tuple[int, int]) -> None:
    values = np.random.default_rng(6).random(shape).astype(np.float32)
    tones = np.linspace(0, 1, 3, dtype=np.float32)
    kernel, divisor = KERNELS[name]
    wanted = by_loops(values, tones, name)
    for rows in (shape[0], 1, 7):
        got = values[..., None].copy()
        work = Diffusion(shape[1], [tones], kernel, 1 / divisor)
        for top in range(0, shape[0], rows):
            part = got[top : top + rows]
            work.rows(part, np.ones(part.shape[:2], bool))
        np.testing.assert_array_equal(got[..., 0], wanted)


@pytest.mark.parametrize(("name", "total"), [("floyd-steinberg", 1), ("jarvis-judice-ninke", 1), ("stucki", 1), ("burkes", 1), ("sierra", 1), ("atkinson", 0.75)])  # fmt: skip
def test_kernels_pass_on_what_their_authors_say(name: str, total: float) -> None:
    kernel, divisor = KERNELS[name]
    assert sum(weight for *_, weight in kernel) / divisor == total
    assert {"floyd-steinberg": 4, "burkes": 7, "sierra": 10, "atkinson": 6}.get(name, 12) == len(kernel)


def dithered(rgb: np.ndarray, **settings: Any) -> np.ndarray:
    kind = FILTERS["dither"]
    pixels = np.dstack([rgb, np.ones(rgb.shape[:2])]).astype(np.float32)
    return kind.apply(pixels, recipe.from_plain(kind.parameters, settings))[..., :3]


@pytest.mark.parametrize("kernel", [*(name for name in KERNELS if name != "atkinson"), "bayer"])
@pytest.mark.parametrize("space", ["encoded", "linear-light"])
def test_a_plain_tone_keeps_its_mean(kernel: str, space: str) -> None:
    for tone in (0.2, 0.43, 0.8):
        got = dithered(np.full((128, 128, 3), tone), kernel=kernel, space=space)
        assert set(np.unique(np.round(got, 4))) <= {0.0, 1.0}
        wanted = tone if space == "encoded" else float(srgb_to_linear(np.array(tone)))
        assert got.mean() == pytest.approx(wanted, abs=0.012)


def test_levels_are_evenly_spaced_encoded_values() -> None:
    ramp = np.repeat(np.linspace(0, 1, 256)[None, :, None], 64, 0).repeat(3, -1)
    for space in ("encoded", "linear-light"):
        got = dithered(ramp, levels=5, space=space)
        np.testing.assert_allclose(np.unique(np.round(got, 4)), [0, 0.25, 0.5, 0.75, 1], atol=1e-3)


def test_grey_and_no_strength() -> None:
    rgb = np.random.default_rng(1).random((40, 50, 3))
    grey = dithered(rgb, of="grey")
    assert np.ptp(grey, axis=-1).max() == 0
    plain = dithered(rgb, strength=0.0, levels=3, space="encoded")
    np.testing.assert_allclose(plain, np.floor(rgb * 2 + 0.5) / 2, atol=1e-6)
    ordered = dithered(rgb, strength=0.0, levels=3, space="encoded", kernel="bayer")
    np.testing.assert_allclose(ordered, plain, atol=1e-6)


def test_the_matrix_of_bayer() -> None:
    np.testing.assert_array_equal(bayer(1) * 4 - 0.5, [[0, 2], [3, 1]])
    assert sorted((bayer() * 64 - 0.5).astype(int).ravel().tolist()) == list(range(64))


@pytest.mark.parametrize("count", [4, 12])
def test_nearest_of_uneven_tones(count: int) -> None:
    tones = np.array([0.0, 0.1, 0.6, 1.0, *range(2, 10)][:count], np.float32)
    values = np.array([-1, 0.04, 0.06, 0.34, 0.36, 0.79, 0.81, 3], np.float32)[None, :, None].copy()
    Diffusion(8, [tones], ((1, 0, 1),), 0.0).rows(values, np.ones((1, 8), bool))
    np.testing.assert_allclose(values[0, :7, 0], np.float32([0, 0, 0.1, 0.1, 0.6, 0.6, 1]))
    assert values[0, 7, 0] == (1 if count == 4 else 3)


def test_rows_of_another_kind_are_refused() -> None:
    work = Diffusion(8, [np.array([0, 1], np.float32)] * 3, KERNELS["stucki"][0], 1 / 42)
    for values, seen in (
        (np.zeros((2, 7, 3), np.float32), np.ones((2, 7), bool)),
        (np.zeros((2, 8, 3)), np.ones((2, 8), bool)),
        (np.zeros((2, 8, 3), np.float32), np.ones((3, 8), bool)),
        (np.zeros((4, 8, 3), np.float32)[::2], np.ones((2, 8), bool)),
    ):
        with pytest.raises(ValueError, match="rows"):
            work.rows(values, seen)
    with pytest.raises(ValueError, match="channels"):
        Diffusion(8, [np.zeros(2, np.float32)] * 2, KERNELS["stucki"][0], 1.0)


@pytest.mark.parametrize("kernel", ["floyd-steinberg", "bayer"])
def test_each_channel_has_levels_of_its_own(kernel: str) -> None:
    """And each is what it would be with these levels in all three: channels do not see each other."""
    rgb = np.random.default_rng(8).random((60, 70, 3))
    levels = {"red": 2, "green": 5, "blue": 17}
    own = {f"levels_{name}": count for name, count in levels.items()}
    got = dithered(rgb, kernel=kernel, linked=False, **own)
    for channel, count in enumerate(levels.values()):
        alike = dithered(rgb, kernel=kernel, levels=count)
        np.testing.assert_array_equal(got[..., channel], alike[..., channel])
        assert len(np.unique(np.round(got[..., channel], 4))) == count
    np.testing.assert_array_equal(dithered(rgb, kernel=kernel, **own), dithered(rgb, kernel=kernel, levels=2))
    np.testing.assert_array_equal(
        dithered(rgb, kernel=kernel, of="grey", linked=False, **own), dithered(rgb, kernel=kernel, of="grey")
    )


def test_transparent_pixels_pass_nothing_on() -> None:
    kind = FILTERS["dither"]
    pixels = np.full((20, 30, 4), 0.4, np.float32)
    pixels[..., 3] = 1
    other = pixels.copy()
    pixels[:, :10] = 0
    other[:, :10] = (0.9, 0.2, 0.7, 0)
    np.testing.assert_array_equal(*(kind.apply(one, kind.parameters())[:, 10:] for one in (pixels, other)))


def test_what_is_no_number_spoils_nothing() -> None:
    kind = FILTERS["dither"]
    pixels = np.full((20, 30, 4), 0.4, np.float32)
    pixels[3, 4], pixels[5, 6], pixels[7, 8] = np.nan, np.inf, -np.inf
    for kernel in ("sierra", "bayer"):
        out = kind.apply(pixels, recipe.from_plain(kind.parameters, {"kernel": kernel}))
        assert np.isfinite(out).all()
