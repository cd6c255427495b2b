"""Where a latent goes to, or comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.project.latent_file import ENDING
from studio.workspace import latent_files
from studio.workspace.studio import Studio


def ask_save(parent: QWidget, studio: Studio) -> QFileDialog:
    target = studio.generating.target
    name = target.name.replace("/", "-") if target is not None else "latent"
    dialog = _asking(parent, QCoreApplication.translate("Files", "Save latent"), f"{name}{ENDING}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ENDING[1:])
    dialog.fileSelected.connect(lambda path: latent_files.save(studio, path))
    dialog.open()
    return dialog


def ask_open(parent: QWidget, studio: Studio) -> QFileDialog:
    dialog = _asking(parent, QCoreApplication.translate("Files", "Open latent"), "")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: latent_files.open_latent(studio, path))
    dialog.open()
    return dialog


def _asking(parent: QWidget, title: str, name: str) -> QFileDialog:
    kinds = QCoreApplication.translate("Files", "Latents") + f" (*{ENDING})"
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, str(Path(folder) / name), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
