"""The small curve of a training run: how its loss went."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import theme

Curve = tuple[tuple[int, float], ...]


class LossCurve(QWidget):
    """(step, loss) pairs as a line over the run's whole length, smoothed; the raw values stand faintly behind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve = ()
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 64)

    def set_curve(self, curve: Curve, total: int) -> None:
        self._curve = tuple((step, value) for step, value in curve if math.isfinite(value))
        self._total = total
        if self._curve:
            self.setAccessibleDescription(f"{self._curve[-1][1]:.3f}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        if len(self._curve) < 2:
            return
        inside = area.adjusted(4, 6, -4, -6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        raw, smooth = self._points(self._curve, inside), self._points(smoothed(self._curve), inside)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawPolyline(QPolygonF(raw))
        painter.setPen(QPen(look.colour("active"), 2))
        painter.drawPolyline(QPolygonF(smooth))

    def _points(self, curve: Curve, area: QRectF) -> list[QPointF]:
        values = [value for _, value in self._curve]
        low, high = min(values), max(values)
        span, last = (high - low) or 1.0, max(self._total, self._curve[-1][0], 1)
        every = max(1, len(curve) // max(1, int(area.width())))
        return [
            QPointF(
                area.left() + step / last * area.width(), area.bottom() - (value - low) / span * area.height()
            )
            for step, value in curve[::every]
        ]


def smoothed(curve: Curve, keep: float = 0.9) -> Curve:
    """Exponential mean of the values, without the pull of its beginning."""
    result, mean, weight = [], 0.0, 0.0
    for step, value in curve:
        mean, weight = keep * mean + (1 - keep) * value, keep * weight + (1 - keep)
        result.append((step, mean / weight))
    return tuple(result)
