"""The Layers panel under mouse and keyboard: rows, selection, masks, drag and drop, effects, finding, many layers."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from studio.document import edits, effects
from studio.document.layer import Filter, Generated, Group, Layer, Paint
from studio.raster.blend import BLEND_MODES
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.ui import theme
from studio.ui.dialogs.effects import EffectsDialog
from studio.ui.main_window import SMALLEST
from studio.ui.panels import following, layer_menus
from studio.ui.panels.layer_painter import LOCK, MARK, mask_rect, part_at, thumb_rect, tip_of
from studio.ui.panels.layer_rows import Narrowing
from studio.ui.panels.layer_view import MIME
from studio.ui.panels.layers import LayersPanel, mode_groups
from tests.ui import fakes
from tests.ui.benches import LEFT, NONE, Bench, children, drag, names, steps
from tests.ui.test_room import HIGHEST_DIALOG
from tests.ui.windows import Opened, clipped, nameless

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def place(panel: LayersPanel, row: int, x: int) -> QPoint:
    return QPoint(x, panel.view.visualRect(panel.rows.index(row)).center().y())


def press_row(panel: LayersPanel, row: int, x: int = 120, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(panel.view.viewport(), LEFT, modifiers, place(panel, row, x))


def test_rows_follow_the_tree_and_selection_is_the_active_layer(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_paint()
    bench.settle()
    assert names(panel) == ["Layer 1", "Paper"]
    assert panel.view.currentIndex().row() == 0
    press_row(panel, 1)
    bench.settle()
    assert bench.active.name == "Paper"
    assert panel.view.currentIndex().row() == 1
    QTest.keyClick(panel.view, Qt.Key.Key_Up)
    bench.settle()
    assert bench.active.name == "Layer 1"


def test_linked_rows_bear_a_chain_that_says_what_it_means(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_paint()
    bench.settle()
    below, above = bench.picture.document.artwork.layers
    assert not any(row.linked for row in panel.rows.rows)
    bench.studio.layers.choose_several((below.id, above.id), above.id)
    bench.studio.layers.link()
    bench.settle()
    assert all(row.linked for row in panel.rows.rows)
    index = panel.rows.index(0)
    assert "linked" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    area = panel.view.visualRect(index)
    assert part_at(panel.rows.rows[0], area, area.right() - LOCK - MARK // 2) == "link" and tip_of("link")
    bench.studio.layers.unlink()
    bench.settle()
    assert not any(row.linked for row in panel.rows.rows)


def test_the_foot_adds_groups_masks_generates_and_deletes(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    for key in ("new-layer", "add-mask", "generate-new", "new-group"):
        QTest.mouseClick(panel.buttons[key], LEFT)
        bench.settle()
    assert [type(layer) for layer in bench.document.artwork.layers] == [Paint, Generated, Group, Paint]
    assert bench.document.artwork.layers[3].mask is not None
    QTest.mouseClick(panel.buttons["delete-layer"], LEFT)
    bench.settle()
    assert [type(layer) for layer in bench.document.artwork.layers] == [Paint, Generated, Paint]
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    bench.settle()
    assert [type(layer) for layer in bench.document.artwork.layers] == [Paint, Paint]


def test_eyes_dragged_over_are_one_step_and_alt_shows_one_alone(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    for _ in range(3):
        bench.studio.layers.add_paint()
    bench.settle()
    before = len(steps(bench))
    port = panel.view.viewport()
    QTest.mousePress(port, LEFT, NONE, place(panel, 0, 14))
    QTest.mouseMove(port, place(panel, 1, 14))
    QTest.mouseMove(port, place(panel, 2, 14))
    QTest.mouseRelease(port, LEFT, NONE, place(panel, 2, 14))
    bench.settle()
    assert [row.layer.visible for row in panel.rows.rows] == [False, False, False, True]
    assert steps(bench)[before:] == ["Show or hide layer"]
    press_row(panel, 1, 14, Qt.KeyboardModifier.AltModifier)
    bench.settle()
    assert [row.layer.visible for row in panel.rows.rows] == [False, True, False, False]
    press_row(panel, 1, 14, Qt.KeyboardModifier.AltModifier)
    bench.settle()
    assert [row.layer.visible for row in panel.rows.rows] == [False, False, False, True]


def test_a_fast_drag_misses_no_eye_and_scrolls_at_the_edge(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    for _ in range(29):
        bench.studio.layers.add_paint()
    bench.settle()
    view, port, count = panel.view, panel.view.viewport(), 30
    bar = view.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(0)

    def shown() -> list[bool]:
        return [row.layer.visible for row in panel.rows.rows]

    QTest.mousePress(port, LEFT, NONE, place(panel, 1, 14))
    QTest.mouseMove(port, QPoint(14, 4 * theme.LIST_ROW + 18 if port.height() > 220 else port.height() // 2))
    at = view._swept
    assert at >= 2 and list(view.rows.marked["eye"]) == [row.layer.id for row in panel.rows.rows[1 : at + 1]]
    QTest.mouseMove(port, place(panel, 1, 14))
    QTest.mouseRelease(port, LEFT, NONE, place(panel, 1, 14))
    bench.settle()
    assert shown() == [True, *[False] * at, *[True] * (count - at - 1)], (
        "those passed stay marked on the way back"
    )

    QTest.mousePress(port, LEFT, NONE, place(panel, 0, 14))
    QTest.mouseMove(port, QPoint(16, 12))
    assert not view._scrolling.isActive(), "a click at the edge moves nothing"
    QTest.mouseMove(port, QPoint(14, port.height() + 60))
    assert view._scrolling.isActive()
    for _ in range(500):
        view.scroll_sweep()
    assert bar.value() == bar.maximum()
    QTest.mouseRelease(port, LEFT, NONE, QPoint(14, port.height() + 60))
    bench.settle()
    assert shown() == [False] * count and not view._scrolling.isActive()
    assert steps(bench)[-2:] == ["Show or hide layer"] * 2

    QTest.mousePress(port, LEFT, NONE, place(panel, count - 1, 14))
    QTest.mouseMove(port, QPoint(14, -40))
    for _ in range(500):
        view.scroll_sweep()
    QTest.mouseRelease(port, LEFT, NONE, QPoint(14, -40))
    bench.settle()
    assert bar.value() == 0 and shown() == [True] * count


def test_locks_dragged_over_are_one_step(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    for _ in range(3):
        bench.studio.layers.add_paint()
    bench.settle()
    before, port = len(steps(bench)), panel.view.viewport()
    x = panel.view.visualRect(panel.rows.index(0)).right() - LOCK // 2
    QTest.mousePress(port, LEFT, NONE, place(panel, 0, x))
    QTest.mouseMove(port, place(panel, 1, x))
    assert panel.rows.locked(panel.rows.rows[1]) and not panel.rows.rows[1].layer.locks.all
    QTest.mouseMove(port, place(panel, 2, x))
    QTest.mouseRelease(port, LEFT, NONE, place(panel, 2, x))
    bench.settle()
    assert [row.layer.locks.all for row in panel.rows.rows] == [True, True, True, False]
    assert steps(bench)[before:] == ["Lock layer"]
    press_row(panel, 1, x)
    bench.settle()
    assert [row.layer.locks.all for row in panel.rows.rows] == [True, False, True, False]
    spoken = panel.rows.data(panel.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("locked") and bench.active.name == "Layer 3", "a lock chooses nothing"


def test_a_double_click_renames(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    QTest.mouseDClick(panel.view.viewport(), LEFT, NONE, place(panel, 0, 120))
    editor = panel.view.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Paper"
    editor.setText("宣纸")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    bench.settle()
    assert names(panel) == ["宣纸"]


@pytest.mark.parametrize(
    ("row", "where", "expected"),
    [
        (0, "above", ["Layer 1", "Group 1", "Layer 2", "Paper"]),
        (0, "into", ["Group 1", "Layer 1", "Layer 2", "Paper"]),
        (1, "above", ["Group 1", "Layer 1", "Layer 2", "Paper"]),
        (1, "below", ["Group 1", "Layer 2", "Layer 1", "Paper"]),
        (3, "bottom", ["Group 1", "Layer 2", "Paper", "Layer 1"]),
    ],
)
def test_layers_are_dropped_above_below_and_into_groups(
    bench: Bench, row: int, where: str, expected: list[str]
):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_paint()
    dropped = bench.active.id
    bench.studio.layers.add_group()
    group = bench.active.id
    bench.studio.layers.add_paint()
    inside = bench.active.id
    if children(bench, group) == ():
        bench.studio.layers.move(inside, into=group)
    bench.settle()
    assert names(panel) == ["Group 1", "Layer 2", "Layer 1", "Paper"]
    panel.move_to((dropped,), row, where)
    bench.settle()
    assert names(panel) == expected
    held = [child.id for child in children(bench, group)]
    assert (dropped in held) == (where != "bottom" and (row, where) != (0, "above"))


def test_a_drop_finds_its_place_by_height(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_group()
    bench.settle()
    assert panel.view.place_at(4) == (0, "above")
    assert panel.view.place_at(20) == (0, "into")
    assert panel.view.place_at(theme.LIST_ROW + 4) == (1, "above")
    assert panel.view.place_at(2 * theme.LIST_ROW - 4) == (1, "below")
    assert panel.view.place_at(2 * theme.LIST_ROW + 20) == (1, "bottom")


def test_mode_and_opacity_change_the_active_layer(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_paint()
    bench.settle()
    panel.mode.setCurrentIndex(panel.mode.findData("multiply"))
    panel.mode.activated.emit(panel.mode.currentIndex())
    before = len(steps(bench))
    track = panel.opacity.track()
    drag(panel.opacity, track.right(), track.center().x())
    bench.settle()
    layer = bench.active
    assert layer.mode == "multiply"
    assert layer.opacity == pytest.approx(0.5, abs=0.03)
    assert steps(bench)[before:] == ["Opacity"]


def test_every_blend_mode_stands_in_the_list_once():
    listed = [name for group in mode_groups() for name in group]
    assert sorted(listed) == sorted(BLEND_MODES)


def test_a_group_can_pass_through(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_group()
    bench.settle()
    panel.mode.setCurrentIndex(panel.mode.findData("pass-through"))
    panel.mode.activated.emit(panel.mode.currentIndex())
    bench.settle()
    assert bench.active.pass_through
    panel.mode.setCurrentIndex(panel.mode.findData("screen"))
    panel.mode.activated.emit(panel.mode.currentIndex())
    bench.settle()
    assert (bench.active.pass_through, bench.active.mode) == (False, "screen")


def test_a_generated_layer_says_how_many_pixels_are_real(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.settle()

    def said(role: Qt.ItemDataRole) -> object:
        return panel.rows.data(panel.rows.index(0), role)

    assert said(Qt.ItemDataRole.ToolTipRole) is None, "all of them"
    bench.studio.generating.real_pixels.add()
    bench.settle()
    assert "5 of 5 · 64 of 256 px" in str(said(Qt.ItemDataRole.AccessibleTextRole))
    told = "64 of 256 pixels a side are drawn by the model; the rest is added detail."
    assert said(Qt.ItemDataRole.ToolTipRole) == told


def test_second_lines_and_locks(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.studio.filtering.add_layer("gaussian-blur")
    bench.studio.layers.add_paint()
    bench.studio.layers.toggle_clipping()
    bench.settle()
    words = [panel.rows.data(panel.rows.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert "clipped" in words[0]
    assert "filter layer" in words[1]
    assert "generated · 1 of 4 · 64 px" in words[2]
    menu = panel.lock_menu()
    assert menu is not None
    next(item for item in menu.actions() if item.objectName() == "alpha").trigger()
    assert bench.active.locks.alpha
    menu.close()


def test_thumbnails_come_from_the_render_lane_and_only_when_pixels_change(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    paper = bench.document.artwork.layers[0]
    image = panel.view.images[paper.id]
    assert (image.width(), image.height()) == (56, 56)
    assert image.pixelColor(20, 20).red() == 255
    bench.studio.layers.set_opacity(0.5)
    bench.settle()
    assert panel.view.images[paper.id].cacheKey() == image.cacheKey()


def test_the_list_follows_a_drag_slower_than_its_pictures_come_and_its_end_at_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    monkeypatch.setattr(following, "DRAG_MILLISECONDS", 3_600_000)
    bench.studio.layers.set_opacity(0.5, live=True)
    fakes.settle(bench.studio)
    assert panel.opacity.value() == 1.0, "its turn has not come"
    bench.studio.layers.release()
    fakes.settle(bench.studio)
    assert panel.opacity.value() == 0.5


def test_folding_a_group_hides_its_rows_without_a_step(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_paint()
    bench.studio.layers.group_active()
    bench.settle()
    before = len(steps(bench))
    assert len(panel.rows.rows) == 3
    press_row(panel, 0, 36)
    bench.settle()
    assert len(panel.rows.rows) == 2
    assert len(steps(bench)) == before


def test_a_hundred_layers_change_by_one_row(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    artwork = bench.document.artwork
    for number in range(100):
        artwork = edits.add_layer(artwork, Paint(name=f"L{number}", surface=Surface(dtype=artwork.dtype)))
    bench.document.commit("Paint", artwork)
    bench.settle()
    changed: list[int] = []
    panel.rows.dataChanged.connect(lambda top, _bottom, _roles: changed.append(top.row()))
    panel.rows.modelReset.connect(lambda: changed.append(-1))
    bench.studio.layers.set_opacity(0.4)
    panel._follower.catch_up()
    assert changed == [panel.view.currentIndex().row()]
    assert len(panel.view.images) < 20, "rows out of sight ask for no thumbnail"


# ── several at once ──────────────────────────────────────────────────────────────────────────────────────────────────


def stacked(bench: Bench, count: int = 4) -> LayersPanel:
    """A panel over ``Paper`` and so many layers above it, the topmost active."""
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    for _ in range(count):
        bench.studio.layers.add_paint()
    bench.settle()
    return panel


def chosen(bench: Bench) -> list[str]:
    return [layer.name for layer in bench.document.artwork.chosen]


def test_control_and_shift_select_several_and_a_click_one(bench: Bench):
    panel = stacked(bench)
    press_row(panel, 2, modifiers=CONTROL)
    bench.settle()
    assert chosen(bench) == ["Layer 2", "Layer 4"] and bench.active.name == "Layer 2"
    assert sorted(index.row() for index in panel.view.selectedIndexes()) == [0, 2]
    press_row(panel, 4, modifiers=SHIFT)
    bench.settle()
    assert chosen(bench) == ["Paper", "Layer 1", "Layer 2"]
    press_row(panel, 3, modifiers=CONTROL)
    bench.settle()
    assert chosen(bench) == ["Paper", "Layer 2"]
    press_row(panel, 4)
    bench.settle()
    assert chosen(bench) == ["Paper"]
    QTest.keyClick(panel.view, Qt.Key.Key_Up, SHIFT)
    bench.settle()
    assert chosen(bench) == ["Paper", "Layer 1"] and bench.active.name == "Layer 1"


def test_what_is_done_is_done_to_all_of_them_in_one_step(bench: Bench):
    panel = stacked(bench)
    press_row(panel, 1, modifiers=CONTROL)
    bench.settle()
    before = len(steps(bench))
    bench.studio.layers.set_opacity(0.25)
    bench.studio.layers.set_mode("screen")
    bench.studio.layers.toggle_lock("alpha")
    bench.studio.layers.set_label(3)
    bench.settle()
    for layer in bench.document.artwork.chosen:
        assert (layer.opacity, layer.mode, layer.locks.alpha, layer.label) == (0.25, "screen", True, 3)
    assert len(steps(bench)) == before + 4
    bench.studio.layers.duplicate()
    bench.settle()
    assert names(panel)[:2] == ["Layer 4 copy", "Layer 3 copy"] and chosen(bench) == [
        "Layer 3 copy",
        "Layer 4 copy",
    ]
    bench.studio.layers.group_active()
    bench.settle()
    assert names(panel)[:3] == ["Group 1", "Layer 4 copy", "Layer 3 copy"]
    bench.studio.layers.remove()
    bench.settle()
    assert names(panel) == ["Layer 4", "Layer 3", "Layer 2", "Layer 1", "Paper"]


def test_several_rows_are_dragged_together(bench: Bench):
    panel = stacked(bench)
    press_row(panel, 1, modifiers=CONTROL)
    bench.settle()
    port = panel.view.viewport()
    QTest.mousePress(port, LEFT, NONE, place(panel, 0, 120))
    assert chosen(bench) == ["Layer 3", "Layer 4"], "a press on one of them may become a drag of all"
    QTest.mouseRelease(port, LEFT, NONE, place(panel, 0, 120))
    bench.settle()
    assert chosen(bench) == ["Layer 4"]
    bench.studio.layers.choose_several(
        tuple(panel.rows.rows[row].layer.id for row in (0, 1)), panel.rows.rows[0].layer.id
    )
    bench.settle()
    data = QMimeData()
    data.setData(MIME, "\n".join(panel.view.selected_ids()).encode())
    spot = QPointF(120, panel.view.visualRect(panel.rows.index(4)).bottom() - 3)
    panel.view.dropEvent(QDropEvent(spot, Qt.DropAction.MoveAction, data, LEFT, NONE))
    bench.settle()
    assert names(panel) == ["Layer 2", "Layer 1", "Paper", "Layer 4", "Layer 3"]


def test_a_second_solo_keeps_what_was_seen_before_the_first(bench: Bench):
    panel = stacked(bench, 3)
    bench.studio.layers.set_visible(panel.rows.rows[2].layer.id, False)
    bench.settle()
    for row in (0, 1):
        press_row(panel, row, 14, ALT)
        bench.settle()
    assert [row.layer.visible for row in panel.rows.rows] == [False, True, False, False]
    press_row(panel, 1, 14, ALT)
    bench.settle()
    assert [row.layer.visible for row in panel.rows.rows] == [True, True, False, True]


def test_alt_click_on_the_line_between_two_rows_clips_the_upper(bench: Bench):
    panel = stacked(bench, 2)
    line = QPoint(120, panel.view.visualRect(panel.rows.index(0)).bottom() - 1)
    QTest.mouseClick(panel.view.viewport(), LEFT, ALT, line)
    bench.settle()
    assert [row.layer.clipping for row in panel.rows.rows] == [True, False, False]
    below = QPoint(120, panel.view.visualRect(panel.rows.index(1)).top() + 1)
    QTest.mouseClick(panel.view.viewport(), LEFT, ALT, below)
    bench.settle()
    assert not panel.rows.rows[0].layer.clipping


# ── masks and effects ────────────────────────────────────────────────────────────────────────────────────────────────


def spot(panel: LayersPanel, row: int, part: str) -> QPoint:
    area = panel.view.visualRect(panel.rows.index(row))
    found = panel.rows.rows[row]
    return (mask_rect(found, area) if part == "mask" else thumb_rect(found, area)).center()


def press_part(panel: LayersPanel, row: int, part: str, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(panel.view.viewport(), LEFT, keys, spot(panel, row, part))


def test_a_click_on_a_thumbnail_says_what_is_painted_on(bench: Bench):
    panel = stacked(bench, 1)
    bench.studio.masking.add()
    bench.settle()
    assert bench.document.artwork.edits_mask, "a new mask is painted on next"
    assert panel.rows.rows[0].edited == "mask"
    press_part(panel, 0, "thumb")
    bench.settle()
    assert not bench.document.artwork.edits_mask
    count = len(steps(bench))
    press_part(panel, 0, "mask")
    bench.settle()
    assert bench.document.artwork.edits_mask and len(steps(bench)) == count
    press_part(panel, 0, "mask", SHIFT)
    bench.settle()
    assert not bench.active.mask_enabled
    assert edits.paint_target(bench.document.artwork)[2] == "mask"


def test_a_mask_is_seen_alone_and_painted_so(bench: Bench):
    panel = stacked(bench, 1)
    bench.studio.masking.add()
    artwork = bench.document.artwork
    mask = bench.active.mask.write(Rect(0, 0, 32, 64), np.zeros((64, 32)))
    bench.document.commit("Paint", edits.set_mask(artwork, artwork.active, mask))
    bench.settle()
    press_part(panel, 0, "mask", ALT)
    tile = bench.picture.renderer.view_tile(bench.document.artwork, (0, 0))
    assert tile.pixels[10, 10].tolist() == [0, 0, 0, 255] and tile.pixels[10, 40].tolist() == [
        255,
        255,
        255,
        255,
    ]
    shown = bench.picture.renderer.compose(bench.document.artwork, Rect(0, 0, 64, 64))
    assert shown[10, 10].tolist() == [1, 1, 1, 1], "pickers and export see the picture"
    press_part(panel, 0, "mask", ALT)
    tile = bench.picture.renderer.view_tile(bench.document.artwork, (0, 0))
    assert tile.pixels[10, 10].tolist() == [255, 255, 255, 255] and bench.picture.mask_alone == ""
    bench.settle()
    image = panel.view.masks[bench.active.id]
    assert image.pixelColor(5, 20).red() == 0 and image.pixelColor(50, 20).red() == 255


def test_control_click_makes_the_shape_the_selection(bench: Bench):
    panel = stacked(bench, 1)
    artwork = bench.document.artwork
    pixels = np.ones((64, 20, 4), np.float16) * np.float16(0.5)
    bench.document.commit("Paint", edits.apply_pixels(artwork, artwork.active, Rect(4, 0, 24, 64), pixels))
    bench.settle()
    press_part(panel, 0, "thumb", CONTROL)
    bench.settle()
    selection = bench.document.artwork.selection
    assert selection is not None
    assert selection.read(Rect(2, 3, 26, 4))[0].tolist() == [0, 0, *[0.5] * 20, 0, 0]
    assert steps(bench)[-1] == "Select layer's pixels"
    press_part(panel, 1, "thumb", CONTROL | ALT)
    bench.settle()
    assert not bench.document.artwork.selection


def test_the_effects_dialog_is_live_and_one_step(bench: Bench):
    panel = stacked(bench, 1)
    assert bench.studio.layers.active is not None
    dialog = EffectsDialog(bench.studio, (bench.active.id,), panel)
    dialog.show()
    count = len(steps(bench))
    stroke = next(row for row in dialog.rows if row.text() == "Stroke")
    QTest.mouseClick(stroke, LEFT, NONE, QPoint(14, 16))
    assert [one.name for one in bench.active.effects] == [
        "stroke"
    ] and bench.document.preview_owner == "effects"
    assert dialog.form is not None
    dialog.form.changed.emit(effects.Stroke(width=9.0))
    assert effects.parameters(bench.active.effects[0]) == effects.Stroke(width=9.0)
    dialog.angle.value_changed.emit(45.0)
    assert len(steps(bench)) == count
    dialog.accept()
    bench.settle()
    assert steps(bench)[count:] == ["Layer effects"] and bench.active.effects
    again = EffectsDialog(bench.studio, (bench.active.id,), panel)
    again.show()
    first = next(row for row in again.rows if row.text() == "Stroke")
    QTest.mouseClick(first, LEFT, NONE, QPoint(14, 16))
    assert not effects.shown(bench.active)
    again.reject()
    bench.settle()
    assert effects.shown(bench.active) and len(steps(bench)) == count + 1


def test_effects_of_a_newer_version_survive_the_dialog(bench: Bench):
    panel = stacked(bench, 1)
    strange = effects.store(effects.Stroke()).__class__(name="rain", version=1, parameters={})
    artwork = bench.document.artwork
    bench.document.commit("Paint", edits.change(artwork, artwork.active, effects=(strange,)))
    dialog = EffectsDialog(bench.studio, (bench.active.id,), panel)
    assert dialog.wanted() == {bench.active.id: (strange,)}
    dialog.reject()
    dialog.deleteLater()


def test_the_effects_dialog_shows_where_several_layers_differ_and_changes_all_of_them(bench: Bench):
    panel = stacked(bench, 2)
    artwork = bench.document.artwork
    first, second = (layer.id for layer in artwork.layers[-2:])
    for layer_id, width in ((first, 3.0), (second, 8.0)):
        stroke = effects.store(effects.Stroke(width=width))
        artwork = edits.change(artwork, layer_id, effects=(stroke,))
    artwork = edits.change(
        artwork, first, effects=(effects.store(effects.OuterGlow()), *artwork.find(first).effects)
    )
    bench.document.commit("Effects", artwork)
    bench.studio.layers.choose_several((first, second), second)
    dialog = EffectsDialog(bench.studio, tuple(layer.id for layer in bench.studio.effects.able()), panel)
    dialog.show()
    rows = {row.text(): number for number, row in enumerate(dialog.rows)}
    assert dialog.windowTitle() == "Effects of 2 layers"
    assert dialog.rows[rows["Outer glow"]].on is None and dialog.rows[rows["Stroke"]].on is True
    dialog.choose(rows["Stroke"])
    assert dialog.form is not None and dialog.form.values().width == 8  # the active layer's
    assert dialog.form.rows["width"].title == "Width ≠" and "≠" in dialog.mixed.text()  # type: ignore[attr-defined]
    assert not nameless(dialog) and not clipped(dialog) and dialog.height() <= HIGHEST_DIALOG
    dialog.form.rows["opacity"].value_changed.emit(0.25)  # type: ignore[attr-defined]
    shown = [effects.parameters(bench.document.artwork.find(one).effects[-1]) for one in (first, second)]  # type: ignore[union-attr]
    assert shown == [effects.Stroke(width=3.0, opacity=0.25), effects.Stroke(width=8.0, opacity=0.25)]
    dialog.form.rows["width"].value_changed.emit(5.0)  # type: ignore[attr-defined]
    assert dialog.form.rows["width"].title == "Width" and "≠" not in dialog.mixed.text()  # type: ignore[attr-defined]
    dialog.reject()
    bench.settle()
    assert bench.document.artwork.find(first) is artwork.find(first)


# ── finding, menus, many ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_is_narrowed_by_name_kind_and_label(bench: Bench):
    panel = stacked(bench, 3)
    bench.studio.layers.set_label(2)
    bench.studio.layers.group_active()
    bench.studio.layers.collapse(bench.active.id, True)
    bench.settle()
    QTest.mouseClick(panel.buttons["search"], LEFT)
    assert panel.finder.isVisible()
    QTest.keyClicks(panel.search, "layer")
    bench.settle()
    assert names(panel) == ["Layer 3", "Layer 2", "Layer 1"], "folded groups hide nothing from the finder"
    panel.search.clear()
    menu = panel.narrowing_menu()
    next(item for item in menu.actions() if item.objectName() == "group").trigger()
    assert names(panel) == ["Group 1"]
    menu.close()
    panel.narrow_to(Narrowing(labels=frozenset({2})))
    assert names(panel) == ["Layer 3"]
    QTest.mouseClick(panel.buttons["search"], LEFT)
    bench.settle()
    assert names(panel) == ["Group 1", "Layer 2", "Layer 1", "Paper"]


def test_finding_ends_with_enter_with_escape_and_with_the_picture(bench: Bench):
    panel = stacked(bench, 2)
    for end in ("enter", "escape", "picture"):
        panel.find()
        QTest.keyClicks(panel.search, "layer 1")
        bench.settle()
        assert names(panel) == ["Layer 1"]
        if end == "enter":
            QTest.keyClick(panel.search, Qt.Key.Key_Return)
            assert bench.active.name == "Layer 1"
        elif end == "escape":
            QTest.keyClick(panel.search, Qt.Key.Key_Escape)
        else:
            bench.studio.new_picture(60, 40)
        bench.settle()
        assert names(panel)[-1] == "Paper" and not panel.finder.isVisible()


def test_the_menu_has_what_can_be_done(bench: Bench):
    panel = stacked(bench, 1)
    menu = layer_menus.layer_menu(panel, bench.studio)
    titles = [item.text().split("\t")[0] for item in menu.actions() if not item.isSeparator()]
    assert {"Merge down", "Stamp visible", "Layer mask", "Effects", "Lock and label"} <= set(titles)
    menu.popup(panel.mapToGlobal(QPoint(5, 5)))
    menu.close()


def test_two_hundred_layers_change_by_one_row(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    artwork = bench.document.artwork
    made: list[Layer] = [Paint(name=f"L{n}", surface=Surface(dtype=artwork.dtype)) for n in range(200)]
    groups = tuple(Group(name=f"G{n}", children=tuple(made[n * 20 : n * 20 + 20])) for n in range(10))
    bench.document.commit("Paint", artwork.with_(layers=groups, active=made[100].id))
    bench.settle()
    changed: list[int] = []
    panel.rows.dataChanged.connect(lambda top, _bottom, _roles: changed.append(top.row()))
    panel.rows.modelReset.connect(lambda: changed.append(-1))
    bench.studio.layers.set_mode("multiply")
    panel._follower.catch_up()
    group = panel.rows.row_of(groups[5].id)
    assert changed == [group, panel.rows.row_of(made[100].id)]
    assert len(panel.view.images) < 20
    assert panel.view.currentIndex().row() == panel.rows.row_of(made[100].id)


def test_alt_click_on_the_mark_hides_effects_and_a_resting_drag_opens_a_group(bench: Bench):
    panel = stacked(bench, 1)
    bench.studio.effects.add("stroke")
    bench.settle()
    mark = QPoint(panel.view.visualRect(panel.rows.index(0)).right() - LOCK - 12, place(panel, 0, 0).y())
    QTest.mouseClick(panel.view.viewport(), LEFT, ALT, mark)
    bench.settle()
    assert bench.active.effects and not effects.shown(bench.active)
    bench.studio.layers.group_active()
    bench.studio.layers.collapse(bench.active.id, True)
    bench.settle()
    panel.view._show_mark((0, "into"))
    panel.view.spring_open()
    bench.settle()
    assert names(panel) == ["Group 1", "Layer 1", "Paper"]
    panel.view._show_mark(None)


# ── room ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [QSize(1280, 650), SMALLEST], ids=["usual", "smallest"])
def test_six_whole_rows_stand_in_a_small_window(qapp: QApplication, size: QSize) -> None:
    one = Opened(qapp, Settings(language="en", workspace="paint"), None)
    one.window.resize(size)
    one.studio.new_picture(64, 64)
    one.studio.layers.add_group()
    for _ in range(8):
        one.studio.layers.add_paint()
    one.pump()
    view = one.window.docks["layers"].panel.view  # type: ignore[union-attr]
    assert view.viewport().height() >= 6 * theme.LIST_ROW
    one.window.docks.show_panel("layers")
    for height in (260, 277, 300):  # wherever the hand leaves the line between the groups
        one.window.resizeDocks([one.window.docks["layers"]], [height], Qt.Orientation.Vertical)
        one.pump()
        assert view.viewport().height() % theme.LIST_ROW == 0
        bar = view.verticalScrollBar()
        for value in (bar.minimum(), bar.maximum()):
            bar.setValue(value)
            last = view.visualRect(view.indexAt(QPoint(40, view.viewport().height() - 2)))
            assert last.bottom() < view.viewport().height()
    one.close()


def test_a_list_that_fits_has_all_of_its_room(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    assert panel.view.viewport().height() == panel.view.height()


# ── menus ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_switch_of_the_menu_shows_its_state(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    menu = layer_menus.layer_menu(panel, bench.studio)
    inner = [action.menu() for action in menu.actions()]
    switches = [
        (one, action)
        for one in (menu, *inner)
        if isinstance(one, QMenu)
        for action in one.actions()
        if action.isCheckable() and action.icon().isNull()
    ]
    assert {"Show layer\tShift+V", "Lock alpha\tAlt+/"} <= {action.text() for _, action in switches}
    for one, action in switches:
        drawn = []
        for on in (True, False):
            action.setChecked(on)
            drawn.append(one.grab().toImage())
        assert not drawn[0].isNull() and drawn[0] != drawn[1], action.text()
    menu.close()
    menu.deleteLater()


def test_the_chosen_label_has_a_ring(bench: Bench):
    bench.show(LayersPanel)
    for number in range(9):
        plain, chosen = layer_menus.label_icon(number), layer_menus.label_icon(number, True)
        assert plain.pixmap(16, 16).toImage() != chosen.pixmap(16, 16).toImage()


def test_adjustment_layers_are_chosen_by_family_at_the_foot(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    menu = panel.adjustment_menu()
    families = [item.menu() for item in menu.actions() if item.menu()]
    assert families[0].objectName() == "tone", "adjustments first"
    blur = next(one for one in families if one.objectName() == "blur")
    assert blur.actions() == [], "filled when it opens"  # type: ignore[attr-defined]
    blur.aboutToShow.emit()  # type: ignore[attr-defined]
    next(item for item in blur.actions() if item.objectName() == "gaussian-blur").trigger()  # type: ignore[attr-defined]
    bench.settle()
    assert isinstance(bench.studio.layers.active, Filter)
    menu.deleteLater()


def test_an_icon_of_the_strip_is_a_new_adjustment_layer(bench: Bench):
    panel = bench.show(LayersPanel)
    assert not panel.strip.isEnabled(), "there is nothing to adjust yet"
    bench.studio.new_picture(64, 64)
    bench.settle()
    names = []
    for name, button in panel.strip.buttons.items():
        assert button.toolTip() and button.accessibleName()
        button.click()
        bench.settle()
        layer = bench.studio.layers.active
        assert isinstance(layer, Filter) and layer.recipe.name == name
        names.append(button.accessibleName())
    assert len(set(names)) == len(names) == 10


def test_the_strip_is_walked_by_arrows(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    panel.resize(300, 500)
    bench.settle()
    along = [*panel.strip.buttons.values(), panel.strip.more]
    assert all(
        button.isVisibleTo(panel) and button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in along
    )
    panel.activateWindow()
    along[0].setFocus(Qt.FocusReason.TabFocusReason)
    keys = (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 10),
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Left, 10),
        (Qt.Key.Key_Home, 0),
    )
    now = along[0]
    for key, number in keys:
        QTest.keyClick(now, key)
        now = along[number]
        assert panel.focusWidget() is now
    before = len(bench.document.artwork.layers)
    QTest.keyClick(now, Qt.Key.Key_Space)
    bench.settle()
    assert len(bench.document.artwork.layers) == before + 1


def test_the_strip_is_there_where_six_layers_have_room_too(bench: Bench):
    panel = bench.show(LayersPanel)
    panel.resize(300, 240)
    assert not panel.strip.isVisibleTo(panel)
    panel.resize(300, 400)
    assert panel.strip.isVisibleTo(panel)
    menu = panel.adjustment_menu()
    shown = next(item for item in menu.actions() if item.objectName() == "strip")
    shown.trigger()
    assert not panel.strip.isVisibleTo(panel) and not bench.studio.settings.adjustment_strip
    panel.resize(300, 420)
    assert not panel.strip.isVisibleTo(panel), "it stays away"
    shown.trigger()
    assert panel.strip.isVisibleTo(panel)
    menu.deleteLater()


def test_a_filter_that_is_tried_is_no_layer_yet(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    before = [row.layer for row in panel.rows.rows]
    bench.studio.filtering.begin("gaussian-blur")
    bench.settle()
    assert bench.document.preview_owner == "filter-trial"
    assert [row.layer for row in panel.rows.rows] == before
