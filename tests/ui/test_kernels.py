"""The grid of a kernel beside its filter, and the dialog of a feature map, on the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.document.layer import Paint
from studio.raster.kernel_text import numbers_of
from studio.settings import Settings
from studio.synthesis.feature_map import FeatureMap
from studio.ui.dialogs.feature_map import FeatureMapDialog, sizes_in_words
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.panels.filters import FiltersPanel
from studio.ui.widgets.kernel_grid import OWN, KernelGrid
from tests.ui.windows import Opened, empty_panel, nameless


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(200, 100)
    one.studio.filtering.apply("gaussian-noise", {"sigma": 0.2})
    one.pump()
    yield one
    one.close()


def typed(grid: KernelGrid, row: int, column: int, text: str) -> None:
    cell = grid.cells[row, column]
    cell.setFocus()
    cell.selectAll()
    QTest.keyClick(cell, Qt.Key.Key_Backspace)
    QTest.keyClicks(cell, text)
    QTest.keyClick(cell, Qt.Key.Key_Return)


def test_the_grid_writes_the_filter_and_follows_it(opened: Opened):
    opened.studio.filtering.begin("convolution")
    opened.pump()
    dialog = opened.window.findChildren(FilterDialog)[-1]
    assert dialog.kernel is not None and nameless(dialog) == []
    grid, trial = dialog.kernel.grid, opened.studio.filtering.trial
    assert trial is not None and grid.preset.value() == "sharpen" and len(grid.cells) == 9
    typed(grid, 0, 0, "2.5")
    assert numbers_of(trial.values.kernel)[0, 0] == 2.5 and grid.preset.value() == OWN  # type: ignore[attr-defined]
    grid.symmetric.setChecked(True)
    typed(grid, 0, 0, "-1")
    assert numbers_of(trial.values.kernel)[[0, 0, 2, 2], [0, 2, 0, 2]].tolist() == [-1] * 4  # type: ignore[attr-defined]
    for wrong in ("x", "nan", "1e9", "1/0", ""):
        typed(grid, 1, 1, wrong)
        assert grid.cells[1, 1].text() == "5" and numbers_of(trial.values.kernel)[1, 1] == 5  # type: ignore[attr-defined]
    typed(grid, 1, 1, "1/4")
    assert numbers_of(trial.values.kernel)[1, 1] == 0.25  # type: ignore[attr-defined]
    typed(grid, 1, 1, "5")
    QTest.keyClick(grid.cells[1, 1], Qt.Key.Key_Up)
    assert numbers_of(trial.values.kernel)[1, 1] == 6  # type: ignore[attr-defined]
    dialog.form._take("kernel", "1 2 1; 2 4 2; 1 2 1", True)
    assert grid.preset.value() == "blur" and grid.cells[1, 1].text() == "4"
    dialog.reject()


def test_presets_sides_and_kernels_that_have_no_grid(qapp: QApplication):
    grid, told = KernelGrid("0 -1 0; -1 5 -1; 0 -1 0"), []
    grid.changed.connect(told.append)
    grid._choose_preset("blur")
    grid._choose_side("9")
    assert (
        numbers_of(told[-1]).shape == (9, 9) and numbers_of(told[-1]).sum() == 2**16 and len(grid.cells) == 81
    )
    grid._choose_preset("laplacian")
    assert numbers_of(told[-1]).shape == (9, 9)
    grid._choose_side("3")
    assert told[-1] == "0 1 0; 1 -4 1; 0 1 0"
    grid.set_text("1 2 3")
    assert grid._table.isHidden() and grid.side.value() == OWN
    grid._choose_preset("edges")
    assert len(grid.cells) == 9 and not grid._table.isHidden()
    grid.deleteLater()


def test_normalising_divides_by_the_sum(opened: Opened):
    panel = FiltersPanel(opened.studio)
    panel.show()
    opened.studio.filtering.add_layer("convolution", {"kernel": "1 1 1; 1 1 1; 1 1 1"})
    panel.refresh()
    row, steps = panel.kernel, len(opened.studio.current.document.history)  # type: ignore[union-attr]
    assert row is not None and row.normalised.isChecked()
    row.normalised.click()
    assert opened.studio.filtering.parameters(opened.studio.filtering.target).divisor == 1.0  # type: ignore[arg-type,attr-defined]
    assert len(opened.studio.current.document.history) == steps + 1  # type: ignore[union-attr]
    row.normalised.click()
    assert opened.studio.filtering.parameters(opened.studio.filtering.target).divisor == 0.0  # type: ignore[arg-type,attr-defined]
    panel.hide()
    panel.deleteLater()
    opened.pump()


def test_sizes_are_said_in_words():
    words = sizes_in_words(FeatureMap(padding="none", stride=2, pooling="max"), 512, 512)
    assert words.startswith("512 × 512 → 255 × 255 → 127 × 127\n") and "⌊n / 2⌋" in words
    assert "does not fit" in sizes_in_words(FeatureMap(padding="none"), 2, 2)


@pytest.mark.parametrize("enlarged", [False, True])
def test_a_feature_map_is_tried_and_becomes_a_layer(opened: Opened, enlarged: bool):
    assert opened.window.actions_.run("feature-map")
    opened.pump()
    dialog = opened.window.findChildren(FeatureMapDialog)[-1]
    assert nameless(dialog) == [] and not dialog.after._image.isNull()
    dialog.form._take("stride", 2, True)
    dialog.grid._choose_preset("laplacian")
    dialog.enlarged.setChecked(enlarged)
    opened.pump()
    assert (dialog.after._image.width(), dialog.after._image.height()) == (100, 50)
    assert dialog.sum.text().startswith("200 × 100 → 100 × 50")
    studio = opened.studio
    steps = len(studio.current.document.history)  # type: ignore[union-attr]
    dialog.apply_button.click()
    opened.pump()
    layer = studio.layers.active
    assert isinstance(layer, Paint) and layer.name == "Feature map"
    assert layer.transform == ((2.0, 0.0, 0.0, 2.0, 0.0, 0.0) if enlarged else (1, 0, 0, 1, 0, 0))
    assert len(studio.current.document.history) == steps + 1  # type: ignore[union-attr]
    pixels = layer.surface.read(studio.current.document.artwork.rect).astype(np.float32)  # type: ignore[union-attr]
    assert pixels[:50, :100, 3].all() and not pixels[50:, :, 3].any() and not pixels[:, 100:, 3].any()


def test_what_does_not_fit_cannot_be_put_on_the_canvas(opened: Opened):
    opened.studio.new_picture(3, 2)
    opened.pump()
    dialog = FeatureMapDialog(opened.studio, opened.window)
    dialog.form._take("padding", "none", True)
    opened.pump()
    assert not dialog.apply_button.isEnabled() and dialog.after._image.isNull()
    dialog.reject()
    dialog.deleteLater()
