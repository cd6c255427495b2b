"""Draws grid, guides, assistants, samplers and the axes of symmetry over the picture. The painter works in device pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from studio.document.aids import Aids, Assistant, Grid, Point
from studio.raster.geometry import Rect
from studio.raster.symmetry import Symmetry
from studio.ui import theme
from studio.ui.canvas.viewport import Viewport
from studio.workspace.snapping import ellipse_of

CLOSEST_LINES = 4.0
"""Device pixels between two lines of the grid below which they are left out."""
RAYS = 24
CONCENTRIC = 6
FADED = 0.45
SAMPLER = 6.0
"""Radius of a sampler's ring in logical pixels."""


def _pen(name: str, alpha: float = 1.0, width: float = 1.0, *, dashed: bool = False) -> QPen:
    # The picture is dark or light whatever the theme is: the lighter azurite is read on both.
    colour = QColor(getattr(theme.load("dark").tokens, name))
    colour.setAlphaF(alpha)
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    if dashed:
        pen.setDashPattern([6.0, 4.0])
    return pen


def draw_grid(painter: QPainter, viewport: Viewport, canvas: Rect, grid: Grid) -> None:
    """Main lines stronger than the lines of the subdivisions; those too close to tell apart are left out."""
    shown = viewport.visible().intersect(canvas)
    if shown.empty:
        return
    painter.save()
    painter.setRenderHint(
        QPainter.RenderHint.Antialiasing, viewport.rotation % 90 != 0 or grid.kind != "square"
    )
    to_view = viewport.to_view()
    families = _isometric(grid) if grid.kind == "isometric" else _square(grid)
    for origin, along, across, step in families:
        for main in (False, True):
            apart = step * (grid.subdivisions if main else 1)
            if apart * viewport.zoom < CLOSEST_LINES or (not main and grid.subdivisions == 1):
                continue
            painter.setPen(_pen("active", 0.55 if main else 0.25))
            lines = _parallel_lines(origin, along, across, apart, shown)
            painter.drawLines([to_view.map(line) for line in lines])
    painter.restore()


Family = tuple[Point, Point, Point, float]
"""Origin, unit direction of the lines, unit direction across them, distance of the fine lines."""


def _square(grid: Grid) -> list[Family]:
    origin = (grid.left, grid.top)
    return [
        (origin, (0.0, 1.0), (1.0, 0.0), grid.width / grid.subdivisions),
        (origin, (1.0, 0.0), (0.0, 1.0), grid.height / grid.subdivisions),
    ]


def _isometric(grid: Grid) -> list[Family]:
    origin, step, lean = (grid.left, grid.top), grid.width / grid.subdivisions, math.radians(grid.angle)
    families: list[Family] = [(origin, (0.0, 1.0), (1.0, 0.0), step)]
    for side in (1.0, -1.0):
        along = (math.cos(lean), side * math.sin(lean))
        apart = 2 * step * math.sin(lean)
        if apart > 1e-6:
            families.append((origin, along, (-along[1], along[0]), apart))
    return families


def _parallel_lines(origin: Point, along: Point, across: Point, apart: float, area: Rect) -> Iterable[QLineF]:
    corners = [
        (x - origin[0], y - origin[1]) for x in (area.left, area.right) for y in (area.top, area.bottom)
    ]
    places = [x * across[0] + y * across[1] for x, y in corners]
    first, last = math.ceil(min(places) / apart), math.floor(max(places) / apart)
    for number in range(first, last + 1):
        x, y = origin[0] + number * apart * across[0], origin[1] + number * apart * across[1]
        cut = _cut((x, y), along, area)
        if cut is not None:
            yield cut


def _cut(point: Point, along: Point, area: Rect) -> QLineF | None:
    """The part of a line that lies in ``area`` (Liang and Barsky)."""
    low, high = -math.inf, math.inf
    bounds = ((point[0], along[0], area.left, area.right), (point[1], along[1], area.top, area.bottom))
    for start, step, least, most in bounds:
        if abs(step) < 1e-12:
            if not least <= start <= most:
                return None
            continue
        one, other = (least - start) / step, (most - start) / step
        low, high = max(low, min(one, other)), min(high, max(one, other))
    if low >= high:
        return None
    return QLineF(
        point[0] + low * along[0], point[1] + low * along[1], point[0] + high * along[0], point[1] + high * along[1]
    )  # fmt: skip


def draw_guides(painter: QPainter, viewport: Viewport, aids: Aids, hot: int | None = None) -> None:
    """Straight lines over the whole view; the one under the pointer is wider."""
    seen, to_view = viewport.visible(), viewport.to_view()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, viewport.rotation % 90 != 0)
    for index, guide in enumerate(aids.guides):
        place = guide.position
        if guide.axis == "x" and seen.left <= place <= seen.right:
            line = to_view.map(QLineF(place, seen.top, place, seen.bottom))
        elif guide.axis == "y" and seen.top <= place <= seen.bottom:
            line = to_view.map(QLineF(seen.left, place, seen.right, place))
        else:
            continue
        for pen in (_pen("ink_dark", 0.35, 3.0), _pen("active", 1.0, 3.0 if index == hot else 1.0)):
            painter.setPen(pen)
            painter.drawLine(line)
    painter.restore()


def draw_assistants(
    painter: QPainter, viewport: Viewport, canvas: Rect, assistants: Iterable[Assistant]
) -> None:
    """The shape of each assistant; those that strokes do not keep to are fainter."""
    area, to_view = viewport.visible(), viewport.to_view()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for one in assistants:
        painter.setPen(_pen("active", 0.9 if one.snaps else FADED, dashed=not one.snaps))
        if one.kind in ("ellipse", "concentric"):
            _draw_ellipses(painter, to_view, one)
        elif one.kind == "perspective":
            _draw_perspective(painter, to_view, area.unite(canvas), one)
        else:
            _draw_straight(painter, to_view, area, one)
    painter.restore()


def _draw_straight(painter: QPainter, to_view: QTransform, area: Rect, one: Assistant) -> None:
    (ax, ay), (bx, by) = one.points
    length = math.hypot(bx - ax, by - ay)
    painter.drawLine(to_view.map(QLineF(ax, ay, bx, by)))
    if length < 1e-6:
        return
    along = ((bx - ax) / length, (by - ay) / length)
    across = (-along[1], along[0])
    faint = QPen(painter.pen())
    colour = faint.color()
    colour.setAlphaF(colour.alphaF() * FADED)
    faint.setColor(colour)
    painter.setPen(faint)
    if one.kind == "ruler":
        cut = _cut((ax, ay), along, area)
        painter.drawLines([to_view.map(cut)] if cut is not None else [])
        return
    apart = max(length / 2, 24.0 * abs(area.width) / 800)
    painter.drawLines([to_view.map(line) for line in _parallel_lines((ax, ay), along, across, apart, area)])


def _draw_perspective(painter: QPainter, to_view: QTransform, area: Rect, one: Assistant) -> None:
    reach = float(area.width + area.height)
    for x, y in one.points:
        far = reach + math.hypot(x - (area.left + area.right) / 2, y - (area.top + area.bottom) / 2)
        rays = [
            QLineF(x, y, x + far * math.cos(turn), y + far * math.sin(turn))
            for turn in (math.tau * number / (2 * RAYS) for number in range(2 * RAYS))
        ]
        pen = QPen(painter.pen())
        colour = pen.color()
        colour.setAlphaF(FADED * 0.8)
        pen.setColor(colour)
        painter.save()
        painter.setPen(pen)
        painter.drawLines([to_view.map(ray) for ray in rays])
        painter.restore()
        painter.drawEllipse(to_view.map(QPointF(x, y)), 4.0, 4.0)
    if len(one.points) >= 2:
        (ax, ay), (bx, by) = one.points[:2]
        length = math.hypot(bx - ax, by - ay) or 1.0
        cut = _cut((ax, ay), ((bx - ax) / length, (by - ay) / length), area)
        painter.drawLines([to_view.map(cut)] if cut is not None else [])


def _draw_ellipses(painter: QPainter, to_view: QTransform, one: Assistant) -> None:
    ellipse = ellipse_of(one)
    if ellipse is None:
        return
    (cx, cy), (ax, ay), (bx, by) = one.points
    painter.drawLine(to_view.map(QLineF(2 * cx - ax, 2 * cy - ay, ax, ay)))
    painter.drawLine(to_view.map(QLineF(2 * cx - bx, 2 * cy - by, bx, by)))
    sizes = [number / 2 for number in range(1, CONCENTRIC + 1)] if one.kind == "concentric" else [1.0]
    painter.save()
    turn = math.degrees(math.atan2(ellipse.dy, ellipse.dx))
    own = QTransform.fromTranslate(cx, cy)
    own.rotate(turn)
    painter.setTransform(own * to_view, True)
    for size in sizes:
        painter.drawEllipse(
            QRectF(-ellipse.a * size, -ellipse.b * size, 2 * ellipse.a * size, 2 * ellipse.b * size)
        )
    painter.restore()


def draw_samplers(painter: QPainter, viewport: Viewport, places: Iterable[Point], ratio: float) -> None:
    """A ring with a cross at each sampler and its number beside it, in both inks; ``ratio`` device pixels for a logical one."""
    to_view = viewport.to_view()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.text_font(semibold=True)
    font.setPixelSize(round(theme.TEXT_PIXELS * ratio))
    for number, place in enumerate(places, start=1):
        seen = to_view.map(QPointF(*place))
        at = QPointF(
            math.floor(seen.x()) + 0.5, math.floor(seen.y()) + 0.5
        )  # lines of one pixel, not of two halves
        mark = QPainterPath()
        mark.addEllipse(at, SAMPLER * ratio, SAMPLER * ratio)
        for x, y in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            way = QPointF(x, y) * ratio
            mark.moveTo(at + way * (SAMPLER - 3.0))
            mark.lineTo(at + way * (SAMPLER + 4.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (_pen("ink_dark", 1.0, 3.0 * ratio), _pen("ink_light", 1.0, ratio)):
            painter.setPen(pen)
            painter.drawPath(mark)
        words = QPainterPath()
        words.addText(at + QPointF(SAMPLER + 4.0, -SAMPLER) * ratio, font, str(number))
        painter.strokePath(words, _pen("ink_dark", 1.0, 3.0 * ratio))
        painter.fillPath(words, QColor(theme.load("dark").tokens.ink_light))
    painter.restore()


def symmetry_axes(symmetry: Symmetry) -> list[float]:
    """Directions of the lines that part the copies, degrees clockwise from the right; each from the centre outwards."""
    turns: list[float] = []
    if symmetry.mirror:
        turns += [symmetry.angle + 90.0, symmetry.angle + 270.0]
    if symmetry.mirror_across:
        turns += [symmetry.angle, symmetry.angle + 180.0]
    if symmetry.folds > 1:
        turns += [symmetry.angle + 90.0 + 360.0 * fold / symmetry.folds for fold in range(symmetry.folds)]
    return sorted({round(turn % 360.0, 6) for turn in turns})


def draw_symmetry(painter: QPainter, viewport: Viewport, symmetry: Symmetry) -> None:
    """The axes that a stroke is repeated about."""
    if not symmetry.active:
        return
    area, to_view = viewport.visible(), viewport.to_view()
    reach = float(area.width + area.height)
    reach += math.hypot(symmetry.x - (area.left + area.right) / 2, symmetry.y - (area.top + area.bottom) / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen("active", 0.9, dashed=True))
    for turn in symmetry_axes(symmetry):
        radians = math.radians(turn)
        end = (symmetry.x + reach * math.cos(radians), symmetry.y + reach * math.sin(radians))
        painter.drawLine(to_view.map(QLineF(symmetry.x, symmetry.y, *end)))
    painter.setPen(_pen("active", 1.0, 2.0))
    painter.drawEllipse(to_view.map(QPointF(symmetry.x, symmetry.y)), 5.0, 5.0)
    painter.restore()
