"""The path that a hand drew on the pad: it can be gone again, and made into a film."""

from __future__ import annotations

import math
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace
from psygnal import Signal

from studio.messages.requests import Interpolate
from studio.workspace.interpolating import SIDE
from studio.workspace.walk import State, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Point = tuple[float, float]
FEWEST, MOST = 12, 96
EACH = 12
"""Frames of a standard deviation's way."""


def along(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """As many points as a film of the path has frames, evenly spread along it from its first to its last; none of a path without
    length."""
    ways = [0.0, *accumulate(math.dist(one, other) for one, other in pairwise(points))]
    length = ways[-1]
    if not length:
        return ()
    count, leg, found = min(max(round(EACH * length), FEWEST), MOST), 0, []
    for step in range(count):
        place = length * step / (count - 1)
        while leg < len(points) - 2 and ways[leg + 1] < place:
            leg += 1
        room = ways[leg + 1] - ways[leg]
        share = min((place - ways[leg]) / room, 1.0) if room else 0.0
        (x, y), (to_x, to_y) = points[leg], points[leg + 1]
        found.append((x + share * (to_x - x), y + share * (to_y - y)))
    return tuple(found)


class PadPath:
    """The last one drawn while it was recorded. ``changed``: another path, or it is recorded or gone along."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._names: tuple[str, str] = ("", "")
        self._points: tuple[Point, ...] = ()
        self._open = self._recording = False
        self._left: list[Point] = []

    # recording

    @property
    def recording(self) -> bool:
        return self._recording

    def record(self, on: bool) -> None:
        """Whether the next drag on the pad is kept."""
        self._recording, self._open = on, False
        self.changed.emit()

    def add(self, x: float, y: float) -> None:
        """Where the hand is; the first place after a drag's end begins a new path."""
        if not self._recording:
            return
        if not self._open:
            self._points, self._open, self._names = (), True, self._studio.exploring.pad.names
        self._points = (*self._points, (x, y))

    def end(self) -> None:
        """The hand is lifted."""
        if self._open:
            self._open = self._recording = False
            self.changed.emit()

    @property
    def points(self) -> tuple[Point, ...]:
        """Of a path along the two directions that the pad has now."""
        return along(self._points) if self._names == self._studio.exploring.pad.names else ()

    def _state(self, point: Point) -> State:
        now = self._studio.exploring.state
        return replace(now, sliders={**now.sliders, **dict(zip(self._names, point, strict=True))})

    # going along it

    @property
    def playing(self) -> bool:
        return bool(self._left)

    def play(self) -> None:
        self._left = list(self.points)
        self.changed.emit()

    def step(self) -> None:
        """The next place of the path, live; behind the last one it ends as a drag does, with one undo step."""
        if self._left:
            point = self._left.pop(0)
            self._studio.exploring.set_sliders(dict(zip(self._names, point, strict=True)))
            if not self._left:
                self.stop()

    def stop(self) -> None:
        self._left = []
        self._studio.exploring.release()
        self.changed.emit()

    # the film

    def request(self) -> Interpolate | None:
        """A frame for each place of the path, of the shown picture; None where there is no path or no model."""
        entry, target = self._studio.generating.model, self._studio.generating.target
        points = self.points
        if entry is None or not points:
            return None
        shown = target.variant if target is not None else None
        model, digest = (
            (target.model, shown.checkpoint) if target and shown else (entry.card.name, entry.digest)
        )
        states = [self._state(point) for point in points]
        vectors = self._studio.generating.directions.vectors_of
        ways = tuple(station_of(replace(state, vectors=vectors(state))) for state in states)
        size = min(SIDE, shown.real_size if shown and shown.real_size else SIDE)
        return Interpolate(model=model, digest=digest, stations=ways, between=1, closed=False, size=size)
