"""Shortcuts that the artist chose: read from the settings, changed in their dialog, in force at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from studio.filters.catalogue import GROUPS as FILTER_GROUPS
from studio.raster.colour import rgb_to_oklch
from studio.settings import Settings
from studio.ui.dialogs.fill_layer import FillLayerDialog
from studio.ui.dialogs.shortcuts import ShortcutsDialog
from studio.ui.key_guide import KeyGuide
from studio.ui.keys import HeardKeys
from studio.ui.menus import MENU_LETTERS, with_letter
from studio.ui.palette import CommandPalette
from studio.ui.panels.info import InfoPanel
from studio.workspace.key_letters import BRANCHES, GROUPS
from studio.workspace.tools import Pointer
from studio.workspace.tools.text import TextSession
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
    assert opened.window.actions_.keys("tool-hand") == ("F3, Z, H",)
    page = dialog(opened)
    page.choose("tool-move")
    page.usual.click()
    page.accept()
    assert press(opened, Qt.Key.Key_H) == "hand"
    assert press(opened, Qt.Key.Key_V) == "move"


def test_words_typed_at_once_look_for_an_action(opened: Opened):
    """Not in the choice of sets, where a letter would change every key."""
    page = dialog(opened)
    opened.pump()
    assert page.focusWidget() is page.search


def test_escape_is_given_to_no_action_and_ends_the_dialog(opened: Opened):
    page = dialog(opened)
    page.choose("tool-move")
    page.keys.setFocus()
    QTest.keyClick(page.keys, Qt.Key.Key_Escape)
    assert page.keys.keySequence().toString() == "V" and not page.isVisible()
    assert opened.window.actions_.shortcut("tool-move") == "V"


def test_a_key_is_taken_away_by_the_button_in_its_field(opened: Opened):
    page = dialog(opened)
    page.choose("tool-move")
    page.keys.findChildren(QAbstractButton)[0].click()
    assert opened.studio.settings.shortcuts["tool-move"] == ()
    assert "V" not in opened.window.actions_.keys("tool-move")
    page.reject()


def test_all_as_usual(opened: Opened):
    page = dialog(opened)
    page.reset_all()
    page.accept()
    assert opened.studio.settings.shortcuts == {}
    assert press(opened, Qt.Key.Key_E) == "eraser"


def give(opened: Opened, action_id: str, key: str) -> None:
    page = dialog(opened)
    page.choose(action_id)
    assert page.chosen() == action_id
    page.keys.setKeySequence(QKeySequence(key))
    page.keys.editingFinished.emit()
    page.accept()
    opened.window.activateWindow()
    opened.pump()
    opened.window.canvas.setFocus()


def test_every_action_is_listed_with_its_keys(opened: Opened):
    page = dialog(opened)
    rows = [page.list.topLevelItem(row) for row in range(page.list.topLevelItemCount())]
    shown = {row.data(0, Qt.ItemDataRole.UserRole): row.text(1) for row in rows}
    assert set(shown) == set(opened.window.actions_.actions)
    assert shown["brush-larger"] == "]" and shown["hide-panels"] == "Tab" and shown["before"] == "\\"
    assert all(shown.values())
    page.accept()


def test_another_set_changes_only_the_actions_whose_keys_are_others(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
):
    page, actions = dialog(opened), opened.window.actions_
    before, dressed, whole = {one: actions.keys(one) for one in actions.actions}, [], actions._dress
    monkeypatch.setattr(actions, "_dress", lambda one, item: dressed.append(one) or whole(one, item))
    page.choose_set("krita")
    changed = {one for one in actions.actions if actions.keys(one) != before[one]}
    assert changed and set(dressed) <= changed and len(changed) < len(before) / 2
    assert {one for one in changed if one in actions.items} == set(dressed)
    for row in range(page.list.topLevelItemCount()):
        item = page.list.topLevelItem(row)
        assert item is not None
        one = item.data(0, Qt.ItemDataRole.UserRole)
        assert item.text(1) == page._written(one)
    page.choose_set("danqing")
    page.accept()


def test_the_hand_keys_of_krita_and_photoshop_change_brush_and_colour(opened: Opened):
    painting, canvas = opened.studio.painting, opened.window.canvas
    keys, shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
    painting.choose_tool("brush")
    painting.change_brush(hardness=0.6, opacity=0.55)
    canvas.setFocus()
    size = painting.brush.size
    QTest.keyClick(canvas, keys.Key_BracketRight, shift)
    assert painting.brush.hardness == 0.75 and painting.brush.size == size
    for _ in range(5):
        QTest.keyClick(canvas, keys.Key_BracketLeft, shift)
    assert painting.brush.hardness == 0
    for _ in range(5):
        QTest.keyClick(canvas, keys.Key_BracketRight, shift)
    assert painting.brush.hardness == 1 and painting.brush.size == size

    opened.studio.change_settings(shortcut_set="krita", shortcuts={})
    opened.pump()
    for key, wanted in ((keys.Key_I, 0.5), (keys.Key_I, 0.4), (keys.Key_O, 0.5)):
        press(opened, key)
        assert painting.brush.opacity == wanted and painting.tool == "brush"
    for _ in range(12):
        press(opened, keys.Key_I)
    assert painting.brush.opacity == 0
    for _ in range(12):
        press(opened, keys.Key_O)
    assert painting.brush.opacity == 1
    red = (200 / 255, 60 / 255, 40 / 255)
    painting.set_colour(red)
    before = rgb_to_oklch(np.array(red))
    press(opened, keys.Key_L)
    lighter = rgb_to_oklch(np.array(painting.colour))
    assert lighter[0] == pytest.approx(before[0] + 0.05, abs=1e-3)
    assert lighter[2] == pytest.approx(before[2], abs=2e-3)
    press(opened, keys.Key_K)
    assert painting.colour == pytest.approx(red, abs=1e-3)
    for _ in range(25):
        press(opened, keys.Key_K)
    assert painting.colour == pytest.approx((0, 0, 0), abs=1e-6)
    press(opened, keys.Key_L)
    for _ in range(11):
        press(opened, keys.Key_L)
    found = rgb_to_oklch(np.array(painting.colour))
    assert found[0] == pytest.approx(0.6, abs=1e-3) and found[2] == pytest.approx(before[2], abs=2e-3)
    assert found[1] == pytest.approx(before[1], abs=0.02), "the way back from black leads to the same red"


def test_a_bracket_with_shift_goes_by_its_place_too(monkeypatch: pytest.MonkeyPatch):
    """A German keyboard writes Ü and * there."""
    heard = HeardKeys()
    heard.bind({"brush-smaller": ("[",), "brush-larger": ("]",), "brush-harder": ("Shift+]",)})
    monkeypatch.setattr(QApplication, "platformName", lambda: "xcb")

    def meant(code: int, text: str, modifiers: Qt.KeyboardModifier) -> str:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, modifiers, code, 0, 0, text)
        return heard.action(event)

    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    assert meant(35, "+", none) == "brush-larger" and meant(35, "*", shift) == "brush-harder"
    assert meant(34, "ü", none) == "brush-smaller"
    assert meant(34, "Ü", shift) == "brush-smaller", (
        "where nothing has the key with Shift, the bracket counts"
    )
    assert meant(35, "+", Qt.KeyboardModifier.ControlModifier) == ""


def test_brackets_are_keys_like_others(opened: Opened):
    painting, canvas = opened.studio.painting, opened.window.canvas
    give(opened, "brush-larger", "J")
    size = painting.brush.size
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert painting.brush.size == size
    QTest.keyClick(canvas, Qt.Key.Key_J)
    assert painting.brush.size > size
    give(opened, "tool-eraser", "]")
    assert press(opened, Qt.Key.Key_BracketRight) == "eraser"
    assert opened.window.actions_.items["tool-eraser"].text() == "Eraser\t]"
    assert opened.window.actions_.items["brush-larger"].shortcut() == QKeySequence("J")


def test_panels_are_hidden_by_another_key(opened: Opened):
    give(opened, "hide-panels", "J")
    docks = opened.window.docks
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_J)
    assert docks["layers"].isHidden()
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_J)
    opened.pump()
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_Tab)
    assert not docks["layers"].isHidden()


def test_before_lasts_while_its_key_is_held_whatever_the_key(opened: Opened):
    document, canvas = opened.studio.current.document, opened.window.canvas
    give(opened, "before", "J")
    QTest.keyPress(canvas, Qt.Key.Key_Backslash)
    QTest.keyRelease(canvas, Qt.Key.Key_Backslash)
    assert document.artwork is document.committed
    QTest.keyPress(canvas, Qt.Key.Key_J)
    assert document.artwork is not document.committed
    QTest.keyRelease(canvas, Qt.Key.Key_J)
    assert document.artwork is document.committed


def test_a_new_first_key_leaves_the_others(opened: Opened):
    give(opened, "redo", "J")
    assert opened.window.actions_.keys("redo") == ("J", "Ctrl+Y")
    page = dialog(opened)
    page.choose("redo")
    assert page.second.keySequence() == QKeySequence("Ctrl+Y")
    page.second.setKeySequence(QKeySequence("F12"))
    page.second.editingFinished.emit()
    assert opened.window.actions_.keys("redo") == ("J", "F12")
    page.keys.clear()
    page.keys.editingFinished.emit()
    assert opened.window.actions_.keys("redo") == ("F12",)
    page.accept()


def test_an_action_without_a_key_shows_its_letters_and_takes_a_key(opened: Opened):
    item = opened.window.actions_.items["trim"]
    assert item.text() == "Trim\tF3, I, T" and item.shortcuts() == []
    page = dialog(opened)
    page.choose("trim")
    assert page.keys.keySequence().isEmpty() and not page.second.isEnabled()
    page.accept()
    give(opened, "trim", "J")
    assert opened.window.actions_.keys("trim") == ("J",) and item.text() == "Trim"


def test_enter_takes_up_what_the_layer_holds_only_from_the_canvas(opened: Opened):
    studio, canvas = opened.studio, opened.window.canvas
    painted = studio.layers.active
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert studio.painting.tool == "ink" and studio.layers.active is painted
    studio.fill_layers.add("fill-colour")
    opened.pump()
    field = QLineEdit(opened.window.options)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert opened.window.findChildren(FillLayerDialog) == []
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    (form,) = opened.window.findChildren(FillLayerDialog)
    form.reject()
    opened.pump()
    studio.painting.choose_tool("text")
    studio.painting.begin(studio.current, Pointer(10, 10)).finish()
    canvas.setFocus()
    QTest.keyClicks(canvas, "a")
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClicks(canvas, "b")
    session = studio.painting.session
    assert isinstance(session, TextSession) and session.typing.text == "a\nb"
    studio.painting.close_session(apply=False)


def guide_of(opened: Opened) -> KeyGuide:
    opened.window.canvas.setFocus()
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_F3)
    return opened.window.findChildren(KeyGuide)[-1]


def test_letters_behind_the_key_of_the_guide_do_everything(opened: Opened):
    guide = guide_of(opened)
    assert not guide.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), "letters, not Pinyin"
    assert {line.choice.letter for line in guide.lines} == set(GROUPS)
    QTest.keyClick(guide, Qt.Key.Key_Y)
    assert guide.group == "Y" and guide.heading.text() == "Symmetry"
    six = next(line for line in guide.lines if line.choice.letter == "6")
    assert six.choice.words == "6 folds"
    QTest.keyClick(guide, Qt.Key.Key_Backspace)
    assert guide.group == ""
    QTest.keyClick(guide, Qt.Key.Key_Y)
    QTest.keyClick(guide, Qt.Key.Key_6)
    opened.pump()
    assert opened.studio.painting.strokes.symmetry.folds == 6
    assert opened.window.focusWidget() is opened.window.canvas


def test_a_family_of_filters_is_a_branch_of_the_guide(opened: Opened):
    guide = guide_of(opened)
    QTest.keyClick(guide, Qt.Key.Key_N)
    QTest.keyClick(guide, Qt.Key.Key_2)
    assert guide.group == "N2" and guide.heading.text() == "Fill and filter layers › Blur"
    QTest.keyClick(guide, Qt.Key.Key_Backspace)
    assert guide.group == "N"
    QTest.keyClick(guide, Qt.Key.Key_2)
    line = next(line for line in guide.lines if line.choice.action_id == "filter-layer-gaussian-blur")
    QTest.keyClicks(guide, line.choice.letter)
    opened.pump()
    assert opened.studio.filtering.target is not None


def test_many_filters_cost_nothing_until_their_menu_opens(opened: Opened):
    actions, menus = opened.window.actions_, opened.window.menu_line
    late = [one.id for one in actions.actions.values() if "/" in one.menu and not actions._bound(one.id)]
    assert len(late) >= 80 and not set(late) & set(dict(actions.items))
    assert "Filter/Blur" not in menus._menus
    QTest.mouseClick(menus, Qt.MouseButton.LeftButton, pos=menus.actionGeometry(menus.actions()[5]).center())
    assert menus._menus["Filter/Blur"].title() == "Blur" and not set(late) & set(dict(actions.items))
    menus._menus["Filter"].setActiveAction(menus._menus["Filter/Blur"].menuAction())
    assert "filter-gaussian-blur" in dict(actions.items), (
        "before it opens: Qt finds its place by its first item"
    )
    menus._menus["Filter"].close()
    menus._menus["Filter/Sharpen"].aboutToShow.emit()
    assert menus._menus["Filter/Sharpen"].actions(), "nor does it open empty where nobody pointed at it"
    menus.fill()
    assert set(late) <= set(dict(actions.items))
    order = [item.menu().title() for item in menus.menu("Filter").actions() if item.menu()]  # type: ignore[attr-defined]
    titles = list(FILTER_GROUPS.values())
    assert order == [title for title in titles if title in order]
    opened.studio.change_settings(shortcuts={"filter-layer-uniform-noise": ("F12",)})
    opened.window.canvas.setFocus()
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_F12)
    opened.pump()
    assert opened.studio.filtering.target is not None, "its own key works before its menu was ever open"


def test_the_guide_is_left_by_escape_and_pressed_by_hand(opened: Opened):
    guide = guide_of(opened)
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()
    guide = guide_of(opened)
    next(line for line in guide.lines if line.choice.letter == "D").click()
    line = next(line for line in guide.lines if line.choice.action_id == "tool-eraser")
    assert line.choice.key == "K", "the shorter way, where there is one"
    line.click()
    opened.pump()
    assert opened.studio.painting.tool == "eraser"


def test_every_action_can_be_done_by_the_guide(opened: Opened):
    guide = guide_of(opened)
    found = []
    for group in (*GROUPS, *BRANCHES):
        guide.show_group(group)
        found += [line.choice.action_id for line in guide.lines if line.choice.action_id]
    assert sorted(found) == sorted(opened.window.actions_.actions)
    guide.close()


def test_keys_named_by_panels_and_buttons_are_those_in_force(opened: Opened):
    opened.studio.change_settings(shortcuts={"pin-sampler": ("J",), "swap-colours": ("F12",)})
    panel = InfoPanel(opened.studio, opened.window)
    panel.refresh()
    assert panel.empty.text().startswith("J pins a sampler")
    assert opened.window.tools.swap.toolTip() == "Swap colours (F12)"
    panel.deleteLater()


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
