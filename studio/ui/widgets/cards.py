"""Cards, empty states, and the page that scrolls above a pinned foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio.ui import icons, theme
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint


class Card(QWidget):
    """A raised row of 48 px: picture or icon, name, a quiet second line, a chevron if it opens something."""

    clicked = Signal()

    def __init__(
        self,
        title: str = "",
        line: str = "",
        icon: str = "",
        *,
        opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon_name, self.opens = icon, opens
        self.image = QImage()
        self.setFixedHeight(48)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_texts(title, line)

    def set_texts(self, title: str, line: str = "", token: str = "secondary") -> None:
        self.title, self.line, self.token = title, line, token
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setToolTip(f"{title}\n{line}" if line else title)
        self.update()

    def set_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hover" if self.underMouse() and self.isEnabled() else "raised"))
        painter.drawRoundedRect(area, theme.CARD_RADIUS, theme.CARD_RADIUS)
        left = 8
        if not self.image.isNull():
            painter.drawImage(QRectF(6, 6, 36, 36), screen_image(self.image))
            painter.fillRect(QRectF(6, 6, 36, 1), look.colour("line"))
            painter.fillRect(QRectF(6, 41, 36, 1), look.colour("line"))
            painter.fillRect(QRectF(6, 6, 1, 36), look.colour("line"))
            painter.fillRect(QRectF(41, 6, 1, 36), look.colour("line"))
            left = 52
        elif self.icon_name:
            painter.drawPixmap(14, 14, icons.pixmap(self.icon_name, 20, "text", self.devicePixelRatioF()))
            left = 52
        width = self.width() - left - (32 if self.opens else 8)
        self._paint_texts(painter, look, left, width)
        if self.opens:
            painter.drawPixmap(
                self.width() - 26, 16, icons.pixmap("chevron-down", 16, "secondary", self.devicePixelRatioF())
            )
        if self.hasFocus():
            paint.focus_ring(painter, area, theme.CARD_RADIUS)

    def _paint_texts(self, painter: QPainter, look: theme.Theme, left: int, width: int) -> None:
        painter.setPen(look.colour("text" if self.isEnabled() else "disabled"))
        top = QRectF(left, 5, width, 20) if self.line else QRectF(left, 0, width, 48)
        paint.elided(painter, top, self.title, Qt.AlignmentFlag.AlignLeft)
        if self.line:
            painter.setFont(theme.text_font(theme.SMALL_PIXELS))
            painter.setPen(look.colour(self.token))
            paint.elided(painter, QRectF(left, 24, width, 18), self.line, Qt.AlignmentFlag.AlignLeft)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class EmptyState(QWidget):
    """What stands where nothing is yet: one line that teaches, one action."""

    triggered = Signal()

    def __init__(self, line: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setProperty("quiet", True)
        self.button = QPushButton()
        self.button.clicked.connect(self.triggered)
        column.addStretch(1)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.set_texts(line, action)

    def set_texts(self, line: str, action: str = "") -> None:
        self.label.setText(line)
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setToolTip(action)
        self.button.setVisible(bool(action))


class ScrollPage(QWidget):
    """A panel's body: what is added to ``body`` scrolls, what is added to ``foot`` never does. Padding 8, no space between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setMinimumHeight(60)
        inside = QWidget()
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.setSpacing(0)
        self.area.setWidget(inside)
        outer.addWidget(self.area, 1)
        self._foot_widget = QWidget()
        self.foot = QVBoxLayout(self._foot_widget)
        self.foot.setContentsMargins(8, 4, 8, 4)
        self.foot.setSpacing(4)
        outer.addWidget(self._foot_widget)

    def fit(self, width: int, tallest: int) -> None:
        """As high as what it holds, up to ``tallest`` pixels beyond which it scrolls."""
        self.body.activate()
        wanted = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else 0
        self.area.setFixedHeight(min(max(wanted, self.body.totalSizeHint().height()), tallest))


def separator() -> QWidget:
    """A 1 px line between groups of rows."""
    return _Line()


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 4, self.width(), 1, theme.current().colour("line"))
