"""A story of flatting: line art as reference, flats under it, a gradient, a shape, all of it with the real threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from studio.document.layer import Fill, Paint, Shape
from studio.workspace.actions import all_actions
from tests.flows.conftest import Window

LEFT = Qt.MouseButton.LeftButton


def line_art() -> bytes:
    """Two open rings in black on transparent, as a scanner and a filter leave them."""
    alpha = np.zeros((500, 700), np.uint8)
    for middle in (200, 500):
        for start in (10, 130, 250):
            cv2.ellipse(alpha, (middle, 250), (120, 160), 0, start, start + 112, 255, 4, cv2.LINE_AA)
    return cv2.imencode(".png", np.dstack([alpha * 0] * 3 + [alpha]))[1].tobytes()


def place(window: Window, x: float, y: float) -> QPoint:
    canvas = window.window.canvas
    return (canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()).toPoint()


def drag(window: Window, *places: tuple[float, float]) -> None:
    canvas = window.window.canvas
    QTest.mousePress(canvas, LEFT, pos=place(window, *places[0]))
    for each in places[1:]:
        QTest.mouseMove(canvas, place(window, *each))
    QTest.mouseRelease(canvas, LEFT, pos=place(window, *places[-1]))
    window.quiet()


def test_flats_under_line_art(launch: Callable[..., Window], tmp_path: Path) -> None:
    opened = launch()
    studio = opened.studio
    source = tmp_path / "线稿.png"
    source.write_bytes(line_art())
    studio.open(str(source))
    opened.until(lambda: studio.current is not None)
    opened.quiet()
    picture = studio.current
    assert picture is not None
    actions = {action.id: action for action in all_actions()}
    actions["fill-reference"].run(studio)
    studio.layers.add_paint()
    painting = studio.painting
    painting.choose_tool("fill")
    painting.change_options("fill", sample="reference", gap=20, grow=2)
    for colour, x in (((0.9, 0.5, 0.4), 200), ((0.4, 0.6, 0.9), 500)):
        painting.set_colour(colour)
        drag(opened, (x, 250), (x, 250))
    flats = studio.layers.active
    assert isinstance(flats, Paint)
    pixels = picture.renderer.flatten(picture.document.artwork)
    assert pixels[250, 200, :3].tolist() == np.float32(np.float16((0.9, 0.5, 0.4))).tolist()
    assert pixels[250, 500, 2] > 0.85 and pixels[20, 20, 3] == 0
    painting.choose_tool("gradient")
    drag(opened, (100, 100), (300, 200), (600, 400))
    painting.choose_tool("ellipse")
    drag(opened, (300, 20), (350, 60), (400, 90))
    painting.close_session()
    opened.quiet()
    kinds = [type(layer) for layer in picture.document.artwork.layers]
    assert kinds == [Paint, Paint, Fill, Shape]
    actions["rasterise-layer"].run(studio)
    opened.quiet()
    assert isinstance(studio.layers.active, Paint)
    labels = [step.label for step in picture.document.history][-5:]
    assert labels == ["Fill", "Fill", "Gradient", "Ellipse", "Rasterise layer"]
    while picture.document.can_undo:
        studio.undo()
    assert len(picture.document.artwork.layers) == 1 and not opened.sentences("error")
