"""Buttons: icon alone, and the one primary button with its progress."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui import icons, theme
from studio.ui.screen_colours import screen_colour
from studio.ui.widgets import paint


class IconButton(QAbstractButton):
    """An icon of 20 px on a target of 28 px (16 on 24 when ``small``); checkable where it shows a state."""

    held = Signal()
    """Emitted on a right click: the button's menu, if it has one, is wanted."""

    def __init__(
        self,
        icon: str,
        name: str = "",
        shortcut: str = "",
        *,
        small: bool = False,
        checkable: bool = False,
        checked_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon_name, self.checked_icon = icon, checked_icon
        self.icon_size, target = (16, 24) if small else (20, 28)
        self.setFixedSize(target, target)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_name(name, shortcut)

    def set_name(self, name: str, shortcut: str = "") -> None:
        """The words of tooltip and screen reader, with the shortcut behind them."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)

    def set_icon(self, icon: str) -> None:
        if icon != self.icon_name:
            self.icon_name = icon
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        fill = (
            "pressed"
            if self.isDown()
            else "selection"
            if self.isChecked()
            else "hover"
            if self.underMouse()
            else ""
        )
        if fill and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(fill))
            painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        name = self.checked_icon if self.isChecked() and self.checked_icon else self.icon_name
        token = "text" if self.isEnabled() else "disabled"
        image = icons.pixmap(name, self.icon_size, token, self.devicePixelRatioF())
        edge = (self.width() - self.icon_size) // 2
        painter.drawPixmap(edge, (self.height() - self.icon_size) // 2, image)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.held.emit()
            event.accept()
        else:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return self.size()


class PrimaryButton(QAbstractButton):
    """The one cinnabar button of a panel; while it works, its progress runs inside it.

    ``primary`` False shows it quiet (a press would not be the point now, or it says Stop).
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: float | None = None
        self._primary = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str, shortcut: str = "", explanation: str = "") -> None:
        self.setText(text)
        self.setAccessibleName(text)
        tip = f"{text} ({shortcut})" if shortcut else text
        self.setToolTip(f"{tip}\n{explanation}" if explanation else tip)
        self.updateGeometry()

    def set_primary(self, primary: bool) -> None:
        self._primary = primary
        self.update()

    def set_progress(self, part: float | None) -> None:
        """``part`` from 0 to 1, or None while nothing runs."""
        self._progress = part
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        red = self._primary and self.isEnabled()
        states = ("primary_pressed", "primary_hover", "primary") if red else ("pressed", "hover", "raised")
        fill = (
            states[0] if self.isDown() else states[1] if self.underMouse() and self.isEnabled() else states[2]
        )
        shape = QPainterPath()
        shape.addRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.fillPath(shape, look.colour(fill))
        if self._progress is not None:
            self._paint_progress(painter, look, shape, area)
        painter.setFont(theme.text_font(semibold=True))
        painter.setPen(look.colour("on_fill" if red else "text" if self.isEnabled() else "disabled"))
        paint.elided(painter, area.adjusted(8, 0, -8, 0), self.text(), Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_progress(
        self, painter: QPainter, look: theme.Theme, shape: QPainterPath, area: QRectF
    ) -> None:
        painter.save()
        painter.setClipPath(shape)
        bar = QRectF(0, area.height() - 4, area.width() * min(max(self._progress or 0.0, 0.0), 1.0), 4)
        painter.fillRect(bar, look.colour("on_fill" if self._primary and self.isEnabled() else "active"))
        painter.restore()


class SwatchButton(QAbstractButton):
    """A square of one colour, edged light and dark so that it shows on any ground."""

    def __init__(self, name: str = "", size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = (0.0, 0.0, 0.0)
        self.setFixedSize(size, size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_name(name)

    def set_name(self, name: str, shortcut: str = "") -> None:
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)

    def colour(self) -> tuple[float, float, float]:
        return self._colour

    def set_colour(self, colour: tuple[float, float, float]) -> None:
        """Shows a colour given as encoded sRGB, each part 0–1."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, look.colour("border"))
        painter.fillRect(area.adjusted(1, 1, -1, -1), look.colour("panel"))
        painter.fillRect(area.adjusted(2, 2, -2, -2), screen_colour(self._colour))
        if self.hasFocus():
            paint.focus_ring(painter, area, 0)
