"""A kernel as a grid of numbers, with the usual kernels, its side, and symmetric entry."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.filters import kernels
from studio.raster.kernel_text import numbers_of
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.form import choice_words
from studio.ui.widgets.rows import ChoiceRow, SwitchRow

OWN = "own"
MOST = 1e6
CELL = 24
"""Height of one number in logical pixels, without its frame."""
STEP, LARGE_STEP = 1.0, 10.0


class Cell(QLineEdit):
    """One number; up and down step it, with Shift by 10, Enter and Tab take it."""

    stepped = Signal(float)

    def __init__(self, row: int, column: int) -> None:
        super().__init__()
        self.place = (row, column)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The theme's room beside the words would leave none for nine columns.
        self.setStyleSheet(
            f"QLineEdit {{ padding: 0; min-width: 22px; min-height: {CELL}px; max-height: {CELL}px; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        far = LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        self.stepped.emit(steps[Qt.Key(event.key())] * far)


class KernelGrid(Retranslated, QWidget):
    """``changed`` brings the kernel as text when a number was entered, or a preset or side chosen.

    A kernel that is no square of 3 to 9 has no grid: it is written as text elsewhere. An entry that is no number, or beyond a
    million, is taken back.
    """

    changed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._kernel = text, numbers_of(text)
        self.preset, self.side = ChoiceRow(" "), ChoiceRow(" ")
        self.symmetric = SwitchRow(on=False)
        self.cells: dict[tuple[int, int], Cell] = {}
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.preset, self.side, self._table, self.symmetric):
            column.addWidget(widget)
        self.preset.chosen.connect(self._choose_preset)
        self.side.chosen.connect(self._choose_side)
        self.retranslate()
        self._show()

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Shows another kernel without telling anybody. Raises ValueError where the text is none."""
        if text != self._text:
            self._text, self._kernel = text, numbers_of(text)
            self._show()

    def _take(self, kernel: np.ndarray) -> None:
        self._kernel, self._text = kernel, kernels.text_of(kernel)
        self._show()
        self.changed.emit(self._text)

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def enter(self, row: int, column: int, number: float) -> None:
        """Another number in one place, and in those mirrored to it where entry is symmetric."""
        if abs(number) <= MOST:
            self._take(
                kernels.with_number(self._kernel, row, column, number, symmetric=self.symmetric.isChecked())
            )

    def _typed(self, cell: Cell) -> None:
        if not cell.isModified():
            return
        cell.setModified(False)
        number = _number(cell.text())
        if number is not None and abs(number) <= MOST and number != self._kernel[cell.place]:
            self.enter(*cell.place, number)
        else:
            self._write(cell)

    def _step(self, cell: Cell, by: float) -> None:
        self.enter(*cell.place, round(float(self._kernel[cell.place]) + by, 6))

    def _choose_preset(self, name: str) -> None:
        if name != OWN:
            side = self._kernel.shape[0] if self._kernel.shape[0] in kernels.SIDES else 3
            self._take(kernels.preset(name, side))

    def _choose_side(self, side: str) -> None:
        if side.isdigit():
            blur = self._preset_shown() == "blur"
            self._take(
                kernels.preset("blur", int(side)) if blur else kernels.with_side(self._kernel, int(side))
            )

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────
    def _squared(self) -> bool:
        rows, columns = self._kernel.shape
        return rows == columns and rows in kernels.SIDES

    def _preset_shown(self) -> str:
        if not self._squared():
            return OWN
        side = self._kernel.shape[0]
        return next(
            (name for name in kernels.PRESETS if np.array_equal(kernels.preset(name, side), self._kernel)),
            OWN,
        )

    def _show(self) -> None:
        squared = self._squared()
        self._table.setVisible(squared)
        self.symmetric.setVisible(squared)
        places = [
            (row, column) for row in range(len(self._kernel)) for column in range(self._kernel.shape[1])
        ]
        if squared and list(self.cells) != places:
            self._make_cells(places)
        for cell in self.cells.values() if squared else ():
            self._write(cell)
        self.preset.set_value(self._preset_shown())
        self.side.set_value(str(self._kernel.shape[0]) if squared else OWN)

    def _make_cells(self, places: list[tuple[int, int]]) -> None:
        for cell in self.cells.values():
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self.cells = {}
        for row, column in places:
            cell = self.cells[row, column] = Cell(row, column)
            cell.editingFinished.connect(lambda cell=cell: self._typed(cell))
            cell.stepped.connect(lambda by, cell=cell: self._step(cell, by))
            self._grid.addWidget(cell, row, column)
        self._name_cells()

    def _write(self, cell: Cell) -> None:
        cell.setText(f"{float(self._kernel[cell.place]) + 0.0:.5g}".replace("-", "−"))
        cell.setCursorPosition(0)
        cell.setModified(False)

    def _name_cells(self) -> None:
        words = QCoreApplication.translate("Kernel", "Row {row}, column {column}")
        for (row, column), cell in self.cells.items():
            cell.setAccessibleName(words.format(row=row + 1, column=column + 1))

    def retranslate(self) -> None:
        own = QCoreApplication.translate("Kernel", "Own numbers")
        self.preset.set_title(QCoreApplication.translate("Kernel", "Preset"))
        self.preset.set_choices([(OWN, own), *((name, choice_words(name)) for name in kernels.PRESETS)])
        self.side.set_title(QCoreApplication.translate("Kernel", "Side"))
        other = QCoreApplication.translate("Kernel", "Other, as text")
        self.side.set_choices([*((str(side), f"{side} × {side}") for side in kernels.SIDES), (OWN, other)])
        self.symmetric.set_title(QCoreApplication.translate("Kernel", "Symmetric entry"))
        self._name_cells()


def _number(text: str) -> float | None:
    """What is typed, also as a fraction (``1/9``) or with an exponent; None for anything else."""
    above, slash, below = text.strip().partition("/")
    try:
        parts = [
            float(part) if "e" in part.lower() else paint.parsed(part)
            for part in (above, below if slash else "1")
        ]
    except ValueError:
        return None
    if parts[0] is None or not parts[1]:
        return None
    return parts[0] / parts[1]
