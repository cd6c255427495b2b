"""Photomosaic and collage in the studio: off the UI thread, stoppable, a new picture at the end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.synthesis.collage import Collage
from studio.synthesis.photomosaic import Mosaic
from studio.workspace import assembling
from tests.workspace.conftest import Bench

MOSAIC = Mosaic(columns=8, tile=8)
COLLAGE = Collage(width=200, row_height=40)


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(120, 90)
    return bench


@pytest.mark.parametrize(("kind", "values"), [("photomosaic", MOSAIC), ("collage", COLLAGE)])
def test_the_result_is_a_new_picture_and_the_old_one_stays(
    ready: Bench, folder: Path, kind: assembling.Kind, values
) -> None:
    before = ready.picture
    artwork = before.document.committed
    assembling.begin(ready.studio, kind, folder, values)
    assert len(ready.studio.jobs.lines) == 1
    ready.settle()
    assert not ready.studio.jobs.lines
    assert ready.picture is not before and before.document.committed is artwork
    assert ready.picture.document.artwork.width == (64 if kind == "photomosaic" else 200)
    assert ready.picture.title.startswith("Photos")
    assert not ready.sentences("warn", "error")


def test_broken_files_are_named(ready: Bench, folder: Path) -> None:
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    assembling.begin(ready.studio, "collage", folder, COLLAGE)
    ready.settle()
    assert "broken.jpg" in ready.sentences("warn")[0]
    assert ready.picture.document.artwork.width == 200


def test_a_stopped_job_makes_nothing(ready: Bench, folder: Path) -> None:
    assembling.begin(ready.studio, "photomosaic", folder, MOSAIC)
    ready.studio.files_lane.step()
    ready.studio.jobs.stop_all()
    assert not ready.studio.jobs.lines
    ready.settle()
    assert len(ready.studio.pictures) == 1 and not ready.sentences()


def test_a_folder_without_pictures_is_said(ready: Bench, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for kind in ("photomosaic", "collage"):
        assembling.begin(ready.studio, kind, empty, assembling.VALUES[kind]())
    assembling.begin(ready.studio, "collage", tmp_path / "gone", COLLAGE)
    ready.settle()
    said = ready.sentences("error")
    assert len(said) == 3 and "at least one picture" in said[0] and "gone" in said[2]
    assert len(ready.studio.pictures) == 1


def test_without_a_picture_there_is_no_mosaic_but_a_collage(bench: Bench, folder: Path) -> None:
    assert assembling.begin(bench.studio, "photomosaic", folder, MOSAIC) is None
    assembling.begin(bench.studio, "collage", folder, COLLAGE)
    bench.settle()
    assert bench.picture.document.artwork.width == 200


@pytest.mark.parametrize("kind", ["photomosaic", "collage"])
def test_previews_are_small_and_of_the_folder(ready: Bench, folder: Path, kind: assembling.Kind) -> None:
    (folder / "broken.png").write_bytes(b"?")
    heard: list[object] = []
    assembling.sample(ready.studio, folder, heard.append)
    ready.settle()
    sampled = heard.pop()
    assert isinstance(sampled, assembling.Sampled)
    assert len(sampled.pictures) == 6 and sampled.count == 7 and sampled.broken == 1
    assembling.preview(ready.studio, kind, sampled, assembling.VALUES[kind](), heard.append)
    ready.settle()
    shown = heard.pop()
    assert isinstance(shown, np.ndarray) and shown.dtype == np.uint8 and shown.shape[2] == 3
    assert max(shown.shape) <= 2 * assembling.SHOWN
    assembling.sample(ready.studio, folder / "nowhere", heard.append)
    ready.settle()
    assert isinstance(heard.pop(), Exception)
