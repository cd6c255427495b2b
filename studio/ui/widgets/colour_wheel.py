"""The colour wheel: a ring of hues around a square of saturation and value, with the hexadecimal field."""

from __future__ import annotations

import colorsys
import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QConicalGradient,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)  # fmt: skip
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.screen_colours import screen_image, table
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton, SwatchButton

Colour = tuple[float, float, float]
RING = 18


class HueRing(QWidget):
    """Ring and square. ``changed`` follows the hand, ``released`` comes at its end; colours are encoded sRGB 0–1.

    Arrow keys move in the square, with Shift by 10 %; Page Up and Page Down turn the hue.
    """

    changed = Signal(tuple)
    released = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hue, self._saturation, self._value = 0.0, 0.0, 0.0
        self._grip = ""
        self._cache: tuple[object, QPixmap] | None = None
        self.setMinimumSize(120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def colour(self) -> Colour:
        return colorsys.hsv_to_rgb(self._hue, self._saturation, self._value)

    def set_colour(self, colour: Colour) -> None:
        """Shows a colour; a grey keeps the hue that was chosen."""
        if self._grip or _close(colour, self.colour()):
            return
        hue, saturation, self._value = colorsys.rgb_to_hsv(*colour)
        if saturation > 0 and self._value > 0:
            self._hue = hue
        if self._value > 0:
            self._saturation = saturation
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(196, 196)

    def _side(self) -> float:
        return float(min(self.width(), self.height())) - 4

    def _square(self) -> QRectF:
        half = (self._side() / 2 - RING - 4) / math.sqrt(2)
        centre = QPointF(self.width() / 2, self.height() / 2)
        return QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        key = (self.size(), self.devicePixelRatioF(), round(self._hue, 4), theme.current().name, table())
        if self._cache is None or self._cache[0] != key:
            self._cache = (key, self._ground())
        painter.drawPixmap(0, 0, self._cache[1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = self._square()
        angle, radius = self._hue * math.tau, self._side() / 2 - RING / 2
        centre = square.center()
        _mark(painter, QPointF(centre.x() + radius * math.cos(angle), centre.y() - radius * math.sin(angle)))
        place = QPointF(
            square.left() + self._saturation * square.width(), square.bottom() - self._value * square.height()
        )
        _mark(painter, place)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _ground(self) -> QPixmap:
        image = QImage(self.size() * self.devicePixelRatioF(), QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = self._square()
        ring = QConicalGradient(square.center(), 0)
        for step in range(13):
            ring.setColorAt(step / 12, QColor.fromHsvF(step / 12 % 1.0, 1, 1))
        radius = self._side() / 2 - RING / 2
        painter.setPen(QPen(ring, RING))
        painter.drawEllipse(square.center(), radius, radius)
        across = QLinearGradient(square.topLeft(), square.topRight())
        across.setColorAt(0, QColor.fromHsvF(0, 0, 1))
        across.setColorAt(1, QColor.fromHsvF(self._hue % 1.0, 1, 1))
        painter.fillRect(square, across)
        down = QLinearGradient(square.topLeft(), square.bottomLeft())
        black = QColor.fromRgbF(0, 0, 0, 0)
        down.setColorAt(0, black)
        black.setAlphaF(1)
        down.setColorAt(1, black)
        painter.fillRect(square, down)
        painter.end()
        return QPixmap.fromImage(screen_image(image))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        square, place = self._square(), event.position()
        away = math.hypot(place.x() - square.center().x(), place.y() - square.center().y())
        inside = square.adjusted(-4, -4, 4, 4).contains(place)
        self._grip = "square" if inside else "ring" if abs(away - self._side() / 2 + RING / 2) <= RING else ""
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        square, place = self._square(), event.position()
        if self._grip == "ring":
            angle = math.atan2(square.center().y() - place.y(), place.x() - square.center().x())
            self._take(angle / math.tau % 1.0, self._saturation, self._value)
        elif self._grip == "square":
            saturation = (place.x() - square.left()) / square.width()
            self._take(self._hue, saturation, (square.bottom() - place.y()) / square.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip:
            self._grip = ""
            self.released.emit(self.colour())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        size = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        moves = {
            Qt.Key.Key_Left: (0, -size, 0), Qt.Key.Key_Right: (0, size, 0), Qt.Key.Key_Up: (0, 0, size),
            Qt.Key.Key_Down: (0, 0, -size), Qt.Key.Key_PageUp: (size / 2, 0, 0), Qt.Key.Key_PageDown: (-size / 2, 0, 0),
        }  # fmt: skip
        if move := moves.get(Qt.Key(event.key())):
            self._take((self._hue + move[0]) % 1.0, self._saturation + move[1], self._value + move[2])
            self.released.emit(self.colour())
        else:
            super().keyPressEvent(event)

    def _take(self, hue: float, saturation: float, value: float) -> None:
        self._hue, self._saturation, self._value = (
            hue,
            min(max(saturation, 0.0), 1.0),
            min(max(value, 0.0), 1.0),
        )
        self.update()
        self.changed.emit(self.colour())


class ColourWheel(Retranslated, QWidget):
    """Ring and square, foreground and background swatches with swap and reset, hexadecimal field.

    ``colour_changed`` follows the hand with the new foreground, ``colour_released`` comes at its end. Swapping and
    resetting are asked for by ``swap_wanted`` and ``reset_wanted``; whoever owns the colours answers by the setters.
    """

    colour_changed = Signal(tuple)
    colour_released = Signal(tuple)
    swap_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = HueRing()
        self.foreground, self.background = SwatchButton(), SwatchButton()
        self.swap, self.reset = IconButton("arrow-left-right"), IconButton("rotate-ccw")
        self.field = QLineEdit()
        self.field.setMaxLength(7)
        self.field.setFixedWidth(80)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        for place, widget in enumerate((self.foreground, self.background, self.swap, self.reset)):
            self._grid.addWidget(widget, 0, place)
        self._grid.setColumnStretch(4, 1)
        self.set_upright(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.ring, 1)
        column.addLayout(self._grid)
        self.ring.changed.connect(self._moved)
        self.ring.released.connect(self.colour_released)
        self.field.editingFinished.connect(self._typed)
        self.background.clicked.connect(self.swap_wanted)
        self.swap.clicked.connect(self.swap_wanted)
        self.reset.clicked.connect(self.reset_wanted)
        self.set_colour((0.0, 0.0, 0.0))
        self.set_background((1.0, 1.0, 1.0))
        self.retranslate()

    def set_upright(self, upright: bool) -> None:
        """Whether the field stands under the swatches instead of beside them."""
        self._grid.removeWidget(self.field)
        self._grid.addWidget(self.field, *((1, 0, 1, 4) if upright else (0, 5)))

    def colour(self) -> Colour:
        return self.foreground.colour()

    def set_colour(self, colour: Colour) -> None:
        self.foreground.set_colour(colour)
        self.ring.set_colour(colour)
        if not self.field.hasFocus():
            self.field.setText(hexadecimal(colour))

    def set_background(self, colour: Colour) -> None:
        self.background.set_colour(colour)

    def _moved(self, colour: Colour) -> None:
        self.foreground.set_colour(colour)
        self.field.setText(hexadecimal(colour))
        self.colour_changed.emit(colour)

    def _typed(self) -> None:
        colour = from_hexadecimal(self.field.text())
        if colour is None or _close(colour, self.colour()):
            self.field.setText(hexadecimal(self.colour()))
            return
        self.field.setText(hexadecimal(colour))
        self.foreground.set_colour(colour)
        self.ring.set_colour(colour)
        self.colour_changed.emit(colour)
        self.colour_released.emit(colour)

    def retranslate(self) -> None:
        self.ring.setAccessibleName(QCoreApplication.translate("ColourWheel", "Colour wheel"))
        self.foreground.set_name(QCoreApplication.translate("ColourWheel", "Foreground colour"))
        self.background.set_name(QCoreApplication.translate("ColourWheel", "Background colour"))
        self.swap.set_name(QCoreApplication.translate("ColourWheel", "Swap colours"), "X")
        self.reset.set_name(QCoreApplication.translate("ColourWheel", "Reset colours"), "D")
        self.field.setAccessibleName(
            QCoreApplication.translate("ColourWheel", "Colour as hexadecimal number")
        )
        for control in (self.ring, self.field):
            control.setToolTip(control.accessibleName())


def hexadecimal(colour: Colour) -> str:
    """``#RRGGBB`` of encoded sRGB parts 0–1."""
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02X}" for part in colour)


def from_hexadecimal(text: str) -> Colour | None:
    """The colour of ``#RGB`` or ``#RRGGBB`` (the # may be missing), or None."""
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        parts = bytes.fromhex(digits)
    except ValueError:
        return None
    return (parts[0] / 255, parts[1] / 255, parts[2] / 255) if len(parts) == 3 else None


def _close(first: Colour, second: Colour) -> bool:
    return all(abs(a - b) < 1 / 1024 for a, b in zip(first, second, strict=True))


def _mark(painter: QPainter, place: QPointF) -> None:
    look = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("ink_dark"), 1))
    painter.drawEllipse(place, 6, 6)
    painter.setPen(QPen(look.colour("ink_light"), 2))
    painter.drawEllipse(place, 4.5, 4.5)
