"""Picture files and pictures from other programs become layers of the open picture."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import edits, placing
from studio.document.artwork import Artwork
from studio.document.layer import Group, Layer, Paint
from studio.project import profiles
from studio.raster.geometry import Rect
from studio.workspace.inserting import Incoming
from tests.workspace.conftest import Bench

RED = (200, 60, 40)


def png(width: int = 40, height: int = 30, colour: tuple[int, ...] = RED, **options: object) -> bytes:
    data = io.BytesIO()
    Image.new("RGB" if len(colour) == 3 else "RGBA", (width, height), colour).save(data, "PNG", **options)
    return data.getvalue()


def files(folder: Path, *names: str) -> list[Incoming]:
    for name in names:
        (folder / name).write_bytes(png())
    return [Incoming.of_file(str(folder / name)) for name in names]


def place_of(artwork: Artwork, layer: Layer) -> Rect:
    frame = placing.frame_of(artwork, [layer.id])
    assert frame is not None
    return Rect(*(round(part) for part in frame))


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def test_a_file_becomes_a_layer_around_the_pen(bench: Bench, tmp_path: Path) -> None:
    picture = bench.studio.new_picture(200, 150)
    before = picture.document.committed
    bench.studio.inserting.insert(files(tmp_path, "石 🪨.png"), (60.0, 50.0))
    assert picture.document.committed is before  # read beside the window
    bench.settle()
    layer = bench.active
    assert layer.name == "石 🪨" and place_of(bench.picture.document.artwork, layer) == Rect(40, 35, 80, 65)
    assert np.allclose(flat(bench)[50, 60, :3] * 255, RED, atol=0.6)
    assert len(bench.studio.pictures) == 1 and not bench.told and bench.labels()[1:] == ["Insert picture"]
    bench.studio.undo()
    assert picture.document.committed is before


def test_several_come_as_layers_in_one_step(bench: Bench, tmp_path: Path) -> None:
    picture = bench.studio.new_picture(200, 150)
    incoming = [*files(tmp_path, "one.png", "two.png"), Incoming.of_bytes("Dropped picture", png(20, 20))]
    bench.studio.inserting.insert(incoming)
    bench.settle()
    now = picture.document.artwork
    assert [layer.name for layer in now.layers] == ["Paper", "one", "two", "Dropped picture"]
    assert place_of(now, now.layers[-1]) == Rect(90, 65, 110, 85)
    assert now.selected == tuple(layer.id for layer in now.layers[1:])
    bench.studio.undo()
    assert len(picture.document.artwork.layers) == 1


def test_what_is_no_picture_is_named_and_the_others_are_there(bench: Bench, tmp_path: Path) -> None:
    bench.studio.new_picture(200, 150)
    (tmp_path / "words.png").write_text("no picture")
    paths = ["good.png", "words.png", "missing.png"]
    (tmp_path / "good.png").write_bytes(png())
    bench.studio.inserting.insert([Incoming.of_file(str(tmp_path / name)) for name in paths])
    bench.settle()
    said = bench.sentences("error")
    assert len(said) == 2 and "words.png was not inserted" in said[0] and "missing.png" in said[1]
    assert bench.active.name == "good" and not bench.studio.jobs.lines


@pytest.mark.parametrize("precision", ["float16", "float32"])
@pytest.mark.parametrize("space", profiles.NAMES)
def test_its_colours_and_precision_become_those_of_the_picture(
    bench: Bench, space: str, precision: str
) -> None:
    bench.studio.new_picture(100, 80, colour_space=space, precision=precision)  # type: ignore[arg-type]
    bench.studio.inserting.insert([Incoming.of_bytes("red", png())])
    bench.settle()
    layer = bench.active
    assert isinstance(layer, Paint) and layer.surface.dtype == np.dtype(precision)
    icc = profiles.space(space).icc
    wanted = profiles.alike(np.array(RED) / 255, b"", icc) if icc else np.array(RED) / 255
    assert np.allclose(flat(bench)[40, 50, :3], wanted, atol=1e-3)


def test_a_profile_in_the_file_counts(bench: Bench) -> None:
    bench.studio.new_picture(100, 80)
    icc = profiles.space("Display P3").icc
    bench.studio.inserting.insert([Incoming.of_bytes("wide", png(icc_profile=icc))])
    bench.settle()
    wanted = profiles.alike(np.array(RED) / 255, icc, b"")
    assert np.allclose(flat(bench)[40, 50, :3], wanted, atol=2e-3)


def test_the_pen_and_the_middle_of_what_is_seen(bench: Bench) -> None:
    """Beside the picture the pen names no place in it: then the middle of the part that is seen."""
    bench.studio.new_picture(200, 150)
    for place, seen, wanted in (
        ((150.0, 100.0), Rect(100, 50, 300, 250), Rect(130, 85, 170, 115)),
        ((-40.0, 20.0), Rect(-100, -100, 100, 100), Rect(30, 35, 70, 65)),
        ((900.0, 900.0), Rect(800, 800, 999, 999), Rect(80, 60, 120, 90)),
    ):
        bench.studio.inserting.insert([Incoming.of_bytes("one", png())], place, seen)
        bench.settle()
        assert place_of(bench.picture.document.artwork, bench.active) == wanted


def test_it_waits_for_the_stroke_and_goes_into_the_open_group(bench: Bench) -> None:
    picture = bench.studio.new_picture(200, 150)
    document = picture.document
    group = Group(name="moved", transform=(1.0, 0.0, 0.0, 1.0, 30.0, 20.0))
    document.commit("Group", edits.add_layer(document.artwork, group))
    document.begin_gesture()
    bench.studio.inserting.insert([Incoming.of_bytes("one", png())], (100.0, 75.0))
    bench.settle()
    assert document.artwork.active == group.id
    document.end_gesture()
    now = document.artwork
    inside = now.layers[-1]
    assert isinstance(inside, Group) and [layer.id for layer in inside.children] == [now.active]
    assert place_of(now, bench.active) == Rect(80, 60, 120, 90)


def test_a_picture_converted_meanwhile_gets_it_in_its_new_colours(bench: Bench) -> None:
    picture = bench.studio.new_picture(100, 80)
    bench.studio.inserting.insert([Incoming.of_bytes("red", png())])
    document = picture.document
    document.commit("Convert", document.artwork.with_(colour_space=profiles.space("Display P3")))
    bench.settle()
    wanted = profiles.alike(np.array(RED) / 255, b"", profiles.space("Display P3").icc)
    assert np.allclose(flat(bench)[40, 50, :3], wanted, atol=2e-3)
    assert len(document.artwork.layers) == 2


def test_what_becomes_a_layer_and_what_is_opened(bench: Bench, tmp_path: Path) -> None:
    takes = bench.studio.inserting.takes
    assert not takes("a.png")  # nothing is open
    bench.studio.new_picture(10, 10)
    assert takes("a.png") and takes("夕阳.JPG") and takes("unknown")
    assert not any(takes(name) for name in ("a.danqing", "b.ORA", "m.safetensors", "b.gbr", "b.myb"))
    assert not takes(str(tmp_path))


def test_stopping_leaves_the_picture_as_it_is(bench: Bench) -> None:
    picture = bench.studio.new_picture(100, 80)
    before = picture.document.committed
    bench.studio.inserting.insert([Incoming.of_bytes("one", png())])
    (line,) = bench.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    bench.settle()
    assert picture.document.committed is before and not bench.studio.jobs.lines
