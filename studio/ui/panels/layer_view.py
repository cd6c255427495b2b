"""The layer list: rows of 36 px with eye, thumbnail and name; the hand moves, shows, hides and renames."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
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
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from studio.document.layer import Filter, Group
from studio.ui import icons, theme
from studio.ui.panels.layer_rows import Index, LayerRow, LayerRows, second_line
from studio.ui.widgets import paint

MIME = "application/x-danqing-layer"
EYE, INDENT, THUMB, MARK = 32, 12, 28, 18
DEEPEST = 6


class LayerPainter(QStyledItemDelegate):
    """Draws a row; the geometry of its parts is the view's as well."""

    def __init__(self, view: LayerView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme.LIST_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.rows.rows[index.row()]
        look, area = theme.current(), option.rect
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(area), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        ratio = painter.device().devicePixelRatioF()
        visible = self._view.rows.visible(row)
        eye = icons.pixmap("eye" if visible else "eye-off", 16, "text" if row.seen else "disabled", ratio)
        painter.drawPixmap(area.left() + 8, area.top() + 10, eye)
        self._thumbnail(painter, look, row, area, ratio)
        right = self._marks(painter, row, area, ratio)
        self._texts(painter, look, row, QRect(self._view.name_left(row), area.top(), 0, area.height()), right)
        if chosen and self._view.hasFocus():
            paint.focus_ring(painter, QRectF(area))
        painter.restore()

    def _thumbnail(
        self, painter: QPainter, look: theme.Theme, row: LayerRow, area: QRect, ratio: float
    ) -> None:
        place = self._view.thumb_rect(row, area)
        if row.clipped:
            painter.drawPixmap(
                place.left() - 17, area.top() + 10, icons.pixmap("clipping", 16, "secondary", ratio)
            )
        if isinstance(row.layer, Group):
            arrow = "chevron-right" if row.layer.collapsed else "chevron-down"
            painter.drawPixmap(place.left() - 1, area.top() + 10, icons.pixmap(arrow, 16, "secondary", ratio))
            painter.drawPixmap(place.left() + 14, area.top() + 10, icons.pixmap("folder", 16, "text", ratio))
            return
        if isinstance(row.layer, Filter):
            painter.drawPixmap(
                place.left() + 4, area.top() + 8, icons.pixmap("filter-layer", 20, "text", ratio)
            )
            return
        image = self._view.image(row)
        paper = QRectF(place) if image.isNull() else _fitted(QRectF(place), image)
        _checkers(painter, look, paper)
        if not image.isNull():
            painter.drawImage(paper, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRect(paper.adjusted(0.5, 0.5, -0.5, -0.5))

    def _marks(self, painter: QPainter, row: LayerRow, area: QRect, ratio: float) -> int:
        """Mask, lock and the like at the right end; returns where they begin."""
        layer, right = row.layer, area.right() - 4
        locks = layer.locks
        marks = [
            ("lock", locks.all),
            ("alpha-lock", locks.alpha and not locks.all),
            ("move", locks.position and not locks.all),
            ("layer-mask", layer.mask is not None),
        ]
        for name, shown in marks:
            if shown:
                right -= MARK
                painter.drawPixmap(right, area.top() + 10, icons.pixmap(name, 16, "secondary", ratio))
        return right

    def _texts(self, painter: QPainter, look: theme.Theme, row: LayerRow, area: QRect, right: int) -> None:
        words, token = second_line(row, self._view.rows.models)
        width = max(8, right - area.left() - 4)
        painter.setFont(theme.text_font())
        painter.setPen(look.colour("text" if row.seen else "disabled"))
        name = QRectF(area.left(), area.top() + (1 if words else 0), width, 19 if words else area.height())
        paint.elided(painter, name, row.layer.name, Qt.AlignmentFlag.AlignLeft)
        if words:
            painter.setFont(theme.text_font(theme.SMALL_PIXELS))
            painter.setPen(look.colour(token))
            paint.elided(
                painter, QRectF(area.left(), area.top() + 18, width, 16), words, Qt.AlignmentFlag.AlignLeft
            )

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(index.data())
        return editor

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter finishes at once: Qt would wait a turn, while the window already takes the keyboard from the field."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and event.key() in enter:  # type: ignore[attr-defined]
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        left = self._view.name_left(self._view.rows.rows[index.row()]) - 6
        editor.setGeometry(QRect(left, option.rect.top() + 4, option.rect.right() - left - 4, 28))


class LayerView(QListView):
    """What the hand does is told in signals; the panel answers by edits."""

    chosen = Signal(str)
    eyes_changed = Signal(dict)  # layer id → visible, at the end of the drag
    solo_wanted = Signal(str)
    fold_wanted = Signal(str, bool)
    moved = Signal(str, int, str)  # layer id, row, "above", "below" or "into"
    written = Signal()  # the field of a name was closed, with or without a new one
    delete_wanted = Signal()
    locate_wanted = Signal()
    image_wanted = Signal(object)

    def __init__(self, rows: LayerRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.images: dict[str, QImage] = {}
        self._eye: bool | None = None
        self._pressed: QPoint | None = None
        self._mark: tuple[int, str] | None = None
        self.setModel(rows)
        self.setItemDelegate(LayerPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAcceptDrops(True)
        self.setMinimumHeight(60)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    # ── geometry ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def thumb_rect(self, row: LayerRow, area: QRect) -> QRect:
        left = EYE + min(row.depth, DEEPEST) * INDENT + (16 if row.clipped else 0)
        return QRect(area.left() + left, area.top() + 4, THUMB, THUMB)

    def name_left(self, row: LayerRow) -> int:
        return self.thumb_rect(row, QRect()).left() + THUMB + 10

    def image(self, row: LayerRow) -> QImage:
        """The row's thumbnail; asks for it when it is painted, so rows out of sight cost nothing."""
        self.image_wanted.emit(row.layer)
        return self.images.get(row.layer.id, QImage())

    def _row_at(self, place: QPoint) -> LayerRow | None:
        index = self.indexAt(place)
        return self.rows.rows[index.row()] if index.isValid() else None

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, row = event.position().toPoint(), self._row_at(event.position().toPoint())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            if row is not None:
                self.chosen.emit(row.layer.id)
            return
        if place.x() < EYE:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.solo_wanted.emit(row.layer.id)
                return
            self._eye = not row.layer.visible
            self._mark_eye(row)
            return
        left = self.thumb_rect(row, QRect()).left()
        if isinstance(row.layer, Group) and left - 4 <= place.x() < left + 15:
            self.fold_wanted.emit(row.layer.id, not row.layer.collapsed)
            return
        self._pressed = place
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(row.layer.id)
        if second_line(row, self.rows.models)[1] == "danger_text" and place.x() >= self.name_left(row):
            top = self.visualRect(self.indexAt(place)).top()
            if place.y() - top >= 18:
                self.locate_wanted.emit()

    def _mark_eye(self, row: LayerRow) -> None:
        if self._eye is not None and row.layer.id not in self.rows.marked and row.layer.visible != self._eye:
            self.rows.marked[row.layer.id] = self._eye
            self.rows.tell(self.rows.row_of(row.layer.id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._eye is not None:
            row = self._row_at(QPoint(4, place.y()))
            if row is not None:
                self._mark_eye(row)
        elif self._pressed is not None and (place - self._pressed).manhattanLength() > 8:
            row, self._pressed = self._row_at(self._pressed), None
            if row is not None:
                self._drag(row)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._eye is not None:
            self._eye, marked = None, dict(self.rows.marked)
            self.rows.marked.clear()
            self.eyes_changed.emit(marked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None and event.position().x() >= self.name_left(row):
            self._pressed = None
            self.edit(self.indexAt(event.position().toPoint()))
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.rows.rows[self.currentIndex().row()] if self.currentIndex().isValid() else None
        key = event.key()
        if key == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Space and row is not None:
            self.eyes_changed.emit({row.layer.id: not row.layer.visible})
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None and isinstance(row.layer, Group):
            self.fold_wanted.emit(row.layer.id, key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            if self.currentIndex().isValid():
                self.chosen.emit(self.rows.rows[self.currentIndex().row()].layer.id)
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
        from PySide6.QtCore import QCoreApplication

        row = self._row_at(event.pos())
        words = ""
        if row is not None and event.pos().x() < EYE:
            words = QCoreApplication.translate(
                "LayersPanel", "Show or hide; drag over several, Alt+click shows it alone"
            )
        elif row is not None:
            words = self.rows.data(self.indexAt(event.pos()), Qt.ItemDataRole.AccessibleTextRole)
        QToolTip.showText(event.globalPos(), words, self)

    # ── drag and drop ────────────────────────────────────────────────────────────────────────────────────────────────
    def _drag(self, row: LayerRow) -> None:
        drag, data = QDrag(self), QMimeData()
        data.setData(MIME, row.layer.id.encode())
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
            self._show_mark(self.place_at(event.position().toPoint().y()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_mark(None)
        if event.mimeData().hasFormat(MIME):
            layer_id = bytes(event.mimeData().data(MIME).data()).decode()
            self.moved.emit(layer_id, *self.place_at(event.position().toPoint().y()))
            event.acceptProposedAction()

    def _show_mark(self, mark: tuple[int, str] | None) -> None:
        if mark != self._mark:
            self._mark = mark
            self.viewport().update()

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
        left = 0 if self._mark[1] == "bottom" else self.thumb_rect(self.rows.rows[self._mark[0]], area).left()
        painter.fillRect(QRect(left, y - 1, area.width() - left, 2), theme.current().colour("active"))


def _checkers(painter: QPainter, look: theme.Theme, paper: QRectF) -> None:
    painter.fillRect(paper, look.colour("checker_light"))
    side = THUMB // 4
    for column in range(4):
        for line in range(column % 2, 4, 2):
            square = QRectF(paper.left() + column * side, paper.top() + line * side, side, side)
            painter.fillRect(square.intersected(paper), look.colour("checker_dark"))


def _fitted(area: QRectF, image: QImage) -> QRectF:
    scale = min(area.width() / image.width(), area.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)
