"""The saved selections of the picture as a list: small picture, name; loaded, renamed in their place, deleted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from studio.document.artwork import Artwork
from studio.raster.mask import Mask
from studio.raster.selecting.combining import Mode
from studio.raster.selecting.contours import CoarseMasks
from studio.ui.keys import mode_of_keys
from studio.ui.language import Retranslated
from studio.workspace.studio import Studio

THUMBNAIL = 28
ROW = 36


class SavedSelections(Retranslated, QListWidget):
    """A double click or Enter loads the chosen one: Shift adds, Alt takes away, both intersect. Delete deletes."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._coarse = CoarseMasks()
        self._shown: tuple[object, ...] = ()
        self._filling = False
        self.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.setViewportMargins(4, 0, 4, 0)
        self.itemChanged.connect(self._renamed)
        self.itemActivated.connect(lambda _item: self.load(mode_of_keys(QGuiApplication.keyboardModifiers())))
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Selecting", "Saved selections"))
        self.setToolTip(
            QCoreApplication.translate(
                "Selecting", "Double click loads; Shift adds, Alt takes away, both intersect"
            )
        )

    def refresh(self) -> None:
        """Shows what the picture keeps now."""
        picture = self._studio.current
        artwork = picture.document.artwork if picture is not None else None
        kept = artwork.saved_selections if artwork is not None else ()
        if kept == self._shown:
            return
        self._shown, self._filling = kept, True
        self.clear()
        for one in kept:
            assert artwork is not None
            item = QListWidgetItem(QIcon(self._thumbnail(artwork, one.mask)), one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setSizeHint(QSize(0, ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.addItem(item)
        self.setCurrentRow(self.count() - 1)
        self._filling = False

    def _thumbnail(self, artwork: Artwork, mask: Mask) -> QPixmap:
        longer, level = max(artwork.width, artwork.height), 0
        while longer >> level > 2 * THUMBNAIL and level < 8:
            level += 1
        values = self._coarse.read(mask, artwork.rect.at_level(level), level)
        grey = np.ascontiguousarray(np.clip(values * 255, 0, 255).astype(np.uint8))
        image = QImage(
            grey.data, grey.shape[1], grey.shape[0], grey.shape[1], QImage.Format.Format_Grayscale8
        )
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return QPixmap.fromImage(image.scaled(THUMBNAIL, THUMBNAIL, keep, smooth))

    @property
    def chosen(self) -> str:
        """The id of the chosen one; empty where there is none."""
        item = self.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else ""

    def load(self, mode: Mode = "new") -> None:
        """Puts the chosen one to the selection."""
        if chosen := self.chosen:
            self._studio.selecting.load(chosen, mode)

    def delete(self) -> None:
        if chosen := self.chosen:
            self._studio.selecting.delete_saved(chosen)
            self.refresh()

    def _renamed(self, item: QListWidgetItem) -> None:
        if not self._filling and item.text().strip():
            self._studio.selecting.rename_saved(item.data(Qt.ItemDataRole.UserRole), item.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Delete and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos())
        if item is None:
            return
        self.setCurrentItem(item)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        translate = QCoreApplication.translate
        menu.addAction(translate("Selecting", "Load"), lambda: self.load("new"))
        menu.addAction(translate("Selecting", "Add"), lambda: self.load("add"))
        menu.addAction(translate("Selecting", "Subtract"), lambda: self.load("subtract"))
        menu.addAction(translate("Selecting", "Intersect"), lambda: self.load("intersect"))
        menu.addSeparator()
        menu.addAction(translate("Selecting", "Rename"), lambda: self.editItem(item))
        menu.addAction(translate("Selecting", "Delete"), self.delete)
        menu.popup(event.globalPos())
