"""Pictures beside themselves in a mirror, so that the question whether mirrored ones are right is seen, not read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import theme

SIDE = 64


class MirrorPair(QWidget):
    """At most two pictures, each with its mirrored twin at its right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: tuple[QImage, ...] = ()
        self.setFixedHeight(SIDE + 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_images(self, images: Sequence[QImage]) -> None:
        self._images = tuple(image for image in images if not image.isNull())[:2]
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(4 * SIDE + 20, SIDE + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(theme.current().colour("line"), 1))
        left = 0.0
        for image in self._images:
            short = min(image.width(), image.height())
            middle = image.copy((image.width() - short) // 2, (image.height() - short) // 2, short, short)
            for shown in (middle, middle.flipped(Qt.Orientation.Horizontal)):
                painter.drawImage(QRectF(left, 2, SIDE, SIDE), shown)
                left += SIDE + 1
            left += 10
