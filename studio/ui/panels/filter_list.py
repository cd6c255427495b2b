"""The list of all filters: last used, favourites, then family by family. Rows are painted, none is a widget."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from studio.filters.catalogue import GROUPS, LISTED
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import icons, theme
from studio.ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
USED, STARRED, FOUND = "used", "starred", "found"
HEADINGS = {
    USED: QT_TRANSLATE_NOOP("FiltersPanel", "Last used"),
    STARRED: QT_TRANSLATE_NOOP("FiltersPanel", "Favourites"),
}
BUTTON = 28
"""Width of each of the two buttons at the end of a row, in logical pixels."""
PARTS = ("star", "layer")
"""What these are, from the right: star, as a layer. The rest of the row tries the filter."""
Row = tuple[str, str]
"""(section, name of a filter); the section's heading has no name."""


def section_words(section: str) -> str:
    """A section's heading in the language of the window."""
    if section in HEADINGS:
        return QCoreApplication.translate("FiltersPanel", HEADINGS[section])
    return QCoreApplication.translate("menus", GROUPS[section])  # type: ignore[index]


def filter_words(name: str) -> str:
    return QCoreApplication.translate("recipe", LISTED[name].title)


class FilterModel(QAbstractListModel):
    """The rows that are seen, and which sections are folded."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.favourites: frozenset[str] = frozenset()
        self.folded: frozenset[str] = frozenset()

    def set_rows(self, rows: tuple[Row, ...], favourites: frozenset[str], folded: frozenset[str]) -> None:
        other = rows != self.rows
        if other:
            self.beginResetModel()
        self.rows, self.favourites, self.folded = rows, favourites, folded
        if other:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        section, name = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return filter_words(name) if name else section_words(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(section, name)
        return None

    def _said(self, section: str, name: str) -> str:
        """As a screen reader says it: what its icons mean is in words."""
        words = filter_words(name) if name else section_words(section)
        if name in self.favourites:
            return QCoreApplication.translate("FiltersPanel", "{filter}, favourite").format(filter=words)
        if not name and section in self.folded:
            return QCoreApplication.translate("FiltersPanel", "{name}, folded").format(name=words)
        return words


class _RowPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, FilterList) and isinstance(model, FilterModel)
        look, area = theme.current(), QRectF(option.rect)
        section, name = model.rows[index.row()]
        usable = view.isEnabled()
        over = bool(option.state & QStyle.StateFlag.State_MouseOver) and usable
        ratio = painter.device().devicePixelRatioF()
        middle = option.rect.center().y() - 7
        if over:
            painter.fillRect(option.rect, look.colour("hover"))
        if not name:
            arrow = "chevron-right" if section in model.folded else "chevron-down"
            painter.drawPixmap(option.rect.left() + 4, middle, icons.pixmap(arrow, 16, "secondary", ratio))
            painter.setFont(theme.text_font(semibold=True))
            painter.setPen(look.colour("secondary"))
            paint.elided(painter, area.adjusted(24, 0, -8, 0), index.data(), Qt.AlignmentFlag.AlignLeft)
        else:
            painter.setFont(theme.text_font())
            painter.setPen(look.colour("text" if usable else "disabled"))
            words = area.adjusted(24, 0, -2 * BUTTON, 0)
            paint.elided(painter, words, index.data(), Qt.AlignmentFlag.AlignLeft)
            here = over or index == view.currentIndex()
            if here:
                place = view.part_rect(option.rect, "layer")
                self._button(painter, place, "filter-layer", "text", over and view.part_over == "layer")
            if here or name in model.favourites:
                token = "warn" if name in model.favourites else "secondary"
                place = view.part_rect(option.rect, "star")
                self._button(painter, place, "star", token, over and view.part_over == "star")
        if index == view.currentIndex() and view.hasFocus():
            paint.focus_ring(painter, area)

    def _button(self, painter: QPainter, place: QRect, icon: str, token: str, over: bool) -> None:
        if over:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().colour("pressed"))
            painter.drawRoundedRect(QRectF(place), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        image = icons.pixmap(icon, 16, token, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.center().x() - 7, place.center().y() - 7, image)


class FilterList(QListView):
    """As high as its rows: the page around it scrolls.

    A press on a row tries the filter, on its star or layer does that; Enter tries, Shift+Enter adds a layer, Space stars.
    On a heading all of them fold and open it.
    """

    try_wanted = Signal(str)
    layer_wanted = Signal(str)
    star_wanted = Signal(str)
    fold_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part_over = ""
        self.rows_model = FilterModel(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(_RowPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)

    def set_rows(self, rows: tuple[Row, ...], favourites: frozenset[str], folded: frozenset[str]) -> None:
        here = self.row_at(self.currentIndex())
        self.rows_model.set_rows(rows, favourites, folded)
        self.setFixedHeight(max(1, len(rows)) * theme.ROW)
        if here in rows:
            self.setCurrentIndex(self.rows_model.index(rows.index(here)))
        self.viewport().update()

    def row_at(self, index: Index) -> Row | None:
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def place_of(self, name: str, section: str = "") -> QRect:
        """Where the row of a filter is painted; empty where it is not listed."""
        for number, row in enumerate(self.rows_model.rows):
            if row[1] == name and section in ("", row[0]):
                return self.visualRect(self.rows_model.index(number))
        return QRect()

    def part_rect(self, row: QRect, part: str) -> QRect:
        """The square of a button in a row."""
        right = row.right() + 1 - BUTTON * PARTS.index(part)
        return QRect(right - BUTTON, row.top(), BUTTON, row.height())

    def _part_at(self, place: QPoint) -> str:
        index = self.indexAt(place)
        row = self.row_at(index)
        if row is None:
            return ""
        if not row[1]:
            return "fold"
        inside = (part for part in PARTS if self.part_rect(self.visualRect(index), part).contains(place))
        return next(inside, "try")

    def _do(self, row: Row, part: str) -> None:
        section, name = row
        if not name:
            self.fold_wanted.emit(section)
        elif part == "star":
            self.star_wanted.emit(name)
        elif part == "layer":
            self.layer_wanted.emit(name)
        else:
            self.try_wanted.emit(name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        row = self.row_at(self.indexAt(place))
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self._do(row, self._part_at(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position().toPoint())
        if part != self.part_over:
            self.part_over = part
            self.viewport().update()
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, keys = self.row_at(self.currentIndex()), Qt.Key
        if row is None or event.key() not in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            super().keyPressEvent(event)
            return
        as_layer = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._do(row, "star" if event.key() == keys.Key_Space else "layer" if as_layer else "try")
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def tip_at(self, place: QPoint) -> str:
        """What a press there would do."""
        row, part = self.row_at(self.indexAt(place)), self._part_at(place)
        if row is None or not row[1]:
            return ""
        words = {
            "star": QCoreApplication.translate("FiltersPanel", "{filter}: favourite or not (Space)"),
            "layer": QCoreApplication.translate("FiltersPanel", "{filter}: new filter layer (Shift+Enter)"),
            "try": QCoreApplication.translate("FiltersPanel", "{filter}: try on the layer (Enter)"),
        }
        return words[part].format(filter=filter_words(row[1]))
