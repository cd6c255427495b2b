"""The tone row beside curves and levels on the real window: histogram, handles, pickers, clipping with Alt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.panels.filters import FiltersPanel
from studio.ui.panels.tone_row import ToneRow
from studio.ui.widgets.levels_band import LevelsBand
from tests.ui.windows import Opened, empty_panel, nameless


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(200, 100)
    one.studio.filtering.apply("gaussian-noise", {"sigma": 0.2})
    one.pump()
    yield one
    one.close()


def begin(opened: Opened, name: str) -> FilterDialog:
    opened.studio.filtering.begin(name)
    opened.pump()
    dialog = opened.window.findChildren(FilterDialog)[-1]
    counted(opened, dialog)
    return dialog


def counted(opened: Opened, owner: FilterDialog | FiltersPanel) -> None:
    assert owner.tones is not None
    QTest.qWait(10)
    owner.tones._follower.catch_up()
    owner.tones.refresh()
    opened.pump()


def test_the_histogram_stands_behind_and_is_counted_once(opened: Opened):
    dialog = begin(opened, "curves")
    assert dialog.tones is not None and nameless(dialog) == []
    found = dialog.tones.found
    assert (found is not None and found.pixels == 512 * 256) or found.pixels == 200 * 100
    editor = dialog.form.rows["curve"].editor  # type: ignore[attr-defined]
    assert editor._heights is not None and dialog.form.rows["alpha"].editor._heights is None  # type: ignore[attr-defined]
    dialog.form.take(type(dialog.form.values())(curve=((0.0, 0.0), (0.5, 0.8), (1.0, 1.0))), finished=True)
    opened.pump()
    dialog.tones.refresh()
    opened.pump()
    assert dialog.tones.found is found, "other values of the filter itself count nothing anew"


def test_handles_move_values_and_follow_them(opened: Opened):
    dialog = begin(opened, "levels")
    assert dialog.tones is not None
    band = dialog.tones.band
    assert isinstance(band, LevelsBand)
    band._take(0, 0.25)
    assert dialog.form.values().black == 0.25 and opened.studio.filtering.trial.values.black == 0.25  # type: ignore[union-attr]
    dialog.form._take("gamma", 2.0, True)
    assert band.ends == (0.25, 2.0, 1.0) and band.places()[1] == pytest.approx(0.25 + 0.75 / 4)
    band._take(1, band.places()[1])
    assert band.ends[1] == pytest.approx(2.0, abs=1e-3)
    band._take(2, 0.1)
    assert band.ends[2] == pytest.approx(0.26), "white stays above black"
    dialog.form._take("channels", "separate", True)
    dialog.tones.channel.set_value("green")  # type: ignore[union-attr]
    dialog.tones.show_values()
    band._take(2, 0.5)
    assert dialog.form.values().green_white == 0.5
    QTest.keyClick(band, Qt.Key.Key_Up)
    QTest.keyClick(band, Qt.Key.Key_Up)
    QTest.keyClick(band, Qt.Key.Key_Right)


def test_alt_on_an_end_shows_what_is_clipped_while_it_is_held(opened: Opened):
    dialog = begin(opened, "levels")
    band = dialog.tones.band  # type: ignore[union-attr]
    assert band is not None
    at = QPoint(round(band.x_of(1.0)), 40)
    QTest.mousePress(band, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, at)
    assert opened.studio.tones.clip == "white" and dialog.tones.clips["white"].isChecked()  # type: ignore[union-attr]
    QTest.mouseRelease(band, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert opened.studio.tones.clip == ""
    dialog.tones.clips["black"].click()  # type: ignore[union-attr]
    opened.pump(10)
    sheet = opened.window.canvas.showing.sheet
    assert sheet is not None and opened.studio.tones.clip == "black"
    canvas = opened.studio.current.document.artwork.rect.at_level(sheet.level)  # type: ignore[union-attr]
    assert set(np.unique(sheet.pixels[: canvas.height, : canvas.width])) <= {0, 255}
    dialog.reject()
    assert opened.studio.tones.clip == "" and opened.studio.filtering.trial is None


def test_alt_on_the_last_point_of_a_curve_too(opened: Opened):
    dialog = begin(opened, "curves")
    editor = dialog.form.rows["curve"].editor  # type: ignore[attr-defined]
    at = editor.place_of((1.0, 1.0)).toPoint()
    QTest.mousePress(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, at)
    assert opened.studio.tones.clip == "white"
    QTest.mouseRelease(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert opened.studio.tones.clip == ""


def test_esc_leaves_the_picker_before_the_dialog(opened: Opened):
    dialog = begin(opened, "levels")
    dialog.tones.picks["grey"].click()  # type: ignore[union-attr]
    assert opened.studio.tones.mode == "grey"
    dialog.reject()
    assert opened.studio.tones.mode == "" and opened.studio.filtering.trial is not None
    dialog.reject()
    assert opened.studio.filtering.trial is None


def test_the_panel_has_it_for_a_filter_layer_and_lets_go_with_it(opened: Opened):
    panel = FiltersPanel(opened.studio)
    panel.show()
    opened.studio.filtering.add_layer("levels")
    panel.refresh()
    counted(opened, panel)
    assert panel.tones is not None and panel.tones.found is not None
    panel.tones.picks["black"].click()
    panel.tones.clips["black"].click()
    assert opened.studio.painting.session is not None and opened.studio.tones.clip == "black"
    opened.studio.filtering.add_layer("gaussian-blur")
    panel.refresh()
    assert panel.tones is None and opened.studio.tones.clip == "" and opened.studio.painting.session is None
    panel.hide()
    panel.deleteLater()
    opened.pump()


def test_levels_fit_the_picture_each_colour_by_itself(opened: Opened):
    dialog = begin(opened, "levels")
    row = dialog.tones
    assert isinstance(row, ToneRow) and row.found is not None and not row.fit.isHidden()
    row.fit.click()
    values = dialog.form.values()
    assert values.channels == "separate" and (values.black, values.gamma, values.white) == (0, 1, 1)
    for name in ("red", "green", "blue"):
        low, high = getattr(values, f"{name}_black"), getattr(values, f"{name}_white")
        counts = row.found.counts[("red", "green", "blue").index(name)]
        for edge, part in (
            (low, counts[: round(low * 255)].sum()),
            (1 - high, counts[round(high * 255) + 1 :].sum()),
        ):
            assert 0 <= edge < 1 and part <= 0.006 * row.found.pixels
    assert opened.studio.filtering.trial.values == values  # type: ignore[union-attr]
    assert begin(opened, "curves").tones.fit.isHidden()  # type: ignore[union-attr]
