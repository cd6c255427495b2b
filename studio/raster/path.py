"""From pointer samples to dabs: steadied, joined by a smooth curve, evenly spaced."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from studio.raster.dab import Dabs
from studio.raster.hand import Hand, Point, Sample
from studio.raster.pixel_line import PixelLine
from studio.raster.shaping import Shaping

if TYPE_CHECKING:
    from studio.raster.brush import Brush

LIFT_SPEED = 120.0
"""Pixels per second above which an ink stroke ends in a point."""
MOST_AT_REST = 400
"""Dabs of an airbrush between two samples, at most."""
FARTHEST = 1e6
"""Pixels from the origin beyond which samples are ignored; a bent layer has places that nothing comes from."""
_NODES = 3.0
"""Pixels between the places at which a piece of curve is measured."""
_MANY = 12
"""Pieces of curve from which on numpy computes them faster than Python does."""


class Path:
    """Turns samples into dabs, one call per sample. The same samples and seed give the same dabs."""

    def __init__(self, brush: Brush, seed: int = 0) -> None:
        self._brush = brush
        self._hand = Hand(brush)
        self._line = PixelLine.of(brush)
        self._shaping = Shaping(brush, seed)
        self._points: list[Point] = []
        self._phase = 0.0
        self._drawn = 0
        self._printed = False
        self._blown = self._turn = 0.0
        self._finished = False
        self._bases: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def add(self, sample: Sample) -> list[Dabs]:
        """Dabs of the curve up to the sample before; the first sample draws at once."""
        dabs = self._added(sample)
        return dabs if self._line is None else self._line.cleaned(dabs)

    def _added(self, sample: Sample) -> list[Dabs]:
        if not (abs(sample.x) < FARTHEST and abs(sample.y) < FARTHEST):  # not a number, too
            return []
        if not self._points:
            return self._begin(sample)
        point = self._hand.move(sample)
        if point is None:
            return self._at_rest()
        return self._extend(point)

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the steadied brush is."""
        last = self._hand.last
        return None if last is None else (last.x, last.y)

    def extend(self, samples: Sequence[Sample]) -> list[Dabs]:
        """Dabs of several samples at once, several times faster: as :meth:`add` for each, but for rounding."""
        if self._brush.airbrush or self._line is not None:
            return [dabs for sample in samples for dabs in self.add(sample)]
        drawn: list[Dabs] = []
        for sample in samples:
            if not (abs(sample.x) < FARTHEST and abs(sample.y) < FARTHEST):
                continue
            if not self._points:
                drawn += self._begin(sample)
            elif (point := self._hand.move(sample)) is not None:
                self._points.append(point)
        count = len(self._points)
        # all pieces but the last, whose bend depends on what comes next
        if count >= 3:
            drawn += self._pieces(self._run(self._drawn, count - 2))
            self._drawn = count - 2
            self._forget()
        return drawn

    def _begin(self, sample: Sample) -> list[Dabs]:
        point = self._hand.press(sample)
        self._points.append(point)
        self._blown = point.t
        if self._shaping.directed:  # which way its tip lies is known when it moves
            return []
        self._printed = True
        return self._print(point, 1)

    def _print(self, point: Point, count: int) -> list[Dabs]:
        """``count`` dabs at one place."""
        rows = np.repeat(np.array([point]), count, axis=0)
        return [self._shaping.dabs(rows[:, 0], rows[:, 1], rows, None, self._shaping.spacing(point))]

    def _at_rest(self) -> list[Dabs]:
        """An airbrush goes on at rest: what was not drawn yet, then dabs by time."""
        if not self._brush.airbrush:
            return []
        dabs = self._draw_rest()
        last = self._points[-1]
        self._phase += (self._hand.time - self._blown) * self._shaping.rate(last, self._turn)
        self._blown = self._hand.time
        # a whole phase is a dab, here as where the brush moves on
        due = self._shaping.due(math.nextafter(self._phase, math.inf), last)
        if not len(due):
            return dabs
        self._phase -= float(due[-1])
        return dabs + self._print(last, min(len(due), MOST_AT_REST))

    def _extend(self, point: Point) -> list[Dabs]:
        """One more point: the piece before it can be drawn now."""
        self._points.append(point)
        count = len(self._points)
        if self._drawn >= count - 2:
            return []
        dabs = self._pieces(self._run(self._drawn, count - 2))
        self._drawn = count - 2
        self._forget()
        return dabs

    def _forget(self) -> None:
        """Points are kept as far as the bend of the next piece depends on them."""
        spare = self._drawn - 1
        if spare > 0:
            del self._points[:spare]
            self._drawn -= spare

    def _draw_rest(self) -> list[Dabs]:
        """Draws up to the last point, whatever comes next."""
        last = len(self._points) - 1
        if self._drawn >= last:
            return []
        dabs = self._pieces(self._run(self._drawn, last))
        self._drawn = last
        return dabs

    def _run(self, first: int, last: int) -> list[Point]:
        """The points from ``first`` to ``last`` and one more at each end; a missing neighbour is mirrored."""
        points = self._points
        before = points[first - 1] if first else _mirrored(points[1], points[0])
        after = points[last + 1] if last + 1 < len(points) else _mirrored(points[last - 1], points[last])
        return [before, *points[first : last + 1], after]

    def finish(self) -> list[Dabs]:
        """Dabs of the rest of the curve, up to where the pointer was lifted; calling again gives none."""
        finished, dabs = self._finished, self._rest()
        if self._line is None:
            return dabs
        if self._points and not finished:  # the last pixel is the one under the pen
            dabs += self._print(self._points[-1], 1)
        return [*self._line.cleaned(dabs), *self._line.rest()]

    def _rest(self) -> list[Dabs]:
        if self._finished or not self._points:
            return []
        self._finished = True
        first, dabs = self._points[-1], []
        for place in self._hand.rest():
            point = self._hand.extend(*place)
            if point is not None:
                dabs += self._extend(point)
        tapered = self._hand.tapered
        if len(self._points) == 1:
            if tapered:
                return self._dot(first)
            return [] if self._printed else self._print(first, 1)
        if self._drawn >= len(self._points) - 1:
            return dabs
        if tapered and self._hand.speed >= LIFT_SPEED:
            self._thin_out()
        dabs += self._draw_rest()
        return dabs + self._tip() if tapered else dabs

    def _dot(self, point: Point) -> list[Dabs]:
        """A pressed brush that did not move: its prints, turned a little, leave no gap between bristles."""
        turns = 0.7 + 2.4 * np.arange(6)
        rows = np.repeat(np.array([point]), 6, axis=0)
        x, y = (
            point[axis] + 0.06 * self._brush.size * way(turns) for axis, way in enumerate((np.cos, np.sin))
        )
        whole = self._shaping.dabs(x, y, rows, None, self._shaping.spacing(point))
        return [whole._replace(radius=np.full(6, 0.9 * self._brush.size / 2))]

    def _thin_out(self) -> None:
        before, last = self._points[-2:]
        share = max(0.4, 1 - 0.3 * math.dist(before[:2], last[:2]) / self._shaping.radius(last))
        self._points[-1] = last._replace(scale=last.scale * share)

    def _tip(self) -> list[Dabs]:
        """A brush lifted in motion leaves a point: the way on in its direction, down to nothing; at rest it ends round."""
        before, last = self._points[-2], self._points[-1]
        span = math.dist(before[:2], last[:2])
        speed = self._hand.speed
        if span == 0 or speed < LIFT_SPEED:
            return []
        reach = min(1.2 * self._brush.size, max(1.7 * self._shaping.radius(last), 0.012 * speed))
        x, y = ((last[axis] - before[axis]) * reach / span for axis in (0, 1))
        end = last._replace(x=last.x + x, y=last.y + y, walked=last.walked + reach, scale=0.0)
        return self._pieces([before, last, end, _mirrored(last, end)])

    def _pieces(self, points: list[Point]) -> list[Dabs]:
        """Evenly spaced dabs on the centripetal Catmull–Rom curve from the second point to the last but one.

        Barry and Goldman, "A recursive evaluation algorithm for a class of Catmull–Rom splines", 1988, with knots by
        the square root of the chords (no loops, no overshoot; Yuksel et al. 2011), in Hermite form.
        """
        ends = points[1:-1]
        count = len(ends) - 1
        # places as complex numbers: one operation for both axes
        places = [complex(point.x, point.y) for point in points]
        longest = max(abs(after - before) for before, after in pairwise(places[1:-1]))
        at, basis = self._basis(min(128, 2 + int(longest / _NODES)))
        if count < _MANY:
            curves = np.array([_hermite(*places[index : index + 4]) for index in range(count)]) @ basis
        else:
            curves = _hermites(np.array(places)) @ basis
        chords = (curves[:, 1:] - curves[:, :-1]).ravel()
        lengths = np.abs(chords)
        turns = np.unwrap(np.angle(chords)) / math.tau if self._shaping.directed else None
        phases = self._phases(ends, at, lengths, turns)
        due = self._shaping.due(float(phases[-1]), ends[0])
        self._phase = float(phases[-1])
        if not len(due):
            return []
        self._phase -= float(due[-1])
        # places along the pieces: the whole part is the number of the piece, the rest is 0–1 within it
        nodes = at if count == 1 else _joined(np.arange(count)[:, None] + at)
        share = np.interp(due, phases, nodes)
        rows = _between(np.array(ends), share)
        way = np.interp(share, nodes, curves[0] if count == 1 else _joined(curves))
        direction = None
        if turns is not None:
            direction = np.interp(share, (nodes[1:] + nodes[:-1]) / 2, turns)
            self._turn = float(direction[-1])
        self._printed = True
        step = float(lengths.sum()) / max(float(phases[-1] - phases[0]), 1e-9)
        return [self._shaping.dabs(way.real, way.imag, rows, direction, step)]

    def _basis(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """(places 0–1 [count + 1], Hermite's basis there [4, count + 1])."""
        found = self._bases.get(count)
        if found is None:
            at = np.linspace(0, 1, count + 1)
            square, cube = at * at, at * at * at
            rising = 3 * square - 2 * cube
            basis = np.stack([1 - rising, cube - 2 * square + at, rising, cube - square])
            found = self._bases[count] = (at, basis)
        return found

    def _phases(
        self, ends: list[Point], at: np.ndarray, lengths: np.ndarray, turns: np.ndarray | None
    ) -> np.ndarray:
        """At each node how many dabs the stroke has had since the last one: distance by spacing, time by airbrush.

        A dab lies where this is a whole number (or where :meth:`Shaping.due` says); a spacing that changes along the piece
        changes it evenly. ``turns``: directions of the chords between the nodes.
        """
        apart = self._shaping.spacings(ends)
        if isinstance(apart, np.ndarray):
            middles = (at[1:] + at[:-1]) / 2
            apart = (apart[:-1, None] + (apart[1:] - apart[:-1])[:, None] * middles).ravel()
        dense = lengths / (apart if turns is None else self._shaping.headed(apart, turns))
        if self._brush.airbrush:  # piece by piece
            elapsed = max(0.0, ends[1].t - max(ends[0].t, self._blown))
            turn = self._turn if turns is None else float(turns.mean())
            rate = (self._shaping.rate(ends[0], turn) + self._shaping.rate(ends[1], turn)) / 2
            dense += elapsed * rate / len(dense)
            self._blown = max(self._blown, ends[1].t)
        phases = np.empty(len(dense) + 1)
        phases[0] = self._phase
        np.cumsum(dense, out=phases[1:])
        phases[1:] += self._phase
        return phases


def _joined(pieces: np.ndarray) -> np.ndarray:
    """Nodes [pieces, nodes] one after the other; the end of one is the start of the next."""
    return np.concatenate((pieces[:1, 0], pieces[:, 1:].ravel()))


def _between(points: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Fields [n, fields] at places along the pieces between ``points``."""
    if len(points) == 2:
        return points[0] + (points[1] - points[0]) * share[:, None]
    piece = np.minimum(share.astype(int), len(points) - 2)
    part, rows = share - piece, np.empty((points.shape[1], len(share)))
    for row, values in zip(rows, points.T, strict=True):
        if (values == values[0]).all():  # such as the tilt of a pen that has none
            row.fill(values[0])
            continue
        first = values[piece]
        np.multiply(values[piece + 1] - first, part, out=row)
        row += first
    return rows.T


def _mirrored(point: Point, centre: Point) -> Point:
    return centre._replace(x=2 * centre.x - point.x, y=2 * centre.y - point.y)


def _hermite(
    before: complex, first: complex, second: complex, after: complex
) -> tuple[complex, complex, complex, complex]:
    """Start, derivative at the start, end, derivative at the end, over the piece as a whole."""
    one = max(1e-3, abs(first - before) ** 0.5)
    two = max(1e-3, abs(second - first) ** 0.5)
    three = max(1e-3, abs(after - second) ** 0.5)
    middle = (second - first) / two
    start = two * ((first - before) / one - (second - before) / (one + two) + middle)
    end = two * (middle - (after - first) / (two + three) + (after - second) / three)
    return first, start, second, end


def _hermites(places: np.ndarray) -> np.ndarray:
    """:func:`_hermite` of all pieces [pieces, 4] between the second of ``places`` and the last but one."""
    chords = np.diff(places)
    knots = np.maximum(np.sqrt(np.abs(chords)), 1e-3)
    (one, two, three), (before, along, after) = (
        (values[:-2], values[1:-1], values[2:]) for values in (knots, chords)
    )
    middle = along / two
    start = two * (before / one - (before + along) / (one + two) + middle)
    end = two * (middle - (along + after) / (two + three) + after / three)
    return np.stack((places[1:-2], start, places[2:-1], end), axis=1)
