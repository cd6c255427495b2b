"""The dialogs of image and layer size offer every kernel, and use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from studio.document import edits
from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.raster.rescale import KERNELS
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.ui.dialogs.image_size import ImageSizeDialog, chosen, kernel_words
from studio.ui.dialogs.layer_size import LayerSizeDialog
from studio.workspace import layer_size
from tests.ui.windows import Opened, empty_panel, nameless


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(60, 40)
    document = one.studio.current.document  # type: ignore[union-attr]
    surface = Surface(dtype=np.dtype(np.float16)).write(Rect(10, 10, 20, 15), np.ones((5, 10, 4), np.float16))
    document.commit("layer", edits.add_layer(document.committed, Paint(name="sprite", surface=surface)))
    one.pump()
    yield one
    one.close()


def test_every_kernel_is_offered():
    assert {name for name, _ in kernel_words()} == {"automatic", *KERNELS}
    assert (
        chosen("automatic", (10, 10), (20, 20)) == "lanczos"
        and chosen("automatic", (9, 9), (3, 3)) == "mitchell"
    )
    assert chosen("xbr", (10, 10), (20, 20)) == "xbr"


def test_a_layer_is_resized(opened: Opened):
    assert opened.window.actions_.run("layer-size")
    opened.pump()
    dialog = opened.window.findChildren(LayerSizeDialog)[-1]
    assert nameless(dialog) == [] and dialog.rows.pixels() == (10, 5)
    dialog.rows.show_pixels(20, 10)
    assert dialog.sum.text() == "10 × 5 → 20 × 10"
    dialog.kernel.set_value("epx")
    dialog.apply_button.click()
    opened.pump()
    artwork = opened.studio.current.document.committed  # type: ignore[union-attr]
    assert layer_size.frame_of(artwork, artwork.active) == Rect(10, 10, 30, 20)


def test_a_size_that_is_none_cannot_be_used(opened: Opened):
    dialog = LayerSizeDialog(
        opened.studio, opened.studio.current.document.committed.active, Rect(0, 0, 10, 5), opened.window  # type: ignore[union-attr]
    )  # fmt: skip
    dialog.rows.wide.field.setText("0")
    dialog.rows.wide.field.textEdited.emit("0")
    assert not dialog.apply_button.isEnabled()
    dialog.reject()
    dialog.deleteLater()


def test_a_layer_without_pixels_is_refused_with_a_card(opened: Opened):
    opened.studio.fill_layers.add("fill-colour")
    told = []
    opened.studio.notice.connect(told.append)
    assert opened.window.actions_.run("layer-size")
    opened.pump()
    assert told and not [one for one in opened.window.findChildren(LayerSizeDialog) if one.isVisible()]


def test_the_image_size_dialog_enlarges_pixel_art(opened: Opened):
    dialog = ImageSizeDialog(opened.studio, opened.window)
    dialog.rows.show_pixels(120, 80)
    dialog.kernel.set_value("xbr")
    dialog.resize_picture()
    opened.pump()
    artwork = opened.studio.current.document.committed  # type: ignore[union-attr]
    assert (artwork.width, artwork.height) == (120, 80)
    dialog.deleteLater()
