"""A line that opens a paragraph below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui import icons, theme
from studio.ui.widgets import paint


class FoldLine(QAbstractButton):
    """An arrow and a title; checked while what it heads is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 28, theme.ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, area = theme.current(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        arrow = "chevron-down" if self.isChecked() else "chevron-right"
        painter.drawPixmap(2, 6, icons.pixmap(arrow, 16, "secondary", self.devicePixelRatioF()))
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("secondary"))
        paint.elided(painter, area.adjusted(22, 0, -4, 0), self.text(), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, area)


class Fold(QWidget):
    """Closed at first. ``toggled``: it takes more or less room now."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = FoldLine()
        self.paragraph = QLabel()
        self.paragraph.setWordWrap(True)
        self.paragraph.setProperty("quiet", True)
        self.paragraph.setContentsMargins(22, 0, 4, 4)
        self.paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.paragraph.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.paragraph)
        self.line.toggled.connect(self._toggle)

    def set_texts(self, title: str, paragraph: str) -> None:
        self.line.setText(title)
        self.line.setAccessibleName(title)
        self.line.setToolTip(title)
        self.paragraph.setText(paragraph)

    def _toggle(self, on: bool) -> None:
        self.paragraph.setVisible(on)
        self.toggled.emit(on)
