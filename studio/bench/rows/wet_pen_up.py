"""A wet brush of 1 000 px: from the pen's release until the stroke is a step of the history, exact pixels.

Each preset draws arcs of 800 px in half a second over a photograph of 2048²; what the render lane has not computed while the
pen moved is what is left at its release.
"""

from __future__ import annotations

import math
import time

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.bench.window import Window, display_note
from studio.document import edits
from studio.raster.brush import Brush
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface

PRESETS = ("smudge", "blender", "soft-blur", "watercolour", "wash", "gouache", "oil")
SIDE, SIZE = 2048, 1000.0
SAMPLES, STEP, MILLISECONDS = 100, 8.0, 5
"""1600 px/s at 200 Hz, a quick hand."""
TARGET = {"max": 500.0}


def measure(quick: bool = False) -> list[Figure]:
    """One figure for each preset; the first stroke of each, which makes the brush, is left out."""
    window = Window()
    studio = window.studio
    artwork, surface = edits.new_artwork(SIDE, SIDE), photo_surface(SIDE, SIDE)
    studio.show(edits.change(artwork, artwork.layers[-1].id, surface=surface), title="bench")
    window.wait(window.shown)
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    found: list[Figure] = []
    for preset in PRESETS[:1] if quick else PRESETS:
        studio.brushes.choose(preset)
        studio.painting.change_brush(size=SIZE)
        window.rest(0.3)
        strokes = [_stroke(window, device, number) for number in range(2 if quick else 7)][1:]
        waits, processor = zip(*strokes, strict=True)
        alone = np.median([_alone(studio.painting.brush, surface) for _ in range(1 if quick else 3)])
        note = (
            f"processor time of the stroke {alone:.2f} s, with window, view and journal "
            f"{np.median(processor):.2f} s, {display_note()}"
        )
        what = f"1 000 px, {preset}: pen-up to exact pixels"
        found.append(figure(what, "ms", [1000 * one for one in waits], TARGET, note))
    return found


def _place(index: int, number: int = 0) -> tuple[float, float, float]:
    """Where the pen is at a sample, and its pressure: an arc that begins elsewhere for each stroke."""
    angle = index * STEP / 500 + number
    x, y = SIDE / 2 + 500 * math.cos(angle), SIDE / 2 + 500 * math.sin(angle)
    return x, y, 0.55 + 0.4 * math.sin(index / 30)


def _alone(brush: Brush, surface: Surface) -> float:
    """Processor seconds of the same stroke without a window: its dabs and its tiles, each made once."""
    began = time.process_time()
    stroke = Stroke(brush, (0.1, 0.1, 0.1), surface)
    for index in range(SAMPLES + 1):
        stroke.add(*_place(index), index * MILLISECONDS / 1000)
    stroke.finish()
    return time.process_time() - began


def _stroke(window: Window, device: QPointingDevice, number: int) -> tuple[float, float]:
    """Seconds from the release to the committed stroke, and processor seconds from the press until the view shows it."""
    canvas, document = window.canvas, window.studio.current.document  # type: ignore[union-attr]
    loop, timer = QEventLoop(), QTimer(interval=MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
    index, before = 0, document.committed

    def post(kind: QEvent.Type, buttons: Qt.MouseButton) -> None:
        x, y, pressure = _place(index, number)
        place = canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()
        event = QTabletEvent(
            kind, device, place, canvas.mapToGlobal(place), pressure, 0, 0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, buttons,
        )  # fmt: skip
        QCoreApplication.postEvent(canvas, event)

    def tick() -> None:
        nonlocal index
        index += 1
        if index <= SAMPLES:
            post(QEvent.Type.TabletMove, Qt.MouseButton.LeftButton)
        else:
            timer.stop()
            loop.quit()

    processor = time.process_time()
    post(QEvent.Type.TabletPress, Qt.MouseButton.LeftButton)
    timer.timeout.connect(tick)
    timer.start()
    loop.exec()
    began = time.perf_counter()
    post(QEvent.Type.TabletRelease, Qt.MouseButton.NoButton)
    window.wait(lambda: document.committed is not before)
    wait = time.perf_counter() - began
    window.wait(window.shown)
    return wait, time.process_time() - processor
