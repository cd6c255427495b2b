"""The Explore panel: the strip beside a slider, the pad, the walk, the limit to the selection, and its states."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QCursor, QDropEvent, QEnterEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from studio.document import edits
from studio.document.layer import Generated
from studio.messages.events import Directions, Finished, Progress
from studio.messages.requests import FindDirections, Generate
from studio.raster.geometry import Rect
from studio.ui import language
from studio.ui.dialogs.direction_name import DirectionNameDialog
from studio.ui.panels.direction_strip import AFTER_MILLISECONDS, TIP_BELOW, DirectionStrip
from studio.ui.panels.explore import ExplorePanel
from studio.ui.panels.results import ResultsPanel
from studio.ui.widgets.pad import EDGE, SIDE, Pad
from studio.ui.widgets.picture_strip import PICTURE_MIME
from studio.workspace import interpolating
from tests.ui import fakes
from tests.ui.benches import LEFT, NONE, Bench, drag, steps

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(bench: Bench) -> ExplorePanel:
    """Beside a generated layer that is selected; the pointer is elsewhere."""
    QCursor.setPos(QPoint(795, 595))
    panel = bench.show(ExplorePanel)
    bench.studio.new_picture(128, 128)
    bench.studio.generating.generate()
    bench.settle()
    bench.engine.requests.clear()
    assert panel.sliders.strip is not None and panel.sliders.strip.direction is None
    return panel


def quick(bench: Bench) -> list[Generate]:
    return [one for one in bench.engine.requests if isinstance(one, Generate) and one.size == 128]


# ── the strip ────────────────────────────────────────────────────────────────────────────────────────────────────────


def enter(panel: ExplorePanel, name: str) -> DirectionStrip:
    """The pointer comes onto a slider."""
    strip, slider = panel.sliders.strip, panel.sliders.sliders[name]
    assert strip is not None
    middle = QPointF(slider.rect().center())
    QApplication.sendEvent(slider, QEnterEvent(middle, middle, slider.mapToGlobal(middle)))
    return strip


def rest(strip: DirectionStrip) -> None:
    """The time has passed."""
    assert strip._timer.isActive() and strip._timer.interval() == AFTER_MILLISECONDS
    strip._timer.stop()
    strip.open()


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def test_a_pointer_that_rests_on_a_slider_sees_five_pictures(bench: Bench, panel: ExplorePanel):
    artwork, before = bench.document.artwork, steps(bench)
    strip = enter(panel, "night")
    assert not strip.isVisible() and not quick(bench), "a pointer that passes costs nothing"
    rest(strip)
    assert strip.isVisible()
    assert [one.sliders for one in quick(bench)] == [
        {"night": -3.0}, {"night": -1.5}, {}, {"night": 1.5}, {"night": 3.0},
    ]  # fmt: skip
    assert all(one.quick and one.seeds == (bench.variant().seed,) for one in quick(bench))
    assert all(bench.studio.exploring.quick.of(one) is not None for one in strip.requests())
    assert bench.document.artwork is artwork and steps(bench) == before
    strip.grab()
    leave(panel.sliders.sliders["night"])
    assert not strip.isVisible()


def test_the_tip_of_a_slider_does_not_lie_over_its_pictures(
    bench: Bench, panel: ExplorePanel, monkeypatch: pytest.MonkeyPatch
):
    told: list[tuple[QPoint, str]] = []

    class Tip:
        @staticmethod
        def showText(place: QPoint, text: str, _widget: QWidget) -> None:
            told.append((place, text))

    monkeypatch.setattr("studio.ui.panels.direction_strip.QToolTip", Tip)
    strip, slider = enter(panel, "night"), panel.sliders.sliders["night"]
    rest(strip)
    middle = slider.rect().center()
    QApplication.sendEvent(slider, QHelpEvent(QEvent.Type.ToolTip, middle, slider.mapToGlobal(middle)))
    ((place, text),) = told
    assert text == slider.toolTip() and place.y() + TIP_BELOW >= strip.geometry().bottom()
    strip.leave()


def test_leaving_cancels_what_is_under_way(bench: Bench, panel: ExplorePanel):
    bench.engine.at_once = False
    strip = enter(panel, "night")
    rest(strip)
    bench.engine.answer()
    assert len(quick(bench)) == 2
    leave(panel.sliders.sliders["night"])
    assert len(bench.engine.cancelled) == 1 and not bench.engine.running
    bench.engine.answer()
    assert len(quick(bench)) == 2


def test_leaving_before_it_rested_asks_for_nothing(bench: Bench, panel: ExplorePanel):
    strip = enter(panel, "night")
    leave(panel.sliders.sliders["night"])
    assert not strip._timer.isActive() and not quick(bench)


def test_a_picture_of_the_strip_is_a_value(bench: Bench, panel: ExplorePanel):
    before = len(steps(bench))
    strip = enter(panel, "night")
    rest(strip)
    QTest.mouseClick(strip, LEFT, NONE, strip.rect_of(3).center().toPoint())
    bench.settle()
    assert bench.variant().sliders == {"night": 1.5}
    assert steps(bench)[before:] == ["Slider"]
    assert strip.isVisible(), "another one can be tried"
    leave(strip)
    assert not strip.isVisible()


def test_a_press_on_the_slider_puts_the_strip_away(bench: Bench, panel: ExplorePanel):
    strip, slider = enter(panel, "night"), panel.sliders.sliders["night"]
    rest(strip)
    drag(slider, slider.track().center().x(), slider.track().right())
    assert not strip.isVisible()
    bench.settle()
    assert bench.variant().sliders == {"night": 3.0}


def test_the_strip_touches_the_slider_and_stays_on_the_screen(bench: Bench, panel: ExplorePanel):
    panel.move(600, 200)
    strip = enter(panel, "mist")
    rest(strip)
    corner = panel.sliders.sliders["mist"].mapToGlobal(QPoint(0, 0))
    assert strip.geometry().right() == corner.x()
    assert strip.geometry().top() < corner.y() < strip.geometry().bottom()
    strip.leave()
    panel.move(0, 200)
    rest(enter(panel, "mist"))
    assert strip.geometry().left() > corner.x() - 600
    assert panel.screen().availableGeometry().contains(strip.geometry())
    strip.leave()


def test_under_an_open_gesture_and_without_an_engine_there_is_no_strip(bench: Bench, panel: ExplorePanel):
    bench.document.begin_gesture()
    strip = enter(panel, "mist")
    rest(strip)
    assert not strip.isVisible() and not quick(bench)
    bench.document.end_gesture()
    leave(panel.sliders.sliders["mist"])
    bench.studio.engine = None
    assert not enter(panel, "mist")._timer.isActive()


# ── the pad ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def move(pad: Pad, way: tuple[QPointF, ...], keys: Qt.KeyboardModifier = NONE) -> None:
    """Press at the first place, move over the others, release at the last."""
    QTest.mousePress(pad, LEFT, keys, way[0].toPoint())
    for place in way[1:]:
        QApplication.sendEvent(pad, QMouseEvent(QEvent.Type.MouseMove, place, place, LEFT, LEFT, keys))
    QTest.mouseRelease(pad, LEFT, keys, way[-1].toPoint())


@pytest.fixture
def pad(panel: ExplorePanel) -> Pad:
    return panel.pad.pad


def test_a_drag_on_the_pad_is_live_in_both_directions_and_one_step(
    bench: Bench, panel: ExplorePanel, pad: Pad
):
    before = len(steps(bench))
    move(pad, (pad.place(0, 0), pad.place(1, 1), pad.place(2, 1.5)))
    bench.settle()
    assert bench.variant().sliders == {"mist": 2.0, "ridge": 1.5}
    assert steps(bench)[before:] == ["Sliders"]
    fast = [
        one for one in bench.engine.requests if isinstance(one, Generate) and one.quick and one.size != 128
    ]
    assert len(fast) == 2
    assert panel.sliders.sliders["mist"].value() == 2.0
    assert panel.pad.values[1].text() == "+1.5"


def test_a_drag_is_recorded_gone_again_and_filmed(bench: Bench, panel: ExplorePanel, pad: Pad):
    path, row = bench.studio.exploring.path, panel.pad
    assert not row.play.isEnabled() and not row.film.isEnabled() and path.request() is None
    row.record.click()
    move(pad, (pad.place(0, 0), pad.place(2, 0), pad.place(2, 1)))
    bench.settle()
    assert not path.recording and row.play.isEnabled() and row.film.isEnabled()
    request = path.request()
    assert request is not None and request.between == 1 and not request.closed
    first, last = request.stations[0].sliders, request.stations[-1].sliders
    assert (first["mist"], last["mist"], last["ridge"]) == (2.0, 2.0, 1.0) and len(request.stations) == 12
    assert request.digest == bench.variant().checkpoint
    move(pad, (pad.place(2, 1), pad.place(-1, -1)))
    bench.settle()
    before = len(steps(bench))
    row.play.click()
    assert row._timer.isActive() and not pad.isEnabled()
    while path.playing:
        path.step()
        bench.settle()
    assert bench.variant().sliders == {"mist": 2.0, "ridge": 1.0}
    assert steps(bench)[before:] == ["Sliders"] and not row._timer.isActive() and pad.isEnabled()


def test_the_sliders_move_the_pad(bench: Bench, panel: ExplorePanel, pad: Pad):
    bench.studio.exploring.set_sliders({"mist": -1.0, "ridge": 2.0})
    bench.studio.exploring.release()
    bench.settle()
    assert pad.values() == (-1.0, 2.0)
    assert pad.accessibleDescription() == f"Mist {chr(0x2212)}1.0, Ridge height +2.0"


def test_the_manners_of_the_pad_are_those_of_a_slider(bench: Bench, pad: Pad):
    told: list[tuple[float, float]] = []
    ended: list[tuple[float, float]] = []
    pad.value_changed.connect(lambda x, y: told.append((x, y)))
    pad.released.connect(lambda x, y: ended.append((x, y)))
    move(pad, (pad.place(0, 0), pad.place(1.53, 2.41)), CTRL)
    assert pad.values() == (2.0, 2.0)
    start = pad.place(2, 2)
    move(pad, (start, start + QPointF(-20, 0)), SHIFT)
    assert pad.values()[1] == 2.0 and 1.8 < pad.values()[0] < 2.0
    handle = pad.place(*pad.values())
    move(pad, (handle, pad.place(0.1, 2)))
    assert pad.values() == (0.0, 2.0), "the middle draws softly"
    assert len(ended) == 3
    pad.setFocus()
    for _ in range(3):
        QTest.keyClick(pad, Qt.Key.Key_Right)
    QTest.keyClick(pad, Qt.Key.Key_Down, SHIFT)
    assert pad.values() == (0.3, 1.0) and len(ended) == 3, "a run of keys ends later, once"
    pad._end_run()
    assert ended[-1] == (0.3, 1.0) and len(ended) == 4
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.values() == (0.0, 0.0) and len(ended) == 5
    move(pad, (QPointF(0, 0), QPointF(0, 0)))
    assert pad.values() == (-3.0, 3.0), "beyond the edge is the edge"


def wheel(pad: Pad, turn: QPoint, keys: Qt.KeyboardModifier = NONE) -> bool:
    place = QPointF(SIDE / 2, SIDE / 2)
    event = QWheelEvent(
        place, pad.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pad, event)
    return event.isAccepted()


def test_the_wheel_needs_the_focus_or_ctrl(bench: Bench, pad: Pad):
    pad.clearFocus()
    assert not wheel(pad, QPoint(0, 120)) and pad.values() == (0.0, 0.0)
    assert wheel(pad, QPoint(0, 120), CTRL)
    assert pad.values() == (0.0, 0.1)
    pad.setFocus()
    assert wheel(pad, QPoint(-240, 0))
    assert pad.values() == (-0.2, 0.1)


def test_each_axis_is_reset_by_its_name_typed_by_its_value_and_chosen(
    bench: Bench, panel: ExplorePanel, pad: Pad
):
    move(pad, (pad.place(0, 0), pad.place(2, 1.5)))
    bench.settle()
    across, up = panel.pad.values
    before = len(steps(bench))
    QTest.mouseClick(across, LEFT, NONE, QPoint(10, 8))
    bench.settle()
    assert bench.variant().sliders == {"ridge": 1.5}
    QTest.mouseDClick(up, LEFT, NONE, up.value_rect().center().toPoint())
    field = up.findChild(QLineEdit)
    assert field is not None and field.geometry().top() >= up.value_rect().top()
    QTest.keyClicks(field, "-2.25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    bench.settle()
    assert bench.variant().sliders == {"ridge": -2.25}
    assert steps(bench)[before:] == ["Slider", "Slider"]
    menu = panel.pad.menu_of(1)
    assert [item.objectName() for item in menu.actions() if item.isChecked()] == ["ridge"]
    next(item for item in menu.actions() if item.objectName() == "night").trigger()
    menu.deleteLater()
    bench.settle()
    assert up.title == "Night" and pad.titles == ("Mist", "Night") and pad.values() == (0.0, 0.0)


def test_the_pad_speaks_both_languages_and_has_a_place_in_the_tab_order(
    bench: Bench, panel: ExplorePanel, pad: Pad, qapp: QApplication
):
    language.speak(qapp, "zh_CN")
    bench.settle()
    assert pad.titles == ("雾气", "山势") and panel.pad.values[0].title == "雾气"
    assert "雾气" in pad.accessibleName() and pad.toolTip()
    language.speak(qapp, "en")
    bench.settle()
    assert pad.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert pad.field().width() == SIDE - 2 * EDGE
    pad.grab()


# ── the walk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def stop_at(bench: Bench, **values: float) -> None:
    bench.studio.exploring.set_sliders(values)
    bench.studio.exploring.release()
    bench.settle()


def test_stations_of_the_walk_are_pictures_that_are_gone_back_to(
    bench: Bench, panel: ExplorePanel, wait_for: Callable[[Callable[[], bool]], None]
):
    walk = panel.walk
    assert not walk.strip.isVisible() and walk.empty.isVisible() and not walk.back.isEnabled()
    stop_at(bench, mist=1.0)
    stop_at(bench, mist=2.0)
    wait_for(lambda: all(not thumb.image.isNull() for thumb in walk.strip.thumbs()))
    assert [thumb.key for thumb in walk.strip.thumbs()] == ["0", "1", "2"]
    assert walk.strip.thumbs()[2].words.startswith("Mist +2.0 · seed")
    assert walk.strip.chosen_key == "2" and walk.back.isEnabled() and not walk.forward.isEnabled()
    before = len(steps(bench))
    QTest.mouseClick(walk.back, LEFT)
    bench.settle()
    assert bench.variant().sliders == {"mist": 1.0} and walk.strip.chosen_key == "1"
    assert steps(bench)[before:] == ["Walk"]
    QTest.mouseClick(walk.strip, LEFT, NONE, walk.strip.rect_of(0).center().toPoint())
    bench.settle()
    assert bench.variant().sliders == {} and walk.forward.isEnabled()
    QTest.mouseClick(walk.forward, LEFT)
    bench.settle()
    assert bench.variant().sliders == {"mist": 1.0}
    bench.studio.undo()
    bench.settle()
    assert walk.strip.chosen_key == "0", "undo walks along"


@pytest.fixture
def wait_for(bench: Bench) -> Callable[[Callable[[], bool]], None]:
    def wait(told: Callable[[], bool]) -> None:
        for _ in range(400):
            bench.settle()
            if told():
                return
            QTest.qWait(5)
        raise AssertionError("it does not come")

    return wait


# ── only in the selection ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_switch_works_where_something_is_selected(bench: Bench, panel: ExplorePanel):
    assert not panel.only.isEnabled() and panel.only.toolTip() == "Nothing is selected"
    artwork = bench.document.artwork
    bench.document.commit(
        "Select", edits.set_selection(artwork, edits.rectangle_selection(Rect(20, 20, 90, 90)))
    )
    bench.settle()
    assert panel.only.isEnabled()
    QTest.mouseClick(panel.only, LEFT)
    slider = panel.sliders.sliders["mist"]
    drag(slider, slider.track().center().x(), slider.track().right())
    bench.settle()
    found = [layer for layer in bench.document.artwork.walk() if isinstance(layer, Generated)]
    assert [layer.variant.sliders for layer in found if layer.variant] == [{}, {"mist": 3.0}]
    assert panel.title.text() == "Shan-shui, part: variation 1 of 1"
    assert slider.value() == 3.0
    bench.studio.undo()
    bench.settle()
    assert slider.value() == 0.0 and panel.only.isChecked()
    bench.document.commit("Deselect", edits.set_selection(bench.document.artwork, None))
    bench.settle()
    assert not panel.only.isEnabled() and not panel.only.isChecked()


# ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_layer_whose_model_is_missing_says_so_and_offers_to_locate_it(bench: Bench, panel: ExplorePanel):
    bench.studio.generating.set_models(())
    bench.settle()
    assert not panel.page.isVisible() and panel.empty.isVisible()
    assert "shanshui-gan" in panel.empty.label.text() and panel.empty.button.text() == "Locate…"
    bench.studio.layers.choose(bench.document.artwork.layers[0].id)
    bench.settle()
    assert panel.empty.button.text() == "Import model…"
    bench.studio.generating.set_models((fakes.model(),))
    bench.settle()
    assert panel.page.isVisible()


def test_a_model_that_learns_says_so(bench: Bench, panel: ExplorePanel):
    entry = fakes.model()
    card = msgspec.structs.replace(
        entry.card, sliders=(), pinned=(), steps=4200, abilities=("generate", "learning")
    )
    bench.studio.generating.set_models((msgspec.structs.replace(entry, card=card),))
    bench.settle()
    assert panel.title.text().endswith("· learning, step 4200")
    assert panel.note.isVisible() and "no sliders yet" in panel.note.text() and panel.finder.isEnabled()
    assert not panel.pad.isVisible() and not panel.sliders.sliders


def test_what_is_waited_for_stands_in_the_title(bench: Bench, panel: ExplorePanel):
    bench.studio.exploring._wait_for("Loading the model")
    bench.settle()
    assert panel.title.text() == "Loading the model"
    bench.studio.exploring._wait_for("")
    bench.settle()
    assert panel.title.text() == "Shan-shui: variation 1 of 4"


def test_without_an_engine_the_sliders_rest_and_the_panel_says_why(bench: Bench, panel: ExplorePanel):
    bench.studio.engine = None
    bench.studio.generating.changed.emit()
    bench.settle()
    assert panel.note.isVisible() and "pip install" in panel.note.text()
    assert not panel.sliders.isEnabled() and not panel.pad.isEnabled()


# ── found directions ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_directions_are_found_renamed_and_hidden_from_the_panel(bench: Bench, panel: ExplorePanel):
    bench.engine.at_once = False
    panel.finder.click()
    job, request, tell = bench.engine._waiting[-1]
    assert isinstance(request, FindDirections)
    tell(Progress(job=job, done=5, total=20))
    assert panel.finder.text() == "Stop · 25 %" and panel.finder.isEnabled()
    tell(
        Directions(
            job=job,
            model=request.model,
            digest=request.digest,
            names=("pca-2", "form-1"),
            changes=(9, 5),
            also=({"night": 0.31, "form-1": 0.1}, {"pca-2": 0.1}),
        )
    )
    tell(Finished(job=job))
    bench.engine._waiting.clear()
    bench.settle()
    assert panel.finder.text() == "Find directions"
    assert list(panel.sliders.sliders)[-2:] == ["pca-2", "form-1"]
    assert panel.sliders.sliders["pca-2"].title == "Direction 1"
    assert [panel.sliders.sliders[name].marked for name in ("pca-2", "form-1", "night")] == [
        True,
        False,
        False,
    ]
    assert "Also changes: Night 0.31" in panel.sliders.sliders["pca-2"].toolTip()
    assert "at most 0.10" in panel.sliders.sliders["form-1"].toolTip()
    menu = panel.sliders.menu_of("pca-2")
    assert [(one.objectName(), one.isEnabled()) for one in menu.actions() if not one.isSeparator()] == [
        ("reset", False), ("type", True), ("start", False), ("animate", True), ("rename", True), ("reverse", True), ("hide", True),
    ]  # fmt: skip
    assert not item(panel, "night", "hide").isEnabled(), "the card's own stay"
    entry = bench.studio.generating.model
    assert entry is not None
    dialog = DirectionNameDialog(bench.studio, entry.card.sliders[-2], panel)
    dialog.english.field.setText("")
    dialog.chinese.field.setText(" ")
    assert not dialog.verb.isEnabled()
    dialog.chinese.field.setText("风")
    dialog.verb.click()
    bench.settle()
    assert panel.sliders.sliders["pca-2"].title == "风", "in both languages until there are two names"
    item(panel, "pca-2", "hide").trigger()
    bench.settle()
    assert "pca-2" not in panel.sliders.sliders


def test_a_result_that_is_let_fall_on_the_panel_is_pinned(bench: Bench, panel: ExplorePanel):
    mixing, middle = bench.studio.exploring.mixing, QPointF(panel.rect().center())
    for key, pinned in ((ids(bench)[2], True), ("another picture's", False)):
        data = QMimeData()
        data.setData(PICTURE_MIME, key.encode())
        actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        event = QDropEvent(middle, actions, data, LEFT, NONE)
        event.setAccepted(False)
        panel.dropEvent(event)
        assert event.isAccepted() == pinned
        assert not pinned or event.dropAction() == Qt.DropAction.MoveAction, "it stays in the strip"
    assert mixing.pins == (ids(bench)[2],)


# ── the menu of a slider ─────────────────────────────────────────────────────────────────────────────────────────────


def item(panel: ExplorePanel, name: str, what: str) -> QAction:
    return next(one for one in panel.sliders.menu_of(name).actions() if one.objectName() == what)


def test_a_value_is_typed_from_the_menu(bench: Bench, panel: ExplorePanel):
    item(panel, "night", "type").trigger()
    editor = panel.sliders.sliders["night"].findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "1.4")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    bench.settle()
    assert bench.variant().sliders == {"night": 1.4}


def test_a_reversed_slider_shows_the_same_picture_at_the_other_end(bench: Bench, panel: ExplorePanel):
    slide(panel, "night", 2.0)
    bench.settle()
    before, shown = steps(bench), bench.variant()
    item(panel, "night", "reverse").trigger()
    bench.settle()
    assert panel.sliders.sliders["night"].value() == -2.0
    assert bench.variant() is shown and steps(bench) == before, "no picture changes"
    strip = enter(panel, "night")
    rest(strip)
    assert [one.sliders.get("night", 0.0) for one in strip.requests()] == [3.0, 1.5, 0.0, -1.5, -3.0]
    strip.leave()
    panel.sliders.sliders["night"].take(-1.0, finished=True)
    bench.settle()
    assert bench.variant().sliders == {"night": 1.0}
    assert "night −1.0" in bench.show(ResultsPanel).describe(bench.layer(Generated))
    assert "Night −1.0" in panel.walk.describe(bench.studio.exploring.state)
    bench.studio.exploring.pad.choose(0, "night")
    panel.refresh()
    assert -1.0 in panel.pad.pad.values()
    item(panel, "night", "reverse").trigger()
    bench.settle()
    assert panel.sliders.sliders["night"].value() == 1.0


def test_a_film_along_a_slider_goes_there_and_back(bench: Bench, panel: ExplorePanel):
    slide(panel, "mist", 1.0)
    bench.settle()
    item(panel, "night", "reverse").trigger()
    request = interpolating.along_slider(bench.studio, "night")
    assert request is not None and request.closed
    assert [one.sliders for one in request.stations] == [
        {"mist": 1.0, "night": 2.0},
        {"mist": 1.0, "night": -2.0},
    ]
    assert {one.seed for one in request.stations} == {bench.variant().seed}
    item(panel, "night", "animate").trigger()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None and "Night" in dialog.windowTitle()
    dialog.close()


def test_escape_takes_a_drag_back_without_a_step(bench: Bench, panel: ExplorePanel):
    slide(panel, "night", 1.0)
    bench.settle()
    before, shown = steps(bench), bench.variant()
    slider = panel.sliders.sliders["night"]
    start, y = round(slider.track().left()), slider.height() // 2
    QTest.mousePress(slider, LEFT, NONE, QPoint(start, y))
    bench.settle()
    assert bench.variant().sliders == {"night": -3.0}, "live"
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(start, y))
    bench.settle()
    assert slider.value() == 1.0 and bench.variant() is shown and steps(bench) == before


def slide(panel: ExplorePanel, name: str, amount: float) -> None:
    panel.sliders.sliders[name].take(amount, finished=True)


def test_the_button_stops_what_it_began(bench: Bench, panel: ExplorePanel):
    bench.engine.at_once = False
    panel.finder.click()
    panel.finder.click()
    assert bench.engine.cancelled and panel.finder.text() == "Find directions"


# ── mixtures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def ids(bench: Bench) -> list[str]:
    return [variant.id for variant in bench.layer(Generated).variants]


def test_a_mixture_of_two_has_a_share(bench: Bench, panel: ExplorePanel):
    row, mixing = panel.mixture, bench.studio.exploring.mixing
    assert not row.isVisible()
    mixing.mix((ids(bench)[0], ids(bench)[1]), (0.5, 0.5))
    bench.settle()
    panel.refresh()
    assert row.isVisible() and row.share.isVisible() and not row.pad.isVisible()
    assert row.title.text() == "Mixture of 1 · 2" and row.share.value() == 0.5
    before = steps(bench)
    row.share.take(0.25)
    row.share.take(0.75, finished=True)
    bench.settle()
    assert [part.weight for part in bench.variant().parts] == [0.25, 0.75]
    assert steps(bench) == [*before, "Mix variations"]
    bench.document.undo()
    panel.refresh()
    assert row.share.value() == 0.5
    assert not bench.studio.exploring.mixing.pins and not row.clear.isVisible()


def test_pins_stand_in_the_corners_of_a_pad(bench: Bench, panel: ExplorePanel):
    row, mixing = panel.mixture, bench.studio.exploring.mixing
    mixing.pin(ids(bench)[0])
    panel.refresh()
    assert row.isVisible() and "pin a second" in row.title.text() and not row.share.isVisible()
    for name in ids(bench)[1:]:
        mixing.pin(name)
    bench.settle()
    panel.refresh()
    pad, before = row.pad, steps(bench)
    assert pad.isVisible() and pad.values() == (0.0, 0.0) and pad.names == ("1", "2", "3", "4")
    pad.grab()
    QTest.mousePress(pad, LEFT, NONE, pad.place(0, 0).toPoint())
    for share in (0.5, 1.0):
        QTest.mouseMove(pad, pad.place(share, share).toPoint())
    QTest.mouseRelease(pad, LEFT, NONE, pad.place(1, 1).toPoint())
    bench.settle()
    assert steps(bench) == [*before, "Mix variations"]
    assert bench.variant().parts[1].weight == 1.0
    panel.refresh()
    assert pad.values() == (1.0, 1.0) and "2 100 %" in pad.accessibleDescription()
    row.clear.click()
    assert not mixing.pins


def test_variety_by_layers_is_folded_away(bench: Bench, panel: ExplorePanel):
    rows = panel.sliders.bands
    assert rows is not None
    assert rows.isVisible() and not any(slider.isVisible() for slider in rows.sliders.values())
    rows.fold.click()
    coarse, before = rows.sliders["coarse"], steps(bench)
    assert coarse.isVisible() and coarse.value() == bench.studio.exploring.variety
    coarse.take(0.3, finished=True)
    bench.settle()
    assert bench.variant().varieties == {"coarse": 0.3} and len(steps(bench)) == len(before) + 1
    rows.fold.click()
    panel.refresh()
    assert coarse.isVisible() and not rows.sliders["fine"].isVisible(), "one that differs is always seen"
    coarse.take(coarse.default, finished=True)
    bench.settle()
    panel.refresh()
    assert bench.variant().varieties == {} and not coarse.isVisible()
    assert len(steps(bench)) == len(before) + 2


def test_a_model_without_bands_shows_none(bench: Bench, panel: ExplorePanel):
    entry = fakes.model()
    card = msgspec.structs.replace(entry.card, abilities=("generate", "variety", "explore"))
    bench.studio.generating.set_models((msgspec.structs.replace(entry, card=card),))
    bench.settle()
    panel.refresh()
    assert panel.sliders.bands is not None and not panel.sliders.bands.isVisible()
