"""The way a picture came to be: its time and its film."""

from __future__ import annotations

import codecs
import csv
import io
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document import edits
from studio.document.document import Document
from studio.document.history import worked_seconds
from studio.project import earlier, project_file, video
from studio.project.errors import ExportError
from studio.project.video import Coding, coding_for, usable, write_video
from studio.workspace import filing, painting_time
from studio.workspace.process import RATE, ProcessVideo, frames, painting_seconds, schedule
from tests.workspace.conftest import Bench


@given(steps=st.integers(1, 3000), seconds=st.floats(3, 60), hold=st.floats(0, 30))
def test_every_frame_shows_a_step_in_order_and_the_last_is_held(
    steps: int, seconds: float, hold: float
) -> None:
    shown = schedule(steps, ProcessVideo(seconds=seconds, hold=hold))
    assert len(shown) == max(2, round(seconds * RATE))
    assert shown == sorted(shown) and shown[-1] == steps - 1 and shown[0] >= 0
    moving = len(shown) - min(round(hold * RATE), len(shown) - 1)
    if steps <= moving and steps > 1:
        assert set(shown) == set(range(steps))


def test_pauses_do_not_count_as_painting() -> None:
    times = [0, 5, 12, 12 + 3600, 12 + 3600 + 20]
    assert worked_seconds(times) == 5 + 7 + 10 + 20
    assert worked_seconds(times[:1]) == 0


def test_time_spent_on_steps_that_were_undone_counts() -> None:
    """Sixty strokes in twenty minutes, undone to the last, then another; and again, half of them."""
    now = [0.0]
    document = Document(edits.new_artwork(16, 16), clock=lambda: now[0])

    def step(seconds: float) -> None:
        now[0] += seconds
        document.commit("Name", document.artwork.with_(ppi=document.artwork.ppi + 1))

    def worked() -> float:
        return document.undone_seconds + worked_seconds([entry.time for entry in document.history])

    for _ in range(60):
        step(20)
    for _ in range(60):
        document.undo()
    assert worked() == 1200
    step(15)
    assert worked() == 1215 and len(document.history) == 2
    for _ in range(3):
        step(5)
    document.undo()
    document.undo()
    step(5)
    assert worked() == 1215 + 20, "a stroke soon after: nothing counts twice"
    document.undo()
    step(7200)
    assert worked() == 1215 + 20 + 10, "a pause counts as the step alone"


def test_undone_time_survives_the_file_and_is_written_by_days(bench: Bench, tmp_path: Path) -> None:
    picture = bench.studio.new_picture(160, 100)
    now = [picture.document.history[0].time]
    picture.document._clock = lambda: now[0]
    for y in range(10, 90, 10):
        now[0] += 100
        bench.stroke(x=10, y=y, length=140)
    for _ in range(8):
        picture.document.undo()
    now[0] += 50
    bench.stroke(x=10, y=50, length=140)
    assert painting_seconds(picture) == pytest.approx(850)
    path = tmp_path / "undone.danqing"
    for _ in range(2):
        bench.studio.filing.save(bench.picture, str(path))
        bench.settle()
        bench.studio.close(bench.picture)
        bench.settle()
        bench.open(path)
        assert painting_seconds(bench.picture) == pytest.approx(850, abs=0.01)
        assert bench.picture.earlier.steps == 0
    bench.picture.document.undo()
    bench.stroke(x=20, y=20, length=100)
    whole = painting_seconds(bench.picture)
    assert whole >= 850
    painting_time.write(bench.studio, bench.picture, str(tmp_path / "time.csv"))
    bench.settle()
    data = (tmp_path / "time.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert data[:3] == codecs.BOM_UTF8 and [row["Day"] for row in rows[-2:]] == [
        painting_time.UNDATED,
        painting_time.TOTAL,
    ]
    assert sum(int(row["Seconds"]) for row in rows[:-1]) == pytest.approx(whole, abs=1.5)
    assert rows[-1]["Picture"] == "undone" and float(rows[-1]["Hours"]) == round(whole / 3600, 2)
    painting_time.write(bench.studio, bench.picture, str(tmp_path / "missing" / "time.csv"))
    bench.settle()
    assert "The painting time was not written" in bench.sentences("error")[-1]
    assert painting_time._harmless("=1+1") == "'=1+1"


def test_the_days_have_all_the_time_between_them() -> None:
    begin = time.mktime((2026, 3, 1, 23, 59, 0, 0, 0, -1))
    times = [begin, begin + 40, begin + 100, begin + 3700, begin + 3760]
    found = painting_time.days(times)
    assert [(day.date, day.begin, day.end, day.steps) for day in found] == [
        ("2026-03-01", "23:59", "23:59", 2),
        ("2026-03-02", "00:00", "01:01", 3),
    ]
    assert [day.seconds for day in found] == [40, 60 + 10 + 60]
    assert sum(day.seconds for day in found) == worked_seconds(times) and painting_time.days([]) == []


def test_time_and_film_go_back_to_the_first_step_of_a_picture_whose_file_has_but_the_last(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "THUMBNAIL_SECONDS", 0.0)
    monkeypatch.setattr(filing, "THUMBNAIL_RESTS", 0.0)
    monkeypatch.setattr(project_file.saving, "__kwdefaults__", {"thumbnail": b"", "keep": 2})
    bench.studio.new_picture(160, 100)
    for y in (20, 40, 60, 80):
        bench.stroke(x=10, y=y, length=140)
        bench.settle()
    history, seconds = bench.picture.document.history, painting_seconds(bench.picture)
    path = tmp_path / "long.danqing"
    bench.studio.filing.save(bench.picture, str(path))
    bench.settle()
    bench.studio.close(bench.picture)
    bench.settle()
    bench.open(path)
    picture = bench.picture
    assert len(picture.document.history) == 2 and picture.earlier.steps == 3
    assert seconds == pytest.approx(worked_seconds([entry.time for entry in history]), abs=1e-6)
    assert painting_seconds(picture) == pytest.approx(seconds, abs=1e-6)
    assert picture.journal is not None
    small = picture.journal.archive.film()
    assert [number for number, _ in small] == [1, 2] and picture.earlier.film_from == 1
    assert all(len(data) < 20_000 for _, data in small)
    options = ProcessVideo(seconds=3, hold=1)
    shown = list(frames(picture, picture.document.history, options, 160, 100, small))
    dark = [int((frame < 128).all(-1).sum()) for frame in shown]
    strokes = [round(dark[index] / dark[-1] * 4) for index in (0, 20, 35, 59, 89)]
    assert strokes == [1, 2, 3, 4, 4]
    broken = [(number, b"RIFF no picture") for number, _ in small]
    assert len(list(frames(picture, picture.document.history, options, 160, 100, broken))) == 90


@pytest.mark.parametrize(("size", "frame"), [((960, 600), (300, 480)), ((160, 100), (100, 160))])
def test_a_frame_of_the_film_is_larger_than_the_thumbnail_but_not_than_the_picture(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], frame: tuple[int, int]
) -> None:
    monkeypatch.setattr(filing, "THUMBNAIL_SECONDS", 0.0)
    monkeypatch.setattr(filing, "THUMBNAIL_RESTS", 0.0)
    bench.studio.new_picture(*size)
    bench.stroke(x=10, y=40, length=140)
    bench.settle()
    picture = bench.picture
    assert picture.journal is not None
    reader = picture.journal.archive.tiles.readers[0]
    name = earlier.name_of(picture.document.step)
    ((data,),) = reader.query("SELECT png FROM thumbnail WHERE name = ?", (name,))
    pixels = earlier.decode(data)
    assert pixels is not None and pixels.shape[:2] == frame
    thumbnail = earlier.decode(picture.journal.archive.thumbnail())
    assert thumbnail is not None and max(thumbnail.shape[:2]) == 320
    assert earlier.MOST_BYTES >= earlier.MOST_FRAMES * 20_000, "as many frames as may be kept have room"


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_the_film_begins_with_paper_and_ends_with_the_picture(
    bench: Bench, tmp_path: Path, suffix: str
) -> None:
    bench.studio.new_picture(160, 100)
    for y in (20, 40, 60, 80):
        bench.stroke(x=10, y=y, length=140)
    bench.settle()
    path = tmp_path / f"过程 🎬{suffix}"
    options = ProcessVideo(seconds=3, hold=1, size="picture")
    bench.studio.process.make_video(bench.picture, str(path), options)
    bench.settle()
    assert any(path.name in one for one in bench.sentences("done")) and not bench.picture.exports
    film = cv2.VideoCapture(str(path))
    shown = []
    while (read := film.read())[0]:
        shown.append(read[1])
    film.release()
    assert len(shown) == 90 and shown[0].shape == (100, 160, 3)
    dark = [int((frame < 100).all(-1).sum()) for frame in shown]
    assert dark[0] == 0 and dark[-1] > 400 and dark[-1] >= max(dark) * 0.9
    assert np.abs(shown[-1].astype(int) - shown[-20].astype(int)).mean() < 2


def test_what_is_offered_was_written_and_read_back(bench: Bench, tmp_path: Path) -> None:
    """Each coding that is offered makes a film of the asked size, and the first is taken where none is named."""
    found: list[tuple[Coding, ...]] = []
    bench.studio.process.look_for_codings(found.append)
    assert not found
    bench.settle()
    (codings,) = found
    names = [one.name for one in codings]
    assert "vp8" in names and len(set(names)) == len(names)
    assert names.index("vp8") < names.index("mpeg4"), "browsers play it"
    shades = (30, 120, 220)
    for coding in codings:
        path = tmp_path / f"{coding.name}{coding.suffix}"
        frames = (np.full((90, 122, 3), shade, np.uint8) for shade in shades)
        assert list(write_video(path, frames, 122, 90, RATE, coding.name)) == [1, 2, 3]
        film = cv2.VideoCapture(str(path))
        shown = [film.read()[1] for _ in shades]
        film.release()
        assert [round(float(frame.mean()) / 10) for frame in shown] == [3, 12, 22]
        assert shown[0].shape == (90, 122, 3) and coding_for(path, coding.name) == coding
    assert coding_for("a.webm").name in ("vp8", "vp9") and coding_for("a.MP4", "vp8").suffix == ".mp4"


def test_an_encoder_that_is_not_there_is_not_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nowhere = Coding("h264", ".mp4", "none", cv2.CAP_FFMPEG)
    monkeypatch.setattr(video, "CODINGS", (nowhere, *(one for one in video.CODINGS if one.name == "mpeg4")))
    usable.cache_clear()
    try:
        assert [one.name for one in usable()] == ["mpeg4"]
        with pytest.raises(ExportError):
            coding_for("film.webm")
    finally:
        usable.cache_clear()


def test_a_frame_of_ones_own_size(bench: Bench, tmp_path: Path) -> None:
    bench.studio.new_picture(64, 64)
    bench.stroke()
    bench.settle()
    options = ProcessVideo(seconds=3, size="own", width=333, height=201)
    assert options.frame(bench.picture.document.artwork) == (332, 200)
    path = tmp_path / "own.webm"
    bench.studio.process.make_video(bench.picture, str(path), options, "vp8")
    bench.settle()
    film = cv2.VideoCapture(str(path))
    assert film.read()[1].shape == (200, 332, 3)
    film.release()


def test_a_film_that_fails_leaves_the_old_file_and_says_why(bench: Bench, tmp_path: Path) -> None:
    bench.studio.new_picture(64, 64)
    bench.stroke()
    bench.settle()
    old = tmp_path / "old.mp4"
    old.write_bytes(b"old")
    bench.studio.process.make_video(bench.picture, str(tmp_path / "film.gif"), ProcessVideo(seconds=3))
    bench.settle()
    assert any("film.gif" in one for one in bench.sentences("error"))
    frames = (np.zeros((64, 64, 3), np.uint8) for _ in range(5))
    writing = write_video(old, frames, 64, 64, RATE)
    next(writing)
    writing.close()  # pyright: ignore[reportAttributeAccessIssue]
    assert old.read_bytes() == b"old" and [file.name for file in tmp_path.iterdir()] == ["old.mp4"]
    with pytest.raises(ExportError):
        list(write_video(tmp_path / "nowhere" / "film.mp4", iter(()), 64, 64, RATE))
