"""The brush in the hand as a small stroke; a press opens the palette of brushes under it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio.ui import theme
from studio.ui.bind import bind_later
from studio.ui.language import Retranslated, spoken
from studio.ui.panels.brush_pictures import BrushPictures
from studio.ui.widgets import paint
from studio.workspace.studio import Studio

WIDTH, HEIGHT = 56, 28


class BrushButton(Retranslated, QAbstractButton):
    """Shows the preset in the hand; a dot says that it was altered."""

    palette_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._pictures = BrushPictures(studio, HEIGHT, self)
        self._pictures.ready.connect(lambda _id: self.update())
        self.clicked.connect(self.palette_wanted)
        bind_later(self, studio.brushes.chosen, self.refresh, 30)
        bind_later(self, studio.brushes.changed, self.refresh, 30)
        self.retranslate()

    def refresh(self) -> None:
        """The preset of the tool in the hand."""
        brushes = self._studio.brushes
        preset = brushes.current if brushes.ready else None
        words = preset.named(spoken()) if preset is not None else ""
        kind = QCoreApplication.translate("Brushes", "Choose a brush")
        self.setAccessibleName(f"{kind}: {words}" if words else kind)
        self.setToolTip(f"{words}\n{kind}" if words else kind)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, brushes = theme.current(), self._studio.brushes
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("hover" if self.underMouse() else "field"))
        painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        preset = brushes.current if brushes.ready else None
        if preset is not None:
            ratio = self.devicePixelRatioF()
            image = self._pictures.of(preset, round((WIDTH - 6) * ratio), round((HEIGHT - 4) * ratio))
            if not image.isNull():
                painter.drawImage(QRectF(3, 2, WIDTH - 6, HEIGHT - 4), image)
            if brushes.altered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("warn"))
                painter.drawEllipse(QRectF(WIDTH - 9, 4, 5, 5))
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def retranslate(self) -> None:
        self.refresh()
