"""Fingers on the canvas: one paints until a pen was seen, then it pans; two pan, zoom and turn; taps undo and redo."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEventPoint, QNativeGestureEvent, QTouchEvent

from studio.ui.canvas.viewport import Viewport

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

TAP_SECONDS = 0.25
TAP_PIXELS = 12.0
SECOND_FINGER_SECONDS = 0.2
"""A second finger that comes within this time makes a pinch of what looked like a stroke."""
PALM_SECONDS = 0.5
"""Fingers that come so soon after a pen's sample are the palm of the hand that holds it."""
LEVEL_DEGREES = 4.0
"""A turned view snaps upright within this angle when the fingers let go."""


class Touch:
    """Follows the fingers of one touch screen over one canvas."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.pen_seen = False
        self._pen_at = -math.inf
        self._ignored = False
        self._fingers = 0
        self._began = 0.0
        self._travel = 0.0
        self._painting = False
        self._places: dict[int, QPointF] = {}

    def pen(self) -> None:
        """A pen is at work: a hand that rests on the sheet meanwhile is no gesture."""
        self.pen_seen = True
        self._pen_at = time.monotonic()
        if self._fingers and not self._painting:
            self._ignored = True

    def event(self, event: QTouchEvent) -> None:
        """Takes one touch event; the canvas accepts them all."""
        event.accept()
        if event.type() == event.Type.TouchBegin:
            self._ignored = self._view.input.busy or time.monotonic() - self._pen_at < PALM_SECONDS
        if self._ignored:
            if event.type() in (event.Type.TouchEnd, event.Type.TouchCancel):
                self._fingers = 0
            return
        points = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        now = event.timestamp() / 1000.0
        kind = event.type()
        if kind == event.Type.TouchBegin:
            self._begin(event.points(), now)
        elif kind == event.Type.TouchCancel:
            self._cancel()
        elif kind in (event.Type.TouchUpdate, event.Type.TouchEnd):
            self._update(points, now)
        if kind == event.Type.TouchEnd:
            self._end(event.points(), now)
        self._places = {point.id(): QPointF(point.position()) for point in points}

    def native(self, event: QNativeGestureEvent) -> bool:
        """A trackpad's pinch or turn; True when it was one."""
        view, anchor = self._view, event.position() * self._view.devicePixelRatioF()
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            view.set_viewport(view.viewport.zoomed(view.viewport.zoom * (1.0 + event.value()), anchor))
        elif event.gestureType() == Qt.NativeGestureType.RotateNativeGesture:
            view.set_viewport(view.viewport.turned(event.value(), anchor))
        else:
            return False
        return True

    def _begin(self, points: list[QEventPoint], now: float) -> None:
        self._fingers, self._began, self._travel = len(points), now, 0.0
        self._painting = len(points) == 1 and not self.pen_seen and not self._view.input.busy
        if self._painting:
            self._view.input.touch_press(points[0].position(), now)

    def _update(self, points: list[QEventPoint], now: float) -> None:
        if len(points) > self._fingers:
            self._fingers = len(points)
            if self._painting and now - self._began <= SECOND_FINGER_SECONDS:
                self._view.input.cancel()
                self._painting = False
        for point in points:
            before = self._places.get(point.id())
            if before is not None:
                self._travel += (point.position() - before).manhattanLength()
        if self._painting:
            if points:
                self._view.input.touch_move(points[0].position(), now)
        else:
            self._move_view(points)

    def _move_view(self, points: list[QEventPoint]) -> None:
        moved = [
            (self._places[point.id()], point.position()) for point in points if point.id() in self._places
        ]
        if not moved:
            return
        view, ratio = self._view, self._view.devicePixelRatioF()
        if len(moved) == 1:
            step = (moved[0][1] - moved[0][0]) * ratio
            view.set_viewport(view.viewport.panned(step.x(), step.y()))
            return
        (a0, a1), (b0, b1) = moved[:2]
        view.set_viewport(pinched(view.viewport, a0 * ratio, b0 * ratio, a1 * ratio, b1 * ratio))

    def _end(self, points: list[QEventPoint], now: float) -> None:
        if self._painting:
            self._painting = False
            self._view.input.touch_release()
        elif now - self._began <= TAP_SECONDS and self._travel <= TAP_PIXELS:
            studio = self._view.studio
            if self._fingers == 2:
                studio.undo()
            elif self._fingers == 3:
                studio.redo()
        elif self._fingers >= 2:
            self._level()
        self._fingers = 0

    def _level(self) -> None:
        rotation = self._view.viewport.rotation
        if 0 < min(rotation, 360.0 - rotation) <= LEVEL_DEGREES:
            self._view.set_viewport(self._view.viewport.rotated(0.0))

    def _cancel(self) -> None:
        if self._painting:
            self._painting = False
            self._view.input.cancel()
        self._fingers = 0


def pinched(viewport: Viewport, a0: QPointF, b0: QPointF, a1: QPointF, b1: QPointF) -> Viewport:
    """The viewport after two fingers went from (a0, b0) to (a1, b1), device pixels: what was under them stays there."""
    before, after = b0 - a0, b1 - a1
    length = math.hypot(before.x(), before.y())
    if length < 1.0:
        return viewport
    factor = math.hypot(after.x(), after.y()) / length
    turn = math.degrees(math.atan2(after.y(), after.x()) - math.atan2(before.y(), before.x()))
    middle, now = (a0 + b0) / 2, (a1 + b1) / 2
    viewport = viewport.zoomed(viewport.zoom * factor, middle)
    viewport = viewport.turned((turn + 180.0) % 360.0 - 180.0, middle)
    return viewport.panned(now.x() - middle.x(), now.y() - middle.y())
