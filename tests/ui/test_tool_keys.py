"""The keys of the tools in the real window: a tap takes, a held key borrows and gives back, a repeated one goes round."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from studio.document.layer import Shape, Text
from studio.settings import Settings
from studio.ui.key_hold import HELD_MILLISECONDS
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.shortcuts import SETS, in_force, is_sequence
from studio.workspace.tool_rings import Rings
from studio.workspace.tools.registry import ALL, KINDS
from studio.workspace.tools.text import TextSession
from tests.raster.text_fonts import needs_chinese
from tests.ui.windows import Opened, empty_panel

LEFT, NONE, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
K = Qt.Key


class Hand:
    """At the keyboard and the canvas of a window with a picture of 200 × 100."""

    def __init__(self, opened: Opened) -> None:
        self.opened, self.window, self.studio = opened, opened.window, opened.studio
        self.canvas = opened.window.canvas
        self.studio.new_picture(200, 100)
        opened.pump()
        self.canvas.setFocus()

    @property
    def tool(self) -> str:
        return self.studio.painting.tool

    @property
    def said(self) -> str:
        return self.window.status.hint.text()

    def at(self, x: float, y: float) -> QPoint:
        ratio = self.canvas.devicePixelRatioF()
        return (self.canvas.viewport.to_view().map(QPointF(x, y)) / ratio).toPoint()

    def down(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        QTest.keyPress(on or self.canvas, key, held)

    def up(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        QTest.keyRelease(on or self.canvas, key, held)
        self.opened.pump(1)

    def tap(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> str:
        self.down(key, held)
        self.up(key, held)
        return self.tool

    def repeat(self, key: Qt.Key, text: str) -> None:
        """What the system sends again and again while a key is down."""
        for kind in (QEvent.Type.ShortcutOverride, PRESS, RELEASE):
            QApplication.sendEvent(self.canvas, QKeyEvent(kind, key, NONE, text, True))

    def up_later(self, key: Qt.Key, milliseconds: int) -> None:
        """Released so long after the press, as the system tells."""
        event = QKeyEvent(RELEASE, key, NONE)
        event.setTimestamp(milliseconds)
        QApplication.sendEvent(self.canvas, event)
        self.opened.pump(1)

    def press(self, x: float, y: float) -> None:
        QTest.mousePress(self.canvas, LEFT, NONE, self.at(x, y))

    def move(self, x: float, y: float) -> None:
        QTest.mouseMove(self.canvas, self.at(x, y))

    def release(self, x: float, y: float) -> None:
        QTest.mouseRelease(self.canvas, LEFT, NONE, self.at(x, y))
        self.opened.pump(2)

    def drag(self, *places: tuple[float, float]) -> None:
        self.press(*places[0])
        for place in places[1:]:
            self.move(*place)
        self.release(*places[-1])

    def labels(self) -> list[str]:
        assert self.studio.current is not None
        return [entry.label for entry in self.studio.current.document.history]


@pytest.fixture
def sit(qapp: QApplication) -> Iterator[Callable[..., Hand]]:
    opened: list[Opened] = []

    def start(**settings: object) -> Hand:
        opened.append(Opened(qapp, Settings(language="en", theme="dark").with_(**settings), empty_panel))
        return Hand(opened[-1])

    yield start
    for one in opened:
        one.close()


@pytest.fixture
def hand(sit: Callable[..., Hand]) -> Hand:
    return sit()


# a held key


def test_a_tap_takes_the_tool_for_good(hand: Hand) -> None:
    assert hand.tap(K.Key_E) == "eraser"
    hand.drag((20, 20), (80, 40))
    assert hand.tool == "eraser"


def test_a_key_held_over_a_stroke_gives_the_tool_back(hand: Hand) -> None:
    hand.drag((20, 20), (80, 40))
    hand.down(K.Key_E)
    hand.drag((20, 30), (80, 30))
    assert hand.tool == "eraser" and "Eraser" in hand.said and "Ink brush" in hand.said
    hand.drag((20, 40), (80, 40))
    hand.up(K.Key_E)
    assert hand.tool == "ink" and "Eraser" not in hand.said
    assert hand.labels()[-3:] == ["Paint", "Erase", "Erase"]
    assert hand.tap(K.Key_E) == "eraser", "the next tap is a tap again"


def test_a_key_held_long_gives_the_tool_back_though_nothing_was_done(hand: Hand) -> None:
    hand.down(K.Key_E)
    hand.up_later(K.Key_E, HELD_MILLISECONDS + 1)
    assert hand.tool == "ink"
    hand.down(K.Key_E)
    hand.up_later(K.Key_E, HELD_MILLISECONDS)
    assert hand.tool == "eraser"


def letters(set_name: str) -> list[tuple[str, str]]:
    """(tool, key) of every key of a tool that can be held, in a set of shortcuts."""
    from studio.workspace.actions import all_actions

    keys = in_force(all_actions(), set_name, {})
    return [
        (kind.name, key)
        for kind in ALL
        for key in keys[f"tool-{kind.name}"]
        if not is_sequence(key) and not any(word in key for word in ("Ctrl", "Alt", "Meta"))
    ]


@pytest.mark.parametrize("set_name", SETS)
def test_every_key_of_every_set_borrows_its_tool(sit: Callable[..., Hand], set_name: str) -> None:
    hand = sit(shortcut_set=set_name)
    start = "hand"  # a tool without options
    found = letters(set_name)
    assert len(found) > 12
    for tool, key in found:
        hand.studio.painting.choose_tool(start)
        combination = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue]
        hand.down(combination.key(), combination.keyboardModifiers())
        assert hand.tool == tool, key
        hand.press(100, 50)
        hand.release(100, 50)
        hand.up(combination.key(), combination.keyboardModifiers())
        assert hand.tool == ("text" if tool == "text" else start), f"{key}: {tool}"


def test_a_key_that_the_artist_chose_borrows_too(sit: Callable[..., Hand]) -> None:
    hand = sit(shortcuts={"tool-eraser": ("K",)})
    hand.down(K.Key_K)
    hand.drag((20, 20), (80, 40))
    hand.up(K.Key_K)
    assert hand.tool == "ink"


def test_a_key_of_many_fingers_only_takes(hand: Hand) -> None:
    hand.drag((20, 20), (80, 40))
    hand.down(K.Key_T, Qt.KeyboardModifier.ControlModifier)
    hand.drag((50, 30), (60, 40))
    hand.up(K.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert hand.tool == "transform" and hand.studio.painting.session is not None


def test_what_the_system_repeats_is_no_new_press_and_makes_the_key_a_held_one(hand: Hand) -> None:
    hand.down(K.Key_E)
    for _ in range(5):
        hand.repeat(K.Key_E, "e")
    assert hand.tool == "eraser" and "Eraser" in hand.said
    hand.up(K.Key_E)
    assert hand.tool == "ink"
    hand.down(K.Key_B)
    assert hand.tool == "brush"
    hand.repeat(K.Key_B, "b")
    assert hand.tool == "brush"
    hand.up(K.Key_B)
    assert hand.tool == "ink"


@needs_chinese
def test_a_text_that_was_begun_keeps_its_tool_and_gets_no_letters_of_the_held_key(hand: Hand) -> None:
    hand.down(K.Key_T)
    hand.press(30, 50)
    hand.release(30, 50)
    session = hand.studio.painting.session
    assert isinstance(session, TextSession)
    assert not hand.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), (
        "no pinyin of repeated letters"
    )
    hand.repeat(K.Key_T, "t")
    hand.up(K.Key_T)
    assert hand.tool == "text" and session.typing.text == ""
    assert hand.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClicks(hand.canvas, "be")
    assert session.typing.text == "be" and hand.tool == "text", "letters of a text are no tools"
    QTest.keyClick(hand.canvas, K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    layer = hand.studio.layers.active
    assert isinstance(layer, Text) and layer.text == "be"


def test_with_an_input_method_on_the_canvas_takes_none_of_it(hand: Hand) -> None:
    assert not hand.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    hand.down(K.Key_E)
    hand.press(20, 20)
    assert not hand.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    hand.release(80, 20)
    hand.up(K.Key_E)
    assert hand.tool == "ink"


def test_the_window_loses_the_keyboard_while_a_key_is_held(hand: Hand) -> None:
    hand.down(K.Key_E)
    hand.drag((20, 20), (80, 40))
    QApplication.sendEvent(hand.window, QEvent(QEvent.Type.WindowDeactivate))
    assert hand.tool == "ink"
    hand.up(K.Key_E)
    assert hand.tool == "ink"


def test_a_key_goes_up_over_another_widget(hand: Hand) -> None:
    fields = hand.window.options.fields
    assert isinstance(fields, OptionFields)
    size = fields.fields["size"]
    hand.down(K.Key_E)
    size.setFocus()
    hand.drag((20, 20), (80, 40))
    size.setFocus()
    hand.up(K.Key_E, on=size)
    assert hand.tool == "ink"
    hand.down(K.Key_E, on=size)
    assert hand.tool == "eraser", "a tool's key counts wherever no field takes letters"
    hand.drag((20, 20), (80, 40))
    hand.up(K.Key_E)
    assert hand.tool == "ink"


def test_a_drag_goes_on_to_its_end_though_the_key_is_let_go_before(hand: Hand) -> None:
    hand.down(K.Key_U)
    hand.press(20, 20)
    hand.move(60, 40)
    hand.up(K.Key_U)
    assert hand.tool == "rectangle"
    hand.move(90, 60)
    hand.release(90, 60)
    assert hand.tool == "ink" and hand.labels()[-1] == "Rectangle"
    layer = hand.studio.layers.active
    assert isinstance(layer, Shape) and hand.studio.painting.session is None


def test_escape_in_such_a_drag_gives_the_tool_back_too(hand: Hand) -> None:
    hand.down(K.Key_U)
    hand.press(20, 20)
    hand.move(60, 40)
    hand.up(K.Key_U)
    QTest.keyClick(hand.canvas, K.Key_Escape)
    assert hand.tool == "ink" and hand.labels()[-1] != "Rectangle"
    hand.release(60, 40)


def test_another_tool_taken_meanwhile_stays(hand: Hand) -> None:
    hand.down(K.Key_E)
    hand.drag((20, 20), (80, 40))
    hand.studio.painting.choose_tool("fill")
    hand.up(K.Key_E)
    assert hand.tool == "fill"


def test_one_key_after_the_other_goes_back_to_the_first_tool(hand: Hand) -> None:
    hand.down(K.Key_E)
    hand.drag((20, 20), (80, 40))
    hand.down(K.Key_V)
    hand.drag((20, 20), (30, 20))
    hand.up(K.Key_E)
    assert hand.tool == "move"
    hand.up(K.Key_V)
    assert hand.tool == "ink"


def test_a_tools_key_in_the_midst_of_a_sessions_drag_waits_for_nobody(hand: Hand) -> None:
    hand.tap(K.Key_U)
    hand.press(20, 20)
    hand.move(60, 40)
    hand.tap(K.Key_E)
    assert hand.tool == "rectangle"
    hand.release(60, 40)
    assert hand.studio.current is not None and not hand.studio.current.document.gesture_open


# a repeated key


def test_a_key_pressed_again_goes_round_its_family(hand: Hand) -> None:
    assert [hand.tap(K.Key_L) for _ in range(4)] == ["lasso", "polygon", "magnetic", "lasso"]
    assert [hand.tap(K.Key_B) for _ in range(3)] == ["ink", "brush", "ink"]
    assert [hand.tap(K.Key_M, SHIFT) for _ in range(2)] == ["select-ellipse", "select-rectangle"]
    assert [hand.tap(K.Key_V) for _ in range(2)] == ["move", "move"], (
        "a transform is a job, no tool beside another"
    )
    assert [hand.tap(K.Key_H) for _ in range(2)] == ["hand", "hand"]
    assert [hand.tap(K.Key_U) for _ in range(5)] == [
        "rectangle",
        "ellipse",
        "polygon-shape",
        "line",
        "rectangle",
    ]
    assert hand.tap(K.Key_P) == "path"


def test_the_round_begins_anew_after_another_way_of_taking_a_tool(hand: Hand) -> None:
    hand.tap(K.Key_L)
    hand.tap(K.Key_L)
    hand.window.tools.buttons["lasso"].tool_wanted.emit("magnetic")
    assert hand.tool == "magnetic"
    assert hand.tap(K.Key_L) == "lasso"
    hand.window.actions_.run("tool-lasso")
    assert hand.tool == "lasso", "a click on what is in the hand is no repeated press"


def test_in_photoshops_set_a_key_makes_sure_and_shift_goes_round(sit: Callable[..., Hand]) -> None:
    hand = sit(shortcut_set="photoshop")
    assert [hand.tap(K.Key_B) for _ in range(3)] == ["ink", "ink", "ink"]
    assert [hand.tap(K.Key_B, SHIFT) for _ in range(3)] == ["brush", "ink", "brush"]
    assert [hand.tap(K.Key_W, SHIFT) for _ in range(5)] == [
        "quick-select", "object-select", "wand", "by-colour", "quick-select",
    ]  # fmt: skip
    assert [hand.tap(K.Key_O) for _ in range(2)] == ["dodge", "dodge"]
    assert [hand.tap(K.Key_O, SHIFT) for _ in range(3)] == ["burn", "sponge", "dodge"]


@pytest.mark.parametrize("set_name", SETS)
def test_rings_part_the_tools_and_every_ring_has_a_key(set_name: str) -> None:
    from studio.workspace.actions import all_actions

    keys = in_force(all_actions(), set_name, {})
    rings = Rings(keys, by_shift=set_name == "photoshop")
    for kind in ALL:
        ring = rings.ring(kind.name)
        assert ring[0] == kind.name and len(set(ring)) == len(ring)
        assert {KINDS[one].family for one in ring} == {kind.family}
        for other in ring:
            assert set(rings.ring(other)) == set(ring)
        letters_ = [key for one in ring for key in keys[f"tool-{one}"] if len(key) == 1]
        shifted = [f"Shift+{letter}" for letter in letters_]
        elsewhere = rings.by_shift and any(
            key in keys[f"tool-{one.name}"] for one in ALL for key in shifted if one.name not in ring
        )
        if len(ring) > 1 and letters_ and not elsewhere:
            assert any(rings.again(one) for one in ring), f"{set_name}: no key goes round {ring}"


def test_the_button_says_what_its_key_takes_next(sit: Callable[..., Hand]) -> None:
    hand = sit()
    button = hand.window.tools.buttons["brush"]
    assert button.toolTip() == "Ink brush (B)\nB again: Soft brush"
    assert button.accessibleName() == "Ink brush"
    assert hand.window.tools.buttons["eraser"].toolTip() == "Eraser (E)"
    button.menu_wanted.emit(button)
    (menu,) = [one for one in hand.window.tools.findChildren(QMenu) if one.isVisible()]
    last = menu.actions()[-1]
    assert last.text() == "B again: Soft brush" and not last.isEnabled()
    menu.close()
    hand.opened.pump()
    hand.studio.change_settings(shortcut_set="photoshop")
    hand.opened.pump()
    assert button.toolTip() == "Ink brush (B)\nShift+B: Soft brush"


def test_a_transform_that_could_not_open_is_tried_again_by_its_key(hand: Hand) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    hand.studio.layers.add_paint()
    hand.tap(K.Key_T, control)
    assert hand.tool == "transform" and hand.studio.painting.session is None, "the layer is empty"
    hand.studio.layers.choose(hand.studio.current.document.artwork.layers[0].id)
    hand.tap(K.Key_T, control)
    assert hand.studio.painting.session is not None
