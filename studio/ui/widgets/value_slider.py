"""The slider of every panel: name, track, value in one row."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.labels import TellsCutWords

HANDLE = 6
SNAP = 6
GAP = 8
DOT = 2.5


class ValueSlider(TellsCutWords, QWidget):
    """A number that is dragged, typed or stepped.

    ``value_changed`` follows the hand, ``released`` comes once at the end of each drag, key run, typed value or reset:
    the place for the undo step. Shift divides the hand's speed by ten, Ctrl keeps to whole ``step``s, a double click on the
    value types it, a click on the name resets it, F2 or a digit types, Escape during a drag takes it back. A signed slider has a tick at 0 and snaps softly to it. The wheel
    changes the value only with focus or Ctrl.
    """

    value_changed = Signal(float)
    released = Signal(float)
    reset = Signal()

    def __init__(
        self,
        title: str = "",
        low: float = 0.0,
        high: float = 1.0,
        value: float | None = None,
        *,
        default: float | None = None,
        hard_high: float | None = None,
        step: float | None = None,
        decimals: int | None = None,
        unit: str = "",
        factor: float = 1.0,
        signed: bool | None = None,
        curve: float = 1.0,
        label_width: int = theme.LABEL_WIDTH,
        value_width: int = theme.VALUE_WIDTH,
        track_width: int = theme.TRACK_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        """``low``–``high`` is the track, ``hard_high`` what may be typed beyond it. ``factor`` scales what is shown (100 with
        unit “%” for fractions). ``curve`` above 1 gives small values more of the track. ``label_width`` 0 fits the name."""
        super().__init__(parent)
        self.low, self.high = float(low), float(high)
        self.hard_high = float(hard_high) if hard_high is not None else self.high
        self.signed = low < 0 < high if signed is None else signed
        start = value if value is not None else default
        self._value = float(start if start is not None else (0.0 if self.signed else low))
        self.default = float(default) if default is not None else self._value
        self.step = step or _natural_step((high - low) * factor) / factor
        self.decimals = _decimals(self.step * factor) if decimals is None else decimals
        self.unit, self.factor, self.curve = unit, factor, curve
        self.usual_label = self._label_width = label_width
        self._value_width, self._track_width = value_width, track_width
        self._grip: tuple[float, float] | None = None
        self._before = self._value
        self._editor: QLineEdit | None = None
        self._hovered = False
        self._marked = False
        self._run = 0
        self._prepare()
        self.set_title(title)

    def _prepare(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Shows ``value`` without telling anybody; ignored while the hand holds the slider."""
        if self._grip is None and value != self._value:
            self._value = float(value)
            self._describe()

    def set_range(self, low: float, high: float, hard_high: float | None = None) -> None:
        self.low, self.high = float(low), float(high)
        self.hard_high = float(hard_high) if hard_high is not None else self.high
        self.update()

    def set_title(self, title: str) -> None:
        self.title = title
        self.setAccessibleName(title)
        self.updateGeometry()
        self._describe()

    def set_marked(self, marked: bool) -> None:
        """A small dot behind the name: its tip has more to say."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    @property
    def marked(self) -> bool:
        return self._marked

    def text(self) -> str:
        """The value as it is written."""
        return paint.number(self._value * self.factor, self.decimals, self.signed, self.unit)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.text())
        self.update()

    # ── geometry ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def sizeHint(self) -> QSize:
        return QSize(self.width_with(self._track_width), theme.ROW)

    def width_with(self, track: int) -> int:
        """Pixels that it needs with a track of this length."""
        return self._label() + track + GAP + self._value_width

    def set_track_width(self, track: int) -> None:
        if track != self._track_width:
            self._track_width = track
            self.updateGeometry()

    def fit_values(self) -> None:
        """Gives the value as much room as its longest one needs."""
        metrics = QFontMetrics(self.font())
        ends = (self.low, self.high, self.hard_high)
        texts = (paint.number(end * self.factor, self.decimals, self.signed, self.unit) for end in ends)
        self._value_width = max(metrics.horizontalAdvance(text) for text in texts) + 4
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label() + min(self._track_width, 64) + GAP + self._value_width, theme.ROW)

    def _label(self) -> int:
        return self._label_width or self.label_needed() if self.title else 0

    def label_needed(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.title) + GAP + 2

    def set_label_width(self, width: int) -> None:
        self._label_width = width
        self.updateGeometry()
        self.update()

    def cut_words(self) -> str:
        return self.title if self._label_width and self.label_needed() > self._label_width + GAP else ""

    def track(self) -> QRectF:
        """The line along which the handle's centre moves."""
        left = self._label() + HANDLE
        return QRectF(
            left, self.height() / 2 - 2, max(8, self.width() - left - HANDLE - GAP - self._value_width), 4
        )

    def value_rect(self) -> QRectF:
        return QRectF(self.width() - self._value_width, 0, self._value_width, self.height())

    def _place(self, value: float) -> float:
        span = self.high - self.low
        part = min(max((value - self.low) / span, 0.0), 1.0) if span else 0.0
        return self.track().left() + self.track().width() * part ** (1 / self.curve)

    def _at(self, x: float) -> float:
        part = min(max((x - self.track().left()) / self.track().width(), 0.0), 1.0)
        return self.low + (self.high - self.low) * part**self.curve

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = look.colour("text" if self.isEnabled() else "disabled")
        if self.title:
            painter.setPen(text)
            width = self._label() - (GAP if not self._label_width else 4)
            width -= 4 * DOT if self._marked else 0
            paint.elided(painter, QRectF(0, 0, width, self.height()), self.title, Qt.AlignmentFlag.AlignLeft)
            if self._marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("secondary" if self.isEnabled() else "disabled"))
                named = min(QFontMetrics(self.font()).horizontalAdvance(self.title), width)
                painter.drawEllipse(QPointF(named + 2.5 * DOT, self.height() / 2), DOT, DOT)
        self._paint_track(painter, look)
        neutral = self.signed and float(f"{self._value * self.factor:.{self.decimals}f}") == 0
        painter.setPen(look.colour("secondary") if neutral and self.isEnabled() else text)
        paint.elided(painter, self.value_rect(), self.text(), Qt.AlignmentFlag.AlignRight)

    def _paint_track(self, painter: QPainter, look: theme.Theme) -> None:
        track, place = self.track(), self._place(self._value)
        painter.setPen(QPen(look.colour("border" if self.isEnabled() else "line"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRoundedRect(track.adjusted(-2, 0.5, 2, -0.5), 2, 2)
        start = self._place(0.0) if self.signed else track.left() - 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("active" if self.isEnabled() else "line"))
        painter.drawRoundedRect(QRectF(min(start, place), track.top(), abs(place - start), 4), 2, 2)
        if self.signed:
            painter.setBrush(look.colour("border"))
            painter.drawRect(QRectF(start - 0.5, track.center().y() - 5, 1, 10))
        painter.setBrush(look.colour("text" if self.isEnabled() else "disabled"))
        centre = QPointF(place, track.center().y())
        painter.drawEllipse(centre, HANDLE, HANDLE)
        if self.hasFocus() or (self._hovered and self.isEnabled()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("active"), 2))
            painter.drawEllipse(centre, HANDLE + 1, HANDLE + 1)

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        if self.title and x < self._label() - 2:
            self.take(self.default, finished=True)
            self.reset.emit()
        elif x < self.value_rect().left():
            self._before = self._value
            near = abs(x - self._place(self._value)) <= HANDLE + 4
            self._grip = (x, self._value)
            if not near:
                self._grip = (x, self._at(x))
                self.take(self._stepped(self._at(x), event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        x, start = self._grip
        moved = event.position().x() - x
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.take(self._rounded(self._at(self._place(start) + moved / 10), self.step / 10))
            return
        value = self._at(self._place(start) + moved)
        if self.signed and abs(self._place(value) - self._place(0.0)) <= SNAP:
            value = 0.0
        self.take(self._stepped(value, event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            self.released.emit(self._value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.value_rect().contains(event.position()):
            self.type_value()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not (self.hasFocus() or control):
            event.ignore()  # the panel scrolls
            return
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120
        fine = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        self.take(self._value + notches * self.step * fine, finished=True)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        size = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        moves = {
            keys.Key_Left: -1,
            keys.Key_Down: -1,
            keys.Key_Right: 1,
            keys.Key_Up: 1,
            keys.Key_PageUp: 10,
            keys.Key_PageDown: -10,
        }
        key = Qt.Key(event.key())
        if key in moves:
            self._nudge(self._value + moves[key] * size * self.step)
        elif key in (keys.Key_Home, keys.Key_End):
            self._nudge(self.low if key == keys.Key_Home else self.high)
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self.take(self.default, finished=True)
            self.reset.emit()
        elif key == keys.Key_Escape and self._grip is not None:
            self._grip = None
            self.take(self._before, finished=True)
        elif key == keys.Key_F2:
            self.type_value()
        elif event.text() and event.text() in "0123456789+-.":
            self.type_value(event.text())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.Enter):
            self._hovered = True
            self.update()
        elif event.type() in (QEvent.Type.HoverLeave, QEvent.Type.Leave, QEvent.Type.ContextMenu):
            self._hovered = False
            self.update()
        elif event.type() == QEvent.Type.ShortcutOverride:
            self._keep_own_keys(event)  # type: ignore[arg-type]
        elif event.type() == QEvent.Type.FocusOut:
            self._end_run()
        return super().event(event)

    def _keep_own_keys(self, event: QKeyEvent) -> None:
        if (event.text() and event.text() in "0123456789+-.") or event.key() in (
            Qt.Key.Key_Delete,
            Qt.Key.Key_Backspace,
        ):
            event.accept()

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def take(self, value: float, finished: bool = False) -> None:
        """Sets the value as if by hand: kept inside the range, told to whoever listens."""
        value = min(max(value, self.low), self.hard_high)
        if value != self._value:
            self._value = value
            self._describe()
            self.value_changed.emit(value)
        if finished:
            self.released.emit(value)

    def _nudge(self, value: float) -> None:
        # A run of keys within 600 ms is one undo step.
        self.take(self._rounded(min(value, self.high), self.step))
        if self._run:
            self.killTimer(self._run)
        self._run = self.startTimer(600)

    def timerEvent(self, event) -> None:
        self._end_run()

    def _end_run(self) -> None:
        if self._run:
            self.killTimer(self._run)
            self._run = 0
            self.released.emit(self._value)

    def _stepped(self, value: float, modifiers: Qt.KeyboardModifier) -> float:
        whole = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        size = max(self.step * 10, 1 / self.factor) if whole else self.step
        return self._rounded(value, size)

    def _rounded(self, value: float, size: float) -> float:
        return round(round(value / size) * size, 10)

    # ── typing ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def type_value(self, first: str = "") -> None:
        """Opens the field over the value."""
        self._end_run()
        editor = QLineEdit(first or self.text().removesuffix(self.unit).strip(), self)
        editor.setAccessibleName(self.title)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        width, area = max(self._value_width, 56), self.value_rect().toRect()
        editor.setGeometry(area.right() + 1 - width, area.top() + 1, width, area.height() - 2)
        editor.editingFinished.connect(lambda: self._typed(editor))
        editor.installEventFilter(self)
        editor.show()
        editor.setFocus()
        if not first:
            editor.selectAll()
        self._editor = editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
                self._close_editor()
                # In the window Esc goes on and gives the keyboard to the canvas; it must not close a dialog as well.
                return isinstance(self.window(), QDialog)
        return False

    def _typed(self, editor: QLineEdit) -> None:
        if editor is not self._editor:
            return
        value = paint.parsed(editor.text())
        self._close_editor()
        if value is not None:
            self.take(value / self.factor, finished=True)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self.setFocus()


def _natural_step(span: float) -> float:
    return 10.0 ** math.floor(math.log10(span / 30)) if span > 0 else 1.0


def _decimals(step: float) -> int:
    return max(0, min(4, math.ceil(-math.log10(step) - 1e-9))) if step > 0 else 0
