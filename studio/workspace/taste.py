"""What somebody likes, learnt from marks on walls of nine pictures, and the next nine: a Gaussian process over a few directions.

A picture is a point x of R^d, amounts of d directions in standard deviations. Its worth is f(x) with f ~ GP(0, k), where
k(x, y) = 3 LINEAR·xᵀy/d + ROUND·exp(−|x − y|²/2d) (Rasmussen & Williams 2006, sections 2.1 and 4.2.1: a slope with what bends it).
A mark compares f with how much the eye asks of that wall, b ~ N(0, BAR): it is a like where f − b + ε > WIDTH, a dislike where it is
below −WIDTH, ε ~ N(0, 1), and nothing between (ordinal probit, Chu & Ghahramani 2005, equation 4). So a better wall may be marked
as harshly as the first one. The posterior is Laplace's (Rasmussen & Williams, algorithm 3.1). The next nine are the best point of the mean
and eight draws of Thompson (1933), each the best of a function drawn from the posterior, some way from each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from studio.document.layer import Round

COUNT = 9
LIKE, NOTHING, DISLIKE = 1, 0, -1
UNIT = 1 / 32
"""Of an amount as it is kept: int8, so that a point is a point bit for bit wherever it is read."""
FARTHEST = 2.5
"""Standard deviations: beyond them a model has hardly learnt."""
LINEAR, ROUND, BAR, WIDTH = 1.0, 4.0, 0.5, 0.5
USUAL_ROUNDS = 12
CALM = 7
"""Rounds in which the draws come from the whole posterior to a tenth of it, by its deviation."""
LEAST_DRAW, GAP = 0.1, 0.35
POOL = 400
CERTAIN = 1.0
"""A direction is told where favourites lie on one side of it by so many of their deviations."""
TOLD = 3


def amounts(wall: Round) -> np.ndarray:
    """float64 [9, directions] in standard deviations."""
    return np.frombuffer(wall.points, np.int8).reshape(COUNT, -1) * UNIT


class Learnt(NamedTuple):
    """The posterior at the marked points: ``slope`` of the likelihood there, ``root`` of its curvature, and Cholesky's factor."""

    points: np.ndarray
    slope: np.ndarray
    root: np.ndarray
    factor: np.ndarray


def packed(points: np.ndarray) -> bytes:
    """The nearest points that can be kept."""
    most = round(FARTHEST / UNIT)
    return np.clip(np.round(points / UNIT), -most, most).astype(np.int8).tobytes()


def told(rounds: Sequence[Round]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points [n, d] with their marks [n] and rounds [n]. Of a point that was marked in several ways the newest mark counts."""
    newest: dict[bytes, tuple[np.ndarray, int, int]] = {}
    for number, one in enumerate(rounds):
        for point, mark in zip(amounts(one), one.marks, strict=True):
            before = newest.get(point.tobytes())
            if mark or before is None:
                newest[point.tobytes()] = (point, mark, number)
    points, marks, numbers = zip(*newest.values(), strict=True)
    return np.array(points), np.array(marks), np.array(numbers)


def contradicted(rounds: Sequence[Round]) -> int:
    """How many points were liked once and disliked another time."""
    seen: dict[bytes, set[int]] = {}
    for one in rounds:
        for point, mark in zip(amounts(one), one.marks, strict=True):
            seen.setdefault(point.tobytes(), set()).add(mark)
    return sum({LIKE, DISLIKE} <= marks for marks in seen.values())


def kernel(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """k of all pairs, [n, d] and [m, d] → [n, m]."""
    size = first.shape[1]
    inner = first @ second.T
    square = (first**2).sum(1)[:, None] + (second**2).sum(1)[None] - 2 * inner
    return 3 * LINEAR / size * inner + ROUND * np.exp(-square.clip(0) / (2 * size))


def learn(rounds: Sequence[Round]) -> Learnt:
    """The mode of the posterior by Newton's steps, and the curvature there."""
    points, marks, numbers = told(rounds)
    prior = kernel(points, points) + BAR * (numbers[:, None] == numbers) + 1e-4 * np.eye(len(points))
    worth = np.zeros(len(points))
    for _ in range(30):
        slope, curvature = _likelihood(worth, marks)
        root = np.sqrt(curvature)
        factor = np.linalg.cholesky(np.eye(len(points)) + root[:, None] * prior * root)
        pulled = curvature * worth + slope
        inner = np.linalg.solve(factor.T, np.linalg.solve(factor, root * (prior @ pulled)))
        before, worth = worth, prior @ (pulled - root * inner)
        if np.abs(worth - before).max() < 1e-5:
            break
    slope, curvature = _likelihood(worth, marks)
    root = np.sqrt(curvature)
    factor = np.linalg.cholesky(np.eye(len(points)) + root[:, None] * prior * root)
    return Learnt(points, slope, root, factor)


def _likelihood(worth: np.ndarray, marks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each mark the slope of its log-probability by the worth, and the curvature, at least a little."""
    high = np.where(marks > 0, 40.0, np.where(marks < 0, -WIDTH, WIDTH)) - worth
    low = np.where(marks < 0, -40.0, np.where(marks > 0, WIDTH, -WIDTH)) - worth
    whole = (_normal(high) - _normal(low)).clip(1e-10)
    upper, lower = _density(high), _density(low)
    slope = (lower - upper) / whole
    return slope, (slope**2 + (high * upper - low * lower) / whole).clip(1e-6)


def _density(x: np.ndarray) -> np.ndarray:
    return np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def _normal(x: np.ndarray) -> np.ndarray:
    """Distribution function of N(0, 1)."""
    return np.array([0.5 * math.erfc(-one / math.sqrt(2)) for one in x])


def mean(learnt: Learnt, points: np.ndarray) -> np.ndarray:
    """What points [n, d] are worth, as far as is known."""
    return kernel(points, learnt.points) @ learnt.slope


def covariance(learnt: Learnt, points: np.ndarray) -> np.ndarray:
    across = kernel(points, learnt.points)
    part = np.linalg.solve(learnt.factor, learnt.root[:, None] * across.T)
    return kernel(points, points) - part.T @ part


def next_nine(rounds: Sequence[Round], size: int, seed: int) -> np.ndarray:
    """Points [9, size] that can be kept; the same for the same marks and seed. Without a like or dislike they lie all over."""
    random = np.random.default_rng((seed, len(rounds)))
    liked = any(LIKE in one.marks for one in rounds)
    unlike = any(DISLIKE in one.marks for one in rounds)
    if not liked and not unlike:
        return _kept(random.normal(size=(COUNT, size)))
    learnt = learn(rounds)
    pool = _pool(learnt, random, size, liked)
    centre, spread = mean(learnt, pool), covariance(learnt, pool)
    root = np.linalg.cholesky(spread + 1e-4 * np.trace(spread) / len(pool) * np.eye(len(pool)))
    calm = max(LEAST_DRAW, 1 - len(rounds) / CALM)
    gap = GAP * math.sqrt(size) * max(0.25, 1 - len(rounds) / USUAL_ROUNDS)
    chosen: list[int] = []
    for number in range(COUNT):
        drawn = centre + (calm * (root @ random.normal(size=len(pool))) if number else 0)
        order = np.argsort(-drawn, kind="stable")
        apart = (
            one for one in order if all(np.linalg.norm(pool[one] - pool[other]) > gap for other in chosen)
        )
        chosen.append(int(next(apart, order[0])))
    return _kept(pool[chosen])


def favourite(rounds: Sequence[Round], size: int, seed: int) -> np.ndarray:
    """The point [size] that is worth most, as far as is known: the first of the next nine."""
    return next_nine(rounds, size, seed)[0]


def _kept(points: np.ndarray) -> np.ndarray:
    return np.frombuffer(packed(points), np.int8).reshape(points.shape) * UNIT


def _pool(learnt: Learnt, random: np.random.Generator, size: int, liked: bool) -> np.ndarray:
    """Candidates: some all over; where anything was liked most near the best ones and between them; where the mean leads up."""
    if not liked:  # far from what was refused there is more to see
        return random.normal(size=(POOL, size)).clip(-FARTHEST, FARTHEST)
    order = np.argsort(-mean(learnt, learnt.points), kind="stable")
    best, good = learnt.points[order[:COUNT]], learnt.points[order[:20]]
    count = POOL - POOL // 3
    near = best[random.integers(len(best), size=count)]
    near = np.where(random.random(near.shape) < 0.3, good[random.integers(len(good), size=count)], near)
    near = near + random.normal(size=near.shape) * random.choice([0.2, 0.4, 0.8], size=(count, 1))
    wide = random.normal(size=(POOL // 3, size))
    return np.concatenate([wide, near, uphill(learnt, best)]).clip(-FARTHEST, FARTHEST)


def uphill(learnt: Learnt, points: np.ndarray, steps: int = 15) -> np.ndarray:
    """Points [n, d] moved where the mean rises, no farther out than pictures usually are."""
    size, marked, weights = points.shape[1], learnt.points, learnt.slope
    farthest = 1.3 * math.sqrt(size)
    for _ in range(steps):
        square = ((points[:, None] - marked) ** 2).sum(2)
        pull = ROUND / size * np.exp(-square / (2 * size)) * weights
        rise = 3 * LINEAR / size * (weights @ marked) + pull @ marked - pull.sum(1)[:, None] * points
        rise /= np.linalg.norm(rise, axis=1, keepdims=True) + 1e-9
        points = (points + 0.15 * rise).clip(-FARTHEST, FARTHEST)
        length = np.linalg.norm(points, axis=1, keepdims=True)
        points = np.where(length > farthest, points * farthest / length.clip(1e-9), points)
    return points


def liked_more(rounds: Sequence[Round], size: int, seed: int) -> tuple[tuple[int, float], ...]:
    """Of which directions more (above 0) or less is liked: (number, amount), the surest first, three at most.

    The favourites of 32 functions drawn from the posterior, among the same candidates: a direction is told where their mean is
    CERTAIN of their deviations away from the middle.
    """
    if not any(LIKE in one.marks for one in rounds):
        return ()
    learnt, random = learn(rounds), np.random.default_rng((seed, len(rounds), 1))
    pool = _pool(learnt, random, size, True)
    spread = covariance(learnt, pool)
    root = np.linalg.cholesky(spread + 1e-4 * np.trace(spread) / len(pool) * np.eye(len(pool)))
    drawn = mean(learnt, pool)[:, None] + root @ random.normal(size=(len(pool), 32))
    best = pool[drawn.argmax(0)]
    amount, deviation = best.mean(0), best.std(0) + 0.1
    order = np.argsort(-np.abs(amount) / deviation, kind="stable")[:TOLD]
    return tuple(
        (int(one), float(amount[one])) for one in order if abs(amount[one]) > CERTAIN * deviation[one]
    )
