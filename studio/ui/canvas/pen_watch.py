"""Watches the pen while it is down: one that leaves, or whose tablet is unplugged, must not take the stroke with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QInputDevice

LOOK_MILLISECONDS = 400


class PenWatch(QObject):
    """Calls ``lost`` once when the pen that :meth:`begin` saw is gone; :meth:`end` at its release."""

    def __init__(self, parent: QObject, lost: Callable[[], None]) -> None:
        super().__init__(parent)
        self._lost = lost
        self._device: QInputDevice | None = None
        self._watching = False
        self._timer = QTimer(self, interval=LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def begin(self, device: QInputDevice | None) -> None:
        self._device = device if device in QInputDevice.devices() else None
        self._timer.start()
        application = QCoreApplication.instance()
        if application is not None and not self._watching:
            self._watching = True
            # Only while the pen is down: every event of the application passes through here.
            application.installEventFilter(self)

    def end(self) -> None:
        self._timer.stop()
        self._device = None
        application = QCoreApplication.instance()
        if application is not None and self._watching:
            self._watching = False
            application.removeEventFilter(self)

    def _look(self) -> None:
        if self._device is not None and self._device not in QInputDevice.devices():
            self._gone()

    def _gone(self) -> None:
        self.end()
        self._lost()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.TabletLeaveProximity, QEvent.Type.ApplicationDeactivate):
            self._gone()
        return False
