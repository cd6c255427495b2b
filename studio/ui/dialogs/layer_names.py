"""Names for several layers at once, numbered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.rows import TextRow
from studio.workspace.naming import NUMBER, numbered_names
from studio.workspace.studio import Studio

MOST_SHOWN = 4


class LayerNamesDialog(Frame):
    """One name for all selected layers, in which # stands for a number; what comes of it is shown while it is written."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LayerNames", "Rename several layers"), parent)
        self._studio = studio
        self.name = TextRow(QCoreApplication.translate("LayerNames", "Name"))
        self.body.addWidget(self.name)
        self.add_sentence(
            QCoreApplication.translate(
                "LayerNames", "# is the number from the top, ## the number with a leading zero."
            )
        )
        self.shown = QLabel()
        self.shown.setWordWrap(True)
        self.body.addWidget(self.shown)
        self.add_cancel()
        self.verb = self.add_verb(QCoreApplication.translate("LayerNames", "Rename"), self._rename, main=True)
        active = studio.layers.active
        self.name.field.textChanged.connect(self._show)
        self.name.field.setText(f"{active.name} {NUMBER}" if active is not None else "")
        self.name.field.selectAll()
        self.name.field.setFocus()

    def _show(self, pattern: str) -> None:
        names = numbered_names(pattern, len(self._studio.layers.chosen))
        more = " …" if len(names) > MOST_SHOWN else ""
        separator = QCoreApplication.translate("LayerNames", ", ")
        self.shown.setText(separator.join(names[:MOST_SHOWN]) + more)
        self.verb.setEnabled(bool(pattern.strip()))

    def _rename(self) -> None:
        self.accept()
        self._studio.layers.rename_chosen(self.name.field.text())
