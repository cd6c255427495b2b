"""The page of the panorama dialog that shows what the photographs have in common."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from studio.ui.widgets.match_view import MatchView
from studio.workspace.panorama import Compared, Overlaps

LISTED = 86


class MatchesPage(QWidget):
    """A list of the pairs that were compared and of the photographs that are left out, and a picture of the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MatchView()
        self.view.setAccessibleName(
            QCoreApplication.translate("Panorama", "Two photographs and what was found in both")
        )
        self.list = QListWidget()
        self.list.setFixedHeight(LISTED)
        self.list.setAccessibleName(QCoreApplication.translate("Panorama", "Matches between photographs"))
        self._overlaps: Overlaps | None = None
        self._entries: list[Compared | int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self.list)
        self.list.currentRowChanged.connect(self._choose)

    def show_overlaps(self, overlaps: Overlaps) -> None:
        """The pair that was chosen stays so where it is still there."""
        before = self._chosen_key()
        self._overlaps = overlaps
        left_out = [number for number, one in enumerate(overlaps.photographs) if not one.used]
        self._entries = [*overlaps.compared, *left_out]
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([self._words(entry) for entry in self._entries])
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setToolTip(item.text())
        self.list.blockSignals(blocked)
        keys = [_key(entry) for entry in self._entries]
        self.list.setCurrentRow(keys.index(before) if before in keys else 0)
        if not self._entries:
            self.view.clear()

    def _chosen_key(self) -> tuple[int, ...]:
        row = self.list.currentRow()
        return _key(self._entries[row]) if 0 <= row < len(self._entries) else ()

    def _words(self, entry: Compared | int) -> str:
        assert self._overlaps is not None
        photographs = self._overlaps.photographs
        if isinstance(entry, int):
            text = QCoreApplication.translate("Panorama", "{name}: left out, features: {count}")
            return text.format(name=photographs[entry].name, count=len(photographs[entry].points))
        names = {"first": photographs[entry.first].name, "second": photographs[entry.second].name}
        count, agree = len(entry.agrees), int(entry.agrees.sum())
        if agree:
            text = QCoreApplication.translate(
                "Panorama", "{first} – {second}: matches that agree: {agree} of {count}"
            )
        else:
            text = QCoreApplication.translate(
                "Panorama", "{first} – {second}: no overlap, rejected matches: {count}"
            )
        return text.format(**names, agree=agree, count=count)

    def _choose(self, row: int) -> None:
        if self._overlaps is None or not 0 <= row < len(self._entries):
            return
        entry, photographs = self._entries[row], self._overlaps.photographs
        if isinstance(entry, int):
            self.view.show_one(photographs[entry].pixels, photographs[entry].points)
            return
        pictures = photographs[entry.first].pixels, photographs[entry.second].pixels
        self.view.show_pair(pictures, (entry.first_points, entry.second_points), entry.agrees)


def _key(entry: Compared | int) -> tuple[int, ...]:
    return (entry,) if isinstance(entry, int) else (entry.first, entry.second)
