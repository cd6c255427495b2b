"""How a row of the layer list is drawn, and where its parts lie: eye, label, thumbnail, mask, name, marks, lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.document.layer import Filter, Group
from studio.ui import icons, theme
from studio.ui.panels.layer_rows import Index, LayerRow, second_line
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint

if TYPE_CHECKING:
    from studio.ui.panels.layer_view import LayerView

EYE, INDENT, THUMB, MARK = 32, 12, 28, 18
DEEPEST = 6
LOCK = 24
"""Width of the column of locks at the right end, px."""
MASK_GAP = 6
LABEL_LEFT, LABEL_WIDTH = 27, 3


def thumb_rect(row: LayerRow, area: QRect) -> QRect:
    """Where the thumbnail stands in a row that fills ``area``."""
    left = EYE + min(row.depth, DEEPEST) * INDENT + (16 if row.clipped else 0)
    return QRect(area.left() + left, area.top() + 4, THUMB, THUMB)


def mask_rect(row: LayerRow, area: QRect) -> QRect:
    """Where the mask's thumbnail stands; empty for a layer without one."""
    if row.layer.mask is None:
        return QRect()
    return thumb_rect(row, area).translated(THUMB + MASK_GAP, 0)


def name_left(row: LayerRow) -> int:
    mask = THUMB + MASK_GAP if row.layer.mask is not None else 0
    return thumb_rect(row, QRect()).left() + THUMB + mask + 8


def marks_of(row: LayerRow) -> list[str]:
    """Icons beside the column of locks, from the right."""
    locks = row.layer.locks
    marks = [
        ("alpha-lock", locks.alpha and not locks.all),
        ("move", locks.position and not locks.all),
        ("layer-effects", bool(row.layer.effects)),
        ("fill", row.layer.fill_reference),
        ("box", row.layer.data),
        ("link", row.linked),
    ]
    return [name for name, shown in marks if shown]


def part_at(row: LayerRow, area: QRect, x: int) -> str:
    """What stands at ``x``: eye, fold, thumb, mask, effects, link, lock or name."""
    if x < EYE:
        return "eye"
    if x >= area.right() - LOCK:
        return "lock"
    thumb = thumb_rect(row, area)
    if isinstance(row.layer, Group) and thumb.left() - 4 <= x < thumb.left() + 15:
        return "fold"
    if thumb.left() <= x <= thumb.right():
        return "thumb"
    mask = mask_rect(row, area)
    if not mask.isNull() and mask.left() <= x <= mask.right():
        return "mask"
    marks = marks_of(row)
    if "layer-effects" in marks:
        left = area.right() - LOCK - MARK * (marks.index("layer-effects") + 1)
        if left <= x < left + MARK:
            return "effects"
    if row.linked:
        left = area.right() - LOCK - MARK * (marks.index("link") + 1)
        if left <= x < left + MARK:
            return "link"
    return "name"


def tip_of(part: str) -> str:
    """What the hand can do with a part of a row; empty where the name says more."""
    if part == "eye":
        return QCoreApplication.translate(
            "LayersPanel", "Show or hide; drag over several, Alt+click shows it alone"
        )
    if part == "lock":
        return QCoreApplication.translate("LayersPanel", "Lock or unlock; drag over several")
    if part == "thumb":
        return QCoreApplication.translate(
            "LayersPanel",
            "Click: paint on the layer. Ctrl+click: select its shape (Shift adds, Alt takes away). "
            "Double-click: effects",
        )
    if part == "mask":
        return QCoreApplication.translate(
            "LayersPanel",
            "Click: paint on the mask. Alt+click: see it alone. Shift+click: off and on. Ctrl+click: select it",
        )
    if part == "link":
        return QCoreApplication.translate(
            "LayersPanel", "Linked: moves and turns together with the others that have this sign"
        )
    if part == "effects":
        return QCoreApplication.translate(
            "LayersPanel", "Effects: click to edit them, Alt+click to hide or show them"
        )
    return ""


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
        # by the module, not by name: so the enumerations of QStyle are made with the first row, not before the window stands
        chosen = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
        if chosen or option.state & QtWidgets.QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(area), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        ratio = painter.device().devicePixelRatioF()
        visible = self._view.rows.visible(row)
        eye = icons.pixmap("eye" if visible else "eye-off", 16, "text" if row.seen else "disabled", ratio)
        painter.drawPixmap(area.left() + 8, area.top() + 10, eye)
        if row.layer.label:
            bar = QRect(area.left() + LABEL_LEFT, area.top() + 3, LABEL_WIDTH, area.height() - 6)
            painter.fillRect(bar, look.colour(f"label_{min(row.layer.label, 8)}"))
        self._thumbnail(painter, look, row, area, ratio)
        self._mask(painter, look, row, area)
        self._lock(painter, row, area, ratio, bool(option.state & QtWidgets.QStyle.StateFlag.State_MouseOver))
        right = self._marks(painter, row, area, ratio)
        self._texts(painter, look, row, QRect(name_left(row), area.top(), 0, area.height()), right)
        if self._view.hasFocus() and index == self._view.currentIndex():
            paint.focus_ring(painter, QRectF(area))
        painter.restore()

    def _thumbnail(
        self, painter: QPainter, look: theme.Theme, row: LayerRow, area: QRect, ratio: float
    ) -> None:
        place = thumb_rect(row, area)
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
        ringed = row.edited == "surface" and row.layer.mask is not None
        self._image(painter, look, place, self._view.image(row), ringed)

    def _mask(self, painter: QPainter, look: theme.Theme, row: LayerRow, area: QRect) -> None:
        place = mask_rect(row, area)
        if place.isNull():
            return
        self._image(painter, look, place, self._view.mask_image(row), row.edited == "mask")
        if not row.layer.mask_enabled:
            painter.setPen(QPen(look.colour("danger_text"), 2))
            inner = QRectF(place).adjusted(4, 4, -4, -4)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())

    def _image(self, painter: QPainter, look: theme.Theme, place: QRect, image: QImage, ringed: bool) -> None:
        paper = QRectF(place) if image.isNull() else _fitted(QRectF(place), image)
        _checkers(painter, look, paper)
        if not image.isNull():
            painter.drawImage(paper, screen_image(image))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRect(paper.adjusted(0.5, 0.5, -0.5, -0.5))
        if ringed:
            painter.setPen(QPen(look.colour("active"), 2))
            painter.drawRoundedRect(paper.adjusted(-2, -2, 2, 2), 2, 2)

    def _lock(self, painter: QPainter, row: LayerRow, area: QRect, ratio: float, hovered: bool) -> None:
        """The lock of a locked layer; under the hand an open one, faint, where it could be locked."""
        locked = self._view.rows.locked(row)
        if locked or hovered:
            icon = icons.pixmap("lock" if locked else "unlock", 16, "text" if locked else "disabled", ratio)
            painter.drawPixmap(area.right() - LOCK + 4, area.top() + 10, icon)

    def _marks(self, painter: QPainter, row: LayerRow, area: QRect, ratio: float) -> int:
        """Other locks and effects beside the column of locks; returns where they begin."""
        right = area.right() - LOCK
        for name in marks_of(row):
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
        left = name_left(self._view.rows.rows[index.row()]) - 6
        editor.setGeometry(QRect(left, option.rect.top() + 4, option.rect.right() - left - 4, 28))


def _checkers(painter: QPainter, look: theme.Theme, paper: QRectF) -> None:
    painter.fillRect(paper, look.colour("checker_light"))
    side = THUMB // 4
    for column in range(4):
        for line in range(column % 2, 4, 2):
            corner = QPointF(paper.left() + column * side, paper.top() + line * side)
            square = QRectF(corner.x(), corner.y(), side, side)
            painter.fillRect(square.intersected(paper), look.colour("checker_dark"))


def _fitted(area: QRectF, image: QImage) -> QRectF:
    scale = min(area.width() / image.width(), area.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)
