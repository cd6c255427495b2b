"""Where to open from and save to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.workspace.studio import Studio

PICTURES = (
    "png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "gif", "ora", "danqing",
    "dng", "cr2", "cr3", "nef", "nrw", "arw", "raf", "rw2", "orf", "pef", "srw", "x3f",
)  # fmt: skip


def picture_filter() -> str:
    """The file kinds that Open offers, then all."""
    kinds = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in PICTURES)
    pictures = QCoreApplication.translate("Files", "Pictures and projects")
    everything = QCoreApplication.translate("Files", "All files")
    return f"{pictures} ({kinds});;{everything} (*)"


def ask_where_to_save(studio: Studio, window: QWidget, folder: str) -> None:
    """Asks for the project's file and saves there."""
    picture = studio.current
    if picture is None:
        return
    title = QCoreApplication.translate("Files", "Save as")
    kind = QCoreApplication.translate("Files", "Danqing project") + " (*.danqing)"
    dialog = QFileDialog(window, title, str(Path(folder) / f"{picture.title}.danqing"), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix("danqing")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: studio.filing.save(picture, path))
    dialog.open()
