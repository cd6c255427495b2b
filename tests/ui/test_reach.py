"""What panels and right clicks offer is reached by name too: the palette finds it, a menu lists it, it does the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from studio.document import edits
from studio.document.layer import Group
from studio.settings import Settings
from studio.ui.arrangement import PANEL_TITLES
from studio.ui.canvas.surround import surround_menu, surrounds
from studio.ui.dialogs.layer_names import LayerNamesDialog
from studio.ui.dialogs.surround import SurroundDialog
from studio.ui.palette import CommandPalette, names_of, rank
from studio.ui.panels import layer_menus
from studio.ui.panels.colour import ColourPanel
from studio.ui.panels.layers import LayersPanel
from studio.ui.panels.reference import ReferencePanel
from studio.workspace.layers import NO_ALPHA_TO_LOCK
from tests.ui.windows import Opened

ACTION_OF = {name: f"panel-{name}" for name in PANEL_TITLES} | {
    "navigator": "navigator",
    "second-view": "second-view",
}


FOUND = (
    ("gy", "stamp-visible"),
    ("gyt", "stamp-visible"),
    ("盖印", "stamp-visible"),
    ("参考图", "panel-reference"),
    ("ckt", "panel-reference"),
    ("reference board", "panel-reference"),
    ("直方图", "panel-histogram"),
    ("zft", "panel-histogram"),
    ("histogram", "panel-histogram"),
    ("pureref", "panel-reference"),
    ("brushes", "panel-brushes"),
    ("swatches", "panel-palettes"),
    ("图层面板", "panel-layers"),
    ("load palette", "palette-load"),
    ("载入色板", "palette-load"),
    ("save palette", "palette-save"),
    ("find layers", "find-layers"),
    ("查找图层", "find-layers"),
    ("mid grey", "surround-middle"),
    ("画布背景", "surround-theme"),
    ("两点透视", "assistant-perspective-2"),
    ("同心圆", "assistant-concentric"),
    ("ruler", "rulers"),
    ("straight ruler", "assistant-ruler"),
    ("200 %", "zoom-2"),
    ("harmony", "harmony"),
    ("互补色", "harmony"),
    ("keys as in krita", "keys-krita"),
    ("批量重命名", "rename-layers"),
    ("batch rename", "rename-layers"),
    ("上一个图层", "layer-switch"),
    ("添加参考图", "reference-add"),
)
"""What is typed into the palette, and what must stand first."""


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), None)
    one.studio.new_picture(64, 48)
    one.pump()
    yield one
    one.close()


def run(opened: Opened, action_id: str) -> None:
    opened.window.actions_.run(action_id)
    opened.pump()


def test_each_panel_is_shown_and_closed_by_its_action(opened: Opened) -> None:
    actions, docks = opened.window.actions_, opened.window.docks
    listed = opened.window.menu_line.menu("Window/Panels").actions()
    titles = {docks[name].windowTitle() for name in PANEL_TITLES}
    assert {item.text().partition("\t")[0] for item in listed} == titles and len(listed) == len(titles)
    for name in PANEL_TITLES:
        item = actions.items[ACTION_OF[name]]
        assert item.isCheckable() and item in listed
        docks[name].close()
        opened.pump()
        run(opened, ACTION_OF[name])
        assert docks.is_seen(name) and item.isChecked(), name
        run(opened, ACTION_OF[name])
        assert docks[name].isHidden() and not item.isChecked(), name


def test_a_panel_behind_another_tab_comes_to_the_front(opened: Opened) -> None:
    docks = opened.window.docks
    assert not docks["history"].isHidden() and not docks.is_seen("history")
    run(opened, "panel-history")
    assert docks.is_seen("history") and not docks["layers"].isHidden()


def test_the_palette_finds_it(opened: Opened) -> None:
    names = names_of(opened.window.actions_)
    assert [(query, rank(query, names)[:1]) for query, _ in FOUND] == [
        (query, [first]) for query, first in FOUND
    ]


def test_the_words_of_panel_actions_are_those_of_the_panels() -> None:
    from studio import translation

    for name, title in PANEL_TITLES.items():
        action_words = translation.translate("zh_CN", "actions", title)
        assert action_words == translation.translate("zh_CN", "panels", title) != title, name


def test_zoom_by_name(opened: Opened) -> None:
    for action_id, zoom in (("zoom-2", 2.0), ("zoom-4", 4.0), ("zoom-8", 8.0), ("zoom-one", 1.0)):
        run(opened, action_id)
        assert opened.window.canvas.viewport.zoom == zoom


def test_the_surround_is_chosen_by_name_and_nothing_waits_for_a_colour(opened: Opened) -> None:
    canvas, actions = opened.window.canvas, opened.window.actions_
    run(opened, "surround-light")
    assert canvas.surround() == surrounds()["light"] and actions.is_on("surround-light")
    assert not actions.is_on("surround-theme")
    menu = surround_menu(canvas, opened.studio.settings.surround, canvas.surround(), canvas.choose_surround)
    menu.actions()[-1].trigger()
    (asked,) = opened.window.findChildren(SurroundDialog)
    assert asked.isVisible() and asked.row.field.text().lower() == canvas.surround().lower()
    asked.row.field.setText("#010203")
    asked.row.field.editingFinished.emit()
    assert canvas.surround() == QColor.fromRgb(1, 2, 3).name(), "seen at once"
    asked.accept()
    menu.deleteLater()
    opened.pump()
    run(opened, "surround-other")
    asked = opened.window.findChildren(SurroundDialog)[-1]
    asked.ring.released.emit((1.0, 0.0, 0.0))
    assert canvas.surround() == QColor.fromRgb(255, 0, 0).name()
    asked.reject()
    opened.pump()
    assert canvas.surround() == QColor.fromRgb(1, 2, 3).name()


def test_pages_boards_and_finders_are_opened_by_name(opened: Opened) -> None:
    docks = opened.window.docks
    run(opened, "harmony")
    panel = docks["colour"].panel
    assert isinstance(panel, ColourPanel) and panel.harmonies.isVisible()
    run(opened, "colour-wheel")
    assert panel.wheel.ring.isVisible() and not panel.harmonies.isVisible()
    run(opened, "find-layers")
    layers = docks["layers"].panel
    assert isinstance(layers, LayersPanel) and layers.finder.isVisible()
    assert opened.window.focusWidget() is layers.search
    run(opened, "find-layers")
    assert layers.finder.isVisible(), "the same again goes on looking"
    run(opened, "reference-fit")
    assert isinstance(docks["reference"].panel, ReferencePanel) and docks.is_seen("reference")


def test_files_are_asked_for_by_name(opened: Opened) -> None:
    for action_id in ("palette-load", "palette-save", "reference-add"):
        run(opened, action_id)
        dialog = opened.window.findChildren(QFileDialog)[-1]
        assert dialog.isVisible(), action_id
        dialog.reject()
        opened.pump()


def test_shortcut_sets_and_assistants_are_chosen_by_name(opened: Opened) -> None:
    actions, painting = opened.window.actions_, opened.studio.painting
    run(opened, "keys-krita")
    assert opened.studio.settings.shortcut_set == "krita" and actions.items["keys-krita"].isChecked()
    assert actions.keys("brush-erases") == ("E",)
    run(opened, "keys-danqing")
    run(opened, "assistant-concentric")
    assert painting.tool == "assistants" and painting.options("assistants").kind == "concentric"
    assert actions.is_on("assistant-concentric") and not actions.is_on("assistant-ruler")


def test_several_layers_are_named_at_once(opened: Opened) -> None:
    studio = opened.studio
    for _ in range(2):
        studio.layers.add_paint()
    picture = studio.current
    assert picture is not None
    everything = tuple(layer.id for layer in picture.document.artwork.walk())
    studio.layers.choose_several(everything, everything[-1])
    run(opened, "rename-layers")
    (dialog,) = opened.window.findChildren(LayerNamesDialog)
    dialog.name.field.setText("Tree ##")
    assert dialog.shown.text() == "Tree 01, Tree 02, Tree 03"
    dialog.verb.click()
    opened.pump()
    assert [layer.name for layer in picture.document.artwork.walk()] == ["Tree 03", "Tree 02", "Tree 01"]
    studio.undo()
    assert picture.document.artwork.layers[0].name == "Paper"


def test_why_alpha_cannot_be_locked_is_said(opened: Opened) -> None:
    studio, actions = opened.studio, opened.window.actions_
    picture = studio.current
    assert picture is not None
    studio.layers.add_group()
    assert isinstance(studio.layers.active, Group)
    steps = len(picture.document.history)
    reason = QCoreApplication.translate("notices", NO_ALPHA_TO_LOCK)
    assert not actions.run("lock-alpha") and len(picture.document.history) == steps
    assert [card.sentence.text() for card in opened.window.notices.cards] == [reason]
    assert actions.why_not("lock-alpha") == reason and actions.why_not("lock-all") == ""
    palette = CommandPalette(actions, opened.window)
    palette.field.setText("lock alpha")
    assert palette.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == reason
    palette.close()
    menu = layer_menus.lock_menu(opened.window, studio)
    assert [item.isEnabled() for item in menu.actions()] == [True, False, True]
    assert menu.actions()[1].toolTip() == reason
    menu.deleteLater()
    line = opened.window.menu_line.menu("Layer/Lock and label")
    line.aboutToShow.emit()
    assert actions.items["lock-alpha"].toolTip() == reason and not actions.items["lock-alpha"].isEnabled()
    line.aboutToHide.emit()
    assert actions.items["lock-alpha"].toolTip() == actions.tip("lock-alpha")
    studio.layers.add_paint()
    assert actions.run("lock-alpha") and studio.layers.active.locks.alpha


def test_quick_switch_of_two_layers_by_one_key(opened: Opened) -> None:
    studio = opened.studio
    studio.layers.add_paint()
    opened.pump()
    over = studio.layers.active.id
    opened.window.activateWindow()
    opened.pump()
    opened.window.canvas.setFocus()
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_QuoteLeft)
    assert studio.layers.active.name == "Paper"
    QTest.keyClick(opened.window.canvas, Qt.Key.Key_QuoteLeft)
    assert studio.layers.active.id == over
    picture = studio.current
    picture.document.commit(
        "Delete", edits.remove_layer(picture.document.artwork, picture.document.artwork.layers[0].id)
    )
    assert studio.layers.before == ""
