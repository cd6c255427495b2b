"""Where a film goes: a file by its ending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_film(parent: QWidget, title: str, place: Path, chosen: Callable[[str], None]) -> QFileDialog:
    """Asks in a dialog of its own, first for an animated WebP at ``place``, which has no ending; ``chosen`` hears the path."""
    kinds = (
        QCoreApplication.translate("Loop", "Animated WebP") + " (*.webp)",
        QCoreApplication.translate("Loop", "Animated PNG") + " (*.apng)",
        QCoreApplication.translate("Loop", "Animated GIF") + " (*.gif)",
        QCoreApplication.translate("Loop", "Numbered PNG files") + " (*.png)",
    )
    first = f"{place}.webp"
    dialog = QFileDialog(parent, title, first, ";;".join(kinds))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(first)
    dialog.setDefaultSuffix("webp")
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2][:-1]))
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
