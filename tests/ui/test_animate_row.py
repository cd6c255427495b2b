"""The row that plays a pattern, and the dialog that writes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageSequence
from PySide6.QtWidgets import QApplication

from studio.document.layer import Filter
from studio.settings import Settings
from studio.ui.dialogs.fill_layer import FillLayerDialog
from studio.ui.dialogs.loop import LoopDialog
from studio.ui.panels.filters import FiltersPanel
from studio.workspace.animating import LoopFilm
from tests.ui.windows import Opened, clipped, empty_panel


@pytest.fixture(params=["en", "zh_CN"])
def opened(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language=request.param, theme="dark"), empty_panel)
    one.studio.new_picture(90, 60)
    one.pump()
    yield one
    one.close()


def waited(opened: Opened, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not ready() and time.monotonic() < end:
        opened.pump(2)
        time.sleep(0.01)
    assert ready()


def values_of(opened: Opened, name: str) -> FillLayerDialog:
    opened.studio.fill_layers.add(name)
    layer = opened.studio.fill_layers.target
    assert layer is not None
    dialog = FillLayerDialog(opened.studio, layer, opened.window)
    dialog.open()
    opened.pump()
    return dialog


def test_it_plays_and_pauses_at_what_is_seen(opened: Opened) -> None:
    dialog = values_of(opened, "perlin")
    document, row = opened.studio.current.document, dialog.animate
    assert row is not None and not clipped(dialog)
    row.play.click()
    assert row.playing
    waited(opened, lambda: document.artwork is not document.committed)
    first = document.artwork
    waited(opened, lambda: document.artwork is not first)
    row.play.click()
    assert not row.playing and dialog.form.values().time > 0 and dialog.form.values().loop == 4
    dialog.accept()
    layer = opened.studio.fill_layers.target
    assert layer is not None and opened.studio.fill_layers.values(layer).time > 0


def test_a_noise_filter_plays_in_its_panel_and_rests_with_another_layer(opened: Opened) -> None:
    studio = opened.studio
    studio.fill_layers.add("perlin")
    studio.filtering.add_layer("film-grain")
    panel = FiltersPanel(studio, opened.window)
    panel.resize(320, 900)
    panel.show()
    opened.pump()
    document, row = studio.current.document, panel.animate
    target = studio.filtering.target
    assert row is not None and target is not None and not clipped(panel)
    before, steps = document.committed, len(document.history)
    row.play.click()

    def shown() -> float:
        layer = document.artwork.find(target.id)
        assert isinstance(layer, Filter)
        return float(layer.recipe.parameters["time"])

    waited(opened, lambda: shown() > 0)
    assert document.committed is before
    studio.layers.choose(document.committed.layers[0].id)
    waited(opened, lambda: panel.animate is None)
    assert not row.playing and panel.form is None
    assert shown() > 0 and document.artwork is document.committed
    assert len(document.history) == steps + 1
    studio.layers.choose(target.id)
    opened.pump(5)
    assert panel.animate is not None and panel.form is not None and panel.form.values().time > 0
    panel.animate.ask_where()
    opened.pump()
    dialog = next(one for one in opened.window.findChildren(LoopDialog) if one.isVisible())
    assert "what" not in dialog.form.rows and not clipped(dialog)
    dialog.reject()
    panel.hide()


def test_out_of_sight_it_pauses_and_takes_values_again(opened: Opened) -> None:
    dialog = values_of(opened, "perlin")
    row = dialog.animate
    assert row is not None
    row.play.click()
    row.hide()
    assert not row.playing and not row.play.isChecked()
    row.show()
    dialog.reject()


def test_cancelled_while_it_plays_all_is_as_it_was(opened: Opened) -> None:
    dialog = values_of(opened, "worley")
    document = opened.studio.current.document
    before = document.committed
    dialog.animate.play.click()
    waited(opened, lambda: document.artwork is not before)
    dialog.reject()
    opened.pump(5)
    assert document.artwork is before and document.preview_owner is None


def test_what_does_not_move_has_no_row(opened: Opened) -> None:
    dialog = values_of(opened, "reaction-diffusion")
    assert dialog.animate is None
    dialog.reject()


def test_a_loop_is_asked_for_and_written(opened: Opened, tmp_path: Path) -> None:
    dialog = values_of(opened, "perlin")
    dialog.reject()
    layer = opened.studio.fill_layers.target
    assert layer is not None
    asked = LoopDialog(opened.studio, layer.id, opened.studio.fill_layers.values(layer), opened.window)
    asked.open()
    opened.pump()
    assert "100" in asked.said.text() and not clipped(asked)
    asked.form.set_values(LoopFilm(seconds=0.5, rate=10, side=40))
    path = tmp_path / "loop.gif"
    asked.write(str(path))
    waited(opened, path.exists)
    with Image.open(path) as film:
        assert sum(1 for _ in ImageSequence.Iterator(film)) == 5
