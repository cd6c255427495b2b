"""What hands expect of the canvas: a pen's double tap and barrel buttons, Alt that picks or chooses a source, Space."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.document.layer import Paint, Shape
from studio.raster.geometry import Rect
from studio.ui.canvas.popup_palette import PopupPalette
from studio.ui.canvas.samples import Taps
from studio.ui.canvas.view import CanvasView
from studio.workspace.tools.lasso import PolygonSession
from tests.ui import fakes
from tests.ui.fakes import settle

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
PRESS, MOVE, RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease


@pytest.fixture
def view(qtbot: QtBot, home: Path) -> Iterator[CanvasView]:
    """300 × 200 pixels, twice as large, with a paint layer in the hand."""
    studio = fakes.studio()
    studio.new_picture(300, 200)
    studio.layers.add_paint()
    canvas = CanvasView(studio)
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    canvas.set_viewport(canvas.viewport.zoomed(2.0))
    canvas.setFocus()
    settle(studio)
    yield canvas
    fakes.close(studio)


def at(view: CanvasView, x: float, y: float) -> QPoint:
    return (view.viewport.to_view().map(QPointF(x, y)) / view.devicePixelRatioF()).toPoint()


class Pen:
    """A pen over the canvas; ``time`` in milliseconds."""

    def __init__(
        self, view: CanvasView, kind: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen
    ) -> None:
        self.view, self.time = view, 1000
        self.device = QPointingDevice(
            "pen", 7, QPointingDevice.DeviceType.Stylus, kind,
            QPointingDevice.Capability.Position | QPointingDevice.Capability.Pressure, 1, 3,
        )  # fmt: skip

    def send(
        self,
        kind: QEvent.Type,
        place: QPoint,
        button: Qt.MouseButton = LEFT,
        held: Qt.KeyboardModifier = NONE,
    ) -> None:
        here = QPointF(place)
        down = Qt.MouseButton.NoButton if kind == RELEASE else button
        event = QTabletEvent(
            kind, self.device, here, self.view.mapToGlobal(here), 0.6, 0.0, 0.0, 0.0, 0.0, 0.0, held,
            Qt.MouseButton.NoButton if kind == MOVE else button, down,
        )  # fmt: skip
        event.setTimestamp(self.time)
        QApplication.sendEvent(self.view, event)

    def tap(self, x: float, y: float, after: int = 1000) -> None:
        """Touches a place of the picture, ``after`` milliseconds."""
        self.time += after
        self.send(PRESS, at(self.view, x, y))
        self.send(RELEASE, at(self.view, x, y))
        settle(self.view.studio)

    def drag(self, *places: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
        there = [at(self.view, *place) for place in places]  # the view may move under the pen
        self.send(PRESS, there[0], button)
        for place in there[1:]:
            self.time += 20
            self.send(MOVE, place, button)
        self.send(RELEASE, there[-1], button)
        settle(self.view.studio)


@pytest.fixture
def pen(view: CanvasView) -> Pen:
    return Pen(view)


# the pen


def test_taps_are_double_within_the_systems_time_and_distance(qapp: QApplication) -> None:
    interval = QApplication.doubleClickInterval()
    reach = QApplication.styleHints().touchDoubleTapDistance()
    place = QPointF(50, 50)

    def second(away: QPointF, later: int) -> int:
        taps = Taps()
        assert taps.press(place, 5000) == 1
        return taps.press(place + away, 5000 + later)

    assert second(QPointF(reach, -reach), interval - 1) == 2
    assert second(QPointF(reach + 1, 0), interval - 1) == 1
    assert second(QPointF(0, 0), interval) == 1
    taps = Taps()
    assert [taps.press(place, 5000 + 50 * number) for number in range(4)] == [1, 2, 1, 2]


def test_a_double_tap_of_the_pen_closes_a_polygon(view: CanvasView, pen: Pen) -> None:
    view.studio.painting.choose_tool("polygon")
    for place in ((100, 100), (200, 100), (200, 180)):
        pen.tap(*place)
    pen.tap(120, 160)
    session = view.studio.painting.session
    assert isinstance(session, PolygonSession) and len(session.points) == 4
    pen.tap(120, 160, after=150)
    assert view.studio.painting.session is None and view.studio.selecting.exists


def test_two_slow_taps_are_two_corners(view: CanvasView, pen: Pen) -> None:
    view.studio.painting.choose_tool("polygon")
    for place in ((100, 100), (200, 100), (200, 180), (205, 180)):
        pen.tap(*place)
    session = view.studio.painting.session
    assert isinstance(session, PolygonSession) and len(session.points) == 4


def test_a_double_tap_turns_a_corner_of_a_path(view: CanvasView, pen: Pen) -> None:
    view.studio.painting.choose_tool("path")
    for place in ((50, 50), (150, 60), (250, 50)):
        pen.tap(*place)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    layer = view.studio.layers.active
    assert isinstance(layer, Shape) and "C" not in layer.path
    pen.tap(150, 60)
    pen.tap(150, 60, after=100)
    layer = view.studio.layers.active
    assert isinstance(layer, Shape) and "C" in layer.path


@pytest.mark.parametrize("tool", ["ink", "transform", "text"])
def test_the_middle_button_of_the_barrel_moves_the_view(view: CanvasView, pen: Pen, tool: str) -> None:
    pen.drag((100, 100), (130, 110))
    view.studio.painting.choose_tool(tool)
    steps, before = len(view.picture.document.history), view.viewport
    pen.drag((100, 100), (130, 110), (160, 140), button=MIDDLE)
    assert view.viewport.centre_x == pytest.approx(before.centre_x - 60, abs=1)
    assert view.viewport.centre_y == pytest.approx(before.centre_y - 40, abs=1)
    assert len(view.picture.document.history) == steps and not view.input.busy
    assert view.studio.painting.tool == tool


def test_the_tip_that_comes_down_while_the_barrel_pans_paints_nothing(view: CanvasView, pen: Pen) -> None:
    steps = len(view.picture.document.history)
    pen.send(PRESS, QPoint(100, 100), MIDDLE)
    pen.send(PRESS, QPoint(110, 100), LEFT)
    pen.send(MOVE, QPoint(160, 100), MIDDLE)
    pen.send(RELEASE, QPoint(160, 100), LEFT)
    assert view.input.busy, "the button of the barrel is still down"
    pen.send(RELEASE, QPoint(160, 100), MIDDLE)
    assert not view.input.busy and len(view.picture.document.history) == steps


def test_the_right_button_of_the_barrel_opens_what_that_of_the_mouse_opens(
    view: CanvasView, pen: Pen
) -> None:
    pen.drag((100, 100), (160, 110))
    view.studio.painting.choose_tool("move")
    pen.send(PRESS, at(view, 130, 105), RIGHT)
    (menu,) = [one for one in view.findChildren(QMenu) if one.isVisible()]
    assert "Paper" in [one.text() for one in menu.actions()]
    menu.close()
    pen.send(RELEASE, at(view, 130, 105), RIGHT)
    QApplication.processEvents()
    pen.send(PRESS, QPoint(3, 3), RIGHT)
    (menu,) = [one for one in view.findChildren(QMenu) if one.isVisible()]
    assert len(menu.actions()) >= 4, "the surround's colours, beside the picture"
    menu.close()
    QApplication.processEvents()
    view.studio.painting.choose_tool("ink")
    pen.send(PRESS, at(view, 130, 105), RIGHT)
    (palette,) = view.findChildren(PopupPalette)
    palette.close()
    QApplication.processEvents()


def test_alt_and_the_right_button_of_the_barrel_size_the_brush(view: CanvasView, pen: Pen) -> None:
    before = view.studio.painting.brush.size
    pen.send(PRESS, QPoint(200, 200), RIGHT, ALT)
    pen.send(MOVE, QPoint(240, 200), RIGHT, ALT)
    pen.send(RELEASE, QPoint(240, 200), RIGHT, ALT)
    assert view.studio.painting.brush.size > before and not view.input.busy


# Alt


def red_spot(view: CanvasView) -> None:
    """A red disc around (60, 60) on the active layer, then another colour in the hand."""
    painting = view.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(size=40.0, hardness=1.0, opacity=1.0, flow=1.0)
    painting.set_colour((1.0, 0.0, 0.0))
    click(view, 60, 60)
    painting.set_colour((0.0, 0.0, 1.0))


def click(view: CanvasView, x: float, y: float, held: Qt.KeyboardModifier = NONE) -> None:
    if held == ALT:
        QTest.keyPress(view, Qt.Key.Key_Alt, ALT)
    QTest.mousePress(view, LEFT, held, at(view, x, y))
    QTest.mouseMove(view, at(view, x + 1, y))
    QTest.mouseRelease(view, LEFT, held, at(view, x, y))
    if held == ALT:
        QTest.keyRelease(view, Qt.Key.Key_Alt, NONE)
    settle(view.studio)


@pytest.fixture
def alt_held(view: CanvasView, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyboard says that Alt is held: the offscreen platform has none to ask."""
    monkeypatch.setattr(view, "keyboard_modifiers", lambda: ALT)


@pytest.mark.parametrize("tool", ["ink", "brush", "eraser", "smudge", "blur", "fill", "lasso-fill"])
def test_alt_borrows_the_picker_where_it_has_no_other_meaning(
    view: CanvasView, tool: str, alt_held: None
) -> None:
    view.studio.painting.choose_tool(tool)
    assert view.input.tool == "picker"


def test_the_keys_themselves_tell_what_is_held(view: CanvasView) -> None:
    view.activateWindow()
    view.setFocus()
    QTest.qWaitForWindowActive(view)
    view.studio.painting.choose_tool("brush")
    QTest.keyPress(view, Qt.Key.Key_Alt)
    assert view.keyboard_modifiers() == ALT and view.input.tool == "picker"
    QTest.keyRelease(view, Qt.Key.Key_Alt, ALT)
    assert view.keyboard_modifiers() == NONE and view.input.tool == "brush"


@pytest.mark.parametrize("tool", ["clone", "dodge", "burn", "sponge", "move", "select-rectangle", "gradient"])
def test_alt_keeps_its_own_meaning(view: CanvasView, tool: str, alt_held: None) -> None:
    view.studio.painting.choose_tool(tool)
    assert view.input.tool == tool


def test_alt_takes_a_colour_with_the_eraser_and_leaves_the_picture(
    view: CanvasView, monkeypatch: pytest.MonkeyPatch
) -> None:
    red_spot(view)
    view.studio.painting.choose_tool("eraser")
    steps = len(view.picture.document.history)
    monkeypatch.setattr(view, "keyboard_modifiers", lambda: ALT)
    click(view, 60, 60, ALT)
    assert view.studio.painting.colour == pytest.approx((1.0, 0.0, 0.0), abs=0.01)
    assert len(view.picture.document.history) == steps


@pytest.mark.parametrize("tool", ["brush", "ink"])
def test_a_brush_that_clones_takes_its_source_by_alt(
    view: CanvasView, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    red_spot(view)
    painting = view.studio.painting
    painting.choose_tool(tool)
    painting.change_brush(mode="clone", size=20.0)
    with monkeypatch.context() as held:
        held.setattr(view, "keyboard_modifiers", lambda: ALT)
        assert view.input.tool == tool
        click(view, 60, 60, ALT)
    source = painting.strokes.clone_source
    assert source is not None and (source.x, source.y) == pytest.approx((60, 60), abs=1)
    assert painting.colour == (0.0, 0.0, 1.0)
    click(view, 200, 100)
    layer = view.studio.layers.active
    assert isinstance(layer, Paint)
    assert layer.surface.read(Rect(200, 100, 201, 101))[0, 0] == pytest.approx((1, 0, 0, 1), abs=0.02)


# a release that a dialog had


def test_a_stroke_whose_release_went_elsewhere_ends_where_it_was(view: CanvasView) -> None:
    """A mouse that comes back without a button paints nothing, and a new press begins a new stroke."""
    view.studio.painting.choose_tool("brush")
    view.studio.painting.change_brush(size=6.0, hardness=1.0, opacity=1.0, flow=1.0, smoothing=0.0)
    steps = len(view.picture.document.history)

    def move(x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        place = QPointF(at(view, x, y))
        event = QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, button, NONE)
        QApplication.sendEvent(view, event)

    def press(x: float, y: float) -> None:
        place = QPointF(at(view, x, y))
        QApplication.sendEvent(
            view, QMouseEvent(QEvent.Type.MouseButtonPress, place, place, LEFT, LEFT, NONE)
        )

    press(40, 60)
    move(80, 60, LEFT)
    move(200, 160)
    move(210, 170)
    assert len(view.picture.document.history) == steps + 1 and not view.input.busy
    press(40, 100)
    move(80, 100, LEFT)
    press(40, 140)
    move(80, 140, LEFT)
    move(80, 140)
    settle(view.studio)
    assert len(view.picture.document.history) == steps + 3
    layer = view.studio.layers.active
    assert isinstance(layer, Paint)
    there = layer.surface.read(Rect(0, 0, 300, 200))[..., 3] > 0.05
    assert there[[60, 100, 140], 70].all() and not there[:, 100:].any() and not there[70:90].any()


# Space


def test_space_in_the_midst_of_a_stroke_takes_the_picture_along(view: CanvasView) -> None:
    painting = view.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(size=6.0, hardness=1.0, opacity=1.0, flow=1.0, stabiliser="none", smoothing=0.0)
    before, steps = view.viewport, len(view.picture.document.history)
    QTest.mousePress(view, LEFT, NONE, at(view, 50, 100))
    for x in range(60, 101, 10):
        QTest.mouseMove(view, at(view, x, 100))
    QTest.keyPress(view, Qt.Key.Key_Space)
    hand = at(view, 100, 100)
    for step in range(1, 6):
        QTest.mouseMove(view, hand + QPoint(0, 20 * step))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.viewport.centre_y == pytest.approx(before.centre_y - 50, abs=1)
    for x in range(110, 151, 10):
        QTest.mouseMove(view, at(view, x, 100))
    QTest.mouseRelease(view, LEFT, NONE, at(view, 150, 100))
    settle(view.studio)
    assert len(view.picture.document.history) == steps + 1
    layer = view.studio.layers.active
    assert isinstance(layer, Paint)
    there = layer.surface.read(Rect(0, 0, 300, 200))[..., 3] > 0.05
    assert there[100, 50:150].all() and not there[:95].any() and not there[105:].any()


@pytest.mark.parametrize("drag", ["hand", "zoom", "rotate", "middle", "space"])
@pytest.mark.parametrize("fits", [True, False])
def test_escape_in_a_drag_of_the_view_puts_the_view_back(view: CanvasView, drag: str, fits: bool) -> None:
    if fits:
        view.fit()
    if drag in ("hand", "zoom"):
        view.studio.painting.choose_tool(drag)
    held = Qt.KeyboardModifier.ShiftModifier if drag == "rotate" else NONE
    if drag in ("rotate", "space"):
        QTest.keyPress(view, Qt.Key.Key_Space)
    before = view.standing
    button = MIDDLE if drag == "middle" else LEFT
    start = at(view, 200, 40)
    if drag == "rotate":  # the keys that are held are asked of the window system, which has none here
        view.input._begin_drag("rotate", QPointF(start))
    else:
        QTest.mousePress(view, button, held, start)
    for step in range(1, 5):
        QTest.mouseMove(view, start + QPoint(10 * step, 25 * step))
    assert view.viewport != before[0]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.standing == before and not view.input.busy
    QTest.mouseMove(view, start + QPoint(90, 90))
    QTest.mouseRelease(view, button, held, start + QPoint(90, 90))
    assert view.standing == before


def test_space_moves_a_marquee_and_not_the_view(view: CanvasView) -> None:
    view.studio.painting.choose_tool("select-rectangle")
    before = view.viewport
    QTest.mousePress(view, LEFT, NONE, at(view, 50, 50))
    QTest.mouseMove(view, at(view, 100, 90))
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.mouseMove(view, at(view, 130, 110))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    QTest.mouseRelease(view, LEFT, NONE, at(view, 130, 110))
    settle(view.studio)
    assert view.viewport == before
    selection = view.picture.document.artwork.selection
    assert selection is not None
    chosen = selection.read(Rect(0, 0, 300, 200)) > 0.5
    rows, columns = np.flatnonzero(chosen.any(axis=1)), np.flatnonzero(chosen.any(axis=0))
    assert (columns[0], columns[-1] + 1, rows[0], rows[-1] + 1) == (80, 130, 70, 110)
