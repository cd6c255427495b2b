"""The dialog in which a slider is taught by examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.messages.requests import LearnDirection
from studio.ui.dialogs.examples import ExamplesDialog
from tests.ui.benches import LEFT, NONE, Bench


@pytest.fixture
def dialog(bench: Bench) -> Iterator[ExamplesDialog]:
    """Of eight variations, the second starred, the last dropped."""
    bench.studio.new_picture(128, 128)
    bench.studio.generating.set_values(count=8)
    bench.studio.generating.generate()
    bench.settle()
    bench.studio.generating.star(1)
    bench.studio.generating.drop(7)
    dialog = ExamplesDialog(bench.studio)
    dialog.show()
    bench.settle()
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.reject()


def test_stars_are_wanted_and_dropped_ones_are_not(bench: Bench, dialog: ExamplesDialog) -> None:
    assert dialog.grid.votes == ["", "yes", "", "", "", "", "", "no"]
    assert not any(image.isNull() for image in dialog.grid.images)
    assert "1 wanted, 1 not" in dialog.counted.text() and not dialog.verb.isEnabled()


def test_clicks_and_keys_vote_and_a_slider_is_asked_for(bench: Bench, dialog: ExamplesDialog) -> None:
    grid = dialog.grid
    for index in (0, 2):
        QTest.mouseClick(grid, LEFT, NONE, grid.rect_of(index).center().toPoint())
    grid.setFocus()
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_N,
        Qt.Key.Key_Right,
        Qt.Key.Key_N,
        Qt.Key.Key_Right,
        Qt.Key.Key_Space,
    ):
        QTest.keyClick(grid, key)
    assert grid.votes == ["yes", "yes", "yes", "no", "no", "yes", "", "no"]
    dialog.grab()
    assert not dialog.verb.isEnabled(), "it has no name yet"
    dialog.english.field.setText("Calm")
    assert dialog.verb.isEnabled()
    dialog.verb.click()
    bench.settle()
    (asked,) = [one for one in bench.engine.requests if isinstance(one, LearnDirection)]
    assert (len(asked.yes), len(asked.no)) == (4, 3)


def test_a_third_click_takes_it_back(dialog: ExamplesDialog) -> None:
    grid = dialog.grid
    for vote in ("yes", "no", ""):
        QTest.mouseClick(grid, LEFT, NONE, grid.rect_of(0).center().toPoint())
        assert grid.votes[0] == vote
