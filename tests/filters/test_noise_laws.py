"""Speckle, salt and pepper, Poisson, film grain and banding against the laws that their descriptions state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from studio.filters import FILTERS
from studio.filters.grain import Banding, FilmGrain, grain_field, kernel_of, stripes
from studio.filters.noise import GaussianNoise, SaltAndPepper, SpeckleNoise
from studio.filters.noise_adding import LARGEST
from studio.filters.planes import from_light, to_light
from studio.filters.shot import PoissonNoise, decoded, encoded
from studio.raster import colour, random, resample
from studio.raster.geometry import Rect
from studio.raster.poisson import normal_quantile, poisson_quantile

SEEDS = range(20)
FAMILY = [kind for kind in FILTERS.values() if kind.group == "noise"]
family = pytest.mark.parametrize("kind", FAMILY, ids=[kind.name for kind in FAMILY])


def grey(value: float = 0.5, size: int = 128, alpha: float = 1.0) -> np.ndarray:
    pixels = np.full((size, size, 4), value * alpha, np.float32)
    pixels[..., 3] = alpha
    return pixels


def plain(p: float) -> bool:
    return 0.001 <= p <= 0.999


@pytest.mark.parametrize("seed", SEEDS)
def test_speckle_is_normal_about_each_value(seed: int) -> None:
    out = FILTERS["speckle-noise"].apply(grey(0.4), SpeckleNoise(sigma=0.2, seed=seed))
    for channel in range(3):
        values = out[..., channel].ravel()
        assert plain(stats.kstest(values, "norm", (0.4, 0.08)).pvalue)
        assert values.mean() == pytest.approx(0.4, abs=4 * 0.08 / 128)


def test_shared_speckle_keeps_hue_and_saturation() -> None:
    source = grey()
    source[..., :3] = (0.6, 0.3, 0.1)
    out = FILTERS["speckle-noise"].apply(source, SpeckleNoise(sigma=0.1, channels="shared"))
    np.testing.assert_allclose(
        colour.rgb_to_hsv(out[..., :3])[..., :2], colour.rgb_to_hsv(source[..., :3])[..., :2], atol=1e-5
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_salt_and_pepper_has_its_shares(seed: int) -> None:
    out = FILTERS["salt-and-pepper"].apply(grey(), SaltAndPepper(amount=10.0, salt=30.0, seed=seed))[..., 0]
    count = out.size
    observed = [(out == 1).sum(), (out == 0).sum(), (out == np.float32(0.5)).sum()]
    assert sum(observed) == count
    assert plain(stats.chisquare(observed, np.array([0.03, 0.07, 0.9]) * count).pvalue)


@pytest.mark.parametrize("level", [1, 3, 5])
def test_salt_and_pepper_at_a_level_counts_hits(level: int) -> None:
    out = FILTERS["salt-and-pepper"].apply(grey(), SaltAndPepper(amount=10.0, salt=100.0), scale=level)[
        ..., 0
    ]
    share = (out - 0.5) * 2
    assert share.mean() == pytest.approx(0.1, abs=0.01)
    assert share.std() == pytest.approx(np.sqrt(0.09 / 4**level), rel=0.05)


def test_normal_and_poisson_quantiles() -> None:
    share = ((np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.float32)
    np.testing.assert_allclose(normal_quantile(share), special.ndtri(share.astype(np.float64)), atol=5e-6)
    for mean in (0.0, 0.02, 0.5, 3.0, 9.9, 10.0, 33.0, 400.0, 9000.0):
        got = poisson_quantile(np.full_like(share, mean), share)
        exact = stats.poisson.ppf(share.astype(np.float64), mean) if mean else np.zeros_like(share)
        assert np.abs(got - exact).max() <= 1
        assert (got != exact).mean() < 1e-3


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mean", [2.0, 40.0])
def test_poisson_noise_counts_photons(seed: int, mean: float) -> None:
    parameters = PoissonNoise(photons=mean * 2, light="encoded", seed=seed)
    out = FILTERS["poisson-noise"].apply(grey(), parameters)[..., 1]
    counts = np.rint(out * mean * 2).astype(int).ravel()
    np.testing.assert_allclose(out.ravel() * mean * 2, counts, atol=1e-3)
    assert counts.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean) / 128)
    assert counts.var() == pytest.approx(mean, rel=0.06)
    edges = stats.poisson.ppf([0.1, 0.3, 0.5, 0.7, 0.9], mean)
    shares = np.diff(np.concatenate([[0.0], stats.poisson.cdf(edges, mean), [1.0]]))
    observed = np.bincount(np.searchsorted(edges, counts), minlength=6)
    assert plain(stats.chisquare(observed, shares * counts.size).pvalue)


def test_poisson_noise_in_linear_light_is_proportional_to_it() -> None:
    for value in (0.2, 0.5, 0.9):
        out = FILTERS["poisson-noise"].apply(grey(value), PoissonNoise(photons=5000.0))
        linear = colour.srgb_to_linear(out[..., 0].astype(np.float64))
        wanted = colour.srgb_to_linear(np.float64(value))
        assert linear.mean() == pytest.approx(wanted, rel=0.01)
        assert linear.var() == pytest.approx(wanted / 5000, rel=0.05)


def test_the_curve_is_that_of_srgb() -> None:
    values = np.linspace(0, 4, 4001).astype(np.float32)
    np.testing.assert_allclose(decoded(values), colour.srgb_to_linear(values.astype(np.float64)), rtol=2e-6)
    np.testing.assert_allclose(encoded(decoded(values)), values, atol=2e-6)


@pytest.mark.parametrize("size", [0.5, 1.6, 5.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_film_grain_has_its_sigma_and_is_normal(seed: int, size: float) -> None:
    parameters = FilmGrain(sigma=0.1, size=size, seed=seed, channels="per-channel")
    # Pixels further apart than a grain are independent.
    apart = int(np.ceil(size * 3))
    field = grain_field(parameters, Rect(0, 0, 128 * apart, 16 * apart), 0)[::apart, ::apart]
    for channel in range(3):
        assert plain(stats.kstest(field[..., channel].ravel(), "norm", (0, 0.1)).pvalue)


def test_film_grain_has_its_size() -> None:
    """The correlation of two pixels is that of the Gaussian with itself: exp(−d² / 4σ²)."""
    field = grain_field(FilmGrain(size=6.0, channels="shared"), Rect(0, 0, 1024, 1024), 0)[..., 0]
    field /= field.std()
    sigma = 6.0 / 2.3548
    for distance in (2, 4, 6):
        assert (field[:, distance:] * field[:, :-distance]).mean() == pytest.approx(
            np.exp(-(distance**2) / (4 * sigma**2)), abs=0.03
        )


def test_film_grain_depends_on_luma() -> None:
    parameters = FilmGrain(sigma=0.1, shadows=20.0, midtones=100.0, highlights=50.0, channels="shared")
    for value, wanted in ((0.0, 0.02), (0.25, 0.06), (0.5, 0.1), (0.75, 0.075), (1.0, 0.05)):
        out = FILTERS["film-grain"].apply(grey(value, 256), parameters)[..., 0]
        assert out.std() == pytest.approx(wanted, rel=0.05)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("size", [0.5, 1.6, 9.0])
def test_the_preview_of_grain_is_as_strong_as_level_0_averaged(level: int, size: float) -> None:
    parameters = FilmGrain(sigma=0.1, size=size, channels="shared")
    fine = grain_field(parameters, Rect(0, 0, 1024, 1024), 0)
    expected = resample.mip_chain(np.repeat(fine, 4, 2), level)[level].std()
    got = grain_field(parameters, Rect(0, 0, 512, 512), level).std()
    assert got == pytest.approx(expected, rel=0.06)


@pytest.mark.parametrize("seed", SEEDS)
def test_banding_is_normal_from_line_to_line(seed: int) -> None:
    parameters = Banding(sigma=0.05, width=0.5, channels="shared", seed=seed)
    out = FILTERS["banding"].apply(grey(0.5, 512), parameters)[..., 0]
    assert (out == out[:, :1]).all()
    assert plain(stats.kstest(out[:, 0] - 0.5, "norm", (0, 0.05)).pvalue)
    across = FILTERS["banding"].apply(grey(0.5, 512), Banding(direction="both", seed=seed))[..., 0]
    assert (across[0] != across[0, 0]).any()
    wide = stripes(Banding(width=5.0, channels="shared", seed=seed), 0, 4000, 0, 0)
    assert wide.std() == pytest.approx(1, rel=0.15)


def test_the_weights_of_a_grain_keep_the_variance() -> None:
    for width in (0.5, 1.0, 3.0, 20.0):
        kernel, division = kernel_of(width, 0)
        assert np.square(kernel.astype(np.float64)).sum() == pytest.approx(division**2)


@pytest.mark.parametrize(
    "name", ["gaussian-noise", "uniform-noise", "film-grain", "banding", "poisson-noise"]
)
def test_luminance_keeps_hue_and_saturation(name: str) -> None:
    source = grey()
    source[..., :3] = (0.5, 0.3, 0.1)
    kind = FILTERS[name]
    out = kind.apply(source, kind.parameters(channels="luminance"))
    seen = out[..., 0] > 0.1
    np.testing.assert_allclose(
        colour.rgb_to_hsv(out[seen][:, :3])[:, :2], colour.rgb_to_hsv(source[seen][:, :3])[:, :2], atol=1e-4
    )
    assert out[..., 0].std() > 0.005
    assert np.isfinite(kind.apply(grey(0.0), kind.parameters(channels="luminance"))).all()


def test_one_pixel_of_each_from_its_description() -> None:
    """Pixel (5, 3) of a grey picture, computed from the counters alone."""
    place = Rect(5, 3, 6, 4)
    uniform = float(random.uniform(9, place)[0, 0, 0])
    normal = float(random.normal(9, place)[0, 0, 0])
    source = grey(0.6, 16)

    def pixel(name: str, parameters: Any) -> float:
        return float(FILTERS[name].apply(source, parameters)[3, 5, 0])

    assert pixel("speckle-noise", SpeckleNoise(sigma=0.1, seed=9)) == pytest.approx(0.6 * (1 + 0.1 * normal))
    count = stats.poisson.ppf(uniform, 300 * 0.6)
    noisy = pixel("poisson-noise", PoissonNoise(photons=300.0, light="encoded", seed=9))
    assert noisy == pytest.approx(count / 300, abs=1e-6)
    salted = 1.0 if uniform < 0.45 else 0.0 if uniform >= 0.55 else 0.6
    assert pixel("salt-and-pepper", SaltAndPepper(amount=90.0, seed=9)) == pytest.approx(salted)
    around = random.normal(9, place.grow(3))[..., 0].astype(np.float64)
    weights = np.exp(-0.5 * ((np.arange(7) - 3) / (2 / 2.35482)) ** 2)
    weights /= np.sqrt(np.square(weights).sum())
    assert len(kernel_of(2.0, 0)[0]) == 7
    grain = 0.05 * 0.86 * (weights @ around @ weights)
    parameters = FilmGrain(sigma=0.05, size=2.0, channels="shared", seed=9)
    assert pixel("film-grain", parameters) == pytest.approx(0.6 + grain, abs=1e-6)


@family
def test_not_a_number_and_infinity_in_the_input_end_there(kind) -> None:
    """NaN counts as 0, infinity as ±65504; what comes out is finite, and other pixels out of reach do not change."""
    source = grey(0.5, 64)
    broken = source.copy()
    broken[10, 10] = np.nan
    broken[12, 20, 0], broken[30, 12, 1] = np.inf, -np.inf
    out = kind.apply(broken, kind.parameters())
    assert np.isfinite(out).all()
    assert np.abs(out).max() <= 4 * LARGEST
    np.testing.assert_array_equal(out[48:, 48:], kind.apply(source, kind.parameters())[48:, 48:])


@family
def test_values_above_one_survive(kind) -> None:
    out = kind.apply(grey(3.0, 32), kind.parameters())
    if kind.name != "jpeg":
        assert np.median(out[..., 0]) > 2


@pytest.mark.parametrize(
    "name", ["salt-and-pepper", "poisson-noise", "film-grain", "banding", "quantise", "speckle-noise"]
)
def test_exactly_at_a_level_is_level_0_averaged(name: str) -> None:
    kind = FILTERS[name]
    fine = kind.apply(grey(0.4), kind.parameters(seed=3))
    coarse = kind.apply(grey(0.4, 32), kind.parameters(seed=3), scale=2, exact=True)
    np.testing.assert_allclose(coarse, resample.mip_chain(fine, 2)[2], atol=1e-5)


def test_gaussian_noise_of_luminance_is_bounded_by_the_noise() -> None:
    source = grey()
    source[..., :3] = (0.02, 0.0, 0.3)
    noise = GaussianNoise(sigma=0.05, channels="shared", seed=2)
    shared = FILTERS["gaussian-noise"].apply(source, noise) - source
    own = (
        FILTERS["gaussian-noise"].apply(source, GaussianNoise(sigma=0.05, channels="luminance", seed=2))
        - source
    )
    assert (np.abs(own) <= np.abs(shared) + 1e-6).all()


ADDING = [
    ("gaussian-noise", "sigma", random.normal),
    ("uniform-noise", "amount", lambda *at: 2 * random.uniform(*at) - 1),
    ("speckle-noise", "sigma", lambda *at: 0.5 * random.normal(*at)),
]
"""Name, strength, and what is added to grey of 0.5 for each unit of it."""


@pytest.mark.parametrize(("name", "strength", "field"), ADDING)
def test_each_colour_has_its_own_strength(name: str, strength: str, field: Any) -> None:
    kind, place = FILTERS[name], Rect(0, 0, 128, 128)
    own = {f"{strength}_red": 0.2, f"{strength}_green": 0.0, f"{strength}_blue": 0.03}
    out = kind.apply(grey(), kind.parameters(linked=False, **own, seed=5))
    drawn = field(5, place, (0, 1, 2))
    np.testing.assert_allclose(out[..., :3], 0.5 + drawn * (0.2, 0.0, 0.03), atol=1e-6)
    shared = kind.apply(grey(), kind.parameters(linked=False, channels="shared", **own, seed=5))
    np.testing.assert_allclose(shared[..., :3], 0.5 + drawn[..., :1] * (0.2, 0.0, 0.03), atol=1e-6)
    # one number where they are linked, and where only luminance is changed
    alike = kind.apply(grey(), kind.parameters(**own, seed=5))
    np.testing.assert_array_equal(alike, kind.apply(grey(), kind.parameters(seed=5)))
    light = kind.apply(grey(), kind.parameters(linked=False, channels="luminance", **own, seed=5))
    np.testing.assert_array_equal(light, kind.apply(grey(), kind.parameters(channels="luminance", seed=5)))


@pytest.mark.parametrize(("name", "strength", "field"), ADDING)
def test_noise_of_opacity_keeps_the_colour_and_what_is_transparent(
    name: str, strength: str, field: Any
) -> None:
    kind, canvas = FILTERS[name], Rect(0, 0, 128, 128)
    source = grey(0.6, alpha=0.5)
    source[:20] = 0
    parameters = kind.parameters(**{strength: 0.0, f"{strength}_alpha": 0.3}, seed=5)
    out = kind.apply(source, parameters, canvas=canvas)
    assert not out[:20].any()
    expected = np.clip(0.5 + 0.3 * field(5, canvas, (3,))[..., 0], 0, 1)
    np.testing.assert_allclose(out[20:, :, 3], expected[20:], atol=1e-6)
    np.testing.assert_allclose(out[20:, :, 0], 0.6 * expected[20:], atol=1e-6)
    part = Rect(31, 17, 90, 77)
    tile = kind.apply(source[17:77, 31:90], parameters, rect=part, canvas=canvas)
    np.testing.assert_array_equal(tile, out[17:77, 31:90])
    coarse = kind.apply(source[::4, ::4], parameters, scale=2, exact=True)
    np.testing.assert_allclose(coarse, resample.mip_chain(out, 2)[2], atol=1e-5)


@pytest.mark.parametrize(("name", "strength", "field"), ADDING[:2])
def test_noise_in_linear_light_is_added_to_light(name: str, strength: str, field: Any) -> None:
    kind = FILTERS[name]
    out = kind.apply(grey(0.5), kind.parameters(**{strength: 0.05}, space="linear-light", seed=5))
    light = to_light(np.array([0.5], np.float32)) + 0.05 * field(5, Rect(0, 0, 128, 128), (0, 1, 2))
    np.testing.assert_allclose(out[..., :3], from_light(light.astype(np.float32)), atol=2e-6)


def test_salt_and_pepper_of_luminance_keeps_the_hue() -> None:
    source = grey()
    source[..., :3] = (0.5, 0.25, 0.1)
    out = FILTERS["salt-and-pepper"].apply(source, SaltAndPepper(amount=40.0, channels="luminance", seed=3))
    drawn = random.uniform(3, Rect(0, 0, 128, 128))[..., 0]
    np.testing.assert_allclose(out[drawn < 0.2][:, :3] - (1, 0.5, 0.2), 0, atol=1e-6)
    assert not out[drawn >= 0.8001][:, :3].any()
    white = FILTERS["salt-and-pepper"].apply(
        grey(0.0), SaltAndPepper(amount=100.0, salt=100.0, channels="luminance")
    )
    assert (white == 1).all()
