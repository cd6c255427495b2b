"""The canvas: viewport arithmetic, the sheet, and what pen, mouse and keys do to picture and view."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from studio.document import edits
from studio.document.layer import Paint
from studio.raster.geometry import TILE, Rect, tile_keys
from studio.ui import theme
from studio.ui.canvas import view as view_module
from studio.ui.canvas.sheet import Sheet
from studio.ui.canvas.view import CanvasView
from studio.ui.canvas.viewport import PIXEL_GRID_ZOOM, ZOOM_STEPS, Viewport
from studio.workspace.tools.marks import Handle, Label
from studio.workspace.tools.path import PathSession
from studio.workspace.tools.text import TextSession
from tests.ui import fakes
from tests.ui.fakes import settle

numbers = st.floats(-5000, 5000)
viewports = st.builds(
    Viewport,
    zoom=st.floats(0.02, 30),
    centre_x=numbers,
    centre_y=numbers,
    rotation=st.floats(0, 359),
    width=st.just(800.0),
    height=st.just(600.0),
)


@given(viewports, st.floats(0, 800), st.floats(0, 600), st.floats(0.02, 30))
def test_zooming_keeps_the_point_under_the_cursor(viewport: Viewport, x: float, y: float, zoom: float):
    anchor = QPointF(x, y)
    before = viewport.map_to_document(anchor)
    after = viewport.zoomed(zoom, anchor).map_to_document(anchor)
    assert math.dist(before.toTuple(), after.toTuple()) < 1e-3 * max(1.0, 800 / viewport.zoom)


@given(viewports, st.floats(-300, 300), st.floats(-300, 300))
def test_panning_moves_the_picture_with_the_hand(viewport: Viewport, x: float, y: float):
    point = QPointF(viewport.centre_x, viewport.centre_y)
    before, after = viewport.to_view().map(point), viewport.panned(x, y).to_view().map(point)
    assert (after - before).toTuple() == pytest.approx((x, y), abs=0.05)


@given(st.floats(ZOOM_STEPS[0], 64.0))
def test_the_level_never_shows_fewer_pixels_than_the_screen_has(zoom: float):
    level = Viewport(zoom=zoom).level
    assert zoom * (1 << level) <= 1.0 + 1e-9 or level == 0
    assert zoom * (1 << (level + 1)) > 1.0 - 1e-6 or level == 8


def test_fit_shows_the_whole_picture_turned_or_not():
    for rotation in (0.0, 30.0, 90.0):
        viewport = Viewport(width=800, height=600, rotation=rotation).fitted(3000, 1000)
        shown = viewport.to_view()
        for corner in ((0, 0), (3000, 0), (3000, 1000), (0, 1000)):
            x, y = shown.map(QPointF(*corner)).toTuple()
            assert -0.5 <= x <= 800.5 and -0.5 <= y <= 600.5


def test_a_sheet_shows_its_tiles_and_keeps_them_when_it_moves():
    sheet = Sheet(1, Rect(10, 10, 600, 300))
    assert sheet.area == Rect(0, 0, 3 * TILE, 2 * TILE)
    pixels = np.full((TILE, TILE, 4), 7, np.uint8)
    sheet.install((1, 0), pixels)
    assert sheet.stale([(0, 0), (1, 0)]) == [(0, 0)]
    assert sheet.image.pixelColor(TILE + 1, 1).red() == 255 and sheet.image.pixelColor(1, 1).alpha() == 0
    moved = Sheet(1, Rect(TILE, 0, 5 * TILE, TILE))
    moved.take_from(sheet)
    assert moved.fresh == {(1, 0)} and (moved.pixels[:TILE, :TILE] == 7).all()


@pytest.fixture
def view(qtbot: QtBot, home: Path) -> Iterator[CanvasView]:
    studio = fakes.studio()
    studio.new_picture(600, 400)
    studio.layers.add_paint()
    canvas = CanvasView(studio)
    qtbot.addWidget(canvas)
    canvas.resize(700, 500)
    canvas.show()
    qtbot.waitExposed(canvas)
    settle(studio)
    yield canvas
    fakes.close(studio)


def at(canvas: CanvasView, x: float, y: float) -> QPoint:
    return (canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()).toPoint()


def drag(
    canvas: CanvasView, start: tuple[float, float], stop: tuple[float, float], release: bool = True
) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, *start))
    for step in range(1, 9):
        x = start[0] + (stop[0] - start[0]) * step / 8
        y = start[1] + (stop[1] - start[1]) * step / 8
        QTest.mouseMove(canvas, at(canvas, x, y))
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, *stop))


def painted(canvas: CanvasView) -> bool:
    layer = canvas.picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    return bool(layer.surface)


def test_a_stroke_is_one_step_and_shows_at_once(view: CanvasView):
    steps = len(view.picture.document.history)
    drag(view, (100, 200), (400, 200))
    assert painted(view) and len(view.picture.document.history) == steps + 1
    image = view.grab().toImage()
    place = at(view, 250, 200) * view.devicePixelRatioF()
    assert image.pixelColor(place).lightness() < 100


def test_escape_takes_the_stroke_back(view: CanvasView):
    steps = len(view.picture.document.history)
    drag(view, (100, 200), (400, 200), release=False)
    assert painted(view)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 400, 200))
    assert not painted(view) and len(view.picture.document.history) == steps
    assert not view.picture.document.gesture_open


def test_space_borrows_the_hand_and_gives_it_back(view: CanvasView):
    before = view.viewport
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.input.tool == "hand"
    drag(view, (100, 200), (200, 260))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.input.tool == "ink" and not painted(view)
    assert view.viewport.centre_x < before.centre_x and view.viewport.zoom == before.zoom


def test_the_wheel_zooms_to_the_cursor(view: CanvasView):
    position = QPointF(150, 120)
    under = view.to_document(position)
    wheel = QWheelEvent(
        position, view.mapToGlobal(position), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    zoom = view.viewport.zoom
    QApplication.sendEvent(view, wheel)
    assert view.viewport.zoom == pytest.approx(2 * zoom)
    assert math.dist(view.to_document(position).toTuple(), under.toTuple()) < 0.01


def test_a_sheet_of_another_level_has_no_holes_until_it_is_drawn():
    canvas = Rect(0, 0, 900, 700)
    old = Sheet(1, canvas.at_level(1))
    colour = np.array([40, 90, 200, 255], np.uint8)
    for key in tile_keys(old.area):
        if key != (1, 1):
            old.install(key, np.broadcast_to(colour, (TILE, TILE, 4)))
    finer = Sheet(0, canvas)
    finer.install((0, 0), np.full((TILE, TILE, 4), 255, np.uint8))
    finer.fill_from(old, canvas)
    covered = {key for key in tile_keys(finer.area) if not (key[0] >= 2 and key[1] >= 2)}
    assert finer.filled == covered and finer.fresh == {(0, 0)}
    assert (finer.pixels[:TILE, :TILE] == 255).all()
    assert (finer.pixels[:510, TILE:900] == colour).all() and (finer.pixels[300:700, :510] == colour).all()
    assert not finer.pixels[512:700, 512:900].any()


def test_judging_shows_grey_around_a_thin_white_border(view: CanvasView):
    view.fit()
    view.judge(True)
    shown = view.grab().toImage()
    corner = view.viewport.to_view().map(QPointF(0, 0))
    beside, beyond = (
        shown.pixelColor(round(corner.x() - distance), round(corner.y() + 40)).name() for distance in (2, 12)
    )
    assert beside == "#ffffff" and beyond == theme.current().tokens.judge.lower()


def pen(view: CanvasView, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    device = QPointingDevice(
        "pen", 7, QPointingDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QPointingDevice.Capability.Position | QPointingDevice.Capability.Pressure, 1, 3,
    )  # fmt: skip
    place = QPointF(at(view, x, y))
    event = QTabletEvent(
        kind, device, place, view.mapToGlobal(place), pressure, 0.0, 0.0, 0.0, 0.0, 0.0,
        Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def width_of_stroke(view: CanvasView, pressure: float, y: float) -> int:
    pen(view, QEvent.Type.TabletPress, 100, y, pressure)
    for x in range(110, 400, 10):
        pen(view, QEvent.Type.TabletMove, x, y, pressure)
    pen(view, QEvent.Type.TabletRelease, 400, y, 0.0)
    layer = view.picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    column = layer.surface.read(Rect(250, int(y) - 40, 251, int(y) + 40))[:, 0, 3]
    return int((column > 0.3).sum())


def test_pressure_makes_the_ink_wider(view: CanvasView):
    thin, thick = width_of_stroke(view, 0.15, 100), width_of_stroke(view, 0.95, 300)
    assert thin > 0 and thick > thin + 4


def test_the_canvas_takes_no_input_method_and_shows_each_picture_as_it_was_left(view: CanvasView):
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    studio, first = view.studio, view.picture
    view.actual_pixels()
    zoomed = view.viewport
    studio.new_picture(300, 300)
    settle(studio)
    assert view.picture is not first and view.viewport != zoomed
    studio.choose(first)
    assert view.viewport == zoomed


def test_the_view_of_a_closed_picture_is_forgotten(view: CanvasView):
    first = view.picture
    view.studio.new_picture(300, 300)
    assert id(first) in view._views
    view.studio.close(first)
    settle(view.studio)
    assert id(first) not in view._views


def test_a_pen_on_the_canvas_takes_the_keyboard(view: CanvasView, qtbot: QtBot):
    field = QLineEdit(view)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    pen(view, QEvent.Type.TabletPress, 100, 100, 0.5)
    pen(view, QEvent.Type.TabletRelease, 100, 100, 0.0)
    assert view.hasFocus()


def test_a_large_change_is_drawn_by_the_render_lane(view: CanvasView):
    studio = view.studio
    studio.layers.set_visible(view.picture.document.artwork.layers[0].id, False)
    settle(studio)
    key = (0, 0)
    tile = view.picture.renderer.cached(key, view.viewport.level)
    assert tile is not None and tile.stale.empty and not tile.pixels.any()


CONTROL = Qt.KeyboardModifier.ControlModifier


def with_two_layers(view: CanvasView) -> tuple[str, str]:
    """Ids of the paper and of a stroke across its middle; the paper is the active layer."""
    drag(view, (100, 200), (400, 200))
    paper, stroke = view.picture.document.artwork.layers
    view.studio.layers.choose(paper.id)
    return paper.id, stroke.id


def active(view: CanvasView) -> str:
    return view.picture.document.artwork.active


@pytest.mark.parametrize("tool", ["ink", "eraser", "smudge", "fill", "dodge"])
def test_ctrl_and_a_press_takes_the_layer_there(view: CanvasView, tool: str):
    paper, stroke = with_two_layers(view)
    view.studio.painting.choose_tool(tool)
    steps = len(view.picture.document.history)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    assert active(view) == stroke and [
        mark.text for mark in view.studio.painting.marks if isinstance(mark, Label)
    ] == ["Ink brush"]
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    assert view.studio.painting.marks == ()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 350))
    assert active(view) == paper and len(view.picture.document.history) == steps


FREE = (
    "select-rectangle", "select-ellipse", "lasso", "polygon", "magnetic", "wand", "by-colour", "quick-select",
    "rectangle", "ellipse", "polygon-shape", "line", "path", "text", "hand", "zoom", "symmetry", "assistants", "gradient",
    "measure", "patch", "lasso-fill",
)  # fmt: skip


@pytest.mark.parametrize("tool", FREE)
def test_ctrl_and_a_press_takes_the_layer_with_every_tool_that_has_no_use_for_it(view: CanvasView, tool: str):
    paper, stroke = with_two_layers(view)
    view.studio.painting.choose_tool(tool)
    steps = len(view.picture.document.history)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    assert active(view) == stroke
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 350))
    assert active(view) == paper and view.studio.painting.tool == tool
    assert len(view.picture.document.history) == steps and view.picture.document.artwork.selection is None


@pytest.mark.parametrize("tool", ["transform", "transform-selection", "crop", "page", "picker"])
def test_ctrl_stays_with_the_tools_that_have_a_use_for_it(view: CanvasView, tool: str):
    paper, _ = with_two_layers(view)
    view.studio.selecting.all()
    view.studio.painting.choose_tool(tool)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    assert active(view) == paper


def test_ctrl_in_a_path_and_on_a_text_is_theirs_and_beside_them_takes_the_layer(view: CanvasView):
    _, stroke = with_two_layers(view)
    painting = view.studio.painting
    painting.choose_tool("path")
    drag(view, (40, 40), (60, 40))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    assert active(view) != stroke and isinstance(painting.session, PathSession)
    assert [len(one.nodes) for one in painting.session._path] == [2], "the press is the path's"
    painting.close_session(apply=False)
    painting.choose_tool("text")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 200, 100))
    QTest.keyClicks(view, "Danqing")
    session = painting.session
    assert isinstance(session, TextSession) and session.setting is not None
    text = active(view)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 210, 95))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 210, 95))
    assert painting.session is session and active(view) == text, "on the text it moves it"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    assert active(view) == stroke and view.picture.document.committed.find(text) is not None
    painting.choose_tool("rectangle")
    drag(view, (40, 300), (80, 340))
    layers = len(view.picture.document.artwork.layers)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 100, 200))
    assert active(view) == stroke and len(view.picture.document.committed.layers) == layers, (
        "the shape is kept"
    )


def menu_of(view: CanvasView) -> QMenu:
    (found,) = [one for one in view.findChildren(QMenu) if one.isVisible()]
    return found


def test_ctrl_and_a_long_press_lists_the_layers_there(view: CanvasView, qtbot: QtBot):
    paper, _ = with_two_layers(view)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, CONTROL, at(view, 250, 200))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in view.findChildren(QMenu)))
    settle(view.studio)
    menu = menu_of(view)
    assert [one.text() for one in menu.actions()] == ["Ink brush", "Paper"]
    assert menu.actions()[0].isChecked() and not menu.actions()[0].icon().isNull()
    menu.actions()[1].trigger()
    menu.close()
    assert active(view) == paper and not view.input.busy
    qtbot.wait(20)


def test_a_right_click_with_the_move_tool_lists_the_layers_there(view: CanvasView, qtbot: QtBot):
    _, stroke = with_two_layers(view)
    view.studio.painting.choose_tool("move")
    place = at(view, 250, 200)
    QApplication.sendEvent(
        view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    )
    menu = menu_of(view)
    menu.actions()[0].trigger()
    menu.close()
    assert active(view) == stroke
    qtbot.wait(20)


def test_nothing_of_the_tool_lies_over_a_variant_under_the_pointer(
    view: CanvasView, monkeypatch: pytest.MonkeyPatch
):
    _, stroke = with_two_layers(view)
    document = view.picture.document
    place = at(view, 20, 350)
    bare = view.grab().toImage().pixelColor(place)
    view.studio.painting.show_marks((Handle(20, 350, hot=True),))
    assert view.grab().toImage().pixelColor(place) != bare
    QApplication.processEvents()
    drawn: list[bool] = []
    draw_over = view_module.draw_over

    def watched(painter: QPainter, shown: CanvasView, clip: QRect) -> None:
        drawn.append(clip.contains(place))
        draw_over(painter, shown, clip)

    monkeypatch.setattr(view_module, "draw_over", watched)
    without = edits.set_visible(document.committed, stroke, False)
    for preview in (lambda: document.preview("hover", without), lambda: document.revert("hover")):
        drawn.clear()
        preview()
        QApplication.processEvents()
        assert any(drawn), "where the handle lies nothing of the picture changed"
        shown = view.grab().toImage().pixelColor(place)
        assert (shown == bare) is (document.preview_owner == "hover")


def lines_between(canvas: CanvasView, x: int, y: int) -> tuple[float, float]:
    """How much darker or lighter a white sheet is on the edge of its pixel (x, y) than in the middle: left, and above."""
    image, ratio = canvas.grab().toImage(), canvas.devicePixelRatioF()

    def lightness(place: QPointF) -> int:
        point = canvas.viewport.to_view().map(place)
        assert image.rect().contains(point.toPoint()) and ratio > 0
        return image.pixelColor(int(point.x()), int(point.y())).lightness()

    middle = lightness(QPointF(x + 0.5, y + 0.5))
    left, above = lightness(QPointF(x, y + 0.5)), lightness(QPointF(x + 0.5, y))
    return middle - left, middle - above


@pytest.mark.parametrize("rotation", [0.0, 90.0])
def test_lines_part_the_pixels_from_the_zoom_of_the_pixel_grid_on(view: CanvasView, rotation: float):
    for zoom, parted in (
        (PIXEL_GRID_ZOOM - 0.5, False),
        (PIXEL_GRID_ZOOM, True),
        (4 * PIXEL_GRID_ZOOM, True),
    ):
        size = view.viewport.width, view.viewport.height
        view.set_viewport(
            Viewport(zoom=zoom, centre_x=300, centre_y=200, rotation=rotation, width=size[0], height=size[1])
        )
        settle(view.studio)
        lines = lines_between(view, 302, 203)
        assert all(line > 20 for line in lines) if parted else lines == (0, 0), (zoom, lines)


def test_the_pixel_grid_ends_with_the_picture(view: CanvasView):
    width, height = view.viewport.width, view.viewport.height
    view.set_viewport(
        Viewport(zoom=2 * PIXEL_GRID_ZOOM, centre_x=600, centre_y=200, width=width, height=height)
    )
    settle(view.studio)
    assert all(line > 20 for line in lines_between(view, 597, 201))
    assert lines_between(view, 603, 201) == (0, 0), "the surround has no pixels"
