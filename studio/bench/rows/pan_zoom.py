"""Moving the view over 8192 × 8192 pixels and twenty layers: warm frames, and how soon a cold place is exact."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEventLoop, QPointF
from PySide6.QtGui import QPaintEvent

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.bench.window import Window, display_note
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster.surface import Surface
from studio.ui.canvas.view import CanvasView

LAYERS = 20
MODES = ("normal", "multiply", "screen", "overlay", "soft-light")


def twenty_layers(side: int) -> Artwork:
    """One opaque photograph and nineteen see-through ones in five modes, each over a quarter of it: six lie at a place."""
    artwork = edits.new_artwork(side, side).with_(layers=())
    ground = photo_surface(side, side, 1)
    patch = photo_surface(side // 2, side // 2, 2, 0.5)
    for index in range(LAYERS):
        surface, x, y = ground, 0, 0
        if index:
            surface = Surface(dict(patch.tiles), patch.dtype)
            x, y = 64 * (index % 5 * side // 640), 64 * (index // 5 * side // 448)
        mode = MODES[index % len(MODES)] if index else "normal"
        transform = (1.0, 0.0, 0.0, 1.0, float(x), float(y))
        artwork = edits.add_layer(
            artwork, Paint(name=str(index), surface=surface, mode=mode, transform=transform)
        )
    return artwork


class Frames:
    """Seconds from a move of the view to the end of its paint event."""

    def __init__(self) -> None:
        self.canvas: CanvasView | None = None
        self.painted = False

    def of(self, move) -> float:
        assert self.canvas is not None
        began, self.painted = time.perf_counter(), False
        move()
        while not self.painted:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        return 1000 * (time.perf_counter() - began)


def measure(quick: bool = False) -> list[Figure]:
    frames = Frames()
    original = CanvasView.paintEvent

    def paint_event(self: CanvasView, event: QPaintEvent) -> None:
        original(self, event)
        frames.painted = frames.painted or self is frames.canvas

    CanvasView.paintEvent = paint_event  # type: ignore[method-assign]
    window = Window()
    window.window.resize(1920, 1080)
    window.window.actions_.run("hide-panels")
    side = 2048 if quick else 8192
    window.studio.show(twenty_layers(side), title="bench")
    window.wait(window.shown, 120)
    frames.canvas = window.canvas
    window.rest(1.0)
    for walk in (_pan, _zoom):  # once to fill the caches
        walk(window, frames, side)
        window.wait(window.shown, 60)
    warm = [*_pan(window, frames, side), *_zoom(window, frames, side)]
    warm += [*_pan(window, frames, side), *_zoom(window, frames, side)]
    exact = _cold(window, frames, side)
    note = f"{window.canvas.width()} × {window.canvas.height()} canvas, {display_note()}"
    return [
        figure("frame of a pan or zoom, 8192², 20 layers, warm", "ms", warm, {"p95": 16.7}, note),
        figure("motion stopped in a cold place to exact pixels", "ms", exact, {"p95": 250.0}, note),
    ]


def _pan(window: Window, frames: Frames, side: int) -> list[float]:
    """There and back by 24 px at 1:1 over one and a half screens."""
    canvas = window.canvas
    canvas.set_viewport(canvas.viewport.zoomed(1.0).centred(side / 2, side / 2))
    window.wait(window.shown, 60)
    window.rest(0.2)
    samples = []
    for step in (*[-24.0] * 60, *[24.0] * 60):
        samples.append(
            frames.of(lambda step=step: canvas.set_viewport(canvas.viewport.panned(step, step / 2)))
        )
    return samples


def _zoom(window: Window, frames: Frames, side: int) -> list[float]:
    """Wheel steps from 1:1 to an eighth and back, about a point beside the middle."""
    canvas = window.canvas
    canvas.set_viewport(canvas.viewport.zoomed(1.0).centred(side / 2, side / 2))
    window.wait(window.shown, 60)
    window.rest(0.2)
    samples = []
    for factor in (*[2**-0.25] * 12, *[2**0.25] * 12):
        anchor = QPointF(600.0, 400.0)
        move = canvas.viewport.zoomed(canvas.viewport.zoom * factor, anchor)
        samples.append(frames.of(lambda move=move: canvas.set_viewport(move)))
        window.wait(window.shown, 60)
    return samples


def _cold(window: Window, frames: Frames, side: int) -> list[float]:
    """Far moves at 1:1 and at a half to where nothing was looked at yet; every one shows something at once."""
    canvas = window.canvas
    places = (
        (0.15, 0.15, 1.0),
        (0.85, 0.2, 0.5),
        (0.2, 0.8, 1.0),
        (0.8, 0.85, 0.5),
        (0.5, 0.1, 1.0),
        (0.1, 0.5, 0.5),
    )
    samples = []
    for x, y, zoom in places:
        there = canvas.viewport.zoomed(zoom).centred(x * side, y * side)
        began = time.perf_counter()
        frames.of(lambda there=there: canvas.set_viewport(there))
        window.wait(window.shown, 60)
        samples.append(1000 * (time.perf_counter() - began))
        window.rest(0.3)
    return samples
