"""What is looked at and compared of models: the lesson, measurements, pictures side by side, the vote, pictures as latents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``. Dialogs are loaded when they are first wanted."""
    studio = window.studio

    def lesson() -> None:
        from studio.ui.dialogs.lesson import LessonDialog

        LessonDialog(studio, window).open()

    def lesson_zero() -> None:
        from studio.ui.dialogs.lesson_zero import LessonZeroDialog

        LessonZeroDialog(studio, window).show()

    def measurements() -> None:
        from studio.ui.dialogs.measurements import MeasurementsDialog

        MeasurementsDialog(studio, window).open()

    def beside() -> None:
        from studio.ui.dialogs.judging import BesideDialog

        BesideDialog(studio, window).open()

    def vote() -> None:
        from studio.ui.dialogs.judging import VoteDialog

        VoteDialog(studio, window).open()

    def learn_detail() -> None:
        from PySide6.QtCore import QCoreApplication, Qt
        from PySide6.QtWidgets import QFileDialog

        title = QCoreApplication.translate("TrainingPanel", "Folder of pictures")
        dialog = QFileDialog(window, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(studio.generating.real_pixels.learn)
        dialog.open()

    return {
        "learn_detail": learn_detail,
        "lesson": lesson,
        "lesson_zero": lesson_zero,
        "measurements": measurements,
        "beside_real": beside,
        "blind_vote": vote,
    } | _of_latents(window)


def _of_latents(window: MainWindow) -> dict[str, Callable[[], object]]:
    studio = window.studio

    def encode_layer() -> None:
        from studio.ui.dialogs.encode import EncodeDialog

        EncodeDialog(studio, window).show()

    def folder_map() -> None:
        from studio.ui.dialogs.folder_map import FolderMapDialog

        FolderMapDialog(studio, window).show()

    def save_latent() -> None:
        from studio.ui.dialogs.latent import ask_save

        ask_save(window, studio)

    def open_latent() -> None:
        from studio.ui.dialogs.latent import ask_open

        ask_open(window, studio)

    return {
        "encode_layer": encode_layer,
        "folder_map": folder_map,
        "save_latent": save_latent,
        "open_latent": open_latent,
    }
