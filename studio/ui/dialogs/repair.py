"""Fill from surroundings with options: the method, its values, and where it may take from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.synthesis.heal import METHODS
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.look_switches import LookSwitches
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import repairing
from studio.workspace.repairing import Filling
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128
FIRST = "patchmatch"
SAMPLING = ("patchmatch", "patch")
"""The methods that copy pixels from elsewhere; the others only look at the hole's edge."""


class FillDialog(Frame):
    """With Enter at once it does what the quick command does."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("RepairDialog", "Fill from surroundings"), parent, WIDTH)
        self._studio = studio
        names = [(name, QCoreApplication.translate("recipe", kind.title)) for name, kind in METHODS.items()]
        self.method = ChoiceRow(
            QCoreApplication.translate("RepairDialog", "Method"), names, FIRST, label_width=LABEL
        )
        self.body.addWidget(self.method)
        self.forms = {
            name: ParameterForm(kind.parameters(), label_width=LABEL) for name, kind in METHODS.items()
        }
        for form in self.forms.values():
            self.body.addWidget(form)
        saved = () if studio.current is None else studio.current.document.committed.saved_selections
        everywhere = ("", QCoreApplication.translate("RepairDialog", "Everywhere"))
        places = [everywhere, *((one.id, one.name) for one in saved)]
        self.source = ChoiceRow(
            QCoreApplication.translate("RepairDialog", "Take from"), places, "", label_width=LABEL
        )
        self.source.setToolTip(
            QCoreApplication.translate(
                "RepairDialog", "Save a selection first to take only from what it holds"
            )
        )
        self.body.addWidget(self.source)
        self.look = LookSwitches()
        self.look.compared.setToolTip(
            QCoreApplication.translate("RepairDialog", "The left half of what is filled is seen as it was")
        )
        self.body.addWidget(self.look)
        self.about = self.add_about(METHODS[FIRST].description)
        self.method.chosen.connect(self.show_method)
        self.method.chosen.connect(lambda _name: self._show())
        self.source.chosen.connect(lambda _id: self._show())
        for form in self.forms.values():
            form.released.connect(lambda _values: self._show())
        self.look.changed.connect(self._show)
        self.finished.connect(lambda _result: studio.selecting.work.show_no_more())
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("RepairDialog", "Fill"), self.fill, main=True)
        self.show_method(FIRST)
        self.end_with_picture(studio)
        self._show()

    def show_method(self, name: str) -> None:
        """Only the values of this method."""
        self.method.set_value(name)
        for one, form in self.forms.items():
            form.setVisible(one == name)
        self.source.setVisible(name in SAMPLING)
        self.about.tell(METHODS[name].description)
        if self.isVisible() and (layout := self.layout()) is not None:
            layout.activate()
            self.adjustSize()

    def _values(self) -> Filling:
        name = self.method.value()
        source = self.source.value() if name in SAMPLING else ""
        return Filling(method=name, values=self.forms[name].values(), source=source)

    def _show(self) -> None:
        """What it would be, on the canvas as soon as it is there."""
        work, picture, how = self._studio.selecting.work, self._studio.current, self._values()
        if not self.look.shown.isChecked() or picture is None:
            work.show_no_more()
            return
        renderer, half = picture.renderer, self.look.compared.isChecked()
        work.show(lambda artwork: repairing.filled(artwork, how, renderer, half=half))  # type: ignore[arg-type,return-value]

    def fill(self) -> None:
        """One undo step."""
        how = self._values()
        self.accept()
        repairing.fill(self._studio, how)
