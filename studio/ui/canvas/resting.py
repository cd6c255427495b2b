"""Time goes on while the pen rests: airbrushes and late stabilisers are told."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from studio.workspace.painting import RunningGesture

INTERVAL = 20
"""Milliseconds between two ticks."""


class Resting(QObject):
    """Ticks a running gesture that goes on at rest, and no other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gesture: RunningGesture | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)

    def begin(self, gesture: RunningGesture | None) -> None:
        if gesture is not None and gesture.goes_on_at_rest:
            self._gesture = gesture
            self._timer.start()

    def end(self) -> None:
        self._gesture = None
        self._timer.stop()

    def _tick(self) -> None:
        if self._gesture is not None:
            self._gesture.tick()
