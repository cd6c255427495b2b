"""Guides and grid of the picture: the grid's measures, guides for columns and rows, and each guide by its number."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec.structs import asdict, replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.document.aids import Grid, Guide
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.ui.dialogs.frame import Frame
from studio.ui.panels.following import Follower
from studio.ui.widgets.form import ParameterForm
from studio.workspace import guides
from studio.workspace.studio import Studio

LABEL = 104
WIDTH = 600
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "square"),
    QT_TRANSLATE_NOOP("recipe", "isometric"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class GridMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """The grid as a form; pixels and degrees."""

    kind: Annotated[Literal["square", "isometric"], declare(QT_TRANSLATE_NOOP("recipe", "Grid"))] = "square"
    width: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Cell width"), low=1, high=10000, soft_high=512, unit="px")
    ] = 64.0
    height: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Cell height"), low=1, high=10000, soft_high=512, unit="px"),
    ] = 64.0
    subdivisions: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Subdivisions"), low=1, high=64, soft_high=16)
    ] = 4
    left: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Offset x"), low=-512, high=512, unit="px"),
    ] = 0.0
    top: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Offset y"), low=-512, high=512, unit="px"),
    ] = 0.0
    angle: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Isometric angle"), low=5, high=60, unit="°")
    ] = 30.0


class GuideLayout(msgspec.Struct, frozen=True, kw_only=True):
    """Guides for columns and rows; pixels."""

    columns: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Columns"), low=0, high=100, soft_high=12)
    ] = 3
    rows: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Rows"), low=0, high=100, soft_high=12)] = 3
    margin: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Margin"), low=0, high=10000, soft_high=512, unit="px")
    ] = 0.0
    gutter: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Gutter"), low=0, high=10000, soft_high=256, unit="px")
    ] = 0.0


class GuidesDialog(Frame):
    """Changes the picture at once; each change is a step of the history."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("actions", "Guides and grid…").rstrip("…"), parent, WIDTH)
        self._studio = studio
        assert studio.current is not None
        aids = studio.current.document.committed.aids
        self.grid = ParameterForm(GridMeasures(**asdict(aids.grid)), label_width=LABEL)
        self.grid.released.connect(self._set_grid)
        self.layout_ = ParameterForm(GuideLayout(), label_width=LABEL)
        self.list = QListWidget()
        self.list.setAccessibleName(translate("actions", "Guides"))
        self.list.itemChanged.connect(self._edited)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(
            self._column(
                self._heading(translate("actions", "Grid")),
                self.grid,
                self._heading(translate("GuidesDialog", "Columns and rows")),
                self.layout_,
                self._button(translate("GuidesDialog", "Lay out guides"), self._lay_out),
            ),
            3,
        )
        columns.addLayout(
            self._column(
                self._heading(translate("actions", "Guides")),
                self.list,
                self._button(translate("GuidesDialog", "Add vertical guide"), lambda: self._add("x")),
                self._button(translate("GuidesDialog", "Add horizontal guide"), lambda: self._add("y")),
                self._button(translate("Rulers", "Remove guide"), self._remove),
            ),
            2,
        )
        self.body.addLayout(columns)
        self.add_verb(translate("GuidesDialog", "Done"), self.accept, main=True)
        self._follower = Follower(self, studio, self._refresh, picture=True)
        self._refresh()

    def _column(self, *widgets: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in widgets:
            column.addWidget(widget)
        return column

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("quiet", True)
        return label

    def _button(self, text: str, call: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: call())
        return button

    def _guides(self) -> tuple[Guide, ...]:
        return self._studio.current.document.committed.aids.guides if self._studio.current else ()

    def _refresh(self) -> None:
        """The list as the picture has it; a picture that was closed closes the dialog."""
        if self._studio.current is None:
            self.reject()
            return
        aids = self._studio.current.document.committed.aids
        self.grid.set_values(GridMeasures(**asdict(aids.grid)))
        blocked = self.list.blockSignals(True)
        row = self.list.currentRow()
        self.list.clear()
        for guide in aids.guides:
            item = QListWidgetItem(_text(guide))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(blocked)

    def _set_grid(self, values: GridMeasures) -> None:
        guides.set_grid(self._studio, Grid(**msgspec.structs.asdict(values)))
        if not self._studio.viewing.options.grid:
            self._studio.viewing.change(grid=True)

    def _lay_out(self) -> None:
        values = self.layout_.values()
        guides.add_layout(self._studio, values.columns, values.rows, values.margin, values.gutter)
        self._studio.viewing.change(guides=True)

    def _add(self, axis: str) -> None:
        assert self._studio.current is not None
        artwork = self._studio.current.document.committed
        middle = (artwork.width if axis == "x" else artwork.height) / 2
        made = Guide("x" if axis == "x" else "y", float(round(middle)))
        guides.change(self._studio, guides.GUIDE, guides=(*self._guides(), made))
        self._studio.viewing.change(guides=True)

    def _remove(self) -> None:
        row, found = self.list.currentRow(), list(self._guides())
        if 0 <= row < len(found):
            del found[row]
            guides.change(self._studio, guides.GUIDE, guides=tuple(found))

    def _edited(self, item: QListWidgetItem) -> None:
        """A number typed into a row moves that guide; anything else leaves it where it is."""
        row, found = self.list.row(item), list(self._guides())
        digits = "".join(letter for letter in item.text().replace(",", ".") if letter in "0123456789.-")
        try:
            found[row] = replace(found[row], position=float(digits))
        except (ValueError, IndexError):
            self._refresh()
            return
        guides.change(self._studio, guides.GUIDE, guides=tuple(found))


def _text(guide: Guide) -> str:
    return f"{guide.axis} = {guide.position:g} px"
