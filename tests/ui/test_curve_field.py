"""A curve among the rows of a form: folding, numbers, mouse and keyboard, both themes, and the form around it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.filters.curves import Curves
from studio.raster.dynamics import STRAIGHT, curve_values
from studio.ui import theme
from studio.ui.widgets.curve_field import CurveField
from studio.ui.widgets.form import ParameterForm

LEFT = Qt.MouseButton.LeftButton
BENT = ((0.0, 0.0), (0.4, 0.6), (1.0, 1.0))


@pytest.fixture
def field(qtbot: QtBot) -> CurveField:
    made = CurveField(opened=True)
    qtbot.addWidget(made)
    made.resize(260, 300)
    made.show()
    made.set_title("Red")
    return made


def test_a_curve_that_changes_nothing_is_folded_until_asked_for(qtbot: QtBot) -> None:
    made = CurveField()
    qtbot.addWidget(made)
    made.show()
    assert not made.editor.isVisible()
    qtbot.mouseClick(made.fold, LEFT)
    assert made.editor.isVisible() and made.across.isVisible()
    bent = CurveField(BENT)
    qtbot.addWidget(bent)
    bent.show()
    assert bent.editor.isVisible()


def test_a_point_is_set_by_mouse_numbers_and_keys(qtbot: QtBot, field: CurveField) -> None:
    with qtbot.waitSignals([field.changed, field.released]):
        qtbot.mouseClick(field.editor, LEFT, pos=field.editor.place_of((0.5, 0.7)).toPoint())
    assert field.points()[1] == pytest.approx((0.5, 0.7), abs=0.02)
    assert field.up.value() == pytest.approx(field.points()[1][1], abs=1e-3)
    with qtbot.waitSignal(field.changed):
        field.up.value_changed.emit(field.up.value())
    field.up.set_value(0.25)
    with qtbot.waitSignal(field.released):
        field.up.released.emit(0.25)
    assert field.points()[1][1] == pytest.approx(0.25)
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_PageUp)
    assert (field.across.value(), field.up.value()) == (1.0, 1.0)
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert field.points()[2] == pytest.approx((1.0, 0.99))


def test_a_number_goes_no_further_than_the_neighbours(qtbot: QtBot, field: CurveField) -> None:
    field.set_points(BENT)
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_PageUp)
    field.across.set_value(1.0)
    field.across.released.emit(1.0)
    assert [x for x, _ in field.points()] == sorted({x for x, _ in field.points()})
    assert field.across.value() == pytest.approx(field.points()[1][0], abs=1e-3)


def test_it_is_made_straight_again(qtbot: QtBot, field: CurveField) -> None:
    assert not field.reset.isEnabled()
    field.set_points(BENT)
    assert field.reset.isEnabled()
    with qtbot.waitSignals([field.changed, field.released]):
        qtbot.mouseClick(field.reset, LEFT)
    assert field.points() == STRAIGHT


def test_everything_in_it_has_a_name_and_takes_the_keyboard(field: CurveField) -> None:
    for widget in (field.fold, field.editor, field.reset):
        assert "Red" in widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_it_is_drawn_in_both_themes(qapp: QApplication, field: CurveField) -> None:
    pictures = []
    try:
        for name in ("dark", "light"):
            theme.wear(qapp, name)
            pictures.append(field.grab().toImage())
    finally:
        theme.wear(qapp, "dark")
    assert pictures[0] != pictures[1]


def test_the_form_of_curves(qtbot: QtBot) -> None:
    form = ParameterForm(Curves())
    qtbot.addWidget(form)
    form.resize(280, 700)
    form.show()
    curve, red = form.rows["curve"], form.rows["red"]
    assert isinstance(curve, CurveField) and isinstance(red, CurveField)
    assert curve.editor.isVisible() and not red.editor.isVisible()
    with qtbot.waitSignals([form.changed, form.released]):
        qtbot.mouseClick(curve.editor, LEFT, pos=curve.editor.place_of((0.25, 0.5)).toPoint())
    assert len(form.values().curve) == 3
    form.set_values(Curves(red=BENT))
    assert red.points() == BENT and curve.points() == STRAIGHT


def test_a_curve_is_drawn_freehand_as_one_step(qtbot: QtBot, field: CurveField) -> None:
    steps: list[tuple] = []
    field.released.connect(steps.append)
    qtbot.mouseClick(field.draw, LEFT)
    editor = field.editor
    wave = [(x / 50, 0.5 + 0.35 * math.sin(x / 50 * 5)) for x in range(51)]
    qtbot.mousePress(editor, LEFT, pos=editor.place_of(wave[0]).toPoint())
    for point in wave[1:]:
        qtbot.mouseMove(editor, editor.place_of(point).toPoint())
    assert not steps
    qtbot.mouseRelease(editor, LEFT, pos=editor.place_of(wave[-1]).toPoint())
    assert steps == [field.points()]
    assert 4 <= len(field.points()) <= 16
    x, y = np.array(wave).T
    assert np.abs(curve_values(field.points(), x) - y).max() < 0.03
    # backwards over a part: only that becomes another
    qtbot.mousePress(editor, LEFT, pos=editor.place_of((0.5, 0.1)).toPoint())
    qtbot.mouseMove(editor, editor.place_of((0.2, 0.1)).toPoint())
    qtbot.mouseRelease(editor, LEFT, pos=editor.place_of((0.2, 0.1)).toPoint())
    assert np.abs(curve_values(field.points(), np.linspace(0.25, 0.45, 9)) - 0.1).max() < 0.03
    assert np.abs(curve_values(field.points(), x[35:]) - y[35:]).max() < 0.05
    # off again, a press is one point
    qtbot.mouseClick(field.draw, LEFT)
    before = field.points()
    qtbot.mouseClick(editor, LEFT, pos=editor.place_of(before[3]).toPoint())
    assert len(field.points()) == len(before)
    assert len(steps) == 3
