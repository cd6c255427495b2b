"""A picture before and after, with a line between them that is dragged."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.canvas.surround import checkerboard
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint
from studio.ui.widgets.picture_image import image_of

STEP, LEAP = 0.01, 0.1
"""Parts of the width that an arrow key moves the line, without and with Shift."""
GRIP = 5
PLATE = 18


class SplitPreview(QWidget):
    """``before`` at the left of the line, ``after`` at its right; a press anywhere brings the line there, the arrow keys move it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.split = 0.5
        self._before, self._after = QImage(), QImage()

    def show_before(self, pixels: np.ndarray) -> None:
        """Premultiplied float [h, w, 4] in sRGB."""
        self._before = image_of(pixels)
        self.update()

    def show_after(self, pixels: np.ndarray | None) -> None:
        """The same of the result; None while there is none, when all is shown as before."""
        self._after = QImage() if pixels is None else image_of(pixels)
        self.update()

    @property
    def compares(self) -> bool:
        return not self._before.isNull() and not self._after.isNull()

    @property
    def place(self) -> QRectF:
        """Where the picture lies in the widget; empty before there is one."""
        if self._before.isNull():
            return QRectF()
        wide, high = self._before.width(), self._before.height()
        scale = min(self.width() / wide, self.height() / high, 2.0)
        place = QRectF(0, 0, wide * scale, high * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def move_split(self, part: float) -> None:
        """The line stands at this part of the picture's width."""
        self.split = min(max(part, 0.0), 1.0)
        self.update()

    # ── paints ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        if not self._before.isNull():
            self._paint_pictures(painter, self.place)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _paint_pictures(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, QBrush(checkerboard(theme.current().name)))
        if not self.compares:
            painter.drawImage(place, screen_image(self._before))
            return
        line = place.left() + self.split * place.width()
        left, right = QRectF(place), QRectF(place)
        left.setRight(line)
        right.setLeft(line)
        for image, part in ((self._before, left), (self._after, right)):
            painter.save()
            painter.setClipRect(part)
            painter.drawImage(place, screen_image(image))
            painter.restore()
        self._paint_line(painter, place, line)
        flags = Qt.AlignmentFlag
        self._paint_words(painter, left, QCoreApplication.translate("recipe", "Before"), flags.AlignLeft)
        self._paint_words(painter, right, QCoreApplication.translate("recipe", "After"), flags.AlignRight)

    def _paint_line(self, painter: QPainter, place: QRectF, line: float) -> None:
        """Two tones, so that it is seen on any picture."""
        look = theme.current()
        for tone, wide in (("ink_dark", 3.0), ("ink_light", 1.0)):
            painter.setPen(QPen(look.colour(tone), wide))
            painter.drawLine(QPointF(line, place.top()), QPointF(line, place.bottom()))
        painter.setPen(QPen(look.colour("ink_dark"), 1))
        painter.setBrush(look.colour("ink_light"))
        painter.drawEllipse(QPointF(line, place.center().y()), GRIP, GRIP)

    def _paint_words(self, painter: QPainter, part: QRectF, words: str, side: Qt.AlignmentFlag) -> None:
        """On a plate in the upper corner, while there is room for it."""
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        wide = painter.fontMetrics().horizontalAdvance(words) + 12
        if part.width() < wide + 2 * GRIP + 4:
            return
        left = part.left() + 4 if side == Qt.AlignmentFlag.AlignLeft else part.right() - wide - 4
        plate = QRectF(left, part.top() + 4, wide, PLATE)
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("panel"))
        painter.drawRoundedRect(plate, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.setPen(look.colour("text"))
        paint.elided(painter, plate.adjusted(6, 0, -5, 0), words, Qt.AlignmentFlag.AlignLeft)

    # ── the line is moved ────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        if self.compares:
            self.move_split((event.position().x() - self.place.left()) / self.place.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or not self.compares:
            super().keyPressEvent(event)
            return
        step = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        self.move_split(self.split + (step if event.key() == Qt.Key.Key_Right else -step))
