"""Split detail and colour: the radius that divides them, then the work itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.document.separating import Separation
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
from studio.workspace.studio import Studio


class SeparateDialog(Frame):
    """One slider; the layer becomes a group of colour and detail that together are the layer again."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Separate", "Split detail and colour"), parent)
        self._studio = studio
        self.add_sentence(
            QCoreApplication.translate(
                "Separate",
                "The layer becomes a group of two: its colours, blurred, and its detail. Paint on one without touching "
                "the other; together they look as before.",
            )
        )
        self.form = ParameterForm(Separation())
        self.body.addWidget(self.form)
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("Separate", "Split"), self.split, main=True)

    def split(self) -> None:
        self.accept()
        self._studio.merging.separate(self.form.values())
