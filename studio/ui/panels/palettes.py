"""The Palettes panel: the swatches of one palette; loading, saving, the palette of the picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QMenu, QVBoxLayout, QWidget

from studio.project.palettes import SUFFIXES
from studio.ui.bind import bind_later
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.rows import ChoiceRow, ElidedLabel
from studio.ui.widgets.swatch_grid import SwatchGrid
from studio.workspace.studio import Studio


class PalettesPanel(Retranslated, QWidget):
    """Bound to ``studio.palettes``; a palette file let fall on it is loaded."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._palettes = studio, studio.palettes
        self.setAcceptDrops(True)
        self.choice = ChoiceRow("", label_width=0)
        self.grid = SwatchGrid()
        self.empty = ElidedLabel(token="secondary")
        self.add, self.from_picture = IconButton("plus"), IconButton("image")
        self.load, self.save = IconButton("folder-open"), IconButton("save")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(4)
        for button in (self.add, self.from_picture):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.load, self.save):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.empty)
        column.addWidget(self.grid, 1)
        column.addLayout(foot)
        self.choice.chosen.connect(lambda key: self._palettes.choose(int(key)))
        self.grid.taken.connect(self._take)
        self.grid.menu_wanted.connect(self._menu)
        self.add.clicked.connect(self._palettes.add_colour)
        self.from_picture.clicked.connect(self._palettes.from_picture)
        self.load.clicked.connect(self.ask_load)
        self.save.clicked.connect(self.ask_save)
        bind_later(self, self._palettes.changed, self.refresh)
        bind_later(self, studio.current_changed, self.refresh)
        self._palettes.load()
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Shows the palette that is chosen now."""
        shown = self._palettes.shown
        names = [
            (str(index), QCoreApplication.translate("palettes", one.name))
            for index, one in enumerate(self._palettes.palettes)
        ]
        self.choice.set_choices(names, str(self._palettes.current))
        self.choice.setVisible(bool(names))
        self.grid.set_swatches(shown.swatches if shown else (), shown.columns if shown else 0)
        self.grid.setVisible(bool(shown and shown.swatches))
        self.empty.setVisible(not (shown and shown.swatches))
        self.from_picture.setEnabled(self._studio.current is not None)
        self.save.setEnabled(bool(shown and shown.swatches))

    def _take(self, index: int) -> None:
        shown = self._palettes.shown
        if shown is not None:
            self._studio.painting.set_colour(shown.swatches[index].colour)

    def _menu(self, index: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(QCoreApplication.translate("Palettes", "Rename…"), lambda: self._rename(index))
        menu.addAction(
            QCoreApplication.translate("Palettes", "Move to front"), lambda: self._palettes.move(index, 0)
        )
        menu.addAction(
            QCoreApplication.translate("Palettes", "Delete colour"), lambda: self._palettes.remove(index)
        )
        menu.popup(place)
        menu.aboutToHide.connect(menu.deleteLater)

    def _rename(self, index: int) -> None:
        shown = self._palettes.shown
        if shown is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(QCoreApplication.translate("Palettes", "Rename colour"))
        dialog.setLabelText(QCoreApplication.translate("Palettes", "Name"))
        dialog.setTextValue(shown.swatches[index].name)
        dialog.textValueSelected.connect(lambda words: self._palettes.rename(index, words))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_load(self) -> None:
        """Asks for palette files."""
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = QCoreApplication.translate("Palettes", "Palettes") + f" ({endings})"
        dialog = QFileDialog(self, QCoreApplication.translate("Palettes", "Load palette"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda files: [self._palettes.open(file) for file in files])
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_save(self) -> None:
        """Asks where to, and writes the palette that is shown."""
        kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in SUFFIXES)
        dialog = QFileDialog(self, QCoreApplication.translate("Palettes", "Save palette"), "", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIXES[0][1:])
        dialog.fileSelected.connect(self._palettes.save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(_is_palette(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if _is_palette(url.toLocalFile()):
                self._palettes.open(url.toLocalFile())

    def retranslate(self) -> None:
        self.choice.box.setAccessibleName(QCoreApplication.translate("Palettes", "Palette"))
        self.grid.setAccessibleName(QCoreApplication.translate("Palettes", "Colours of the palette"))
        self.empty.set_text(
            QCoreApplication.translate("Palettes", "No colours yet. + keeps the one in your hand.")
        )
        names = (
            (self.add, QCoreApplication.translate("Palettes", "Add the colour in hand")),
            (self.from_picture, QCoreApplication.translate("Palettes", "Palette from the picture")),
            (self.load, QCoreApplication.translate("Palettes", "Load palette…")),
            (self.save, QCoreApplication.translate("Palettes", "Save palette as…")),
        )
        for button, words in names:
            button.set_name(words)


def _is_palette(path: str) -> bool:
    return Path(path).suffix.lower() in SUFFIXES
