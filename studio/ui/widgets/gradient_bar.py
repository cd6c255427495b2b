"""The stops of a gradient: a bar that shows it, with a marker for each stop, and fields for the chosen one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.raster import gradient
from studio.recipe import Stop, Stops
from studio.ui import theme
from studio.ui.canvas.surround import checkerboard
from studio.ui.language import Retranslated
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton, SwatchButton
from studio.ui.widgets.colour_row import WheelPopup
from studio.ui.widgets.gradient_presets import PresetsPopup, strip_image
from studio.ui.widgets.value_slider import ValueSlider

Colour = tuple[float, float, float]
EDGE = 6
"""Room at both ends, so that a marker at the end is seen whole."""
STRIP = 14
MARKER = 10
FAR = 30
"""Pixels that a marker is pulled away from the bar to be dropped."""


class GradientBar(QWidget):
    """``changed`` follows the hand, ``released`` comes at its end; ``chosen`` when another stop is.

    A press on a marker takes it, beside the markers adds one; pulled away or with Delete it goes; a double click opens
    the wheel.
    """

    changed = Signal(tuple)
    released = Signal(tuple)
    chosen = Signal(int)
    wheel_wanted = Signal()

    def __init__(self, stops: Stops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops = stops
        self.index = 0
        self._dragged = False
        self._before = stops
        self.setMinimumWidth(120)
        self.setFixedHeight(theme.ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(176, theme.ROW)

    def set_stops(self, stops: Stops) -> None:
        """Shows other stops without telling anybody."""
        if tuple(stops) != self.stops:
            self.stops = tuple(stops)
            self.index = min(self.index, len(self.stops) - 1)
            self.update()

    def choose(self, index: int) -> None:
        self.index = index
        self.chosen.emit(index)
        self.update()

    def change_chosen(self, stop: Stop, *, finished: bool) -> None:
        """Another colour or place of the chosen stop."""
        self._take((*self.stops[: self.index], stop, *self.stops[self.index + 1 :]))
        if finished:
            self.released.emit(self.stops)

    def _take(self, stops: Stops) -> None:
        if stops != self.stops:
            self.stops = stops
            self.update()
            self.changed.emit(stops)

    # places

    def _x_of(self, offset: float) -> float:
        return EDGE + offset * (self.width() - 2 * EDGE)

    def _offset_of(self, x: float) -> float:
        return min(max((x - EDGE) / max(1, self.width() - 2 * EDGE), 0.0), 1.0)

    def _under(self, x: float) -> int | None:
        near = [
            (abs(self._x_of(stop[0]) - x), index != self.index, index)
            for index, stop in enumerate(self.stops)
        ]
        distance, _, index = min(near)
        return index if distance <= MARKER else None

    # the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._before, self._dragged = self.stops, True
        index = self._under(event.position().x())
        if index is None:
            self._add(self._offset_of(event.position().x()))
        else:
            self.choose(index)

    def _add(self, offset: float) -> None:
        red, green, blue, alpha = gradient.colours_at(self.stops, np.array([offset]))[0].clip(0, 1).tolist()
        stops = (*self.stops, (offset, red, green, blue, alpha))
        self._take(stops)
        self.choose(len(stops) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragged or self.index >= len(self.stops):
            return
        place = event.position()
        away = abs(place.y() - self.height() / 2) > FAR
        if away and len(self._before) > 1 and len(self.stops) > 1:
            index = self.index
            self._dragged = False
            self._take(self.stops[:index] + self.stops[index + 1 :])
            self.choose(max(0, index - 1))
            self.released.emit(self.stops)
            return
        stop = (self._offset_of(place.x()), *self.stops[self.index][1:])
        self._take((*self.stops[: self.index], stop, *self.stops[self.index + 1 :]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged = False
            if self.stops != self._before:
                self.released.emit(self.stops)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position().x()) is not None:
            self.wheel_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = event.key(), 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        stop = self.stops[self.index]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            offset = stop[0] + (step if key == Qt.Key.Key_Right else -step)
            self.change_chosen((min(max(offset, 0.0), 1.0), *stop[1:]), finished=True)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            order = sorted(range(len(self.stops)), key=lambda each: self.stops[each][0])
            place = order.index(self.index) + (1 if key == Qt.Key.Key_Up else -1)
            self.choose(order[place % len(order)])
        elif key == Qt.Key.Key_Delete and len(self.stops) > 1:
            self._take(self.stops[: self.index] + self.stops[self.index + 1 :])
            self.choose(max(0, self.index - 1))
            self.released.emit(self.stops)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wheel_wanted.emit()
        else:
            super().keyPressEvent(event)

    # what is seen

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = QRectF(EDGE - 0.5, 2.5, self.width() - 2 * EDGE + 1, STRIP)
        painter.fillRect(strip, QBrush(checkerboard(look.name)))
        painter.drawImage(strip, screen_image(strip_image(self.stops, max(2, round(strip.width())))))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(strip)
        for index in sorted(range(len(self.stops)), key=lambda each: each == self.index):
            self._draw_marker(painter, look, index)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _draw_marker(self, painter: QPainter, look: theme.Theme, index: int) -> None:
        x, top = self._x_of(self.stops[index][0]), STRIP - 1.0
        bottom = self.height() - 1.5
        house = (
            (0, 0),
            (MARKER / 2, 5),
            (MARKER / 2, bottom - top),
            (-MARKER / 2, bottom - top),
            (-MARKER / 2, 5),
        )
        shape = QPolygonF([QPointF(x + a, top + b) for a, b in house])
        own = index == self.index
        painter.setPen(QPen(look.colour("active" if own else "border"), 2 if own else 1))
        painter.setBrush(QBrush(strip_image(((0.0, *self.stops[index][1:4], 1.0),), 2).pixelColor(0, 0)))
        painter.drawPolygon(shape)


class GradientField(Retranslated, QWidget):
    """The bar, the colour of the chosen stop and a button that turns the gradient round; ``wide`` adds its opacity."""

    changed = Signal(tuple)
    released = Signal(tuple)

    def __init__(self, stops: Stops, *, wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = GradientBar(stops)
        self.swatch = SwatchButton(size=24)
        self.turn = IconButton("arrow-left-right")
        self.presets = IconButton("chevron-down")
        self.alpha = ValueSlider("", 0.0, 1.0, 1.0, unit="%", factor=100.0, decimals=0, step=0.01)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(4)
        for widget in (self.bar, self.presets, self.swatch, self.turn):
            line.addWidget(widget, 1 if widget is self.bar else 0)
        column.addLayout(line)
        column.addWidget(self.alpha)
        self.alpha.setVisible(wide)
        self.bar.changed.connect(self._moved)
        self.bar.released.connect(self.released)
        self.bar.chosen.connect(lambda _index: self._show_chosen())
        self.bar.wheel_wanted.connect(self.open_wheel)
        self.swatch.clicked.connect(self.open_wheel)
        self.turn.clicked.connect(self._reverse)
        self.presets.clicked.connect(self.open_presets)
        self.alpha.value_changed.connect(lambda value: self._set_alpha(value, finished=False))
        self.alpha.released.connect(lambda value: self._set_alpha(value, finished=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._show_chosen()
        self.retranslate()

    @property
    def stops(self) -> Stops:
        return self.bar.stops

    def set_stops(self, stops: Stops) -> None:
        """Shows other stops without telling anybody."""
        self.bar.set_stops(stops)
        self._show_chosen()

    def _stop(self) -> Stop:
        return self.bar.stops[self.bar.index]

    def _moved(self, stops: Stops) -> None:
        self._show_chosen()
        self.changed.emit(stops)

    def _show_chosen(self) -> None:
        if self.bar.index < len(self.bar.stops):
            self.swatch.set_colour(self._stop()[1:4])
            self.alpha.set_value(self._stop()[4])

    def open_wheel(self) -> WheelPopup:
        """The wheel under the swatch, for the chosen stop."""
        popup = WheelPopup(self._stop()[1:4], self)
        popup.ring.changed.connect(lambda colour: self._set_colour(colour, finished=False))
        popup.ring.released.connect(lambda colour: self._set_colour(colour, finished=True))
        popup.move(self.swatch.mapToGlobal(QPoint(0, self.swatch.height() + 4)))
        popup.show()
        popup.ring.setFocus(Qt.FocusReason.PopupFocusReason)
        return popup

    def open_presets(self) -> PresetsPopup:
        """The gradients that come with Danqing."""
        popup = PresetsPopup(self)
        popup.taken.connect(self._take_preset)
        popup.move(self.presets.mapToGlobal(QPoint(0, self.presets.height() + 4)))
        popup.show()
        popup.buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)
        return popup

    def _take_preset(self, stops: Stops) -> None:
        self.bar.set_stops(stops)
        self.bar.choose(0)
        self._moved(stops)
        self.released.emit(stops)

    def _set_colour(self, colour: Colour, *, finished: bool) -> None:
        stop = self._stop()
        self.bar.change_chosen((stop[0], *colour, stop[4]), finished=finished)

    def _set_alpha(self, alpha: float, *, finished: bool) -> None:
        self.bar.change_chosen((*self._stop()[:4], alpha), finished=finished)

    def _reverse(self) -> None:
        turned = tuple((1 - stop[0], *stop[1:]) for stop in reversed(self.bar.stops))
        self.bar.set_stops(turned)
        self._moved(turned)
        self.released.emit(turned)

    def set_title(self, title: str) -> None:
        self.bar.setAccessibleName(title)

    def retranslate(self) -> None:
        self.turn.set_name(QCoreApplication.translate("GradientBar", "Turn the gradient round"))
        self.swatch.set_name(QCoreApplication.translate("GradientBar", "Colour of the chosen stop"))
        self.presets.set_name(QCoreApplication.translate("GradientBar", "Ready-made gradients"))
        self.alpha.set_title(QCoreApplication.translate("GradientBar", "Opacity"))
        self.bar.setToolTip(
            QCoreApplication.translate(
                "GradientBar", "Press beside the stops to add one; pull one away to drop it"
            )
        )
