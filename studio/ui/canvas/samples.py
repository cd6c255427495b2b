"""What mouse, pen and finger say, as samples in document pixels; and how often one place was pressed in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputEvent, QMouseEvent, QPointingDevice, QTabletEvent

from studio.workspace.tools import Pointer

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

_MODIFIERS = (
    (Qt.KeyboardModifier.ShiftModifier, "shift"),
    (Qt.KeyboardModifier.ControlModifier, "control"),
    (Qt.KeyboardModifier.AltModifier, "alt"),
)


class Taps:
    """Counts the presses of a pen or a finger, for which no system sends double clicks: by its time, and Qt's distance."""

    def __init__(self) -> None:
        self._last: tuple[QPointF, int] | None = None

    def press(self, position: QPointF, time: int) -> int:
        """2 for the second press of a double tap, else 1. ``position`` in logical pixels, ``time`` in milliseconds."""
        last, self._last = self._last, (QPointF(position), time)
        if last is None:
            return 1
        hints = QGuiApplication.styleHints()
        away, reach = position - last[0], hints.touchDoubleTapDistance()
        near = abs(away.x()) <= reach and abs(away.y()) <= reach
        if not near or time - last[1] >= hints.mouseDoubleClickInterval():
            return 1
        self._last = None  # a third press begins anew
        return 2


def held(event: QInputEvent) -> frozenset[str]:
    """The keys held during an event, by the names that tools use."""
    modifiers = event.modifiers()
    return frozenset(name for modifier, name in _MODIFIERS if modifiers & modifier)


def of_mouse(view: CanvasView, event: QMouseEvent, keys: frozenset[str], clicks: int) -> Pointer:
    point = view.to_document(event.position())
    button = "right" if event.button() == Qt.MouseButton.RightButton else "left"
    return Pointer(
        point.x(), point.y(), t=event.timestamp() / 1000.0, modifiers=keys, zoom=view.viewport.zoom, clicks=clicks,
        button=button,
    )  # fmt: skip


def of_pen(view: CanvasView, event: QTabletEvent, keys: frozenset[str], clicks: int) -> Pointer:
    point = view.to_document(event.position())
    tilt_x, tilt_y = view.viewport.turned_back(event.xTilt(), event.yTilt())
    return Pointer(
        point.x(), point.y(), event.pressure(), tilt_x, tilt_y, event.timestamp() / 1000.0,
        has_pressure=event.pointingDevice().hasCapability(QPointingDevice.Capability.Pressure), modifiers=keys,
        rotation=view.viewport.angle_in_document(event.rotation()), zoom=view.viewport.zoom, clicks=clicks,
    )  # fmt: skip


def of_finger(view: CanvasView, position: QPointF, t: float, clicks: int) -> Pointer:
    """``t`` in seconds."""
    point = view.to_document(position)
    return Pointer(point.x(), point.y(), t=t, zoom=view.viewport.zoom, clicks=clicks)
