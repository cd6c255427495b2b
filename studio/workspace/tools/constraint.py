"""What Shift and Space mean while something is drawn: straight directions, and taking what is drawn along."""

from __future__ import annotations

import math

from msgspec.structs import replace

from studio.workspace.tools import Pointer

Point = tuple[float, float]
EIGHTH = 45.0
FINE = 15.0
"""Degrees between the directions of a shape's line, and of a brush's."""
DECIDED = 16.0
"""Device pixels after which a brush that is held straight has its direction: paint cannot be taken back."""


def constrained(anchor: Point, place: Point, step: float = EIGHTH) -> Point:
    """``place`` brought onto the nearest direction from ``anchor``; directions are ``step`` degrees apart."""
    return _projected(anchor, place, nearest_turn(anchor, place, step))


def mirrored(place: Point, middle: Point) -> Point:
    """The place on the other side of ``middle``, as far away."""
    return 2 * middle[0] - place[0], 2 * middle[1] - place[1]


def along_axis(start: Point, place: Point) -> Point:
    """``place`` brought onto the level or the upright line through ``start``, whichever is nearer."""
    if abs(place[0] - start[0]) >= abs(place[1] - start[1]):
        return place[0], start[1]
    return start[0], place[1]


def nearest_turn(anchor: Point, place: Point, step: float) -> float:
    """The direction from ``anchor`` to ``place`` in radians, brought to a whole number of ``step`` degrees."""
    unit = math.radians(step)
    return round(math.atan2(place[1] - anchor[1], place[0] - anchor[0]) / unit) * unit


def _projected(anchor: Point, place: Point, turn: float) -> Point:
    x, y = math.cos(turn), math.sin(turn)
    length = (place[0] - anchor[0]) * x + (place[1] - anchor[1]) * y
    return anchor[0] + length * x, anchor[1] + length * y


class Begun:
    """Where a shape that is being drawn began. While Space is held its beginning goes along with the hand."""

    def __init__(self, pointer: Pointer) -> None:
        self.start = self._last = pointer

    @property
    def place(self) -> Point:
        return self.start.x, self.start.y

    def follow(self, sample: Pointer) -> Pointer:
        """The beginning, after ``sample``; the press itself as long as Space was not held."""
        if "space" in sample.modifiers:
            x, y = sample.x - self._last.x, sample.y - self._last.y
            self.start = replace(self.start, x=self.start.x + x, y=self.start.y + y)
        self._last = sample
        return self.start


class Straight:
    """Leads a brush while Shift is held: on the line from where Shift came in, in the nearest of its directions."""

    def __init__(self) -> None:
        self._anchor: Point | None = None
        self._turn: float | None = None
        self._last: Point = (0.0, 0.0)

    def press(self, pointer: Pointer, before: Point | None) -> Pointer:
        """The press; with Shift and Ctrl on a direction from ``before``, where the last stroke ended."""
        if before is not None and {"shift", "control"} <= pointer.modifiers:
            self._anchor = before
            self._turn = nearest_turn(before, (pointer.x, pointer.y), FINE)
        return self._led(pointer)

    def move(self, sample: Pointer) -> Pointer:
        if "shift" not in sample.modifiers:
            self._anchor = self._turn = None
        elif self._anchor is None:
            self._anchor = self._last
        return self._led(sample)

    def _led(self, sample: Pointer) -> Pointer:
        place = sample.x, sample.y
        if self._anchor is not None:
            if self._turn is None and math.dist(self._anchor, place) * sample.zoom >= DECIDED:
                self._turn = nearest_turn(self._anchor, place, FINE)
            place = self._anchor if self._turn is None else _projected(self._anchor, place, self._turn)
            sample = replace(sample, x=place[0], y=place[1])
        self._last = place
        return sample
