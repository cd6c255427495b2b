"""The History panel: every undo step; a click goes there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.document.document import HistoryEntry
from studio.project.errors import ProjectError
from studio.ui import icons, theme
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets import paint
from studio.ui.widgets.cards import EmptyState
from studio.workspace.notices import NOT_OPENED, Notice
from studio.workspace.studio import Studio

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


def step_words(label: str) -> str:
    """A step's label in the language of the window; a filter's title stands in the filters' own context."""
    found = QCoreApplication.translate("history", label)
    return QCoreApplication.translate("recipe", label) if found == label else found


class HistoryModel(QAbstractListModel):
    """The steps, oldest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[HistoryEntry, ...] = ()
        self.cursor = 0

    def set_entries(self, entries: tuple[HistoryEntry, ...], cursor: int) -> None:
        ids = [entry.revision_id for entry in entries]
        known = [entry.revision_id for entry in self.entries]
        if known and ids[: len(known)] == known:
            if len(ids) > len(known):
                self.beginInsertRows(NOWHERE, len(known), len(ids) - 1)
                self.entries = entries
                self.endInsertRows()
            self.entries = entries
        elif ids != known:
            self.beginResetModel()
            self.entries = entries
            self.endResetModel()
        if cursor != self.cursor and entries:
            self.cursor = cursor
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return step_words(self.entries[index.row()].label)
        return None


class _StepPainter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        look, area = theme.current(), QRectF(option.rect)
        here, undone = index.row() == model.cursor, index.row() > model.cursor
        if here:
            painter.fillRect(option.rect, look.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.colour("hover"))
        if here:
            mark = icons.pixmap("chevron-right", 16, "text", painter.device().devicePixelRatioF())
            painter.drawPixmap(option.rect.left() + 4, option.rect.center().y() - 7, mark)
        painter.setPen(look.colour("disabled" if undone else "text"))
        painter.setFont(QFont(option.font))
        left = area.adjusted(24, 0, -8, 0)
        paint.elided(painter, left, index.data(), Qt.AlignmentFlag.AlignLeft)
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus():
            paint.focus_ring(painter, area)


class HistoryPanel(Retranslated, QWidget):
    """The steps of the current picture."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.model = HistoryModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_StepPainter(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.view)
        column.addWidget(self.empty)
        self.view.setMinimumHeight(60)
        self.view.clicked.connect(lambda index: self.go_to(index.row()))
        self.view.activated.connect(lambda index: self.go_to(index.row()))
        self._follower = Follower(self, studio, self.refresh, picture=True)
        self.retranslate()

    def go_to(self, row: int) -> None:
        """Moves the picture to a step."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open or not 0 <= row < len(picture.document.history):
            return
        self._studio.settle()
        try:
            picture.document.go_to(row)
        except (OSError, ProjectError) as error:
            arguments = {
                "file": step_words(self.model.entries[row].label),
                "reason": self._studio.filing.sentence(error),
            }
            self._studio.tell(Notice(kind="error", text=NOT_OPENED, arguments=arguments))

    def refresh(self) -> None:
        picture = self._studio.current
        self.view.setVisible(picture is not None)
        self.empty.setVisible(picture is None)
        if picture is None:
            return
        cursor = picture.document.cursor
        moved = cursor != self.model.cursor or len(self.model.entries) != len(picture.document.history)
        self.model.set_entries(picture.document.history, cursor)
        if moved:
            index = self.model.index(cursor)
            self.view.setCurrentIndex(index)
            self._show_current()

    def _show_current(self) -> None:
        """Scrolls to the current step; a list that is only now shown has its size a moment later."""
        QTimer.singleShot(0, self.view, lambda: self.view.scrollTo(self.view.currentIndex()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_current()

    def retranslate(self) -> None:
        self.view.setAccessibleName(QCoreApplication.translate("HistoryPanel", "Steps of this picture"))
        self.view.setToolTip(
            QCoreApplication.translate("HistoryPanel", "Click a step to go there (Ctrl+Z goes back)")
        )
        self.empty.set_texts(
            QCoreApplication.translate("HistoryPanel", "Each step of a picture appears here.")
        )
        self.view.viewport().update()
        self.refresh()
