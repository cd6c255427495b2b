"""Blend pictures: a live preview with a line between before and after; what cannot be blended is said; words of the method."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.synthesis.fuse import FUSIONS
from studio.ui.dialogs.fuse import FuseDialog
from tests.ui.windows import Opened, clipped, empty_panel, nameless

HIGHEST = 600


@pytest.fixture
def opened(qapp, qtbot, home) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), empty_panel)
    yield window
    window.close()


def flats(window: Opened, *values: float) -> None:
    """Layers of one grey each, all chosen."""
    layers = tuple(
        Paint(name=f"{value:g}", surface=Surface.from_pixels(np.full((80, 120, 4), (value, value, value, 1), np.float16)))
        for value in values
    )  # fmt: skip
    ids = tuple(layer.id for layer in layers)
    window.studio.show(
        Artwork(width=120, height=80, layers=layers, active=ids[0], selected=ids), title="Flats"
    )
    window.pump()


def made(window: Opened) -> FuseDialog:
    dialog = FuseDialog(window.studio, window.window)
    dialog.open()
    window.pump()
    return dialog


def level(dialog: FuseDialog, part: float) -> int:
    """The grey that is painted at this part of the width of the picture, 0–255."""
    shown, place = dialog.preview.grab().toImage(), dialog.preview.place
    ratio = shown.devicePixelRatio()
    x, y = place.left() + part * place.width(), place.top() + 0.75 * place.height()
    return shown.pixelColor(round(x * ratio), round(y * ratio)).red()


def test_the_line_stands_between_before_and_after(opened: Opened, qtbot) -> None:
    flats(opened, 0.2, 0.8)
    dialog = made(opened)
    dialog.show_method("mean")
    opened.pump()
    assert not nameless(dialog) and not clipped(dialog)
    assert abs(level(dialog, 0.25) - 51) <= 2 and abs(level(dialog, 0.75) - 128) <= 2
    dialog.before.set_value("1")
    dialog.before.chosen.emit("1")
    assert abs(level(dialog, 0.25) - 204) <= 2
    place = dialog.preview.place
    at = QPoint(round(place.left() + 0.1 * place.width()), round(place.center().y()))
    qtbot.mousePress(dialog.preview, Qt.MouseButton.LeftButton, pos=at)
    assert abs(dialog.preview.split - 0.1) < 0.01 and abs(level(dialog, 0.25) - 128) <= 2
    qtbot.keyClick(dialog.preview, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert abs(dialog.preview.split - 0.2) < 0.01
    dialog.reject()


def test_a_value_is_seen_at_once_and_made_as_seen(opened: Opened) -> None:
    flats(opened, 0.2, 0.8)
    dialog = made(opened)
    dialog.show_method("cross-dissolve")
    opened.pump()
    assert abs(level(dialog, 0.75) - 128) <= 2
    form = dialog.forms["cross-dissolve"]
    form.take(FUSIONS["cross-dissolve"].parameters(position=1.0), finished=True)
    opened.pump()
    assert abs(level(dialog, 0.75) - 204) <= 2
    assert opened.studio.current is not None
    document = opened.studio.current.document
    assert len(document.history) == 1
    dialog.fuse()
    opened.pump()
    new = document.committed.layers[-1]
    assert (
        isinstance(new, Paint) and abs(float(new.surface.read(document.committed.rect)[5, 5, 0]) - 0.8) < 2e-3
    )


def test_closing_ends_the_preview(opened: Opened) -> None:
    flats(opened, 0.2, 0.8)
    dialog = FuseDialog(opened.studio, opened.window)
    dialog.open()
    assert opened.studio.render_lane.jobs
    dialog.reject()
    opened.studio.render_lane.drain(2)
    assert not opened.studio.render_lane.jobs


def test_too_few_layers_are_said_in_the_dialog(opened: Opened) -> None:
    flats(opened, 0.2)
    dialog = made(opened)
    assert "at least two layers" in dialog.said.text() and not dialog.verb.isEnabled()
    dialog.reject()


def test_a_network_that_is_missing_is_said_and_shows_nothing(opened: Opened) -> None:
    flats(opened, 0.2, 0.8)
    dialog = made(opened)
    dialog.show_method("network-focus-stack")
    opened.pump()
    assert dialog.missing.isVisible() and not dialog.verb.isEnabled() and not dialog.preview.compares
    dialog.show_method("mean")
    opened.pump()
    assert dialog.verb.isEnabled() and dialog.preview.compares
    dialog.reject()


@pytest.mark.parametrize("name", list(FUSIONS))
def test_what_a_method_does_can_be_read(opened: Opened, name: str) -> None:
    flats(opened, 0.2, 0.8)
    dialog = made(opened)
    dialog.show_method(name)
    dialog.about.line.click()
    opened.pump()
    assert dialog.about.paragraph.isVisible() and dialog.about.paragraph.text() == FUSIONS[name].description
    assert not clipped(dialog) and dialog.height() <= HIGHEST
    dialog.reject()
