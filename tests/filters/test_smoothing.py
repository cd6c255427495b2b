"""Box and median against SciPy, bilateral and guided filter against OpenCV, surface blur against its formula."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from scipy import ndimage

from studio.filters import FILTERS
from studio.filters.smoothing import BoxBlur, Median, medians
from studio.filters.smoothing_edges import Bilateral, GuidedFilter, SurfaceBlur
from studio.raster import boxes, neighbours
from studio.raster.colour import to_half
from tests.filters.pictures import grey, half_seen, noise


@pytest.mark.parametrize("radius", [1, 7, 30])
def test_box_equals_scipy(radius: int) -> None:
    source = noise()
    out = FILTERS["box-blur"].apply(source, BoxBlur(radius=radius))
    for channel in range(4):
        exact = ndimage.uniform_filter(
            source[..., channel].astype(np.float64), 2 * radius + 1, mode="nearest"
        )
        np.testing.assert_allclose(out[..., channel], exact, atol=3e-7)


def test_box_passes_are_boxes_of_boxes() -> None:
    source, box = noise(80, 80), FILTERS["box-blur"]
    once = box.apply(source, BoxBlur(radius=3))
    inner = (slice(10, -10), slice(10, -10))
    np.testing.assert_allclose(
        box.apply(source, BoxBlur(radius=3, passes=2))[inner],
        box.apply(once, BoxBlur(radius=3))[inner],
        atol=3e-7,
    )


def test_a_box_at_a_level_has_the_same_side_to_parts_of_a_pixel() -> None:
    edge = grey(np.repeat(np.arange(64)[None] >= 32, 64, 0))
    out = FILTERS["box-blur"].apply(edge, BoxBlur(radius=4), scale=1)  # a side of 9 pixels is 4.5 here
    np.testing.assert_allclose(
        out[32, 28:36, 0], [0, 0, 0.75 / 4.5, 1.75 / 4.5, 2.75 / 4.5, 3.75 / 4.5, 1, 1], atol=1e-6
    )


@pytest.mark.parametrize("radius", [1, 2, 3, 4, 9, 40])
def test_median_equals_scipy_exactly(radius: int) -> None:
    source = noise(*((150, 140) if radius < 40 else (60, 50)))  # scipy takes as long as the window is large
    source[20:60, 30:90] = np.round(source[20:60, 30:90] * 4) / 4  # equal values, and
    source[..., :3] -= 0.3  # both signs
    out = FILTERS["median"].apply(source, Median(radius=radius))
    for channel in range(4):
        exact = ndimage.median_filter(source[..., channel], 2 * radius + 1, mode="nearest")
        np.testing.assert_array_equal(out[..., channel], exact)


@pytest.mark.parametrize("shape", ["square", "circle", "diamond"])
@pytest.mark.parametrize(
    ("radius", "percentile"), [(1, 50.0), (4, 20.0), (9, 85.0), (12, 50.0), (3, 0.0), (6, 100.0)]
)
def test_percentiles_in_shapes_equal_scipy_exactly(shape: Any, radius: int, percentile: float) -> None:
    source = noise(150, 140)
    source[20:60, 30:90] = np.round(source[20:60, 30:90] * 4) / 4
    source[..., :3] -= 0.3
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    held = {
        "square": np.ones_like(x, bool),
        "circle": x**2 + y**2 <= (radius + 0.5) ** 2,
        "diamond": abs(x) + abs(y) <= radius,
    }[shape]
    out = FILTERS["median"].apply(source, Median(radius=radius, percentile=percentile, shape=shape))
    wanted = int(percentile / 100 * (held.sum() - 1) + 0.5)
    for channel in range(4):
        exact = ndimage.rank_filter(source[..., channel], wanted, footprint=held, mode="nearest")
        np.testing.assert_array_equal(out[..., channel], exact)


def test_opacity_may_have_a_percentile_of_its_own() -> None:
    source = half_seen()
    own = Median(radius=3, percentile=30.0, linked=False, percentile_alpha=80.0, shape="circle")
    out = FILTERS["median"].apply(source, own)
    low, high = (
        FILTERS["median"].apply(source, Median(radius=3, percentile=percentile, shape="circle"))
        for percentile in (30.0, 80.0)
    )
    np.testing.assert_array_equal(out[..., 3], high[..., 3])
    seen, gone = (low[..., 3] > 0) & (high[..., 3] > 0), (low[..., 3] == 0) & (high[..., 3] > 0)
    assert seen.any() and gone.any()
    straight = low[seen][:, :3] / low[seen][:, 3:]
    np.testing.assert_allclose(out[seen][:, :3], straight * high[seen][:, 3:], rtol=1e-5)
    most = FILTERS["median"].apply(source, Median(radius=3, percentile=100.0, shape="circle"))[gone]
    np.testing.assert_allclose(out[gone][:, :3], most[:, :3] / most[:, 3:] * high[gone][:, 3:], rtol=1e-5)
    assert (out[high[..., 3] == 0] == 0).all()
    same = Median(radius=3, linked=False)
    np.testing.assert_array_equal(
        FILTERS["median"].apply(source, same), FILTERS["median"].apply(source, Median(radius=3))
    )


def test_a_window_needs_a_rank_that_it_has() -> None:
    with pytest.raises(ValueError, match="rank 9"):
        neighbours.ranked(noise(20, 20), np.full(3, 1, np.int32), 9)
    with pytest.raises(ValueError, match="rank"):
        neighbours.ranked(noise(20, 20), np.array([1, 2, 1], np.int32), 4)


@pytest.mark.parametrize("opaque", [True, False])
def test_median_of_8_bit_pictures_is_that_of_their_values(opaque: bool) -> None:
    bytes_ = np.random.default_rng(3).integers(0, 256, (80, 90, 4), dtype=np.uint8)
    if opaque:
        bytes_[..., 3] = 255
    for source in (to_half(bytes_).astype(np.float32), bytes_.astype(np.float32) / 255):
        out = medians(np.ascontiguousarray(source), 4)
        exact = ndimage.median_filter(source, (9, 9, 1), mode="nearest")[4:-4, 4:-4]
        np.testing.assert_array_equal(out, exact)


def test_median_never_leaves_more_colour_than_opacity() -> None:
    out = FILTERS["median"].apply(half_seen(), Median(radius=5))
    assert (out[..., :3] <= out[..., 3:]).all()
    assert set(np.unique(out[..., 3])) == {0, 1}


def test_bilateral_equals_opencv_on_grey() -> None:
    """OpenCV adds up |Δr| + |Δg| + |Δb|, three times the difference on grey; the Euclidean distance is √3 times it."""
    values = ndimage.gaussian_filter(np.random.default_rng(0).random((90, 100)), 1).astype(np.float32)
    out = FILTERS["bilateral"].apply(grey(values), Bilateral(spatial=2.5, tonal=0.1))
    # a circle of radius 5, as OpenCV takes it
    expected = cv2.bilateralFilter(values, 11, 0.1 / np.sqrt(3), 2.5, borderType=cv2.BORDER_REPLICATE)
    np.testing.assert_allclose(out[..., 0], expected, atol=2e-4)  # OpenCV looks its weights up in a table


def test_bilateral_equals_its_formula() -> None:
    source = noise(15, 15)
    out = FILTERS["bilateral"].apply(source, Bilateral(spatial=2.0, tonal=0.3))
    straight = source[..., :3] / source[..., 3:]
    total, weights = np.zeros(3), 0.0
    for y in range(3, 12):
        for x in range(3, 12):
            square = (y - 7) ** 2 + (x - 7) ** 2
            if square <= 16:
                tonal = np.exp(-((straight[y, x] - straight[7, 7]) ** 2).sum() / (2 * 0.3**2))
                weight = source[y, x, 3] * np.exp(-square / 8) * tonal
                total, weights = total + weight * straight[y, x], weights + weight
    np.testing.assert_allclose(out[7, 7, :3] / out[7, 7, 3], total / weights, atol=2e-5)


def test_surface_blur_equals_its_formula() -> None:
    source = noise(15, 15)
    out = FILTERS["surface-blur"].apply(source, SurfaceBlur(radius=4, threshold=0.2))
    straight = source[..., :3] / source[..., 3:]
    y, x = np.mgrid[0:15, 0:15]
    near = (y - 7) ** 2 + (x - 7) ** 2 <= 16
    for channel in range(3):
        values = straight[near, channel]
        weights = source[near, 3] * np.maximum(0, 1 - np.abs(values - straight[7, 7, channel]) / 0.5)
        expected = (weights * values).sum() / weights.sum()
        assert out[7, 7, channel] / out[7, 7, 3] == pytest.approx(expected, abs=2e-5)


def _inside(pixels: np.ndarray, margin: int = 14) -> np.ndarray:
    return pixels[margin:-margin, margin:-margin]


@pytest.mark.parametrize("tonal", [0.02, 0.2])
def test_guided_filter_equals_opencv(tonal: float) -> None:
    source = noise(opaque=True)
    rgb = np.ascontiguousarray(source[..., :3])
    out = FILTERS["guided-filter"].apply(source, GuidedFilter(radius=6, tonal=tonal, guide="colours"))
    expected = cv2.ximgproc.guidedFilter(rgb, rgb, 6, tonal**2)
    np.testing.assert_allclose(_inside(out)[..., :3], _inside(expected), atol=1e-4)
    lightness = rgb @ np.float32([0.2126, 0.7152, 0.0722])
    out = FILTERS["guided-filter"].apply(source, GuidedFilter(radius=6, tonal=tonal))
    expected = cv2.ximgproc.guidedFilter(lightness, rgb, 6, tonal**2)
    np.testing.assert_allclose(_inside(out)[..., :3], _inside(expected), atol=1e-4)


@pytest.mark.parametrize("name", ["bilateral", "surface-blur", "guided-filter"])
def test_an_edge_stays_where_texture_goes(name: str) -> None:
    values = 0.2 + 0.6 * (np.arange(80) >= 40) + np.random.default_rng(0).normal(0, 0.01, (80, 80))
    out = FILTERS[name].apply(grey(values), FILTERS[name].parameters())
    assert out[10:70, 45:75, 0].std() < 0.005
    assert out[10:70, 40, 0].mean() - out[10:70, 39, 0].mean() > 0.5


@pytest.mark.parametrize("shape", [(1, 1, 4), (7, 3, 4), (40, 53), (5, 9)])
@pytest.mark.parametrize("half", [0.125, 0.5, 1.25, 5.375, 12.3])
def test_a_square_that_ends_inside_pixels_is_the_mix_of_two_sums(shape: tuple[int, ...], half: float) -> None:
    """Both sums by OpenCV, bit for bit: they are exact."""
    expected = values = np.random.default_rng(3).uniform(-1, 900, shape).astype(np.float32)
    inner, part = int(half), np.float32(half - int(half))
    for across, down in ((1, 0), (0, 1)):
        gridded = np.rint(expected * np.float32(2**24)) * np.float32(2**-24)
        sums = [
            cv2.boxFilter(
                gridded, cv2.CV_32F, (2 * side * across + 1, 2 * side * down + 1), normalize=False,
                borderType=cv2.BORDER_REPLICATE,
            )
            for side in (inner, inner + 1)
        ]  # fmt: skip
        expected = (sums[0] + (sums[1] - sums[0]) * part) * np.float32(1 / (2 * half + 1))
    assert np.array_equal(boxes.means(values, half), expected)
