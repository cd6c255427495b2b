"""The numbers beside a noise, in the filter dialog, the panel and the dialog of a fill layer: measured only while open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui.dialogs.fill_layer import FillLayerDialog
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.panels.filters import FiltersPanel
from studio.ui.panels.noise_numbers import NoiseNumbers
from tests.ui.windows import Opened, empty_panel, nameless


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(300, 200)
    one.pump()
    yield one
    one.close()


def open_up(opened: Opened, numbers: NoiseNumbers | None) -> NoiseNumbers:
    assert numbers is not None and numbers.found is None, "folded: nothing is measured"
    numbers.line.click()
    numbers.refresh()
    opened.pump()
    assert numbers.found is not None
    return numbers


def test_of_a_filter_that_is_tried(opened: Opened):
    opened.studio.filtering.begin("gaussian-noise")
    opened.pump()
    dialog = opened.window.findChildren(FilterDialog)[-1]
    numbers = open_up(opened, dialog.numbers)
    assert "white" in numbers.words.text() and nameless(dialog) == []
    sigma = numbers.found.values.sigma  # type: ignore[union-attr]
    dialog.form._take("sigma", 0.02, True)
    numbers.refresh()
    opened.pump()
    assert numbers.found is not None and numbers.found.values.sigma < sigma
    found = numbers.found
    numbers.refresh()
    opened.pump()
    assert numbers.found is found, "the same noise is measured once"
    dialog.reject()


def test_of_a_filter_layer_in_the_panel(opened: Opened):
    panel = FiltersPanel(opened.studio)
    panel.show()
    opened.studio.filtering.add_layer("uniform-noise")
    panel.refresh()
    open_up(opened, panel.numbers)
    opened.studio.filtering.add_layer("gaussian-blur")
    panel.refresh()
    assert panel.numbers is None
    panel.hide()
    panel.deleteLater()
    opened.pump()


@pytest.mark.parametrize(("name", "word"), [("fbm", "brown"), ("noise-like", "white")])
def test_of_a_fill_layer(opened: Opened, name: str, word: str):
    opened.studio.fill_layers.add(name)
    dialog = FillLayerDialog(opened.studio, opened.studio.fill_layers.target, opened.window)  # type: ignore[arg-type]
    dialog.open()
    numbers = open_up(opened, dialog.numbers)
    assert word in numbers.words.text() or "smoother" in numbers.words.text()
    assert numbers.values.points.shape[1] == 2 and numbers.power.fit.shape == (2, 2)
    assert nameless(dialog) == []
    dialog.reject()
    opened.pump()


def test_a_colour_has_no_spectrum(opened: Opened):
    opened.studio.fill_layers.add("fill-colour")
    dialog = FillLayerDialog(opened.studio, opened.studio.fill_layers.target, opened.window)  # type: ignore[arg-type]
    dialog.open()
    assert dialog.numbers is None
    dialog.reject()
    opened.pump()
