"""Bézier paths: nodes with handles, their measures and edits. Pure numbers, no pixels.

A path is a tuple of contours; between two nodes lies one cubic whose inner points are the first node's ``after`` and
the second node's ``before`` handle. A handle that lies on its node makes that end straight.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec
import numpy as np
from msgspec.structs import replace

Point = tuple[float, float]
Affine = tuple[float, float, float, float, float, float]
Cubic = tuple[Point, Point, Point, Point]


class Node(msgspec.Struct, frozen=True):
    """A point of a path with its handles, all absolute. ``smooth``: both handles lie on one line through the point."""

    at: Point
    before: Point
    after: Point
    smooth: bool = False

    @classmethod
    def corner(cls, x: float, y: float) -> Node:
        return cls((x, y), (x, y), (x, y))

    @classmethod
    def curved(cls, at: Point, after: Point) -> Node:
        """A smooth node whose handles are each other's mirror."""
        return cls(at, (2 * at[0] - after[0], 2 * at[1] - after[1]), after, True)

    def moved(self, x: float, y: float) -> Node:
        return Node(*((p[0] + x, p[1] + y) for p in (self.at, self.before, self.after)), smooth=self.smooth)

    def with_handle(self, name: str, to: Point, *, alone: bool = False) -> Node:
        """The handle ``before`` or ``after`` at ``to``; the other one of a smooth node turns along, unless ``alone``."""
        other = "after" if name == "before" else "before"
        node = replace(self, **{name: to})
        if alone:
            return replace(node, smooth=False)
        if not self.smooth:
            return node
        length = math.dist(self.at, getattr(self, other))
        span = math.dist(self.at, to)
        if not span:
            return node
        turned = tuple(a - (t - a) * length / span for a, t in zip(self.at, to, strict=True))
        return replace(node, **{other: turned})


class Contour(msgspec.Struct, frozen=True):
    nodes: tuple[Node, ...]
    closed: bool = False

    def cubics(self) -> Iterator[Cubic]:
        """The segments in order; a closed contour has one more, back to its first node."""
        ends = zip(self.nodes, self.nodes[1:] + (self.nodes[:1] if self.closed else ()), strict=False)
        for first, second in ends:
            yield first.at, first.after, second.before, second.at


Path = tuple[Contour, ...]


def mapped(transform: Affine, point: Point) -> Point:
    a, b, c, d, tx, ty = transform
    return a * point[0] + c * point[1] + tx, b * point[0] + d * point[1] + ty


def transformed(path: Path, transform: Affine) -> Path:
    """``path`` after ``transform``, exactly: a cubic's points move with it."""
    return tuple(
        replace(
            contour,
            nodes=tuple(
                Node(*(mapped(transform, p) for p in (node.at, node.before, node.after)), smooth=node.smooth)
                for node in contour.nodes
            ),
        )
        for contour in path
    )


def point_at(cubic: Cubic, t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        sum(w * p[0] for w, p in zip(weights, cubic, strict=True)),
        sum(w * p[1] for w, p in zip(weights, cubic, strict=True)),
    )


def flattened(path: Path, tolerance: float = 0.1) -> list[np.ndarray]:
    """One float64 array [n, 2] per contour whose straight pieces leave the curve by at most ``tolerance``.

    Number of pieces by the second differences (Wang's formula, as in Farin, "Curves and Surfaces for CAGD").
    """
    lines = []
    for contour in path:
        points = [np.array([contour.nodes[0].at], np.float64)] if contour.nodes else []
        for cubic in contour.cubics():
            p = np.array(cubic, np.float64)
            bend = max(np.hypot(*(p[0] - 2 * p[1] + p[2])), np.hypot(*(p[1] - 2 * p[2] + p[3])))
            count = max(1, min(500, math.ceil(math.sqrt(0.75 * bend / tolerance))))
            t = np.linspace(0, 1, count + 1)[1:, None]
            u = 1 - t
            points.append(u**3 * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t**3 * p[3])
        if points:
            lines.append(np.concatenate(points))
    return lines


def bounds(path: Path) -> tuple[float, float, float, float] | None:
    """(left, top, right, bottom) of the curves themselves, exactly; None for a path without nodes."""
    xs: list[float] = []
    ys: list[float] = []
    for contour in path:
        for node in contour.nodes:
            xs.append(node.at[0])
            ys.append(node.at[1])
        for cubic in contour.cubics():
            for t in _turns(cubic):
                x, y = point_at(cubic, t)
                xs.append(x)
                ys.append(y)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _turns(cubic: Cubic) -> Iterator[float]:
    """Parameters where the curve turns back in x or y."""
    for axis in (0, 1):
        p, q, r, s = (point[axis] for point in cubic)
        a, b, c = s - 3 * r + 3 * q - p, 2 * (r - 2 * q + p), q - p
        roots: list[float] = []
        if abs(a) < 1e-12:
            roots = [-c / b] if abs(b) > 1e-12 else []
        elif (root := b * b - 4 * a * c) >= 0:
            roots = [(-b + sign * math.sqrt(root)) / (2 * a) for sign in (1, -1)]
        yield from (t for t in roots if 0 < t < 1)


class Spot(msgspec.Struct, frozen=True):
    """A place on a path: contour, segment, parameter 0–1, and how far it is from where it was looked for."""

    contour: int
    segment: int
    t: float
    at: Point
    distance: float


def nearest(path: Path, x: float, y: float) -> Spot | None:
    """The place on the path nearest to (x, y): from the near ones of 65 places of each segment, by halving steps."""
    best: Spot | None = None
    for which, contour in enumerate(path):
        for segment, cubic in enumerate(contour.cubics()):
            distance, t = _nearest_on(cubic, x, y)
            if best is None or distance < best.distance:
                best = Spot(which, segment, t, point_at(cubic, t), distance)
    return best


def _nearest_on(cubic: Cubic, x: float, y: float) -> tuple[float, float]:
    """(distance, parameter) of the nearest place of one segment."""
    count = 64
    away = [math.dist(point_at(cubic, i / count), (x, y)) for i in range(count + 1)]
    found: list[tuple[float, float]] = []
    for index, distance in enumerate(away):
        if distance > min(away[max(0, index - 1)], away[min(count, index + 1)]):
            continue
        t, step = index / count, 1 / count
        while step > 1e-5:
            step /= 2
            around = (max(0.0, t - step), t, min(1.0, t + step))
            distance, t = min((math.dist(point_at(cubic, each), (x, y)), each) for each in around)
        found.append((distance, t))
    return min(found)


def inserted(contour: Contour, segment: int, t: float) -> Contour:
    """The same curve with one node more, at ``t`` of a segment (de Casteljau)."""
    nodes = list(contour.nodes)
    first, second = nodes[segment], nodes[(segment + 1) % len(nodes)]

    def between(p: Point, q: Point) -> Point:
        return p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t

    if first.after == first.at and second.before == second.at:
        nodes.insert(segment + 1, Node.corner(*between(first.at, second.at)))
        return replace(contour, nodes=tuple(nodes))
    a, b = between(first.at, first.after), between(first.after, second.before)
    c = between(second.before, second.at)
    d, e = between(a, b), between(b, c)
    nodes[segment] = replace(first, after=a)
    place = (segment + 1) % len(nodes)
    nodes[place] = replace(nodes[place], before=c)
    nodes.insert(segment + 1, Node(between(d, e), d, e, True))
    return replace(contour, nodes=tuple(nodes))


def removed(contour: Contour, index: int) -> Contour:
    """The contour without one node; its neighbours keep their handles."""
    return replace(contour, nodes=contour.nodes[:index] + contour.nodes[index + 1 :])


def converted(contour: Contour, index: int) -> Contour:
    """A corner becomes smooth, with handles along its neighbours (a third of the way); a curved node a corner."""
    node = contour.nodes[index]
    if node.before != node.at or node.after != node.at:
        return with_node(contour, index, Node.corner(*node.at))
    count = len(contour.nodes)
    before = contour.nodes[index - 1] if index or contour.closed else node
    after = contour.nodes[(index + 1) % count] if index + 1 < count or contour.closed else node
    x, y = after.at[0] - before.at[0], after.at[1] - before.at[1]
    length = math.hypot(x, y)
    if not length:
        return contour
    one, two = math.dist(node.at, before.at) / 3 / length, math.dist(node.at, after.at) / 3 / length
    left = node.at[0] - x * one, node.at[1] - y * one
    right = node.at[0] + x * two, node.at[1] + y * two
    return with_node(contour, index, Node(node.at, left, right, True))


def with_node(contour: Contour, index: int, node: Node) -> Contour:
    """The contour with one node exchanged."""
    return replace(contour, nodes=(*contour.nodes[:index], node, *contour.nodes[index + 1 :]))


def reversed_(contour: Contour) -> Contour:
    """The same curve from its other end."""
    turned = (replace(node, before=node.after, after=node.before) for node in reversed(contour.nodes))
    return replace(contour, nodes=tuple(turned))
