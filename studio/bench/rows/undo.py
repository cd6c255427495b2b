"""Undo of one diagonal stroke on 4096²: from the key until the document tells it, and until what is seen is right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.bench.figures import Figure, figure
from studio.bench.scene import ten_layers
from studio.bench.window import Window, display_note
from studio.document import edits
from studio.document.document import Document
from studio.workspace.tools import Pointer

FIRST = 1_000_000
"""Before every other listener."""


def measure(quick: bool = False) -> list[Figure]:
    side = 1024 if quick else 4096
    window = Window()
    studio, canvas = window.studio, window.canvas
    artwork = ten_layers(side)
    picture = studio.show(edits.set_active(artwork, artwork.layers[-1].id), title="bench")
    canvas.fit()
    window.window.activateWindow()
    canvas.setFocus()
    window.wait(window.shown)
    window.rest(0.5)
    told, returned, shown, away = [], [], [], []
    for number in range(4 if quick else 40):
        _stroke(window, side, number)
        window.wait(window.shown)
        window.rest(0.1)
        for figures, seconds in zip((told, returned, shown), _undo(window, picture.document), strict=True):
            figures.append(seconds)
    for number in range(2 if quick else 20):
        _look(window, canvas.actual_pixels)
        _stroke(window, side, number)
        window.wait(window.shown)
        _look(window, canvas.fit)
        window.rest(0.1)
        away.append(_undo(window, picture.document)[2])
    return [
        figure("undo of a stroke across 4096²: key to the document's first listener", "ms", told, {"p95": 2}),
        figure("until undo returns, the first tiles drawn", "ms", returned),
        figure("until the visible region is right, at fit", "ms", shown, {"p95": 40}, display_note()),
        figure(
            "the same of a stroke made at actual pixels, then zoomed to fit: no past is kept there",
            "ms",
            away,
            {"p95": 40},
            display_note(),
        ),
    ]


def _undo(window: Window, document: Document) -> tuple[float, float, float]:
    """Milliseconds from the key to the first listener, to the end of the key, and to the view being right and painted."""
    cursor = document.cursor
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyPress(window.canvas, Qt.Key.Key_Control)  # a hand holds it before it presses the other
    with _heard(document) as moments:
        began = time.perf_counter()
        QTest.keyPress(window.canvas, Qt.Key.Key_Z, control)
        ended = time.perf_counter()
    QTest.keyRelease(window.canvas, Qt.Key.Key_Z, control)
    QTest.keyRelease(window.canvas, Qt.Key.Key_Control, control)
    assert document.cursor == cursor - 1 and moments, "the key took back one step and the document told it"
    window.wait(window.shown)
    window.canvas.repaint()
    return tuple(1000 * (moment - began) for moment in (moments[0], ended, time.perf_counter()))  # type: ignore[return-value]


@contextmanager
def _heard(document: Document) -> Iterator[list[float]]:
    """When the document told its first listener of a change."""
    moments: list[float] = []

    def hear(_region: object) -> None:
        moments.append(time.perf_counter())

    document.changed.connect(hear, priority=FIRST)
    try:
        yield moments
    finally:
        document.changed.disconnect(hear)


def _look(window: Window, how: Callable[[], object]) -> None:
    how()
    window.wait(window.shown)


def _stroke(window: Window, side: int, number: int) -> None:
    picture = window.studio.current
    assert picture is not None
    step, shift = side / 24, 8.0 * number
    gesture = window.studio.painting.begin(picture, Pointer(shift, 0.0, t=0.0), "brush")
    assert gesture is not None
    for index in range(1, 24):
        gesture.send(Pointer(index * step, index * step - shift, t=index * 0.02))
    gesture.finish()
