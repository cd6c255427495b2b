"""The panels under mouse and keyboard, on a studio whose engine paints gradients."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from studio.document import edits
from studio.document.layer import Filter, Generated
from studio.filters.catalogue import GROUPS
from studio.messages.events import (
    Controlled,
    Failed,
    Finished,
    Footing,
    Foreseen,
    Progress,
    SliderFigures,
    VggFigures,
)
from studio.messages.models import ClassTitle
from studio.messages.requests import Evaluate, Foresee, Generate, Train, mix_of
from studio.messages.training import Warned
from studio.raster.geometry import Rect
from studio.ui import language, theme
from studio.ui.panels.class_rows import class_words
from studio.ui.panels.colour import ColourPanel
from studio.ui.panels.explore import ExplorePanel
from studio.ui.panels.filters import FiltersPanel
from studio.ui.panels.generate import GeneratePanel
from studio.ui.panels.history import HistoryPanel
from studio.ui.panels.jobs import JobsPanel
from studio.ui.panels.layers import LayersPanel
from studio.ui.panels.loss_curve import smoothed
from studio.ui.panels.training import TrainingPanel
from studio.ui.panels.training_moments import thinned
from studio.ui.panels.training_recipes import recipe_files
from studio.ui.panels.training_report import lines
from studio.ui.status_bar import StatusBar
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.notices import Notice
from studio.workspace.taking import MAPPED, TAKING, shown_names
from studio.workspace.tools import Pointer
from studio.workspace.training_run import Moment, checkpoint_of
from tests.ui import fakes
from tests.ui.benches import LEFT, NONE, PANELS, Bench, drag, names, steps


def chosen_model(bench: Bench) -> str:
    assert bench.studio.generating.model is not None
    return bench.studio.generating.model.card.name


def sigma(panel: FiltersPanel) -> ValueSlider:
    assert panel.form is not None
    slider = panel.form.rows["sigma"]
    assert isinstance(slider, ValueSlider)
    return slider


# ── generate ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_button_makes_a_generated_layer_and_its_word_follows(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(200, 100)
    bench.settle()
    assert panel.button.text() == "Generate 4"
    QTest.mouseClick(panel.button, LEFT)
    bench.settle()
    layer = bench.layer(Generated)
    assert len(layer.variants) == 4
    assert panel.button.text() == "4 more"
    assert "generated · 1 of 4" in panel.card.line
    QTest.mouseClick(panel.button, LEFT)
    bench.settle()
    assert len(bench.layer(Generated).variants) == 8


def test_the_card_shows_facts_and_the_forecast_real_pixels_against_shown(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(2480, 1200)
    bench.settle()
    assert panel.card.title == "Shan-shui"
    assert "built in · 256 px" in panel.card.line
    assert "256 px → 2480 (×9.7)" in panel.forecast.text()
    panel.size_choice.setCurrentIndex(panel.size_choice.findData("native"))
    panel.size_choice.activated.emit(panel.size_choice.currentIndex())
    bench.settle()
    assert panel.forecast.text().endswith("256 px")


def test_the_panel_has_the_pinned_sliders_and_drags_its_own_values(bench: Bench):
    panel = bench.show(GeneratePanel)
    assert list(panel.sliders.sliders) == ["mist", "ridge", "season", "night"]
    slider = panel.sliders.sliders["mist"]
    track = slider.track()
    drag(slider, track.center().x(), track.right())
    bench.settle()
    assert bench.studio.generating.values.sliders == {"mist": 3.0}
    assert slider.value() == 3.0


def test_a_drag_on_a_generated_layer_is_live_and_one_step(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(128, 128)
    bench.studio.generating.generate()
    bench.settle()
    before = len(steps(bench))
    slider = panel.sliders.sliders["mist"]
    drag(slider, slider.track().center().x(), slider.track().right())
    bench.settle()
    asked = [request for request in bench.engine.requests if isinstance(request, Generate) and request.quick]
    assert len(asked) == 4
    assert steps(bench)[before:] == ["Slider"]
    assert bench.variant().sliders == {"mist": 3.0}


def test_a_layer_shows_its_own_values_and_another_gives_the_panel_back_its_own(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(128, 128)
    bench.studio.exploring.set_slider("mist", 1.5)
    bench.studio.generating.generate()
    bench.studio.exploring.set_slider("mist", -2.0)
    bench.studio.exploring.release()
    bench.settle()
    assert panel.sliders.sliders["mist"].value() == -2.0
    paper = bench.document.artwork.layers[0]
    bench.studio.layers.choose(paper.id)
    bench.settle()
    assert panel.sliders.sliders["mist"].value() == 1.5
    assert panel.button.text() == "Generate 4"


def test_count_lock_and_seed_reach_the_request(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    panel.count.setCurrentIndex(panel.count.findData(2))
    panel.count.activated.emit(panel.count.currentIndex())
    panel.seed.field.setText("4242")
    panel.seed.field.editingFinished.emit()
    panel.seed.lock.click()
    bench.settle()
    assert panel.button.text() == "Generate 2"
    QTest.mouseClick(panel.button, LEFT)
    request = bench.engine.requests[-1]
    assert isinstance(request, Generate)
    assert request.seeds == (4242, 4243)


def test_another_seed_redraws_the_selected_layer_as_one_step(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.settle()
    before = len(steps(bench))
    panel.seed.field.setText("77")
    panel.seed.field.editingFinished.emit()
    bench.settle()
    assert bench.variant().seed == 77
    assert len(steps(bench)) == before + 1


def test_a_palette_is_shown_by_its_colours(bench: Bench):
    panel = bench.show(GeneratePanel)
    entry = bench.studio.generating.model
    assert entry is not None
    blue, paper = (20, 30, 110), (250, 228, 150)
    titles = (
        ClassTitle(title="Dark blue", title_zh="深蓝", swatches=(blue, paper)),
        ClassTitle(title="Other", title_zh="其他"),
    )
    card = msgspec.structs.replace(entry.card, classes=("dark-blue", "other"), class_titles=titles)
    bench.studio.generating.set_models((msgspec.structs.replace(entry, card=card),))
    bench.settle()
    box = panel.classes.kind.box
    assert [box.itemText(at) for at in range(3)] == ["Any class", "Dark blue", "Other"]
    assert box.itemIcon(0).isNull() and box.itemIcon(2).isNull()
    shown = box.itemIcon(1).pixmap(box.iconSize()).toImage()
    middle = shown.height() // 2
    at = [shown.pixelColor(round(shown.width() * part), middle).getRgb()[:3] for part in (0.25, 0.75)]
    assert at == [blue, paper]


def test_a_model_with_classes_has_a_chooser_of_its_names(bench: Bench):
    panel, explore = bench.show(GeneratePanel), bench.show(ExplorePanel)
    assert panel.classes.isHidden() and explore.classes.isHidden()
    entry = bench.studio.generating.model
    assert entry is not None
    card = msgspec.structs.replace(entry.card, classes=("兰", "梅"))
    bench.studio.generating.set_models((msgspec.structs.replace(entry, card=card),))
    bench.studio.new_picture(100, 100)
    bench.settle()
    for rows in (panel.classes, explore.classes):
        assert not rows.isHidden()
        assert [rows.kind.box.itemText(index) for index in range(3)] == ["Any class", "兰", "梅"]
        assert rows.blend.isHidden()
    panel.classes.kind.set_value("兰")
    panel.classes.kind.chosen.emit("兰")
    bench.studio.generating.generate()
    bench.settle()
    asked = [one for one in bench.engine.requests if isinstance(one, Generate)]
    assert asked[-1].label == "兰"
    assert explore.classes.kind.value() == "兰"
    panel.classes.toward.chosen.emit("梅")
    bench.settle()
    layer = bench.layer(Generated)
    assert layer.variant is not None
    assert (layer.variant.toward, layer.variant.blend) == ("梅", 0.5)
    assert not panel.classes.blend.isHidden() and panel.classes.blend.value() == 0.5
    before = len(steps(bench))
    track = panel.classes.blend.track()
    drag(panel.classes.blend, track.center().x(), track.right())
    bench.settle()
    layer = bench.layer(Generated)
    assert layer.variant is not None and layer.variant.blend > 0.5
    assert len(steps(bench)) == before + 1
    assert class_words(mix_of(layer.variant), {}).startswith("兰 → 梅 ")
    bench.studio.generating.set_models((entry,))
    bench.settle()
    assert panel.classes.isHidden()


def test_while_it_runs_the_button_stops_and_shows_progress(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(64, 64)
    bench.engine.at_once = False
    bench.studio.generating.generate()
    bench.engine.answer(1)
    bench.settle()
    assert panel.button.text() == "Stop"
    assert panel.button._progress == pytest.approx((1 + 0.5) / 4)
    assert panel.button._primary is False
    QTest.mouseClick(panel.button, LEFT)
    bench.settle()
    assert bench.engine.cancelled
    assert not bench.studio.generating.running
    assert len(bench.layer(Generated).variants) == 1


def test_without_a_model_the_panel_says_what_to_do(qapp: QApplication):
    bench = Bench(fakes.FakeEngine(), models=())
    panel = bench.show(GeneratePanel)
    assert panel.empty.isVisible() and not panel.page.isVisible()
    assert "Train one" in panel.empty.label.text()
    bench.end()


def test_without_an_engine_the_button_is_quiet_and_says_why(qapp: QApplication):
    bench = Bench(None)
    panel = bench.show(GeneratePanel)
    assert not panel.button.isEnabled()
    assert "engine" in panel.forecast.text()
    assert panel.forecast.text() in panel.button.toolTip()
    bench.end()


def test_a_model_without_the_ability_is_refused_under_the_button(qapp: QApplication):
    entry = fakes.model()
    mute = msgspec.structs.replace(entry, card=msgspec.structs.replace(entry.card, abilities=()))
    bench = Bench(fakes.FakeEngine(), models=(mute,))
    panel = bench.show(GeneratePanel)
    assert not panel.button.isEnabled()
    assert "makes no pictures" in panel.forecast.text()
    assert panel.forecast.text() in panel.button.toolTip()
    bench.end()


@pytest.mark.parametrize("ability", ["fill", "redraw", "extend", "translate"])
def test_what_a_model_can_and_the_studio_cannot_yet_is_said_whole_under_the_button(
    bench: Bench, ability: str
):
    entry = fakes.model()
    card = msgspec.structs.replace(entry.card, abilities=(ability,))
    bench.studio.generating.set_models((msgspec.structs.replace(entry, card=card),))
    panel = bench.show(GeneratePanel)
    assert not panel.button.isEnabled() and panel.forecast.text().endswith("choose another model.")
    assert panel.forecast.sizeHint().width() <= panel.forecast.width(), "it is read without a tooltip"


def test_a_press_into_a_selection_says_beforehand_that_whole_pictures_are_made(bench: Bench):
    picture = bench.studio.new_picture(64, 64)
    panel = bench.show(GeneratePanel)
    assert "whole picture" not in panel.button.toolTip()
    selection = edits.rectangle_selection(Rect(4, 4, 30, 30))
    picture.document.commit("Select", edits.set_selection(picture.document.artwork, selection))
    bench.settle()
    assert panel.button.text() == "Place in selection" and "whole picture" in panel.button.toolTip()


def test_a_layer_whose_model_is_gone_keeps_its_picture_and_offers_to_locate_it(bench: Bench):
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.studio.generating.set_models((fakes.model("another", digest="2" * 64),))
    bench.settle()
    assert panel.card.line == "model missing · Locate…"
    assert not panel.button.isEnabled()
    assert "missing" in panel.forecast.text()
    assert bench.layer(Generated).variant is not None


def test_a_model_has_a_menu_that_exports_it(qapp: QApplication):
    bench = Bench(fakes.FakeEngine(), models=(fakes.model(), fakes.model("mine", digest="1" * 64)))
    panel = bench.show(GeneratePanel)
    opened = panel.open_models()
    wanted = []
    opened.export_wanted.disconnect()
    opened.export_wanted.connect(wanted.append)
    menu = opened.menu_of(bench.studio.generating.models[1])
    assert [action.text() for action in menu.actions()] == ["Export model…", "Show file"]
    menu.actions()[0].trigger()
    bench.settle()
    assert [entry.card.name for entry in wanted] == ["mine"]
    bench.end()


def test_the_model_list_shows_problems_and_choosing_lets_go_of_the_layer(qapp: QApplication):
    models = (
        fakes.model(),
        fakes.model("mine", digest="1" * 64),
        fakes.model("broken", problem="Two tensors are missing."),
    )
    bench = Bench(fakes.FakeEngine(), models=models)
    panel = bench.show(GeneratePanel)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.settle()
    opened = panel.open_models()
    assert [card.isEnabled() for card in opened.cards] == [True, True, False]
    assert opened.cards[2].line == "Two tensors are missing."
    QTest.mouseClick(opened.cards[1], LEFT)
    bench.settle()
    assert chosen_model(bench) == "mine"
    assert bench.studio.generating.target is None
    assert panel.button.text() == "Generate 4"
    bench.studio.layers.choose(bench.document.artwork.layers[0].id)
    bench.studio.layers.choose(bench.layer(Generated).id)
    bench.settle()
    assert panel.button.text() == "4 more"
    bench.end()


# ── explore ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_explore_has_every_direction_in_both_languages(bench: Bench, qapp: QApplication):
    panel = bench.show(ExplorePanel)
    assert [slider.title for slider in panel.sliders.sliders.values()][-2:] == ["Water", "Trees"]
    language.speak(qapp, "zh_CN")
    bench.settle()
    assert [slider.title for slider in panel.sliders.sliders.values()][:2] == ["雾气", "山势"]
    language.speak(qapp, "en")


def test_explore_surprises_and_zeroes(bench: Bench):
    panel = bench.show(ExplorePanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    QTest.mouseClick(panel.surprise, LEFT)
    bench.settle()
    assert bench.variant().sliders
    assert "variation 1 of 4" in panel.title.text()
    QTest.mouseClick(panel.zero, LEFT)
    bench.settle()
    assert bench.variant().sliders == {}
    assert not panel.zero.isEnabled()


# ── colour ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_colour_is_bound_both_ways_and_remembers_what_was_painted_with(bench: Bench):
    panel = bench.show(ColourPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    panel.wheel.field.setText("#C8412A")
    panel.wheel.field.editingFinished.emit()
    assert bench.studio.painting.colour == pytest.approx((200 / 255, 65 / 255, 42 / 255))
    bench.studio.painting.begin(bench.picture, Pointer(10, 10)).finish()
    bench.settle()
    bench.studio.painting.set_colour((0.0, 0.0, 1.0))
    bench.settle()
    assert panel.wheel.colour() == (0.0, 0.0, 1.0)
    assert panel.used() == (pytest.approx((200 / 255, 65 / 255, 42 / 255)),)
    QTest.mouseClick(panel.swatches[0], LEFT)
    assert bench.studio.painting.colour == pytest.approx((200 / 255, 65 / 255, 42 / 255))
    QTest.mouseClick(panel.wheel.swap, LEFT)
    bench.settle()
    assert bench.studio.painting.colour == (1.0, 1.0, 1.0)


# ── filters, history, jobs ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_filter_is_added_as_layer_and_its_form_changes_it_live(bench: Bench):
    panel = bench.show(FiltersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    press(panel, "gaussian-blur", "layer")
    bench.settle()
    layer = bench.layer(Filter)
    assert panel.title.text() == layer.name == "Gaussian blur"
    slider = sigma(panel)
    before, start = len(steps(bench)), slider.value()
    drag(slider, slider._place(start), slider.track().right())
    bench.settle()
    assert bench.layer(Filter).recipe.parameters["sigma"] > start
    assert steps(bench)[before:] == ["Filter parameters"]
    bench.studio.undo()
    bench.settle()
    assert sigma(panel).value() == start


def test_a_filter_is_applied_once(bench: Bench):
    panel = bench.show(FiltersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    press(panel, "gaussian-noise", "try")
    trial = bench.studio.filtering.trial
    assert trial is not None and panel.form is None
    trial.finish()
    bench.settle()
    assert steps(bench)[-1] == "Gaussian noise"
    assert panel.list.rows_model.rows[:2] == (("used", ""), ("used", "gaussian-noise"))
    bench.studio.filtering.again()
    bench.settle()
    assert steps(bench)[-2:] == ["Gaussian noise"] * 2


def press(panel: FiltersPanel, name: str, part: str) -> None:
    """A press on a row of the list: on its star or layer, or (``try``) beside them."""
    row = panel.list.place_of(name)
    place = row.center() if part == "try" else panel.list.part_rect(row, part).center()
    QTest.mouseClick(panel.list.viewport(), LEFT, NONE, place)


def test_filters_are_starred_folded_and_found(bench: Bench):
    panel, memory = bench.show(FiltersPanel), bench.studio.filtering.memory
    bench.studio.new_picture(64, 64)
    bench.settle()
    sections = [section for section, name in panel.list.rows_model.rows if not name]
    assert sections == [group for group in GROUPS if group in sections], "in the fixed order of families"
    press(panel, "gaussian-blur", "star")
    bench.settle()
    assert memory.favourites == ("gaussian-blur",)
    assert panel.list.rows_model.rows[:2] == (("starred", ""), ("starred", "gaussian-blur"))
    number = panel.list.rows_model.rows.index(("noise", ""))
    QTest.mouseClick(
        panel.list.viewport(), LEFT, NONE, panel.list.visualRect(panel.list.rows_model.index(number)).center()
    )
    bench.settle()
    assert ("noise", "gaussian-noise") not in panel.list.rows_model.rows and memory.folded == {"noise"}
    assert panel.list.rows_model.index(number).data(Qt.ItemDataRole.AccessibleTextRole) == "Noise, folded"
    panel.find()
    for query in ("gaussian bl", "高斯模糊", "gsmh", "soften", "gaosimohu"):
        panel.search.setText(query)
        bench.settle()
        assert panel.list.rows_model.rows[0] == ("found", "gaussian-blur"), query
    panel.search.setText("zzz")
    assert panel.empty.isVisible() and not panel.list.isVisible()
    panel.empty.triggered.emit()
    assert panel.list.isVisible() and panel.search.text() == ""
    panel.search.setText("uniform")
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert memory.favourites == ("gaussian-blur", "uniform-noise")
    QTest.keyClick(panel.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bench.settle()
    assert bench.layer(Filter).recipe.name == "uniform-noise"
    assert "σ" not in panel.about.paragraph.text() and len(panel.about.paragraph.text()) > 60
    assert not panel.about.paragraph.isVisible()
    panel.about.line.click()
    assert panel.about.paragraph.isVisible()


def test_a_filter_layer_takes_presets(bench: Bench):
    panel = bench.show(FiltersPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.filtering.add_layer("gaussian-blur", {"sigma": 11.0})
    bench.settle()
    assert panel.presets is not None
    panel.presets.save("Far")
    panel.presets.back.click()
    bench.settle()
    first = bench.layer(Filter).recipe.parameters["sigma"]
    assert first != 11.0 and steps(bench)[-1] == "Filter parameters"
    panel.presets.choice.setCurrentIndex(1)
    panel.presets.choice.activated.emit(1)
    bench.settle()
    assert bench.layer(Filter).recipe.parameters["sigma"] == 11.0 and sigma(panel).value() == 11.0
    bench.studio.undo()
    bench.settle()
    assert bench.layer(Filter).recipe.parameters["sigma"] == first


def test_what_the_mouse_would_do_is_said(bench: Bench):
    panel = bench.show(FiltersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    row = panel.list.place_of("gaussian-blur")
    assert panel.list.tip_at(row.center()) == "Gaussian blur: try on the layer (Enter)"
    layer = panel.list.part_rect(row, "layer").center()
    assert panel.list.tip_at(layer) == "Gaussian blur: new filter layer (Shift+Enter)"


def test_history_goes_where_it_is_clicked(bench: Bench):
    panel = bench.show(HistoryPanel)
    bench.studio.new_picture(64, 64)
    bench.studio.filtering.apply("gaussian-noise")
    bench.settle()
    bench.studio.layers.add_paint()
    bench.settle()
    assert [panel.model.index(row).data() for row in range(3)] == [
        "New picture",
        "Gaussian noise",
        "New paint layer",
    ]
    rect = panel.view.visualRect(panel.model.index(0))
    QTest.mouseClick(panel.view.viewport(), LEFT, NONE, rect.center())
    bench.settle()
    assert bench.document.cursor == panel.model.cursor == 0
    assert len(bench.document.artwork.layers) == 1
    bench.studio.redo()
    bench.settle()
    assert panel.view.currentIndex().row() == 1


def test_jobs_have_a_row_with_progress_and_stop(bench: Bench):
    panel = bench.show(JobsPanel)
    assert panel.empty.isVisible()
    stopped: list[bool] = []
    line = bench.studio.jobs.begin("Opening {file}", {"file": "秋.png"}, stop=lambda: stopped.append(True))
    bench.studio.jobs.progress(line, 3, 12, 40.0)
    bench.settle()
    row = panel.rows[line]
    assert row.name.text() == "Opening 秋.png"
    assert row.state.text() == "25 % · 40 s left"
    QTest.mouseClick(row.stop, LEFT)
    assert stopped == [True]
    bench.studio.jobs.end(line)
    bench.settle()
    assert panel.empty.isVisible() and not panel.rows


# ── training ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_training_starts_on_a_dropped_folder_and_shows_what_it_learns(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    assert not panel.start.isEnabled()
    assert "Choose a folder" in panel.hint.text()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(fakes.folder_of_pictures(tmp_path, 20)))])
    panel.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, NONE))
    bench.settle()
    assert panel.card.line == "Pictures: 20"
    panel.steps.field.setText("300")
    QTest.mouseClick(panel.start, LEFT)
    bench.settle()
    request = bench.engine.requests[-1]
    assert isinstance(request, Train)
    assert (request.recipe, request.data, request.steps) == ("tiny", str(tmp_path), 300)
    assert "step 59 of 100" in panel.facts.text()
    assert len(panel.curve._curve) == 60
    assert panel.sample.height() > 50
    assert panel.start.text() == "Stop training"
    panel.pause.click()
    assert len(bench.engine.paused) == 1
    panel.pause.click()
    assert bench.engine.paused == []
    QTest.mouseClick(panel.start, LEFT)
    bench.settle()
    assert not bench.training.running
    assert panel.go_on.isVisible()


def test_a_run_at_rest_is_measured_and_the_report_stays(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    assert panel.measure.isHidden() and panel.report.isHidden()
    bench.studio.training.start("tiny", str(tmp_path), name="ink")
    bench.settle()
    assert panel.measure.isHidden(), "while it learns it is not measured"
    bench.studio.training.stop()
    bench.settle()
    assert not panel.measure.isHidden() and panel.report.isHidden()
    QTest.mouseClick(panel.measure, LEFT)
    bench.settle()
    (asked,) = [one for one in bench.engine.requests if isinstance(one, Evaluate)]
    state = bench.studio.training.state
    assert state is not None and not state.measuring
    assert asked.model == state.checkpoint and asked.out.endswith("evaluation")
    assert not panel.report.isHidden()
    assert panel.report.lines[0].text() == "Variety: 83 %" and "420" in panel.report.head.text()
    assert asked.sliders == ()
    hidden = [line.isHidden() for line in panel.report.lines]
    assert hidden[:7] == [False] * 7 and all(hidden[7:])
    assert not [line for line in bench.studio.jobs.lines if "Measuring" in line.label]
    bench.studio.training.start("tiny", str(tmp_path), name="ink")
    bench.settle()
    assert panel.report.isHidden(), "another run has not been measured"


def test_a_run_that_waits_says_for_what_and_can_be_called_off(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    training, status = bench.studio.training, StatusBar(bench.studio)
    training.start("tiny", str(tmp_path), name="ink")
    training.stop()
    bench.settle()
    bench.engine.at_once = False
    training.measure()
    training.start("tiny", str(tmp_path), name="other")
    bench.settle()
    assert panel.state.text() == "“other” waits for: Measuring “ink”"
    assert panel.start.text() == "Stop waiting" and panel.start.isEnabled() and panel.hint.isVisible()
    assert not panel.look.isEnabled()
    line = bench.studio.jobs.lines[-1]
    assert "waits for: Measuring “ink”" in status.words(line)
    rows = bench.show(JobsPanel).rows
    assert "waits for" in rows[line.id].state.text() and "waits" not in rows[line.id - 1].state.text()
    measuring, begun = bench.engine._waiting
    measuring[2](Finished(job=measuring[0]))
    bench.settle()
    assert panel.start.text() == "Stop training" and "waits" not in panel.state.text()
    begun[2](Failed(job=begun[0], kind="cancelled", message=""))
    bench.settle()
    assert not bench.studio.jobs.lines and panel.start.text() == "Start training"
    training.start("tiny", str(tmp_path), name="ink")
    checkpoint = checkpoint_of(training.state.run, 5)
    checkpoint.parent.mkdir(parents=True)
    checkpoint.write_bytes(b"")
    learnt, asked = bench.engine._waiting[-1], training.state.run
    learnt[2](Progress(job=learnt[0], done=5, total=9))
    learnt[2](Failed(job=learnt[0], kind="cancelled", message=""))
    bench.settle()
    training.measure()
    training.start("tiny", str(tmp_path), name="another")
    waiting = bench.engine._waiting[-1]
    waiting[2](Failed(job=waiting[0], kind="cancelled", message=""))
    bench.settle()
    assert training.state is not None and training.state.run == asked, "the run before it is shown again"
    status.deleteLater()


def test_a_run_that_measures_itself_shows_its_report(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    bench.studio.training.start("tiny", str(tmp_path), name="ink")
    bench.studio.training._arrived(fakes.report())
    bench.settle()
    assert not panel.report.isHidden()


def test_a_model_that_cannot_be_measured_is_told(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    bench.studio.training.start("tiny", str(tmp_path), name="ink")
    bench.studio.training.stop()
    bench.settle()
    told: list[Notice] = []
    bench.studio.notice.connect(told.append)
    bench.engine.at_once = False
    bench.studio.training.measure()
    bench.settle()
    assert not panel.measure.isEnabled()
    (waiting,) = bench.engine._waiting
    bench.engine._waiting.clear()
    waiting[2](
        Failed(
            job=waiting[0],
            kind="bad_request",
            message="There are only {count} pictures.",
            arguments={"count": "5"},
        )
    )
    bench.settle()
    assert panel.measure.isEnabled()
    assert [one.kind for one in told] == ["error"]
    assert "5" in told[0].arguments["reason"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"variety": 0.3}, "repeats itself"),
        ({"copies": 0.4}, "learns by heart"),
        ({"copies": 0.4, "copies_held_out": 0.35}, "(unseen pictures: 35 %)"),
        ({"copies": 0.4, "copies_held_out": 0.05}, "learns by heart"),
        ({"intervals": {"distance": (8.5, 10.0)}}, "9.2 [8.5 … 10.0] (two halves: 3.1)"),
        ({"intervals": {"kernel_distance": (-0.01, 0.05)}}, "Kernel distance: 0.021 [-0.01 … 0.05]"),
        ({"intervals": {"coverage": (0.5, 0.66)}}, "reached: 58 % [50 % … 66 %]"),
        ({"sharpness": 0.7, "intervals": {"sharpness": (0.6, 0.8)}}, "Sharpness: 70 % [60 % … 80 %]"),
        ({}, "FID and inception score: no Inception weights"),
        ({"agreement": {"兰": 0.92, "梅": 0.5}}, "兰 92 % · 梅 50 %"),
    ],
)
def test_what_the_numbers_say(fields: dict, said: str):
    found = lines(fakes.report(**fields))
    assert any(said in line.words.replace("\N{NO-BREAK SPACE}", " ") for line in found)
    assert all(("[" in line.words) == ("square brackets" in line.meaning) for line in found)
    assert not any("copies" in line.words for line in lines(fakes.report(copies=-1.0)))


def test_a_report_says_what_the_sliders_change() -> None:
    moved = SliderFigures(
        name="pca-1", changes={"brightness": -1.84, "class 兰": 0.61}, correlations={"brightness": -0.97, "class 兰": 0.4}
    )  # fmt: skip
    still = SliderFigures(
        name="mist", title="Mist", changes={"contrast": 0.1, "detail": 0.02}, correlations={}
    )
    told = Controlled(
        sliders=(moved, still), pictures=32, amount=2, variety=0.7, classes=("兰",), right=0.9, held_out=40
    )
    report = fakes.report(controlled=told)
    (line,) = [line for line in lines(report, {"pca-1": ("Light", "光")}) if "sliders" in line.words]
    assert "Light: brightness −1.8 · class 兰 +0.6" in line.words and "Mist: nothing" in line.words
    assert "32 unmoved" in line.meaning and "Light -0.97" in line.meaning and "90 % of 40" in line.meaning


def test_a_report_says_what_the_second_network_says_and_on_what_it_rests() -> None:
    footing = Footing(features="random VGG-16", weights="ab" * 32, side=64, resize="square; then by area")
    deep = VggFigures(
        kernel_distance=0.031, precision=0.7, recall=0.6, density=0.9, coverage=0.55, footing=footing,
        intervals={"kernel_distance": (0.01, 0.05)},
    )  # fmt: skip
    assert not any("network" in line.words for line in lines(fakes.report()))
    (line,) = [line for line in lines(fakes.report(vgg=deep)) if "Second network" in line.words]
    assert "0.031" in line.words and "0.90" in line.words and "[" not in line.words
    for part in ("[0.01 … 0.05]", "random VGG-16", "abababab", "64 px", "square; then by area"):
        assert part in line.meaning


def test_too_few_pictures_are_refused_with_a_sentence(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    panel.take_folder(str(fakes.folder_of_pictures(tmp_path, 3)))
    bench.settle()
    assert not panel.start.isEnabled()
    assert panel.hint.text() == "At least 16 pictures are needed in the folder."


def test_use_this_model_makes_the_checkpoint_the_model(qapp: QApplication, tmp_path: Path):
    models = [fakes.model()]
    bench = Bench(fakes.FakeEngine())
    bench.studio._catalogue = lambda: tuple(models)
    panel = bench.show(TrainingPanel)
    panel.take_folder(str(fakes.folder_of_pictures(tmp_path, 20)))
    bench.settle()
    panel.press()
    models.append(fakes.model("mine", path=bench.training.checkpoint, digest="1" * 64))
    bench.settle()
    QTest.mouseClick(panel.use, LEFT)
    bench.settle()
    assert chosen_model(bench) == "mine"
    bench.end()


def test_time_becomes_steps():
    tiny = next(recipe for recipe in recipe_files() if recipe.name == "tiny")
    assert tiny.needs_folder and tiny.side == 32
    assert tiny.steps_for(3600, 0.1) == 36_000
    assert tiny.steps_for(3600, 0.123) == 29_000
    assert tiny.steps_for(28_800) > tiny.steps_for(3600) > tiny.steps_for(600) > 0


def test_the_smoothed_curve_keeps_a_constant_and_its_beginning():
    assert [value for _, value in smoothed(((0, 2.0), (1, 2.0), (2, 2.0)))] == pytest.approx([2.0, 2.0, 2.0])


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.__name__)
def test_every_panel_lives_through_language_theme_and_pictures(bench: Bench, qapp: QApplication, kind: type):
    panel = bench.show(kind)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.settle()
    for look, spoken in (("light", "zh_CN"), ("contrast", "en"), ("dark", "zh_CN")):
        theme.wear(qapp, look, language.speak(qapp, spoken))
        bench.settle()
        assert not panel.grab().isNull()
    language.speak(qapp, "en")
    bench.studio.close(bench.picture)
    bench.settle()
    assert panel.minimumSizeHint().height() <= 200
    assert panel.minimumSizeHint().width() <= 300


@pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.__name__)
def test_every_control_has_a_name_and_a_tooltip(bench: Bench, kind: type):
    panel = bench.show(kind)
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.studio.filtering.add_layer("gaussian-blur")
    bench.settle()
    for control in panel.findChildren(QWidget):
        if isinstance(control, (QAbstractButton, QComboBox, QLineEdit, ValueSlider)) and control.isVisible():
            if control.objectName().startswith("qt_") or isinstance(control.parent(), QComboBox):
                continue
            assert control.accessibleName(), f"{control} in {kind.__name__}"
            parent = control.parentWidget()
            assert control.toolTip() or (parent and parent.toolTip()), (
                f"{control.accessibleName()}: no tooltip"
            )


def test_a_hidden_panel_costs_nothing_and_catches_up(bench: Bench):
    panel = bench.show(LayersPanel)
    panel.hide()
    bench.studio.new_picture(64, 64)
    bench.settle()
    assert panel.rows.rows == []
    panel.show()
    bench.settle()
    assert names(panel) == ["Paper"]


def test_nothing_is_written_while_the_pen_is_down(bench: Bench):
    panel = bench.show(LayersPanel)
    bench.studio.new_picture(64, 64)
    bench.settle()
    bench.document.begin_gesture()
    artwork = bench.document.artwork
    bench.document.preview("stroke", edits.rename(artwork, artwork.active, "under the pen"))
    bench.settle()
    assert names(panel) == ["Paper"]
    bench.document.commit("Paint", owner="stroke")
    bench.document.end_gesture()
    bench.settle()
    assert names(panel) == ["under the pen"]


def test_parameters_of_every_filter_make_a_form(bench: Bench):
    panel = bench.show(FiltersPanel)
    bench.studio.new_picture(64, 64)
    for kind in bench.studio.filtering.kinds():
        bench.studio.filtering.add_layer(kind.name)
        bench.settle()
        assert panel.form is not None
        assert tuple(panel.form.rows) == shown_names(kind)
        hidden = set(kind.parameters.__struct_fields__) - set(panel.form.rows)
        assert hidden == ({"map"} if kind.name in MAPPED else set())
        assert (panel.taking is not None) == (kind.name in TAKING)
        bench.studio.undo()  # each below the next would be drawn again and again


def test_training_tells_what_goes_wrong_and_keeps_moments(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    panel.take_folder(str(fakes.folder_of_pictures(tmp_path, 20)))
    panel.press()
    bench.settle()
    assert panel.trouble.isHidden() and not panel.moments.isHidden()
    assert [thumb.key for thumb in panel.moments.strip.thumbs()] == ["60"]
    bench.studio.training._arrived(Warned(trouble="repeats", step=60, value=0.2))
    bench.settle()
    assert "repeats itself" in panel.trouble.sentence.text()
    bench.engine.requests.clear()
    QTest.mouseClick(panel.trouble.button, LEFT)
    bench.settle()
    (again,) = [one for one in bench.engine.requests if isinstance(one, Train)]
    assert again.tuning is not None and again.tuning.penalty == 4.0
    assert panel.trouble.isHidden(), "it was changed"
    QTest.mouseClick(panel.moments.keep, LEFT)
    assert Path(again.run, "keep").exists()


def test_a_forecast_chooses_recipe_and_steps(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    assert not panel.forecast.button.isEnabled(), "there are no pictures to try it on"
    panel.take_folder(str(fakes.folder_of_pictures(tmp_path, 20)))
    bench.settle()
    bench.engine.at_once = False
    panel.time.set_value("night")
    QTest.mouseClick(panel.forecast.button, LEFT)
    bench.settle()
    job, request, on_event = bench.engine._waiting[-1]
    assert isinstance(request, Foresee) and (request.recipe, request.seconds) == ("", 8 * 3600)
    assert panel.forecast.button.text() == "Stop trying"
    on_event(
        Foreseen(
            job=job, recipe="studio-gan-sketch", side=64, batch=32, steps=19_000, step_seconds=1.1, seconds=20_900.0,
            memory=1 << 30, disk=500 << 20, room=400 << 20,
        )
    )  # fmt: skip
    on_event(Finished(job=job))
    bench.settle()
    assert (panel.recipe.value(), panel.steps.field.text()) == ("studio-gan-sketch", "19000")
    said = panel.forecast.line.text()
    assert "19000 steps at 64 px take about 5.8 h" in said and "1.0 GiB" in said and "400 MiB free" in said


def test_a_long_film_is_thinned_towards_the_past():
    moments = [Moment(step, np.zeros((1, 1, 3), np.uint8)) for step in range(0, 5000, 10)]
    found = [one.step for one in thinned(moments, {1230})]
    assert found[0] == 0 and found[-1] == 4990 and 1230 in found and len(found) <= 41
    assert found == sorted(set(found)) and found[-2] >= 4970


def test_a_training_may_start_from_an_own_model(qapp: QApplication, tmp_path: Path):
    known = fakes.model()
    card = msgspec.structs.replace(known.card, recipe="tiny", steps=400, abilities=("generate", "learning"))
    own = msgspec.structs.replace(known, card=card, path="/runs/ink-1/checkpoints/step-00000400.safetensors")
    models = [known]
    bench = Bench(fakes.FakeEngine())
    bench.studio._catalogue = lambda: tuple(models)
    panel = bench.show(TrainingPanel)
    panel.take_folder(str(fakes.folder_of_pictures(tmp_path, 20)))
    bench.settle()
    assert panel.origin.isHidden(), "there is nothing to choose"
    models.append(own)
    bench.studio.refresh_models()
    bench.settle()
    assert not panel.origin.isHidden()
    long = "/runs/" + "水" * 40 + "-20261129-180225/checkpoints/step-00000400.safetensors"
    models.append(msgspec.structs.replace(own, path=long))
    bench.studio.refresh_models()
    bench.settle()
    assert panel.origin.box.itemText(1) == "step 400, “ink-1”"
    assert panel.origin.box.itemText(2).endswith("水” 2026-11-29 18:02")
    panel.origin.set_value(long)
    panel.origin.resize(240, 28)
    assert panel.origin.box.cut_words() == panel.origin.box.itemText(2), "the tip tells all of it"
    panel.origin.set_value(own.path)
    panel.press()
    bench.settle()
    request = next(one for one in bench.engine.requests if isinstance(one, Train))
    assert request.start_from == own.path
    bench.end()


def test_the_arrows_scrub_the_film_though_the_pointer_rests_on_it(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    bench.studio.training.start("tiny", str(tmp_path), name="ink")
    bench.settle()
    for step in (20, 40):
        moment = Moment(step, np.zeros((8, 8, 3), np.uint8))
        state = bench.training
        bench.studio.training.state = msgspec.structs.replace(
            state, moments=tuple(sorted((*state.moments, moment), key=lambda one: one.step))
        )
    panel.refresh()
    strip = panel.moments.strip
    assert [thumb.key for thumb in strip.thumbs()] == ["20", "40", "60"]
    QTest.mouseClick(strip, LEFT, NONE, strip.rect_of(0).center().toPoint())
    strip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    bench.settle()
    assert bench.studio.training.shown == 40 and strip.chosen_key == "40"


def test_a_run_that_has_learnt_nothing_begins_again_or_is_removed(bench: Bench, tmp_path: Path):
    panel = bench.show(TrainingPanel)
    bench.studio.training.start("tiny", str(tmp_path), name="before")
    bench.settle()
    bench.studio.training.stop()
    bench.settle()
    assert panel.sample.isVisible()
    bench.engine.at_once = False
    bench.studio.training.start("tiny", str(tmp_path), name="ink")
    bench.settle()
    assert panel.look.isVisible() and panel.look.isEnabled() and panel.remove.isHidden()
    QTest.mouseClick(panel.look, LEFT)
    bench.settle()
    assert bench.studio.training.looking and not panel.look.isEnabled()
    job, _, on_event = bench.engine._waiting.pop()
    on_event(Failed(job=job, kind="engine_lost"))
    bench.settle()
    assert panel.look.isHidden() and panel.use.isHidden() and panel.measure.isHidden()
    assert panel.sample.isHidden(), "no pictures, not those of a run before"
    assert panel.go_on.text() == "Start again" and panel.remove.isVisible()
    QTest.mouseClick(panel.remove, LEFT)
    bench.settle()
    assert bench.training.name == "before", "the run before it is shown"
