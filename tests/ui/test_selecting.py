"""The selection on the canvas: marching ants, quick mask, Space, and the dialogs of the Select menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication, QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio import recipe
from studio.document import edits
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting.contours import coarser, edge_blocks, edge_lines
from studio.raster.selecting.outlines import rectangle
from studio.ui.canvas.ants import LINGER, path_bytes, path_of
from studio.ui.canvas.tint import STRENGTH
from studio.ui.canvas.view import CanvasView
from studio.ui.dialogs.selecting import SavedSelectionsDialog, SelectingDialog
from studio.ui.menus import ActionSet, MenuLine
from studio.ui.panels.channels import ChannelsPanel
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.mode_field import ModeField
from studio.ui.widgets.option_fields import OptionFields
from studio.ui.widgets.rows import SwitchRow
from studio.ui.widgets.tone_band import ToneBand
from studio.workspace.actions import all_actions
from studio.workspace.selecting_forms import FORMS
from tests.ui import fakes
from tests.ui.fakes import settle
from tests.ui.windows import clipped, nameless


@pytest.fixture
def studio(qtbot: QtBot, home: Path) -> Iterator:
    made = fakes.studio()
    yield made
    fakes.close(made)


@pytest.fixture
def canvas(qtbot: QtBot, studio) -> CanvasView:
    """200 × 100 pixels, twice as large in a view of 800 × 600."""
    studio.new_picture(200, 100)
    view = CanvasView(studio)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.set_viewport(view.viewport.zoomed(2.0))
    settle(studio)
    return view


def at(view: CanvasView, x: float, y: float) -> QPoint:
    return view.viewport.to_view().map(QPointF(x, y)).toPoint()


def colours(view: CanvasView) -> np.ndarray:
    """uint8 [h, w, 3] of what is shown."""
    settle(view.studio)
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bytes_ = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return bytes_[..., 2::-1].copy()


def select(view: CanvasView, mask: Mask | None) -> None:
    document = view.studio.current.document
    document.commit("Select", document.artwork.with_(selection=mask))
    settle(view.studio)


def test_a_path_is_read_from_its_bytes() -> None:
    lines = edge_lines(np.array([[0, 1], [1, 1]], float))
    path = path_of(path_bytes(lines, 10, 20, 4))
    assert path.elementCount() == 2 * len(lines)
    box = path.boundingRect()
    assert (box.left(), box.top(), box.right(), box.bottom()) == (40, 80, 48, 88)


def test_ants_run_along_the_edge_in_both_inks(canvas: CanvasView) -> None:
    select(canvas, rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100)))
    shown = colours(canvas)
    left, middle = at(canvas, 50, 50), at(canvas, 100, 50)
    edge = shown[left.y() - 20 : left.y() + 20, left.x()]
    assert {tuple(one) for one in edge.tolist()} == {(0, 0, 0), (255, 255, 255)}
    assert (shown[middle.y() - 5 : middle.y() + 5, middle.x()] == 255).all()
    select(canvas, None)
    assert (colours(canvas)[left.y() - 20 : left.y() + 20, left.x()] == 255).all()


class Marching:
    """The ants of a canvas in the front window, and what a step of theirs repaints."""

    def __init__(self, canvas: CanvasView) -> None:
        self.canvas, self.ants = canvas, canvas.ants
        canvas.activateWindow()
        select(canvas, rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100)))

    @property
    def going(self) -> bool:
        return self.ants._timer.isActive()

    def step(self, count: int = 1) -> None:
        """As the timer does."""
        for _ in range(count):
            self.ants._timer.timeout.emit()

    def pointer(self, over: bool) -> None:
        place = QPointF(10, 10)
        event = QEnterEvent(place, place, place) if over else QEvent(QEvent.Type.Leave)
        QApplication.sendEvent(self.canvas, event)

    def edge(self) -> np.ndarray:
        """Pixels along the left side."""
        place = at(self.canvas, 50, 50)
        return colours(self.canvas)[place.y() - 20 : place.y() + 20, place.x()]


@pytest.fixture
def marching(canvas: CanvasView, qtbot: QtBot) -> Iterator[Marching]:
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    yield Marching(canvas)
    canvas.ants._timer.stop()


def test_ants_march_while_the_pointer_is_over_the_canvas(marching: Marching) -> None:
    marching.pointer(over=True)
    marching.step(LINGER + 3)
    assert marching.going
    before = marching.edge()
    marching.step()
    after = marching.edge()
    assert (before != after).any() and {tuple(one) for one in after.tolist()} == {(0, 0, 0), (255, 255, 255)}
    marching.pointer(over=False)
    assert not marching.going


def test_ants_march_for_a_while_after_the_selection_changed(marching: Marching) -> None:
    marching.pointer(over=False)
    select(marching.canvas, rectangle(40, 20, 150, 80, Rect(0, 0, 200, 100)))
    assert marching.going
    marching.step(LINGER - 1)
    assert marching.going
    marching.step()
    assert not marching.going


def test_a_step_repaints_what_the_edge_touches_alone(marching: Marching) -> None:
    class Watch(QObject):
        painted = QRegion()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                self.painted = self.painted.united(event.region())
            return False

    canvas = marching.canvas
    marching.pointer(over=True)
    settle(canvas.studio)
    watch = Watch()
    canvas.installEventFilter(watch)
    marching.step()
    QApplication.processEvents()
    canvas.removeEventFilter(watch)
    for place in ((50, 50), (149, 50), (100, 20), (100, 79)):
        assert watch.painted.contains(at(canvas, *place))
    assert not watch.painted.contains(at(canvas, 100, 50)) and not watch.painted.contains(at(canvas, 10, 90))


def test_a_step_shows_what_a_whole_repaint_shows(marching: Marching) -> None:
    marching.pointer(over=True)
    colours(marching.canvas)
    marching.step(3)
    stepped = colours(marching.canvas)
    marching.ants._drawn = ()
    assert (colours(marching.canvas) == stepped).all()


def test_no_timer_without_a_selection_nor_behind_another_window(marching: Marching) -> None:
    marching.pointer(over=True)
    assert marching.going
    select(marching.canvas, None)
    assert not marching.going
    select(marching.canvas, rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100)))
    assert marching.going
    marching.canvas.studio.viewing.change(selection_edge=False)
    assert not marching.going
    marching.canvas.studio.viewing.change(selection_edge=True)
    assert marching.going
    other = QWidget()
    other.show()
    other.activateWindow()
    for _ in range(5):
        QApplication.processEvents()
    assert not marching.canvas.isActiveWindow() and not marching.going
    other.close()
    other.deleteLater()


def test_ants_stand_where_less_motion_is_wanted(marching: Marching) -> None:
    marching.pointer(over=True)
    assert marching.going
    marching.canvas.studio.change_settings(motion="reduced")
    assert not marching.going, "at once"
    marching.pointer(over=True)
    select(marching.canvas, rectangle(40, 20, 150, 80, Rect(0, 0, 200, 100)))
    assert not marching.going
    image, drawn = marching.ants._image, marching.ants._drawn
    assert (colours(marching.canvas) == colours(marching.canvas)).all()
    assert marching.ants._image is image and marching.ants._drawn is drawn
    assert not marching.canvas.studio.render_lane.has_work


def test_ants_wait_while_the_hand_draws(marching: Marching) -> None:
    canvas = marching.canvas
    marching.pointer(over=True)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 20, 20))
    before = marching.ants._step
    marching.step()
    assert marching.ants._step == before
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 20, 20))
    marching.step()
    assert marching.ants._step > before


@given(
    arrays(np.float32, (13, 21), elements=st.sampled_from([0.0, 1.0])), st.integers(2, 8), st.integers(1, 3)
)
def test_blocks_are_those_with_a_pixel_at_the_edge(values: np.ndarray, side: int, factor: int) -> None:
    inside = np.pad(values >= 0.5, 1)
    expected = set()
    for y, x in np.ndindex(values.shape):
        near = [inside[y, x + 1], inside[y + 2, x + 1], inside[y + 1, x], inside[y + 1, x + 2]]
        if any(one != inside[y + 1, x + 1] for one in near):
            expected.add((y // (side * factor), x // (side * factor)))
    blocks = coarser(edge_blocks(values, side), factor)
    assert {tuple(place) for place in np.argwhere(blocks).tolist()} == expected
    assert bool(expected) == bool(len(edge_lines(values)))


def test_a_view_that_goes_while_its_ants_are_traced_leaves_nothing(canvas: CanvasView, qtbot: QtBot) -> None:
    studio = canvas.studio
    second = CanvasView(studio, second=True)
    second.resize(300, 200)
    second.show()
    document = studio.current.document
    document.commit("S", document.artwork.with_(selection=rectangle(5, 5, 50, 50, Rect(0, 0, 200, 100))))
    assert any(job.label == "ants" for job in studio.render_lane.jobs)
    second.close()
    second.setParent(None)
    second.deleteLater()
    QCoreApplication.sendPostedEvents(second, QEvent.Type.DeferredDelete)
    settle(studio)
    assert canvas.ants._path is not None


def test_the_edge_can_be_hidden_while_one_judges(canvas: CanvasView) -> None:
    select(canvas, rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100)))
    place = at(canvas, 50, 50)
    assert (colours(canvas)[place.y() - 20 : place.y() + 20, place.x()] == 0).any()
    canvas.studio.viewing.change(selection_edge=False)
    assert (colours(canvas)[place.y() - 20 : place.y() + 20, place.x()] == 255).all()


def test_ants_go_along_with_a_dragged_outline(canvas: CanvasView) -> None:
    select(canvas, rectangle(50, 20, 100, 80, Rect(0, 0, 200, 100)))
    colours(canvas)
    canvas.studio.selecting.drag(30, 0)
    place = at(canvas, 80, 50)
    column = colours(canvas)[place.y() - 10 : place.y() + 10, place.x()]
    assert (column == 0).any() and (column == 255).any()
    old = at(canvas, 50, 50)
    assert (colours(canvas)[old.y() - 10 : old.y() + 10, old.x()] == 255).all()
    canvas.studio.selecting.drag(0, 0)


def test_ants_are_traced_again_at_another_level(canvas: CanvasView) -> None:
    select(canvas, rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100)))
    canvas.set_viewport(canvas.viewport.zoomed(0.5))
    place = at(canvas, 50, 50)
    shown = colours(canvas)
    edge = shown[place.y() - 8 : place.y() + 8, place.x() - 1 : place.x() + 2]
    assert (edge == 0).all(-1).any()


def test_the_quick_mask_tints_what_is_not_selected(canvas: CanvasView) -> None:
    select(canvas, rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100)))
    canvas.studio.selecting.toggle_quick_mask()
    shown = colours(canvas)
    inside, outside = at(canvas, 100, 50), at(canvas, 20, 50)
    assert (shown[inside.y(), inside.x()] == 255).all()
    red, green, blue = (
        shown[outside.y() - 4 : outside.y() + 4, outside.x() - 4 : outside.x() + 4].reshape(-1, 3).max(0)
    )
    assert red > 240 and green < 200 and blue < 200
    canvas.studio.painting.choose_tool("brush")
    canvas.studio.painting.change_brush(size=40.0, hardness=1.0, flow=1.0, opacity=1.0)
    canvas.studio.painting.set_colour((1.0, 1.0, 1.0))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=outside)
    QTest.mouseMove(canvas, outside + QPoint(6, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=outside + QPoint(8, 0))
    assert (colours(canvas)[outside.y(), outside.x() + 4] > 250).all()
    canvas.studio.selecting.toggle_quick_mask()
    assert (colours(canvas)[at(canvas, 5, 90).y(), at(canvas, 5, 90).x()] == 255).all()


def test_a_quick_mask_exchanged_as_a_whole_is_tinted_on_the_render_lane(canvas: CanvasView) -> None:
    studio, side = canvas.studio, 8 * 256
    studio.new_picture(side, side)
    settle(studio)
    assert canvas.picture is not None
    document, area = canvas.picture.document, Rect(0, 0, side, side)
    half = rectangle(0, 0, side // 2, side, area)
    document.commit("Select", document.artwork.with_(selection=half, quick_mask=True))
    settle(studio)
    assert (tint_at(canvas, 0.25), tint_at(canvas, 0.75)) == (0, round(255 * STRENGTH - 0.5))
    document.commit(
        "Invert", document.artwork.with_(selection=Mask(default=1.0).write(area, 1 - half.read(area)))
    )
    assert tint_at(canvas, 0.25) == 0  # the hand does not wait for 32 tiles
    settle(studio)
    assert (tint_at(canvas, 0.25), tint_at(canvas, 0.75)) == (round(255 * STRENGTH - 0.5), 0)


def tint_at(canvas: CanvasView, part: float) -> int:
    """Alpha of the tint at a part of its width, halfway down."""
    pixels = canvas.tint._pixels
    return int(pixels[pixels.shape[0] // 2, int(pixels.shape[1] * part), 3])


def test_space_moves_a_marquee_in_the_midst_of_its_drag(canvas: CanvasView) -> None:
    canvas.studio.painting.choose_tool("select-rectangle")
    canvas.setFocus()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 20, 20))
    QTest.mouseMove(canvas, at(canvas, 60, 40))
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    QTest.mouseMove(canvas, at(canvas, 90, 60))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 90, 60))
    settle(canvas.studio)
    found = np.argwhere(canvas.picture.document.artwork.selection.read(Rect(0, 0, 200, 100)))
    assert found.min(0).tolist() == [40, 50] and (found.max(0) + 1).tolist() == [60, 90]


def test_escape_gives_a_marquee_up(canvas: CanvasView) -> None:
    canvas.studio.painting.choose_tool("select-ellipse")
    canvas.setFocus()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 20, 20))
    QTest.mouseMove(canvas, at(canvas, 60, 40))
    assert canvas.studio.painting.marks
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 60, 40))
    settle(canvas.studio)
    assert canvas.picture.document.artwork.selection is None and not canvas.studio.painting.marks


@pytest.mark.parametrize("name", FORMS)
def test_each_dialog_asks_and_does(studio, qtbot: QtBot, name: str) -> None:
    studio.new_picture(200, 100)
    document = studio.current.document
    mask = rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100))
    document.commit("Select", document.artwork.with_(selection=mask))
    dialog = SelectingDialog(studio, FORMS[name])
    qtbot.addWidget(dialog)
    dialog.show()
    assert not nameless(dialog) and not clipped(dialog)
    steps = len(document.history)
    dialog.do()
    settle(studio)
    assert len(document.history) == steps + 1


def test_saved_selections_are_listed_loaded_renamed_and_deleted(studio, qtbot: QtBot) -> None:
    studio.new_picture(200, 100)
    document = studio.current.document
    for name, left in (("left", 0), ("right", 100)):
        mask = rectangle(left, 0, left + 50, 50, Rect(0, 0, 200, 100))
        document.commit("Select", document.artwork.with_(selection=mask))
        studio.selecting.save(name)
    studio.selecting.none()
    dialog = SavedSelectionsDialog(studio)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not nameless(dialog) and not clipped(dialog)
    dialog.list.item(0).setText("links")
    assert document.artwork.saved_selections[0].name == "links"
    dialog.list.setCurrentRow(1)
    dialog.delete()
    assert [one.name for one in document.artwork.saved_selections] == ["links"]
    dialog.load("new")
    assert document.artwork.selection.read(Rect(10, 10, 11, 11))[0, 0] == 1


class Many(msgspec.Struct, frozen=True, kw_only=True):
    """More options than a bar has room for."""

    mode: Annotated[Literal["new", "add", "subtract", "intersect"], recipe.declare("Mode")] = "new"
    first: Annotated[float, recipe.declare("First", low=0.0, high=10.0)] = 1.0
    second: Annotated[float, recipe.declare("Second", low=0.0, high=10.0)] = 2.0
    third: Annotated[bool, recipe.declare("Third")] = True


def test_options_without_room_are_behind_a_button(qtbot: QtBot) -> None:
    fields = OptionFields(Many())
    qtbot.addWidget(fields)
    told: list[tuple[str, object]] = []
    fields.changed.connect(lambda name, value: told.append((name, value)))
    fields.resize(fields.sizeHint())
    fields.show()
    assert all(field.isVisible() for field in fields.fields.values()) and not fields.more.isVisible()
    fields.resize(fields.sizeHint().width() - 60, fields.height())
    assert all(field.isVisible() for field in fields.fields.values())  # shorter tracks
    fields.resize(fields.sizeHint().width() - 160, fields.height())
    assert fields.fields["mode"].isVisible() and not fields.fields["third"].isVisible()
    assert fields.more.isVisible()
    fields.more.click()
    form = fields.findChild(ParameterForm)
    assert form is not None and form.isVisible()
    switch = form.rows["third"]
    assert isinstance(switch, SwitchRow)
    switch.click()
    assert told == [("third", False)]
    form.window().close()
    mode = fields.fields["mode"]
    assert isinstance(mode, ModeField)
    mode.buttons["subtract"].click()
    assert told[-1] == ("mode", "subtract")
    fields.set_values(Many(mode="add"))
    assert mode.buttons["add"].isChecked() and not mode.buttons["subtract"].isChecked()


def test_a_dialog_shows_what_it_would_do_and_takes_it_back(canvas: CanvasView) -> None:
    studio, document = canvas.studio, canvas.picture.document
    mask = rectangle(50, 20, 150, 80, Rect(0, 0, 200, 100))
    select(canvas, mask)
    steps = len(document.history)
    dialog = SelectingDialog(studio, FORMS["select_grow"])
    dialog.show()
    settle(studio)
    assert document.artwork.selection.read(Rect(46, 50, 47, 51))[0, 0] == 1
    assert document.committed.selection is mask and len(document.history) == steps
    dialog.reject()
    settle(studio)
    assert document.artwork.selection is mask and document.preview_owner is None
    dialog = SelectingDialog(studio, FORMS["select_tone"])
    dialog.show()
    settle(studio)
    assert canvas.tint.shown and not document.committed.quick_mask
    dialog.do()
    settle(studio)
    assert not canvas.tint.shown and document.preview_owner is None and len(document.history) == steps + 1


def test_the_handles_of_a_tone_are_dragged_and_push_each_other(qtbot: QtBot) -> None:
    band = ToneBand((20.0, 40.0, 60.0, 80.0))
    qtbot.addWidget(band)
    band.resize(216, band.sizeHint().height())
    band.show()
    told: list[tuple[float, ...]] = []
    band.released.connect(told.append)
    QTest.mousePress(band, Qt.MouseButton.LeftButton, pos=QPoint(8 + 80, 44))
    QTest.mouseMove(band, QPoint(8 + 140, 44))
    QTest.mouseRelease(band, Qt.MouseButton.LeftButton, pos=QPoint(8 + 140, 44))
    assert told == [(20.0, 70.0, 70.0, 80.0)]
    QTest.keyClick(band, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert band.handles == (20.0, 60.0, 70.0, 80.0)
    QTest.keyClick(band, Qt.Key.Key_Up)
    QTest.keyClick(band, Qt.Key.Key_Right)
    assert band.handles == (21.0, 60.0, 70.0, 80.0)


def test_band_and_numbers_of_the_tone_dialog_go_together(studio) -> None:
    studio.new_picture(64, 64)
    dialog = SelectingDialog(studio, FORMS["select_tone"])
    dialog.show()
    assert dialog.band is not None
    dialog.band._take(3, 90.0)
    assert dialog.form.values().ends == 90.0
    dialog.form.rows["begins"].value_changed.emit(5.0)  # type: ignore[attr-defined]
    assert dialog.band.handles == (5.0, 40.0, 60.0, 90.0)
    dialog.reject()
    settle(studio)


def test_the_channels_panel_lists_saved_selections(studio, qtbot: QtBot) -> None:
    studio.new_picture(200, 100)
    panel = ChannelsPanel(studio)
    qtbot.addWidget(panel)
    panel.resize(280, 400)
    panel.show()
    panel.refresh()
    assert not panel.saved.isVisible()
    document = studio.current.document
    document.commit("S", document.artwork.with_(selection=rectangle(0, 0, 50, 50, Rect(0, 0, 200, 100))))
    studio.selecting.save("corner")
    studio.selecting.none()
    panel.refresh()
    assert panel.saved.isVisible() and panel.saved.count() == 1 and not nameless(panel)
    panel.saved.itemActivated.emit(panel.saved.item(0))
    assert document.artwork.selection.read(Rect(10, 10, 11, 11))[0, 0] == 1
    panel.saved.setFocus()
    QTest.keyClick(panel.saved, Qt.Key.Key_Delete)
    assert not document.artwork.saved_selections and panel.saved.count() == 0
    settle(studio)


def test_commands_that_select_join_by_the_keys_held(qapp: QApplication, studio, qtbot: QtBot) -> None:
    studio.new_picture(40, 20)
    pixels = np.ones((20, 40, 4), np.float16)
    pixels[:, :20, :3] = 0.0
    document = studio.current.document
    document.commit(
        "Halves", edits.apply_pixels(document.artwork, document.artwork.active, Rect(0, 0, 40, 20), pixels)
    )
    window = QWidget()
    qtbot.addWidget(window)
    actions = ActionSet(
        studio, [one for one in all_actions() if one.id.startswith("select-") and not one.ui], {}, window
    )
    menu = QMenu(window)
    menu.addAction(actions.items["select-shadows"])
    menu.addAction(actions.items["select-highlights"])

    def chosen(
        action_id: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> tuple[bool, bool]:
        menu.popup(QPoint(0, 0))
        place = menu.actionGeometry(actions.items[action_id]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, keys, place)
        settle(studio)
        mask = document.artwork.selection
        values = np.zeros((20, 40)) if mask is None else mask.read(Rect(0, 0, 40, 20))
        return bool(values[5, 5] > 0.9), bool(values[5, 35] > 0.9)

    shift, alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
    assert chosen("select-shadows") == (True, False)
    assert chosen("select-highlights", shift) == (True, True)
    assert chosen("select-shadows", alt) == (False, True)
    assert chosen("select-highlights", shift | alt) == (False, True)
    assert chosen("select-shadows") == (True, False)
    menu.hide()


def test_the_keys_of_a_shortcut_do_not_say_how_a_selection_joins(
    studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = ActionSet(
        studio, [one for one in all_actions() if one.id.startswith("select-") and not one.ui], {}, window
    )
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda: held)
    assert "Ctrl+Alt+2" in actions.keys("select-luminance")
    assert actions._mode("select-luminance") == "new"
    assert actions._mode("select-shadows") == "subtract"


def test_alt_keeps_the_menu_open_whose_commands_it_changes(qtbot: QtBot, studio) -> None:
    studio.new_picture(40, 20)
    window = QWidget()
    qtbot.addWidget(window)
    chosen = [one for one in all_actions() if one.menu.startswith("Select") and not one.ui]
    line = MenuLine(ActionSet(studio, chosen, {}, window), window)
    for path, stays in (("Select/By tone", True), ("Select", False)):
        menu = line.menu(path)
        menu.popup(QPoint(0, 0))
        QTest.keyPress(menu, Qt.Key.Key_Alt)
        assert menu.isVisible() == stays, path
        QTest.keyRelease(menu, Qt.Key.Key_Alt)
        menu.hide()
