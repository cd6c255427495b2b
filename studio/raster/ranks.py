"""Which of a brush's tips is printed where several things choose it: the tips stand in a box of several dimensions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from studio.raster.hand import Point

if TYPE_CHECKING:
    from studio.raster.brush import Brush, TipRank

_COLUMN = {name: index for index, name in enumerate(Point._fields)}
_UPWARDS = 0.25
"""Turns clockwise from upwards to the right, from where directions count."""


class Ranks:
    """The dimensions of a brush's tips. The first counts most: of 2 × 3 tips the first three are those of its first half."""

    def __init__(self, ranks: tuple[TipRank, ...]) -> None:
        self._ranks = ranks
        self.orders = {rank.order for rank in ranks if rank.count > 1}

    @classmethod
    def of(cls, brush: Brush) -> Ranks | None:
        """Those of ``brush`` while they fit its tips: there are several, and as many as the ranks say."""
        ranks = brush.tip_ranks
        fits = len(brush.tips) > 1 and math.prod(rank.count for rank in ranks) == len(brush.tips)
        return cls(ranks) if fits else None

    def tip(self, rows: np.ndarray, direction: np.ndarray, chance: np.ndarray, first: int) -> np.ndarray:
        """Numbers of the tips [n] of dabs with points ``rows`` [n, fields], ``direction`` in turns and ``chance`` 0–1 [n].

        ``first``: how many dabs of the stroke came before.
        """
        number = np.zeros(len(rows), int)
        for rank in self._ranks:
            if rank.count > 1 and rank.order == "random":
                # one number's digits are as independent as several numbers
                at = chance * rank.count
                index = np.minimum(at.astype(int), rank.count - 1)
                chance = at - index
            else:
                index = _index(rank, rows, direction, first)
            number = number * rank.count + np.clip(index, 0, rank.count - 1)
        return number


def _index(rank: TipRank, rows: np.ndarray, direction: np.ndarray, first: int) -> np.ndarray:
    count = rank.count
    if rank.order == "in-turn":
        return np.arange(first, first + len(rows)) % count
    if rank.order == "direction":
        return np.rint((direction + _UPWARDS) * count).astype(int) % count
    if rank.order == "pressure":
        return np.rint(rows[:, _COLUMN["pressure"]] * (count - 1)).astype(int)
    if rank.order == "speed":
        return np.rint(rows[:, _COLUMN["speed"]] * count).astype(int)
    lean = math.tau * rows[:, _COLUMN["lean"]]
    share = np.cos(lean) if rank.order == "tilt-across" else np.sin(lean)
    return np.rint(rows[:, _COLUMN["tilt"]] * share / 2 * count).astype(int) + count // 2
