"""A range of tones: the scale from black to white with four handles, and over it how much of each tone is taken."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.raster.selecting.tones import Handles
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets import paint

SCALE = 12
CURVE = 40
GRIP = 6
EDGE = 8
STEPS = 100


class ToneBand(Retranslated, QWidget):
    """``changed`` while a handle is dragged, ``released`` at the end; lightness 0–100, rising."""

    changed = Signal(object)
    released = Signal(object)

    def __init__(self, handles: Handles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.handles = handles
        self._held = -1
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Selecting", "Tones taken"))

    def redress(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, CURVE + SCALE + 2 * GRIP + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def set_handles(self, handles: Handles) -> None:
        """Shows others without telling anybody."""
        self.handles = handles
        self.update()

    def _x(self, value: float) -> float:
        return EDGE + (self.width() - 2 * EDGE) * value / 100

    def _value(self, x: float) -> float:
        return min(max(100 * (x - EDGE) / max(self.width() - 2 * EDGE, 1), 0.0), 100.0)

    def _take(self, index: int, value: float) -> None:
        """Moves one handle; those in its way are pushed along."""
        found = list(self.handles)
        found[index] = round(value)
        found[:index] = [min(one, found[index]) for one in found[:index]]
        found[index + 1 :] = [max(one, found[index]) for one in found[index + 1 :]]
        handles = (found[0], found[1], found[2], found[3])
        if handles != self.handles:
            self.handles = handles
            self.update()
            self.changed.emit(handles)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        places = [self._x(value) for value in self.handles]
        nearest = min(abs(place - x) for place in places)
        near = [index for index, place in enumerate(places) if abs(place - x) <= nearest]
        # Of handles on one another the one is meant that can go to this side.
        self._held = self._chosen = near[-1] if x >= places[near[0]] else near[0]
        self._take(self._held, self._value(x))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held >= 0:
            self._take(self._held, self._value(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held >= 0:
            self._held = -1
            self.update()
            self.released.emit(self.handles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the chosen handle, up and down choose another."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        turns = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            value = min(max(self.handles[self._chosen] + far * steps[key], 0.0), 100.0)
            self._take(self._chosen, value)
            self.released.emit(self.handles)
        elif key in turns:
            self._chosen = (self._chosen + turns[key]) % 4
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = QRectF(EDGE, CURVE + 2, self.width() - 2 * EDGE, SCALE)
        ramp = QLinearGradient(scale.topLeft(), scale.topRight())
        ramp.setColorAt(0, QColor(look.tokens.ink_dark))
        ramp.setColorAt(1, QColor(look.tokens.ink_light))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(ramp)
        painter.drawRect(scale)
        line = self._curve()
        area = look.colour("active")
        area.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(area)
        painter.drawPolygon(QPolygonF([QPointF(EDGE, CURVE), *line, QPointF(scale.right(), CURVE)]))
        painter.setPen(QPen(look.colour("active"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(line))
        for index, value in enumerate(self.handles):
            self._draw_grip(painter, index, QPointF(self._x(value), scale.bottom() + GRIP))
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _curve(self) -> list[QPointF]:
        a, b, c, d = self.handles
        points = []
        for step in range(STEPS + 1):
            value = 100 * step / STEPS
            share = _rise(value, a, b) * (1 - _rise(value, c, d))
            points.append(QPointF(self._x(value), CURVE - (CURVE - 6) * share))
        return points

    def _draw_grip(self, painter: QPainter, index: int, place: QPointF) -> None:
        look = theme.current()
        inner = index in (1, 2)
        painter.setPen(QPen(look.colour("text"), 2 if index == self._chosen and self.hasFocus() else 1))
        painter.setBrush(look.colour("text") if inner else look.colour("panel"))
        steps = ((0, -GRIP), (GRIP * 0.8, GRIP * 0.7), (-GRIP * 0.8, GRIP * 0.7))
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in steps]))


def _rise(value: float, low: float, high: float) -> float:
    """As :func:`studio.raster.selecting.tones.by_tone` takes them."""
    if high - low < 1e-3:
        return 1.0 if value >= low and low < 100 else 0.0
    t = min(max((value - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)
