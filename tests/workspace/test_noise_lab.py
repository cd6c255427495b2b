"""Noise like this picture as a live layer, and the numbers that stand beside a noise."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from studio import recipe
from studio.document import edits
from studio.document.layer import Fill, Paint
from studio.filters.catalogue import LISTED
from studio.raster import random
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import RecipeError
from studio.render.fills import FILLS
from studio.synthesis import likeness
from studio.synthesis.fills import FILL_KINDS
from studio.synthesis.likeness_fill import LEVELS, NoiseLikeFill, paint, read, written
from studio.synthesis.spectrum import spectrum
from studio.ui.panels.noise_numbers import slope_words
from studio.workspace import noise_like, noise_numbers
from tests.workspace.conftest import Bench

TOLERANCE = 0.06
"""Of a standard deviation that is estimated from one picture."""


def drained(work):
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def sample(width: int = 256, height: int = 200) -> np.ndarray:
    """Warm brownish noise, stretched sideways: straight float32 RGBA, opaque."""
    rng = np.random.default_rng(5)
    found = np.fft.rfft2(rng.normal(size=(height, width)))
    away = np.hypot(np.fft.rfftfreq(width)[None] * 3, np.fft.fftfreq(height)[:, None])
    plane = np.fft.irfft2(found / np.maximum(away, 0.02), s=(height, width))
    plane *= 0.05 / plane.std()
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = [0.6, 0.5, 0.4] + plane[..., None] * np.array([1.0, 0.8, 0.5])
    return pixels


# ── the fill ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_likeness_survives_its_text():
    found = likeness.measure(sample())
    again = read(written(found))
    assert np.allclose(again.mean, found.mean, atol=1e-6) and np.allclose(
        again.components, found.components, atol=1e-6
    )
    assert np.allclose(again.power, found.power, rtol=1e-3, atol=1e-6)
    assert len(written(found)) < 40_000


@pytest.mark.parametrize("text", ["x", "????", "eJwDAAAAAAE=", written(likeness.measure(sample()))[:-9]])
def test_other_text_is_refused(text: str):
    with pytest.raises(ValueError, match="likeness"):
        NoiseLikeFill(likeness=text)
    with pytest.raises(RecipeError):
        recipe.from_plain(NoiseLikeFill, {"likeness": text})


def test_the_fill_has_the_colours_and_the_spectrum_of_the_sample():
    measured = likeness.measure(sample())
    made = paint(NoiseLikeFill(likeness=written(measured)), Rect(-700, 900, 836, 2436), 0)
    assert np.allclose(made[..., :3].mean((0, 1)), measured.mean, atol=0.005)
    spread = np.cov(made[..., :3].reshape(-1, 3).T)
    assert np.allclose(spread, measured.covariance, atol=0.05 * measured.covariance.max())
    for channel in range(3):
        one = spectrum(sample()[..., channel])
        other = spectrum(np.ascontiguousarray(made[:512, :512, channel]))
        assert one.slope == pytest.approx(other.slope, abs=0.3)
    again = likeness.measure(made).power[
        2
    ]  # of the strongest component; the sample's has the error of its few patches
    known = measured.power[2]
    assert np.corrcoef(np.log(again).ravel(), np.log(known).ravel())[0, 1] > 0.9
    assert np.median(again / known) == pytest.approx(1, abs=0.15)
    assert np.abs(np.diff(made[..., 0], axis=1)).mean() < np.abs(np.diff(made[..., 0], axis=0)).mean(), (
        "its direction"
    )


def test_no_square_is_seen_twice():
    fill = NoiseLikeFill(likeness=written(likeness.measure(sample())), seed=3)
    made = paint(fill, Rect(-1024, 0, 1024, 1536), 0)[..., 0]
    squares = made.reshape(3, 512, 4, 512).swapaxes(1, 2).reshape(12, -1)
    assert np.abs(np.corrcoef(squares) - np.eye(12)).max() < 0.15
    # nor by any other step: the correlation with itself moved has one peak
    part = made[:1024, :1024] - made[:1024, :1024].mean()
    moved = np.fft.irfft2(np.square(np.abs(np.fft.rfft2(part))))
    moved /= moved[0, 0]
    near = np.minimum(np.arange(1024), 1024 - np.arange(1024))
    assert np.abs(moved[np.maximum(near[:, None], near) > 80]).max() < 0.15


def test_tiles_and_levels_are_the_same_noise():
    fill = NoiseLikeFill(likeness=written(likeness.measure(sample())), seed=3)
    whole = paint(fill, Rect(-300, -20, 700, 100), 0)
    assert np.array_equal(whole[20:60, 300:400], paint(fill, Rect(0, 0, 100, 40), 0))
    below = paint(fill, Rect(-300, 30, 700, 100), 0)
    assert np.array_equal(whole[50:], below)
    fine = paint(fill, Rect(0, 0, 64, 64), 0)
    means = fine.reshape(16, 4, 16, 4, 4).mean((1, 3))
    assert np.allclose(paint(fill, Rect(0, 0, 16, 16), 2), means, atol=1e-6)
    for level in (1, 3, 5):
        part = paint(fill, Rect(-(512 >> level), 0, 512 >> level, 256 >> level), level)
        finest = paint(fill, Rect(-512, 0, 512, 256), 0)
        side = 1 << level
        assert np.allclose(
            part, finest.reshape(256 // side, side, 1024 // side, side, 4).mean((1, 3)), atol=1e-5
        )
    strong = msgspec.structs.replace(fill, strength=6.0)  # much of it is cut
    assert np.allclose(
        paint(strong, Rect(0, 0, 3, 3), LEVELS + 1),
        paint(strong, Rect(0, 0, 1024, 1024), 0).mean((0, 1)),
        atol=0.02,
    )
    assert paint(fill, Rect(0, 0, 3, 3), 14).shape == (3, 3, 4)
    assert not np.array_equal(
        fine, paint(NoiseLikeFill(likeness=fill.likeness, seed=4), Rect(0, 0, 64, 64), 0)
    )
    flat = paint(NoiseLikeFill(likeness=fill.likeness, strength=0.0), Rect(0, 0, 8, 8), 0)
    assert np.ptp(flat[..., 0]) == 0 and (whole >= 0).all() and (whole <= 1).all()
    assert np.array_equal(
        FILLS["noise-like"]({"likeness": fill.likeness, "seed": 3}, Rect(0, 0, 64, 64), 0), fine
    )


# ── the action ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def noisy(bench: Bench) -> Bench:
    bench.studio.new_picture(256, 200)
    document = bench.picture.document
    layer = Paint(name="grain", surface=Surface.from_pixels(sample().astype(np.float16)))
    document.commit("layer", edits.add_layer(document.committed, layer))
    return bench


def add(bench: Bench) -> None:
    noise_like.add(bench.studio)
    bench.studio.render_lane.drain()


def test_the_layer_is_live_and_one_step(noisy: Bench):
    steps = noisy.labels()
    add(noisy)
    assert isinstance(noisy.active, Fill) and noisy.active.recipe.name == "noise-like"
    assert noisy.labels() == [*steps, "Noise like this picture"]
    values = noisy.studio.fill_layers.values(noisy.active)
    assert np.allclose(read(values.likeness).mean, [0.6, 0.5, 0.4], atol=0.01)
    noisy.studio.fill_layers.change(noisy.active.id, NoiseLikeFill(likeness=values.likeness, strength=2.0))
    noisy.studio.fill_layers.release()
    assert noisy.studio.fill_layers.values(noisy.active).strength == 2.0  # type: ignore[arg-type]


def test_a_selection_says_what_is_measured(noisy: Bench):
    document = noisy.picture.document
    pixels = sample()
    pixels[:50, :50, :3] = [0.1, 0.2, 0.9] + random.normal(1, Rect(0, 0, 50, 50), (0, 1, 2), 7) * 0.02
    changed = edits.change(
        document.committed, document.committed.active, surface=Surface.from_pixels(pixels.astype(np.float16))
    )
    mask = np.zeros((200, 256), np.float32)
    mask[:50, :50] = 1
    document.commit("part", changed.with_(selection=Mask.from_pixels(mask)))
    add(noisy)
    values = noisy.studio.fill_layers.values(noisy.active)  # type: ignore[arg-type]
    assert np.allclose(read(values.likeness).mean, [0.1, 0.2, 0.9], atol=0.01)


def test_too_little_is_said_and_changes_nothing(noisy: Bench):
    document = noisy.picture.document
    mask = np.zeros((200, 256), np.float32)
    mask[:4, :4] = 1
    document.commit("part", document.committed.with_(selection=Mask.from_pixels(mask)))
    steps = noisy.labels()
    add(noisy)
    assert noisy.labels() == steps and "8 × 8" in noisy.sentences()[-1]


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_of_each_noise_filter_what_it_adds_is_measured(noisy: Bench):
    for name in (one.name for one in LISTED.values() if one.group == "noise"):
        noisy.studio.filtering.begin(name)
        wanted = noise_numbers.of_filter(noisy.studio)
        assert wanted is not None, name
        numbers = drained(wanted.work())
        assert numbers.values.sigma > 0 or name in ("banding", "salt-and-pepper"), name
        trial = noisy.studio.filtering.trial
        assert trial is not None
        trial.leave()
    noisy.studio.filtering.begin("gaussian-blur")
    assert noise_numbers.of_filter(noisy.studio) is None


def test_gaussian_noise_is_white_with_its_sigma(noisy: Bench):
    noisy.studio.filtering.add_layer("gaussian-noise", {"sigma": 0.05})
    wanted = noise_numbers.of_filter(noisy.studio)
    assert wanted is not None
    numbers = drained(wanted.work())
    assert numbers.power is not None and abs(numbers.power.slope) < 0.2
    assert numbers.values.mean == pytest.approx(0, abs=0.002)
    noisy.studio.filtering.add_layer("gaussian-noise", {"sigma": 0.0})
    still = drained(noise_numbers.of_filter(noisy.studio).work())  # type: ignore[union-attr]
    assert still.power is None and still.values.sigma == 0


def test_a_pattern_is_measured_whatever_covers_it(noisy: Bench):
    noisy.studio.fill_layers.add("fbm")
    layer = noisy.active
    wanted = noise_numbers.of_fill(noisy.studio, layer.id)
    assert wanted is not None
    numbers = drained(wanted.work())
    assert numbers.power is not None and numbers.power.slope < -1
    faint = edits.change(noisy.picture.document.committed, layer.id, opacity=0.1)
    noisy.picture.document.commit("faint", faint)
    again = drained(noise_numbers.of_fill(noisy.studio, layer.id).work())  # type: ignore[union-attr]
    assert again.values.sigma == pytest.approx(numbers.values.sigma)


def test_on_a_picture_of_few_pixels_there_is_no_spectrum(bench: Bench):
    bench.studio.new_picture(9, 1)
    bench.studio.filtering.add_layer("gaussian-noise")
    assert drained(noise_numbers.of_filter(bench.studio).work()).power is None  # type: ignore[union-attr]


def test_words_for_slopes():
    names = [slope_words(beta).partition(":")[0] for beta in (-2.0, -1.0, 0.0, 1.0, 2.0, 3.5)]
    assert names == ["violet", "blue", "white", "pink", "brown", "smoother than brown"]


def test_every_fill_of_noise_has_a_default():
    assert FILL_KINDS["noise-like"].parameters() == NoiseLikeFill()
