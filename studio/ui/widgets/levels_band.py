"""The handles of levels under the histogram of the tones they move: black point, midtones, white point."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.tone_heights import fill_heights

GRAPH, SCALE, GRIP, EDGE = 72, 8, 6, 8
"""Logical pixels: heights of the histogram and the scale, half the width of a handle, room at the sides."""
STEP = 1 / 255
APART = 0.01
GAMMA = (0.1, 10.0)
NAMES = ("black", "gamma", "white")
Ends = tuple[float, ...]
"""Black point, midtones (γ), white point; of a threshold its lower and upper end."""


class LevelsBand(Retranslated, QWidget):
    """``changed`` while a handle is dragged, ``released`` at the end. With Alt held on black or white, ``end_held`` brings that
    name at the press and an empty one at the release. Keys: left and right move a handle, up and down choose another.

    The middle handle stands at the tone that becomes mid-grey: b + (w − b) · ½^γ.
    """

    shows_clipped = True
    changed = Signal(tuple)
    released = Signal(tuple)
    end_held = Signal(str)

    def __init__(self, ends: Ends = (0.0, 1.0, 1.0), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ends: Ends = ends
        self._heights: np.ndarray | None = None
        self._channel = "luminance"
        self._held, self._chosen, self._end = -1, 0, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Tones", "Black point, midtones, white point"))
        self.setToolTip(
            QCoreApplication.translate("Tones", "Drag the handles; with Alt the clipped tones are shown.")
        )

    def redress(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(256, GRAPH + SCALE + 2 * GRIP + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def set_ends(self, ends: Ends) -> None:
        """Shows others without telling anybody."""
        if ends != self.ends:
            self.ends = ends
            self.update()

    def set_histogram(self, heights: np.ndarray | None, channel: str) -> None:
        """[256] parts of the height, or None: nothing is known yet."""
        self._heights, self._channel = heights, channel
        self.update()

    def places(self) -> Ends:
        """The tones 0–1 at which the handles stand."""
        black, gamma, white = self.ends
        return black, black + (white - black) * 0.5**gamma, white

    def x_of(self, tone: float) -> float:
        return EDGE + (self.width() - 2 * EDGE) * tone

    def _tone(self, x: float) -> float:
        return min(max((x - EDGE) / max(self.width() - 2 * EDGE, 1), 0.0), 1.0)

    def _take(self, index: int, tone: float) -> None:
        black, gamma, white = self.ends
        if index == 0:
            black = min(tone, max(white - APART, 0.0))
        elif index == 2:
            white = max(tone, min(black + APART, 1.0))
        else:
            part = (tone - black) / (white - black) if white != black else 0.5
            part = min(max(part, 0.5 ** GAMMA[1]), 0.5 ** GAMMA[0])
            gamma = round(math.log(part) / math.log(0.5), 3)
        if (black, gamma, white) != self.ends:
            self.ends = black, gamma, white
            self.update()
            self.changed.emit(self.ends)

    # ── hand ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        away = [abs(self.x_of(tone) - x) for tone in self.places()]
        self._held = self._chosen = min(range(len(away)), key=away.__getitem__)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and self.shows_clipped and self._held != 1:
            self._end = NAMES[self._held]
            self.end_held.emit(self._end)
        self._take(self._held, self._tone(x))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held >= 0:
            self._take(self._held, self._tone(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held >= 0:
            self._held = -1
            self.released.emit(self.ends)
        if self._end:
            self._end = ""
            self.end_held.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            step = STEP * far * (1 if key == Qt.Key.Key_Right else -1)
            self._take(self._chosen, min(max(self.places()[self._chosen] + step, 0.0), 1.0))
            self.released.emit(self.ends)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._chosen = (self._chosen + (1 if key == Qt.Key.Key_Up else -1)) % len(self.places())
            self.update()
        else:
            super().keyPressEvent(event)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        graph = QRectF(EDGE, 2, self.width() - 2 * EDGE, GRAPH)
        painter.fillRect(graph, look.colour("field"))
        if self._heights is not None:
            fill_heights(painter, self._heights, graph, self._channel)
        scale = QRectF(EDGE, graph.bottom(), graph.width(), SCALE)
        ramp = QLinearGradient(scale.topLeft(), scale.topRight())
        ramp.setColorAt(0, QColor(look.tokens.ink_dark))
        ramp.setColorAt(1, QColor(look.tokens.ink_light))
        painter.fillRect(scale, ramp)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(graph.united(scale))
        painter.setPen(QPen(look.colour("active"), 1))
        for tone in (self.places()[0], self.places()[-1]):
            painter.drawLine(QPointF(self.x_of(tone), graph.top()), QPointF(self.x_of(tone), graph.bottom()))
        for index, tone in enumerate(self.places()):
            self._draw_grip(painter, index, QPointF(self.x_of(tone), scale.bottom() + GRIP))
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _draw_grip(self, painter: QPainter, index: int, place: QPointF) -> None:
        look = theme.current()
        dark, light = QColor(look.tokens.ink_dark), QColor(look.tokens.ink_light)
        fills = (dark, QColor.fromRgbF(0.5, 0.5, 0.5), light) if len(self.places()) == 3 else (light, dark)
        painter.setPen(QPen(look.colour("text"), 2 if index == self._chosen and self.hasFocus() else 1))
        painter.setBrush(fills[index])
        steps = ((0, -GRIP), (GRIP * 0.8, GRIP * 0.7), (-GRIP * 0.8, GRIP * 0.7))
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in steps]))


class ThresholdBand(LevelsBand):
    """The same with two handles: the tone from which on, and up to which, a threshold gives its second colour."""

    shows_clipped = False

    def __init__(self, ends: Ends = (0.5, 1.0), parent: QWidget | None = None) -> None:
        super().__init__(ends, parent)

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Tones", "Threshold and upper end"))
        self.setToolTip(
            QCoreApplication.translate("Tones", "Tones between the handles become the second colour.")
        )

    def places(self) -> Ends:
        return self.ends

    def _take(self, index: int, tone: float) -> None:
        low, high = self.ends[0], self.ends[-1]
        ends = (min(tone, high), high) if index == 0 else (low, max(tone, low))
        if ends != self.ends:
            self.ends = ends
            self.update()
            self.changed.emit(ends)
