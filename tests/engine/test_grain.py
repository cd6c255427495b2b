"""The grain of an artist's scans: what of it a small picture tells, how it is drawn, and how it is found."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engine.detail.grain import TAPS, Grain, activity, brightness, changes, colour_noise, drawn
from studio.engine.training.detail import quarter
from studio.engine.training.grain import Compared, grain_of, not_negative

SIDE = 256


def scan(seed: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """A smooth picture uint8 [256, 256, 3] without and with a sensor's noise of so many codes, each channel its own."""
    random = np.random.default_rng(seed)
    coarse = random.uniform(60, 190, (8, 8, 1)) + random.uniform(-20, 20, 3)
    clean = cv2.resize(coarse.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    noisy = clean + noise * random.standard_normal(clean.shape)
    return clean.round().astype(np.uint8), noisy.round().clip(0, 255).astype(np.uint8)


def test_colour_noise_is_told_from_edges_and_from_grain_of_brightness() -> None:
    picture = scan(3, 0.0)[0][:128, :128].astype(np.float32)
    picture[:, 60:] -= 40
    picture[70:] *= (0.9, 0.6, 0.7)
    random = np.random.default_rng(1)
    paper = 6 * random.standard_normal((128, 128, 1))
    found = []
    for strength in (1.0, 2.0):
        noisy = (picture + paper + strength * random.standard_normal(picture.shape)).round()
        found.append(colour_noise(noisy.astype(np.uint8)) / (20 * (strength / 127.5) ** 2))
    assert found == pytest.approx([1.0, 1.0], abs=0.3)
    grey = np.repeat(picture[..., :1].astype(np.uint8), 3, 2)
    assert colour_noise(grey) == 0.0 and colour_noise(grey[:3, :2]) == 0.0


def test_texture_is_more_active_than_an_edge_of_equal_energy() -> None:
    edge = np.zeros((64, 64, 3), np.uint8)
    edge[:, 32:] = 200
    noise = np.random.default_rng(2).standard_normal((64, 64, 1))
    here = changes(brightness(edge))[26:39, 26:39]
    texture = (100 + noise * 127.5 * np.sqrt(np.square(here).mean() / 20)).clip(0, 255)
    flat, busy = (activity(codes)[32, 32] for codes in (edge, np.repeat(texture, 3, 2).astype(np.uint8)))
    assert flat < busy / 2.5


def test_grain_is_as_strong_as_it_is_said_to_be() -> None:
    taps = np.zeros((TAPS, TAPS))
    taps[3, 2:5] = 0.5, 1.0, 0.5
    wide = np.pad(taps, 2)
    taps /= np.sqrt(np.square(cv2.Laplacian(wide, cv2.CV_64F, ksize=1)).sum())
    grain = Grain(even=1e-3, sensor=2.0, active=0.0, least=1e-4, most=5e-4, taps=tuple(taps.ravel()))
    small = np.full((80, 70, 3), 128, np.uint8)
    for noise, held in ((0.0, 1e-4), (3e-4, 3e-4), (1.0, 5e-4)):
        energy = np.square(changes(drawn(grain, small, noise, 3, 0, 0))).mean()
        assert energy == pytest.approx(1e-3 + 2 * held, rel=0.05)


def test_the_grain_of_scans_is_found_and_follows_each_of_them() -> None:
    seen = []
    for seed, noise in enumerate((2.0, 3.0, 5.0)):
        clean, noisy = scan(seed, noise)
        seen.append(Compared(noisy, quarter(noisy), clean))
    grain = grain_of(seen)
    assert grain is not None
    clean, noisy = scan(9, 4.0)
    small = quarter(noisy)
    made = brightness(clean) + drawn(grain, small, colour_noise(small), 1, 0, 0)
    ratio = np.square(changes(made)).mean() / np.square(changes(brightness(noisy))).mean()
    assert ratio == pytest.approx(1.0, abs=0.15)
    taps = np.reshape(grain.taps, (TAPS, TAPS))
    assert np.abs(taps).argmax() == 24 and np.allclose(taps, taps.T) and np.allclose(taps, taps[::-1])
    assert np.square(taps[3, 3]) > 0.7 * np.square(taps).sum(), "white, but for what the small picture tells"


def test_a_network_that_lacks_nothing_needs_no_grain() -> None:
    clean, noisy = scan(1, 3.0)
    assert grain_of([Compared(clean, quarter(clean), noisy)]) is None


def test_least_squares_with_no_negative_part() -> None:
    random = np.random.default_rng(3)
    parts = random.random((50, 3))
    assert not_negative(parts, parts @ [0.5, 2.0, 1.0]) == pytest.approx([0.5, 2.0, 1.0])
    assert not_negative(parts, parts @ [1.0, -2.0, 3.0])[1] == 0.0
    assert (not_negative(parts, -parts.sum(1)) == 0).all()
