"""Where a model goes as one file to give away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.messages.models import GIFT, ModelEntry
from studio.workspace.giving import export_model
from studio.workspace.studio import Studio


def ask_export(parent: QWidget, studio: Studio, entry: ModelEntry) -> QFileDialog:
    """Asks for the file, and lets the engine write it."""
    title = QCoreApplication.translate("Files", "Export model")
    kinds = QCoreApplication.translate("Files", "Models") + f" (*{GIFT})"
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    place = str(Path(folder) / f"{entry.card.name.replace('/', '-')}{GIFT}")
    dialog = QFileDialog(parent, title, place, kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(place)
    dialog.setDefaultSuffix(GIFT[1:])
    dialog.fileSelected.connect(lambda path: export_model(studio, entry, path))
    dialog.open()
    return dialog
