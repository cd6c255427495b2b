"""Image size and canvas size: what is typed is what happens; the options bar's numbers drive a transform."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from studio.document import edits
from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.synthesis.rework import Quilt, Seamless
from studio.ui.canvas.keeping_up import KeepingUp
from studio.ui.dialogs import cut_out
from studio.ui.dialogs.canvas_size import CanvasSizeDialog
from studio.ui.dialogs.cut_out import CutOutDialog
from studio.ui.dialogs.frame import EDGE, Frame
from studio.ui.dialogs.image_size import ImageSizeDialog
from studio.ui.dialogs.repair import FillDialog
from studio.ui.dialogs.selecting import SelectingDialog
from studio.workspace.repair_forms import Flaws
from tests.ui.windows import Opened, clipped, empty_panel, nameless


@pytest.fixture
def opened(qapp, qtbot, home) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), empty_panel)
    window.studio.new_picture(400, 300)
    block = Paint(surface=Surface.from_pixels(np.ones((60, 100, 4), np.float16), 50, 40))
    document = window.studio.current.document
    document.commit("Put", edits.add_layer(document.artwork, block))
    window.pump()
    yield window
    window.close()


def typed(row, text: str) -> None:
    row.field.setText(text)
    row.field.textEdited.emit(text)


def test_image_size_keeps_proportions_and_counts_in_any_unit(opened, qtbot) -> None:
    dialog = ImageSizeDialog(opened.studio, opened.window)
    dialog.open()
    assert not nameless(dialog)
    assert not clipped(dialog)
    typed(dialog.rows.wide, "200")
    assert dialog.rows.high.field.text() == "150"
    dialog.rows.unit.set_value("percent")
    dialog.rows.unit.chosen.emit("percent")
    assert dialog.rows.wide.field.text() == "50"
    dialog.rows.unit.set_value("in")
    dialog.rows.unit.chosen.emit("in")
    typed(dialog.rows.wide, "1")
    assert dialog.rows.pixels() == (300, 225)
    assert "300 × 225" in dialog.sum.text()
    dialog.resize_picture()
    opened.pump()
    artwork = opened.studio.current.document.artwork
    assert (artwork.width, artwork.height) == (300, 225)


def test_image_size_without_resampling_sets_the_resolution(opened, qtbot) -> None:
    dialog = ImageSizeDialog(opened.studio, opened.window)
    dialog.open()
    dialog.kernel.set_value("none")
    dialog.kernel.chosen.emit("none")
    typed(dialog.rows.ppi, "72")
    layers = opened.studio.current.document.artwork.layers
    dialog.resize_picture()
    opened.pump()
    artwork = opened.studio.current.document.artwork
    assert artwork.ppi == 72
    assert artwork.layers is layers


@pytest.mark.parametrize("text", ["", "abc", "0", "-5", "4000000"])
def test_sizes_that_cannot_be_are_not_taken(opened, qtbot, text) -> None:
    dialog = ImageSizeDialog(opened.studio, opened.window)
    dialog.open()
    typed(dialog.rows.wide, text)
    assert not dialog.apply_button.isEnabled()
    dialog.reject()
    opened.pump()


def test_canvas_size_from_an_anchor(opened, qtbot) -> None:
    dialog = CanvasSizeDialog(opened.studio, opened.window)
    dialog.open()
    assert not nameless(dialog)
    assert not clipped(dialog)
    qtbot.keyClick(dialog.anchor, Qt.Key.Key_Left)
    qtbot.keyClick(dialog.anchor, Qt.Key.Key_Up)
    assert dialog.anchor.anchor == (0.0, 0.0)
    typed(dialog.rows.wide, "500")
    typed(dialog.rows.high, "310")
    dialog.change_canvas()
    opened.pump()
    artwork = opened.studio.current.document.artwork
    assert (artwork.width, artwork.height) == (500, 310)
    assert artwork.active_layer.transform == (1, 0, 0, 1, 0, 0)


def texture(opened: Opened) -> None:
    """A layer over the whole picture: grey, a slope, faint noise and a scratch."""
    pixels = 0.4 + 0.02 * np.random.default_rng(3).random((300, 400, 4), np.float32)
    pixels += np.linspace(0, 0.2, 400, dtype=np.float32)[:, None]
    pixels[40:260, 200:202] = pixels[..., 3] = 1
    document = opened.studio.current.document
    layer = Paint(surface=Surface.from_pixels(pixels.astype(np.float16)))
    document.commit("Put", edits.add_layer(document.artwork, layer))
    opened.pump()


def test_fill_with_options_shows_one_method_and_fills_by_it(opened, qtbot) -> None:
    texture(opened)
    studio, run = opened.studio, opened.window.actions_.run
    assert not run("fill-with-options"), "there is nothing selected"
    for rect in ((60, 50, 80, 60), (100, 50, 110, 90)):
        artwork = studio.current.document.committed
        chosen = edits.rectangle_selection(Rect(*rect))
        studio.current.document.commit("Select", artwork.with_(selection=chosen))
        if rect[0] == 60:
            studio.selecting.save("Good part")
    opened.pump()
    assert run("fill-with-options")
    dialog = opened.window.findChildren(FillDialog)[-1]
    assert not nameless(dialog) and not clipped(dialog)
    shown = [name for name, form in dialog.forms.items() if form.isVisible()]
    assert shown == ["patchmatch"] and dialog.source.isVisible()
    assert [dialog.source.box.itemText(number) for number in range(dialog.source.box.count())] == [
        "Everywhere",
        "Good part",
    ]
    steps = len(studio.current.document.history)
    dialog.method.chosen.emit("telea")
    assert not dialog.source.isVisible() and dialog.forms["telea"].isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    opened.pump(20)
    history = studio.current.document.history
    assert [entry.label for entry in history[steps:]] == ["Fill from surroundings"]
    assert not studio.jobs.lines and not opened.window.findChildren(FillDialog)


def test_a_fill_is_seen_at_once_and_beside_what_there_was(opened) -> None:
    texture(opened)
    document = opened.studio.current.document
    chosen = edits.rectangle_selection(Rect(180, 100, 220, 140))
    document.commit("Select", document.artwork.with_(selection=chosen))
    opened.pump()
    committed = document.committed
    assert opened.window.actions_.run("fill-with-options")
    dialog = opened.window.findChildren(FillDialog)[-1]

    def other_than(known: object) -> np.ndarray:
        for _ in range(200):
            opened.pump()
            if document.artwork is not known:
                break
        assert document.artwork is not known and document.committed is committed
        return document.artwork.active_layer.surface.read(Rect(180, 100, 220, 140)).astype(np.float32)

    old = committed.active_layer.surface.read(Rect(180, 100, 220, 140)).astype(np.float32)
    whole = other_than(committed)
    assert not clipped(dialog) and dialog.look.compared.isVisible() and dialog.look.compared.isEnabled()
    dialog.look.compared.click()
    half = other_than(document.artwork)
    assert np.array_equal(half[:, :20], old[:, :20]) and np.array_equal(half[:, 20:], whole[:, 20:])
    assert not np.array_equal(whole[:, :20], old[:, :20])
    dialog.look.shown.click()
    assert document.artwork is committed and not dialog.look.compared.isEnabled()
    dialog.reject()
    opened.pump(5)
    assert document.artwork is committed and document.committed is committed


@pytest.mark.parametrize(
    ("action", "label"),
    [
        ("make-seamless-with-options", "Make seamless"),
        ("quilt-texture", "Quilt texture"),
        ("select-flaws-with-options", "Select scratches and dust"),
    ],
)
def test_repairs_with_options_ask_in_a_form(opened, qtbot, action: str, label: str) -> None:
    texture(opened)
    assert opened.window.actions_.run(action)
    opened.pump(10)
    dialog = opened.window.findChildren(SelectingDialog)[-1]
    assert not nameless(dialog) and not clipped(dialog)
    values = {
        "make-seamless-with-options": Seamless(way="blend"),
        "quilt-texture": Quilt(width=60, height=40),
    }
    dialog.form.take(values.get(action, Flaws(dust=False)), finished=True)
    steps = len(opened.studio.current.document.history)
    dialog.do()
    opened.pump(40)
    assert [entry.label for entry in opened.studio.current.document.history[steps:]] == [label]


def test_a_cut_out_is_judged_on_each_ground(opened, qtbot, monkeypatch) -> None:
    studio = opened.studio
    y, x = np.mgrid[:60, :100]
    colours = np.where((np.hypot(x - 50, y - 30) < 18)[..., None], (0.8, 0.2, 0.1), (0.1, 0.3, 0.6))
    pixels = np.dstack((colours, np.ones((60, 100)))).astype(np.float16)
    document = studio.current.document
    layer = document.artwork.active_layer
    document.commit(
        "Put", edits.write_surface(document.artwork, layer.id, Surface.from_pixels(pixels, 50, 40))
    )
    dialog = CutOutDialog(studio, opened.window)
    assert "being found" in dialog.said.text(), "the first look takes a while: it is said"
    dialog.open()
    assert not nameless(dialog)
    assert not clipped(dialog)
    opened.pump()
    assert dialog.judge._image is not None
    seen = {}
    for ground in ("black", "white", "mask", "before", "checker"):
        qtbot.keyClick(dialog, Qt.Key.Key_F)
        assert dialog.judge.ground == ground and dialog.grounds.buttons[ground].isChecked()
        picture = dialog.judge.grab().toImage()
        middle, scale = dialog.judge.rect().center(), min(dialog.judge.width() / 100, 2.0)
        corner = picture.pixelColor(int(middle.x() - 45 * scale), int(middle.y() - 25 * scale))
        seen[ground] = corner.name(), picture.pixelColor(middle).name()
    assert (
        seen["black"][0] == "#000000"
        and seen["white"][0] == "#ffffff"
        and seen["mask"] == ("#000000", "#ffffff")
    )
    assert seen["black"][1] == seen["white"][1] == seen["before"][1] and seen["before"][0] == "#194d99"
    other = dialog.judge._image.copy()
    other.fill(Qt.GlobalColor.green)
    with monkeypatch.context() as patch:
        patch.setattr(cut_out, "screen_image", lambda image: other)
        assert dialog.judge.grab().toImage().pixelColor(middle).name() == "#00ff00", "in the screen's colours"
    dialog.cut()
    opened.pump()
    assert document.history[-1].label == "Remove background"
    assert document.artwork.active_layer.mask is not None


def test_what_cannot_be_cut_out_is_said_in_the_dialog(opened, qtbot) -> None:
    dialog = CutOutDialog(opened.studio, opened.window)
    dialog.open()
    opened.pump()
    assert not dialog.do_it.isEnabled()
    assert dialog.said.text().startswith("Nothing stands out")
    dialog.reject()
    document = opened.studio.current.document
    document.commit("Put", edits.add_layer(document.artwork, Paint(surface=Surface())))
    dialog = CutOutDialog(opened.studio, opened.window)
    dialog.open()
    opened.pump()
    assert not dialog.do_it.isEnabled()
    assert dialog.said.text().startswith("This layer has no pixels")


def test_numbers_of_the_options_bar_drive_the_box(opened, qtbot) -> None:
    studio, bar = opened.studio, opened.window.options
    studio.painting.choose_tool("transform")
    qtbot.waitUntil(bar.numbers.isVisible)
    fields = bar.numbers.fields
    assert fields["x"].field.text() == "100 px"
    assert fields["angle"].field.text() == "0°"
    field = fields["angle"].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "-30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "−30°")
    opened.window.canvas.setFocus()
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Return)
    opened.pump()
    assert studio.painting.session is None
    assert studio.painting.tool == "ink"
    assert studio.current.document.artwork.active_layer.transform[1] == pytest.approx(-0.5)
    qtbot.waitUntil(lambda: not bar.numbers.isVisible())


def test_arrow_keys_nudge_on_the_canvas(opened, qtbot) -> None:
    opened.studio.painting.choose_tool("move")
    opened.window.canvas.setFocus()
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert opened.studio.current.document.artwork.active_layer.transform == (1, 0, 0, 1, 1, 10)


def test_late_frames_of_a_drag_are_shown_coarser_until_it_rests() -> None:
    now = [0.0]
    pace = KeepingUp(clock=lambda: now[0])
    for _ in range(3):
        pace.asked(True)
        now[0] += 0.02
        pace.shown()
    assert pace.coarser == 0
    for expected in (0, 1, 1, 2, 2, 2):
        pace.asked(True)
        now[0] += 0.05
        pace.asked(True)
        pace.shown()
        assert pace.coarser == expected
    pace.asked(False)
    assert pace.coarser == 0


def test_a_frame_that_did_not_come_in_a_pause_of_the_hand_is_shown_coarser_and_those_after_it_too() -> None:
    pace = KeepingUp(clock=lambda: 0.0)
    pace.asked(True)
    assert pace.waits and pace.gave_up() and pace.gave_up() and not pace.gave_up()
    coarsest = pace.coarser
    pace.shown()
    assert not pace.waits and pace.coarser == coarsest > 0
    pace.rests()
    assert pace.coarser == 0, "what rests is shown as it is"
    pace.asked(True)
    assert pace.coarser == coarsest
    pace.asked(False)
    pace.asked(True)
    assert pace.coarser == 0, "another drag begins anew"


def test_crop_with_mouse_and_enter(opened, qtbot) -> None:
    canvas, studio = opened.window.canvas, opened.studio
    studio.painting.choose_tool("crop")
    opened.pump()

    def at(x: float, y: float):
        return canvas.viewport.to_view().map(QPointF(x, y)).toPoint()

    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(400, 300))
    qtbot.mouseMove(canvas, at(350, 250))
    qtbot.mouseMove(canvas, at(300, 200))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(300, 200))
    assert studio.painting.session.size == pytest.approx((300, 200), abs=2)
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    opened.pump()
    artwork = studio.current.document.artwork
    assert (artwork.width, artwork.height) == pytest.approx((300, 200), abs=2)
    assert studio.painting.tool == "ink"
    assert canvas.viewport.centre_x == pytest.approx(artwork.width / 2)
    studio.undo()
    opened.pump()
    assert studio.current.document.artwork.width == 400


def test_escape_leaves_the_crop(opened, qtbot) -> None:
    opened.studio.painting.choose_tool("crop")
    opened.window.canvas.setFocus()
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Left)
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Escape)
    opened.pump()
    assert opened.studio.painting.session is None
    assert opened.studio.painting.tool == "ink"
    assert opened.studio.current.document.artwork.width == 400


@pytest.mark.parametrize(
    "action", ["quilt-texture", "make-seamless-with-options", "select-tone", "content-aware-scale"]
)
def test_a_dialog_that_shows_on_the_canvas_what_it_does_stands_beside_it(opened, action: str) -> None:
    canvas = opened.window.canvas
    assert opened.window.actions_.run(action)
    opened.pump()
    dialog = opened.window.findChildren(Frame)[-1]
    corner = canvas.mapToGlobal(canvas.rect().topRight())
    assert 0 <= corner.x() - dialog.geometry().right() <= 2 * EDGE
    assert 0 <= dialog.geometry().top() - corner.y() <= 2 * EDGE
    dialog.reject()
    opened.pump()
