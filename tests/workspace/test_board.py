"""The reference board and pinned samplers, without a window."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import board as edits
from studio.document.board import BoardPicture
from studio.document.errors import EditError
from studio.workspace import imaging
from studio.workspace.samplers import MOST
from tests.workspace.conftest import Bench


def png(path: Path, width: int, height: int) -> str:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (200, 60, 40)).save(data, "PNG")
    path.write_bytes(data.getvalue())
    return str(path)


def test_pictures_are_added_moved_and_removed_and_what_is_no_picture_is_named(
    bench: Bench, tmp_path: Path
) -> None:
    studio = bench.studio
    picture = studio.new_picture(64, 64)
    (tmp_path / "words.txt").write_text("no picture")
    paths = [
        png(tmp_path / "石 🪨.png", 200, 100),
        str(tmp_path / "words.txt"),
        png(tmp_path / "two.png", 50, 100),
    ]
    studio.board.add_files([*paths, str(tmp_path / "missing.png")])
    bench.settle()
    one, two = studio.board.pictures
    assert (one.width, one.height, two.height) == (480, 240, 480) and two.x >= one.x + one.width
    sentences = " ".join(bench.sentences("error"))
    assert "words.txt" in sentences and "missing.png" in sentences
    studio.board.move(one.id, 10.0, 900.0, 0.5)
    assert studio.board.pictures[-1].width == 240 and studio.board.pictures[-1].y == 900
    studio.board.remove(two.id)
    assert [each.id for each in studio.board.pictures] == [one.id]
    shown: list[np.ndarray] = []
    studio.board.decoded(one, shown.append)
    bench.settle()
    assert shown[0].shape == (100, 200, 4) and tuple(shown[0][0, 0]) == (200, 60, 40, 255)
    for _ in range(3):
        studio.undo()
    assert picture.document.artwork.board == ()


def test_the_board_is_saved_with_the_picture_and_never_exported(bench: Bench, tmp_path: Path) -> None:
    studio = bench.studio
    picture = studio.new_picture(64, 64)
    studio.board.add_files([png(tmp_path / "one.png", 200, 100)])
    bench.settle()
    before = picture.renderer.flatten(picture.document.artwork.with_(board=()))
    assert np.array_equal(picture.renderer.flatten(picture.document.artwork), before)
    path = tmp_path / "board.danqing"
    studio.filing.save(picture, str(path))
    bench.settle()
    kept = studio.board.pictures
    studio.close(picture)
    bench.open(path)
    assert studio.board.pictures == kept


def test_a_full_board_says_so() -> None:
    one = BoardPicture(data=b"x", width=10, height=10)
    full = edits.added((), [BoardPicture(data=b"x", width=10, height=10) for _ in range(edits.MOST_PICTURES)])
    with pytest.raises(EditError, match="200"):
        edits.added(full, [one])
    assert edits.at(full, full[5].x + 1, full[5].y + 1) == full[5] and edits.at(full, -5, -5) is None


def test_samplers_follow_the_picture_and_what_is_tried(bench: Bench) -> None:
    studio = bench.studio
    picture = studio.new_picture(64, 64, background=(0.2, 0.4, 0.6, 1.0))
    studio.samplers.pin((10.0, 10.0))
    studio.samplers.pin((500.0, 10.0))
    assert studio.samplers.places == ((10.0, 10.0),)
    studio.layers.set_opacity(0.5)
    now, before = studio.samplers.colours()[0]
    assert before == pytest.approx((0.2, 0.4, 0.6), abs=1e-3) and now == pytest.approx(before, abs=1e-3)
    studio.undo()
    studio.new_picture(32, 32)
    assert studio.samplers.places == ()
    studio.choose(picture)
    assert studio.samplers.places == ((10.0, 10.0),)
    studio.samplers.unpin(0)
    assert studio.samplers.places == ()


def test_samplers_are_part_of_the_picture(bench: Bench, tmp_path: Path) -> None:
    studio = bench.studio
    picture = studio.new_picture(64, 48)
    before = len(bench.labels())
    studio.samplers.pin((10.0, 20.0))
    studio.samplers.pin((30.0, 40.0))
    assert bench.labels()[before:] == ["Sampler", "Sampler"]
    studio.undo()
    assert studio.samplers.places == ((10.0, 20.0),)
    studio.redo()
    path = tmp_path / "samplers.danqing"
    studio.filing.save(picture, str(path))
    bench.settle()
    studio.close(picture)
    bench.open(path)
    assert studio.samplers.places == ((10.0, 20.0), (30.0, 40.0))
    imaging.turn(studio, "right")
    bench.settle()
    assert studio.samplers.places == ((28.0, 10.0), (8.0, 30.0)), "they stay on what they sample"
    studio.samplers.clear()
    assert studio.samplers.places == ()
    studio.undo()
    assert len(studio.samplers.places) == 2
    for number in range(MOST):
        studio.samplers.pin((float(number), 1.0))
    assert len(studio.samplers.places) == MOST
