"""Where to open from and save to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.project import direction_file, latent_file
from studio.workspace.studio import MODEL_SUFFIXES, Studio

PICTURES = (
    "png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "gif", "ora", "danqing",
    "dng", "cr2", "cr3", "nef", "nrw", "arw", "raf", "rw2", "orf", "pef", "srw", "x3f",
)  # fmt: skip


def picture_filter() -> str:
    """The file kinds that Open offers, then all."""
    kinds = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in PICTURES)
    pictures = QCoreApplication.translate("Files", "Pictures and projects")
    made_with = QCoreApplication.translate("Files", "Models, directions and latents")
    endings = " ".join(f"*{one}" for one in (*MODEL_SUFFIXES[:2], direction_file.ENDING, latent_file.ENDING))
    everything = QCoreApplication.translate("Files", "All files")
    return f"{pictures} ({kinds});;{made_with} ({endings});;{everything} (*)"


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
