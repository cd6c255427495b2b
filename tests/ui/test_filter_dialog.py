"""The dialog in which a filter is tried, on the real window: live, divided by a line, kept as presets, used or left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from studio.document.layer import Filter
from studio.filters import FILTERS
from studio.filters.blur import GaussianBlur
from studio.filters.levels import Levels
from studio.filters.transfer import HistogramMatch
from studio.project import filter_recipes
from studio.raster.stopping import Stopped
from studio.settings import Settings
from studio.ui import batching
from studio.ui.canvas import showing as canvas_showing
from studio.ui.canvas.keeping_up import KeepingUp
from studio.ui.canvas.showing import RESTING_MILLISECONDS
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.dialogs.filter_batch import FilterBatchDialog
from studio.ui.panels.filters import FiltersPanel
from studio.workspace.filter_presets import file_of
from studio.workspace.notices import Notice
from tests.ui.windows import Opened, empty_panel, nameless

BLUR = FILTERS["gaussian-blur"]


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(400, 300)
    one.studio.filtering.apply("gaussian-noise", {"sigma": 0.3})
    one.pump()
    yield one
    one.close()


def begin(opened: Opened) -> FilterDialog:
    assert opened.window.actions_.run("filter-gaussian-blur")
    opened.pump()
    return opened.window.findChildren(FilterDialog)[-1]


def labels(opened: Opened) -> list[str]:
    return [entry.label for entry in opened.studio.current.document.history]  # type: ignore[union-attr]


def dialogs(opened: Opened) -> list[FilterDialog]:
    opened.pump()
    return [one for one in opened.window.findChildren(FilterDialog) if one.isVisible()]


def shown(opened: Opened) -> np.ndarray:
    """What the canvas shows of the picture, BGRA."""
    opened.pump(10)
    assert opened.window.canvas.showing.complete
    sheet = opened.window.canvas.showing.sheet
    assert sheet is not None
    canvas = opened.studio.current.document.artwork.rect.at_level(sheet.level)  # type: ignore[union-attr]
    return sheet.pixels[: canvas.height, : canvas.width].copy()


def test_values_are_live_and_apply_is_one_step(opened: Opened):
    before, steps = shown(opened), len(labels(opened))
    dialog = begin(opened)
    assert not dialog.isModal() and nameless(dialog) == []
    dialog.form._take("sigma", 8.0, True)
    after = shown(opened)
    assert not np.array_equal(before, after) and len(labels(opened)) == steps
    dialog.shown.click()
    assert np.array_equal(shown(opened), before), "Preview off shows the picture as it is"
    dialog.shown.click()
    dialog.apply.click()
    opened.pump()
    assert dialogs(opened) == [] and labels(opened)[steps:] == [BLUR.title]
    assert np.abs(shown(opened).astype(int) - after.astype(int)).max() <= 1


def test_escape_and_enter_mean_the_filter_from_dialog_and_canvas(opened: Opened):
    committed, canvas = opened.studio.current.document.committed, opened.window.canvas  # type: ignore[union-attr]
    dialog = begin(opened)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialogs(opened) == []
    begin(opened)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert dialogs(opened) == [] and opened.studio.current.document.artwork is committed  # type: ignore[union-attr]
    begin(opened).close()
    assert opened.studio.filtering.trial is None, "closed by the system's button"
    begin(opened)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert dialogs(opened) == [] and labels(opened)[-1] == BLUR.title


def test_the_line_is_dragged_on_the_canvas_and_nothing_is_painted(opened: Opened):
    canvas, steps = opened.window.canvas, len(labels(opened))
    before = shown(opened)
    dialog = begin(opened)
    dialog.form._take("sigma", 8.0, True)
    after = shown(opened)
    dialog.compared.click()
    trial = opened.studio.filtering.trial
    assert trial is not None and trial.split == 200
    to_view = canvas.viewport.to_view()
    start, end = (to_view.map(QPoint(x, 150)) for x in (200, 300))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert trial.split == pytest.approx(300, abs=1.5) and len(labels(opened)) == steps
    half = shown(opened)
    column = round(trial.split) >> canvas.showing.sheet.level  # type: ignore[union-attr]
    assert np.array_equal(half[:, : column - 2], before[:, : column - 2])
    assert np.array_equal(half[:, column + 2 :], after[:, column + 2 :])
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert trial.split == pytest.approx(296, abs=1.5)
    dialog.reject()


def test_presets_are_kept_as_recipe_files(opened: Opened):
    dialog = begin(opened)
    dialog.form._take("sigma", 6.5, True)
    dialog.presets.keep.click()
    QTest.keyClicks(dialog.presets.name, "Soft/haze")
    QTest.keyClick(dialog.presets.name, Qt.Key.Key_Return)
    opened.pump()
    assert dialog.isVisible(), "Enter was about the name"
    assert dialog.presets.choice.currentText() == "Soft/haze" and dialog.presets.drop.isEnabled()
    file = file_of(BLUR, "Soft/haze")
    (step,) = filter_recipes.read(file)
    assert step.name == "gaussian-blur" and step.parameters == to_builtins(GaussianBlur(sigma=6.5))
    dialog.presets.back.click()
    assert opened.studio.filtering.trial.values == GaussianBlur()  # type: ignore[union-attr]
    dialog.reject()
    opened.studio.filtering.presets._known.clear()  # as after a new start
    dialog = begin(opened)
    assert dialog.presets.choice.findText("Soft/haze") == 1
    dialog.presets.choice.setCurrentIndex(1)
    dialog.presets.choice.activated.emit(1)
    assert opened.studio.filtering.trial.values == GaussianBlur(sigma=6.5)  # type: ignore[union-attr]
    dialog.presets.drop.click()
    opened.pump()
    assert dialog.presets.choice.findText("Soft/haze") < 0 and not file.exists()
    dialog.reject()


def test_the_last_filter_comes_again_by_its_keys(opened: Opened):
    dialog = begin(opened)
    dialog.form._take("sigma", 9.0, True)
    dialog.apply.click()
    opened.pump()
    opened.window.activateWindow()
    opened.pump()
    canvas = opened.window.canvas
    canvas.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(canvas, Qt.Key.Key_F, control)
    opened.pump()
    assert labels(opened)[-2:] == [BLUR.title] * 2 and dialogs(opened) == []
    QTest.keyClick(canvas, Qt.Key.Key_F, control | Qt.KeyboardModifier.AltModifier)
    (again,) = dialogs(opened)
    assert again.form.values() == GaussianBlur(sigma=9.0)
    again.as_layer.click()
    opened.pump()
    made = opened.studio.layers.active
    assert isinstance(made, Filter) and made.clipping
    assert made.recipe.parameters == to_builtins(GaussianBlur(sigma=9.0))


def test_what_the_filter_does_is_told_where_it_is_tried(opened: Opened):
    dialog = begin(opened)
    assert not dialog.about.paragraph.isVisible()
    dialog.about.line.click()
    opened.pump()
    assert dialog.about.paragraph.isVisible() and "exp" in dialog.about.paragraph.text()
    dialog.reject()


def test_a_stack_of_filters_goes_into_a_recipe_and_comes_back(opened: Opened, tmp_path: Path):
    studio, file = opened.studio, tmp_path / "雾.json"
    for name in ("gaussian-blur", "gaussian-noise"):
        studio.filtering.add_layer(name)
    studio.filtering.stacks.save(str(file))
    opened.pump()
    assert [step.name for step in filter_recipes.read(file)] == ["gaussian-blur", "gaussian-noise"]
    studio.new_picture(64, 64)
    steps = len(labels(opened))
    studio.filtering.stacks.open(str(file))
    opened.pump()
    artwork = studio.current.document.committed  # type: ignore[union-attr]
    assert [type(layer).__name__ for layer in artwork.layers] == ["Paint", "Filter", "Filter"]
    assert labels(opened)[steps:] == ["Filters of a recipe"]
    file.write_text('[{"name": "unheard-of"}]', encoding="utf-8")
    told: list[str] = []
    studio.notice.connect(lambda notice: told.append(notice.arguments["reason"]))
    studio.filtering.stacks.open(str(file))
    opened.pump()
    assert "雾.json" in told[0] and "unheard-of" in told[0]


def test_a_folder_dropped_on_the_filters_goes_through_them(opened: Opened, tmp_path: Path):
    place = tmp_path / "原图"
    place.mkdir()
    for name in ("a.png", "b.png"):
        Image.new("RGB", (30, 20), (200, 40, 90)).save(place / name)
    (place / "broken.png").write_bytes(b"no picture")
    studio, window = opened.studio, opened.window
    studio.filtering.add_layer("gaussian-noise", {"sigma": 0.4})
    panel = window.docks.show_panel("filters")
    opened.pump()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place))])
    at = QPointF(window.mapFromGlobal(panel.mapToGlobal(panel.rect().center())))
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropping.drop(QDropEvent(at, copy, data, left, Qt.KeyboardModifier.NoModifier))
    (dialog,) = window.findChildren(FilterBatchDialog)
    assert nameless(dialog) == [] and dialog.recipe.words.text() == "The filters of this picture: 1"
    assert dialog.source.path == place and dialog.target.path == tmp_path / "原图-filtered"
    dialog.start.click()
    assert [line.label for line in studio.jobs.lines] == [batching.RUNNING]
    told: list[Notice] = []
    studio.notice.connect(told.append)
    (batch,) = window.findChildren(batching.Batch)
    assert batch.process.waitForFinished(60_000)
    opened.pump()
    assert studio.jobs.lines == () and [notice.text for notice in told] == [batching.FAILED]
    assert "2 done" in told[0].arguments["summary"] and "broken.png" in told[0].details
    pixels = np.asarray(Image.open(tmp_path / "原图-filtered" / "a.png").convert("RGB"))
    assert pixels.std() > 20, "the noise"


def test_a_batch_wants_its_three_paths(opened: Opened, tmp_path: Path):
    assert opened.window.actions_.run("filter-batch")
    (dialog,) = opened.window.findChildren(FilterBatchDialog)
    assert not dialog.start.isEnabled()
    recipe = tmp_path / "r.json"
    filter_recipes.write(recipe, (filter_recipes.Step(name="gaussian-blur"),))
    dialog.take(recipe)
    dialog.take(tmp_path)
    assert dialog.start.isEnabled() and dialog.recipe.path == recipe
    dialog.target.path = tmp_path
    dialog._show()
    assert not dialog.start.isEnabled(), "never over the pictures themselves"
    dialog.target.path = tmp_path / "set"
    dialog._show()
    assert not dialog.each.isEnabled()
    dialog.labelled.setChecked(True)
    assert dialog.each.isEnabled()
    dialog.each.set_value(3)
    dialog.start.click()
    (batch,) = opened.window.findChildren(batching.Batch)
    words = batch.process.arguments()
    assert words[-9:-2] == [
        "data",
        "filters",
        str(recipe),
        str(tmp_path),
        str(tmp_path / "set"),
        "--each",
        "3",
    ]
    batch.stop()
    assert batch.process.waitForFinished(20_000)
    opened.pump()


def test_a_filter_that_is_seen_at_full_size_only_says_so(opened: Opened, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setitem(FILTERS.loaded, "gaussian-blur", replace(BLUR, at_scale="exact_only"))
        dialog = begin(opened)
        assert any("100 %" in label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()
    dialog = begin(opened)
    assert not any("100 %" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_late_frames_are_coarser_while_the_slider_moves_and_exact_once_it_rests(opened: Opened):
    now = [0.0]
    opened.studio.new_picture(3000, 2500)
    opened.pump()
    showing = opened.window.canvas.showing
    showing._keeping_up = KeepingUp(clock=lambda: now[0])
    exact = showing.level
    opened.studio.filtering.add_layer("levels")
    opened.pump()
    for gamma in (1.1, 1.2, 1.3):
        layer = opened.studio.filtering.target
        assert layer is not None
        opened.studio.filtering.change(layer.id, Levels(gamma=gamma))
        now[0] += 0.05  # seconds that the frame takes
        opened.pump(2)
    assert showing.complete and showing.level == exact + 1
    assert showing._hand.isActive()
    QTest.qWait(2 * RESTING_MILLISECONDS)
    opened.pump()
    assert showing.complete and showing.sheet is not None and showing.sheet.level == exact
    opened.studio.filtering.change(layer.id, Levels(gamma=2.0))
    opened.studio.filtering.release()
    opened.pump()
    assert showing.complete and showing.sheet.level == exact


def test_a_filter_that_is_slower_than_the_pause_of_a_hand_is_shown_coarser_too(opened: Opened):
    opened.studio.new_picture(3000, 2500)
    opened.pump()
    showing = opened.window.canvas.showing
    exact = showing.level
    opened.studio.filtering.add_layer("levels")
    opened.pump()
    layer = opened.studio.filtering.target
    assert layer is not None
    opened.studio.filtering.change(layer.id, Levels(gamma=1.4))
    assert showing._keeping_up.waits
    showing._hand_rests()  # no frame has come
    assert showing.level == exact + 1 and showing._hand.isActive()
    opened.pump()
    assert showing.complete and not showing._keeping_up.waits
    showing._hand_rests()
    opened.pump()
    assert showing.complete and showing.sheet is not None and showing.sheet.level == exact


def test_a_tile_of_the_newer_picture_whose_drawing_was_stopped_is_drawn_by_the_job_that_takes_over(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
):
    opened.studio.new_picture(1500, 1200)
    opened.pump()
    view, calls, drawn = opened.window.canvas.showing, [], canvas_showing.coloured

    def stopped_once(*arguments: Any) -> Iterator[Any]:
        calls.append(arguments)
        if len(calls) == 2:  # by now it takes from the queue of the job that waits
            raise Stopped
        yield from drawn(*arguments)
        if len(calls) == 1:
            view._ask_for_stale()

    monkeypatch.setattr(canvas_showing, "coloured", stopped_once)
    opened.studio.filtering.add_layer("invert")
    opened.pump()
    assert len(calls) > 2 and view.complete


def test_a_perspective_is_found_from_the_picture(opened: Opened):
    picture = opened.studio.current
    assert picture is not None
    layer = picture.document.committed.active_layer
    assert opened.window.actions_.run("filter-perspective")
    opened.pump()
    dialog = dialogs(opened)[-1]
    assert dialog.keystone is not None and not nameless(dialog)
    told: list[Notice] = []
    opened.studio.notice.connect(told.append)
    dialog.keystone.upright.click()
    for _ in range(100):
        if told:
            break
        opened.pump()
    assert "upright" in told[-1].arguments["reason"] and picture.document.committed.active_layer is layer
    dialog.reject()
    assert begin(opened).keystone is None


def test_the_colours_of_another_layer_are_taken_while_a_filter_is_tried(opened: Opened):
    studio, picture = opened.studio, opened.studio.current
    assert picture is not None
    other = picture.document.committed.active_layer
    assert other is not None
    studio.layers.add_paint()
    opened.pump()
    assert opened.window.actions_.run("filter-colour-transfer")
    opened.pump()
    dialog = dialogs(opened)[-1]
    assert dialog.taking is not None and not nameless(dialog)
    menu = dialog.taking.menu()
    chosen = next(one for one in menu.actions() if one.text() == other.name)
    before = dialog.form.values()
    chosen.trigger()
    for _ in range(100):
        if dialog.form.values() != before:
            break
        opened.pump()
    trial = studio.filtering.trial
    assert trial is not None and dialog.form.values() == trial.values != before
    menu.close()
    dialog.reject()
    assert begin(opened).taking is None


def test_the_colours_of_a_file_become_a_filter_layers_values_in_one_step(opened: Opened, tmp_path: Path):
    Image.new("RGB", (30, 20), (200, 60, 30)).save(tmp_path / "red.png")
    opened.studio.filtering.add_layer("histogram-match")
    panel = FiltersPanel(opened.studio)
    panel.show()
    opened.pump()
    assert panel.taking is not None and panel.form is not None
    steps = len(labels(opened))
    panel.taking.take_file(str(tmp_path / "red.png"))
    for _ in range(100):
        if len(labels(opened)) > steps:
            break
        opened.pump()
    assert labels(opened)[steps:] == ["Filter parameters"]
    target = opened.studio.filtering.target
    assert target is not None
    values = opened.studio.filtering.parameters(target)
    assert panel.form.values() == values and isinstance(values, HistogramMatch)
    assert values.red[16][1] > 0.75 > 0.25 > values.green[16][1]
    panel.close()
    panel.deleteLater()
    opened.pump()


def test_a_displacement_is_made_by_another_layer(opened: Opened):
    studio, picture = opened.studio, opened.studio.current
    assert picture is not None
    noise = picture.document.committed.active_layer
    assert noise is not None
    studio.fill_layers.add("fill-gradient")
    opened.pump()
    other = studio.layers.active
    assert other is not None
    studio.layers.choose(noise.id)
    opened.pump()
    assert opened.window.actions_.run("filter-displace")
    opened.pump()
    dialog = dialogs(opened)[-1]
    assert dialog.taking is not None and not nameless(dialog) and "map" not in dialog.form.rows
    assert dialog.form.rows["seed"].isVisible() and not dialog.taking.now.isVisible()
    dialog.taking.take_layer(other.id)
    for _ in range(100):
        if dialog.taking.now.isVisible():
            break
        opened.pump()
    assert other.name in dialog.taking.now.text() and not dialog.form.rows["seed"].isVisible()
    dialog.apply.click()
    opened.pump(20)
    assert labels(opened)[-1] == FILTERS["displace"].title


def test_the_centre_of_a_filter_layer_is_put_by_a_press_on_the_picture(opened: Opened):
    studio, canvas = opened.studio, opened.window.canvas
    panel = FiltersPanel(studio)
    panel.show()
    studio.filtering.add_layer("gaussian-blur")
    panel.refresh()
    assert panel.placed.isHidden(), "a blur that is the same everywhere has no centre"
    studio.filtering.add_layer("swirl")
    panel.refresh()
    assert not panel.placed.isHidden() and panel.placed.accessibleName()
    panel.placed.click()
    spot = canvas.viewport.to_view().map(QPoint(100, 60))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    opened.pump()
    assert panel.form is not None and panel.placed.isChecked()
    assert panel.form.values().centre_x == pytest.approx(0.25, abs=0.01)
    assert panel.form.values().centre_y == pytest.approx(0.2, abs=0.01)
    studio.filtering.add_layer("wave")
    panel.refresh()
    assert not panel.placed.isChecked(), "another filter layer is selected"
    panel.close()
    panel.deleteLater()
    opened.pump()
