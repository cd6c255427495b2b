"""Texture tools against their formulas, seamless ones against the tiled plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from studio.raster.geometry import Rect

NAMES = ("normal-map", "ambient-occlusion", "curvature", "level-heights")


def filtered(name: str, pixels: np.ndarray, **settings: Any) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(pixels, recipe.from_plain(kind.parameters, settings))


def grey(heights: np.ndarray) -> np.ndarray:
    out = np.ones((*heights.shape, 4), np.float32)
    out[..., :3] = heights[..., None]
    return out


def noise(height: int, width: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((height, width)).astype(np.float32)


@pytest.mark.parametrize(("standard", "sign"), [("opengl", 1.0), ("directx", -1.0)])
@pytest.mark.parametrize(("operator", "weights"), [("sobel", (1, 2, 1)), ("scharr", (3, 10, 3))])
def test_normals_are_those_of_the_formula(
    standard: str, sign: float, operator: str, weights: tuple[int, ...]
) -> None:
    heights = noise(9, 11)
    got = filtered("normal-map", grey(heights), strength=3.0, standard=standard, operator=operator)
    y, x, total = 4, 5, sum(weights)
    z = 3.0 * heights.astype(np.float64)
    zx = (
        sum(w * (z[y + j, x + 1] - z[y + j, x - 1]) / 2 for j, w in zip((-1, 0, 1), weights, strict=True))
        / total
    )
    zy = (
        sum(w * (z[y + 1, x + i] - z[y - 1, x + i]) / 2 for i, w in zip((-1, 0, 1), weights, strict=True))
        / total
    )
    normal = np.array([-zx, sign * zy, 1.0]) / np.sqrt(zx * zx + zy * zy + 1)
    np.testing.assert_allclose(got[y, x, :3], (normal + 1) / 2, atol=1e-6)


def test_flat_ground_faces_up_and_a_ramp_leans_as_it_should() -> None:
    flat = filtered("normal-map", grey(np.full((8, 8), 0.3, np.float32)))
    np.testing.assert_allclose(flat[..., :3], np.broadcast_to((0.5, 0.5, 1.0), (8, 8, 3)), atol=1e-6)
    rising = np.tile(np.linspace(0, 1, 32, dtype=np.float32), (32, 1))
    right = filtered("normal-map", grey(rising), strength=31.0)[16, 16]
    np.testing.assert_allclose(right[:3], (0.5 - 0.5 / np.sqrt(2), 0.5, 0.5 + 0.5 / np.sqrt(2)), atol=1e-4)
    up = filtered("normal-map", grey(rising.T[::-1].copy()), strength=31.0)[16, 16]
    assert up[1] < 0.2  # it rises upwards, so it faces down: dark green in OpenGL
    long = np.linalg.norm(2 * filtered("normal-map", grey(noise(40, 40)))[..., :3] - 1, axis=-1)
    np.testing.assert_allclose(long, 1, atol=1e-5)


def test_heights_come_from_where_they_are_wanted() -> None:
    pixels = grey(np.full((8, 8), 0.5, np.float32))
    pixels[:, 4:, 0] = 1.0
    assert filtered("normal-map", pixels, source="red")[4, 4, 0] < 0.4
    np.testing.assert_allclose(filtered("normal-map", pixels, source="alpha")[..., 0], 0.5, atol=1e-6)
    inverted = filtered("normal-map", pixels, source="red", invert=True)[4, 4, 0]
    assert inverted == pytest.approx(1 - filtered("normal-map", pixels, source="red")[4, 4, 0], abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_a_seamless_result_is_that_of_the_tiled_plane(name: str) -> None:
    tile = grey(noise(48, 64))
    plane = np.tile(tile, (3, 3, 1))
    settings: dict[str, Any] = {"seamless": True}
    if name == "level-heights":
        settings["sigma"] = 4.0
    got = filtered(name, tile, **settings)
    wide = filtered(name, plane, **{**settings, "seamless": False})[48:96, 64:128]
    np.testing.assert_allclose(got, wide, atol=1e-5)
    open_edges = filtered(name, tile, **{**settings, "seamless": False})
    assert np.abs(open_edges - got).max() > 0.01


def test_ambient_occlusion_of_a_wall_and_of_open_ground() -> None:
    flat = filtered("ambient-occlusion", grey(np.full((40, 40), 0.4, np.float32)))
    np.testing.assert_allclose(flat[..., :3], 1, atol=1e-6)
    wall = np.zeros((41, 81), np.float32)
    wall[:, 41:] = 1.0
    got = filtered("ambient-occlusion", grey(wall), strength=1000.0, radius=64.0, directions=32)
    # Before an endless high wall nearly half of the directions see nothing.
    assert got[20, 39, 0] == pytest.approx(0.5, abs=0.06)
    assert got[20, 60, 0] == pytest.approx(1, abs=1e-6)
    assert got[20, 39, 0] < got[20, 20, 0]


def test_one_pixel_of_ambient_occlusion_from_its_description() -> None:
    heights = np.zeros((9, 9), np.float32)
    heights[4, 6] = 1.0
    kind = FILTERS["ambient-occlusion"]
    parameters = recipe.from_plain(kind.parameters, {"radius": 2.0, "directions": 4, "strength": 4.0})
    got = kind.apply(grey(heights), parameters)[4, 4, 0]
    from studio.filters.heights import steps_of

    expected = 0.0
    for line in steps_of(parameters, 0):
        rise = max([0.0, *(4.0 * heights[4 + y, 4 + x] / np.hypot(x, y) for x, y, _ in line)])
        expected += 1 - rise / np.sqrt(1 + rise * rise)
    assert got == pytest.approx(expected / 4, abs=1e-6)


def test_curvature_of_a_paraboloid_is_known() -> None:
    """z = −(x² + y²) / 2R has the mean curvature −1/R at its top; twice that times 2 radii, over 4."""
    y, x = np.mgrid[-32:33, -32:33].astype(np.float32)
    big = 400.0
    pixels = grey(1 - (x * x + y * y) / (2 * big))
    got = filtered("curvature", pixels, strength=1.0, radius=1, amount=10.0)[32, 32, 0]
    assert got == pytest.approx(0.5 + 10.0 * 0.25 * (2 / big) * 2, rel=1e-3)
    ridge = filtered("curvature", grey(1 - np.abs(x) / 40), strength=40.0)
    assert ridge[32, 32, 0] > 0.6 and ridge[32, 20, 0] == pytest.approx(0.5, abs=1e-4)
    assert filtered("curvature", grey(np.abs(x) / 40), strength=40.0)[32, 32, 0] < 0.4


def test_level_ground_loses_its_slope_and_keeps_its_detail_and_mean() -> None:
    y, x = np.mgrid[0:256, 0:256].astype(np.float32)
    detail = 0.05 * np.sin(x * 2) * np.sin(y * 2)
    pixels = grey(0.2 + 0.6 * x / 256 + detail)
    got = filtered("level-heights", pixels, sigma=20.0)[..., 0]
    middle = got[80:176, 80:176]
    assert np.abs(middle.mean(0)[::12] - middle.mean()).max() < 0.02
    assert np.corrcoef(middle.ravel(), detail[80:176, 80:176].ravel())[0, 1] > 0.95
    assert got[64:192, 64:192].mean() == pytest.approx(pixels[..., 0].mean(), abs=0.02)
    np.testing.assert_allclose(filtered("level-heights", pixels, amount=0.0), pixels, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_number_and_what_is_transparent_does_no_harm(name: str) -> None:
    pixels = grey(noise(32, 32))
    pixels[3, 4, 0] = np.nan
    pixels[10, 11, 1] = np.inf
    pixels[20:, 20:] = 0
    got = filtered(name, pixels)
    assert np.isfinite(got).all()
    assert not got[22:, 22:].any()


@pytest.mark.parametrize("name", ["normal-map", "ambient-occlusion", "curvature"])
def test_a_tall_seamless_picture_goes_on_at_its_other_edge(name: str) -> None:
    """Wherever it is cut: also where it is worked on in many parts."""
    kind = FILTERS[name]
    parameters = recipe.from_plain(kind.parameters, {"seamless": True})
    pixels = np.random.default_rng(5).random((1100, 300, 4), np.float32)
    pixels[..., 3] = 1
    canvas = Rect(0, 0, 300, 1100)
    turned = np.ascontiguousarray(np.roll(pixels, (400, 130), (0, 1)))
    made = kind.apply(turned, parameters, canvas=canvas)
    np.testing.assert_array_equal(
        np.roll(made, (-400, -130), (0, 1)), kind.apply(pixels, parameters, canvas=canvas)
    )
