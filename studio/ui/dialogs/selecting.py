"""The dialogs of the Select menu: one made from each struct, and the list of saved selections."""

from __future__ import annotations

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.document.artwork import Artwork
from studio.raster.mask import Mask
from studio.raster.selecting.contours import CoarseMasks
from studio.raster.selecting.tones import Handles
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.tone_band import ToneBand
from studio.workspace.selecting_forms import Form, Tone
from studio.workspace.studio import Studio

THUMBNAIL = 48


class SelectingDialog(Frame):
    """Asks for what a form declares, shows on the canvas what it would do, and does it."""

    def __init__(self, studio: Studio, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Selecting", form.title), parent, width=400)
        self._studio, self._form = studio, form
        values = form.values(studio)
        self.form = ParameterForm(values, label_width=136)
        self.band: ToneBand | None = None
        if isinstance(values, Tone):
            self.band = ToneBand(values.handles)
            self.band.changed.connect(self._dragged)
            self.band.released.connect(self._show)
            self.body.addWidget(self.band)
        self.body.addWidget(self.form)
        self.form.changed.connect(self._typed)
        self.form.released.connect(self._show)
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("Selecting", form.verb), self.do, main=True)
        self.finished.connect(lambda _result: studio.selecting.work.show_no_more())
        self._show()

    def _dragged(self, handles: Handles) -> None:
        self.form.set_values(
            Tone(begins=handles[0], full_from=handles[1], full_to=handles[2], ends=handles[3])
        )

    def _typed(self, values: msgspec.Struct) -> None:
        if self.band is not None and isinstance(values, Tone):
            self.band.set_handles(values.handles)

    def _show(self, _values: object = None) -> None:
        if self._form.work is not None:
            self._studio.selecting.work.show(
                self._form.work(self._studio, self.form.values()), tinted=self._form.tinted
            )

    def do(self) -> None:
        self.accept()
        self._form.do(self._studio, self.form.values())


class SavedSelectionsDialog(Frame):
    """The saved selections of the picture: loaded in the four ways, renamed in their place, deleted."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Selecting", "Saved selections"), parent, width=440)
        self._studio = studio
        self._coarse = CoarseMasks()
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(QCoreApplication.translate("Selecting", "Saved selections"))
        self.list.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.list.setMinimumHeight(200)
        self.list.itemChanged.connect(self._renamed)
        self.list.itemDoubleClicked.connect(lambda _item: self.load("new"))
        self.body.addWidget(self.list)
        self.add_verb(QCoreApplication.translate("Selecting", "Delete"), self.delete)
        self.add_verb(QCoreApplication.translate("Selecting", "Add"), lambda: self.load("add"))
        self.add_verb(QCoreApplication.translate("Selecting", "Subtract"), lambda: self.load("subtract"))
        self.add_verb(QCoreApplication.translate("Selecting", "Intersect"), lambda: self.load("intersect"))
        self.add_verb(QCoreApplication.translate("Selecting", "Load"), lambda: self.load("new"), main=True)
        bind(self, studio.current_changed, lambda _picture: self.reject())
        self.refresh()

    def refresh(self) -> None:
        """Shows what the picture keeps now."""
        picture = self._studio.current
        self._filling = True
        self.list.clear()
        if picture is not None:
            artwork = picture.document.committed
            for one in artwork.saved_selections:
                item = QListWidgetItem(QIcon(self._thumbnail(artwork, one.mask)), one.name)
                item.setData(Qt.ItemDataRole.UserRole, one.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
        self.list.setCurrentRow(self.list.count() - 1)
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
        mode = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        return QPixmap.fromImage(image.scaled(THUMBNAIL, THUMBNAIL, mode, smooth))

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else ""

    def load(self, mode: str) -> None:
        """Puts the chosen one to the selection."""
        if chosen := self._chosen():
            self.accept()
            self._studio.selecting.load(chosen, mode)  # type: ignore[arg-type]

    def delete(self) -> None:
        if chosen := self._chosen():
            self._studio.selecting.delete_saved(chosen)
            self.refresh()
            if not self.list.count():
                self.accept()

    def _renamed(self, item: QListWidgetItem) -> None:
        if not self._filling and item.text().strip():
            self._studio.selecting.rename_saved(item.data(Qt.ItemDataRole.UserRole), item.text().strip())
