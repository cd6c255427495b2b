"""Above the values of a white balance: pick in the picture what is to be a neutral grey."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.ui.bind import bind
from studio.ui.language import Retranslated
from studio.workspace.studio import Studio


class NeutralRow(Retranslated, QWidget):
    """One button that stays down until the picture was pressed, or Esc."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tones = studio.tones
        self.pick = QPushButton()
        self.pick.setCheckable(True)
        self.pick.setAutoDefault(False)
        self.pick.clicked.connect(lambda _on: self._tones.choose("grey"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.addWidget(self.pick)
        bind(self, studio.tones.changed, self.show_state)
        self.retranslate()
        self.show_state()

    def show_state(self) -> None:
        """Whether a press on the picture picks now."""
        self.pick.setChecked(self._tones.mode == "grey")

    def show_values(self) -> None:
        """The form shows them alone."""

    def retranslate(self) -> None:
        words = QCoreApplication.translate("Tones", "Pick what is to be a neutral grey")
        self.pick.setText(words)
        self.pick.setAccessibleName(words)
