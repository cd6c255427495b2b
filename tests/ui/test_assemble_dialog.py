"""The dialog that makes one picture of a folder: previews, what it says, and what it begins."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from studio import api
from studio.document import edits
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.ui.dialogs.assemble import AssembleDialog, FolderDetailDialog
from tests.ui.windows import Opened, clipped, empty_panel

MOST_HEIGHT = 620


@pytest.fixture(params=["en", "zh_CN"])
def opened(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language=request.param, theme="dark"), empty_panel)
    one.studio.new_picture(90, 60)
    one.pump()
    yield one
    one.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for index in range(5):
        pixels = np.ones((20, 30, 4), np.float32)
        pixels[..., 0] = index / 4
        surface = Surface.from_pixels(pixels.astype(np.float16))
        api.export(edits.from_picture(surface, 30, 20, name="one"), tmp_path / f"{index}.png")
    return tmp_path


def waited(opened: Opened, ready) -> None:
    end = time.monotonic() + 20
    while not ready() and time.monotonic() < end:
        opened.pump(2)
        time.sleep(0.01)
    assert ready()


@pytest.mark.parametrize("kind", ["photomosaic", "collage"])
def test_a_folder_is_previewed_and_made(opened: Opened, folder: Path, kind) -> None:
    dialog = AssembleDialog(opened.studio, kind, opened.window)
    dialog.open()
    opened.pump()
    assert not dialog.make.isEnabled() and dialog.picture.pixmap().isNull()
    dialog.take(folder)
    waited(opened, lambda: not dialog.picture.pixmap().isNull())
    assert dialog.make.isEnabled() and "5" in dialog.state.text()
    assert dialog.height() <= MOST_HEIGHT and not clipped(dialog)
    dialog.accept()
    waited(opened, lambda: len(opened.studio.pictures) == 2)


def test_detail_of_a_folder_is_previewed_and_given(opened: Opened, folder: Path) -> None:
    document = opened.studio.current.document
    before = document.committed
    dialog = FolderDetailDialog(opened.studio, opened.window)
    dialog.open()
    opened.pump()
    assert not dialog.make.isEnabled()
    dialog.take(folder)
    waited(opened, lambda: not dialog.picture.pixmap().isNull())
    assert dialog.make.isEnabled() and dialog.height() <= MOST_HEIGHT and not clipped(dialog)
    dialog.accept()
    waited(opened, lambda: document.committed is not before)
    assert len(document.committed.layers) == len(before.layers) + 1 and len(opened.studio.pictures) == 1


def test_an_empty_folder_cannot_be_made_into_anything(opened: Opened, tmp_path: Path) -> None:
    dialog = AssembleDialog(opened.studio, "collage", opened.window)
    dialog.open()
    empty = tmp_path / "empty"
    empty.mkdir()
    before = dialog.state.text()
    dialog.take(empty)
    looking = dialog.state.text()
    waited(opened, lambda: dialog.state.text() not in (before, looking))
    assert not dialog.make.isEnabled()
    dialog.reject()
    opened.pump()
    assert len(opened.studio.pictures) == 1
