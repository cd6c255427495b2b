"""Three ways to steady a hand. Each takes raw places and gives where the brush is; pure, no clock of its own."""

from __future__ import annotations

import math
from collections import deque
from typing import Protocol

STEADY_SECONDS = 0.12
"""Time constant of the weighted hand at smoothing 100."""
DELAY_SECONDS = 0.5
"""The time over which the delayed hand averages at smoothing 100."""
TAIL = 12
"""Steps in which the delayed hand catches up when the pen is lifted."""

Place = tuple[float, float]


class Steadying(Protocol):
    """``begin`` at the press; ``follow`` for each sample; ``rest``: the places still to visit after the release."""

    def begin(self, x: float, y: float) -> None: ...

    def follow(self, x: float, y: float, elapsed: float) -> Place:
        """The brush's place ``elapsed`` seconds after the last sample, with the pen at (x, y)."""
        ...

    def rest(self) -> list[Place]: ...


class Unsteadied:
    """The brush is where the pen is."""

    def __init__(self) -> None:
        self._raw = (0.0, 0.0)

    def begin(self, x: float, y: float) -> None:
        self._raw = (x, y)

    def follow(self, x: float, y: float, elapsed: float) -> Place:
        self._raw = (x, y)
        return self._raw

    def rest(self) -> list[Place]:
        return [self._raw]


class Weighted:
    """An exponential mean over time: steadies what trembles, arrives when the pen is lifted."""

    def __init__(self, smoothing: float) -> None:
        self._seconds = STEADY_SECONDS * (smoothing / 100) ** 1.5
        self._raw = (0.0, 0.0)
        self._place = (0.0, 0.0)

    def begin(self, x: float, y: float) -> None:
        self._raw = self._place = (x, y)

    def follow(self, x: float, y: float, elapsed: float) -> Place:
        weight = 1.0 if self._seconds == 0 else 1 - math.exp(-elapsed / self._seconds)
        old_x, old_y = self._place
        self._raw = (x, y)
        self._place = (old_x + (x - old_x) * weight, old_y + (y - old_y) * weight)
        return self._place

    def rest(self) -> list[Place]:
        return [self._raw]


class Pulled:
    """The brush hangs on a string of ``smoothing`` pixels: it moves only when the string is taut, and stays at the end."""

    def __init__(self, smoothing: float) -> None:
        self._string = smoothing
        self._place = (0.0, 0.0)

    def begin(self, x: float, y: float) -> None:
        self._place = (x, y)

    def follow(self, x: float, y: float, elapsed: float) -> Place:
        distance = math.dist(self._place, (x, y))
        if distance > self._string:
            share = 1 - self._string / distance
            old_x, old_y = self._place
            self._place = (old_x + (x - old_x) * share, old_y + (y - old_y) * share)
        return self._place

    def rest(self) -> list[Place]:
        return [self._place]


class Delayed:
    """The mean of where the pen was during the last moments: a late, very even line that catches up at rest."""

    def __init__(self, smoothing: float) -> None:
        self._seconds = DELAY_SECONDS * smoothing / 100
        self._kept: deque[tuple[float, float, float]] = deque()

    def begin(self, x: float, y: float) -> None:
        self._kept = deque([(0.0, x, y)])

    def follow(self, x: float, y: float, elapsed: float) -> Place:
        now = self._kept[-1][0] + elapsed
        self._kept.append((now, x, y))
        while len(self._kept) > 2 and self._kept[1][0] <= now - self._seconds:
            self._kept.popleft()
        return self._mean(now)

    def rest(self) -> list[Place]:
        last, x, y = self._kept[-1]
        if self._seconds == 0:
            return [(x, y)]
        steps = [last + self._seconds * step / TAIL for step in range(1, TAIL)]
        return [*(self._mean(now) for now in steps), (x, y)]

    def _mean(self, now: float) -> Place:
        """Mean of the way over the last ``_seconds``; before the press the pen was where it began."""
        start = now - self._seconds
        first, last = self._kept[0], self._kept[-1]
        if self._seconds == 0:
            return last[1], last[2]
        early, late = max(0.0, first[0] - start), max(0.0, now - last[0])
        total = [early * first[1] + late * last[1], early * first[2] + late * last[2]]
        before = first
        for after in list(self._kept)[1:]:
            for axis, share in enumerate(_mean_between(before, after, start)):
                total[axis] += share
            before = after
        return total[0] / self._seconds, total[1] / self._seconds


def _mean_between(
    before: tuple[float, float, float], after: tuple[float, float, float], start: float
) -> Place:
    """∫ of the straight way from ``before`` to ``after`` over time, from ``start`` on."""
    span = after[0] - before[0]
    begin = max(start, before[0])
    if span <= 0 or begin >= after[0]:
        return 0.0, 0.0
    share = (begin - before[0]) / span
    length = after[0] - begin
    x = before[1] + (after[1] - before[1]) * share
    y = before[2] + (after[2] - before[2]) * share
    return length * (x + after[1]) / 2, length * (y + after[2]) / 2


def stabiliser(kind: str, smoothing: float) -> Steadying:
    """The stabiliser of a brush: ``none``, ``weighted``, ``pulled``, ``delayed``; ``smoothing`` 0–100."""
    if kind == "none" or smoothing == 0:
        return Unsteadied()
    if kind == "pulled":
        return Pulled(smoothing)
    return Delayed(smoothing) if kind == "delayed" else Weighted(smoothing)
