"""A photomosaic and a collage as layers: made anew with other values, kept with the folder's name, saved, and whole where the folder
is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from studio import api
from studio.document.layer import Derived
from studio.raster.geometry import Rect
from studio.synthesis.collage import Collage
from studio.synthesis.photomosaic import Mosaic
from studio.workspace.folder_layers import Source, source_of
from tests.workspace.conftest import Bench

MOSAIC = Mosaic(columns=8, tile=8)
COLLAGE = Collage(width=200, row_height=40)


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(128, 96)
    return bench


def layer_of(bench: Bench) -> Derived:
    layer = bench.picture.document.artwork.active_layer
    assert isinstance(layer, Derived)
    return layer


def added(bench: Bench, folder: Path, kind: str = "photomosaic") -> Derived:
    values = MOSAIC if kind == "photomosaic" else COLLAGE
    bench.studio.folder_layers.add(Source(kind, folder, values))  # type: ignore[arg-type]
    bench.settle()
    return layer_of(bench)


@pytest.mark.parametrize("kind", ["photomosaic", "collage"])
def test_a_layer_of_a_folder_keeps_what_it_was_made_of(ready: Bench, folder: Path, kind: str) -> None:
    before = ready.picture.document.committed
    layer = added(ready, folder, kind)
    found = source_of(layer)
    assert found == Source(kind, folder, MOSAIC if kind == "photomosaic" else COLLAGE)  # type: ignore[arg-type]
    assert layer.surface.read(Rect(0, 0, 40, 40))[..., 3].max() == 1
    if kind == "photomosaic":
        assert layer.transform[0] == 128 / 64, "it covers the picture"
    ready.studio.undo()
    assert ready.picture.document.artwork is before
    assert not ready.studio.jobs.lines


def test_other_values_make_it_anew_and_one_step(ready: Bench, folder: Path) -> None:
    layer = added(ready, folder)
    layers = ready.studio.folder_layers
    for columns in (4, 6, 16):
        layers.change(layer.id, Source("photomosaic", folder, Mosaic(columns=columns, tile=8)))
    ready.settle()
    shown = layer_of(ready)
    assert shown.id == layer.id and source_of(shown).values.columns == 16  # type: ignore[union-attr]
    assert ready.picture.document.committed.find(layer.id) is layer, "it is only shown yet"
    assert shown.transform[0] == 128 / 128 and shown.surface is not layer.surface
    layers.release()
    assert ready.picture.document.committed.find(layer.id) is shown
    ready.studio.undo()
    assert layer_of(ready) is layer


def test_what_is_let_go_before_it_is_made_becomes_a_step_then(ready: Bench, folder: Path) -> None:
    layer = added(ready, folder)
    layers = ready.studio.folder_layers
    layers.change(layer.id, Source("photomosaic", folder, Mosaic(columns=4, tile=8)))
    layers.release()
    ready.settle()
    assert source_of(ready.picture.document.committed.find(layer.id)).values.columns == 4  # type: ignore[union-attr]
    layers.change(layer.id, Source("photomosaic", folder, MOSAIC))
    layers.revert()
    ready.settle()
    assert source_of(layer_of(ready)).values.columns == 4  # type: ignore[union-attr]
    assert not ready.studio.jobs.lines


def test_without_its_folder_it_keeps_its_pixels_and_says_so(ready: Bench, folder: Path) -> None:
    layer = added(ready, folder)
    shutil.rmtree(folder)
    ready.studio.folder_layers.change(layer.id, Source("photomosaic", folder, Mosaic(columns=4, tile=8)))
    ready.settle()
    assert layer_of(ready) is layer
    assert "Photos" in ready.sentences("error")[0] and "keeps its pixels" in ready.sentences("error")[0]


def test_a_mosaic_is_of_what_lies_below_it(ready: Bench, folder: Path) -> None:
    """So made anew from the same values it is the same, although it lies over the picture now."""
    layer = added(ready, folder)
    layers = ready.studio.folder_layers
    layers.change(layer.id, Source("photomosaic", folder, Mosaic(columns=8, tile=8)))
    ready.settle()
    rect = Rect(0, 0, 64, 48)
    np.testing.assert_array_equal(layer_of(ready).surface.read(rect), layer.surface.read(rect))


def test_it_is_saved_and_read_again(ready: Bench, folder: Path, tmp_path: Path) -> None:
    layer = added(ready, folder)
    api.save(ready.picture.document.committed, tmp_path / "made.danqing")
    again = api.open(tmp_path / "made.danqing").find(layer.id)
    assert source_of(again) == source_of(layer)
    assert isinstance(again, Derived)
    rect = Rect(0, 0, 64, 48)
    np.testing.assert_array_equal(again.surface.read(rect), layer.surface.read(rect))
