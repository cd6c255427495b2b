"""A row of thumbnails: results, variants, recent pictures."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from studio.ui import icons, theme
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint

SPACE = 8
PICTURE_MIME = "application/x-danqing-result"


class Thumb(msgspec.Struct, frozen=True, eq=False):
    """One thumbnail. ``progress`` from 0 to 1 while it forms, else None; ``gap`` puts a dot before it (a new batch)."""

    key: str
    image: QImage = msgspec.field(default_factory=QImage)
    words: str = ""
    number: int = 0
    star: bool = False
    progress: float | None = None
    gap: bool = False
    mark: str = ""


def image_of(pixels: Any) -> QImage:
    """A QImage over a uint8 array ``[h, w, 4]`` of straight RGBA, which is kept alive and not copied."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGBA8888)


def image_of_rgb(pixels: Any) -> QImage:
    """A QImage of its own from a uint8 array ``[h, w, 3]``."""
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


class PictureStrip(QWidget):
    """Thumbnails in one row. Arrows move, Enter chooses, ``S`` stars and Delete drops what is under the ring.

    Hovering tells which one the pointer is on, so that the canvas can show it in place. Ctrl and a click, or Ctrl+Space, pick
    several, in that order; one that is let fall on another tells of both.
    """

    chosen = Signal(str)
    activated = Signal(str)
    hovered = Signal(str)  # the key, or "" when the pointer leaves
    stepped = Signal(str)  # the key that the arrows put the ring on
    starred = Signal(str)
    dropped = Signal(str)
    menu_wanted = Signal(str, object)  # key, global position
    let_fall = Signal(str, str)  # the key of the one, and of the one it fell on

    def __init__(self, side: int = 62, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = side
        self._thumbs: tuple[Thumb, ...] = ()
        self._chosen, self._at, self._over, self._offset = "", 0, "", 0.0
        self._pressed: QPointF | None = None
        self._picked: tuple[str, ...] = ()
        self._under = ""
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def thumbs(self) -> tuple[Thumb, ...]:
        return self._thumbs

    @property
    def picked(self) -> tuple[str, ...]:
        """Keys of those that were picked together, in that order."""
        there = {thumb.key for thumb in self._thumbs}
        return tuple(key for key in self._picked if key in there)

    def pick(self, key: str) -> None:
        """Picks one more, or no longer."""
        picked = self.picked
        self._picked = tuple(one for one in picked if one != key) if key in picked else (*picked, key)
        self.update()

    def pick_none(self) -> None:
        self._picked = ()
        self.update()

    @property
    def chosen_key(self) -> str:
        """Key of the thumbnail with the frame; empty while none has it."""
        return self._chosen

    def set_thumbs(self, thumbs: tuple[Thumb, ...], chosen: str = "") -> None:
        # The ring stays where the arrows put it, until another one is chosen.
        here = self._thumbs[self._at].key if self._at < len(self._thumbs) else ""
        keys = [thumb.key for thumb in thumbs]
        wanted = here if chosen == self._chosen and here in keys else chosen
        self._thumbs, self._chosen = tuple(thumbs), chosen
        self._at = keys.index(wanted) if wanted in keys else min(self._at, max(0, len(keys) - 1))
        self.updateGeometry()
        self._scroll(0)

    def show_key(self, key: str) -> None:
        """Scrolls to the thumbnail of this key, and puts the ring there."""
        keys = [thumb.key for thumb in self._thumbs]
        if key in keys:
            self._at = keys.index(key)
            self._reveal()

    def sizeHint(self) -> QSize:
        return QSize(240, self.side + 4)

    def rect_of(self, index: int) -> QRectF:
        """Where the thumbnail stands, in widget coordinates."""
        left = 2 - self._offset
        for thumb in self._thumbs[: index + 1]:
            left += 20 if thumb.gap else 0
        return QRectF(left + index * (self.side + SPACE + 4), 2, self.side, self.side)

    def key_at(self, x: float) -> str:
        found = [
            thumb.key
            for i, thumb in enumerate(self._thumbs)
            if self.rect_of(i).left() - 2 <= x <= self.rect_of(i).right() + 2
        ]
        return found[0] if found else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for index, thumb in enumerate(self._thumbs):
            area = self.rect_of(index)
            if area.right() > -SPACE and area.left() < self.width():
                self._paint_thumb(painter, look, thumb, area)
                if self.hasFocus() and index == self._at:
                    paint.focus_ring(painter, area.adjusted(-2, -2, 2, 2), 2)

    def _paint_thumb(self, painter: QPainter, look: theme.Theme, thumb: Thumb, area: QRectF) -> None:
        if thumb.gap:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("secondary"))
            painter.drawEllipse(QRectF(area.left() - 18, area.center().y() - 1.5, 3, 3))
        painter.fillRect(area, look.colour("field"))
        if not thumb.image.isNull():
            painter.drawImage(_fitted(area, thumb.image), screen_image(thumb.image))
        if thumb.progress is not None:
            painter.fillRect(
                QRectF(area.left(), area.bottom() - 4, area.width() * min(max(thumb.progress, 0), 1), 4),
                look.colour("active"),
            )
        elif thumb.number:
            self._paint_number(painter, look, thumb.number, area)
        if thumb.star:
            painter.drawPixmap(
                int(area.right()) - 17,
                int(area.top()) + 1,
                icons.pixmap("star", 16, "warn", self.devicePixelRatioF()),
            )
        if thumb.mark:
            painter.drawPixmap(
                int(area.left()) + 2,
                int(area.top()) + 1,
                icons.pixmap(thumb.mark, 16, "generated", self.devicePixelRatioF()),
            )
        if thumb.key in self._picked or thumb.key == self._under:
            self._paint_picked(painter, look, thumb.key, area)
        if thumb.key == self._chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("active"), 2))
            painter.drawRect(area.adjusted(-1, -1, 1, 1))

    def _paint_picked(self, painter: QPainter, look: theme.Theme, key: str, area: QRectF) -> None:
        """A dashed frame, and which one it is of those that were picked."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("active"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(area.adjusted(2, 2, -2, -2))
        if key in self._picked:
            place = self._picked.index(key)
            letter = chr(ord("A") + place) if place < 26 else "…"
            corner = QRectF(area.right() - 18, area.bottom() - 18, 18, 18)
            self._paint_chip(painter, look, letter, corner)

    def _paint_number(self, painter: QPainter, look: theme.Theme, number: int, area: QRectF) -> None:
        self._paint_chip(painter, look, str(number), QRectF(area.left(), area.bottom() - 18, 18, 18))

    def _paint_chip(self, painter: QPainter, look: theme.Theme, text: str, chip: QRectF) -> None:
        shade = look.colour("ink_dark")
        shade.setAlpha(150)
        painter.fillRect(chip, shade)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS, semibold=True))
        painter.setPen(look.colour("ink_light"))
        paint.elided(painter, chip, text, Qt.AlignmentFlag.AlignHCenter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (event.position() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._drag(self.key_at(self._pressed.x()))
            return
        self._hover(self.key_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover("")

    def _hover(self, key: str) -> None:
        if key != self._over:
            self._over = key
            self.hovered.emit(key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position().x())
        if key and event.button() == Qt.MouseButton.LeftButton:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.pick(key)
                return
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (
            key := self.key_at(pressed.x())
        ):  # one that was carried away is not chosen
            self.pick_none()
            self._choose(key)

    def _drag(self, key: str) -> None:
        """Carries a picture away; let fall where it is taken, it is used as by a double click."""
        self._pressed = None
        image = next((thumb.image for thumb in self._thumbs if thumb.key == key), QImage())
        drag, data = QDrag(self), QMimeData()
        data.setData(PICTURE_MIME, key.encode())
        drag.setMimeData(data)
        if not image.isNull():
            drag.setPixmap(QPixmap.fromImage(image))
        able = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        if drag.exec(able, Qt.DropAction.CopyAction) == Qt.DropAction.CopyAction:
            self.activated.emit(key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self and event.mimeData().hasFormat(PICTURE_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        under = self.key_at(event.position().x())
        carried = bytes(event.mimeData().data(PICTURE_MIME).data()).decode()
        self._set_under(under if under != carried else "")
        event.setDropAction(Qt.DropAction.MoveAction)  # not the copy that takes it out of the strip
        event.setAccepted(bool(self._under))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_under("")

    def dropEvent(self, event: QDropEvent) -> None:
        key, under = bytes(event.mimeData().data(PICTURE_MIME).data()).decode(), self._under
        self._set_under("")
        if under:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.let_fall.emit(key, under)

    def _set_under(self, key: str) -> None:
        if key != self._under:
            self._under = key
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if key := self.key_at(event.position().x()):
            self.activated.emit(key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        key = (
            self._thumbs[self._at].key
            if event.reason() == QContextMenuEvent.Reason.Keyboard and self._thumbs
            else ""
        )
        if key := key or self.key_at(event.pos().x()):
            self.menu_wanted.emit(key, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroll(-(event.angleDelta().x() or event.angleDelta().y()) / 2)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_Home: -len(self._thumbs),
            keys.Key_End: len(self._thumbs),
        }
        here = self._thumbs[self._at].key if self._at < len(self._thumbs) else ""
        if event.key() in moves and self._thumbs:
            self._at = min(max(self._at + moves[keys(event.key())], 0), len(self._thumbs) - 1)
            self._reveal()
            self._hover(self._thumbs[self._at].key)
            self.stepped.emit(self._thumbs[self._at].key)
        elif (
            here
            and event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Space)
            and not event.modifiers()
        ):
            self._choose(here)
        elif (
            here
            and event.key() == keys.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.pick(here)
        elif here and event.key() == keys.Key_S and not event.modifiers():
            self.starred.emit(here)
        elif here and event.key() == keys.Key_Delete and not event.modifiers():
            self.dropped.emit(here)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and not event.modifiers():  # type: ignore[attr-defined]
            if event.key() in (Qt.Key.Key_S, Qt.Key.Key_Delete):  # type: ignore[attr-defined]
                event.accept()
        elif event.type() == QEvent.Type.ToolTip:
            self._tip(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def _tip(self, event: QHelpEvent) -> None:
        words = {thumb.key: thumb.words for thumb in self._thumbs}.get(self.key_at(event.pos().x()), "")
        QToolTip.showText(event.globalPos(), words, self)

    def _choose(self, key: str) -> None:
        self._at = next(i for i, thumb in enumerate(self._thumbs) if thumb.key == key)
        self._chosen = key
        self.update()
        self.chosen.emit(key)

    def _reveal(self) -> None:
        area = self.rect_of(self._at)
        self._scroll(min(0.0, area.left() - SPACE) or max(0.0, area.right() + SPACE - self.width()))

    def _scroll(self, distance: float) -> None:
        whole = self.rect_of(len(self._thumbs) - 1).right() + self._offset + SPACE if self._thumbs else 0.0
        self._offset = min(max(self._offset + distance, 0.0), max(0.0, whole - self.width()))
        self.update()

    def resizeEvent(self, event) -> None:
        self._scroll(0)


def _fitted(area: QRectF, image: QImage) -> QRectF:
    scale = min(area.width() / image.width(), area.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)
