"""The reference board and pinned samplers, without a window."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import board as edits
from studio.document.board import BoardPicture
from studio.document.errors import EditError
from studio.document.layer import Layer
from studio.project.manifest import _board_picture, _known
from studio.raster import vision
from studio.raster.tile import Tile
from studio.workspace import imaging
from studio.workspace.inserting import Incoming
from studio.workspace.samplers import MOST, Reading
from studio.workspace.studio import Studio
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


def test_pictures_of_other_programs_are_added_like_files(bench: Bench, tmp_path: Path) -> None:
    studio = bench.studio
    first = studio.new_picture(64, 64)
    data = Path(png(tmp_path / "one.png", 200, 100)).read_bytes()
    studio.board.add([Incoming.of_bytes("Pasted picture", data), Incoming.of_bytes("Nothing", b"no picture")])
    other = studio.new_picture(32, 32)
    other.document.begin_gesture()
    first.document.begin_gesture()  # what arrives meanwhile waits, and goes where it was asked for
    bench.settle()
    assert not first.document.artwork.board
    first.document.end_gesture()
    (one,) = first.document.artwork.board
    assert one.name == "Pasted picture" and one.data == data and not other.document.artwork.board
    assert len(bench.sentences("error")) == 1 and "Nothing" in bench.sentences("error")[0]
    other.document.end_gesture()


def test_a_reference_is_seen_in_grey_and_flipped_and_kept_so(bench: Bench, tmp_path: Path) -> None:
    studio = bench.studio
    picture = studio.new_picture(64, 64)
    studio.board.add_files([png(tmp_path / "one.png", 20, 10), png(tmp_path / "two.png", 20, 10)])
    bench.settle()
    one, two = studio.board.pictures
    studio.board.show_as(one.id, grey=True)
    studio.board.show_as(one.id, flipped=True)
    now = studio.board.pictures
    assert now[0].grey and now[0].flipped and now[1] is two and now[0].data is one.data
    assert bench.labels()[-2:] == ["Change reference"] * 2
    shown: list[np.ndarray] = []
    studio.board.decoded(now[0], shown.append)
    bench.settle()
    value = vision.seen(np.array([200, 60, 40]) / 255, "value")[0] * 255
    assert shown[0][0, 0, :3] == pytest.approx(value, abs=0.6) and len(set(shown[0][0, 0, :3])) == 1
    path = tmp_path / "board.danqing"
    studio.filing.save(picture, str(path))
    bench.settle()
    studio.close(picture)
    bench.open(path)
    assert studio.board.pictures == now
    studio.undo()
    assert studio.board.pictures[0].grey and not studio.board.pictures[0].flipped


def test_boards_of_earlier_and_later_versions_are_read(bench: Bench, tmp_path: Path) -> None:
    """A picture that is shown as it is is written as before; a field of a later version is passed over."""
    plain = _board_picture(BoardPicture(data=b"", width=4.0, height=3.0, name="one"), _Sink())
    assert set(plain) == {"id", "name", "data", "x", "y", "width", "height"}
    assert _board_picture(BoardPicture(data=b"", width=4, height=3, grey=True), _Sink())["grey"] is True
    known = _known(BoardPicture, {**plain, "later": 1})
    assert "later" not in known and known["name"] == "one"


class _Sink:
    """Keeps nothing."""

    def row(self, table: str, data: bytes) -> bytes:
        return b"0" * 16

    def tile(self, tile: Tile) -> bytes:
        return b"0" * 16

    def layer(self, layer: Layer, write: Callable[[], bytes]) -> bytes:
        return write()


def test_a_full_board_says_so() -> None:
    one = BoardPicture(data=b"x", width=10, height=10)
    full = edits.added((), [BoardPicture(data=b"x", width=10, height=10) for _ in range(edits.MOST_PICTURES)])
    with pytest.raises(EditError, match="200"):
        edits.added(full, [one])
    assert edits.at(full, full[5].x + 1, full[5].y + 1) == full[5] and edits.at(full, -5, -5) is None


def read(studio: Studio) -> Reading:
    """What the render lane would find."""
    work = studio.samplers.reading()
    assert work is not None
    steps = work()
    try:
        while True:
            next(steps)
    except StopIteration as end:
        return end.value


def test_samplers_follow_the_picture_and_what_is_tried(bench: Bench) -> None:
    studio = bench.studio
    picture = studio.new_picture(64, 64, background=(0.2, 0.4, 0.6, 1.0))
    studio.samplers.pin((10.0, 10.0))
    studio.samplers.pin((500.0, 10.0))
    assert studio.samplers.places == ((10.0, 10.0),)
    studio.layers.set_opacity(0.5)
    now, before = read(studio).pinned[10.0, 10.0]
    assert before is not None and now is not None
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
