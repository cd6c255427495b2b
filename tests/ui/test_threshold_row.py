"""The threshold over the histogram of the tones that it parts, its handles, and the end that fits the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.document import edits
from studio.filters.lookup import Threshold
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.panels.filters import FiltersPanel
from studio.ui.panels.threshold_row import ThresholdRow
from tests.ui.windows import Opened, empty_panel, nameless

WIDTH, HEIGHT = 120, 80


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    """Dark ink on grey paper: green 0.2 and 0.6, red and blue the other way round."""
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    pixels = np.ones((HEIGHT, WIDTH, 4), np.float32)
    pixels[..., :3] = (0.2, 0.6, 0.2)
    pixels[20:40, 30:90, :3] = (0.6, 0.2, 0.6)
    one.studio.show(edits.from_picture(Surface.from_pixels(pixels), WIDTH, HEIGHT, name="page"), title="page")
    one.pump()
    yield one
    one.close()


def counted(opened: Opened, owner: FilterDialog | FiltersPanel) -> ThresholdRow:
    row = owner.tones
    assert isinstance(row, ThresholdRow)
    QTest.qWait(10)
    row._follower.catch_up()
    row.refresh()
    opened.pump()
    return row


def begin(opened: Opened) -> tuple[FilterDialog, ThresholdRow]:
    opened.studio.filtering.begin("threshold")
    opened.pump()
    dialog = opened.window.findChildren(FilterDialog)[-1]
    return dialog, counted(opened, dialog)


def test_handles_move_the_ends_and_follow_them(opened: Opened):
    dialog, row = begin(opened)
    assert nameless(dialog) == []
    band = row.band
    QTest.mouseClick(
        band, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(round(band.x_of(0.3)), 40)
    )
    assert dialog.form.values().low == pytest.approx(0.3, abs=0.01)
    band._take(1, 0.1)
    assert dialog.form.values().high == dialog.form.values().low, "the upper end stays above the lower"
    dialog.form._take("high", 0.9, True)
    assert band.ends == pytest.approx((dialog.form.values().low, 0.9))
    trial = opened.studio.filtering.trial
    assert trial is not None and trial.values == dialog.form.values()
    dialog.form._take("tone", "opacity", True)
    assert band.isHidden() and row.fit.isHidden()


def test_the_fitted_threshold_parts_ink_from_paper_in_the_chosen_tone(opened: Opened):
    dialog, row = begin(opened)
    assert row.found is not None and row.found.pixels == WIDTH * HEIGHT
    for tone, dark, light in (("green", 0.2, 0.6), ("red", 0.2, 0.6), ("luma", 0.3, 0.5)):
        dialog.form._take("tone", tone, True)
        counted(opened, dialog)
        row.fit.click()
        values = dialog.form.values()
        assert isinstance(values, Threshold) and dark < values.low < light and values.high == 1
        counts = row.found.counts[0]
        assert (counts > 0).sum() == 2 and counts.sum() == WIDTH * HEIGHT


def test_a_flat_picture_has_no_fitting_threshold_and_a_filter_layer_has_the_row_too(opened: Opened):
    opened.studio.filtering.add_layer("threshold")
    panel = FiltersPanel(opened.studio)
    panel.show()
    opened.pump()
    row = counted(opened, panel)
    steps = len(opened.studio.current.document.history)  # type: ignore[union-attr]
    row.fit.click()
    assert len(opened.studio.current.document.history) == steps + 1  # type: ignore[union-attr]
    panel.close()
    panel.deleteLater()
    opened.studio.new_picture(40, 30)
    opened.studio.fill_layers.add("fill-colour")
    _, row = begin(opened)
    assert not row.fit.isEnabled()
