"""Gradients, emboss, differences of Gaussians, Canny and custom kernels against references and their formulas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import ndimage
from skimage import feature

from studio import recipe
from studio.filters import FILTERS
from studio.filters.canny import Canny
from studio.filters.convolution import Convolution, taps_at
from studio.filters.edges import Emboss, Sobel
from studio.filters.gaussian_edges import DifferenceOfGaussians, InkLines
from tests.filters.pictures import grey, half_seen, noise

LUMA = np.array([0.2126, 0.7152, 0.0722])
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
SCHARR = np.array([[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]]) / 32


def correlated(
    values: np.ndarray, kernel: np.ndarray, mode: str = "nearest", cval: float = 0.0
) -> np.ndarray:
    return ndimage.correlate(values.astype(np.float64), kernel[..., None], mode=mode, cval=cval)


@pytest.mark.parametrize(("name", "kernel"), [("sobel", SOBEL), ("scharr", SCHARR)])
def test_gradients_equal_scipy(name: str, kernel: np.ndarray) -> None:
    source = noise(opaque=True)
    across, down = correlated(source[..., :3], kernel), correlated(source[..., :3], kernel.T)
    apply, values = FILTERS[name].apply, FILTERS[name].parameters
    np.testing.assert_allclose(
        apply(source, values(amount=3))[..., :3], 3 * np.hypot(across, down), atol=2e-6
    )
    out = apply(source, values(amount=3, part="slope-across", channels="shared"))
    np.testing.assert_allclose(out[..., 1], 0.5 + 3 * (across @ LUMA), atol=2e-6)
    out = apply(source, values(amount=3, part="slope-down", invert=True))
    np.testing.assert_allclose(out[..., :3], 0.5 - 3 * down, atol=2e-6)


@pytest.mark.parametrize(
    ("operator", "weights"), [("prewitt", (1, 1, 1)), ("central-differences", (0, 1, 0))]
)
def test_other_operators_equal_scipy(operator: Any, weights: tuple[int, int, int]) -> None:
    source = noise(opaque=True)
    smooth, slope = np.array(weights) / sum(weights), np.array([-1, 0, 1]) / 2
    out = FILTERS["sobel"].apply(source, Sobel(operator=operator, amount=1.0))
    for channel in range(3):
        across = ndimage.correlate(source[..., channel], np.outer(smooth, slope), mode="nearest")
        down = ndimage.correlate(source[..., channel], np.outer(slope, smooth), mode="nearest")
        np.testing.assert_allclose(out[..., channel], np.hypot(across, down), atol=1e-5)


def test_roberts_and_laplace_equal_their_formulas() -> None:
    source = noise(opaque=True)
    wide = np.pad(source[..., :3].astype(np.float64), ((1, 1), (1, 1), (0, 0)), mode="edge")
    middle, right, below = wide[1:-1, 1:-1], wide[1:-1, 2:], wide[2:, 1:-1]
    first, second = wide[2:, 2:] - middle, right - below
    apply = FILTERS["sobel"].apply
    out = apply(source, Sobel(operator="roberts", amount=2.0))
    np.testing.assert_allclose(out[..., :3], 2 * np.sqrt((first**2 + second**2) / 2), atol=2e-6)
    out = apply(source, Sobel(operator="roberts", amount=1.0, part="slope-down"))
    np.testing.assert_allclose(out[..., :3], 0.5 + (first - second) / 2, atol=2e-6)
    laplace = np.dstack(
        [ndimage.laplace(plane, mode="nearest") for plane in np.moveaxis(wide[1:-1, 1:-1], -1, 0)]
    )
    out = apply(source, Sobel(operator="laplace", amount=0.5))
    np.testing.assert_allclose(out[..., :3], 0.5 * np.abs(laplace), atol=2e-6)
    out = apply(source, Sobel(operator="laplace", amount=0.5, part="slope-across", channels="shared"))
    across = (wide[1:-1, :-2] - 2 * middle + right) @ LUMA
    np.testing.assert_allclose(out[..., 1], 0.5 + 0.5 * across, atol=2e-6)


@pytest.mark.parametrize("operator", ["roberts", "laplace"])
def test_a_slope_is_as_steep_at_every_level(operator: Any) -> None:
    y, x = np.mgrid[0:64, 0:64].astype(np.float32)
    bowl = np.dstack([(x / 100) ** 2 / 2 + (y / 100) ** 2] * 3 + [np.ones_like(x)])
    small = bowl.reshape(32, 2, 32, 2, 4).mean((1, 3), dtype=np.float32)
    values = Sobel(operator=operator, amount=1.0, part="slope-across")
    whole, half = FILTERS["sobel"].apply(bowl, values), FILTERS["sobel"].apply(small, values, scale=1)
    part = whole.reshape(32, 2, 32, 2, 4).mean((1, 3))[2:-2, 2:-2]
    # Roberts' lies half a pixel to the right, of whichever level
    np.testing.assert_allclose(
        half[2:-2, 2:-2, :3], part[..., :3], atol=1e-4 if operator == "roberts" else 1e-5
    )


@pytest.mark.parametrize("operator", ["roberts", "laplace"])
def test_the_end_of_a_stroke_is_no_edge_to_the_others_either(operator: Any) -> None:
    out = FILTERS["sobel"].apply(half_seen(), Sobel(operator=operator))
    np.testing.assert_allclose(out[..., :3], 0, atol=1e-6)


def test_black_beyond_the_edge_makes_the_edge_of_the_picture_one() -> None:
    for name in ("sobel", "scharr"):
        kind = FILTERS[name]
        out = kind.apply(np.ones((20, 30, 4), np.float32), kind.parameters(border="black", amount=1.0))
        np.testing.assert_allclose(out[0, 5:-5, :3], 0.5, atol=1e-6)
        np.testing.assert_allclose(out[1:-1, 1:-1, :3], 0, atol=1e-6)


@pytest.mark.parametrize("name", ["sobel", "scharr", "canny"])
def test_the_end_of_a_stroke_is_no_edge(name: str) -> None:
    out = FILTERS[name].apply(half_seen(), FILTERS[name].parameters())
    np.testing.assert_allclose(out[..., :3], 0, atol=1e-6)


def test_emboss_equals_its_formula_and_a_plain_has_the_light_of_the_elevation() -> None:
    source = noise(opaque=True)
    height = 6 * (source[..., :3].astype(np.float64) @ LUMA)[..., None]
    slope_x, slope_y = correlated(height, SOBEL)[..., 0], correlated(height, SOBEL.T)[..., 0]
    azimuth, elevation = np.radians(60), np.radians(30)
    light = np.cos(elevation) * np.cos(azimuth), -np.cos(elevation) * np.sin(azimuth), np.sin(elevation)
    shade = (light[2] - slope_x * light[0] - slope_y * light[1]) / np.sqrt(1 + slope_x**2 + slope_y**2)
    settings = {"azimuth": 60.0, "elevation": 30.0, "depth": 6.0}
    out = FILTERS["emboss"].apply(source, Emboss(**settings))
    np.testing.assert_allclose(out[..., 0], np.maximum(0, shade), atol=1e-5)
    out = FILTERS["emboss"].apply(source, Emboss(**settings, relief="coloured"))
    np.testing.assert_allclose(
        out[..., :3], source[..., :3] * np.maximum(0, shade)[..., None] / 0.5, atol=1e-5
    )
    plain = FILTERS["emboss"].apply(grey(np.full((5, 5), 0.3)), Emboss(elevation=30))
    np.testing.assert_allclose(plain[..., :3], 0.5, atol=1e-6)


def test_light_from_the_right_lights_what_faces_right() -> None:
    hill = grey(np.exp(-((np.arange(41) - 20.0) ** 2) / 50)[None].repeat(41, 0))
    out = FILTERS["emboss"].apply(hill, Emboss(azimuth=0, elevation=45))
    assert out[20, 27, 0] > out[20, 20, 0] > out[20, 13, 0]


def blur(values: np.ndarray, sigma: float) -> np.ndarray:
    return ndimage.gaussian_filter(values.astype(np.float64), sigma, mode="nearest", truncate=6, axes=(0, 1))


def test_differences_of_gaussians_equal_their_formulas() -> None:
    source = noise(opaque=True)
    rgb = source[..., :3]
    difference = blur(rgb, 1.5) - blur(rgb, 3)
    out = FILTERS["difference-of-gaussians"].apply(
        source, DifferenceOfGaussians(inner=1.5, outer=3, amount=2, offset=0.3)
    )
    np.testing.assert_allclose(out[..., :3], 0.3 + 2 * difference, atol=4e-3)
    lightness = blur(rgb, 2) @ LUMA
    sharpened = lightness + 10 * (lightness - blur(rgb, 3.2) @ LUMA)
    expected = 1 + np.tanh(4 * np.minimum(0, sharpened - 0.5))
    out = FILTERS["xdog"].apply(source, InkLines(sigma=2, sharpness=10, steepness=4))
    np.testing.assert_allclose(out[..., 0], expected, atol=3e-2)  # 10 times what is cut off the blurs


def test_canny_equals_scikit_image() -> None:
    y, x = np.mgrid[0:120, 0:140]
    values = 0.3 + 0.4 * (np.hypot(x - 60, y - 50) < 30) + 0.2 * ((x > 90) & (y > 20)) + 0.002 * x
    values = values + np.random.default_rng(0).normal(0, 0.02, values.shape)
    out = FILTERS["canny"].apply(grey(values), Canny(sigma=1.5, low=0.01, high=0.03, link=256))
    # SciPy's Sobel gives eight times the change per pixel
    expected = feature.canny(values.astype(np.float32), 1.5, 0.08, 0.24, mode="nearest")
    inner = (slice(8, -8), slice(8, -8))
    differing = (out[..., 0] > 0.5) != expected
    assert differing[inner].sum() <= 0.02 * expected[inner].sum()
    assert set(np.unique(out[..., 0])) == {0, 1}


def test_a_weak_edge_is_followed_as_far_as_asked() -> None:
    height = np.linspace(0.4, 0.06, 100)  # an edge that fades
    values = np.where(np.arange(60)[None] < 30, 0.2, 0.2 + height[:, None])
    lengths = []
    for link in (0, 10, 40, 256):
        out = FILTERS["canny"].apply(grey(values), Canny(sigma=1, low=0.01, high=0.1, link=link))
        lengths.append(int((out[..., 0].max(1) > 0).sum()))
    assert 20 < lengths[0] < 50
    assert lengths[1] == lengths[0] + 10
    assert lengths[2] == lengths[0] + 40
    assert lengths[3] == 100


def test_a_kernel_equals_scipy_with_each_padding() -> None:
    source = noise(opaque=True)
    kernel = np.array([[1, 2, 0], [0, 4, -1], [-2, 0, 3]])
    text = "1 2 0; 0 4 -1; -2 0 3"
    for padding, mode, cval in (
        ("replicate", "nearest", 0), ("reflect", "mirror", 0), ("wrap", "wrap", 0), ("black", "constant", 0), ("white", "constant", 1),
    ):  # fmt: skip
        out = FILTERS["convolution"].apply(source, Convolution(kernel=text, offset=0.1, padding=padding))
        expected = correlated(source[..., :3], kernel, mode, cval) / 7 + 0.1
        np.testing.assert_allclose(out[..., :3], expected, atol=2e-6)
    out = FILTERS["convolution"].apply(noise(), Convolution(kernel=text, opacity=True, divisor=9))
    expected = correlated(noise(), kernel) / 9
    np.testing.assert_allclose(out[..., :3], expected[..., :3], atol=2e-6)
    np.testing.assert_allclose(out[..., 3], np.clip(expected[..., 3], 0, 1), atol=2e-6)


def test_dilation_and_stride() -> None:
    source = noise(30, 40, opaque=True)
    spread = np.zeros((5, 5))
    spread[::2, ::2] = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    out = FILTERS["convolution"].apply(source, Convolution(dilation=2, stride=4))
    expected = correlated(source[..., :3], spread)[::4, ::4].repeat(4, 0).repeat(4, 1)[:30, :40]
    np.testing.assert_allclose(out[..., :3], expected, atol=2e-6)


@pytest.mark.parametrize(
    "kernel", ["0 -1 0; -1 5 -1; 0 -1 0", "-1 0 1; -2 0 2; -1 0 1", "1 1 1; 1 1 1; 1 1 1"]
)
def test_a_kernel_at_a_level_does_to_smooth_pictures_what_it_does_at_level_0(kernel: str) -> None:
    fine, coarse = (taps_at(Convolution(kernel=kernel), level) for level in (0, 1))

    def applied(taps: list, x: float, y: float, size: int) -> float:
        return sum(
            w * (1 + 0.1 * (x + a * size) - 0.2 * (y + b * size) + 0.03 * (x + a * size) ** 2)
            for a, b, w in taps
        )

    for place in ((0, 0), (3, -2)):
        assert applied(coarse, *place, 2) == pytest.approx(applied(fine, *place, 1))


@pytest.mark.parametrize(
    "kernel", ["", "1 2; 3 4", "1 2 3; 4 5", "a b c", "nan", "1e9", " ".join(["1"] * 33)]
)
def test_what_is_no_kernel_is_refused(kernel: str) -> None:
    with pytest.raises(recipe.RecipeError, match="kernel"):
        recipe.from_plain(Convolution, {"kernel": kernel})
    with pytest.raises(ValueError, match="kernel"):
        Convolution(kernel=kernel)


@pytest.mark.parametrize("opacity", [False, True])
@pytest.mark.parametrize("off", ["red", "green", "blue"])
def test_a_channel_that_is_switched_off_keeps_its_straight_value(off: str, opacity: bool) -> None:
    kind = FILTERS["convolution"]
    pixels = np.random.default_rng(7).random((40, 50, 4)).astype(np.float32)
    pixels[..., 3] = np.random.default_rng(8).random((40, 50)) * 0.8 + 0.2
    pixels[..., :3] *= pixels[..., 3:]
    values = {"kernel": "1 2 1; 0 3 1; 1 0 1", "opacity": opacity, "stride": 2}
    whole = kind.apply(pixels, recipe.from_plain(kind.parameters, values))
    made = kind.apply(pixels, recipe.from_plain(kind.parameters, {**values, off: False}))
    channel = ("red", "green", "blue").index(off)
    others = [one for one in range(4) if one != channel]
    np.testing.assert_array_equal(made[..., others], whole[..., others])
    np.testing.assert_allclose(
        made[..., channel] / made[..., 3], pixels[..., channel] / pixels[..., 3], atol=1e-5
    )
    assert np.abs(whole[..., channel] - made[..., channel]).max() > 0.05
