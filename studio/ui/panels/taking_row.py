"""Above the values that stand for another picture: have them measured, of a layer or of a file."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from studio.recipe import Attached
from studio.ui.dialogs.files import picture_filter
from studio.ui.language import Retranslated
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace import taking
from studio.workspace.studio import Studio

DEPTHS = "lens-blur"
"""The filter whose map says how far away everything is."""


class TakingRow(Retranslated, QWidget):
    """One button; its menu has the picture's other layers and “File…”. ``taken`` gets the measured values by name."""

    def __init__(
        self,
        studio: Studio,
        name: str,
        own: str,
        taken: Callable[[taking.Found], None],
        parent: QWidget | None = None,
    ) -> None:
        """``name``: the filter; ``own``: the id of the layer that it is used on, which is not offered."""
        super().__init__(parent)
        self._studio, self._name, self._own, self._taken = studio, name, own, taken
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(
            lambda: self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        )
        self.now = ElidedLabel(token="secondary")
        self.now.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self.now)
        self.retranslate()

    def show_values(self, values: msgspec.Struct) -> None:
        """Says which map the values hold, where they hold one."""
        held = getattr(values, "map", None)
        choice, here = taking.MAPPED.get(self._name, ("", ""))
        used = isinstance(held, Attached) and getattr(values, choice, here) == here
        self.now.setVisible(used)
        if isinstance(held, Attached):
            name = held.name or QCoreApplication.translate("Filter", "none chosen")
            words = QCoreApplication.translate("Filter", "Map: {name}")
            if self._name == DEPTHS:
                words = QCoreApplication.translate("Filter", "Depth: {name}")
            self.now.set_text(words.format(name=name))

    def menu(self) -> QMenu:
        """What can be taken from now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = self._studio.current
        for layer_id, name in (
            taking.sources(picture.document.committed, self._own) if picture is not None else ()
        ):
            words = name.replace("&", "&&")
            menu.addAction(words, lambda chosen=layer_id: self.take_layer(chosen))
        menu.addSeparator()
        menu.addAction(QCoreApplication.translate("Filter", "File…"), self.ask)
        return menu

    def take_layer(self, layer_id: str) -> None:
        taking.take_layer(self._studio, self._name, layer_id, self._taken)

    def take_file(self, path: str) -> None:
        taking.take_file(self._studio, self._name, path, self._taken)

    def ask(self) -> QFileDialog:
        """The window that asks for a picture."""
        title = QCoreApplication.translate("Filter", "Take from a picture")
        dialog = QFileDialog(self, title, "", picture_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()
        return dialog

    def retranslate(self) -> None:
        if self._name == DEPTHS:
            words = QCoreApplication.translate("Filter", "Depth from…")
            tip = QCoreApplication.translate(
                "Filter",
                "Another layer, or a picture in a file, says by its greys how far away everything is",
            )
        elif self._name in taking.MAPPED:
            words = QCoreApplication.translate("Filter", "Map from…")
            tip = QCoreApplication.translate(
                "Filter", "Pixels move by another layer, or by a picture in a file: red across, green down"
            )
        else:
            words = QCoreApplication.translate("Filter", "Take from…")
            tip = QCoreApplication.translate(
                "Filter", "The values become those of another layer, or of a picture in a file"
            )
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.setToolTip(tip)
