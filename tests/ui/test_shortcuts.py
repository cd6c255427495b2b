"""Shortcuts that the artist chose: read from the settings, changed in their dialog, in force at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui.dialogs.shortcuts import ShortcutsDialog
from studio.ui.menus import MENU_LETTERS, with_letter
from studio.ui.palette import CommandPalette
from tests.ui.windows import Opened, empty_panel


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark", shortcuts={"tool-eraser": ("K",)}), empty_panel)
    one.studio.new_picture(64, 64)
    one.pump()
    yield one
    one.close()


def press(opened: Opened, key: Qt.Key) -> str:
    opened.window.canvas.setFocus()
    QTest.keyClick(opened.window.canvas, key)
    return opened.studio.painting.tool


def dialog(opened: Opened) -> ShortcutsDialog:
    opened.window.actions_.run("shortcuts")
    return opened.window.findChildren(ShortcutsDialog)[-1]


def test_chosen_keys_replace_the_usual_ones(opened: Opened):
    assert press(opened, Qt.Key.Key_E) == "ink"
    assert press(opened, Qt.Key.Key_K) == "eraser"
    assert opened.window.actions_.shortcut("tool-eraser") == "K"


def test_a_key_moves_from_one_action_to_another_and_back(opened: Opened):
    page = dialog(opened)
    page.search.setText("move")
    page.choose("tool-move")
    assert page.chosen() == "tool-move"
    page.keys.setKeySequence(QKeySequence("H"))
    page.keys.editingFinished.emit()
    assert "Hand" in page.told.text()
    assert opened.studio.settings.shortcuts["tool-move"] == ("H",)
    page.accept()
    assert press(opened, Qt.Key.Key_H) == "move"
    assert opened.window.actions_.keys("tool-hand") == ()
    page = dialog(opened)
    page.choose("tool-move")
    page.usual.click()
    page.accept()
    assert press(opened, Qt.Key.Key_H) == "hand"
    assert press(opened, Qt.Key.Key_V) == "move"


def test_all_as_usual(opened: Opened):
    page = dialog(opened)
    page.reset_all()
    page.accept()
    assert opened.studio.settings.shortcuts == {}
    assert press(opened, Qt.Key.Key_E) == "eraser"


def test_keys_of_the_canvas_are_not_offered(opened: Opened):
    page = dialog(opened)
    listed = {
        page.list.topLevelItem(row).data(0, Qt.ItemDataRole.UserRole)
        for row in range(page.list.topLevelItemCount())
    }
    assert "undo" in listed and not listed & {"hide-panels", "brush-larger", "brush-smaller", "before"}
    page.accept()


def test_menus_open_by_a_letter_in_both_languages():
    assert with_letter("File", "F") == "&File"
    assert with_letter("Filter", "T") == "Fil&ter"
    assert with_letter("文件", "F") == "文件(&F)"
    assert len(set(MENU_LETTERS.values())) == len(MENU_LETTERS)


def test_keys_of_the_window(opened: Opened):
    window, canvas = opened.window, opened.window.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F9)
    assert canvas.judging
    QTest.keyClick(canvas, Qt.Key.Key_F9)
    QTest.keyClick(canvas, Qt.Key.Key_F11)
    assert window.windowState() & Qt.WindowState.WindowFullScreen
    QTest.keyClick(canvas, Qt.Key.Key_F11)
    opened.pump()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F6)
    reached = QApplication.focusWidget()
    assert reached is not None and window.options.isAncestorOf(reached)


def test_letters_typed_into_the_palette_are_words(opened: Opened):
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = opened.window.findChildren(CommandPalette)[-1]
    QTest.keyClicks(palette.field, "be,")
    assert palette.field.text() == "be,"
    assert opened.studio.painting.tool == "ink"
    palette.close()
    opened.pump()
    assert opened.window.focusWidget() is opened.window.canvas
