"""Wiener and Richardson–Lucy deconvolution against scikit-image and their formulas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import ndimage, signal
from skimage import restoration

from studio.filters import FILTERS, deconvolution
from studio.filters.deconvolution import RichardsonLucy, Wiener, blur_kernel
from studio.raster.geometry import Rect
from tests.filters.case import picture
from tests.filters.pictures import grey, half_seen, psnr, steps_with_noise

INNER = (slice(40, -40), slice(40, -40))


def blurred(clean: np.ndarray, settings: Wiener | RichardsonLucy) -> np.ndarray:
    kernel = blur_kernel(settings, 0)
    out = clean.copy()
    for channel in range(3):
        out[..., channel] = ndimage.convolve(clean[..., channel].astype(np.float64), kernel, mode="nearest")
    return out


@pytest.mark.parametrize("blur", ["gaussian", "disc", "motion"])
def test_wiener_equals_scikit_image(blur: str) -> None:
    clean, _ = steps_with_noise(180)
    settings = Wiener(blur=blur, size=2.0, angle=30.0, noise=0.02)
    source = blurred(clean, settings)
    out = FILTERS["wiener"].apply(source, settings)
    expected = np.empty_like(source[..., :3])
    for channel in range(3):
        found = restoration.wiener(
            source[..., channel].astype(np.float64),
            blur_kernel(settings, 0),
            0.02,
            reg=np.ones((1, 1)),
            clip=False,
        )
        expected[..., channel] = 1.02 * np.asarray(found)
    np.testing.assert_allclose(out[INNER][..., :3], expected[INNER], atol=4e-3)


@pytest.mark.parametrize("name", ["wiener", "richardson-lucy"])
@pytest.mark.parametrize("blur", ["gaussian", "disc", "motion"])
def test_a_known_blur_is_undone_in_part(name: str, blur: str) -> None:
    clean, _ = steps_with_noise(180)
    settings = FILTERS[name].parameters(blur=blur, size=2.0)
    source = blurred(clean, settings)
    out = FILTERS[name].apply(source, settings)
    assert psnr(clean[INNER], out[INNER]) > psnr(clean[INNER], source[INNER]) + 1.5


def test_richardson_lucy_equals_its_formula() -> None:
    clean, _ = steps_with_noise(120)
    settings = RichardsonLucy(size=1.2, rounds=5)
    kernel = blur_kernel(settings, 0)
    source = blurred(clean, settings)
    image = np.pad(source[..., 0].astype(np.float64), 60, mode="edge")
    guess = image.copy()
    for _ in range(5):
        ratio = image / signal.fftconvolve(guess, kernel, "same")
        guess = guess * signal.fftconvolve(ratio, kernel[::-1, ::-1], "same")
    out = FILTERS["richardson-lucy"].apply(source, settings)
    np.testing.assert_allclose(out[5:-5, 5:-5, 0], guess[65:-65, 65:-65], atol=2e-4)


def test_brightness_stays() -> None:
    plain = grey(np.full((50, 50), 0.37))
    for name in ("wiener", "richardson-lucy"):
        for blur in ("gaussian", "disc", "motion"):
            out = FILTERS[name].apply(plain, FILTERS[name].parameters(blur=blur, size=3.0))
            np.testing.assert_allclose(out, plain, atol=2e-5)


def test_the_end_of_a_stroke_gets_no_rings() -> None:
    source = half_seen(size=80)
    for name in ("wiener", "richardson-lucy"):
        np.testing.assert_allclose(FILTERS[name].apply(source, FILTERS[name].parameters()), source, atol=3e-5)


@pytest.mark.parametrize("blur", ["gaussian", "disc", "motion"])
def test_rounds_that_look_far_are_done_in_blocks(blur: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within 1e-5 of the rounds on all that they could reach, and a part bit for bit as in the whole."""
    kind, canvas = FILTERS["richardson-lucy"], Rect(0, 0, 300, 280)
    settings = RichardsonLucy(blur=blur, size=2.0, rounds=6, angle=30.0)
    source = picture()
    wanted = kind.apply(source, settings, canvas=canvas)
    monkeypatch.setattr(deconvolution, "_FAR", 0)
    whole = kind.apply(source, settings, canvas=canvas)
    assert not np.array_equal(whole, wanted)
    np.testing.assert_allclose(whole, wanted, rtol=0, atol=1e-5)
    part = Rect(200, 190, 270, 265)
    needed = part.grow(kind.reach(settings)).intersect(canvas)
    given = source[needed.top : needed.bottom, needed.left : needed.right]
    made = kind.apply(given, settings, rect=needed, canvas=canvas, wanted=part)
    inner = part.move(-needed.left, -needed.top)
    np.testing.assert_array_equal(
        made[inner.top : inner.bottom, inner.left : inner.right],
        whole[part.top : part.bottom, part.left : part.right],
    )


def test_however_many_rounds_a_part_needs_little_around_it() -> None:
    most = RichardsonLucy(size=10.0, rounds=100)
    assert FILTERS["richardson-lucy"].reach(most) < 1200
