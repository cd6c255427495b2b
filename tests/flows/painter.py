"""A studio that is going to be killed: restores what the last one left, paints one stroke, says so and waits."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio import app
from studio.settings import Settings
from studio.ui import language, theme

SIZE = 640


def wait() -> None:
    """Lets events and the lanes' threads run; QTest.qWait would keep the interpreter to itself."""
    QApplication.processEvents()
    time.sleep(0.005)


def main(number: int) -> None:
    application = QApplication(sys.argv[:1])
    theme.wear(application, "dark", language.speak(application, "en"))
    running = app.Running(application, Settings(language="en"), with_engine=False)
    running.window.show()
    found: list = []
    running.studio.filing.recoverable(found.append)
    while not found:
        wait()
    if found[0]:
        running.studio.filing.recover(found[0][0])
        while running.studio.current is None:
            wait()
    else:
        running.studio.new_picture(SIZE, SIZE)
    running.studio.painting.choose_tool("brush")
    running.studio.painting.change_brush(size=8.0, hardness=1.0, smoothing=0.0)
    canvas = running.window.canvas
    y = 10 + number * 20
    for step, x in enumerate((40, 120, 200, 280)):
        place = (
            canvas.viewport.to_view().map(QPoint(x, y).toPointF()) / canvas.devicePixelRatioF()
        ).toPoint()
        if step == 0:
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)
    sys.stdout.write(f"painted {number}\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main(int(sys.argv[1]))
