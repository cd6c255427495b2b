"""Pictures at places of a plane, and a round brush over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from studio.ui import theme
from studio.ui.screen_colours import screen_image

MARGIN, THUMB, DOT = 28, 40, 3.0
LARGEST = 32.0
STEP = 0.05


class MapView(QWidget):
    """A drag of the left button is the brush, live, and ends with ``released``. A double click takes a picture; Ctrl and a click, or
    Ctrl+Space, pick several. The wheel zooms, a drag of the middle or right button moves. Arrows move the brush, Enter takes the
    picture that is nearest to it."""

    brushed = Signal(float, float)
    released = Signal()
    taken = Signal(int)
    picked_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = np.zeros((0, 2))
        self._images: tuple[QImage, ...] = ()
        self._names: tuple[str, ...] = ()
        self.picked: tuple[int, ...] = ()
        self.radius = 0.2
        self.zoom, self.centre = 1.0, QPointF(0, 0)
        self.brush = QPointF(0, 0)
        self._down = False
        self._moved = False
        self._held: QPointF | None = None
        self._soon = QTimer(self)  # a click alone ends when it is sure to be no double click
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.released)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 320)

    def sizeHint(self) -> QSize:
        return QSize(480, 420)

    def set_pictures(self, places: np.ndarray, images: Sequence[QImage], names: Sequence[str]) -> None:
        """``places`` [N, 2], −1…1, y up."""
        self._places, self._images, self._names = places, tuple(images), tuple(names)
        self.picked, self.zoom, self.centre = (), 1.0, QPointF(0, 0)
        self.picked_changed.emit()
        self._describe()

    def set_radius(self, radius: float) -> None:
        """Of the brush, in units of the map."""
        self.radius = radius
        self.update()

    def _describe(self) -> None:
        nearest = self.nearest(self.brush)
        self.setAccessibleDescription(self._names[nearest] if nearest >= 0 else "")
        self.update()

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def scale(self) -> float:
        """Pixels of the widget for one unit of the map."""
        return (min(self.width(), self.height()) / 2 - MARGIN) * self.zoom

    def place(self, at: QPointF) -> QPointF:
        """Where a point of the map is in the widget."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        away = at - self.centre
        return middle + QPointF(away.x() * self.scale, -away.y() * self.scale)

    def at(self, place: QPointF) -> QPointF:
        """The point of the map under a place of the widget."""
        away = place - QPointF(self.width() / 2, self.height() / 2)
        return self.centre + QPointF(away.x() / self.scale, -away.y() / self.scale)

    def nearest(self, at: QPointF) -> int:
        """The picture nearest to a point of the map; −1 without any."""
        if not len(self._places):
            return -1
        return int(np.linalg.norm(self._places - (at.x(), at.y()), axis=1).argmin())

    def _picture_at(self, place: QPointF) -> int:
        """The picture that is drawn at a place of the widget; −1 where there is none."""
        index = self.nearest(self.at(place))
        if index < 0:
            return -1
        away = self.place(QPointF(*self._places[index])) - place
        return index if max(abs(away.x()), abs(away.y())) <= THUMB / 2 else -1

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.colour("field"))
        painter.setClipRect(self.rect())
        self._paint_pictures(painter, look)
        if len(self._places) and self.isEnabled():
            self._paint_brush(painter, look)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("active" if self.hasFocus() else "line"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_pictures(self, painter: QPainter, look: theme.Theme) -> None:
        """A small picture where none stands already, else a dot; those that are picked always."""
        taken: list[QRectF] = []
        dots: list[QPointF] = []
        order = [*self.picked, *(one for one in range(len(self._places)) if one not in self.picked)]
        for index in order:
            middle = self.place(QPointF(*self._places[index]))
            if not QRectF(self.rect()).adjusted(-THUMB, -THUMB, THUMB, THUMB).contains(middle):
                continue
            area = QRectF(middle.x() - THUMB / 2, middle.y() - THUMB / 2, THUMB, THUMB)
            if index not in self.picked and any(area.intersects(one) for one in taken):
                dots.append(middle)
                continue
            taken.append(area)
            painter.drawImage(area, screen_image(self._images[index]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            chosen = index in self.picked
            painter.setPen(QPen(look.colour("active" if chosen else "line"), 2 if chosen else 1))
            painter.drawRect(area)
        painter.setPen(QPen(look.colour("panel"), 1))
        painter.setBrush(look.colour("secondary"))
        for middle in dots:
            painter.drawEllipse(middle, DOT, DOT)

    def _paint_brush(self, painter: QPainter, look: theme.Theme) -> None:
        middle, size = self.place(self.brush), self.radius * self.scale
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("ink_dark", 3.0), ("ink_light", 1.5 if self._down else 1.0)):
            painter.setPen(QPen(look.colour(name), width))
            painter.drawEllipse(middle, size, size)

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()
        if event.button() != Qt.MouseButton.LeftButton or not len(self._places):
            return
        index = self._picture_at(event.position())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pick(index)
            return
        self._down, self._moved = True, False
        self._soon.stop()
        self._move_brush(self.at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down:
            self._moved = True
            self._move_brush(self.at(event.position()))
        elif self._held is not None and event.buttons() & (
            Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton
        ):
            moved, self._held = event.position() - self._held, event.position()
            self.centre -= QPointF(moved.x() / self.scale, -moved.y() / self.scale)
            self._keep_inside()
        elif not event.buttons():
            self.brush = self.at(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        if self._down and event.button() == Qt.MouseButton.LeftButton:
            self._down = False
            self.update()
            if self._moved:
                self.released.emit()
            else:
                self._soon.start(QApplication.doubleClickInterval())

    def finish(self) -> None:
        """A click that waits to become a double click is none."""
        if self._soon.isActive():
            self._soon.stop()
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self._picture_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if index < 0:
            self.finish()
        else:
            self._soon.stop()
            self.taken.emit(index)

    def _move_brush(self, at: QPointF) -> None:
        self.brush = at
        self._describe()
        self.brushed.emit(at.x(), at.y())

    def _pick(self, index: int) -> None:
        if index < 0:
            return
        others = tuple(one for one in self.picked if one != index)
        self.picked = others if index in self.picked else (*others, index)
        self.picked_changed.emit()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_to(self.zoom * 1.25 ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def zoom_to(self, zoom: float, place: QPointF | None = None) -> None:
        """``place``: what of the widget stays where it is."""
        place = place if place is not None else QPointF(self.width() / 2, self.height() / 2)
        before = self.at(place)
        self.zoom = min(max(zoom, 1.0), LARGEST)
        self.centre += before - self.at(place)
        self._keep_inside()

    def _keep_inside(self) -> None:
        reach = 1 - 1 / self.zoom
        x, y = min(max(self.centre.x(), -reach), reach), min(max(self.centre.y(), -reach), reach)
        self.centre = QPointF(x, y)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, Qt.Key(event.key())
        moves = {keys.Key_Left: (-1, 0), keys.Key_Right: (1, 0), keys.Key_Up: (0, 1), keys.Key_Down: (0, -1)}
        nearest = self.nearest(self.brush)
        if key in moves and nearest >= 0:
            x, y = moves[key]
            self._move_brush(self.brush + QPointF(x, y) * (STEP / self.zoom))
        elif key in (keys.Key_Return, keys.Key_Enter) and nearest >= 0:
            self.taken.emit(nearest)
        elif key == keys.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pick(nearest)
        elif key in (keys.Key_Plus, keys.Key_Equal):
            self.zoom_to(self.zoom * 1.25)
        elif key == keys.Key_Minus:
            self.zoom_to(self.zoom / 1.25)
        elif key == keys.Key_0:
            self.zoom_to(1.0)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        moved = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if moved and not event.isAutoRepeat() and len(self._places):
            self.released.emit()
        else:
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._picture_at(QPointF(event.pos()))
            if index >= 0:
                QToolTip.showText(event.globalPos(), self._names[index], self)
                return True
        return super().event(event)
