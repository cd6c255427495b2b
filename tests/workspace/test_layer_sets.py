"""The layers of an open picture become masks of a labelled set, one picture behind the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from studio.document import edits
from studio.document.layer import Paint
from studio.project import labelled
from studio.raster.surface import Surface
from studio.workspace import layer_sets
from studio.workspace.picture import Picture
from tests.workspace.conftest import Bench


def painted(bench: Bench) -> Picture:
    bench.studio.new_picture(24, 16)
    picture = bench.picture
    pixels = np.zeros((16, 24, 4), np.float32)
    pixels[2:6, 3:9] = (0.4, 0.2, 0.1, 1.0)
    layer = Paint(name="舟", surface=Surface.from_pixels(pixels))
    picture.document.commit("Add", edits.add_layer(picture.document.artwork, layer))
    return picture


def test_pictures_are_added_one_behind_the_other(bench: Bench, tmp_path: Path) -> None:
    picture, folder = painted(bench), tmp_path / "集"
    for _ in range(2):
        layer_sets.add(bench.studio, picture, folder)
        bench.settle()
    lines = labelled.lines_of(folder)
    assert [line["file"][:14] for line in lines] == ["pictures/00000", "pictures/00001"]
    (boat,) = [one for one in lines[1]["layers"] if one["label"] == "舟"]
    assert boat["box"] == [3, 2, 6, 4] and (folder / boat["file"]).is_file()
    assert "集" in bench.sentences("done")[-1] and picture.exports == 0 and not bench.studio.jobs.lines


def test_what_cannot_be_is_told_and_nothing_is_mixed(bench: Bench, tmp_path: Path) -> None:
    picture, other = painted(bench), tmp_path / "other"
    with labelled.described(other) as note:
        note({"file": "a.png", "class": "soft"})
    layer_sets.add(bench.studio, picture, other)
    bench.settle()
    assert "without masks" in bench.sentences("warn")[0] and len(list(other.iterdir())) == 1
    (tmp_path / "file").write_bytes(b"")
    layer_sets.add(bench.studio, picture, tmp_path / "file")
    bench.settle()
    assert "not written as masks" in bench.sentences("error")[0] and not bench.studio.jobs.lines
    artwork = picture.document.artwork
    nothing = Paint(name="nothing", surface=Surface())
    picture.document.commit("Empty", artwork.with_(layers=(nothing,), active=nothing.id, selected=()))
    layer_sets.add(bench.studio, picture, tmp_path / "new")
    bench.settle()
    assert "covers anything" in bench.sentences("warn")[1]
