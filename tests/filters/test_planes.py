"""Numbers that are none, numbers beyond 1, and transparent pixels, for every filter of tone and colour."""

from __future__ import annotations

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS, FilterKind, planes
from studio.raster import colour, planar
from tests.filters.cases import CASES
from tests.filters.tones import colours

TONES = [
    kind for kind in FILTERS.values() if kind.group in ("tone", "colour") and kind.name != "auto-contrast"
]
each_case = pytest.mark.parametrize(
    ("kind", "settings"),
    [(kind, settings) for kind in TONES for settings in CASES[kind.name].settings],
    ids=lambda value: value.name if isinstance(value, FilterKind) else str(value),
)


@each_case
def test_what_is_no_number_spoils_nothing(kind: FilterKind, settings: dict) -> None:
    pixels = np.full((6, 7, 4), 0.25, np.float32)
    pixels[..., 3] = 0.5
    pixels[1, 1] = np.nan
    pixels[1, 2] = np.inf
    pixels[1, 3] = -np.inf
    pixels[2, 1, 0] = np.nan
    pixels[2, 2, 1] = np.inf
    pixels[2, 3, 2] = -np.inf
    pixels[3, 1] = (3e38, -3e38, 1e-38, 1e-38)
    pixels[3, 2] = (900.0, 40.0, -7.0, 1.0)
    pixels[3, 3] = (0.2, 0.3, 0.4, 0.0)
    out = kind.apply(pixels, recipe.from_plain(kind.parameters, settings))
    assert np.isfinite(out).all()
    assert not out[3, 3].any()


@each_case
def test_alpha_changes_no_colour(kind: FilterKind, settings: dict) -> None:
    if "opacity" in settings.values() or "alpha" in settings:
        return
    straight = colours()
    parameters = recipe.from_plain(kind.parameters, settings)
    results = []
    for alpha in (1.0, 0.25):
        pixels = np.dstack([straight * np.float32(alpha), np.full(straight.shape[:2], alpha, np.float32)])
        results.append(kind.apply(pixels, parameters)[..., :3] / np.float32(alpha))
    np.testing.assert_allclose(results[0], results[1], atol=2e-5)


def test_light_and_oklab_are_those_of_the_colour_module() -> None:
    rgb = colours()
    split = [np.ascontiguousarray(rgb[..., channel]) for channel in range(3)]
    light = np.dstack([planes.to_light(plane) for plane in split])
    np.testing.assert_allclose(light, colour.srgb_to_linear(rgb.astype(np.float64)), atol=3e-7)
    back = [planes.from_light(np.ascontiguousarray(light[..., channel])) for channel in range(3)]
    np.testing.assert_allclose(np.dstack(back), rgb, atol=2e-6)
    lab = planes.to_oklab(split)
    lch = colour.rgb_to_oklch(rgb)
    np.testing.assert_allclose(lab[0], lch[..., 0], atol=1e-6)
    np.testing.assert_allclose(np.hypot(lab[1], lab[2]), lch[..., 1], atol=2e-6)
    np.testing.assert_allclose(np.dstack(planes.from_oklab(lab)), rgb, atol=3e-5)


def test_light_of_negative_values_is_mirrored() -> None:
    plane = np.array([[-2.0, -0.5, -0.01, 0.01, 0.5, 2.0]], np.float32)
    light = planes.to_light(plane)
    np.testing.assert_array_equal(light[:, :3], -light[:, :2:-1])
    np.testing.assert_allclose(planes.from_light(light), plane, atol=2e-6)


def test_a_strip_is_the_unit_of_work_and_not_seen() -> None:
    pixels = np.dstack([colours(1 << 16, high=2.0), np.ones((64, 1024), np.float32)])
    out = planes.recoloured(pixels, planes.each(lambda plane: plane * np.float32(2)))
    np.testing.assert_array_equal(out[..., :3], pixels[..., :3] * 2)
    np.testing.assert_array_equal(out[..., 3], 1)


def test_taking_apart_is_dividing_by_alpha_bit_for_bit() -> None:
    rng = np.random.default_rng(5)
    pixels = rng.uniform(-2, 2, (9, 131, 4)).astype(np.float32)
    pixels[0, :5] = ([np.nan] * 4, [np.inf] * 4, [1e38, -1e38, 0.5, 1e-30], [1, 1, 1, -1], [1, 1, 1, 0])
    pixels[3:, :, 3] = 1
    alpha = np.clip(np.nan_to_num(pixels[..., 3], nan=0), -65504, 65504)
    expected = []
    with np.errstate(all="ignore"):
        for channel in range(3):
            straight = np.divide(pixels[..., channel], alpha, out=np.zeros_like(alpha), where=alpha > 0)
            expected.append(planes.finite(straight))
    made, shown = planes.straight_planes(pixels)
    assert np.array_equal(shown, np.maximum(alpha, 0))
    for plane, other in zip(made, expected, strict=True):
        assert np.array_equal(plane, other)
    for target in (np.empty_like(pixels), np.empty((131, 9, 4), np.float32).transpose(1, 0, 2)):
        planar.put_together([*made[:2], np.full_like(shown, np.nan)], shown, target)
        assert np.array_equal(target[..., 0], made[0] * shown) and np.array_equal(target[..., 3], shown)
        assert not target[..., 2].any()
    with pytest.raises(ValueError, match="four channels"):
        planar.taken_apart(pixels[..., :3])
    with pytest.raises(ValueError, match="no colours and alpha"):
        planar.put_together(made, shown[1:], np.empty_like(pixels))
