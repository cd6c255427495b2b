"""Files and bad luck: what is told, what stays, and that nothing already made is lost."""

from __future__ import annotations

import builtins
import io
import os
import sqlite3
import struct
import subprocess
import time
import weakref
import zlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import paths
from studio import settings as settings_file
from studio.document.history import Revision
from studio.document.layer import Paint
from studio.project import export, recovery, strips
from studio.project.decode import decode
from studio.project.journal import Journal
from studio.project.png import encode_png
from studio.project.project_file import open_as_journal
from studio.project.project_file import save as save_project
from studio.project.store import VERSION
from studio.project.tiff import encode_tiff
from studio.workspace import file_work
from studio.workspace.file_work import EVICT_EVERY
from studio.workspace.picture import Picture
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench, Engine

SIZE = (320, 280)
NAMES = ("夕阳 🌅.png", "e\u0301té à la mer.png", "con'dit\"ion %20#?.png", "ЁЖ ملف.png")


def png(size: tuple[int, int] = SIZE) -> bytes:
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    pixels = np.stack([x % 256, y % 256, (x + y) % 256], -1).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(png())).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def enormous() -> bytes:
    """A PNG whose header says 60 000 × 60 000."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + png()[33:]
    )


def flat(picture: Picture) -> np.ndarray:
    return picture.renderer.flatten(picture.document.artwork)


def saved(bench: Bench, path: Path) -> None:
    bench.studio.filing.save(bench.picture, str(path))
    bench.settle()


def test_a_project_that_another_program_changed_is_not_replaced_unasked(
    painted: Bench, tmp_path: Path
) -> None:
    studio, picture, path = painted.studio, painted.studio.current, tmp_path / "画.danqing"
    assert picture is not None
    studio.filing.save(picture, str(path))
    painted.settle()
    theirs, _ = open_as_journal(path)  # a second studio opens it, paints and saves
    theirs.set_meta(title="theirs")
    save_project(theirs, path)
    theirs.close()
    before = path.read_bytes()
    painted.stroke(y=50)
    told = len(painted.told)
    studio.filing.save(picture, str(path), only_if_unchanged=True)
    painted.settle()
    assert path.read_bytes() == before and picture.modified
    (notice,) = painted.told[told:]
    assert notice.action == "save-as" and "画.danqing" in notice.arguments["reason"]
    studio.filing.save(picture, str(path))  # asked: Save as, under its own name
    painted.settle()
    assert path.read_bytes() != before and not picture.modified
    painted.stroke(y=70)
    studio.filing.save(picture, str(path), only_if_unchanged=True)  # nobody came in between now
    painted.settle()
    assert not picture.modified


@pytest.fixture
def painted(bench: Bench) -> Bench:
    """A picture with three strokes, each a step."""
    bench.studio.new_picture(*SIZE)
    for number in range(3):
        bench.stroke(y=20 + 30 * number)
    return bench


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of two MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Uses up the disk but for ``leave`` bytes."""
    state = os.statvfs(folder)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - leave)))
    return ballast


# opening what cannot be opened


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("諸葛.png", b"to be or not to be", ("諸葛.png", "is not a picture")),
        ("empty.jpg", b"", ("empty.jpg", "0 bytes", "Copy it again")),
        ("half.jpg", jpeg()[: len(jpeg()) // 2], ("half.jpg", "not copied completely")),
        ("half.png", png()[: len(png()) // 2], ("half.png", "not copied completely")),
        ("huge.png", enormous(), ("huge.png", "60000 × 60000", "Make it smaller")),
        ("a.danqing", b"SQLite format 3\0" + bytes(5000), ("a.danqing",)),
        ("b.ora", b"PK\x03\x04 and then nothing", ("b.ora",)),
        ("c.exe", b"MZ" + bytes(100), ("c.exe", "is not a picture")),
    ],
)
def test_what_is_no_picture_is_named_with_a_remedy(
    painted: Bench, tmp_path: Path, name: str, data: bytes, words: tuple[str, ...]
) -> None:
    before = painted.picture
    (tmp_path / name).write_bytes(data)
    painted.open(tmp_path / name)
    (sentence,) = painted.sentences("error")
    assert all(word in sentence for word in words), sentence
    assert painted.picture is before and not painted.studio.jobs.lines
    painted.stroke(y=130)
    assert len(painted.labels()) == 5, "work goes on"


def test_folders_missing_files_and_forbidden_ones(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(tmp_path)
    bench.open(tmp_path / "nowhere.png")
    secret = tmp_path / "secret.png"
    secret.write_bytes(png())
    original = builtins.open

    def refusing(file: object, *arguments: object, **options: object) -> object:
        if os.fspath(file) == str(secret):  # type: ignore[call-overload]
            raise PermissionError(13, "Permission denied", str(secret))
        return original(file, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", refusing)
    bench.open(secret)
    folder, missing, forbidden = bench.sentences("error")
    assert "is a folder" in folder
    assert "nowhere.png" in missing and "not there any more" in missing
    assert "secret.png" in forbidden and "permissions" in forbidden
    assert not bench.studio.pictures


@pytest.mark.parametrize("name", NAMES)
def test_any_name_opens_saves_and_exports(bench: Bench, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "画 ✨"
    folder.mkdir()
    (folder / name).write_bytes(png())
    bench.open(folder / name)
    assert bench.picture.title == Path(name).stem
    bench.stroke()
    shown = flat(bench.picture)
    project = folder / (Path(name).stem + ".danqing")
    saved(bench, project)
    bench.studio.filing.export(bench.picture, str(folder / f"out {name}"))
    bench.settle()
    assert not bench.sentences("error") and (folder / f"out {name}").stat().st_size
    bench.close()
    bench.open(project)
    assert np.array_equal(flat(bench.picture), shown)


def test_a_project_of_a_newer_version(painted: Bench, tmp_path: Path) -> None:
    project = tmp_path / "new.danqing"
    saved(painted, project)
    painted.close()
    with sqlite3.connect(project) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 6}")
    connection.close()
    before = project.read_bytes()
    painted.open(project)
    (sentence,) = painted.sentences("error")
    assert "new.danqing" in sentence and f"version {VERSION + 6}" in sentence
    assert project.read_bytes() == before


def damage(project: Path, surface_tile: bytes) -> None:
    """Flips bytes in the middle of one stored tile."""
    with sqlite3.connect(project) as connection:
        row = connection.execute("SELECT bytes FROM tile WHERE digest = ?", (surface_tile,)).fetchone()
    connection.close()
    data = project.read_bytes()
    place = data.find(row[0][:64])
    assert place > 0
    spoiled = bytearray(data)
    for offset in range(8, 40):
        spoiled[place + offset] ^= 0xFF
    project.write_bytes(bytes(spoiled))


def test_a_damaged_project_gives_every_intact_layer_and_names_the_other(bench: Bench, tmp_path: Path) -> None:
    bench.studio.new_picture(128, 96)
    for name in ("Boat 舟", "Moon"):
        bench.studio.layers.add_paint()
        bench.studio.layers.rename(bench.active.id, name)
        bench.stroke(y=30 if name == "Moon" else 60)
    project = tmp_path / "湖.danqing"
    saved(bench, project)
    intact = {layer.name: layer for layer in bench.picture.document.artwork.layers}
    boat = intact["Boat 舟"]
    assert isinstance(boat, Paint)
    wanted = {name: layer.surface.read(layer.surface.bounds) for name, layer in intact.items()}  # type: ignore[attr-defined]
    digest = next(iter(boat.surface.tiles.values())).digest
    bench.close()
    damage(project, digest)
    bench.told.clear()
    bench.open(project)
    (sentence,) = bench.sentences("warn")
    assert "湖 is damaged" in sentence and sentence.endswith("lost: Boat 舟.")
    for layer in bench.picture.document.artwork.layers:
        assert isinstance(layer, Paint)
        if layer.name != "Boat 舟":
            assert np.array_equal(layer.surface.read(layer.surface.bounds), wanted[layer.name])
    bench.stroke(y=80)
    saved(bench, tmp_path / "rescued.danqing")
    assert not bench.sentences("error")


def test_a_damaged_journal_gives_back_what_it_still_holds(painted: Bench) -> None:
    assert painted.picture.journal is not None
    place = painted.picture.journal.path
    painted.picture.journal.checkpoint()
    painted.close()
    place.with_name(place.name + "-wal").unlink(missing_ok=True)
    data = place.read_bytes()
    place.write_bytes(bytes(100) + data[100:-10_000])
    found: list[recovery.Recoverable] = []
    painted.studio.filing.recoverable(found.extend)
    painted.settle()
    (item,) = (one for one in found if one.path == place)
    assert item.title == "Damaged picture" and item.problem
    painted.studio.filing.recover(item)
    painted.settle()
    assert painted.picture.title == "Damaged picture" and painted.picture.modified
    assert flat(painted.picture).any()
    assert not place.exists() and place.with_suffix(recovery.DAMAGED).exists()
    found.clear()
    painted.studio.filing.recoverable(found.extend)
    painted.settle()
    assert place not in [one.path for one in found]


def test_a_journal_of_which_nothing_came_back_is_offered_until_it_is_deleted(bench: Bench) -> None:
    place = recovery.paths.journals() / "empty.danqing"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"not a journal at all" * 999)

    def offered() -> list[recovery.Recoverable]:
        found: list[recovery.Recoverable] = []
        bench.studio.filing.recoverable(found.extend)
        bench.settle()
        return found

    (item,) = offered()
    bench.studio.filing.recover(item)
    bench.settle()
    (sentence,) = bench.sentences("error")
    assert "Damaged picture" in sentence
    assert [one.path for one in offered()] == [place], "a full disk may have been the reason"
    bench.studio.filing.discard(item)
    bench.settle()
    assert not offered() and not place.exists()


def test_a_project_that_was_cut_opens_as_an_unsaved_picture(painted: Bench, tmp_path: Path) -> None:
    wanted, project = flat(painted.picture), tmp_path / "湖.danqing"
    saved(painted, project)
    painted.close()
    data = project.read_bytes()
    project.write_bytes(bytes(100) + data[100:-20_000])
    cut = project.read_bytes()
    painted.told.clear()
    painted.open(project)
    *lost, sentence = painted.sentences("warn")  # which layers are lost depends on where the cut fell
    assert "湖.danqing is damaged" in sentence and "another name" in sentence
    assert all("lost:" in one for one in lost)
    assert painted.picture.title == "湖" and not painted.picture.path and painted.picture.modified
    assert flat(painted.picture).shape == wanted.shape
    painted.stroke(y=90)
    saved(painted, tmp_path / "again.danqing")
    assert not painted.sentences("error") and project.read_bytes() == cut
    painted.close()
    painted.open(tmp_path / "again.danqing")
    assert len(painted.picture.document.history) > 1


# the same file twice, several files, files in each other's way


def test_the_same_file_twice_is_one_picture(bench: Bench, tmp_path: Path) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(png())
    bench.studio.open(str(photo))
    bench.studio.open(str(photo))
    bench.settle()
    assert len(bench.studio.pictures) == 1
    bench.open(photo)
    assert len(bench.studio.pictures) == 1
    bench.stroke()
    bench.open(photo)
    assert len(bench.studio.pictures) == 2, "what was changed since is not what lies on the disk"
    saved(bench, tmp_path / "p.danqing")
    bench.studio.open(str(tmp_path / "p.danqing"))
    bench.studio.open(str(tmp_path / "p.danqing"))
    bench.settle()
    assert len(bench.studio.pictures) == 2


def test_saving_over_another_open_project_loses_neither(bench: Bench, tmp_path: Path) -> None:
    project = tmp_path / "lake.danqing"
    bench.studio.new_picture(*SIZE)
    bench.stroke(y=40)
    saved(bench, project)
    bench.close()
    bench.studio.open(str(project))
    for _ in range(2):  # opened, its tiles not copied yet
        bench.studio.files_lane.step()
    lake = bench.picture
    other = bench.studio.new_picture(*SIZE)
    bench.stroke(y=200)
    mine = flat(other)
    saved(bench, project)
    assert other.path == str(project) and not other.modified
    assert lake.path == "" and lake.modified
    bench.studio.choose(lake)
    assert flat(lake)[40, 40, :3].max() < 0.5 and flat(lake)[200, 40, :3].min() > 0.5
    bench.studio.undo()
    bench.studio.redo()
    bench.close()
    bench.open(project)
    assert np.array_equal(flat(bench.picture), mine), "the file is what was saved last"
    left = [item for item in recovery.list_journals() if item.modified]
    assert [item.title for item in left] == ["lake"], "the other one waits to be restored"


def test_saving_over_a_project_that_was_closed_unsaved_keeps_both(bench: Bench, tmp_path: Path) -> None:
    project = tmp_path / "lake.danqing"
    bench.studio.new_picture(*SIZE)
    saved(bench, project)
    bench.stroke(y=40)
    bench.close()
    bench.studio.new_picture(*SIZE)
    bench.stroke(y=200)
    saved(bench, project)
    bench.close()
    bench.open(project)
    assert flat(bench.picture)[200, 40, :3].max() < 0.5 and flat(bench.picture)[40, 40, :3].min() > 0.5
    found: list = []
    bench.studio.filing.recoverable(found.append)
    bench.settle()
    assert len(found[0]) == 1
    bench.studio.filing.recover(found[0][0])
    bench.studio.filing.recover(found[0][0])
    bench.settle()
    assert len(bench.studio.pictures) == 2 and not bench.sentences("error")
    assert flat(bench.picture)[40, 40, :3].max() < 0.5


def test_closed_unsaved_comes_back_when_its_file_is_opened(painted: Bench, tmp_path: Path) -> None:
    project = tmp_path / "lake.danqing"
    saved(painted, project)
    painted.stroke(y=200)
    shown = flat(painted.picture)
    painted.close()
    painted.open(project)
    assert np.array_equal(flat(painted.picture), shown) and painted.picture.modified
    assert "Restored" in painted.sentences("info")[-1]
    painted.studio.undo()
    assert not painted.picture.modified


def test_a_broken_journal_does_not_keep_its_file_from_opening(painted: Bench, tmp_path: Path) -> None:
    project = tmp_path / "lake.danqing"
    saved(painted, project)
    shown = flat(painted.picture)
    painted.stroke(y=200)
    painted.close()
    (journal,) = paths.journals().glob("*.danqing")
    with sqlite3.connect(journal) as connection:
        connection.execute("DELETE FROM manifest")
    connection.close()
    painted.open(project)
    assert np.array_equal(flat(painted.picture), shown) and not painted.sentences("error")


def test_untitled_pictures_are_there_after_closing(painted: Bench) -> None:
    shown, labels = flat(painted.picture), painted.labels()
    painted.close()
    found: list = []
    painted.studio.filing.recoverable(found.append)
    painted.settle()
    ((item,),) = found
    assert Image.open(io.BytesIO(item.thumbnail)).size[0] > 100
    painted.studio.filing.recover(item)
    painted.settle()
    assert np.array_equal(flat(painted.picture), shown) and painted.labels() == labels
    for _ in range(3):
        painted.studio.undo()
    assert flat(painted.picture).min() == 1


def test_a_picture_never_touched_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    bench.open(tmp_path / "a.png")
    bench.studio.new_picture(64, 64)
    bench.settle()
    bench.close()
    assert not list(paths.journals().glob("*.danqing*"))


# stopping


def test_an_opening_can_be_stopped(bench: Bench, painted: Bench, tmp_path: Path) -> None:
    project = tmp_path / "lake.danqing"
    saved(painted, project)
    painted.close()
    painted.studio.open(str(project))
    (line,) = painted.studio.jobs.lines
    assert line.stop is not None
    painted.studio.files_lane.step()
    line.stop()
    painted.settle()
    assert not painted.studio.pictures and not painted.studio.jobs.lines
    assert not list(paths.journals().glob("*.danqing"))
    painted.open(project)
    assert painted.picture.title == "lake"


def test_a_save_can_be_stopped_and_says_how_far_it_is(
    painted: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "lake.danqing"
    saved(painted, project)
    before = project.read_bytes()
    monkeypatch.setattr("studio.project.project_file._COPIED_AT_ONCE", 1)
    painted.stroke(y=130)
    painted.settle()
    painted.studio.filing.save(painted.picture, str(project))
    (line,) = painted.studio.jobs.lines
    while (part := painted.studio.jobs.lines[0].part) is None:
        assert painted.studio.files_lane.step()
    assert 0 < part < 1 and line.stop is not None
    line.stop()
    painted.settle()
    assert not painted.studio.jobs.lines and project.read_bytes() == before
    assert painted.picture.modified and [file.name for file in tmp_path.iterdir()] == ["lake.danqing"]
    saved(painted, project)
    assert not painted.picture.modified and project.read_bytes() != before


@pytest.mark.parametrize("ending", [".png", ".ora"])
def test_an_export_can_be_stopped(painted: Bench, tmp_path: Path, ending: str) -> None:
    painted.studio.filing.export(painted.picture, str(tmp_path / f"out{ending}"))
    (line,) = painted.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    painted.settle()
    assert not painted.studio.jobs.lines and not painted.picture.exports and not list(tmp_path.iterdir())


def test_a_flattening_that_nobody_waits_for_ends(painted: Bench, tmp_path: Path) -> None:
    flattening = file_work._Flattening(painted.picture)
    assert flattening(painted.picture.document.artwork).shape[2] == 4 and flattening.part
    flattening.stopped = True
    with pytest.raises(file_work._Stopped):
        file_work._exported(flattening, painted.picture.document.artwork, str(tmp_path / "out.png"), None)
    assert not list(tmp_path.iterdir())


def test_the_end_while_a_file_is_on_its_way_leaves_no_journal(painted: Bench, tmp_path: Path) -> None:
    project = tmp_path / "lake.danqing"
    saved(painted, project)
    painted.close()
    painted.studio.open(str(project))
    painted.studio.filing.stop_opening()
    painted.settle()
    assert not painted.studio.pictures and not list(paths.journals().glob("*.danqing"))


# disks


def test_a_save_on_a_full_disk_leaves_the_old_file(painted: Bench, small_disk: Path) -> None:
    project = small_disk / "湖.danqing"
    saved(painted, project)
    before = project.read_bytes()
    noise = np.random.default_rng(1).integers(0, 255, (700, 700, 3), np.uint8)
    Image.fromarray(noise).save(small_disk.parent / "noise.png")
    fill(small_disk, leave=65536)
    painted.open(small_disk.parent / "noise.png")
    painted.told.clear()
    saved(painted, project)
    (sentence,) = painted.sentences("error")
    assert "湖.danqing could not be saved" in sentence and "disk is full" in sentence
    assert "safe in the journal" in sentence and ".part" not in sentence
    assert project.read_bytes() == before
    assert not [name for name in os.listdir(small_disk) if name.endswith(".part")]
    assert painted.picture.path == ""
    (small_disk / "ballast").unlink()
    saved(painted, painted_elsewhere := small_disk.parent / "there.danqing")
    assert painted_elsewhere.exists() and painted.picture.path == str(painted_elsewhere)


def test_an_export_on_a_full_disk_names_the_file(painted: Bench, small_disk: Path) -> None:
    fill(small_disk)
    painted.studio.filing.export(painted.picture, str(small_disk / "out.png"))
    painted.settle()
    (sentence,) = painted.sentences("error")
    assert "out.png" in sentence and "disk is full" in sentence
    assert not (small_disk / "out.png").exists() and not painted.studio.jobs.lines


def test_a_full_disk_under_the_journal_costs_no_stroke(
    make: Callable[..., Bench], small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANQING_HOME", str(small_disk))
    bench = make(Engine())
    bench.studio.new_picture(*SIZE)
    bench.settle()
    ballast = fill(small_disk)
    for number in range(4):
        bench.stroke(y=30 * number + 20)
    (sentence, *_) = bench.sentences("error")
    assert "journal cannot be written" in sentence and "“Untitled 1”" in sentence
    shown = flat(bench.picture)
    # the card's remedy, saving elsewhere, works although the journal is full
    saved(bench, elsewhere := tmp_path / "elsewhere.danqing")
    assert "Saved elsewhere.danqing." in bench.sentences("done")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["disk", "elsewhere.danqing"]
    # and with room again the next step brings the missed ones along
    ballast.unlink()
    bench.stroke(y=200)
    assert bench.picture.journal is not None
    written = [entry.label for entry in bench.picture.journal.entries]
    assert written == ["New picture", "Paint", "Paint", "Paint", "Paint", "Paint"]
    bench.close()
    bench.open(elsewhere)
    assert bench.picture.title == "elsewhere" and not bench.picture.modified
    assert np.array_equal(flat(bench.picture), shown)


def test_closing_while_the_journal_is_full_brings_the_picture_back(
    make: Callable[..., Bench], small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANQING_HOME", str(small_disk))
    bench = make(Engine())
    picture = bench.studio.new_picture(*SIZE)
    bench.settle()
    ballast = fill(small_disk)
    bench.stroke()
    bench.studio.close(picture)
    bench.settle()
    assert bench.studio.pictures == [picture] and bench.sentences("error")
    ballast.unlink()
    bench.studio.close(picture)
    bench.settle()
    assert not bench.studio.pictures
    (left,) = recovery.list_journals()
    assert left.steps == 2


def test_no_place_for_journals_at_all(make: Callable[..., Bench], home: Path, tmp_path: Path) -> None:
    paths.state().mkdir(parents=True)
    paths.journals().write_text("a file where the folder should be")
    bench = make(Engine())
    (tmp_path / "a.png").write_bytes(png())
    bench.open(tmp_path / "a.png")
    bench.stroke()
    assert all("journal cannot be written" in sentence for sentence in bench.sentences("error"))
    shown = flat(bench.picture)
    saved(bench, tmp_path / "b.danqing")
    assert bench.sentences("done") == ["Saved b.danqing."]
    paths.journals().unlink()
    bench.close()
    bench.told.clear()
    bench.open(tmp_path / "b.danqing")
    assert np.array_equal(flat(bench.picture), shown) and not bench.sentences("error")


def test_a_read_only_place_is_named(painted: Bench, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    saved(painted, small_disk / "x.danqing")
    painted.studio.filing.export(painted.picture, str(small_disk / "x.png"))
    painted.settle()
    save, export = painted.sentences("error")
    assert "x.danqing could not be saved" in save and "“x.danqing”" in save and ".part" not in save
    assert "x.png could not be exported" in export and "read-only" in export
    saved(painted, small_disk.parent / "no" / "such" / "y.danqing")
    assert "“y.danqing”" in painted.sentences("error")[-1]


def test_settings_that_cannot_be_kept_are_told_once_and_hold(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings_file, "save", full)
    bench.studio.change_settings(theme="light")
    assert not bench.sentences("warn")  # the hand does not wait for the disk
    bench.settle()
    bench.studio.change_settings(theme="dark")
    bench.settle()
    (sentence,) = bench.sentences("warn")
    assert "settings.json" in sentence and "No space left" in sentence
    assert bench.studio.settings.theme == "dark"


def test_undo_into_a_step_that_is_gone_is_told(painted: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.project.errors import StoreError

    document = painted.picture.document

    def lost(*_: object) -> None:
        raise StoreError("lost_tile", "x.danqing")

    monkeypatch.setattr(document, "undo", lost)
    painted.studio.undo()
    assert "Untitled 1" in painted.sentences("error")[0] and document.cursor == 3


def test_two_studios_never_share_a_journal(make: Callable[..., Bench], tmp_path: Path) -> None:
    one, other = make(Engine()), make(Engine())
    one.studio.new_picture(*SIZE)
    one.stroke(y=40)
    saved(one, tmp_path / "p.danqing")
    one.stroke(y=80)
    found: list = []
    other.studio.filing.recoverable(found.append)
    other.settle()
    assert found == [[]], "what another studio has open is not offered"
    other.open(tmp_path / "p.danqing")
    other.stroke(y=120)
    assert flat(other.picture)[80, 40, :3].min() > 0.5 and flat(one.picture)[120, 40, :3].min() > 0.5
    assert one.picture.journal is not None and other.picture.journal is not None
    assert one.picture.journal.path != other.picture.journal.path
    with pytest.raises(Exception, match="open in another running Danqing"):
        Journal.open(one.picture.journal.path)


# several things at once


def test_steps_are_written_while_an_export_is_under_way(painted: Bench, tmp_path: Path) -> None:
    painted.studio.filing.export(painted.picture, str(tmp_path / "out.png"))
    lane = painted.studio.files_lane
    lane.step()
    gesture = painted.studio.painting.begin(painted.picture, Pointer(20, 200))
    assert gesture is not None
    gesture.finish()
    for _ in range(3):
        lane.step()
    assert painted.picture.journal is not None and len(painted.picture.journal.entries) == 5
    assert [line.label for line in painted.studio.jobs.lines] == ["Exporting {file}"]
    painted.settle()
    assert (tmp_path / "out.png").exists() and not painted.studio.jobs.lines


def test_closing_during_an_export_takes_nothing_from_it(painted: Bench, tmp_path: Path) -> None:
    shown = flat(painted.picture)
    saved(painted, tmp_path / "p.danqing")
    painted.close()
    painted.studio.open(str(tmp_path / "p.danqing"))
    for _ in range(2):
        painted.studio.files_lane.step()
    painted.studio.filing.export(painted.picture, str(tmp_path / "out.png"))
    painted.close()
    written = np.asarray(Image.open(tmp_path / "out.png").convert("RGB")) / 255
    assert np.abs(written - shown[..., :3]).max() < 0.003
    assert not list(paths.journals().glob("*.danqing"))


def test_a_file_that_arrives_under_the_pen_waits(painted: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    picture = painted.picture
    gesture = painted.studio.painting.begin(picture, Pointer(20, 200))
    assert gesture is not None
    painted.open(tmp_path / "a.png")
    assert painted.picture is picture and painted.studio.jobs.lines
    gesture.send(Pointer(60, 200, t=0.1))
    gesture.finish()
    assert picture.document.history[-1].label == "Paint" and len(picture.document.history) == 5
    assert painted.picture.title == "a" and not painted.studio.jobs.lines


def test_a_closed_picture_leaves_the_memory(bench: Bench) -> None:
    picture = bench.studio.new_picture(300, 300)
    bench.stroke()
    bench.settle()
    bench.studio.filing.save(picture, str(paths.state() / "closed.danqing"))
    bench.settle()
    renderer, tile = (
        weakref.ref(picture.renderer),
        weakref.ref(
            next(iter(picture.document.artwork.layers[0].surface.tiles.values()))  # type: ignore[attr-defined]
        ),
    )
    bench.studio.close(picture)
    bench.settle()
    del picture
    assert renderer() is None and tile() is None


def test_a_journal_that_holds_no_more_than_its_project_is_put_away(bench: Bench) -> None:
    """What a studio leaves that was killed just after saving."""
    target = paths.state() / "saved.danqing"
    picture = bench.studio.new_picture(64, 64)
    bench.stroke()
    bench.studio.filing.save(picture, str(target))
    bench.settle()
    journal, _ = open_as_journal(target)
    journal.close()
    assert journal.path.is_file()
    found: list = []
    bench.studio.filing.recoverable(found.append)
    bench.settle()
    assert found == [[]] and not journal.path.exists()
    target.unlink()
    assert picture.journal is not None and picture.journal.path.is_file(), "one that is open is left alone"


def test_tiles_that_lie_in_the_journal_leave_the_memory_when_they_are_too_many(painted: Bench) -> None:
    picture = painted.picture
    picture.tile_budget = 1
    before = flat(picture)
    for _ in range(EVICT_EVERY):
        painted.studio.layers.add_paint()
        painted.settle()
    bottom = picture.document.artwork.layers[0]
    assert isinstance(bottom, Paint)
    assert not any(tile.resident for tile in bottom.surface.tiles.values())
    assert np.array_equal(flat(picture), before), "they are read again when they are needed"


def test_a_step_of_many_tiles_makes_room_at_once(painted: Bench) -> None:
    picture = painted.picture
    picture.tile_budget = 1
    before = flat(picture)
    painted.stroke(20, 60)
    painted.settle()
    assert picture.written == 0 and not any(
        tile.resident for layer in picture.document.artwork.layers for tile in layer.surface.tiles.values()
    )
    painted.studio.undo()
    assert np.array_equal(flat(picture), before), "they are read again when they are needed"


def test_settings_changed_after_the_lanes_have_ended_are_written_all_the_same(bench: Bench) -> None:
    bench.settle()
    bench.studio.files_lane.close()
    bench.studio.change_settings(theme="light")
    assert settings_file.load().settings.theme == "light"


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_deep_picture_taken_in_strips_is_painted_on_and_exported(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """As a very large one is: through the journal, and out again band by band."""
    monkeypatch.setattr(strips, "FROM_PIXELS", 1)
    monkeypatch.setattr(export, "BAND_PIXELS", 1)
    deep = np.random.default_rng(8).integers(0, 65536, (700, 300, 3)).astype(np.uint16)
    source, out = tmp_path / f"深{suffix}", tmp_path / f"out{suffix}"
    source.write_bytes(b"".join((encode_png if suffix == ".png" else encode_tiff)(deep)))
    bench.open(source)
    artwork = bench.picture.document.artwork
    assert (artwork.width, artwork.height, artwork.precision) == (300, 700, "float32")
    assert bench.picture.journal is not None
    bench.studio.painting.choose_tool("brush")
    bench.stroke(20, 650)
    bench.studio.filing.export(bench.picture, str(out))
    bench.settle()
    found = decode(out.read_bytes()).pixels
    assert found.dtype == np.uint16 and np.array_equal(found[:500, :, :3], deep[:500])
    assert not np.array_equal(found[600:, :, :3], deep[600:])


def test_the_small_picture_of_a_picture_that_takes_long_is_made_seldom(
    painted: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, now = [], [time.monotonic()]

    def slow(picture: Picture, revision: Revision) -> Generator[None, None, float]:
        made.append(revision.id)
        yield
        return 3.0  # seconds

    monkeypatch.setattr("studio.workspace.file_work.thumbnail_kept", slow)
    monkeypatch.setattr("studio.workspace.filing.time.monotonic", lambda: now[0])
    for seconds, expected in ((100.0, 1), (30.0, 1), (31.0, 2)):
        now[0] += seconds
        painted.stroke(20, 60)
        painted.settle()
        assert len(made) == expected
