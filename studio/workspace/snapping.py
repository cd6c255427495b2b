"""Where points and strokes snap to: guides, grid, canvas and layers; and the drawing assistants that strokes keep to.

Pure. ``reach`` is a distance in document pixels: a few device pixels at the zoom that the artist sees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from studio.document.aids import Aids, Assistant, Grid, Point
from studio.raster.geometry import Rect
from studio.raster.warp import Frame
from studio.workspace.tools import Pointer

REACH = 8.0
"""Device pixels within which a point snaps."""
DECIDE = 6.0
"""Device pixels that a stroke goes before it is clear which line of the assistants it follows."""
NEAR = 32.0
"""Device pixels within which a stroke keeps to a ruler or to the line of an ellipse."""


class Targets(msgspec.Struct, frozen=True):
    """What is snapped to: ``xs`` vertical lines and ``ys`` horizontal ones, and a grid."""

    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()
    grid: Grid | None = None


def targets(
    aids: Aids, canvas: Rect | None, layers: Iterable[Frame], *, guides: bool = True, grid: bool = False
) -> Targets:
    """The lines of guides, of edges and centre of the canvas and of the bounds of layers; ``canvas`` None: not it."""
    xs = [one.position for one in aids.guides if guides and one.axis == "x"]
    ys = [one.position for one in aids.guides if guides and one.axis == "y"]
    for left, top, right, bottom in (*((canvas,) if canvas is not None else ()), *layers):
        if left < right and top < bottom:
            xs += [left, (left + right) / 2, right]
            ys += [top, (top + bottom) / 2, bottom]
    return Targets(tuple(sorted(set(xs))), tuple(sorted(set(ys))), aids.grid if grid else None)


def snap_value(value: float, lines: Iterable[float], reach: float) -> float:
    """The nearest of ``lines`` within ``reach``, else ``value``."""
    nearest = min(lines, key=lambda line: abs(line - value), default=None)
    return value if nearest is None or abs(nearest - value) > reach else nearest


def snap_point(x: float, y: float, found: Targets, reach: float) -> Point:
    """The point on the nearest lines; each axis for itself, lines before the grid."""
    new_x, new_y = snap_value(x, found.xs, reach), snap_value(y, found.ys, reach)
    if found.grid is None:
        return new_x, new_y
    if found.grid.kind == "isometric":
        corner = isometric_corner(x, y, found.grid)
        close = math.hypot(corner[0] - x, corner[1] - y) <= reach
        return corner if close and (new_x, new_y) == (x, y) else (new_x, new_y)
    if new_x == x:
        new_x = snap_value(x, [_grid_line(x, found.grid.left, _step(found.grid, "x"))], reach)
    if new_y == y:
        new_y = snap_value(y, [_grid_line(y, found.grid.top, _step(found.grid, "y"))], reach)
    return new_x, new_y


def snap_move(rect: Frame, x: float, y: float, found: Targets, reach: float) -> Point:
    """The shift (x, y) of ``rect``, changed so that an edge or the centre of it meets a line."""
    moves = []
    left, top, right, bottom = rect
    for shift, low, high, axis in ((x, left, right, 0), (y, top, bottom, 1)):
        best = shift
        for place in (low, high, (low + high) / 2):
            point = (place + shift, 0.0) if axis == 0 else (0.0, place + shift)
            lines = replace(found, ys=()) if axis == 0 else replace(found, xs=())
            snapped = snap_point(*point, lines, reach)[axis] - place
            if snapped != shift and (best == shift or abs(snapped - shift) < abs(best - shift)):
                best = snapped
        moves.append(best)
    return moves[0], moves[1]


def _step(grid: Grid, axis: str) -> float:
    return max((grid.width if axis == "x" else grid.height) / max(grid.subdivisions, 1), 1e-6)


def _grid_line(value: float, origin: float, step: float) -> float:
    return origin + round((value - origin) / step) * step


def isometric_corner(x: float, y: float, grid: Grid) -> Point:
    """The crossing of an isometric grid next to (x, y): lines at ±angle through the verticals."""
    step = _step(grid, "x")
    rise = step * math.tan(math.radians(grid.angle))
    column = round((x - grid.left) / step)
    best = None
    for each in (column - 1, column, column + 1):
        # On a vertical the slanted lines cross every 2·rise, shifted by rise on every second one.
        offset = grid.top + (each % 2) * rise
        row = offset + round((y - offset) / (2 * rise)) * 2 * rise if rise > 1e-9 else y
        corner = (grid.left + each * step, row)
        distance = math.hypot(corner[0] - x, corner[1] - y)
        if best is None or distance < best[0]:
            best = (distance, corner)
    assert best is not None
    return best[1]


# ---- curves of the assistants


class Line(msgspec.Struct, frozen=True):
    """A straight line through ``point`` with unit direction (dx, dy)."""

    point: Point
    dx: float
    dy: float

    def nearest(self, x: float, y: float) -> Point:
        along = (x - self.point[0]) * self.dx + (y - self.point[1]) * self.dy
        return self.point[0] + along * self.dx, self.point[1] + along * self.dy

    def tangent(self, _x: float, _y: float) -> Point:
        return self.dx, self.dy


class Ellipse(msgspec.Struct, frozen=True):
    """An ellipse by centre, unit direction of its first axis and both half axes."""

    centre: Point
    dx: float
    dy: float
    a: float
    b: float

    def _own(self, x: float, y: float) -> Point:
        u, v = x - self.centre[0], y - self.centre[1]
        return u * self.dx + v * self.dy, -u * self.dy + v * self.dx

    def _document(self, u: float, v: float) -> Point:
        return self.centre[0] + u * self.dx - v * self.dy, self.centre[1] + u * self.dy + v * self.dx

    def level(self, x: float, y: float) -> float:
        """How many times larger the concentric ellipse through (x, y) is."""
        u, v = self._own(x, y)
        return math.hypot(u / self.a, v / self.b)

    def scaled(self, factor: float) -> Ellipse:
        return replace(self, a=self.a * factor, b=self.b * factor)

    def nearest(self, x: float, y: float) -> Point:
        """The closest point of the ellipse: curvature iteration after Chen, "A robust algorithm for finding the distance
        to an ellipse" (quadrant trick; converges in a few steps for every point)."""
        u, v = self._own(x, y)
        px, py = abs(u), abs(v)
        tx = ty = math.sqrt(0.5)
        a, b = self.a, self.b
        for _ in range(8):
            ex, ey = (a * a - b * b) * tx**3 / a, (b * b - a * a) * ty**3 / b
            rx, ry = a * tx - ex, b * ty - ey
            qx, qy = px - ex, py - ey
            radius, distance = math.hypot(rx, ry), math.hypot(qx, qy) or 1e-12
            tx = min(max((qx * radius / distance + ex) / a, 0.0), 1.0)
            ty = min(max((qy * radius / distance + ey) / b, 0.0), 1.0)
            length = math.hypot(tx, ty)
            if length < 1e-9:  # at the centre the end of the shorter axis is nearest
                tx, ty, length = (0.0, 1.0, 1.0) if b < a else (1.0, 0.0, 1.0)
            tx, ty = tx / length, ty / length
        return self._document(math.copysign(a * tx, u), math.copysign(b * ty, v))

    def tangent(self, x: float, y: float) -> Point:
        u, v = self._own(*self.nearest(x, y))
        tu, tv = -v * self.a / self.b, u * self.b / self.a
        length = math.hypot(tu, tv) or 1.0
        tu, tv = tu / length, tv / length
        return tu * self.dx - tv * self.dy, tu * self.dy + tv * self.dx


Curve = Line | Ellipse


def line_through(one: Point, other: Point) -> Line | None:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy)
    return Line(one, dx / length, dy / length) if length > 1e-6 else None


def ellipse_of(assistant: Assistant) -> Ellipse | None:
    """The ellipse of an ``ellipse`` or ``concentric`` assistant; None where it is flat."""
    (cx, cy), (ax, ay), (bx, by) = assistant.points
    a, b = math.hypot(ax - cx, ay - cy), math.hypot(bx - cx, by - cy)
    return Ellipse((cx, cy), (ax - cx) / a, (ay - cy) / a, a, b) if min(a, b) > 1e-6 else None


def curves(assistant: Assistant, start: Point) -> list[Curve]:
    """What a stroke that starts at ``start`` may follow.

    Perspective: the lines to the vanishing points; what does not vanish stays upright and, with one point, level too.
    """
    if assistant.kind == "ruler":
        found: list[Curve | None] = [line_through(*assistant.points)]
    elif assistant.kind == "parallel":
        line = line_through(*assistant.points)
        found = [replace(line, point=start) if line is not None else None]
    elif assistant.kind == "perspective":
        found = [line_through(start, point) for point in assistant.points]
        found += [Line(start, 0.0, 1.0)] if len(assistant.points) < 3 else []
        found += [Line(start, 1.0, 0.0)] if len(assistant.points) == 1 else []
    else:
        ellipse = ellipse_of(assistant)
        if ellipse is not None and assistant.kind == "concentric":
            level = ellipse.level(*start)
            ellipse = ellipse.scaled(level) if level > 1e-6 else None
        found = [ellipse]
    return [one for one in found if one is not None]


class StrokeKeeper:
    """Keeps the samples of one stroke to the assistants: :meth:`press` first, then :meth:`move`.

    A stroke near a ruler or on an ellipse follows it from its first sample; any other goes ``DECIDE`` pixels before the
    curve whose direction is nearest to its own is chosen, and its samples are held back until then.
    """

    def __init__(self, assistants: Iterable[Assistant]) -> None:
        self._assistants = tuple(assistants)
        self._start: Point = (0.0, 0.0)
        self._candidates: list[Curve] = []
        self._curve: Curve | None = None
        self._held: list[Pointer] = []

    def press(self, pointer: Pointer) -> Pointer:
        self._start = (pointer.x, pointer.y)
        near = NEAR / pointer.zoom
        fixed: list[tuple[float, Curve, Point]] = []
        for assistant in self._assistants:
            for curve in curves(assistant, self._start):
                if assistant.kind in ("ruler", "ellipse"):
                    place = curve.nearest(*self._start)
                    distance = math.hypot(place[0] - self._start[0], place[1] - self._start[1])
                    if distance <= near:
                        fixed.append((distance, curve, place))
                else:
                    self._candidates.append(curve)
        if fixed:
            _, self._curve, place = min(fixed, key=lambda one: one[0])
            return replace(pointer, x=place[0], y=place[1])
        return pointer

    def move(self, pointer: Pointer) -> list[Pointer]:
        """The samples to draw now, on the curve."""
        if self._curve is None and self._candidates:
            self._held.append(pointer)
            x, y = pointer.x - self._start[0], pointer.y - self._start[1]
            length = math.hypot(x, y)
            if length < DECIDE / pointer.zoom:
                return []
            self._curve = max(self._candidates, key=lambda one: abs(self._along(one, x / length, y / length)))
            held, self._held = self._held, []
            return [self._kept(one) for one in held]
        return [self._kept(pointer)]

    def release(self) -> list[Pointer]:
        """What was held back when the stroke ended: a dot, where the pen was."""
        held, self._held = self._held, []
        return held

    def _along(self, curve: Curve, x: float, y: float) -> float:
        dx, dy = curve.tangent(*self._start)
        return dx * x + dy * y

    def _kept(self, pointer: Pointer) -> Pointer:
        if self._curve is None:
            return pointer
        x, y = self._curve.nearest(pointer.x, pointer.y)
        return replace(pointer, x=x, y=y)
