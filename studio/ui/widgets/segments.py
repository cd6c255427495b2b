"""A few words in a row, of which one is chosen: the pages of a small panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """``chosen`` brings the name of what the hand chose."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {name: QPushButton() for name in names}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for name, button in self.buttons.items():
            button.setObjectName("workspace")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: self.choose(name))
            line.addWidget(button)
        line.addStretch(1)
        self.show_chosen(next(iter(self.buttons)))

    def choose(self, name: str) -> None:
        self.show_chosen(name)
        self.chosen.emit(name)

    def show_chosen(self, name: str) -> None:
        """Shows a choice without telling anybody."""
        for key, button in self.buttons.items():
            button.setChecked(key == name)

    def set_words(self, words: Mapping[str, str]) -> None:
        for name, button in self.buttons.items():
            button.setText(words[name])
            button.setAccessibleName(words[name])
            button.setToolTip(words[name])
