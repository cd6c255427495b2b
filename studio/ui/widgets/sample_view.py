"""A picture of a run, as wide as the panel: samples of a model, squares that it learns from."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

LITTLE = 24
"""As wide as a scroll bar: what comes or goes with one changes no height, which would take or bring the bar again."""


class SampleView(QWidget):
    """One picture that is scaled to the width there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image, self._share, self._wide = QImage(), 1.0, 284
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_pixels(self, pixels: np.ndarray, least: int = 0) -> None:
        """uint8 [h, w, 3|4], straight sRGB. ``least``: a narrower one is not made wider than so many pixels would be."""
        pixels = np.ascontiguousarray(pixels)
        self._share = pixels.shape[1] / max(least, pixels.shape[1])
        height, width, channels = pixels.shape
        kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
        self._image = QImage(pixels.data, width, height, pixels.strides[0], kind).copy()
        self.updateGeometry()
        self.update()

    def _height(self, width: int) -> int:
        if self._image.isNull():
            return 0
        return round(width * self._share * self._image.height() / self._image.width())

    def sizeHint(self) -> QSize:
        return QSize(200, self._height(self._wide))

    def resizeEvent(self, event: object) -> None:
        if abs(self.width() - self._wide) > LITTLE:
            self._wide = self.width()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._image.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            width = min(self.width(), self._wide)
            painter.drawImage(QRectF(0, 0, width * self._share, self._height(width)), self._image)
