"""The box of a transform as a value: where a frame of the source lies, and what a drag of its handles makes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document.placing import tidied
from studio.raster import perspective, warp
from studio.raster.perspective import PLAIN, Matrix, Point, Quad
from studio.raster.warp import Frame, Mesh, Warp
from studio.workspace.tools.constraint import along_axis

HANDLES = ((0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0), (0.0, 1.0), (0.0, 0.5))
"""Places of the eight handles on the frame, clockwise from the top left; even ones are corners."""
SMALLEST = 1e-3
"""The least scale that a drag can reach: never flat."""
ANGLE_STEP = math.radians(15)

Number = Literal["x", "y", "width", "height", "angle"]


class Box(msgspec.Struct, frozen=True):
    """``frame`` of the source under ``mesh``, then ``matrix``; ``pivot`` in source pixels."""

    frame: Frame
    pivot: Point
    matrix: Matrix = PLAIN
    mesh: Mesh | None = None

    @property
    def bends(self) -> Warp:
        """From source to document pixels."""
        chain = warp.meshed((), self.mesh) if self.mesh is not None else ()
        return warp.bent(chain, self.matrix)

    @property
    def quad(self) -> Quad:
        """The frame's corners in the document."""
        a, b, c, d = (self.to_document(point) for point in perspective.corners(self.frame))
        return a, b, c, d

    @property
    def centre(self) -> Point:
        return (self.frame[0] + self.frame[2]) / 2, (self.frame[1] + self.frame[3]) / 2

    def handle(self, index: int) -> Point:
        """A handle's place in the source."""
        left, top, right, bottom = self.frame
        across, down = HANDLES[index]
        return left + across * (right - left), top + down * (bottom - top)

    def to_document(self, point: Point) -> Point:
        return perspective.mapped_point(self.matrix, *point)

    def to_source(self, point: Point) -> Point:
        back = perspective.inverted(self.matrix)
        return perspective.mapped_point(back, *point) if back is not None else self.centre

    @property
    def bounds(self) -> Frame:
        """Around the quad in the document."""
        return warp.bounds(warp.bent((), self.matrix), self.frame)

    def with_matrix(self, matrix: Matrix) -> Box:
        affine = perspective.as_affine(matrix)
        return replace(self, matrix=matrix if affine is None else perspective.of_affine(tidied(affine)))

    def after(self, matrix: Matrix) -> Box:
        """Moved, turned … in the document."""
        return self.with_matrix(perspective.joined(matrix, self.matrix))

    def before(self, matrix: Matrix) -> Box:
        """Changed along its own axes, in the source."""
        return self.with_matrix(perspective.joined(self.matrix, matrix))

    def moved(self, x: float, y: float) -> Box:
        return self.after((1, 0, x, 0, 1, y, 0, 0, 1))

    def turned(self, radians: float, about: Point) -> Box:
        """Clockwise (y points down) about a point of the document."""
        c, s = math.cos(radians), math.sin(radians)
        x, y = about
        return self.after((c, -s, x - c * x + s * y, s, c, y - s * x - c * y, 0, 0, 1))

    def scaled(self, x: float, y: float, anchor: Point) -> Box:
        """Along its own axes; ``anchor`` (source) stays where it is."""
        ax, ay = anchor
        return self.before((x, 0, ax - x * ax, 0, y, ay - y * ay, 0, 0, 1))

    def sheared(self, x: float, y: float, anchor: Point) -> Box:
        """x' = x + x·(y − anchor), y' = y + y·(x − anchor), along its own axes."""
        ax, ay = anchor
        return self.before((1, x, -x * ay, y, 1, -y * ax, 0, 0, 1))

    def flipped(self, axis: Literal["x", "y"]) -> Box:
        """About the pivot, along the document's axes."""
        x, y = self.to_document(self.pivot)
        matrix: Matrix = (-1, 0, 2 * x, 0, 1, 0, 0, 0, 1) if axis == "x" else (1, 0, 0, 0, -1, 2 * y, 0, 0, 1)
        return self.after(matrix)

    def with_corners(self, places: Mapping[int, Point]) -> Box:
        """Corners (0–3, clockwise) at ``places`` of the document; unchanged where that makes a dent."""
        quad = [places.get(index, corner) for index, corner in enumerate(self.quad)]
        matrix = perspective.to_quad(self.frame, (quad[0], quad[1], quad[2], quad[3]))
        return self if matrix is None else self.with_matrix(matrix)

    # ---- numbers

    @property
    def angle(self) -> float:
        """Of the upper edge at the pivot, radians clockwise."""
        x0, y0 = self.to_document(self.pivot)
        x1, y1 = self.to_document((self.pivot[0] + 1, self.pivot[1]))
        return math.atan2(y1 - y0, x1 - x0)

    @property
    def size(self) -> tuple[float, float]:
        """Lengths of the lines through the middle, along the box' own axes."""
        top, right, bottom, left = (self.to_document(self.handle(index)) for index in (1, 3, 5, 7))
        return math.dist(left, right), math.dist(top, bottom)

    @property
    def mirrored(self) -> bool:
        """Whether it shows its back."""
        (x0, y0), (x1, y1), _, (x3, y3) = self.quad
        return (x1 - x0) * (y3 - y0) - (y1 - y0) * (x3 - x0) < 0

    @property
    def level(self) -> bool:
        """Whether its edges lie along the axes of the document."""
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.quad
        straight = max(abs(y1 - y0), abs(x2 - x1), abs(y3 - y2), abs(x0 - x3)) < 1e-6
        turned = max(abs(x1 - x0), abs(y2 - y1), abs(x3 - x2), abs(y0 - y3)) < 1e-6
        return straight or turned

    def number(self, name: Number) -> float:
        """Place of the pivot, size (document pixels) and angle (degrees) as the options bar shows them."""
        if name in ("x", "y"):
            return self.to_document(self.pivot)[name == "y"]
        if name == "angle":
            return math.degrees(self.angle)
        return self.size[name == "height"]

    def with_number(self, name: Number, value: float) -> Box:
        if name in ("x", "y"):
            now = self.number(name)
            return self.moved(value - now, 0) if name == "x" else self.moved(0, value - now)
        if name == "angle":
            return self.turned(math.radians(value) - self.angle, self.to_document(self.pivot))
        width, height = self.size
        if name == "width":
            return self.scaled(_scale(value, width), 1, self.pivot)
        return self.scaled(1, _scale(value, height), self.pivot)


def _scale(wanted: float, now: float) -> float:
    return kept_off_zero(wanted / now) if now > 1e-9 else 1.0


def kept_off_zero(scale: float) -> float:
    return math.copysign(max(abs(scale), SMALLEST), scale)


def of_frame(frame: Frame, matrix: Matrix = PLAIN, mesh: Mesh | None = None) -> Box:
    """A box with its pivot in the middle; never without extent."""
    left, top, right, bottom = frame
    frame = (left, top, max(right, left + 1), max(bottom, top + 1))
    return Box(frame, ((frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2), matrix, mesh)


# ---- drags: each gives the box for the pen at ``place``, from the box at the press and the place of the press


def scale_drag(box: Box, index: int, start: Point, place: Point, *, keep: bool, centred: bool) -> Box:
    """A handle drawn by the pen. ``keep``: the proportions; ``centred``: about the pivot instead of the opposite handle."""
    handle = box.handle(index)
    anchor = box.pivot if centred else box.handle((index + 4) % 8)
    (x0, y0), (x1, y1) = box.to_source(start), box.to_source(place)
    aim = (handle[0] + x1 - x0, handle[1] + y1 - y0)
    reach = (handle[0] - anchor[0], handle[1] - anchor[1])
    across, down = HANDLES[index]
    x = (aim[0] - anchor[0]) / reach[0] if across != 0.5 and abs(reach[0]) > 1e-9 else 1.0
    y = (aim[1] - anchor[1]) / reach[1] if down != 0.5 and abs(reach[1]) > 1e-9 else 1.0
    if keep:
        if across == 0.5:
            x = abs(y)
        elif down == 0.5:
            y = abs(x)
        else:
            along = (aim[0] - anchor[0]) * reach[0] + (aim[1] - anchor[1]) * reach[1]
            x = y = along / (reach[0] ** 2 + reach[1] ** 2)
    return box.scaled(kept_off_zero(x), kept_off_zero(y), anchor)


def shear_drag(box: Box, index: int, start: Point, place: Point, *, centred: bool) -> Box:
    """An edge moved along itself; ``index`` is one of the four handles on edges."""
    handle = box.handle(index)
    anchor = box.pivot if centred else box.handle((index + 4) % 8)
    (x0, y0), (x1, y1) = box.to_source(start), box.to_source(place)
    if HANDLES[index][0] == 0.5:
        reach = handle[1] - anchor[1]
        return box.sheared((x1 - x0) / reach, 0.0, anchor) if abs(reach) > 1e-9 else box
    reach = handle[0] - anchor[0]
    return box.sheared(0.0, (y1 - y0) / reach, anchor) if abs(reach) > 1e-9 else box


def turn_drag(box: Box, start: Point, place: Point, *, stepped: bool) -> Box:
    """Turned about the pivot; ``stepped``: the box' own angle to whole steps of 15°."""
    about = box.to_document(box.pivot)
    turn = math.atan2(place[1] - about[1], place[0] - about[0]) - math.atan2(
        start[1] - about[1], start[0] - about[0]
    )
    if stepped:
        turn = round((box.angle + turn) / ANGLE_STEP) * ANGLE_STEP - box.angle
    return box.turned(turn, about)


def move_drag(box: Box, start: Point, place: Point, *, straight: bool) -> Box:
    """Moved; ``straight``: along the nearer axis. A box that is only moved keeps to whole pixels."""
    x, y = place[0] - start[0], place[1] - start[1]
    if straight:
        x, y = along_axis((0.0, 0.0), (x, y))
    if box.matrix[:2] == (1, 0) and box.matrix[3:5] == (0, 1) and box.matrix[6:] == (0, 0, 1):
        x, y = float(round(x)), float(round(y))
    return box.moved(x, y)


def corner_drag(
    box: Box, corner: int, start: Point, place: Point, *, straight: bool = False, centred: bool = False
) -> Box:
    """One corner alone: perspective. ``straight``: along the nearer axis; ``centred``: the opposite corner goes the
    opposite way, so that the middle between them stays."""
    if straight:
        place = along_axis(start, place)
    x, y = place[0] - start[0], place[1] - start[1]
    moved = {corner: (x, y)}
    if centred:
        moved[(corner + 2) % 4] = (-x, -y)
    return box.with_corners(
        {index: (box.quad[index][0] + dx, box.quad[index][1] + dy) for index, (dx, dy) in moved.items()}
    )


def mesh_drag(
    box: Box,
    index: int | None,
    start: Point,
    place: Point,
    *,
    straight: bool = False,
    centred: bool = False,
) -> Box:
    """A point of the mesh; with ``index`` None the surface itself where it was pressed, by the four points around.
    ``straight``: along the nearer axis; ``centred``: what lies opposite, through the middle, goes the opposite way."""
    mesh = box.mesh
    if mesh is None:
        return box
    if straight:
        place = along_axis(start, place)
    (x0, y0), (x1, y1) = box.to_source(start), box.to_source(place)
    x, y = x1 - x0, y1 - y0
    shares = [(index, 1.0)] if index is not None else _around(mesh, (x0, y0))
    last = len(mesh.points) - 1
    if centred:  # the knots are numbered row by row, so the last minus one lies opposite
        shares += [(last - knot, -share) for knot, share in shares if index is None or 2 * knot != last]
    for knot, share in shares:
        px, py = mesh.points[knot]
        mesh = mesh.moved(knot, (px + share * x, py + share * y))
    return replace(box, mesh=mesh)


def _around(mesh: Mesh, point: Point) -> list[tuple[int, float]]:
    """The knots around a point of the surface, each with its share in a drag that takes the surface along."""
    left, top, right, bottom = mesh.frame
    back = mesh.backward(np.array([point], np.float64))[0]
    u = min(max((float(back[0]) - left) / (right - left), 0.0), 1.0) * mesh.columns
    v = min(max((float(back[1]) - top) / (bottom - top), 0.0), 1.0) * mesh.rows
    column, row = min(int(u), mesh.columns - 1), min(int(v), mesh.rows - 1)
    u, v = u - column, v - row
    shares = [
        (row * (mesh.columns + 1) + column, (1 - u) * (1 - v)),
        (row * (mesh.columns + 1) + column + 1, u * (1 - v)),
        ((row + 1) * (mesh.columns + 1) + column, (1 - u) * v),
        ((row + 1) * (mesh.columns + 1) + column + 1, u * v),
    ]
    weight = sum(share * share for _, share in shares)
    return [(knot, share / weight) for knot, share in shares]


def with_mesh(box: Box, columns: int, rows: int) -> Box:
    """The box with a mesh of this many patches; what is bent already keeps its shape."""
    if box.mesh is None:
        return replace(box, mesh=warp.regular(box.frame, columns, rows))
    if (box.mesh.columns, box.mesh.rows) == (columns, rows):
        return box
    if box.mesh.plain:
        return replace(box, mesh=warp.regular(box.frame, columns, rows))
    return replace(box, mesh=box.mesh.divided(columns, rows))
