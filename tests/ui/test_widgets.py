"""The widgets under mouse, wheel and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.recipe import declare
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton, PrimaryButton
from studio.ui.widgets.colour_wheel import ColourWheel, from_hexadecimal, hexadecimal
from studio.ui.widgets.form import ParameterForm, choice_words
from studio.ui.widgets.picture_strip import PictureStrip, Thumb, image_of
from studio.ui.widgets.rows import ChoiceRow, SeedRow, SwitchRow
from studio.ui.widgets.value_slider import ValueSlider

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(qtbot) -> Iterator:
    """Shows a widget at a size and closes it after the test."""
    widgets: list[QWidget] = []

    def show(widget: QWidget, width: int = 300, height: int = 28) -> QWidget:
        widget.resize(width, height)
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        widgets.append(widget)
        return widget

    yield show
    for widget in widgets:
        widget.close()
        widget.deleteLater()


def drag(slider: ValueSlider, start: float, end: float, modifiers: Qt.KeyboardModifier = NONE) -> None:
    y = slider.height() // 2
    QTest.mousePress(slider, LEFT, NONE, QPoint(round(start), y))
    event_place = QPoint(round(end), y)
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(event_place), QPointF(event_place), LEFT, LEFT, modifiers
    )
    QApplication.sendEvent(slider, move)
    QTest.mouseRelease(slider, LEFT, modifiers, event_place)


def test_a_drag_is_live_and_released_once(shown) -> None:
    slider = shown(ValueSlider("Mist", -3, 3, 0))
    values, ends = [], []
    slider.value_changed.connect(values.append)
    slider.released.connect(ends.append)
    middle = slider.track().center().x()
    drag(slider, middle, slider.track().right())
    assert values[-1] == 3
    assert ends == [3]


def test_shift_is_ten_times_finer_and_ctrl_keeps_whole_steps(shown) -> None:
    slider = shown(ValueSlider("Mist", -3, 3, 0))
    middle, width = slider.track().center().x(), slider.track().width()
    drag(slider, middle, middle + width / 2, Qt.KeyboardModifier.ShiftModifier)
    assert slider.value() == pytest.approx(0.3, abs=0.03)
    slider.set_value(0.0)
    drag(slider, middle, middle + width * 0.2, Qt.KeyboardModifier.ControlModifier)
    assert slider.value() == 1.0


def test_a_signed_slider_snaps_softly_to_zero(shown) -> None:
    slider = shown(ValueSlider("Mist", -3, 3, 1.0))
    drag(slider, slider._place(1.0), slider._place(0.0) + 4)
    assert slider.value() == 0


def test_a_click_on_the_name_resets(shown) -> None:
    slider = shown(ValueSlider("Mist", -3, 3, 2.0, default=0.5))
    ends = []
    slider.released.connect(ends.append)
    QTest.mouseClick(slider, LEFT, NONE, QPoint(20, 14))
    assert slider.value() == 0.5
    assert ends == [0.5]


def test_a_double_click_types_the_value(shown) -> None:
    slider = shown(ValueSlider("Sigma", 0, 1, 0.1, factor=100, unit="%", decimals=0))
    QTest.mouseDClick(slider, LEFT, NONE, slider.value_rect().center().toPoint())
    assert slider._editor is not None
    slider._editor.setText("３５ %")
    QTest.keyClick(slider._editor, Qt.Key.Key_Return)
    assert slider.value() == pytest.approx(0.35)
    assert slider._editor is None


def test_esc_leaves_the_typed_value(shown) -> None:
    slider = shown(ValueSlider("Sigma", 0, 1, 0.1))
    slider.type_value("0.9")
    QTest.keyClick(slider._editor, Qt.Key.Key_Escape)
    assert slider.value() == 0.1


def wheel(slider: QWidget, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    event = QWheelEvent(
        QPointF(150, 14), QPointF(150, 14), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(slider, event)
    return event.isAccepted()


def test_the_wheel_scrolls_the_panel_unless_focus_or_ctrl(shown) -> None:
    parent = QWidget()
    slider, other = ValueSlider("Mist", -3, 3, 0, parent=parent), ValueSlider("Fog", -3, 3, 0, parent=parent)
    shown(parent, 300, 80)
    other.setFocus()
    assert not wheel(slider)
    assert slider.value() == 0
    assert wheel(slider, Qt.KeyboardModifier.ControlModifier)
    assert slider.value() > 0


def test_keys_step_and_a_run_of_keys_ends_once(shown, qtbot) -> None:
    slider = shown(ValueSlider("Mist", -3, 3, 0, step=0.1))
    ends = []
    slider.released.connect(ends.append)
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == pytest.approx(0.3)
    assert not ends
    qtbot.waitUntil(lambda: len(ends) == 1, timeout=5000)
    QTest.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert slider.value() == pytest.approx(1.3)
    qtbot.waitUntil(lambda: len(ends) == 2, timeout=5000)


def test_numbers_have_a_true_minus_and_a_plain_zero(qapp) -> None:
    assert paint.number(-0.9, 1, signed=True) == "\N{MINUS SIGN}0.9"
    assert paint.number(1.8, 1, signed=True) == "+1.8"
    assert paint.number(-0.01, 1, signed=True) == "0"
    assert paint.number(42, 0, unit="px") == "42 px"
    assert paint.parsed("\N{MINUS SIGN}0.9") == -0.9
    assert paint.parsed("＋１．５") == 1.5
    assert paint.parsed("42 px") == 42
    assert paint.parsed("px") is None


def test_set_value_tells_nobody(shown) -> None:
    slider = shown(ValueSlider("Mist", -3, 3, 0))
    heard = []
    slider.value_changed.connect(heard.append)
    slider.set_value(1.5)
    assert slider.value() == 1.5
    assert slider.accessibleDescription() == "+1.5"
    assert not heard


class Parameters(msgspec.Struct, frozen=True):
    sigma: Annotated[float, declare("Sigma", low=0.0, high=1.0, soft_high=0.5)] = 0.1
    count: Annotated[int, declare("Count", low=1, high=16)] = 4
    mode: Annotated[Literal["shared", "per-channel"], msgspec.Meta(title="Channels")] = "shared"
    seed: Annotated[int, declare("Seed", seed=True, low=0)] = 7
    on: Annotated[bool, msgspec.Meta(title="Monochrome")] = True


def test_a_form_follows_the_declaration(shown) -> None:
    form = shown(ParameterForm(Parameters()), 300, 160)
    assert list(form.rows) == ["sigma", "count", "mode", "seed", "on"]
    live, ends = [], []
    form.changed.connect(live.append)
    form.released.connect(ends.append)
    form.rows["sigma"].take(0.75, finished=True)
    form.rows["count"].take(5.0, finished=True)
    assert ends[-1] == Parameters(sigma=0.75, count=5)
    assert isinstance(ends[-1].count, int)
    form.rows["on"].click()
    assert live[-1].on is False
    form.set_values(Parameters(sigma=0.2, mode="per-channel"))
    assert form.rows["sigma"].value() == 0.2
    assert form.rows["mode"].value() == "per-channel"
    assert form.rows["on"].isChecked()
    assert len(live) == 3


class Even(msgspec.Struct, frozen=True):
    words: Annotated[str, declare("Words")] = "ab"

    def __post_init__(self) -> None:
        if len(self.words) % 2:
            raise ValueError("an even number of letters")


def test_a_form_goes_back_from_what_its_struct_refuses_and_says_why(shown) -> None:
    form = shown(ParameterForm(Even()), 300, 40)
    live = []
    form.changed.connect(live.append)
    row = form.rows["words"]
    row.field.setText("abc")
    row.field.editingFinished.emit()
    assert row.field.text() == "ab"
    assert row.toolTip() == "an even number of letters"
    assert not live
    row.field.setText("abcd")
    row.field.editingFinished.emit()
    assert live == [Even(words="abcd")]
    assert row.toolTip() == ""


def test_the_seed_row(shown) -> None:
    row = shown(SeedRow("Seed", 20417))
    seeds, locks = [], []
    row.seed_changed.connect(seeds.append)
    row.lock_changed.connect(locks.append)
    row.field.setText("4294967295")
    row.field.editingFinished.emit()
    assert seeds == [4294967295]
    row.field.setText("nonsense")
    row.field.editingFinished.emit()
    assert row.field.text() == "4294967295"
    row.lock.click()
    assert locks == [True]
    row.set_locked(False)
    assert locks == [True]
    row.dice.click()
    assert len(seeds) == 2


def test_rows_have_names(shown) -> None:
    choice = shown(ChoiceRow("Make", [("4", "4 pictures"), ("1", "1 picture")], "1"))
    switch = shown(SwitchRow("Only in the selection"))
    assert choice.value() == "1"
    assert choice.box.accessibleName() == "Make"
    assert switch.accessibleName() == "Only in the selection"
    button = shown(IconButton("dices", "Another seed", "Ctrl+R"))
    assert button.toolTip() == "Another seed (Ctrl+R)"


def test_the_primary_button_shows_progress(shown) -> None:
    button = shown(PrimaryButton("Generate 4"), 248, 32)
    still = button.grab().toImage()
    button.set_progress(0.5)
    assert button.grab().toImage() != still
    button.set_progress(None)
    assert button.grab().toImage() == still


def test_the_colour_wheel(shown) -> None:
    wheel_ = shown(ColourWheel(), 240, 280)
    colours = []
    wheel_.colour_changed.connect(colours.append)
    wheel_.field.setText("C8412A")
    wheel_.field.editingFinished.emit()
    assert hexadecimal(colours[-1]) == "#C8412A"
    assert hexadecimal(wheel_.ring.colour()) == "#C8412A"
    square = wheel_.ring._square()
    QTest.mouseClick(wheel_.ring, LEFT, NONE, square.topLeft().toPoint())
    assert min(colours[-1]) > 0.97
    wheel_.set_colour((0.0, 0.0, 0.0))
    QTest.mouseClick(wheel_.ring, LEFT, NONE, square.topRight().toPoint())
    red, green, blue = colours[-1]
    assert red > 0.9
    assert red > green > blue  # black kept the hue that was chosen before
    assert from_hexadecimal("#abc") == from_hexadecimal("AABBCC")
    assert from_hexadecimal("#12") is None


def test_the_strip_chooses_stars_and_drops(shown) -> None:
    strip = shown(PictureStrip(), 400, 66)
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[...] = (200, 0, 0, 255)
    image = image_of(pixels)
    strip.set_thumbs(tuple(Thumb(key, image, number=i) for i, key in enumerate("abc", 1)), "a")
    told: list[tuple[str, str]] = []
    for name in ("chosen", "starred", "dropped", "hovered"):
        getattr(strip, name).connect(lambda key, name=name: told.append((name, key)))
    QTest.mouseClick(strip, LEFT, NONE, strip.rect_of(1).center().toPoint())
    assert ("chosen", "b") in told
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_S)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert told[-3:] == [("hovered", "c"), ("starred", "c"), ("dropped", "c")]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("cmyk", "CMYK"), ("rgb", "RGB"), ("oklch", "OKLCH"), ("aces", "ACES"), ("cat16", "CAT16"), ("hsl", "HSL"),
        ("floyd-steinberg", "Floyd–Steinberg"), ("per-channel", "Per channel"),
    ],
)  # fmt: skip
def test_choices_are_written_as_their_names_are(qapp: object, key: str, words: str) -> None:
    assert choice_words(key) == words
