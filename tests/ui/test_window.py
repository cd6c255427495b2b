"""The window's shell: regions, keys, workspaces, notices, dialogs, names and room for words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from studio import translation
from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.arrangement import COLUMN, WORKSPACES, Arrangement, group_for, own_group
from studio.ui.dock_tabs import Overflow
from studio.ui.keys import native, window_hears
from studio.ui.main_window import SMALLEST
from studio.ui.palette import CommandPalette
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.actions import all_actions
from studio.workspace.notices import SAVED, Notice
from tests.ui.windows import Opened, clipped, empty_panel, longer, nameless

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark", workspace="generate"), empty_panel)
    yield one
    one.close()


def test_regions_have_the_sizes_of_the_plan(opened: Opened) -> None:
    window = opened.window
    window.resize(1280, 722)
    opened.pump()
    assert window.menu_line.height() == 26
    assert window.options.height() == 36
    assert window.tools.width() == 36
    assert window.status.height() == 22
    assert window.docks["generate"].width() == COLUMN
    opened.studio.new_picture(300, 200)
    opened.pump()
    assert window.tabs.height() == 28
    assert window.canvas.width() >= 940
    assert window.minimumSize() == SMALLEST


def test_the_window_can_be_as_small_as_the_plan(opened: Opened) -> None:
    opened.window.resize(SMALLEST)
    opened.pump()
    assert opened.window.size() == SMALLEST
    assert opened.window.canvas.height() > 300


def test_each_workspace_shows_its_panels(opened: Opened) -> None:
    for workspace, plan in WORKSPACES.items():
        opened.window.enter(workspace)
        opened.pump()
        shown = {name for name, dock in opened.window.docks.docks.items() if not dock.isHidden()}
        assert shown == plan.names
        assert opened.studio.settings.workspace == workspace
        assert opened.window.switch.buttons[workspace].isChecked()


def test_panels_are_made_when_they_are_first_seen(opened: Opened) -> None:
    docks = opened.window.docks
    assert docks["generate"].panel is not None
    assert docks["explore"].panel is None
    docks.show_panel("explore")
    opened.pump()
    assert docks["explore"].panel is not None


def test_a_workspace_is_found_as_it_was_left_and_can_be_reset(opened: Opened) -> None:
    docks = opened.window.docks
    docks["history"].close()
    opened.window.enter("paint")
    opened.window.enter("generate")
    opened.pump()
    assert docks["history"].isHidden()
    opened.window.actions_.run("reset-workspace")
    opened.pump()
    assert not docks["history"].isHidden()


def test_the_arrangement_survives_the_end(opened: Opened, qapp: QApplication) -> None:
    opened.window.docks["history"].close()
    opened.window.close()
    opened.window.hide()
    again = Opened(qapp, opened.studio.settings, empty_panel)
    assert again.window.docks["history"].isHidden()
    assert not again.window.docks["layers"].isHidden()
    again.close()


def test_an_arrangement_can_be_kept_and_nonsense_is_refused(opened: Opened) -> None:
    docks = opened.window.docks
    docks["filters"].raise_()
    opened.pump()
    kept = docks.described()
    assert [group.names for group in kept.groups if group.area == "right"] == [
        ("generate", "explore", "colour"),
        ("layers", "filters", "history"),
    ]
    assert {group.front for group in kept.groups} == {"generate", "filters", "results"}
    assert Arrangement.from_bytes(kept.to_bytes()) == kept
    for nonsense in (b"", b"[]", b"{}", b'{"groups": [{"area": "right"}], "floating": {}}', b"\xff"):
        assert Arrangement.from_bytes(nonsense) is None


def test_a_floating_panel_has_a_bar_and_comes_back(opened: Opened) -> None:
    dock = opened.window.docks["layers"]
    assert dock.bar.sizeHint().height() == 0
    dock.setFloating(True)
    opened.pump()
    assert dock.bar.sizeHint().height() == 28
    dock.bar.float.click()
    opened.pump()
    assert not dock.isFloating()


def seen_tabs(opened: Opened) -> list[list[str]]:
    """The tabs that are seen of each group at the right, from top to bottom."""
    bars = [bar for bar in opened.window.docks.tab_bars() if not bar.visibleRegion().isEmpty()]
    return [
        [bar.tabText(index) for index in range(bar.count()) if bar.isTabVisible(index)]
        for bar in sorted(bars, key=lambda bar: bar.y())
    ]


def test_a_panel_opens_where_its_tab_has_room(opened: Opened) -> None:
    window = opened.window
    window.resize(1280, 650)
    window.enter("paint")
    opened.pump()
    for name in ("palettes", "histogram"):
        window.docks.show_panel(name)
        opened.pump()
    assert seen_tabs(opened) == [
        ["Colour", "Brushes", "Navigator", "Palettes"],
        ["Layers", "Filters", "History", "Histogram"],
    ]
    assert window.docks["colour"].width() == COLUMN


def test_tabs_for_which_there_is_no_room_are_behind_a_menu(opened: Opened) -> None:
    window = opened.window
    window.resize(1280, 650)
    window.enter("paint")
    for name in ("histogram", "second-view", "reference"):
        window.docks.show_panel(name)
        opened.pump()
    upper, lower = seen_tabs(opened)
    assert upper == ["Colour", "Brushes", "Navigator"]
    assert "Reference board" in lower
    assert "Histogram" not in lower
    assert not clipped(window)
    overflow = next(
        one for bar in window.docks.tab_bars() for one in bar.findChildren(Overflow) if one.more.isVisible()
    )
    menu = overflow.menu()
    assert len(menu.actions()) == 6
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Reference board"]
    next(action for action in menu.actions() if action.text() == "Histogram").trigger()
    menu.close()
    opened.pump()
    assert "Histogram" in seen_tabs(opened)[1]
    assert window.docks["histogram"].isVisible()
    assert not window.docks["histogram"].panel.visibleRegion().isEmpty()  # type: ignore[union-attr]
    assert window.docks.described().groups[1].front == "histogram"
    for name in ("histogram", "second-view", "reference"):
        window.docks[name].close()
    opened.pump()
    assert not overflow.more.isVisible()
    assert seen_tabs(opened)[1] == ["Layers", "Filters", "History"]


def test_a_large_panel_has_a_place_of_its_own_in_a_high_window(opened: Opened) -> None:
    window = opened.window
    window.resize(1440, 1000)
    window.enter("paint")
    opened.pump()
    window.docks.show_panel("reference")
    opened.pump()
    groups = window.docks.described().groups
    assert [group.front for group in groups] == ["colour", "layers", "reference"]
    assert groups[2].names == ("reference",)
    assert {group.width for group in groups} == {COLUMN}
    assert groups[1].height >= 360


def test_the_menu_closes_a_panel_that_is_in_front(qapp: QApplication) -> None:
    one = Opened(qapp, Settings(language="en", workspace="paint"), None)
    docks, run = one.window.docks, one.window.actions_.run
    for expected in (True, False, True):
        run("navigator")
        one.pump()
        panel = docks["navigator"].panel
        assert (panel is not None and not panel.visibleRegion().isEmpty()) is expected
    docks.show_panel("colour")
    one.pump()
    run("navigator")
    one.pump()
    assert docks["navigator"].panel.visibleRegion().isEmpty() is False  # type: ignore[union-attr]
    one.close()


def test_results_come_back_below(opened: Opened) -> None:
    window = opened.window
    window.enter("paint")
    window.docks.show_panel("results")
    opened.pump()
    assert [one.area for one in window.docks.described().groups if "results" in one.names] == ["below"]


def test_where_panels_open() -> None:
    assert group_for("reference", [200, 100], 90) == 1
    assert group_for("reference", [200, 80], 90) == 0
    assert group_for("palettes", [10, 80], 90) == 0
    assert group_for("palettes", [10, 100], 90) == 1
    assert own_group("info", 820, 2)
    assert not own_group("info", 819, 2)
    assert not own_group("info", 820, 3)
    assert not own_group("palettes", 2000, 2)


def test_every_action_is_in_place(opened: Opened) -> None:
    for action in all_actions():
        item = opened.window.actions_.items[action.id]
        keys = opened.window.actions_.keys(action.id)
        assert len(item.shortcuts()) == sum(not window_hears(action.id, key) for key in keys)
        shown = item.shortcut().toString(item.shortcut().SequenceFormat.NativeText)
        assert native(keys[0]) == (shown or item.text().partition("\t")[2]), "every menu item shows its key"
        for menu in (action.menu, *action.also):
            assert not menu or item in opened.window.menu_line.menu(menu).actions()


def test_no_two_actions_share_a_shortcut() -> None:
    keys = [key for action in all_actions() for key in action.shortcuts]
    assert sorted(set(keys)) == sorted(keys)


def test_a_menu_greys_what_cannot_be_done_but_keeps_its_key(opened: Opened) -> None:
    menu = opened.window.menu_line.menu("File")
    save = opened.window.actions_.items["save"]
    menu.aboutToShow.emit()
    assert not save.isEnabled()
    menu.aboutToHide.emit()
    assert save.isEnabled()
    opened.studio.new_picture(64, 64)
    menu.aboutToShow.emit()
    assert save.isEnabled()
    menu.aboutToHide.emit()


def test_touching_the_paper_starts_a_picture_with_that_stroke(opened: Opened) -> None:
    window = opened.window
    assert window.start_page.is_shown()
    place = window.start_page.sheet.geometry().center()
    assert window.childAt(window.canvas.mapTo(window, place)) is window.canvas
    QTest.mousePress(window.canvas, LEFT, Qt.KeyboardModifier.NoModifier, place)
    for step in range(1, 8):
        QTest.mouseMove(window.canvas, place + QPoint(6 * step, 2 * step))
    QTest.mouseRelease(window.canvas, LEFT, Qt.KeyboardModifier.NoModifier, place + QPoint(48, 16))
    opened.pump()
    picture = opened.studio.current
    assert picture is not None
    assert not window.start_page.is_shown()
    assert picture.document.can_undo
    point = window.canvas.to_document(place.toPointF())
    artwork = picture.document.artwork
    assert 0 <= point.x() < artwork.width
    assert 0 <= point.y() < artwork.height


def test_tab_hides_panels_only_from_the_canvas(opened: Opened) -> None:
    window = opened.window
    opened.studio.new_picture(64, 64)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert window.docks["layers"].isHidden()
    assert window.status.hint.text() == "Tab brings the panels back"
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    opened.pump()
    assert not window.docks["layers"].isHidden()
    window.tools.buttons["brush"].setFocus()
    QTest.keyClick(window.tools.buttons["brush"], Qt.Key.Key_Tab)
    assert not window.docks["layers"].isHidden()


def test_f6_walks_through_the_regions(opened: Opened) -> None:
    window = opened.window
    opened.studio.new_picture(64, 64)
    opened.pump()
    window.canvas.setFocus()
    seen = []
    for _ in range(4):
        window.window_actions.next_region()
        focus = window.focusWidget()
        seen.append(
            next((r for r in window.window_actions._regions() if r is focus or r.isAncestorOf(focus)), None)
        )
    assert seen == [window.options, window.tools, window.status, window.canvas]


def test_single_keys_choose_tools_and_fields_keep_their_letters(opened: Opened) -> None:
    window = opened.window
    opened.studio.new_picture(64, 64)
    window.canvas.setFocus()
    assert not window.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    assert opened.studio.painting.tool == "eraser"
    field = QLineEdit(window.options)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_B)
    assert field.text() == "b"
    assert opened.studio.painting.tool == "eraser"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.focusWidget() is window.canvas


def test_brackets_change_the_brush(opened: Opened) -> None:
    opened.studio.new_picture(64, 64)
    before = opened.studio.painting.brush.size
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_BracketRight)
    assert opened.studio.painting.brush.size > before
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_BracketLeft)
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_BracketLeft)
    assert opened.studio.painting.brush.size < before
    opened.pump()
    bar = opened.window.options.fields
    assert isinstance(bar, OptionFields)
    assert bar.fields["size"].value() == opened.studio.painting.brush.size  # type: ignore[attr-defined]


def test_a_notice_is_a_card_with_its_remedy(opened: Opened) -> None:
    stack = opened.window.notices
    opened.studio.tell(Notice(kind="done", text=SAVED, arguments={"file": "a.danqing"}))
    opened.studio.tell(
        Notice(kind="error", text=SAVED, arguments={"file": "b"}, action="judge", details="why")
    )
    assert [card.sentence.text() for card in stack.cards] == ["Saved a.danqing.", "Saved b."]
    error = stack.cards[1]
    assert error.details.isHidden()
    error.fold.click()
    assert not error.details.isHidden()
    error.action.click()
    assert opened.window.canvas.judging
    assert len(stack.cards) == 1
    stack.cards[0].close_button.click()
    assert stack.isHidden()


def test_a_card_lies_over_the_start_page(opened: Opened) -> None:
    opened.studio.new_picture(64, 64)
    opened.studio.tell(Notice(kind="error", text=SAVED, arguments={"file": "a"}))
    opened.studio.close(opened.studio.current)
    opened.pump()
    stack = opened.window.notices
    middle = stack.mapTo(opened.window.canvas, stack.rect().center())
    there = opened.window.canvas.childAt(middle)
    assert there is not None and (there is stack or stack.isAncestorOf(there))


def test_a_card_goes_when_what_it_offers_was_done_otherwise(opened: Opened) -> None:
    """The card of the quick mask comes with it, and does not outlive it."""
    opened.studio.new_picture(64, 64)
    opened.pump()
    stack, run = opened.window.notices, opened.window.actions_.run
    run("quick-mask")
    assert [card.notice.action for card in stack.cards] == ["quick-mask"]
    opened.pump()
    assert len(stack.cards) == 1
    run("quick-mask")
    assert not stack.cards
    opened.studio.tell(Notice(kind="info", text=SAVED, arguments={"file": "a"}, action="redo"))
    opened.pump()
    opened.studio.new_picture(64, 64)
    assert not stack.cards, "it would redo another picture's step"


def test_jobs_show_in_the_status_line(opened: Opened, qtbot) -> None:
    stopped = []
    jobs, status = opened.studio.jobs, opened.window.status
    line = jobs.begin("Saving {file}", {"file": "a"}, stop=lambda: stopped.append(True))
    jobs.progress(line, 1, 4, 125)
    qtbot.waitUntil(status.job.isVisible, timeout=2000)
    assert status.job.text() == "Saving a · 2 min left"
    status.stop.click()
    assert stopped == [True]
    jobs.end(line)
    qtbot.waitUntil(status.job.isHidden, timeout=2000)


def test_tabs_show_the_open_pictures(opened: Opened) -> None:
    studio, tabs = opened.studio, opened.window.tabs
    assert tabs.count() == 0
    assert tabs.isVisible()  # its place is kept, so that the picture never moves under the first stroke
    first = studio.new_picture(64, 64)
    studio.new_picture(64, 64)
    opened.pump()
    assert tabs.count() == 2
    tabs.setCurrentIndex(0)
    assert studio.current is first
    QTest.mouseClick(
        tabs, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, tabs.tabRect(1).center()
    )
    opened.pump()
    assert studio.pictures == [first]
    assert tabs.count() == 1


def test_a_dropped_picture_is_opened(opened: Opened, tmp_path) -> None:
    path = tmp_path / "山水.png"
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(path))
    opened.window.dropping.open([str(path)])
    opened.pump()
    assert opened.studio.current is not None
    assert opened.studio.current.document.artwork.width == 20


def test_language_and_theme_change_while_it_is_open(opened: Opened) -> None:
    window = opened.window
    window.actions_.run("language")
    opened.pump()
    assert language.spoken() == "zh_CN"
    assert window.actions_.items["undo"].text() == "撤销"
    assert window.docks["layers"].windowTitle() == "图层"
    assert window.switch.buttons["paint"].text() == "绘画"
    window.window_actions.other_theme()
    assert theme.current().name == "light"
    assert opened.studio.settings.theme == "light"


def test_the_palette_does_what_it_found(opened: Opened) -> None:
    palette = CommandPalette(opened.window.actions_, opened.window)
    palette.show()
    palette.field.setText("pingse")
    assert palette.found()[0] == "judge"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    opened.pump()
    assert opened.window.canvas.judging


def test_before_hides_the_active_layer_while_held(opened: Opened) -> None:
    picture = opened.studio.new_picture(64, 64)
    canvas = opened.window.canvas
    QTest.keyPress(canvas, Qt.Key.Key_Backslash)
    assert picture.document.artwork is not picture.document.committed
    QTest.keyRelease(canvas, Qt.Key.Key_Backslash)
    assert picture.document.artwork is picture.document.committed
    assert not picture.document.can_undo


@pytest.mark.parametrize("workspace", list(WORKSPACES))
def test_everything_has_a_name(opened: Opened, workspace: str) -> None:
    opened.window.enter(workspace)
    opened.pump()
    assert nameless(opened.window) == []
    opened.studio.new_picture(64, 64)
    opened.pump()
    assert nameless(opened.window) == []


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_longer_words_fit_at_1280_by_650(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, spoken: str
) -> None:
    if spoken == "zh_CN":
        words = {
            context: {source: longer(text) for source, text in entries.items()}
            for context, entries in translation.catalogue("zh_CN").items()
        }
    else:
        words = {
            context: {source: longer(source) for source in entries}
            for context, entries in translation.catalogue("zh_CN").items()
        }
    monkeypatch.setattr(translation, "catalogue", lambda _language: words)
    one = Opened(qapp, Settings(language="zh_CN", workspace="generate"), empty_panel)
    one.window.resize(QSize(1280, 650))
    one.pump()
    assert clipped(one.window) == []
    one.studio.new_picture(64, 64)
    for workspace in WORKSPACES:
        one.window.enter(workspace)
        one.pump()
        assert clipped(one.window) == []
    one.close()


def test_a_larger_window_shows_more_of_the_training_pictures(opened: Opened) -> None:
    heights = []
    for height in (650, 1000):
        opened.window.resize(1600, height)
        opened.window.enter("train")
        opened.window.docks.arrange(WORKSPACES["train"])
        opened.pump()
        heights.append(opened.window.docks.docks["training-pictures"].height())
    assert heights[0] >= 200 and heights[1] >= 300


def test_tab_bars_that_qt_left_behind_are_out_of_reach(opened: Opened) -> None:
    for workspace in ("paint", "train", "generate", "paint", "generate"):
        opened.window.enter(workspace)
        opened.pump()
    shown = [bar for bar in opened.window.docks.tab_bars() if not bar.visibleRegion().isEmpty()]
    assert {bar.tabText(0) for bar in shown} == {"Generate", "Layers"}


def test_what_was_left_unsaved_waits_on_the_start_page(opened: Opened) -> None:
    picture = opened.studio.new_picture(64, 64)
    opened.studio.layers.add_paint()
    opened.pump()
    opened.studio.close(picture)
    opened.pump()
    cards = opened.window.start_page.cards
    assert [card.title for card in cards.recent.values()] == ["Untitled 1"]
    next(iter(cards.recent.values())).clicked.emit()
    opened.pump()
    assert opened.studio.current is not None
    assert opened.studio.current.title == "Untitled 1"
    assert opened.studio.current.document.can_undo


def test_recent_files_have_faces(qapp: QApplication, tmp_path) -> None:
    path = tmp_path / "红.png"
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path))
    one = Opened(qapp, Settings(recent=(str(path), str(tmp_path / "gone.jpg"))), empty_panel)
    one.pump()
    faces = {name: card.image for name, card in one.window.start_page.cards.recent.items()}
    assert faces[str(path)].pixelColor(36, 36).red() == 255
    assert faces[str(path)].width() == faces[str(path)].height()
    assert faces[str(tmp_path / "gone.jpg")].isNull()
    one.close()
