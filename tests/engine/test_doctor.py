"""The data set doctor: what it finds in a folder, what it makes of damaged files, and how it reads any mode."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Generator
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from PIL import Image

from studio import api, cli
from studio.engine.datasets import measuring, reading
from studio.engine.datasets.alike import Pair, Signatures, groups_of, pairs_of
from studio.engine.datasets.doctor import check_folder
from studio.engine.datasets.listing import DataError, list_pictures
from studio.engine.datasets.reading import TooLarge, read_picture
from studio.engine.host import frames
from studio.engine.host.frames import Submit
from studio.messages.data import Checked, DataReport, Decisions, Examined, aspect_bars, size_bars
from studio.messages.events import Squares
from studio.messages.requests import CheckData, PreviewData


def scene(seed: int, width: int = 200, height: int = 160) -> np.ndarray:
    """A picture of its own, uint8 [h, w, 3]."""
    random = np.random.default_rng(seed)
    spots = random.integers(0, 255, (6, 7, 3), dtype=np.uint8) // (4, 1, 1)  # nothing red: no seal
    return cv2.resize(spots.astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)


def save(path: Path, pixels: np.ndarray, **options: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, **options)


def checked(folder: Path, test_folder: Path | None = None, **options: int) -> DataReport:
    pictures, report = [], None
    for event in check_folder(folder, test_folder, **options):
        if isinstance(event, Examined):
            assert event.first == len(pictures)
            pictures += event.pictures
        elif isinstance(event, Checked):
            report = DataReport.of(pictures, event)
    assert report is not None
    return report


def kinds(report: DataReport, file: str) -> set[str]:
    (picture,) = (one for one in report.pictures if one.file == file)
    return {finding.kind for finding in picture.findings}


def test_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    place = tmp_path / "我的画"
    for number in range(6):
        save(place / f"good {number}.png", scene(number))
    (place / "copy.png").write_bytes((place / "good 1.png").read_bytes())
    save(place / "again.jpg", scene(2, 100, 80), quality=70)
    save(place / "tiny.png", scene(20, 30, 20))
    save(place / "scroll.png", scene(21, 100, 700))
    save(place / "white.png", np.full((90, 90, 3), 255, np.uint8))
    whole = io.BytesIO()
    Image.fromarray(scene(22)).save(whole, "JPEG")
    (place / "half.jpg").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    (place / "empty.png").write_bytes(b"")
    (place / "text.gif").write_text("no picture")
    (place / ".hidden.png").write_bytes(b"")
    report = checked(place)
    assert len(report.pictures) == 14
    assert report.counts == {
        "undecodable": 3, "duplicate": 1, "near_duplicate": 1, "blank": 1, "small": 1, "extreme": 1,
    }  # fmt: skip
    assert kinds(report, "good 1.png") == {"duplicate"}  # “copy” sorts before it, and is as large
    (again,) = (one for one in report.pictures if one.file == "again.jpg")
    assert again.findings[0].kind == "near_duplicate" and again.findings[0].other == "good 2.png"
    assert report.left_out == {"good 1.png", "white.png", "half.jpg", "empty.png", "text.gif"}
    assert sum(bar.count for bar in size_bars(report.pictures)) == 11
    assert [bar.count for bar in aspect_bars(report.pictures) if bar.low == 0] == [1]
    assert not list(place.glob("*.txt")) and len(list(place.iterdir())) == 15  # only read


def test_classes_captions_and_tests_given_apart(tmp_path: Path) -> None:
    save(tmp_path / "train" / "pine" / "a.png", scene(1))
    (tmp_path / "train" / "pine" / "a.txt").write_text("\ufeff古松 old\npine", encoding="utf-8")
    save(tmp_path / "train" / "pine" / "b.png", scene(2))
    save(tmp_path / "train" / "crane" / "c.png", scene(3))
    save(tmp_path / "test" / "pine" / "d.png", scene(2))  # the same as b
    report = checked(tmp_path)
    assert {one.file: (one.split, one.label) for one in report.pictures} == {
        "test/pine/d.png": ("test", "pine"),
        "train/crane/c.png": ("train", "crane"),
        "train/pine/a.png": ("train", "pine"),
        "train/pine/b.png": ("train", "pine"),
    }
    assert kinds(report, "train/pine/b.png") == {"leak"} and not kinds(report, "test/pine/d.png")
    assert report.pictures[2].caption == "古松 old pine"
    assert report.classes == {"crane": 1, "pine": 2} and report.lonely() == ("crane",)
    assert report.left_out == {"train/pine/b.png"}


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open", "closed"):
        save(tmp_path / name / "0.png", scene(len(name)))
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patched:
        patched.setitem(os.walk.__globals__, "scandir", refusing)
        report = checked(tmp_path)
    assert {one.file: one.usable for one in report.pictures} == {"open/0.png": True, "closed/": False}
    assert kinds(report, "closed/") == {"undecodable"}


def test_a_test_folder_elsewhere_is_held_out(tmp_path: Path) -> None:
    train, test = tmp_path / "a", tmp_path / "b"
    for number in range(3):
        save(train / f"{number}.png", scene(number))
    save(test / "x.png", scene(1))
    save(test / "y.png", scene(9))
    report = checked(train, test)
    assert kinds(report, "1.png") == {"leak"}
    assert [one.split for one in report.pictures] == ["train"] * 3 + ["test"] * 2
    assert Path(report.pictures[-1].file) == test / "y.png"
    inside = checked(tmp_path, test)  # the test folder lies in the folder: its pictures are not trained on
    assert sum(one.split == "train" for one in inside.pictures) == 3


def test_a_folder_named_train_alone_is_a_class(tmp_path: Path) -> None:
    save(tmp_path / "train" / "a.png", scene(1))
    save(tmp_path / "plane" / "b.png", scene(2))
    assert {one.label for one in list_pictures(tmp_path)} == {"train", "plane"}


@pytest.mark.parametrize("broken", [0, 1, 10])
def test_none_one_or_ten_broken_pictures(tmp_path: Path, broken: int) -> None:
    for number in range(4):
        save(tmp_path / f"{number}.png", scene(number))
    for number in range(broken):
        (tmp_path / f"bad {number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    report = checked(tmp_path)
    assert report.counts.get("undecodable", 0) == broken
    assert all(f.reason for one in report.pictures for f in one.findings)


def test_folders_that_cannot_be_used_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no picture") as error:
        checked(tmp_path)
    assert str(tmp_path) in str(error.value)
    (tmp_path / "bad.png").write_bytes(b"bad")
    with pytest.raises(DataError, match="no picture"):
        checked(tmp_path)
    with pytest.raises(DataError, match="no folder"):
        checked(tmp_path / "nowhere")
    with pytest.raises(DataError, match="elsewhere"):
        checked(tmp_path, tmp_path / "elsewhere")
    with pytest.raises(DataError, match="both"):
        checked(tmp_path, tmp_path / ".")


def test_links_do_not_make_it_endless(tmp_path: Path) -> None:
    save(tmp_path / "a.png", scene(1))
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.png").symlink_to(tmp_path / "nothing.png")
    assert [one.file for one in list_pictures(tmp_path)] == ["a.png"]


def test_stopping_leaves_no_thread(tmp_path: Path) -> None:
    for number in range(80):
        save(tmp_path / f"{number}.png", scene(number, 64, 64))
    running = check_folder(tmp_path)
    assert isinstance(running, Generator)
    while not isinstance(next(running), Examined):
        pass
    running.close()


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I;16", "I", "F"]
)
def test_any_mode_is_read(mode: str) -> None:
    grey = np.tile(np.linspace(0, 255, 60), (50, 1))
    if mode in ("I;16", "I", "F"):
        scale = {"I;16": 257, "I": 257, "F": 1 / 255}[mode]
        dtype = {"I;16": np.uint16, "I": np.int32, "F": np.float32}[mode]
        picture = Image.fromarray((grey * scale).astype(dtype))
    else:
        picture = Image.fromarray(grey.astype(np.uint8)).convert("RGB")
        picture = picture.convert("RGBA").convert(mode) if mode in ("LA", "PA") else picture
        if mode == "LAB":
            picture = Image.new("LAB", (60, 50))
            picture.putdata([(int(value), 128, 128) for value in grey.ravel()])
        elif mode not in ("LA", "PA"):
            picture = picture.convert(mode)
    stream = io.BytesIO()
    picture.save(stream, "PNG" if mode in ("P", "RGBA", "LA", "I;16", "1") else "TIFF")
    read = read_picture(stream.getvalue())
    assert read.rgb.shape == (50, 60, 3) and (read.width, read.height) == (60, 50)
    means = read.rgb[..., 1].mean(axis=0)
    assert means[:8].mean() < 60 and means[-8:].mean() > 190


def test_orientation_and_transparency() -> None:
    pixels = scene(1, 64, 32)
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(pixels).save(stream, "JPEG", exif=exif, quality=95)
    for at_least in (0, 8):
        read = read_picture(stream.getvalue(), at_least)
        assert (read.width, read.height) == (32, 64) and read.rgb.shape[0] > read.rgb.shape[1]
    clear = np.dstack([np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8), np.uint8)])
    stream = io.BytesIO()
    Image.fromarray(clear).save(stream, "PNG")
    read = read_picture(stream.getvalue())
    assert (read.rgb == 255).all() and read.alpha is not None and not read.alpha.any()


def test_a_bomb_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIXEL_LIMIT", 1000)
    stream = io.BytesIO()
    Image.fromarray(scene(1)).save(stream, "PNG")
    with pytest.raises(TooLarge, match="200 × 160"):
        read_picture(stream.getvalue())
    save(tmp_path / "large.png", scene(1))
    save(tmp_path / "small.png", scene(2, 20, 20))
    assert checked(tmp_path).counts == {"too_large": 1, "small": 1}


@pytest.mark.parametrize("angle", [0.0, 2.5, -4.0])
def test_the_sheet_in_its_border(angle: float) -> None:
    ground = np.full((300, 400, 3), (250, 250, 252), np.uint8)
    sheet = cv2.resize(scene(3), (280, 190))
    sheet = (sheet // 3 + np.array([120, 110, 80], np.uint8)).astype(np.uint8)
    ground[50:240, 60:340] = sheet
    turn = cv2.getRotationMatrix2D((199.5, 149.5), -angle, 1.0)  # OpenCV counts anticlockwise
    turned = cv2.warpAffine(ground, turn, (400, 300), flags=cv2.INTER_LINEAR, borderValue=(250, 250, 252))
    found = measuring.sheet_of(turned)
    assert found is not None and found.askew == (angle != 0)
    assert abs(found.angle - angle) < 0.4
    assert abs(found.width * 400 - 280) < 5 and abs(found.height * 300 - 190) < 5


def test_what_is_no_sheet() -> None:
    assert measuring.sheet_of(scene(1)) is None
    ink = np.full((200, 200, 3), 250, np.uint8)
    cv2.line(ink, (20, 180), (180, 30), (20, 20, 20), 9)
    cv2.circle(ink, (120, 140), 40, (60, 60, 60), 6)
    assert measuring.sheet_of(ink) is None
    assert measuring.sheet_of(np.zeros((1, 9, 3), np.uint8)) is None


def test_paper_and_seal() -> None:
    paper = np.full((96, 96, 3), (236, 222, 190), np.uint8)
    cv2.line(paper, (10, 80), (80, 20), (30, 30, 30), 6)
    assert measuring.paper_of(paper).notable and measuring.paper_of(paper).colour == (236, 222, 190)
    white = np.full((96, 96, 3), 252, np.uint8)
    assert not measuring.paper_of(white).notable
    shaded = (white * np.linspace(0.82, 1, 96)[None, :, None]).astype(np.uint8)
    assert measuring.paper_of(shaded).uneven > 18 and measuring.paper_of(shaded).notable
    assert not measuring.has_seal(paper)
    paper[70:80, 74:84] = (190, 40, 30)
    assert measuring.has_seal(paper)


def test_copies_against_a_comparison_of_all_pairs() -> None:
    random = np.random.default_rng(5)
    hashes = random.integers(0, 2**63, 700, dtype=np.uint64)
    hashes[300:340] = hashes[:40] ^ np.uint64(0b101)  # two bits
    hashes[340:380] = hashes[40:80] ^ np.uint64(0b1111111)  # seven bits: too many
    means = np.zeros((700, 16, 16, 3), np.uint8)
    means[320] = 200  # alike in bits, not in colour
    digests = [str(number) for number in range(699)] + ["7"]
    found = {
        (p.first, p.second): p.bits for some in pairs_of(Signatures(digests, hashes, means)) for p in some
    }
    expected = {(number, number + 300): 2 for number in range(40) if number != 20} | {(7, 699): -1}
    assert found == expected
    assert groups_of([Pair(3, 5, 1), Pair(5, 9, 1), Pair(1, 2, 0)]) == {3: 3, 5: 3, 9: 3, 1: 1, 2: 1}


def test_events_of_a_check_cross_a_socket(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / f"{number}.png", scene(number))
    events = list(api.ask(CheckData(folder=str(tmp_path))))
    (examined,) = (event for event in events if isinstance(event, Examined))
    near, far = socket.socketpair()
    with near, far:
        frames.send(near, examined)
        again = frames.receive(far)
        assert isinstance(again, Examined) and again.pictures == examined.pictures
        asked = PreviewData(folder=str(tmp_path), files=("1.png", "none.png"), decisions=Decisions(side=16))
        frames.send(near, Submit(1, 1, asked))
        submitted = frames.receive(far)
        assert isinstance(submitted, Submit) and submitted.request == asked
        (seen,) = (event for event in api.ask(asked) if isinstance(event, Squares))
        frames.send(near, seen)
        squares = frames.receive(far)
        assert isinstance(squares, Squares) and squares.file == "1.png"
        np.testing.assert_array_equal(squares.pixels.array(), seen.pixels.array())
        assert seen.pixels.shape == (16, 16, 3)
    assert bytes(again.thumbnails[0])[:2] == b"\xff\xd8"


def test_decisions_overrule_the_doctor(tmp_path: Path) -> None:
    save(tmp_path / "a.png", scene(1))
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes())
    (tmp_path / "c.png").write_bytes(b"bad")
    first, copy, broken = checked(tmp_path).pictures
    assert not Decisions().leaves_out(first) and Decisions().leaves_out(copy)
    assert not Decisions(included=("b.png",)).leaves_out(copy)
    assert Decisions(included=("c.png",)).leaves_out(broken)
    assert Decisions(excluded=("a.png",)).leaves_out(first)


def test_the_command_says_it_and_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(8):
        save(tmp_path / "松" / f"{number}.png", scene(number))
        save(tmp_path / "鹤" / f"copy {number}.png", scene(number))
    (tmp_path / "松" / "bad.png").write_bytes(b"bad")
    assert cli.main(["--lang", "en", "data", "check", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "files: 17, pictures among them: 16; for training: 8, left out: 9" in said
    assert "1 file cannot be read" in said and "8 files are copies" in said and "3 more" in said
    assert cli.main(["data", "check", str(tmp_path), "--json"]) == 0
    report = msgspec.json.decode(capsys.readouterr().out, type=DataReport)
    assert len(report.pictures) == 17 and report.classes == {"松": 8, "鹤": 8}
    assert cli.main(["--lang", "en", "data", "check", str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err


def test_six_hundred_damaged_files_never_stop_it() -> None:
    random = np.random.default_rng(4)
    whole = []
    for kind, options in (
        ("PNG", {}),
        ("JPEG", {}),
        ("WEBP", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("GIF", {}),
    ):
        stream = io.BytesIO()
        Image.fromarray(scene(1, 50, 40)).save(stream, kind, **options)
        whole.append(stream.getvalue())
    outcomes = set()
    for _ in range(600):
        data = np.frombuffer(whole[random.integers(len(whole))], np.uint8).copy()
        reach = min(len(data), int(random.choice((60, 400, 100_000))))
        data[random.integers(0, reach, random.choice((1, 3, 30)))] = random.integers(256)
        try:
            read_picture(data[: random.integers(1, len(data) + 1)].tobytes(), 16)
            outcomes.add("read")
        except reading.BROKEN:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
