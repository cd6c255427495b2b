"""Pictures side by side under one zoom: what is looked at in one is looked at in all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint

GAP, CAPTION = 8, 20
LARGEST = 64.0


class TwinView(QWidget):
    """Wheel, + and − zoom, a drag moves, a double click and 0 show all. Captions stand above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._captions: list[str] = []
        self.zoom = 1.0
        self.centre = QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)

    def sizeHint(self) -> QSize:
        return QSize(720, 400)

    def show_pictures(self, pictures: Sequence[np.ndarray | None], captions: Sequence[str]) -> None:
        """uint8 [h, w, 3|4], straight sRGB; None is an empty place. The zoom stays."""
        self._images = [_image_of(one) for one in pictures]
        self._captions = list(captions)
        self.setAccessibleDescription(" · ".join(captions))
        self.update()

    def _cells(self) -> list[QRectF]:
        count = max(1, len(self._images))
        width = (self.width() - GAP * (count - 1)) / count
        return [
            QRectF(index * (width + GAP), CAPTION, width, self.height() - CAPTION) for index in range(count)
        ]

    def _place(self, image: QImage, cell: QRectF) -> QRectF:
        """Where the whole picture lies, most of it perhaps outside of its cell."""
        scale = min(cell.width() / image.width(), cell.height() / image.height()) * self.zoom
        size = image.width() * scale, image.height() * scale
        middle = cell.center()
        return QRectF(middle.x() - self.centre.x() * size[0], middle.y() - self.centre.y() * size[1], *size)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        for index, cell in enumerate(self._cells()):
            painter.fillRect(cell, look.colour("field"))
            image = self._images[index] if index < len(self._images) else QImage()
            if not image.isNull():
                place = self._place(image, cell)
                painter.save()
                painter.setClipRect(cell)
                smooth = place.width() < 2 * image.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                painter.drawImage(place, screen_image(image))
                painter.restore()
            if index < len(self._captions):
                painter.setPen(look.colour("secondary"))
                line = QRectF(cell.left(), 0, cell.width(), CAPTION)
                paint.elided(painter, line, self._captions[index], Qt.AlignmentFlag.AlignLeft)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("active" if self.hasFocus() else "line"), 1))
            painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5))

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """``at``: the place of the widget that stays where it is."""
        before, zoom = self.zoom, min(max(zoom, 1.0), LARGEST)
        found = self._under(at) if at is not None else None
        if found is not None:
            spot, cell, image = found
            shift = 1 - before / zoom
            place = self._place(image, cell)
            on_it = QPointF((spot.x() - place.x()) / place.width(), (spot.y() - place.y()) / place.height())
            self.centre += (on_it - self.centre) * shift
        self.zoom = zoom
        self._keep_inside()
        self.update()

    def _under(self, at: QPointF) -> tuple[QPointF, QRectF, QImage] | None:
        for cell, image in zip(self._cells(), self._images, strict=False):
            if cell.contains(at) and not image.isNull():
                return at, cell, image
        return None

    def _keep_inside(self) -> None:
        reach = 0.5 / self.zoom
        self.centre = QPointF(
            min(max(self.centre.x(), reach), 1 - reach), min(max(self.centre.y(), reach), 1 - reach)
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_to(self.zoom * 1.25 ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        if self._held is None or found is None:
            return
        place = self._place(found[2], found[1])
        moved, self._held = event.position() - self._held, event.position()
        self.centre -= QPointF(moved.x() / place.width(), moved.y() / place.height())
        self._keep_inside()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom_to(1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_to(self.zoom * 1.25)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_to(self.zoom / 1.25)
        elif event.key() == Qt.Key.Key_0:
            self.zoom_to(1.0)
        else:
            super().keyPressEvent(event)


def _image_of(pixels: np.ndarray | None) -> QImage:
    if pixels is None:
        return QImage()
    pixels = np.ascontiguousarray(pixels)
    height, width, channels = pixels.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
    return QImage(pixels.data, width, height, pixels.strides[0], kind).copy()
