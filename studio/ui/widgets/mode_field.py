"""How a new selection joins the old one: four buttons, as every painting program has them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton

MODES = ("new", "add", "subtract", "intersect")
_NAMES = {
    "new": (QT_TRANSLATE_NOOP("Options", "New selection"), ""),
    "add": (QT_TRANSLATE_NOOP("Options", "Add to the selection"), "Shift"),
    "subtract": (QT_TRANSLATE_NOOP("Options", "Take away from the selection"), "Alt"),
    "intersect": (QT_TRANSLATE_NOOP("Options", "Intersect with the selection"), "Shift+Alt"),
}


class ModeField(Retranslated, QWidget):
    """One of the four is down; ``chosen`` brings the key of another one that was pressed."""

    chosen = Signal(str)

    def __init__(self, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.buttons: dict[str, IconButton] = {}
        for key in MODES:
            button = IconButton(f"selection-{key}", checkable=True)
            button.clicked.connect(lambda _checked=False, key=key: self._press(key))
            self.buttons[key] = button
            line.addWidget(button)
        self.set_value(value)
        self.retranslate()

    def set_value(self, value: str) -> None:
        for key, button in self.buttons.items():
            button.setChecked(key == value)

    def set_title(self, title: str) -> None:
        self.setAccessibleName(title)

    def _press(self, key: str) -> None:
        self.set_value(key)
        self.chosen.emit(key)

    def retranslate(self) -> None:
        for key, button in self.buttons.items():
            name, shortcut = _NAMES[key]
            button.set_name(QCoreApplication.translate("Options", name), shortcut)
