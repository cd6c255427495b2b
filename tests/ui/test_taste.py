"""The wall by taste: marks by mouse and keys, pictures that follow, what is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.ui.dialogs.taste import TasteDialog, liked_words
from studio.workspace.taste import COUNT, DISLIKE, LIKE, NOTHING
from tests.ui.benches import LEFT, NONE, Bench, steps

RIGHT, SHIFT = Qt.MouseButton.RightButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def dialog(bench: Bench) -> Iterator[TasteDialog]:
    bench.studio.new_picture(128, 128)
    bench.studio.generating.generate()
    bench.settle()
    dialog = TasteDialog(bench.studio)
    dialog.show()
    bench.settle()
    dialog.refresh()
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.reject()


def press(dialog: TasteDialog, index: int, button=LEFT, modifier=NONE) -> None:
    QTest.mouseClick(dialog.grid, button, modifier, dialog.grid.rect_of(index).center().toPoint())


def test_marks_by_mouse_and_keys(bench: Bench, dialog: TasteDialog) -> None:
    assert len(dialog.grid._images) == COUNT and not any(image.isNull() for image in dialog.grid._images)
    tasting = bench.studio.exploring.tasting
    press(dialog, 0)
    press(dialog, 1, RIGHT)
    press(dialog, 2, LEFT, SHIFT)
    QTest.keyClick(dialog.grid, Qt.Key.Key_9)
    assert tasting.marks == (LIKE, DISLIKE, DISLIKE, *[NOTHING] * 5, LIKE)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Left)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Space)
    assert tasting.marks[1] == LIKE and dialog.grid.accessibleDescription() == "3 liked, 1 not"
    QTest.keyClick(dialog.grid, Qt.Key.Key_Space, SHIFT)
    assert tasting.marks[1] == DISLIKE
    dialog.grab()


def test_enter_goes_on_and_back_comes_back(bench: Bench, dialog: TasteDialog) -> None:
    before, first = steps(bench), bench.studio.exploring.tasting.states
    assert not dialog.back.isEnabled() and "Wall 1" in dialog.progress.text()
    press(dialog, 0)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Return)
    bench.settle()
    assert len(steps(bench)) == len(before) + 1 and "Wall 2" in dialog.progress.text()
    assert bench.studio.exploring.tasting.states != first
    dialog.back.click()
    bench.settle()
    assert bench.studio.exploring.tasting.states == first
    assert bench.studio.exploring.tasting.marks[0] == LIKE


def test_a_double_click_keeps_that_picture(bench: Bench, dialog: TasteDialog) -> None:
    wanted = bench.studio.exploring.tasting.states[4]
    QTest.mouseDClick(dialog.grid, LEFT, NONE, dialog.grid.rect_of(4).center().toPoint())
    bench.settle()
    assert bench.variant().sliders == wanted.sliders


def test_it_says_what_is_liked_and_what_is_odd(bench: Bench, dialog: TasteDialog) -> None:
    assert liked_words(bench.studio) == "" and not dialog.problem.isVisible()
    tasting = bench.studio.exploring.tasting
    for _ in range(4):
        for index, state in enumerate(tasting.states):
            tasting.mark(index, LIKE if state.sliders.get("night", 0.0) < 0 else DISLIKE)
        dialog.next.click()
        bench.settle()
    assert "less Night" in dialog.progress.text()
    dialog.anew.click()
    assert "You like" not in dialog.progress.text()
    for index in range(COUNT):
        tasting.mark(index, DISLIKE)
    dialog.next.click()
    assert "from elsewhere" in dialog.problem.text() and dialog.problem.isVisible()


def test_another_layer_has_no_wall(bench: Bench, dialog: TasteDialog) -> None:
    bench.studio.layers.add_paint()
    bench.settle()
    dialog.refresh()
    assert not dialog.grid.isEnabled() and not dialog.next.isEnabled()
