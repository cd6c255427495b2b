"""Opacity, mode and shipped presets in the dialog of a filter, the comparing line of the Filters panel, on the real window."""

from __future__ import annotations

import numpy as np

from studio.document.layer import Filter
from studio.filters.blur import GaussianBlur
from studio.project.shipped_presets import every
from studio.ui.panels.filters import FiltersPanel
from studio.workspace.filter_laying import Laying
from tests.ui.test_filter_dialog import begin, opened, shown
from tests.ui.windows import Opened

__all__ = ["opened"]


def test_opacity_and_mode_are_chosen_where_the_filter_is_tried(opened: Opened):
    dialog = begin(opened)
    assert dialog.laying.mode.currentData() == "normal"
    assert dialog.laying.mode.findData("dissolve") < 0 <= dialog.laying.mode.findData("screen")
    dialog.laying.mode.setCurrentIndex(dialog.laying.mode.findData("screen"))
    dialog.laying.mode.activated.emit(dialog.laying.mode.currentIndex())
    dialog.laying.opacity.set_value(0.5)
    dialog.laying.opacity.value_changed.emit(0.5)
    trial = opened.studio.filtering.trial
    assert trial is not None and trial.laying == Laying(opacity=0.5, mode="screen")
    dialog.as_layer.click()
    opened.pump()
    target = opened.studio.filtering.target
    if target is None:
        artwork = opened.studio.current.document.committed  # type: ignore[union-attr]
        target = next(layer for layer in artwork.walk() if isinstance(layer, Filter))
    assert (target.opacity, target.mode) == (0.5, "screen")


def test_the_panel_compares_with_and_without_its_filter_layer(opened: Opened):
    before = shown(opened)
    opened.studio.filtering.add_layer("invert")
    panel = FiltersPanel(opened.studio)
    panel.show()
    opened.pump()
    after = shown(opened)
    panel.compared.click()
    opened.pump()
    assert panel.compared.isChecked()
    half = shown(opened)
    middle = half.shape[1] // 2
    np.testing.assert_array_equal(half[:, : middle - 2], before[:, : middle - 2])
    np.testing.assert_array_equal(half[:, middle + 2 :], after[:, middle + 2 :])
    panel.compared.click()
    opened.pump()
    assert not panel.compared.isChecked()
    np.testing.assert_array_equal(shown(opened), after)
    panel.close()
    panel.deleteLater()
    opened.pump()


def test_presets_that_come_with_danqing_are_taken_and_not_deleted(opened: Opened):
    dialog = begin(opened)
    choice, shipped = dialog.presets.choice, every()["gaussian-blur"]
    assert [choice.itemText(index) for index in range(1, choice.count())] == [one.title for one in shipped]
    choice.setCurrentIndex(4)
    choice.activated.emit(4)
    trial = opened.studio.filtering.trial
    assert trial is not None and trial.values == GaussianBlur(**shipped[3].parameters)
    assert dialog.form.values() == trial.values and not dialog.presets.drop.isEnabled()
    # kept under the same title it is the artist's own, beside the one that came
    dialog.presets.save(shipped[3].title)
    opened.pump()
    assert choice.currentData() == shipped[3].title and dialog.presets.drop.isEnabled()
    dialog.presets.drop.click()
    opened.pump()
    assert choice.count() == 1 + len(shipped)
    dialog.reject()
