"""Options of the text tool: fonts that show themselves, weights of the family, points, remarks; the keyboard stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.settings import Settings
from studio.ui.widgets.font_chooser import FontList, preview_steps
from studio.ui.widgets.text_fields import TextFields
from studio.workspace.tools import Pointer
from studio.workspace.tools.text import TextSession
from tests.raster.text_fonts import LATIN, SANS, SERIF, needs_chinese, needs_latin
from tests.ui.windows import Opened, clipped, empty_panel, nameless

pytestmark = [needs_chinese, needs_latin]


class Bar:
    def __init__(self, opened: Opened) -> None:
        self.opened, self.studio = opened, opened.studio
        self.studio.new_picture(400, 300)
        self.studio.painting.choose_tool("text")
        self.studio.painting.change_options("text", font=SANS, size=40.0)
        opened.pump()
        found = opened.window.findChild(TextFields)
        assert found is not None
        self.fields = found

    def write(self, words: str) -> TextSession:
        gesture = self.studio.painting.begin(self.studio.current, Pointer(50, 100))
        assert gesture is not None
        gesture.finish()
        session = self.studio.painting.session
        assert isinstance(session, TextSession)
        session.replace_selection(words)
        self.opened.pump()
        return session


@pytest.fixture(params=["en", "zh_CN"])
def bar(request: pytest.FixtureRequest, qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[Bar]:
    opened = Opened(qapp, Settings(language=request.param), empty_panel)
    yield Bar(opened)
    opened.close()


def test_everything_has_a_name_and_fits_at_the_smallest_width(bar: Bar) -> None:
    bar.opened.window.resize(1180, 640)
    bar.opened.pump()
    assert nameless(bar.fields) == [] and clipped(bar.fields) == []
    assert bar.fields.geometry().right() < bar.opened.window.options.judge.geometry().left()


def test_controls_leave_the_keyboard_with_the_text(bar: Bar) -> None:
    for control in bar.fields.findChildren(QWidget):
        assert (
            not control.focusPolicy() & Qt.FocusPolicy.ClickFocus or control.window() is not bar.opened.window
        )


def test_options_restyle_the_open_text(bar: Bar) -> None:
    session = bar.write("水墨 ink")
    bar.fields.italic.click()
    bar.fields.align["centre"].click()
    bar.fields.direction.click()
    bar.fields.tracking.value_changed.emit(200.0)
    bar.opened.pump()
    style = session.setting.style
    assert (style.italic, style.align, style.direction, style.tracking) == (True, "centre", "vertical", 200.0)
    assert bar.fields.align["centre"].isChecked() and not bar.fields.align["left"].isChecked()


def test_the_size_is_said_in_points_of_the_print(bar: Bar) -> None:
    bar.studio.painting.change_options("text", unit="pt", size=100.0)
    bar.opened.pump()
    ppi = bar.studio.current.document.artwork.ppi
    assert bar.fields.size_slider.text() == f"{100 * 72 / ppi:.1f} pt"
    bar.studio.painting.change_options("text", unit="px")
    bar.opened.pump()
    assert bar.fields.size_slider.text() == "100 px"


def test_weights_are_those_of_the_family(bar: Bar) -> None:
    bar.opened.pump()
    assert bar.fields.weight.findData(700) >= 0 and bar.fields.weight.currentData() == 400
    bar.studio.painting.change_options("text", font=LATIN, weight=200)
    bar.opened.pump()
    assert bar.fields.weight.currentData() == 200


def test_a_missing_font_and_borrowed_characters_are_said(bar: Bar) -> None:
    bar.write("水 ink")
    assert bar.fields.remark.isHidden() and not bar.fields.font_field.absent
    bar.studio.painting.change_options("text", font=LATIN)
    bar.opened.pump()
    assert not bar.fields.remark.isHidden() and "水" in bar.fields.remark.toolTip()
    bar.studio.painting.change_options("text", font="Lost Font 7")
    bar.opened.pump()
    assert bar.fields.font_field.absent and "Lost Font 7" in bar.fields.remark.toolTip()


def test_an_option_takes_up_the_active_text(bar: Bar) -> None:
    bar.write("水墨")
    bar.studio.painting.close_session()
    bar.opened.pump()
    bar.fields.align["right"].click()
    session = bar.studio.painting.session
    assert isinstance(session, TextSession) and session.setting.style.align == "right"
    assert session.setting.style.size == 40 and session.typing.text == "水墨"


def opened_list(bar: Bar) -> FontList:
    board = bar.fields.font_field.open()
    bar.opened.pump(10)
    return board


def test_fonts_are_found_shown_and_taken(bar: Bar, qtbot: QtBot) -> None:
    board = opened_list(bar)
    assert {SANS, SERIF, LATIN} <= set(board.found())
    assert board.list.currentIndex().data() == SANS, "the chosen one is in view"
    QTest.keyClicks(board.field, "dejavu sans")
    assert board.found()[0] == LATIN and SANS not in board.found()
    qtbot.waitUntil(lambda: bar.opened.pump() or board.sample(LATIN, QColor("white")) is not None)
    QTest.keyClick(board.field, Qt.Key.Key_Return)
    bar.opened.pump()
    assert bar.studio.painting.options("text").font == LATIN
    assert bar.fields.font_field.words() == LATIN


def test_a_name_that_is_not_there_is_said(bar: Bar) -> None:
    board = opened_list(bar)
    QTest.keyClicks(board.field, "no such font")
    assert board.found() == [] and not board.nothing.isHidden() and board.list.isHidden()
    QTest.keyClick(board, Qt.Key.Key_Escape)
    bar.opened.pump()
    assert bar.studio.painting.options("text").font == SANS


def test_samples_show_the_family() -> None:
    first, second = preview_steps([SANS, SERIF], 20.0, 160)
    assert first.coverage.dtype == np.uint8 and first.coverage.max() == 255
    assert first.coverage.shape[1] <= 160 and not np.array_equal(first.coverage, second.coverage)
    assert SANS in first.names
