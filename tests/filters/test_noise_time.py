"""Noise filters along the third axis: the law stays at every time, it changes smoothly, and a loop comes round."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from studio import recipe
from studio.filters import FILTERS
from tests.filters.test_noise_laws import grey, plain

TIMED: dict[str, dict[str, Any]] = {
    "gaussian-noise": {"sigma": 0.1},
    "uniform-noise": {"amount": 0.2},
    "speckle-noise": {"sigma": 0.2},
    "salt-and-pepper": {"amount": 20.0},
    "poisson-noise": {"photons": 50.0},
    "film-grain": {"channels": "shared"},
    "banding": {"sigma": 0.1},
}
timed = pytest.mark.parametrize("name", TIMED)


def at(name: str, time: float, **settings: Any) -> np.ndarray:
    kind = FILTERS[name]
    plain_values = {**TIMED[name], **settings, "time": time}
    return kind.apply(grey(), recipe.from_plain(kind.parameters, plain_values))[..., 0].astype(np.float64)


@timed
def test_it_changes_smoothly_and_wholly_with_a_step(name: str) -> None:
    first, near, half, next_one = (at(name, time) for time in (0.0, 0.03, 0.5, 1.0))
    spread = first.std()
    # a number that goes the shorter way may pass the share at which it becomes salt: few do in so short a time
    assert np.square(near - first).mean() < (0.1 * spread) ** 2 + 0.005 * spread
    assert np.abs(np.corrcoef(first.ravel(), next_one.ravel())[0, 1]) < (0.3 if name == "banding" else 0.06)
    assert 0.15 < np.corrcoef(first.ravel(), half.ravel())[0, 1] < 0.9


@timed
def test_a_loop_comes_round(name: str) -> None:
    np.testing.assert_array_equal(at(name, 3.0, loop=3), at(name, 0.0))
    assert np.abs(at(name, 2.5, loop=3) - at(name, 2.5)).max() > 0


@timed
@pytest.mark.parametrize("time", [0.31, 0.5, 7.8])
def test_mean_and_spread_stay(name: str, time: float) -> None:
    if name == "banding":
        return
    still, now = at(name, 0.0), at(name, time)
    assert now.mean() == pytest.approx(still.mean(), abs=6 * still.std() / 128)
    assert now.std() == pytest.approx(still.std(), rel=0.05)


@pytest.mark.parametrize("seed", range(8))
def test_the_law_stays_between_steps(seed: int) -> None:
    normal = at("gaussian-noise", 0.43, seed=seed).ravel()
    assert plain(stats.kstest(normal, "norm", (0.5, 0.1)).pvalue)
    even = at("uniform-noise", 1.4, seed=seed).ravel()
    assert plain(stats.kstest(even, "uniform", (0.3, 0.4)).pvalue)
    photons = np.rint(at("poisson-noise", 0.5, seed=seed, light="encoded").ravel() * 50).astype(int)
    counts = np.bincount(photons, minlength=60)[10:41]
    expected = stats.poisson.pmf(np.arange(10, 41), 25.0) * photons.size
    assert plain(stats.chisquare(counts, expected * counts.sum() / expected.sum()).pvalue)
    hits = at("salt-and-pepper", 0.5, seed=seed, salt=30.0)
    observed = [(hits == 1).sum(), (hits == 0).sum(), (hits == 0.5).sum()]
    assert plain(stats.chisquare(observed, np.array([0.06, 0.14, 0.8]) * hits.size).pvalue)
