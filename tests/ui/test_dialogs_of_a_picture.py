"""Dialogs about one picture are left when another one comes, so that none changes a picture it was not opened for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from studio.settings import Settings
from studio.ui.dialogs.assemble import AssembleDialog
from studio.ui.dialogs.canvas_size import CanvasSizeDialog
from studio.ui.dialogs.cut_out import CutOutDialog
from studio.ui.dialogs.feature_map import FeatureMapDialog
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.fuse import FuseDialog
from studio.ui.dialogs.image_size import ImageSizeDialog
from studio.ui.dialogs.material import MaterialDialog
from studio.ui.dialogs.panorama import PanoramaDialog
from studio.workspace.studio import Studio
from tests.ui.windows import Opened, empty_panel


def photomosaic(studio: Studio, window: QWidget) -> Frame:
    return AssembleDialog(studio, "photomosaic", window)


DIALOGS: tuple[Callable[[Studio, QWidget], Frame], ...] = (
    CanvasSizeDialog, CutOutDialog, FeatureMapDialog, FuseDialog, ImageSizeDialog, MaterialDialog, PanoramaDialog, photomosaic,
)  # fmt: skip


@pytest.fixture
def opened(qapp: QApplication, home: Path) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark"), empty_panel)
    one.studio.new_picture(90, 60)
    one.pump()
    yield one
    one.close()


@pytest.mark.parametrize("make", DIALOGS)
def test_another_picture_ends_it(opened: Opened, make: Callable[[Studio, QWidget], Frame]) -> None:
    dialog = make(opened.studio, opened.window)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.open()
    opened.pump()
    assert ended == []
    opened.studio.new_picture(50, 50)  # as a job does that has made one
    opened.pump()
    assert ended == [0]
