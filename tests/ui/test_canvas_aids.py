"""Rulers, guides, assistants, mirrored and repeated views, colours of the view, fingers, pens that vanish."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.document.aids import Assistant, Guide
from studio.document.layer import Paint
from studio.raster import vision
from studio.raster.geometry import Rect
from studio.raster.symmetry import Symmetry, images
from studio.ui.canvas.aids_overlay import symmetry_axes
from studio.ui.canvas.overlay import RIM, RING, RING_WIDTH
from studio.ui.canvas.rulers import spacing
from studio.ui.canvas.touch import pinched
from studio.ui.canvas.view import CanvasView
from studio.ui.canvas.viewport import Viewport
from studio.ui.dialogs.guides import GuidesDialog
from studio.ui.panels.navigator import NavigatorPanel
from studio.ui.panels.second_view import SecondViewPanel
from studio.workspace import guides
from studio.workspace.tools import Pointer
from tests.ui import fakes
from tests.ui.fakes import settle
from tests.ui.test_canvas import at, drag, painted, pen

coordinates = st.floats(-3000, 3000)


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


def aids_of(view: CanvasView):
    return view.picture.document.artwork.aids


@given(st.floats(0, 359), coordinates, coordinates, st.floats(0.05, 20))
def test_a_mirrored_view_is_the_view_in_a_mirror(rotation: float, x: float, y: float, zoom: float):
    plain = Viewport(zoom=zoom, rotation=rotation, centre_x=100, centre_y=50, width=800, height=600)
    seen = plain.to_view().map(QPointF(x, y))
    mirrored = plain.reflected().to_view().map(QPointF(x, y))
    assert mirrored.x() == pytest.approx(800 - seen.x(), abs=1e-3)
    assert mirrored.y() == pytest.approx(seen.y(), abs=1e-3)
    assert plain.reflected().reflected() == plain


@given(st.booleans(), st.floats(-170, 170))
def test_turning_goes_clockwise_for_the_eye(mirrored: bool, degrees: float):
    view = Viewport(width=800, height=600, mirrored=mirrored)
    turned = view.turned(degrees)
    point = QPointF(0.0, -100.0)
    before, after = view.to_view().map(point), turned.to_view().map(point)
    middle = QPointF(400, 300)
    angles = [math.degrees(math.atan2((p - middle).y(), (p - middle).x())) for p in (before, after)]
    assert (angles[1] - angles[0] - degrees + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


@given(*[st.floats(50, 700)] * 8, st.booleans())
def test_what_lies_under_two_fingers_stays_there(ax, ay, bx, by, cx, cy, dx, dy, mirrored):
    a0, b0, a1, b1 = QPointF(ax, ay), QPointF(bx, by), QPointF(cx, cy), QPointF(dx, dy)
    before, after = math.dist((ax, ay), (bx, by)), math.dist((cx, cy), (dx, dy))
    if min(before, after) < 5:
        return
    view = Viewport(zoom=1.0, width=800, height=600, mirrored=mirrored)
    moved = pinched(view, a0, b0, a1, b1)
    if not 0.011 < moved.zoom < 63:
        return
    for old, new in ((a0, a1), (b0, b1)):
        under = view.map_to_document(old)
        shown = moved.to_view().map(under)
        assert math.dist(shown.toTuple(), new.toTuple()) < 0.1


@given(st.floats(1e-3, 1e4))
def test_numbers_of_a_ruler_are_round_and_far_enough_apart(pixels: float):
    step = spacing(pixels, 64)
    assert step * pixels >= 64 - 1e-6
    assert float(f"{step:.0e}"[0]) in (1, 2, 5)
    assert step * pixels <= 64 * 2.5 + 1e-6


def test_a_guide_is_drawn_out_of_the_ruler_moved_and_thrown_away(view: CanvasView):
    view.studio.viewing.change(rulers=True)
    ruler = view.rulers.across
    target = at(view, 200, 121) - ruler.pos()
    steps = len(view.picture.document.history)
    QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=QPoint(200, 10))
    QTest.mouseMove(ruler, target)
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=target)
    assert len(aids_of(view).guides) == 1 and aids_of(view).guides[0].axis == "y"
    assert aids_of(view).guides[0].position == pytest.approx(121, abs=1.5)
    assert len(view.picture.document.history) == steps + 1
    view.studio.painting.choose_tool("move")
    y = aids_of(view).guides[0].position
    drag(view, (300, y), (300, 301))
    assert aids_of(view).guides[0].position == pytest.approx(301, abs=1.5)
    drag(view, (300, aids_of(view).guides[0].position), (300, -60))
    assert aids_of(view).guides == ()
    view.picture.document.undo()
    assert len(aids_of(view).guides) == 1


def test_a_press_on_the_ruler_that_goes_nowhere_makes_no_guide(view: CanvasView):
    view.studio.viewing.change(rulers=True)
    steps = len(view.picture.document.history)
    QTest.mouseClick(view.rulers.down, Qt.MouseButton.LeftButton, pos=QPoint(8, 100))
    assert aids_of(view).guides == () and len(view.picture.document.history) == steps
    assert not view.picture.document.gesture_open


def test_locked_guides_stay(view: CanvasView):
    guides.change(view.studio, guides.GUIDES, guides=(Guide("y", 100.0),), locked=True)
    view.studio.painting.choose_tool("move")
    drag(view, (300, 100), (300, 200))
    assert aids_of(view).guides == (Guide("y", 100.0),)


def test_a_stroke_keeps_to_the_ruler(view: CanvasView):
    guides.change(
        view.studio, guides.ASSISTANT, assistants=(Assistant("ruler", ((50.0, 200.0), (550.0, 200.0))),)
    )
    sent: list[Pointer] = []
    begin = view.studio.painting.begin

    def noted(picture, pointer, tool=None):
        sent.append(pointer)
        running = begin(picture, pointer, tool)
        send = running.send
        running.send = lambda sample: (sent.append(sample), send(sample))  # type: ignore[method-assign]
        return running

    view.studio.painting.begin = noted  # type: ignore[method-assign]
    drag(view, (100, 205), (400, 260))
    assert len(sent) > 4 and {round(one.y, 6) for one in sent} == {200.0}
    view.studio.viewing.change(assistants=False)
    sent.clear()
    drag(view, (100, 205), (400, 260))
    assert max(one.y for one in sent) > 250


def test_assistants_are_laid_down_moved_and_removed(view: CanvasView):
    painting = view.studio.painting
    painting.choose_tool("assistants")
    painting.change_options("assistants", kind="ellipse")
    drag(view, (200, 200), (300, 200))
    assert [one.kind for one in aids_of(view).assistants] == ["ellipse"]
    drag(view, (200, 200), (260, 240))
    (x, y), *_ = aids_of(view).assistants[0].points
    assert (x, y) == pytest.approx((260, 240), abs=2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert aids_of(view).assistants == ()
    view.studio.undo()
    assert len(aids_of(view).assistants) == 1
    painting.choose_tool("ink")
    assert painting.session is None


def test_grids_guides_and_assistants_are_painted(view: CanvasView):
    plain = view.grab().toImage()
    one = Assistant("perspective", ((100.0, 100.0), (500.0, 100.0)))
    guides.change(view.studio, guides.GUIDES, guides=(Guide("x", 150.0),), assistants=(one,))
    aided = view.grab().toImage()
    assert aided != plain
    view.studio.viewing.change(guides=False, assistants=False)
    assert view.grab().toImage() == plain
    for kind in ("square", "isometric"):
        grid = aids_of(view).grid.__class__(kind=kind)
        guides.set_grid(view.studio, grid)
        view.studio.viewing.change(grid=True)
        assert view.grab().toImage() != plain
        view.studio.viewing.change(grid=False)


@given(st.integers(1, 12), st.booleans(), st.booleans(), st.floats(-90, 90))
def test_symmetry_axes_part_the_copies(folds: int, mirror: bool, across: bool, angle: float):
    symmetry = Symmetry(folds=folds, mirror=mirror, mirror_across=across, angle=angle)
    axes = symmetry_axes(symmetry)
    assert len(axes) == len(set(axes)) and bool(axes) == symmetry.active
    for a, b, c, d, _, _ in images(symmetry):
        if (
            a * d - b * c < 0 and folds == 1
        ):  # a mirror image: one of its fixed directions is an axis that is drawn
            turn = math.degrees(math.atan2(b, a)) / 2
            assert any(abs((axis - turn + 90) % 180 - 90) < 1e-3 for axis in axes)


def test_the_axes_of_symmetry_are_painted_and_follow(view: CanvasView):
    plain = view.grab().toImage()
    strokes = view.studio.painting.strokes
    strokes.set_symmetry(Symmetry(mirror=True, x=300.0, y=200.0))
    assert view.grab().toImage() != plain
    view.studio.viewing.change(symmetry=False)
    assert view.grab().toImage() == plain


def test_the_value_view_shows_luminance_and_leaves_the_picture_alone(view: CanvasView):
    view.studio.painting.set_colour((0.9, 0.1, 0.2))
    view.studio.painting.change_brush(size=60.0, grain=0.0)
    drag(view, (100, 200), (400, 200))
    settle(view.studio)
    before = view.picture.document.artwork
    view.studio.viewing.choose_look("value")
    settle(view.studio)
    colour = view.grab().toImage().pixelColor(at(view, 250, 200) * view.devicePixelRatioF())
    grey = round(255 * float(vision.seen(np.array([0.9, 0.1, 0.2]), "value")[0]))
    assert colour.red() == colour.green() == colour.blue() and abs(colour.red() - grey) <= 3
    assert view.picture.document.artwork is before
    drag(view, (100, 300), (400, 300))  # a dab drawn at once has the same colours
    colour = view.grab().toImage().pixelColor(at(view, 250, 300) * view.devicePixelRatioF())
    assert colour.red() == colour.green() == colour.blue()
    view.studio.viewing.choose_look("value")
    settle(view.studio)
    colour = view.grab().toImage().pixelColor(at(view, 250, 200) * view.devicePixelRatioF())
    assert colour.red() > colour.green() + 100


def test_a_broken_profile_is_told_and_the_colours_stay(view: CanvasView, tmp_path: Path):
    file = tmp_path / "不是.icc"
    file.write_bytes(b"no profile at all")
    told: list = []
    view.studio.notice.connect(told.append)
    before = view.grab().toImage()
    view.studio.viewing.change(display_profile=str(file))
    settle(view.studio)
    assert told and "不是.icc" in told[0].arguments["file"]
    assert view.grab().toImage() == before


def test_the_tile_preview_repeats_the_picture_all_around(view: CanvasView):
    view.studio.painting.change_brush(size=60.0)
    drag(view, (100, 200), (200, 200))
    view.set_viewport(view.viewport.zoomed(0.25))
    settle(view.studio)
    once = view.grab().toImage().pixelColor(at(view, 150 + 600, 200 + 400) * view.devicePixelRatioF())
    view.studio.viewing.show_tiled(True)
    settle(view.studio)
    for x, y in ((150, 200), (750, 200), (-450, 600), (750, -200)):
        colour = view.grab().toImage().pixelColor(at(view, x, y) * view.devicePixelRatioF())
        assert colour.lightness() < 120, (x, y)
    assert once.lightness() < 100 or once != view.grab().toImage().pixelColor(at(view, 750, 600))


def test_a_stroke_on_a_repetition_is_painted_on_the_picture(view: CanvasView):
    view.studio.painting.change_brush(size=40.0)
    view.studio.viewing.show_tiled(True)
    view.set_viewport(view.viewport.zoomed(0.3))
    drag(view, (600 + 100, 200), (600 + 300, 200))
    layer = view.picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    assert layer.surface.read(Rect(190, 190, 210, 210))[..., 3].max() > 0.5
    assert layer.surface.bounds.right <= 768


def test_a_stroke_over_the_seam_of_the_preview_goes_on_behind_it(view: CanvasView):
    """Turning the preview on makes the picture one that repeats, as a step that can be undone, and says so."""
    told: list = []
    view.studio.notice.connect(told.append)
    document = view.picture.document
    width, before = document.artwork.width, document.committed
    view.studio.viewing.show_tiled(True)
    assert (
        document.committed.tiles_x
        and document.committed.tiles_y
        and document.history[-1].label == "Repeating picture"
    )
    assert len(told) == 1 and "repeats" in told[0].text
    view.studio.painting.change_brush(size=40.0, grain=0.0)
    view.set_viewport(view.viewport.zoomed(0.3))
    drag(view, (width - 100, 200), (width + 100, 200))
    layer = view.picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    alpha = layer.surface.read(Rect(0, 200, width, 201))[0, :, 3]
    assert alpha[:50].min() > 0.2 and alpha[width - 50 :].min() > 0.2 and not alpha[200 : width - 200].any()
    view.studio.undo()
    view.studio.undo()
    assert document.committed is before and view.studio.viewing.tiled
    view.studio.viewing.show_tiled(False)
    view.studio.viewing.show_tiled(True)
    view.studio.viewing.show_tiled(False)
    assert not view.showing.tiled and len(document.history) == 3
    assert document.history[-1].label == "Repeating picture", "it was taken back, so it is made again"


def test_each_picture_has_its_own_preview(view: CanvasView):
    first = view.picture
    view.studio.viewing.show_tiled(True)
    second = view.studio.new_picture(80, 60)
    assert not view.showing.tiled and not view.studio.viewing.tiled and not second.document.artwork.tiles_x
    view.studio.choose(first)
    assert view.showing.tiled and view.studio.viewing.tiled
    view.studio.choose(second)
    document = second.document
    document.commit("Repeat", document.artwork.with_(tiles_x=True))
    view.studio.viewing.show_tiled(True)
    assert len(document.history) == 2 and not document.artwork.tiles_y, "what was chosen before stays"


@given(st.booleans(), st.floats(0, 359), st.floats(-60, 60), st.floats(-60, 60))
def test_a_pen_leans_the_same_way_on_a_turned_sheet(mirrored: bool, rotation: float, x: float, y: float):
    view = Viewport(rotation=rotation, mirrored=mirrored, width=800, height=600)
    turned = view.turned_back(x, y)
    to_view = view.to_view()
    shown = to_view.map(QPointF(*turned)) - to_view.map(QPointF(0, 0))
    assert shown.toTuple() == pytest.approx((x, y), abs=1e-6)


def test_a_second_view_shows_strokes_of_the_first_and_takes_its_own(view: CanvasView, qtbot: QtBot):
    panel = SecondViewPanel(view.studio)
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show()
    qtbot.waitExposed(panel)
    settle(view.studio)
    panel.canvas.set_viewport(panel.canvas.viewport.zoomed(2.0).centred(250, 200))
    settle(view.studio)
    view.studio.painting.change_brush(size=40.0)
    drag(view, (100, 200), (400, 200))
    settle(view.studio)
    image = panel.canvas.grab().toImage()
    assert image.pixelColor(at(panel.canvas, 250, 200) * panel.devicePixelRatioF()).lightness() < 100
    assert view.viewport.zoom != panel.canvas.viewport.zoom
    drag(panel.canvas, (230, 180), (270, 180))
    settle(view.studio)
    assert view.grab().toImage().pixelColor(at(view, 250, 180)).lightness() < 100
    panel.hide()
    assert panel.canvas.picture is None


def test_the_navigator_moves_the_view(view: CanvasView, qtbot: QtBot):
    panel = NavigatorPanel(view.studio)
    qtbot.addWidget(panel)
    panel.resize(300, 300)
    panel.show()
    qtbot.waitExposed(panel)
    view.set_viewport(view.viewport.zoomed(3.0))
    place = panel.overview.place()
    corner = QPoint(int(place.left() + place.width() * 0.25), int(place.top() + place.height() * 0.75))
    QTest.mouseClick(panel.overview, Qt.MouseButton.LeftButton, pos=corner)
    assert view.viewport.centre_x == pytest.approx(150, abs=4)
    assert view.viewport.centre_y == pytest.approx(300, abs=4)
    panel.rotation.value_changed.emit(-90.0)
    assert view.viewport.rotation == 270.0
    panel.zoom.value_changed.emit(200.0)
    assert view.viewport.zoom == 2.0
    qtbot.wait(250)
    settle(view.studio)
    assert not panel.overview.image.isNull()


def finger_device() -> QPointingDevice:
    return QTest.createTouchDevice()


def test_two_fingers_move_turn_and_zoom_and_paint_nothing(view: CanvasView):
    device = finger_device()
    before = view.viewport
    steps = len(view.picture.document.history)
    QTest.touchEvent(view, device).press(1, QPoint(200, 200))
    QTest.touchEvent(view, device).move(1, QPoint(200, 200)).press(2, QPoint(300, 200))
    QTest.touchEvent(view, device).move(1, QPoint(150, 250)).move(2, QPoint(350, 250))
    QTest.touchEvent(view, device).release(1, QPoint(150, 250)).release(2, QPoint(350, 250))
    assert view.viewport.zoom == pytest.approx(2 * before.zoom, rel=0.02)
    assert len(view.picture.document.history) == steps and not painted(view)


def test_one_finger_paints_until_a_pen_was_seen(view: CanvasView):
    device = finger_device()
    QTest.touchEvent(view, device).press(1, at(view, 100, 100))
    for x in range(120, 400, 20):
        QTest.touchEvent(view, device).move(1, at(view, x, 100))
    QTest.touchEvent(view, device).release(1, at(view, 400, 100))
    assert painted(view)
    pen(view, QEvent.Type.TabletPress, 100, 200, 0.5)
    pen(view, QEvent.Type.TabletRelease, 100, 200, 0.0)
    steps, before = len(view.picture.document.history), view.viewport

    def pan() -> None:
        QTest.touchEvent(view, device).press(1, QPoint(200, 200))
        QTest.touchEvent(view, device).move(1, QPoint(240, 210))
        QTest.touchEvent(view, device).release(1, QPoint(240, 210))

    pan()
    assert view.viewport == before  # so soon after the pen it is the palm
    view.input.touch._pen_at -= 10
    pan()
    assert view.viewport != before and len(view.picture.document.history) == steps


def test_a_palm_on_the_sheet_moves_nothing_under_the_pen(view: CanvasView):
    device, before = finger_device(), view.viewport
    pen(view, QEvent.Type.TabletPress, 100, 200, 0.6)
    QTest.touchEvent(view, device).press(1, QPoint(300, 300)).press(2, QPoint(350, 320))
    for x in range(110, 300, 10):
        pen(view, QEvent.Type.TabletMove, x, 200, 0.6)
        QTest.touchEvent(view, device).move(1, QPoint(300 + x, 300)).move(2, QPoint(350, 320 + x))
    pen(view, QEvent.Type.TabletRelease, 300, 200, 0.0)
    QTest.touchEvent(view, device).release(1, QPoint(600, 300)).release(2, QPoint(350, 620))
    assert view.viewport == before and painted(view)


def test_two_fingers_tapped_take_a_step_back(view: CanvasView):
    drag(view, (100, 200), (400, 200))
    steps = view.picture.document.cursor
    device = finger_device()
    QTest.touchEvent(view, device).press(1, QPoint(200, 200)).press(2, QPoint(300, 200))
    QTest.touchEvent(view, device).release(1, QPoint(200, 200)).release(2, QPoint(300, 200))
    assert view.picture.document.cursor == steps - 1 and not painted(view)


@pytest.mark.parametrize("how", ["proximity", "focus", "mouse"])
def test_a_pen_that_vanishes_keeps_its_stroke(view: CanvasView, how: str):
    steps = len(view.picture.document.history)
    pen(view, QEvent.Type.TabletPress, 100, 200, 0.6)
    for x in range(110, 300, 10):
        pen(view, QEvent.Type.TabletMove, x, 200, 0.6)
    assert view.picture.document.gesture_open
    if how == "proximity":
        device = QPointingDevice.primaryPointingDevice()
        gone = QTabletEvent(
            QEvent.Type.TabletLeaveProximity, device, QPointF(), QPointF(), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        )  # fmt: skip
        QApplication.sendEvent(QApplication.instance(), gone)
    elif how == "focus":
        view.input.pen_lost()
    else:
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 300, 300))
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 300, 300))
    assert not view.picture.document.gesture_open
    assert painted(view) and len(view.picture.document.history) >= steps + 1
    assert not view.input.busy


def test_a_pen_tells_tilt_rotation_and_its_eraser_end(view: CanvasView):
    sent: list[tuple[Pointer, str | None]] = []
    view.studio.painting.begin = lambda picture, pointer, tool=None: sent.append((pointer, tool))  # type: ignore[method-assign]
    device = QPointingDevice(
        "pen", 9, QPointingDevice.DeviceType.Stylus, QPointingDevice.PointerType.Eraser,
        QPointingDevice.Capability.Position | QPointingDevice.Capability.Pressure, 1, 3,
    )  # fmt: skip
    place = QPointF(at(view, 100, 100))
    event = QTabletEvent(
        QEvent.Type.TabletPress, device, place, view.mapToGlobal(place), 0.25, 30.0, -12.0, 0.0, 77.0, 0.0,
        Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    view.input.pen_lost()
    pointer, tool = sent[0]
    assert tool == "eraser" and pointer.has_pressure
    assert (pointer.pressure, pointer.tilt_x, pointer.tilt_y, pointer.rotation) == (0.25, 30.0, -12.0, 77.0)


def recorded(view: CanvasView) -> list[Pointer | None]:
    """The samples of one pen stroke as the tool got them."""
    noted: list[Pointer | None] = []
    begin = view.studio.painting.begin

    def recording(picture, pointer, tool=None):
        noted.append(pointer)
        running = begin(picture, pointer, tool)
        send, finish = running.send, running.finish
        running.send = lambda sample: (noted.append(sample), send(sample))  # type: ignore[method-assign]
        running.finish = lambda: (noted.append(None), finish())  # type: ignore[method-assign]
        return running

    view.studio.painting.begin = recording  # type: ignore[method-assign]
    random = np.random.default_rng(5)
    pen(view, QEvent.Type.TabletPress, 100, 200, 0.4)
    for step in range(40):
        x, y = 100 + 8 * step, 200 + 60 * math.sin(step / 5)
        pen(view, QEvent.Type.TabletMove, x, y, 0.3 + 0.6 * float(random.random()))
    pen(view, QEvent.Type.TabletRelease, 420, 200, 0.0)
    view.studio.painting.begin = begin  # type: ignore[method-assign]
    return noted


def test_recorded_strokes_replay_identically(view: CanvasView):
    samples = recorded(view)
    assert len(samples) > 40 and samples[-1] is None
    layer = view.picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    first = {key: tile.digest for key, tile in layer.surface.tiles.items()}
    view.picture.document.undo()
    assert not painted(view)
    running = view.studio.painting.begin(view.picture, samples[0])
    assert running is not None
    for sample in samples[1:-1]:
        assert sample is not None
        running.send(sample)
    running.finish()
    layer = view.picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    assert {key: tile.digest for key, tile in layer.surface.tiles.items()} == first


def test_the_kept_small_picture_stands_where_nothing_is_drawn_yet(view: CanvasView):
    red = QImage(60, 40, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    red.save(buffer, "PNG")  # type: ignore[call-overload]
    picture = view.picture
    picture.small = bytes(buffer.data().data())
    picture.renderer.show(picture.document.artwork)  # nothing is drawn any more
    view.show_picture(None)
    view.show_picture(picture)
    place = at(view, 300, 200) * view.devicePixelRatioF()
    assert view.grab().toImage().pixelColor(place).name() == "#ff0000"
    settle(view.studio)
    assert view.grab().toImage().pixelColor(place).name() == "#ffffff"


def test_the_dialog_lays_guides_out_and_takes_numbers(view: CanvasView, qtbot: QtBot):
    dialog = GuidesDialog(view.studio)
    qtbot.addWidget(dialog)
    dialog._lay_out()
    assert [one.position for one in aids_of(view).guides] == [200, 400, 133.333, 266.667]
    dialog._follower.catch_up()
    dialog._refresh()
    assert dialog.list.count() == 4
    dialog.list.item(0).setText("250,5")
    assert aids_of(view).guides[0].position == 250.5
    dialog.list.item(1).setText("somewhere")
    assert aids_of(view).guides[1].position == 400
    dialog._add("y")
    dialog._refresh()
    dialog.list.setCurrentRow(0)
    dialog._remove()
    assert [one.axis for one in aids_of(view).guides] == ["x", "y", "y", "y"]
    dialog.grid.released.emit(dialog.grid.values().__class__(kind="isometric", width=50.0))
    assert aids_of(view).grid.kind == "isometric" and view.studio.viewing.options.grid
    dialog.close()


def test_rulers_show_and_change_their_unit(view: CanvasView):
    view.studio.viewing.change(rulers=True)
    assert view.rulers.across.isVisible() and view.rulers.down.isVisible()
    pixels = view.rulers.across.grab().toImage()
    view.studio.viewing.change(unit="cm")
    assert view.rulers.across.grab().toImage() != pixels
    view.rotate_by(90.0)
    assert view.rulers.across._axis() == "y" and view.rulers.down._axis() == "x"
    view.studio.viewing.change(rulers=False)
    assert not view.rulers.across.isVisible()


def differs(view: CanvasView, before: QImage, after: QImage, x: float, y: float, reach: int = 14) -> bool:
    """Whether the view looks different around a document point."""
    place = view.viewport.to_view().map(QPointF(x, y)).toPoint()
    part = place.x() - reach, place.y() - reach, 2 * reach, 2 * reach
    return before.copy(*part) != after.copy(*part)


def test_samplers_are_marked_and_numbered_and_can_be_hidden(view: CanvasView):
    studio = view.studio
    bare = view.grab().toImage()
    studio.samplers.pin((100.0, 100.0))
    studio.samplers.pin((300.0, 200.0))
    settle(studio)
    marked = view.grab().toImage()
    assert differs(view, bare, marked, 100, 100) and differs(view, bare, marked, 300, 200)
    assert not differs(view, bare, marked, 200, 300)
    first, second = (
        view.viewport.to_view().map(QPointF(*place)).toPoint() for place in studio.samplers.places
    )
    numbers = [marked.copy(at.x() + 9, at.y() - 20, 12, 14) for at in (first, second)]
    assert numbers[0] != numbers[1], "each has its own number"
    around = [(x, y) for x in range(-10, 11) for y in range(-10, 11)]
    ring = [marked.pixelColor(first.x() + x, first.y() + y).lightness() for x, y in around]
    assert min(ring) < 40 and max(ring) > 220, "both inks, so that it shows on any picture"
    studio.viewing.toggle("samplers")
    settle(studio)
    assert view.grab().toImage() == bare


def test_the_picker_shows_the_new_colour_over_the_old_in_a_ring(view: CanvasView):
    studio = view.studio
    studio.painting.set_colour((1.0, 0.0, 0.0))
    gesture = studio.painting.begin(view.picture, Pointer(300.0, 200.0, zoom=view.viewport.zoom), "picker")
    assert gesture is not None
    settle(studio)
    seen = view.grab().toImage()
    middle = view.viewport.to_view().map(QPointF(300.0, 200.0)).toPoint()
    above = seen.pixelColor(middle.x(), middle.y() - round(RING))
    below = seen.pixelColor(middle.x(), middle.y() + round(RING))
    assert above.name() == QColor(255, 255, 255).name() and below.name() == QColor(255, 0, 0).name()
    rim = seen.pixelColor(middle.x(), middle.y() - round(RING + RING_WIDTH / 2 + RIM / 2))
    assert rim.red() == rim.green() == rim.blue() and 80 < rim.red() < 180, (
        "a neutral grey apart from the picture"
    )
    gesture.finish()
    settle(studio)
    assert view.grab().toImage().pixelColor(middle.x(), middle.y() + round(RING)).red() == 255
    assert studio.painting.colour == (1.0, 1.0, 1.0)
