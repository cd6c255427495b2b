"""Blend pictures: the way, its values, then the work itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio import recipe
from studio.synthesis.fuse import FUSIONS
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import fusing, notices
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128
FIRST = "multi-band"


class FuseDialog(Frame):
    """The selected layers become a new one, the lowest of them the first picture."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Fuse", "Blend pictures"), parent, WIDTH)
        self._studio = studio
        self.add_sentence(
            QCoreApplication.translate(
                "Fuse", "The selected layers become a new layer above them. They stay as they are."
            )
        )
        names = [
            (name, QCoreApplication.translate("recipe", fusion.title)) for name, fusion in FUSIONS.items()
        ]
        self.method = ChoiceRow(QCoreApplication.translate("Fuse", "Method"), names, FIRST, label_width=LABEL)
        self.body.addWidget(self.method)
        self.forms = {
            name: ParameterForm(fusion.parameters(), label_width=LABEL)
            for name, fusion in FUSIONS.items()
            if recipe.parameters(fusion.parameters)
        }
        for form in self.forms.values():
            self.body.addWidget(form)
        self.method.chosen.connect(self.show_method)
        self.missing = self.add_sentence(QCoreApplication.translate("notices", notices.NO_ENGINE))
        self.add_cancel()
        self.verb = self.add_verb(QCoreApplication.translate("Fuse", "Blend"), self.fuse, main=True)
        self.show_method(FIRST)
        self.end_with_picture(studio)

    def show_method(self, name: str) -> None:
        """Only the values of this way."""
        self.method.set_value(name)
        for one, form in self.forms.items():
            form.setVisible(one == name)
        lacking = bool(FUSIONS[name].engine) and self._studio.engine is None
        self.missing.setVisible(lacking)
        self.verb.setEnabled(not lacking)
        if self.isVisible() and (layout := self.layout()) is not None:
            layout.activate()
            self.adjustSize()

    def fuse(self) -> None:
        self.accept()
        name = self.method.value()
        form = self.forms.get(name)
        fusing.fuse_layers(self._studio, name, None if form is None else form.values())
