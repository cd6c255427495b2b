"""Rectangle, ellipse, polygon and line: drawn by a drag, kept as shape layers, taken up again by their grips."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from studio.raster import shapes
from studio.raster.bezier import Path, Point
from studio.raster.vector import Head, Join, ShapeStyle
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import Begun, along_axis, constrained, mirrored
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Label, Mark, Outline
from studio.workspace.tools.shape_session import (
    END,
    JOIN,
    LINE,
    PAINT,
    START,
    WIDTH,
    LineKind,
    ShapePaint,
    ShapeSession,
)

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

RECTANGLE = QT_TRANSLATE_NOOP("layer-names", "Rectangle")
ELLIPSE = QT_TRANSLATE_NOOP("layer-names", "Ellipse")
POLYGON = QT_TRANSLATE_NOOP("layer-names", "Polygon")
LINE_NAME = QT_TRANSLATE_NOOP("layer-names", "Line")
LABELS = (
    QT_TRANSLATE_NOOP("history", "Rectangle"),
    QT_TRANSLATE_NOOP("history", "Ellipse"),
    QT_TRANSLATE_NOOP("history", "Polygon"),
    QT_TRANSLATE_NOOP("history", "Line"),
)
"""A shape's step in the history has the name of its layer."""
Box = tuple[float, float, float, float]
"""(left, top, right, bottom) in layer pixels."""
INSET = 16.0
"""Device pixels by which the grip of a corner's radius keeps away from the corner."""
_GRIPS = {
    "nw": (0.0, 0.0), "n": (0.5, 0.0), "ne": (1.0, 0.0), "e": (1.0, 0.5),
    "se": (1.0, 1.0), "s": (0.5, 1.0), "sw": (0.0, 1.0), "w": (0.0, 0.5),
}  # fmt: skip
_CURSORS = {
    "nw": "size-fd", "se": "size-fd", "ne": "size-bd", "sw": "size-bd", "n": "size-v", "s": "size-v", "e": "size-h",
    "w": "size-h", "inside": "move", "radius": "arrow",
}  # fmt: skip


class RectangleOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the rectangle."""

    paint: Annotated[ShapePaint, PAINT] = "fill"
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Corner radius"), low=0.0, high=5000.0, soft_high=200.0, unit="px"
        ),
    ] = 0.0
    width: Annotated[float, WIDTH] = 4.0
    line: Annotated[LineKind, LINE] = "solid"
    join: Annotated[Join, JOIN] = "miter"


class EllipseOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the ellipse."""

    paint: Annotated[ShapePaint, PAINT] = "fill"
    width: Annotated[float, WIDTH] = 4.0
    line: Annotated[LineKind, LINE] = "solid"


class PolygonOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of polygon and star."""

    paint: Annotated[ShapePaint, PAINT] = "fill"
    sides: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Corners"), low=3, high=200, soft_high=12)] = 6
    inner: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Star"),
            low=0.05,
            high=1.0,
            description=QT_TRANSLATE_NOOP("recipe", "Inner radius of a star; at 100 % it is a polygon."),
        ),
    ] = 1.0
    width: Annotated[float, WIDTH] = 4.0
    line: Annotated[LineKind, LINE] = "solid"
    join: Annotated[Join, JOIN] = "miter"


class LineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the line."""

    width: Annotated[float, WIDTH] = 4.0
    line: Annotated[LineKind, LINE] = "solid"
    start: Annotated[Head, START] = "none"
    end: Annotated[Head, END] = "none"


class BoxSession(ShapeSession):
    """A shape in a box: eight grips around it, one for the corners' radius; inside moves it, outside draws another."""

    _box: Box | None

    def __init__(self, picture: Picture, painting: Painting) -> None:
        self._box = None
        super().__init__(picture, painting)

    def take(self, path: Path, style: ShapeStyle) -> None:
        if style.box is not None:
            left, top, width, height = style.box
            self._box = left, top, left + width, top + height

    def forget(self) -> None:
        self._box = None

    def own_style(self, options: Any) -> ShapeStyle:
        assert self._box is not None
        left, top, right, bottom = self._box
        inner = getattr(options, "inner", 1.0)
        return msgspec.structs.replace(
            self.style,
            kind="star" if inner < 1 else self.kinds[0],
            box=(left, top, right - left, bottom - top),
            radius=getattr(options, "radius", 0.0),
            sides=getattr(options, "sides", 5),
            inner=inner,
        )

    def path(self) -> Path:
        if self._box is None:
            return ()
        left, top, right, bottom = self._box
        box = left, top, right - left, bottom - top
        options = self.painting.options(self.tool)
        if isinstance(options, RectangleOptions):
            return shapes.rectangle(*box, options.radius)
        if isinstance(options, PolygonOptions):
            return shapes.polygon(*box, options.sides, options.inner)
        return shapes.ellipse(*box)

    # what is seen

    @property
    def marks(self) -> tuple[Mark, ...]:
        if self._box is None:
            return ()
        corners = tuple(self.in_document(self._at(name)) for name in ("nw", "ne", "se", "sw"))
        grips = [Handle(*self.in_document(self._at(name)), "square", self.hot == name) for name in _GRIPS]
        if self.kinds[0] == "rectangle":
            grips.append(Handle(*self.in_document(self._radius_at()), "round", self.hot == "radius"))
        left, top, right, bottom = self._box
        size = Label(*corners[2], f"{right - left:.0f} × {bottom - top:.0f}")
        return (Outline(corners), *grips, *((size,) if self.picture.document.gesture_open else ()))

    def _at(self, name: str) -> Point:
        assert self._box is not None
        x, y = _GRIPS[name]
        left, top, right, bottom = self._box
        return left + (right - left) * x, top + (bottom - top) * y

    def _radius_at(self) -> Point:
        assert self._box is not None
        options = self.painting.options(self.tool)
        radius = max(
            min(getattr(options, "radius", 0.0), *self._halves()), min(INSET / self.zoom, *self._halves())
        )
        return self._box[0] + radius, self._box[1] + radius

    def _halves(self) -> tuple[float, float]:
        assert self._box is not None
        return (self._box[2] - self._box[0]) / 2, (self._box[3] - self._box[1]) / 2

    def _grip(self, pointer: Pointer) -> str:
        if self._box is None:
            return ""
        x, y = self.in_layer(pointer)
        if self.kinds[0] == "rectangle" and self.near(pointer, self._radius_at()):
            return "radius"
        for name in _GRIPS:
            if self.near(pointer, self._at(name)):
                return name
        left, top, right, bottom = self._box
        return "inside" if left < x < right and top < y < bottom else ""

    def cursor(self, pointer: Pointer) -> str:
        return _CURSORS.get(self._grip(pointer), "cross")

    def hover(self, pointer: Pointer) -> None:
        grip = self._grip(pointer)
        if grip != self.hot:
            self.hot = grip
            self.changed.emit()

    # the hand

    def press(self, pointer: Pointer) -> Gesture | None:
        grip = self._grip(pointer)
        if not grip:
            self.begin_another()
        start, box, begun = self.in_layer(pointer), self._box, Begun(pointer)

        def move(sample: Pointer) -> None:
            place = self.in_layer(sample)
            if box is None:
                self._draw(self.in_layer(begun.follow(sample)), place, sample)
            elif grip == "radius":
                self._turn_corner(place, box)
            elif grip == "inside":
                if "shift" in sample.modifiers:
                    x, y = along_axis((pointer.x, pointer.y), (sample.x, sample.y))
                    place = self.in_layer(msgspec.structs.replace(sample, x=x, y=y))
                x, y = round(place[0] - start[0]), round(place[1] - start[1])
                self._box = box[0] + x, box[1] + y, box[2] + x, box[3] + y
                self.show()
            else:
                self._box = resized(box, grip, place, sample.modifiers)
                self.show()

        return self.dragged(move, lambda: self._box, self._put)

    def _put(self, box: Box | None) -> None:
        self._box = box

    def _draw(self, start: Point, place: Point, sample: Pointer) -> None:
        if self._box is None and math.dist(start, place) * sample.zoom < 3:
            return
        self._box = drawn_box(start, place, sample.modifiers)
        self.show()

    def _turn_corner(self, place: Point, box: Box) -> None:
        radius = min(max(place[0] - box[0], place[1] - box[1], 0.0), *self._halves())
        self.painting.change_options(self.tool, radius=float(round(radius)))


class RectangleSession(BoxSession):
    kinds = ("rectangle",)
    title = RECTANGLE


class EllipseSession(BoxSession):
    kinds = ("ellipse",)
    title = ELLIPSE


class PolygonSession(BoxSession):
    kinds = ("polygon", "star")
    title = POLYGON


class LineSession(ShapeSession):
    """A line between two grips."""

    kinds = ("line",)
    title = LINE_NAME
    _ends: tuple[Point, Point] | None

    def __init__(self, picture: Picture, painting: Painting) -> None:
        self._ends = None
        super().__init__(picture, painting)

    def take(self, path: Path, style: ShapeStyle) -> None:
        if path and len(path[0].nodes) > 1:
            self._ends = path[0].nodes[0].at, path[0].nodes[-1].at

    def forget(self) -> None:
        self._ends = None

    def own_style(self, options: Any) -> ShapeStyle:
        return msgspec.structs.replace(self.style, kind="line", box=None)

    def path(self) -> Path:
        return shapes.line(*self._ends) if self._ends is not None else ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        if self._ends is None:
            return ()
        first, last = (self.in_document(end) for end in self._ends)
        grips = (Handle(*first, "round", self.hot == "0"), Handle(*last, "round", self.hot == "1"))
        return (Outline((first, last), closed=False), *grips)

    def _grip(self, pointer: Pointer) -> str:
        if self._ends is None:
            return ""
        return next((str(index) for index, end in enumerate(self._ends) if self.near(pointer, end)), "")

    def cursor(self, pointer: Pointer) -> str:
        return "move" if self._grip(pointer) else "cross"

    def hover(self, pointer: Pointer) -> None:
        grip = self._grip(pointer)
        if grip != self.hot:
            self.hot = grip
            self.changed.emit()

    def press(self, pointer: Pointer) -> Gesture | None:
        grip = self._grip(pointer)
        if not grip:
            self.begin_another()
        ends, begun = self._ends, Begun(pointer)

        def move(sample: Pointer) -> None:
            place, middle = self.in_layer(sample), "alt" in sample.modifiers
            if ends is not None:
                self._ends = line_drawn(ends, int(grip), place, sample.modifiers)
                self.show()
                return
            start = self.in_layer(begun.follow(sample))
            if "shift" in sample.modifiers:
                place = constrained(start, place)
            if self._ends is None and math.dist(start, place) * sample.zoom < 3:
                return
            self._ends = (mirrored(place, start) if middle else start), place
            self.show()

        return self.dragged(move, lambda: self._ends, self._put)

    def _put(self, ends: tuple[Point, Point] | None) -> None:
        self._ends = ends


def line_drawn(
    ends: tuple[Point, Point], index: int, place: Point, modifiers: frozenset[str]
) -> tuple[Point, Point]:
    """A line with its end ``index`` drawn to ``place``: Shift keeps to eight directions, Alt keeps its middle."""
    (x0, y0), (x1, y1) = ends
    still = ((x0 + x1) / 2, (y0 + y1) / 2) if "alt" in modifiers else ends[1 - index]
    if "shift" in modifiers:
        place = constrained(still, place)
    other = mirrored(place, still) if "alt" in modifiers else still
    return (place, other) if index == 0 else (other, place)


def drawn_box(start: Point, place: Point, modifiers: frozenset[str]) -> Box:
    """The box of a drag in whole pixels, at least one by one; Shift makes it a square, Alt goes from the middle."""
    x0, y0 = round(start[0]), round(start[1])
    x, y = round(place[0]) - x0, round(place[1]) - y0
    if "shift" in modifiers:
        side = max(abs(x), abs(y))
        x, y = int(math.copysign(side, x)), int(math.copysign(side, y))
    x, y = x or 1, y or 1
    first = (x0 - x, y0 - y) if "alt" in modifiers else (x0, y0)
    last = x0 + x, y0 + y
    return (
        float(min(first[0], last[0])), float(min(first[1], last[1])),
        float(max(first[0], last[0])), float(max(first[1], last[1])),
    )  # fmt: skip


def resized(box: Box, grip: str, place: Point, modifiers: frozenset[str]) -> Box:
    """``box`` with one grip at ``place``; Shift keeps its proportions, Alt its middle."""
    left, top, right, bottom = box
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    x, y = _GRIPS[grip]
    centred = "alt" in modifiers
    anchor_x = middle_x if centred or x == 0.5 else (right if x == 0 else left)
    anchor_y = middle_y if centred or y == 0.5 else (bottom if y == 0 else top)
    span_x = right - left if x == 0.5 else abs(round(place[0]) - anchor_x) * (2 if centred else 1)
    span_y = bottom - top if y == 0.5 else abs(round(place[1]) - anchor_y) * (2 if centred else 1)
    if "shift" in modifiers:
        ratio = (right - left) / max(bottom - top, 1e-9)
        if y == 0.5 or (x != 0.5 and span_x / ratio > span_y):
            span_y = span_x / ratio
        else:
            span_x = span_y * ratio
    span_x, span_y = max(span_x, 1.0), max(span_y, 1.0)
    across = 0.5 if centred or x == 0.5 else (1.0 if place[0] < anchor_x else 0.0)
    down = 0.5 if centred or y == 0.5 else (1.0 if place[1] < anchor_y else 0.0)
    new_left, new_top = anchor_x - across * span_x, anchor_y - down * span_y
    return new_left, new_top, new_left + span_x, new_top + span_y


KINDS = (
    ToolKind(
        name="rectangle", title=QT_TRANSLATE_NOOP("actions", "Rectangle"), icon="rectangle", family="shape",
        shortcuts=("U",), aliases=("shape", "矩形工具", "形状"), open=RectangleSession, open_at_once=True, stays=True,
        space_moves=True, options=RectangleOptions, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag draws; Shift makes it a square, Alt goes from the middle"),
    ),
    ToolKind(
        name="ellipse", title=QT_TRANSLATE_NOOP("actions", "Ellipse"), icon="ellipse", family="shape",
        shortcuts=("Shift+U",), aliases=("circle", "oval", "椭圆工具", "圆形"), open=EllipseSession, open_at_once=True, stays=True,
        space_moves=True, options=EllipseOptions, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag draws; Shift makes it a circle, Alt goes from the middle"),
    ),
    ToolKind(
        name="polygon-shape", title=QT_TRANSLATE_NOOP("actions", "Polygon or star"), icon="polygon", family="shape",
        aliases=("star", "多边形工具", "星形"), open=PolygonSession, open_at_once=True, stays=True, space_moves=True, options=PolygonOptions, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag draws; Shift keeps it regular, Alt goes from the middle"),
    ),
    ToolKind(
        name="line", title=QT_TRANSLATE_NOOP("actions", "Line"), icon="line", family="shape", shortcuts=("Shift+P",), aliases=("arrow", "直线工具", "箭头"), open=LineSession, open_at_once=True, stays=True, space_moves=True, options=LineOptions, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag draws a line; Shift keeps to eight directions, Alt goes from the middle"),
    ),
)  # fmt: skip
