"""What lies over the picture: brush outline, pixel grid, selection edge. Two tones, so that it shows on any picture."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.raster.geometry import Rect
from studio.ui import theme
from studio.ui.canvas.viewport import PIXEL_GRID_ZOOM, Viewport

DASH = 4.0
SMALLEST_OUTLINE = 3.0


def two_tone(painter: QPainter, draw) -> None:
    """Draws the same line twice: solid light, then dashed dark, both one device pixel wide."""
    tokens = theme.current().tokens
    for colour, dashed in ((tokens.ink_light, False), (tokens.ink_dark, True)):
        pen = QPen(QColor(colour), 1.0)
        pen.setCosmetic(True)
        if dashed:
            pen.setDashPattern([DASH, DASH])
        painter.setPen(pen)
        draw()


def outline_rect(position: QPointF, diameter: float) -> QRectF:
    """The widget rectangle that a brush outline of ``diameter`` logical pixels dirties."""
    half = max(diameter, 12.0) / 2 + 3
    return QRectF(position.x() - half, position.y() - half, 2 * half, 2 * half)


def draw_outline(painter: QPainter, position: QPointF, diameter: float) -> None:
    """The brush's true outline; a small cross where it would be too small to see."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if diameter >= SMALLEST_OUTLINE:
        two_tone(painter, lambda: painter.drawEllipse(position, diameter / 2, diameter / 2))
        return
    x, y = position.x(), position.y()
    lines = [
        QLineF(x - 6, y, x - 2, y),
        QLineF(x + 2, y, x + 6, y),
        QLineF(x, y - 6, x, y - 2),
        QLineF(x, y + 2, x, y + 6),
    ]
    two_tone(painter, lambda: painter.drawLines(lines))


def draw_pixel_grid(painter: QPainter, viewport: Viewport, canvas: Rect) -> None:
    """Lines between document pixels, at high zoom only; the painter works in device pixels."""
    if viewport.zoom < PIXEL_GRID_ZOOM:
        return
    shown = viewport.visible().intersect(canvas)
    to_view = viewport.to_view()
    colour = QColor(theme.current().tokens.border)
    colour.setAlphaF(0.35)
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, viewport.rotation % 90 != 0)
    lines = [QLineF(x, shown.top, x, shown.bottom) for x in range(shown.left, shown.right + 1)]
    lines += [QLineF(shown.left, y, shown.right, y) for y in range(shown.top, shown.bottom + 1)]
    painter.drawLines([to_view.map(line) for line in lines])


def draw_edge(painter: QPainter, viewport: Viewport, area: Rect) -> None:
    """The dashed edge of a rectangle in document pixels (the selection's bounds)."""
    corners = QPolygonF(
        [
            QPointF(area.left, area.top),
            QPointF(area.right, area.top),
            QPointF(area.right, area.bottom),
            QPointF(area.left, area.bottom),
        ]
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    polygon = viewport.to_view().map(corners)
    two_tone(painter, lambda: painter.drawPolygon(polygon))
