"""An editable curve from 0–1 to 0–1: how a sensor drives a parameter of a brush, or a tone becomes another one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.raster.dynamics import STRAIGHT, Points, curve_values, fitted_points
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.tone_heights import fill_heights

MARGIN = 10
HIT = 12
STEP = 0.01
LEAST = 0.005
"""Points keep this distance from each other, so that their order never changes under the hand."""
MOST_POINTS = 16
COLUMNS = 257
"""Heights kept of a curve while it is drawn freehand."""


class CurveEditor(Retranslated, QWidget):
    """Press on the curve to add a point, drag it, drag it out of the field (or Delete) to remove it.

    ``changed`` follows the hand, ``released`` comes once at the end. Keys: Tab and Shift+Tab leave; Page Up and Page
    Down go from point to point; arrows move it, with Shift by 10 %. ``set_marker`` shows where the pen is just now.
    While ``freehand`` is on, a drag draws the curve instead: where the hand passed, the points are those of its line.
    """

    changed = Signal(tuple)
    released = Signal(tuple)
    chosen = Signal(int)
    """Another point is the chosen one."""
    end_held = Signal(str)
    """The first (``black``) or last point (``white``) is dragged with Alt held; empty when that is over."""

    def __init__(self, points: Points = STRAIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[tuple[float, float]] = list(points)
        self._chosen = 0
        self._dragged = False
        self._removed: tuple[float, float] | None = None
        self._marker: float | None = None
        self._heights: np.ndarray | None = None
        self._tint = "luminance"
        self._end = ""
        self.freehand = False
        self._drawn: np.ndarray | None = None
        self._from: tuple[float, float] = (0.0, 0.0)
        self.setMinimumSize(120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.retranslate()

    def points(self) -> Points:
        return tuple(self._points)

    def set_points(self, points: Points) -> None:
        """Shows another curve; one without points is the straight line."""
        if not self._dragged and tuple(self._points) != tuple(points):
            self._points = sorted(points) or list(STRAIGHT)
            self._chosen = min(self._chosen, len(self._points) - 1)
            self.update()

    def chosen_point(self) -> tuple[float, float]:
        return self._points[min(self._chosen, len(self._points) - 1)]

    def move_chosen(self, x: float, y: float) -> None:
        """Moves the chosen point, as far as its neighbours let it."""
        self._points[self._chosen] = (self._between(x), min(max(y, 0.0), 1.0))
        self._tell()

    def set_marker(self, place: float | None) -> None:
        """Where on the curve the sensor is now, 0–1; None hides it."""
        if place != self._marker:
            self._marker = place
            self.update()

    def set_histogram(self, heights: np.ndarray | None, channel: str) -> None:
        """Shows how often each tone occurs behind the curve: [256] parts of the field's height; None shows nothing."""
        self._heights, self._tint = heights, channel
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, 180)

    # places

    def _field(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def place_of(self, point: tuple[float, float]) -> QPointF:
        """Where a point of the curve stands, in widget coordinates."""
        field = self._field()
        return QPointF(field.left() + point[0] * field.width(), field.bottom() - point[1] * field.height())

    def _point_at(self, place: QPointF) -> tuple[float, float]:
        field = self._field()
        x = (place.x() - field.left()) / max(field.width(), 1)
        y = (field.bottom() - place.y()) / max(field.height(), 1)
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def _hit(self, place: QPointF) -> int | None:
        distances = [(self.place_of(point) - place).manhattanLength() for point in self._points]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        return nearest if distances[nearest] <= HIT else None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._field()
        painter.fillRect(field, look.colour("field"))
        if self._heights is not None:
            fill_heights(painter, self._heights, field, self._tint)
        self._draw_grid(painter, field)
        path = self._curve()
        below = QPainterPath(path)
        below.lineTo(field.bottomRight())
        below.lineTo(field.bottomLeft())
        fill = look.colour("active")
        fill.setAlphaF(0.16)
        painter.fillPath(below, fill)
        painter.setPen(QPen(look.colour("active" if self.isEnabled() else "disabled"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        self._draw_points(painter)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _draw_grid(self, painter: QPainter, field: QRectF) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("line"), 1))
        for part in (0.25, 0.5, 0.75):
            x, y = field.left() + part * field.width(), field.top() + part * field.height()
            painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        painter.drawLine(field.bottomLeft(), field.topRight())
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(field)

    def _curve(self) -> QPainterPath:
        count = max(int(self._field().width() // 2), 16)
        places = np.linspace(0.0, 1.0, count + 1)
        values = np.clip(curve_values(self._points, places), 0.0, 1.0)
        path = QPainterPath(self.place_of((0.0, float(values[0]))))
        for x, y in zip(places[1:], values[1:], strict=True):
            path.lineTo(self.place_of((float(x), float(y))))
        return path

    def _draw_points(self, painter: QPainter) -> None:
        look = theme.current()
        for index, point in enumerate(self._points):
            place = self.place_of((min(max(point[0], 0.0), 1.0), min(max(point[1], 0.0), 1.0)))
            painter.setPen(QPen(look.colour("active" if self.isEnabled() else "disabled"), 2))
            painter.setBrush(look.colour("active" if index == self._chosen else "field"))
            painter.drawEllipse(place, 4.5, 4.5)
        if self._marker is not None:
            value = float(np.clip(curve_values(self._points, np.array([self._marker])), 0, 1)[0])
            painter.setPen(QPen(look.colour("text"), 1))
            painter.setBrush(look.colour("text"))
            painter.drawEllipse(self.place_of((self._marker, value)), 3, 3)

    # hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.freehand:
            places = np.linspace(0.0, 1.0, COLUMNS)
            self._drawn = np.clip(curve_values(self._points, places), 0.0, 1.0)
            self._from, self._dragged = self._point_at(event.position()), True
            self._draw_to(self._from)
            return
        hit = self._hit(event.position())
        if hit is None:
            point = self._apart(self._point_at(event.position()))
            if point is None or len(self._points) >= MOST_POINTS:
                return
            self._points = sorted([*self._points, point])
            hit = self._points.index(point)
        self._chosen, self._dragged, self._removed = hit, True, None
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and hit in (0, len(self._points) - 1):
            self._end = "white" if hit else "black"
            self.end_held.emit(self._end)
        self._move(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn is not None:
            self._draw_to(self._point_at(event.position()))
        elif self._dragged:
            self._move(event.position())

    def _draw_to(self, point: tuple[float, float]) -> None:
        """The line from where the hand was to ``point`` becomes part of the curve, which keeps as few points as follow it."""
        if self._drawn is None:
            return
        (first_x, first_y), (x, y) = sorted((self._from, point))
        first, last = round(first_x * (COLUMNS - 1)), round(x * (COLUMNS - 1))
        self._drawn[first : last + 1] = np.linspace(first_y, y, last - first + 1)
        if first == last:
            self._drawn[first] = point[1]
        self._from = point
        self._points = list(fitted_points(self._drawn, MOST_POINTS))
        self._chosen = min(range(len(self._points)), key=lambda one: abs(self._points[one][0] - point[0]))
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged, self._removed, self._drawn = False, None, None
            self._chosen = min(self._chosen, len(self._points) - 1)
            self.released.emit(self.points())
        if self._end:
            self._end = ""
            self.end_held.emit("")

    def _apart(self, point: tuple[float, float]) -> tuple[float, float] | None:
        """The point with its x off those of the others; None where there is no room."""
        for step in range(round(0.5 / LEAST)):
            for x in (point[0] + step * LEAST, point[0] - step * LEAST):
                if 0.0 <= x <= 1.0 and all(abs(x - other) >= LEAST for other, _ in self._points):
                    return x, point[1]
        return None

    def _move(self, place: QPointF) -> None:
        """Moves the chosen point between its neighbours; far outside the field it is away until it comes back."""
        outside = not self._field().adjusted(-32, -32, 32, 32).contains(place)
        if self._removed is None and outside and len(self._points) > 2:
            self._removed = self._points.pop(self._chosen)
        elif self._removed is not None and not outside:
            self._points.insert(self._chosen, self._removed)
            self._removed = None
        if self._removed is None:
            x, y = self._point_at(place)
            self._points[self._chosen] = (self._between(x), y)
        self._tell()

    def _between(self, x: float) -> float:
        before = self._points[self._chosen - 1][0] + LEAST if self._chosen else 0.0
        last = self._chosen == len(self._points) - 1
        after = 1.0 if last else self._points[self._chosen + 1][0] - LEAST
        return min(max(x, before), max(after, before))

    def _tell(self) -> None:
        self.update()
        self.changed.emit(self.points())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEP * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        moves = {
            Qt.Key.Key_Left: (-step, 0.0), Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, step), Qt.Key.Key_Down: (0.0, -step),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            x, y = self._points[self._chosen]
            across, up = moves[key]
            self._points[self._chosen] = (self._between(x + across), min(max(y + up, 0.0), 1.0))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._chosen = (self._chosen + (1 if key == Qt.Key.Key_PageUp else -1)) % len(self._points)
            self.update()
            self.chosen.emit(self._chosen)
            return
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and len(self._points) > 2:
            self._points.pop(self._chosen)
            self._chosen = min(self._chosen, len(self._points) - 1)
        else:
            super().keyPressEvent(event)
            return
        self._tell()
        self.released.emit(self.points())

    def set_freehand(self, on: bool) -> None:
        self.freehand = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("CurveEditor", "Curve"))
        points = QCoreApplication.translate(
            "CurveEditor", "Press to add a point, drag it, drag it out to remove it."
        )
        drawn = QCoreApplication.translate("CurveEditor", "Drag to draw the curve.")
        self.setToolTip(drawn if self.freehand else points)
