"""A material under one light: normals, shine, tiles."""

from __future__ import annotations

import numpy as np
import pytest

from studio.filters import FILTERS
from studio.raster.colour import linear_to_srgb, srgb_to_linear
from studio.recipe import RecipeError
from studio.synthesis.material import REFLECTANCE, Maps, Material, lit, normals_of


def bumps(side: int = 64) -> np.ndarray:
    y, x = np.mgrid[0:side, 0:side] * 2 * np.pi / side
    return (0.5 + 0.25 * np.sin(2 * x) + 0.25 * np.cos(y)).astype(np.float32)


def test_without_maps_a_plane_is_lit_by_the_formula() -> None:
    made = lit(Maps(), Material(form="plane", roughness=1.0), (0.0, 0.0), 101)
    assert made.shape == (101, 101, 4) and (made[..., 3] == 1).all()
    # In the middle lamp, eye and normal are one.
    spread, shadow = 1 / np.pi, 1 / 4
    light = srgb_to_linear(np.array(0.6)) * ((1 - REFLECTANCE) + 0.10) + spread * shadow * REFLECTANCE * np.pi
    np.testing.assert_allclose(made[50, 50, :3], linear_to_srgb(light), atol=2e-3)
    assert made[50, 50, 0] > made[50, 5, 0] > made[5, 5, 0]


def test_the_light_moves_and_slopes_face_it() -> None:
    maps = Maps(height=bumps())
    left, right = (lit(maps, Material(form="plane", tiles=1), (x, 0.0), 64)[..., 0] for x in (-0.9, 0.9))
    assert left[:, :20].mean() > left[:, -20:].mean() and right[:, -20:].mean() > right[:, :20].mean()
    ball = lit(Maps(), Material(), (-0.6, 0.6), 100)[..., :3].mean(-1)
    assert ball[30, 30] > 2 * ball[70, 70]


def test_a_normal_map_of_heights_is_lit_as_the_heights() -> None:
    height = bumps()
    pixels = np.ones((64, 64, 4), np.float32)
    pixels[..., :3] = height[..., None]
    for standard in ("opengl", "directx"):
        kind = FILTERS["normal-map"]
        made = kind.apply(pixels, kind.parameters(strength=6.4, seamless=True, standard=standard))
        parameters = Material(standard=standard)  # type: ignore[arg-type]
        from_map = normals_of(Maps(normal=made[..., :3]), parameters)
        from_height = normals_of(Maps(height=height), parameters)
        assert from_map is not None and from_height is not None
        np.testing.assert_allclose(from_map, from_height, atol=0.02)
        np.testing.assert_allclose(np.linalg.norm(from_map, axis=-1), 1, atol=1e-5)


def test_smooth_things_shine_in_one_place() -> None:
    rough, smooth = (lit(Maps(), Material(roughness=value), (0.0, 0.0), 120)[..., 0] for value in (1.0, 0.2))
    assert smooth.max() > rough.max() + 0.1
    assert (smooth > 0.95).mean() < 0.1
    pattern = np.ones((32, 32), np.float32)
    pattern[:, 16:] = 0.1
    mixed = lit(Maps(roughness=pattern), Material(form="plane", tiles=1, roughness=1.0), (0.5, 0.0), 120)[
        ..., 0
    ]
    assert mixed[60, 90] != pytest.approx(float(mixed[60, 30]), abs=0.02)


def test_it_repeats_as_often_as_asked_without_a_seam() -> None:
    colour = np.zeros((30, 30, 3), np.float32)
    colour[..., 0] = bumps(30)
    made = lit(Maps(colour=colour), Material(form="plane", tiles=3, roughness=1.0), (0.0, 0.0), 90)
    once = lit(
        Maps(colour=np.tile(colour, (3, 3, 1))),
        Material(form="plane", tiles=1, roughness=1.0),
        (0.0, 0.0),
        90,
    )
    np.testing.assert_allclose(made, once, atol=0.02)


@pytest.mark.parametrize("form", ["plane", "sphere"])
def test_sides_and_sizes(form: str) -> None:
    maps = Maps(colour=np.full((1, 1, 3), 0.5, np.float32), height=np.ones((1, 1), np.float32))
    for side in (1, 2, 33):
        made = lit(maps, Material(form=form), (5.0, -5.0), side)  # type: ignore[arg-type]
        assert made.shape == (side, side, 4) and np.isfinite(made).all()
    ball = lit(Maps(), Material(), (0.0, 0.0), 100)
    assert ball[0, 0, 3] == 0 and ball[50, 50, 3] == 1
    with pytest.raises(RecipeError, match="tiles"):
        lit(Maps(), Material(tiles=0), (0.0, 0.0), 8)
