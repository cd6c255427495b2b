"""Dialogs of brushes: editor, import, export, a new preset's name, the pop-up palette."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``."""
    return {
        "brush_editor": lambda: edit_brush(window),
        "brush_popup": lambda: open_popup(window),
        "save_brush_as": lambda: save_brush_as(window),
        "import_brushes": lambda: import_brushes(window),
        "export_brushes": lambda: export_brushes(window),
    }


def edit_brush(window: MainWindow) -> None:
    """Opens the brush editor, or brings the one that is open to the front."""
    from studio.ui.dialogs.brush_editor import BrushEditor

    editor = window.findChild(BrushEditor)
    if editor is None:
        editor = BrushEditor(window.studio, window)
    editor.show()
    editor.raise_()
    editor.activateWindow()


def open_popup(window: MainWindow) -> None:
    """The pop-up palette at the pen, or in the middle of the canvas."""
    from studio.ui.canvas.popup_palette import PopupPalette

    canvas = window.canvas
    here = canvas.input.position.toPoint()
    inside = canvas.rect().contains(here)
    place = canvas.mapToGlobal(here if inside else canvas.rect().center())
    PopupPalette(window.studio, canvas).open_at(QPoint(place))


def open_below(window: MainWindow) -> None:
    """The pop-up palette under the brush in the options bar."""
    from studio.ui.canvas.popup_palette import SIDE, PopupPalette

    button = window.options.brush
    place = button.mapToGlobal(button.rect().bottomLeft() + QPoint(SIDE // 2, SIDE // 2))
    PopupPalette(window.studio, window.canvas).open_at(place)


def save_brush_as(window: MainWindow) -> None:
    from studio.ui.dialogs.brush_name import BrushNameDialog

    BrushNameDialog(window.studio, None, window).open()


def import_brushes(window: MainWindow) -> None:
    from studio.project.brushes.preset import SUFFIXES

    title = QCoreApplication.translate("Brushes", "Import brushes")
    kinds = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SUFFIXES)
    words = QCoreApplication.translate("Brushes", "Brushes")
    everything = QCoreApplication.translate("Files", "All files")
    dialog = QFileDialog(window, title, _folder(), f"{words} ({kinds});;{everything} (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda files: window.studio.brushes.import_files(tuple(files)))
    dialog.open()


def export_brushes(window: MainWindow) -> None:
    """The folder of the brush in the hand, or that brush alone where it is in none."""
    brushes = window.studio.brushes
    current = brushes.current
    folder = current.folder if current is not None else ""
    chosen = tuple(one.id for one in brushes.presets if one.folder == folder) if folder else ()
    if current is not None and not chosen:
        chosen = (current.id,)
    name = folder or (current.named(window.studio.language) if current is not None else "")
    export_these(window, chosen or tuple(one.id for one in brushes.presets), name)


def export_these(window: MainWindow, preset_ids: tuple[str, ...], name: str) -> None:
    """Asks where to, and writes the presets there."""
    title = QCoreApplication.translate("Brushes", "Export brushes")
    kind = QCoreApplication.translate("Brushes", "Danqing brushes") + " (*.dqbrush)"
    place = str(Path(_folder()) / f"{name or title}.dqbrush".replace("/", "-"))
    dialog = QFileDialog(window, title, place, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix("dqbrush")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda file: window.studio.brushes.export(preset_ids, file))
    dialog.open()


def _folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
