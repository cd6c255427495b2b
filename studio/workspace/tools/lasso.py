"""Lasso, polygon and magnetic lasso: outlines drawn by hand, corner by corner, or along the edges of the picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Annotated

import msgspec

from studio.jobs.job import Job, JobFinished, Priority
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting import livewire, outlines
from studio.raster.selecting.combining import Mode
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import EIGHTH, nearest_turn
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Mark, Outline
from studio.workspace.tools.marquee import inside, move_outline, nudge_outline
from studio.workspace.tools.selection import (
    ANTI_ALIAS,
    FEATHER,
    MODE,
    Held,
    OutlineOptions,
    SelectionMode,
    mode_of,
)
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Point = tuple[float, float]
LASSO = QT_TRANSLATE_NOOP("history", "Lasso")
POLYGON = QT_TRANSLATE_NOOP("history", "Polygon lasso")
MAGNETIC = QT_TRANSLATE_NOOP("history", "Magnetic lasso")
NEAR = 8.0
"""Device pixels: so near to the first point a press closes the outline."""
WINDOW = 128
"""Level pixels across the window in which the magnetic lasso looks for edges."""
MARGIN = 24
"""Level pixels from the window's border at which the line found so far is kept and the window moves on."""


def _bounds(points: list[Point]) -> Rect:
    columns, rows = [x for x, _ in points], [y for _, y in points]
    return Rect(
        math.floor(min(columns)), math.floor(min(rows)), math.ceil(max(columns)), math.ceil(max(rows))
    )


def select_outline(painting: Painting, tool: str, label: str, points: list[Point], mode: Mode) -> None:
    """What the points enclose joins the selection as the tool's options say: one undo step."""
    options = painting.options(tool)
    outline = tuple(points)

    def fill(canvas: Rect) -> Mask:
        return outlines.polygon(outline, canvas, anti_alias=options.anti_alias)

    painting.selecting.outline(label, _bounds(points), fill, mode, options.feather)


def lasso_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Follows the hand; the release joins the ends. From inside the selection, without keys, the outline moves."""
    mode = mode_of(pointer, painting.options("lasso").mode)
    if mode == "new" and inside(picture, pointer):
        yield from move_outline(painting, pointer)
        return
    held = Held(pointer)
    points = yield from traced(painting, pointer, lambda sample: held.constrains(sample, "shift"))
    if len(points) >= 3:
        select_outline(painting, "lasso", LASSO, points, mode)
    elif mode == "new":
        painting.selecting.none()


def traced(
    painting: Painting,
    pointer: Pointer,
    straightens: Callable[[Pointer], bool] = lambda sample: "shift" in sample.modifiers,
    *,
    closed: bool = False,
) -> Generator[None, Pointer | None, list[Point]]:
    """The way of the hand from press to release, shown as it goes; ``closed``: with its ends joined.

    While ``straightens`` holds (Shift, unless it means something else) a straight piece goes from where that began to the
    hand.
    """
    points: list[Point] = [(pointer.x, pointer.y)]
    straight = False
    while (sample := (yield)) is not None:
        place, was_straight, straight = (sample.x, sample.y), straight, straightens(sample)
        if straight and was_straight:
            points[-1] = place
        elif straight or math.dist(points[-1], place) * sample.zoom >= 1:
            points.append(place)
        else:
            continue
        painting.show_marks((Outline(tuple(points), closed=closed),))
    return points


def nudge_between(picture: Picture, painting: Painting, key: str, modifiers: frozenset[str]) -> bool:
    """Arrow keys move the outline there is, as long as no new one was begun."""
    session = painting.session
    begun = isinstance(session, PolygonSession) and bool(session.points)
    return not begun and nudge_outline(picture, painting, key, modifiers)


class PolygonSession(Session):
    """Corners by presses; Shift keeps to steps of 45°, Backspace takes the last one back."""

    owner = "polygon-lasso"
    tool, label = "polygon", POLYGON

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.points: list[Point] = []
        self.mode: Mode = "new"
        self.end: Point | None = None
        self.zoom = 1.0

    @property
    def marks(self) -> tuple[Mark, ...]:
        if not self.points:
            return ()
        line = [*self.points, *([self.end] if self.end else [])]
        first = self.points[0]
        near = self.end is not None and self._closes(self.end)
        return Outline(tuple(line), closed=False), Handle(*first, kind="round", hot=near)

    def _closes(self, point: Point) -> bool:
        return len(self.points) >= 3 and math.dist(point, self.points[0]) * self.zoom <= NEAR

    def press(self, pointer: Pointer) -> Gesture | None:
        self.zoom = pointer.zoom
        if not self.points:
            self.mode = mode_of(pointer, self.painting.options(self.tool).mode)
            if self.mode == "new" and inside(self.picture, pointer):
                self.painting.session_done()
                return move_outline(self.painting, pointer)
        point = self._place(pointer)
        if self.points and (pointer.clicks > 1 or self._closes(point)):
            self._finish()
            return None
        self._add(point)
        self.changed.emit()
        return None

    def _add(self, point: Point) -> None:
        self.points.append(point)

    def _place(self, pointer: Pointer) -> Point:
        if not self.points or "shift" not in pointer.modifiers:
            return pointer.x, pointer.y
        x, y = self.points[-1]
        length = math.dist((x, y), (pointer.x, pointer.y))
        turn = nearest_turn((x, y), (pointer.x, pointer.y), EIGHTH)
        return x + length * math.cos(turn), y + length * math.sin(turn)

    def hover(self, pointer: Pointer) -> None:
        self.zoom = pointer.zoom
        if self.points:
            self.end = self._place(pointer)
            self.changed.emit()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("backspace", "delete") and self.points:
            self._take_back()
            if not self.points:
                self.end = None
            self.changed.emit()
            return True
        return False

    def _take_back(self) -> None:
        self.points.pop()

    def undo(self) -> bool:
        return self.key("backspace", "", frozenset())

    def outline(self) -> list[Point]:
        """The corners of what is enclosed."""
        return list(self.points)

    def _finish(self) -> None:
        self.painting.session_done()
        self.apply()

    def apply(self) -> None:
        points = self.outline()
        if len(points) >= 3:
            select_outline(self.painting, self.tool, self.label, points, self.mode)


class MagneticOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the magnetic lasso."""

    mode: Annotated[SelectionMode, MODE] = "new"
    feather: Annotated[float, FEATHER] = 0.0
    anti_alias: Annotated[bool, ANTI_ALIAS] = True
    contrast: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Edge contrast"),
            low=0.0,
            high=1.0,
            description=QT_TRANSLATE_NOOP("recipe", "Weaker edges than this do not attract the line."),
        ),
    ] = 0.1


class MagneticSession(PolygonSession):
    """Between presses the line runs along the strongest edges; far from the last point it is kept by itself."""

    owner = "magnetic-lasso"
    tool, label = "magnetic", MAGNETIC

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.pieces: list[list[Point]] = []
        self._paths: livewire.Paths | None = None
        self._area, self._level = Rect(0, 0, 1, 1), 0
        self._job: Job | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        if not self.points:
            return ()
        line = [*self.outline(), *(self._way(self.end) if self.end else [])]
        near = self.end is not None and self._closes(self.end)
        handles = tuple(Handle(*point, kind="square") for point in self.points[1:])
        return Outline(tuple(line), closed=False), Handle(*self.points[0], kind="round", hot=near), *handles

    def _closes(self, point: Point) -> bool:
        return bool(self.pieces) and math.dist(point, self.points[0]) * self.zoom <= NEAR

    def outline(self) -> list[Point]:
        return [*self.points[:1], *(point for piece in self.pieces for point in piece)]

    def _add(self, point: Point) -> None:
        if self.points:
            self.pieces.append([*self._way(point), point])
        self.points.append(point)
        self._look_around(point)

    def _take_back(self) -> None:
        self.points.pop()
        if self.pieces:
            self.pieces.pop()
        if self.points:
            self._look_around(self.points[-1])

    def _way(self, end: Point) -> list[Point]:
        """From the last point along edges to ``end``; straight as long as they are not known."""
        if self._paths is None:
            return [end]
        scale = 1 << self._level
        x, y = (math.floor(value / scale) for value in end)
        way = self._paths.to(x - self._area.left, y - self._area.top)
        places = [
            ((self._area.left + column + 0.5) * scale, (self._area.top + row + 0.5) * scale)
            for column, row in way[1:]
        ]
        inside_ = self._area.left <= x < self._area.right and self._area.top <= y < self._area.bottom
        return places if inside_ else [*places, end]

    def hover(self, pointer: Pointer) -> None:
        super().hover(pointer)
        if self._paths is not None and self.end is not None:
            self._keep_far(self.end)

    def _keep_far(self, end: Point) -> None:
        """Where the pen gets near the window's border, the line up to there is kept and a new window opens."""
        scale = 1 << self._level
        x, y = end[0] / scale, end[1] / scale
        inner = self._area.grow(-MARGIN)
        canvas = self.picture.document.artwork.rect.at_level(self._level)
        left = x < inner.left and self._area.left > canvas.left
        right = x > inner.right and self._area.right < canvas.right
        above = y < inner.top and self._area.top > canvas.top
        below = y > inner.bottom and self._area.bottom < canvas.bottom
        if left or right or above or below:
            self._add(end)
            self.changed.emit()

    def _look_around(self, point: Point) -> None:
        """Finds the cheapest ways from ``point``, on the lane, in a window as large as is seen."""
        artwork, renderer = self.picture.document.artwork, self.picture.renderer
        self._level = level = max(0, math.ceil(-math.log2(max(self.zoom, 1e-3))) - 1) if self.zoom < 1 else 0
        scale = 1 << level
        x, y = math.floor(point[0] / scale), math.floor(point[1] / scale)
        area = Rect(x - WINDOW // 2, y - WINDOW // 2, x + WINDOW // 2, y + WINDOW // 2)
        self._area = area = area.intersect(artwork.rect.at_level(level))
        self._paths = None
        if self._job is not None:
            self._job.cancel()
        if area.width < 4 or area.height < 4:
            return
        start = min(max(x - area.left, 0), area.width - 1), min(max(y - area.top, 0), area.height - 1)
        contrast = self.painting.options(self.tool).contrast

        def work():
            pixels = renderer.compose(artwork, area, level)
            yield
            return (yield from livewire.paths_from(pixels, start, contrast))

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self._paths = event.result
                self.changed.emit()

        self._job = self.painting.selecting.lane.submit(
            work, label=self.label, priority=Priority.live, replace=f"magnetic-{id(self)}", on_event=arrived
        )

    def apply(self) -> None:
        """Closes along the edge back to the first point, as far as the way there is known."""
        if len(self.points) > 1:
            self.pieces.append(self._way(self.points[0]))
        self._stop()
        super().apply()

    def cancel(self) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


KINDS = (
    ToolKind(
        name="lasso", title=QT_TRANSLATE_NOOP("actions", "Lasso"), icon="lasso", family="lasso", shortcuts=("L",),
        aliases=("free select", "自由选择"), gesture=lasso_gesture, options=OutlineOptions, key=nudge_outline,
        hint=QT_TRANSLATE_NOOP("Options", "Draw around it; Shift adds, Alt takes away, both intersect"),
    ),
    ToolKind(
        name="polygon", title=QT_TRANSLATE_NOOP("actions", "Polygon lasso"), icon="polygon-lasso", family="lasso",
        shortcuts=("Shift+L",), aliases=("polygonal lasso", "多边形套索", "多边形选择"), open=PolygonSession,
        options=OutlineOptions, snaps=True, key=nudge_between,
        hint=QT_TRANSLATE_NOOP("Options", "Press for each corner; Enter, a double click or the first corner closes it"),
    ),
    ToolKind(
        name="magnetic", title=QT_TRANSLATE_NOOP("actions", "Magnetic lasso"), icon="magnet", family="lasso",
        aliases=("intelligent scissors", "live wire", "磁性选择", "智能剪刀"), open=MagneticSession,
        options=MagneticOptions, key=nudge_between,
        hint=QT_TRANSLATE_NOOP("Options", "Press on an edge and follow it; Backspace takes back, Enter closes it"),
    ),
)  # fmt: skip
