"""The name of a direction, in both languages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.messages.models import Slider
from studio.ui.dialogs.frame import Frame
from studio.ui.language import spoken
from studio.ui.widgets.rows import TextRow
from studio.workspace.studio import Studio


class DirectionNameDialog(Frame):
    """A name left empty in the other language becomes that of the first."""

    def __init__(self, studio: Studio, direction: Slider, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("DirectionName", "Rename direction"), parent)
        self._studio, self._direction = studio, direction
        self.english = TextRow(QCoreApplication.translate("DirectionName", "English name"))
        self.chinese = TextRow(QCoreApplication.translate("DirectionName", "Chinese name"))
        rows = [self.english, self.chinese]
        for row in reversed(rows) if spoken().startswith("zh") else rows:
            self.body.addWidget(row)
        self.english.field.setText(direction.title)
        self.chinese.field.setText(direction.title_zh)
        self.add_sentence(
            QCoreApplication.translate(
                "DirectionName",
                "The name is yours and is kept with this model's name; pictures stay the same.",
            )
        )
        self.add_cancel()
        self.verb = self.add_verb(
            QCoreApplication.translate("DirectionName", "Rename"), self._save, main=True
        )
        for row in rows:
            row.field.textChanged.connect(lambda _text: self.verb.setEnabled(any(self._names())))
        first = self.chinese if spoken().startswith("zh") else self.english
        first.field.selectAll()
        first.field.setFocus()

    def _names(self) -> tuple[str, str]:
        return self.english.field.text().strip(), self.chinese.field.text().strip()

    def _save(self) -> None:
        english, chinese = self._names()
        if english or chinese:
            self._studio.generating.directions.rename(
                self._direction.name, english or chinese, chinese or english
            )
            self.accept()
