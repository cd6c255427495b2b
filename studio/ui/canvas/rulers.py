"""Rulers along the upper and left edge of the canvas; guides are drawn out of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QMenu, QWidget

from studio.document.aids import Axis
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.language import Retranslated

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

THICK = 20
APART = 64.0
"""Logical pixels, at least, between two numbers."""
MARK_REACH = 5.0
UNITS = ("px", "mm", "cm", "in")


def pixels_of_unit(unit: str, ppi: float) -> float:
    """Document pixels in one ``unit``."""
    return {"px": 1.0, "mm": ppi / 25.4, "cm": ppi / 2.54, "in": ppi}[unit]


def spacing(pixels: float, least: float) -> float:
    """Units between two numbers: 1, 2 or 5 times a power of ten, at least ``least`` device pixels wide.

    ``pixels``: device pixels of one unit.
    """
    wanted = least / max(pixels, 1e-9)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= wanted - 1e-12)


class Ruler(Retranslated, QWidget):
    """One ruler; ``across`` is the upper one. Pressing it draws a guide out, on a guide's mark it takes that guide."""

    def __init__(self, canvas: CanvasView, *, across: bool) -> None:
        super().__init__(canvas)
        self._canvas, self.across = canvas, across
        self._at = -1.0
        self._by_mark = False
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SplitVCursor if across else Qt.CursorShape.SplitHCursor)
        self.retranslate()

    def retranslate(self) -> None:
        across = QCoreApplication.translate("Rulers", "Horizontal ruler")
        down = QCoreApplication.translate("Rulers", "Vertical ruler")
        self.setAccessibleName(across if self.across else down)
        self.setToolTip(
            QCoreApplication.translate("Rulers", "Drag a guide from here; right-click chooses the unit")
        )

    def _axis(self) -> Axis:
        """The document axis that runs along this ruler as the view is turned now."""
        turned = round(self._canvas.viewport.rotation / 90.0) % 2 == 1
        return "x" if self.across != turned else "y"

    def _value(self, place: float) -> float:
        """Document coordinate at a place along the ruler (logical pixels of the canvas)."""
        offset = 0.0 if self.across else THICK
        point = self._canvas.to_document(
            QPointF(place, THICK / 2) if self.across else QPointF(THICK / 2, place + offset)
        )
        return point.x() if self._axis() == "x" else point.y()

    def show_position(self, position: QPointF | None) -> None:
        """Where the pen is: a mark on the ruler."""
        at = -1.0 if position is None else (position.x() if self.across else position.y() - THICK)
        for place in (self._at, at):
            box = QRect(int(place) - 4, 0, 8, THICK) if self.across else QRect(0, int(place) - 4, THICK, 8)
            self.update(box)
        self._at = at

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(event.rect(), look.colour("panel"))
        length = self.width() if self.across else self.height()
        if self._canvas.picture is not None:
            self._draw_ticks(painter, length)
            self._draw_marks(painter)
        painter.setPen(look.colour("line"))
        if self.across:
            painter.drawLine(0, THICK - 1, self.width(), THICK - 1)
        else:
            painter.drawLine(THICK - 1, 0, THICK - 1, self.height())
        if self._at >= 0:
            painter.setPen(look.colour("active"))
            at = round(self._at)
            painter.drawLine(at, 0, at, THICK) if self.across else painter.drawLine(0, at, THICK, at)
        painter.end()

    def _draw_ticks(self, painter: QPainter, length: int) -> None:
        first, last = self._value(0.0), self._value(float(length))
        if abs(last - first) < 1e-9:
            return
        assert self._canvas.picture is not None
        options, ppi = self._canvas.studio.viewing.options, self._canvas.picture.document.artwork.ppi
        unit = pixels_of_unit(options.unit, ppi)
        per_pixel = length / abs(last - first)  # logical pixels along the ruler for a document pixel
        step = spacing(per_pixel * unit, APART)
        fine = step / (10 if step * unit * per_pixel >= 10 * 5 else 5)
        low, high = sorted((first / unit, last / unit))
        font = theme.text_font()
        font.setPixelSize(10)
        painter.setFont(font)
        number = math.floor(low / fine)
        while number * fine <= high:
            value = number * fine
            place = (value * unit - first) / (last - first) * length
            main = abs(value / step - round(value / step)) < 1e-6
            half = abs(value / step * 2 - round(value / step * 2)) < 1e-6
            self._draw_tick(painter, place, THICK if main else 8 if half else 4)
            if main:
                self._draw_number(painter, place, value, step)
            number += 1

    def _draw_tick(self, painter: QPainter, place: float, size: int) -> None:
        painter.setPen(theme.current().colour("border"))
        at = round(place)
        if self.across:
            painter.drawLine(at, THICK - size, at, THICK - 2)
        else:
            painter.drawLine(THICK - size, at, THICK - 2, at)

    def _draw_number(self, painter: QPainter, place: float, value: float, step: float) -> None:
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        text = f"{value:.{digits}f}".replace("-", "−")
        painter.setPen(theme.current().colour("secondary"))
        if self.across:
            painter.drawText(QPointF(place + 3, 11), "0" if text == "−0" else text)
            return
        painter.save()
        painter.translate(11, place + 3)
        painter.rotate(90)
        painter.drawText(QPointF(0, 3), "0" if text == "−0" else text)
        painter.restore()

    def _marks(self) -> list[tuple[int, float]]:
        """(index, place along the ruler) of the guides that stand on it."""
        if self._canvas.picture is None or not self._canvas.studio.viewing.options.guides:
            return []
        length = self.width() if self.across else self.height()
        first, last = self._value(0.0), self._value(float(length))
        if abs(last - first) < 1e-9:
            return []
        axis = self._axis()
        guides = self._canvas.picture.document.artwork.aids.guides
        return [
            (index, (one.position - first) / (last - first) * length)
            for index, one in enumerate(guides)
            if one.axis == axis
        ]

    def _draw_marks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("active"))
        for _, place in self._marks():
            tip, back = QPointF(place, THICK - 1), THICK - 8
            points = [tip, QPointF(place - 4, back), QPointF(place + 4, back)]
            if not self.across:
                points = [QPointF(point.y(), point.x()) for point in points]
            painter.drawPolygon(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # drawing guides out

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._canvas.picture is None:
            return
        place = event.position().x() if self.across else event.position().y()
        taken = next((index for index, at in self._marks() if abs(at - place) <= MARK_REACH), None)
        # A guide drawn downwards out of the upper ruler is level: it stands on the other ruler.
        axis: Axis = self._axis() if taken is not None else ("y" if self._axis() == "x" else "x")
        self._by_mark = taken is not None
        self._canvas.input.guides.take(taken, axis)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = QPointF(self.mapTo(self._canvas, event.position().toPoint()))
        self._canvas.input.guides.move(position, event.modifiers())
        self._canvas.rulers_moved(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A guide that was never drawn off its ruler is none; one that was taken by its mark moves along the ruler."""
        off = not self.rect().contains(event.position().toPoint())
        self._canvas.input.guides.leave(kept=off or self._by_mark)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewing = self._canvas.studio.viewing
        for unit in UNITS:
            action = menu.addAction(unit)
            action.setCheckable(True)
            action.setChecked(viewing.options.unit == unit)
            action.triggered.connect(lambda _on, unit=unit: viewing.change(unit=unit))
        menu.popup(event.globalPos())


class Rulers(QObject):
    """Both rulers and the corner between them, laid over the canvas while they are wanted."""

    def __init__(self, canvas: CanvasView, *, wanted: bool = True) -> None:
        super().__init__(canvas)
        self._canvas, self._wanted = canvas, wanted
        self.across, self.down = Ruler(canvas, across=True), Ruler(canvas, across=False)
        canvas.viewport_changed.connect(self._repaint)
        canvas.installEventFilter(self)
        bind(self, canvas.studio.viewing.changed, self.look)
        self.look()

    def look(self) -> None:
        """Shows or hides them as the options say."""
        options = self._canvas.studio.viewing.options
        shown = self._wanted and options.rulers and self._canvas.picture is not None
        for one in (self.across, self.down):
            one.setVisible(shown)
            one.update()
        self._place()

    def _place(self) -> None:
        width, height = self._canvas.width(), self._canvas.height()
        self.across.setGeometry(0, 0, width, THICK)
        self.down.setGeometry(0, THICK, THICK, max(height - THICK, 1))

    def _repaint(self) -> None:
        if self.across.isVisible():
            self.across.update()
            self.down.update()

    def redraw(self) -> None:
        """The guides or the size of the picture changed."""
        self._repaint()

    def show_position(self, position: QPointF | None) -> None:
        if self.across.isVisible():
            self.across.show_position(position)
            self.down.show_position(position)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
