"""Detail of a folder's pictures in the studio: a new layer above, one step; broken files named; stopped; refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio import api
from studio.document import edits
from studio.document.layer import Filter, Paint
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis.lending import FolderDetail
from studio.workspace import detailing
from tests.document.pictures import stored
from tests.synthesis.test_detail import fine, lacking, texture
from tests.workspace.conftest import Bench

VALUES = FolderDetail(pictures=2)


def surface(pixels: np.ndarray) -> Surface:
    return Surface.from_pixels(pixels.astype(np.float16))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "Photos"
    found.mkdir()
    for number in range(4):
        pixels = texture(10 + number) if number != 2 else np.ones((96, 128, 4), np.float32)
        api.export(edits.from_picture(surface(pixels), 128, 96, name="one"), found / f"{number}.png")
    return found


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(128, 96)
    document = bench.picture.document
    soft = Paint(name="Soft", surface=surface(lacking(texture(1))))
    document.commit("Soft", document.committed.with_(layers=(soft,), active=soft.id, selected=()))
    return bench


def looks(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def test_a_new_layer_has_the_detail_and_it_is_one_step(ready: Bench, folder: Path) -> None:
    document = ready.picture.document
    before, seen = document.committed, looks(ready)
    detailing.begin(ready.studio, folder, VALUES)
    assert document.committed is before and len(ready.studio.jobs.lines) == 1
    ready.settle()
    after = document.committed
    assert len(after.layers) == 2 and after.layers[0] is before.layers[0]
    assert fine(looks(ready)).std() > 2 * fine(seen).std()
    assert "png" in ready.sentences("info")[0] and not ready.sentences("error", "warn")
    ready.studio.undo()
    assert document.committed is before


def test_broken_files_are_named(ready: Bench, folder: Path) -> None:
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    detailing.begin(ready.studio, folder, VALUES)
    ready.settle()
    assert "broken.jpg" in ready.sentences("warn")[0]
    assert len(ready.picture.document.committed.layers) == 2


def test_only_where_something_is_selected(ready: Bench, folder: Path) -> None:
    document, seen = ready.picture.document, looks(ready)
    document.commit(
        "Select", document.committed.with_(selection=Mask.from_pixels(np.ones((96, 40), np.float16)))
    )
    detailing.begin(ready.studio, folder, VALUES)
    ready.settle()
    now = looks(ready)
    assert np.abs(now - seen)[:, 41:].max() < 1e-3 and np.abs(now - seen)[:, :40].max() > 0.02


def test_stopped_it_changes_nothing(ready: Bench, folder: Path) -> None:
    before = ready.picture.document.committed
    detailing.begin(ready.studio, folder, VALUES)
    for _ in range(4):
        ready.studio.render_lane.step()
    ready.studio.jobs.stop_all()
    ready.settle()
    assert ready.picture.document.committed is before and not ready.studio.jobs.lines


def test_what_it_refuses_it_says(ready: Bench, folder: Path, tmp_path: Path) -> None:
    document = ready.picture.document
    empty = tmp_path / "empty"
    empty.mkdir()
    before = document.committed
    detailing.begin(ready.studio, empty, VALUES)
    detailing.begin(ready.studio, tmp_path / "gone", VALUES)
    ready.settle()
    assert "lend detail" in ready.sentences("error")[0] and "gone" in ready.sentences("error")[1]
    for layer, words in (
        (Filter(name="Blur", recipe=stored("gaussian-blur", sigma=2.0)), "filter layer"),
        (Paint(name="Empty", surface=Surface(dtype=np.dtype(np.float16))), "shows nothing"),
    ):
        ready.told.clear()
        document.commit("Layer", before.with_(layers=(*before.layers, layer), active=layer.id))
        detailing.begin(ready.studio, folder, VALUES)
        ready.settle()
        assert words in ready.sentences("info")[0]
