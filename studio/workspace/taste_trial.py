"""How well a taste is found that is known: an artist who marks by it, one mark in so many wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from studio.document.layer import Round
from studio.workspace.taste import COUNT, DISLIKE, LIKE, NOTHING, USUAL_ROUNDS, next_nine, packed

RARE = 0.1
"""A picture suits where at most this share of random ones is as near to what is wanted."""
RANDOM_WALLS = 40


class Trial(NamedTuple):
    """``hits``: of each wall the share that suits; ``away``: its mean distance from what is wanted; ``reached``: the first wall of
    which more than half suits, one past the last where none was. ``random_hits``, ``random_away``: the same of walls by chance."""

    hits: tuple[float, ...]
    away: tuple[float, ...]
    reached: int
    random_hits: float
    random_away: float


def marked(away: np.ndarray, random: np.random.Generator, noise: float) -> tuple[int, ...]:
    """The nearest three are liked, the farthest three not; of the share ``noise`` the mark is another one."""
    order = np.argsort(away, kind="stable")
    marks = np.full(COUNT, NOTHING)
    marks[order[:3]], marks[order[-3:]] = LIKE, DISLIKE
    wrong = np.where(marks == NOTHING, random.choice([LIKE, DISLIKE], COUNT), -marks)
    return tuple(int(one) for one in np.where(random.random(COUNT) < noise, wrong, marks))


def tried(
    away_of: Callable[[np.ndarray], np.ndarray],
    size: int,
    seed: int,
    *,
    noise: float = 0.2,
    rounds: int = USUAL_ROUNDS,
) -> Trial:
    """``rounds`` walls marked by the distance ``away_of`` points [n, size] from what is wanted, beside random walls."""
    random = np.random.default_rng((seed, 7))
    chance = away_of(random.normal(size=(COUNT * RANDOM_WALLS, size)).clip(-2.5, 2.5))
    near = float(np.quantile(chance, RARE))
    done: list[Round] = []
    hits, away = [], []
    for _ in range(rounds):
        points = next_nine(done, size, seed)
        found = away_of(points)
        hits.append(float((found <= near).mean()))
        away.append(float(found.mean()))
        done.append(Round(points=packed(points), marks=marked(found, random, noise)))
    reached = next((number for number, one in enumerate(hits, 1) if one > 0.5), rounds + 1)
    return Trial(tuple(hits), tuple(away), reached, float((chance <= near).mean()), float(chance.mean()))
