"""What is liked is learnt from marks: a simulated taste of three factors, one mark in five wrong; marks that contradict each other."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document.layer import Round
from studio.workspace.taste import (
    BAR,
    COUNT,
    DISLIKE,
    LIKE,
    NOTHING,
    WIDTH,
    _normal,
    amounts,
    contradicted,
    covariance,
    kernel,
    learn,
    liked_more,
    mean,
    next_nine,
    packed,
    told,
)
from studio.workspace.taste_trial import Trial, tried

SIZE = 18
"""Directions of the embedded landscapes: eight sliders and ten that are found."""


def stand_in(seed: int) -> Trial:
    """Three factors, each a mixture of all directions, as three at right angles; their wanted values are well away from the middle."""
    random = np.random.default_rng((seed, 99))
    factors = np.linalg.qr(random.normal(size=(SIZE, 3)))[0]
    wanted = random.choice([-1, 1], 3) * random.uniform(0.6, 1.8, 3)
    return tried(lambda points: np.linalg.norm(points @ factors - wanted, axis=1), SIZE, seed, noise=0.2)


def test_a_taste_of_three_factors_is_reached_and_beats_random_walls_by_three() -> None:
    trials = [stand_in(seed) for seed in range(2)]
    assert all(one.reached <= 12 for one in trials), [one.reached for one in trials]
    assert np.mean([one.hits[-1] for one in trials]) >= 3 * np.mean([one.random_hits for one in trials])


def round_of(points: np.ndarray, marks: list[int]) -> Round:
    return Round(points=packed(points), marks=tuple(marks))


def walls(count: int, mark, size: int = 4) -> list[Round]:
    rounds: list[Round] = []
    for _ in range(count):
        points = next_nine(rounds, size, 5)
        rounds.append(round_of(points, [mark(point) for point in points]))
    return rounds


def test_the_same_marks_give_the_same_nine_that_can_be_kept() -> None:
    rounds = walls(2, lambda point: LIKE if point[0] > 0 else DISLIKE)
    nine = next_nine(rounds, 4, 5)
    assert nine.shape == (COUNT, 4) and np.array_equal(nine, next_nine(rounds, 4, 5))
    assert np.array_equal(amounts(round_of(nine, [0] * 9)), nine)
    assert not np.array_equal(nine, next_nine(rounds, 4, 6))
    assert len(np.unique(nine, axis=0)) == COUNT


def test_the_mode_of_the_posterior_is_that_of_a_fine_grid() -> None:
    """One like of one picture: f and the wall's bar on a grid."""
    point = np.array([[0.5, -1.0]])
    rounds = [Round(points=packed(np.repeat(point, COUNT, 0)), marks=(LIKE,) * COUNT)]
    learnt = learn(rounds)
    assert len(learnt.points) == 1
    own = float(kernel(point, point)[0, 0])
    worth, bar = np.meshgrid(np.linspace(-6, 6, 601), np.linspace(-2, 2, 201))
    above = _normal((worth + bar - WIDTH).ravel()).reshape(worth.shape)
    height = np.log(above) - 0.5 * worth**2 / own - 0.5 * bar**2 / BAR
    best = worth.ravel()[height.argmax()]
    assert mean(learnt, point)[0] == pytest.approx(best, abs=0.03)
    weight = np.exp(height - height.max())
    deviation = np.sqrt(
        (weight * worth**2).sum() / weight.sum() - ((weight * worth).sum() / weight.sum()) ** 2
    )
    assert covariance(learnt, point)[0, 0] ** 0.5 == pytest.approx(deviation, rel=0.1)


def test_what_is_liked_is_told() -> None:
    found = dict(liked_more(walls(4, lambda point: LIKE if point[1] < -0.2 else DISLIKE), 4, 5))
    assert 1 in found and found[1] < 0
    assert liked_more([], 4, 5) == ()


def test_the_newest_mark_of_a_picture_counts_and_the_contradiction_is_seen() -> None:
    points = np.linspace(-1, 1, COUNT * 2).reshape(COUNT, 2)
    first, second = round_of(points, [LIKE, *[NOTHING] * 8]), round_of(points, [DISLIKE, *[NOTHING] * 8])
    assert contradicted([first]) == 0 and contradicted([first, second]) == 1
    _, marks, _ = told([first, second])
    assert len(marks) == COUNT and marks[0] == DISLIKE
    assert next_nine([first, second], 2, 1).shape == (COUNT, 2)


def test_where_all_is_refused_the_next_are_from_elsewhere() -> None:
    near = np.random.default_rng(1).normal(size=(COUNT, 4)) * 0.2 + 1
    nine = next_nine([round_of(near, [DISLIKE] * COUNT)], 4, 5)
    usual = next_nine([], 4, 5)
    assert np.linalg.norm(nine - 1, axis=1).mean() > np.linalg.norm(usual - 1, axis=1).mean()


def test_without_marks_they_lie_all_over_again() -> None:
    first = next_nine([], 4, 5)
    again = next_nine([round_of(first, [NOTHING] * COUNT)], 4, 5)
    assert not np.array_equal(first, again) and again.std() > 0.5
