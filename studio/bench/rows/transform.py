"""Frames while a 4096² layer follows the pen in the transform box: real window, real events, fit zoom."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.bench.window import Window, display_note
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint

SIDE = 4096
FRAMES = 60
TARGET = {"p50": 1000 / 30}


def measure(quick: bool = False) -> list[Figure]:
    side = SIDE // 2 if quick else SIDE
    window = Window()
    picture = window.studio.show(scene(side), title="bench")
    window.wait(window.shown, 120)
    found = []
    for what, mode, drags in (
        ("scaled", "free", _corner),
        ("turned", "free", _around),
        ("moved", "free", _middle),
        ("in perspective", "perspective", _corner),
        ("bent by a mesh", "mesh", _middle),
    ):
        window.studio.painting.change_options("transform", mode=mode)
        window.studio.painting.choose_tool("transform")
        samples = _drag(window, drags(side), 20 if quick else FRAMES)
        window.studio.painting.close_session(apply=False)
        window.studio.painting.choose_tool("move")
        window.wait(window.shown, 60)
        note = f"{display_note()}; every frame complete at the level of the drag"
        found.append(figure(f"{side}² layer {what}, pen moved to frame painted", "ms", samples, TARGET, note))
    assert picture is window.studio.current
    return found


def scene(side: int) -> Artwork:
    """A see-through photograph over another, both of the canvas' size."""
    artwork = edits.new_artwork(side, side)
    artwork = edits.add_layer(artwork, Paint(name="below", surface=photo_surface(side, side, 1)))
    return edits.add_layer(artwork, Paint(name="moved", surface=photo_surface(side, side, 2)))


Path = Callable[[float], tuple[float, float]]


def _corner(side: int) -> Path:
    return lambda t: (side - 0.3 * side * math.sin(math.pi * t), side - 0.25 * side * math.sin(math.pi * t))


def _around(side: int) -> Path:
    half = side / 2
    return lambda t: (half + 0.76 * side * math.cos(0.6 * t + 1), half + 0.76 * side * math.sin(0.6 * t + 1))


def _middle(side: int) -> Path:
    return lambda t: (side * (1 / 3 + 0.11 * math.sin(6 * t)), side * (1 / 3 + 0.13 * t))


def _drag(window: Window, path: Path, frames: int) -> list[float]:
    """Milliseconds from a move of the pen until the view has painted the picture it makes, move after move."""
    samples, picture = [], window.studio.current
    assert picture is not None
    _send(window, QEvent.Type.MouseButtonPress, path(0))
    for step in range(1, frames + 1):
        began, before = time.perf_counter(), picture.document.artwork
        while (
            picture.document.artwork is before
        ):  # a sample that comes too early is not shown; the next one may be
            _send(window, QEvent.Type.MouseMove, path(step / frames))
            if picture.document.artwork is before:
                window.rest(0.002)
        _until_painted(window)
        samples.append(1000 * (time.perf_counter() - began))
    _send(window, QEvent.Type.MouseButtonRelease, path(1))
    return samples[1:]


def _until_painted(window: Window) -> None:
    """Until every visible tile shows the present picture and the canvas has nothing left to paint.

    Looked at each millisecond: a look after each event would keep the lanes from the interpreter.
    """
    canvas, loop = window.canvas, QEventLoop()
    timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)

    def look() -> None:
        if window.shown() and not canvas.testAttribute(Qt.WidgetAttribute.WA_PendingUpdate):
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()


def _send(window: Window, kind: QEvent.Type, place: tuple[float, float]) -> None:
    canvas = window.canvas
    there = canvas.viewport.to_view().map(QPointF(*place)) / canvas.devicePixelRatioF()
    none = Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = none if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, there, canvas.mapToGlobal(there), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)
