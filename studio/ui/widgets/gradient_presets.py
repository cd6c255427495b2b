"""Ready-made gradients, each as it looks, on a card over everything else until something beside it is pressed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from studio.raster import gradient
from studio.raster.colour import premultiply, to_bgra8
from studio.recipe import Stops
from studio.ui import theme
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import paint
from studio.workspace.gradient_presets import PRESETS, GradientPreset

WIDTH = 264
STRIP = 120


def strip_image(stops: Stops, width: int) -> QImage:
    """One row of the gradient, premultiplied."""
    straight = gradient.colours_at(stops, np.linspace(0, 1, width)).astype(np.float32)[None]
    pixels = np.ascontiguousarray(to_bgra8(premultiply(straight)))
    return QImage(pixels.data, width, 1, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


class PresetButton(QAbstractButton):
    """A gradient and its name."""

    def __init__(self, preset: GradientPreset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = preset
        self.setText(QCoreApplication.translate("gradients", preset.title))
        self.setAccessibleName(self.text())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, theme.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, area = theme.current(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        strip = QRectF(6.5, 6.5, STRIP, area.height() - 13)
        painter.drawImage(strip, screen_image(strip_image(self.preset.stops, STRIP)))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(strip)
        painter.setPen(look.colour("text"))
        paint.elided(painter, area.adjusted(STRIP + 18, 0, -6, 0), self.text(), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, area)


class PresetsPopup(QFrame):
    """``taken`` brings the stops of the gradient that was pressed."""

    taken = Signal(tuple)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        self.buttons = [PresetButton(preset) for preset in PRESETS]
        for button in self.buttons:
            button.clicked.connect(lambda _on=False, stops=button.preset.stops: self._take(stops))
            column.addWidget(button)
        self.adjustSize()

    def _take(self, stops: Stops) -> None:
        self.taken.emit(stops)
        self.close()
