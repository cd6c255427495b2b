"""Gaussian blur against the formula."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from studio import recipe
from studio.filters import FILTERS
from studio.filters.blur import GaussianBlur
from studio.raster.gaussian import gaussian_kernel
from studio.raster.geometry import Rect

BLUR = FILTERS["gaussian-blur"]


def noise(height: int = 240, width: int = 320) -> np.ndarray:
    pixels = np.random.default_rng(0).random((height, width, 4), dtype=np.float32)
    pixels[..., :3] *= pixels[..., 3:]
    return pixels


@pytest.mark.parametrize("sigma", [0.4, 1.0, 3.3, 8.0, 8.1, 15.0, 30.0, 60.0])
def test_it_equals_the_formula_with_repeated_edges(sigma: float) -> None:
    source = noise()
    out = BLUR.apply(source, GaussianBlur(sigma=sigma))
    for channel in range(4):
        exact = ndimage.gaussian_filter(
            source[..., channel].astype(np.float64), sigma, mode="nearest", truncate=6
        )
        assert np.abs(out[..., channel] - exact).max() < 1 / 255


@pytest.mark.parametrize(
    ("edge", "beyond"),
    [("transparent", (0.0, 0.0, 0.0, 0.0)), ("black", (0.0, 0.0, 0.0, 1.0)), ("white", (1.0, 1.0, 1.0, 1.0))],
)
@pytest.mark.parametrize("sigma", [1.5, 20.0])
def test_what_lies_beyond_the_edge_is_chosen(edge: Any, beyond: tuple[float, ...], sigma: float) -> None:
    source = noise()
    out = BLUR.apply(source, GaussianBlur(sigma=sigma, edge=edge))
    for channel in range(4):
        exact = ndimage.gaussian_filter(
            source[..., channel].astype(np.float64), sigma, mode="constant", cval=beyond[channel], truncate=6
        )
        assert np.abs(out[..., channel] - exact).max() < 1.5 / 255


@pytest.mark.parametrize("edge", ["transparent", "black", "white"])
@pytest.mark.parametrize("sigma", [2.0, 13.0])
def test_a_tile_equals_the_whole_whatever_lies_beyond_the_edge(edge: Any, sigma: float) -> None:
    """Apart from the suite over all filters: here pixels come in from beyond the picture, even where it is transparent."""
    source, canvas, parameters = noise(), Rect(0, 0, 320, 240), GaussianBlur(sigma=sigma, edge=edge)
    whole = BLUR.apply(source, parameters, canvas=canvas)
    for part in (Rect(0, 0, 100, 90), Rect(250, 180, 320, 240), Rect(101, 97, 149, 145)):
        needed = part.grow(BLUR.reach(parameters)).intersect(canvas)
        pixels = np.ascontiguousarray(source[needed.top : needed.bottom, needed.left : needed.right])
        out = BLUR.apply(pixels, parameters, rect=needed, canvas=canvas, wanted=part)
        inner = part.move(-needed.left, -needed.top)
        np.testing.assert_array_equal(
            out[inner.top : inner.bottom, inner.left : inner.right],
            whole[part.top : part.bottom, part.left : part.right],
        )


@pytest.mark.parametrize(("across", "down"), [(3.0, 1.0), (0.0, 6.0), (20.0, 0.0), (2.0, 33.0), (40.0, 12.0)])
def test_across_and_down_blur_for_themselves(across: float, down: float) -> None:
    source = noise()
    out = BLUR.apply(source, GaussianBlur(sigma=across, linked=False, sigma_down=down))
    for channel in range(4):
        exact = ndimage.gaussian_filter(
            source[..., channel].astype(np.float64), (down, across), mode="nearest", truncate=6
        )
        assert np.abs(out[..., channel] - exact).max() < 1.5 / 255  # one direction averages less noise away


@pytest.mark.parametrize("sigma", [0.0, 0.4, 5.0, 30.0])
def test_the_same_twice_is_the_same_as_linked(sigma: float) -> None:
    linked = BLUR.apply(noise(), GaussianBlur(sigma=sigma, sigma_down=90.0))
    apart = BLUR.apply(noise(), GaussianBlur(sigma=sigma, linked=False, sigma_down=sigma))
    np.testing.assert_array_equal(linked, apart)
    stored = recipe.from_plain(GaussianBlur, {"sigma": sigma})
    np.testing.assert_array_equal(linked, BLUR.apply(noise(), stored))


@pytest.mark.parametrize("sigma", [0.5, 2.0, 8.0])
def test_the_kernel_has_weight_one_and_its_reach(sigma: float) -> None:
    kernel = gaussian_kernel(sigma)
    assert kernel.sum() == pytest.approx(1, abs=1e-6)
    assert len(kernel) // 2 < BLUR.reach(GaussianBlur(sigma=sigma))
    np.testing.assert_array_equal(kernel, kernel[::-1])


def test_a_point_spreads_no_further_than_the_reach() -> None:
    for sigma in (3.0, 12.0, 40.0):
        point = np.zeros((801, 801, 4), np.float32)
        point[400, 400] = 1
        out = BLUR.apply(point, GaussianBlur(sigma=sigma))
        rows, columns = np.nonzero(out[..., 3])
        far = max(np.abs(rows - 400).max(), np.abs(columns - 400).max())
        assert far <= BLUR.reach(GaussianBlur(sigma=sigma))
        assert out[..., 3].sum() == pytest.approx(1, rel=1e-3)


def test_a_level_blurs_by_fewer_pixels() -> None:
    assert BLUR.reach(GaussianBlur(sigma=8.0), 0) == 25
    assert BLUR.reach(GaussianBlur(sigma=8.0), 2) == 7
    source = noise()
    np.testing.assert_array_equal(
        BLUR.apply(source, GaussianBlur(sigma=8.0), scale=2), BLUR.apply(source, GaussianBlur(sigma=2.0))
    )


def test_transparent_pixels_give_no_colour() -> None:
    source = np.zeros((40, 40, 4), np.float32)
    source[:, 20:] = (0.8, 0.2, 0.1, 1.0)
    out = BLUR.apply(source, GaussianBlur(sigma=3.0))
    seen = out[..., 3] > 1e-3
    np.testing.assert_allclose(out[seen][:, 0] / out[seen][:, 3], 0.8, atol=1e-4)


def test_pixels_wholly_outside_the_canvas_stay() -> None:
    source = noise(20, 20)
    out = BLUR.apply(source, GaussianBlur(), rect=Rect(100, 100, 120, 120), canvas=Rect(0, 0, 50, 50))
    np.testing.assert_array_equal(out, source)
