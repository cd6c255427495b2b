"""Kernel distance and intervals: against direct sums, closed forms, and how often an interval holds what it says."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studio.engine.evaluation import kernel
from studio.engine.evaluation.figures import REPLICATES, SHARES, Figures, figures, interval
from studio.engine.evaluation.kernel import discrepancies, kernel_distance, subsets
from tests.engine.test_evaluation import normal


def told(real: torch.Tensor, made: torch.Tensor) -> Figures:
    work = figures(real, made)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def direct(real: np.ndarray, made: np.ndarray) -> float:
    """Bińkowski et al. 2018, equation 4, term by term."""

    def k(x: np.ndarray, y: np.ndarray) -> float:
        return (float(x @ y) / len(x) + 1) ** 3

    n, m = len(real), len(made)
    own = sum(k(real[i], real[j]) for i in range(n) for j in range(n) if i != j) / (n * (n - 1))
    others = sum(k(made[i], made[j]) for i in range(m) for j in range(m) if i != j) / (m * (m - 1))
    return own + others - 2 * sum(k(x, y) for x in real for y in made) / (n * m)


def test_the_discrepancy_is_its_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "_ROWS", 5)
    real, made = normal(13, 4), 1.5 * normal(9, 4, seed=1) + 0.3
    draw = torch.Generator().manual_seed(2)
    chosen = subsets(13, 6, 3, draw), subsets(9, 4, 3, draw)
    assert [one.sum(0).tolist() for one in chosen] == [[6.0] * 3, [4.0] * 3]
    found = discrepancies(real, made, *chosen)
    for number in range(3):
        first, second = (one[:, number] > 0 for one in chosen)
        assert float(found[number]) == pytest.approx(
            direct(real[first].numpy(), made[second].numpy()), rel=1e-9
        )
    assert kernel_distance(real[:9], made, 1) == pytest.approx(
        direct(real[:9].numpy(), made.numpy()), rel=1e-9
    )


def test_the_kernel_distance_of_sets_alike_is_around_zero_at_any_count() -> None:
    for count in (12, 100):
        found = [kernel_distance(normal(count, 5, 2 * n), normal(count, 5, 2 * n + 1), n) for n in range(60)]
        error = np.std(found) / np.sqrt(len(found))
        assert abs(np.mean(found)) < 3 * error, "no bias"
        assert min(found) < 0 < max(found)


def test_the_kernel_distance_of_moved_normals_is_the_closed_form() -> None:
    """In one dimension x·y over X, Y ~ N(μ, 1) has the moments E = μ², E² = (1 + μ²)², E³ = (μ³ + 3μ)²."""

    def mean_of_kernel(a: float, b: float) -> float:
        third = (a**3 + 3 * a) * (b**3 + 3 * b)
        return third + 3 * (1 + a * a) * (1 + b * b) + 3 * a * b + 1

    wanted = mean_of_kernel(0, 0) + mean_of_kernel(0.7, 0.7) - 2 * mean_of_kernel(0, 0.7)
    found = kernel_distance(normal(6000, 1), normal(6000, 1, seed=1) + 0.7, 3)
    assert found == pytest.approx(wanted, rel=0.1)


def test_figures_of_the_same_set_and_of_one_moved() -> None:
    real = normal(240, 6)
    same = told(real, real)
    assert same.values["distance"] == pytest.approx(0, abs=1e-6)
    assert same.values["variety"] == same.values["precision"] == same.values["coverage"] == 1.0
    assert abs(same.values["kernel_distance"]) < 0.1
    moved = told(real, normal(240, 6, seed=1) + torch.tensor([2.0, 0, 0, 0, 0, 0]))
    assert moved.values["distance"] == pytest.approx(4.0, rel=0.25), "the square of how far it was moved"
    assert moved.intervals["distance"][0] > same.intervals["distance"][1]
    assert moved.intervals["kernel_distance"][0] > 0, "told apart"
    assert moved == told(real, normal(240, 6, seed=1) + torch.tensor([2.0, 0, 0, 0, 0, 0])), "seeded"


@pytest.mark.parametrize("counts", [(8, 8), (8, 40), (41, 9)])
def test_each_figure_lies_in_its_interval_however_few_there_are(counts: tuple[int, int]) -> None:
    for made in (normal(counts[1], 12, seed=1) * 2, torch.zeros(counts[1], 12, dtype=torch.float64)):
        found = told(normal(counts[0], 12), made)
        assert found.values.keys() == found.intervals.keys()
        for name, value in found.values.items():
            low, high = found.intervals[name]
            assert low <= value <= high and np.isfinite([low, high]).all()
            assert name == "kernel_distance" or low >= 0
            assert name not in SHARES or high <= 1


def test_an_interval_of_halves_is_as_wide_as_that_of_a_mean() -> None:
    """1.96 standard errors to either side, on an even and an odd count."""
    for count in (200, 201):
        values = normal(count, 1)[:, 0]
        chosen = subsets(count, count // 2, 4000, torch.Generator().manual_seed(1))
        low, high = interval(float(values.mean()), (values @ chosen / (count // 2)).tolist())
        assert high - low == pytest.approx(2 * 1.96 * float(values.std()) / count**0.5, rel=0.05)


@pytest.mark.slow
def test_nineteen_of_twenty_intervals_hold_the_mean_of_many_measurements() -> None:
    """Of small sets that differ in place and width; 60 of each, so that 8 misses of 3 expected are still chance."""
    found = [told(normal(60, 3, 2 * n), 0.8 * normal(60, 3, 2 * n + 1) + 0.5) for n in range(60)]
    for name in found[0].values:
        mean = np.mean([one.values[name] for one in found])
        held = sum(one.intervals[name][0] <= mean <= one.intervals[name][1] for one in found)
        assert held >= 52, (name, held)
    assert REPLICATES == 200
