"""The wall of nine: a grid to click, keys, a walk that ends with the dialog."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.ui.dialogs.wall import WallDialog
from studio.workspace.wandering import CENTRE
from tests.ui.benches import LEFT, NONE, Bench, steps


@pytest.fixture
def dialog(bench: Bench) -> Iterator[WallDialog]:
    bench.studio.new_picture(128, 128)
    bench.studio.generating.generate()
    bench.settle()
    dialog = WallDialog(bench.studio)
    dialog.show()
    bench.settle()
    dialog.refresh()
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.reject()


def test_nine_pictures_of_which_a_click_chooses(bench: Bench, dialog: WallDialog) -> None:
    assert len(dialog.grid._images) == 9 and not any(image.isNull() for image in dialog.grid._images)
    before, wanted = steps(bench), bench.studio.exploring.wall.states[6]
    QTest.mouseMove(dialog.grid, dialog.grid.rect_of(6).center().toPoint())
    dialog.grab()
    QTest.mouseClick(dialog.grid, LEFT, NONE, dialog.grid.rect_of(6).center().toPoint())
    bench.settle()
    assert bench.variant().parts == wanted.parts and len(steps(bench)) == len(before) + 1
    assert bench.studio.exploring.wall.states[CENTRE].parts == wanted.parts


def test_keys_choose_too(bench: Bench, dialog: WallDialog) -> None:
    wall = bench.studio.exploring.wall
    wanted = wall.states[CENTRE - 1]
    QTest.keyClick(dialog.grid, Qt.Key.Key_Left)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Return)
    bench.settle()
    assert bench.variant().parts == wanted.parts
    wanted = wall.states[8]
    QTest.keyClick(dialog.grid, Qt.Key.Key_9)
    bench.settle()
    assert bench.variant().parts == wanted.parts
    others = wall.states
    dialog.others.click()
    assert wall.states[0] != others[0]


def test_a_walk_ends_with_the_dialog(bench: Bench, dialog: WallDialog) -> None:
    before = steps(bench)
    dialog.walk.click()
    assert dialog._timer.isActive() and dialog.walk.text() == "Stay here" and not dialog.grid.isEnabled()
    bench.studio.exploring.wall.step()
    bench.settle()
    dialog.reject()
    bench.settle()
    assert not bench.studio.exploring.wall.walking and len(steps(bench)) == len(before) + 1


def test_another_layer_has_no_wall(bench: Bench, dialog: WallDialog) -> None:
    bench.studio.layers.add_paint()
    bench.settle()
    dialog.refresh()
    assert not dialog.grid.isEnabled() and not dialog.walk.isEnabled()
