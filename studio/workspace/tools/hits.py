"""What of a box the pen is over."""

from __future__ import annotations

import math

from studio.raster.perspective import Point, Quad
from studio.workspace.tools.box import Box


def inside(quad: Quad, place: Point) -> bool:
    """Whether a point lies in a convex quadrilateral."""
    x, y = place
    sides = [
        (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
        for (x0, y0), (x1, y1) in zip(quad, (*quad[1:], quad[0]), strict=True)
    ]
    return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)


def edge_under(quad: Quad, place: Point, reach: float) -> int | None:
    """The handle of the edge under the pen: an edge is drawn anywhere along it."""
    for side in range(4):
        if to_segment(place, quad[side], quad[(side + 1) % 4]) <= reach * 0.6:
            return 2 * side + 1
    return None


def to_segment(place: Point, first: Point, last: Point) -> float:
    """Distance of a point from the line between two."""
    x, y = last[0] - first[0], last[1] - first[1]
    length = x * x + y * y
    if not length:
        return math.dist(place, first)
    along = ((place[0] - first[0]) * x + (place[1] - first[1]) * y) / length
    along = min(max(along, 0.0), 1.0)
    return math.dist(place, (first[0] + along * x, first[1] + along * y))


def resize_cursor(box: Box, handle: int) -> str:
    """The double arrow that points from the middle to a handle."""
    x0, y0 = box.to_document(box.centre)
    x1, y1 = box.to_document(box.handle(handle))
    octant = round(math.atan2(y1 - y0, x1 - x0) / (math.pi / 4)) % 4
    return ("size-h", "size-fd", "size-v", "size-bd")[octant]
