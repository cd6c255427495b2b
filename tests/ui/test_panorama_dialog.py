"""The panorama dialog: matches and what was left out, the horizon dragged on the preview, one step at the end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.synthesis.stitch_values import Stitch
from studio.ui import theme
from studio.ui.dialogs.panorama import RARE, ROWS, PanoramaDialog
from studio.workspace import stitching
from tests.synthesis.views import texture, turn, turned_view
from tests.ui.windows import Opened, clipped, empty_panel, nameless


@pytest.fixture
def opened(qapp, qtbot, home) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), empty_panel)
    yield window
    window.close()


def photographs(window: Opened, *yaws: float) -> None:
    """Views of one sphere as chosen layers."""
    world = texture(1600, 800, 3)
    layers = []
    for yaw in yaws:
        pixels = np.ones((220, 300, 4), np.float16)
        pixels[..., :3] = np.clip(turned_view(world, turn(yaw), 260.0, (300, 220)), 0, 1)
        layers.append(Paint(name=f"{yaw:g}.jpg", surface=Surface.from_pixels(pixels)))
    ids = tuple(layer.id for layer in layers)
    window.studio.show(
        Artwork(width=300, height=220, layers=tuple(layers), active=ids[0], selected=ids), title="Photographs"
    )
    window.pump()


def test_the_horizon_is_dragged_and_the_panorama_is_one_step(opened: Opened, qtbot) -> None:
    photographs(opened, -14, 14, 120)
    dialog = PanoramaDialog(opened.studio, opened.window)
    dialog.open()
    assert not dialog.do_it.isEnabled()
    opened.pump(200)
    assert not nameless(dialog) and not clipped(dialog)
    assert dialog.height() < 600
    assert "120.jpg" in dialog.said.text()
    middle = dialog.preview.rect().center()
    qtbot.mousePress(dialog.preview, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(dialog.preview, middle + QPoint(0, 12))
    qtbot.mouseRelease(dialog.preview, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 12))
    values = dialog.form.values()
    assert isinstance(values, Stitch) and values.pitch > 1 and values.yaw == 0 and values.roll == 0
    opened.pump(200)
    dialog.stitch()
    opened.pump(400)
    document = opened.studio.current.document
    assert [entry.label for entry in document.history][-1] == "Stitch"
    group = stitching.panorama_at(document.committed)
    assert group is not None
    result = stitching.result_of(group)
    assert result is not None and stitching.parameters_of(result.recipe).pitch == values.pitch
    again = PanoramaDialog(opened.studio, opened.window)
    assert again.form.values().pitch == values.pitch
    again.reject()


def listed(dialog: PanoramaDialog) -> list[str]:
    return [dialog.matches.list.item(row).text() for row in range(dialog.matches.list.count())]


def painted(dialog: PanoramaDialog, token: str) -> int:
    """Pixels of the matches' picture in a colour of the theme."""
    image = dialog.matches.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wide, high = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(high, image.bytesPerLine() // 4, 4)[
        :, :wide, 2::-1
    ]
    colour = theme.current().colour(token)
    wanted = np.array((colour.red(), colour.green(), colour.blue()))
    return int((np.abs(pixels.astype(int) - wanted).max(2) < 40).sum())


def test_the_matches_of_a_pair_are_drawn(opened: Opened, qtbot) -> None:
    photographs(opened, -14, 14, 120)
    dialog = PanoramaDialog(opened.studio, opened.window)
    dialog.open()
    opened.pump(200)
    dialog.pages.choose("matches")
    opened.pump()
    lines = listed(dialog)
    assert lines[0].startswith("-14.jpg – 14.jpg: ") and "matches that agree: " in lines[0]
    assert lines[-1].startswith("120.jpg: left out, ")
    assert dialog.matches.view.isVisible() and len(dialog.matches.view.places) == 2
    agreeing = painted(dialog, "good")
    assert agreeing > 200
    dialog.matches.list.setCurrentRow(len(lines) - 1)
    assert len(dialog.matches.view.places) == 1 and painted(dialog, "good") < agreeing / 10
    assert not nameless(dialog) and not clipped(dialog) and dialog.height() < 600
    dialog.reject()


def test_every_value_is_there_the_rare_ones_folded(opened: Opened, qtbot) -> None:
    photographs(opened, -14, 14)
    dialog = PanoramaDialog(opened.studio, opened.window)
    dialog.open()
    opened.pump(200)
    assert set(ROWS) | set(RARE) == set(Stitch.__struct_fields__) and not set(ROWS) & set(RARE)
    assert not dialog.rare.isVisible()
    dialog.more.click()
    opened.pump()
    assert dialog.rare.isVisible() and dialog.rare.rows["bands"].isVisible()
    assert not nameless(dialog) and not clipped(dialog) and dialog.height() < 600
    values = dialog.form.values()
    dialog.form.take(replace(values, blend="none", model="flat"), finished=True)
    assert dialog.rare.rows["bands"].isHidden() and dialog.rare.rows["straighten"].isHidden()
    dialog.rare.take(replace(dialog.rare.values(), sampling="linear"), finished=True)
    made = dialog.form.values()
    assert isinstance(made, Stitch) and (made.sampling, made.blend, made.model) == ("linear", "none", "flat")
    opened.pump(200)
    dialog.stitch()
    opened.pump(400)
    group = stitching.panorama_at(opened.studio.current.document.committed)
    assert group is not None
    result = stitching.result_of(group)
    assert result is not None and stitching.parameters_of(result.recipe) == made


def test_what_cannot_be_stitched_is_said(opened: Opened, qtbot) -> None:
    photographs(opened, 0, 120)
    dialog = PanoramaDialog(opened.studio, opened.window)
    dialog.open()
    opened.pump(200)
    assert "None of these 2 pictures" in dialog.said.text() and not dialog.do_it.isEnabled()
    assert next(line for line in listed(dialog) if "left out" in line).startswith("0.jpg")
    assert not any("agree" in line for line in listed(dialog))
    dialog.reject()


def test_without_layers_it_asks_for_photographs(opened: Opened, qtbot) -> None:
    opened.window.actions_.run("stitch-panorama")
    opened.pump()
    asked = opened.window.findChild(QFileDialog)
    assert asked is not None and asked.fileMode() == QFileDialog.FileMode.ExistingFiles
    asked.reject()
