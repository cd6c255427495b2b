"""What lies over the picture: brush outline, pixel grid, selection edge. Two tones, so that it shows on any picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.outline import outline
from studio.ui import theme
from studio.ui.canvas.viewport import PIXEL_GRID_ZOOM, Viewport
from studio.ui.screen_colours import screen_colour
from studio.workspace.tools.marks import Caret, Handle, Label, Mark, Outline, Point, Ring, Shade

DASH = 4.0
HANDLE = 8.0
SMALLEST_OUTLINE = 3.0
RING, RING_WIDTH, RIM = 44.0, 16.0, 7.0
"""Logical pixels: radius and width of the picker's ring, and of the neutral rim around it."""


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


def draw_outline(
    painter: QPainter, position: QPointF, diameter: float, brush: Brush, viewport: Viewport
) -> None:
    """The outline of the brush's print as the view is turned; a small cross where it would be too small to see."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if diameter >= SMALLEST_OUTLINE:
        to_view = QTransform().translate(position.x(), position.y())
        if viewport.mirrored:
            to_view.scale(-1.0, 1.0)
        to_view.rotate(viewport.rotation).scale(diameter, diameter)
        path = QPainterPath()
        for loop in outline(brush):
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in loop]))
            path.closeSubpath()
        path = to_view.map(path)
        two_tone(painter, lambda: painter.drawPath(path))
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


def draw_marks(painter: QPainter, viewport: Viewport, marks: Iterable[Mark], ratio: float) -> None:
    """What the tool in the hand shows; ``ratio`` device pixels for a logical one. The painter works in device pixels."""
    to_view = viewport.to_view()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        if isinstance(mark, Outline):
            _draw_line(painter, _polygon(to_view, mark.points), mark.closed, mark.dashed)
        elif isinstance(mark, Caret):
            _draw_line(painter, _polygon(to_view, ((mark.x0, mark.y0), (mark.x1, mark.y1))), False, False)
        elif isinstance(mark, Handle):
            _draw_handle(painter, to_view.map(QPointF(mark.x, mark.y)), mark, HANDLE * ratio)
        elif isinstance(mark, Label):
            _draw_label(painter, to_view.map(QPointF(mark.x, mark.y)), mark, ratio)
        elif isinstance(mark, Ring):
            _draw_ring(painter, to_view.map(QPointF(mark.x, mark.y)), mark, ratio)
        elif isinstance(mark, Shade):
            _draw_shade(painter, _polygon(to_view, mark.points), viewport)
        else:
            _draw_highlight(painter, _polygon(to_view, mark.points))
    painter.restore()


def _polygon(to_view: QTransform, points: Sequence[Point]) -> QPolygonF:
    return to_view.map(QPolygonF([QPointF(x, y) for x, y in points]))


def _draw_line(painter: QPainter, line: QPolygonF, closed: bool, dashed: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw = painter.drawPolygon if closed else painter.drawPolyline
    if dashed:
        two_tone(painter, lambda: draw(line))
        return
    tokens = theme.current().tokens
    for colour, width in ((tokens.ink_light, 3.0), (tokens.ink_dark, 1.0)):
        pen = QPen(QColor(colour), width)
        pen.setCosmetic(True)
        painter.setPen(pen)
        draw(line)


def _draw_handle(painter: QPainter, place: QPointF, mark: Handle, size: float) -> None:
    tokens = theme.current().tokens
    painter.setPen(QPen(QColor(tokens.ink_dark), 1.0))
    painter.setBrush(QColor(tokens.active if mark.hot else tokens.ink_light))
    half = size / 2
    if mark.kind == "square":
        painter.drawRect(QRectF(place.x() - half, place.y() - half, size, size))
    elif mark.kind == "diamond":
        steps = ((0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0))
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in steps]))
    else:
        painter.drawEllipse(place, half, half)
        if mark.kind == "pivot":
            painter.drawLine(place - QPointF(size, 0), place + QPointF(size, 0))
            painter.drawLine(place - QPointF(0, size), place + QPointF(0, size))


def _draw_label(painter: QPainter, place: QPointF, mark: Label, ratio: float) -> None:
    look, text, away = theme.current(), mark.text, mark.away * ratio
    font = theme.text_font()
    font.setPixelSize(round(theme.TEXT_PIXELS * ratio))
    painter.setFont(font)
    box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(
        -6 * ratio, -3 * ratio, 6 * ratio, 3 * ratio
    )
    box.moveTopLeft(place + QPointF(away, away))
    view = QRectF(painter.viewport())
    if box.right() > view.right():  # never cut off: to the other side of its place, and within the view
        box.moveRight(max(min(place.x() - away, view.right()), view.left() + box.width()))
    if box.bottom() > view.bottom():
        box.moveBottom(min(place.y() - away, view.bottom()))
    painter.setPen(QPen(look.colour("border"), 1.0))
    painter.setBrush(look.colour("raised"))
    painter.drawRoundedRect(box, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
    painter.setPen(look.colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _draw_ring(painter: QPainter, middle: QPointF, ring: Ring, ratio: float) -> None:
    """The new colour above the old one, apart from the picture by a neutral rim: no colour is judged against its neighbours."""
    tokens = theme.current().tokens
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def circle(radius: float) -> QRectF:
        side = 2 * radius * ratio
        return QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)

    painter.setPen(QPen(QColor(tokens.judge), (RING_WIDTH + 2 * RIM) * ratio))
    painter.drawEllipse(circle(RING))
    for colour, start in ((ring.now, 0), (ring.before, 180)):
        pen = QPen(screen_colour(colour), RING_WIDTH * ratio)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(circle(RING), start * 16, 180 * 16)
    painter.setPen(QPen(QColor(tokens.ink_dark), ratio))
    for side in (1, -1):
        painter.drawEllipse(circle(RING + side * (RING_WIDTH / 2 + RIM)))


def _draw_shade(painter: QPainter, inside: QPolygonF, viewport: Viewport) -> None:
    area = QPainterPath()
    area.addRect(QRectF(0, 0, viewport.width, viewport.height))
    hole = QPainterPath()
    hole.addPolygon(inside)
    colour = QColor(theme.current().tokens.ink_dark)
    colour.setAlphaF(0.5)
    painter.fillPath(area.subtracted(hole), colour)


def _draw_highlight(painter: QPainter, area: QPolygonF) -> None:
    colour = QColor(theme.current().tokens.active)
    colour.setAlphaF(0.35)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(area)
