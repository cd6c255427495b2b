"""One button of the toolbar for a family of tools: it shows the one used last and holds the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.widgets.buttons import IconButton
from studio.workspace.tools.registry import KINDS

HOLD_MILLISECONDS = 400
CORNER = 5.0


class FamilyButton(IconButton):
    """A click takes the shown tool; a right click or a long press asks for the others."""

    tool_wanted = Signal(str)
    menu_wanted = Signal(object)

    def __init__(self, tools: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(KINDS[tools[0]].icon, checkable=True, parent=parent)
        self.tools = tuple(tools)
        self.tool = self.tools[0]
        self._holding = QTimer(self, interval=HOLD_MILLISECONDS, singleShot=True)
        self._holding.timeout.connect(self._ask)
        self.held.connect(self._ask)
        self.clicked.connect(lambda: self.tool_wanted.emit(self.tool))

    def show_chosen(self, tool: str) -> None:
        """Shows ``tool`` if it is of this family."""
        if tool in self.tools:
            self.tool = tool
            self.set_icon(KINDS[tool].icon)
        self.setChecked(tool in self.tools)

    def _ask(self) -> None:
        self._holding.stop()
        self.setDown(False)
        if len(self.tools) > 1:
            self.menu_wanted.emit(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self.tools) > 1:
            self._holding.start()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._holding.stop()
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if len(self.tools) > 1:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().colour("secondary"))
            x, y = self.width() - 2.0, self.height() - 2.0
            painter.drawPolygon(QPolygonF([QPointF(x, y - CORNER), QPointF(x, y), QPointF(x - CORNER, y)]))
