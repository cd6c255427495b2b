"""A field of two numbers under one hand: across and up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.value_slider import ValueSlider

SIDE = 160
EDGE, WIDE_EDGE = 8, 64
MOST = 1 << 20
SNAP = 6
TRAIL = 50
LINE = 22
RUN_MILLISECONDS = 600
OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space)


class Pad(QWidget):
    """Two signed values; 0, 0 is the middle. The manners are those of a slider.

    ``value_changed`` follows the hand, ``released`` comes once at the end of each drag, key run, wheel notch or reset, of a click when
    it is none of two; ``taken_back`` in its place where the values are again those from before the hand came. Shift
    divides the hand's speed by ten, Ctrl keeps to whole numbers, both axes snap softly to 0. Arrows move by ``step``, with
    Shift by ten, Delete goes to the middle, Space back to where the last drag began; Escape takes a drag back. The wheel moves
    up and down (with Alt across), only with focus or Ctrl. A double click, and Escape on a large one, asks for its other size
    (``spread``); a large one is painted over a picture.
    """

    value_changed = Signal(float, float)
    released = Signal(float, float)
    taken_back = Signal()
    spread = Signal()

    def __init__(
        self, low: float = -3.0, high: float = 3.0, step: float = 0.1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ranges = [(low, high), (low, high)]
        self.step = step
        self.titles = ("", "")
        self.large = False
        self._values = self._start = (0.0, 0.0)
        self._grip: tuple[QPointF, QPointF] | None = None
        self._trail: list[tuple[float, float]] = []
        self._run = 0
        self._moved = False
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def values(self) -> tuple[float, float]:
        return self._values

    def set_values(self, x: float, y: float) -> None:
        """Shows values without telling anybody; ignored while the hand holds the pad."""
        if self._grip is None and (x, y) != self._values:
            self._values = (float(x), float(y))
            self._describe()

    def set_large(self, large: bool) -> None:
        """Over a picture, as large as its parent makes it, or small in its place in a panel."""
        self.large, self._start, self._grip = large, self._values, None
        if large:
            self.setMinimumSize(0, 0)
            self.setMaximumSize(MOST, MOST)
        else:
            self.setFixedSize(SIDE, SIDE)
        self.update()

    def forget_trail(self) -> None:
        self._trail.clear()
        self.update()

    def set_axes(
        self, titles: tuple[str, str], ranges: tuple[tuple[float, float], tuple[float, float]]
    ) -> None:
        """Other directions: the trail of the last ones goes."""
        if (titles, list(ranges)) != (self.titles, self.ranges):
            self.titles, self.ranges = titles, list(ranges)
            self._trail.clear()
            self._describe()

    def _describe(self) -> None:
        parts = [
            f"{title} {paint.number(value, 1, signed=True)}"
            for title, value in zip(self.titles, self._values, strict=True)
        ]
        self.setAccessibleName(" × ".join(self.titles))
        self.setAccessibleDescription(", ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    # ── geometry ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def field(self) -> QRectF:
        """Where the handle's centre can stand."""
        edge = WIDE_EDGE if self.large else EDGE
        return QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)

    def place(self, x: float, y: float) -> QPointF:
        """Where values stand in the widget; up is more."""
        area = self.field()
        parts = []
        for value, (low, high) in zip((x, y), self.ranges, strict=True):
            parts.append(min(max((value - low) / (high - low), 0.0), 1.0))
        return QPointF(area.left() + area.width() * parts[0], area.bottom() - area.height() * parts[1])

    def at(self, place: QPointF) -> tuple[float, float]:
        area = self.field()
        across = min(max((place.x() - area.left()) / area.width(), 0.0), 1.0)
        up = min(max((area.bottom() - place.y()) / area.height(), 0.0), 1.0)
        (x_low, x_high), (y_low, y_high) = self.ranges
        return x_low + (x_high - x_low) * across, y_low + (y_high - y_low) * up

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.large:
            painter.setPen(QPen(look.colour("border" if self.isEnabled() else "line"), 1))
            painter.setBrush(look.colour("field"))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.FIELD_RADIUS, theme.FIELD_RADIUS
            )
        self._paint_lines(painter, look)
        self._paint_trail(painter, look)
        self._paint_titles(painter, look)
        self._paint_handle(painter, look)
        if self.large:
            self._paint_hint(painter)
        elif self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _paint_handle(self, painter: QPainter, look: theme.Theme) -> None:
        centre, radius = self.place(*self._values), 9 if self.large else 6
        painter.setPen(QPen(look.colour("ink_dark"), 2) if self.large else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("text" if self.isEnabled() else "disabled"))
        painter.drawEllipse(centre, radius, radius)
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.setPen(QPen(look.colour("active"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + 1, radius + 1)

    def _paint_hint(self, painter: QPainter) -> None:
        words = QCoreApplication.translate(
            "ExplorePanel", "Drag anywhere · Space: back to the start · Esc: back to the panel"
        )
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        self._chip(painter, QPointF(self.width() / 2 - width / 2, self.height() - LINE - 8), words)

    def _chip(self, painter: QPainter, corner: QPointF, words: str) -> None:
        """Words on a ground of their own, readable on any picture."""
        look = theme.current()
        area = QRectF(corner, QSizeF(painter.fontMetrics().horizontalAdvance(words) + 2, LINE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("panel"))
        painter.drawRoundedRect(area.adjusted(-8, 0, 8, 0), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.setPen(look.colour("text"))
        paint.elided(painter, area, words, Qt.AlignmentFlag.AlignHCenter)

    def _line(self, painter: QPainter, look: theme.Theme, middle: bool, start: QPointF, end: QPointF) -> None:
        """One of the field; over a picture in two tones, so that it is seen on any."""
        if not self.large:
            painter.setPen(QPen(look.colour("border" if middle else "line"), 1))
            painter.drawLine(start, end)
            return
        for token, dashes in (("ink_dark", None), ("ink_light", [4, 4])):
            ink = look.colour(token)
            ink.setAlpha(230 if middle else 110)
            pen = QPen(ink, 1)
            if dashes:
                pen.setDashPattern(dashes)
            painter.setPen(pen)
            painter.drawLine(start, end)

    def _paint_lines(self, painter: QPainter, look: theme.Theme) -> None:
        """Whole numbers as faint lines, the two middles stronger."""
        area = self.field()
        for axis, (low, high) in enumerate(self.ranges):
            for number in range(int(-(-low // 1)), int(high // 1) + 1):
                if self.large and self._grip is not None and number:
                    continue  # the picture is judged now
                where = self.place(number, 0) if axis == 0 else self.place(0, number)
                start = QPointF(where.x(), area.top()) if axis == 0 else QPointF(area.left(), where.y())
                end = QPointF(where.x(), area.bottom()) if axis == 0 else QPointF(area.right(), where.y())
                self._line(painter, look, number == 0, start, end)

    def _paint_trail(self, painter: QPainter, look: theme.Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        shade = look.colour("active")
        for index, values in enumerate(self._trail):
            shade.setAlpha(40 + 160 * index // max(len(self._trail), 1))
            painter.setBrush(shade)
            painter.drawEllipse(self.place(*values), 3 if self.large else 1.5, 3 if self.large else 1.5)

    def _paint_titles(self, painter: QPainter, look: theme.Theme) -> None:
        """The names at the ends of the axes to which more leads."""
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("secondary" if self.isEnabled() else "disabled"))
        area = self.field()
        if self.large:
            width = painter.fontMetrics().horizontalAdvance(self.titles[0])
            self._chip(painter, QPointF(area.right() - width, area.center().y() + 8), self.titles[0])
            self._chip(painter, QPointF(area.center().x() + 16, area.top()), self.titles[1])
            return
        across = QRectF(area.center().x() + 2, area.center().y(), area.width() / 2 - 2, 18)
        paint.elided(painter, across, self.titles[0], Qt.AlignmentFlag.AlignRight)
        up = QRectF(area.center().x() + 4, area.top() - 2, area.width() / 2 - 4, 18)
        paint.elided(painter, up, self.titles[1], Qt.AlignmentFlag.AlignLeft)

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        handle, here = self.place(*self._values), event.position()
        near = (handle - here).manhattanLength() <= 12
        self._end_run()
        self._start, self._moved = self._values, False
        self._grip = (here, handle if near else here)
        if not near:
            self._take(self._stepped(self.at(here), event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        self._moved = True
        pressed, start = self._grip
        way = event.position() - pressed
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._take(self._rounded(self.at(start + way / 10), self.step / 10))
            return
        values = self.at(start + way)
        place, middle = self.place(*values), self.place(0, 0)
        x = 0.0 if abs(place.x() - middle.x()) <= SNAP else values[0]
        y = 0.0 if abs(place.y() - middle.y()) <= SNAP else values[1]
        self._take(self._stepped((x, y), event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            if self._moved:
                self.released.emit(*self._values)
            else:
                self._begin_run(QApplication.doubleClickInterval())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if self._run:  # the first click has led somewhere
                self._stop_run()
                self._take_back()
            self.spread.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not (self.hasFocus() or control):
            event.ignore()  # the panel scrolls
            return
        fine = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        turn = event.angleDelta()
        size = self.step * fine / 120
        x, y = self._values
        self._take((x + turn.x() * size, y + turn.y() * size), finished=True)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        size = self.step * (10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0)
        moves = {keys.Key_Left: (-1, 0), keys.Key_Right: (1, 0), keys.Key_Down: (0, -1), keys.Key_Up: (0, 1)}
        key = Qt.Key(event.key())
        if key in moves:
            across, up = moves[key]
            x, y = self._values
            self._take(self._rounded((x + across * size, y + up * size), self.step))
            self._begin_run(RUN_MILLISECONDS)
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self._take((0.0, 0.0), finished=True)
        elif key == keys.Key_Escape and self._grip is not None:
            self._take_back()
        elif key == keys.Key_Escape and self.large:
            self.spread.emit()
        elif key != keys.Key_Space:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._grip = None
                self._end_run()
                self._take(self._start, finished=True)
        else:
            super().keyReleaseEvent(event)

    def _take_back(self) -> None:
        self._grip = None
        self._take(self._start)
        self.taken_back.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in OWN_KEYS:  # type: ignore[attr-defined]
                event.accept()
        elif event.type() == QEvent.Type.FocusOut:
            self._end_run()
        return super().event(event)

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def _take(self, values: tuple[float, float], finished: bool = False) -> None:
        (x_low, x_high), (y_low, y_high) = self.ranges
        new = (min(max(values[0], x_low), x_high), min(max(values[1], y_low), y_high))
        if new != self._values:
            self._values = new
            self._trail = [*self._trail[1 - TRAIL :], new]
            self._describe()
            self.value_changed.emit(*new)
        if finished:
            self.released.emit(*new)

    def _begin_run(self, milliseconds: int) -> None:
        # A run of keys within 600 ms is one undo step; a click may be the first of two.
        self._stop_run()
        self._run = self.startTimer(milliseconds)

    def timerEvent(self, event) -> None:
        self._end_run()

    def _end_run(self) -> None:
        if self._run:
            self._stop_run()
            self.released.emit(*self._values)

    def _stop_run(self) -> None:
        if self._run:
            self.killTimer(self._run)
            self._run = 0

    def _stepped(self, values: tuple[float, float], modifiers: Qt.KeyboardModifier) -> tuple[float, float]:
        whole = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        return self._rounded(values, 1.0 if whole else self.step)

    def _rounded(self, values: tuple[float, float], size: float) -> tuple[float, float]:
        x, y = (round(round(value / size) * size, 10) for value in values)
        return x, y


class AxisValue(ValueSlider):
    """The name of a pad's axis, and under it the value: a click on the name resets, a double click on the value types."""

    def sizeHint(self) -> QSize:
        return QSize(72, 2 * LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(56, 2 * LINE)

    def value_rect(self) -> QRectF:
        return QRectF(0, LINE, self.width(), LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("text" if self.isEnabled() else "disabled"))
        paint.elided(painter, QRectF(0, 0, self.width(), LINE), self.title, Qt.AlignmentFlag.AlignLeft)
        if self.value() == 0 or not self.isEnabled():
            painter.setPen(look.colour("secondary" if self.isEnabled() else "disabled"))
        paint.elided(painter, self.value_rect(), self.text(), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() < LINE:
            self.take(self.default, finished=True)
            self.reset.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """There is no track to drag on."""
