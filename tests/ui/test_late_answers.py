"""Answers of jobs that come after the widget that asked is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.settings import Settings
from studio.ui.canvas.popup_palette import PopupPalette
from studio.ui.dialogs.feature_map import FeatureMapDialog
from studio.ui.panels.noise_numbers import NoiseNumbers
from studio.workspace.noise_numbers import of_filter
from tests.ui.windows import Opened, empty_panel


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(90, 60)
    one.pump()
    yield one
    one.close()


def deleted(widget: QWidget) -> None:
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_feature_map_is_found_after_its_dialog_was_closed(opened: Opened) -> None:
    dialog = FeatureMapDialog(opened.studio, opened.window)
    dialog.open()
    dialog.reject()
    deleted(dialog)
    opened.pump()


@pytest.mark.parametrize("name", ["curves", "levels"])
def test_tones_are_counted_after_the_filter_was_left(opened: Opened, name: str) -> None:
    opened.studio.filtering.begin(name)
    opened.application.processEvents()
    QTest.qWait(250)
    trial = opened.studio.filtering.trial
    assert trial is not None and opened.studio.render_lane.has_work
    trial.leave()
    opened.application.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    opened.pump()


def test_noise_is_measured_after_its_numbers_are_gone(opened: Opened) -> None:
    opened.studio.filtering.begin("gaussian-noise")
    opened.pump()
    numbers = NoiseNumbers(opened.studio, lambda: of_filter(opened.studio), opened.window)
    numbers.refresh()
    assert opened.studio.render_lane.has_work
    deleted(numbers)
    opened.pump()


def test_brushes_are_painted_after_the_palette_was_closed(opened: Opened) -> None:
    palette = PopupPalette(opened.studio, opened.window.canvas)
    palette.open_at(QPoint(200, 200))
    palette.grab()
    assert any(job.label == "thumbnail" for job in opened.studio.render_lane.jobs)
    palette.close()
    deleted(palette)
    opened.pump()
