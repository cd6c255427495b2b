"""Packing: fixes and crops as pure functions, one file that is reused while nothing changes, and what is held out."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from studio import cli, paths
from studio.engine.datasets import pack as packing
from studio.engine.datasets import shaping
from studio.engine.datasets.doctor import look
from studio.engine.datasets.folder import FolderSource
from studio.engine.datasets.listing import DataError, list_pictures
from studio.engine.datasets.pack import Pack, open_pack, packed
from studio.engine.datasets.reading import read_picture
from studio.engine.training.checkpoint import checkpoint_path
from studio.engine.training.loop import train
from studio.messages.data import Crop, Decisions, Finding, PictureFacts
from studio.messages.events import Progress
from tests.engine.test_doctor import save, scene
from tests.engine.test_training import FOLDER, folder  # noqa: F401 - a fixture


def pack_of(place: Path, cache: Path, test: Path | None = None, **decided: object) -> Pack:
    running = packed(place, test, msgspec.convert({"side": 16, **decided}, Decisions), cache)
    while True:
        try:
            assert isinstance(next(running), Progress)
        except StopIteration as end:
            return end.value


def pictures(place: Path, count: int = 6, first: int = 0) -> Path:
    for number in range(first, first + count):
        save(place / f"{number}.png", scene(number, 80, 60))
    return place


def test_a_pack_holds_the_middle_squares(tmp_path: Path) -> None:
    place = pictures(tmp_path / "画")
    pack = pack_of(place, tmp_path / "cache")
    assert pack.pixels.shape == (6, 16, 16, 3) and not pack.pixels.flags.writeable
    expected = cv2.resize(scene(3, 80, 60)[:, 10:70], (16, 16), interpolation=cv2.INTER_AREA)
    np.testing.assert_array_equal(pack.pixels[3], expected)
    assert [item.file for item in pack.header.items] == [f"{number}.png" for number in range(6)]


def test_a_pack_is_made_once_and_again_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, cache = pictures(tmp_path / "a"), tmp_path / "cache"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in place.iterdir()}
    first = pack_of(place, cache)
    read: list[Path] = []
    real = packing.file_bytes
    monkeypatch.setattr(packing, "file_bytes", lambda path: read.append(path) or real(path))
    assert pack_of(place, cache).path == first.path and not read
    other = pack_of(place, cache, policy="pad")
    assert other.path != first.path and len(read) == 6
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in place.iterdir()} == before
    save(place / "2.png", scene(77, 80, 60))
    os.utime(place / "2.png", ns=(1, 1))
    changed = pack_of(place, cache)
    assert changed.header.digest != first.header.digest
    assert not list(cache.glob("*.part"))


def test_a_damaged_pack_is_made_again(tmp_path: Path) -> None:
    place, cache = pictures(tmp_path / "a"), tmp_path / "cache"
    path = pack_of(place, cache).path
    whole = path.read_bytes()
    for spoilt in (b"", whole[:50], whole[:-9], b"X" + whole[1:], whole[:-5] + b"?????"):
        path.write_bytes(spoilt)
        assert open_pack(path) is None
        assert pack_of(place, cache).pixels.shape[0] == 6
    assert path.read_bytes() == whole  # the same bytes each time


def test_stopping_leaves_nothing_half(tmp_path: Path) -> None:
    place, cache = pictures(tmp_path / "a", 70), tmp_path / "cache"
    running = packed(place, None, Decisions(side=16), cache)
    while not (event := next(running)).text.startswith(packing.PACKING):
        assert isinstance(event, Progress)
    running.close()
    assert not list(cache.glob("*.part")) and not list(cache.glob("*.pack"))


def test_what_is_left_out_and_taken_in(tmp_path: Path) -> None:
    place, cache = pictures(tmp_path / "a"), tmp_path / "cache"
    (place / "copy.png").write_bytes((place / "0.png").read_bytes())
    (place / "bad.png").write_bytes(b"bad")
    pack = pack_of(place, cache)
    assert len(pack.header.items) == 6
    assert sorted(line.split(":")[0] for line in pack.header.rejected) == ["bad.png", "copy.png"]
    assert len(pack_of(place, cache, included=("copy.png", "bad.png")).header.items) == 7
    assert len(pack_of(place, cache, excluded=("3.png", "4.png")).header.items) == 4
    with pytest.raises(DataError, match="left out"):
        pack_of(place, cache, excluded=tuple(f"{number}.png" for number in range(6)))


def test_classes_captions_and_a_test_folder(tmp_path: Path) -> None:
    place, test = tmp_path / "a", pictures(tmp_path / "t", 3, 4)
    pictures(place / "pine", 3)
    pictures(place / "crane", 2, 3)  # its picture 4 is also a test picture
    (place / "pine" / "1.txt").write_text("一棵松")
    pack = pack_of(place, tmp_path / "cache", test)
    assert pack.header.labels == ("", "crane", "pine")
    assert pack.header.captions == {"pine/1.png": "一棵松"}
    assert len(pack.indices("train")) == 4 and len(pack.indices("test")) == 3
    assert any(line.startswith("crane/4.png: leak") for line in pack.header.rejected)


def test_validation_is_drawn_by_class_and_keeps_what_is_alike_together() -> None:
    facts = [
        PictureFacts(file=f"{label}/{n}", label=label, width=9, height=9) for label in "ab" for n in range(20)
    ]
    held = Decisions(validation=0.25, seed=3).held_out(facts)
    assert [sum(file.startswith(label) for file in held) for label in "ab"] == [5, 5]
    assert held == Decisions(validation=0.25, seed=3).held_out(facts[::-1])
    assert held != Decisions(validation=0.25, seed=4).held_out(facts)
    assert not Decisions(validation=0.5).held_out(facts[:1])


@pytest.mark.parametrize(("policy", "count"), [("centre", 1), ("detail", 1), ("pad", 1), ("windows", 9)])
@pytest.mark.parametrize("upright", [True, False])
def test_crop_policies_on_a_scroll(policy: str, count: int, upright: bool) -> None:
    scroll = np.full((700, 100, 3), (240, 230, 200), np.uint8)
    scroll[520:560, 20:80] = np.random.default_rng(1).integers(0, 90, (40, 60, 1), dtype=np.uint8)
    picture = scroll if upright else np.ascontiguousarray(scroll.transpose(1, 0, 2))
    decided = msgspec.convert({"side": 50, "policy": policy}, Decisions)
    squares = shaping.squares_of(picture, decided)
    assert len(squares) == count and all(square.shape == (50, 50, 3) for square in squares)
    inked = [square.min() < 150 for square in squares]
    assert any(inked) == (policy != "centre")
    if policy == "pad":
        assert (squares[0][:, 0] == (240, 230, 200)).all() or (squares[0][0] == (240, 230, 200)).all()
    if policy == "windows":  # nothing of the scroll is in no window
        starts = [start[1] or start[0] for start in shaping.windows(picture, policy)]
        assert starts[0] == 0 and starts[-1] == 600 and max(np.diff(starts)) <= 75


def test_trimming_and_straightening_give_back_the_sheet() -> None:
    sheet = cv2.resize(scene(3), (560, 380))
    sheet = (sheet // 3 + np.array([120, 110, 80], np.uint8)).astype(np.uint8)
    ground = np.full((600, 800, 3), (250, 250, 252), np.uint8)
    ground[100:480, 120:680] = sheet
    for angle in (0.0, 3.0, -6.0):
        turn = cv2.getRotationMatrix2D((399.5, 299.5), -angle, 1.0)
        turned = cv2.warpAffine(ground, turn, (800, 600), borderValue=(250, 250, 252))
        found = shaping.on_its_sheet(turned, trim=True, straighten=True)
        assert abs(found.shape[0] - 380) < 14 and abs(found.shape[1] - 560) < 14
        same = cv2.resize(found, (560, 380))[40:-40, 40:-40].astype(int)
        assert np.abs(same - sheet[40:-40, 40:-40]).mean() < 6
    photo = scene(5)
    assert shaping.on_its_sheet(photo, trim=True, straighten=True) is photo


def test_paper_becomes_white_and_ink_stays() -> None:
    shade = np.linspace(0.8, 1.0, 200)[None, :, None]
    paper = (np.full((160, 200, 3), (236, 222, 190)) * shade).astype(np.uint8)
    cv2.line(paper, (20, 130), (180, 30), (30, 28, 26), 5)
    even = shaping.evened(paper)
    assert even[5:20, 5:195].min() > 240 and even[80, 100].max() < 60
    photo = scene(5)
    assert shaping.evened(photo) is photo


def test_paper_that_is_told_is_mended(tmp_path: Path) -> None:
    """At whatever size the two look: paper that is dark at one end is found at some only."""
    rows = np.random.default_rng(3).integers(20, 150, (12, 2))
    for number, dark in enumerate(np.linspace(0.6, 0.9, 7)):
        paper = np.full((180, 220, 3), 235.0)
        for x, y in rows:
            cv2.line(paper, (int(x), int(y)), (int(x) + 30, int(y) + 20), (40, 40, 40), 3)
        paper *= np.linspace(dark, 1, 180)[:, None, None] * np.array([1, 0.92, 0.75])
        save(tmp_path / f"{number}.png", paper.astype(np.uint8))
    told = [
        one.facts.file
        for one in (look(item, 64) for item in list_pictures(tmp_path))
        if one.facts.has("paper")
    ]
    assert len(told) >= 3
    for file in told:
        pixels = read_picture((tmp_path / file).read_bytes()).rgb
        assert shaping.evened(pixels) is not pixels, file


def test_a_drawn_crop_is_what_is_taken() -> None:
    picture = scene(1, 200, 100)
    crop = Crop(0.5, 0.0, 0.5, 1.0)
    (square,) = shaping.squares_of(picture, Decisions(side=100, policy="windows", trim=True), crop)
    np.testing.assert_array_equal(square, picture[:, 100:])
    assert shaping.cut(picture, Crop(1.0, 1.0, 0.0, 0.0)).shape == (1, 1, 3)


def test_one_pixel_and_thin_pictures_survive_each_policy() -> None:
    for shape in ((1, 1, 3), (1, 300, 3), (300, 1, 3)):
        picture = np.full(shape, 90, np.uint8)
        for policy in ("centre", "detail", "windows", "pad"):
            decided = msgspec.convert(
                {"side": 8, "policy": policy, "trim": True, "straighten": True, "even_paper": True}, Decisions
            )
            squares = shaping.squares_of(picture, decided)
            assert 1 <= len(squares) <= 32 and all(one.shape == (8, 8, 3) for one in squares)


def test_grey_ink_is_one_channel_in_the_pack_and_three_in_a_batch(tmp_path: Path) -> None:
    pack = pack_of(pictures(tmp_path / "a"), tmp_path / "cache", ink="grey")
    assert pack.pixels.shape == (6, 16, 16, 1)
    z, batch = FolderSource(pack, 5, mirror=True, channels=3).batch(4, torch.Generator().manual_seed(1))
    assert z.shape == (4, 5) and batch.shape == (4, 3, 16, 16) and -1 <= batch.min() < batch.max() <= 1
    assert torch.equal(batch[:, 0], batch[:, 2])


def test_a_resumed_run_keeps_its_pictures_when_the_folder_changes(tmp_path: Path, folder: Path) -> None:  # noqa: F811
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    list(train(FOLDER, data=folder, run=whole, steps=2))
    list(train(FOLDER, data=folder, run=parts, steps=1))
    Image.new("RGB", (40, 40), "red").save(folder / "new.png")
    (folder / "deep.png").unlink()
    list(train(FOLDER, data=folder, run=parts, steps=1, resume=True))
    one, other = load_file(checkpoint_path(whole, 2)), load_file(checkpoint_path(parts, 2))
    assert all(torch.equal(value, other[name]) for name, value in one.items())


def test_held_out_pictures_are_measured_and_change_no_step(tmp_path: Path, folder: Path) -> None:  # noqa: F811
    recipe = msgspec.structs.replace(FOLDER, sample_every=1)
    test = pictures(tmp_path / "test", 3, 40)
    events = list(train(recipe, data=folder, run=tmp_path / "a", steps=2, test_data=test))
    gaps = [e.values["held_out"] for e in events if isinstance(e, Progress) and "held_out" in e.values]
    assert len(gaps) == 2 and all(np.isfinite(gaps))
    list(train(recipe, data=folder, run=tmp_path / "b", steps=2))
    one, other = load_file(checkpoint_path(tmp_path / "a", 2)), load_file(checkpoint_path(tmp_path / "b", 2))
    assert all(torch.equal(value, other[name]) for name, value in one.items())


def test_the_command_holds_a_test_folder_out(
    tmp_path: Path,
    folder: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    test = pictures(tmp_path / "test", 3, 40)
    words = ["train", "tiny", str(folder), "--run", str(tmp_path / "run"), "--steps", "1", "--device", "cpu"]
    more = ["--test-dir", str(test), "--fit", "windows", "--grey", "--no-mirror", "--trim"]
    assert cli.main([*words, *more]) == 0, capsys.readouterr().err
    (pack,) = (open_pack(path) for path in paths.cache().rglob("*.pack"))
    assert pack is not None and len(pack.indices("test")) >= 3 and pack.header.channels == 1
    assert pack.header.decisions.trim
    again = ["--run", str(tmp_path / "other"), "--test-dir", str(tmp_path / "nowhere")]
    assert cli.main([*words, *again]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_the_squares_that_are_drawn_on_a_sheet_are_those_that_are_packed() -> None:
    for width, height in ((90, 30), (30, 90), (50, 50), (1000, 10)):
        facts = PictureFacts(file="a", width=width, height=height)
        for policy in ("centre", "windows"):
            decided = msgspec.convert({"policy": policy}, Decisions)
            drawn = [
                (round(c.x * width), round(c.y * height), round(min(c.width * width, c.height * height)))
                for c in decided.crops_of(facts)
            ]
            assert drawn == shaping.windows(np.zeros((height, width, 3), np.uint8), policy)
    bordered = PictureFacts(file="a", width=9, height=5, findings=(Finding(kind="border"),))
    assert Decisions().crops_of(bordered) and not Decisions(trim=True).crops_of(bordered)


def test_getting_the_pictures_ready_counts_as_no_step(tmp_path: Path, folder: Path) -> None:  # noqa: F811
    events = [e for e in train(FOLDER, data=folder, run=tmp_path / "a", steps=1) if isinstance(e, Progress)]
    told = [event.text for event in events if event.text in (packing.CHECKING, packing.PACKING)]
    assert packing.CHECKING in told and packing.PACKING in told
    assert [event.done for event in events if event.text in told] == [0] * len(told)
    running = train(FOLDER, data=folder, run=tmp_path / "b", steps=1, decisions=Decisions(trim=True))
    assert isinstance(running, Generator)
    while next(running).text != packing.PACKING:  # type: ignore[union-attr]
        pass
    running.close()
    assert not list(paths.cache().rglob("*.part"))


def test_what_was_looked_through_is_not_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, cache = pictures(tmp_path / "a"), tmp_path / "cache"
    list(packing.checked(place, None, 64, cache))
    looked: list[Path] = []
    monkeypatch.setattr(packing, "check_folder", lambda *_args, **_options: looked.append(place) or iter(()))
    assert len(pack_of(place, cache).header.items) == 6 and not looked
    save(place / "new.png", scene(50, 80, 60))
    with pytest.raises(DataError):  # the files are others now: it asks again, and is told of none
        pack_of(place, cache)
    assert looked


def test_an_empty_folder_of_tests_is_refused(tmp_path: Path, folder: Path) -> None:  # noqa: F811
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "notes.txt").write_text("no picture")
    with pytest.raises(DataError, match="holds no picture to test on"):
        list_pictures(folder, tmp_path / "test")
