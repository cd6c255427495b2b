"""The material preview: it is lit, follows the hand and the arrow keys, and has room in both languages."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui.dialogs.material import SIDE, MaterialDialog
from tests.ui.windows import Opened, clipped, empty_panel, nameless

MOST_HEIGHT = 620


@pytest.fixture(params=["en", "zh_CN"])
def opened(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language=request.param, theme="dark"), empty_panel)
    one.studio.new_picture(90, 60)
    one.pump()
    yield one
    one.close()


def waited(opened: Opened, ready) -> None:
    end = time.monotonic() + 20
    while not ready() and time.monotonic() < end:
        opened.pump(2)
        time.sleep(0.01)
    assert ready()


def test_it_is_lit_and_follows_hand_and_keys(opened: Opened) -> None:
    dialog = MaterialDialog(opened.studio, opened.window)
    dialog.open()
    picture = dialog.picture
    waited(opened, lambda: not picture.image.isNull())
    assert dialog.height() <= MOST_HEIGHT and not clipped(dialog) and not nameless(dialog)
    first, place = picture.image.copy(), picture.light
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(picture.width() // 2 + 100, SIDE // 2))
    assert picture.light[0] > 0.7 and abs(picture.light[1]) < 0.05 and picture.light != place
    waited(opened, lambda: picture.image != first)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    QTest.keyClick(picture, Qt.Key.Key_Up)
    assert picture.light == pytest.approx((200 / SIDE - 0.1, 0.1), abs=0.02)
    picture.move_lamp(7, -7)
    assert picture.light == (1.0, -1.0)
    steps = len(opened.studio.current.document.history)  # type: ignore[union-attr]
    dialog.accept()
    opened.pump()
    assert len(opened.studio.current.document.history) == steps  # type: ignore[union-attr]
