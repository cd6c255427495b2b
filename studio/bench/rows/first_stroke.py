"""From the press on the start page's sheet to ink on the canvas."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from studio.bench.figures import Figure, figure
from studio.bench.window import Window, display_note


def measure(quick: bool = False) -> list[Figure]:
    """The first of the samples is the first press of the process: nothing of the brush was used before."""
    window = Window()
    canvas = window.canvas
    window.rest(1.0)
    samples = []
    for _ in range(2 if quick else 12):
        place = QPoint(canvas.width() // 2, canvas.height() // 3)
        began = time.perf_counter()
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseMove(canvas, place + QPoint(3, 2))
        window.wait(lambda place=place: inked(window, place))
        canvas.repaint()
        samples.append(1000 * (time.perf_counter() - began))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place + QPoint(3, 2))
        window.rest(0.5)
        picture = window.studio.current
        assert picture is not None
        window.studio.close(picture)
        window.rest(0.3)
    return [
        figure(
            "press on the start page to ink",
            "ms",
            samples,
            {"max": 50},
            f"first {samples[0]:.0f} ms, {display_note()}",
        )
    ]


def inked(window: Window, place: QPoint) -> bool:
    """Whether the canvas has dark pixels where the paper was pressed; looks only there, so as not to be what is measured."""
    canvas = window.canvas
    sheet = canvas.showing.sheet
    if canvas.picture is None or sheet is None:
        return False
    point, scale = canvas.to_document(QPointF(place)), 1 << sheet.level
    left, top = round(point.x()) // scale - sheet.area.left, round(point.y()) // scale - sheet.area.top
    around = sheet.pixels[max(top - 32, 0) : top + 32, max(left - 32, 0) : left + 32]
    green, alpha = around[..., 1], around[..., 3]
    return bool(((green < 128) & (alpha == 255)).any())
