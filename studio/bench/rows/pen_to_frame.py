"""From a posted pen event to the end of the paint event that shows its dab: ten mixed layers, 200 Hz.

The canvas view itself is 1920 × 1080 pixels, whatever the window around it needs.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPaintEvent, QPointingDevice, QTabletEvent

from studio.bench.figures import Figure, figure
from studio.bench.scene import ten_layers
from studio.bench.window import Window, display_note
from studio.document import edits
from studio.document.layer import Paint
from studio.raster.surface import Surface
from studio.ui.canvas.view import CanvasView

VIEW = 1920, 1080
SIZE, STEP, AHEAD = 40.0, 8.0, 14.0
MILLISECONDS = 5


class Watched:
    """Notes when each sample's dab was painted: the sheet's byte ahead of the pen, beyond the dab before, has changed."""

    def __init__(self) -> None:
        self.canvas: CanvasView | None = None
        self.pending: list[tuple[float, int, int, bytes]] = []
        self.latencies: list[float] = []

    def expect(self, x: float, y: float) -> None:
        spot = self._bytes(int(x), int(y))
        self.pending.append((time.perf_counter(), int(x), int(y), spot))

    def painted(self) -> None:
        now = time.perf_counter()
        rest = []
        for began, x, y, before in self.pending:
            if self._bytes(x, y) != before:
                self.latencies.append(1000 * (now - began))
            else:
                rest.append((began, x, y, before))
        self.pending = rest

    def _bytes(self, x: int, y: int) -> bytes:
        assert self.canvas is not None and self.canvas.showing.sheet is not None
        sheet = self.canvas.showing.sheet
        return sheet.pixels[y - sheet.area.top, x - sheet.area.left].tobytes()


def measure(quick: bool = False) -> list[Figure]:
    watched = Watched()
    original = CanvasView.paintEvent

    def paint_event(self: CanvasView, event: QPaintEvent) -> None:
        original(self, event)
        if self is watched.canvas:
            watched.painted()

    CanvasView.paintEvent = paint_event  # type: ignore[method-assign]
    window = Window()
    window.window.actions_.run("hide-panels")
    _open(window)
    view = window.make_view(*VIEW)
    window.wait(window.shown, 60)
    watched.canvas = window.canvas
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    for number in range(2 if quick else 12):
        _stroke(window, watched, device, number)
    what = (
        f"posted pen event to the end of its paint, canvas view {view[0]} × {view[1]}, "
        "40 px, 10 layers, 200 Hz"
    )
    note = f"window {window.window.width()} × {window.window.height()}, {display_note()}"
    if view != VIEW:
        note += f"; the screen has no room for a view of {VIEW[0]} × {VIEW[1]}"
    return figures(what, watched.latencies, len(watched.pending), note)


def figures(what: str, latencies: list[float], lost: int, note: str) -> list[Figure]:
    """The latencies, and the samples whose dab was never painted: these have none, so they are a target of their own."""
    missed = figure("pen events whose dab no paint showed", "of all", [float(lost)], {"max": 0.0})
    return [figure(what, "ms", latencies, {"p50": 12.0, "p99": 25.0}, note), missed]


def _open(window: Window) -> None:
    artwork = ten_layers(2048)
    middle = artwork.layers[4]
    assert isinstance(middle, Paint)
    empty = Surface(dtype=artwork.dtype)
    artwork = edits.change(artwork, middle.id, surface=empty, mode="normal", opacity=1.0)
    artwork = edits.set_active(artwork, middle.id)
    window.studio.show(artwork, title="bench")
    window.canvas.actual_pixels()
    window.wait(window.shown, 60)
    painting = window.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(size=SIZE, hardness=1.0, smoothing=0.0)
    window.rest(1.0)


def _stroke(window: Window, watched: Watched, device: QPointingDevice, number: int) -> None:
    """An arc of 100 samples, 8 px apart."""
    canvas = window.canvas
    radius = 150.0 + 28.0 * number
    loop, timer = QEventLoop(), QTimer(interval=MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
    index = 0

    def post(kind: QEvent.Type, buttons: Qt.MouseButton) -> None:
        angle = index * STEP / radius + number
        x, y = 1024 + radius * math.cos(angle), 1024 + radius * math.sin(angle)
        place = canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()
        if kind == QEvent.Type.TabletMove:
            watched.expect(x - AHEAD * math.sin(angle), y + AHEAD * math.cos(angle))
        event = QTabletEvent(
            kind, device, place, canvas.mapToGlobal(place), 0.8, 0, 0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, buttons,
        )  # fmt: skip
        QCoreApplication.postEvent(canvas, event)

    def tick() -> None:
        nonlocal index
        index += 1
        if index <= 100:
            post(QEvent.Type.TabletMove, Qt.MouseButton.LeftButton)
        else:
            timer.stop()
            post(QEvent.Type.TabletRelease, Qt.MouseButton.NoButton)
            QTimer.singleShot(400, loop.quit)

    post(QEvent.Type.TabletPress, Qt.MouseButton.LeftButton)
    timer.timeout.connect(tick)
    timer.start()
    loop.exec()
