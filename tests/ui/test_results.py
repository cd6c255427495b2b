"""The results strip: a view into the generated layer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from studio.document.layer import Generated
from studio.ui import language, theme
from studio.ui.panels.results import FOLDED, ResultsPanel
from tests.ui import fakes
from tests.ui.test_panels import Bench, steps

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    theme.wear(qapp, "dark", language.speak(qapp, "en"))
    made = Bench(fakes.FakeEngine())
    made.panel = made.show(ResultsPanel)
    made.studio.new_picture(128, 128)
    made.studio.exploring.set_slider("mist", 1.8)
    made.studio.generating.generate()
    made.settle()
    yield made
    made.end()


def at(panel: ResultsPanel, index: int) -> QPoint:
    return panel.strip.rect_of(index).center().toPoint()


def keys(panel: ResultsPanel) -> list[str]:
    return [thumb.key for thumb in panel.strip.thumbs()]


def test_every_variation_has_a_picture_and_the_header_says_what_is_shown(bench: Bench):
    layer, panel = bench.layer(Generated), bench.panel
    assert keys(panel) == [variant.id for variant in layer.variants]
    assert all(not thumb.image.isNull() for thumb in panel.strip.thumbs())
    assert panel.words.text() == f"Shan-shui · mist +1.8 · seed {bench.variant().seed}"


def test_hover_shows_in_place_and_leaving_takes_it_back(bench: Bench):
    panel, before = bench.panel, len(steps(bench))
    QTest.mouseMove(panel.strip, at(panel, 2))
    panel.strip._hover(keys(panel)[2])
    assert bench.document.preview_owner == "hover"
    assert bench.layer(Generated).chosen == 2
    panel.strip._hover("")
    assert bench.document.preview_owner is None
    assert bench.layer(Generated).chosen == 0
    assert len(steps(bench)) == before


def test_a_click_chooses_and_is_one_step(bench: Bench):
    panel, before = bench.panel, len(steps(bench))
    panel.strip._hover(keys(panel)[3])
    bench.settle()
    assert panel.strip._chosen == keys(panel)[0], "looking is not choosing"
    QTest.mouseClick(panel.strip, LEFT, NONE, at(panel, 3))
    bench.settle()
    assert bench.layer(Generated).chosen == 3
    assert steps(bench)[before:] == ["Variation"]
    assert panel.strip._chosen == keys(panel)[3]


def test_arrows_look_from_one_to_the_next_and_enter_chooses(bench: Bench):
    panel = bench.panel
    panel.strip.setFocus()
    for expected in (1, 2):
        QTest.keyClick(panel.strip, Qt.Key.Key_Right)
        bench.settle()
        assert bench.layer(Generated).chosen == expected
    assert bench.document.preview_owner == "hover"
    QTest.keyClick(panel.strip, Qt.Key.Key_Return)
    bench.settle()
    assert (bench.layer(Generated).chosen, bench.document.preview_owner) == (2, None)
    assert steps(bench)[-1] == "Variation"
    bench.studio.generating.flip(1)
    bench.settle()
    assert panel.strip._chosen == keys(panel)[3]


def test_s_stars_and_delete_drops_into_the_tray_from_which_it_returns(bench: Bench):
    panel = bench.panel
    panel.strip.setFocus()
    QTest.keyClick(panel.strip, Qt.Key.Key_S)
    bench.settle()
    assert panel.strip.thumbs()[0].star
    QTest.keyClick(panel.strip, Qt.Key.Key_Delete)
    bench.settle()
    layer = bench.layer(Generated)
    assert (len(layer.variants), len(layer.dropped)) == (3, 1)
    menu = panel.menu_for(keys(panel)[0])
    item = next(action for action in menu.actions() if action.objectName() == "restore")
    assert item.isEnabled() and "(1)" in item.text()
    item.trigger()
    menu.close()
    bench.settle()
    assert len(bench.layer(Generated).variants) == 4


def test_with_another_layer_selected_the_strip_keeps_the_last_and_a_click_comes_back(bench: Bench):
    panel = bench.panel
    bench.studio.layers.add_paint()
    bench.settle()
    assert len(panel.strip.thumbs()) == 4
    panel.strip._hover(keys(panel)[1])
    assert bench.document.preview_owner is None
    QTest.mouseClick(panel.strip, LEFT, NONE, at(panel, 1))
    bench.settle()
    layer = bench.layer(Generated)
    assert (bench.active.id, layer.chosen) == (layer.id, 1)


def test_pictures_under_way_stand_at_the_end_with_their_progress(bench: Bench):
    panel = bench.panel
    bench.engine.at_once = False
    bench.studio.generating.generate()
    bench.engine.answer(1)
    bench.settle()
    forming = [thumb for thumb in panel.strip.thumbs() if thumb.progress is not None]
    assert [thumb.progress for thumb in forming] == [0.5, 0.0, 0.0]
    assert len(panel.strip.thumbs()) == 4 + 1 + 3
    panel.strip.chosen.emit(forming[0].key)
    panel.strip.dropped.emit(forming[0].key)
    bench.studio.generating.stop()
    bench.settle()
    assert len(panel.strip.thumbs()) == 5


def test_a_double_click_makes_a_layer_of_its_own(bench: Bench):
    panel = bench.panel
    panel.strip.activated.emit(keys(panel)[2])
    bench.settle()
    layers = [layer for layer in bench.document.artwork.layers if isinstance(layer, Generated)]
    assert [len(layer.variants) for layer in layers] == [4, 1]
    assert layers[0].transform == layers[1].transform
    assert layers[0].id != layers[1].id


def test_the_eye_shows_before_while_it_is_held(bench: Bench):
    panel = bench.panel
    QTest.mousePress(panel.before, LEFT)
    assert not bench.layer(Generated).visible
    QTest.mouseRelease(panel.before, LEFT)
    assert bench.layer(Generated).visible
    QTest.mousePress(panel.compare, LEFT)
    assert bench.layer(Generated).chosen == 3
    QTest.mouseRelease(panel.compare, LEFT)
    assert bench.layer(Generated).chosen == 0


def test_one_variation_is_exported_at_its_own_pixels(bench: Bench, tmp_path: Path):
    path = tmp_path / "结果.png"
    bench.panel.export_variant(keys(bench.panel)[1], str(path))
    bench.settle()
    with Image.open(path) as image:
        assert image.size == (fakes.NATIVE, fakes.NATIVE)


def test_the_strip_folds_to_its_handle(bench: Bench):
    panel = bench.panel
    panel.fold.click()
    bench.settle()
    assert panel.maximumHeight() == FOLDED
    assert not panel.strip.isVisible()
    panel.fold.click()
    bench.settle()
    assert panel.strip.isVisible()


def test_an_empty_strip_teaches_in_one_line(bench: Bench):
    bench.studio.close(bench.picture)
    bench.settle()
    assert bench.panel.strip.thumbs() == ()
    assert "Press Generate" in bench.panel.empty.text()


def waiting(bench: Bench) -> None:
    """Three of four pictures whose layer was undone while they formed."""
    bench.engine.at_once = False
    bench.studio.generating.generate(new_layer=True)
    bench.engine.answer(1)
    bench.studio.undo()
    bench.engine.answer(3)
    bench.studio.generating.stop()
    bench.settle()


def test_pictures_without_a_place_wait_in_a_chip_and_are_placed_by_it(bench: Bench):
    chip, before = bench.panel.chip, len(steps(bench))
    assert not chip.isVisible()
    waiting(bench)
    assert chip.isVisible() and chip.words.text() == "3 pictures wait"
    assert chip.place.text() == "Place as layer"
    bench.panel.fold.click()
    bench.settle()
    assert chip.isVisible(), "folded it still says so"
    QTest.mouseClick(chip.place, LEFT)
    bench.settle()
    assert not chip.isVisible()
    layers = [layer for layer in bench.document.artwork.layers if isinstance(layer, Generated)]
    assert [len(layer.variants) for layer in layers] == [4, 3]
    assert steps(bench)[before:] == ["Place results"]


def test_what_waits_is_put_away_or_comes_back_by_redo(bench: Bench):
    chip = bench.panel.chip
    waiting(bench)
    bench.studio.redo()
    bench.settle()
    assert not chip.isVisible()
    waiting(bench)
    QTest.mouseClick(chip.away, LEFT)
    bench.settle()
    assert not chip.isVisible()


def test_all_results_shows_what_the_journal_has_and_places_one_again(bench: Bench):
    panel = bench.panel
    shown = keys(panel)
    bench.studio.undo()
    bench.settle()
    assert keys(panel) == []
    panel.everything.click()
    bench.settle()
    assert sorted(keys(panel)) == sorted(shown)
    assert all(not thumb.image.isNull() and not thumb.mark for thumb in panel.strip.thumbs())
    assert "4" in panel.words.text()
    assert not any(button.isEnabled() for button in (panel.before, panel.star, panel.export, panel.drop))
    panel.strip.activated.emit(shown[2])
    bench.settle()
    (layer,) = [layer for layer in bench.document.artwork.layers if isinstance(layer, Generated)]
    assert [variant.id for variant in layer.variants] == [shown[2]]
    assert [thumb.key for thumb in panel.strip.thumbs() if thumb.mark] == [shown[2]]
    menu = panel.menu_for(shown[1])
    assert [action.objectName() for action in menu.actions()] == ["place", "seed"]
    menu.actions()[1].trigger()
    menu.close()
    assert bench.studio.generating._own.seed_locked
    panel.everything.click()
    bench.settle()
    assert keys(panel) == [shown[2]]


def test_all_results_follows_what_is_made_meanwhile_and_the_picture_shown(bench: Bench):
    panel = bench.panel
    panel.everything.click()
    bench.studio.generating.generate()
    bench.settle()
    assert len(keys(panel)) == 8
    bench.studio.new_picture(64, 64)
    bench.settle()
    assert keys(panel) == []


# ── mixing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def press(panel: ResultsPanel, key: str, name: str) -> None:
    menu = panel.menu_for(key)
    next(action for action in menu.actions() if action.objectName() == name).trigger()
    menu.close()


def test_two_that_were_picked_are_mixed_and_say_from_what(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    for index in (2, 0):
        QTest.mouseClick(panel.strip, LEFT, Qt.KeyboardModifier.ControlModifier, at(panel, index))
    assert panel.strip.picked == (before[2], before[0]) and bench.layer(Generated).chosen == 0
    panel.grab()
    press(panel, before[0], "mix")
    bench.settle()
    assert steps(bench)[-1] == "Mix variations" and panel.strip.picked == ()
    assert [part.weight for part in bench.variant().parts] == [0.5, 0.5]
    assert panel.words.text().endswith("from 3 and 1")
    assert panel.strip.thumbs()[4].mark == "blend" and "from 3 and 1" in panel.strip.thumbs()[4].words


def test_three_give_a_sum(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    for index in (3, 1, 0):
        panel.strip.pick(before[index])
    press(panel, before[1], "arithmetic")
    bench.settle()
    assert [part.weight for part in bench.variant().parts] == [1.0, -1.0, 1.0]
    assert panel.words.text().endswith("from 4 − 2 + 1")


def test_the_menu_adds_detail_to_its_variation(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    menu = panel.menu_for(before[2])
    item = next(action for action in menu.actions() if action.objectName() == "detail")
    assert item.isEnabled()
    item.trigger()
    menu.close()
    bench.settle()
    layer = bench.layer(Generated)
    assert len(layer.variants) == 5 and bench.variant() is layer.variants[4]
    assert (bench.variant().seed, bench.variant().detail) == (layer.variants[2].seed, 1)


def test_the_menu_mixes_with_each_other_and_pins(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    menu = panel.menu_for(before[1])
    others = menu.findChild(QMenu, "mix-with")
    assert others is not None
    assert [action.objectName() for action in others.actions()] == [before[0], *before[2:]]
    others.actions()[-1].trigger()
    menu.close()
    bench.settle()
    assert [one.id for one in bench.variant().origins] == [before[1], before[3]]
    press(panel, before[0], "pin")
    bench.settle()
    assert panel.strip.thumbs()[0].mark == "target"
    press(panel, before[0], "pin")
    bench.settle()
    assert panel.strip.thumbs()[0].mark == ""


def test_one_let_fall_on_another_is_mixed_with_it(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    panel.strip.let_fall.emit(before[3], before[1])
    bench.settle()
    assert [one.id for one in bench.variant().origins] == [before[1], before[3]]


def test_what_is_picked_is_let_go_by_a_plain_click_and_by_keys(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    panel.strip.setFocus()
    QTest.keyClick(panel.strip, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert panel.strip.picked == (before[0],)
    QTest.keyClick(panel.strip, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert panel.strip.picked == ()
    panel.strip.pick(before[2])
    QTest.mouseClick(panel.strip, LEFT, NONE, at(panel, 1))
    assert panel.strip.picked == ()


def test_layers_of_one_are_taken_into_the_shown_one(bench: Bench):
    panel, before = bench.panel, keys(bench.panel)
    menu = panel.menu_for(before[0])
    taking = menu.findChild(QMenu, "take")
    assert taking is not None and not taking.isEnabled(), "it is the shown one"
    menu.close()
    panel.strip._hover(before[2])  # a pointer that opens a menu there has looked at it
    menu = panel.menu_for(before[2])
    taking = menu.findChild(QMenu, "take")
    assert taking is not None and taking.isEnabled()
    next(action for action in taking.actions() if action.objectName() == "fine").trigger()
    menu.close()
    bench.settle()
    assert [part.band for part in bench.variant().parts] == ["", "fine"]
    assert panel.words.text().endswith("from 1, fine of 3")
