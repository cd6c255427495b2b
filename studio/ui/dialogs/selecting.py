"""The dialogs of the Select menu: one made from each struct, and the list of saved selections."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.raster.selecting.combining import Mode
from studio.raster.selecting.tones import Handles
from studio.ui.dialogs.frame import Frame
from studio.ui.panels.saved_selections import SavedSelections
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.look_switches import LookSwitches
from studio.ui.widgets.tone_band import ToneBand
from studio.workspace.selecting_forms import Form, Tone
from studio.workspace.studio import Studio


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
        self.look = LookSwitches() if form.compared else None
        if self.look is not None:
            self.body.addWidget(self.look)
            self.look.changed.connect(self._show)
        self.about = self.add_about(form.description)
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
        if self.look is not None and not self.look.shown.isChecked():
            self._studio.selecting.work.show_no_more()
        elif self._form.work is not None:
            self._studio.selecting.work.show(
                self._form.work(self._studio, self.form.values()),
                tinted=self._form.tinted,
                half=self.look is not None and self.look.compared.isChecked(),
            )

    def do(self) -> None:
        self.accept()
        self._form.do(self._studio, self.form.values())


class SavedSelectionsDialog(Frame):
    """The saved selections of the picture: loaded in the four ways, renamed in their place, deleted."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Selecting", "Saved selections"), parent, width=440)
        self.list = SavedSelections(studio)
        self.list.setMinimumHeight(200)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.body.addWidget(self.list)
        self.add_verb(QCoreApplication.translate("Selecting", "Delete"), self.delete)
        self.add_verb(QCoreApplication.translate("Selecting", "Add"), lambda: self.load("add"))
        self.add_verb(QCoreApplication.translate("Selecting", "Subtract"), lambda: self.load("subtract"))
        self.add_verb(QCoreApplication.translate("Selecting", "Intersect"), lambda: self.load("intersect"))
        self.add_verb(QCoreApplication.translate("Selecting", "Load"), lambda: self.load("new"), main=True)
        self.end_with_picture(studio)
        self.list.refresh()

    def load(self, mode: Mode) -> None:
        """Puts the chosen one to the selection."""
        self.list.load(mode)
        self.accept()

    def delete(self) -> None:
        self.list.delete()
        if not self.list.count():
            self.accept()
