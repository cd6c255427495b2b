"""A contact sheet of many pictures: small ones are decoded when they are seen; what is left out is dimmed; crops are drawn."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from studio.messages.data import Crop, Decisions, PictureFacts
from studio.ui import icons, theme
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint

SIDE, GAP = 72, 8
CELL = SIDE + GAP
KEPT = 1000
"""Decoded small pictures that are kept."""
START = 4
"""Pixels after which a press is a drag."""


class ContactSheet(QAbstractScrollArea):
    """Click chooses (Ctrl adds, Shift extends); double click, Space or Delete leaves out or takes in; a drag inside a chosen
    picture moves its crop; Escape while dragging leaves the crop as it was."""

    chosen = Signal(str)
    toggled = Signal(object)
    """A tuple of files."""
    crop_drawn = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Sequence[PictureFacts] = ()
        self._thumbnails: Sequence[bytes] = ()
        self._shown: Sequence[int] = ()
        self._decisions = Decisions()
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._selected: set[str] = set()
        self._at = 0
        self._pressed: QPointF | None = None
        self._dragged: Crop | None = None
        self.words: dict[str, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.setMinimumHeight(CELL)

    def set_pictures(
        self,
        pictures: Sequence[PictureFacts],
        thumbnails: Sequence[bytes],
        shown: Sequence[int],
        decisions: Decisions,
        folder_changed: bool = False,
    ) -> None:
        """``shown``: numbers of the pictures that are listed, in order. ``thumbnails``: their JPEGs by number."""
        if folder_changed:
            self._images.clear()
            self._selected.clear()
            self._at = 0
        self._pictures, self._thumbnails, self._shown = pictures, thumbnails, shown
        self._decisions = decisions
        self._at = min(self._at, max(0, len(shown) - 1))
        self._measure()
        self.viewport().update()

    @property
    def selected(self) -> tuple[str, ...]:
        return tuple(
            self._pictures[index].file for index in self._shown if self._file(index) in self._selected
        )

    def _file(self, index: int) -> str:
        return self._pictures[index].file

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def columns(self) -> int:
        return max(1, (self.viewport().width() - GAP) // CELL)

    def _measure(self) -> None:
        rows = -(-len(self._shown) // self.columns())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, rows * CELL + GAP - height))
        bar.setPageStep(height)
        bar.setSingleStep(CELL // 2)

    def cell(self, place: int) -> QRectF:
        """Where the picture at ``place`` of the sheet is drawn, in the viewport."""
        row, column = divmod(place, self.columns())
        return QRectF(GAP + column * CELL, GAP + row * CELL - self.verticalScrollBar().value(), SIDE, SIDE)

    def picture_rect(self, place: int) -> QRectF:
        """The picture inside its cell."""
        facts, cell = self._pictures[self._shown[place]], self.cell(place)
        if not facts.usable:
            return cell
        scale = SIDE / max(facts.width, facts.height)
        width, height = max(2.0, facts.width * scale), max(2.0, facts.height * scale)
        return QRectF(cell.center().x() - width / 2, cell.center().y() - height / 2, width, height)

    def place_at(self, at: QPointF) -> int:
        """Place of the sheet under a point of the viewport, −1 where there is none."""
        column, row = int(at.x() - GAP) // CELL, int(at.y() - GAP + self.verticalScrollBar().value()) // CELL
        place = row * self.columns() + column
        inside = 0 <= column < self.columns() and at.x() >= GAP and 0 <= place < len(self._shown)
        return place if inside and self.cell(place).contains(at) else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(6 * CELL + GAP, 3 * CELL + GAP)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), look.colour("panel"))
        top = self.verticalScrollBar().value()
        first = max(0, (top - GAP) // CELL) * self.columns()
        last = (-(-(top + self.viewport().height()) // CELL)) * self.columns()
        for place in range(first, min(last, len(self._shown))):
            self._paint_cell(painter, place)

    def _paint_cell(self, painter: QPainter, place: int) -> None:
        look = theme.current()
        index = self._shown[place]
        facts, area = self._pictures[index], self.picture_rect(place)
        out = self._decisions.leaves_out(facts)
        painter.setOpacity(0.28 if out else 1.0)
        image = self._image(index)
        if image.isNull():
            painter.fillRect(area, look.colour("field"))
            painter.drawPixmap(
                int(area.center().x()) - 10,
                int(area.center().y()) - 10,
                icons.pixmap("alert-triangle", 20, "secondary", self.devicePixelRatioF()),
            )
        else:
            painter.drawImage(area, screen_image(image))
        painter.setOpacity(1.0)
        if not out:
            self._paint_crops(painter, facts, area, place)
        elif facts.usable:
            painter.setPen(QPen(look.colour("danger_text"), 2))
            painter.drawLine(area.topLeft(), area.bottomRight())
        if facts.findings and not out:
            painter.setPen(QPen(look.colour("panel"), 1.5))
            painter.setBrush(look.colour("warn"))
            painter.drawEllipse(self.cell(place).topRight() + QPointF(-6, 6), 4.5, 4.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if facts.file in self._selected:
            painter.setPen(QPen(look.colour("active"), 2))
            painter.drawRoundedRect(self.cell(place).adjusted(-3, -3, 3, 3), 4, 4)
        if self.hasFocus() and place == self._at:
            paint.focus_ring(painter, self.cell(place).adjusted(-2, -2, 2, 2))

    def _paint_crops(self, painter: QPainter, facts: PictureFacts, area: QRectF, place: int) -> None:
        look = theme.current()
        crops = self._decisions.crops_of(facts)
        if self._dragged is not None and place == self._at:
            crops = (self._dragged,)
        for crop in crops:
            rect = QRectF(
                area.x() + crop.x * area.width(), area.y() + crop.y * area.height(),
                crop.width * area.width(), crop.height * area.height(),
            ).adjusted(0.5, 0.5, -0.5, -0.5)  # fmt: skip
            if rect.width() >= area.width() - 2 and rect.height() >= area.height() - 2:
                continue  # all of it is taken
            painter.setPen(QPen(look.colour("ink_dark"), 2.5))
            painter.drawRect(rect)
            painter.setPen(QPen(look.colour("ink_light"), 1))
            painter.drawRect(rect)

    def _image(self, index: int) -> QImage:
        file = self._file(index)
        known = self._images.get(file)
        if known is not None:
            self._images.move_to_end(file)
            return known
        data = self._thumbnails[index] if index < len(self._thumbnails) else b""
        image = QImage.fromData(data, "JPG") if data else QImage()  # type: ignore[arg-type]
        self._images[file] = image
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        return image

    def image_of(self, file: str) -> QImage:
        """The small picture of a file; null where there is none."""
        for index, facts in enumerate(self._pictures):
            if facts.file == file:
                return self._image(index)
        return QImage()

    # ── the hand ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or place < 0:
            return
        self._choose(place, event.modifiers())
        self._pressed = event.position()

    def _choose(self, place: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        file = self._file(self._shown[place])
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            low, high = sorted((self._at, place))
            self._selected |= {self._file(index) for index in self._shown[low : high + 1]}
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selected ^= {file}
        elif file not in self._selected or len(self._selected) > 1:
            self._selected = {file}
        self._at = place
        self.chosen.emit(file)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = event.position() - self._pressed
        if self._dragged is None and moved.manhattanLength() < START:
            return
        facts = self._pictures[self._shown[self._at]]
        if facts.usable and not self._decisions.leaves_out(facts):
            self._dragged = self._crop_at(facts, event.position())
            self.viewport().update()

    def _crop_at(self, facts: PictureFacts, at: QPointF) -> Crop:
        """The square of the short side whose middle is under the pointer, as far as the picture reaches."""
        area = self.picture_rect(self._at)
        short = min(facts.width, facts.height)
        width, height = short / facts.width, short / facts.height
        x = min(max(0.0, (at.x() - area.x()) / area.width() - width / 2), 1 - width)
        y = min(max(0.0, (at.y() - area.y()) / area.height() - height / 2), 1 - height)
        return Crop(x, y, width, height)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        crop, self._dragged, self._pressed = self._dragged, None, None
        if crop is not None:
            self.crop_drawn.emit(self._file(self._shown[self._at]), crop)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit((self._file(self._shown[place]),))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns(),
            Qt.Key.Key_Down: self.columns(),
        }
        if key == Qt.Key.Key_Escape and self._dragged is not None:
            self._dragged = self._pressed = None
            self.viewport().update()
        elif key in steps and self._shown:
            self._choose(min(max(0, self._at + steps[Qt.Key(key)]), len(self._shown) - 1))
            self._show_place()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selected:
            self.toggled.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def _show_place(self) -> None:
        """Scrolls until the picture under the ring is seen whole."""
        bar, cell = self.verticalScrollBar(), self.cell(self._at)
        if cell.top() < GAP:
            bar.setValue(int(bar.value() + cell.top() - GAP))
        elif cell.bottom() > self.viewport().height() - GAP:
            bar.setValue(int(bar.value() + cell.bottom() - self.viewport().height() + GAP))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self.place_at(QPointF(event.pos()))
            if place >= 0:
                QToolTip.showText(event.globalPos(), self._tip(self._pictures[self._shown[place]]), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, facts: PictureFacts) -> str:
        size = f" · {facts.width} × {facts.height}" if facts.usable else ""
        more = [
            self.words.get(one.kind, one.kind) + (f" = {one.other}" if one.other else "")
            for one in facts.findings
        ]
        return "\n".join([facts.file + size, *([facts.caption] if facts.caption else []), *more])
