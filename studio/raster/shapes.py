"""Ready-made paths: rectangle, ellipse, polygon, star, line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from studio.raster.bezier import Contour, Node, Path, Point

KAPPA = 4 / 3 * (math.sqrt(2) - 1)
"""Handle length of a quarter circle as a share of its radius; the largest error is 2.7e-4 of it."""


def rectangle(left: float, top: float, width: float, height: float, radius: float = 0.0) -> Path:
    """A rectangle, its corners rounded by ``radius`` (at most half the shorter side)."""
    right, bottom = left + width, top + height
    radius = max(0.0, min(radius, width / 2, height / 2))
    if not radius:
        return through(((left, top), (right, top), (right, bottom), (left, bottom)), closed=True)
    short = radius * (1 - KAPPA)
    nodes = []
    for x, y, across, down, upright_first in (
        (left, top, 1, 1, True), (right, top, -1, 1, False), (right, bottom, -1, -1, True), (left, bottom, 1, -1, False),
    ):  # fmt: skip
        upright = Node.corner(x, y + down * radius), (x, y + down * short)
        level = Node.corner(x + across * radius, y), (x + across * short, y)
        first, last = (upright, level) if upright_first else (level, upright)
        nodes.append(replace(first[0], after=first[1]))
        nodes.append(replace(last[0], before=last[1]))
    return (Contour(tuple(nodes), True),)


def ellipse(left: float, top: float, width: float, height: float) -> Path:
    """The ellipse in a box, of four cubics."""
    rx, ry = width / 2, height / 2
    x, y = left + rx, top + ry
    a, b = rx * KAPPA, ry * KAPPA
    nodes = (
        Node((x + rx, y), (x + rx, y - b), (x + rx, y + b), True),
        Node((x, y + ry), (x + a, y + ry), (x - a, y + ry), True),
        Node((x - rx, y), (x - rx, y + b), (x - rx, y - b), True),
        Node((x, y - ry), (x - a, y - ry), (x + a, y - ry), True),
    )
    return (Contour(nodes, True),)


def polygon(left: float, top: float, width: float, height: float, sides: int, inner: float = 1.0) -> Path:
    """A regular polygon with a corner on top, stretched into a box; ``inner`` below 1 makes a star with as many points.

    ``inner`` is the inner radius as a share of the outer one.
    """
    star = inner < 1
    count = sides * 2 if star else sides
    unit = []
    for index in range(count):
        radius, turn = inner if star and index % 2 else 1.0, 2 * math.pi * index / count - math.pi / 2
        unit.append((radius * math.cos(turn), radius * math.sin(turn)))
    low_x, high_x = min(p[0] for p in unit), max(p[0] for p in unit)
    low_y, high_y = min(p[1] for p in unit), max(p[1] for p in unit)
    return through(
        [
            (left + (x - low_x) / (high_x - low_x) * width, top + (y - low_y) / (high_y - low_y) * height)
            for x, y in unit
        ],
        closed=True,
    )


def line(start: Point, end: Point) -> Path:
    return through((start, end))


def through(points: Sequence[Point], closed: bool = False) -> Path:
    """A path of straight pieces."""
    return (Contour(tuple(Node.corner(*point) for point in points), closed),)
