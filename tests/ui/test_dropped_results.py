"""A result carried from the strip: taken by the canvas and the layers, nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.settings import Settings
from studio.ui.widgets.picture_strip import PICTURE_MIME, PictureStrip, Thumb
from tests.ui.windows import Opened, empty_panel


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(64, 64)
    one.pump()
    yield one
    one.close()


def fall(opened: Opened, widget: QWidget) -> bool:
    """Lets a result fall on the middle of a widget; whether it was taken."""
    data = QMimeData()
    data.setData(PICTURE_MIME, b"one")
    place = widget.mapTo(opened.window, widget.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, left, none)
    event.ignore()
    opened.window.dropEvent(event)
    return event.isAccepted()


def test_the_canvas_and_the_layers_take_a_result(opened: Opened):
    opened.window.docks.show_panel("layers")
    opened.pump()
    assert fall(opened, opened.window.canvas)
    assert fall(opened, opened.window.docks["layers"].panel)
    assert not fall(opened, opened.window.options)


class Drag:
    """Stands for the system's dragging, which would wait for a hand."""

    answer = Qt.DropAction.CopyAction

    def __init__(self, _source: QWidget) -> None:
        self.data = QMimeData()

    def setMimeData(self, data: QMimeData) -> None:
        self.data = data

    def setPixmap(self, _pixmap: QPixmap) -> None:
        """The picture under the pointer."""

    def exec(self, _actions: Qt.DropAction, _default: Qt.DropAction) -> Qt.DropAction:
        return self.answer if self.data.hasFormat(PICTURE_MIME) else Qt.DropAction.IgnoreAction


@pytest.mark.parametrize("taken", [True, False])
def test_a_carried_picture_is_used_where_it_is_taken(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, taken: bool
):
    monkeypatch.setattr("studio.ui.widgets.picture_strip.QDrag", Drag)
    monkeypatch.setattr(Drag, "answer", Qt.DropAction.CopyAction if taken else Qt.DropAction.IgnoreAction)
    strip, used, chosen = PictureStrip(), [], []
    strip.set_thumbs((Thumb("one"), Thumb("two")), "one")
    strip.activated.connect(used.append)
    strip.chosen.connect(chosen.append)
    strip.resize(300, 66)
    strip.show()
    start = strip.rect_of(1).center().toPoint()
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(strip, start + QPoint(2, 0))
    assert used == []
    QTest.mouseMove(strip, start + QPoint(0, -40))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start + QPoint(0, -40))
    assert used == (["two"] if taken else [])
    assert chosen == [], "the layer keeps the one it shows"
    strip.deleteLater()
