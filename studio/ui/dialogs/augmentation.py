"""The artist's own pictures as the judge of a training sees them: each as it is, and beside it five times changed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.sample_view import SampleView
from studio.workspace.augmenting import Augmenting, Strength
from studio.workspace.studio import Studio

WIDTH, SHEET = 560, 528
GAP = 2


class AugmentationDialog(Frame):
    """It only shows: a training chooses the strength by its recipe, and may raise it as it learns."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("Augmentation", "As the judge sees your pictures")
        super().__init__(title, parent, WIDTH)
        self._augmenting = Augmenting(studio)
        self.add_sentence(
            QCoreApplication.translate(
                "Augmentation",
                "So that few pictures teach more, the judge sees them changed at random: at the left one of yours, beside it five "
                "looks. The model itself does not learn to make them so. The recipe chooses the strength.",
            )
        )
        self.form = ParameterForm(Strength())
        self.sheet, self.said = SampleView(), self.add_sentence("")
        self.sheet.setAccessibleName(title)
        self.body.addWidget(self.form)
        self.body.addSpacing(8)
        self.body.addWidget(self.sheet)
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)
        bind(self, self._augmenting.changed, self._show)
        self.form.changed.connect(self._augmenting.ask)
        self._augmenting.ask(Strength())
        self._show()

    def _show(self) -> None:
        self.said.setText(self._augmenting.problem)
        self.said.setVisible(bool(self._augmenting.problem))
        if rows := self._augmenting.rows:
            sheet = _sheet(rows)
            self.sheet.set_pixels(sheet)
            self.sheet.setFixedSize(SHEET, round(SHEET * sheet.shape[0] / sheet.shape[1]))
            self.adjustSize()


def _sheet(rows: tuple[np.ndarray, ...]) -> np.ndarray:
    """One picture of rows [side, n · side, 3], their first square a little apart."""
    side, width = rows[0].shape[:2]
    sheet = np.zeros(((side + GAP) * len(rows) - GAP, width + 4 * GAP, 4), np.uint8)
    for index, row in enumerate(rows):
        top = index * (side + GAP)
        sheet[top : top + side, :side, :3] = row[:, :side]
        sheet[top : top + side, side + 4 * GAP :, :3] = row[:, side:]
        sheet[top : top + side, :side, 3] = sheet[top : top + side, side + 4 * GAP :, 3] = 255
    return sheet
