"""Whether the canvas shows what a dialog would do, and whether half of it stays as it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.widgets.rows import SwitchRow


class LookSwitches(QWidget):
    """``changed``: one of them was switched."""

    changed = Signal()

    def __init__(self, *, on: bool = True, halves: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = SwitchRow(QCoreApplication.translate("Filter", "Preview"), on)
        self.compared = SwitchRow(QCoreApplication.translate("Filter", "Before and after"), False)
        self.compared.setVisible(halves)
        self.compared.setEnabled(on)
        self.compared.setToolTip(QCoreApplication.translate("Filter", "The left half stays as it is"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.shown)
        line.addWidget(self.compared)
        line.addStretch(1)
        self.shown.toggled.connect(self._switched)
        self.compared.toggled.connect(lambda _on: self.changed.emit())

    def _switched(self, on: bool) -> None:
        self.compared.setEnabled(on)
        self.changed.emit()
