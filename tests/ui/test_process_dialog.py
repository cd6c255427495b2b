"""The dialog of the process video: what can be written, who plays it, and a size of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from studio.project.earlier import Earlier
from studio.project.video import CODINGS, Coding
from studio.settings import Settings
from studio.ui.dialogs.process import FactsDialog, ProcessVideoDialog, duration, facts, players_of
from studio.workspace.process import painting_seconds
from tests.ui.windows import Opened, clipped, empty_panel


@pytest.fixture(params=["en", "zh_CN"])
def opened(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language=request.param, theme="dark"), empty_panel)
    picture = one.studio.new_picture(64, 64)
    picture.document.commit("Name", picture.document.artwork.with_(ppi=72.0))
    one.pump()
    yield one
    one.close()


def coding(name: str) -> Coding:
    return next(one for one in CODINGS if one.name == name)


def dialog_of(opened: Opened) -> ProcessVideoDialog:
    picture = opened.studio.current
    assert picture is not None
    dialog = ProcessVideoDialog(opened.studio, picture, "", opened.window)
    dialog.open()
    return dialog


def test_it_offers_what_was_found_and_says_who_plays_it(opened: Opened) -> None:
    dialog = dialog_of(opened)
    assert not dialog.make.isEnabled()
    opened.pump()
    assert dialog.make.isEnabled() and dialog.coding.name == dialog.format.value()
    names = [dialog.format.box.itemData(index) for index in range(dialog.format.box.count())]
    assert "mpeg4" in names and names[0] in ("h264", "vp8")
    for name in names:
        dialog.format.set_value(name)
        dialog.format.chosen.emit(name)
        assert dialog.players.text().startswith(players_of(name))
        assert ("H.264" in dialog.players.text()) == ("h264" not in names)
    opened.pump()
    assert not clipped(dialog)
    dialog.reject()
    opened.pump()


def test_where_h264_can_be_written_it_is_the_first_and_nothing_is_missing(opened: Opened) -> None:
    dialog = dialog_of(opened)
    opened.pump()
    dialog._found((coding("h264"), coding("vp8")))
    assert dialog.coding.name in ("h264", "vp8")
    dialog.format.set_value("h264")
    dialog._say_who_plays_it()
    assert dialog.players.text() == players_of("h264") and dialog.coding.suffix == ".mp4"
    dialog.reject()
    opened.pump()


def test_width_and_height_are_asked_for_ones_own_size_alone(opened: Opened) -> None:
    dialog = dialog_of(opened)
    opened.pump()
    rows = dialog.form.rows
    assert not rows["width"].isVisible() and not rows["height"].isVisible()
    size = rows["size"]
    size.set_value("own")  # type: ignore[attr-defined]
    size.chosen.emit("own")  # type: ignore[attr-defined]
    assert rows["width"].isVisible() and rows["height"].isVisible()
    opened.pump()
    paper = rows["paper"]
    assert paper.height() >= paper.sizeHint().height() - 1 and not clipped(dialog)
    assert dialog.form.values().frame(opened.studio.pictures[0].document.artwork) == (1280, 720)
    dialog.reject()
    opened.pump()


def test_closed_before_it_was_found_out_nothing_happens(opened: Opened) -> None:
    dialog = dialog_of(opened)
    dialog.reject()
    opened.application.processEvents()
    opened.pump()
    assert opened.window.isVisible() and not opened.studio.jobs.lines


def test_it_says_from_when_the_film_begins(opened: Opened) -> None:
    picture = opened.studio.current
    assert picture is not None
    dialog = dialog_of(opened)
    assert dialog.begins is None
    dialog.reject()
    for known, number in ((Earlier(steps=41, seconds=7200, film_from=41), "42"), (Earlier(steps=41), "41")):
        picture.earlier = known
        dialog = dialog_of(opened)
        opened.pump()
        assert dialog.begins is not None and number in dialog.begins.text() and not clipped(dialog)
        dialog.reject()
        assert painting_seconds(picture) >= known.seconds
        assert duration(painting_seconds(picture)) in dict(facts(picture)).values()
    opened.pump()


def test_the_painting_time_is_saved_from_the_facts_of_the_picture_they_are_of(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = opened.studio.current
    assert picture is not None
    dialog = FactsDialog(opened.studio, picture, str(tmp_path), opened.window)
    dialog.open()
    opened.pump()
    assert not clipped(dialog)
    asked: list[QFileDialog] = []

    def keep(dialog: QFileDialog) -> None:
        asked.append(dialog)

    monkeypatch.setattr(QFileDialog, "open", keep)
    dialog.table.click()
    assert len(asked) == 1 and asked[0].defaultSuffix() == "csv"
    opened.studio.new_picture(32, 32)
    asked[0].fileSelected.emit(str(tmp_path / "time.csv"))
    opened.pump()
    lines = (tmp_path / "time.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3 and all(line.startswith(picture.title) for line in lines[1:])
    dialog.reject()
    opened.pump()
