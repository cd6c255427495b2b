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
from studio.ui.dialogs.effects import EffectsDialog
from studio.ui.dialogs.feature_map import FeatureMapDialog
from studio.ui.dialogs.fill_layer import ColourValues, FillLayerDialog
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.fuse import FuseDialog
from studio.ui.dialogs.image_size import ImageSizeDialog
from studio.ui.dialogs.material import MaterialDialog
from studio.ui.dialogs.panorama import PanoramaDialog
from studio.ui.dialogs.repair import FillDialog
from studio.workspace.studio import Studio
from tests.ui.windows import Opened, empty_panel


def photomosaic(studio: Studio, window: QWidget) -> Frame:
    return AssembleDialog(studio, "photomosaic", window)


def fill_layer(studio: Studio, window: QWidget) -> Frame:
    studio.fill_layers.add("fill-colour")
    layer = studio.fill_layers.target
    assert layer is not None
    return FillLayerDialog(studio, layer, window)


def effects(studio: Studio, window: QWidget) -> Frame:
    assert studio.layers.active is not None
    return EffectsDialog(studio, (studio.layers.active.id,), window)


DIALOGS: tuple[Callable[[Studio, QWidget], Frame], ...] = (
    CanvasSizeDialog, CutOutDialog, FeatureMapDialog, FillDialog, FuseDialog, ImageSizeDialog, MaterialDialog,
    PanoramaDialog, photomosaic,
    fill_layer, effects,
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


def test_what_a_fill_layer_or_effects_showed_is_taken_back_in_their_own_picture(opened: Opened) -> None:
    studio = opened.studio
    picture = studio.current
    assert picture is not None
    dialog = fill_layer(studio, opened.window)
    assert isinstance(dialog, FillLayerDialog)
    dialog.open()
    dialog.form.take(ColourValues(colour=(1.0, 0.0, 0.0)), finished=False)
    opened.pump()
    assert picture.document.artwork is not picture.document.committed
    studio.new_picture(50, 50)
    opened.pump()
    assert picture.document.artwork is picture.document.committed
    studio.choose(picture)
    shown = effects(studio, opened.window)
    assert isinstance(shown, EffectsDialog)
    shown.open()
    shown.rows[0].switch(True)
    opened.pump()
    assert picture.document.artwork is not picture.document.committed
    studio.new_picture(50, 50)
    opened.pump()
    assert picture.document.artwork is picture.document.committed
