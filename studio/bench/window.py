"""The real window for rows that need one, and waiting for it without keeping any thread from its work."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from studio import app
from studio.settings import Settings
from studio.ui import language, theme

DISPLAY = "DANQING_BENCH_DISPLAY"


class Window:
    """A running studio, as ``danqing`` starts it, at 1600 × 1000."""

    def __init__(self, *, with_engine: bool = False) -> None:
        sys.setswitchinterval(app.SWITCH_SECONDS)
        self.application = QApplication(sys.argv[:1])
        theme.wear(self.application, "dark", language.speak(self.application, "en"))
        self.running = app.Running(self.application, Settings(language="en"), with_engine=with_engine)
        self.studio = self.running.studio
        self.window = self.running.window
        self.canvas = self.window.canvas
        self.window.resize(1600, 1000)
        self.window.show()
        self.wait(lambda: self.canvas._painted, 30)
        app.steady()
        app.warm(self.running)

    def wait(self, until: Callable[[], bool], seconds: float = 60.0) -> float:
        """Runs the event loop until ``until`` holds, looked at after each event; returns seconds, raises TimeoutError."""
        began = time.perf_counter()
        loop = QEventLoop()
        watch = _Watch(until, loop)
        self.application.installEventFilter(watch)
        limit = QTimer(singleShot=True, interval=int(seconds * 1000))
        limit.timeout.connect(loop.quit)
        limit.start()
        watch.look()
        if not watch.held:
            loop.exec()
        self.application.removeEventFilter(watch)
        limit.stop()
        if not watch.held:
            raise TimeoutError(f"not within {seconds} s")
        return watch.at - began

    def rest(self, seconds: float) -> None:
        """Lets the event loop run."""
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def make_view(self, width: int, height: int) -> tuple[int, int]:
        """Resizes the window until the canvas view in it has so many device pixels; what it has, where the screen is small."""
        ratio = self.canvas.devicePixelRatioF()
        for _ in range(3):
            lack = round(width / ratio) - self.canvas.width(), round(height / ratio) - self.canvas.height()
            if lack == (0, 0):
                break
            self.window.resize(self.window.width() + lack[0], self.window.height() + lack[1])
            self.rest(0.3)
        return round(self.canvas.width() * ratio), round(self.canvas.height() * ratio)

    def shown(self) -> bool:
        """Whether the canvas shows the present picture in every visible tile."""
        return self.canvas.showing.complete


class _Watch(QObject):
    """Looks at the condition after every event of the application."""

    def __init__(self, until: Callable[[], bool], loop: QEventLoop) -> None:
        super().__init__()
        self._until = until
        self._loop = loop
        self._due = False
        self.held = False
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if not self._due and not self.held:
            self._due = True
            QTimer.singleShot(0, self.look)
        return False

    def look(self) -> None:
        self._due = False
        if not self.held and self._until():
            self.held = True
            self.at = time.perf_counter()
            self._loop.quit()


def display_note() -> str:
    """On which display windows were shown."""
    return f"on {os.environ.get(DISPLAY, 'this display')}"
