"""The Second view panel: the same picture once more, with its own zoom, place and rotation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.ui.canvas.view import CanvasView
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.workspace.studio import Studio


class SecondCanvas(CanvasView):
    """Works only while it is seen."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent, second=True)

    def show_picture(self, picture) -> None:
        super().show_picture(picture if self.isVisible() else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_picture(self.studio.current)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        super().show_picture(None)


class SecondViewPanel(Retranslated, QWidget):
    """A canvas to paint on as well, with buttons for fit, actual pixels, mirror and upright."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = SecondCanvas(studio)
        self.canvas.setMinimumSize(160, 120)
        self.fit = IconButton("maximize", small=True)
        self.mirror = IconButton("symmetry", small=True)
        self.upright = IconButton("rotate-ccw", small=True)
        self.zoom = QLabel()
        self.zoom.setProperty("quiet", True)
        line = QHBoxLayout()
        line.setContentsMargins(8, 2, 8, 2)
        line.setSpacing(4)
        line.addWidget(self.zoom, 1)
        for button in (self.upright, self.mirror, self.fit):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addLayout(line)
        self.fit.clicked.connect(self.canvas.fit)
        self.mirror.clicked.connect(self.canvas.mirror)
        self.upright.clicked.connect(lambda: self.canvas.rotate_by(0.0))
        self.canvas.viewport_changed.connect(self._say_zoom)
        self.retranslate()

    def _say_zoom(self) -> None:
        self.zoom.setText(f"{100 * self.canvas.viewport.zoom:.4g} %")

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.fit.set_name(translate("actions", "Fit in window"))
        self.mirror.set_name(translate("actions", "Mirror view"))
        self.upright.set_name(translate("actions", "Reset view rotation"))
        self.canvas.setAccessibleName(translate("panels", "Second view"))
