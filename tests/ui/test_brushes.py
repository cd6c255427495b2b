"""Brushes in the window: panel, editor, curve, pop-up palette, drag for size and hardness, digits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio.raster.applying import applies
from studio.raster.dynamics import STRAIGHT, Dynamic
from studio.raster.geometry import Rect
from studio.settings import Settings
from studio.ui.canvas.popup_palette import PopupPalette, around
from studio.ui.dialogs.brush_editor import BrushEditor
from studio.ui.dialogs.brush_name import BrushNameDialog
from studio.ui.docks import make_panel
from studio.ui.panels.brushes import BrushesPanel, found
from studio.ui.widgets.curve_editor import CurveEditor
from studio.ui.widgets.dynamics_page import PARAMETERS, SENSORS
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.brush_files import built_in
from studio.workspace.notices import Notice
from tests.long_form import thinned
from tests.project import brush_files as made
from tests.ui.windows import Opened, empty_panel, nameless

TIP = (np.arange(7 * 9, dtype=np.uint8).reshape(7, 9) * 4).copy()


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one: Opened

    def make(name: str) -> QWidget:
        return make_panel(name, one.studio) if name == "brushes" else empty_panel(name)

    one = Opened(qapp, Settings(language="en", theme="dark"), make)
    one.window.resize(1280, 722)
    one.studio.new_picture(600, 400)
    one.studio.brushes.load()
    one.pump()
    yield one
    one.close()


@pytest.fixture
def panel(opened: Opened) -> BrushesPanel:
    shown = opened.window.docks.show_panel("brushes")
    opened.pump(40)
    assert isinstance(shown, BrushesPanel)
    return shown


@pytest.fixture
def editor(opened: Opened) -> Iterator[BrushEditor]:
    opened.window.actions_.run("brush-editor")
    opened.pump()
    shown = opened.window.findChild(BrushEditor)
    assert isinstance(shown, BrushEditor)
    yield shown
    shown.close()
    opened.pump()


def press_on(panel: BrushesPanel, preset_id: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    index = panel.grid.presets.index(panel.grid.presets.row_of(preset_id))
    panel.grid.scrollTo(index)
    place = panel.grid.visualRect(index).center()
    QTest.mouseClick(panel.grid.viewport(), button, Qt.KeyboardModifier.NoModifier, place)


# panel


def test_the_panel_shows_every_preset_with_a_stroke_of_the_engine(opened: Opened, panel: BrushesPanel):
    assert panel.grid.model().rowCount() == len(opened.studio.brushes.presets)
    first = opened.studio.brushes.presets[0]
    ratio = panel.grid.devicePixelRatioF()
    cell = panel.grid.cell()
    image = panel.grid.pictures.of(first, round((cell.width() - 12) * ratio), round(40 * ratio))
    assert not image.isNull()
    shown = panel.grid.grab().toImage()
    colours = {shown.pixel(x, y) for x in range(0, shown.width(), 3) for y in range(0, shown.height(), 3)}
    assert len(colours) > 12, "strokes, not empty cells"


def test_a_press_takes_a_brush_with_its_tool(opened: Opened, panel: BrushesPanel, qtbot: QtBot):
    press_on(panel, "charcoal")
    qtbot.wait(60)
    assert opened.studio.painting.brush == opened.studio.brushes["charcoal"].brush
    assert panel.name.text() == "Charcoal"
    opened.studio.painting.change_brush(size=71.0)
    qtbot.wait(60)
    assert "altered" in panel.name.text()
    assert panel.save.isEnabled()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("charcoal", "charcoal"),
        ("炭", "charcoal"),
        ("tantiao", "charcoal"),
        ("tt", "charcoal"),
        ("水彩渲染", "wash"),
    ],
)
def test_search_finds_by_either_name_pinyin_and_initials(text: str, expected: str):
    presets = found(built_in(), text)
    assert expected in [preset.id for preset in presets[:3]]


def test_search_folders_and_tags_narrow_the_grid(opened: Opened, panel: BrushesPanel):
    panel.place.setCurrentIndex(panel.place.findData("folder:Wet"))
    assert {preset.folder for preset in panel.shown()} == {"Wet"}
    panel.place.setCurrentIndex(panel.place.findData("tag:stamp"))
    assert {preset.id for preset in panel.shown()} == {"bamboo", "plum", "light"}
    panel.search.setText("no such brush at all")
    assert panel.empty.isVisibleTo(panel)
    panel.empty.triggered.emit()
    assert len(panel.shown()) == len(opened.studio.brushes.presets)


def test_a_star_makes_a_favourite(opened: Opened, panel: BrushesPanel):
    row = panel.grid.presets.row_of("pencil")
    index = panel.grid.presets.index(row)
    panel.grid.scrollTo(index)
    place = panel.grid.star_rect(panel.grid.visualRect(index)).center()
    QTest.mouseClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened.studio.brushes.is_favourite("pencil")
    opened.pump()
    panel.place.setCurrentIndex(panel.place.findData("*"))
    assert panel.shown()[0].id == "pencil"


def test_a_pointer_at_rest_shows_three_pressures(opened: Opened, panel: BrushesPanel):
    grid = panel.grid
    index = grid.presets.index(grid.presets.row_of("wash"))
    grid.scrollTo(index)
    place = grid.visualRect(index).center()
    QApplication.sendEvent(
        grid.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, grid.viewport().mapToGlobal(place))
    )
    opened.pump(30)
    assert grid.preview.isVisible()
    assert grid.preview.preset is opened.studio.brushes["wash"]
    shown = grid.preview.grab().toImage()
    rows = [{shown.pixel(x, y) for x in range(20, 260, 5)} for y in (34, 84, 134)]
    assert all(len(row) > 3 for row in rows), "a stroke in each of the three rows"
    QApplication.sendEvent(grid.viewport(), QEvent(QEvent.Type.Leave))
    assert not grid.preview.isVisible()


def test_the_keyboard_takes_stars_and_deletes(opened: Opened, panel: BrushesPanel):
    grid = panel.grid
    grid.setCurrentIndex(grid.presets.index(grid.presets.row_of("pastel")))
    QTest.keyClick(grid, Qt.Key.Key_S)
    assert opened.studio.brushes.is_favourite("pastel")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.studio.brushes.current is not None
    assert opened.studio.brushes.current.id == "pastel"
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    opened.pump()
    assert "pastel" not in {preset.id for preset in opened.studio.brushes.presets}
    opened.window.actions_.run("restore-brush")
    assert "pastel" in {preset.id for preset in opened.studio.brushes.presets}


def test_a_preset_s_menu(opened: Opened, panel: BrushesPanel):
    panel.grid.menu_wanted.emit("pencil", panel.mapToGlobal(QPoint(0, 0)))
    menu = panel.findChild(QMenu)
    assert menu is not None
    words = {item.text(): item for item in menu.actions()}
    words["Erase with it"].trigger()
    menu.close()
    assert opened.studio.painting.tool == "eraser"
    assert opened.studio.brushes.current is not None
    assert opened.studio.brushes.current.id == "pencil"


def test_every_control_of_panel_and_editor_has_a_name(panel: BrushesPanel, editor: BrushEditor):
    assert nameless(panel) == []
    assert nameless(editor) == []


def test_saving_as_asks_for_name_folder_and_tags(opened: Opened, panel: BrushesPanel):
    opened.studio.brushes.choose("charcoal")
    opened.window.actions_.run("save-brush-as")
    dialog = opened.window.findChild(BrushNameDialog)
    assert isinstance(dialog, BrushNameDialog)
    assert dialog.name.field.text() == "Charcoal 2"
    dialog.name.field.setText("我的炭条")
    dialog.folder.field.setText("Mine")
    dialog.tags.field.setText("rough， dark")
    dialog.verb.click()
    opened.pump()
    preset = opened.studio.brushes.current
    assert preset is not None
    assert (preset.title, preset.folder, preset.tags) == ("我的炭条", "Mine", ("rough", "dark"))
    assert panel.place.findData("folder:Mine") >= 0


# files


def test_import_by_the_file_menu_and_by_dropping(opened: Opened, panel: BrushesPanel, tmp_path: Path):
    first, second = tmp_path / "叶.gih", tmp_path / "坏.abr"
    first.write_bytes(made.gih([TIP, TIP + 1], name="Leaves"))
    second.write_bytes(b"\0\6\0\2JUNKJUNKJUNK")
    opened.window.actions_.run("import-brushes")
    dialog = opened.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert "*.abr" in dialog.nameFilters()[0]
    dialog.filesSelected.emit([str(first)])
    dialog.close()
    opened.pump(20)
    assert opened.studio.brushes.current is not None
    assert opened.studio.brushes.current.title == "Leaves"
    assert opened.studio.brushes.current in panel.shown()
    told: list[Notice] = []
    opened.studio.notice.connect(told.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(second))])
    drop = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    opened.window.dropEvent(drop)
    opened.pump(20)
    (notice,) = told
    assert notice.kind == "error"
    assert "坏.abr" in notice.text.format(**notice.arguments)


def test_export_writes_the_folder_of_the_brush(opened: Opened, tmp_path: Path):
    opened.studio.brushes.choose("wash")
    opened.window.actions_.run("export-brushes")
    dialog = opened.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "wet.dqbrush"))
    dialog.close()
    opened.pump(20)
    assert (tmp_path / "wet.dqbrush").stat().st_size > 500


def test_a_brush_from_the_picture(opened: Opened):
    opened.studio.painting.set_colour((0.0, 0.0, 0.0))
    opened.studio.brushes.choose("hard-round")
    canvas = opened.window.canvas
    canvas.fit()
    QTest.mousePress(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, canvas.rect().center()
    )
    QTest.mouseMove(canvas, canvas.rect().center() + QPoint(60, 20))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, canvas.rect().center() + QPoint(60, 20))  # fmt: skip
    opened.pump(10)
    opened.window.actions_.run("define-brush")
    opened.pump(20)
    brush = opened.studio.painting.brush
    assert brush.tip == "image"
    (tip,) = brush.tips
    assert 10 < tip.width < 200
    assert tip.pixels().max() > 150


def test_pictures_become_tips(opened: Opened, editor: BrushEditor, tmp_path: Path):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(10, 20):
        for y in range(5, 25):
            image.setPixel(x, y, 0)
    image.save(str(tmp_path / "tip.png"))
    from studio.workspace.brush_tips import take_tips

    take_tips(opened.studio, (str(tmp_path / "tip.png"), str(tmp_path / "none.png")))
    opened.pump(10)
    (tip,) = opened.studio.painting.brush.tips
    assert (tip.width, tip.height) == (10, 20)
    editor.refresh()
    assert editor.tips.list.count() == 1


def test_a_picture_becomes_the_texture(opened: Opened, editor: BrushEditor, tmp_path: Path):
    from studio.workspace.brush_tips import take_texture

    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    image.save(str(tmp_path / "paper.png"))
    take_texture(opened.studio, str(tmp_path / "paper.png"))
    opened.pump(10)
    brush = opened.studio.painting.brush
    assert brush.texture == "image"
    assert brush.texture_image is not None
    assert (brush.texture_image.width, brush.texture_image.height) == (20, 10)
    editor.refresh()
    assert editor.texture.picture.isVisibleTo(editor.texture)
    told: list[Notice] = []
    opened.studio.notice.connect(told.append)
    (tmp_path / "no.png").write_text("not a picture")
    take_texture(opened.studio, str(tmp_path / "no.png"))
    opened.pump(10)
    assert [notice.kind for notice in told] == ["error"]


# editor


def test_every_parameter_of_a_brush_is_in_the_editor(editor: BrushEditor):
    shown = {name for form in editor.forms for name in form.rows}
    fields = set(type(editor._studio.painting.brush).__struct_fields__)
    assert fields - shown == {"tips", "tip_ranks", "texture_image", "dynamics"}, (
        "these have places of their own"
    )


def test_a_slider_of_the_editor_changes_the_brush_in_the_hand(opened: Opened, editor: BrushEditor):
    opened.studio.brushes.choose("pencil")
    opened.pump()
    editor.refresh()
    form = next(form for form in editor.forms if "scatter" in form.rows)
    form.rows["scatter"].take(0.7, finished=True)  # type: ignore[attr-defined]
    assert opened.studio.painting.brush.scatter == pytest.approx(0.7)
    assert opened.studio.painting.brush.texture == "paper", "the rest is as it was"


def test_a_sensor_is_ticked_and_its_curve_drawn(opened: Opened, editor: BrushEditor):
    page = editor.dynamics
    opened.studio.brushes.choose("flat-pen")
    opened.pump()
    editor.refresh()
    page.choose("hardness")
    item = page.sensors.item(SENSORS.index("speed"))
    item.setCheckState(Qt.CheckState.Checked)
    (made_one,) = [one for one in opened.studio.painting.brush.dynamics if one.parameter == "hardness"]
    assert (made_one.sensor, made_one.curve) == ("speed", STRAIGHT)
    page.low.take(0.25, finished=True)
    page.curve.changed.emit(((0.0, 1.0), (1.0, 0.0)))
    (made_one,) = [one for one in opened.studio.painting.brush.dynamics if one.parameter == "hardness"]
    assert (made_one.low, made_one.curve) == (0.25, ((0.0, 1.0), (1.0, 0.0)))
    assert "Speed" in page.sentence.text()
    item.setCheckState(Qt.CheckState.Unchecked)
    assert not [one for one in opened.studio.painting.brush.dynamics if one.parameter == "hardness"]


@pytest.mark.parametrize("parameter", thinned(PARAMETERS, 2))
def test_every_parameter_is_drivable_by_every_sensor(opened: Opened, editor: BrushEditor, parameter: str):
    page = editor.dynamics
    page.choose(parameter)  # type: ignore[arg-type]
    for row, sensor in enumerate(SENSORS):
        page.sensors.item(row).setCheckState(Qt.CheckState.Checked)
        assert (parameter, sensor) in {
            (one.parameter, one.sensor) for one in opened.studio.painting.brush.dynamics
        }
    editor.pad._begin()
    editor.pad._add(QPointF(20, 20), 0.5, 0.0)
    editor.pad._add(QPointF(90, 40), 0.8, 0.1)
    editor.pad._end()


def test_rows_that_change_nothing_rest_and_say_why(opened: Opened, editor: BrushEditor):
    rows = {name: row for form in editor.forms for name, row in form.rows.items()}

    def shown(**fields: object) -> None:
        opened.studio.painting.change_brush(**fields)
        opened.pump()
        editor.refresh()

    opened.studio.brushes.choose("hard-round")
    shown(roundness=1.0, tip="round")
    assert not rows["angle"].isEnabled()
    assert "round" in rows["angle"].toolTip()
    assert not rows["grain"].isEnabled()
    assert rows["flow"].isEnabled()
    described = rows["flow"].toolTip()
    shown(roundness=0.4)
    assert rows["angle"].isEnabled()
    assert "round" not in rows["angle"].toolTip()
    shown(mode="smudge")
    assert not rows["blend"].isEnabled()
    assert rows["flow"].toolTip() == described
    for name, row in rows.items():
        assert row.isEnabled() == applies(name, opened.studio.painting.brush), name


def test_a_parameter_that_no_sensor_changes_is_grey_and_says_why(opened: Opened, editor: BrushEditor):
    opened.studio.brushes.choose("hard-round")
    opened.pump()
    editor.refresh()
    page = editor.dynamics
    page.choose("smudge")
    item = page.parameters.item(PARAMETERS.index("smudge"))
    assert item.toolTip() == page.sentence.text() != ""
    grey = item.foreground().color()
    opened.studio.painting.change_brush(smudge=0.5)
    editor.refresh()
    assert not item.toolTip()
    assert item.foreground().color() != grey
    page.choose("count")
    page.sensors.item(SENSORS.index("pressure")).setCheckState(Qt.CheckState.Checked)
    assert not page.parameters.item(PARAMETERS.index("count")).toolTip(), "it counts up from one"


def test_what_drives_a_jitter_of_colours_is_found_at_its_row(opened: Opened, editor: BrushEditor):
    opened.studio.brushes.choose("hard-round")
    opened.studio.painting.change_brush(
        dynamics=(Dynamic(parameter="hue", sensor="tilt", low=-0.1, high=0.1),)
    )
    editor.refresh()
    assert editor.drivers["jitter_hue"].isChecked()
    editor.drivers["jitter_hue"].click()
    assert editor.dynamics.parameter == "hue"
    editor.drivers["jitter_size"].click()
    assert editor.dynamics.parameter == "jitter_size"
    assert "Size jitter" in editor.dynamics.parameters.currentItem().text()


def test_the_options_bar_says_which_sliders_change_nothing(opened: Opened):
    bar = opened.window.options
    opened.studio.brushes.choose("pixel")
    opened.pump()
    assert isinstance(bar.fields, OptionFields)
    assert not bar.fields.fields["hardness"].isEnabled()
    assert "Hard pixels" in bar.fields.fields["hardness"].toolTip()
    assert not bar.fields.fields["smoothing"].isEnabled()
    opened.studio.brushes.choose("hard-round")
    opened.pump()
    assert bar.fields.fields["hardness"].isEnabled()
    assert "Hard pixels" not in bar.fields.fields["hardness"].toolTip()
    assert bar.fields.fields["size"].toolTip().endswith("([ ])")


def test_the_scratch_pad_paints_with_the_brush(opened: Opened, editor: BrushEditor):
    opened.studio.brushes.choose("hard-round")
    opened.studio.painting.set_colour((1.0, 0.0, 0.0))
    pad = editor.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 60))
    for step in range(1, 8):
        QTest.mouseMove(pad, QPoint(40 + 12 * step, 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(124, 60))
    colour = pad.grab().toImage().pixelColor(80, 60)
    assert colour.red() > 200
    assert colour.green() < 80
    pad.clear()
    assert pad.grab().toImage().pixelColor(80, 60).green() == 255
    pad.show_colours()
    assert pad.surface().read(Rect.of(0, 100, 4, 1))[0, 0, 3] == 1


def test_the_button_beside_a_row_opens_its_curves(opened: Opened, editor: BrushEditor):
    editor.drivers["texture_strength"].click()
    assert editor.pages.currentWidget() is editor.dynamics
    assert editor.dynamics.parameter == "texture"


def test_the_editor_speaks_the_language_of_the_window(editor: BrushEditor):
    editor.retranslate()
    editor.redress()
    assert editor.sections.count() == 7
    assert isinstance(editor, QDialog)


# curve


@pytest.fixture
def curve(qtbot: QtBot) -> CurveEditor:
    widget = CurveEditor()
    widget.resize(220, 220)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_points_are_added_dragged_and_removed(curve: CurveEditor):
    released: list[tuple] = []
    curve.released.connect(released.append)
    start = curve.place_of((0.5, 0.5)).toPoint()
    QTest.mousePress(curve, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(curve, curve.place_of((0.5, 0.9)).toPoint())
    QTest.mouseRelease(curve, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, curve.place_of((0.5, 0.9)).toPoint())  # fmt: skip
    assert len(curve.points()) == 3
    assert curve.points()[1] == pytest.approx((0.5, 0.9), abs=0.02)
    assert released == [curve.points()]
    QTest.mousePress(curve, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, curve.place_of((0.5, 0.9)).toPoint())  # fmt: skip
    QTest.mouseMove(curve, QPoint(110, -300))
    QTest.mouseRelease(curve, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(110, -300))
    assert curve.points() == STRAIGHT


def test_the_keyboard_moves_points(curve: CurveEditor):
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert curve.points()[0] == pytest.approx((0.0, 0.1))
    QTest.keyClick(curve, Qt.Key.Key_PageUp)
    QTest.keyClick(curve, Qt.Key.Key_Down)
    assert curve.points()[1] == pytest.approx((1.0, 0.99))
    QTest.keyClick(curve, Qt.Key.Key_Delete)
    assert len(curve.points()) == 2, "two points always stay"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-60, 280), st.integers(-60, 280), st.booleans()), max_size=25))
def test_any_drags_leave_an_ordered_curve(curve: CurveEditor, moves: list[tuple[int, int, bool]]):
    curve.set_points(STRAIGHT)
    for x, y, pressed in moves:
        if pressed:
            QTest.mouseRelease(curve, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, y))
            QTest.mousePress(curve, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, y))
        else:
            QTest.mouseMove(curve, QPoint(x, y))
    QTest.mouseRelease(curve, Qt.MouseButton.LeftButton)
    places = [x for x, _ in curve.points()]
    assert places == sorted(set(places))
    assert len(places) >= 2
    assert all(0 <= value <= 1 for point in curve.points() for value in point)


# canvas


def right_click(opened: Opened, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    canvas = opened.window.canvas
    place = canvas.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, canvas.mapToGlobal(place), modifiers)
    QApplication.sendEvent(canvas, event)
    opened.pump(3)


def palette_of(opened: Opened) -> PopupPalette | None:
    return opened.window.canvas.findChild(PopupPalette)


def test_a_right_click_opens_the_palette_of_a_painting_tool(opened: Opened):
    opened.studio.brushes.toggle_favourite("wash")
    right_click(opened)
    palette = palette_of(opened)
    assert palette is not None
    assert len(palette.brushes) == 10
    assert palette.brushes[0].preset.id == "wash"
    palette.brushes[0].click()
    opened.pump(3)
    assert opened.studio.brushes.current is not None
    assert opened.studio.brushes.current.id == "wash"
    assert palette_of(opened) is None


def test_no_palette_for_other_tools(opened: Opened):
    opened.studio.painting.choose_tool("move")
    right_click(opened)
    assert palette_of(opened) is None


def test_the_palette_chooses_by_digit_colour_and_rotation(opened: Opened):
    opened.studio.painting.set_colour((0.2, 0.4, 0.6))
    canvas = opened.window.canvas
    QTest.mouseClick(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, canvas.rect().center()
    )
    opened.studio.painting.set_colour((0.9, 0.1, 0.1))
    right_click(opened)
    palette = palette_of(opened)
    assert palette is not None
    palette.colours[0].click()
    assert opened.studio.painting.colour == pytest.approx((0.2, 0.4, 0.6))
    for degrees in (90, 47):
        place = around(degrees, 184.0).toPoint()
        QTest.mousePress(palette, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        QTest.mouseRelease(palette, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert canvas.viewport.rotation == pytest.approx(degrees, abs=1.0)
    third = palette.brushes[2].preset.id
    QTest.keyClick(palette, Qt.Key.Key_3)
    opened.pump(3)
    assert opened.studio.brushes.current is not None
    assert opened.studio.brushes.current.id == third


def test_a_drag_with_control_and_alt_is_size_and_hardness(opened: Opened):
    canvas, painting = opened.window.canvas, opened.studio.painting
    canvas.actual_pixels()
    opened.studio.brushes.choose("hard-round")
    size, hardness = painting.brush.size, painting.brush.hardness
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    canvas.keyboard_modifiers = lambda: keys  # type: ignore[method-assign]
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, keys, middle)
    QTest.mouseMove(canvas, middle + QPoint(25, 40))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, keys, middle + QPoint(25, 40))
    assert painting.brush.size == pytest.approx(size + 50)
    assert painting.brush.hardness == pytest.approx(hardness - 0.2)
    assert len(opened.studio.current.document.history) == 1, "nothing was painted"  # type: ignore[union-attr]


def test_a_right_drag_with_alt_is_the_same_and_esc_gives_it_back(opened: Opened):
    canvas, painting = opened.window.canvas, opened.studio.painting
    canvas.actual_pixels()
    before = painting.brush
    middle = canvas.rect().center()
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, alt, middle)
    QTest.mouseMove(canvas, middle + QPoint(30, 0))
    assert painting.brush.size == pytest.approx(before.size + 60)
    (label,) = painting.marks
    assert "px" in label.text  # type: ignore[union-attr]
    right_click(opened, alt)
    assert palette_of(opened) is None
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert painting.brush == before
    assert painting.marks == ()
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, alt, middle)


def test_digits_on_the_canvas_are_opacity(opened: Opened):
    canvas = opened.window.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_4)
    QTest.keyClick(canvas, Qt.Key.Key_5)
    assert opened.studio.painting.brush.opacity == pytest.approx(0.45)
    QTest.keyClick(canvas, Qt.Key.Key_4, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_7)
    assert opened.studio.painting.brush.flow == pytest.approx(0.4)
    assert opened.studio.painting.brush.opacity == pytest.approx(0.7), "flow's digit is none of opacity's"
