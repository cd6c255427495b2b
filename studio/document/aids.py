"""What helps to draw and is not drawn: guides, grid, drawing assistants, samplers. Frozen, part of the artwork and its file.

All positions are document pixels. A guide with axis ``x`` is the vertical line x = position.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from studio.document.layer import IDENTITY, Affine, joined

Axis = Literal["x", "y"]
GridKind = Literal["square", "isometric"]
AssistantKind = Literal["ruler", "parallel", "ellipse", "concentric", "perspective"]
Point = tuple[float, float]

POINTS: dict[str, tuple[int, int]] = {
    "ruler": (2, 2),
    "parallel": (2, 2),
    "ellipse": (3, 3),
    "concentric": (3, 3),
    "perspective": (1, 3),
}
"""Fewest and most points of each kind of assistant."""


class Guide(msgspec.Struct, frozen=True):
    """A straight line over the whole picture."""

    axis: Axis
    position: float


class Grid(msgspec.Struct, frozen=True):
    """Lines every ``spacing`` pixels, each field cut in ``subdivisions``.

    ``isometric``: vertical lines ``width`` apart and two families at ±``angle`` degrees, 30 by default.
    """

    kind: GridKind = "square"
    width: float = 64.0
    height: float = 64.0
    subdivisions: int = 4
    left: float = 0.0
    top: float = 0.0
    angle: float = 30.0


class Assistant(msgspec.Struct, frozen=True):
    """A shape that strokes keep to.

    ``points``: both ends of a ``ruler``; two points along a ``parallel``; centre and the ends of both half axes of an
    ``ellipse`` or the ``concentric`` ellipses like it; one to three vanishing points of a ``perspective``.
    """

    kind: AssistantKind
    points: tuple[Point, ...]
    snaps: bool = True

    def moved(self, index: int, point: Point) -> Assistant:
        """One point elsewhere; the half axes of an ellipse stay square to each other, and come along with its centre."""
        points = list(self.points)
        if self.kind in ("ellipse", "concentric"):
            return replace(self, points=_moved_ellipse(self.points, index, point))
        points[index] = point
        return replace(self, points=tuple(points))


class Aids(msgspec.Struct, frozen=True):
    """``locked``: guides cannot be moved by hand. ``samplers``: places whose colour stays in view, oldest first.

    ``frame``: where pixels of the canvas that the picture began with lie now that it was cut, scaled and turned; what is
    not part of the picture itself, as the axes of symmetry, follows by it.
    """

    guides: tuple[Guide, ...] = ()
    locked: bool = False
    grid: Grid = Grid()
    assistants: tuple[Assistant, ...] = ()
    samplers: tuple[Point, ...] = ()
    frame: Affine = IDENTITY

    def with_(self, **changes: Any) -> Aids:
        return replace(self, **changes)

    def transformed(self, scale_x: float, scale_y: float, x: float, y: float) -> Aids:
        """Everything scaled about the origin, then moved by (x, y): what resizing and cropping the picture asks for."""

        def place(point: Point) -> Point:
            return point[0] * scale_x + x, point[1] * scale_y + y

        guides = tuple(
            replace(one, position=one.position * (scale_x if one.axis == "x" else scale_y) + (x if one.axis == "x" else y))
            for one in self.guides
        )  # fmt: skip
        left, top = place((self.grid.left, self.grid.top))
        grid = replace(
            self.grid, width=self.grid.width * scale_x, height=self.grid.height * scale_y, left=left, top=top
        )
        assistants = tuple(
            replace(one, points=tuple(place(point) for point in one.points)) for one in self.assistants
        )
        samplers = tuple(place(point) for point in self.samplers)
        frame = joined((float(scale_x), 0.0, 0.0, float(scale_y), float(x), float(y)), self.frame)
        return replace(self, guides=guides, grid=grid, assistants=assistants, samplers=samplers, frame=frame)


NONE = Aids()


def _moved_ellipse(points: tuple[Point, ...], index: int, point: Point) -> tuple[Point, ...]:
    (cx, cy), (ax, ay), (bx, by) = points
    if index == 0:
        dx, dy = point[0] - cx, point[1] - cy
        return point, (ax + dx, ay + dy), (bx + dx, by + dy)
    if index == 1:
        radius = math.hypot(bx - cx, by - cy)
        side = 1.0 if (ax - cx) * (by - cy) - (ay - cy) * (bx - cx) >= 0 else -1.0
        length = math.hypot(point[0] - cx, point[1] - cy) or 1.0
        ux, uy = (point[0] - cx) / length, (point[1] - cy) / length
        return (cx, cy), point, (cx - side * uy * radius, cy + side * ux * radius)
    length = math.hypot(ax - cx, ay - cy) or 1.0
    nx, ny = -(ay - cy) / length, (ax - cx) / length
    across = (point[0] - cx) * nx + (point[1] - cy) * ny
    across = across if abs(across) >= 1.0 else math.copysign(1.0, across)
    return (cx, cy), (ax, ay), (cx + across * nx, cy + across * ny)


def layout(
    width: int, height: int, columns: int, rows: int, margin: float = 0.0, gutter: float = 0.0
) -> tuple[Guide, ...]:
    """Guides that cut a picture in ``columns`` and ``rows`` (0: none there), inside a margin, with gutters between."""
    guides: list[Guide] = []
    sides: tuple[tuple[Axis, int, int], ...] = (("x", width, columns), ("y", height, rows))
    for axis, size, count in sides:
        if count < 1:
            continue
        cell = (size - 2 * margin - (count - 1) * gutter) / count
        if cell <= 0:
            continue
        places: list[float] = []
        for index in range(count):
            start = margin + index * (cell + gutter)
            places += [start, start + cell]
        inner = dict.fromkeys(round(place, 3) for place in places)
        guides += [Guide(axis, place) for place in inner if margin or 0 < place < size]
    return tuple(guides)


def to_plain(aids: Aids) -> dict[str, Any]:
    return msgspec.to_builtins(aids)


def from_plain(plain: Any) -> Aids:
    """Aids from a file's plain values; what this version does not understand is left out."""
    if not isinstance(plain, dict):
        return NONE
    grid = plain.get("grid")
    return Aids(
        guides=tuple(_guides(_items(plain.get("guides")))),
        locked=bool(plain.get("locked", False)),
        grid=_grid(grid) if isinstance(grid, dict) else Grid(),
        assistants=tuple(_assistants(_items(plain.get("assistants")))),
        samplers=_points(plain.get("samplers")),
        frame=_frame(plain.get("frame")),
    )


def _items(value: Any) -> Iterable[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _points(items: Any) -> tuple[Point, ...]:
    return tuple(
        (float(point[0]), float(point[1]))
        for point in _items(items)
        if isinstance(point, (list, tuple)) and len(point) == 2 and all(_finite(value) for value in point)
    )


def _frame(value: Any) -> Affine:
    if not isinstance(value, (list, tuple)) or len(value) != 6 or not all(_finite(part) for part in value):
        return IDENTITY
    a, b, c, d, x, y = (float(part) for part in value)
    return (a, b, c, d, x, y) if a * d - b * c else IDENTITY


def _guides(items: Iterable[Any]) -> Iterable[Guide]:
    for item in items:
        if isinstance(item, dict) and item.get("axis") in ("x", "y") and _finite(item.get("position")):
            yield Guide(item["axis"], float(item["position"]))


def _grid(plain: dict[str, Any]) -> Grid:
    usual = Grid()
    values: dict[str, Any] = {}
    for name in Grid.__struct_fields__:
        value = plain.get(name)
        if name == "kind":
            values["kind"] = value if value in ("square", "isometric") else usual.kind
        elif _finite(value):
            values[name] = int(value) if name == "subdivisions" else float(value)  # type: ignore[arg-type]
    return replace(
        Grid(**values),
        width=max(values.get("width", usual.width), 1.0),
        height=max(values.get("height", usual.height), 1.0),
        subdivisions=min(max(values.get("subdivisions", usual.subdivisions), 1), 64),
    )


def _assistants(items: Iterable[Any]) -> Iterable[Assistant]:
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("kind"), str):
            continue
        if item["kind"] not in POINTS:
            continue
        points = _points(item.get("points"))
        fewest, most = POINTS[item["kind"]]
        if fewest <= len(points) <= most:
            yield Assistant(item["kind"], points, bool(item.get("snaps", True)))


def _finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
