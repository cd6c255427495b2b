"""The layer list: rows of 36 px with eye, thumbnail and name; the hand selects, moves, shows, hides and renames."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QListView, QToolTip, QWidget

from studio.document.layer import Group
from studio.ui import theme
from studio.ui.panels.layer_painter import EYE, LayerPainter, name_left, part_at, thumb_rect, tip_of
from studio.ui.panels.layer_rows import Index, LayerRow, LayerRows, second_line
from studio.ui.widgets import paint

MIME = "application/x-danqing-layer"
SCROLL_EDGE, SCROLL_STEP = 20, 12
SCROLL_MILLISECONDS = 30
LINE = 6
SPRING_MILLISECONDS = 700
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class LayerView(QListView):
    """What the hand does is told in signals; the panel answers by edits."""

    chosen = Signal(str, str)  # layer id, "only", "toggle" or "range"
    several_chosen = Signal(tuple, str)  # layer ids, the active one: by the keyboard
    part_pressed = Signal(str, str, object)  # layer id, "thumb", "mask" or "effects", keyboard modifiers
    eyes_changed = Signal(dict)  # layer id → visible, at the end of the drag
    locks_changed = Signal(dict)  # layer id → locked, at the end of the drag
    solo_wanted = Signal(str)
    fold_wanted = Signal(str, bool)
    moved = Signal(tuple, int, str)  # layer ids, row, "above", "below", "into" or "bottom"
    written = Signal()  # the field of a name was closed, with or without a new one
    delete_wanted = Signal()
    locate_wanted = Signal()
    effects_wanted = Signal(str)
    clip_wanted = Signal(str)  # Alt+click on the line between two rows: the upper one
    opened = Signal(object)  # the layer whose thumbnail was double-clicked
    image_wanted = Signal(object)
    mask_wanted = Signal(object)

    def __init__(self, rows: LayerRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.images: dict[str, QImage] = {}
        self.masks: dict[str, QImage] = {}
        self._sweep: tuple[str, bool] | None = None  # "eye" or "lock", and what all of them become
        self._swept = self._sweep_y = 0  # the row that was marked last, and where the hand is in the view
        self._left_first = False
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(SCROLL_MILLISECONDS)
        self._scrolling.timeout.connect(self.scroll_sweep)
        self._pressed: QPoint | None = None
        self._single = ""
        self._mark: tuple[int, str] | None = None
        self._spring = QTimer(self)
        self._spring.setSingleShot(True)
        self._spring.timeout.connect(self.spring_open)
        self.setModel(rows)
        self.setItemDelegate(LayerPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAcceptDrops(True)
        self.setMinimumHeight(60)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────
    def image(self, row: LayerRow) -> QImage:
        """The row's thumbnail; asks for it when it is painted, so rows out of sight cost nothing."""
        self.image_wanted.emit(row.layer)
        return self.images.get(row.layer.id, QImage())

    def mask_image(self, row: LayerRow) -> QImage:
        self.mask_wanted.emit(row.layer)
        return self.masks.get(row.layer.id, QImage())

    def updateGeometries(self) -> None:
        """No row stands half behind the foot: where not all fit, the list ends with a whole one."""
        room = self.height() - 2 * self.frameWidth()
        rest = room % theme.LIST_ROW if self.rows.rowCount() * theme.LIST_ROW > room >= theme.LIST_ROW else 0
        if self.viewportMargins().bottom() != rest:
            self.setViewportMargins(0, 0, 0, rest)
        super().updateGeometries()

    def show_selected(self, numbers: list[int], current: int) -> None:
        """Selects these rows; ``current`` is the one of the active layer (−1: it is not in the list)."""
        model = self.selectionModel()
        if sorted(index.row() for index in model.selectedIndexes()) != sorted(numbers):
            wanted = QItemSelection()
            for number in numbers:
                index = self.rows.index(number)
                wanted.select(index, index)
            model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current != self.currentIndex().row():
            index = self.rows.index(current)
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def selected_ids(self) -> tuple[str, ...]:
        """Ids of the selected rows, bottom to top."""
        numbers = sorted((index.row() for index in self.selectedIndexes()), reverse=True)
        return tuple(self.rows.rows[number].layer.id for number in numbers)

    def _row_at(self, place: QPoint) -> LayerRow | None:
        index = self.indexAt(place)
        return self.rows.rows[index.row()] if index.isValid() else None

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, row = event.position().toPoint(), self._row_at(event.position().toPoint())
        self._single = ""
        if row is None:
            return
        if event.button() != Qt.MouseButton.LeftButton:
            if row.layer.id not in self.selected_ids():
                self.chosen.emit(row.layer.id, "only")
            return
        part = part_at(row, self.visualRect(self.indexAt(place)), place.x())
        if part in ("eye", "lock"):
            self._begin_sweep(part, row, event)
        elif part == "fold":
            assert isinstance(row.layer, Group)
            self.fold_wanted.emit(row.layer.id, not row.layer.collapsed)
        else:
            self._pressed = place
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._press_row(row, part, event)

    def _begin_sweep(self, part: str, row: LayerRow, event: QMouseEvent) -> None:
        """An eye or a lock was pressed: those that the hand then goes over become the same."""
        if part == "eye" and event.modifiers() & ALT:
            self.solo_wanted.emit(row.layer.id)
            return
        self._sweep = part, not _state(part, row)
        self._swept, self._left_first = self.rows.row_of(row.layer.id), False
        self._mark_swept(row)

    def _press_row(self, row: LayerRow, part: str, event: QMouseEvent) -> None:
        keys, layer_id = event.modifiers(), row.layer.id
        if keys & ALT and part == "name" and (upper := self._above_line(event.position().toPoint())):
            self.clip_wanted.emit(upper)
            return
        if part == "effects" and keys & ALT:
            self.part_pressed.emit(layer_id, part, keys)
            return
        if part in ("thumb", "mask") and (keys & (CONTROL | ALT) or (part == "mask" and keys & SHIFT)):
            self.part_pressed.emit(layer_id, part, keys)
            return
        if keys & CONTROL:
            self.chosen.emit(layer_id, "toggle")
        elif keys & SHIFT:
            self.chosen.emit(layer_id, "range")
        elif len(self.selectedIndexes()) > 1 and layer_id in self.selected_ids():
            self._single = layer_id  # it may become a drag of all of them
        else:
            self.chosen.emit(layer_id, "only")
        if part in ("thumb", "mask") and not keys:
            self.part_pressed.emit(layer_id, part, keys)
        elif part == "effects":
            self.effects_wanted.emit(layer_id)
        self._press_second_line(row, event.position().toPoint())

    def _above_line(self, place: QPoint) -> str:
        """Id of the row above the line between two rows where ``place`` is near one."""
        index = self.indexAt(place)
        area = self.visualRect(index)
        number = index.row() - 1 if place.y() - area.top() <= LINE else index.row()
        near = place.y() - area.top() <= LINE or area.bottom() - place.y() <= LINE
        return self.rows.rows[number].layer.id if near and 0 <= number < len(self.rows.rows) - 1 else ""

    def _press_second_line(self, row: LayerRow, place: QPoint) -> None:
        missing = second_line(row, self.rows.models)[1] == "danger_text"
        top = self.visualRect(self.indexAt(place)).top()
        if missing and place.x() >= name_left(row) and place.y() - top >= 18:
            self.locate_wanted.emit()

    def _sweep_to(self, y: int) -> None:
        """Every row between where the hand was and is now, whose moves may come several rows apart; at an edge more rows come
        into view."""
        self._sweep_y, last = y, len(self.rows.rows) - 1
        if last < 0:
            return
        seen = min(max(y, 0), self.viewport().height() - 1)
        number = (seen - self.visualRect(self.rows.index(0)).top()) // theme.LIST_ROW
        number = min(max(number, 0), last)
        self._left_first |= number != self._swept or y != seen
        low, high = sorted((min(self._swept, last), number))
        for row in self.rows.rows[low : high + 1]:
            self._mark_swept(row)
        self._swept = number
        # a click on an eye at the edge shall not move the list from under the hand
        if self._left_first and self._scroll_by(y):
            if not self._scrolling.isActive():
                self._scrolling.start()
        else:
            self._scrolling.stop()

    def _scroll_by(self, y: int) -> int:
        """How far the list goes on at a time while something is dragged at height ``y``."""
        if y < SCROLL_EDGE:
            return -SCROLL_STEP
        return SCROLL_STEP if y > self.viewport().height() - SCROLL_EDGE else 0

    def scroll_sweep(self) -> None:
        """The hand rests at an edge with an eye or a lock pressed: the list goes on under it."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._scroll_by(self._sweep_y))
        self._sweep_to(self._sweep_y)

    def _mark_swept(self, row: LayerRow) -> None:
        if self._sweep is None:
            return
        part, state = self._sweep
        marked, layer_id = self.rows.marked[part], row.layer.id
        if layer_id not in marked and _state(part, row) != state:
            marked[layer_id] = state
            self.rows.tell(self.rows.row_of(layer_id))

    def _end_sweep(self, part: str) -> None:
        self._scrolling.stop()
        marked, self._sweep = dict(self.rows.marked[part]), None
        self.rows.marked[part].clear()
        changed = self.eyes_changed if part == "eye" else self.locks_changed
        changed.emit(marked)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._sweep is not None:
            self._sweep_to(place.y())
        elif self._pressed is not None:
            if (place - self._pressed).manhattanLength() > 8:
                row, self._pressed, self._single = self._row_at(self._pressed), None, ""
                if row is not None and not self.rows.narrowing:
                    self._drag(row)
        elif not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        single, self._single = self._single, ""
        if self._sweep is not None:
            self._end_sweep(self._sweep[0])
        elif single:
            self.chosen.emit(single, "only")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self._row_at(place)
        if row is None:
            return
        part = part_at(row, self.visualRect(self.indexAt(place)), place.x())
        if part == "name":
            self._pressed, self._single = None, ""
            self.edit(self.indexAt(place))
        elif part == "thumb" and not event.modifiers():
            self._pressed = None
            self.opened.emit(row.layer)
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.rows.rows[self.currentIndex().row()] if self.currentIndex().isValid() else None
        key = event.key()
        if key == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Space and row is not None:
            self.eyes_changed.emit(dict.fromkeys(self.selected_ids(), not row.layer.visible))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None and isinstance(row.layer, Group):
            self.fold_wanted.emit(row.layer.id, key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            if self.currentIndex().isValid():
                active = self.rows.rows[self.currentIndex().row()].layer.id
                self.several_chosen.emit(self.selected_ids(), active)
        elif key == Qt.Key.Key_F2:
            self.edit(self.currentIndex())
        else:
            event.ignore()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.written.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        # Qt gives the input method to a list whose current row can be renamed; letters here are shortcuts.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            plain = not event.modifiers()  # type: ignore[attr-defined]
            if plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Space):  # type: ignore[attr-defined]
                event.accept()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._tip(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    def _tip(self, event: QHelpEvent) -> None:
        row = self._row_at(event.pos())
        words = ""
        if row is not None:
            index = self.indexAt(event.pos())
            words = tip_of(part_at(row, self.visualRect(index), event.pos().x()))
            words = words or self.rows.data(index, Qt.ItemDataRole.AccessibleTextRole)
        QToolTip.showText(event.globalPos(), words, self)

    # ── drag and drop ────────────────────────────────────────────────────────────────────────────────────────────────
    def _drag(self, row: LayerRow) -> None:
        drag, data = QDrag(self), QMimeData()
        moving = self.selected_ids() if row.layer.id in self.selected_ids() else (row.layer.id,)
        data.setData(MIME, "\n".join(moving).encode())
        drag.setMimeData(data)
        index = self.rows.index(self.rows.row_of(row.layer.id))
        drag.setPixmap(self.viewport().grab(self.visualRect(index)))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_mark(None)

    def place_at(self, y: int) -> tuple[int, str]:
        """(row, "above" | "below" | "into") for a drop at height ``y`` of the view; (−1, "below") in an empty list."""
        if not self.rows.rows:
            return -1, "below"
        index = self.indexAt(QPoint(EYE + 4, y))
        if not index.isValid():
            return len(self.rows.rows) - 1, "bottom"
        part = (y - self.visualRect(index).top()) / theme.LIST_ROW
        group = isinstance(self.rows.rows[index.row()].layer, Group)
        if group and part > 0.3:
            return index.row(), "into"
        return index.row(), "above" if part < 0.5 else "below"

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            y, bar = event.position().toPoint().y(), self.verticalScrollBar()
            bar.setValue(bar.value() + self._scroll_by(y))
            self._show_mark(self.place_at(y))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_mark(None)
        if event.mimeData().hasFormat(MIME):
            layer_ids = tuple(bytes(event.mimeData().data(MIME).data()).decode().split("\n"))
            self.moved.emit(layer_ids, *self.place_at(event.position().toPoint().y()))
            event.acceptProposedAction()

    def _show_mark(self, mark: tuple[int, str] | None) -> None:
        if mark != self._mark:
            self._mark = mark
            self.viewport().update()
            row = self.rows.rows[mark[0]] if mark is not None and mark[1] == "into" else None
            if row is not None and isinstance(row.layer, Group) and row.layer.collapsed:
                self._spring.start(SPRING_MILLISECONDS)
            else:
                self._spring.stop()

    def spring_open(self) -> None:
        """Unfolds the group over which a drag rests."""
        if self._mark is not None and self._mark[1] == "into":
            self.fold_wanted.emit(self.rows.rows[self._mark[0]].layer.id, False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mark is None or self._mark[0] < 0:
            return
        area = self.visualRect(self.rows.index(self._mark[0]))
        painter = QPainter(self.viewport())
        if self._mark[1] == "into":
            paint.focus_ring(painter, QRectF(area))
            return
        y = area.top() if self._mark[1] == "above" else area.bottom()
        left = 0 if self._mark[1] == "bottom" else thumb_rect(self.rows.rows[self._mark[0]], area).left()
        painter.fillRect(QRect(left, y - 1, area.width() - left, 2), theme.current().colour("active"))


def _state(part: str, row: LayerRow) -> bool:
    return row.layer.visible if part == "eye" else row.layer.locks.all
