"""How likely each superpixel belongs to an object of which a few are marked.

Three things speak, in turns until they agree: the way of least change of colour from the marks and from the picture's edge
(Bai and Sapiro, "A geodesic framework for fast interactive image and video segmentation", ICCV 2007); the colours of
what belongs and of what does not, as densities around all pieces, each kind of colour that was marked for itself; and
the neighbours, by random walks (Grady, "Random walks for image segmentation", TPAMI 2006; with priors: CVPR 2005). Unlike a
cut, a walk does not shorten what is thin.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from studio.raster.selecting.pieces import FAR, Pieces, squares_apart

TURNS = 5
MARKED = 0.3
"""Part of a piece that a mark must cover."""
KINDS = 6
"""The most kinds of colour that the marks are taken for."""
ALIKE = 12.0
"""Colour difference below which two marked pieces are of one kind."""
SURROUNDINGS = 0.6
"""Weight of a piece's surroundings against its own colour: stripes and fur are known by them."""
EDGE = 3.0
"""Differences of this many times the noise count fully on a way, lesser ones hardly: shading and texture are no edges."""
PACE = 0.05
"""What each piece on a way costs, in noise, whatever its colour."""
OPEN_RIM = 20.0
"""What a way from the picture's edge begins with where that piece has the object's colours."""
PRIOR = 0.05
"""How much a pixel's own prior weighs against a pixel of border with a like neighbour."""
BY_WAY, UNDER_MARK = 1.5, 1.0
"""Weight of the ways against the colours; what lying under the mark is worth, in logarithms of odds."""
_SURE = 0.02


def belonging(
    pieces: Pieces, inside: np.ndarray, outside: np.ndarray, about: np.ndarray
) -> Generator[None, None, np.ndarray]:
    """0–1 [n]: whether each piece belongs to what is marked. Yields between the turns.

    ``inside``, ``outside``, bool [h, w]: what is sure. ``about``, bool [h, w]: what the marks touched besides.
    """
    share = pieces.share(inside)
    marked = share > min(MARKED, float(share.max()) * 0.999)
    refused = (pieces.share(outside) > MARKED) & ~marked
    features = np.concatenate([pieces.colours, SURROUNDINGS * pieces.around], 1)
    distance = squares_apart(features, features)
    like = np.sqrt(distance[:, marked].min(1))
    yield
    near = np.exp(distance / (-2 * max(1.2 * pieces.noise, 4.0) ** 2))
    yield
    kinds = _kinds(pieces, np.nonzero(marked)[0])
    cost = _cost(pieces)
    starts = np.full((pieces.count, len(kinds)), FAR)
    for number, kind in enumerate(kinds):
        starts[kind, number] = 0
    ways = pieces.ways(starts, cost)
    own, way = ways.argmin(1), ways.min(1)
    yield
    least = np.maximum(max(10.0, 3 * pieces.noise) - like, 0)
    touched = UNDER_MARK * pieces.share(about)
    walk = _Walk(pieces, marked, refused)
    likely, coloured = np.full(pieces.count, 0.5), np.full(pieces.count, 0.5)
    for turn in range(TURNS):
        open_ = np.maximum(least, OPEN_RIM * 2 * np.clip(coloured - 0.5, 0, 1))
        far = pieces.ways(np.where(refused, 0, np.where(pieces.rim & ~marked, open_, FAR)), cost)
        odds = _odds(coloured) + BY_WAY * _odds(far / (way + far + 1e-9)) + touched
        prior = 1 / (1 + np.exp(-odds))
        likely = walk.to(prior, prior if turn == 0 else likely)
        coloured = _coloured(pieces, near, likely, marked, own, len(kinds))
        yield
    return likely


def _odds(part: np.ndarray) -> np.ndarray:
    return np.log((part + _SURE) / (1 - part + _SURE))


def _kinds(pieces: Pieces, marked: np.ndarray) -> list[list[int]]:
    """The marked pieces by colour."""
    limit = max(ALIKE, 3 * pieces.noise)
    while True:
        found: list[list[int]] = []
        for piece in marked.tolist():
            apart = [((pieces.colours[kind[0]] - pieces.colours[piece]) ** 2).sum() for kind in found]
            if apart and min(apart) < limit**2:
                found[int(np.argmin(apart))].append(piece)
            else:
                found.append([piece])
        if len(found) <= KINDS:
            return found
        limit *= 1.3


def _cost(pieces: Pieces) -> np.ndarray:
    """[n, k]: what going from a piece to its neighbour costs."""
    apart, noise = pieces.apart, pieces.noise
    steps = apart * (1 - np.exp(-((apart / (EDGE * noise)) ** 2))) + PACE * noise
    return np.where(pieces.borders > 0, steps, FAR).astype(np.float32)


def _coloured(
    pieces: Pieces, near: np.ndarray, likely: np.ndarray, marked: np.ndarray, own: np.ndarray, kinds: int
) -> np.ndarray:
    """0–1 [n]: how much more a piece's colour is at home among what belongs than among the rest.

    Each kind of colour has a density of its own, so that a small patch counts as much as a large one.
    """
    belongs = pieces.areas * np.clip((likely - 0.5) * 1.6 + 0.5, 0, 1)
    rest = pieces.areas - belongs
    belongs = np.where(marked, 3 * belongs, belongs)
    weights = np.stack([*(np.where(own == kind, belongs, 0) for kind in range(kinds)), rest], 1)
    density = near @ (weights / np.maximum(weights.sum(0), 1e-9)).astype(np.float32)
    inner, outer = density[:, :-1].max(1), density[:, -1]
    return (inner + 1e-7) / (inner + outer + 2e-7)


class _Walk:
    """Where a walk from each piece ends, at a mark inside or outside; on the way it may stop by its piece's prior."""

    def __init__(self, pieces: Pieces, marked: np.ndarray, refused: np.ndarray) -> None:
        self._beside = pieces.beside
        self._ties = pieces.borders * (np.exp((pieces.apart / pieces.noise) ** 2 / -2) + 0.02)
        self._stop = PRIOR * pieces.areas
        self._degree = self._ties.sum(1) + self._stop
        self._free = ~(marked | refused)
        self._marked = marked

    def _times(self, values: np.ndarray) -> np.ndarray:
        return self._degree * values - (self._ties * values[self._beside]).sum(1)

    def to(self, prior: np.ndarray, guess: np.ndarray) -> np.ndarray:
        """0–1 [n], by conjugate gradients from ``guess`` on."""
        found = np.where(self._free, guess, self._marked)
        left = np.where(self._free, self._stop * prior - self._times(found), 0)
        scaled = left / self._degree
        direction, size = scaled, float(left @ scaled)
        for _ in range(150):
            if np.abs(scaled).max() < 2e-3:
                break
            moved = np.where(self._free, self._times(direction), 0)
            length = size / max(float(direction @ moved), 1e-20)
            found = found + length * direction
            left = left - length * moved
            scaled = left / self._degree
            before, size = size, float(left @ scaled)
            direction = scaled + size / before * direction
        return np.clip(found, 0, 1)
