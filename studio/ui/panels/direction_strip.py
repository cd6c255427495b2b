"""Five small pictures beside a slider under the pointer: what it would do, from its one end to the other."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from studio.messages.models import Slider
from studio.messages.requests import Generate
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.widgets import paint
from studio.ui.widgets.picture_strip import image_of_rgb
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

OWNER = "strip"
AFTER_MILLISECONDS = 150
COUNT = 5
PICTURE, SPACE, EDGE, WORDS = 64, 4, 8, 18
AWAY = (
    QEvent.Type.MouseButtonPress, QEvent.Type.Hide, QEvent.Type.EnabledChange, QEvent.Type.WindowDeactivate,
)  # fmt: skip
TIP_BELOW = 14
"""Pixels by which Qt puts a tip further down than it is told to."""


def amounts(direction: Slider) -> tuple[float, ...]:
    """Evenly from one end to the other, as the artist sees them."""
    low, high = direction.ends
    step = (high - low) / (COUNT - 1)
    return tuple(round(low + step * index, 4) for index in range(COUNT))


class DirectionStrip(QWidget):
    """Follows the sliders that are offered to it. It never takes the keyboard; a click on a picture goes there."""

    chosen = Signal(str, float)

    def __init__(self, studio: Studio, owner: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(owner, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFixedSize(2 * EDGE + COUNT * PICTURE + (COUNT - 1) * SPACE, 2 * EDGE + PICTURE + WORDS)
        self.setMouseTracking(True)
        self._studio = studio
        self._slider: ValueSlider | None = None
        self._directions: dict[QObject, Slider] = {}
        self._over = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MILLISECONDS)
        self._timer.timeout.connect(self.open)
        bind(self, studio.exploring.quick.arrived, self.update)
        bind(self, studio.generating.changed, self._ask_again)

    def offer(self, slider: ValueSlider, direction: Slider) -> None:
        """Pictures of ``direction`` are shown while the pointer rests on ``slider``."""
        self._directions[slider] = direction
        slider.installEventFilter(self)
        slider.destroyed.connect(self._forget)

    def _forget(self, slider: QObject) -> None:
        self._directions.pop(slider, None)

    @property
    def direction(self) -> Slider | None:
        return self._directions.get(self._slider) if self._slider is not None else None

    # ── when it is seen ──────────────────────────────────────────────────────────────────────────────────────────────
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Enter and isinstance(watched, ValueSlider):
            self.begin(watched)
        elif kind == QEvent.Type.Leave and watched is self._slider and not self._holds(QCursor.pos()):
            self.leave()
        elif kind in AWAY:
            if watched is self._slider:
                self.leave()
        elif (
            kind == QEvent.Type.ToolTip
            and self.isVisible()
            and self._slider is not None
            and watched is self._slider
        ):
            below = self.geometry().bottomLeft() - QPoint(2, TIP_BELOW)  # the pictures stay seen
            QToolTip.showText(below, self._slider.toolTip(), self._slider)
            return True
        return False

    def begin(self, slider: ValueSlider) -> None:
        """The pointer has come onto a slider."""
        if slider is self._slider and self.isVisible():
            return
        self.leave()
        if slider in self._directions and slider.isEnabled() and self._studio.engine is not None:
            self._slider = slider
            self._timer.start()

    def open(self) -> None:
        """It has rested there: the pictures are asked for and shown as they come."""
        slider, document = self._slider, self._document()
        if slider is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if document is not None and document.gesture_open:
            return
        self.move(self._beside(slider))
        self._over = -1
        self._ask_again()
        self.show()

    def leave(self) -> None:
        """The pointer is gone: nothing is shown and nothing made any more."""
        self._timer.stop()
        self._studio.exploring.quick.stop(OWNER)
        self._slider = None
        self.hide()

    def _document(self):
        return self._studio.current.document if self._studio.current is not None else None

    def _holds(self, place: QPoint) -> bool:
        return self.isVisible() and self.geometry().contains(place)

    def _beside(self, slider: ValueSlider) -> QPoint:
        """Left of the slider and touching it, so that the pointer gets there; else right of it; never off the screen."""
        corner = slider.mapToGlobal(QPoint(0, 0))
        screen = slider.screen().availableGeometry()
        left = corner.x() - self.width() + 1
        if left < screen.left():
            left = corner.x() + slider.width() - 1
        left = min(left, screen.right() + 1 - self.width())
        top = corner.y() + (slider.height() - self.height()) // 2
        return QPoint(left, min(max(top, screen.top()), screen.bottom() + 1 - self.height()))

    # ── the pictures ─────────────────────────────────────────────────────────────────────────────────────────────────
    def requests(self) -> tuple[Generate, ...]:
        """What it shows: the panel's values with the direction at each of its amounts."""
        direction, exploring = self.direction, self._studio.exploring
        if direction is None or self._studio.generating.model is None:
            return ()
        now = exploring.state
        states = [
            msgspec.structs.replace(now, sliders={**now.sliders, direction.name: direction.seen(amount)})
            for amount in amounts(direction)
        ]
        return tuple(exploring.small(state) for state in states)

    def _ask_again(self, *_: object) -> None:
        if self._slider is not None and not self._timer.isActive():
            self._studio.exploring.quick.want(OWNER, self.requests())
            self.update()

    def rect_of(self, index: int) -> QRectF:
        return QRectF(EDGE + index * (PICTURE + SPACE), EDGE, PICTURE, PICTURE)

    def _index_at(self, x: float) -> int:
        found = (
            index
            for index in range(COUNT)
            if self.rect_of(index).left() - 2 <= x < self.rect_of(index).right() + 2
        )
        return next(found, -1)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, direction = theme.current(), self.direction
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.colour("raised"))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if direction is None or self._slider is None:
            return
        values, now = amounts(direction), self._slider.value()
        nearest = min(range(COUNT), key=lambda index: abs(values[index] - now))
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        for index, request in enumerate(self.requests()):
            area = self.rect_of(index)
            pixels = self._studio.exploring.quick.of(request)
            painter.fillRect(area, look.colour("field"))
            if pixels is not None:
                painter.drawImage(area, image_of_rgb(pixels))
            if index in (self._over, nearest):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("active" if index == nearest else "text"), 2))
                painter.drawRect(area.adjusted(-1, -1, 1, 1))
            painter.setPen(look.colour("text" if index == nearest else "secondary"))
            words = QRectF(area.left(), area.bottom() + 2, area.width(), WORDS)
            paint.elided(painter, words, paint.number(values[index], 1, True), Qt.AlignmentFlag.AlignHCenter)

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._index_at(event.position().x())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, direction = self._index_at(event.position().x()), self.direction
        if index >= 0 and direction is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(direction.name, amounts(direction)[index])

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        slider = self._slider
        if slider is None or not slider.rect().contains(slider.mapFromGlobal(QCursor.pos())):
            self.leave()
