"""Swatches in a grid, painted where they are seen: a palette of a hundred thousand colours scrolls like one of ten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from studio.project.palettes import Swatch
from studio.ui import theme
from studio.ui.screen_colours import screen_colour
from studio.ui.widgets import paint
from studio.ui.widgets.colour_wheel import hexadecimal

CELL = 20


class SwatchGrid(QAbstractScrollArea):
    """``taken``: a click or Enter on a swatch (its index); ``menu_wanted``: a right click. Arrow keys move."""

    taken = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._swatches: Sequence[Swatch] = ()
        self._columns = 0
        self.current = -1
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumHeight(3 * CELL)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    def set_swatches(self, swatches: Sequence[Swatch], columns: int = 0) -> None:
        """``columns``: how many in a row, 0 for as many as fit."""
        self._swatches, self._columns = swatches, columns
        self.current = min(self.current, len(swatches) - 1)
        self._measure()
        self.viewport().update()

    @property
    def columns(self) -> int:
        fit = max(1, self.viewport().width() // CELL)
        return min(self._columns, fit) if self._columns else fit

    def rect_of(self, index: int) -> QRect:
        """Where a swatch stands in the viewport now."""
        row, column = divmod(index, self.columns)
        return QRect(column * CELL, row * CELL - self.verticalScrollBar().value(), CELL, CELL)

    def index_at(self, place: QPoint) -> int:
        column, row = place.x() // CELL, (place.y() + self.verticalScrollBar().value()) // CELL
        index = row * self.columns + column
        return index if 0 <= column < self.columns and 0 <= index < len(self._swatches) else -1

    def _measure(self) -> None:
        rows = -(-len(self._swatches) // self.columns)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, rows * CELL - self.viewport().height()))
        bar.setSingleStep(CELL)
        bar.setPageStep(self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look, offset = theme.current(), self.verticalScrollBar().value()
        painter.fillRect(event.rect(), look.colour("panel"))
        first = max(0, (offset + event.rect().top()) // CELL) * self.columns
        last = ((offset + event.rect().bottom()) // CELL + 1) * self.columns
        for index in range(first, min(last, len(self._swatches))):
            cell = self.rect_of(index).adjusted(1, 1, -1, -1)
            painter.fillRect(cell, screen_colour(self._swatches[index].colour))
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
            if index == self.current:
                painter.setPen(QPen(look.colour("active"), 2))
                painter.drawRect(cell.adjusted(1, 1, -1, -1))
        if self.hasFocus():
            paint.focus_ring(painter, self.viewport().rect().toRectF())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().toPoint())
        if index < 0:
            return
        self._choose(index)
        if event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit(index)
        elif event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(index, event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self.columns, Qt.Key.Key_Down: self.columns,
        }  # fmt: skip
        if (step := steps.get(Qt.Key(event.key()))) is not None and self._swatches:
            self._choose(min(max(self.current + step, 0), len(self._swatches) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current >= 0:
            self.taken.emit(self.current)
        elif event.key() == Qt.Key.Key_Menu and self.current >= 0:
            place = self.viewport().mapToGlobal(self.rect_of(self.current).center())
            self.menu_wanted.emit(self.current, place)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: int) -> None:
        self.current = index
        cell = self.rect_of(index)
        bar = self.verticalScrollBar()
        if cell.top() < 0:
            bar.setValue(bar.value() + cell.top())
        elif cell.top() + CELL > self.viewport().height():
            bar.setValue(bar.value() + cell.top() + CELL - self.viewport().height())
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.index_at(event.pos())
            if index >= 0:
                swatch = self._swatches[index]
                words = f"{swatch.name}  {hexadecimal(swatch.colour)}".strip()
                QToolTip.showText(event.globalPos(), words, self, self.rect_of(index))
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
