"""The pop-up palette at the pen: ten brushes, the colour wheel, the last colours, the rotation of the view."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio.project.brushes.preset import Preset
from studio.ui import theme
from studio.ui.bind import bind, bind_later
from studio.ui.language import spoken
from studio.ui.panels.brush_pictures import BrushPictures
from studio.ui.screen_colours import screen_colour
from studio.ui.widgets import paint
from studio.ui.widgets.colour_wheel import HueRing, hexadecimal
from studio.workspace.painting import Colour
from studio.workspace.studio import Studio

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

SIDE = 400
WHEEL = 172
BRUSH, BRUSH_RADIUS = 46, 122.0
SWATCH, SWATCH_RADIUS = 20, 160.0
DIAL, DIAL_RADIUS = 10, 184.0
COLOURS = 8
SNAP_DEGREES = 3.0
QUARTER = 90.0


def around(degrees: float, radius: float) -> QPointF:
    """A place around the middle of the palette; 0° is above, clockwise."""
    angle = math.radians(degrees - 90)
    return QPointF(SIDE / 2 + radius * math.cos(angle), SIDE / 2 + radius * math.sin(angle))


class BrushDot(QAbstractButton):
    """A round picture of a brush's stroke."""

    def __init__(self, preset: Preset, pictures: BrushPictures, parent: PopupPalette) -> None:
        super().__init__(parent)
        self.preset, self._pictures, self._palette = preset, pictures, parent
        self.setFixedSize(BRUSH, BRUSH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(preset.named(spoken()))
        self.setToolTip(preset.named(spoken()))
        self.setMask(QRegion(self.rect(), QRegion.RegionType.Ellipse))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        circle = QPainterPath()
        circle.addEllipse(area)
        here = self._palette.current == self.preset.id
        fill = "selection" if here else "hover" if self.underMouse() or self.hasFocus() else "field"
        painter.fillPath(circle, look.colour(fill))
        ratio = self.devicePixelRatioF()
        image = self._pictures.of(self.preset, round(BRUSH * ratio), round(BRUSH * ratio))
        if not image.isNull():
            painter.setClipPath(circle)
            painter.drawImage(QRectF(self.rect()), image)
            painter.setClipping(False)
        ring = here or self.hasFocus()
        painter.setPen(QPen(look.colour("active" if ring else "border"), 2 if ring else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area)


class ColourDot(QAbstractButton):
    """A round swatch."""

    def __init__(self, colour: Colour, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setFixedSize(SWATCH, SWATCH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = QCoreApplication.translate("ColourPanel", "Used colour {colour}")
        self.setAccessibleName(words.format(colour=hexadecimal(colour)))
        self.setToolTip(self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "active" if self.hasFocus() or self.underMouse() else "border"
        painter.setPen(QPen(look.colour(token), 2 if self.hasFocus() else 1))
        painter.setBrush(screen_colour(self.colour))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))


class PopupPalette(QWidget):
    """A popup; it closes itself when a brush is taken, on Esc, on a press outside.

    Digits 1–9 and 0 take the ten brushes, arrows go around them. The rim turns the view, a double click sets it upright.
    """

    def __init__(self, studio: Studio, canvas: CanvasView) -> None:
        super().__init__(canvas, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFixedSize(SIDE, SIDE)
        self.setMask(QRegion(self.rect(), QRegion.RegionType.Ellipse))
        self.setMouseTracking(True)
        words = QCoreApplication.translate("Brushes", "Pop-up palette")
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self._studio, self._canvas = studio, canvas
        self._turning = False
        self.pictures = BrushPictures(studio, BRUSH, self)
        self.pictures.ready.connect(lambda _id: self.update())
        self.brushes = [
            self._brush_dot(preset, place) for place, preset in enumerate(studio.brushes.favourites)
        ]
        self.colours: list[ColourDot] = []
        self.wheel = HueRing(self)
        self.wheel.setGeometry(QRect((SIDE - WHEEL) // 2, (SIDE - WHEEL) // 2, WHEEL, WHEEL))
        self.wheel.setAccessibleName(QCoreApplication.translate("ColourWheel", "Colour wheel"))
        self.wheel.changed.connect(studio.painting.set_colour)
        bind_later(self, studio.painting.colour_changed, self._show_colour)
        bind(self, studio.painting.used.changed, self._show_used)
        self._show_colour()
        self._show_used()

    @property
    def current(self) -> str:
        preset = self._studio.brushes.current
        return preset.id if preset is not None else ""

    def _brush_dot(self, preset: Preset, place: int) -> BrushDot:
        dot = BrushDot(preset, self.pictures, self)
        centre = around(36.0 * place, BRUSH_RADIUS)
        dot.move(round(centre.x() - BRUSH / 2), round(centre.y() - BRUSH / 2))
        dot.clicked.connect(lambda: self._take(preset.id))
        return dot

    def _show_colour(self) -> None:
        self.wheel.set_colour(self._studio.painting.colour)

    def _show_used(self) -> None:
        """The last colours, along the lower rim."""
        for dot in self.colours:
            dot.deleteLater()
        self.colours = []
        used = self._studio.painting.used.colours[:COLOURS]
        for place, colour in enumerate(used):
            dot = ColourDot(colour, self)
            centre = around(180.0 - (place - (len(used) - 1) / 2) * 11.0, SWATCH_RADIUS)
            dot.move(round(centre.x() - SWATCH / 2), round(centre.y() - SWATCH / 2))
            dot.clicked.connect(
                lambda _checked=False, colour=colour: self._studio.painting.set_colour(colour)
            )
            dot.show()
            self.colours.append(dot)

    def open_at(self, place: QPoint) -> None:
        """Shows the palette with its middle at ``place`` (global), inside the screen."""
        screen = self._canvas.screen().availableGeometry()
        left = min(max(place.x() - SIDE // 2, screen.left()), max(screen.right() - SIDE, screen.left()))
        top = min(max(place.y() - SIDE // 2, screen.top()), max(screen.bottom() - SIDE, screen.top()))
        self.move(left, top)
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        here = next((dot for dot in self.brushes if dot.preset.id == self.current), None)
        first = here or (self.brushes[0] if self.brushes else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self, preset_id: str) -> None:
        self._studio.brushes.choose(preset_id)
        self.close()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("border"), 2))
        painter.setBrush(look.colour("panel"))
        painter.drawEllipse(area)
        self._draw_dial(painter)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("secondary"))
        focus = self.focusWidget()
        under = next((dot for dot in self.brushes if dot.underMouse()), None)
        named = under or (focus if isinstance(focus, BrushDot) else None)
        words = named.preset.named(spoken()) if named is not None else ""
        middle = around(0, SWATCH_RADIUS)
        paint.elided(
            painter, QRectF(middle.x() - 70, middle.y() - 9, 140, 18), words, Qt.AlignmentFlag.AlignHCenter
        )

    def _draw_dial(self, painter: QPainter) -> None:
        """The rim: a ring with marks at the quarters, and a handle where the picture's top points."""
        look, middle = theme.current(), QPointF(SIDE / 2, SIDE / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("field"), DIAL))
        painter.drawEllipse(middle, DIAL_RADIUS, DIAL_RADIUS)
        painter.setPen(QPen(look.colour("border"), 2))
        for quarter in range(4):
            painter.drawLine(
                around(QUARTER * quarter, DIAL_RADIUS - 4), around(QUARTER * quarter, DIAL_RADIUS + 4)
            )
        handle = around(self._canvas.viewport.rotation, DIAL_RADIUS)
        painter.setPen(QPen(look.colour("panel"), 2))
        painter.setBrush(QBrush(look.colour("active")))
        painter.drawEllipse(handle, 7, 7)

    # hand

    def _on_dial(self, place: QPointF) -> bool:
        away = math.hypot(place.x() - SIDE / 2, place.y() - SIDE / 2)
        return abs(away - DIAL_RADIUS) <= DIAL + 2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = math.hypot(event.position().x() - SIDE / 2, event.position().y() - SIDE / 2) <= SIDE / 2
        if event.button() == Qt.MouseButton.RightButton or not inside:
            self.close()
        elif self._on_dial(event.position()):
            self._turning = True
            self._turn(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._turning:
            self._turn(event.position())
        else:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._turning = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._on_dial(event.position()):
            self._turning = False
            self._rotate_to(0.0)

    def _turn(self, place: QPointF) -> None:
        """The view's top follows the hand around the rim and rests at the quarters."""
        degrees = math.degrees(math.atan2(place.y() - SIDE / 2, place.x() - SIDE / 2)) + 90
        nearest = round(degrees / QUARTER) * QUARTER
        self._rotate_to(nearest if abs(degrees - nearest) <= SNAP_DEGREES else degrees)

    def _rotate_to(self, degrees: float) -> None:
        canvas = self._canvas
        canvas.set_viewport(canvas.viewport.rotated((degrees + 180) % 360 - 180))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if key == Qt.Key.Key_Escape:
            self.close()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            place = (key - Qt.Key.Key_0 - 1) % 10
            if place < len(self.brushes):
                self._take(self.brushes[place].preset.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QAbstractButton):
            self.focusWidget().click()  # type: ignore[union-attr]
        elif Qt.Key(key) in steps and self.brushes:
            focus = self.focusWidget()
            here = self.brushes.index(focus) if isinstance(focus, BrushDot) else 0
            self.brushes[(here + steps[Qt.Key(key)]) % len(self.brushes)].setFocus()
            self.update()
        else:
            super().keyPressEvent(event)
