"""Measure: a line with its length, its run along both axes and its angle; a second leg measures an angle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.raster.bezier import Point
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import Begun, constrained, mirrored
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Label, Mark, Outline
from studio.workspace.tools.session import Session
from studio.workspace.tools.shape_session import REACH

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

MILLIMETRES = 25.4
_MINUS = "\N{MINUS SIGN}"


class MeasureSession(Session):
    """Two or three points on the canvas. A drag measures, the ends can be moved, Alt on an end draws a second leg."""

    owner = "measure"

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.points: tuple[Point, ...] = ()
        self._hot: int | None = None

    @property
    def turn(self) -> float | None:
        """Degrees, clockwise, by which the line leaves the nearer of the two axes, −45 to 45; None without a line."""
        if len(self.points) != 2 or self.points[0] == self.points[1]:
            return None
        (x0, y0), (x1, y1) = self.points
        return (math.degrees(math.atan2(y1 - y0, x1 - x0)) + 45) % 90 - 45

    @property
    def marks(self) -> tuple[Mark, ...]:
        if len(self.points) < 2:
            return ()
        handles = (Handle(*point, "round", index == self._hot) for index, point in enumerate(self.points))
        label = Label(*self.points[-1], words_of(self.points, self.picture.document.artwork.ppi))
        return (Outline(self.points, closed=False, dashed=False), *handles, label)

    def _under(self, pointer: Pointer) -> int | None:
        for index, point in enumerate(self.points):
            if math.dist(point, (pointer.x, pointer.y)) * pointer.zoom <= REACH:
                return index
        return None

    def cursor(self, pointer: Pointer) -> str:
        return "move" if self._under(pointer) is not None else "cross"

    def hover(self, pointer: Pointer) -> None:
        under = self._under(pointer)
        if under != self._hot:
            self._hot = under
            self.changed.emit()

    def lets_pick(self, pointer: Pointer) -> bool:
        return True

    def press(self, pointer: Pointer) -> Gesture | None:
        under = self._under(pointer)
        if under is None:
            return self._drag(((pointer.x, pointer.y), (pointer.x, pointer.y)), 1, Begun(pointer))
        if "alt" in pointer.modifiers and len(self.points) == 2:
            ends = self.points if under == 1 else self.points[::-1]
            return self._drag((*ends, ends[-1]), 2)
        return self._drag(self.points, under)

    def _drag(self, points: tuple[Point, ...], index: int, begun: Begun | None = None) -> Gesture:
        """``begun``: of a new line, which Space takes along; with Alt it is the middle."""
        before = self.points
        done = False
        try:
            while (sample := (yield)) is not None:
                place = sample.x, sample.y
                if begun is not None:
                    begun.follow(sample)
                    points = (begun.place, place)
                if "shift" in sample.modifiers:
                    place = constrained(points[index - 1] if index else points[1], place)
                if begun is not None and "alt" in sample.modifiers:
                    points = (mirrored(place, begun.place), place)
                self.points = (*points[:index], place, *points[index + 1 :])
                self.changed.emit()
            done = True
        finally:
            if not done:
                self.points = before
                self.changed.emit()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("delete", "backspace") and self.points:
            self.points = ()
            self.changed.emit()
            return True
        return False


def words_of(points: tuple[Point, ...], ppi: float) -> str:
    """Length in pixels and millimetres, angle and both runs; of three points the angle between the legs."""
    if len(points) == 3:
        middle = points[1]
        one, two = (math.atan2(end[1] - middle[1], end[0] - middle[0]) for end in (points[0], points[2]))
        between = abs(math.degrees(one - two)) % 360
        return f"∠ {min(between, 360 - between):.1f}°"
    (x0, y0), (x1, y1) = points
    length = math.dist(points[0], points[1])
    # up is positive for the eye, y points down
    angle = math.degrees(math.atan2(y0 - y1, x1 - x0)) + 0.0
    parts = [f"{length:.1f} px", f"{length / ppi * MILLIMETRES:.1f} mm"] if ppi > 0 else [f"{length:.1f} px"]
    parts += [f"{angle:.1f}°", f"↔ {x1 - x0:.0f}", f"↕ {y1 - y0:.0f}"]
    return " · ".join(parts).replace("-", _MINUS)


KINDS = (
    ToolKind(
        name="measure", title=QT_TRANSLATE_NOOP("actions", "Measure"), icon="measure", family="picker",
        shortcuts=("Shift+I",), aliases=("ruler", "protractor", "标尺工具", "测量", "量角"), open=MeasureSession, space_moves=True, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag measures; Alt on an end adds a leg; Image ▸ Rotate straightens by the line"),
    ),
)  # fmt: skip
