"""An airbrush goes on while mouse or pen rest, and no other brush is disturbed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.raster.geometry import Rect
from studio.ui.canvas.view import CanvasView
from tests.ui import fakes
from tests.ui.fakes import settle


@pytest.fixture
def view(qtbot: QtBot, home: Path) -> Iterator[CanvasView]:
    studio = fakes.studio()
    studio.new_picture(600, 400)
    canvas = CanvasView(studio)
    qtbot.addWidget(canvas)
    canvas.resize(700, 500)
    canvas.show()
    qtbot.waitExposed(canvas)
    settle(studio)
    yield canvas
    fakes.close(studio)


def darkness(view: CanvasView) -> float:
    picture = view.picture
    assert picture is not None
    return 1 - float(picture.renderer.compose(picture.document.artwork, Rect(200, 200, 201, 201))[0, 0, 0])


def press(view: CanvasView) -> QPoint:
    place = view.viewport.to_view().map(QPointF(200.5, 200.5)).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
    return place


def test_an_airbrush_gets_darker_while_the_mouse_rests(view: CanvasView, qtbot: QtBot) -> None:
    painting = view.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(airbrush=150.0, flow=0.03, size=60.0)
    place = press(view)
    first = darkness(view)
    qtbot.waitUntil(lambda: darkness(view) > first + 0.2, timeout=5000)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place)
    settle(view.studio)
    after = darkness(view)
    qtbot.wait(80)
    assert darkness(view) == after
    assert view.picture is not None
    assert [entry.label for entry in view.picture.document.history][-1] == "Paint"


def test_a_plain_brush_does_not_change_at_rest(view: CanvasView, qtbot: QtBot) -> None:
    painting = view.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(flow=0.05, size=60.0)
    place = press(view)
    first = darkness(view)
    qtbot.wait(80)
    assert darkness(view) == first
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place)
    settle(view.studio)
