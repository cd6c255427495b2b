"""What a method does, folded below its values: a paragraph that scrolls where it is long."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from studio.ui.widgets.fold import FoldLine

TALLEST = 118
"""Pixels of the paragraph that are seen at once."""


class About(QWidget):
    """Closed at first, and not there at all without a paragraph. ``toggled``: it takes more or less room now."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = FoldLine()
        self.paragraph = QLabel()
        self.paragraph.setWordWrap(True)
        self.paragraph.setProperty("quiet", True)
        self.paragraph.setContentsMargins(22, 0, 4, 4)
        self.paragraph.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.paragraph)
        self.area.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.area)
        self.line.toggled.connect(self._toggle)
        self._replaced: tuple[QWidget, ...] = ()

    def tell(self, description: str) -> None:
        """The paragraph of a method, in context ``recipe``; empty for none."""
        title = QCoreApplication.translate("About", "About this method")
        self.set_texts(title, QCoreApplication.translate("recipe", description) if description else "")

    def set_texts(self, title: str, paragraph: str) -> None:
        self.line.setText(title)
        self.line.setAccessibleName(title)
        self.area.setAccessibleName(title)
        self.paragraph.setText(paragraph)
        self.setVisible(bool(paragraph))
        self._fit()

    def instead_of(self, *widgets: QWidget) -> None:
        """While the paragraph is read these are not seen: a high dialog has no room for both."""
        self._replaced = widgets

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the paragraph, up to a limit."""
        bar = self.area.verticalScrollBar().sizeHint().width()
        needed = self.paragraph.heightForWidth(max(60, self.width() - bar))
        self.area.setFixedHeight(min(max(needed, 20), TALLEST))

    def _toggle(self, on: bool) -> None:
        self._fit()
        for widget in self._replaced:
            widget.setHidden(on)
        self.area.setVisible(on)
        # told when the layout knows of it
        QTimer.singleShot(0, self, lambda: self.toggled.emit(on))
