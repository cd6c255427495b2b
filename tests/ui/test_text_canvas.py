"""The text tool in the real window: keys, shortcuts, clipboard and input method events through the canvas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.document.layer import Text
from studio.settings import Settings
from studio.ui.canvas.view import CanvasView
from studio.ui.panels.layers import LayersPanel
from studio.workspace.tools.text import TextSession
from tests.raster.text_fonts import SANS, needs_chinese
from tests.ui.windows import Opened, empty_panel

pytestmark = needs_chinese


class Page:
    """A window with an empty picture and the text tool in the hand."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.studio = opened.studio
        self.studio.new_picture(400, 300)
        self.opened.pump()
        self.canvas: CanvasView = opened.window.canvas
        self.canvas.setFocus()
        QTest.keyClick(self.canvas, Qt.Key.Key_T)
        self.opened.pump()
        self.studio.painting.change_options("text", font=SANS, size=40.0)

    def caret(self) -> QRectF:
        place = self.canvas.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        assert isinstance(place, QRectF)
        return place

    def at(self, x: float, y: float) -> QPoint:
        ratio = self.canvas.devicePixelRatioF()
        return (self.canvas.viewport.to_view().map(QPointF(x, y)) / ratio).toPoint()

    def click(self, x: float, y: float) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, pos=self.at(x, y))
        self.opened.pump()

    def compose(self, preedit: str, commit: str = "") -> None:
        attributes = [
            QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, len(preedit), 1, None)
        ]
        event = QInputMethodEvent(preedit, attributes)
        event.setCommitString(commit)
        QApplication.sendEvent(self.canvas, event)

    @property
    def text(self) -> str:
        session = self.studio.painting.session
        assert isinstance(session, TextSession)
        return session.typing.text

    @property
    def layer(self) -> Text:
        assert self.studio.current is not None
        layer = self.studio.current.document.artwork.active_layer
        assert isinstance(layer, Text)
        return layer


@pytest.fixture
def page(qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[Page]:
    opened = Opened(qapp, Settings(language="en"), empty_panel)
    yield Page(opened)
    opened.close()


def test_letters_are_words_only_while_a_text_is_open(page: Page) -> None:
    assert page.studio.painting.tool == "text"
    assert not page.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    page.click(50, 100)
    assert page.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClicks(page.canvas, "bex [v] 12")
    QTest.keyClick(page.canvas, Qt.Key.Key_Space)
    QTest.keyClick(page.canvas, Qt.Key.Key_Return)
    QTest.keyClicks(page.canvas, "D")
    page.opened.pump()
    assert page.text == "bex [v] 12 \nD" and page.studio.painting.tool == "text"
    QTest.keyClick(page.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.opened.pump()
    assert page.studio.painting.session is None and page.layer.text == "bex [v] 12 \nD"
    assert not page.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClick(page.canvas, Qt.Key.Key_V)
    page.opened.pump()
    assert page.studio.painting.tool == "move"


def test_every_character_of_a_fast_composition_arrives(page: Page) -> None:
    page.click(50, 100)
    for letters, word in (("zhong'guo", "中国"), ("hua", "画"), ("mo", "墨")):
        for count in range(1, len(letters) + 1):
            page.compose(letters[:count])
        page.compose("", word)
    page.compose("shui")
    assert page.text == "中国画墨"
    place = page.caret()
    assert page.canvas.rect().contains(place.center().toPoint())
    page.compose("", "水")
    QTest.keyClicks(page.canvas, "!")
    QTest.keyClick(page.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.opened.pump()
    assert page.layer.text == "中国画墨水!"
    assert [entry.label for entry in page.studio.current.document.history][-1] == "Text"


def test_a_composition_is_not_lost_when_another_tool_is_taken(page: Page) -> None:
    page.click(50, 100)
    page.compose("", "山")
    page.compose("shui")
    page.studio.painting.choose_tool("move")
    page.opened.pump()
    assert page.layer.text == "山shui"


def test_the_window_of_the_input_method_follows_the_caret(page: Page) -> None:
    page.click(50, 100)
    first = page.caret()
    page.compose("", "山水画")
    later = page.caret()
    zoom = page.canvas.viewport.zoom / page.canvas.devicePixelRatioF()
    assert later.x() - first.x() == pytest.approx(120 * zoom, abs=2)
    assert later.height() == pytest.approx(52 * zoom, abs=2)


def test_cut_copy_paste_and_steps_back(page: Page) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    page.click(50, 100)
    QTest.keyClicks(page.canvas, "ink wash")
    QTest.keyClick(page.canvas, Qt.Key.Key_A, control)
    QTest.keyClick(page.canvas, Qt.Key.Key_X, control)
    assert page.text == "" and QGuiApplication.clipboard().text() == "ink wash"
    QTest.keyClick(page.canvas, Qt.Key.Key_V, control)
    QTest.keyClick(page.canvas, Qt.Key.Key_V, control)
    assert page.text == "ink washink wash"
    QTest.keyClick(page.canvas, Qt.Key.Key_Z, control)
    assert page.text == "ink wash"
    QTest.keyClick(page.canvas, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert page.text == "ink washink wash"
    QTest.keyClick(page.canvas, Qt.Key.Key_Return, control)
    page.opened.pump()
    assert page.studio.painting.session is None and page.layer.text == "ink washink wash"


def test_escape_takes_back_what_was_typed_and_redo_carries_it(page: Page) -> None:
    def texts() -> list[str]:
        return [one.text for one in page.studio.current.document.artwork.walk() if isinstance(one, Text)]

    page.click(50, 100)
    QTest.keyClicks(page.canvas, "a long poem")
    page.opened.pump()
    assert "Esc takes it back" in page.opened.window.status.hint.text()
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    page.opened.pump()
    assert page.studio.painting.session is None and page.studio.painting.tool == "text"
    assert not texts() and "Esc takes it back" not in page.opened.window.status.hint.text()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.canvas, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    page.opened.pump()
    assert texts() == ["a long poem"]
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    page.opened.pump()
    assert texts() == ["a long poem"], "an Esc without a text that is typed in takes nothing"
    QTest.keyClick(page.canvas, Qt.Key.Key_Z, control)
    page.opened.pump()
    assert not texts()


def test_escape_in_a_composition_gives_up_only_that(page: Page) -> None:
    page.click(50, 100)
    page.compose("", "山")
    page.compose("shui")
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    page.opened.pump()
    session = page.studio.painting.session
    assert isinstance(session, TextSession)
    assert session.typing.text == session.typing.shown == "山"
    page.compose("", "水")
    QTest.keyClick(page.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.opened.pump()
    assert page.studio.painting.session is None and page.layer.text == "山水"


def test_a_double_click_takes_a_word_and_a_drag_selects(page: Page) -> None:
    page.click(50, 100)
    QTest.keyClicks(page.canvas, "ink wash")
    page.opened.pump()
    QTest.mousePress(page.canvas, Qt.MouseButton.LeftButton, pos=page.at(51, 90))
    QTest.mouseMove(page.canvas, page.at(390, 90))
    QTest.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, pos=page.at(390, 90))
    page.opened.pump()
    assert page.studio.painting.session.selected_text() == "ink wash"
    QTest.mouseDClick(page.canvas, Qt.MouseButton.LeftButton, pos=page.at(70, 90))
    page.opened.pump()
    assert page.studio.painting.session.selected_text() == "ink"


def test_a_double_click_on_the_layer_takes_up_its_text(page: Page, qapp: QApplication, qtbot: QtBot) -> None:
    page.click(50, 100)
    QTest.keyClicks(page.canvas, "ink")
    QTest.keyClick(page.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.opened.pump()
    page.studio.painting.choose_tool("move")
    panel = LayersPanel(page.studio)
    qtbot.addWidget(panel)
    panel.show()
    page.opened.pump()
    panel.view.opened.emit(page.layer)
    page.opened.pump()
    assert page.studio.painting.tool == "text" and page.studio.painting.session.selected_text() == "ink"
