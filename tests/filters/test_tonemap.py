"""Tone mapping against the formulas in float64 and OpenCV's Drago."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from studio.filters.tonemap import Light, measured
from tests.filters.tones import decoded, encoded, filtered

LUMA = np.array([0.2126, 0.7152, 0.0722])


def scene() -> np.ndarray:
    """Encoded colours of light from 0.001 to 40."""
    values = np.random.default_rng(8).normal(-1.5, 1.4, (48, 64, 3)) + np.linspace(-2, 2, 64)[None, :, None]
    return encoded(np.clip(np.exp(values), 0.001, 40))


def known(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    light = decoded(rgb)
    luminance = light @ LUMA
    return light, luminance, float(np.exp(np.log(np.maximum(luminance, 1e-4)).mean())), float(luminance.max())


def test_what_is_measured() -> None:
    rgb = scene()
    light, luminance, *_ = known(rgb)
    pixels = np.dstack([rgb, np.ones(rgb.shape[:2])]).astype(np.float32)
    pixels[:5] = 0
    found = measured(pixels)
    assert isinstance(found, Light)
    assert math.exp(found.log_mean) == pytest.approx(np.exp(np.log(luminance[5:]).mean()), rel=1e-4)
    assert found.most == pytest.approx(luminance[5:].max(), rel=1e-4)
    np.testing.assert_allclose(found.means, light[5:].reshape(-1, 3).mean(0), rtol=1e-4)
    assert measured(np.zeros((4, 4, 4), np.float32)).mean == 1.0


@pytest.mark.parametrize("saturation", [1.0, 0.5])
def test_reinhard(saturation: float) -> None:
    rgb = scene()
    light, y, mean, most = known(rgb)
    z = 0.3 * y / mean
    white = most * 0.3 / mean
    made = z * (1 + z / white**2) / (1 + z)
    wanted = np.clip((light / y[..., None]) ** saturation * made[..., None], 0, 1)
    got = filtered("tone-mapping", rgb, key=0.3, saturation=saturation)
    np.testing.assert_allclose(decoded(got), wanted, atol=2e-4)


def test_drago_of_greys_is_that_of_opencv() -> None:
    # OpenCV stretches the light to 0–1 before and after; Drago's curve does not depend on a factor
    greys = np.clip(decoded(scene())[..., :1], 0.02, 20).repeat(3, -1)
    greys[0, 0], greys[0, 1] = 1e-4, 20.0
    wanted = cv2.createTonemapDrago(gamma=1.0, saturation=1.0, bias=0.8).process(greys.astype(np.float32))[
        ..., 0
    ]
    got = decoded(filtered("tone-mapping", encoded(greys), operator="drago", bias=0.8, exposure=-3.0))[..., 0]
    slope, start = np.polyfit(got[1:].ravel(), wanted[1:].ravel(), 1)
    np.testing.assert_allclose(wanted[1:], slope * got[1:] + start, atol=0.01)


def test_drago_of_the_formula() -> None:
    rgb = scene()
    light, y, mean, most = known(rgb)
    z, n = y / mean, most / mean
    made = np.log(1 + z) / (np.log10(1 + n) * np.log(2 + 8 * (z / n) ** (math.log(0.8) / math.log(0.5))))
    wanted = np.clip(light / y[..., None] * made[..., None], 0, 1)
    np.testing.assert_allclose(
        decoded(filtered("tone-mapping", rgb, operator="drago", bias=0.8)), wanted, atol=3e-4
    )


@pytest.mark.parametrize("contrast", [0.0, 0.6])
def test_photoreceptor(contrast: float) -> None:
    rgb = scene()
    light, y, mean, most = known(rgb)
    least = max(y.min(), 1e-4)
    own = (
        contrast
        or 0.3 + 0.7 * ((math.log(most) - math.log(mean)) / (math.log(most) - math.log(least))) ** 1.4
    )
    h, near = 0.25, 0.6
    local = h * light + (1 - h) * y[..., None]
    everywhere = h * light.reshape(-1, 3).mean(0) + (1 - h) * y.mean()
    adapted = near * local + (1 - near) * everywhere
    wanted = light / (light + (math.exp(-1.5) * adapted) ** own)
    got = filtered(
        "tone-mapping",
        rgb,
        operator="photoreceptor",
        brightness=1.5,
        contrast=contrast,
        chromatic=h,
        light=near,
    )
    np.testing.assert_allclose(decoded(got), wanted, atol=2e-4)


def test_hable_and_aces_of_one_pixel() -> None:
    x = np.array([0.1, 1.0, 6.0])

    def curve(v: np.ndarray | float) -> np.ndarray | float:
        return (v * (0.15 * v + 0.05) + 0.004) / (v * (0.15 * v + 0.5) + 0.06) - 1 / 15

    got = decoded(filtered("tone-mapping", encoded(x), operator="hable"))
    np.testing.assert_allclose(got, np.clip(curve(2 * x) / curve(11.2), 0, 1), atol=1e-4)
    got = decoded(filtered("tone-mapping", encoded(x), operator="aces", exposure=1.0))
    v = 2 * x
    np.testing.assert_allclose(
        got, np.clip(v * (2.51 * v + 0.03) / (v * (2.43 * v + 0.59) + 0.14), 0, 1), atol=1e-4
    )


@pytest.mark.parametrize("operator", ["reinhard", "photoreceptor", "drago", "hable", "aces"])
def test_greys_rise_and_fit(operator: str) -> None:
    greys = np.repeat(encoded(np.geomspace(1e-3, 50, 256))[None, :, None], 3, -1)
    got = filtered("tone-mapping", greys, operator=operator)[0, :, 0]
    assert (np.diff(got) >= -1e-6).all()
    assert 0 <= got[0] < got[-1] <= 1.0001
