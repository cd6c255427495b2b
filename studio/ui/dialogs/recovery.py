"""Pictures that only the journal has: shown with their face, restored with a click, never deleted unasked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studio.ui.dialogs.decision import DecisionDialog
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.cards import Card
from studio.workspace.studio import Studio

if TYPE_CHECKING:
    from studio.project.recovery import Recoverable


class RecoveryDialog(Frame):
    """A card for each picture; a click restores it, Later leaves all as they are."""

    def __init__(self, studio: Studio, items: Sequence[Recoverable], parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Recovery", "Pictures from last time"), parent, width=480)
        self._studio = studio
        self.add_sentence(
            QCoreApplication.translate(
                "Recovery", "They were open and not saved. Nothing is lost: choose one to go on."
            )
            if items
            else QCoreApplication.translate(
                "Recovery", "Every picture is saved or open. There is nothing to restore."
            )
        )
        self.rows: dict[int, QWidget] = {}
        self._items = list(items)
        for number, item in enumerate(self._items):
            self.rows[number] = self._row(number, item)
            self.body.addWidget(self.rows[number])
        self.add_verb(QCoreApplication.translate("Recovery", "Later"), self.reject)
        if items:
            self.add_verb(QCoreApplication.translate("Recovery", "Restore all"), self._restore_all, main=True)

    def _row(self, number: int, item: Recoverable) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        moment = time.strftime("%Y-%m-%d %H:%M", time.localtime(item.time))
        card = Card(item.title, moment, icon="image", opens=False)
        if item.thumbnail:
            card.set_image(QImage.fromData(item.thumbnail))
        discard = QPushButton(QCoreApplication.translate("Recovery", "Delete…"))
        discard.setProperty("quiet", True)
        discard.setAccessibleName(
            QCoreApplication.translate("Recovery", "Delete “{title}”").format(title=item.title)
        )
        card.clicked.connect(lambda: self._restore(number, item))
        discard.clicked.connect(lambda: self._ask(number, item))
        line.addWidget(card, 1)
        line.addWidget(discard)
        return row

    def _restore(self, number: int, item: Recoverable) -> None:
        self._studio.filing.recover(item)
        self._gone(number)

    def _restore_all(self) -> None:
        for number in list(self.rows):
            self._restore(number, self._items[number])

    def _ask(self, number: int, item: Recoverable) -> None:
        sentence = QCoreApplication.translate(
            "Recovery", "“{title}” is nowhere else. Deleted, it is gone for good."
        )
        words = QCoreApplication.translate("Recovery", "Delete for good")
        keep = QCoreApplication.translate("Recovery", "Keep it")

        def delete() -> None:
            self._studio.filing.discard(item)
            self._gone(number)

        title = QCoreApplication.translate("Recovery", "Delete this picture?")
        verbs = ((keep, lambda: None), (words, delete))
        DecisionDialog(title, sentence.format(title=item.title), verbs, self).open()

    def _gone(self, number: int) -> None:
        self.rows.pop(number).hide()
        if not self.rows:
            self.accept()
