"""The bar of a gradient's stops under mouse and keyboard, and the dialog of a fill layer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.ui.widgets.gradient_bar import EDGE, GradientBar, GradientField
from studio.workspace.gradient_presets import PRESETS

STOPS = ((0.0, 0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot) -> GradientBar:
    made = GradientBar(STOPS)
    qtbot.addWidget(made)
    made.resize(200 + 2 * EDGE, 28)
    made.show()
    return made


def place(bar: GradientBar, offset: float, y: int = 20) -> QPoint:
    return QPoint(round(EDGE + offset * 200), y)


def test_a_press_beside_the_stops_adds_one_of_the_colour_there(qtbot: QtBot, bar: GradientBar) -> None:
    with qtbot.waitSignals([bar.changed, bar.released]):
        qtbot.mouseClick(bar, LEFT, pos=place(bar, 0.5))
    assert len(bar.stops) == 3 and bar.index == 2
    assert bar.stops[2][:2] == pytest.approx((0.5, 0.5), abs=0.01)


def test_a_stop_is_dragged_and_pulled_away(qtbot: QtBot, bar: GradientBar) -> None:
    qtbot.mouseClick(bar, LEFT, pos=place(bar, 0.5))
    qtbot.mousePress(bar, LEFT, pos=place(bar, 0.5))
    qtbot.mouseMove(bar, place(bar, 0.25))
    qtbot.mouseRelease(bar, LEFT, pos=place(bar, 0.25))
    assert bar.stops[2][0] == pytest.approx(0.25, abs=0.01)
    qtbot.mousePress(bar, LEFT, pos=place(bar, 0.25))
    qtbot.mouseMove(bar, place(bar, 0.25, 90))
    qtbot.mouseRelease(bar, LEFT, pos=place(bar, 0.25, 90))
    assert bar.stops == STOPS


def test_the_keyboard_moves_chooses_and_drops(qtbot: QtBot, bar: GradientBar) -> None:
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert bar.stops[0][0] == pytest.approx(0.01)
    qtbot.keyClick(bar, Qt.Key.Key_Up)
    assert bar.index == 1
    qtbot.keyClick(bar, Qt.Key.Key_Delete)
    assert len(bar.stops) == 1
    qtbot.keyClick(bar, Qt.Key.Key_Delete)
    assert len(bar.stops) == 1


def test_the_field_turns_round_colours_and_thins(qtbot: QtBot) -> None:
    field = GradientField(STOPS, wide=True)
    qtbot.addWidget(field)
    field.show()
    qtbot.mouseClick(field.turn, LEFT)
    assert [stop[1] for stop in sorted(field.stops)] == [1.0, 0.0]
    popup = field.open_wheel()
    popup.ring.changed.emit((1.0, 0.0, 0.0))
    popup.close()
    assert any(stop[1:4] == (1.0, 0.0, 0.0) for stop in field.stops)
    field.alpha.value_changed.emit(0.5)
    assert any(stop[4] == 0.5 for stop in field.stops)


def test_a_ready_made_gradient_is_taken(qtbot: QtBot) -> None:
    field = GradientField(STOPS)
    qtbot.addWidget(field)
    field.show()
    popup = field.open_presets()
    assert [button.text() for button in popup.buttons] == [preset.title for preset in PRESETS]
    with qtbot.waitSignal(field.released):
        qtbot.mouseClick(popup.buttons[3], LEFT)
    assert field.stops == PRESETS[3].stops
