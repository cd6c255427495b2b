"""Above the corners of a perspective that is tried: have them found by the lines of the picture."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.language import Retranslated
from studio.workspace import correcting
from studio.workspace.filter_trial import FilterTrial
from studio.workspace.studio import Studio


class KeystoneRow(Retranslated, QWidget):
    """Two ways: only what is upright, or a façade that faces the camera, uprights and levels."""

    def __init__(self, studio: Studio, trial: FilterTrial, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setProperty("quiet", True)
        self.upright, self.facade = QPushButton(), QPushButton()
        self.upright.clicked.connect(lambda: correcting.find_perspective(studio, trial, level=False))
        self.facade.clicked.connect(lambda: correcting.find_perspective(studio, trial, level=True))
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.upright, self.facade):
            button.setAutoDefault(False)
            line.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(line)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(QCoreApplication.translate("Filter", "Find from the picture"))
        for button, words, tip in (
            (
                self.upright,
                QCoreApplication.translate("Filter", "Uprights"),
                QCoreApplication.translate(
                    "Filter", "Lines of the picture that should be upright stand upright"
                ),
            ),
            (
                self.facade,
                QCoreApplication.translate("Filter", "Uprights and levels"),
                QCoreApplication.translate(
                    "Filter", "A façade faces the camera: its upright and level lines are both straight"
                ),
            ),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(tip)
