"""What the window does for layers: the effects dialog, splitting, renaming, the clipboard, every action of the menu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from studio.document import edits
from studio.document.layer import Group
from studio.raster.geometry import Rect
from studio.settings import Settings
from studio.synthesis.fuse import FUSIONS
from studio.ui.dialogs.effects import EffectsDialog
from studio.ui.dialogs.fuse import FuseDialog
from studio.ui.dialogs.separate import SeparateDialog
from studio.ui.panels.layers import LayersPanel
from studio.ui.widgets.colour_row import ColourRow, WheelPopup
from studio.workspace.actions import layer as layer_actions
from tests.ui.windows import Opened, clipped, nameless

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    made = Opened(qapp, Settings(language="en"), None)
    made.studio.new_picture(96, 64)
    made.studio.layers.add_paint()
    made.pump()
    yield made
    made.close()


def test_effects_are_edited_from_the_menu(opened: Opened) -> None:
    opened.window.actions_.run("effects")
    opened.pump()
    dialog = opened.window.findChild(EffectsDialog)
    assert isinstance(dialog, EffectsDialog)
    assert not nameless(dialog) and not clipped(dialog)
    number = next(number for number, row in enumerate(dialog.rows) if row.text() == "Outer glow")
    QTest.mouseClick(dialog.rows[number], LEFT, NONE, QPoint(100, 16))
    assert dialog.form is not None and "spread" in dialog.form.rows
    QTest.keyClick(dialog.rows[number], Qt.Key.Key_Space)
    assert opened.studio.layers.active is not None
    assert [one.name for one in opened.studio.layers.active.effects] == ["outer-glow"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    opened.pump()
    assert not opened.studio.layers.active.effects


def test_a_colour_is_chosen_on_the_wheel_or_typed(opened: Opened) -> None:
    dialog = EffectsDialog(opened.studio, (opened.studio.layers.active.id,), opened.window)  # type: ignore[union-attr]
    dialog.show()
    assert dialog.form is not None
    row = dialog.form.rows["colour"]
    assert isinstance(row, ColourRow)
    row.field.setText("#ff8000")
    row.field.editingFinished.emit()
    assert dialog.form.values().colour == (1.0, 128 / 255, 0.0)
    popup = row.open_wheel()
    assert isinstance(popup, WheelPopup)
    QTest.keyClick(popup.ring, Qt.Key.Key_Left)
    assert dialog.form.values().colour != (1.0, 128 / 255, 0.0)
    assert row.field.text() != "#FF8000"
    popup.close()
    dialog.reject()
    opened.pump()


def test_splitting_asks_for_the_radius(opened: Opened) -> None:
    opened.window.actions_.run("separate")
    opened.pump()
    dialog = opened.window.findChild(SeparateDialog)
    assert isinstance(dialog, SeparateDialog) and not clipped(dialog)
    dialog.split()
    opened.pump()
    assert opened.studio.current is not None
    artwork = opened.studio.current.document.committed
    assert isinstance(artwork.layers[1], Group)
    assert [child.name for child in artwork.layers[1].children] == ["Colour", "Detail"]


def test_blending_asks_how(opened: Opened) -> None:
    opened.studio.layers.add_paint()
    opened.studio.layers.add_paint()
    picture = opened.studio.current
    assert picture is not None
    now = picture.document.committed
    chosen = tuple(layer.id for layer in now.layers[-2:])
    picture.document.commit("chosen", now.with_(selected=chosen, active=chosen[-1]))
    opened.window.actions_.run("fuse")
    opened.pump()
    dialog = opened.window.findChild(FuseDialog)
    assert isinstance(dialog, FuseDialog) and not clipped(dialog)
    for name in FUSIONS:
        dialog.show_method(name)
        assert not clipped(dialog)
        assert [one for one, form in dialog.forms.items() if form.isVisible()] == [name] * (
            name in dialog.forms
        )
        lacking = bool(FUSIONS[name].engine) and opened.studio.engine is None
        assert dialog.verb.isEnabled() is not lacking and dialog.missing.isVisible() is lacking
    dialog.show_method("median")
    dialog.fuse()
    opened.pump()
    assert picture.document.committed.layers[-1].name == "Median of the stack"


def test_renaming_opens_the_field_in_the_list(opened: Opened) -> None:
    opened.window.actions_.run("rename-layer")
    panel = opened.window.docks["layers"].panel
    assert isinstance(panel, LayersPanel)
    editor = panel.view.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit) and editor.text() == "Layer 1"
    editor.setText("ink")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    opened.pump()
    assert opened.studio.layers.active is not None and opened.studio.layers.active.name == "ink"


def test_what_is_seen_in_the_selection_lies_on_the_clipboard(opened: Opened) -> None:
    assert opened.studio.current is not None
    document = opened.studio.current.document
    box = edits.rectangle_selection(Rect(10, 10, 40, 30))
    document.commit("Select", edits.set_selection(document.committed, box))
    opened.window.actions_.run("copy-merged")
    opened.pump()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (30, 20)
    assert image.pixelColor(5, 5).getRgb() == (255, 255, 255, 255)


@pytest.mark.parametrize("action", [one.id for one in layer_actions.ACTIONS if not one.ui])
def test_every_action_of_the_menu_can_be_pressed_and_undone(opened: Opened, action: str) -> None:
    """On a picture with a mask, an effect and a selection, then undone to where it was."""
    assert opened.studio.current is not None
    opened.studio.masking.add()
    opened.studio.effects.add("stroke")
    document = opened.studio.current.document
    box = edits.rectangle_selection(Rect(10, 10, 40, 30))
    document.commit("Select", edits.set_selection(document.committed, box))
    before, cursor = document.committed.layers, document.cursor
    opened.window.actions_.run(action)
    opened.pump()
    assert document.cursor <= cursor + 1
    while document.cursor > cursor:
        opened.studio.undo()
        opened.pump()
    assert document.committed.layers == before
