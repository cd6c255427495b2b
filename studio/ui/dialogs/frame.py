"""What all dialogs share: margins, a title line, and a row of verbs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.bind import bind
from studio.ui.widgets.about import About
from studio.ui.widgets.labels import WIDEST_IN_DIALOG, align
from studio.workspace.studio import Studio

EDGE = 12
"""Logical pixels from the edges of the canvas to a dialog beside the picture."""


class Frame(QDialog):
    """A dialog of ``body`` and a foot: Cancel, quiet verbs, and one main verb at the right."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 420) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        heading = QLabel(title)
        heading.setProperty("title", True)
        outer.addWidget(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        outer.addLayout(self.body)
        outer.addStretch(1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        outer.addLayout(self.foot)

    def end_with_picture(self, studio: Studio) -> None:
        """The dialog is about the current picture: it is left when another one comes, as when a file opens meanwhile."""
        bind(self, studio.current_changed, lambda _picture: self.reject())

    def showEvent(self, event: QShowEvent) -> None:
        self.align()
        super().showEvent(event)

    def open_beside(self, canvas: QWidget) -> None:
        """Opens where it hides least of what it shows on the canvas."""
        self.align()
        self.adjustSize()
        self.move_beside(canvas)
        self.open()

    def move_beside(self, canvas: QWidget) -> None:
        """To the upper right of the canvas, or to its left edge where it is wider."""
        corner = canvas.mapToGlobal(QPoint(canvas.width() - self.width() - EDGE, EDGE))
        self.move(max(corner.x(), canvas.mapToGlobal(QPoint(0, 0)).x()), corner.y())

    def align(self) -> None:
        """One column of labels for all rows of the body."""
        align(self, WIDEST_IN_DIALOG)

    def add_verb(self, words: str, call: Callable[[], object], main: bool = False) -> QPushButton:
        """A button of the foot; the main one answers Enter."""
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setProperty("main", main)
        button.setDefault(main)
        button.setAutoDefault(main)
        button.clicked.connect(lambda _checked: call())
        self.foot.addWidget(button)
        return button

    def add_cancel(self) -> QPushButton:
        return self.add_verb(QCoreApplication.translate("Dialog", "Cancel"), self.reject)

    def add_about(self, description: str) -> About:
        """What the method does, folded; ``description`` in context ``recipe``, nothing where it is empty."""
        about = About()
        about.tell(description)
        about.toggled.connect(lambda _on: self.adjustSize())
        self.body.addWidget(about)
        return about

    def add_sentence(self, words: str, quiet: bool = True) -> QLabel:
        """A line of explanation in the body."""
        label = QLabel(words)
        label.setWordWrap(True)
        label.setProperty("quiet", quiet)
        self.body.addWidget(label)
        return label
