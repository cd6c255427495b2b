"""A sheet to try a brush on; it belongs to no picture and is not kept."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.raster.brush import Brush
from studio.raster.colour import to_bgra8
from studio.raster.geometry import Rect, Region
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.screen_colours import converted, table

Colour = tuple[float, float, float]
MOST_SIZE = 200.0
"""Brushes are shown at most this large: the pad is small, and a stroke must keep up with the hand."""


class ScratchPad(Retranslated, QWidget):
    """White paper on which the brush paints, with pressure and tilt. ``sensed`` brings the pressure while it does."""

    sensed = Signal(object)

    def __init__(
        self, brush: Callable[[], Brush], colour: Callable[[], Colour], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._brush, self._colour = brush, colour
        self._surface = Surface()
        self._stroke: Stroke | None = None
        self._pen = False
        self._image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(160, 120)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(300, 260)

    def surface(self) -> Surface:
        """What was painted."""
        return self._surface

    def clear(self) -> None:
        self._surface = Surface()
        self._paint_all()

    def show_colours(self) -> None:
        """Bands of colour, for brushes that smudge, blur or erase."""
        width, height = self._pixels()
        pixels = np.ones((height, width, 4), np.float32)
        tokens = ("active", "warn", "primary", "good", "generated")
        for index, token in enumerate(tokens):
            left, right = width * index // len(tokens), width * (index + 1) // len(tokens)
            colour = theme.current().colour(token)
            pixels[height // 4 :, left:right, :3] = (colour.redF(), colour.greenF(), colour.blueF())
        self._surface = Surface.from_pixels(pixels)
        self._paint_all()

    def _pixels(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return max(1, math.ceil(self.width() * ratio)), max(1, math.ceil(self.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._paint_all()

    def _paint_all(self) -> None:
        width, height = self._pixels()
        self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._image.fill(theme.current().colour("ink_light"))
        self._read(Rect(0, 0, width, height))
        self.update()

    def _read(self, rect: Rect) -> None:
        """The pixels of ``rect`` on white, from the surface into the image."""
        rect = rect.intersect(Rect(0, 0, self._image.width(), self._image.height()))
        if rect.empty:
            return
        pixels = np.clip(self._surface.read(rect).astype(np.float32), 0, 1)
        pixels += 1 - pixels[..., 3:]
        part = np.ascontiguousarray(to_bgra8(pixels))
        image = QImage(part.data, rect.width, rect.height, part.strides[0], QImage.Format.Format_RGB32)
        painter = QPainter(self._image)
        painter.drawImage(rect.left, rect.top, image)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        area = event.rect()
        source = QRect(
            math.floor(area.left() * ratio), math.floor(area.top() * ratio),
            math.ceil(area.width() * ratio), math.ceil(area.height() * ratio),
        )  # fmt: skip
        there = table()
        if there is None:
            painter.drawImage(area, self._image, source)
        else:
            painter.drawImage(area, converted(self._image.copy(source), there))

    # hand

    def _begin(self) -> None:
        brush = self._brush()
        if brush.size > MOST_SIZE:
            from studio.workspace.brush_sample import fitted

            brush = fitted(brush, MOST_SIZE)
        shift = (-round(brush.size * 1.5), 0) if brush.mode == "clone" else (0, 0)
        self._stroke = Stroke(brush, self._colour(), self._surface, offset=shift)

    def _add(
        self, place: QPointF, pressure: float | None, t: float, tilt: tuple[float, float] = (0, 0)
    ) -> None:
        if self._stroke is None:
            return
        ratio = self.devicePixelRatioF()
        region = self._stroke.add(place.x() * ratio, place.y() * ratio, pressure, t, *tilt)
        self._show(region)
        self.sensed.emit(pressure)

    def _show(self, region: Region) -> None:
        assert self._stroke is not None
        self._surface = self._stroke.surface()
        ratio = self.devicePixelRatioF()
        for rect in region:
            self._read(rect)
            self.update(
                math.floor(rect.left / ratio), math.floor(rect.top / ratio),
                math.ceil(rect.width / ratio) + 1, math.ceil(rect.height / ratio) + 1,
            )  # fmt: skip

    def _end(self) -> None:
        if self._stroke is not None:
            self._show(self._stroke.finish())
            self._stroke = None
            self.sensed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._pen:
            self._begin()
            self._add(event.position(), None, event.timestamp() / 1000)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pen:
            self._add(event.position(), None, event.timestamp() / 1000)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._pen:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        presses = event.pointingDevice().hasCapability(QPointingDevice.Capability.Pressure)
        if event.type() == QEvent.Type.TabletPress:
            self._pen = True
            self._begin()
        self._add(
            event.position(), event.pressure() if presses else None, event.timestamp() / 1000,
            (event.xTilt(), event.yTilt()),
        )  # fmt: skip
        if event.type() == QEvent.Type.TabletRelease:
            self._end()
            self._pen = False
        event.accept()

    def retranslate(self) -> None:
        words = QCoreApplication.translate("BrushEditor", "Paint here to try the brush")
        self.setAccessibleName(words)
        self.setToolTip(words)
