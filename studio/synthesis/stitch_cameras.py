"""Where each picture looks: focal lengths and rotations, or free homographies, adjusted over all matches at once.

Levenberg–Marquardt on the distances of matches in both directions with Huber weights (Brown and Lowe, Automatic panoramic
image stitching using invariant features, 2007, sections 4 and 5; Triggs et al., Bundle adjustment, 2000).
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import msgspec
import numpy as np

from studio.synthesis.stitch_values import Cameras, Features, Matches, Pair, Stitch

MOST_MATCHES = 1000
STEPS = 40
FOCAL_SPREAD = 0.05
WIDEST = 6.0
"""A focal length above this many sides of the picture is that of something flat."""


class _Problem(msgspec.Struct, frozen=True, eq=False):
    """Matches in both directions, by pair. Points are about the middle, in units of the longer side (``side``)."""

    start: np.ndarray  # [pairs] camera
    end: np.ndarray
    first: np.ndarray  # [matches] where a pair begins
    pair: np.ndarray  # [matches]
    here: np.ndarray  # [matches, 3]
    there: np.ndarray  # [matches, 2]
    side: np.ndarray  # [matches] px
    huber: np.ndarray  # [matches] px


def cameras_of(matches: Matches, features: Sequence[Features], parameters: Stitch) -> Cameras:
    """The adjusted cameras of all pictures that are matched."""
    place = {index: number for number, index in enumerate(matches.matched)}
    sizes = tuple(features[index].size for index in matches.matched)
    middle = [_centring(size) for size in sizes]
    problem = _problem(matches.pairs, place, sizes, features, parameters)
    links = {(place[pair.first], place[pair.second]): pair for pair in matches.pairs}
    root, order = _tree(len(sizes), links)
    relative = {
        key: middle[key[1]] @ pair.homography @ np.linalg.inv(middle[key[0]]) for key, pair in links.items()
    }
    focal = _focal(relative.values())
    solved = {}
    if parameters.model != "rotation":
        solved["flat"] = _flat(problem, order, root, relative, len(sizes))
    if parameters.model == "rotation" or (parameters.model == "auto" and focal is not None):
        solved["rotation"] = _rotation(problem, order, root, relative, len(sizes), focal or 1.0)
    kind = _better(solved)
    project, error, units = solved[kind]
    if kind == "rotation":
        project = project @ _levelled(project, units, parameters.straighten).T
    scale = float(np.median([units[number] * max(size) for number, size in enumerate(sizes)]))
    pixels = np.stack([np.linalg.inv(one) @ matrix for one, matrix in zip(middle, project, strict=True)])
    return Cameras(
        flat=kind == "flat", matched=matches.matched, project=pixels, sizes=sizes, focal=scale, error=error
    )


def _better(solved: dict[str, tuple[np.ndarray, float, np.ndarray]]) -> str:
    """Rotation, which has fewer freedoms, unless it explains the matches clearly worse or wants a lens that none is."""
    if len(solved) == 1:
        return next(iter(solved))
    flat, rotation = solved["flat"][1], solved["rotation"][1]
    possible = 0.2 < np.median(solved["rotation"][2]) < WIDEST
    return "rotation" if possible and rotation <= 1.3 * flat + 0.3 else "flat"


def _centring(size: tuple[int, int]) -> np.ndarray:
    side = max(size)
    return np.array(
        [[1 / side, 0, -(size[0] - 1) / 2 / side], [0, 1 / side, -(size[1] - 1) / 2 / side], [0, 0, 1]]
    )


def _problem(
    pairs: Sequence[Pair],
    place: dict[int, int],
    sizes: Sequence[tuple[int, int]],
    features: Sequence[Features],
    parameters: Stitch,
) -> _Problem:
    start, end, here, there, side, huber = [], [], [], [], [], []
    for pair in pairs:
        some = np.unique(np.linspace(0, len(pair.first_points) - 1, MOST_MATCHES).astype(int))
        ways = (
            (pair.first, pair.second, pair.first_points, pair.second_points),
            (pair.second, pair.first, pair.second_points, pair.first_points),
        )
        for one, other, ours, theirs in ways:
            size = sizes[place[other]]
            start.append(place[one])
            end.append(place[other])
            here.append(np.c_[ours[some], np.ones(len(some))] @ _centring(sizes[place[one]]).T)
            there.append((np.c_[theirs[some], np.ones(len(some))] @ _centring(size).T)[:, :2])
            side.append(np.full(len(some), float(max(size))))
            huber.append(np.full(len(some), 0.4 * parameters.tolerance / features[other].factor))
    lengths = np.array([len(one) for one in here])
    return _Problem(
        np.array(start), np.array(end), np.r_[0, np.cumsum(lengths)[:-1]],
        np.repeat(np.arange(len(lengths)), lengths), np.concatenate(here), np.concatenate(there),
        np.concatenate(side), np.concatenate(huber),
    )  # fmt: skip


def _tree(count: int, links: dict[tuple[int, int], Pair]) -> tuple[int, list[tuple[int, int]]]:
    """The picture in the middle of the strongest tree of overlaps, and the tree's edges from there outwards."""
    group = list(range(count))
    beside: dict[int, list[int]] = {index: [] for index in group}
    for (one, other), _ in sorted(links.items(), key=lambda item: -len(item[1].first_points)):
        if group[one] != group[other]:
            gone = group[other]
            group = [group[one] if index == gone else index for index in group]
            beside[one].append(other)
            beside[other].append(one)

    def walked(root: int) -> tuple[list[tuple[int, int]], int]:
        edges, depth, seen = [], {root: 0}, [root]
        for one in seen:
            for other in beside[one]:
                if other not in depth:
                    depth[other] = depth[one] + 1
                    seen.append(other)
                    edges.append((one, other))
        return edges, max(depth.values())

    root = min(range(count), key=lambda index: walked(index)[1])
    return root, walked(root)[0]


def _between(relative: dict[tuple[int, int], np.ndarray], one: int, other: int) -> np.ndarray:
    return relative[one, other] if (one, other) in relative else np.linalg.inv(relative[other, one])


def _focal(homographies: object) -> float | None:
    """The median focal length that homographies about the pictures' middles allow, in sides (Shum and Szeliski, 2000)."""
    found = []
    for h in homographies:  # type: ignore[attr-defined]
        h = h / np.cbrt(np.linalg.det(h))
        (a, b, c), (d, e, f), (g, i, _) = h
        second = _root((-(a * b + d * e), g * i), (a * a + d * d - b * b - e * e, i * i - g * g))
        first = _root((-c * f, a * d + b * e), (f * f - c * c, a * a + b * b - d * d - e * e))
        found += [value for value in (first, second) if value is not None]
    good = [value for value in found if 0.15 < value < 20]
    return float(np.median(good)) if good else None


def _root(*fractions: tuple[float, float]) -> float | None:
    """The root of the fraction whose denominator is larger and that is above 0."""
    for above, below in sorted(fractions, key=lambda fraction: -abs(fraction[1])):
        if abs(below) > 1e-9 and above / below > 0:
            return float(np.sqrt(above / below))
    return None


def _flat(problem: _Problem, order: list, root: int, relative: dict, count: int):
    back = np.repeat(np.eye(3)[None], count, 0)  # pixel → plane
    for one, other in order:
        back[other] = back[one] @ np.linalg.inv(_between(relative, one, other))
    back /= back[:, 2:, 2:]

    def matrices(state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.linalg.inv(state), state

    def moved(state: np.ndarray, step: np.ndarray) -> np.ndarray:
        full = np.concatenate((step, np.zeros((count, 1))), 1).reshape(count, 3, 3)
        return state + full

    state, error = _adjusted(problem, back, 8, matrices, moved, root, None)
    return np.linalg.inv(state), error, np.ones(count)


def _rotation(problem: _Problem, order: list, root: int, relative: dict, count: int, focal: float):
    lens = np.diag([focal, focal, 1.0])
    turns = np.repeat(np.eye(3)[None], count, 0)
    for one, other in order:
        turn = np.linalg.inv(lens) @ _between(relative, one, other) @ lens @ turns[one]
        u, _, v = np.linalg.svd(turn * np.sign(np.linalg.det(turn)))
        turns[other] = u @ v
    state = np.concatenate((np.full((count, 1), np.log(focal)), turns.reshape(count, 9)), 1)

    def matrices(state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        size = np.exp(state[:, 0])[:, None]
        turn = state[:, 1:].reshape(count, 3, 3)
        lenses = np.concatenate((size, size, np.ones_like(size)), 1)
        return turn * lenses[:, :, None], np.swapaxes(turn, 1, 2) / lenses[:, None, :]

    def moved(state: np.ndarray, step: np.ndarray) -> np.ndarray:
        turn = np.stack([cv2.Rodrigues(one)[0] for one in step[:, 1:]]) @ state[:, 1:].reshape(count, 3, 3)
        return np.concatenate((state[:, :1] + step[:, :1], turn.reshape(count, 9)), 1)

    # The reference may change its focal length, not its direction.
    state, error = _adjusted(problem, state, 4, matrices, moved, root, lambda now: now[:, 0])
    return matrices(state)[0], error, np.exp(state[:, 0])


def _adjusted(problem: _Problem, state, size: int, matrices, moved, root: int, prior):
    """(state of the least weighted squares, root mean square distance in px)."""
    count = len(state)
    free = np.ones((count, size), bool)
    free[root, 1 if prior else 0 :] = False
    free = free.ravel()
    damping, cost = 1e-3, _cost(problem, matrices(state), prior, state)
    for _ in range(STEPS):
        normal, gradient = _normal(problem, state, size, matrices, moved, prior)
        normal, gradient = normal[np.ix_(free, free)], gradient[free]
        better = False
        while damping < 1e8:
            step = np.zeros(count * size)
            step[free] = np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-9), -gradient)
            trial = moved(state, step.reshape(count, size))
            new = _cost(problem, matrices(trial), prior, trial)
            if np.isfinite(new) and new < cost:
                better = cost - new > 1e-7 * cost
                state, cost, damping = trial, new, max(damping / 5, 1e-9)
                break
            damping *= 5
        if not better:
            break
    missed = np.linalg.norm(_missed(problem, matrices(state)), axis=1)
    good = missed <= 3 * problem.huber
    return state, float(np.sqrt(np.mean(missed[good] ** 2))) if good.any() else float("inf")


def _missed(problem: _Problem, pair_of_matrices: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """By how many pixels each match misses [matches, 2]."""
    project, back = pair_of_matrices
    joined = project[problem.end] @ back[problem.start]
    there = np.einsum("nij,nj->ni", joined[problem.pair], problem.here)
    depth = np.where(np.abs(there[:, 2:]) < 1e-9, 1e-9, there[:, 2:])
    return (there[:, :2] / depth - problem.there) * problem.side[:, None]


def _cost(problem: _Problem, found, prior, state) -> float:
    distance = np.linalg.norm(_missed(problem, found), axis=1)
    k = problem.huber
    cost = float(np.sum(np.where(distance < k, distance**2, 2 * k * distance - k * k)))
    if prior is not None:
        values = prior(state)
        cost += float(np.sum(((values - values.mean()) / FOCAL_SPREAD) ** 2))
    return cost


def _normal(problem: _Problem, state, size: int, matrices, moved, prior):
    """Normal matrix and gradient. Each miss depends on two cameras: its derivatives are differences of whole columns."""
    count, tiny = len(state), 1e-6
    now = matrices(state)
    missed = _missed(problem, now)
    distance = np.linalg.norm(missed, axis=1)
    weight = np.minimum(1.0, problem.huber / np.maximum(distance, 1e-9))
    slopes = np.empty((2, size, *missed.shape))
    for index in range(size):
        step = np.zeros((count, size))
        step[:, index] = tiny
        ahead = matrices(moved(state, step))
        slopes[0, index] = (_missed(problem, (now[0], ahead[1])) - missed) / tiny
        slopes[1, index] = (_missed(problem, (ahead[0], now[1])) - missed) / tiny
    slopes = slopes.reshape(2 * size, *missed.shape)
    # products of all pairs of columns, summed over the matches of a pair of pictures
    products = np.einsum("amk,bmk,m->mab", slopes, slopes, weight, optimize=True)
    pulls = np.einsum("amk,mk,m->ma", slopes, missed, weight, optimize=True)
    blocks = np.add.reduceat(products, problem.first, 0)
    pulled = np.add.reduceat(pulls, problem.first, 0)
    normal, gradient = np.zeros((count * size,) * 2), np.zeros(count * size)
    for block, pull, one, other in zip(blocks, pulled, problem.start, problem.end, strict=True):
        rows = np.r_[one * size : (one + 1) * size, other * size : (other + 1) * size]
        normal[np.ix_(rows, rows)] += block
        gradient[rows] += pull
    if prior is not None:
        values, rows = prior(state), np.arange(count) * size
        gradient[rows] += (values - values.mean()) / FOCAL_SPREAD**2
        normal[rows, rows] += 1 / FOCAL_SPREAD**2
    return normal, gradient


def _levelled(project: np.ndarray, focal: np.ndarray, straighten: bool) -> np.ndarray:
    """The turn of the common space that puts the horizon level and the middle ahead (Brown and Lowe, section 6)."""
    turns = project / np.stack((focal, focal, np.ones_like(focal)), 1)[:, :, None]
    down = turns[:, 1].mean(0)
    if straighten:
        values, vectors = np.linalg.eigh(turns[:, 0].T @ turns[:, 0])
        # The sideways axes of a camera that turned about the vertical span a plane; otherwise nothing is known.
        if values[1] > 2e-3 * values[2]:
            down = vectors[:, 0] * np.sign(vectors[:, 0] @ down or 1.0)
    ahead = turns[:, 2].mean(0)
    ahead = ahead - (ahead @ down) * down / (down @ down)
    if np.linalg.norm(ahead) < 1e-3:  # all around: any of them
        ahead = turns[0, 2] - (turns[0, 2] @ down) * down / (down @ down)
    down, ahead = down / np.linalg.norm(down), ahead / np.linalg.norm(ahead)
    return np.stack((np.cross(down, ahead), down, ahead))
