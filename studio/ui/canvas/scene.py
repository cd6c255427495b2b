"""Draws the picture with what is behind it: the board that shows through, the border to judge tones by."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPolygonF, QTransform

from studio.raster.geometry import Rect
from studio.ui import theme
from studio.ui.canvas.showing import Showing
from studio.ui.canvas.surround import checkerboard
from studio.ui.canvas.viewport import Viewport

JUDGE_BORDER = 3
"""Device pixels of white around the picture, to judge it against; grey lies beyond."""
SMOOTH_BELOW = 2.0
"""Zoom from which the pixels of an upright picture are shown as squares."""


def draw_picture(
    painter: QPainter, viewport: Viewport, canvas: Rect, showing: Showing, *, judging: bool
) -> None:
    """The shown part of the picture, once or as often as its repetition is seen; the painter works in device pixels."""
    to_view = viewport.to_view()
    offsets = showing.offsets()
    if len(offsets) == 1 and offsets[0] == (0, 0):
        _draw_once(painter, viewport, to_view, canvas, showing, judging)
        return
    area = QRectF(0, 0, canvas.width, canvas.height)
    for x, y in offsets:
        place = QTransform.fromTranslate(x, y) * to_view
        _draw_board(painter, place, area, viewport.rotation == 0, -1 / viewport.zoom)
    # Half a device pixel larger, so that no seam shows between two of them.
    more = 0.5 / viewport.zoom
    larger = QTransform.fromTranslate(-more, -more)
    larger.scale(1 + 2 * more / canvas.width, 1 + 2 * more / canvas.height)
    for x, y in offsets:
        painter.save()
        painter.setTransform(larger * QTransform.fromTranslate(x, y) * to_view, True)
        _show(painter, viewport, canvas, showing)
        painter.restore()


def _show(painter: QPainter, viewport: Viewport, canvas: Rect, showing: Showing) -> None:
    smooth = viewport.zoom < SMOOTH_BELOW or viewport.rotation % 90 != 0
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    showing.draw(painter, canvas)


def _draw_once(
    painter: QPainter, viewport: Viewport, to_view: QTransform, canvas: Rect, showing: Showing, judging: bool
) -> None:
    area = QRectF(0, 0, canvas.width, canvas.height)
    upright = viewport.rotation == 0
    painter.save()
    if judging:
        border = JUDGE_BORDER / viewport.zoom
        painter.setBrush(QColor(theme.current().tokens.ink_light))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(to_view.map(QPolygonF(area.adjusted(-border, -border, border, border))))
    if upright:
        # On whole device pixels, so that a repaint of a part has the same edge as one of the whole.
        painter.setClipRect(to_view.mapRect(area).toRect(), Qt.ClipOperation.IntersectClip)
    else:
        painter.setClipPath(_path(to_view, area), Qt.ClipOperation.IntersectClip)
    _draw_board(painter, to_view, area, upright, 1 / viewport.zoom)
    painter.setTransform(to_view, True)
    _show(painter, viewport, canvas, showing)
    painter.restore()


def _draw_board(
    painter: QPainter, to_view: QTransform, area: QRectF, upright: bool, device_pixel: float
) -> None:
    board = QBrush(checkerboard(theme.current().name))
    if upright:
        painter.fillRect(to_view.mapRect(area).toAlignedRect(), board)
    else:
        # One device pixel short of the edge, which the smoothed picture covers only in part.
        inset = area.adjusted(device_pixel, device_pixel, -device_pixel, -device_pixel)
        painter.fillPath(_path(to_view, inset), board)


def _path(to_view: QTransform, area: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(to_view.map(QPolygonF(area)))
    path.closeSubpath()
    return path
