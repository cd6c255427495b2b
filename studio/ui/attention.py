"""What took long and ended while the artist was elsewhere: the window asks to be looked at, the system shows a sentence."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from studio.ui.bind import bind
from studio.workspace.jobs import JobLine
from studio.workspace.studio import Studio

LONG_SECONDS = 30.0
STAYS_MILLISECONDS = 10_000


class Attention(QObject):
    """Follows the jobs of ``studio`` for ``window``."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window = studio, window
        self._lines: dict[int, JobLine] = {}
        self._tray: QSystemTrayIcon | None = None
        bind(self, studio.jobs.changed, self._look)

    def _look(self) -> None:
        now = {line.id: line for line in self._studio.jobs.lines}
        ended = [line for number, line in self._lines.items() if number not in now]
        self._lines = now
        for line in ended:
            if time.monotonic() - line.began >= LONG_SECONDS and not self._window.isActiveWindow():
                self.call(QCoreApplication.translate("jobs", line.label).format(**line.arguments))

    def call(self, job: str) -> None:
        """Says that ``job`` has ended."""
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._window.activateWindow)
        self._tray.show()
        self._tray.showMessage(QCoreApplication.translate("Attention", "Ended"), job)
        QTimer.singleShot(STAYS_MILLISECONDS, self._tray, self._tray.hide)
